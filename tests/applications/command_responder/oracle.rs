//! Random trees, views and requests against a list of all variables that is read from end to end.

use std::collections::BTreeMap;

use super::lazy::{Lazy, Pace};
use super::*;
use deferred_snmp::access::NextInView;
use deferred_snmp::objects::{Advance, Answer, ReadError};
use deferred_snmp::testing::Random;

/// Every instance that an object has, by its name in arcs; None where there is nothing to read.
type Model = BTreeMap<Vec<u32>, Option<Value>>;

/// Instances that are listed, some of which are missing when they are read.
struct Listed(BTreeMap<Vec<u32>, Option<Value>>);

impl ManagedObject for Listed {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match self.0.get(instance) {
            Some(Some(value)) => Ok(Answer::Borrowed(value.as_ref())),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let mut names = self.0.keys();
        let next = names.find(|name| **name > *instance).cloned();
        let found = next.is_some();
        *instance = next.unwrap_or_default();
        found.into()
    }
}

/// Hides by a rule, and tells about it in each way that a policy may.
struct Rule {
    hides: fn(&[u32]) -> bool,
    next: fn(ObjectIdentifier) -> NextInView,
}

impl AccessControl for Rule {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, name: OidRef<'_>) -> AccessDecision {
        let arcs: Vec<u32> = name.arcs().collect();
        match (self.hides)(&arcs) {
            true => AccessDecision::NotInView,
            false => AccessDecision::Allowed,
        }
    }

    fn next_in_view(&self, _: &AccessRequest<'_>, name: OidRef<'_>) -> NextInView {
        (self.next)(name.to_owned())
    }
}

type Shows = Box<dyn Fn(&[u32]) -> bool>;

/// What decides about cells that are computed.
fn computed(index: &[u32]) -> Option<Value> {
    let sum: u32 = index.iter().sum();
    match sum % 3 {
        0 => None,
        1 => Some(Counter64(sum.into()).into()),
        _ => Some(Value::from(sum as i32)),
    }
}

pub(super) struct Trial {
    random: Random,
    model: Model,
    /// Who has answers come later, if anybody.
    pace: Option<Rc<Pace>>,
}

