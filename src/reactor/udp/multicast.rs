//! Groups, and the options that go with sending to many.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};

use socket2::SockRef;

use super::UdpPort;

/// A group was not joined, or not left.
#[derive(Debug)]
#[non_exhaustive]
pub struct MulticastJoinError {
    /// The group.
    pub group: IpAddr,
    /// What is wrong.
    pub error: io::Error,
}

impl fmt::Display for MulticastJoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "multicast group {}: {}", self.group, self.error)
    }
}

impl Error for MulticastJoinError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// Where a group is joined: by address for IPv4, by index for IPv6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interface {
    /// The one the system chooses.
    #[default]
    Any,
    /// The interface with this IPv4 address.
    Address(Ipv4Addr),
    /// The interface with this index.
    Index(u32),
}

impl UdpPort {
    /// Joins a group on an interface.
    ///
    /// Fails for an address that is no group, or of the other family.
    pub fn join_group(&self, group: IpAddr, on: Interface) -> Result<(), MulticastJoinError> {
        self.membership(group, on, true)
    }

    /// Leaves a group.
    pub fn leave_group(&self, group: IpAddr, on: Interface) -> Result<(), MulticastJoinError> {
        self.membership(group, on, false)
    }

    /// How many routers a datagram to a group may pass. Default 1: it stays in this network.
    pub fn set_ttl(&self, ttl: u8) -> io::Result<()> {
        let v4 = self.local_addr().is_ipv4();
        self.option(|socket| match v4 {
            true => socket.set_multicast_ttl_v4(ttl.into()),
            false => socket.set_multicast_hops_v6(ttl.into()),
        })
    }

    /// See [`UdpPort::set_ttl`].
    pub fn ttl(&self) -> io::Result<u8> {
        let v4 = self.local_addr().is_ipv4();
        let ttl = self.option(|socket| match v4 {
            true => socket.multicast_ttl_v4(),
            false => socket.multicast_hops_v6(),
        })?;
        u8::try_from(ttl).map_err(io::Error::other)
    }

    /// Whether this host hears its own datagrams to a group. Default true.
    pub fn set_loopback_mode(&self, on: bool) -> io::Result<()> {
        let v4 = self.local_addr().is_ipv4();
        self.option(|socket| match v4 {
            true => socket.set_multicast_loop_v4(on),
            false => socket.set_multicast_loop_v6(on),
        })
    }

    /// See [`UdpPort::set_loopback_mode`].
    pub fn loopback_mode(&self) -> io::Result<bool> {
        let v4 = self.local_addr().is_ipv4();
        self.option(|socket| match v4 {
            true => socket.multicast_loop_v4(),
            false => socket.multicast_loop_v6(),
        })
    }

    /// The interface for datagrams to groups. Default: the system's choice.
    pub fn set_outgoing_interface(&self, interface: Interface) -> io::Result<()> {
        let v4 = self.local_addr().is_ipv4();
        self.option(|socket| match (v4, interface) {
            (true, Interface::Any) => socket.set_multicast_if_v4(&Ipv4Addr::UNSPECIFIED),
            (true, Interface::Address(address)) => socket.set_multicast_if_v4(&address),
            (false, Interface::Any) => socket.set_multicast_if_v6(0),
            (false, Interface::Index(index)) => socket.set_multicast_if_v6(index),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        })
    }

    /// See [`UdpPort::set_outgoing_interface`].
    pub fn outgoing_interface(&self) -> io::Result<Interface> {
        let v4 = self.local_addr().is_ipv4();
        self.option(|socket| {
            Ok(if v4 {
                match socket.multicast_if_v4()? {
                    Ipv4Addr::UNSPECIFIED => Interface::Any,
                    address => Interface::Address(address),
                }
            } else {
                match socket.multicast_if_v6()? {
                    0 => Interface::Any,
                    index => Interface::Index(index),
                }
            })
        })
    }

    /// Permits sending to a broadcast address. Default false.
    pub fn set_broadcast_allowed(&self, on: bool) -> io::Result<()> {
        self.option(|socket| socket.set_broadcast(on))
    }

    /// See [`UdpPort::set_broadcast_allowed`].
    pub fn broadcast_allowed(&self) -> io::Result<bool> {
        self.option(|socket| socket.broadcast())
    }

    fn membership(
        &self,
        group: IpAddr,
        on: Interface,
        join: bool,
    ) -> Result<(), MulticastJoinError> {
        let changed = if group.is_multicast() {
            self.option(|socket| match (group, on) {
                (IpAddr::V4(group), Interface::Any) => {
                    v4_membership(socket, group, Ipv4Addr::UNSPECIFIED, join)
                }
                (IpAddr::V4(group), Interface::Address(address)) => {
                    v4_membership(socket, group, address, join)
                }
                (IpAddr::V6(group), Interface::Any | Interface::Index(_)) => {
                    let index = match on {
                        Interface::Index(index) => index,
                        _ => 0,
                    };
                    match join {
                        true => socket.join_multicast_v6(&group, index),
                        false => socket.leave_multicast_v6(&group, index),
                    }
                }
                _ => Err(io::ErrorKind::InvalidInput.into()),
            })
        } else {
            Err(io::Error::other("not a multicast address"))
        };
        changed.map_err(|error| MulticastJoinError { group, error })
    }
}

fn v4_membership(
    socket: &SockRef<'_>,
    group: Ipv4Addr,
    on: Ipv4Addr,
    join: bool,
) -> io::Result<()> {
    match join {
        true => socket.join_multicast_v4(&group, &on),
        false => socket.leave_multicast_v4(&group, &on),
    }
}
