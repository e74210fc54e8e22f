//! The reader and the writer: what they accept, what they refuse and where, and that headers are
//! read as der-parser reads them.

use deferred_snmp::asn1::{BerErrorKind, Element, Reader, Tag, Writer, check_oid};
use der_parser::ber::{Length, ber_read_element_header};
use hex_literal::hex;
use proptest::collection::vec;
use proptest::prelude::*;

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

/// What der-parser makes of the header at the beginning of `octets`.
struct Oracle<'a> {
    lead: u8,
    number: u32,
    length_octets: usize,
    length: Length,
    rest: &'a [u8],
}

fn oracle(octets: &[u8]) -> Option<Oracle<'_>> {
    let (rest, header) = ber_read_element_header(octets).ok()?;
    let identifier = header.raw_tag().unwrap();
    Some(Oracle {
        lead: identifier[0],
        number: header.tag().0,
        length_octets: octets.len() - rest.len() - identifier.len() - 1,
        length: header.length(),
        rest,
    })
}

/// Both agree on tag, length and rest, or both refuse, except where the reader is documented to be
/// stricter; there it must give the documented reason.
fn agrees_with_oracle(octets: &[u8]) -> Result<(), TestCaseError> {
    let mut reader = Reader::new(octets);
    let ours = reader.read().map_err(|error| error.kind());
    let Some(theirs) = oracle(octets) else {
        prop_assert!(ours.is_err(), "der-parser refuses what reads as {ours:?}");
        return Ok(());
    };
    let length = match theirs.length {
        Length::Indefinite => {
            prop_assert_eq!(ours.unwrap_err(), BerErrorKind::IndefiniteLength);
            return Ok(());
        }
        Length::Definite(length) => length,
    };
    if theirs.number >= 1 << 24 {
        prop_assert_eq!(ours.unwrap_err(), BerErrorKind::InvalidTag);
    } else if theirs.length_octets > 4 {
        prop_assert_eq!(ours.unwrap_err(), BerErrorKind::LengthTooLong);
    } else if length > theirs.rest.len() {
        prop_assert_eq!(ours.unwrap_err(), BerErrorKind::Truncated);
    } else {
        let element = ours.expect("der-parser accepts");
        prop_assert_eq!(element.tag.octet(), theirs.lead);
        prop_assert_eq!(element.tag.number(), theirs.number);
        prop_assert_eq!(element.contents.rest(), &theirs.rest[..length]);
        prop_assert_eq!(element.contents.offset(), octets.len() - theirs.rest.len());
        prop_assert_eq!(reader.rest(), &theirs.rest[length..]);
    }
    Ok(())
}

/// Octets that look like the beginning of an element more often than random ones do.
fn element_like() -> impl Strategy<Value = Vec<u8>> {
    let identifier = prop_oneof![
        3 => vec(any::<u8>(), 1),
        1 => (any::<u8>(), vec(0x80_u8.., 0..6), any::<u8>()).prop_map(|(lead, middle, last)| {
            [vec![lead | 0x1f], middle, vec![last & 0x7f]].concat()
        }),
    ];
    let length = prop_oneof![
        2 => vec(any::<u8>(), 1),
        2 => vec(prop_oneof![Just(0), any::<u8>()], 0..10).prop_map(|octets| {
            [vec![0x80 | octets.len() as u8], octets].concat()
        }),
        1 => (0..128_usize, any::<u8>()).prop_map(|(count, last)| {
            let mut octets = vec![0; count + 1];
            octets[0] = 0x80 | count as u8;
            octets[count] |= last;
            octets
        }),
    ];
    (identifier, length, vec(any::<u8>(), 0..300))
        .prop_map(|(identifier, length, contents)| [identifier, length, contents].concat())
}

/// A sound message with a few octets changed, and perhaps its end missing.
fn mutated_message() -> impl Strategy<Value = Vec<u8>> {
    const MESSAGE: [u8; 57] = hex!(
        "30 37 02 01 00 04 06 70 75 62 6c 69 63 a0 2a 02 04 05 9c bb 1d 02 01 00 02 01 00 30 1c"
        "30 0c 06 08 2b 06 01 02 01 01 05 00 05 00 30 0c 06 08 2b 06 01 02 01 01 02 00 05 00"
    );
    let changes = vec((0..MESSAGE.len(), any::<u8>()), 0..4);
    (changes, 0..=MESSAGE.len()).prop_map(|(changes, end)| {
        let mut octets = MESSAGE.to_vec();
        for (at, octet) in changes {
            octets[at] = octet;
        }
        octets.truncate(end.max(1));
        octets
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn random_headers_are_read_as_der_parser_reads_them(octets in vec(any::<u8>(), 0..160)) {
        agrees_with_oracle(&octets)?;
    }

    #[test]
    fn likely_headers_are_read_as_der_parser_reads_them(octets in element_like()) {
        agrees_with_oracle(&octets)?;
    }

    #[test]
    fn headers_of_mutated_messages_are_read_as_der_parser_reads_them(
        octets in mutated_message()
    ) {
        // every place in the message, sound or not, is one where a header may begin
        for start in 0..octets.len() {
            agrees_with_oracle(&octets[start..])?;
        }
    }

    #[test]
    fn written_integers_read_back(signed: i32, unsigned: u32, wide: u64) {
        let mut octets = Vec::new();
        let mut writer = Writer::new(&mut octets);
        writer.unsigned(Tag::COUNTER64, wide);
        writer.unsigned(Tag::GAUGE32, unsigned.into());
        writer.integer(signed);
        writer.finish();
        let mut reader = Reader::new(&octets);
        prop_assert_eq!(reader.integer(), Ok(signed));
        prop_assert_eq!(reader.unsigned(Tag::GAUGE32), Ok(unsigned));
        prop_assert_eq!(reader.element(Tag::COUNTER64).unwrap().unsigned64(), Ok(wide));
        prop_assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn written_elements_read_back(contents in vec(any::<u8>(), 0..400), depth in 0..6_usize) {
        let mut octets = vec![0xee; 7];
        let mut writer = Writer::new(&mut octets);
        let mark = writer.written();
        writer.element(Tag::OPAQUE, &contents);
        for _ in 0..depth {
            writer.enclose(Tag::SEQUENCE, mark);
        }
        let length = writer.finish();
        prop_assert_eq!(length, octets.len());
        let mut reader = Reader::new(&octets);
        for _ in 0..depth {
            let inner = reader.sub(Tag::SEQUENCE).unwrap();
            prop_assert_eq!(reader.finish(), Ok(()));
            reader = inner;
        }
        prop_assert_eq!(reader.octets(Tag::OPAQUE), Ok(&contents[..]));
        prop_assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn accepted_identifiers_have_whole_subidentifiers(
        contents in vec(prop_oneof![any::<u8>(), Just(0x80), Just(0x8f), 0..4_u8], 0..40)
    ) {
        let ends = contents.iter().filter(|&octet| octet & 0x80 == 0).count();
        // each sub-identifier with the octets it takes
        let parts: Vec<&[u8]> = contents.split_inclusive(|octet| octet & 0x80 == 0).collect();
        let sound = ends == parts.len() && ends > 0 && parts.iter().all(|part| {
            let value = part.iter().fold(0_u64, |value, octet| value << 7 | u64::from(octet & 0x7f));
            part[0] != 0x80 && part.len() <= 5 && value <= u64::from(u32::MAX)
        });
        prop_assert_eq!(check_oid(&contents).is_ok(), sound);
    }
}