impl Trial {
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.random.below(bound.into()) as u32
    }

    fn arcs(&mut self, most: u32, bound: u32) -> Vec<u32> {
        let len = self.below(most + 1);
        (0..len).map(|_| self.below(bound)).collect()
    }

    fn value(&mut self) -> Value {
        match self.below(4) {
            0 => Counter64(1).into(),
            1 => Value::from("some text"),
            2 => Gauge32(u32::MAX).into(),
            _ => Value::from(7),
        }
    }

    fn note(&mut self, name: &ObjectIdentifier, instance: &[u32], value: Option<Value>) {
        let arcs = name.arcs().chain(instance.iter().copied()).collect();
        self.model.insert(arcs, value);
    }

    fn scalar(&mut self, name: &ObjectIdentifier) -> Scalar {
        let value = self.value();
        match self.below(3) {
            0 => {
                self.note(name, &[0], None);
                Scalar::dynamic(|| Value::NoSuchInstance)
            }
            1 => {
                self.note(name, &[0], Some(value.clone()));
                Scalar::dynamic(move || value.clone())
            }
            _ => {
                self.note(name, &[0], Some(value.clone()));
                Scalar::constant(value)
            }
        }
    }

    fn table(&mut self, name: &ObjectIdentifier) -> Table {
        // Some with so many columns that they are not tried in one go.
        let count = if self.below(4) == 0 { 200 } else { 5 };
        let share = if count > 5 { 60 } else { 2 };
        let is_counter64: Vec<bool> = (0..count).map(|_| self.below(3) == 0).collect();
        let is_computed: Vec<bool> = (0..count).map(|_| self.below(share + 3) == 0).collect();
        let mut table = Table::new((0..count).map(|number| {
            let column = Column::new(number);
            match is_computed[number as usize] {
                true => column.dynamic(computed),
                false => column,
            }
        }));
        let mut rows: BTreeMap<Vec<u32>, BTreeMap<u32, Value>> = BTreeMap::new();
        for _ in 0..self.below(30) {
            let index = self.arcs(3, 4);
            match self.below(4) {
                0 => {
                    let was_there = rows.remove(&index).is_some();
                    assert_eq!(table.remove(&index), was_there);
                }
                1 => {
                    let (column, value) = (self.below(count), self.value());
                    let row = rows.get_mut(&index);
                    assert_eq!(table.set(column, &index, value.clone()), row.is_some());
                    row.and_then(|row| row.insert(column, value));
                }
                _ => {
                    let mut row = BTreeMap::new();
                    for column in 0..count {
                        if self.below(share) == 0 {
                            let value = match is_counter64[column as usize] {
                                true => Counter64(2).into(),
                                false => self.value(),
                            };
                            row.insert(column, value);
                        }
                    }
                    table.insert(&index, row.clone());
                    rows.insert(index, row);
                }
            }
        }
        for (index, row) in rows {
            for column in 0..count {
                let value = match is_computed[column as usize] {
                    true => computed(&index),
                    false => row.get(&column).cloned(),
                };
                let instance = [&[column][..], &index].concat();
                self.note(name, &instance, value);
            }
        }
        table
    }

    fn listed(&mut self, name: &ObjectIdentifier) -> Listed {
        let mut listed = BTreeMap::new();
        for _ in 0..self.below(20) {
            let mut instance = self.arcs(3, 3);
            instance.insert(0, 1);
            let value = self.value();
            let value = (self.below(3) == 0).then_some(value);
            self.note(name, &instance, value.clone());
            listed.insert(instance, value);
        }
        Listed(listed)
    }

    fn tree(&mut self) -> MibTree {
        let mut tree = MibTree::new();
        for _ in 0..self.below(25) {
            let below = [self.below(3), self.below(5)];
            let name = oid!(1.3.6).extend(below).expect("short");
            if tree.names().any(|other| other == name.as_ref()) {
                continue;
            }
            let object: Box<dyn ManagedObject> = match self.below(4) {
                0 | 1 => Box::new(self.scalar(&name)),
                2 => Box::new(self.table(&name)),
                _ => Box::new(self.listed(&name)),
            };
            let pace = self.pace.clone();
            tree.register(name, Lazy { object, pace }).expect("free");
        }
        tree
    }

    /// A policy, and which names it shows.
    fn policy(&mut self) -> (Box<dyn AccessControl>, Shows) {
        let hides: fn(&[u32]) -> bool = match self.below(3) {
            0 => |arcs| arcs.iter().sum::<u32>() % 3 > 0,
            1 => |arcs| arcs.len() > 5 && arcs[5] % 2 == 0,
            _ => |arcs| arcs[3..].first() != Some(&1),
        };
        let next: fn(ObjectIdentifier) -> NextInView = match self.below(3) {
            0 => |_| NextInView::Unknown,
            1 => |name| match name.len() < 12 {
                true => NextInView::At(name.child(0).expect("short")),
                false => NextInView::Unknown,
            },
            // Not behind the name, which is as good as unknown.
            _ => |_| NextInView::At(oid!(1.3)),
        };
        match self.below(4) {
            0 => (Box::new(OpenAccess), Box::new(|_| true)),
            1 => {
                let rule = Rule { hides, next };
                (Box::new(rule), Box::new(move |arcs| !hides(arcs)))
            }
            _ => {
                let mut roots = Vec::new();
                let mut views = Views::new();
                for _ in 0..self.below(12) {
                    let arcs = [&[1, 3, 6][..], &self.arcs(5, 4)].concat();
                    views = views.read(ObjectIdentifier::from_arcs(&arcs).expect("short"));
                    roots.push(arcs);
                }
                let mut policy = SubtreeAccess::new();
                policy.set("public", views);
                let shows = move |arcs: &[u32]| roots.iter().any(|root| arcs.starts_with(root));
                (Box::new(policy), Box::new(shows))
            }
        }
    }

    /// A name that is there, next to one, or anywhere.
    pub(super) fn name(&mut self) -> ObjectIdentifier {
        let anywhere = [&[1, 3, 6][..], &self.arcs(6, 5)].concat();
        let place = self.below(self.model.len() as u32 + 1) as usize;
        let mut arcs = match self.model.keys().nth(place) {
            Some(name) if self.random.below(4) > 0 => name.clone(),
            _ => anywhere,
        };
        match self.below(5) {
            0 => arcs.truncate(arcs.len().max(4) - 1),
            1 => arcs.push(0),
            _ => {}
        }
        ObjectIdentifier::from_arcs(&arcs).expect("short")
    }
}

