//! What a request costs over real sockets, in CPU time of this process.
//!
//!     cargo bench -p benches --bench load                                # against an agent of its own
//!     cargo bench -p benches --bench load -- conc port=26100 n=200000    # against another one
//!
//! * `conc`: n GETs to `targets` addresses from 127.1.0.1 on, `inflight` of them at the same time
//! * `seq`: n GETs to 127.0.0.1, one after the other
//! * `walk`: GETBULK walks of 1.3.6.1.4.1.99999.1 with `maxrep` repetitions until n rows have come;
//!   `owned=1` keeps a copy of each row
//! * `agent`: serves the objects of these modes until it is ended
//!
//! `v3=1` asks in the name of the user `sha1aes` (SHA-1 and AES-128) in place of the community `public`.
//!
//! Prints one line a run: CPU and wall time for each unit.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::process::{Command, ExitCode, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Resolver, succeed};
use deferred_snmp::engine::Credentials;
use deferred_snmp::hlapi::{
    AuthData, AuthProtocol, CommunityData, ContextData, ObjectType, PrivProtocol, SnmpEngine,
    SnmpError, UdpTransportTarget, UsmUserData, VarBind, bulk_walk_cmd, get_cmd,
};
use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;
use deferred_snmp::security::usm::AuthPriv;
use deferred_snmp::smi::{TimeTicks, Value};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    // `cargo bench` adds an option of its own.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    match arguments.split_first() {
        Some((mode, options)) => run(mode, &Options::parse(options)),
        None => run_all(),
    }
}

/// Every mode, against an agent in a process of its own.
fn run_all() -> ExitCode {
    let program = std::env::current_exe().expect("this program has a name");
    let port = "port=26190";
    let mut agent = Command::new(program)
        .args(["agent", port])
        .stdout(Stdio::null())
        .spawn()
        .expect("this program can be started");
    let lines = [
        "conc n=100000",
        "seq n=20000",
        "walk n=200000",
        "walk n=200000 owned=1",
        "conc n=100000 v3=1",
        "seq n=20000 v3=1",
    ];
    let failed = lines.iter().any(|line| {
        let words: Vec<String> = line.split(' ').chain([port]).map(str::to_owned).collect();
        run(&words[0], &Options::parse(&words[1..])) != ExitCode::SUCCESS
    });
    agent.kill().expect("the agent still runs");
    agent.wait().expect("the agent has ended");
    ExitCode::from(u8::from(failed))
}

struct Options(BTreeMap<String, usize>);

impl Options {
    fn parse(words: &[String]) -> Self {
        let pairs = words.iter().map(|word| {
            let pair = word.split_once('=');
            let pair = pair.and_then(|(name, number)| Some((name, number.parse().ok()?)));
            let (name, number) = pair.expect("options are name=number");
            (name.to_owned(), number)
        });
        Self(pairs.collect())
    }

    fn get(&self, name: &str, default: usize) -> usize {
        self.0.get(name).copied().unwrap_or(default)
    }
}

fn run(mode: &str, options: &Options) -> ExitCode {
    let port = options.get("port", 26_100) as u16;
    let units = Rc::new(Cell::new(0));
    let counted = Rc::clone(&units);
    let auth = match options.get("v3", 0) {
        0 => CommunityData::new("public").credentials(),
        _ => user().credentials(),
    };
    let auth = auth.expect("phrases that are long enough");
    let meter = Meter::start();
    let code = match mode {
        "agent" => return serve(port, options.get("rows", 5_000) as u32),
        "conc" => react(|reactor| {
            let targets = options.get("targets", 1_000);
            let inflight = options.get("inflight", 1_000);
            let n = options.get("n", 200_000);
            gets(
                SnmpEngine::new(reactor),
                auth,
                port,
                targets,
                inflight,
                n,
                counted,
            )
        }),
        "seq" => react(|reactor| {
            let n = options.get("n", 20_000);
            gets(SnmpEngine::new(reactor), auth, port, 0, 1, n, counted)
        }),
        "walk" => react(|reactor| {
            let walk = Walk {
                engine: SnmpEngine::new(reactor),
                auth,
                port,
                n: options.get("n", 500_000),
                max_repetitions: options.get("maxrep", 50) as u32,
                owned: options.get("owned", 0) != 0,
                rows: counted,
            };
            walk.again()
        }),
        _ => {
            eprintln!("{mode} is none of conc, seq, walk, agent");
            return ExitCode::from(2);
        }
    };
    meter.print(mode, units.get());
    code
}

/// `n` GETs of sysUpTime.0, `inflight` at a time.
fn gets(
    engine: SnmpEngine,
    auth: Credentials,
    port: u16,
    targets: usize,
    inflight: usize,
    n: usize,
    answered: Rc<Cell<usize>>,
) -> Deferred<(), SnmpError> {
    let mut hosts: Vec<String> = (0..targets)
        .map(|target| format!("127.1.{}.{}", target / 250, target % 250 + 1))
        .collect();
    if hosts.is_empty() {
        hosts.push("127.0.0.1".to_owned());
    }
    let (resolver, done) = Deferred::pair();
    let load = Rc::new(Load {
        engine,
        auth,
        targets: hosts
            .iter()
            .map(|host| UdpTransportTarget::new((host, port)))
            .collect(),
        n,
        started: Cell::new(0),
        answered,
        done: RefCell::new(Some(resolver)),
    });
    for _ in 0..inflight.min(n) {
        load.next();
    }
    done
}

