//! Why something is not an object identifier.

use core::fmt;

/// Why a text or a row of arcs is not an object identifier, and where.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OidError {
    /// There are fewer than two arcs, which have no encoding.
    TooFewArcs,
    /// There are more than 128 arcs.
    TooManyArcs,
    /// The first arc is none of 0, 1 and 2.
    FirstArc,
    /// The second arc is above 39, though the first is 0 or 1.
    SecondArc,
    /// An arc does not fit. The largest is 4294967295, or 4294967215 behind a leading 2.
    ArcTooLarge {
        /// Which one, counted from 1.
        arc: usize,
    },
    /// A dot has no number before or behind it.
    MissingArc {
        /// The octet of the text where the number is missing, counted from 0.
        at: usize,
    },
    /// There is something else than digits and dots.
    BadCharacter {
        /// The octet of the text where it stands, counted from 0.
        at: usize,
    },
}

impl OidError {
    /// The reason without the place.
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::TooFewArcs => "an object identifier has at least two arcs",
            Self::TooManyArcs => "an object identifier has at most 128 arcs",
            Self::FirstArc => "the first arc of an object identifier is 0, 1 or 2",
            Self::SecondArc => "the second arc of an object identifier is at most 39 behind 0 or 1",
            Self::ArcTooLarge { .. } => "arc of an object identifier too large",
            Self::MissingArc { .. } => "arc of an object identifier missing",
            Self::BadCharacter { .. } => "neither a digit nor a dot in an object identifier",
        }
    }
}

impl fmt::Display for OidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())?;
        match self {
            Self::ArcTooLarge { arc } => write!(f, ": arc {arc}"),
            Self::MissingArc { at } | Self::BadCharacter { at } => write!(f, " at octet {at}"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for OidError {}