/// What can be seen, in order.
pub(super) type Seen = Vec<(ObjectIdentifier, Value)>;

pub(super) fn behind<'s>(
    seen: &'s Seen,
    name: &ObjectIdentifier,
) -> Option<&'s (ObjectIdentifier, Value)> {
    seen.iter().find(|(other, _)| other > name)
}

/// The bindings of an answer to GETBULK that has room for all of them.
pub(super) fn bulk_by_list(
    seen: &Seen,
    names: &[ObjectIdentifier],
    singles: usize,
    most: u32,
) -> VarBindList {
    let mut list = VarBindList::new();
    let mut last = names.to_vec();
    let mut step = |at: usize| {
        let found = behind(seen, &last[at]).cloned();
        let is_found = found.is_some();
        let (name, value) = found.unwrap_or_else(|| (last[at].clone(), Value::EndOfMibView));
        list.push(name.as_ref(), value.as_ref());
        last[at] = name;
        is_found
    };
    (0..singles).for_each(|at| _ = step(at));
    for _ in 0..most {
        let found = (singles..names.len()).filter(|at| step(*at)).count();
        if found == 0 {
            break;
        }
    }
    list
}

struct Boxed(Box<dyn AccessControl>);

impl AccessControl for Boxed {
    fn is_access_allowed(&self, request: &AccessRequest<'_>, name: OidRef<'_>) -> AccessDecision {
        self.0.is_access_allowed(request, name)
    }

    fn next_in_view(&self, request: &AccessRequest<'_>, name: OidRef<'_>) -> NextInView {
        self.0.next_in_view(request, name)
    }
}

/// A tree under a policy, and what of it can be seen in each version.
fn trial(seed: u64) -> (Trial, CommandResponder, [Seen; 2]) {
    paced_trial(seed, None)
}

/// The same with objects that answer later at this pace.
pub(super) fn paced_trial(
    seed: u64,
    pace: Option<Rc<Pace>>,
) -> (Trial, CommandResponder, [Seen; 2]) {
    let mut trial = Trial {
        random: Random::new(seed),
        model: Model::new(),
        pace,
    };
    let tree = trial.tree();
    let (policy, shows) = trial.policy();
    let responder = CommandResponder::new(tree, Boxed(policy));
    responder.set_max_steps(u32::MAX);
    let variables = trial.model.iter();
    let seen: Seen = variables
        .filter(|(arcs, _)| shows(arcs))
        .filter_map(|(arcs, value)| Some((ObjectIdentifier::from_arcs(arcs).ok()?, value.clone()?)))
        .collect();
    let in_v1 = |(_, value): &&(ObjectIdentifier, Value)| !matches!(value, Value::Counter64(_));
    let seen_in_v1 = seen.iter().filter(in_v1).cloned().collect();
    (trial, responder, [seen, seen_in_v1])
}

pub(super) const TRIALS: u64 = 100;

