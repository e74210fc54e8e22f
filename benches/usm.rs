//! Sealing and opening 150 and 1,400 octets with every pair of protocols, beside the raw primitives
//! doing the same; whole messages; and keys.
//!
//!     cargo bench -p benches --bench usm
//!
//! "Seal" encrypts and signs, "open" checks the digest and decrypts a copy; keys and hash states are
//! kept, as an engine keeps them. Budget on two virtual cores: 150 octets with SHA-1 and AES-128 in
//! 1.15 times 264 and 228 ns.
//!
//! Both sides of a ratio take turns in short bursts, and the fastest burst of each counts: what else
//! runs on the machine disturbs some of them, not all.

use std::hint::black_box;
use std::time::Instant;

use aes::{Aes128Enc, Aes192Enc, Aes256Enc};
use cbc::cipher::array::Array;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InnerIvInit, KeyInit, consts,
};
use deferred_snmp::asn1::Reader;
use deferred_snmp::message::{ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{
    AuthKey, AuthProtocol, LocalizedKey, MasterKey, OutgoingMessage, PrivProtocol, PrivacyKey,
    Salts, SecurityParameters, UserKeys,
};
use deferred_snmp::security::{EngineId, SecurityLevel};
use des::{Des, TdesEde3};
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

const SIZES: [usize; 2] = [150, 1400];

/// Protocols that differ in their cipher: the ways to extend a key cost nothing here.
const CIPHERS: [PrivProtocol; 5] = [
    PrivProtocol::Des,
    PrivProtocol::TripleDes,
    PrivProtocol::Aes128,
    PrivProtocol::Aes192Blumenthal,
    PrivProtocol::Aes256Blumenthal,
];

/// Where the digest is.
const FIELD: usize = 40;

const KEY: [u8; 64] = [0x5a; 64];

fn engine_id() -> EngineId {
    EngineId::generate(8072, [1, 2, 3, 4, 5, 6, 7, 8])
}

/// The primitives with nothing around them.
struct Raw {
    digest: Digest,
    encrypt: InPlace,
    decrypt: InPlace,
}

type Digest = Box<dyn Fn(&[u8]) -> [u8; 64]>;
type InPlace = Box<dyn Fn(&mut [u8])>;

impl Raw {
    fn new(auth: AuthProtocol, privacy: PrivProtocol) -> Self {
        let (encrypt, decrypt) = match privacy {
            PrivProtocol::Des => cbc::<Des>(),
            PrivProtocol::TripleDes => cbc::<TdesEde3>(),
            PrivProtocol::Aes128 => cfb::<Aes128Enc>(),
            PrivProtocol::Aes192Blumenthal => cfb::<Aes192Enc>(),
            _ => cfb::<Aes256Enc>(),
        };
        let key = &KEY[..auth.key_len()];
        let digest = match auth {
            AuthProtocol::Md5 => mac::<Hmac<Md5>>(key),
            AuthProtocol::Sha1 => mac::<Hmac<Sha1>>(key),
            AuthProtocol::Sha224 => mac::<Hmac<Sha224>>(key),
            AuthProtocol::Sha256 => mac::<Hmac<Sha256>>(key),
            AuthProtocol::Sha384 => mac::<Hmac<Sha384>>(key),
            _ => mac::<Hmac<Sha512>>(key),
        };
        Self {
            digest,
            encrypt,
            decrypt,
        }
    }
}

fn mac<M: Mac + KeyInit + Clone + 'static>(key: &[u8]) -> Digest {
    let keyed = <M as KeyInit>::new_from_slice(key).unwrap();
    Box::new(move |message| {
        let mut mac = keyed.clone();
        mac.update(message);
        let mut digest = [0; 64];
        for (to, from) in digest.iter_mut().zip(mac.finalize().into_bytes()) {
            *to = from;
        }
        digest
    })
}

