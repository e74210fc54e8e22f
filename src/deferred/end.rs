//! What a [`Deferred`] consists of, and how stages are put on it.

use std::cell::OnceCell;
use std::panic::Location;
use std::rc::Rc;

use super::chain::{Chain, Cursor, Node, Sink, Source, Tail, drive, link};
use super::circle::{closes, place};
use super::control::{Control, Phase};
use super::deferred::Deferred;
use super::head::{Head, NoCanceller};
use super::outcome::{Fault, Outcome};
use super::port::Port;
use super::release::release;
use super::report;
use super::stage::{Body, Stage};

pub(super) enum State<T: 'static, E: Fault> {
    Settled {
        result: Result<T, E>,
        /// There if somebody asked for a handle on it.
        chain: OnceCell<Rc<dyn Chain>>,
        origin: Origin,
    },
    Pending {
        source: Rc<dyn Source<T, E>>,
        chain: Rc<dyn Chain>,
    },
    Consumed,
}

pub(super) type Origin = &'static Location<'static>;

impl<T, E: Fault> Deferred<T, E> {
    pub(super) fn chain(&self) -> &Rc<dyn Chain> {
        match &self.state {
            State::Pending { chain, .. } => chain,
            State::Settled { chain, origin, .. } => {
                chain.get_or_init(|| Rc::new(Control::new(Phase::Fired, origin)))
            }
            State::Consumed => unreachable!("a Deferred is consumed by value"),
        }
    }

    /// Adds a stage: runs it if the result is there and nothing holds it back.
    #[inline]
    pub(super) fn add<B: Body<T, E>>(self, body: B) -> Deferred<B::Ok, B::Error> {
        // Taken apart in every arm: a state that is handed on whole would be copied whole, for
        // every stage.
        match self.into_state() {
            State::Settled {
                result,
                chain,
                origin,
            } => match chain.into_inner() {
                None => Self::run_at_once(result, body, origin),
                Some(chain) => Self::add_to_settled(Parts::after(result, chain), body),
            },
            State::Pending { source, chain } => {
                let port = source.port();
                if !port.is_open() {
                    let parts = Parts::of(State::Pending { source, chain });
                    return Self::add_to_settled(parts, body);
                }
                let stage = Stage::new(body);
                port.lead_to(stage.clone());
                release(source);
                Deferred::pending(stage, chain)
            }
            State::Consumed => unreachable!("a Deferred is consumed by value"),
        }
    }

    /// Adds a stage where there is a result, and perhaps something that holds it back.
    fn add_to_settled<B: Body<T, E>>(parts: Parts<T, E>, body: B) -> Deferred<B::Ok, B::Error> {
        match parts {
            Parts::Ready { result, origin } => Self::run_at_once(result, body, origin),
            parts => parts.then(Stage::new(body)),
        }
    }

    #[inline]
    fn run_at_once<B: Body<T, E>>(
        result: Result<T, E>,
        body: B,
        origin: Origin,
    ) -> Deferred<B::Ok, B::Error> {
        match body.apply(result) {
            Outcome::Done(result) => Deferred::settled_at(result, origin),
            Outcome::Wait(inner) => inner.joined(origin),
        }
    }

    /// Adds a node that is more than a function of its input.
    pub(super) fn add_node<N, U, E2: Fault>(self, node: Rc<N>) -> Deferred<U, E2>
    where
        N: Sink<T, E> + Source<U, E2> + 'static,
    {
        self.into_parts().then(node)
    }

    pub(super) fn pending(source: Rc<dyn Source<T, E>>, chain: Rc<dyn Chain>) -> Self {
        Self {
            state: State::Pending { source, chain },
        }
    }

    /// What the stage of a settled chain returned becomes that chain.
    fn joined(mut self, outer: Origin) -> Self {
        let free = match &mut self.state {
            State::Settled { chain, origin, .. } => {
                *origin = outer;
                chain.get().is_none()
            }
            State::Pending { chain, source } => {
                let free = is_free(chain);
                if free {
                    chain.control().join();
                    if place(source) != place(chain) {
                        source.port().mark_seam();
                    }
                }
                free
            }
            State::Consumed => true,
        };
        if free {
            return self;
        }
        // Somebody holds a handle on the inner chain, which must not reach the outer one.
        let head = Rc::new(Head::<_, _, NoCanceller>::fired(outer));
        let mut cursor = Cursor::new(head.clone());
        let next = link(head.clone(), self, &mut cursor);
        debug_assert!(next.is_none(), "no stage was added yet");
        Self::from_head(&head)
    }

    #[inline]
    fn into_state(mut self) -> State<T, E> {
        let state = std::mem::replace(&mut self.state, State::Consumed);
        // Nothing is left to drop.
        std::mem::forget(self);
        state
    }

    fn into_parts(self) -> Parts<T, E> {
        Parts::of(self.into_state())
    }

