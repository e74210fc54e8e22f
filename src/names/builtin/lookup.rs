//! Looking things up in the static tables.

use super::tables::{MODULES, PLACES};
use crate::names::definition::{Definition, Node};
use crate::names::module;
use crate::names::source::Names;
use crate::names::syntax::{BaseType, Syntax};

/// DisplayString of SNMPv2-TC, for the standard's own objects.
pub(crate) static DISPLAY_STRING: Syntax = Syntax::from_static(
    "DisplayString",
    BaseType::OctetString,
    &[(0, 255)],
    &[],
    Some("255a"),
);

/// The names of the modules that every program meets, compiled in: nothing is read, parsed or allocated.
///
/// Those of the standard that describe a system (SNMPv2-MIB, IF-MIB, IP-MIB, TCP-MIB, UDP-MIB, HOST-RESOURCES-MIB,
/// ENTITY-MIB, BRIDGE-MIB, LLDP-MIB, RFC1213-MIB), those of the SNMP framework (SNMP-TARGET-MIB,
/// SNMP-USER-BASED-SM-MIB and so on), NET-SNMP-MIB and UCD-SNMP-MIB, with what they import.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to configure")]
pub struct Builtin;

impl Names for Builtin {
    fn modules(&self) -> Vec<&str> {
        MODULES.iter().map(|module| &*module.name).collect()
    }

    fn has_module(&self, module: &str) -> bool {
        MODULES.iter().any(|candidate| candidate.name == module)
    }

    fn find(&self, module: Option<&str>, symbol: &str) -> Option<Node<'_>> {
        let mut modules = MODULES
            .iter()
            .filter(|candidate| module.is_none_or(|module| candidate.name == module));
        modules.find_map(|module| module.find(symbol))
    }

    fn at_or_above(&self, arcs: &[u32]) -> Option<Node<'_>> {
        module::nearest(PLACES, arcs, |place| &definition(place).arcs).map(node)
    }

    fn at_or_after(&self, arcs: &[u32]) -> Option<Node<'_>> {
        module::at_or_after(PLACES, arcs, |place| &definition(place).arcs).map(node)
    }

    fn way(&self, arcs: &[u32]) -> Vec<Node<'_>> {
        let way = module::way(PLACES, arcs, |place| &definition(place).arcs);
        way.into_iter().map(node).collect()
    }

    fn edge(&self, module: &str, last: bool) -> Option<Node<'_>> {
        let module = MODULES.iter().find(|candidate| candidate.name == module)?;
        module.edge(last)
    }
}

fn definition((module, at): (u8, u16)) -> &'static Definition {
    &MODULES[usize::from(module)].definitions[usize::from(at)]
}

fn node((module, at): (u8, u16)) -> Node<'static> {
    MODULES[usize::from(module)].node(usize::from(at))
}
