//! Any octets, in the places where an agent can put them.

use std::fmt::Display;

use super::{PrettyName, PrettyValue, PrettyVarBind};
use crate::names::{BaseType, Builtin, NamesExt, Syntax};
use crate::smi::{ObjectIdentifier, ValueRef, VarBindRef};

/// Objects by whose syntax text is printed: DisplayString, SnmpAdminString, also as an index, physical addresses, dates,
/// numbers, an OBJECT IDENTIFIER, an address by its type, and one that is not known.
const OBJECTS: [&[u32]; 10] = [
    &[1, 3, 6, 1, 2, 1, 1, 1],
    &[1, 3, 6, 1, 6, 3, 18, 1, 1, 1, 2],
    &[1, 3, 6, 1, 6, 3, 16, 1, 1, 1, 1],
    &[1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, 3],
    &[1, 3, 6, 1, 2, 1, 2, 2, 1, 6],
    &[1, 3, 6, 1, 2, 1, 25, 1, 2],
    &[1, 3, 6, 1, 2, 1, 1, 3],
    &[1, 3, 6, 1, 2, 1, 1, 2],
    &[1, 3, 6, 1, 2, 1, 4, 34, 1, 3],
    &[1, 3, 6, 1, 4, 1, 1],
];

/// Prints `data` as a value, as an index, and as the DISPLAY-HINT of what follows it: nothing that a terminal
/// acts on may come out, and names are read back. An entry point for fuzzing.
#[doc(hidden)]
pub fn fuzz_display(data: &[u8]) {
    let octets = || data.iter().take(100).map(|&octet| u32::from(octet));
    let wide = || {
        data.chunks(4).take(100).map(|chunk| {
            let octets = chunk.iter().map(|&octet| u32::from(octet));
            octets.fold(0, |arc, octet| arc << 8 | octet)
        })
    };
    for object in OBJECTS {
        let mut name = object.to_vec();
        name.push(0);
        check_binding(&name, ValueRef::OctetString(data));
        check_binding(&name, ValueRef::Opaque(data));
        name.truncate(object.len());
        name.extend(octets());
        check_name(&name);
        name.insert(object.len(), octets().len() as u32);
        check_name(&name);
        check_binding(&name, ValueRef::Gauge32(octets().sum()));
        name.truncate(object.len());
        name.extend(wide());
        check_name(&name);
    }
    let (hint, octets) = data.split_at(data.len().min(8));
    let hint = String::from_utf8_lossy(hint).into_owned();
    for base in [BaseType::OctetString, BaseType::Integer32, BaseType::Bits] {
        let syntax = Syntax::owned("Any".to_owned(), base, vec![], vec![], Some(hint.clone()));
        check(&syntax.display(ValueRef::OctetString(octets)));
    }
}

fn check_name(arcs: &[u32]) {
    if let Ok(name) = ObjectIdentifier::from_arcs(arcs) {
        let printed = PrettyName::new(&Builtin, &name);
        check(&printed);
        assert_eq!(Builtin.parse(&printed.to_string()), Ok(name.clone()));
        let value = ValueRef::ObjectIdentifier(name.as_ref());
        check(&PrettyValue::new(&Builtin, &SYS_OBJECT_ID, value));
    }
}

fn check_binding(arcs: &[u32], value: ValueRef<'_>) {
    if let Ok(name) = ObjectIdentifier::from_arcs(arcs) {
        let name = name.as_ref();
        let binding = VarBindRef { name, value };
        check(&binding);
        check(&PrettyVarBind::new(&Builtin, binding));
    }
}

/// An object whose values are names.
const SYS_OBJECT_ID: ObjectIdentifier = crate::oid!(1.3.6.1.2.1.1.2.0);

fn check(printed: &impl Display) {
    let text = printed.to_string();
    let acts = |character: char| {
        character.is_control()
            || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}'..='\u{200f}')
    };
    assert!(!text.contains(acts), "{text:?}");
}
