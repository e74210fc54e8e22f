//! How rows come, are put in service, and go: RowStatus and StorageType (RFC 2579).

use super::phases::SetError;
use crate::names::{BaseType, Label, Syntax};
use crate::smi::Value;

/// The values of a RowStatus column (RFC 2579).
///
/// A row is read as `active`, `notInService` or `notReady`; the other three are what a manager asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 2579 closes the set")]
pub enum RowStatus {
    /// The row is in use.
    Active = 1,
    /// The row is complete, and not in use.
    NotInService = 2,
    /// The row lacks something that it needs to be in use.
    NotReady = 3,
    /// To be created and put in use.
    CreateAndGo = 4,
    /// To be created, and left out of use.
    CreateAndWait = 5,
    /// To be removed.
    Destroy = 6,
}

impl RowStatus {
    /// The syntax of such a column. A value that it does not allow can under no circumstances be assigned.
    pub const SYNTAX: &'static Syntax = &Syntax::from_static(
        "RowStatus",
        BaseType::Integer32,
        &[],
        const {
            &[
                Label::new("active", 1),
                Label::new("notInService", 2),
                Label::new("notReady", 3),
                Label::new("createAndGo", 4),
                Label::new("createAndWait", 5),
                Label::new("destroy", 6),
            ]
        },
        None,
    );

    /// The status of this number.
    pub const fn from_number(number: i32) -> Option<Self> {
        Some(match number {
            1 => Self::Active,
            2 => Self::NotInService,
            3 => Self::NotReady,
            4 => Self::CreateAndGo,
            5 => Self::CreateAndWait,
            6 => Self::Destroy,
            _ => return None,
        })
    }
}

impl From<RowStatus> for Value {
    fn from(status: RowStatus) -> Self {
        Self::Integer(status as i32)
    }
}

/// The values of a StorageType column: how long a row is kept (RFC 2579).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 2579 closes the set")]
pub enum StorageType {
    /// In some other way.
    Other = 1,
    /// Until the next start.
    Volatile = 2,
    /// Over a start.
    NonVolatile = 3,
    /// Over a start; it cannot be destroyed.
    Permanent = 4,
    /// Over a start; it cannot be changed or destroyed.
    ReadOnly = 5,
}

impl StorageType {
    /// The syntax of such a column.
    pub const SYNTAX: &'static Syntax = &Syntax::from_static(
        "StorageType",
        BaseType::Integer32,
        &[],
        const {
            &[
                Label::new("other", 1),
                Label::new("volatile", 2),
                Label::new("nonVolatile", 3),
                Label::new("permanent", 4),
                Label::new("readOnly", 5),
            ]
        },
        None,
    );

    /// The storage type of this number.
    pub const fn from_number(number: i32) -> Option<Self> {
        Some(match number {
            1 => Self::Other,
            2 => Self::Volatile,
            3 => Self::NonVolatile,
            4 => Self::Permanent,
            5 => Self::ReadOnly,
            _ => return None,
        })
    }

    /// Whether a row that is `former`, or does not exist, may become this by SET: neither from permanent or readOnly nor to
    /// them (RFC 2579).
    pub(super) fn may_follow(self, former: Option<Self>) -> bool {
        let is_free = |it| matches!(it, Self::Other | Self::Volatile | Self::NonVolatile);
        is_free(self) && former.is_none_or(is_free)
    }
}

impl From<StorageType> for Value {
    fn from(storage: StorageType) -> Self {
        Self::Integer(storage as i32)
    }
}

