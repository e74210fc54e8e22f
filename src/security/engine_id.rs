//! Names of engines.

use std::fmt;
use std::str::FromStr;

/// The name of an SNMP engine, unique within an administrative domain: `SnmpEngineID` of RFC 3411
/// section 5.
///
/// 5 to 32 octets, neither all 0x00 nor all 0xff; kept without allocating. Prints as hexadecimal
/// digits, and is parsed from them, with or without `0x` before them.
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
    pub const MIN_LEN: usize = 5;
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
        if octets.len() < Self::MIN_LEN || octets.len() > Self::MAX_LEN {
            return Err(EngineIdError::Length);
        }
        if octets.iter().all(|&octet| octet == 0x00) || octets.iter().all(|&octet| octet == 0xff) {
            return Err(EngineIdError::Reserved);
        }
        let mut kept = [0; Self::MAX_LEN];
        for (to, from) in kept.iter_mut().zip(octets) {
            *to = *from;
        }
        Ok(Self {
            octets: kept,
            len: octets.len() as u8,
        })
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
        if !rest.is_empty() {
            return Err(EngineIdError::Digits);
        }
        if pairs.len() > Self::MAX_LEN {
            return Err(EngineIdError::Length);
        }
        let mut octets = [0; Self::MAX_LEN];
        for (octet, &[high, low]) in octets.iter_mut().zip(pairs) {
            *octet = digit(high)? << 4 | digit(low)?;
        }
        Self::new(octets.get(..pairs.len()).unwrap_or_default())
    }
}

fn digit(character: u8) -> Result<u8, EngineIdError> {
    char::from(character)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
        .ok_or(EngineIdError::Digits)
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EngineIdError {
    /// Fewer than 5 octets or more than 32.
    Length,
    /// All octets are 0x00, or all are 0xff.
    Reserved,
    /// Not two hexadecimal digits an octet.
    Digits,
}

impl fmt::Display for EngineIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "engine id not of 5 to 32 octets",
            Self::Reserved => "engine id of nothing but zeros or ones",
            Self::Digits => "engine id not in pairs of hexadecimal digits",
        })
    }
}

impl std::error::Error for EngineIdError {}
