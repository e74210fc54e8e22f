//! What is not sound of a message and can be mended.

use crate::asn1::{BerError, BerErrorKind, Header, Reader, Tag, check_oid, unpadded_oid};
use crate::smi::VarBindListRef;

/// How deep bindings stand: in the message, its PDU, and the list of the PDU; a scoped PDU is as deep.
const DEPTH_OF_BINDINGS: usize = 3;

/// Whether [`mended`] can do something about `error`.
pub const fn can_be_mended(error: &BerError) -> bool {
    matches!(
        error.kind(),
        BerErrorKind::PaddedSubidentifier | BerErrorKind::TrailingOctets
    )
}

/// A copy of the message or scoped PDU in `octets` in which no sub-identifier is padded and nothing
/// stands behind the name and the value of a binding.
///
/// Devices pad sub-identifiers by octets 0x80 before them. A name has one encoding only here, so that
/// names are compared octet by octet; therefore the decoders refuse padding
/// ([`PaddedSubidentifier`](BerErrorKind::PaddedSubidentifier)), and who receives messages decodes the
/// mended one instead, as the [engine](crate::engine) does. Everything else is copied as it is, values
/// that are no object identifiers, and such that are not sound without padding either, among it.
///
/// ```
/// use deferred_snmp::message::{CommunityMessage, can_be_mended, mended};
///
/// let padded = b"\x30\x1d\x02\x01\x01\x04\x01c\xa2\x15\x02\x01\x07\x02\x01\0\x02\x01\0\
///     \x30\x0a\x30\x08\x06\x04\x2b\x06\x80\x01\x05\0";
/// let error = CommunityMessage::decode(padded).unwrap_err();
/// assert_eq!(error.to_string(), "padded sub-identifier at octet 27");
/// assert!(can_be_mended(&error));
/// let message = mended(padded);
/// let message = CommunityMessage::decode(&message)?;
/// assert_eq!(message.to_string(), "v2c Response-PDU id 7 [1.3.6.1 = ]");
/// # Ok::<(), deferred_snmp::asn1::BerError>(())
/// ```
#[cold]
pub fn mended(octets: &[u8]) -> Vec<u8> {
    copy(octets, 0)
}

/// The elements in `octets`, which are `depth` others deep.
fn copy(octets: &[u8], depth: usize) -> Vec<u8> {
    let in_binding = depth > DEPTH_OF_BINDINGS;
    let mut out = Vec::with_capacity(octets.len());
    let mut reader = Reader::new(octets);
    let mut count = 0_usize;
    loop {
        let before = reader.rest();
        if in_binding && count == 2 {
            return out;
        }
        let Ok(element) = reader.read() else {
            out.extend_from_slice(before);
            return out;
        };
        count = count.saturating_add(1);
        let contents = element.contents.rest();
        let mended = if element.tag == Tag::OBJECT_IDENTIFIER {
            let contents = unpadded_oid(contents);
            check_oid(&contents).is_ok().then_some(contents)
        } else if element.tag.is_constructed() && !in_binding {
            Some(copy(contents, depth.saturating_add(1)))
        } else {
            None
        };
        match mended {
            Some(contents) => {
                Header::append_any(&mut out, element.tag, contents.len());
                out.extend_from_slice(&contents);
            }
            None => {
                let length = before.len().saturating_sub(reader.rest().len());
                out.extend_from_slice(before.get(..length).unwrap_or_default());
            }
        }
    }
}

/// The number of octets in `octets`, a whole message or the contents of a scoped PDU, that stand behind
/// its bindings, which are `var_binds`: they are the last element of whatever encloses them.
///
/// Devices leave octets there; the decoders of messages and of PDUs pass over them.
pub fn left_over(octets: &[u8], var_binds: VarBindListRef<'_>) -> usize {
    let end = |octets: &[u8]| octets.as_ptr_range().end.addr();
    end(octets).saturating_sub(end(var_binds.octets()))
}
