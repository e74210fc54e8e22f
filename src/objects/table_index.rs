//! What names the rows of a table: typed, in the order of its sub-identifiers.

use std::net::Ipv4Addr;

use super::index_form::IndexForm;

/// The index of a row as a type: how it stands in the name of an instance (RFC 2578 section 7.7), and where a name of any
/// form stands among all indices of the type.
///
/// Requests go through a table in the order of the sub-identifiers, and the program's collection is kept in the order of
/// its keys. The two have to agree: `a < b` exactly when the sub-identifiers of `a` come before those of `b`. They do for
/// the types that have this trait:
///
/// | type | INDEX |
/// |---|---|
/// | `u32`, `u16`, `u8` | an INTEGER or Unsigned32 that is not negative |
/// | [`Ipv4Addr`] | IpAddress |
/// | `[u32; N]`, `[u8; N]` | N integers; an OCTET STRING of fixed length, as MacAddress |
/// | [`IndexString`](super::IndexString) | an OCTET STRING of variable length |
/// | [`ImpliedString`](super::ImpliedString) | IMPLIED OCTET STRING |
/// | `Vec<u32>` | IMPLIED OBJECT IDENTIFIER, or sub-identifiers as they are |
/// | tuples of two to four | several objects, of which all but the last are [`Delimited`] |
///
/// `String` does not have it: the length of an OCTET STRING comes first in an index, so that "b" is before "aa".
/// `i32` does not either, since no sub-identifier is negative.
///
/// An index without sub-identifiers names no row, nor does a tuple whose last part has none. A row whose name does not fit
/// into an OBJECT IDENTIFIER, which has 128 sub-identifiers with those of table and column, cannot be shown: a request that
/// comes to it gets genErr.
///
/// # Examples
///
/// ```
/// use deferred_snmp::objects::TableIndex;
///
/// type Key = (u8, u16);
/// assert_eq!(Key::read(&[6, 80]), Some((6, 80)));
/// assert_eq!(Key::read(&[6, 80, 1]), None);
/// // Of the indices behind a name, which need not be one, the first.
/// assert_eq!(Key::after(&[6, 80, 1]), Some((6, 81)));
/// assert_eq!(Key::after(&[6, 70_000]), Some((7, 0)));
/// assert_eq!(Key::after(&[256]), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the index of a table",
    note = "for strings there are `IndexString` and `ImpliedString`, which are in the order of an INDEX; numbers are `u32`, `u16` or `u8`"
)]
pub trait TableIndex: Ord + Clone + 'static {
    /// Appends the sub-identifiers.
    fn write(&self, arcs: &mut Vec<u32>);

    /// The index with exactly these sub-identifiers. `None` for no sub-identifiers, which name no row.
    fn read(arcs: &[u32]) -> Option<Self>;

    /// The least of all indices that come after `arcs`, whether one has that name or not. `None` if all are before.
    fn after(arcs: &[u32]) -> Option<Self>;

    /// How its parts stand in a name: a table of such rows is registered only by a definition whose INDEX agrees. A type that does not say
    /// suits every one.
    fn forms() -> Vec<IndexForm> {
        vec![IndexForm::Any]
    }
}

/// An index whose end shows in itself, by a fixed number of sub-identifiers or by a length, so that another may follow.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be followed by another object of an index",
    note = "for strings there is `IndexString`, while `ImpliedString` can only stand last; numbers are `u32`, `u16` or `u8`"
)]
pub trait Delimited: TableIndex {
    /// The index that `arcs` begins with, and the rest.
    fn take(arcs: &[u32]) -> Option<(Self, &[u32])>;
}

/// The least of `N` sub-identifiers up to `most` that come after `arcs`.
fn after_fixed<const N: usize>(arcs: &[u32], most: u32) -> Option<[u32; N]> {
    let mut index = [0; N];
    let fitting = arcs.iter().take(N).take_while(|arc| **arc <= most).count();
    index[..fitting].copy_from_slice(&arcs[..fitting]);
    if fitting == arcs.len() && fitting < N {
        return Some(index);
    }
    for arc in index[..fitting].iter_mut().rev() {
        if *arc < most {
            *arc += 1;
            return Some(index);
        }
        *arc = 0;
    }
    None
}

fn take_fixed<const N: usize>(arcs: &[u32], most: u32) -> Option<([u32; N], &[u32])> {
    const { assert!(N > 0, "an index has sub-identifiers") };
    let (index, rest) = arcs.split_first_chunk()?;
    index
        .iter()
        .all(|arc| *arc <= most)
        .then_some((*index, rest))
}

