//! The label that a pattern fits best.

use super::pattern::Pattern;
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
