//! The object whose code runs.

use super::contexts::{ContextId, Contexts};
use crate::objects::{Lent, Place};

/// Holds one object out of its tree for as long as it is needed, and puts it back when another is, or when it is dropped:
/// its code runs with nothing borrowed.
pub(super) struct Hand<'r> {
    contexts: &'r Contexts,
    context: ContextId,
    lent: Option<Lent>,
    /// Until when the place of what is lent is good.
    generation: u64,
}

impl<'r> Hand<'r> {
    pub(super) fn new(contexts: &'r Contexts, context: ContextId) -> Self {
        Self {
            contexts,
            context,
            lent: None,
            generation: 0,
        }
    }

    /// Takes the object at `place` of the tree. `None` if there is none, or if it runs already.
    #[inline]
    pub(super) fn take(&mut self, place: Place) -> Option<&mut Lent> {
        let is_it = |lent: &Lent| lent.place == place;
        if self.generation != self.contexts.generation() || !self.lent.as_ref().is_some_and(is_it) {
            self.exchange(place);
        }
        self.lent.as_mut()
    }

    fn exchange(&mut self, place: Place) {
        self.put_back();
        self.generation = self.contexts.generation();
        let lent = self.contexts.look(self.context, |tree| tree.lend(place));
        self.lent = lent.flatten();
    }

    /// What it holds.
    pub(super) fn held(&self) -> Option<&Lent> {
        self.lent.as_ref()
    }

    pub(super) fn held_mut(&mut self) -> Option<&mut Lent> {
        self.lent.as_mut()
    }

    #[inline]
    pub(super) fn put_back(&mut self) {
        if let Some(lent) = self.lent.take() {
            self.contexts.take_back(self.context, lent);
        }
    }
}

impl Drop for Hand<'_> {
    fn drop(&mut self) {
        self.put_back();
    }
}
