//! Rare forms of the names that [`NamesExt::parse`] reads.

use super::index::{append_index, arc};
use crate::names::roots::{FORMER_SMI, SMI, root_arc};
use crate::names::{IndexValue, NameError, Names, NamesExt, Node, NodeKind};
use crate::smi::ObjectIdentifier;

impl Node<'_> {
    /// The name of an instance of this node, whose index is not numbers alone. `path` is the whole name.
    fn written_instance(self, index: &str, path: &str) -> Result<ObjectIdentifier, NameError> {
        let mut arcs = self.arcs().to_vec();
        let is_quoted = |text: &str| text.len() > 1 && text.starts_with('"') && text.ends_with('"');
        if self.kind() == NodeKind::Column {
            append_index(self.index(), index, &mut arcs)
                .map_err(|reason| self.index_error(reason))?;
            return ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid);
        }
        if is_quoted(index) {
            return self.instance(&[IndexValue::from(&index[1..index.len() - 1])]);
        }
        let unknown = index.split('.').find(|word| arc(word).is_none());
        Err(NameError::UnknownLabel {
            label: unknown.unwrap_or(index).to_owned(),
            path: path.to_owned(),
        })
    }
}

/// What a path with an index that is not numbers alone leads to. `arcs` are the place of what stands before `label`, which
/// is no node there.
pub(in crate::names) fn instance_at(
    names: &(impl Names + ?Sized),
    arcs: &[u32],
    label: &str,
    path: &str,
) -> Result<ObjectIdentifier, NameError> {
    let column = names
        .at_or_above(arcs)
        .filter(|node| node.kind() == NodeKind::Column);
    // A word stands for one sub-identifier up to there.
    let index = column.and_then(|column| {
        let depth = column.arcs().len();
        let words = path.strip_prefix('.').unwrap_or(path);
        Some((column, words.splitn(depth + 1, '.').nth(depth)?))
    });
    match index {
        Some((column, index)) => column.written_instance(index, path),
        None => Err(NameError::UnknownLabel {
            label: label.to_owned(),
            path: path.to_owned(),
        }),
    }
}

/// What a name leads to whose module and symbol are not known as they stand; `None` if it is none. `text` is the whole
/// name, and `rest` what follows the module.
#[cold]
pub(in crate::names) fn unusual(
    names: &(impl Names + ?Sized),
    module: Option<&str>,
    rest: &str,
    text: &str,
) -> Option<Result<ObjectIdentifier, NameError>> {
    let module = module?;
    // The colons belong to a string.
    if module.contains(['"', '\'']) {
        let (symbol, index) = text.split_once('.')?;
        let node = match names.node(None, symbol) {
            Ok(node) if node.arcs().len() > 1 => node,
            _ => return Some(names.resolve_path(text)),
        };
        return Some(below(names, node, index, text));
    }
    below_smi(names, module, rest).map(Ok)
}

/// What a name leads to that [`PrettyName`](crate::names::PrettyName) begins with SNMPv2-SMI, whichever module has it.
fn below_smi(names: &(impl Names + ?Sized), module: &str, rest: &str) -> Option<ObjectIdentifier> {
    if module != SMI {
        return None;
    }
    let (symbol, suffix) = match rest.split_once('.') {
        Some((symbol, suffix)) => (symbol, Some(suffix)),
        None => (rest, None),
    };
    let mut former = FORMER_SMI.iter();
    let mut arcs = match former.find_map(|module| names.find(Some(module), symbol)) {
        Some(node) => node.arcs().to_vec(),
        None => {
            vec![root_arc(symbol)?]
        }
    };
    let words = suffix.into_iter().flat_map(|suffix| suffix.split('.'));
    for word in words {
        arcs.push(arc(word)?);
    }
    ObjectIdentifier::from_arcs(&arcs).ok()
}

/// What the labels, or an index that is not numbers alone, lead to below `node`. `path` is the whole name.
#[cold]
pub(in crate::names) fn below(
    names: &(impl Names + ?Sized),
    node: Node<'_>,
    suffix: &str,
    path: &str,
) -> Result<ObjectIdentifier, NameError> {
    let (node, index) = descend(names, node, suffix);
    let numbers = index.into_iter().flat_map(|index| index.split('.'));
    let numbers: Option<Vec<u32>> = numbers.map(arc).collect();
    match (numbers, index) {
        (None, Some(index)) => node.written_instance(index, path),
        (numbers, _) => {
            let arcs = [node.arcs(), &numbers.unwrap_or_default()].concat();
            ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid)
        }
    }
}

/// Follows the labels of a path below `node`, and the numbers between them, as far as they lead. Gives the node that the
/// last label names, or the column that a number leads to, and what stands behind it, which is an index.
fn descend<'n, 't, N: Names + ?Sized>(
    names: &'n N,
    node: Node<'n>,
    path: &'t str,
) -> (Node<'n>, Option<&'t str>) {
    let (mut node, mut index) = (node, Some(path));
    let mut arcs = node.arcs().to_vec();
    let mut rest = index;
    while let Some(text) = rest {
        let (label, behind) = match text.split_once('.') {
            Some((label, behind)) => (label, Some(behind)),
            None => (text, None),
        };
        if let Some(number) = arc(label) {
            arcs.push(number);
            // What follows a column is its index, however it was reached.
            let reached = names.at_or_above(&arcs);
            let is_column =
                |node: &Node<'_>| node.kind() == NodeKind::Column && node.arcs() == arcs;
            if let Some(column) = reached.filter(is_column) {
                return (column, behind);
            }
        } else if let Some(below) = names.child(&arcs, label) {
            arcs = below.arcs().to_vec();
            (node, index) = (below, behind);
        } else {
            break;
        }
        rest = behind;
    }
    (node, index)
}
