//! What walks allocate: as much for an answer, however many rows it has.

use std::ops::ControlFlow;

use counting_allocator::counted;
use deferred_snmp::applications::{Walk, WalkOptions};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

const ROOT: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1.2);

/// An answer with these instances of the column.
fn answer(instances: impl IntoIterator<Item = u32>) -> Pdu {
    let mut list = VarBindList::new();
    for instance in instances {
        let name = ROOT.child(instance).expect("a short name");
        list.push(name.as_ref(), ValueRef::OctetString(b"GigabitEthernet"));
    }
    Pdu::new(PduKind::Response, 0, list)
}

/// How often taking the second answer of a walk allocates, and how many rows of it are handed out.
fn allocations_for(instances: impl IntoIterator<Item = u32>) -> (u64, usize) {
    let options = WalkOptions::default().max_repetitions(1_000);
    let mut walk = Walk::new(Version::V2c, [ROOT], options);
    let mut rows = 0;
    let mut take = |answer: &Pdu| {
        rows = 0;
        counted(|| {
            walk.handle_response(answer, |_| {
                rows += 1;
                ControlFlow::Continue(())
            })
        })
    };
    take(&answer([5])).0.expect("a row");
    let (outcome, allocations) = take(&answer(instances));
    outcome.expect("an answer that moves on");
    (allocations, rows)
}

#[test]
fn no_row_of_a_walk_allocates() {
    let (for_one, _) = allocations_for([6]);
    assert_eq!(allocations_for(6..1_006), (for_one, 1_000));
    // Out of order, repeated, and left out.
    let backwards = (6..1_006).rev();
    assert_eq!(allocations_for(backwards), (for_one, 1_000));
    assert_eq!(allocations_for([7; 1_000]), (for_one, 1_000));
    let passed = [3; 999].into_iter().chain([7]);
    assert_eq!(allocations_for(passed), (for_one, 1));
}
