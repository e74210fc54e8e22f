//! What holds for every input, tried with many: a failure is reduced to a small one.

mod ber;
mod oid;
mod tree;
mod values;