fn cbc<C>() -> (InPlace, InPlace)
where
    C: BlockCipherEncrypt
        + BlockCipherDecrypt
        + BlockSizeUser<BlockSize = consts::U8>
        + KeyInit
        + Clone
        + 'static,
{
    let cipher = C::new_from_slice(&KEY[..C::key_size()]).unwrap();
    let other = cipher.clone();
    let iv = Array([7; 8]);
    (
        Box::new(move |data| {
            let (blocks, _) = Array::slice_as_chunks_mut(data);
            cbc::Encryptor::inner_iv_init(&cipher, &iv).encrypt_blocks(blocks);
        }),
        Box::new(move |data| {
            let (blocks, _) = Array::slice_as_chunks_mut(data);
            cbc::Decryptor::inner_iv_init(&other, &iv).decrypt_blocks(blocks);
        }),
    )
}

fn cfb<C>() -> (InPlace, InPlace)
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = consts::U16> + KeyInit + Clone + 'static,
{
    let cipher = C::new_from_slice(&KEY[..C::key_size()]).unwrap();
    let other = cipher.clone();
    let iv = Array([7; 16]);
    (
        Box::new(move |data| cfb_mode::Encryptor::inner_iv_init(&cipher, &iv).encrypt(data)),
        Box::new(move |data| cfb_mode::Decryptor::inner_iv_init(&other, &iv).decrypt(data)),
    )
}

fn main() {
    println!("{:34} {:>9} {:>9} {:>6}", "", "ours", "raw", "ratio");
    for size in SIZES {
        for auth in AuthProtocol::ALL {
            for privacy in CIPHERS {
                seal(size, auth, privacy);
                open(size, auth, privacy);
            }
        }
    }
    messages();
    keys();
}

/// Nanoseconds of `ours` and of `raw`, each the best of many bursts that take turns.
fn fastest(mut ours: impl FnMut(), mut raw: impl FnMut()) -> [f64; 2] {
    let mut best = [f64::INFINITY; 2];
    let mut times = 1;
    for _ in 0..BURSTS {
        best[0] = best[0].min(burst(times, &mut ours));
        best[1] = best[1].min(burst(times, &mut raw));
        times = ((BURST_NANOSECONDS / best[0]) as u32).max(1);
    }
    best
}

/// Nanoseconds of one of `times` calls.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn burst(times: u32, function: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        function();
    }
    start.elapsed().as_nanos() as f64 / f64::from(times)
}

const BURSTS: u32 = 400;
const BURST_NANOSECONDS: f64 = 20_000.0;

fn print_pair(name: &str, [ours, raw]: [f64; 2]) {
    println!("{name:34} {ours:6.0} ns {raw:6.0} ns {:6.2}", ours / raw);
}

fn print_single(name: &str, function: impl FnMut()) {
    let [time, _] = fastest(function, || ());
    println!("{name:34} {time:6.0} ns");
}

/// Keys of a pair, the primitives of it, and octets that the cipher takes.
fn prepared(
    size: usize,
    auth: AuthProtocol,
    privacy: PrivProtocol,
) -> (AuthKey, PrivacyKey, Raw, Vec<u8>) {
    let local = LocalizedKey::new(auth, &engine_id(), &KEY[..auth.key_len()]).unwrap();
    let cipher = PrivacyKey::new(privacy, &KEY[..privacy.key_len()]).unwrap();
    let data = vec![0x30; size + cipher.padding(size)];
    (
        local.authentication(),
        cipher,
        Raw::new(auth, privacy),
        data,
    )
}

fn seal(size: usize, auth: AuthProtocol, privacy: PrivProtocol) {
    let field = FIELD..FIELD + auth.digest_len();
    let (authentication, cipher, raw, mut data) = prepared(size, auth, privacy);
    let mut raw_data = data.clone();
    let mut salts = Salts::new(1, 1);
    let times = fastest(
        || {
            let salt = salts.next(privacy).unwrap();
            cipher.encrypt(3, 1000, salt, black_box(&mut data)).unwrap();
            authentication.sign(&mut data, field.clone()).unwrap();
        },
        || {
            (raw.encrypt)(black_box(&mut raw_data));
            let digest = (raw.digest)(&raw_data);
            raw_data[field.clone()].copy_from_slice(&digest[..field.len()]);
        },
    );
    print_pair(&format!("seal {size} {auth}+{privacy}"), times);
}

