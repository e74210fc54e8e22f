//! The buffers that the system keeps for a carrier.

/// Sizes in octets, as they are asked for. The system may grant less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Buffers {
    /// Of what has come and has not been read. Default 4 MiB.
    pub receive: usize,
    /// Of what is to go and has not left. Default 4 MiB.
    pub send: usize,
}

impl Default for Buffers {
    /// 4 MiB each: the 208 KiB that Linux gives who asks for nothing hold 270 small datagrams.
    fn default() -> Self {
        Self {
            receive: 4 << 20,
            send: 4 << 20,
        }
    }
}
