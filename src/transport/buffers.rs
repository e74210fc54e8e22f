//! The buffers that the system keeps for a carrier.

/// Sizes in octets, as they are asked for. The system caps them; what it gives is better than its default in
/// any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Buffers {
    /// Of what has come and has not been read. Default 4 MiB.
    pub receive: usize,
    /// Of what is to go and has not left. Default 4 MiB.
    pub send: usize,
}

impl Default for Buffers {
    /// The default of Linux, 208 KiB, holds 270 small datagrams.
    fn default() -> Self {
        Self {
            receive: 4 << 20,
            send: 4 << 20,
        }
    }
}
