//! Ready-made managed objects of the standard's own modules.

mod system;

pub use system::System;
