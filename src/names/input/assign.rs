//! Values in the notation of `snmpset`: a letter for the type, and a text.

use super::cast::set_bit;
use super::error::InputError;
use super::scan;
use crate::names::{BaseType, Label, Names, NamesExt, Node, Syntax};
use crate::smi::{OctetString, OidRef, Opaque, Value};

/// How names and values are read: the options that Net-SNMP's tools take after `-I`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InputOptions {
    pub(super) checks: bool,
    pub(super) hints: bool,
    pub(super) random_access: bool,
    pub(super) best_match: bool,
    pub(super) relative: bool,
    pub(super) exact: bool,
}

impl InputOptions {
    /// The options in force when none is given: types and ranges are checked, hints are applied.
    pub const fn new() -> Self {
        Self {
            checks: true,
            hints: true,
            random_access: false,
            best_match: false,
            relative: false,
            exact: false,
        }
    }

    /// Whether types, ranges and indices are compared with what the MIB says (`-Ir` switches it off).
    #[must_use]
    pub const fn checks(mut self, checks: bool) -> Self {
        self.checks = checks;
        self
    }

    /// Whether strings are read by their DISPLAY-HINT (`-Ih` switches it off).
    #[must_use]
    pub const fn hints(mut self, hints: bool) -> Self {
        self.hints = hints;
        self
    }

    /// Whether a name is a symbol of whatever module has it, and nothing else (`-IR`).
    #[must_use]
    pub const fn random_access(mut self, random_access: bool) -> Self {
        self.random_access = random_access;
        self
    }

    /// Whether a name is a pattern for labels, of which the one is taken that it fits earliest (`-Ib`): a regular
    /// expression, in which case does not count.
    #[must_use]
    pub const fn best_match(mut self, best_match: bool) -> Self {
        self.best_match = best_match;
        self
    }

    /// Whether a path without a leading dot goes on from mib-2 and not from the root (`-Iu`).
    #[must_use]
    pub const fn relative(mut self, relative: bool) -> Self {
        self.relative = relative;
        self
    }

    /// Whether a name that is no path is refused, and not looked for as a symbol and then as a pattern: `snmptranslate`
    /// is that strict, where `snmpget` is not.
    #[must_use]
    pub const fn exact(mut self, exact: bool) -> Self {
        self.exact = exact;
        self
    }

    /// The value that `text` stands for as a value of the variable `name`.
    ///
    /// `tag` is the type, as after a name in the arguments of `snmpset`: `=` for that of the MIB, or one of
    /// `i u c C t a o s x d n b U I F D`. A number that does not fit its type is refused, where Net-SNMP cuts it.
    ///
    /// # Errors
    ///
    /// Says what is wrong in the words of Net-SNMP's tools.
    ///
    /// ```
    /// use deferred_snmp::names::{Builtin, InputOptions};
    /// use deferred_snmp::{oid, smi::Value};
    ///
    /// let name = oid!(1.3.6.1.2.1.2.2.1.7.1);
    /// let value = InputOptions::new().value(&Builtin, &name, '=', "down")?;
    /// assert_eq!(value, Value::Integer(2));
    /// # Ok::<(), deferred_snmp::names::InputError>(())
    /// ```
    pub fn value<'a>(
        &self,
        names: &dyn Names,
        name: impl Into<OidRef<'a>>,
        tag: char,
        text: &str,
    ) -> Result<Value, InputError> {
        let syntax = names.nearest(name.into()).and_then(Node::syntax);
        let syntax = syntax.filter(|syntax| syntax.is_seen());
        let tag = match (tag, syntax) {
            ('=', Some(syntax)) => tag_of(syntax).ok_or(InputError::Tag { tag })?,
            (tag, _) => tag,
        };
        let reader = Reader {
            syntax,
            checks: self.checks,
            hints: self.hints,
            text,
        };
        match tag {
            'i' => reader.integer(),
            'u' => reader.unsigned(BaseType::Gauge32, "Unsigned32", Value::Gauge32),
            'c' => reader.unsigned(BaseType::Counter32, "Counter32", Value::Counter32),
            't' => reader.unsigned(BaseType::TimeTicks, "Timeticks", Value::TimeTicks),
            'C' => {
                reader.expect(&[BaseType::Counter64], "Counter64")?;
                let number = reader.number64(|number| u64::try_from(number).ok())?;
                Ok(Value::Counter64(number))
            }
            'a' => {
                reader.expect(&[BaseType::IpAddress], "IpAddress")?;
                let address = scan::address(text).ok_or_else(|| reader.notation())?;
                Ok(Value::IpAddress(address))
            }
            'o' => {
                reader.expect(&[BaseType::ObjectIdentifier], "OBJECT IDENTIFIER")?;
                self.name(names, text).map(Value::ObjectIdentifier)
            }
            's' | 'x' | 'd' => reader.string(tag),
            'b' => reader.bits(),
            'n' => Ok(Value::Null),
            'U' => {
                let number = reader.number64(|number| u64::try_from(number).ok())?;
                Ok(Opaque::uint64(number).into())
            }
            'I' => {
                let number = reader.number64(|number| i64::try_from(number).ok())?;
                Ok(Opaque::int64(number).into())
            }
            'F' => {
                let number: f32 = scan::leading_float(text).ok_or_else(|| reader.notation())?;
                Ok(Opaque::float(number).into())
            }
            'D' => {
                let number: f64 = scan::leading_float(text).ok_or_else(|| reader.notation())?;
                Ok(Opaque::double(number).into())
            }
            tag => Err(InputError::Tag { tag }),
        }
    }
}

