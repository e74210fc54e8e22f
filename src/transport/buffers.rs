//! The buffers that the system keeps for sockets.

use crate::reactor::UdpPort;

/// Sizes in octets, as they are asked for. The system caps them; what it gives is better than its default in
/// any case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Buffers {
    pub(super) receive: usize,
    pub(super) send: usize,
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

impl Buffers {
    pub(super) fn apply(self, udp: &UdpPort) {
        if let Err(error) = udp.set_receive_buffer(self.receive) {
            debug!("receive buffer of {}: {error}", udp.local_addr());
        }
        if let Err(error) = udp.set_send_buffer(self.send) {
            debug!("send buffer of {}: {error}", udp.local_addr());
        }
    }
}
