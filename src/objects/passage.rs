//! What one request may pass over on its way through the tree.

use super::object::ReadError;
use super::tree::Position;

/// The bound of one request on what it passes over without handing it out: variables that are missing, hidden or of
/// no type that the version has, and objects without instances. The longest stretch that was passed over is
/// remembered, so that the next binding that comes into it leaves it with one step.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    steps_left: u32,
    is_exhausted: bool,
    /// Where the stretch under way began, and what it has cost.
    begin: Position,
    steps: u32,
    longest: Stretch,
}

/// From the first place that was passed over to where the search ended.
#[derive(Debug, Default)]
struct Stretch {
    from: Position,
    to: Position,
    steps: u32,
}

impl Passage {
    /// Begins another request, which may take `steps`.
    pub(crate) fn reset(&mut self, steps: u32) {
        self.steps_left = steps;
        self.is_exhausted = false;
        self.steps = 0;
        self.longest.steps = 0;
    }

    /// Whether the request met its bound.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    /// Begins the search for another variable.
    pub(crate) fn begin(&mut self) {
        self.steps = 0;
    }

    /// Passes over what is at `position`, which costs so many steps. True if that moved `position` on to where an
    /// earlier search ended.
    ///
    /// # Errors
    ///
    /// [`ReadError::Failed`]: the steps are used up.
    pub(super) fn pass(&mut self, position: &mut Position, steps: u32) -> Result<bool, ReadError> {
        let Some(left) = self.steps_left.checked_sub(steps) else {
            self.is_exhausted = true;
            return Err(ReadError::Failed);
        };
        self.steps_left = left;
        if self.steps == 0 {
            self.begin.move_to(position);
        }
        self.steps = self.steps.saturating_add(steps);
        let known = &self.longest;
        let is_inside = known.steps > 0 && known.from <= *position && *position < known.to;
        if is_inside {
            position.move_to(&known.to);
            self.steps = self.steps.saturating_add(known.steps);
        }
        Ok(is_inside)
    }

    /// Ends the search at `position`, where a variable was found or the tree ends.
    pub(crate) fn end(&mut self, position: &Position) {
        if self.steps > self.longest.steps {
            self.longest.from.move_to(&self.begin);
            self.longest.to.move_to(position);
            self.longest.steps = self.steps;
        }
    }
}
