//! What the network says of datagrams that were sent.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::reactor::{Datagram, DatagramProtocol, UdpOptions};
use util::nobody::{IS_TOLD, Nobody};
use util::ports::has_ipv6;

use super::{Host, Wish, until};

#[derive(Default)]
struct Asker {
    count: Cell<usize>,
    news: RefCell<Vec<(SocketAddr, ErrorKind)>>,
}

impl DatagramProtocol for Asker {
    fn datagram_received(&self, _: Datagram<'_>) {
        self.count.set(self.count.get() + 1);
    }
    fn undelivered(&self, to: SocketAddr, error: &io::Error) {
        self.news.borrow_mut().push((to, error.kind()));
    }
}

/// More of it than is taken in one pass, between datagrams that arrive; each is told once, and then there
/// is nothing to do.
pub(crate) fn news_of_closed_ports_holds_up_nothing(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let hosts = ["127.0.0.1", "::1"];
    let hosts = hosts.into_iter().take(1 + usize::from(has_ipv6()));
    for host in hosts.map(|host| host.parse().expect("an address")) {
        let nobody = Nobody::udp_at(host);
        let mut shell = make(Wish::default());
        let asker = Rc::new(Asker::default());
        let address = SocketAddr::new(host, 0);
        let options = UdpOptions::new().undelivered(true);
        let port = shell
            .handle()
            .listen_udp_with(address, &options, asker.clone());
        let port = port.expect("bound");
        for number in 0..100 {
            port.write(b"lost", nobody.address).expect("sent");
            if number % 2 == 0 {
                port.write(b"kept", port.local_addr()).expect("sent");
            }
        }
        let told = match IS_TOLD {
            true => vec![(nobody.address, ErrorKind::ConnectionRefused); 100],
            false => Vec::new(),
        };
        until(&mut *shell, 10, || {
            asker.count.get() == 50 && *asker.news.borrow() == told
        });
        let is_late = Rc::new(Cell::new(false));
        let flag = is_late.clone();
        let later = Duration::from_millis(20);
        shell.handle().call_later(later, move || flag.set(true));
        until(&mut *shell, 5, || is_late.get());
        // The port goes on.
        port.write(b"kept", port.local_addr()).expect("sent");
        until(&mut *shell, 5, || asker.count.get() == 51);
        assert!(port.is_listening());
        assert_eq!(*asker.news.borrow(), told);
    }
}
