//! The end of a turn: what gives a token back between two stages of a chain.

use std::cell::Cell;
use std::rc::Rc;

use super::chain::{Cursor, Node, Sink, Source, attach, deliver, resume};
use super::circle::Ways;
use super::deferred::Deferred;
use super::end::Waiting;
use super::outcome::Fault;
use super::port::Outlet;
use super::release::discard;
use super::resolver::fire;
use super::sync::Token;

/// Gives a token to the next in line, whose stages run before this chain goes on; in the loop that
/// runs this chain, so that the length of the line does not matter.
pub(super) struct GiveBack<T: 'static, E: Fault> {
    token: Cell<Option<Token<E>>>,
    input: Cell<Option<Result<T, E>>>,
    port: Outlet<T, E>,
}

impl<T, E: Fault> GiveBack<T, E> {
    pub(super) fn new(token: Option<Token<E>>) -> Self {
        Self {
            token: Cell::new(token),
            input: Cell::new(None),
            port: Outlet::new(),
        }
    }

    /// Has it give this one back.
    pub(super) fn hold(&self, token: Token<E>) {
        self.token.set(Some(token));
    }
}

/// As `waiting`, whose result gives the token back.
pub(super) fn with_turn<T, E: Fault>(waiting: Waiting<T, E>, token: Token<E>) -> Deferred<T, E> {
    let node = Rc::new(GiveBack::new(Some(token)));
    let chain = waiting.chain.clone();
    attach(waiting, node.clone());
    Deferred::pending(node, chain)
}

impl<T, E: Fault> Node for GiveBack<T, E> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        if let Some((resolver, token)) = self.token.take().and_then(Token::pass_on) {
            let next = resolver.into_shared();
            if let Some(head) = next.head() {
                cursor.detour(head.clone(), Some(self));
                return match fire(head, Ok(token), cursor) {
                    Ok(next) => next,
                    Err(late) => {
                        discard(late);
                        None
                    }
                };
            }
        }
        match self.input.take() {
            Some(result) => deliver(self, result, cursor),
            // It was held back by a pause.
            None => resume(self, cursor),
        }
    }

    fn onward(&self, ways: &mut Ways) {
        self.port.onward(ways);
    }
}

impl<T, E: Fault> Sink<T, E> for GiveBack<T, E> {
    fn put(&self, input: Result<T, E>) {
        self.input.set(Some(input));
    }
}

impl<T, E: Fault> Source<T, E> for GiveBack<T, E> {
    fn port(&self) -> &Outlet<T, E> {
        &self.port
    }
}

impl<T, E: Fault> Drop for GiveBack<T, E> {
    fn drop(&mut self) {
        self.port.close();
        discard(self.token.take());
        discard(self.input.take());
    }
}
