//! MIB modules, names and values, and the tree of managed objects.

mod devices;
mod mutated;
mod names;
mod peer_values;
mod read_back;
mod repair;
mod repeated;
mod search;
mod tree;
mod truth;
mod values;
