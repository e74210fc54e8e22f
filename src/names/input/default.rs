//! The value that a DEFVAL stands for. RFC 2578 section 7.9.

use std::fmt;

use super::cast::{CastError, set_bit};
use super::index::arc;
use crate::names::roots::root_arc;
use crate::names::{BaseType, NameError, Names, Node, Syntax};
use crate::smi::{ObjectIdentifier, OctetString, Opaque, Value, escaped};

/// What [`NamesExt::default_of`] says.
pub(in crate::names) fn default_of(
    names: &(impl Names + ?Sized),
    node: Node<'_>,
) -> Result<Option<Value>, DefaultError> {
    let text = node.default_value().trim();
    if text.is_empty() {
        return Ok(None);
    }
    let name = || format!("{}::{}", node.module(), node.name());
    let syntax = node.syntax().ok_or_else(|| DefaultError::NoSyntax {
        node: name(),
        text: text.to_owned(),
    })?;
    let written = Written::new(text);
    let value = match syntax.base() {
        BaseType::ObjectIdentifier => written.oid(names, node.module()).transpose(),
        _ => Ok(written.value(syntax)),
    };
    let value = value.map_err(|reason| DefaultError::Name {
        node: name(),
        text: text.to_owned(),
        reason: Box::new(reason),
    })?;
    match value.filter(|value| syntax.check(value.as_ref()).is_ok()) {
        Some(value) => Ok(Some(value)),
        None => Err(DefaultError::Cast {
            node: name(),
            reason: CastError::new(syntax, text),
        }),
    }
}

