//! What names cost a program in memory: nothing, unless it reads modules from files.

use std::fmt::Write;
use std::hint::black_box;

use counting_allocator::counted;
use deferred_snmp::names::{Builtin, Names, NamesExt, OutputOptions, PrettyVarBind};
use deferred_snmp::oid;
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindRef};

/// One test, since the first look-up of the process is the one that counts.
#[test]
fn compiled_in_names_allocate_nothing_from_the_first_look_up_on() {
    let name: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1.8.17);
    let (found, allocations) = counted(|| {
        let node = Builtin.nearest(name.as_ref());
        let symbol = Builtin.find(Some("IF-MIB"), "ifOperStatus");
        let anywhere = Builtin.find(None, "usmUserName");
        let last = Builtin.edge("HOST-RESOURCES-MIB", true);
        let label = node.and_then(|node| node.syntax()?.label(2));
        black_box((node, symbol, anywhere, last)).0.zip(label)
    });
    let (node, label) = found.expect("the column and its label");
    assert_eq!((node.name(), label), ("ifOperStatus", "down"));
    assert_eq!(allocations, 0, "look-ups");

    let binding = VarBindRef {
        name: name.as_ref(),
        value: ValueRef::Integer(2),
    };
    let mut text = String::with_capacity(200);
    let (result, allocations) =
        counted(|| write!(text, "{}", PrettyVarBind::new(&Builtin, binding)));
    result.expect("a String takes everything");
    assert_eq!(text, "IF-MIB::ifOperStatus.17 = down");
    assert_eq!(allocations, 0, "printing with names");

    text.clear();
    let (result, allocations) = counted(|| write!(text, "{} = {}", binding.name, binding.value));
    result.expect("a String takes everything");
    assert_eq!(text, "1.3.6.1.2.1.2.2.1.8.17 = 2");
    assert_eq!(allocations, 0, "printing numbers");

    let options = OutputOptions::new();
    let mut octets = Vec::with_capacity(200);
    let ((), allocations) = counted(|| options.var_bind(&Builtin, binding).append_to(&mut octets));
    assert_eq!(octets, b"IF-MIB::ifOperStatus.17 = INTEGER: down(2)");
    assert_eq!(allocations, 0, "printing as Net-SNMP does");
}
