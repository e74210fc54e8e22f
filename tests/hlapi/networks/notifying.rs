//! Traps and informs.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::deferred::Failure;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;

use super::asking::{operator, public};
use super::place::{Place, hasty};

struct Post {
    receiver: SnmpEngine,
    target: UdpTransportTarget,
}

fn post<P: Place>(place: &mut P) -> Post {
    let receiver = place.engine_with_config(EngineConfig::with_seed(5));
    receiver.add_v1_system("my-area", "public");
    let address = receiver.listen_udp(P::ANY.parse().unwrap()).unwrap();
    Post {
        receiver,
        target: address.into(),
    }
}

fn warm_start() -> NotificationType {
    NotificationType::new("SNMPv2-MIB::warmStart")
        .add_var_binds([("SNMPv2-MIB::sysName.0", "gateway")])
}

pub(super) fn traps_of_every_version<P: Place>() {
    let mut place = P::new();
    let post = post(&mut place);
    let engine = place.engine();
    let user = operator().security_engine_id(engine.engine_id());
    post.receiver.add_v3_user(&user).unwrap();
    let taken = Rc::new(RefCell::new(Vec::new()));
    let taking = Rc::clone(&taken);
    let receiver = NotificationReceiver::new(&post.receiver, move |notification| {
        let at = notification.local_addr().map(ToString::to_string);
        let name = notification
            .iter()
            .find(|it| it.label() == "SNMPv2-MIB::sysName.0");
        let name = name.map(|it| it.text());
        let version = notification.version().to_string();
        taking.borrow_mut().push((version, name, at));
    });
    receiver.unwrap();
    let v1 = CommunityData::v1("public");
    let all: [&dyn AuthData; 3] = [&v1, &public(), &operator()];
    for (sent, auth) in all.into_iter().enumerate() {
        let remote = engine.remote(auth, &post.target);
        place.succeed(remote.notify(NotifyType::Trap, warm_start()));
        place.turn_until(|| taken.borrow().len() > sent);
    }
    let versions: Vec<_> = taken.borrow().iter().map(|it| it.0.clone()).collect();
    assert_eq!(versions, ["v1", "v2c", "v3"]);
    for (_, name, at) in taken.take() {
        assert_eq!(name.as_deref(), Some("gateway"));
        assert_eq!(at, Some(post.target.to_string()));
    }
}

pub(super) fn informs_with_and_without_acknowledgement<P: Place>() {
    let mut place = P::new();
    let post = post(&mut place);
    let engine = place.engine();
    let receiver =
        NotificationReceiver::deferred(&post.receiver, |notification| {
            match notification.iter().any(|it| it.text() == "gateway") {
                true => Ok(()),
                false => Err(Failure::from(std::io::Error::other("no such gateway"))),
            }
        });
    receiver.unwrap();
    let remote = engine.remote(&public(), &post.target);
    let response = place.succeed(remote.notify(NotifyType::Inform, warm_start()));
    assert!(!response.error_status().is_error());
    let hasty = engine.remote(&public(), &hasty(post.target));
    let cold = NotificationType::new("SNMPv2-MIB::coldStart");
    let error = place.settle(hasty.notify(NotifyType::Inform, cold));
    let error = error.expect_err("not acknowledged");
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("3 tries"), "{error}");
}
