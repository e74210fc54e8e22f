//! A module's definitions, and how they are found by name and by place.

use std::borrow::Cow;

use super::definition::{Definition, Lent, Node};
use super::syntax::Syntax;

/// A module, compiled in or read from a file.
///
/// The definitions ascend by their places in the tree; `by_name` has their positions in the order of their names.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: Cow<'static, str>,
    pub(super) definitions: Cow<'static, [Definition]>,
    pub(super) by_name: Cow<'static, [u16]>,
    #[cfg_attr(
        not(feature = "mib"),
        expect(dead_code, reason = "only modules of files refer to types by name")
    )]
    pub(super) types: Cow<'static, [(Cow<'static, str>, Lent<Syntax>)]>,
}

impl Module {
    /// A module read at run time; the definitions and types may come in any order. Of two with one name the first
    /// is found by it.
    #[cfg(feature = "mib")]
    pub(super) fn owned(
        name: String,
        mut definitions: Vec<Definition>,
        mut types: Vec<(Cow<'static, str>, Lent<Syntax>)>,
    ) -> Self {
        debug_assert!(definitions.len() <= usize::from(u16::MAX));
        let mut order: Vec<usize> = (0..definitions.len()).collect();
        order.sort_by(|&a, &b| definitions[a].arcs.cmp(&definitions[b].arcs));
        let mut place = vec![0_u16; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new as u16;
        }
        let mut names: Vec<usize> = (0..definitions.len()).collect();
        names.sort_by(|&a, &b| definitions[a].name.cmp(&definitions[b].name));
        for pair in names.windows(2) {
            let (first, second) = (&definitions[pair[0]], &definitions[pair[1]]);
            definitions[pair[1]].hidden =
                first.name == second.name && (first.hidden || first.arcs != second.arcs);
        }
        let by_name = names.into_iter().map(|old| place[old]).collect();
        definitions.sort_by(|a, b| a.arcs.cmp(&b.arcs));
        types.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            name: name.into(),
            definitions: definitions.into(),
            by_name: Cow::Owned(by_name),
            types: types.into(),
        }
    }

    /// The position of the definition of this name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let definition = |at: u16| &self.definitions[usize::from(at)];
        let place = self
            .by_name
            .partition_point(|&at| *definition(at).name < *name);
        let at = *self.by_name.get(place)?;
        (definition(at).name == name).then_some(usize::from(at))
    }

    pub(super) fn find(&self, name: &str) -> Option<Node<'_>> {
        self.position(name).map(|at| self.node(at))
    }

    pub(super) fn node(&self, at: usize) -> Node<'_> {
        Node::new(&self.name, &self.definitions[at])
    }

    /// The type of this name.
    #[cfg(feature = "mib")]
    pub(super) fn syntax(&self, name: &str) -> Option<&Lent<Syntax>> {
        let at = self
            .types
            .binary_search_by(|(candidate, _)| (**candidate).cmp(name));
        Some(&self.types[at.ok()?].1)
    }

    pub(super) fn edge(&self, last: bool) -> Option<Node<'_>> {
        let at = if last {
            self.definitions.len().checked_sub(1)?
        } else {
            0
        };
        (!self.definitions.is_empty()).then(|| self.node(at))
    }
}

/// The deepest of `places` at or above `arcs`; of several at one place the first. `places` ascend.
pub(super) fn nearest<'a, T: Copy>(
    places: &[T],
    arcs: &[u32],
    arcs_of: impl Fn(T) -> &'a [u32],
) -> Option<T> {
    let mut arcs = arcs;
    loop {
        let after = places.partition_point(|&place| arcs_of(place) <= arcs);
        let found = arcs_of(places[after.checked_sub(1)?]);
        let common = found.iter().zip(arcs).take_while(|(a, b)| a == b).count();
        if common == found.len() {
            let same = |&&place: &&T| arcs_of(place) == found;
            return places[..after]
                .iter()
                .rev()
                .take_while(same)
                .last()
                .copied();
        }
        // Whatever lies above `arcs` lies above what they have in common with this one.
        arcs = &arcs[..common];
    }
}

/// The `places` on the way to `arcs`, from the root, and the one there; of several at one place the first. `places`
/// ascend.
pub(super) fn way<'a, T: Copy>(
    places: &[T],
    arcs: &[u32],
    arcs_of: impl Fn(T) -> &'a [u32],
) -> Vec<T> {
    let mut way = Vec::with_capacity(arcs.len());
    let mut end = places.partition_point(|&place| arcs_of(place) <= arcs);
    for depth in (1..=arcs.len()).rev() {
        let prefix = &arcs[..depth];
        // What lies above stands before what lies below, and mostly not far from it.
        let (mut start, mut step) = (end, 1);
        while start > 0 {
            start = end.saturating_sub(step);
            if arcs_of(places[start]) < prefix {
                break;
            }
            (end, step) = (start, 2 * step);
        }
        end = start + places[start..end].partition_point(|&place| arcs_of(place) < prefix);
        way.extend(places.get(end).filter(|&&place| arcs_of(place) == prefix));
    }
    way.reverse();
    way
}

/// The first of `places` at or after `arcs`. `places` ascend.
pub(super) fn at_or_after<'a, T: Copy>(
    places: &[T],
    arcs: &[u32],
    arcs_of: impl Fn(T) -> &'a [u32],
) -> Option<T> {
    let at = places.partition_point(|&place| arcs_of(place) < arcs);
    places.get(at).copied()
}
