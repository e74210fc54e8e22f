//! The truth tables: lines of fields, separated by tabs, with escapes inside of fields.

use std::path::PathBuf;

/// The directory of the truth tables; `None`, and a line that says so, when it is not there.
pub(crate) fn directory(test: &str) -> Option<PathBuf> {
    util::shared::shared(test, "mibs/truth")
}

/// A table, its first line apart.
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Vec<u8>>>,
}

impl Table {
    pub(crate) fn read(path: PathBuf) -> Self {
        Self::with_fields(path, false)
    }

    /// A table in whose fields `\\xHH` is the character of this code and not the octet.
    pub(crate) fn of_text(path: PathBuf) -> Self {
        Self::with_fields(path, true)
    }

    fn with_fields(path: PathBuf, characters: bool) -> Self {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lines = text.lines();
        let columns = lines.next().unwrap_or_default();
        Self {
            columns: columns.split('\t').map(str::to_owned).collect(),
            rows: lines
                .map(|line| {
                    line.split('\t')
                        .map(|field| unescape(field, characters))
                        .collect()
                })
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

/// `\t \n \r \\ \xHH \u{H}` as what they stand for; `characters` when `\xHH` is a character and not an octet.
fn unescape(field: &str, characters: bool) -> Vec<u8> {
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
        match code {
            b't' => octets.push(b'\t'),
            b'n' => octets.push(b'\n'),
            b'r' => octets.push(b'\r'),
            b'x' | b'u' => {
                // `\xHH` or `\u{H}`.
                let end = match code {
                    b'x' => 2,
                    _ => {
                        1 + rest
                            .iter()
                            .position(|&octet| octet == b'}')
                            .expect("a brace")
                    }
                };
                let (digits, after) = rest.split_at(end);
                rest = after;
                let digits = text(digits).trim_matches(['{', '}']);
                let code = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
                if characters {
                    let character = char::from_u32(code).expect("a character");
                    octets.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                } else {
                    octets.push(u8::try_from(code).expect("an octet"));
                }
            }
            other => octets.push(other),
        }
    }
    octets
}
