//! Addresses as they are written: with the zone of an IPv6 address by name or number, and IPv4 inside IPv6.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6};

use super::resolve::LookupError;

/// Reads `ADDRESS:PORT`, with the interface of an IPv6 address behind it, by name or number: `127.0.0.1:161`,
/// `[::]:161`, `[fe80::1%eth0]:161`. An address of IPv4 that is mapped into IPv6 (`::ffff:127.0.0.1`) is that of IPv4.
///
/// The standard library reads numbers of interfaces only.
///
/// # Errors
///
/// `InvalidInput` names the text if it is something else, `NotFound` the interface if this machine has none of that
/// name. Only numbers are known on Windows.
///
/// # Examples
///
/// ```
/// use deferred_snmp::reactor::socket_address;
///
/// assert_eq!(socket_address("[::ffff:192.0.2.1]:161")?, "192.0.2.1:161".parse()?);
/// let error = socket_address("[fe80::1%no-such-link]:161").unwrap_err();
/// # #[cfg(unix)]
/// assert_eq!(error.to_string(), "\"[fe80::1%no-such-link]:161\": this machine has no interface \"no-such-link\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn socket_address(text: &str) -> io::Result<SocketAddr> {
    if let (false, Ok(address)) = (text.contains('%'), text.parse()) {
        return Ok(canonical(address));
    }
    let parts = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"));
    let read = parts.and_then(|(host, port)| Some((literal(host)?, port.parse::<u16>().ok()?)));
    match read {
        Some((Ok(mut address), port)) => {
            address.set_port(port);
            Ok(address)
        }
        Some((Err(error), _)) => Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("{text:?}: {error}"),
        )),
        None => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{text:?} is not ADDRESS:PORT"),
        )),
    }
}

/// An address with port 0, if the text is one: of IPv4, of IPv6, or of IPv6 with its zone.
pub(super) fn literal(text: &str) -> Option<Result<SocketAddr, LookupError>> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(Ok(canonical((address, 0).into())));
    }
    let (address, zone) = text.split_once('%')?;
    let address: Ipv6Addr = address.parse().ok()?;
    if zone.is_empty() {
        return None;
    }
    Some(match zone_number(zone) {
        Some(scope) => Ok(canonical(SocketAddrV6::new(address, 0, 0, scope).into())),
        None => Err(LookupError::UnknownZone(zone.into())),
    })
}

/// The address of IPv4 that one of IPv6 stands for, or what it is.
pub(super) fn canonical(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V6(v6) => match v6.ip().to_ipv4_mapped() {
            Some(v4) => (v4, v6.port()).into(),
            None => address,
        },
        SocketAddr::V4(_) => address,
    }
}

/// Whether both may be the same: where one has no zone, it is in any.
pub(super) fn is_same(one: SocketAddr, other: SocketAddr) -> bool {
    let zone = |address| match address {
        SocketAddr::V6(v6) => v6.scope_id(),
        SocketAddr::V4(_) => 0,
    };
    let (in_one, in_other) = (zone(one), zone(other));
    (one.ip(), one.port()) == (other.ip(), other.port())
        && (in_one == in_other || in_one == 0 || in_other == 0)
}

/// The number of an interface, by its name or by that number.
fn zone_number(zone: &str) -> Option<u32> {
    let number = || {
        let is_number = zone.bytes().all(|octet| octet.is_ascii_digit());
        is_number.then(|| zone.parse().ok()).flatten()
    };
    #[cfg(unix)]
    {
        use nix::net::if_::{if_indextoname, if_nametoindex};
        // A number of none has an empty name.
        let is_there = |number| if_indextoname(number).is_ok_and(|name| !name.is_empty());
        let named = if_nametoindex(zone).ok();
        named.or_else(|| number().filter(|&number| number == 0 || is_there(number)))
    }
    #[cfg(not(unix))]
    number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_and_port_is_refused_with_its_text() {
        for text in [
            "",
            "127.0.0.1",
            "::1",
            "[::1]",
            "[::1]:",
            "[::1]:65536",
            "[::1%]:161",
            "[127.0.0.1%lo]:161",
            "[host]:161",
            "host:161",
            "fe80::1%lo:161",
            "[fe80::1%lo]161",
        ] {
            let error = socket_address(text).expect_err(text);
            assert_eq!(error.to_string(), format!("{text:?} is not ADDRESS:PORT"));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_zone_is_a_name_or_a_number_of_an_interface_on_any_address() {
        let lo = if_index("lo");
        let with_scope = |address: &str, scope| {
            let address: Ipv6Addr = address.parse().expect("an address");
            SocketAddr::from(SocketAddrV6::new(address, 161, 0, scope))
        };
        let numbered = format!("[fe80::1%{lo}]:161");
        for (text, expected) in [
            ("[fe80::1%lo]:161", with_scope("fe80::1", lo)),
            (&numbered, with_scope("fe80::1", lo)),
            ("[fe80::1%0]:161", with_scope("fe80::1", 0)),
            ("[::1%lo]:161", with_scope("::1", lo)),
            ("[2001:db8::1%lo]:161", with_scope("2001:db8::1", lo)),
            ("[ff02::1%lo]:161", with_scope("ff02::1", lo)),
            ("[::ffff:192.0.2.1]:161", ([192, 0, 2, 1], 161).into()),
            ("[::ffff:192.0.2.1%lo]:161", ([192, 0, 2, 1], 161).into()),
            ("192.0.2.1:161", ([192, 0, 2, 1], 161).into()),
        ] {
            assert_eq!(socket_address(text).expect(text), expected);
        }
        for zone in ["no-such-link", "4294967295", "4294967296", "+1", "l\0o"] {
            let text = format!("[fe80::1%{zone}]:161");
            let words = format!("{text:?}: this machine has no interface {zone:?}");
            let error = socket_address(&text).expect_err("there is none");
            assert_eq!(error.to_string(), words);
        }
    }

    #[cfg(target_os = "linux")]
    fn if_index(name: &str) -> u32 {
        let path = format!("/sys/class/net/{name}/ifindex");
        let number = std::fs::read_to_string(path).expect("an interface");
        number.trim().parse().expect("a number")
    }
}
