//! The cells of a row, packed.

use std::net::Ipv4Addr;

use crate::smi::Tag;
use crate::smi::{OidRef, ValueRef};

/// The cells of a row in one piece of memory, in the order of the columns, each there or not: for each cell a kind and a word,
/// which is the value of four octets or says where the contents are; then the contents.
///
/// A `Value` has 24 octets and more behind a pointer if it is a text; here an INTEGER takes five in all.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cells(Box<[u8]>);

impl Clone for Cells {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }

    fn clone_from(&mut self, other: &Self) {
        // In the memory that it has, if that is as much.
        self.0.clone_from(&other.0);
    }
}

/// A kind and a word.
const ENTRY: usize = 5;

/// No cell. Other kinds are the tags of values, of which none is 0.
const NONE: u8 = 0;
/// A value of none of the types, whose tag stands before its contents.
const OTHER: u8 = 0xff;

/// The values of four octets, and what has contents elsewhere.
enum Form<'v> {
    Word(u32),
    Contents(&'v [u8]),
    Wide(u64),
    Tagged(Tag, &'v [u8]),
}

fn form(value: ValueRef<'_>) -> Form<'_> {
    match value {
        ValueRef::Integer(number) => Form::Word(number.cast_unsigned()),
        ValueRef::Counter32(number) | ValueRef::Gauge32(number) | ValueRef::TimeTicks(number) => {
            Form::Word(number)
        }
        ValueRef::IpAddress(address) => Form::Word(address.to_bits()),
        ValueRef::Counter64(number) => Form::Wide(number),
        ValueRef::OctetString(octets) | ValueRef::Opaque(octets) => Form::Contents(octets),
        ValueRef::ObjectIdentifier(oid) => Form::Contents(oid.contents()),
        ValueRef::Null
        | ValueRef::NoSuchObject
        | ValueRef::NoSuchInstance
        | ValueRef::EndOfMibView => Form::Word(0),
        ValueRef::Other { tag, contents } => Form::Tagged(tag, contents),
    }
}

impl Cells {
    /// Packs the values of a row, `None` where there is no cell.
    pub(super) fn pack<'v>(
        values: impl ExactSizeIterator<Item = Option<ValueRef<'v>>> + Clone,
    ) -> Self {
        let entries = values.len() * ENTRY;
        let contents = |value| match form(value) {
            Form::Word(_) => 0,
            Form::Wide(_) => 8,
            Form::Contents(octets) => 4 + octets.len(),
            Form::Tagged(_, octets) => 8 + octets.len(),
        };
        let len: usize = values.clone().flatten().map(contents).sum();
        let mut cells = Vec::with_capacity(entries + len);
        cells.resize(entries, NONE);
        for (place, value) in values.enumerate() {
            if let Some(value) = value {
                append(&mut cells, place, value);
            }
        }
        Self(cells.into_boxed_slice())
    }

    /// The value of the cell at this place.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<ValueRef<'_>> {
        let entry = self.0.get(place * ENTRY..)?.first_chunk::<ENTRY>()?;
        let [kind, word @ ..] = *entry;
        if kind == NONE {
            return None;
        }
        let word = u32::from_le_bytes(word);
        Some(match kind {
            INTEGER => ValueRef::Integer(word.cast_signed()),
            COUNTER32 => ValueRef::Counter32(word),
            GAUGE32 => ValueRef::Gauge32(word),
            TIME_TICKS => ValueRef::TimeTicks(word),
            IP_ADDRESS => ValueRef::IpAddress(Ipv4Addr::from_bits(word)),
            COUNTER64 => {
                let octets = self.0.get(word as usize..)?.first_chunk()?;
                ValueRef::Counter64(u64::from_le_bytes(*octets))
            }
            OCTET_STRING => ValueRef::OctetString(self.contents(word)?),
            OPAQUE => ValueRef::Opaque(self.contents(word)?),
            OBJECT_IDENTIFIER => ValueRef::ObjectIdentifier(OidRef::checked(self.contents(word)?)),
            NO_SUCH_OBJECT => ValueRef::NoSuchObject,
            NO_SUCH_INSTANCE => ValueRef::NoSuchInstance,
            END_OF_MIB_VIEW => ValueRef::EndOfMibView,
            OTHER => {
                let tag = self.0.get(word as usize..)?.first_chunk()?;
                ValueRef::Other {
                    tag: Tag::from_bits(u32::from_le_bytes(*tag)),
                    contents: self.contents(word.checked_add(4)?)?,
                }
            }
            _ => ValueRef::Null,
        })
    }

    fn contents(&self, at: u32) -> Option<&[u8]> {
        let (len, rest) = self.0.get(at as usize..)?.split_first_chunk()?;
        rest.get(..u32::from_le_bytes(*len) as usize)
    }

    /// The same cells with others in some places: of several for one place the last counts. `count` is their number. Cells that are not needed
    /// any more may be given for their memory.
    pub(super) fn with(
        &self,
        count: usize,
        changes: &[(usize, ValueRef<'_>)],
        spare: Option<Self>,
    ) -> Self {
        if let [(place, value)] = *changes
            && let Some(replaced) = self.replaced(place, value, spare)
        {
            return replaced;
        }
        let mut values: Vec<_> = (0..count).map(|place| self.get(place)).collect();
        for (place, value) in changes {
            if let Some(cell) = values.get_mut(*place) {
                *cell = Some(*value);
            }
        }
        Self::pack(values.into_iter())
    }

    /// The same cells with one that takes as much room.
    fn replaced(&self, place: usize, value: ValueRef<'_>, spare: Option<Self>) -> Option<Self> {
        let Form::Word(word) = form(value) else {
            return None;
        };
        if *self.0.get(place * ENTRY)? != value.tag().octet() {
            return None;
        }
        let mut cells = match spare {
            Some(Self(mut cells)) if cells.len() == self.0.len() => {
                cells.copy_from_slice(&self.0);
                cells
            }
            _ => self.0.clone(),
        };
        let entry = cells.get_mut(place * ENTRY..)?.first_chunk_mut::<ENTRY>()?;
        entry[1..].copy_from_slice(&word.to_le_bytes());
        Some(Self(cells))
    }

    /// The same cells in the order of another layout: `from` has the former places.
    pub(super) fn moved(&self, from: &[Option<usize>]) -> Self {
        Self::pack(from.iter().map(|place| self.get((*place)?)))
    }
}

/// Adds a cell. One whose contents do not fit into 4 GiB is left out: no message could hold it.
fn append(cells: &mut Vec<u8>, place: usize, value: ValueRef<'_>) {
    let mut kind = value.tag().octet();
    let at = u32::try_from(cells.len());
    let prefixed = |cells: &mut Vec<u8>, octets: &[u8]| {
        let len = u32::try_from(octets.len()).ok()?;
        cells.extend_from_slice(&len.to_le_bytes());
        cells.extend_from_slice(octets);
        at.ok()
    };
    let word = match form(value) {
        Form::Word(word) => Some(word),
        Form::Wide(number) => {
            cells.extend_from_slice(&number.to_le_bytes());
            at.ok()
        }
        Form::Contents(octets) => prefixed(cells, octets),
        Form::Tagged(tag, octets) => {
            kind = OTHER;
            cells.extend_from_slice(&tag.to_bits().to_le_bytes());
            prefixed(cells, octets)
        }
    };
    if let Some(word) = word {
        cells[place * ENTRY] = kind;
        cells[place * ENTRY + 1..][..4].copy_from_slice(&word.to_le_bytes());
    }
}

const INTEGER: u8 = Tag::INTEGER.octet();
const OCTET_STRING: u8 = Tag::OCTET_STRING.octet();
const OBJECT_IDENTIFIER: u8 = Tag::OBJECT_IDENTIFIER.octet();
const IP_ADDRESS: u8 = Tag::IP_ADDRESS.octet();
const COUNTER32: u8 = Tag::COUNTER32.octet();
const GAUGE32: u8 = Tag::GAUGE32.octet();
const TIME_TICKS: u8 = Tag::TIME_TICKS.octet();
const OPAQUE: u8 = Tag::OPAQUE.octet();
const COUNTER64: u8 = Tag::COUNTER64.octet();
const NO_SUCH_OBJECT: u8 = Tag::NO_SUCH_OBJECT.octet();
const NO_SUCH_INSTANCE: u8 = Tag::NO_SUCH_INSTANCE.octet();
const END_OF_MIB_VIEW: u8 = Tag::END_OF_MIB_VIEW.octet();
