//! The sub-identifiers that index values become by an INDEX clause, and back (RFC 2578 section 7.7).

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::definition::Lent;
use super::index_error::IndexError;
use super::index_value::{Index, IndexValue};
use super::syntax::{BaseType, Syntax};
use crate::smi::{ObjectIdentifier, Value, ValueRef};

/// One object of an INDEX clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPart {
    name: Cow<'static, str>,
    syntax: Lent<Syntax>,
    implied: bool,
}

impl IndexPart {
    /// An object of a compiled-in module, not IMPLIED.
    pub const fn new(name: &'static str, syntax: &'static Syntax) -> Self {
        Self {
            name: Cow::Borrowed(name),
            syntax: Lent::Static(syntax),
            implied: false,
        }
    }

    /// An object of a compiled-in module, with IMPLIED.
    pub const fn implied(name: &'static str, syntax: &'static Syntax) -> Self {
        Self {
            name: Cow::Borrowed(name),
            syntax: Lent::Static(syntax),
            implied: true,
        }
    }

    /// An object of a module read at run time, which shares its syntax with others.
    #[cfg(feature = "mib")]
    pub(super) const fn shared(name: String, syntax: Lent<Syntax>, implied: bool) -> Self {
        Self {
            name: Cow::Owned(name),
            syntax,
            implied,
        }
    }

    /// An object of a module read at run time; `implied` when the clause says IMPLIED.
    pub fn owned(name: String, syntax: Syntax, implied: bool) -> Self {
        Self {
            name: Cow::Owned(name),
            syntax: syntax.into(),
            implied,
        }
    }

    /// The name of the object.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its syntax.
    pub fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Whether the clause says IMPLIED.
    pub const fn is_implied(&self) -> bool {
        self.implied
    }

    /// Whether the length is left out before octets or sub-identifiers.
    pub(super) fn has_length(&self) -> bool {
        !self.implied && self.syntax.fixed_size().is_none()
    }

    /// Appends the sub-identifiers of `value`. `address_type` is the InetAddressType that stands before it, if one does:
    /// what an InetAddress written as text is read by (RFC 4001).
    pub(super) fn encode(
        &self,
        value: &IndexValue,
        address_type: Option<u32>,
        arcs: &mut Vec<u32>,
    ) -> Result<(), IndexError> {
        let mismatch = || self.mismatch(value);
        let cast = |text: &str| {
            self.syntax.parse(text).map_err(|reason| IndexError::Cast {
                part: self.name.clone().into_owned(),
                reason,
            })
        };
        let string = |octets: &[u8], arcs: &mut Vec<u32>| {
            if !self.syntax.allows_size(octets.len()) {
                return Err(mismatch());
            }
            self.encode_octets(octets, arcs);
            Ok(())
        };
        let address_type = address_type.filter(|_| self.syntax.name() == "InetAddress");
        match (self.syntax.base(), value) {
            (_, IndexValue::Text(text)) if matches!(address_type, Some(1..=4)) => {
                let octets = address_octets(address_type, text).ok_or_else(mismatch)?;
                string(&octets, arcs)?;
            }
            (_, IndexValue::Address(address)) if address_type == Some(1) => {
                string(&address.octets(), arcs)?;
            }
            (
                BaseType::OctetString | BaseType::Bits | BaseType::Opaque,
                IndexValue::Octets(octets),
            ) => string(octets, arcs)?,
            (BaseType::OctetString | BaseType::Bits | BaseType::Opaque, IndexValue::Text(text)) => {
                let value = cast(text)?;
                string(value.as_bytes().ok_or_else(mismatch)?, arcs)?;
            }
            (BaseType::ObjectIdentifier, IndexValue::Oid(oid)) => self.encode_oid(oid, arcs),
            (BaseType::ObjectIdentifier, IndexValue::Text(text)) => {
                let value = cast(text)?;
                self.encode_oid(&value.as_oid().ok_or_else(mismatch)?.into(), arcs);
            }
            (BaseType::IpAddress, IndexValue::Address(address)) => {
                self.encode_address(*address, arcs);
            }
            (BaseType::IpAddress, IndexValue::Text(text)) => {
                let address: Ipv4Addr = text.trim().parse().map_err(|_| mismatch())?;
                self.encode_address(address, arcs);
            }
            (
                BaseType::Integer32
                | BaseType::Gauge32
                | BaseType::Counter32
                | BaseType::TimeTicks
                | BaseType::Counter64,
                IndexValue::Number(_) | IndexValue::Text(_),
            ) => {
                let number = match value {
                    IndexValue::Text(text) => cast(text)?,
                    IndexValue::Number(number) => (self.syntax)
                        .value_of_number((*number).into())
                        .map_err(|_| mismatch())?,
                    _ => return Err(mismatch()),
                };
                let arc = number.as_u64().and_then(|number| number.try_into().ok());
                arcs.push(arc.ok_or_else(mismatch)?);
            }
            _ => return Err(mismatch()),
        }
        Ok(())
    }

