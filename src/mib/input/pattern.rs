//! Extended regular expressions of POSIX, for names: case does not count.

/// The most steps of a pattern; names need some dozens.
const MOST_STEPS: usize = 2000;

/// How deep brackets may be nested.
const DEEPEST: usize = 32;

/// The most repetitions that braces may ask for (RE_DUP_MAX of POSIX).
const MOST_REPEATS: usize = 255;

/// A pattern, as steps that are taken side by side.
pub(super) struct Pattern {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Takes an octet that is in one of these ranges, or in none of them.
    Take {
        ranges: Vec<(u8, u8)>,
        negated: bool,
    },
    AtStart,
    AtEnd,
    /// Goes on in two places.
    Fork(usize, usize),
    Found,
}

impl Pattern {
    /// `None` when the text is empty or no pattern.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut reader = Reader {
            rest: text.as_bytes(),
            depth: 0,
        };
        let mut steps = reader.alternatives()?;
        if steps.is_empty() || !reader.rest.is_empty() {
            return None;
        }
        steps.push(Step::Found);
        Some(Self { steps })
    }

    /// Where the pattern fits first.
    pub(super) fn start_in(&self, label: &str) -> Option<usize> {
        (0..=label.len()).find(|&start| self.fits(label.as_bytes(), start))
    }

    /// Whether the pattern fits at `start`. Keeps the set of steps that may come next, so that its work is bounded by
    /// the product of both lengths.
    fn fits(&self, text: &[u8], start: usize) -> bool {
        let mut open = self.reached([0], text, start);
        for at in start..text.len() {
            if open.is_empty() || self.is_found(&open) {
                break;
            }
            let taken = open.iter().filter(|&&step| self.takes(step, text[at]));
            open = self.reached(taken.map(|step| step + 1), text, at + 1);
        }
        self.is_found(&open)
    }

    fn is_found(&self, open: &[usize]) -> bool {
        open.last() == Some(&(self.steps.len() - 1))
    }

    fn takes(&self, step: usize, octet: u8) -> bool {
        let Step::Take { ranges, negated } = &self.steps[step] else {
            return false;
        };
        let (lower, upper) = (octet.to_ascii_lowercase(), octet.to_ascii_uppercase());
        let within = |&(low, high): &(u8, u8)| {
            (low..=high).contains(&lower) || (low..=high).contains(&upper)
        };
        ranges.iter().any(within) != *negated
    }

    /// The steps that can be come to without an octet, ascending.
    fn reached(&self, from: impl IntoIterator<Item = usize>, text: &[u8], at: usize) -> Vec<usize> {
        let mut met = vec![false; self.steps.len()];
        let mut waiting: Vec<usize> = from.into_iter().collect();
        while let Some(step) = waiting.pop() {
            if std::mem::replace(&mut met[step], true) {
                continue;
            }
            match self.steps[step] {
                Step::Fork(one, other) => waiting.extend([one, other]),
                Step::AtStart if at == 0 => waiting.push(step + 1),
                Step::AtEnd if at == text.len() => waiting.push(step + 1),
                _ => {}
            }
        }
        (0..met.len()).filter(|&step| met[step]).collect()
    }
}

/// A text on its way into steps. Forks are relative to nothing: steps are moved by `moved`.
struct Reader<'t> {
    rest: &'t [u8],
    depth: usize,
}

