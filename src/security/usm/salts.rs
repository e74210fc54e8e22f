//! Salts: what makes equal texts differ when they are encrypted.

use super::PrivProtocol;

/// The salts of one engine in one boot: no two are equal for a cipher.
///
/// One value serves all users of the engine. RFC 3414 section 8.1.1.1, RFC 3826 section 3.1.2.1.
#[derive(Debug)]
pub struct Salts {
    boots: u32,
    /// For AES: all 64 bits count.
    stream: u64,
    /// For DES and 3DES, which have 32 bits beside the boots.
    block: u32,
    /// How many of those are left.
    block_left: u64,
}

impl Salts {
    /// Salts of an engine that was booted `boots` times. They begin where `random` says, which should
    /// differ from boot to boot and be hard to guess.
    pub const fn new(boots: u32, random: u64) -> Self {
        Self {
            boots,
            stream: random,
            block: random as u32,
            block_left: 1 << 32,
        }
    }

    /// Salts of which none is left for DES and 3DES.
    #[cfg(test)]
    pub(crate) const fn exhausted() -> Self {
        Self {
            block_left: 0,
            ..Self::new(1, 0)
        }
    }

    /// The next salt for `protocol`. Nothing is left for DES and 3DES after 2^32 of them: the engine
    /// has to raise its boots then, and to take new salts.
    pub fn next(&mut self, protocol: PrivProtocol) -> Option<[u8; 8]> {
        if !protocol.is_block_mode() {
            let salt = self.stream;
            self.stream = salt.wrapping_add(1);
            return Some(salt.to_be_bytes());
        }
        self.block_left = self.block_left.checked_sub(1)?;
        let salt = u64::from(self.boots) << 32 | u64::from(self.block);
        self.block = self.block.wrapping_add(1);
        Some(salt.to_be_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_count_up_and_wrap() {
        let mut salts = Salts::new(7, u64::MAX);
        let aes = PrivProtocol::Aes256Reeder;
        assert_eq!(salts.next(aes), Some([0xff; 8]));
        assert_eq!(salts.next(aes), Some([0; 8]));
        let first = [0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(salts.next(PrivProtocol::Des), Some(first));
        let second = [0, 0, 0, 7, 0, 0, 0, 0];
        assert_eq!(salts.next(PrivProtocol::TripleDes), Some(second));
    }

    #[test]
    fn no_salt_twice_in_a_boot() {
        let mut salts = Salts::new(1, 0);
        salts.block_left = 1;
        assert!(salts.next(PrivProtocol::Des).is_some());
        assert_eq!(salts.next(PrivProtocol::Des), None);
        assert_eq!(salts.next(PrivProtocol::TripleDes), None);
        assert!(salts.next(PrivProtocol::Aes128).is_some());
    }
}
