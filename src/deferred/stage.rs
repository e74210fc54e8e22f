//! Stages: one node each, with what it does as a type parameter.

use std::cell::Cell;
use std::rc::Rc;

use super::chain::{Cursor, Node, Sink, Source, deliver, link, resume};
use super::circle::Ways;
use super::outcome::{Fault, IntoOutcome, Outcome, Recovery};
use super::port::Outlet;
use super::release::{discard, user_code};

/// What a stage does with the result that reaches it.
pub(super) trait Body<T, E>: 'static {
    type Ok: 'static;
    type Error: Fault;

    /// A panic of the user's code comes out as `Interrupt::Panicked`.
    fn apply(self, input: Result<T, E>) -> Outcome<Self::Ok, Self::Error>;
}

pub(super) struct Stage<T: 'static, E: Fault, B: Body<T, E>> {
    body: Cell<Option<B>>,
    input: Cell<Option<Result<T, E>>>,
    port: Outlet<B::Ok, B::Error>,
}

impl<T, E: Fault, B: Body<T, E>> Stage<T, E, B> {
    pub(super) fn new(body: B) -> Rc<Self> {
        Rc::new(Self {
            body: Cell::new(Some(body)),
            input: Cell::new(None),
            port: Outlet::new(),
        })
    }
}

impl<T, E: Fault, B: Body<T, E>> Node for Stage<T, E, B> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        let (Some(input), Some(body)) = (self.input.take(), self.body.take()) else {
            // The work is done, and the result was held back by a pause.
            return resume(self, cursor);
        };
        match body.apply(input) {
            Outcome::Done(result) => match self.port.take_next() {
                Some(sink) => {
                    sink.put(result);
                    Some(sink)
                }
                None => deliver(self, result, cursor),
            },
            Outcome::Wait(inner) => link(self, inner, cursor),
        }
    }

    fn onward(&self, ways: &mut Ways) {
        self.port.onward(ways);
    }
}

impl<T, E: Fault, B: Body<T, E>> Sink<T, E> for Stage<T, E, B> {
    fn put(&self, input: Result<T, E>) {
        let empty = self.input.replace(Some(input));
        debug_assert!(empty.is_none(), "a stage has one input");
        // Spares the look for something to drop.
        std::mem::forget(empty);
    }
}

impl<T, E: Fault, B: Body<T, E>> Source<B::Ok, B::Error> for Stage<T, E, B> {
    fn port(&self) -> &Outlet<B::Ok, B::Error> {
        &self.port
    }
}

impl<T, E: Fault, B: Body<T, E>> Drop for Stage<T, E, B> {
    fn drop(&mut self) {
        self.port.close();
        if let Some(body) = self.body.take() {
            discard_unused(body);
        }
        if let Some(input) = self.input.take() {
            discard_unused(input);
        }
    }
}

/// A call, so that the drop of a stage that has run is small enough to be inlined.
#[cold]
#[inline(never)]
fn discard_unused<V>(value: V) {
    discard(value);
}

pub(super) fn run<R: IntoOutcome<E>, E: Fault>(code: impl FnOnce() -> R) -> Outcome<R::Ok, E> {
    match user_code(|| code().into_outcome()) {
        Ok(outcome) => outcome,
        Err(panic) => Outcome::Done(Err(panic.into())),
    }
}

pub(super) struct OnCallback<F>(pub(super) F);

impl<T, E: Fault, F, R> Body<T, E> for OnCallback<F>
where
    F: FnOnce(T) -> R + 'static,
    R: IntoOutcome<E>,
    R::Ok: 'static,
{
    type Ok = R::Ok;
    type Error = E;

    fn apply(self, input: Result<T, E>) -> Outcome<R::Ok, E> {
        match input {
            Ok(value) => run(|| (self.0)(value)),
            Err(error) => {
                discard(self.0);
                Outcome::Done(Err(error))
            }
        }
    }
}

pub(super) struct OnErrback<G>(pub(super) G);

impl<T: 'static, E: Fault, G, R> Body<T, E> for OnErrback<G>
where
    G: FnOnce(E) -> R + 'static,
    R: Recovery<T, E>,
{
    type Ok = T;
    type Error = E;

    fn apply(self, input: Result<T, E>) -> Outcome<T, E> {
        match input {
            Ok(value) => {
                discard(self.0);
                Outcome::Done(Ok(value))
            }
            Err(error) => run(|| (self.0)(error)),
        }
    }
}

pub(super) struct OnEither<F, G>(pub(super) F, pub(super) G);

impl<T, E: Fault, F, G, R, S> Body<T, E> for OnEither<F, G>
where
    F: FnOnce(T) -> R + 'static,
    G: FnOnce(E) -> S + 'static,
    R: IntoOutcome<E>,
    S: Recovery<R::Ok, E>,
    R::Ok: 'static,
{
    type Ok = R::Ok;
    type Error = E;

    fn apply(self, input: Result<T, E>) -> Outcome<R::Ok, E> {
        let Self(callback, errback) = self;
        match input {
            Ok(value) => {
                discard(errback);
                run(|| callback(value))
            }
            Err(error) => {
                discard(callback);
                run(|| errback(error))
            }
        }
    }
}

pub(super) struct OnBoth<F>(pub(super) F);

/// The same function for both tracks, ending in an error of another type.
pub(super) struct Then<F, E2>(pub(super) F, pub(super) std::marker::PhantomData<E2>);

impl<T, E: Fault, F, R> Body<T, E> for OnBoth<F>
where
    F: FnOnce(Result<T, E>) -> R + 'static,
    R: IntoOutcome<E>,
    R::Ok: 'static,
{
    type Ok = R::Ok;
    type Error = E;

    fn apply(self, input: Result<T, E>) -> Outcome<R::Ok, E> {
        run(|| (self.0)(input))
    }
}

impl<T, E: Fault, E2: Fault, F, R> Body<T, E> for Then<F, E2>
where
    F: FnOnce(Result<T, E>) -> R + 'static,
    R: IntoOutcome<E2>,
    R::Ok: 'static,
{
    type Ok = R::Ok;
    type Error = E2;

    fn apply(self, input: Result<T, E>) -> Outcome<R::Ok, E2> {
        run(|| (self.0)(input))
    }
}

pub(super) struct Map<F>(pub(super) F);

impl<T, E: Fault, F, U: 'static> Body<T, E> for Map<F>
where
    F: FnOnce(T) -> U + 'static,
{
    type Ok = U;
    type Error = E;

    fn apply(self, input: Result<T, E>) -> Outcome<U, E> {
        match input {
            Ok(value) => run(|| Ok((self.0)(value))),
            Err(error) => {
                discard(self.0);
                Outcome::Done(Err(error))
            }
        }
    }
}

pub(super) struct MapErr<G>(pub(super) G);

impl<T: 'static, E: Fault, G, E2: Fault> Body<T, E> for MapErr<G>
where
    G: FnOnce(E) -> E2 + 'static,
{
    type Ok = T;
    type Error = E2;

    fn apply(self, input: Result<T, E>) -> Outcome<T, E2> {
        match input {
            Ok(value) => {
                discard(self.0);
                Outcome::Done(Ok(value))
            }
            Err(error) => run(|| Err((self.0)(error))),
        }
    }
}
