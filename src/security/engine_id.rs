//! Names of engines.

use std::fmt;
use std::str::FromStr;

/// The name of an SNMP engine, unique within an administrative domain: `SnmpEngineID` of RFC 3411
/// section 5.
///
/// 1 to 32 octets, kept without allocating. The standard has 5 at least, and neither nothing but 0x00 nor
/// nothing but 0xff, but devices let people type such names, and who asks them has to say the same. Prints
/// as hexadecimal digits, and is parsed from them, with or without `0x` before them.
///
/// ```
/// use deferred_snmp::security::EngineId;
///
/// let engine_id: EngineId = "0x80001f888059dc486145a26322".parse()?;
/// assert_eq!(engine_id.octets()[..5], [0x80, 0x00, 0x1f, 0x88, 0x80]);
/// assert_eq!(engine_id.to_string(), "80001f888059dc486145a26322");
/// # Ok::<(), deferred_snmp::security::EngineIdError>(())
/// ```
#[derive(Clone, Copy)]
pub struct EngineId {
    /// Zeros behind the name.
    octets: [u8; Self::MAX_LEN],
    len: u8,
}

impl EngineId {
    /// The least number of octets.
    pub const MIN_LEN: usize = 1;
    /// The greatest number of octets.
    pub const MAX_LEN: usize = 32;

    /// `80 00 00 00 06`, which stands for whichever engine is asked, as the engine of a context: no engine has this
    /// name. RFC 5343.
    pub const LOCAL: Self = {
        let mut octets = [0; Self::MAX_LEN];
        (octets[0], octets[4]) = (0x80, 6);
        Self { octets, len: 5 }
    };

    /// The name of these octets.
    pub fn new(octets: &[u8]) -> Result<Self, EngineIdError> {
        if octets.is_empty() {
            return Err(EngineIdError::Empty);
        }
        let mut kept = [0; Self::MAX_LEN];
        for (to, from) in kept.iter_mut().zip(octets) {
            *to = *from;
        }
        let name = Self {
            octets: kept,
            len: octets.len().min(Self::MAX_LEN) as u8,
        };
        if octets.len() > Self::MAX_LEN {
            return Err(EngineIdError::TooLong {
                beginning: name,
                len: octets.len(),
            });
        }
        Ok(name)
    }

    /// A name that `enterprise`, a private enterprise number of which 31 bits count, gives to an
    /// engine: the number, format 5 (octets) and `random`, 13 octets in all. It should be drawn once
    /// and kept: an engine that changes its name invalidates every localized key.
    pub fn generate(enterprise: u32, random: [u8; 8]) -> Self {
        let mut octets = [0; Self::MAX_LEN];
        let name = (enterprise | 1 << 31).to_be_bytes();
        let name = name.into_iter().chain([FORMAT_OCTETS]).chain(random);
        for (to, from) in octets.iter_mut().zip(name) {
            *to = from;
        }
        Self { octets, len: 13 }
    }

    /// The octets on the wire.
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// Administratively assigned octets follow.
const FORMAT_OCTETS: u8 = 5;

impl PartialEq for EngineId {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

impl Eq for EngineId {}

impl std::hash::Hash for EngineId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.octets().hash(state);
    }
}

impl std::borrow::Borrow<[u8]> for EngineId {
    fn borrow(&self) -> &[u8] {
        self.octets()
    }
}

impl AsRef<[u8]> for EngineId {
    fn as_ref(&self) -> &[u8] {
        self.octets()
    }
}

impl TryFrom<&[u8]> for EngineId {
    type Error = EngineIdError;

    fn try_from(octets: &[u8]) -> Result<Self, EngineIdError> {
        Self::new(octets)
    }
}

impl FromStr for EngineId {
    type Err = EngineIdError;

    fn from_str(text: &str) -> Result<Self, EngineIdError> {
        let digits = text
            .strip_prefix("0x")
            .or_else(|| text.strip_prefix("0X"))
            .unwrap_or(text);
        let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
        let octets: Option<Vec<u8>> = pairs
            .iter()
            .map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?))
            .collect();
        match octets {
            Some(octets) if rest.is_empty() => Self::new(&octets),
            _ => Err(EngineIdError::Digits(text.into())),
        }
    }
}

fn digit(character: u8) -> Option<u8> {
    let value = char::from(character).to_digit(16)?;
    u8::try_from(value).ok()
}

impl fmt::Display for EngineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.octets()
            .iter()
            .try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl fmt::Debug for EngineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EngineId({self})")
    }
}

/// Why octets or digits name no engine.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EngineIdError {
    /// No octets.
    Empty,
    /// More than 32 octets.
    TooLong {
        /// The first 32.
        beginning: EngineId,
        /// How many there are.
        len: usize,
    },
    /// This text, which is not two hexadecimal digits for each octet.
    Digits(Box<str>),
}

impl fmt::Display for EngineIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("engine id of no octets"),
            Self::TooLong { beginning, len } => {
                write!(
                    f,
                    "engine id {beginning}.. of {len} octets, which is more than 32"
                )
            }
            Self::Digits(text) => {
                let text = text.escape_debug();
                write!(
                    f,
                    "engine id \"{text}\" is not in pairs of hexadecimal digits"
                )
            }
        }
    }
}

impl std::error::Error for EngineIdError {}
