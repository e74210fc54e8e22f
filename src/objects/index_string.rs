//! Strings as indices.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use super::index_form::IndexForm;
use super::table_index::{Delimited, TableIndex};

/// More octets than this stand in no OBJECT IDENTIFIER, which has 128 sub-identifiers.
const MOST: usize = 128;

/// An OCTET STRING of variable length as an index: its length, then its octets (RFC 2578 section 7.7).
///
/// It is ordered as such indices are, which differs from the order of texts: the shorter is before the longer, whatever is
/// in them. A map from `String` would be walked in a wrong order.
///
/// # Examples
///
/// ```
/// use deferred_snmp::objects::IndexString;
///
/// let [long, short] = ["eth10", "wan"].map(IndexString::from);
/// assert!(short < long);
/// assert_eq!(*short, *b"wan");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct IndexString(Box<[u8]>);

/// An OCTET STRING as the last object of an INDEX, with IMPLIED: its octets and no length (RFC 2578 section 7.7).
///
/// It is ordered as texts are. One without octets names no row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ImpliedString(Box<[u8]>);

impl Ord for IndexString {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_len = self.0.len().cmp(&other.0.len());
        by_len.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for IndexString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn octets(arcs: &[u32]) -> Option<Vec<u8>> {
    let octets = arcs.iter().map(|arc| u8::try_from(*arc).ok());
    octets.collect()
}

/// The octets that `arcs` begins with.
fn leading_octets(arcs: &[u32]) -> Vec<u8> {
    let octets = arcs.iter().map_while(|arc| u8::try_from(*arc).ok());
    octets.collect()
}

impl TableIndex for IndexString {
    fn forms() -> Vec<IndexForm> {
        vec![IndexForm::Counted]
    }

    fn write(&self, arcs: &mut Vec<u32>) {
        // One that is longer than this fits into no name.
        arcs.push(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        arcs.extend(self.0.iter().copied().map(u32::from));
    }

    fn read(arcs: &[u32]) -> Option<Self> {
        let (index, rest) = Self::take(arcs)?;
        rest.is_empty().then_some(index)
    }

    fn after(arcs: &[u32]) -> Option<Self> {
        let Some((&len, arcs)) = arcs.split_first() else {
            return Some(Self::default());
        };
        let len = usize::try_from(len).ok().filter(|len| *len <= MOST)?;
        let arcs = &arcs[..len.min(arcs.len())];
        let mut octets = leading_octets(arcs);
        let fitting = octets.len();
        octets.resize(len, 0);
        if fitting == arcs.len() && fitting < len {
            return Some(Self(octets.into()));
        }
        for octet in octets[..fitting].iter_mut().rev() {
            *octet = octet.wrapping_add(1);
            if *octet > 0 {
                return Some(Self(octets.into()));
            }
        }
        Some(Self(vec![0; len + 1].into()))
    }
}

impl Delimited for IndexString {
    fn take(arcs: &[u32]) -> Option<(Self, &[u32])> {
        let (&len, arcs) = arcs.split_first()?;
        let (index, rest) = arcs.split_at_checked(usize::try_from(len).ok()?)?;
        Some((Self(octets(index)?.into()), rest))
    }
}

impl TableIndex for ImpliedString {
    fn forms() -> Vec<IndexForm> {
        vec![IndexForm::Implied]
    }

    fn write(&self, arcs: &mut Vec<u32>) {
        arcs.extend(self.0.iter().copied().map(u32::from));
    }

    fn read(arcs: &[u32]) -> Option<Self> {
        let octets = octets(arcs)?;
        (!octets.is_empty()).then(|| Self(octets.into()))
    }

    fn after(arcs: &[u32]) -> Option<Self> {
        let mut octets = leading_octets(arcs);
        if octets.len() == arcs.len() {
            octets.push(0);
            return Some(Self(octets.into()));
        }
        while let Some(octet) = octets.pop() {
            if let Some(next) = octet.checked_add(1) {
                octets.push(next);
                return Some(Self(octets.into()));
            }
        }
        None
    }
}

macro_rules! string {
    ($($name:ident)+) => {$(
        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.0
            }
        }

        impl<S: AsRef<[u8]> + ?Sized> From<&S> for $name {
            fn from(octets: &S) -> Self {
                Self(octets.as_ref().into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into_bytes().into())
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(octets: Vec<u8>) -> Self {
                Self(octets.into())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "\"{}\"", self.0.escape_ascii())
            }
        }
    )+};
}

string! { IndexString ImpliedString }
