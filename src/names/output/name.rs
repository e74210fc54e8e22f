//! Names.

use super::index::append_tail;
use super::octets::append_number;
use super::options::{NameStyle, OutputOptions};
use crate::names::buffered::Buffered;
use crate::names::{Names, Node};
use crate::smi::OidRef;

/// What `-Ou` leaves out.
const UCD_PREFIXES: [&str; 3] = [
    ".iso.org.dod.internet.mgmt.mib-2.",
    ".iso.org.dod.internet.experimental.",
    ".iso.org.dod.internet.private.",
];

/// Appends a name, and returns the node that it lies at or below.
pub(super) fn append_name<'a>(
    options: &OutputOptions,
    names: &'a dyn Names,
    oid: OidRef<'_>,
    output: &mut Vec<u8>,
) -> Option<Node<'a>> {
    append_name_of(options, names, Buffered::new(oid).arcs(), output)
}

/// As [`append_name`], for sub-identifiers.
pub(super) fn append_name_of<'a>(
    options: &OutputOptions,
    names: &'a dyn Names,
    arcs: &[u32],
    output: &mut Vec<u8>,
) -> Option<Node<'a>> {
    let node = names.at_or_above(arcs);
    if options.names == NameStyle::Numeric {
        append_arcs(arcs, output);
        return node;
    }
    let start = output.len();
    let depth = match node {
        Some(node) => {
            append_labels(options, names, node, output);
            node.arcs().len()
        }
        None => match arcs.first().copied().and_then(root_label) {
            Some(label) => {
                if matches!(options.names, NameStyle::Full | NameStyle::Ucd) {
                    output.push(b'.');
                }
                output.extend_from_slice(label.as_bytes());
                1
            }
            None => {
                append_arcs(arcs, output);
                return None;
            }
        },
    };
    let tail = &arcs[depth..];
    if !tail.is_empty() {
        append_tail(options, names, node, tail, output);
    }
    if options.names == NameStyle::Ucd {
        let prefix = UCD_PREFIXES
            .iter()
            .find(|prefix| output[start..].starts_with(prefix.as_bytes()));
        if let Some(prefix) = prefix {
            output.drain(start..start + prefix.len());
        }
    }
    node
}

fn append_labels(options: &OutputOptions, names: &dyn Names, node: Node<'_>, output: &mut Vec<u8>) {
    match options.names {
        NameStyle::Module | NameStyle::Suffix => {
            // The roots belong to no module.
            if options.names == NameStyle::Module && node.arcs().len() > 1 {
                output.extend_from_slice(node.module().as_bytes());
                output.extend_from_slice(b"::");
            }
            output.extend_from_slice(node.name().as_bytes());
        }
        NameStyle::Full | NameStyle::Ucd | NameStyle::Numeric => {
            let way = names.way(node.arcs());
            let mut way = way.iter().peekable();
            for (above, &arc) in node.arcs().iter().enumerate() {
                output.push(b'.');
                let named = way.next_if(|node| node.arcs().len() == above + 1);
                let root = || root_label(arc).filter(|_| above == 0);
                match named.map(|node| node.name()).or_else(root) {
                    Some(label) => output.extend_from_slice(label.as_bytes()),
                    None => append_number(arc.into(), output),
                }
            }
        }
    }
}

/// The labels of the three roots, which exist whatever modules are known.
const fn root_label(arc: u32) -> Option<&'static str> {
    match arc {
        0 => Some("ccitt"),
        1 => Some("iso"),
        2 => Some("joint-iso-ccitt"),
        _ => None,
    }
}

/// Appends numbers, each after a dot.
pub(super) fn append_arcs(arcs: &[u32], output: &mut Vec<u8>) {
    for &arc in arcs {
        output.push(b'.');
        append_number(arc.into(), output);
    }
}
