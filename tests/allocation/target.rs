//! What a request to a target never seen before costs: the same for the thousandth as for the first.

use std::cell::Cell;
use std::rc::Rc;

use counting_allocator::{counted, held};
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::agent;
use util::manager::{Manager, settle};

const TARGETS: usize = 1_000;
const WARMING: usize = 50;

/// GETs to `TARGETS` addresses, one after the other: the allocations of each, and the octets that
/// are held after it. Those before the first have made the buffers grow.
fn gets(auth: impl Fn(usize) -> CommunityData) -> Vec<(u64, isize)> {
    let mut manager = Manager::new();
    let (agent, _) = agent::serve(&manager.reactor.handle(), "127.0.0.1:0", agent::tree());
    for number in 0..WARMING + TARGETS {
        agent.add_v1_system("reader", &format!("community {number:04}"));
    }
    let mut costs = Vec::with_capacity(WARMING + TARGETS);
    for number in 0..WARMING + TARGETS {
        agent.close();
        let host = format!("127.1.{}.{}:0", number / 250, number % 250 + 1);
        let address = agent.listen_udp(host.parse().expect("an address"));
        let address = address.expect("a free port");
        let (response, allocations) = counted(|| {
            let deferred = get_cmd(
                &manager.engine,
                &auth(number),
                &UdpTransportTarget::from(address),
                &ContextData::default(),
                ["1.3.6.1.2.1.1.5.0"],
            );
            settle(&mut manager.reactor, deferred).expect("an answer")
        });
        assert_eq!(
            response.iter().next().map(|v| v.to_string()).as_deref(),
            Some("SNMPv2-MIB::sysName.0 = example")
        );
        drop(response);
        costs.push((allocations, held()));
    }
    costs.split_off(WARMING)
}

/// The allocations of the first and of the last hundred requests: those of the one in the middle
/// when sorted, for now and then a timer has to be moved in one of them.
fn first_and_last(costs: &[(u64, isize)]) -> [u64; 2] {
    [&costs[..100], &costs[TARGETS - 100..]].map(|some| {
        let mut allocations: Vec<u64> = some.iter().map(|(allocations, _)| *allocations).collect();
        allocations.sort_unstable();
        allocations[allocations.len() / 2]
    })
}

#[test]
fn the_thousandth_target_costs_what_the_first_cost() {
    let public = CommunityData::new("public");
    let costs = gets(|_| public.clone());
    let [first, last] = first_and_last(&costs);
    assert_eq!(last, first);
    let kept = costs[TARGETS - 1].1 - costs[0].1;
    // less than an octet for each: nothing at all
    assert!(
        kept < TARGETS as isize,
        "{kept} octets are kept for targets seen before"
    );
}

#[test]
fn so_does_the_thousandth_community() {
    let costs = gets(|number| CommunityData::new(format!("community {number:04}")));
    let [first, last] = first_and_last(&costs);
    assert_eq!(last, first);
}

#[test]
fn a_get_with_one_callback_costs_three_allocations() {
    const GETS: usize = 500;
    let mut manager = Manager::new();
    let agent = agent::Agent::start("127.0.0.1", agent::tree);
    let (auth, target) = (
        CommunityData::new("public"),
        UdpTransportTarget::from(agent.address),
    );
    let answered = Rc::new(Cell::new(0));
    let mut run = |gets: usize| {
        let end = answered.get() + gets;
        while answered.get() < end {
            let (before, counting) = (answered.get(), Rc::clone(&answered));
            let get = get_cmd(
                &manager.engine,
                &auth,
                &target,
                &ContextData::default(),
                [oid!(1.3.6.1.2.1.1.5.0)],
            );
            drop(get.add_callback(move |response| {
                assert_eq!(response.var_binds().len(), 1);
                counting.set(counting.get() + 1);
            }));
            while answered.get() == before {
                manager.reactor.iterate(None).expect("polling works");
            }
        }
    };
    // Buffers and tables grow first.
    run(100);
    let ((), allocations) = counted(|| run(GETS));
    // The bindings, the Deferred, the callback; now and then a timed call.
    let each = allocations as f64 / GETS as f64;
    assert!(each < 3.1, "{each} allocations for each GET");
}
