//! MIB modules, names and values.

mod defaults;
mod devices;
mod heads;
mod index_clause;
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
mod truth;
mod values;
