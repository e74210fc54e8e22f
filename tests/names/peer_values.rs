//! Values out and in, compared with what Net-SNMP and PySNMP make of them.
//!
//! Every table prints its share. A row that is not right needs a reason in a file beside this one.

#![cfg(feature = "mib")]

mod cases;
mod hints;
mod input;
mod names;
mod output;
mod reasons;
mod table;
mod types;
