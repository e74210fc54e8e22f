//! What notifications allocate on their way from one engine to another: in steady state nothing.

use counting_allocator::counted;
use deferred_snmp::applications::acknowledgement;
use deferred_snmp::engine::{Credentials, EngineConfig, Event, Request, UsmCredentials};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind, SNMP_TRAP_OID, SYS_UP_TIME};
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ValueRef, VarBindList};
use util::rig::{Rig, agent, v2c};

/// A trap and an inform of SNMPv2c, the same of SNMPv3, and a trap of SNMPv1; the receiver answers.
#[test]
fn notifications_allocate_nothing_once_all_is_warm() {
    const EACH: usize = 20;
    let user: User = UsmUser::new("both")
        .and_then(|user| user.auth(AuthProtocol::Sha1, "authentication phrase"))
        .and_then(|user| user.privacy(PrivProtocol::Aes128, "privacy phrase"))
        .unwrap()
        .into();
    let mut sender = Rig::seeded();
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("sender"));
    let mut users = UserTable::default();
    let entry = UserEntry::new(user.clone());
    let at_sender = entry.clone().at_engine(sender.engine.engine_id());
    users.insert(entry).unwrap();
    users.insert(at_sender).unwrap();
    // As many informs are remembered at the end as at any time.
    let config = EngineConfig::with_seed(2).communities(communities);
    let config = config.max_informs(100);
    let mut receiver = Rig::new(config.users(users).notifications(true));
    let usm = Credentials::Usm(UsmCredentials::new(user));
    let kinds = [
        (Credentials::V1("public".into()), PduKind::TrapV2),
        (v2c(), PduKind::TrapV2),
        (v2c(), PduKind::InformRequest),
        (usm.clone(), PduKind::TrapV2),
        (usm, PduKind::InformRequest),
    ];
    let now = sender.at(0);
    let cold_start = oid!(1.3.6.1.6.3.1.1.5.1);
    let mut message = Vec::with_capacity(2_000);
    let mut round = || {
        let (mut taken, mut over) = (0, 0);
        for (credentials, kind) in kinds.iter().cycle().take(kinds.len() * EACH) {
            let mut list = VarBindList::from_buffer(sender.engine.buffer());
            list.push(SYS_UP_TIME.as_ref(), ValueRef::TimeTicks(1));
            let name = ValueRef::ObjectIdentifier(cold_start.as_ref());
            list.push(SNMP_TRAP_OID.as_ref(), name);
            let request = Request::new(agent(1), credentials.clone(), Pdu::new(*kind, 0, list));
            sender.engine.submit(now, request).unwrap();
        }
        while sender.engine.has_output() {
            while sender
                .engine
                .poll_transmit(sender.now, &mut message)
                .is_some()
            {
                receiver.engine.handle_message(now, &agent(2), &message);
            }
            while let Some(event) = receiver.engine.poll_event() {
                let Event::Notification(notification) = event else {
                    panic!("{event:?}");
                };
                if let Some(state) = notification.state {
                    let answer = acknowledgement(&notification, receiver.engine.buffer());
                    receiver.engine.respond(receiver.now, state, answer);
                }
                receiver.engine.recycle(notification.pdu);
                taken += 1;
            }
            while receiver
                .engine
                .poll_transmit(receiver.now, &mut message)
                .is_some()
            {
                sender.engine.handle_message(now, &agent(1), &message);
            }
            while let Some(event) = sender.engine.poll_event() {
                match event {
                    Event::Response { response, .. } => sender.engine.recycle(response.pdu),
                    Event::Sent { .. } => {}
                    other => panic!("{other:?}"),
                }
                over += 1;
            }
        }
        assert_eq!((taken, over), (kinds.len() * EACH, kinds.len() * EACH));
    };
    // Every buffer has to have held the longest message once.
    (0..50).for_each(|_| round());
    let ((), allocations) = counted(|| (0..10).for_each(|_| round()));
    assert_eq!(allocations, 0);
}
