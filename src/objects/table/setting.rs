//! SET of a table: what becomes of its rows (RFC 3416 section 4.2.5, RFC 2579).

use std::ops::Range;
use std::rc::Rc;

use super::conceptual_row::ConceptualRow;
use super::layout::Layout;
use super::packed::Cells;
use super::shared::{Planned, Shared};
use super::store::Row;
use crate::objects::asker::Asker;
use crate::objects::phases::{Assignments, Refused, SetError};
use crate::objects::row_status::{RowStatus, StorageType, next_status};
use crate::smi::ValueRef;

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
pub(super) type Judge =
    Box<dyn FnMut(&Asker<'_>, &ConceptualRow, RowChange) -> Result<(), SetError>>;

/// What a SET makes of one row.
struct Plan {
    index: Rc<[u32]>,
    /// What it becomes; once that is committed, what it was.
    cells: Option<Cells>,
    /// Whether there is no row then.
    removes: bool,
}

/// A SET under way.
#[derive(Default)]
pub(super) struct Setting {
    /// The assignments, those of one row side by side, in their order.
    order: Vec<Assigned>,
    /// The rows by their parts of the order, the one that is named first ahead.
    rows: Vec<Range<usize>>,
    plans: Vec<Plan>,
    is_reserved: bool,
    is_committed: bool,
    /// How often the rows had been changed when they were judged.
    changes: u64,
    spare: Spare,
}

/// An assignment: which of those of the SET it is, and the place of its column.
#[derive(Clone, Copy)]
struct Assigned {
    number: usize,
    place: usize,
}

impl Setting {
    /// Works out what becomes of the rows.
    pub(super) fn reserve(
        &mut self,
        shared: &Shared,
        judge: Option<&mut Judge>,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<(), Refused> {
        self.plans.clear();
        self.is_reserved = false;
        self.is_committed = false;
        shared.settle();
        let layout = shared.layout();
        self.order.clear();
        for (number, it) in assignments.iter().enumerate() {
            let place = it.instance.first().and_then(|&column| layout.place(column));
            let place = place.ok_or(SetError::GenErr)?;
            self.order.push(Assigned { number, place });
        }
        let index = |it: &Assigned| index_of(assignments, it.number);
        self.order.sort_by(|a, b| index(a).cmp(index(b)));
        self.rows.clear();
        let mut begin = 0;
        for row in self.order.chunk_by(|a, b| index(a) == index(b)) {
            let end = begin + row.len();
            self.rows.push(begin..end);
            begin = end;
        }
        self.rows
            .sort_unstable_by_key(|row| self.order[row.start].number);
        self.changes = shared.store.borrow().changes();
        let mut planning = Planning {
            shared,
            layout: &layout,
            judge,
            asker,
            assignments,
            created: Vec::new(),
            spare: &mut self.spare,
        };
        for row in &self.rows {
            let plan = planning.plan(&self.order[row.clone()])?;
            self.plans.extend(plan);
        }
        let created = planning.created;
        self.find_room(shared, &created)?;
        let store = shared.store.borrow();
        shared.plan(self.plans.iter().filter_map(|plan| {
            let planned = match (plan.removes, store.row(&plan.index)) {
                (true, _) => Planned::Removed,
                (false, None) => Planned::Created,
                (false, Some(_)) => return None,
            };
            Some((Rc::clone(&plan.index), planned))
        }));
        drop(store);
        self.is_reserved = true;
        Ok(())
    }

    /// Whether there may be so many rows, when those that the SET removes have gone. `created` has the assignments that create others.
    fn find_room(&self, shared: &Shared, created: &[usize]) -> Result<(), Refused> {
        let store = shared.store.borrow();
        let Some(most) = store.max_rows else {
            return Ok(());
        };
        let removed = self.plans.iter().filter(|plan| plan.removes);
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
    pub(super) fn commit(
        &mut self,
        shared: &Shared,
        judge: Option<&mut Judge>,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<(), Refused> {
        // The program may have changed a row since they were judged.
        let is_as_judged = shared.store.borrow().changes() == self.changes;
        if !std::mem::take(&mut self.is_reserved) || !is_as_judged {
            self.reserve(shared, judge, asker, assignments)?;
            // A row that this SET has created in the base may have been removed by now, and what augments it with it.
            self.plans.retain(|plan| !shared.lacks_base(&plan.index));
        }
        for plan in &mut self.plans {
            plan.cells = shared.put(&plan.index, plan.cells.take());
        }
        self.is_committed = true;
        shared.hold_back(self.plans.iter().map(|plan| Rc::clone(&plan.index)));
        Ok(())
    }

    /// The rows that it is about.
    pub(super) fn indices(&self) -> impl Iterator<Item = &Rc<[u32]>> {
        self.plans.iter().map(|plan| &plan.index)
    }

    /// Takes them back. False if the program has changed one meanwhile: that stays as it is.
    pub(super) fn undo(&mut self, shared: &Shared) -> bool {
        let mut is_whole = true;
        for (place, plan) in self.plans.iter_mut().enumerate().rev() {
            let is_orphan = plan.cells.is_some() && shared.lacks_base(&plan.index);
            if is_orphan || shared.is_touched(place) {
                is_whole = false;
            } else {
                // What was there before is what cleanup compares with.
                shared.put(&plan.index, plan.cells.clone());
            }
        }
        is_whole
    }

    /// Tells the program what has become of the rows: by this SET, and by the program itself since the commit.
    pub(super) fn cleanup(&mut self, shared: &Shared) {
        shared.settle();
        let is_committed = std::mem::take(&mut self.is_committed);
        for plan in self.plans.drain(..) {
            if is_committed {
                shared.note(&plan.index, plan.cells.as_ref());
            }
            self.spare.replaced = plan.cells.or_else(|| self.spare.replaced.take());
        }
        shared.tell();
    }
}

/// The index of the row that an assignment is about.
fn index_of(assignments: Assignments<'_>, number: usize) -> &[u32] {
    let instance = assignments.get(number).map(|it| it.instance);
    instance.and_then(|it| it.get(1..)).unwrap_or_default()
}

/// What is needed to judge rows.
struct Planning<'p> {
    shared: &'p Shared,
    layout: &'p Rc<Layout>,
    judge: Option<&'p mut Judge>,
    asker: &'p Asker<'p>,
    assignments: Assignments<'p>,
    /// For each row that this SET creates, the assignment that does.
    created: Vec<usize>,
    spare: &'p mut Spare,
}

/// Cells of earlier SETs, kept for their memory.
#[derive(Default)]
struct Spare {
    /// A copy of the row that is judged.
    former: Option<Cells>,
    /// What has been replaced.
    replaced: Option<Cells>,
}

impl Planning<'_> {
    /// What becomes of one row by its assignments; `None` if nothing.
    fn plan(&mut self, assigned: &[Assigned]) -> Result<Option<Plan>, Refused> {
        let first = assigned.first().ok_or(SetError::GenErr)?;
        let index = index_of(self.assignments, first.number);
        let former = self.former(index);
        let plan = self.plan_from(index, former.as_ref(), assigned);
        if let Some(former) = former {
            self.spare.former = Some(former.cells);
        }
        plan
    }

    /// A copy of the row, so that nothing is borrowed while the program's code is asked about it.
    fn former(&mut self, index: &[u32]) -> Option<Row> {
        let store = self.shared.store.borrow();
        let row = store.row(index)?;
        let cells = match self.spare.former.take() {
            Some(mut cells) => {
                cells.clone_from(&row.cells);
                cells
            }
            None => row.cells.clone(),
        };
        let index = Rc::clone(&row.index);
        Some(Row { index, cells })
    }

    fn plan_from(
        &mut self,
        index: &[u32],
        former: Option<&Row>,
        assigned: &[Assigned],
    ) -> Result<Option<Plan>, Refused> {
        let layout = self.layout;
        let asked = self.asked(assigned)?;
        let first = assigned.first().map_or(0, |it| it.number);
        let assignment = asked.map_or(first, |(_, number)| number);
        let blame = |error| Refused { error, assignment };
        let asked = asked.map(|(status, _)| status);
        let state = match (self.shared.planned_in_base(index), former) {
            // It goes with the one that it augments, or has gone just now, whatever is assigned to it.
            (Some(Planned::Removed), _) => return Ok(None),
            // It comes with that, or has come just now.
            (Some(Planned::Created), _) => Some(RowStatus::NotReady),
            (None, Some(row)) => Some(self.shared.status_of(&row.index, &row.cells)),
            (None, None) => None,
        };
        let storage = former.and_then(|row| layout.storage_of(&row.cells));
        if storage == Some(StorageType::ReadOnly) {
            return Err(blame(SetError::InconsistentValue));
        }
        let index = former.map_or_else(|| index.into(), |row| Rc::clone(&row.index));
        if asked == Some(RowStatus::Destroy) {
            if storage == Some(StorageType::Permanent) {
                return Err(blame(SetError::InconsistentValue));
            }
            let Some(former) = former else {
                return Ok(None);
            };
            let destroyed = self.ask(&index, &former.cells, RowChange::Destroy);
            destroyed.map_err(blame)?;
            return Ok(Some(Plan {
                index,
                cells: None,
                removes: true,
            }));
        }
        let lacks = |it: &&Assigned| former.is_none_or(|row| row.cells.get(it.place).is_none());
        if !self.shared.is_creatable()
            && let Some(lacking) = assigned.iter().find(lacks)
        {
            return Err(Refused {
                error: SetError::NoCreation,
                assignment: lacking.number,
            });
        }
        let mut cells = self.assign(former, assigned);
        let is_as_it_was = former.is_some_and(|row| row.cells == cells);
        let status = next_status(state, asked, || {
            match state == Some(RowStatus::Active) && is_as_it_was {
                // It is in service, whatever would be said of it now.
                true => Ok(()),
                false => self.is_complete(&index, &cells),
            }
        });
        let status = status.map_err(blame)?.ok_or(SetError::GenErr)?;
        if state.is_none() {
            self.created.push(assignment);
        }
        if state == Some(RowStatus::Active) {
            let is_fixed = |it: &&Assigned| layout.columns[it.place].is_fixed;
            let fixed = assigned.iter().find(is_fixed);
            match (status, fixed) {
                (RowStatus::Active, Some(fixed)) => {
                    return Err(Refused {
                        error: SetError::InconsistentValue,
                        assignment: fixed.number,
                    });
                }
                (RowStatus::Active, None) => {}
                _ => self
                    .ask(&index, &cells, RowChange::Withdraw)
                    .map_err(blame)?,
            }
        }
        if let Some(place) = layout.status
            && state != Some(status)
        {
            let status = ValueRef::Integer(status as i32);
            cells = cells.with(layout.columns.len(), &[(place, status)], None);
        }
        Ok(Some(Plan {
            index,
            cells: Some(cells),
            removes: false,
        }))
    }

    /// The status that is asked for, and by which assignment.
    fn asked(&self, assigned: &[Assigned]) -> Result<Option<(RowStatus, usize)>, Refused> {
        let mut asked = None;
        for it in assigned {
            if Some(it.place) != self.layout.status {
                continue;
            }
            let number = self.value(it).as_i64();
            let status = number.and_then(|it| RowStatus::from_number(it.try_into().ok()?));
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

    fn value(&self, assigned: &Assigned) -> ValueRef<'_> {
        let assignment = self.assignments.get(assigned.number);
        assignment.map_or(ValueRef::Null, |it| it.value)
    }

    /// The cells of a row with all that is assigned to it, in a new row with the defaults; but for its status.
    fn assign(&mut self, former: Option<&Row>, assigned: &[Assigned]) -> Cells {
        let spare = self.spare.replaced.take();
        let columns = &self.layout.columns;
        let others = |it: &&Assigned| Some(it.place) != self.layout.status;
        let change = |it: &Assigned| (it.place, self.value(it));
        if let (Some(row), [only]) = (former, assigned) {
            return match others(&only) {
                true => row.cells.with(columns.len(), &[change(only)], spare),
                false => row.cells.clone(),
            };
        }
        let mut changes = Vec::with_capacity(assigned.len() + 1);
        let new;
        let cells = match former {
            Some(row) => &row.cells,
            None => {
                new = self.layout.defaults();
                let storage = self.layout.storage.filter(|it| new.get(*it).is_none());
                let kept = ValueRef::Integer(StorageType::NonVolatile as i32);
                changes.extend(storage.map(|place| (place, kept)));
                &new
            }
        };
        changes.extend(assigned.iter().filter(others).map(change));
        cells.with(columns.len(), &changes, spare)
    }

    /// Whether a row could be in service.
    fn is_complete(&mut self, index: &Rc<[u32]>, cells: &Cells) -> Result<(), SetError> {
        let columns = self.layout.columns.iter().enumerate();
        let mut required = columns.filter(|(_, rule)| rule.is_required);
        if let Some((_, lacking)) = required.find(|(place, _)| cells.get(*place).is_none()) {
            self.shared.lacks(index, lacking, self.asker.now);
            return Err(SetError::InconsistentValue);
        }
        self.ask(index, cells, RowChange::Complete)
    }

    /// Asks whoever may object. Nothing is borrowed meanwhile.
    fn ask(&mut self, index: &Rc<[u32]>, cells: &Cells, change: RowChange) -> Result<(), SetError> {
        let Some(judge) = &mut self.judge else {
            return Ok(());
        };
        let (index, cells) = (Rc::clone(index), cells.clone());
        judge(
            self.asker,
            &ConceptualRow::new(self.layout, Row { index, cells }),
            change,
        )
    }
}
