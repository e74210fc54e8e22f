//! The same programs over three networks: UDP on loopback, the simulated wire in virtual time, and streams of TCP that only
//! these tests know of. What differs is the [`place::Place`] alone.

mod asking;
mod ends;
mod notifying;
mod odd_carriers;
mod place;
mod seam;
mod streams;

/// Makes a test of each function for each network.
macro_rules! on_every_network {
    ($($suite:ident: $($test:ident)*;)*) => {
        mod udp {
            $(mod $suite { $(
                #[test]
                fn $test() {
                    super::super::$suite::$test::<super::super::place::Udp>();
                }
            )* })*
        }
        mod wire {
            $(mod $suite { $(
                #[test]
                fn $test() {
                    super::super::$suite::$test::<super::super::place::Simulated>();
                }
            )* })*
        }
        mod stream {
            $(mod $suite { $(
                #[test]
                fn $test() {
                    super::super::$suite::$test::<super::super::place::Streams>();
                }
            )* })*
        }
    };
}

on_every_network! {
    asking:
        get_set_next_and_bulk
        walks_in_every_version
        a_table_by_rows
        the_name_of_an_engine
        errors_of_the_agent_and_of_the_request
        silence_is_a_time_out_after_each_try
        what_is_lost_is_sent_again
        many_more_requests_than_the_window
        two_agents_side_by_side
        a_long_answer_comes_whole
    ;
    ends:
        a_cancelled_request_and_one_with_a_limit
        an_engine_that_closes_abandons_its_requests
        an_agent_that_was_away
        a_reactor_that_stops_abandons_its_requests
        what_is_asked_once_the_reactor_has_ended_fails
        an_observer_may_call_anything
        a_callback_may_ask_and_close
    ;
    notifying:
        traps_of_every_version
        informs_with_and_without_acknowledgement
    ;
}
