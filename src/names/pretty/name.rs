//! Names.

use std::fmt;

use super::index::write_index;
use crate::names::buffered::Buffered;
use crate::names::roots::{FORMER_SMI, ROOTS, SMI};
use crate::names::{Names, NamesExt, Node, NodeKind};
use crate::smi::{OidRef, escaped};

/// Prints an OBJECT IDENTIFIER as `MODULE::name.index`, or in dots when nothing is known of it.
///
/// The index is written as the INDEX clause of the table says: labels for enumerations, quotes around strings. One
/// that does not fit that to its end is written in numbers, all of it, and so is the tail below a node that is no column.
/// The length of an OBJECT IDENTIFIER is left out where labels or quotes show what its numbers are.
///
/// No two names print the same, and [`NamesExt::parse`] reads each back. To that end, octets between quotes that are no
/// text, or look like hexadecimal, are written in hexadecimal, `"0x00ff"`; and what [`PrettyValue`](super::PrettyValue)
/// says of backslashes goes for a backslash before a quote or at the end, too, and for a quote before a dot, which has a
/// backslash before it.
///
/// ```
/// use deferred_snmp::names::{Builtin, NamesExt, PrettyName};
/// use deferred_snmp::oid;
///
/// let name = oid!(1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1);
/// let text = PrettyName::new(&Builtin, &name).to_string();
/// assert_eq!(text, r#"IP-MIB::ipAddressIfIndex.ipv4."10.0.0.1""#);
/// assert_eq!(Builtin.parse(&text).as_ref(), Ok(&name));
/// // The address is cut off.
/// let name = oid!(1.3.6.1.2.1.4.34.1.3.1.4.10.0.0);
/// let text = PrettyName::new(&Builtin, &name).to_string();
/// assert_eq!(text, "IP-MIB::ipAddressIfIndex.1.4.10.0.0");
/// ```
#[derive(Clone, Copy)]
pub struct PrettyName<'a> {
    names: &'a dyn Names,
    oid: OidRef<'a>,
}

impl<'a> PrettyName<'a> {
    /// `oid` with the names that `names` knows.
    pub fn new(names: &'a dyn Names, oid: impl Into<OidRef<'a>>) -> Self {
        Self {
            names,
            oid: oid.into(),
        }
    }
}

impl fmt::Display for PrettyName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| write_name(self.names, self.oid, f).map(|_| ()))
    }
}

impl fmt::Debug for PrettyName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes a name, and returns the node that it lies at or below.
pub(super) fn write_name<'a>(
    names: &'a dyn Names,
    oid: OidRef<'_>,
    f: &mut fmt::Formatter<'_>,
) -> Result<Option<Node<'a>>, fmt::Error> {
    let arcs = Buffered::new(oid);
    let arcs = arcs.arcs();
    let node = names.at_or_above(arcs);
    let Some(known) = node else {
        match arcs {
            [root @ 0..=2, tail @ ..] => {
                let label = ROOTS[*root as usize];
                write!(f, "{SMI}::{label}")?;
                write_arcs(tail, f)?;
            }
            _ => fmt::Display::fmt(&oid, f)?,
        }
        return Ok(None);
    };
    let known = if known.is_hidden() {
        found_above(names, known)
    } else {
        known
    };
    f.write_str(module_of(known))?;
    f.write_str("::")?;
    f.write_str(known.name())?;
    let tail = &arcs[known.arcs().len()..];
    if tail.is_empty() {
        return Ok(node);
    }
    if known.kind() != NodeKind::Column {
        write_arcs(tail, f)?;
        return Ok(node);
    }
    write_index(known.index(), tail, f)?;
    Ok(node)
}

/// The nearest node that is found by its name, above one that is not.
#[cold]
fn found_above<'a>(names: &'a dyn Names, node: Node<'a>) -> Node<'a> {
    let mut above = node;
    while above.is_hidden()
        && let Some(parent) = names.parent(above)
    {
        above = parent;
    }
    above
}

/// PySNMP knows the modules of SMIv1 by the names of their successors.
fn module_of(node: Node<'_>) -> &str {
    match node.module() {
        module if FORMER_SMI.contains(&module) => SMI,
        module => module,
    }
}

fn write_arcs(arcs: &[u32], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    arcs.iter().try_for_each(|arc| write!(f, ".{arc}"))
}