#[test]
fn get_and_get_next_agree_with_the_list_in_both_versions() {
    for seed in 0..TRIALS {
        let (mut trial, responder, [seen, seen_in_v1]) = trial(seed);
        for (name, value) in &seen {
            let response = v2(&responder, &named(Get, [name.clone()]));
            let binding = response.var_binds.get(0).expect("one");
            assert_eq!(binding.value, value.as_ref(), "{seed}: {name}");
        }
        for round in 0..20 {
            let names: Vec<_> = (0..1 + trial.below(30)).map(|_| trial.name()).collect();
            let request = named(GetNext, names.clone());
            let expected = bulk_by_list(&seen, &names, names.len(), 0);
            let response = v2(&responder, &request);
            assert_eq!(response.var_binds, expected, "{seed}/{round}");
            let response = v1(&responder, &request);
            let last = names
                .iter()
                .position(|name| behind(&seen_in_v1, name).is_none());
            let expected = match last {
                Some(_) => request.var_binds.clone(),
                None => bulk_by_list(&seen_in_v1, &names, names.len(), 0),
            };
            assert_eq!(response.error_index, last.map_or(0, |at| at as i32 + 1));
            assert_eq!(response.var_binds, expected, "{seed}/{round} in version 1");
        }
    }
}

#[test]
fn get_bulk_agrees_with_the_list_as_far_as_there_is_room() {
    for seed in 0..TRIALS {
        let (mut trial, responder, [seen, _]) = trial(seed);
        for round in 0..20 {
            let names: Vec<_> = (0..1 + trial.below(12)).map(|_| trial.name()).collect();
            let singles = trial.below(names.len() as u32 + 1);
            let most = trial.below(40);
            let room = match trial.below(2) {
                0 => PLENTY,
                _ => trial.below(400) as usize,
            };
            let request = bulk(singles, most, names.clone());
            let response = ask_within(&responder, Version::V2c, &request, room);
            let all = bulk_by_list(&seen, &names, singles as usize, most);
            let mut fitting = VarBindList::new();
            for binding in &all {
                if !fitting.try_push(binding.name, binding.value, room) {
                    break;
                }
            }
            let is_too_big = fitting.is_empty() && !all.is_empty();
            let status = response.error_status == ErrorStatus::TOO_BIG;
            assert_eq!(status, is_too_big, "{seed}/{round}");
            assert_eq!(response.var_binds, fitting, "{seed}/{round}");
        }
    }
}

/// With few steps an answer may end early or be genErr, but never leaves out what it passes.
#[test]
fn a_request_that_runs_out_of_steps_says_nothing_that_is_wrong() {
    let mut exhausted = 0;
    for seed in 0..TRIALS {
        let (mut trial, responder, [seen, _]) = trial(seed);
        for round in 0..20 {
            responder.set_max_steps(1 + trial.below(30));
            let names: Vec<_> = (0..1 + trial.below(8)).map(|_| trial.name()).collect();
            let (singles, most) = (trial.below(names.len() as u32 + 1), 1 + trial.below(20));
            let request = bulk(singles, most, names.clone());
            let before = responder.exhausted_requests();
            let response = v2(&responder, &request);
            let all = bulk_by_list(&seen, &names, singles as usize, most);
            if responder.exhausted_requests() == before {
                assert_eq!(response.var_binds, all, "{seed}/{round}");
                continue;
            }
            exhausted += 1;
            if response.error_status == ErrorStatus::GEN_ERR {
                assert_eq!(response.var_binds, request.var_binds);
                continue;
            }
            let repeaters = names.len() - singles as usize;
            let repeated = response.var_binds.len() - singles as usize;
            assert!(repeated >= repeaters && repeated.is_multiple_of(repeaters));
            let begin = all.iter().take(response.var_binds.len());
            assert!(response.var_binds.iter().eq(begin), "{seed}/{round}");
        }
    }
    assert!(exhausted > 100, "{exhausted}");
}