/// The forms of a DEFVAL.
enum Written<'t> {
    /// `"text"`.
    Quoted(&'t str),
    /// `'0f'H` or `'0101'B`: the digits, and how many bits each has.
    Digits(&'t str, usize),
    /// `{ a, b }` or `{ 0 0 }`: what stands in the braces.
    Braced(&'t str),
    /// A number, a label or a name.
    Word(&'t str),
}

impl<'t> Written<'t> {
    fn new(text: &'t str) -> Self {
        let between = |open, close| text.strip_prefix(open)?.strip_suffix(close);
        let digits = |upper, lower| between("'", upper).or_else(|| between("'", lower));
        if let Some(text) = between("\"", "\"") {
            Self::Quoted(text)
        } else if let Some(digits) = digits("'H", "'h") {
            Self::Digits(digits, 4)
        } else if let Some(digits) = digits("'B", "'b") {
            Self::Digits(digits, 1)
        } else if let Some(inner) = between("{", "}") {
            Self::Braced(inner)
        } else {
            Self::Word(text)
        }
    }

    /// A value of any type but OBJECT IDENTIFIER.
    fn value(&self, syntax: &Syntax) -> Option<Value> {
        let octets = || match self {
            Self::Quoted(text) => Some(text.as_bytes().to_vec()),
            Self::Digits(digits, bits) => octets(digits, *bits),
            Self::Braced(_) | Self::Word(_) => None,
        };
        match syntax.base() {
            BaseType::OctetString => Some(Value::OctetString(OctetString::from(octets()?))),
            BaseType::Opaque => Some(Value::Opaque(Opaque::from(octets()?))),
            BaseType::Bits => match self {
                Self::Braced(labels) => bits(syntax, labels),
                _ => None,
            },
            BaseType::IpAddress => match self {
                Self::Digits(digits, bits) => {
                    let octets: [u8; 4] = self::octets(digits, *bits)?.try_into().ok()?;
                    Some(Value::IpAddress(octets.into()))
                }
                // Not in the standard's form, and yet clear.
                Self::Word(text) | Self::Quoted(text) => Some(Value::IpAddress(text.parse().ok()?)),
                Self::Braced(_) => None,
            },
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => {
                let number = match self {
                    Self::Word(word) => number(syntax, word)?,
                    Self::Digits(digits, bits) => number_of_digits(digits, *bits)?,
                    Self::Quoted(_) | Self::Braced(_) => return None,
                };
                syntax.value_of_number(number).ok()
            }
            BaseType::ObjectIdentifier => None,
        }
    }

    /// An OBJECT IDENTIFIER; `None` when the form is that of another type.
    fn oid(&self, names: &(impl Names + ?Sized), module: &str) -> Option<Result<Value, NameError>> {
        let arcs = match self {
            Self::Word(word) => named(names, module, word),
            Self::Braced(words) => {
                let mut arcs = Vec::new();
                for word in words.split_whitespace() {
                    let number = word.strip_suffix(')').and_then(|word| word.split_once('('));
                    match arc(number.map_or(word, |(_, number)| number)) {
                        Some(number) => arcs.push(number),
                        None if arcs.is_empty() => match named(names, module, word) {
                            Ok(place) => arcs = place,
                            Err(error) => return Some(Err(error)),
                        },
                        None => return None,
                    }
                }
                Ok(arcs)
            }
            Self::Quoted(_) | Self::Digits(..) => return None,
        };
        Some(arcs.and_then(|arcs| {
            let oid = ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid)?;
            Ok(Value::ObjectIdentifier(oid))
        }))
    }
}

/// A number, or the one that a label stands for.
fn number(syntax: &Syntax, word: &str) -> Option<i128> {
    let mut labels = syntax.labels().iter();
    match labels.find(|label| label.name() == word) {
        Some(label) => Some(label.number().into()),
        None => word.parse().ok(),
    }
}

/// The digits between quotes. White space says nothing there: X.680 clauses 12.10 and 12.12.
fn digits(text: &str, bits: usize) -> Option<Vec<u8>> {
    let digits = text.chars().filter(|digit| !digit.is_whitespace());
    digits
        .map(|digit| Some(digit.to_digit(1 << bits)? as u8))
        .collect()
}

/// The octets that digits make; none may be begun and not filled.
fn octets(text: &str, bits: usize) -> Option<Vec<u8>> {
    let digits = digits(text, bits)?;
    let octets = digits.chunks_exact(8 / bits);
    let all = octets.remainder().is_empty();
    let octet = |digits: &[u8]| digits.iter().fold(0, |octet, digit| octet << bits | digit);
    all.then(|| octets.map(octet).collect())
}

fn number_of_digits(text: &str, bits: usize) -> Option<i128> {
    let digits = digits(text, bits)?;
    let mut rest = digits.iter();
    let first = i128::from(*rest.next()?);
    rest.try_fold(first, |number, &digit| {
        Some(number.checked_mul(1 << bits)? | i128::from(digit))
    })
}

/// The octets of BITS, which have room for all that are named, set or not. RFC 3417 section 8 (3).
fn bits(syntax: &Syntax, labels: &str) -> Option<Value> {
    let bit_of = |number: i32| usize::try_from(number).ok().filter(|&bit| bit < MOST_BITS);
    let named = syntax.labels().iter();
    let last = named.filter_map(|label| bit_of(label.number())).max();
    let mut octets = vec![0; last.map_or(0, |bit| bit / 8 + 1)];
    let names = labels.split(',').map(str::trim);
    for name in names.filter(|name| !name.is_empty()) {
        let label = syntax.labels().iter().find(|label| label.name() == name)?;
        set_bit(&mut octets, bit_of(label.number())?);
    }
    Some(Value::OctetString(OctetString::from(octets)))
}

/// As many as the longest OCTET STRING has. RFC 2578 section 7.1.2.
const MOST_BITS: usize = 8 * 65_535;

/// The place of a name, which stands for what the module itself calls so, or else for the first that any module does.
fn named(names: &(impl Names + ?Sized), module: &str, word: &str) -> Result<Vec<u32>, NameError> {
    let node = names
        .find(Some(module), word)
        .or_else(|| names.find(None, word));
    let arcs = node.map(|node| node.arcs().to_vec());
    arcs.or_else(|| Some(vec![root_arc(word)?]))
        .ok_or_else(|| NameError::UnknownSymbol {
            module: None,
            symbol: word.to_owned(),
        })
}

/// Why a DEFVAL is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefaultError {
    /// It is no value of the object's SYNTAX.
    Cast {
        /// The object, as `MODULE::name`.
        node: String,
        /// What is wrong.
        reason: CastError,
    },
    /// It is an OBJECT IDENTIFIER by a name that is not known.
    Name {
        /// The object, as `MODULE::name`.
        node: String,
        /// The DEFVAL.
        text: String,
        /// What is wrong.
        reason: Box<NameError>,
    },
    /// The type of the object is not known.
    NoSyntax {
        /// The object, as `MODULE::name`.
        node: String,
        /// The DEFVAL.
        text: String,
    },
}

impl fmt::Display for DefaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| match self {
            Self::Cast { node, reason } => write!(f, "DEFVAL of {node}: {reason}"),
            Self::Name { node, text, reason } => write!(f, "DEFVAL of {node}: {text}: {reason}"),
            Self::NoSyntax { node, text } => {
                write!(f, "DEFVAL of {node}: {text} has no SYNTAX to be read by")
            }
        })
    }
}

impl std::error::Error for DefaultError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Cast { reason, .. } => Some(reason),
            Self::Name { reason, .. } => Some(&**reason),
            Self::NoSyntax { .. } => None,
        }
    }
}
