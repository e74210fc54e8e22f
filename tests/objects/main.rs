//! Managed objects, the tree of them, and rows that managers make.

mod augments;
mod bench;
mod indices;
mod large;
mod long_names;
mod mistakes;
mod row_hooks;
mod row_model;
mod row_status;
mod set;
mod storage_type;
mod test_and_incr;
mod tree;
mod unfinished;
