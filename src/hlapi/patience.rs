//! How patient one is with a target: the same of every kind.

/// The setters of a target's options, which every kind of target has. A macro, since a trait would have to be imported.
macro_rules! patience {
    () => {
        /// How long to wait for the answer to each try. Default one second. With zero, every operation fails before anything
        /// is looked up or sent, by [`SubmitError::ZeroTimeout`] through its errback.
        ///
        /// [`SubmitError::ZeroTimeout`]: crate::engine::SubmitError::ZeroTimeout
        #[must_use]
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.options.timeout = timeout;
            self
        }

        /// How many further tries to make: `retries + 1` in all, with the same time-out each. Default 5.
        #[must_use]
        pub fn retries(mut self, retries: u32) -> Self {
            self.options.retries = retries;
            self
        }

        /// Whether an answer to a GET or SET with other names than asked is dropped, as if nothing had
        /// come; a time-out then says so. Default `false`: it is the result if nothing better comes until
        /// the last try, and [`Response::names_differ`] tells it from others.
        ///
        /// [`Response::names_differ`]: super::Response::names_differ
        #[must_use]
        pub fn strict_names(mut self, strict: bool) -> Self {
            self.options.strict_names = strict;
            self
        }

        /// Whether a [`get_cmd`] or [`next_cmd`] that the agent calls tooBig is asked again in halves, and these in halves, until
        /// they are answered: for agents with little room for an answer. So is one that is longer itself than this engine sends
        /// or the agent takes. Default `false`: tooBig is the response.
        ///
        /// The response has the bindings in the order in which they were asked for. An error of a part is that of the response,
        /// and its index counts in the whole list; it is tooBig only for one variable that is too long by itself. An answer
        /// that ends before the list does is taken and the rest asked for. There are at most twice as many requests as
        /// variables, one after the other, each with the time-out and the retries of the target; so the parts are not of the
        /// same moment.
        ///
        /// [`get_cmd`]: super::get_cmd
        /// [`next_cmd`]: super::next_cmd
        #[must_use]
        pub fn split_too_big(mut self, split: bool) -> Self {
            self.options.split_too_big = split;
            self
        }

        /// Whether another engine is believed in the place of one that has answered with the right digest;
        /// SNMPv3 only. Default what the engine is configured with, which is no unless it was changed: see
        /// [`EngineConfig::follow_engine_changes`](crate::engine::EngineConfig::follow_engine_changes).
        #[must_use]
        pub fn follow_engine_changes(mut self, follow: bool) -> Self {
            self.options.follow_engine_changes = Some(follow);
            self
        }
    };
}

pub(super) use patience;
