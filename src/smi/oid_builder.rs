//! From arcs and text to the encoded form, at run time and at compile time alike.

use super::OidError;
use crate::asn1::MAX_ARCS;

/// Room for the longest identifier: five octets an arc, the first two sharing one sub-identifier.
const ROOM: usize = (MAX_ARCS - 1) * 5;

/// An identifier that grows arc by arc.
#[derive(Debug)]
pub(super) struct OidBuilder {
    octets: [u8; ROOM],
    len: usize,
    arcs: usize,
    first: u32,
}

impl OidBuilder {
    pub(super) const fn new() -> Self {
        Self {
            octets: [0; ROOM],
            len: 0,
            arcs: 0,
            first: 0,
        }
    }

    /// Goes on from the `arcs` arcs encoded in `contents`, which were checked.
    pub(super) fn resume(contents: &[u8], arcs: usize) -> Self {
        let mut builder = Self::new();
        builder.octets[..contents.len()].copy_from_slice(contents);
        builder.len = contents.len();
        builder.arcs = arcs;
        builder
    }

    pub(super) const fn push(&mut self, arc: u32) -> Result<(), OidError> {
        let subidentifier = match self.arcs {
            0 if arc > 2 => return Err(OidError::FirstArc),
            0 => {
                self.first = arc;
                self.arcs = 1;
                return Ok(());
            }
            1 if self.first < 2 && arc > 39 => return Err(OidError::SecondArc),
            1 => match arc.checked_add(self.first * 40) {
                Some(both) => both,
                None => return Err(OidError::ArcTooLarge { arc: 2 }),
            },
            MAX_ARCS => return Err(OidError::TooManyArcs),
            _ => arc,
        };
        // Seven bits an octet, one octet for zero.
        let mut shift = (u32::BITS - (subidentifier | 1).leading_zeros()).div_ceil(7) * 7;
        while shift > 0 {
            shift -= 7;
            let more = if shift > 0 { 0x80 } else { 0 };
            self.octets[self.len] = (subidentifier >> shift & 0x7f) as u8 | more;
            self.len += 1;
        }
        self.arcs += 1;
        Ok(())
    }

    pub(super) const fn parse(text: &[u8]) -> Result<Self, OidError> {
        let mut builder = Self::new();
        let mut at = 0;
        if let [b'.', ..] = text {
            at = 1;
        }
        if at == text.len() {
            return Err(OidError::TooFewArcs);
        }
        loop {
            let start = at;
            let mut arc: u64 = 0;
            while at < text.len() && text[at].is_ascii_digit() {
                arc = arc * 10 + (text[at] - b'0') as u64;
                if arc > u32::MAX as u64 {
                    return Err(OidError::ArcTooLarge {
                        arc: builder.arcs + 1,
                    });
                }
                at += 1;
            }
            if at < text.len() && text[at] != b'.' {
                return Err(OidError::BadCharacter { at });
            }
            if at == start {
                return Err(OidError::MissingArc { at });
            }
            if let Err(error) = builder.push(arc as u32) {
                return Err(error);
            }
            if at == text.len() {
                break;
            }
            at += 1;
        }
        if builder.arcs < 2 {
            return Err(OidError::TooFewArcs);
        }
        Ok(builder)
    }

    /// The contents octets, once there are two arcs.
    pub(super) const fn contents(&self) -> Result<&[u8], OidError> {
        if self.arcs < 2 {
            return Err(OidError::TooFewArcs);
        }
        Ok(self.octets.split_at(self.len).0)
    }
}

/// What [`oid!`](crate::oid!) makes of its argument at compile time.
#[doc(hidden)]
#[derive(Debug)]
pub struct OidLiteral(OidBuilder);

impl OidLiteral {
    /// The identifier in `text`, as `stringify!` gives it: perhaps quoted, perhaps with spaces.
    #[track_caller]
    pub const fn new(text: &str) -> Self {
        let (bare, len) = without(text.as_bytes());
        match OidBuilder::parse(bare.split_at(len).0) {
            Ok(builder) => Self(builder),
            Err(error) => panic!("{}", error.reason()),
        }
    }

    pub(super) const fn contents(&self) -> &[u8] {
        self.0.octets.split_at(self.0.len).0
    }
}

/// The text without spaces and quotes. It is cut at the longest identifier there can be.
const fn without(text: &[u8]) -> ([u8; ROOM * 3], usize) {
    let mut bare = [0; ROOM * 3];
    let mut len = 0;
    let mut at = 0;
    while at < text.len() {
        if !matches!(text[at], b' ' | b'\n' | b'"') {
            bare[len] = text[at];
            len += 1;
        }
        at += 1;
    }
    (bare, len)
}

/// An [`ObjectIdentifier`](crate::smi::ObjectIdentifier), checked at compile time: fit for `const`
/// and `static`, and free of cost at run time.
///
/// ```
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::ObjectIdentifier;
///
/// const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1);
/// assert_eq!(SYS_DESCR, oid!("1.3.6.1.2.1.1.1"));
/// assert_eq!(SYS_DESCR.to_string(), "1.3.6.1.2.1.1.1");
/// ```
///
/// What is no object identifier does not compile:
///
/// ```compile_fail
/// let _ = deferred_snmp::oid!(3.1);
/// ```
/// ```compile_fail
/// let _ = deferred_snmp::oid!(1.40);
/// ```
/// ```compile_fail
/// let _ = deferred_snmp::oid!(1);
/// ```
/// ```compile_fail
/// let _ = deferred_snmp::oid!(1.3.6.4294967296);
/// ```
/// ```compile_fail
/// let _ = deferred_snmp::oid!("1.3.sysDescr");
/// ```
#[macro_export]
macro_rules! oid {
    ($($arcs:tt)+) => {{
        const LITERAL: &$crate::smi::OidLiteral =
            &$crate::smi::OidLiteral::new(::core::stringify!($($arcs)+));
        const OID: $crate::smi::ObjectIdentifier =
            $crate::smi::ObjectIdentifier::from_literal(LITERAL);
        OID
    }};
}
