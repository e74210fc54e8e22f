//! BER: headers are read as der-parser reads them, and what is written reads back.

use deferred_snmp::asn1::{BerErrorKind, Reader, Tag, Writer, check_oid};
use der_parser::ber::{Length, ber_read_element_header};
use hex_literal::hex;
use proptest::collection::vec;
use proptest::prelude::*;

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
