//! The first names of the tree.

/// The module that PySNMP knows the first names of the tree by, and what it was called in SMIv1.
pub(super) const SMI: &str = "SNMPv2-SMI";
pub(super) const FORMER_SMI: [&str; 2] = ["RFC1155-SMI", "RFC1065-SMI"];

/// The names of the roots, which are known without a module.
pub(super) const ROOTS: [&str; 3] = ["itu-t", "iso", "joint-iso-itu-t"];

/// The number of a root by its name, or by that of the CCITT's days, which Net-SNMP's tools print.
pub(super) fn root_arc(label: &str) -> Option<u32> {
    match label {
        "itu-t" | "ccitt" => Some(0),
        "iso" => Some(1),
        "joint-iso-itu-t" | "joint-iso-ccitt" => Some(2),
        _ => None,
    }
}
