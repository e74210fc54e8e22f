//! Bindings printed with names: a response with 50 bindings of ifTable and ifXTable.
//!
//!     cargo bench --bench mib
//!
//! Budget on two virtual cores: 1 µs a binding in the mean, 50 µs for the response.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deferred_snmp::mib::{Builtin, OutputOptions, PrettyVarBind};
use deferred_snmp::oid;
use deferred_snmp::smi::{Counter32, Counter64, Gauge32, TimeTicks, Value, VarBind};

const COUNT: u32 = 50;

/// Rows of ifTable and ifXTable as a walk meets them.
fn bindings() -> Vec<VarBind> {
    let columns = [
        (
            oid!(1.3.6.1.2.1.2.2.1.10),
            Value::from(Counter32(719_032_431)),
        ),
        (oid!(1.3.6.1.2.1.2.2.1.2), Value::from("GigabitEthernet0/1")),
        (
            oid!(1.3.6.1.2.1.2.2.1.6),
            Value::from(&[0, 26, 17, 254, 3, 9]),
        ),
        (oid!(1.3.6.1.2.1.2.2.1.8), Value::from(1)),
        (
            oid!(1.3.6.1.2.1.31.1.1.1.6),
            Value::from(Counter64(8_719_032_431_112)),
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.5),
            Value::from(Gauge32(1_000_000_000)),
        ),
        (oid!(1.3.6.1.2.1.2.2.1.9), Value::from(TimeTicks(123_456))),
    ];
    (0..COUNT)
        .map(|place| {
            let (column, value) = &columns[place as usize % columns.len()];
            let row = 10_101 + place / columns.len() as u32;
            VarBind::new(column.child(row).unwrap(), value.clone())
        })
        .collect()
}

fn print(criterion: &mut Criterion) {
    let bindings = bindings();
    let mut group = criterion.benchmark_group("print");
    group.throughput(Throughput::Elements(COUNT.into()));
    group.bench_function("pysnmp style", |bencher| {
        let mut text = String::new();
        bencher.iter(|| {
            text.clear();
            for binding in &bindings {
                let printed = PrettyVarBind::new(&Builtin, black_box(binding).as_ref());
                writeln!(text, "{printed}").unwrap();
            }
            text.len()
        });
    });
    for letters in ["S", "X", "q", "n", "f"] {
        let options: OutputOptions = letters.parse().unwrap();
        group.bench_function(format!("net-snmp style, -O{letters}"), |bencher| {
            let mut line = Vec::new();
            bencher.iter(|| {
                line.clear();
                for binding in &bindings {
                    let binding = black_box(binding).as_ref();
                    options.var_bind(&Builtin, binding).append_to(&mut line);
                    line.push(b'\n');
                }
                line.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, print);
criterion_main!(benches);
