//! What is done with the text of a module before it is parsed.

/// A line, counted from 1, whose comment went on after a second pair of hyphens.
pub(super) type Line = usize;

/// The names of the modules in a text, found without parsing: what stands before `DEFINITIONS ::=`.
pub(super) fn heads(text: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(at) = definitions(&text[from..]).map(|at| from + at) {
        from = at + WORD.len();
        let begins = text[from..].trim_ascii_start().starts_with(b"::=");
        if let Some(name) = begins
            .then(|| last_word(&text[at.saturating_sub(LONGEST_NAME)..at]))
            .flatten()
        {
            names.push(name);
        }
    }
    names
}

const WORD: &[u8; 11] = b"DEFINITIONS";

/// How much is looked at before the word: a name and an OBJECT IDENTIFIER value are shorter.
const LONGEST_NAME: usize = 512;

/// How far the word can be moved on when this octet stands below its end (Horspool's search): a directory's worth of
/// text is looked through for one module.
const SHIFTS: [u8; 256] = {
    let mut shifts = [WORD.len() as u8; 256];
    let mut at = 0;
    while at < WORD.len() - 1 {
        shifts[WORD[at] as usize] = (WORD.len() - 1 - at) as u8;
        at += 1;
    }
    shifts
};

fn definitions(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let window = text.get(at..at + WORD.len())?;
        if window == WORD {
            return Some(at);
        }
        at += usize::from(SHIFTS[usize::from(window[WORD.len() - 1])]);
    }
}

/// The name at the end of a text, or before an OBJECT IDENTIFIER value there.
fn last_word(text: &[u8]) -> Option<String> {
    let mut text = text.trim_ascii_end();
    if text.ends_with(b"}") {
        let open = text.iter().rposition(|&octet| octet == b'{')?;
        text = text[..open].trim_ascii_end();
    }
    let is_part = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.');
    let start = text
        .iter()
        .rposition(|octet| !is_part(octet))
        .map_or(0, |at| at + 1);
    let name = std::str::from_utf8(&text[start..]).ok()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// What was found in a text before it is parsed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prepared {
    /// Comments that were blanked.
    pub(super) long_comments: Vec<Line>,
    /// The deepest nesting of brackets outside strings and comments, and where it is reached.
    pub(super) depth: usize,
    pub(super) deepest: Line,
}

/// Blanks whole-line comments that hold a second pair of hyphens with words behind it, and measures the nesting.
///
/// By ASN.1 such a comment ends at the second pair, and the words would be read as definitions. Where a line begins
/// with the comment, nobody means that.
pub(super) fn prepare(text: &mut [u8]) -> Prepared {
    let mut found = Prepared::default();
    let (mut line, mut blank, mut depth) = (1, true, 0_usize);
    let mut at = 0;
    while let Some(&octet) = text.get(at) {
        at += 1;
        match octet {
            b'\n' => {
                line += 1;
                blank = true;
                continue;
            }
            b' ' | b'\t' | b'\r' => continue,
            b'-' if text.get(at) == Some(&b'-') => {
                let start = at - 1;
                at = comment_end(text, at + 1);
                // Looked at once for each line, so that the work is in proportion to the text.
                if blank && text[at - 1] == b'-' && at >= start + 4 {
                    let rest = text[at..].iter().take_while(|&&octet| octet != b'\n');
                    if rest.clone().any(u8::is_ascii_alphanumeric) {
                        at += rest.count();
                        text[start..at].fill(b' ');
                        found.long_comments.push(line);
                    }
                }
            }
            b'"' => {
                let rest = &text[at..];
                let length = rest.iter().position(|&octet| octet == b'"');
                let string = &rest[..length.unwrap_or(rest.len())];
                line += string.iter().filter(|&&octet| octet == b'\n').count();
                at += string.len() + 1;
                depth = 0;
            }
            // Tags are not nested, but what they tag is.
            b'{' | b'(' | b'[' => {
                depth += 1;
                if depth > found.depth {
                    (found.depth, found.deepest) = (depth, line);
                }
            }
            b'}' | b')' => depth = depth.saturating_sub(1),
            b';' | b'=' => depth = 0,
            _ => {}
        }
        blank = false;
    }
    found
}

/// Where a comment ends whose text begins at `at`: after the next pair of hyphens, or before the end of the line.
fn comment_end(text: &[u8], mut at: usize) -> usize {
    while let Some(&octet) = text.get(at) {
        match octet {
            b'\n' => return at,
            b'-' if text.get(at + 1) == Some(&b'-') => return at + 2,
            _ => at += 1,
        }
    }
    at
}
