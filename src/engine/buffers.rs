//! Buffers that wait for their next use.

/// A bounded stack of empty buffers: in steady state no message costs an allocation.
#[derive(Debug, Default)]
pub(super) struct BufferPool {
    buffers: Vec<Vec<u8>>,
    /// The capacities of all of them.
    octets: usize,
}

/// More are given back to the allocator: as many as a thousand requests in flight use, twice over.
const MOST_BUFFERS: usize = 2048;
const MOST_OCTETS: usize = 1 << 20;
/// A larger buffer is not kept: one huge answer must not hold its memory for ever.
const LARGEST_KEPT: usize = 16 * 1024;
/// What a new buffer has room for: a request of a few variables, and its answer.
const USUAL: usize = 128;

impl BufferPool {
    pub(super) fn take(&mut self) -> Vec<u8> {
        let Some(buffer) = self.buffers.pop() else {
            return Vec::with_capacity(USUAL);
        };
        self.octets -= buffer.capacity();
        buffer
    }

    pub(super) fn give(&mut self, mut buffer: Vec<u8>) {
        let capacity = buffer.capacity();
        let is_useful = (1..=LARGEST_KEPT).contains(&capacity);
        if is_useful && self.buffers.len() < MOST_BUFFERS && self.octets + capacity <= MOST_OCTETS {
            buffer.clear();
            self.octets += capacity;
            self.buffers.push(buffer);
        }
    }
}
