//! PySNMP's names and ours on the agent's side, and an agent ported.
//!
//! What managers use is in [`coming_from_pysnmp`](super::coming_from_pysnmp). How an agent is written here, the page
//! [`agent`](super::agent) says.
//!
//! # What is different
//!
//! - **One value is the agent.** PySNMP's engine, its `SnmpContext` and a responder for each kind of PDU are one
//!   [`Agent`](crate::hlapi::Agent) here, or an [`SnmpEngine`](crate::hlapi::SnmpEngine) with a
//!   [`CommandResponder`](crate::applications::CommandResponder).
//! - **An object is one value.** There is no instance beside a scalar, and no row and no column beside a table. None of them is a
//!   class to inherit from: closures compute values and take them, and whoever wants all of it has the trait
//!   [`ManagedObject`](crate::objects::ManagedObject).
//! - **A view that is not given is empty.** A community that may only read sets nothing; there, it sets everything.
//! - **What is out of view is not there**: noSuchObject, where PySNMP says noAccess to a GET. No object holds a key.
//! - **A SET is a transaction.** RowStatus and the columns of its row may stand in any order. A row is created by its RowStatus and by
//!   nothing else, createAndWait leaves it out of service, and to destroy one that is not there leaves none behind.
//! - **An object that fails is genErr**, and a record in the log that names it. There, the request is never answered.
//! - **Values may come later**, and nobody else waits for them.
//! - **A name is registered once.** Two objects at the same place, or one below another, are an error.
//!
//! # The engine and its ports
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `SnmpEngine(snmpEngineID=...)` | [`Agent::builder`](crate::hlapi::Agent::builder), [`engine_id`](crate::hlapi::AgentBuilder::engine_id), [`state_file`](crate::hlapi::AgentBuilder::state_file) | an engine that the program has: [`Agent::on`](crate::hlapi::Agent::on) |
//! | `addTransport(..., openServerMode(('0.0.0.0', 161)))` | [`listen`](crate::hlapi::AgentBuilder::listen), [`listen_udp`](crate::hlapi::Agent::listen_udp) | as often as there are addresses; `[::]` is IPv6 alone, `0.0.0.0` IPv4 |
//! | `open_server_mode(sock=...)` of PySNMP 7 | [`listen_socket`](crate::hlapi::Agent::listen_socket) | whatever the program has set of its socket stays |
//! | `enablePktInfo()` | nothing | an answer goes out from the address that was asked (Linux) |
//! | `enableTransparent()` | a socket of the program's own with that option | |
//! | `delTransport`, `closeDispatcher` | [`Agent::close`](crate::hlapi::Agent::close) | ends SETs first, and fires then |
//! | `jobStarted(1)`, `runDispatcher()` | [`Reactor::run`](crate::reactor::Reactor::run), or the loop of the [host](super::embedding) | |
//! | `cmdrsp.GetCommandResponder`, `SetCommandResponder`, `NextCommandResponder`, `BulkCommandResponder` | inside an agent; [`register_responder`](crate::hlapi::SnmpEngine::register_responder) without one | one for all kinds; a second one is an error |
//! | `maxVarBinds` of a `BulkCommandResponder` | [`set_max_repetitions`](crate::applications::CommandResponder::set_max_repetitions) | and the size of the answer |
//! | `msgAndPduDsp.registerContextEngineId(contextEngineId, pduTypes, processPdu)` | [`register_responder_within`](crate::hlapi::SnmpEngine::register_responder_within), [`ContextScope`](crate::hlapi::ContextScope); without `hlapi` [`Engine::register`](crate::engine::Engine::register) | twice for the same is an error, as there; [`close`](crate::hlapi::RegisteredResponder::close) is `unregisterContextEngineId` |
//! | `observer.registerObserver(cbFun, 'rfc3412.receiveMessage:request', 'rfc3412.returnResponsePdu')` | [`SnmpEngine::observe`](crate::hlapi::SnmpEngine::observe) | of [`Agent::engine`](crate::hlapi::Agent::engine) |
//!
//! # Who may do what
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `addV1System`, `delV1System` | [`v1_system`](crate::hlapi::AgentBuilder::v1_system), [`add_v1_system`](crate::hlapi::Agent::add_v1_system), [`remove_v1_system`](crate::hlapi::Agent::remove_v1_system) | removed by the security name, which is PySNMP's communityIndex |
//! | `contextEngineId`, `contextName` of `addV1System` | [`CommunityEntry`](crate::hlapi::CommunityEntry) in [`add_community`](crate::hlapi::Agent::add_community) | `transportTag` is not there |
//! | `addV3User`, `delV3User` | [`user`](crate::hlapi::AgentBuilder::user), [`add_v3_user`](crate::hlapi::Agent::add_v3_user), [`remove_v3_user`](crate::hlapi::Agent::remove_v3_user) | no key can be read back |
//! | `addVacmUser`, `delVacmUser` | [`grant`](crate::hlapi::Agent::grant), [`revoke`](crate::hlapi::Agent::revoke) with [`Views`](crate::access::Views) | subtrees to read, to write, to notify; [`at_least`](crate::access::Views::at_least) is the security level. There is no security model: it holds for SNMPv1, SNMPv2c and SNMPv3, where 2 in `addVacmUser(engine, 2, ...)` is SNMPv2c alone |
//! | `addVacmGroup`, `addVacmAccess`, `addVacmView`, `setInitialVacmParameters` | there are no tables of VACM; an [`AccessControl`](crate::access::AccessControl) of the program's decides by group, context, model and level | given to [`access`](crate::hlapi::AgentBuilder::access) |
//! | `accessControlModel` | the same | |
//! | `addTargetAddr`, `addTargetParams`, `addNotificationTarget` and their `del` forms | there are no tables of targets; [`send_notification`](crate::hlapi::send_notification) and [`notify`](crate::hlapi::RemoteEngine::notify) name the target | a list of [`RemoteEngine`](crate::hlapi::RemoteEngine)s is what the tables would be |
//! | `ntforg.NotificationOriginator().sendVarBinds(engine, target, ...)` | [`notify`](crate::hlapi::RemoteEngine::notify) for each target, in a [`DeferredList`](crate::deferred::DeferredList) | |
//!
//! # Contexts and controllers
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `SnmpContext(engine)`, `getMibInstrum()` | the default context: [`Agent::scalar`](crate::hlapi::Agent::scalar), [`table`](crate::hlapi::Agent::table), [`subtree`](crate::hlapi::Agent::subtree) | |
//! | `SnmpContext(engine, contextEngineId)` | [`register_responder_within`](crate::hlapi::SnmpEngine::register_responder_within) | |
//! | `addContext`, `registerContextName(name, instrum)` | [`add_context`](crate::hlapi::Agent::add_context), [`context`](crate::hlapi::AgentBuilder::context) | |
//! | `delContext`, `unregisterContextName` | [`remove_context`](crate::hlapi::Agent::remove_context) | |
//! | `getMibInstrum(contextName)` | [`Agent::context`](crate::hlapi::Agent::context) | |
//! | `AbstractMibInstrumController` with `readVars`, `readNextVars`, `writeVars` | a [`ManagedObject`](crate::objects::ManagedObject), or a [`handler`](crate::hlapi::handler), at the root of a context | `readMibObjects` and its sisters are PySNMP 5's words |
//! | `MibInstrumController(mibBuilder)` | [`MibTree`](crate::objects::MibTree) | |
//! | `mibInstrum.readVars(...)`, `readNextVars(...)` | [`MibTree::get`](crate::objects::MibTree::get), [`get_next`](crate::objects::MibTree::get_next) | the program reads, without a request |
//! | `mibInstrum.writeVars(...)` | [`MibTree::set`](crate::objects::MibTree::set); while it is served, a [`TableHandle`](crate::objects::TableHandle) | all or nothing |
//! | `acInfo`, `acCtx` of `readGet` and its sisters | [`Asker`](crate::objects::Asker) | who asks, from where, and when |
//! | a proxy, made of `cmdrsp` and `cmdgen` | a [`ManagedObject`](crate::objects::ManagedObject) that asks another agent, and answers [later](crate::objects::Asker::later) | there is no forwarder of RFC 3413 |
//!
//! # Managed objects
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `mibBuilder.importSymbols`, `loadModules` | a name: `"IF-MIB::ifTable"` | [`SnmpEngine::load_mibs`](crate::hlapi::SnmpEngine) for modules from files |
//! | `mibBuilder.exportSymbols`, `unexportSymbols` | [`Agent::scalar`](crate::hlapi::Agent::scalar), [`table`](crate::hlapi::Agent::table), [`remove`](crate::hlapi::Agent::remove) | at any time |
//! | `MibScalar` with a `MibScalarInstance` | [`Scalar::constant`](crate::objects::Scalar::constant), [`variable`](crate::objects::Scalar::variable) | |
//! | a `MibScalarInstance` with a `getValue` or `readGet` of one's own, raising `NoSuchInstanceError`, `GenError` | [`Scalar::dynamic`](crate::objects::Scalar::dynamic), [`Column::dynamic`](crate::objects::Column::dynamic) | the closure returns a value, or says why there is none: [`Computed`](crate::objects::Computed) |
//! | the same with a callback that is called later (`readGet(..., cbFun)`) | [`Scalar::later`](crate::objects::Scalar::later), [`Column::later`](crate::objects::Column::later) | a Deferred or an `async` block: [`agent_later`](super::agent_later) |
//! | `setValue`, or `writeTest`, `writeCommit`, `writeUndo`, `writeCleanup` | [`Scalar::validate`](crate::objects::Scalar::validate), [`writable`](crate::objects::Scalar::writable), [`writable_later`](crate::objects::Scalar::writable_later) | or all phases, once for each object: [`ManagedObject`](crate::objects::ManagedObject) |
//! | `setMaxAccess('readonly')`, `'readwrite'`, `'readcreate'` | of the definition; where there is none [`Column::writable`](crate::objects::Column::writable) | less than the definition: [`read_only`](crate::objects::Column::read_only) |
//! | `MibTable`, `MibTableRow`, `MibTableColumn` | [`Table::managed`](crate::objects::Table::managed), [`Table::new`](crate::objects::Table::new) | rows of the program's own: [`Rows`](crate::hlapi::Rows) |
//! | `setIndexNames((0, 'MY-MIB', 'myName'))`, `(1, ...)` | of the definition; where there is none [`Table::index`](crate::objects::Table::index) | 1 is IMPLIED |
//! | `registerAugmentions`, `registerAugmentation`, `setIndexNames(*row.getIndexNames())` | [`Table::augmenting`](crate::objects::Table::augmenting) | or a second [`Rows`](crate::hlapi::Rows) of the same collection |
//! | `getInstIdFromIndices('a', 1)`, `getIndicesFromInstId` | the values themselves: `("a", 1)`; [`index_values`](crate::objects::ConceptualRow::index_values) | |
//! | an index column that can be read | a column by [`Column::dynamic`](crate::objects::Column::dynamic) | its closure is given the index: `myName` below. It is not there by itself |
//! | a column of syntax `RowStatus` | found by its syntax; without a definition [`Column::row_status`](crate::objects::Column::row_status) | the states are in [`RowStatus`](crate::objects::RowStatus) |
//! | `StorageType`, `TestAndIncr` | [`Column::storage_type`](crate::objects::Column::storage_type), [`TestAndIncr`](crate::objects::TestAndIncr) | |
//! | `setDefault`, or a syntax with a value | the DEFVAL of the definition, or [`Column::default`](crate::objects::Column::default) | |
//! | `createTest`, `createCommit`, `destroyTest`, `destroyCommit` | [`Table::validate`](crate::objects::Table::validate), [`on_activate`](crate::objects::Table::on_activate), [`on_destroy`](crate::objects::Table::on_destroy) | |
//! | `NoSuchObjectError`, `NoSuchInstanceError` | [`ReadError`](crate::objects::ReadError) | |
//! | `WrongValueError`, `WrongTypeError`, `InconsistentValueError`, `NotWritableError`, `NoAccessError`, `ResourceUnavailableError` and their sisters | [`SetError`](crate::objects::SetError) | |
//!
//! # An agent ported
//!
//! A scalar that is computed, and a table of jobs that managers make, without a MIB module for either.
//!
//! ```python
//! engine = SnmpEngine()
//! config.addTransport(engine, udp.domainName, udp.UdpTwistedTransport().openServerMode(('127.0.0.1', 1161)))
//! config.addV1System(engine, 'my-area', 'public')
//! config.addVacmUser(engine, 2, 'my-area', 'noAuthNoPriv', (1, 3, 6, 1), (1, 3, 6, 1))
//!
//! context = SnmpContext(engine)
//! builder = context.getMibInstrum().getMibBuilder()
//! MibScalar, MibScalarInstance, MibTable, MibTableRow, MibTableColumn = builder.importSymbols(
//!     'SNMPv2-SMI', 'MibScalar', 'MibScalarInstance', 'MibTable', 'MibTableRow', 'MibTableColumn')
//! RowStatus, = builder.importSymbols('SNMPv2-TC', 'RowStatus')
//!
//! class Load(MibScalarInstance):
//!     def getValue(self, name, idx):
//!         return self.getSyntax().clone(load())
//!
//! base = (1, 3, 6, 1, 4, 1, 8072, 9999, 9999)
//! builder.exportSymbols('__MY-MIB',
//!     MibScalar(base + (1,), Integer32()),
//!     Load(base + (1,), (0,), Integer32()),
//!     myTable=MibTable(base + (2,)),
//!     myEntry=MibTableRow(base + (2, 1)).setIndexNames((0, '__MY-MIB', 'myName')),
//!     myName=MibTableColumn(base + (2, 1, 1), OctetString()),
//!     myCommand=MibTableColumn(base + (2, 1, 2), OctetString()).setMaxAccess('readcreate'),
//!     myPriority=MibTableColumn(base + (2, 1, 3), Integer32(5)).setMaxAccess('readcreate'),
//!     myStatus=MibTableColumn(base + (2, 1, 4), RowStatus()).setMaxAccess('readcreate'))
//!
//! cmdrsp.GetCommandResponder(engine, context)
//! cmdrsp.SetCommandResponder(engine, context)
//! cmdrsp.NextCommandResponder(engine, context)
//! cmdrsp.BulkCommandResponder(engine, context)
//! ```
//!
//! ```
//! use std::net::SocketAddr;
//!
//! use deferred_snmp::access::Views;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::names::{BaseType, IndexPart, Syntax};
//! use deferred_snmp::objects::{Column, IndexString, Scalar, Table, TableIndex};
//! use deferred_snmp::oid;
//! use deferred_snmp::reactor::Handle;
//! # fn load() -> i32 { 7 }
//!
//! fn serve(reactor: &Handle, address: SocketAddr) -> Result<Agent, SnmpError> {
//!     const TEXT: &Syntax = &Syntax::new("OCTET STRING", BaseType::OctetString);
//!     let agent = Agent::builder(reactor)
//!         .v1_system("my-area", "public")
//!         .grant("my-area", Views::new().read_write(oid!(1.3.6.1)))
//!         .listen(address)
//!         .start()?;
//!     agent.scalar(oid!(1.3.6.1.4.1.8072.9999.9999.1), Scalar::dynamic(load))?;
//!     // A cell that is in the index already.
//!     let name = |index: &[u32]| IndexString::read(index).map(|name| Value::from(&*name));
//!     let jobs = Table::new([
//!         Column::new(1).dynamic(name),
//!         Column::new(2).syntax(TEXT.clone()).writable(),
//!         Column::new(3).syntax(Syntax::new("Integer32", BaseType::Integer32)).writable().default(5),
//!         Column::new(4).row_status(),
//!     ]);
//!     let jobs = jobs.index([IndexPart::new("myName", TEXT)]);
//!     let rows = agent.table(oid!(1.3.6.1.4.1.8072.9999.9999.2.1), jobs)?;
//!     println!("{} jobs to begin with", rows.len());
//!     Ok(agent)
//! }
//! # use deferred_snmp::objects::RowStatus;
//! # use deferred_snmp::reactor::Reactor;
//! # let mut reactor = Reactor::new()?;
//! # let agent = serve(&reactor.handle(), "127.0.0.1:0".parse()?)?;
//! # let row = |tree: &mut Table| tree.handle().insert("tar", [(2, "tar c /")]).map(|()| tree.handle());
//! # let rows = agent.with(oid!(1.3.6.1.4.1.8072.9999.9999.2.1), row).ok_or("no table")??;
//! # let tar = rows.row("tar").ok_or("no row")?;
//! # assert_eq!((tar.index(), tar.status()), (&[3, 116, 97, 114][..], Some(RowStatus::Active)));
//! # assert_eq!(tar.get(3).and_then(|it| it.as_i64()), Some(5));
//! # let target = UdpTransportTarget::from(agent.addresses()[0]);
//! # let public = SnmpEngine::new(&reactor.handle()).remote(&CommunityData::v1("public"), &target);
//! # let (read, stop) = (std::rc::Rc::new(std::cell::RefCell::default()), reactor.handle());
//! # let text = std::rc::Rc::clone(&read);
//! # let asked = public.get(["1.3.6.1.4.1.8072.9999.9999.2.1.1.3.116.97.114"]);
//! # let asked = asked.map(move |response| *text.borrow_mut() = response.iter().map(|it| it.text()).collect::<String>());
//! # asked.handle(|error| eprintln!("{error}")).add_callback(move |()| drop(stop.stop()));
//! # reactor.run()?;
//! # assert_eq!(*read.borrow(), "tar");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A request of SNMPv1 is answered as well; an [`AccessControl`](crate::access::AccessControl) of the program's could refuse it.
//!
//! With a module the second half is one line, and says more: `agent.table("MY-MIB::myTable", Table::managed())?`.
