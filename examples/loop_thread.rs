//! The reactor on a thread of its own, for a host that can only be posted messages to.
//!
//!     cargo run --example loop_thread
//!
//! * the main thread lives on a channel, as it would on the message queue of a user interface
//! * it speaks to the library through a `Remote`; results come back as messages
//! * what belongs to the library's thread stays there, in a thread-local variable

mod common;

use std::cell::OnceCell;
use std::io;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use common::survey::watchdog;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Phase, Reactor, Remote};

const QUESTIONS: u32 = 20;
const TURNS: u32 = 4 * QUESTIONS + 20;

/// What the main thread is told.
enum Message {
    Ready(Remote),
    Answer(Result<String, String>),
    Ended { turns: u32 },
}

fn main() -> io::Result<ExitCode> {
    let _watchdog = watchdog();
    let (sender, inbox) = mpsc::channel();
    let post = move |message| drop(sender.send(message));
    let to_main = post.clone();
    thread::Builder::new().spawn(move || run(to_main).expect("a reactor"))?;

    let mut library = None;
    let mut answers = 0;
    for message in inbox {
        match message {
            Message::Ready(remote) => library = Some(remote),
            Message::Answer(Ok(_)) => answers += 1,
            Message::Answer(Err(error)) => {
                eprintln!("{error}");
                break;
            }
            Message::Ended { turns } => {
                println!(
                    "loop_thread: {answers} answers in {turns} turns, at most {TURNS} allowed"
                );
                let right = turns <= TURNS;
                return Ok(if right {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::FAILURE
                });
            }
        }
        match &library {
            Some(remote) if answers < QUESTIONS => ask(remote, post.clone()),
            Some(remote) => remote.call_with_handle(|handle| {
                handle.stop().expect("it is stopped once");
            }),
            None => {}
        }
    }
    Ok(ExitCode::FAILURE)
}

thread_local! {
    /// Whom the library's thread asks.
    static AGENT: OnceCell<RemoteEngine> = const { OnceCell::new() };
}

fn run(post: impl Fn(Message)) -> io::Result<()> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let target = UdpTransportTarget::from(common::agent(&handle, "127.0.0.1:0"));
    // Longer than the program may take: a lost wake-up is not made up for by a second try.
    let agent = SnmpEngine::new(&handle)
        .remote(&CommunityData::new("public"), &target)
        .timeout(Duration::from_secs(60));
    AGENT.with(|cell| cell.set(agent).expect("it is set once"));
    post(Message::Ready(reactor.remote()));
    let mut turns = 1;
    // Without the counting this loop is `reactor.run()`.
    while reactor.iterate(None)?.phase != Phase::Stopped {
        turns += 1;
    }
    post(Message::Ended { turns });
    Ok(())
}

/// Asks for the agent's description, and posts the answer.
fn ask(remote: &Remote, post: impl FnOnce(Message) + Send + 'static) {
    let question = move |agent: &RemoteEngine| {
        agent
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(Response::into_result)
            .add_both(move |result| {
                let text = result.map(|response| response.iter().map(|v| v.to_string()).collect());
                post(Message::Answer(text.map_err(|error| error.to_string())));
                Ok(())
            });
    };
    remote.call_from_thread(move || AGENT.with(|agent| agent.get().map_or((), question)));
}
