//! The label that a pattern fits best.

use crate::mib::Names;

/// The label of the first node, in the order of the tree, in which the pattern begins earliest; case does not count.
pub(super) fn find<'a>(names: &'a dyn Names, pattern: &str) -> Option<&'a str> {
    let pattern = Pattern::new(pattern)?;
    let mut best: Option<(usize, &str)> = None;
    let mut next = names.at_or_after(&[]);
    while let Some(node) = next {
        if let Some(start) = pattern.start_in(node.name())
            && best.is_none_or(|(earliest, _)| start < earliest)
        {
            best = Some((start, node.name()));
            if start == 0 {
                break;
            }
        }
        next = names.next(node);
    }
    best.map(|(_, label)| label)
}

/// Where a pattern fits first in a label.
pub(super) fn start(pattern: &str, label: &str) -> Option<usize> {
    Pattern::new(pattern)?.start_in(label)
}

/// The part of a regular expression that people use for names: characters, `.` for any, `*` after one of them for any
/// number of it, `^` and `$` for the ends.
struct Pattern {
    atoms: Vec<Atom>,
    from_start: bool,
    to_end: bool,
}

struct Atom {
    /// `None` for any.
    character: Option<u8>,
    repeats: bool,
}

impl Pattern {
    fn new(text: &str) -> Option<Self> {
        let (from_start, text) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (to_end, text) = match text.strip_suffix('$') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut atoms: Vec<Atom> = Vec::new();
        for character in text.bytes() {
            match (character, atoms.last_mut()) {
                (b'*', Some(last)) => last.repeats = true,
                _ => atoms.push(Atom {
                    character: Some(character.to_ascii_lowercase()).filter(|it| *it != b'.'),
                    repeats: false,
                }),
            }
        }
        (!atoms.is_empty()).then_some(Self {
            atoms,
            from_start,
            to_end,
        })
    }

    fn start_in(&self, label: &str) -> Option<usize> {
        let last = if self.from_start { 0 } else { label.len() };
        (0..=last).find(|&start| self.fits(&label.as_bytes()[start..]))
    }

    /// Whether the text begins with the pattern. Keeps the set of atoms that may come next, so that its work is
    /// bounded by the product of both lengths.
    fn fits(&self, text: &[u8]) -> bool {
        let end = self.atoms.len();
        let mut open = vec![false; end + 1];
        open[0] = true;
        self.skip_repeated(&mut open);
        for octet in text {
            if open[end] && !self.to_end {
                return true;
            }
            let mut next = vec![false; end + 1];
            for (place, atom) in self.atoms.iter().enumerate() {
                let taken = atom
                    .character
                    .is_none_or(|it| it == octet.to_ascii_lowercase());
                if open[place] && taken {
                    next[if atom.repeats { place } else { place + 1 }] = true;
                }
            }
            open = next;
            self.skip_repeated(&mut open);
        }
        open[end]
    }

    fn skip_repeated(&self, open: &mut [bool]) {
        for (place, atom) in self.atoms.iter().enumerate() {
            if open[place] && atom.repeats {
                open[place + 1] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mib::Builtin;

    #[test]
    fn the_earliest_match_wins_and_case_does_not_count() {
        assert_eq!(find(&Builtin, "SYSUPTIM"), Some("sysUpTime"));
        assert_eq!(find(&Builtin, "^if.*speed$"), Some("ifSpeed"));
        assert_eq!(find(&Builtin, "no such label"), None);
        assert_eq!(find(&Builtin, ""), None);
        assert_eq!(find(&Builtin, "*"), None);
    }
}