/// What becomes of a row: the state diagram of RowStatus.
///
/// `state` is the row's own, `None` for a row that does not exist; `asked` is the value of the RowStatus column in the SET, `None` where it
/// assigns other columns only. `is_complete` tells whether the row could be in use with all that the SET assigns to it, and
/// if not, what a manager is told who wants it to be. Gives `None` where there is no row then.
pub(super) fn next_status(
    state: Option<RowStatus>,
    asked: Option<RowStatus>,
    is_complete: impl FnOnce() -> Result<(), SetError>,
) -> Result<Option<RowStatus>, SetError> {
    use RowStatus::{Active, CreateAndGo, CreateAndWait, Destroy, NotInService, NotReady};
    let ready = |complete: Result<(), SetError>| match complete {
        Ok(()) => NotInService,
        Err(_) => NotReady,
    };
    Ok(Some(match (asked, state) {
        (Some(NotReady), _) => return Err(SetError::WrongValue),
        (Some(Destroy), _) => return Ok(None),
        (None, None) => return Err(SetError::InconsistentName),
        (Some(CreateAndGo), None) => {
            is_complete()?;
            Active
        }
        (Some(CreateAndWait), None) => ready(is_complete()),
        (Some(CreateAndGo | CreateAndWait), Some(_)) => return Err(SetError::InconsistentValue),
        (Some(Active | NotInService), None) => return Err(SetError::InconsistentValue),
        (Some(Active), Some(_)) | (None, Some(Active)) => {
            is_complete()?;
            Active
        }
        (Some(NotInService), Some(Active | NotInService)) => NotInService,
        (Some(NotInService), Some(_)) => {
            is_complete()?;
            NotInService
        }
        (None, Some(_)) => ready(is_complete()),
    }))
}

#[cfg(test)]
mod tests {
    use super::RowStatus::{Active, CreateAndGo, CreateAndWait, Destroy, NotInService, NotReady};
    use super::*;

    /// For each value asked for: what becomes of no row, a row that is not ready, one that is not in service, one that is
    /// active; if complete, and if not. RFC 2579, the state diagram of RowStatus.
    #[test]
    fn the_state_diagram() {
        const INC: Result<Option<RowStatus>, SetError> = Err(SetError::InconsistentValue);
        const NAME: Result<Option<RowStatus>, SetError> = Err(SetError::InconsistentName);
        const WRONG: Result<Option<RowStatus>, SetError> = Err(SetError::WrongValue);
        const A: Result<Option<RowStatus>, SetError> = Ok(None);
        const B: Result<Option<RowStatus>, SetError> = Ok(Some(NotReady));
        const C: Result<Option<RowStatus>, SetError> = Ok(Some(NotInService));
        const D: Result<Option<RowStatus>, SetError> = Ok(Some(Active));
        let table = [
            (Some(CreateAndGo), [D, INC, INC, INC], [INC, INC, INC, INC]),
            (Some(CreateAndWait), [C, INC, INC, INC], [B, INC, INC, INC]),
            (Some(Active), [INC, D, D, D], [INC, INC, INC, INC]),
            (Some(NotInService), [INC, C, C, C], [INC, INC, C, C]),
            (Some(NotReady), [WRONG; 4], [WRONG; 4]),
            (Some(Destroy), [A; 4], [A; 4]),
            (None, [NAME, C, C, D], [NAME, B, B, INC]),
        ];
        let states = [None, Some(NotReady), Some(NotInService), Some(Active)];
        for (asked, complete, incomplete) in table {
            for (place, state) in states.into_iter().enumerate() {
                let outcome = next_status(state, asked, || Ok(()));
                assert_eq!(outcome, complete[place], "{asked:?} of {state:?}, complete");
                let outcome = next_status(state, asked, || Err(SetError::InconsistentValue));
                assert_eq!(
                    outcome, incomplete[place],
                    "{asked:?} of {state:?}, incomplete"
                );
            }
        }
    }

    #[test]
    fn storage_types_that_follow_others() {
        use StorageType::{NonVolatile, Other, Permanent, ReadOnly, Volatile};
        let all = [Other, Volatile, NonVolatile, Permanent, ReadOnly];
        for new in all {
            let is_free = matches!(new, Other | Volatile | NonVolatile);
            assert_eq!(new.may_follow(None), is_free);
            for former in all {
                let was_free = matches!(former, Other | Volatile | NonVolatile);
                assert_eq!(
                    new.may_follow(Some(former)),
                    is_free && was_free,
                    "{former:?} to {new:?}"
                );
            }
        }
    }
}
