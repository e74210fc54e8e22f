//! An agent of our own, on the reactor of the test or on a thread of its own.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::JoinHandle;

use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::applications::standard;
use deferred_snmp::hlapi::{SecurityLevel, SnmpEngine};
use deferred_snmp::objects::{Column, MibTree, Scalar, SetError, Table};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor, Remote};
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, IpAddress, OctetString, OidRef, Opaque, TimeTicks, Value,
    ValueRef, VarBind,
};

use super::raw;

/// Serves `tree` on `address` and gives the engine and where it listens.
///
/// Communities: `public` reads everything, `private` reads and writes everything, `system` reads
/// 1.3.6.1.2.1.1 alone, and `nothing` is known and may do nothing. A user whose security name is
/// `anybody` reads everything without being authenticated.
pub fn serve(reactor: &Handle, address: &str, tree: MibTree) -> (SnmpEngine, SocketAddr) {
    let engine = SnmpEngine::new(reactor);
    let address = serve_by(&engine, address, tree);
    (engine, address)
}

/// The same by an engine that is there.
pub fn serve_by(engine: &SnmpEngine, address: &str, tree: MibTree) -> SocketAddr {
    let mut access = SubtreeAccess::new();
    let roots = [oid!(0.0), oid!(1.0), oid!(1.2), oid!(1.3)];
    let everything = roots
        .iter()
        .fold(Views::new(), |views, root| views.read(root));
    access.set("reader", everything.clone());
    let unproven = everything.clone().at_least(SecurityLevel::NoAuthNoPriv);
    access.set("anybody", unproven);
    let writes = roots
        .iter()
        .fold(everything, |views, root| views.write(root));
    access.set("writer", writes);
    access.set("system", Views::new().read(oid!(1.3.6.1.2.1.1)));
    engine.add_v1_system("reader", "public");
    engine.add_v1_system("writer", "private");
    engine.add_v1_system("system", "system");
    engine.add_v1_system("nobody", "nothing");
    engine
        .register_responder(CommandResponder::new(tree, access))
        .expect("the only one");
    let address = address.parse().expect("an address");
    engine.listen_udp(address).expect("a free port")
}

/// An agent on a thread of its own; ended when dropped.
pub struct Agent {
    pub address: SocketAddr,
    remote: Remote,
    thread: Option<JoinHandle<()>>,
}

impl Agent {
    /// Serves what `objects` makes on a free port of 127.0.0.1 or `::1`.
    pub fn start(host: &str, objects: impl FnOnce() -> MibTree + Send + 'static) -> Self {
        Self::start_with(host, objects, |_| ())
    }

    /// The same with an engine that `configure` adds to.
    pub fn start_with(
        host: &str,
        objects: impl FnOnce() -> MibTree + Send + 'static,
        configure: impl FnOnce(&SnmpEngine) + Send + 'static,
    ) -> Self {
        let local = format!("{host}:0");
        Self::on_thread(move |reactor| {
            let (engine, address) = serve(reactor, &local, objects());
            configure(&engine);
            (address, Some(engine))
        })
    }

    /// Sends back what `answer` makes of each datagram, on a free port of 127.0.0.1.
    pub fn answering(answer: impl FnMut(&[u8]) -> Vec<Vec<u8>> + Send + 'static) -> Self {
        Self::on_thread(move |reactor| (raw::listen(reactor, answer), None))
    }

    /// What `open` opens with the reactor.
    #[expect(
        clippy::disallowed_methods,
        reason = "a tool of Net-SNMP is waited for while the agent answers"
    )]
    pub fn on_thread(
        open: impl FnOnce(&Handle) -> (SocketAddr, Option<SnmpEngine>) + Send + 'static,
    ) -> Self {
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut reactor = Reactor::new().expect("the system gives descriptors");
            let (address, _engine) = open(&reactor.handle());
            tell.send((address, reactor.remote()))
                .expect("a test waits");
            reactor.run().expect("the reactor runs");
        });
        let (address, remote) = told.recv().expect("the agent starts");
        Self {
            address,
            remote,
            thread: Some(thread),
        }
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.remote.call_with_handle(|reactor| {
            let stop = reactor.clone();
            // it may not have begun to run
            reactor.call_when_running(move || stop.stop().expect("it runs"));
        });
        let thread = self.thread.take().expect("joined once");
        if thread.join().is_err() && !std::thread::panicking() {
            panic!("the agent panicked");
        }
    }
}

/// Every variable of [`tree`] in order, with its value.
pub fn variables() -> Vec<VarBind> {
    let mut all = vec![
        VarBind::new(oid!(1.3.6.1.2.1.1.1.0), "an agent under test"),
        VarBind::new(oid!(1.3.6.1.2.1.1.2.0), oid!(1.3.6.1.4.1.8072.3.2.10)),
        VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(4711)),
        VarBind::new(oid!(1.3.6.1.2.1.1.4.0), "nobody@example.org"),
        VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "example"),
        VarBind::new(oid!(1.3.6.1.2.1.1.6.0), "rack 12"),
        VarBind::new(oid!(1.3.6.1.2.1.1.7.0), 72),
        VarBind::new(oid!(1.3.6.1.2.1.1.8.0), TimeTicks(0)),
        VarBind::new(oid!(1.3.6.1.2.1.1.9.1.2.1), oid!(1.3.6.1.6.3.1)),
        VarBind::new(
            oid!(1.3.6.1.2.1.1.9.1.3.1),
            "The MIB module for SNMP entities",
        ),
        VarBind::new(oid!(1.3.6.1.2.1.1.9.1.4.1), TimeTicks(0)),
    ];
    all.extend(scalars());
    let cells = cells();
    for column in 1..=3 {
        let filled = cells.iter().filter(|(number, ..)| *number == column);
        all.extend(filled.map(|(number, index, value)| {
            let arcs = std::iter::once(*number).chain(index.iter().copied());
            let name = TABLE.extend(arcs).expect("a short name");
            VarBind::new(name, value.clone())
        }));
    }
    all
}

