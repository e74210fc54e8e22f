//! Applications by their registrations with the engine.

use std::cell::RefCell;

use crate::engine::RegistrationId;

/// The applications of one kind. One that is not shared is out of its place while it runs, since what it calls may come
/// back here: it may end itself, or others.
pub(super) struct Registered<T> {
    /// By the index of the registration.
    places: RefCell<Vec<Option<Place<T>>>>,
}

struct Place<T> {
    id: RegistrationId,
    /// None while it runs.
    application: Option<T>,
}

impl<T> Default for Registered<T> {
    fn default() -> Self {
        Self {
            places: RefCell::default(),
        }
    }
}

impl<T> Registered<T> {
    pub(super) fn insert(&self, id: RegistrationId, application: T) {
        let mut places = self.places.borrow_mut();
        if places.len() <= id.index() {
            places.resize_with(id.index() + 1, || None);
        }
        places[id.index()] = Some(Place {
            id,
            application: Some(application),
        });
    }

    /// Ends an application, once it has run if it does. False if it has ended already.
    pub(super) fn remove(&self, id: RegistrationId) -> bool {
        let its = |place: &mut Place<T>| place.id == id;
        let mut places = self.places.borrow_mut();
        let place = places
            .get_mut(id.index())
            .and_then(|place| place.take_if(its));
        drop(places);
        place.is_some()
    }

    pub(super) fn contains(&self, id: RegistrationId) -> bool {
        let places = self.places.borrow();
        let place = places.get(id.index()).and_then(Option::as_ref);
        place.is_some_and(|place| place.id == id)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.borrow().iter().all(Option::is_none)
    }

    pub(super) fn ids(&self) -> Vec<RegistrationId> {
        let places = self.places.borrow();
        places.iter().flatten().map(|place| place.id).collect()
    }

    /// What `look` makes of those that do not run.
    pub(super) fn collect<R>(&self, look: impl FnMut(&T) -> Option<R>) -> Vec<R> {
        let places = self.places.borrow();
        let resting = places.iter().flatten();
        let resting = resting.filter_map(|place| place.application.as_ref());
        resting.filter_map(look).collect()
    }

    /// An application that is shared and stays in its place.
    pub(super) fn get(&self, id: RegistrationId) -> Option<T>
    where
        T: Clone,
    {
        let places = self.places.borrow();
        let place = places.get(id.index())?.as_ref()?;
        (place.id == id).then(|| place.application.clone())?
    }

    /// Takes an application out for as long as it runs. None if it has ended, or runs already.
    pub(super) fn lend(&self, id: RegistrationId) -> Option<Lent<'_, T>> {
        Some(Lent {
            application: Some(self.swap(id, None)?),
            places: self,
            id,
        })
    }

    /// Puts an application into its place, or takes it out. Gives what was there, or was to be if the place is gone.
    fn swap(&self, id: RegistrationId, application: Option<T>) -> Option<T> {
        let mut places = self.places.borrow_mut();
        match places.get_mut(id.index()) {
            Some(Some(place)) if place.id == id => {
                std::mem::replace(&mut place.application, application)
            }
            _ => application,
        }
    }
}

/// An application that runs. It goes back to its place, also after a panic, unless it has ended.
pub(super) struct Lent<'a, T> {
    application: Option<T>,
    places: &'a Registered<T>,
    id: RegistrationId,
}

impl<T> Lent<'_, T> {
    pub(super) fn application(&mut self) -> Option<&mut T> {
        self.application.as_mut()
    }
}

impl<T> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        let ended = self.places.swap(self.id, self.application.take());
        drop(ended);
    }
}
