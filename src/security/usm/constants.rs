//! The protocols under the names that PySNMP gives them.

use super::{AuthProtocol, PrivProtocol};

/// HMAC-MD5-96.
pub const USM_AUTH_HMAC96_MD5: AuthProtocol = AuthProtocol::Md5;
/// HMAC-SHA-96.
pub const USM_AUTH_HMAC96_SHA: AuthProtocol = AuthProtocol::Sha1;
/// HMAC-SHA-224.
pub const USM_AUTH_HMAC128_SHA224: AuthProtocol = AuthProtocol::Sha224;
/// HMAC-SHA-256.
pub const USM_AUTH_HMAC192_SHA256: AuthProtocol = AuthProtocol::Sha256;
/// HMAC-SHA-384.
pub const USM_AUTH_HMAC256_SHA384: AuthProtocol = AuthProtocol::Sha384;
/// HMAC-SHA-512.
pub const USM_AUTH_HMAC384_SHA512: AuthProtocol = AuthProtocol::Sha512;

/// CBC-DES.
pub const USM_PRIV_CBC56_DES: PrivProtocol = PrivProtocol::Des;
/// 3DES-EDE.
pub const USM_PRIV_CBC168_3DES: PrivProtocol = PrivProtocol::TripleDes;
/// CFB128-AES-128.
pub const USM_PRIV_CFB128_AES: PrivProtocol = PrivProtocol::Aes128;
/// AES-192 with Reeder's key extension, as in Cisco devices.
pub const USM_PRIV_CFB192_AES: PrivProtocol = PrivProtocol::Aes192Reeder;
/// AES-256 with Reeder's key extension, as in Cisco devices.
pub const USM_PRIV_CFB256_AES: PrivProtocol = PrivProtocol::Aes256Reeder;
/// AES-192 with Blumenthal's key extension, as in Net-SNMP.
pub const USM_PRIV_CFB192_AES_BLUMENTHAL: PrivProtocol = PrivProtocol::Aes192Blumenthal;
/// AES-256 with Blumenthal's key extension, as in Net-SNMP.
pub const USM_PRIV_CFB256_AES_BLUMENTHAL: PrivProtocol = PrivProtocol::Aes256Blumenthal;
