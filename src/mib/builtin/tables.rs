use crate::mib::module::Module;
pub(in crate::mib) static MODULES: [&Module; 0] = [];
pub(super) static PLACES: [(u8, u16); 0] = [];
