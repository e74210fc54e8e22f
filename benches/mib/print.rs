//! A response with 50 bindings of ifTable and ifXTable: resolved, and printed in both styles.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput};
use deferred_snmp::names::{Builtin, Modules, Names, NamesExt, OutputOptions, PrettyVarBind};
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

pub(crate) fn bench(criterion: &mut Criterion, directories: &[PathBuf]) {
    with_names(criterion, "compiled in", &Builtin);
    let mut modules = Modules::empty();
    for directory in directories {
        modules.add_directory(directory).unwrap();
    }
    if modules.load("IF-MIB").is_ok() && modules.file_of("IF-MIB").is_some() {
        with_names(criterion, "loaded", &modules);
        modules.load_all();
        with_names(criterion, "all loaded", &modules);
    }
}

fn with_names<N: Names>(criterion: &mut Criterion, source: &str, names: &N) {
    let bindings = bindings();
    let mut group = criterion.benchmark_group(format!("50 bindings, {source}"));
    group.throughput(Throughput::Elements(COUNT.into()));
    group.bench_function("resolved", |bencher| {
        bencher.iter(|| {
            for binding in &bindings {
                black_box(names.nearest(black_box(binding).as_ref().name));
            }
        });
    });
    group.bench_function("pysnmp style", |bencher| {
        let mut text = String::new();
        bencher.iter(|| {
            text.clear();
            for binding in &bindings {
                let printed = PrettyVarBind::new(names, black_box(binding).as_ref());
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
                    options.var_bind(names, binding).append_to(&mut line);
                    line.push(b'\n');
                }
                line.len()
            });
        });
    }
    group.finish();
}
