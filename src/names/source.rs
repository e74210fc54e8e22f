//! What a source of names answers.

use super::definition::Node;

/// A source of names: the compiled-in tables, MIB modules that were loaded, or one of the program's own.
///
/// It has look-ups only. What programs ask, [`NamesExt`](super::NamesExt) makes of them, for every source in the same way.
pub trait Names {
    /// The modules that are known, in the order in which they became known.
    fn modules(&self) -> Vec<&str>;

    /// Whether a module of this name is known.
    fn has_module(&self, module: &str) -> bool;

    /// The node of this name in a module, or in any when `module` is `None`.
    fn find(&self, module: Option<&str>, symbol: &str) -> Option<Node<'_>>;

    /// The deepest node at or above `arcs`.
    fn at_or_above(&self, arcs: &[u32]) -> Option<Node<'_>>;

    /// The first node at or after `arcs` in the order of the tree.
    fn at_or_after(&self, arcs: &[u32]) -> Option<Node<'_>>;

    /// The first node of a module in the order of the tree, or the last.
    fn edge(&self, module: &str, last: bool) -> Option<Node<'_>>;

    /// The nodes on the way to `arcs`, from the root, and the one there. Places without a name are passed over.
    ///
    /// Made of a look-up for each place, unless the source knows a shorter way.
    fn way(&self, arcs: &[u32]) -> Vec<Node<'_>> {
        let paths = (1..=arcs.len()).map(|depth| &arcs[..depth]);
        let named = |path: &[u32]| self.at_or_after(path).filter(|node| node.arcs() == path);
        paths.filter_map(named).collect()
    }
}
