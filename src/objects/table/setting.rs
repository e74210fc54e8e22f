//! SET of a table: what becomes of its rows (RFC 3416 section 4.2.5, RFC 2579).

use std::rc::Rc;

use super::conceptual_row::ConceptualRow;
use super::layout::Layout;
use super::packed::Cells;
use super::shared::Shared;
use super::store::Row;
use crate::objects::phases::{Assignment, Assignments, Refused, SetError};
use crate::objects::row_status::{RowStatus, StorageType, next_status};
use crate::smi::{Value, ValueRef};

/// What is about to happen to a row, for those who may object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "what RFC 2579 lets an agent refuse"
)]
pub enum RowChange {
    /// It has all its cells, and is in service or could be put there: whether these cells go together.
    Complete,
    /// It is taken out of service.
    Withdraw,
    /// It is removed.
    Destroy,
}

/// Whoever may object to a change.
pub(super) type Judge = Box<dyn FnMut(&ConceptualRow, RowChange) -> Result<(), SetError>>;

/// What a SET makes of one row.
pub(super) struct Plan {
    index: Rc<[u32]>,
    former: Option<Cells>,
    next: Option<Cells>,
}

/// A SET under way.
#[derive(Default)]
pub(super) struct Setting {
    plans: Vec<Plan>,
    is_committed: bool,
}

/// Where an assignment is, and to what.
struct Assigned<'a> {
    index: &'a [u32],
    /// Of the column.
    place: usize,
    /// Among those of the SET.
    number: usize,
    value: ValueRef<'a>,
}

impl Setting {
    /// Works out what becomes of the rows.
    pub(super) fn reserve(
        &mut self,
        shared: &Shared,
        judge: Option<&mut Judge>,
        assignments: Assignments<'_>,
    ) -> Result<(), Refused> {
        self.plans.clear();
        self.is_committed = false;
        let layout = shared.layout();
        let mut assigned = Vec::with_capacity(assignments.len());
        for (number, Assignment { instance, value }) in assignments.iter().enumerate() {
            let (column, index) = instance.split_first().ok_or(SetError::GenErr)?;
            let place = layout.place(*column).ok_or(SetError::GenErr)?;
            assigned.push(Assigned {
                index,
                place,
                number,
                value,
            });
        }
        // Those of one row side by side, in their order.
        assigned.sort_by(|a, b| a.index.cmp(b.index));
        let rows = assigned.chunk_by(|a, b| a.index == b.index);
        let mut rows: Vec<_> = rows.collect();
        // The row that is named first is the first to be blamed.
        rows.sort_unstable_by_key(|row| row[0].number);
        let mut planning = Planning {
            shared,
            layout: &layout,
            judge,
            created: Vec::new(),
        };
        for row in rows {
            let plan = planning.plan(row)?;
            self.plans.extend(plan);
        }
        let created = planning.created;
        self.find_room(shared, &created)
    }

    /// Whether there may be so many rows, when those that the SET removes have gone. `created` has the assignments that create others.
    fn find_room(&self, shared: &Shared, created: &[usize]) -> Result<(), Refused> {
        let store = shared.store.borrow();
        let Some(most) = store.max_rows else {
            return Ok(());
        };
        let removed = self.plans.iter().filter(|plan| plan.next.is_none());
        let stay = store.len().saturating_sub(removed.count());
        match created.get(most.saturating_sub(stay)) {
            Some(&assignment) => Err(Refused {
                error: SetError::ResourceUnavailable,
                assignment,
            }),
            None => Ok(()),
        }
    }

    /// Puts the rows in their places.
    pub(super) fn commit(&mut self, shared: &Shared) -> Result<(), Refused> {
        let mut store = shared.store.borrow_mut();
        let has_changed = |plan: &Plan| {
            let present = store.row(&plan.index).map(|row| &row.cells);
            present != plan.former.as_ref()
        };
        // The program has changed a row since it was judged.
        if self.plans.iter().any(has_changed) {
            return Err(SetError::GenErr.into());
        }
        for plan in &self.plans {
            store.replace(&plan.index, plan.next.clone());
        }
        drop(store);
        self.is_committed = true;
        shared.hold_back(self.plans.iter().map(|plan| &plan.index));
        Ok(())
    }

    /// Takes them back. False if the program has changed one meanwhile: that stays as it is.
    pub(super) fn undo(&self, shared: &Shared) -> bool {
        let mut store = shared.store.borrow_mut();
        let mut is_whole = true;
        for plan in self.plans.iter().rev() {
            let present = store.row(&plan.index).map(|row| &row.cells);
            if present == plan.next.as_ref() {
                store.replace(&plan.index, plan.former.clone());
            } else {
                is_whole = false;
            }
        }
        is_whole
    }

    /// Tells the program what has become of the rows: by this SET, and by the program itself since the commit.
    pub(super) fn cleanup(&mut self, shared: &Shared) {
        let is_committed = std::mem::take(&mut self.is_committed);
        shared.hold_back([]);
        for plan in self.plans.drain(..) {
            if is_committed {
                shared.note_since(&plan.index, plan.former.as_ref());
            }
        }
        shared.tell();
    }
}

/// What is needed to judge rows.
struct Planning<'p> {
    shared: &'p Shared,
    layout: &'p Rc<Layout>,
    judge: Option<&'p mut Judge>,
    /// For each row that this SET creates, the assignment that does.
    created: Vec<usize>,
}

