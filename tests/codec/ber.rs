//! The reader and the writer: what they accept, what they refuse and where, and that headers are
//! read as der-parser reads them.

use deferred_snmp::asn1::{BerErrorKind, Element, Reader, Tag};
use hex_literal::hex;

fn read(octets: &[u8]) -> Result<Element<'_>, BerErrorKind> {
    Reader::new(octets).read().map_err(|error| error.kind())
}

/// The inputs on which SNMP wants something else than der-parser's value layer gives.
mod strictness {
    use super::*;

    fn integer(octets: &[u8]) -> Result<i32, BerErrorKind> {
        Reader::new(octets).integer().map_err(|error| error.kind())
    }

    fn oid(octets: &[u8]) -> Result<&[u8], BerErrorKind> {
        Reader::new(octets)
            .oid_contents()
            .map_err(|error| error.kind())
    }

    #[test]
    fn integer_above_its_range() {
        let octets = hex!("02 05 00 ff ff ff ff");
        assert_eq!(integer(&octets), Err(BerErrorKind::IntegerOutOfRange));
    }

    #[test]
    fn integer_of_no_octets() {
        assert_eq!(integer(&hex!("02 00")), Err(BerErrorKind::EmptyInteger));
    }

    #[test]
    fn integer_longer_than_needed() {
        assert_eq!(integer(&hex!("02 06 00 00 00 00 00 07")), Ok(7));
        assert_eq!(integer(&hex!("02 05 ff ff ff ff fe")), Ok(-2));
    }

    #[test]
    fn unsigned_without_its_leading_zero() {
        let read = |octets| Reader::new(octets).unsigned(Tag::COUNTER32);
        assert_eq!(read(&hex!("41 04 ff ff ff fe")), Ok(u32::MAX - 1));
        assert_eq!(read(&hex!("41 05 00 ff ff ff fe")), Ok(u32::MAX - 1));
        let read = |octets| super::read(octets).unwrap().unsigned64();
        assert_eq!(
            read(&hex!("46 08 ff ff ff ff ff ff ff fe")),
            Ok(u64::MAX - 1)
        );
        assert_eq!(
            read(&hex!("46 09 00 ff ff ff ff ff ff ff fe")),
            Ok(u64::MAX - 1)
        );
    }

    #[test]
    fn constructed_octet_string() {
        let octets = hex!("24 04 04 02 61 62");
        let error = Reader::new(&octets).octets(Tag::OCTET_STRING).unwrap_err();
        let BerErrorKind::UnexpectedTag { expected, found } = error.kind() else {
            panic!("{error}");
        };
        assert_eq!(expected, Tag::OCTET_STRING);
        assert_eq!((found.octet(), found.is_constructed()), (0x24, true));
        assert_eq!(
            error.to_string(),
            "unexpected tag 0x24 instead of 0x04 at octet 0"
        );
    }

    #[test]
    fn subidentifier_padded_or_cut_off() {
        assert_eq!(
            oid(&hex!("06 03 2b 80 01")),
            Err(BerErrorKind::PaddedSubidentifier)
        );
        assert_eq!(
            oid(&hex!("06 03 2b 06 81")),
            Err(BerErrorKind::TruncatedSubidentifier)
        );
        assert_eq!(
            oid(&hex!("06 06 2b 90 80 80 80 00")),
            Err(BerErrorKind::SubidentifierTooLarge)
        );
    }

    #[test]
    fn oid_of_no_octets_is_zero_zero() {
        let contents: &[u8] = &[0];
        assert_eq!(oid(&hex!("06 00")), Ok(contents));
    }

    #[test]
    fn oid_of_too_many_arcs() {
        let mut octets = vec![0x06, 0x81, 0x80];
        octets.extend([1; 128]);
        assert_eq!(oid(&octets), Err(BerErrorKind::TooManySubidentifiers));
        let mut octets = vec![0x06, 0x7f];
        octets.extend([1; 127]);
        assert_eq!(oid(&octets), Ok(&octets[2..]));
    }

    #[test]
    fn indefinite_length() {
        for octets in [&hex!("30 80 02 01 00 00 00")[..], &hex!("04 80 61 00 00")] {
            assert_eq!(read(octets).unwrap_err(), BerErrorKind::IndefiniteLength);
        }
    }

    #[test]
    fn length_field_of_many_octets() {
        let mut octets = vec![0x04, 0x80 | 126];
        octets.extend([0; 125]);
        octets.extend([1, 0x61]);
        assert_eq!(read(&octets).unwrap_err(), BerErrorKind::LengthTooLong);
        let octets = hex!("04 85 00 00 00 00 01 61");
        assert_eq!(read(&octets).unwrap_err(), BerErrorKind::LengthTooLong);
        let octets = hex!("04 ff 00 00 00 00 01 61");
        assert_eq!(read(&octets).unwrap_err(), BerErrorKind::LengthTooLong);
    }

    #[test]
    fn length_beyond_the_input() {
        let cases: [&[u8]; 6] = [
            &hex!("04 02 61"),
            &hex!("04 81 80 61"),
            &hex!("04 84 ff ff ff ff 61"),
            &hex!("04 82 01"),
            &hex!("04"),
            &[],
        ];
        for octets in cases {
            assert_eq!(
                read(octets).unwrap_err(),
                BerErrorKind::Truncated,
                "{octets:02x?}"
            );
        }
    }

    #[test]
    fn length_longer_than_needed() {
        for octets in [&hex!("04 81 01 61")[..], &hex!("04 84 00 00 00 01 61")] {
            assert_eq!(read(octets).unwrap().contents.rest(), b"a");
        }
    }

    #[test]
    fn null_with_contents() {
        let error = read(&hex!("05 01 00")).unwrap().null().unwrap_err();
        assert_eq!(error.kind(), BerErrorKind::NullWithContents);
    }
}

#[test]
fn errors_name_the_octet_of_the_whole_message() {
    // 0: SEQUENCE, 2: INTEGER, 5: SEQUENCE, 7: OBJECT IDENTIFIER with a padded octet at 10
    let octets = hex!("30 0b 02 01 05 30 06 06 04 2b 80 06 01");
    let mut fields = Reader::new(&octets).sub(Tag::SEQUENCE).unwrap();
    assert_eq!(fields.integer(), Ok(5));
    let mut inner = fields.sub(Tag::SEQUENCE).unwrap();
    assert!(fields.finish().is_ok());
    let error = inner.finish().unwrap_err();
    assert_eq!(error.to_string(), "trailing octets at octet 7");
    let error = inner.oid_contents().unwrap_err();
    assert_eq!(error.to_string(), "padded sub-identifier at octet 10");
}

#[test]
fn high_tags_are_named() {
    let octets = hex!("bf 81 04 01 00");
    let element = read(&octets).unwrap();
    assert_eq!(element.tag.to_string(), "0xbf number 132");
    assert_eq!(element.tag.number(), 132);
    assert_eq!(element.contents.offset(), 4);
    assert_eq!(Reader::new(&octets).peek_tag(), Ok(element.tag));
    // 25 bits of tag number
    let error = read(&hex!("1f 90 80 80 00 00")).unwrap_err();
    assert_eq!(error, BerErrorKind::InvalidTag);
}
