//! Text from outside, on its way to a terminal or a log.

use core::cell::Cell;
use core::fmt::{self, Write};

/// Writes what `write` writes, but shows the characters that do something instead of being seen: `\n`, `\r`, `\t`, `\x1b`
/// for those below U+0080, `\u{202e}` for others.
///
/// Those are the control characters, the separators of lines and paragraphs, and the format characters of Unicode that
/// reorder, hide or mark what is around them; the two joiners, which some scripts are written with, stay. A backslash stays
/// as it is: what has no such character is not changed.
pub(crate) fn escaped(
    f: &mut fmt::Formatter<'_>,
    write: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    write!(Escaping(f), "{}", Once(Cell::new(Some(write))))
}

struct Escaping<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // All octets are looked at, which takes several at a time.
        let plain = |octet: u8| matches!(octet, b' '..=b'~');
        if text.bytes().fold(true, |all, octet| all & plain(octet)) {
            return self.0.write_str(text);
        }
        let mut shown = 0;
        for (at, character) in text.char_indices() {
            if is_seen(character) {
                continue;
            }
            self.0.write_str(&text[shown..at])?;
            shown = at + character.len_utf8();
            match character {
                '\n' => self.0.write_str("\\n")?,
                '\r' => self.0.write_str("\\r")?,
                '\t' => self.0.write_str("\\t")?,
                '\0'..='\x7f' => write!(self.0, "\\x{:02x}", u32::from(character))?,
                _ => write!(self.0, "\\u{{{:x}}}", u32::from(character))?,
            }
        }
        self.0.write_str(&text[shown..])
    }
}

fn is_seen(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    !character.is_control() && !is_format
}

/// Prints by a closure that is called once.
struct Once<F>(Cell<Option<F>>);

impl<F: FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Once<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.take().map_or(Ok(()), |write| write(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text<'a>(&'a str);

    impl fmt::Display for Text<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            escaped(f, |f| f.write_str(self.0))
        }
    }

    #[test]
    fn what_is_not_seen_is_shown() {
        for (text, shown) in [
            ("", ""),
            ("C:\\new ~", "C:\\new ~"),
            ("a\tb\r\nc", "a\\tb\\r\\nc"),
            ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
            ("\0\x7f", "\\x00\\x7f"),
            ("\u{80}\u{9b}31m\u{9f}", "\\u{80}\\u{9b}31m\\u{9f}"),
            ("caf\u{e9} \u{4e2d}", "caf\u{e9} \u{4e2d}"),
            ("\u{202e}txt.exe\u{2066}", "\\u{202e}txt.exe\\u{2066}"),
            ("\u{2028}\u{feff}\u{e0041}", "\\u{2028}\\u{feff}\\u{e0041}"),
            ("\u{645}\u{200c}\u{200d}", "\u{645}\u{200c}\u{200d}"),
        ] {
            assert_eq!(Text(text).to_string(), shown);
            // What is shown is not shown again.
            assert_eq!(Text(shown).to_string(), shown);
        }
    }
}