    /// The result, if it can be had now; else the node that it will come from.
    pub(super) fn into_ready(self) -> Result<Result<T, E>, Waiting<T, E>> {
        match self.into_parts() {
            Parts::Ready { result, .. } => Ok(result),
            Parts::Held { result, chain } if chain.control().is_paused() => {
                let tail = Tail::new();
                tail.port().fill(Port::Settled(result));
                Err(Waiting {
                    source: Rc::new(tail),
                    chain,
                    seam: false,
                })
            }
            Parts::Held { result, chain } => {
                release(chain);
                Ok(result)
            }
            Parts::Pending {
                source,
                chain,
                seam,
            } => Err(Waiting {
                source,
                chain,
                seam,
            }),
        }
    }
}

/// What a handle consists of. The port of a pending one is empty, and has to be filled.
enum Parts<T: 'static, E: Fault> {
    /// The result, which nothing holds back.
    Ready {
        result: Result<T, E>,
        origin: Origin,
    },
    /// The result of a chain that is paused, or that somebody has a handle on.
    Held {
        result: Result<T, E>,
        chain: Rc<dyn Chain>,
    },
    Pending {
        source: Rc<dyn Source<T, E>>,
        chain: Rc<dyn Chain>,
        /// What is added belongs to another chain than what is before.
        seam: bool,
    },
}

impl<T, E: Fault> Parts<T, E> {
    fn of(state: State<T, E>) -> Self {
        match state {
            State::Settled {
                result,
                chain,
                origin,
            } => match chain.into_inner() {
                None => Self::Ready { result, origin },
                Some(chain) => Self::after(result, chain),
            },
            State::Pending { source, chain } => match source.port().take() {
                Port::Settled(result) => {
                    release(source);
                    Self::after(result, chain)
                }
                port => {
                    let seam = matches!(port, Port::Seam);
                    debug_assert!(
                        seam || matches!(port, Port::Open),
                        "this is the end of the chain"
                    );
                    std::mem::forget(port);
                    Self::Pending {
                        source,
                        chain,
                        seam,
                    }
                }
            },
            State::Consumed => unreachable!("a Deferred is consumed by value"),
        }
    }

    fn then<N, U, E2: Fault>(self, node: Rc<N>) -> Deferred<U, E2>
    where
        N: Sink<T, E> + Source<U, E2> + 'static,
    {
        let (result, chain) = match self {
            Self::Ready { result, origin } => {
                let chain: Rc<dyn Chain> = Rc::new(Control::new(Phase::Fired, origin));
                (result, chain)
            }
            Self::Held { result, chain } => (result, chain),
            Self::Pending {
                source,
                chain,
                seam,
            } => {
                source.port().fill(if seam {
                    Port::Across(node.clone())
                } else {
                    Port::Next(Some(node.clone()))
                });
                release(source);
                return Deferred::pending(node, chain);
            }
        };
        node.put(result);
        drive(Cursor::new(chain.clone()), Some(node.clone()));
        Deferred::pending(node, chain)
    }

    fn after(result: Result<T, E>, chain: Rc<dyn Chain>) -> Self {
        if is_free(&chain) {
            let origin = chain.control().origin;
            release(chain);
            Self::Ready { result, origin }
        } else {
            Self::Held { result, chain }
        }
    }
}

/// Whether no handle can tell this chain from the one it merges with.
fn is_free(chain: &Rc<dyn Chain>) -> bool {
    Rc::weak_count(chain) == 0 && !chain.control().is_paused()
}

/// The end of a chain whose result cannot be had yet.
pub(super) struct Waiting<T: 'static, E: Fault> {
    pub(super) source: Rc<dyn Source<T, E>>,
    pub(super) chain: Rc<dyn Chain>,
    /// What waits for it belongs to another chain than what is before.
    pub(super) seam: bool,
}

impl<T, E: Fault> Waiting<T, E> {
    /// Whether `outer` would wait for itself if it waited for this; its result comes out of the
    /// node that `from` yields.
    pub(super) fn closes(
        &self,
        outer: &Rc<dyn Chain>,
        from: impl FnOnce() -> Rc<dyn Node>,
    ) -> bool {
        closes(outer, from, &self.chain, place(&self.source))
    }

    /// Does with it what dropping the Deferred would do.
    pub(super) fn let_go(self) {
        let Self { source, chain, .. } = self;
        match source.port().take() {
            Port::Settled(result) => report::dropped_by(result, chain.control()),
            _ => source.port().fill(Port::Detached),
        }
        release(source);
        release(chain);
    }
}

impl<T, E: Fault> Drop for Deferred<T, E> {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.state, State::Consumed) {
            State::Settled { result, origin, .. } => report::dropped(result, origin),
            State::Pending { source, chain, .. } => {
                match source.port().take() {
                    Port::Open | Port::Seam => source.port().fill(Port::Detached),
                    Port::Settled(result) => report::dropped_by(result, chain.control()),
                    other => source.port().fill(other),
                }
                release(source);
                release(chain);
            }
            State::Consumed => {}
        }
    }
}
