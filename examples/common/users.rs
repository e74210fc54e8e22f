//! Who may do what at the agent that the examples start themselves.

use std::net::SocketAddr;

use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;

/// The pass phrases of all users.
const AUTH: &str = "authkey1";
const PRIV: &str = "privkey1";

/// A context beside the default one.
pub(crate) const CONTEXT: &str = "my-context";

/// Starts an agent. Community `public` and the user without keys may read everything, `private` and
/// the other users may also write, at the level that they have keys for.
pub(super) fn agent(reactor: &Handle, address: &str, config: EngineConfig) -> SocketAddr {
    let engine = SnmpEngine::with_config(reactor, config);
    engine.add_v1_system("reader", "public");
    engine.add_v1_system("writer", "private");
    let added = add_users(&engine);
    added.expect("names and pass phrases are as long as they have to be");

    let reader = || Views::new().read(oid!(1.3));
    let writer = || reader().write(oid!(1.3));
    let mut access = SubtreeAccess::new();
    access.set("reader", reader());
    access.set("writer", writer());
    // Anybody can speak in the name of one who has no keys: that has to be allowed expressly.
    let anybody = reader().at_least(SecurityLevel::NoAuthNoPriv);
    access.set("usr-none-none", anybody);
    for name in ["usr-md5-none", "usr-sha-none"] {
        access.set(name, writer().at_least(SecurityLevel::AuthNoPriv));
    }
    for name in ["usr-md5-des", "usr-sha-aes128", "usr-sha512-aes256"] {
        access.set(name, writer().at_least(SecurityLevel::AuthPriv));
    }
    let mut responder = CommandResponder::new(super::objects(reactor), access);
    responder.contexts_mut().insert(CONTEXT, context_objects());
    let registered = engine.register_responder(responder);
    registered.expect("the engine is new");
    super::listen(&engine, address)
}

/// The users of PySNMP's public agent that the examples speak for, and a more modern one.
fn add_users(engine: &SnmpEngine) -> Result<(), SnmpError> {
    let md5 = |name| UsmUserData::new(name).auth(AuthProtocol::Md5, AUTH);
    let sha = |name| UsmUserData::new(name).auth(AuthProtocol::Sha1, AUTH);
    let sha512 = |name| UsmUserData::new(name).auth(AuthProtocol::Sha512, AUTH);
    engine.add_v3_user(&UsmUserData::new("usr-none-none"))?;
    engine.add_v3_user(&md5("usr-md5-none"))?;
    engine.add_v3_user(&md5("usr-md5-des").privacy(PrivProtocol::Des, PRIV))?;
    engine.add_v3_user(&sha("usr-sha-none"))?;
    engine.add_v3_user(&sha("usr-sha-aes128").privacy(PrivProtocol::Aes128, PRIV))?;
    let aes256 = PrivProtocol::Aes256Blumenthal;
    engine.add_v3_user(&sha512("usr-sha512-aes256").privacy(aes256, PRIV))
}

/// The objects of [`CONTEXT`]: a sysDescr.0 of its own, and nothing else.
fn context_objects() -> MibTree {
    let mut tree = MibTree::new();
    let scalar = Scalar::constant("another context of the same agent");
    let registered = tree.register(oid!(1.3.6.1.2.1.1.1), scalar);
    registered.expect("the tree is empty");
    tree
}
