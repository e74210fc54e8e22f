//! The tables, one file for each module. Written by `examples/mibgen.rs`; not to be edited.

mod bridge_mib;
mod disman_event_mib;
mod entity_mib;
mod host_resources_mib;
mod ianaiftype_mib;
mod if_mib;
mod inet_address_mib;
mod ip_mib;
mod list;
mod lldp_mib;
mod net_snmp_mib;
mod rfc1213_mib;
mod snmp_community_mib;
mod snmp_framework_mib;
mod snmp_mpd_mib;
mod snmp_notification_mib;
mod snmp_proxy_mib;
mod snmp_target_mib;
mod snmp_user_based_sm_mib;
mod snmp_usm_aes_mib;
mod snmp_usm_hmac_sha2_mib;
mod snmp_view_based_acm_mib;
mod snmpv2_mib;
mod snmpv2_smi;
mod snmpv2_tc;
mod snmpv2_tm;
mod tcp_mib;
mod transport_address_mib;
mod ucd_snmp_mib;
mod udp_mib;

pub(in crate::names) use list::{MODULES, PLACES};
