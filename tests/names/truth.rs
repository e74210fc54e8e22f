//! The MIB layer against what Net-SNMP, libsmi, pysmi and PySNMP say of the modules in `../shared/mibs`.
//!
//! Each test prints the share of a table's rows that are right and the rows that are not. Those must be named, with
//! the reason, in a file beside this one (`oids.txt` and so on), and no row there may be right.
#![cfg(feature = "mib")]

mod builtin;
mod oids;
pub(crate) mod table;
