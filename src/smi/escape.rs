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
            write_escape(character, self.0)?;
        }
        self.0.write_str(&text[shown..])
    }
}

fn write_escape(character: char, f: &mut dyn Write) -> fmt::Result {
    match character {
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        '\0'..='\x7f' => write!(f, "\\x{:02x}", u32::from(character)),
        _ => write!(f, "\\u{{{:x}}}", u32::from(character)),
    }
}

/// Text of an agent, shown as by [`escaped`] in such a way that what is shown says what the text was.
///
/// A backslash is doubled where it would be read as the beginning of an escape: before `n`, `r`, `t`, `x`, `u`, another
/// backslash, and whatever is shown by an escape itself. All others stay single, as in `C:\Windows`. Between quotes, one
/// before a quote is doubled as well, and a quote that a dot follows gets a backslash: there it would be the closing one.
/// [`unquoted`] reads this.
pub(crate) struct Shown<'f> {
    f: &'f mut dyn Write,
    quoted: bool,
    /// A backslash or quote, until it is known what follows.
    held: Option<char>,
}

impl<'f> Shown<'f> {
    pub(crate) fn new(f: &'f mut dyn Write) -> Self {
        Self {
            f,
            quoted: false,
            held: None,
        }
    }

    /// For the text between two double quotes.
    pub(crate) fn quoted(f: &'f mut dyn Write) -> Self {
        Self {
            quoted: true,
            ..Self::new(f)
        }
    }

    /// To be called at the end of the text.
    pub(crate) fn finish(mut self) -> fmt::Result {
        match self.held.take() {
            Some('\\') if self.quoted => self.f.write_str("\\\\"),
            Some(held) => self.f.write_char(held),
            None => Ok(()),
        }
    }

    fn push(&mut self, character: char) -> fmt::Result {
        let seen = is_seen(character);
        match self.held.take() {
            Some('\\') => {
                let doubled = !seen
                    || matches!(character, 'n' | 'r' | 't' | 'x' | 'u' | '\\')
                    || character == '"' && self.quoted;
                self.f.write_str(if doubled { "\\\\" } else { "\\" })?;
            }
            Some(_) if character == '.' => self.f.write_str("\\\"")?,
            Some(quote) => self.f.write_char(quote)?,
            None => {}
        }
        if character == '\\' || character == '"' && self.quoted {
            self.held = Some(character);
            return Ok(());
        }
        if seen {
            self.f.write_char(character)
        } else {
            write_escape(character, self.f)
        }
    }
}

impl Write for Shown<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let plain = |octet: u8| matches!(octet, b' '..=b'~') && octet != b'\\' && octet != b'"';
        if self.held.is_none() && text.bytes().fold(true, |all, octet| all & plain(octet)) {
            return self.f.write_str(text);
        }
        text.chars().try_for_each(|character| self.push(character))
    }
}

/// The text between quotes that [`Shown`] wrote, and what follows the closing quote: that is the first one which stands
/// before a dot or at the end, and has no backslash. `text` begins behind the opening quote; `None` if none closes.
pub(crate) fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut rest = text;
    loop {
        let first = rest.chars().next()?;
        let after = &rest[first.len_utf8()..];
        rest = match first {
            '"' if after.is_empty() || after.starts_with('.') => return Some((content, after)),
            '\\' => {
                let (character, after) = escape(after).unwrap_or(('\\', after));
                content.push(character);
                after
            }
            _ => {
                content.push(first);
                after
            }
        };
    }
}

/// More than any character has in hexadecimal.
const MOST_DIGITS: usize = 8;

/// The character that an escape stands for, behind its backslash, and what follows it; `None` if there is no escape.
fn escape(text: &str) -> Option<(char, &str)> {
    let (code, rest) = text.split_at_checked(1)?;
    let (digits, rest) = match code {
        "n" => return Some(('\n', rest)),
        "r" => return Some(('\r', rest)),
        "t" => return Some(('\t', rest)),
        "\\" => return Some(('\\', rest)),
        "\"" => return Some(('"', rest)),
        "x" => rest.split_at_checked(2)?,
        "u" => {
            let rest = rest.strip_prefix('{')?;
            // Nothing is looked for that is far away, so that the work is in proportion to the text.
            let mut digits = rest.bytes().take(MOST_DIGITS + 1);
            let end = digits.position(|digit| digit == b'}')?;
            (&rest[..end], &rest[end + 1..])
        }
        _ => return None,
    };
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    let character = char::from_u32(number)?;
    (code == "u" || character.is_ascii()).then_some((character, rest))
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

    fn shown(text: &str, quoted: bool) -> String {
        let mut shown = String::new();
        let mut writer = match quoted {
            true => Shown::quoted(&mut shown),
            false => Shown::new(&mut shown),
        };
        for piece in text.split_inclusive('a') {
            writer.write_str(piece).unwrap();
        }
        writer.finish().unwrap();
        shown
    }

    #[test]
    fn an_escape_is_told_from_text_that_looks_like_one() {
        for (text, plainly, in_quotes) in [
            ("C:\\Windows", "C:\\Windows", "C:\\Windows"),
            ("C:\\new", "C:\\\\new", "C:\\\\new"),
            ("C:\new", "C:\\new", "C:\\new"),
            ("\\x1b", "\\\\x1b", "\\\\x1b"),
            ("\\\x1b", "\\\\\\x1b", "\\\\\\x1b"),
            ("a\\\\b", "a\\\\\\b", "a\\\\\\b"),
            ("end\\", "end\\", "end\\\\"),
            ("a\"b", "a\"b", "a\"b"),
            ("a\".\"b\"", "a\".\"b\"", "a\\\".\"b\""),
            ("a\\\"b", "a\\\"b", "a\\\\\"b"),
        ] {
            assert_eq!(shown(text, false), plainly, "{text:?}");
            assert_eq!(shown(text, true), in_quotes, "{text:?}");
        }
    }

    #[test]
    fn an_escape_ends_where_its_digits_do() {
        for (text, expected) in [
            ("\\u{e9}\"", "\u{e9}"),
            ("\\u{000000e9}\"", "\u{e9}"),
            ("\\u{0000000e9}\"", "\\u{0000000e9}"),
            ("\\u{e9\\u{e9}\"", "\\u{e9\u{e9}"),
            ("\\u{}\"", "\\u{}"),
            ("\\u{\"", "\\u{"),
        ] {
            assert_eq!(unquoted(text), Some((expected.to_owned(), "")), "{text}");
        }
    }

    #[test]
    fn what_is_shown_between_quotes_is_read_back() {
        for seed in 0..20_000 {
            let mut random = crate::testing::Random::new(seed);
            let text = random.text("ab\\\"'.nrtxu{}019f\n\t\x1b\u{85}\u{e9}\u{202e}", 8);
            let quoted = format!("{}\".\"rest\"", shown(&text, true));
            let read = unquoted(&quoted);
            assert_eq!(read, Some((text, ".\"rest\"")), "seed {seed}: {quoted}");
        }
    }
}