fn open(size: usize, auth: AuthProtocol, privacy: PrivProtocol) {
    let field = FIELD..FIELD + auth.digest_len();
    let (authentication, cipher, raw, mut data) = prepared(size, auth, privacy);
    authentication.sign(&mut data, field.clone()).unwrap();
    let [mut plain, mut raw_plain] = [data.clone(), data.clone()];
    let times = fastest(
        || {
            let verified = authentication.verify(black_box(&data), field.clone());
            verified.unwrap();
            plain.clone_from(&data);
            cipher.decrypt(3, 1000, &[7; 8], &mut plain).unwrap();
        },
        || {
            black_box((raw.digest)(black_box(&data)));
            raw_plain.clone_from(&data);
            (raw.decrypt)(&mut raw_plain);
        },
    );
    print_pair(&format!("open {size} {auth}+{privacy}"), times);
}

/// A GET of five variables, SHA-1 and AES-128, from a PDU to a datagram and back.
fn messages() {
    let engine_id = engine_id();
    let auth = AuthProtocol::Sha1;
    let local = LocalizedKey::new(auth, &engine_id, &KEY[..auth.key_len()]).unwrap();
    let keys = UserKeys::auth_priv(local.authentication(), local.privacy(PrivProtocol::Aes128));
    let names = (1..=5).map(|column| (oid!(1.3.6.1.2.1.2.2.1).child(column).unwrap(), ()));
    let pdu = Pdu::new(PduKind::GetRequest, 1_395_348_582, names.collect());
    let outgoing = OutgoingMessage {
        message_id: 1_395_348_582,
        max_size: 65_507,
        reportable: true,
        engine_id: engine_id.octets(),
        boots: 3,
        time: 1000,
        user_name: b"operator",
        scoped_pdu: ScopedPdu {
            context_engine_id: engine_id.octets(),
            context_name: b"",
            pdu: pdu.as_ref(),
        },
    };
    let mut salts = Salts::new(1, 1);
    let mut datagram = Vec::new();
    for level in [SecurityLevel::NoAuthNoPriv, SecurityLevel::AuthPriv] {
        print_single(&format!("encode a GET {level}"), || {
            let protection = keys.protection(level, &mut salts).unwrap();
            outgoing.encode(protection, black_box(&mut datagram));
        });
    }
    let mut plain = Vec::with_capacity(datagram.len());
    print_single("decode a GET authPriv", || {
        let message = V3Message::decode(black_box(&datagram)).unwrap();
        let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
        let key = keys.authentication().unwrap();
        key.verify(&datagram, parameters.digest_field()).unwrap();
        let ScopedPduData::Encrypted(contents) = message.data else {
            return;
        };
        plain.clear();
        plain.extend_from_slice(contents.rest());
        let (boots, time) = (parameters.boots, parameters.time);
        let key = keys.privacy().unwrap();
        key.decrypt(boots, time, parameters.privacy, &mut plain)
            .unwrap();
        let scoped_pdu = ScopedPdu::decode_padded(Reader::new(&plain), 0).unwrap();
        black_box(scoped_pdu.pdu.request_id);
    });
    println!("{:34} {:6} octets", "that GET", datagram.len());
}

/// What a user costs when it is configured, and an engine when it is met.
fn keys() {
    let engine_id = engine_id();
    for auth in AuthProtocol::ALL {
        let mut best = f64::INFINITY;
        for _ in 0..10 {
            let mut derive = || {
                black_box(MasterKey::from_passphrase(
                    auth,
                    black_box(b"a pass phrase"),
                ))
                .unwrap();
            };
            best = best.min(burst(1, &mut derive));
        }
        println!("{:34} {best:6.0} ns", format!("pass phrase {auth}"));
        let master = MasterKey::from_passphrase(auth, b"a pass phrase").unwrap();
        print_single(&format!("localize {auth}+AES"), || {
            let local = master.localize(black_box(&engine_id));
            black_box((local.authentication(), local.privacy(PrivProtocol::Aes128)));
        });
    }
    println!(
        "{:34} {:6} octets, and the cipher's",
        "keys of a user at an engine",
        size_of::<UserKeys>()
    );
}