impl Default for InputOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// The letter of the type that an object has; `None` for types without.
fn tag_of(syntax: &Syntax) -> Option<char> {
    if syntax.name() == "NetworkAddress" {
        return None;
    }
    Some(match syntax.base() {
        BaseType::Integer32 => 'i',
        BaseType::Gauge32 => 'u',
        BaseType::Counter32 => 'c',
        BaseType::Counter64 => 'C',
        BaseType::TimeTicks => 't',
        BaseType::OctetString => 's',
        BaseType::Bits => 'b',
        BaseType::IpAddress => 'a',
        BaseType::ObjectIdentifier => 'o',
        BaseType::Opaque => return None,
    })
}

/// A text on its way to a value.
struct Reader<'t> {
    syntax: Option<&'t Syntax>,
    checks: bool,
    hints: bool,
    text: &'t str,
}

impl Reader<'_> {
    fn notation(&self) -> InputError {
        InputError::Notation {
            text: self.text.to_owned(),
        }
    }

    fn range(&self, text: &str) -> InputError {
        InputError::Range {
            text: text.to_owned(),
            ranges: Vec::new(),
        }
    }

    /// Compares the type that a letter asks for with the object's.
    fn expect(&self, allowed: &[BaseType], given: &'static str) -> Result<(), InputError> {
        let Some(syntax) = self.syntax.filter(|_| self.checks) else {
            return Ok(());
        };
        let network = syntax.name() == "NetworkAddress";
        if allowed.contains(&syntax.base()) && !network {
            return Ok(());
        }
        let object = match syntax.base() {
            _ if network => "NetworkAddress",
            BaseType::Integer32 if syntax.is_sized() => "Integer32",
            BaseType::Integer32 => "INTEGER",
            BaseType::OctetString => "OCTET STRING",
            BaseType::ObjectIdentifier => "OBJECT IDENTIFIER",
            BaseType::IpAddress => "IpAddress",
            BaseType::Counter32 => "Counter32",
            BaseType::Gauge32 if syntax.is_sized() => "Unsigned32",
            BaseType::Gauge32 => "Gauge32",
            BaseType::TimeTicks => "Timeticks",
            BaseType::Opaque => "Opaque",
            BaseType::Counter64 => "Counter64",
            BaseType::Bits => "BITS",
        };
        Err(InputError::Type { object, given })
    }

    /// Compares a number or a length with the object's ranges.
    fn check_range(&self, number: i128, text: &str) -> Result<(), InputError> {
        let ranges = self
            .syntax
            .filter(|_| self.checks)
            .map_or(&[][..], Syntax::stated_ranges);
        let fits = ranges
            .iter()
            .any(|&(low, high)| i128::from(low) <= number && number <= i128::from(high));
        if ranges.is_empty() || fits {
            return Ok(());
        }
        Err(InputError::Range {
            text: text.to_owned(),
            ranges: ranges.to_vec(),
        })
    }

    fn integer(&self) -> Result<Value, InputError> {
        self.expect(&[BaseType::Integer32], "INTEGER")?;
        if self.text.is_empty() {
            return Err(self.notation());
        }
        let label = || {
            let mut labels = self.syntax?.stated_labels();
            let label = labels.find(|label| label.name() == self.text)?;
            Some(label.number().into())
        };
        let number = scan::whole_number(self.text, 10)
            .or_else(label)
            .ok_or_else(|| self.range(self.text))?;
        self.check_range(number, self.text)?;
        let number = i32::try_from(number).map_err(|_| self.range(self.text))?;
        Ok(Value::Integer(number))
    }

    fn unsigned(
        &self,
        base: BaseType,
        given: &'static str,
        value: fn(u32) -> Value,
    ) -> Result<Value, InputError> {
        self.expect(&[base], given)?;
        let number = scan::whole_number(self.text, 10).ok_or_else(|| self.notation())?;
        let number = u32::try_from(number).map_err(|_| self.range(self.text))?;
        Ok(value(number))
    }

    fn number64<T>(&self, fit: impl Fn(i128) -> Option<T>) -> Result<T, InputError> {
        let number = scan::leading_number(self.text).ok_or_else(|| self.notation())?;
        fit(number).ok_or_else(|| self.range(self.text))
    }

    fn string(&self, tag: char) -> Result<Value, InputError> {
        self.expect(&[BaseType::OctetString, BaseType::Bits], "OCTET STRING")?;
        let hint = self
            .syntax
            .and_then(Syntax::stated_hint)
            .filter(|_| tag == 's' && self.hints);
        let hinted = hint.and_then(|hint| scan::hinted(hint, self.text));
        let (octets, complaint) = match (tag, hinted) {
            (_, Some(octets)) => (octets, "Value does not match DISPLAY-HINT"),
            ('x', None) => (
                scan::hex(self.text).ok_or_else(|| self.notation())?,
                "Bad string length",
            ),
            ('d', None) => (
                scan::decimal(self.text).ok_or_else(|| self.notation())?,
                "Bad string length",
            ),
            _ => (self.text.as_bytes().to_vec(), "Bad string length"),
        };
        self.check_range(octets.len() as i128, complaint)?;
        Ok(Value::OctetString(OctetString::from(octets)))
    }

    fn bits(&self) -> Result<Value, InputError> {
        let labels: Vec<&Label> = self
            .syntax
            .map_or_else(Vec::new, |syntax| syntax.stated_labels().collect());
        self.expect(
            if labels.is_empty() {
                &[]
            } else {
                &[BaseType::Bits]
            },
            "BITS",
        )?;
        let place = |bit: i32| usize::try_from(bit).ok();
        // As many octets as the named bits take.
        let last = labels
            .iter()
            .filter_map(|label| place(label.number()))
            .max();
        let mut octets = vec![0; last.map_or(0, |bit| bit / 8 + 1)];
        let words = self.text.split([' ', ',', '\t']);
        for word in words.filter(|word| !word.is_empty()) {
            let named = || {
                let label = labels.iter().find(|label| label.name() == word)?;
                place(label.number())
            };
            let number = scan::whole_number(word, 0)
                .and_then(|bit| usize::try_from(bit).ok())
                .filter(|&bit| bit < 8 * 0xffff);
            let bit = number.or_else(named).ok_or_else(|| self.range(word))?;
            set_bit(&mut octets, bit);
        }
        Ok(Value::OctetString(OctetString::from(octets)))
    }
}
