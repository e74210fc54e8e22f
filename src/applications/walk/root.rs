//! Where a walk begins.

use std::str::FromStr;

use crate::oid;
use crate::smi::{ObjectIdentifier, OidError, OidRef};

/// Where a walk begins: a name, or one of the three arcs at the top of the tree.
///
/// A single arc has no encoding and is no [`ObjectIdentifier`], but everything that lies below it can be walked: what
/// follows `n.0` is asked for, and the walk stays below `n`.
///
/// # Examples
///
/// ```
/// use deferred_snmp::applications::WalkRoot;
/// use deferred_snmp::oid;
///
/// let iso: WalkRoot = "iso".parse()?;
/// assert_eq!(Some(&iso), WalkRoot::top(1).as_ref());
/// assert_eq!(iso.asked(), oid!(1.0));
/// assert_eq!(".1.3".parse(), Ok(WalkRoot::from(oid!(1.3))));
/// # Ok::<(), deferred_snmp::smi::OidError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkRoot(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Name(ObjectIdentifier),
    Top(u32),
}

impl WalkRoot {
    /// The arc 0 (`ccitt`), 1 (`iso`) or 2 (`joint-iso-ccitt`); there are no others.
    pub fn top(arc: u32) -> Option<Self> {
        (arc <= 2).then_some(Self(Kind::Top(arc)))
    }

    /// The arc at the top that `text` names: by its number, with or without a dot before it, or by its label. A dot alone
    /// is `1`, as for Net-SNMP's tools.
    pub(crate) fn top_named(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::top(match text.strip_prefix('.').unwrap_or(text) {
            "0" | "ccitt" | "itu-t" => 0,
            "1" | "iso" => 1,
            "2" | "joint-iso-ccitt" | "joint-iso-itu-t" => 2,
            "" if text == "." => 1,
            _ => return None,
        })
    }

    /// The name that the first request asks to follow.
    pub fn asked(&self) -> ObjectIdentifier {
        match &self.0 {
            Kind::Name(name) => name.clone(),
            Kind::Top(0) => oid!(0.0),
            Kind::Top(1) => oid!(1.0),
            Kind::Top(_) => oid!(2.0),
        }
    }

    /// Whether `name` is this name or lies below it.
    #[inline]
    pub(super) fn holds(&self, name: OidRef<'_>) -> bool {
        match &self.0 {
            Kind::Name(root) => name.starts_with(root),
            Kind::Top(arc) => name.arcs().next() == Some(*arc),
        }
    }
}

impl From<ObjectIdentifier> for WalkRoot {
    fn from(name: ObjectIdentifier) -> Self {
        Self(Kind::Name(name))
    }
}

/// Numbers with dots, or an arc at the top: `.`, `1`, `.1` and `iso` are the same; `0` and `ccitt`, `2` and
/// `joint-iso-ccitt`.
impl FromStr for WalkRoot {
    type Err = OidError;

    fn from_str(text: &str) -> Result<Self, OidError> {
        match Self::top_named(text) {
            Some(root) => Ok(root),
            None => text.parse().map(|name: ObjectIdentifier| name.into()),
        }
    }
}