/// Types of a fixed number of sub-identifiers: how many, up to which, and the way there and back.
macro_rules! fixed {
    ($([$($generics:tt)*] $type:ty: $len:expr, $most:expr, $to:expr, $from:expr;)+) => {$(
        impl<$($generics)*> TableIndex for $type {
            #[inline]
            fn write(&self, arcs: &mut Vec<u32>) {
                arcs.extend_from_slice(&$to(self));
            }

            #[inline]
            fn read(arcs: &[u32]) -> Option<Self> {
                let (index, rest) = Self::take(arcs)?;
                rest.is_empty().then_some(index)
            }

            #[inline]
            fn after(arcs: &[u32]) -> Option<Self> {
                after_fixed::<{ $len }>(arcs, $most).map($from)
            }

            fn forms() -> Vec<IndexForm> {
                vec![IndexForm::Fixed($len)]
            }
        }

        impl<$($generics)*> Delimited for $type {
            fn take(arcs: &[u32]) -> Option<(Self, &[u32])> {
                let (index, rest) = take_fixed::<{ $len }>(arcs, $most)?;
                Some(($from(index), rest))
            }
        }
    )+};
}

/// They are octets, or there would be none.
#[expect(clippy::cast_possible_truncation, reason = "all are up to 255")]
fn octets<const N: usize>(arcs: [u32; N]) -> [u8; N] {
    arcs.map(|arc| arc as u8)
}

fn arcs_of<const N: usize>(octets: [u8; N]) -> [u32; N] {
    octets.map(u32::from)
}

#[expect(clippy::cast_possible_truncation, reason = "it is up to 65,535")]
fn port([arc]: [u32; 1]) -> u16 {
    arc as u16
}

fixed! {
    [] u32: 1, u32::MAX, |it: &Self| [*it], |[arc]: [u32; 1]| arc;
    [] u16: 1, u16::MAX.into(), |it: &Self| [u32::from(*it)], port;
    [] u8: 1, u8::MAX.into(), |it: &Self| [u32::from(*it)], |arcs: [u32; 1]| octets(arcs)[0];
    [] Ipv4Addr: 4, u8::MAX.into(), |it: &Self| arcs_of(it.octets()), |arcs: [u32; 4]| octets(arcs).into();
    [const N: usize] [u32; N]: N, u32::MAX, |it: &Self| *it, |arcs: [u32; N]| arcs;
    [const N: usize] [u8; N]: N, u8::MAX.into(), |it: &Self| arcs_of(*it), octets;
}

impl TableIndex for Vec<u32> {
    fn write(&self, arcs: &mut Vec<u32>) {
        arcs.extend_from_slice(self);
    }

    fn read(arcs: &[u32]) -> Option<Self> {
        (!arcs.is_empty()).then(|| arcs.to_vec())
    }

    fn after(arcs: &[u32]) -> Option<Self> {
        Some([arcs, &[0]].concat())
    }
}

impl<A: Delimited, B: TableIndex> TableIndex for (A, B) {
    fn write(&self, arcs: &mut Vec<u32>) {
        self.0.write(arcs);
        self.1.write(arcs);
    }

    fn read(arcs: &[u32]) -> Option<Self> {
        let (first, rest) = A::take(arcs)?;
        Some((first, B::read(rest)?))
    }

    fn after(arcs: &[u32]) -> Option<Self> {
        let mut before = arcs;
        if let Some((first, rest)) = A::take(arcs) {
            if let Some(second) = B::after(rest) {
                return Some((first, second));
            }
            before = &arcs[..arcs.len() - rest.len()];
        }
        Some((A::after(before)?, B::after(&[])?))
    }

    fn forms() -> Vec<IndexForm> {
        [A::forms(), B::forms()].concat()
    }
}

impl<A: Delimited, B: Delimited> Delimited for (A, B) {
    fn take(arcs: &[u32]) -> Option<(Self, &[u32])> {
        let (first, rest) = A::take(arcs)?;
        let (second, rest) = B::take(rest)?;
        Some(((first, second), rest))
    }
}

/// Longer tuples, by a pair of the first and the others.
macro_rules! tuples {
    ($($first:ident: $($type:ident $name:ident)+, $last:ident $last_name:ident;)+) => {$(
        impl<$first: Delimited, $($type: Delimited,)+ $last: TableIndex> TableIndex for ($first, $($type,)+ $last) {
            fn write(&self, arcs: &mut Vec<u32>) {
                let (first, $($name,)+ $last_name) = self;
                first.write(arcs);
                $($name.write(arcs);)+
                $last_name.write(arcs);
            }

            fn read(arcs: &[u32]) -> Option<Self> {
                let (first, ($($name,)+ $last_name)) = TableIndex::read(arcs)?;
                Some((first, $($name,)+ $last_name))
            }

            fn after(arcs: &[u32]) -> Option<Self> {
                let (first, ($($name,)+ $last_name)) = TableIndex::after(arcs)?;
                Some((first, $($name,)+ $last_name))
            }

            fn forms() -> Vec<IndexForm> {
                [$first::forms(), $($type::forms(),)+ $last::forms()].concat()
            }
        }

        impl<$first: Delimited, $($type: Delimited,)+ $last: Delimited> Delimited for ($first, $($type,)+ $last) {
            fn take(arcs: &[u32]) -> Option<(Self, &[u32])> {
                let ((first, ($($name,)+ $last_name)), rest) = Delimited::take(arcs)?;
                Some(((first, $($name,)+ $last_name), rest))
            }
        }
    )+};
}

tuples! {
    A: B second, C third;
    A: B second C third, D fourth;
}

#[cfg(test)]
mod tests;
