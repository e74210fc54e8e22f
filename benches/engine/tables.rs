//! What a variable costs in a GETBULK of 50 from a table of 100,000 rows, by who has the rows. In the responder alone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use criterion::{Criterion, Throughput};
use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::hlapi::Rows;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Column, ManagedObject, MibTree, ProviderTable, ReadError, Table,
    TableProvider,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu};
use deferred_snmp::smi::{Gauge32, ObjectIdentifier, ValueRef, VarBindList};

const ROWS: u32 = 100_000;
const REPETITIONS: u32 = 50;
const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);

/// Rows that cost their program next to nothing: what is left is the path to them.
struct Numbers;

impl TableProvider for Numbers {
    type Index = u32;

    fn first_from(&mut self, _: &Asker<'_>, from: &u32) -> Result<Option<u32>, ReadError> {
        Ok((*from <= ROWS).then_some(*from))
    }

    fn cell(&mut self, _: &Asker<'_>, index: &u32, _: u32) -> Result<Answer<'_>, ReadError> {
        Ok(ValueRef::Gauge32(*index).into())
    }
}

pub(crate) fn walks(criterion: &mut Criterion) {
    let mut table = Table::new([Column::new(2)]);
    for index in 1..=ROWS {
        table.insert(&[index], [(2, Gauge32(index))]);
    }
    walk(criterion, "stored", table);
    let provider = ProviderTable::new(Numbers, [Column::new(2)]);
    walk(criterion, "of a provider", provider);
    alone(criterion);
    let rows: BTreeMap<u32, u32> = (1..=ROWS).map(|index| (index, index)).collect();
    let rows = Rows::of(Rc::new(RefCell::new(rows))).column(2, |row| Gauge32(*row));
    walk(criterion, "of a BTreeMap", rows);
}

/// The object without a responder: to the next row, and to its cell.
fn alone(criterion: &mut Criterion) {
    let mut table = ProviderTable::new(Numbers, [Column::new(2)]);
    let asker = Asker::program();
    let mut instance = Vec::new();
    criterion.bench_function("a row of a provider, the object alone", |bencher| {
        bencher.iter(|| {
            if table.advance(&asker, black_box(&mut instance)) == Advance::End {
                instance.clear();
                return;
            }
            black_box(table.get(&asker, &instance).unwrap());
        });
    });
}

fn walk(criterion: &mut Criterion, name: &str, object: impl ManagedObject) {
    let mut tree = MibTree::new();
    tree.register(ENTRY, object).unwrap();
    let responder = CommandResponder::new(tree, OpenAccess);
    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: REPETITIONS,
    };
    let mut var_binds = VarBindList::new();
    let name_in_the_middle = ENTRY.extend([2, ROWS / 2]).unwrap();
    var_binds.push(name_in_the_middle.as_ref(), ValueRef::Null);
    let request = Pdu::bulk_request(1, bulk, var_binds);
    let asker = Asker::program();
    let mut group = criterion.benchmark_group("a variable of a table");
    group.throughput(Throughput::Elements(REPETITIONS.into()));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let request = black_box(request.as_ref());
            let response = responder.process(&asker, request, 65_000).unwrap();
            assert_eq!(response.var_binds.len(), REPETITIONS as usize);
            responder.recycle(response);
        });
    });
    group.finish();
}