impl Planning<'_> {
    /// What becomes of one row by its assignments; `None` if nothing.
    fn plan(&mut self, assigned: &[Assigned<'_>]) -> Result<Option<Plan>, Refused> {
        let first = assigned.first().ok_or(SetError::GenErr)?;
        let store = self.shared.store.borrow();
        let former = store.row(first.index).cloned();
        let state = former.as_ref().map(|row| store.status_of(&row.cells));
        let storage = former.as_ref().and_then(|row| store.storage_of(&row.cells));
        drop(store);

        let asked = self.asked(assigned)?;
        let blamed = asked.map_or(first.number, |(_, number)| number);
        let blame = |error| Refused {
            error,
            assignment: blamed,
        };
        if storage == Some(StorageType::ReadOnly) {
            return Err(blame(SetError::InconsistentValue));
        }
        let asked = asked.map(|(status, _)| status);
        let index = match &former {
            Some(row) => Rc::clone(&row.index),
            None => first.index.into(),
        };
        if asked == Some(RowStatus::Destroy) {
            if storage == Some(StorageType::Permanent) {
                return Err(blame(SetError::InconsistentValue));
            }
            let Some(former) = former else {
                return Ok(None);
            };
            self.ask(&former, RowChange::Destroy).map_err(blame)?;
            return Ok(Some(Plan {
                index,
                former: Some(former.cells),
                next: None,
            }));
        }
        let mut next = self.assigned(former.as_ref(), assigned);
        let row = Row {
            index: Rc::clone(&index),
            cells: next.clone(),
        };
        let is_as_it_was = former.as_ref().is_some_and(|row| row.cells == next);
        let status = next_status(state, asked, || {
            match state == Some(RowStatus::Active) && is_as_it_was {
                // It is in service, whatever would be said of it now.
                true => Ok(()),
                false => self.is_complete(&row),
            }
        });
        let status = status.map_err(blame)?.ok_or(SetError::GenErr)?;
        if state.is_none() {
            self.created.push(blamed);
        }
        if state == Some(RowStatus::Active) {
            if status == RowStatus::NotInService {
                self.ask(&row, RowChange::Withdraw).map_err(blame)?;
            }
            let is_fixed = |it: &&Assigned<'_>| self.layout.columns[it.place].is_fixed;
            if status == RowStatus::Active
                && let Some(fixed) = assigned.iter().find(is_fixed)
            {
                return Err(Refused {
                    error: SetError::InconsistentValue,
                    assignment: fixed.number,
                });
            }
        }
        if let Some(place) = self.layout.status {
            let status = ValueRef::Integer(status as i32);
            next = next.with(self.layout.columns.len(), &[(place, status)]);
        }
        Ok(Some(Plan {
            index,
            former: former.map(|row| row.cells),
            next: Some(next),
        }))
    }

    /// The status that is asked for, and by which assignment.
    fn asked(&self, assigned: &[Assigned<'_>]) -> Result<Option<(RowStatus, usize)>, Refused> {
        let mut asked = None;
        for it in assigned {
            if Some(it.place) != self.layout.status {
                continue;
            }
            let number = it.value.as_i64().and_then(|number| number.try_into().ok());
            let status = number.and_then(RowStatus::from_number);
            let refused = |error| Refused {
                error,
                assignment: it.number,
            };
            let status = status.ok_or_else(|| refused(SetError::WrongValue))?;
            if asked.is_some() {
                return Err(refused(SetError::InconsistentValue));
            }
            asked = Some((status, it.number));
        }
        Ok(asked)
    }

    /// The cells of a row with all that is assigned to it, in a new row with the defaults.
    fn assigned(&self, former: Option<&Row>, assigned: &[Assigned<'_>]) -> Cells {
        let columns = &self.layout.columns;
        let values = assigned
            .iter()
            .filter(|it| Some(it.place) != self.layout.status);
        let values: Vec<_> = values.map(|it| (it.place, it.value)).collect();
        match former {
            Some(row) => row.cells.with(columns.len(), &values),
            None => {
                let storage: Value = StorageType::NonVolatile.into();
                let default = |(place, default): (usize, Option<&Value>)| {
                    let governs = Some(place) == self.layout.storage;
                    default.or_else(|| governs.then_some(&storage)).cloned()
                };
                let defaults = columns.iter().map(|rule| rule.default.as_ref());
                let mut cells: Vec<Option<Value>> = defaults.enumerate().map(default).collect();
                for (place, value) in values {
                    cells[place] = Some(value.to_owned());
                }
                Cells::pack(cells.iter().map(|cell| cell.as_ref().map(Value::as_ref)))
            }
        }
    }

    /// Whether a row could be in service.
    fn is_complete(&mut self, row: &Row) -> Result<(), SetError> {
        let columns = self.layout.columns.iter().enumerate();
        let mut required = columns.filter(|(_, rule)| rule.is_required);
        if required.any(|(place, _)| row.cells.get(place).is_none()) {
            return Err(SetError::InconsistentValue);
        }
        self.ask(row, RowChange::Complete)
    }

    /// Asks whoever may object. Nothing is borrowed meanwhile.
    fn ask(&mut self, row: &Row, change: RowChange) -> Result<(), SetError> {
        match &mut self.judge {
            Some(judge) => judge(&ConceptualRow::new(self.layout, row.clone()), change),
            None => Ok(()),
        }
    }
}
