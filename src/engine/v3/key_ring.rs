//! The keys of a few users at one engine.

use std::sync::Arc;

use crate::security::EngineId;
use crate::security::usm::{User, UserError, UserKeys};

/// Users of one engine, the latest used first, and their keys there. A user with another pass phrase
/// is another user, so a corrected phrase takes effect with the next message.
#[derive(Debug, Default)]
pub(super) struct KeyRing {
    latest: Option<Entry>,
    others: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    user: User,
    keys: Arc<UserKeys>,
    /// The engine has shown to have them.
    is_proven: bool,
}

/// More users at one engine take turns. Programs have one or two.
const MOST_USERS: usize = 64;

impl KeyRing {
    /// The keys of `user`, if they are here.
    pub(super) fn find(&mut self, user: &User) -> Option<&Arc<UserKeys>> {
        Some(&self.entry(user)?.keys)
    }

    /// The entry of `user`, which becomes the latest.
    fn entry(&mut self, user: &User) -> Option<&mut Entry> {
        let latest = self.latest.as_mut()?;
        if !latest.user.is_clone_of(user) {
            let place = (self.others.iter().position(|it| it.user.is_clone_of(user)))
                .or_else(|| self.others.iter().position(|it| it.user.is_same(user)));
            match place.and_then(|place| self.others.get_mut(place)) {
                Some(other) => std::mem::swap(latest, other),
                None if latest.user.is_same(user) => {}
                None => return None,
            }
        }
        Some(latest)
    }

    pub(super) fn insert(&mut self, user: User, keys: Arc<UserKeys>) {
        if self.others.len() + 1 >= MOST_USERS {
            self.others.pop();
        }
        let former = self.latest.replace(Entry {
            user,
            keys,
            is_proven: false,
        });
        self.others.splice(..0, former);
    }

    /// Takes note of an authenticated answer to `user`.
    pub(super) fn prove(&mut self, user: &User) {
        if let Some(entry) = self.entry(user) {
            entry.is_proven = true;
        }
    }

    /// Whether there has been an authenticated answer to `user`.
    pub(super) fn is_proven(&mut self, user: &User) -> bool {
        self.entry(user).is_some_and(|entry| entry.is_proven)
    }

    /// The keys of `user` at `engine_id`, which is the engine of this ring.
    pub(super) fn keys(
        &mut self,
        user: &User,
        engine_id: &EngineId,
        known: &mut KnownUsers,
    ) -> Result<&Arc<UserKeys>, UserError> {
        if self.find(user).is_none() {
            let keys = known.first_of(user).localize(engine_id)?;
            self.insert(user.clone(), Arc::new(keys));
        }
        // Found or inserted, it is the first one.
        (self.latest.as_ref())
            .map(|entry| &entry.keys)
            .ok_or(UserError::OtherEngine)
    }
}

/// Users whose keys were made lately. A program that builds the same user again for every target pays
/// for its pass phrase once, and so do users who share a phrase.
#[derive(Debug, Default)]
pub(super) struct KnownUsers {
    users: Vec<User>,
}

const MOST_KNOWN: usize = 64;

impl KnownUsers {
    /// The first value that stands for the same user with the same keys.
    pub(super) fn first_of(&mut self, user: &User) -> User {
        if let Some(place) = self.users.iter().position(|known| known.is_same(user)) {
            self.users.swap(0, place);
            return self.users.first().unwrap_or(user).clone();
        }
        // Another user may have the same pass phrase.
        user.derive_beside(&self.users);
        if self.users.len() >= MOST_KNOWN {
            self.users.pop();
        }
        self.users.push(user.clone());
        user.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::usm::{AuthProtocol, DERIVATIONS, PrivProtocol, UsmUser};

    fn user(name: &str, privacy: &str) -> User {
        let user = UsmUser::new(name).unwrap();
        let user = user.auth(AuthProtocol::Sha1, "authentication phrase");
        let user = user.unwrap().privacy(PrivProtocol::Aes128, privacy);
        user.unwrap().into()
    }

    fn engine(number: u8) -> EngineId {
        EngineId::generate(1, [number; 8])
    }

    #[test]
    fn a_pass_phrase_is_turned_into_a_key_once_however_often_its_user_is_built() {
        let mut known = KnownUsers::default();
        let before = DERIVATIONS.with(std::cell::Cell::get);
        for number in 0..20 {
            let mut ring = KeyRing::default();
            for _ in 0..3 {
                // A value of its own each time, as in a program that writes it out for each target.
                let user = user("joe", "privacy phrase");
                ring.keys(&user, &engine(number), &mut known).unwrap();
            }
            assert_eq!(ring.others.len(), 0);
        }
        let derived = DERIVATIONS.with(std::cell::Cell::get) - before;
        assert_eq!(derived, 2, "one for each of the two phrases");
    }

    #[test]
    fn users_with_the_same_phrases_share_the_work() {
        let mut known = KnownUsers::default();
        let before = DERIVATIONS.with(std::cell::Cell::get);
        for number in 0..10 {
            let user = user(&format!("user {number}"), "privacy phrase");
            let mut ring = KeyRing::default();
            ring.keys(&user, &engine(number), &mut known).unwrap();
        }
        // What is one user's phrase for privacy is another's for authentication.
        let user = UsmUser::new("joe").unwrap();
        let user = user.auth(AuthProtocol::Sha1, "privacy phrase").unwrap();
        known.first_of(&user.into()).localize(&engine(1)).unwrap();
        let derived = DERIVATIONS.with(std::cell::Cell::get) - before;
        assert_eq!(derived, 2, "one for each of the two phrases");
    }

    #[test]
    fn a_corrected_phrase_is_another_user() {
        let (mut ring, mut known) = (KeyRing::default(), KnownUsers::default());
        let mut keys = |privacy| {
            let user = user("joe", privacy);
            let keys = ring.keys(&user, &engine(1), &mut known).unwrap();
            Arc::as_ptr(keys)
        };
        let first = keys("privacy phrase");
        assert_ne!(keys("corrected phrase"), first);
        assert_eq!(
            keys("privacy phrase"),
            first,
            "and the former is still there"
        );
    }

    #[test]
    fn the_users_of_an_engine_are_bounded() {
        let (mut ring, mut known) = (KeyRing::default(), KnownUsers::default());
        for number in 0..200 {
            let user: User = UsmUser::new(format!("user {number}")).unwrap().into();
            ring.keys(&user, &engine(1), &mut known).unwrap();
        }
        assert_eq!(
            (ring.others.len() + 1, known.users.len()),
            (MOST_USERS, MOST_KNOWN)
        );
    }
}
