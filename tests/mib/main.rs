//! MIB modules, names and values, and the tree of managed objects.

mod heads;
mod mutated;
mod names;
mod paths;
mod peer_values;
mod quotes;
mod repair;
mod repeated;
mod search;
mod tree;
mod truth;
mod values;