    /// Takes one value off the front of an index. RFC 2578 section 7.7.
    pub(super) fn decode(&self, arcs: &mut &[u32]) -> Option<IndexValue> {
        let arcs = self.take(arcs)?;
        Some(match self.syntax.base() {
            BaseType::IpAddress => {
                let [.., a, b, c, d] = *octets(arcs)? else {
                    return None;
                };
                IndexValue::Address([a, b, c, d].into())
            }
            BaseType::ObjectIdentifier => IndexValue::Oid(ObjectIdentifier::from_arcs(arcs).ok()?),
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque => {
                IndexValue::Octets(octets(arcs)?)
            }
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => IndexValue::Number((*arcs.first()?).into()),
        })
    }

    /// Takes the sub-identifiers of one value off the front of an index, and leaves out the length before them.
    fn take<'a>(&self, arcs: &mut &'a [u32]) -> Option<&'a [u32]> {
        let count = match self.syntax.base() {
            BaseType::IpAddress if self.has_kind() => Some(5),
            BaseType::IpAddress => Some(4),
            BaseType::ObjectIdentifier => None,
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque => self.syntax.fixed_size(),
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => Some(1),
        };
        let (count, behind) = match (count, *arcs) {
            (Some(count), behind) => (count, behind),
            (None, behind) if self.implied => (behind.len(), behind),
            (None, [length, behind @ ..]) => (usize::try_from(*length).ok()?, behind),
            (None, []) => return None,
        };
        let (taken, rest) = behind.split_at_checked(count)?;
        *arcs = rest;
        Some(taken)
    }

    /// Whether these sub-identifiers, as [`take`](Self::take) gives them, are a value of the syntax.
    fn allows(&self, arcs: &[u32]) -> bool {
        let are_octets = |arcs: &[u32]| arcs.iter().all(|&arc| arc <= 255);
        let number = |arc: u32| match self.syntax.base() {
            BaseType::Integer32 => i32::try_from(arc).ok().map(ValueRef::Integer),
            BaseType::Counter32 => Some(ValueRef::Counter32(arc)),
            BaseType::TimeTicks => Some(ValueRef::TimeTicks(arc)),
            BaseType::Counter64 => Some(ValueRef::Counter64(arc.into())),
            _ => Some(ValueRef::Gauge32(arc)),
        };
        match self.syntax.base() {
            BaseType::IpAddress => {
                are_octets(arcs) && (!self.has_kind() || arcs.first() == Some(&INTERNET))
            }
            BaseType::ObjectIdentifier => ObjectIdentifier::from_arcs(arcs).is_ok(),
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque => {
                let is_empty = self.implied && arcs.is_empty();
                are_octets(arcs) && self.syntax.allows_size(arcs.len()) && !is_empty
            }
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => {
                let value = arcs.first().and_then(|&arc| number(arc));
                value.is_some_and(|value| self.syntax.check(value).is_ok())
            }
        }
    }

    /// Whether the kind of the address stands before it: in a NetworkAddress. RFC 1212 section 4.1.6.
    fn has_kind(&self) -> bool {
        self.syntax.name() == "NetworkAddress"
    }

    fn mismatch(&self, value: &IndexValue) -> IndexError {
        IndexError::Mismatch {
            part: self.name.clone().into_owned(),
            syntax: self.syntax.name().to_owned(),
            given: value.to_string(),
        }
    }

    fn encode_address(&self, address: Ipv4Addr, arcs: &mut Vec<u32>) {
        arcs.extend(self.has_kind().then_some(INTERNET));
        arcs.extend(address.octets().map(u32::from));
    }

    fn encode_octets(&self, octets: &[u8], arcs: &mut Vec<u32>) {
        if self.has_length() {
            arcs.push(octets.len() as u32);
        }
        arcs.extend(octets.iter().map(|&octet| u32::from(octet)));
    }

    fn encode_oid(&self, oid: &ObjectIdentifier, arcs: &mut Vec<u32>) {
        if self.has_length() {
            arcs.push(oid.len() as u32);
        }
        arcs.extend(oid.arcs());
    }
}

