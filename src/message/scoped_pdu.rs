//! The PDU of an SNMPv3 message and the context it speaks of.

use core::fmt;

use crate::asn1::{BerError, BerErrorKind, Reader, Tag, Writer};
use crate::pdu::PduRef;

/// A PDU within a context: what the encryption of an SNMPv3 message encloses. RFC 3412 section 6.8.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3412 closes the set of fields"
)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScopedPdu<'a> {
    /// The engine that realizes the context: contextEngineID.
    pub context_engine_id: &'a [u8],
    /// The context within that engine: contextName. Empty is the default context.
    pub context_name: &'a [u8],
    /// The PDU.
    pub pdu: PduRef<'a>,
}

impl<'a> ScopedPdu<'a> {
    /// The next element of `reader`, every binding in it checked. A PDU that RFC 3416 does not know
    /// is an error. Octets behind the last element inside are passed over.
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        let mut fields = reader.sub(Tag::SEQUENCE)?;
        Ok(Self {
            context_engine_id: fields.octets(Tag::OCTET_STRING)?,
            context_name: fields.octets(Tag::OCTET_STRING)?,
            pdu: PduRef::decode(&mut fields)?,
        })
    }

    /// The whole of `reader`, but for up to `padding` octets at its end, as block ciphers leave them.
    /// RFC 3414 section 8.1.1.3.
    pub fn decode_padded(mut reader: Reader<'a>, padding: usize) -> Result<Self, BerError> {
        let scoped_pdu = Self::decode(&mut reader)?;
        if reader.rest().len() > padding {
            return Err(reader.error(BerErrorKind::TrailingOctets));
        }
        Ok(scoped_pdu)
    }

    /// Writes the scoped PDU as an element.
    pub fn encode(self, writer: &mut Writer<'_>) {
        writer.constructed(Tag::SEQUENCE, |writer| {
            self.pdu.encode(writer);
            writer.octet_string(Tag::OCTET_STRING, self.context_name);
            writer.octet_string(Tag::OCTET_STRING, self.context_engine_id);
        });
    }
}

impl fmt::Display for ScopedPdu<'_> {
    /// The context as its name, escaped where it is not printable, `@` and the engine's octets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@", self.context_name.escape_ascii())?;
        self.context_engine_id
            .iter()
            .try_for_each(|octet| write!(f, "{octet:02x}"))?;
        write!(f, " {}", self.pdu)
    }
}
