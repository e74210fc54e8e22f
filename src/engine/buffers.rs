//! Buffers that wait for their next use.

/// A bounded stack of empty buffers: in steady state no message costs an allocation.
#[derive(Debug, Default)]
pub(super) struct BufferPool {
    buffers: Vec<Vec<u8>>,
}

/// More are given back to the allocator.
const KEPT: usize = 64;
/// A larger buffer is not kept: one huge answer must not hold its memory for ever.
const LARGEST_KEPT: usize = 16 * 1024;

impl BufferPool {
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.buffers.pop().unwrap_or_default()
    }

    pub(super) fn give(&mut self, mut buffer: Vec<u8>) {
        if self.buffers.len() < KEPT && buffer.capacity() <= LARGEST_KEPT {
            buffer.clear();
            self.buffers.push(buffer);
        }
    }
}
