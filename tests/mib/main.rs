//! MIB modules, names and values, and the tree of managed objects.

mod devices;
mod heads;
mod index_text;
mod mutated;
mod names;
mod one_column;
mod paths;
mod peer_values;
mod quotes;
mod read_back;
mod repair;
mod repeated;
mod search;
mod tree;
mod truth;
mod values;