struct Load {
    engine: SnmpEngine,
    auth: Credentials,
    targets: Vec<UdpTransportTarget>,
    n: usize,
    started: Cell<usize>,
    answered: Rc<Cell<usize>>,
    done: RefCell<Option<Resolver<(), SnmpError>>>,
}

impl Load {
    fn next(self: &Rc<Self>) {
        let number = self.started.get();
        if number == self.n {
            return;
        }
        self.started.set(number + 1);
        let load = Rc::clone(self);
        let get = get_cmd(
            &self.engine,
            &self.auth,
            &self.targets[number % self.targets.len()],
            &ContextData::default(),
            [oid!(1.3.6.1.2.1.1.3.0)],
        );
        let watched = get.add_both(move |outcome| {
            load.took(outcome.map(|response| response.var_binds().len()));
            Ok::<_, SnmpError>(())
        });
        drop(watched);
    }

    fn took(self: &Rc<Self>, outcome: Result<usize, SnmpError>) {
        self.answered.set(self.answered.get() + 1);
        match outcome {
            Ok(bindings) => assert_eq!(bindings, 1),
            Err(error) => {
                if let Some(done) = self.done.take() {
                    done.errback(error);
                }
                return;
            }
        }
        self.next();
        if self.answered.get() == self.n
            && let Some(done) = self.done.take()
        {
            done.callback(());
        }
    }
}

struct Walk {
    engine: SnmpEngine,
    auth: Credentials,
    port: u16,
    n: usize,
    max_repetitions: u32,
    owned: bool,
    rows: Rc<Cell<usize>>,
}

impl Walk {
    /// Walks until `n` rows have come.
    fn again(self) -> Deferred<(), SnmpError> {
        if self.rows.get() >= self.n {
            return succeed(());
        }
        let (rows, owned) = (Rc::clone(&self.rows), self.owned);
        let mut kept: Vec<VarBind> = Vec::new();
        bulk_walk_cmd(
            &self.engine,
            &self.auth,
            &UdpTransportTarget::new(("127.0.0.1", self.port)),
            &ContextData::default(),
            self.max_repetitions,
            [ObjectType::new("1.3.6.1.4.1.99999.1")],
        )
        .lexicographic_mode(false)
        .for_each(move |row| {
            rows.set(rows.get() + 1);
            for var_bind in row.iter() {
                if owned {
                    kept.push(var_bind.into());
                } else {
                    std::hint::black_box((var_bind.name(), var_bind.value()));
                }
            }
        })
        .add_callback(move |_| self.again())
    }
}

/// An agent with sysUpTime and a table of 10 columns under 1.3.6.1.4.1.99999.1, for ever.
fn serve(port: u16, rows: u32) -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        engine.add_v1_system("reader", "public");
        let mut access = SubtreeAccess::new();
        access.set("reader", Views::new().read(oid!(1.3)));
        let user = engine.add_v3_user(&user().security_name("reader"));
        user.expect("phrases that are long enough");
        engine
            .register_responder(CommandResponder::new(objects(reactor, rows), access))
            .expect("the only one");
        let (resolver, never) = Deferred::pair();
        match engine.listen_udp(([0, 0, 0, 0], port).into()) {
            Ok(_) => resolver.forget(),
            Err(error) => resolver.errback(error),
        }
        never as Deferred<(), SnmpError>
    })
}

fn user() -> UsmUserData<AuthPriv> {
    UsmUserData::new("sha1aes")
        .auth(AuthProtocol::Sha1, "authpass123")
        .privacy(PrivProtocol::Aes128, "privpass123")
}

fn objects(reactor: &Handle, rows: u32) -> MibTree {
    let mut tree = MibTree::new();
    let (clock, start) = (reactor.clone(), reactor.now());
    let up_time = move || TimeTicks((clock.now() - start).as_millis() as u32 / 10);
    let mut table = Table::new((1..=10).map(Column::new));
    for index in 1..=rows {
        let cells = (1..=10).map(|column| (column, Value::from((index * column) as i32)));
        table.insert(&[index], cells);
    }
    tree.register(oid!(1.3.6.1.2.1.1.3), Scalar::dynamic(up_time))
        .and_then(|()| tree.register(oid!(1.3.6.1.4.1.99999.1), table))
        .expect("the objects do not overlap");
    tree
}

struct Meter {
    cpu: Duration,
    wall: Instant,
}

impl Meter {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    fn start() -> Self {
        Self {
            cpu: cpu_time(),
            wall: Instant::now(),
        }
    }

    fn print(&self, mode: &str, units: usize) {
        let micros = |time: Duration| time.as_secs_f64() * 1e6 / units.max(1) as f64;
        println!(
            "{mode}: {units} units, {:.2} us CPU, {:.2} us wall each",
            micros(cpu_time() - self.cpu),
            micros(self.wall.elapsed())
        );
    }
}

/// CPU time of the main thread, user and system; zero where the system does not tell it this way.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
