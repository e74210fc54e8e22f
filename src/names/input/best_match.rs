//! The label that a pattern fits best.

use regex_lite::{Regex, RegexBuilder};

use crate::names::{Names, NamesExt};

/// The label of the first node, in the order of the tree, in which the pattern begins earliest; case does not count.
pub(super) fn find<'a>(names: &'a dyn Names, pattern: &str) -> Option<&'a str> {
    let pattern = compiled(pattern)?;
    let mut best: Option<(usize, &str)> = None;
    let mut next = names.at_or_after(&[]);
    while let Some(node) = next {
        if let Some(start) = pattern.find(node.name()).map(|found| found.start())
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

/// `None` when the text is empty or no regular expression, or a huge one.
fn compiled(pattern: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(pattern);
    builder.case_insensitive(true).size_limit(SIZE_LIMIT);
    builder.build().ok().filter(|_| !pattern.is_empty())
}

/// Octets of a compiled pattern.
const SIZE_LIMIT: usize = 256 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Builtin;

    #[test]
    fn the_earliest_match_wins_and_case_does_not_count() {
        assert_eq!(find(&Builtin, "SYSUPTIM"), Some("sysUpTime"));
        assert_eq!(find(&Builtin, "^if.*speed$"), Some("ifSpeed"));
        assert_eq!(find(&Builtin, "no such label"), None);
        assert_eq!(find(&Builtin, ""), None);
        assert_eq!(find(&Builtin, "*"), None);
        assert_eq!(
            find(&Builtin, "(foo|sy*s)up[[:alpha:]]im"),
            Some("sysUpTime")
        );
        assert_eq!(find(&Builtin, "((((a{200}){200}){200}){200})"), None);
        assert_eq!(find(&Builtin, &"(".repeat(100_000)), None);
    }
}
