//! Encrypting and decrypting. RFC 3414 section 8, RFC 3826.

use std::fmt;

use aes::{Aes128Enc, Aes192Enc, Aes256Enc};
use cbc::cipher::array::Array;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InnerIvInit, KeyInit, consts,
};
use des::{Des, TdesEde3};
use zeroize::Zeroizing;

use super::keys::{check_length, keyed};
use super::{PrivProtocol, PrivacyError, UserError};

/// A localized privacy key as its cipher's key schedule: to be kept per user and engine.
///
/// Works on the octets where they are. Besides the salt, AES takes boots and time of the authoritative
/// engine for its initialization vector: those that the message carries.
#[derive(Clone)]
pub struct PrivacyKey {
    protocol: PrivProtocol,
    cipher: Cipher,
}

#[derive(Clone)]
enum Cipher {
    Des(Box<Block<Des>>),
    TripleDes(Box<Block<TdesEde3>>),
    Aes128(Box<Aes128Enc>),
    Aes192(Box<Aes192Enc>),
    Aes256(Box<Aes256Enc>),
}

/// A cipher of whole blocks, and what its salts are XORed with.
#[derive(Clone)]
struct Block<C> {
    cipher: C,
    pre_iv: Zeroizing<[u8; 8]>,
}

impl PrivacyKey {
    /// The key of these octets, [`key_len`](PrivProtocol::key_len) of them.
    pub fn new(protocol: PrivProtocol, octets: &[u8]) -> Result<Self, UserError> {
        check_length(octets, protocol.key_len())?;
        Ok(Self::of_secret(protocol, octets))
    }

    /// The key of `octets`, which are as many as the protocol uses.
    pub(super) fn of_secret(protocol: PrivProtocol, octets: &[u8]) -> Self {
        let cipher = match protocol {
            PrivProtocol::Des => Cipher::Des(Block::new(octets)),
            PrivProtocol::TripleDes => Cipher::TripleDes(Block::new(octets)),
            PrivProtocol::Aes128 => Cipher::Aes128(Box::new(keyed(octets))),
            PrivProtocol::Aes192Blumenthal | PrivProtocol::Aes192Reeder => {
                Cipher::Aes192(Box::new(keyed(octets)))
            }
            PrivProtocol::Aes256Blumenthal | PrivProtocol::Aes256Reeder => {
                Cipher::Aes256(Box::new(keyed(octets)))
            }
        };
        Self { protocol, cipher }
    }

    /// The protocol.
    pub const fn protocol(&self) -> PrivProtocol {
        self.protocol
    }

    /// How many octets, of any value, have to be appended to `len` octets before they can be
    /// encrypted.
    pub const fn padding(&self, len: usize) -> usize {
        if self.protocol.is_block_mode() {
            len.wrapping_neg() % 8
        } else {
            0
        }
    }

    /// Encrypts `data` with a salt that was never used with this key.
    ///
    /// Fails if the data has to be padded first.
    pub fn encrypt(
        &self,
        boots: u32,
        time: u32,
        salt: [u8; 8],
        data: &mut [u8],
    ) -> Result<(), PrivacyError> {
        let iv = aes_iv(boots, time, salt);
        match &self.cipher {
            Cipher::Des(block) => return block.encrypt(salt, data),
            Cipher::TripleDes(block) => return block.encrypt(salt, data),
            Cipher::Aes128(cipher) => encrypt_cfb(&**cipher, iv, data),
            Cipher::Aes192(cipher) => encrypt_cfb(&**cipher, iv, data),
            Cipher::Aes256(cipher) => encrypt_cfb(&**cipher, iv, data),
        }
        Ok(())
    }

    /// Decrypts `data` with the salt that came as `privacy_parameters`. A wrong key yields garbage,
    /// not an error.
    pub fn decrypt(
        &self,
        boots: u32,
        time: u32,
        privacy_parameters: &[u8],
        data: &mut [u8],
    ) -> Result<(), PrivacyError> {
        let salt = privacy_parameters.try_into().map_err(|_| PrivacyError)?;
        let iv = aes_iv(boots, time, salt);
        match &self.cipher {
            Cipher::Des(block) => return block.decrypt(salt, data),
            Cipher::TripleDes(block) => return block.decrypt(salt, data),
            Cipher::Aes128(cipher) => decrypt_cfb(&**cipher, iv, data),
            Cipher::Aes192(cipher) => decrypt_cfb(&**cipher, iv, data),
            Cipher::Aes256(cipher) => decrypt_cfb(&**cipher, iv, data),
        }
        Ok(())
    }
}

impl fmt::Debug for PrivacyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivacyKey({}, ..)", self.protocol)
    }
}

impl<C> Block<C>
where
    C: BlockCipherEncrypt + BlockCipherDecrypt + BlockSizeUser<BlockSize = consts::U8> + KeyInit,
{
    /// The last 8 octets of `key` are the pre-IV. RFC 3414 section 8.1.1.1.
    fn new(octets: &[u8]) -> Box<Self> {
        let (key, last) = octets.split_at_checked(C::key_size()).unwrap_or_default();
        let mut pre_iv = Zeroizing::new([0; 8]);
        for (to, from) in pre_iv.iter_mut().zip(last) {
            *to = *from;
        }
        Box::new(Self {
            cipher: keyed(key),
            pre_iv,
        })
    }

    fn encrypt(&self, salt: [u8; 8], data: &mut [u8]) -> Result<(), PrivacyError> {
        let (blocks, rest) = Array::slice_as_chunks_mut(data);
        if !rest.is_empty() {
            return Err(PrivacyError);
        }
        let iv = self.iv(salt);
        cbc::Encryptor::inner_iv_init(&self.cipher, &iv).encrypt_blocks(blocks);
        Ok(())
    }

    fn decrypt(&self, salt: [u8; 8], data: &mut [u8]) -> Result<(), PrivacyError> {
        let (blocks, rest) = Array::slice_as_chunks_mut(data);
        if !rest.is_empty() {
            return Err(PrivacyError);
        }
        let iv = self.iv(salt);
        cbc::Decryptor::inner_iv_init(&self.cipher, &iv).decrypt_blocks(blocks);
        Ok(())
    }

    fn iv(&self, salt: [u8; 8]) -> Array<u8, consts::U8> {
        let salt = u64::from_ne_bytes(salt);
        let pre_iv = u64::from_ne_bytes(*self.pre_iv);
        Array((salt ^ pre_iv).to_ne_bytes())
    }
}

/// RFC 3826 section 3.1.2.1.
fn aes_iv(boots: u32, time: u32, salt: [u8; 8]) -> Array<u8, consts::U16> {
    let head = u64::from(boots) << 32 | u64::from(time);
    let iv = u128::from(head) << 64 | u128::from(u64::from_be_bytes(salt));
    Array(iv.to_be_bytes())
}

fn encrypt_cfb<C>(cipher: &C, iv: Array<u8, consts::U16>, data: &mut [u8])
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = consts::U16>,
{
    cfb_mode::Encryptor::inner_iv_init(cipher, &iv).encrypt(data);
}

fn decrypt_cfb<C>(cipher: &C, iv: Array<u8, consts::U16>, data: &mut [u8])
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = consts::U16>,
{
    cfb_mode::Decryptor::inner_iv_init(cipher, &iv).decrypt(data);
}
