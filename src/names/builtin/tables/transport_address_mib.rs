//! TRANSPORT-ADDRESS-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "TRANSPORT-ADDRESS-MIB"
syntaxes {
S0 "TransportAddress" OctetString [ (0 255) ] [ ] []
S1 "TransportAddressDns" OctetString [ (1 255) ] [ ] ["1a"]
S2 "TransportAddressIPv4" OctetString [ (6 6) ] [ ] ["1d.1d.1d.1d:2d"]
S3 "TransportAddressIPv4z" OctetString [ (10 10) ] [ ] ["1d.1d.1d.1d%4d:2d"]
S4 "TransportAddressIPv6" OctetString [ (18 18) ] [ ] ["0a[2x:2x:2x:2x:2x:2x:2x:2x]0a:2d"]
S5 "TransportAddressIPv6z" OctetString [ (22 22) ] [ ] ["0a[2x:2x:2x:2x:2x:2x:2x:2x%4d]0a:2d"]
S6 "TransportAddressLocal" OctetString [ (1 255) ] [ ] ["1a"]
S7 "TransportAddressType" Integer32 [ ] [ "unknown" 0 "udpIpv4" 1 "udpIpv6" 2 "udpIpv4z" 3 "udpIpv6z" 4
"tcpIpv4" 5 "tcpIpv6" 6 "tcpIpv4z" 7 "tcpIpv6z" 8 "sctpIpv4" 9 "sctpIpv6" 10 "sctpIpv4z" 11 "sctpIpv6z" 12
"local" 13 "udpDns" 14 "tcpDns" 15 "sctpDns" 16 ] []
S8 "TransportDomain" ObjectIdentifier [ ] [ ] []
}
details {
D0 [] [] [] ""
}
definitions {
"transportAddressMIB" [1 3 6 1 2 1 100] Node ModuleIdentity [] [] [] D0
"transportDomains" [1 3 6 1 2 1 100 1] Node ObjectIdentifier [] [] [] D0
"transportDomainUdpIpv4" [1 3 6 1 2 1 100 1 1] Node ObjectIdentity [] [Current] [] D0
"transportDomainUdpIpv6" [1 3 6 1 2 1 100 1 2] Node ObjectIdentity [] [Current] [] D0
"transportDomainUdpIpv4z" [1 3 6 1 2 1 100 1 3] Node ObjectIdentity [] [Current] [] D0
"transportDomainUdpIpv6z" [1 3 6 1 2 1 100 1 4] Node ObjectIdentity [] [Current] [] D0
"transportDomainTcpIpv4" [1 3 6 1 2 1 100 1 5] Node ObjectIdentity [] [Current] [] D0
"transportDomainTcpIpv6" [1 3 6 1 2 1 100 1 6] Node ObjectIdentity [] [Current] [] D0
"transportDomainTcpIpv4z" [1 3 6 1 2 1 100 1 7] Node ObjectIdentity [] [Current] [] D0
"transportDomainTcpIpv6z" [1 3 6 1 2 1 100 1 8] Node ObjectIdentity [] [Current] [] D0
"transportDomainSctpIpv4" [1 3 6 1 2 1 100 1 9] Node ObjectIdentity [] [Current] [] D0
"transportDomainSctpIpv6" [1 3 6 1 2 1 100 1 10] Node ObjectIdentity [] [Current] [] D0
"transportDomainSctpIpv4z" [1 3 6 1 2 1 100 1 11] Node ObjectIdentity [] [Current] [] D0
"transportDomainSctpIpv6z" [1 3 6 1 2 1 100 1 12] Node ObjectIdentity [] [Current] [] D0
"transportDomainLocal" [1 3 6 1 2 1 100 1 13] Node ObjectIdentity [] [Current] [] D0
"transportDomainUdpDns" [1 3 6 1 2 1 100 1 14] Node ObjectIdentity [] [Current] [] D0
"transportDomainTcpDns" [1 3 6 1 2 1 100 1 15] Node ObjectIdentity [] [Current] [] D0
"transportDomainSctpDns" [1 3 6 1 2 1 100 1 16] Node ObjectIdentity [] [Current] [] D0
}
names {
0 14 17 10 12 11 13 16 6 8 7 9 15 2 4 3 5 1
}
types {
"TransportAddress" S0
"TransportAddressDns" S1
"TransportAddressIPv4" S2
"TransportAddressIPv4z" S3
"TransportAddressIPv6" S4
"TransportAddressIPv6z" S5
"TransportAddressLocal" S6
"TransportAddressType" S7
"TransportDomain" S8
} }
