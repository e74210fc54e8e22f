//! The truth tables: lines of fields, separated by tabs, with escapes inside of fields.

use std::path::PathBuf;

/// The directory of the truth tables; `None`, and a line that says so, when it is not there.
pub(crate) fn directory(test: &str) -> Option<PathBuf> {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let truth = shared.join("mibs/truth");
    if truth.is_dir() {
        return Some(truth);
    }
    println!("left out: {test}: ../shared is not there");
    None
}

/// A table, its first line apart.
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Vec<u8>>>,
}

impl Table {
    pub(crate) fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lines = text.lines();
        let columns = lines.next().unwrap_or_default();
        Self {
            columns: columns.split('\t').map(str::to_owned).collect(),
            rows: lines
                .map(|line| line.split('\t').map(unescape).collect())
                .collect(),
        }
    }
}

/// A field as text.
pub(crate) fn text(field: &[u8]) -> &str {
    std::str::from_utf8(field).expect("the field is text")
}

/// The octets of a field in hexadecimal.
pub(crate) fn octets(field: &[u8]) -> Vec<u8> {
    text(field)
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(text(pair), 16).expect("hexadecimal digits"))
        .collect()
}

/// `\t \n \r \\ \xHH \u{H}` as the octets they stand for.
fn unescape(field: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = field.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'\\' {
            octets.push(first);
            continue;
        }
        let Some((&code, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        octets.push(match code {
            b't' => b'\t',
            b'n' => b'\n',
            b'r' => b'\r',
            b'x' => {
                let (digits, after) = rest.split_at(2);
                rest = after;
                u8::from_str_radix(text(digits), 16).expect("two hexadecimal digits")
            }
            b'u' => {
                let end = rest.iter().position(|&octet| octet == b'}').expect("a brace");
                let digits = text(&rest[1..end]);
                rest = &rest[end + 1..];
                let code = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
                let character = char::from_u32(code).expect("a character");
                octets.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            other => other,
        });
    }
    octets
}