impl Reader<'_> {
    fn next_is(&mut self, octet: u8) -> bool {
        match self.rest.strip_prefix(&[octet]) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Sequences between bars.
    fn alternatives(&mut self) -> Option<Vec<Step>> {
        let mut steps = self.sequence()?;
        while self.next_is(b'|') {
            let other = self.sequence()?;
            steps = either(steps, &other);
            within_limit(&steps)?;
        }
        Some(steps)
    }

    fn sequence(&mut self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        while let Some(&first) = self.rest.first() {
            if first == b'|' || first == b')' && self.depth > 0 {
                break;
            }
            let mut atom = self.atom()?;
            while let Some((least, most)) = self.repetition()? {
                atom = repeated(&atom, least, most)?;
            }
            let at = steps.len();
            steps.extend(moved(&atom, at));
            within_limit(&steps)?;
        }
        Some(steps)
    }

    fn atom(&mut self) -> Option<Vec<Step>> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        let one = |octet| Step::Take {
            ranges: vec![(octet, octet)],
            negated: false,
        };
        Some(vec![match first {
            b'^' => Step::AtStart,
            b'$' => Step::AtEnd,
            b'.' => Step::Take {
                ranges: Vec::new(),
                negated: true,
            },
            b'[' => self.set()?,
            b'(' => {
                self.depth += 1;
                let steps = (self.depth <= DEEPEST).then(|| self.alternatives())??;
                self.depth -= 1;
                return self.next_is(b')').then_some(steps);
            }
            b'*' | b'+' | b'?' | b'{' => return None,
            b'\\' => {
                let (&octet, rest) = self.rest.split_first()?;
                self.rest = rest;
                one(octet)
            }
            octet => one(octet),
        }])
    }

    /// What stands between square brackets.
    fn set(&mut self) -> Option<Step> {
        let negated = self.next_is(b'^');
        let mut ranges = Vec::new();
        loop {
            let (&low, rest) = self.rest.split_first()?;
            self.rest = rest;
            match (low, self.rest) {
                (b']', _) if !ranges.is_empty() => return Some(Step::Take { ranges, negated }),
                (b'[', [b':', ..]) => ranges.extend(self.class()?),
                (low, [b'-', high, rest @ ..]) if *high != b']' => {
                    ranges.push((low, *high));
                    self.rest = rest;
                }
                (low, _) => ranges.push((low, low)),
            }
        }
    }

    /// `:name:]`, after the bracket.
    fn class(&mut self) -> Option<&'static [(u8, u8)]> {
        let end = self.rest.windows(2).position(|pair| pair == b":]")?;
        let name = self.rest.get(1..end)?;
        self.rest = &self.rest[end + 2..];
        Some(match name {
            b"alpha" | b"lower" | b"upper" => &[(b'a', b'z'), (b'A', b'Z')],
            b"digit" => &[(b'0', b'9')],
            b"alnum" => &[(b'a', b'z'), (b'A', b'Z'), (b'0', b'9')],
            _ => return None,
        })
    }

    /// How often what stands before is repeated, if it is; no greatest number where there is none.
    fn repetition(&mut self) -> Option<Option<(usize, Option<usize>)>> {
        if self.next_is(b'*') {
            return Some(Some((0, None)));
        }
        if self.next_is(b'+') {
            return Some(Some((1, None)));
        }
        if self.next_is(b'?') {
            return Some(Some((0, Some(1))));
        }
        if !self.next_is(b'{') {
            return Some(None);
        }
        let end = self.rest.iter().position(|&octet| octet == b'}')?;
        let text = std::str::from_utf8(&self.rest[..end]).ok()?;
        self.rest = &self.rest[end + 1..];
        let number = |text: &str| text.parse().ok().filter(|&number| number <= MOST_REPEATS);
        let (least, most) = match text.split_once(',') {
            None => (number(text)?, Some(number(text)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        most.is_none_or(|most| least <= most)
            .then_some(Some((least, most)))
    }
}

fn within_limit(steps: &[Step]) -> Option<()> {
    (steps.len() <= MOST_STEPS).then_some(())
}

/// The steps where they begin at `at`.
fn moved(steps: &[Step], at: usize) -> impl Iterator<Item = Step> {
    steps.iter().map(move |step| match step {
        Step::Fork(one, other) => Step::Fork(one + at, other + at),
        step => step.clone(),
    })
}

fn either(one: Vec<Step>, other: &[Step]) -> Vec<Step> {
    let after = one.len() + 2;
    let end = after + other.len();
    let mut steps = vec![Step::Fork(1, after)];
    steps.extend(moved(&one, 1));
    steps.push(Step::Fork(end, end));
    steps.extend(moved(other, after));
    steps
}

fn repeated(atom: &[Step], least: usize, most: Option<usize>) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let times = most.unwrap_or(least);
    for time in 0..times {
        if time >= least {
            let at = steps.len();
            steps.push(Step::Fork(at + 1, at + 1 + atom.len()));
        }
        let at = steps.len();
        steps.extend(moved(atom, at));
        within_limit(&steps)?;
    }
    if most.is_none() {
        let at = steps.len();
        let end = at + atom.len() + 2;
        steps.push(Step::Fork(at + 1, end));
        steps.extend(moved(atom, at + 1));
        steps.push(Step::Fork(at, end));
    }
    within_limit(&steps)?;
    Some(steps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_pattern_can_be_tried(
            pattern in "[a-c^$.*+?(|){}0-9,\\[\\]\\\\-]{0,24}",
            label in "[a-c-]{0,12}",
        ) {
            let start = Pattern::new(&pattern).and_then(|pattern| pattern.start_in(&label));
            prop_assert!(start.is_none_or(|start| start <= label.len()));
        }
    }

    fn start(pattern: &str, label: &str) -> Option<usize> {
        Pattern::new(pattern)?.start_in(label)
    }

    #[test]
    fn patterns_fit_as_those_of_posix() {
        assert_eq!(start("descr", "ifDescr"), Some(2));
        assert_eq!(start("^descr", "ifDescr"), None);
        assert_eq!(start("(foo|dex+s)cr$", "ifDescr"), None);
        assert_eq!(start("(foo|dex*s)cr$", "ifDescr"), Some(2));
        assert_eq!(start("f[a-d]e", "ifDescr"), Some(1));
        assert_eq!(start("[^i]d", "ifDescr"), Some(1));
        assert_eq!(start("x?fd", "ifDescr"), Some(1));
        assert_eq!(start("s{2}", "ifDescr"), None);
        assert_eq!(start("[[:alpha:]]{3,4}r", "ifDescr"), Some(2));
        assert_eq!(start("a{0,2}$", "aaa"), Some(1));
        assert_eq!(start("(a*)*b", "aab"), Some(0));
        assert_eq!(start("a\\.b", "a.b"), Some(0));
        assert_eq!(start("a)", "a)"), Some(0));
    }

    #[test]
    fn what_is_no_pattern_fits_nothing() {
        for pattern in [
            "",
            "*",
            "+a",
            "(a",
            "[a",
            "a{2",
            "a{3,1}",
            "a\\",
            "[[:none:]]",
            "a{256}",
        ] {
            assert!(Pattern::new(pattern).is_none(), "{pattern}");
        }
        let nested = "((((a{200}){200}){200}){200})";
        assert!(Pattern::new(nested).is_none());
        assert!(Pattern::new(&"(".repeat(100_000)).is_none());
    }
}
