//! Writing an agent: its objects, who may do what with them, and what it refuses.
//!
//! A whole agent on one screen. What is not granted is refused:
//!
//! ```no_run
//! // Not run here: it serves until it is stopped.
//! use deferred_snmp::access::Views;
//! use deferred_snmp::applications::standard::System;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{Scalar, Table};
//! use deferred_snmp::oid;
//! use deferred_snmp::reactor::Reactor;
//!
//! let mut reactor = Reactor::new()?;
//! let boss = UsmUserData::new("boss")
//!     .auth(AuthProtocol::Sha256, "a long pass phrase")
//!     .privacy(PrivProtocol::Aes128, "another long pass phrase");
//! let agent = Agent::builder(&reactor.handle())
//!     .state_file("/var/lib/thermometer/engine")
//!     .system(System::new("a thermometer").contact("ops@example.org"))
//!     .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
//!     .user(&boss, Views::new().read_write(oid!(1.3)))
//!     .listen("0.0.0.0:161".parse()?)
//!     .listen("[::]:161".parse()?)
//!     .start()?;
//!
//! agent.scalar("HOST-RESOURCES-MIB::hrSystemProcesses", Scalar::dynamic(|| Gauge32(21)))?;
//! let params = agent.table("SNMP-TARGET-MIB::snmpTargetParamsTable", Table::managed())?;
//! println!("{} rows, and managers make others", params.len());
//! reactor.run()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `start` says at once what is wrong: a pass phrase that is too short, a port that is taken, a state file of another
//! engine. An [`Agent`](crate::hlapi::Agent) is cheap to clone, and a thin layer: an [`SnmpEngine`](crate::hlapi::SnmpEngine), a
//! [`CommandResponder`](crate::applications::CommandResponder) with its [`Contexts`](crate::applications::Contexts), and a
//! [`MibTree`](crate::objects::MibTree) in each of these can be had without it. [`Agent::on`](crate::hlapi::Agent::on) begins with an engine that the
//! program has. Values that take their time are the matter of the next page, [`agent_later`](super::agent_later).
//!
//! | objects | are | kept by |
//! |---|---|---|
//! | one value | a [`Scalar`](crate::objects::Scalar) | the agent, or a closure |
//! | the rows of a collection | [`Rows`](crate::hlapi::Rows) | the program |
//! | rows that managers make, or the program | a [`Table`](crate::objects::Table) | the agent |
//! | rows that are loaded, and kept for a time | [`Rows::cached`](crate::hlapi::Rows::cached) | the agent |
//! | rows that are found one by one | a [`TableProvider`](crate::objects::TableProvider) | the program |
//! | a lock of managers | a [`TestAndIncr`](crate::objects::TestAndIncr) | the agent |
//! | all below a name | a [`handler`](crate::hlapi::handler), which is a coroutine, or a [`ManagedObject`](crate::objects::ManagedObject) | the program |
//!
//! # Scalars
//!
//! An object is put in its place by its name. SYNTAX and MAX-ACCESS come from the MIB module: a number becomes a Gauge32 or a
//! TimeTicks and a label its number, when the object is registered and when a closure is asked. A value that does not fit is an error
//! when it is registered; one of a closure that can be made none of the type is genErr, with a record. SET is held to the range that
//! stands there. By OBJECT IDENTIFIER it goes as well, also where no module is known; then the value says what its type is.
//!
//! ```
//! use std::cell::Cell;
//! use std::rc::Rc;
//!
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{Scalar, SetError};
//! use deferred_snmp::oid;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//!
//! let limit = Rc::new(Cell::new(40));
//! let reading = Rc::clone(&limit);
//! // Kept by the agent, and changed by SET.
//! agent.scalar("SNMPv2-MIB::sysLocation", Scalar::variable("on the roof"))?;
//! // Asked of the program for each request.
//! agent.scalar("HOST-RESOURCES-MIB::hrSystemNumUsers", Scalar::dynamic(|| 3))?;
//! // The program has it, and is told by SET.
//! let limit = Scalar::dynamic(move || reading.get())
//!     .validate(|value| match value.as_i64() {
//!         Some(0..=100) => Ok(()),
//!         _ => Err(SetError::WrongValue),
//!     })
//!     .writable(move |value| {
//!         limit.set(value.as_i64().and_then(|it| it.try_into().ok()).ok_or(SetError::WrongType)?);
//!         Ok(())
//!     });
//! agent.scalar(oid!(1.3.6.1.4.1.8072.9999.9999.7), limit)?;
//!
//! let refused = agent.scalar("SNMPv2-MIB::sysServices", Scalar::constant(128));
//! # let refused = refused.map_err(|error| error.to_string());
//! assert!(refused.is_err(), "sysServices goes up to 127");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `validate` is asked before anything is changed, and its errors have names. A setter that fails ends the SET with
//! commitFailed, after which all others of the SET are called again with the former values.
//!
//! A MIB module of the program's own is found by its name once its directory is known (feature `mib`):
//!
//! ```
//! # #[cfg(feature = "mib")] {
//! # use deferred_snmp::hlapi::Agent;
//! # use deferred_snmp::objects::Table;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//! agent.engine().add_asn1_mib_source("examples/mibs")?;
//! let jobs = agent.table("EXAMPLE-JOB-MIB::exampleJobTable", Table::managed())?;
//! # jobs.insert("heart", deferred_snmp::objects::NewRow::new().set("exampleJobText", "beat"))?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Tables of what the program has
//!
//! [`Rows`](crate::hlapi::Rows) serves a `BTreeMap` or a `Vec` of the program, or a type of its own, without a copy; columns
//! have their names. The key is the index; an object of the INDEX that can be read, as ifIndex, is there by itself. A text is an [`IndexString`](crate::objects::IndexString) there, or an
//! [`ImpliedString`](crate::objects::ImpliedString) where INDEX has IMPLIED: the order of `String` is not that of an index. A table that
//! AUGMENTS another has its rows by definition: it is one more view on the same collection.
//!
//! ```
//! use std::cell::RefCell;
//! use std::collections::BTreeMap;
//! use std::rc::Rc;
//!
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{Column, SetError};
//! # use deferred_snmp::access::Views;
//! # use deferred_snmp::oid;
//! # use deferred_snmp::testing::{Simulation, Wire};
//! # let mut simulation = Simulation::new(Wire::new(1));
//! # let engine = simulation.engine([192, 0, 2, 1]);
//! # let all = Views::new().read_write(oid!(1.3));
//! # let agent = Agent::on(&engine).community("private", all).listen("192.0.2.1:161".parse()?).start()?;
//!
//! struct Interface {
//!     name: String,
//!     is_up: bool,
//!     octets: u64,
//! }
//!
//! let interfaces: Rc<RefCell<BTreeMap<u32, Interface>>> = Rc::default();
//! let up_or_down = Column::named("ifAdminStatus").validate(|_, value| match value.as_i64() {
//!     Some(1 | 2) => Ok(()),
//!     _ => Err(SetError::WrongValue), // testing(3) is in the module, and not for us
//! });
//! let table = Rows::of(Rc::clone(&interfaces))
//!     .octets("ifDescr", |it| &it.name)
//!     .writable(up_or_down, |it| if it.is_up { 1 } else { 2 }, |it, value| {
//!         it.is_up = value.as_i64() == Some(1);
//!         Ok(())
//!     })
//!     .column("ifInOctets", |it| Counter32(it.octets as u32));
//! agent.table("IF-MIB::ifTable", table)?;
//! let augmenting = Rows::of(Rc::clone(&interfaces)).column("ifHCInOctets", |it| Counter64(it.octets));
//! agent.table("IF-MIB::ifXTable", augmenting)?;
//!
//! // Whatever the program does, the next request sees.
//! let (name, is_up, octets) = ("eth0".into(), true, 1 << 32);
//! interfaces.borrow_mut().insert(3, Interface { name, is_up, octets });
//! # let manager = simulation.engine([198, 51, 100, 1]);
//! # let remote = manager.remote(&CommunityData::new("private"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//! # let names = ["IF-MIB::ifDescr.3", "IF-MIB::ifInOctets.3", "IF-MIB::ifHCInOctets.3"];
//! # let response = simulation.block_on(remote.get(names))?;
//! # let texts: Vec<_> = response.iter().map(|it| it.text()).collect();
//! # assert_eq!(texts, ["eth0", "0", "4294967296"]);
//! # let response = simulation.block_on(remote.set([("IF-MIB::ifAdminStatus.3", 3)]))?;
//! # assert_eq!(response.error_status(), ErrorStatus::WRONG_VALUE);
//! # let response = simulation.block_on(remote.set([("IF-MIB::ifAdminStatus.3", "down")]))?;
//! # assert!(!response.error_status().is_error() && !interfaces.borrow()[&3].is_up);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/agent_serves_collection.rs` is a whole program. With a text as its key:
//!
//! ```
//! use std::cell::RefCell;
//! use std::collections::BTreeMap;
//! use std::rc::Rc;
//!
//! use deferred_snmp::hlapi::Rows;
//! use deferred_snmp::objects::IndexString;
//! use deferred_snmp::oid;
//! # use deferred_snmp::hlapi::Agent;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//!
//! let rooms: BTreeMap<IndexString, i32> = [("attic".into(), 31), ("hall".into(), 19)].into();
//! let table = Rows::of(Rc::new(RefCell::new(rooms))).column(2, |degrees| *degrees);
//! agent.table(oid!(1.3.6.1.4.1.8072.9999.9999.8.1), table)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Tables that have their rows
//!
//! A [`Table`](crate::objects::Table) keeps its rows packed. The program reaches them while they are served, by the
//! [`TableHandle`](crate::objects::TableHandle) that registering gives; a row is named by the values of its INDEX.
//! [`Table::managed`](crate::objects::Table::managed) has all columns of the definition, as MAX-ACCESS has them;
//! [`Table::new`](crate::objects::Table::new) those that it is given.
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{Column, NewRow, Table};
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//!
//! let table = Table::new(["tcpConnectionState", "tcpConnectionProcess"].map(Column::named));
//! let connections = agent.table("TCP-MIB::tcpConnectionTable", table)?;
//!
//! let ends = ("ipv4", "127.0.0.1", 22, "ipv4", "127.0.0.1", 40_000);
//! let established = NewRow::new()
//!     .set("tcpConnectionState", "established")
//!     .set("tcpConnectionProcess", Gauge32(4711));
//! connections.insert(ends, established)?;
//! connections.set(ends, "tcpConnectionState", "timeWait")?;
//! assert!(connections.row(ends).is_some() && connections.remove(ends));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rows that managers make
//!
//! Where a column that can be written is a RowStatus, managers create rows and destroy them (RFC 2579): by createAndGo, or step by
//! step by createAndWait and active, with the columns of a row in any order. A column of StorageType says how long a row is
//! meant to be kept. Neither has to be named, they are found by their syntax. Agent and manager are here on the simulated network of
//! the feature `testing`, as in a [test](super::virtual_time#an-agent-in-a-test):
//!
//! ```
//! use deferred_snmp::access::Views;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{RowChange, RowStatus, SetError, Table};
//! use deferred_snmp::oid;
//! use deferred_snmp::smi::ValueRef;
//! use deferred_snmp::testing::{Simulation, Wire};
//!
//! let mut simulation = Simulation::new(Wire::new(1));
//! let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//!     .community("private", Views::new().read_write(oid!(1.3)))
//!     .listen("192.0.2.1:161".parse()?)
//!     .start()?;
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let remote = manager.remote(&CommunityData::new("private"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//!
//! let table = Table::managed()
//!     .default("snmpTargetParamsMPModel", 3)
//!     .default("snmpTargetParamsSecurityModel", 3)
//!     .fixed_while_active(["snmpTargetParamsSecurityName"])
//!     .max_rows(1_000)
//!     .validate(|row, change| match (change, row.get("snmpTargetParamsSecurityName")) {
//!         (RowChange::Destroy, Some(ValueRef::OctetString(b"boss"))) => Err(SetError::InconsistentValue),
//!         _ => Ok(()),
//!     })
//!     .on_activate(|row| println!("{} is in service", row.index_values()))
//!     .on_deactivate(|row| println!("{} is not any more", row.index_values()));
//! let params = agent.table("SNMP-TARGET-MIB::snmpTargetParamsTable", table)?;
//!
//! // What a manager does:
//! let create = objects![
//!     ("SNMP-TARGET-MIB::snmpTargetParamsRowStatus.\"traps\"", "createAndGo"),
//!     ("SNMP-TARGET-MIB::snmpTargetParamsSecurityName.\"traps\"", "operator"),
//!     ("SNMP-TARGET-MIB::snmpTargetParamsSecurityLevel.\"traps\"", "authPriv"),
//! ];
//! let created = simulation.block_on(remote.set(create))?;
//! assert!(!created.error_status().is_error());
//! let row = params.row("traps").ok_or("there is none")?;
//! assert_eq!(row.status(), Some(RowStatus::Active));
//! # let fixed = [("SNMP-TARGET-MIB::snmpTargetParamsSecurityName.\"traps\"", "else")];
//! # let refused = simulation.block_on(remote.set(fixed))?;
//! # assert_eq!(refused.error_status(), ErrorStatus::INCONSISTENT_VALUE);
//! # let lacking = [("SNMP-TARGET-MIB::snmpTargetParamsRowStatus.\"boss\"", "createAndGo")];
//! # let refused = simulation.block_on(remote.set(lacking))?;
//! # assert_eq!(refused.error_status(), ErrorStatus::INCONSISTENT_VALUE);
//! # let boss = deferred_snmp::objects::NewRow::new().set("snmpTargetParamsSecurityName", "boss");
//! # params.insert("boss", boss.set("snmpTargetParamsSecurityLevel", 3))?;
//! # let destroy = [("SNMP-TARGET-MIB::snmpTargetParamsRowStatus.\"boss\"", "destroy")];
//! # let refused = simulation.block_on(remote.set(destroy))?;
//! # assert_eq!(refused.error_status(), ErrorStatus::INCONSISTENT_VALUE);
//! # assert!(params.remove("boss"));
//! # let nowhere = [("SNMP-TARGET-MIB::snmpTargetParamsSecurityName.\"boss\"", "else")];
//! # let refused = simulation.block_on(remote.set(nowhere))?;
//! # assert_eq!(refused.error_status(), ErrorStatus::INCONSISTENT_NAME);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | what the program says | what comes of it |
//! |---|---|
//! | [`required`](crate::objects::Table::required), [`optional`](crate::objects::Table::optional) | whether a row has to have a cell there to be in service; those that can be written and have no default are required by themselves |
//! | [`default`](crate::objects::Table::default) | the cell of a row that is made without one, in place of DEFVAL |
//! | [`fixed_while_active`](crate::objects::Table::fixed_while_active) | the cells change only while the row is not in service |
//! | [`validate`](crate::objects::Table::validate) | it sees a row as it would be, before anything is changed, and may object; [`validate_for`](crate::objects::Table::validate_for) is told who asks |
//! | [`on_activate`](crate::objects::Table::on_activate), [`on_change`](crate::objects::Table::on_change), [`on_deactivate`](crate::objects::Table::on_deactivate), [`on_destroy`](crate::objects::Table::on_destroy) | it is told of a row when the SET has succeeded, or the program has changed it |
//! | [`max_rows`](crate::objects::Table::max_rows) | managers make no more |
//! | [`forget_unfinished`](crate::objects::Table::forget_unfinished) | rows that they have begun, and not put in service for so long, are removed when the table is asked for something next |
//!
//! A row that a manager makes is nonVolatile unless it says otherwise, one of the program's volatile, since the program brings
//! it again when it starts. A permanent row cannot be destroyed, a readOnly one not even changed. Writing rows to a file is the
//! program's part; `on_activate` and its sisters tell what there is to write.
//!
//! The rows of a table that AUGMENTS such a one are there exactly when its rows are. One SET may create a row with columns of
//! both:
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::Table;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//!
//! let addresses = agent.table("SNMP-TARGET-MIB::snmpTargetAddrTable", Table::managed())?;
//! let masks = Table::augmenting(&addresses);
//! let masks = agent.table("SNMP-COMMUNITY-MIB::snmpTargetAddrExtTable", masks)?;
//! # use deferred_snmp::objects::NewRow;
//! # let row = NewRow::new().set("snmpTargetAddrTDomain", deferred_snmp::oid!(1.3.6.1.6.1.1));
//! # let row = row.set("snmpTargetAddrTAddress", &[127, 0, 0, 1, 0, 162]).set("snmpTargetAddrParams", "traps");
//! # addresses.insert("here", row)?;
//! # assert!(masks.row("here").is_some_and(|it| it.index_values().to_string() == "\"here\""));
//! # addresses.remove("here");
//! # assert!(masks.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Who may do what
//!
//! | who | is made known by | may do |
//! |---|---|---|
//! | a community | [`community`](crate::hlapi::AgentBuilder::community) | what is said with it |
//! | a user of SNMPv3 | [`user`](crate::hlapi::AgentBuilder::user) | what is said with it, in messages as well protected as its keys allow, unless [`at_least`](crate::access::Views::at_least) says otherwise |
//! | a principal by its name | [`add_v1_system`](crate::hlapi::Agent::add_v1_system), [`add_v3_user`](crate::hlapi::Agent::add_v3_user) | what [`grant`](crate::hlapi::Agent::grant) says, until [`revoke`](crate::hlapi::Agent::revoke); a user in authenticated messages, unless `at_least` says otherwise |
//! | whoever it is | [`access`](crate::hlapi::AgentBuilder::access) | what an [`AccessControl`](crate::access::AccessControl) of the program's says |
//!
//! [`Views`](crate::access::Views) are subtrees to read and to write ([`read_write`](crate::access::Views::read_write) is both), and
//! empty where nothing is said. In the latter two an object may decide as well: each is told who asks, as an
//! [`Asker`](crate::objects::Asker).
//!
//! Several sets of objects under the same names are contexts. A manager of SNMPv3 names one; a community stands for one, if its entry
//! says so.
//!
//! ```
//! use deferred_snmp::access::Views;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{MibTree, Scalar};
//! use deferred_snmp::oid;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).start()?;
//!
//! let card = agent.add_context("card-7", MibTree::new());
//! card.scalar("SNMPv2-MIB::sysName", Scalar::constant("line card 7"))?;
//!
//! let entry = CommunityEntry::new("technician").context_name("card-7");
//! agent.add_community("public-7", entry);
//! agent.grant("technician", Views::new().read(oid!(1.3.6.1.2.1)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is refused, and with which error
//!
//! | a manager | in SNMPv2c and SNMPv3 | in SNMPv1 |
//! |---|---|---|
//! | reads what is not there, or is hidden from it | noSuchObject or noSuchInstance in place of the value; a walk passes it by | noSuchName |
//! | reads what fails, or takes too long | genErr | genErr |
//! | may write nothing, or not this | noAccess | noSuchName |
//! | sets what is read-only, computed, or not there | notWritable | noSuchName |
//! | sets a value of another type, length or range | wrongType, wrongLength, wrongValue | badValue |
//! | sets an instance that cannot be | noCreation | noSuchName |
//! | sets a cell of a row that has to be created first | inconsistentName | noSuchName |
//! | creates a row that lacks something, sets what is fixed now, or is objected to | inconsistentValue | badValue |
//! | creates one row too many, or has too many SETs wait | resourceUnavailable | genErr |
//! | sets what a setter fails at, after all have been checked | commitFailed; undoFailed if another one cannot go back | genErr |
//! | is known, and may do nothing at all | authorizationError | noSuchName |
//! | uses a community that is not known, or names a context in SNMPv2c that is not there | no answer | no answer |
//! | is a user that is not known, or names a context in SNMPv3 that is not there | a report | |
//!
//! The error-index says which binding it was. A SET is carried out as a whole or not at all.
//!
//! Why something failed stands in the log: with the feature `log`, which is on by default, and a logger that the program installs, such as
//! `env_logger` (see [records](super::features#records)).
//!
//! # Managers that work together
//!
//! A [`TestAndIncr`](crate::objects::TestAndIncr) keeps two managers from writing over each other: who sets it to the value that
//! it has read, with all else that it wants to change, is the first to do so, or is refused.
//!
//! ```
//! use deferred_snmp::names::{Builtin, NamesExt};
//! use deferred_snmp::objects::{MibTree, TestAndIncr};
//! use deferred_snmp::pdu::ErrorStatus;
//!
//! let mut tree = MibTree::new();
//! tree.define(&Builtin, "SNMP-TARGET-MIB::snmpTargetSpinLock", TestAndIncr::new(7))?;
//!
//! let lock = Builtin.parse("SNMP-TARGET-MIB::snmpTargetSpinLock.0")?;
//! tree.set([(&lock, 7)])?;
//! let too_late = tree.set([(&lock, 7)]).unwrap_err();
//! assert_eq!(too_late.error_status, ErrorStatus::INCONSISTENT_VALUE);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # While it serves
//!
//! Objects, contexts, communities, users and rights come and go at any time, in the code of an object as well, which may even take
//! itself out. A walk that is under way goes on from the name it has come to.
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{MibTree, Scalar};
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let agent = Agent::builder(&reactor.handle()).context("card-7", MibTree::new()).start()?;
//!
//! agent.scalar("SNMPv2-MIB::sysName", Scalar::variable("name me"))?;
//! agent.with("SNMPv2-MIB::sysName", |name: &mut Scalar| name.set("a name"));
//! assert!(agent.remove("SNMPv2-MIB::sysName"));
//!
//! // A card is pulled out, and its context with it, for a while or for good.
//! assert!(agent.responder().contexts().set_available("card-7", false));
//! assert!(agent.remove_context("card-7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`close`](crate::hlapi::Agent::close) takes no more requests, ends those that it has, and fires when it has done so.
//!
//! # Ports
//!
//! [`listen`](crate::hlapi::AgentBuilder::listen) opens one for each address. `0.0.0.0` is all of IPv4 and `[::]` all of IPv6, and an
//! answer goes out from the address that was asked. A socket of the program's own, which a service manager has bound or which has
//! options of its own, is handed over by [`listen_socket`](crate::hlapi::Agent::listen_socket). The examples are
//! `agent_ipv4_ipv6`, `agent_pktinfo` and `agent_custom_socket`.
//!
//! # Without a network
//!
//! [`MibTree::set`](crate::objects::MibTree::set), [`get`](crate::objects::MibTree::get) and
//! [`get_next`](crate::objects::MibTree::get_next) try objects as a manager would, phases, error-status and all:
//! `examples/mib_operations.rs` and `mib_custom_object.rs`. A whole agent with managers runs in
//! [virtual time](super::virtual_time#an-agent-in-a-test), on an engine of a simulation:
//! `Agent::on(&simulation.engine([192, 0, 2, 1]))`.
