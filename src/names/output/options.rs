//! The letters that follow `-O`.

use std::fmt;
use std::str::FromStr;

/// How bindings are printed: the options that Net-SNMP's tools take after `-O`.
///
/// The default is theirs: `MODULE::name.index = TYPE: value`. Letters are read with [`with`](Self::with), or parsed.
///
/// What is printed is theirs as well where it does not say all: in an index they print a dot for each octet that cannot be
/// printed, so that different rows may look the same, and under some DISPLAY-HINTs different values. Names and values that
/// can be told apart come from [`PrettyVarBind`](crate::names::PrettyVarBind), or here from the letter `n` or `b`, which print
/// an index in numbers.
///
/// ```
/// use deferred_snmp::names::{Builtin, OutputOptions};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::VarBind;
///
/// let binding = VarBind::new(oid!(1.3.6.1.2.1.2.2.1.8.1), 2);
/// let default = OutputOptions::new();
/// assert_eq!(
///     default.var_bind(&Builtin, binding.as_ref()).to_string(),
///     "IF-MIB::ifOperStatus.1 = INTEGER: down(2)"
/// );
/// let quick: OutputOptions = "sq".parse()?;
/// assert_eq!(
///     quick.var_bind(&Builtin, binding.as_ref()).to_string(),
///     "ifOperStatus.1 down"
/// );
/// # Ok::<(), deferred_snmp::names::OutputOptionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputOptions {
    pub(super) names: NameStyle,
    pub(super) strings: StringStyle,
    pub(super) two_digit_hex: bool,
    pub(super) plain_index: bool,
    pub(super) bracketed_index: bool,
    pub(super) escape_quotes: bool,
    pub(super) numeric_enumerations: bool,
    pub(super) quick: bool,
    pub(super) equal_signs: bool,
    pub(super) numeric_ticks: bool,
    pub(super) text_beside_hex: bool,
    pub(super) units: bool,
    pub(super) bare_value: bool,
    pub(super) opaque_values: bool,
    pub(super) precision: Precision,
}

/// How much of a name is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameStyle {
    /// `S`: the module and the last label.
    Module,
    /// `s`: the last label.
    Suffix,
    /// `f`: all labels.
    Full,
    /// `n`: numbers.
    Numeric,
    /// `u`: all labels but the usual prefixes.
    Ucd,
}

/// How a string without DISPLAY-HINT is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringStyle {
    /// As text when every octet can be printed.
    Guess,
    /// `a`: as text.
    Text,
    /// `x`: in hexadecimal.
    Hex,
}

/// Width and number of decimals of floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Precision {
    pub(super) width: usize,
    pub(super) decimals: usize,
}

impl OutputOptions {
    /// The options in force when none is given.
    pub const fn new() -> Self {
        Self {
            names: NameStyle::Module,
            strings: StringStyle::Guess,
            two_digit_hex: false,
            plain_index: false,
            bracketed_index: false,
            escape_quotes: false,
            numeric_enumerations: false,
            quick: false,
            equal_signs: false,
            numeric_ticks: false,
            text_beside_hex: false,
            units: true,
            bare_value: false,
            opaque_values: true,
            precision: Precision {
                width: 0,
                decimals: 6,
            },
        }
    }

    /// These options changed by letters: `0 a b e E f n p q Q s S t T u U v x X`, with the meaning that `snmpget -h`
    /// lists. A letter that switches something switches it off again when it is repeated. What follows `p` is the
    /// precision: `p.3`.
    ///
    /// # Errors
    ///
    /// A letter is unknown, or what follows `p` is no precision.
    pub fn with(mut self, letters: &str) -> Result<Self, OutputOptionError> {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let switch = match letter {
                '0' => &mut self.two_digit_hex,
                'b' => &mut self.plain_index,
                'e' => &mut self.numeric_enumerations,
                'E' => &mut self.escape_quotes,
                'q' => &mut self.quick,
                'Q' => {
                    self.equal_signs = true;
                    &mut self.quick
                }
                't' => &mut self.numeric_ticks,
                'T' => &mut self.text_beside_hex,
                'U' => &mut self.units,
                'v' => &mut self.bare_value,
                'X' => &mut self.bracketed_index,
                'p' => {
                    return Precision::parse(rest.as_str())
                        .map(|precision| Self { precision, ..self })
                        .ok_or(OutputOptionError { letter });
                }
                _ => {
                    self.choose(letter)?;
                    continue;
                }
            };
            *switch = !*switch;
        }
        Ok(self)
    }

    /// Letters that replace one another.
    fn choose(&mut self, letter: char) -> Result<(), OutputOptionError> {
        match letter {
            'a' => self.strings = StringStyle::Text,
            'x' => self.strings = StringStyle::Hex,
            'f' => self.names = NameStyle::Full,
            'n' => self.names = NameStyle::Numeric,
            's' => self.names = NameStyle::Suffix,
            'S' => self.names = NameStyle::Module,
            'u' => self.names = NameStyle::Ucd,
            _ => return Err(OutputOptionError { letter }),
        }
        Ok(())
    }

    /// Whether an Opaque that wraps a floating-point number or a 64-bit integer is printed as that number. Default
    /// `true`, as tools do that decode what they receive; `false` prints its octets.
    #[must_use]
    pub const fn opaque_values(mut self, decode: bool) -> Self {
        self.opaque_values = decode;
        self
    }
}

impl Default for OutputOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl FromStr for OutputOptions {
    type Err = OutputOptionError;

    fn from_str(letters: &str) -> Result<Self, OutputOptionError> {
        Self::new().with(letters)
    }
}

impl Precision {
    /// `.3`, `8.3` or `8`.
    fn parse(text: &str) -> Option<Self> {
        let (width, decimals) = match text.split_once('.') {
            Some((width, decimals)) => (width, decimals.parse().ok()?),
            None => (text, 6),
        };
        let width = if width.is_empty() {
            0
        } else {
            width.parse().ok()?
        };
        (!text.is_empty() && width < 128 && decimals < 128).then_some(Self { width, decimals })
    }
}

/// A letter after `-O` that means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputOptionError {
    letter: char,
}

impl OutputOptionError {
    /// The letter.
    pub const fn letter(&self) -> char {
        self.letter
    }
}

impl fmt::Display for OutputOptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letter {
            'p' => f.write_str("output option p is followed by no precision"),
            letter => write!(f, "unknown output option {letter}"),
        }
    }
}

impl std::error::Error for OutputOptionError {}