const TABLE: deferred_snmp::smi::ObjectIdentifier = oid!(1.3.6.1.4.1.99999.2.1);

/// One of each type, and its extremes.
fn scalars() -> Vec<VarBind> {
    let values: [Value; 25] = [
        0.into(),
        i32::MIN.into(),
        i32::MAX.into(),
        (-1).into(),
        "text".into(),
        "".into(),
        OctetString::from((0..=255).collect::<Vec<u8>>()).into(),
        OctetString::from(vec![0xff; 1_000]).into(),
        oid!(0.0).into(),
        oid!(2.4294967215).into(),
        oid!(1.3.6.1.4.1.4294967295.128.127.16384).into(),
        IpAddress::new(0, 0, 0, 0).into(),
        IpAddress::new(255, 127, 128, 1).into(),
        Counter32(0).into(),
        Counter32(u32::MAX).into(),
        Gauge32(128).into(),
        Gauge32(u32::MAX).into(),
        TimeTicks(0).into(),
        TimeTicks(u32::MAX).into(),
        Opaque::from(vec![0x9f, 0x78, 4, 0x40, 0x20, 0, 0]).into(),
        Opaque::from(vec![4, 1, 7]).into(),
        Counter64(0).into(),
        Counter64(u64::from(u32::MAX) + 1).into(),
        Counter64(u64::MAX).into(),
        Counter64(1 << 63).into(),
    ];
    (1..)
        .zip(values)
        .map(|(number, value)| {
            let name = oid!(1.3.6.1.4.1.99999.1).extend([number, 0]);
            VarBind::new(name.expect("a short name"), value)
        })
        .collect()
}

/// Three columns of a table with indices of several lengths; a cell is missing.
fn cells() -> Vec<(u32, Vec<u32>, Value)> {
    let indices: [&[u32]; 4] = [&[0], &[1], &[1, 1], &[u32::MAX]];
    let mut cells = Vec::new();
    for (row, index) in (0..).zip(indices) {
        cells.push((1, index.to_vec(), row.into()));
        if row != 2 {
            cells.push((2, index.to_vec(), format!("row {row}").into()));
        }
        cells.push((3, index.to_vec(), Counter32(row as u32).into()));
    }
    cells
}

/// The variables of [`variables`].
pub fn tree() -> MibTree {
    let mut tree = MibTree::new();
    standard::System::new("an agent under test")
        .object_id(oid!(1.3.6.1.4.1.8072.3.2.10))
        .contact("nobody@example.org")
        .name("example")
        .location("rack 12")
        .register(&mut tree, || 4711)
        .expect("an empty tree");
    for VarBind { name, value } in scalars() {
        let object = name
            .parent()
            .expect("a scalar has a name above its instance");
        tree.register(object, Scalar::constant(value))
            .expect("names of their own");
    }
    let mut table = Table::new([1, 2, 3].map(Column::new));
    let cells = cells();
    let mut indices: Vec<_> = cells.iter().map(|(_, index, _)| index).collect();
    indices.dedup();
    for index in indices {
        let row = cells.iter().filter(|(_, of, _)| of == index);
        table.insert(
            index,
            row.map(|(column, _, value)| (*column, value.clone())),
        );
    }
    tree.register(TABLE, table).expect("a name of its own");
    tree
}

/// Objects under 1.3.6.1.4.1.99999.3 that can be set, each with another way to refuse.
///
/// 1: any INTEGER. 2: any octets. 3: an INTEGER up to 10. 4: fails when it is written. 5: cannot be
/// read either. 6: constant.
pub fn writable_tree() -> MibTree {
    let mut tree = tree();
    let objects = [
        Scalar::variable(5),
        Scalar::variable("writable"),
        Scalar::variable(5).validate(|value: ValueRef<'_>| match value.as_i64() {
            Some(..=10) => Ok(()),
            _ => Err(SetError::WrongValue),
        }),
        Scalar::constant(5).writable(|_| Err(SetError::ResourceUnavailable)),
        Scalar::dynamic(|| -> Value { panic!("asked to fail") }),
        Scalar::constant(5),
    ];
    for (number, object) in (1..).zip(objects) {
        tree.register(settable(number), object)
            .expect("names of their own");
    }
    tree
}

/// The object of this number in [`writable_tree`], without an instance.
pub fn settable(number: u32) -> deferred_snmp::smi::ObjectIdentifier {
    oid!(1.3.6.1.4.1.99999.3)
        .extend([number])
        .expect("a short name")
}

/// The variable called `name` in `all`.
pub fn value_of<'a>(all: &'a [VarBind], name: OidRef<'_>) -> &'a Value {
    let found = all.iter().find(|var_bind| var_bind.name == name);
    &found.expect("a variable of the agent").value
}