impl Index {
    /// The sub-identifiers of the values by an INDEX clause, such as [`Node::index`](super::Node::index): one value for
    /// each of its objects, in its order. RFC 2578 section 7.7.
    ///
    /// A length stands before a string or an OBJECT IDENTIFIER of variable length that is not IMPLIED.
    ///
    /// # Errors
    ///
    /// There are fewer values than objects, or more; one is no value of its object's syntax; or
    /// [`IndexError::NoRow`].
    pub fn encode(&self, clause: &[IndexPart]) -> Result<Vec<u32>, IndexError> {
        let (given, wanted) = (self.values().len(), clause.len());
        if given < wanted {
            return Err(IndexError::TooFew { given, wanted });
        }
        let mut arcs = Vec::new();
        append_values(clause, self.values(), &mut arcs)?;
        if !Self::fits(clause, &arcs) {
            return Err(IndexError::NoRow);
        }
        Ok(arcs)
    }

    /// The values that sub-identifiers are by an INDEX clause; `None` where they are no index, as [`fits`](Self::fits)
    /// says. [`encode`](Self::encode) makes the same sub-identifiers of them.
    pub fn decode(clause: &[IndexPart], arcs: &[u32]) -> Option<Self> {
        if !Self::fits(clause, arcs) {
            return None;
        }
        let mut rest = arcs;
        let values: Option<Vec<_>> = clause.iter().map(|part| part.decode(&mut rest)).collect();
        values.map(Self::from)
    }

    /// The value of the last object of `clause`, with which an INDEX clause begins, in sub-identifiers that begin with its values.
    pub(crate) fn last_value(clause: &[IndexPart], arcs: &[u32]) -> Option<Value> {
        let (last, others) = clause.split_last()?;
        let mut rest = arcs;
        for other in others {
            other.take(&mut rest)?;
        }
        Some(match last.decode(&mut rest)? {
            IndexValue::Number(number) => last.syntax().value_of_number(number.into()).ok()?,
            IndexValue::Text(text) => text.into(),
            IndexValue::Octets(octets) => octets.into(),
            IndexValue::Address(address) => address.into(),
            IndexValue::Oid(oid) => oid.into(),
        })
    }

    /// Whether sub-identifiers are one value for each object of an INDEX clause, in its order, and nothing else: each of
    /// the size and in the range that its syntax allows. No sub-identifiers are no index. Allocates nothing, save for a
    /// long OBJECT IDENTIFIER.
    pub fn fits(clause: &[IndexPart], arcs: &[u32]) -> bool {
        let mut rest = arcs;
        let mut fits =
            |part: &IndexPart| part.take(&mut rest).is_some_and(|arcs| part.allows(arcs));
        !arcs.is_empty() && clause.iter().all(&mut fits) && rest.is_empty()
    }
}

/// Appends the sub-identifiers of values by an INDEX clause; fewer than it has objects will do.
pub(super) fn append_values(
    clause: &[IndexPart],
    values: &[IndexValue],
    arcs: &mut Vec<u32>,
) -> Result<(), IndexError> {
    let (given, taken) = (values.len(), clause.len());
    if given > taken {
        return Err(IndexError::TooMany { given, taken });
    }
    let mut address_type = None;
    for (part, value) in clause.iter().zip(values) {
        part.encode(value, address_type, arcs)?;
        if part.syntax().name() == "InetAddressType" {
            address_type = arcs.last().copied();
        }
    }
    Ok(())
}

/// The kind of an address of the Internet, the only one that NetworkAddress has. RFC 1155 section 3.2.3.1.
const INTERNET: u32 = 1;

fn octets(arcs: &[u32]) -> Option<Vec<u8>> {
    arcs.iter().map(|&arc| u8::try_from(arc).ok()).collect()
}

/// The octets of an address of the types ipv4(1), ipv6(2), ipv4z(3) and ipv6z(4). RFC 4001 section 3.
fn address_octets(address_type: Option<u32>, text: &str) -> Option<Vec<u8>> {
    let (address, zone) = match address_type? {
        3 | 4 => {
            let (address, zone) = text.split_once('%')?;
            (address, Some(zone.parse::<u32>().ok()?))
        }
        _ => (text, None),
    };
    let mut octets = match address_type? {
        1 | 3 => address.parse::<Ipv4Addr>().ok()?.octets().to_vec(),
        _ => address.parse::<Ipv6Addr>().ok()?.octets().to_vec(),
    };
    octets.extend(zone.into_iter().flat_map(u32::to_be_bytes));
    Some(octets)
}
