//! Recordings of real devices, as agents.

use std::collections::BTreeMap;
use std::path::Path;

use deferred_snmp::mib::{Answer, ManagedObject, MibTree, ReadError};
use deferred_snmp::oid;
use deferred_snmp::smi::{IpAddress, ObjectIdentifier, Opaque, Value, VarBind};

/// The variables of a recording, in order. Lines that are no variable of SMIv2 are left out.
pub fn variables(path: &Path) -> Vec<VarBind> {
    let octets = std::fs::read(path).expect("a recording can be read");
    let mut found = BTreeMap::new();
    for line in octets.split(|octet| *octet == b'\n') {
        let mut fields = line.splitn(3, |octet| *octet == b'|');
        let (Some(name), Some(tag), Some(text)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let name: Option<ObjectIdentifier> = parse(name);
        if let (Some(name), Some(value)) = (name, value(tag, text)) {
            found.insert(name, value);
        }
    }
    found
        .into_iter()
        .map(|(name, value)| VarBind::new(name, value))
        .collect()
}

/// A tree of these variables.
pub fn tree(variables: &[VarBind]) -> MibTree {
    let mut tree = MibTree::new();
    for root in [oid!(0.0), oid!(1.0), oid!(1.2), oid!(1.3)] {
        let below = variables.iter().filter_map(|VarBind { name, value }| {
            let instance = name.strip_prefix(&root)?;
            Some((instance.collect(), value.clone()))
        });
        let recorded = Recorded(below.collect());
        tree.register(root, recorded).expect("names of their own");
    }
    tree
}

fn value(tag: &[u8], text: &[u8]) -> Option<Value> {
    let (tag, octets) = match tag.strip_suffix(b"x") {
        Some(tag) => (tag, from_hex(text)?),
        None => (tag, text.to_vec()),
    };
    Some(match tag {
        b"2" => Value::Integer(parse(&octets)?),
        b"4" => Value::from(octets),
        b"5" => Value::Null,
        b"6" => Value::ObjectIdentifier(parse(&octets)?),
        b"64" => match <[u8; 4]>::try_from(&octets[..]) {
            Ok(address) => Value::IpAddress(IpAddress::from(address)),
            Err(_) => Value::IpAddress(parse(&octets)?),
        },
        b"65" => Value::Counter32(parse(&octets)?),
        b"66" => Value::Gauge32(parse(&octets)?),
        b"67" => Value::TimeTicks(parse(&octets)?),
        b"68" => Opaque(octets).into(),
        b"70" => Value::Counter64(parse(&octets)?),
        _ => return None,
    })
}

fn parse<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

/// What lies below one root of a recording.
struct Recorded(BTreeMap<Vec<u32>, Value>);

impl ManagedObject for Recorded {
    fn get(&mut self, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let value = self.0.get(instance).ok_or(ReadError::NoSuchInstance)?;
        Ok(Answer::Borrowed(value.as_ref()))
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        use std::ops::Bound::{Excluded, Unbounded};

        let after = (Excluded(instance.as_slice()), Unbounded);
        let Some((next, _)) = self.0.range::<[u32], _>(after).next() else {
            return false;
        };
        instance.clone_from(next);
        true
    }
}
