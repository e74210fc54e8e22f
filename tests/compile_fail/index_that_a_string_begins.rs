// error: `String` cannot be followed by another object of an index
// here: the trait `Delimited` is not implemented for `String`
// note: for strings there is `IndexString`, while `ImpliedString` can only stand last; numbers are `u32`, `u16` or `u8`
// note: required for `(String, u32)` to implement `TableIndex`

use deferred_snmp::objects::TableIndex;

fn first<K: TableIndex>() -> Option<K> {
    K::after(&[])
}

fn main() {
    let _ = first::<(String, u32)>();
}
