//! Managed objects, and the tree of them.

mod tree;
