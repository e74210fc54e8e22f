use std::fmt::Debug;

use super::*;
use crate::objects::{ImpliedString, IndexString};

/// What is next to a limit of some type.
const ARCS: [u32; 9] = [0, 1, 2, 3, 255, 256, 65_535, u32::MAX - 1, u32::MAX];

/// All names of up to `most` sub-identifiers out of `ARCS`.
fn names(most: usize) -> Vec<Vec<u32>> {
    let mut names = vec![Vec::new()];
    let mut begin = 0;
    for _ in 0..most {
        let end = names.len();
        for place in begin..end {
            names.extend(ARCS.map(|arc| [&names[place][..], &[arc]].concat()));
        }
        begin = end;
    }
    names
}

fn written<K: TableIndex>(index: &K) -> Vec<u32> {
    let mut arcs = Vec::new();
    index.write(&mut arcs);
    arcs
}

/// Compares with the list of all indices of the type among the names, and with what their sub-identifiers say.
fn agrees<K: TableIndex + Debug>(most: usize) {
    let names = names(most);
    let read = names.iter().filter_map(|arcs| {
        let index = K::read(arcs)?;
        assert_eq!(written(&index), *arcs);
        Some(index)
    });
    let mut indices: Vec<(K, Vec<u32>)> = read
        .map(|index| (index.clone(), written(&index)))
        .filter(|(_, arcs)| !arcs.is_empty())
        .collect();
    assert!(indices.len() > 1, "{indices:?}");
    indices.sort();
    assert!(indices.windows(2).all(|pair| pair[0].1 < pair[1].1));
    for arcs in &names {
        let place = indices.partition_point(|(_, its)| its <= arcs);
        let first = indices.get(place).map(|(index, _)| index);
        let Some(after) = K::after(arcs) else {
            assert_eq!(first, None, "{arcs:?}");
            continue;
        };
        let its = written(&after);
        assert!(its > *arcs, "{after:?} after {arcs:?}");
        assert_eq!(K::read(&its), Some(after.clone()), "after {arcs:?}");
        assert!(first.is_none_or(|first| after <= *first), "{arcs:?}");
        // Whatever is less than the least is not behind the name.
        let before = indices.partition_point(|(index, _)| *index < after);
        assert_eq!(before, place, "{after:?} after {arcs:?}");
    }
}

#[test]
fn the_order_of_each_type_is_that_of_its_sub_identifiers() {
    agrees::<u32>(3);
    agrees::<u16>(3);
    agrees::<u8>(3);
    agrees::<[u32; 2]>(4);
    agrees::<[u8; 2]>(4);
    agrees::<Ipv4Addr>(5);
    agrees::<Vec<u32>>(3);
    agrees::<IndexString>(4);
    agrees::<ImpliedString>(4);
}

#[test]
fn the_order_of_tuples_is_that_of_their_sub_identifiers() {
    agrees::<(u8, u16)>(4);
    agrees::<(IndexString, u8)>(4);
    agrees::<(u8, IndexString)>(4);
    agrees::<(u16, ImpliedString)>(4);
    agrees::<(u8, Vec<u32>)>(4);
    agrees::<(u8, u16, u32)>(4);
    agrees::<(u8, IndexString, ImpliedString)>(4);
    agrees::<((u8, u16), u32, u8)>(5);
    agrees::<(u8, u16, u32, IndexString)>(5);
}

#[test]
fn a_length_costs_no_memory_before_there_are_octets() {
    assert_eq!(IndexString::after(&[u32::MAX]), None);
    assert_eq!(IndexString::after(&[129]), None);
    assert_eq!(IndexString::read(&[u32::MAX, 97]), None);
    assert_eq!(
        IndexString::after(&[128]).map(|index| index.len()),
        Some(128)
    );
}
