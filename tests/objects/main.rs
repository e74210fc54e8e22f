//! Managed objects, and the tree of them.

mod set;
mod tree;
