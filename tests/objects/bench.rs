//! Objects behind a command responder: what managers see of them.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::message::Version;
use deferred_snmp::names::{BaseType, IndexPart, Syntax};
use deferred_snmp::objects::{Asker, ManagedObject, MibTree, Scalar, SetError};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::security::{SecurityLevel, SecurityModel};
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind};

/// Where the object under test stands.
pub(super) const OBJECT: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.5);
/// A scalar behind it whose commit fails.
pub(super) const FAILING: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.6.0);

/// More than any response here needs.
const ROOM: usize = 1_000_000;

/// An object in an agent.
pub(super) struct Bench {
    responder: CommandResponder,
}

impl Bench {
    pub(super) fn new(object: impl ManagedObject) -> Self {
        let mut tree = MibTree::new();
        tree.register(OBJECT, object).expect("free");
        let failing = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
        let failing_at = oid!(1.3.6.1.4.1.99999.6);
        tree.register(failing_at, failing).expect("free");
        Self {
            responder: CommandResponder::new(tree, OpenAccess),
        }
    }

    fn ask(&self, version: Version, kind: PduKind, var_binds: Vec<VarBind>) -> Pdu {
        let model = match version {
            Version::V1 => SecurityModel::V1,
            Version::V2c | Version::V3 => SecurityModel::V2C,
        };
        let asker = Asker::new(version, model, b"public", SecurityLevel::NoAuthNoPriv, b"");
        let request = Pdu::new(kind, 7, var_binds.into_iter().collect());
        let response = self.responder.process(&asker, request.as_ref(), ROOM);
        let response = response.expect("a response");
        if kind == PduKind::SetRequest {
            assert!(response.var_binds == request.var_binds, "{response}");
        }
        response
    }

    /// The error-status and error-index of a SET of these instances of the object.
    pub(super) fn set(&self, bindings: &[(Vec<u32>, Value)]) -> (ErrorStatus, i32) {
        self.set_as(Version::V2c, bindings, false)
    }

    /// The same with the failing scalar behind them in the PDU.
    pub(super) fn set_in_vain(&self, bindings: &[(Vec<u32>, Value)]) -> (ErrorStatus, i32) {
        self.set_as(Version::V2c, bindings, true)
    }

    pub(super) fn set_as(
        &self,
        version: Version,
        bindings: &[(Vec<u32>, Value)],
        fails: bool,
    ) -> (ErrorStatus, i32) {
        let bindings = bindings.iter();
        let mut var_binds: Vec<_> = bindings
            .map(|(instance, value)| VarBind::new(variable(instance), value.clone()))
            .collect();
        if fails {
            var_binds.push(VarBind::new(FAILING, 2));
        }
        let response = self.ask(version, PduKind::SetRequest, var_binds);
        (response.error_status, response.error_index)
    }

    /// What GET says of an instance.
    pub(super) fn get(&self, instance: &[u32]) -> Value {
        let asked = vec![VarBind::new(variable(instance), ())];
        let response = self.ask(Version::V2c, PduKind::GetRequest, asked);
        assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
        let binding = response.var_binds.iter().next().expect("one");
        binding.value.to_owned()
    }

    /// The instance behind this one by GETNEXT, with its value; `None` where the object has no further.
    pub(super) fn next(&self, instance: &[u32]) -> Option<(Vec<u32>, Value)> {
        let asked = vec![VarBind::new(variable(instance), ())];
        let response = self.ask(Version::V2c, PduKind::GetNextRequest, asked);
        assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
        let binding = response.var_binds.iter().next().expect("one");
        let name = binding.name.to_owned();
        let instance = name.starts_with(&OBJECT).then(|| {
            let arcs = name.arcs().skip(OBJECT.len());
            arcs.collect::<Vec<u32>>()
        })?;
        Some((instance, binding.value.to_owned()))
    }

    /// Every instance, by GETNEXT.
    pub(super) fn walk(&self) -> Vec<(Vec<u32>, Value)> {
        let start = self.next(&[]);
        std::iter::successors(start, |(instance, _)| self.next(instance)).collect()
    }
}

fn variable(instance: &[u32]) -> ObjectIdentifier {
    OBJECT.extend(instance.iter().copied()).expect("short")
}

pub(super) fn syntax(name: &str, base: BaseType, range: (i64, i64)) -> Syntax {
    Syntax::owned(name.to_owned(), base, vec![range], vec![], None)
}

/// An INDEX of one INTEGER in this range.
pub(super) fn number_index(range: (i64, i64)) -> Vec<IndexPart> {
    let number = syntax("Integer32", BaseType::Integer32, range);
    vec![IndexPart::owned("number".to_owned(), number, false)]
}
