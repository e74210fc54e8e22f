//! Recordings of real devices, as agents.

use std::collections::BTreeMap;
use std::path::Path;

use deferred_snmp::objects::{Advance, Answer, Asker, ManagedObject, MibTree, ReadError};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::{
    IpAddress, ObjectIdentifier, OidRef, Opaque, Value, ValueRef, VarBind, VarBindList,
};

/// The variables of a recording, sorted, each once. Lines that are no variable of SMIv2 are left out.
pub fn variables(path: &Path) -> Vec<VarBind> {
    let lines = lines(path).into_iter();
    let found: BTreeMap<_, _> = lines.map(|line| (line.name, line.value)).collect();
    found
        .into_iter()
        .map(|(name, value)| VarBind::new(name, value))
        .collect()
}

/// The variables of a recording as its lines have them: out of order and repeated where the device had them so.
pub fn lines(path: &Path) -> Vec<VarBind> {
    let octets = std::fs::read(path).expect("a recording can be read");
    let mut found = Vec::new();
    for line in octets.split(|octet| *octet == b'\n') {
        let mut fields = line.splitn(3, |octet| *octet == b'|');
        let (Some(name), Some(tag), Some(text)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let name: Option<ObjectIdentifier> = parse(name);
        if let (Some(name), Some(value)) = (name, value(tag, text)) {
            found.push(VarBind::new(name, value));
        }
    }
    found
}

/// A device that keeps the order of its lines, as snmpsim does: what follows a name is the line after the last one that
/// has it, and if none has it, the first one with a higher name.
pub struct InOrder {
    lines: Vec<VarBind>,
    places: BTreeMap<ObjectIdentifier, usize>,
}

impl InOrder {
    pub fn new(lines: Vec<VarBind>) -> Self {
        let names = lines.iter().map(|line| line.name.clone());
        let places = names.zip(0..).collect();
        Self { lines, places }
    }

    fn after(&self, name: OidRef<'_>) -> usize {
        match self.places.get(&name.into()) {
            Some(place) => place + 1,
            None => self
                .lines
                .iter()
                .position(|line| line.name > name)
                .unwrap_or(self.lines.len()),
        }
    }

    /// The answer to a GETNEXT or GETBULK of version 2.
    pub fn answer(&self, request: &Pdu) -> Pdu {
        let repetitions = request.bulk().map_or(1, |bulk| bulk.max_repetitions);
        let names = request.var_binds.iter().map(|v| v.name);
        let mut at: Vec<usize> = names.clone().map(|name| self.after(name)).collect();
        let mut last: Vec<OidRef<'_>> = names.collect();
        let mut var_binds = VarBindList::new();
        for _ in 0..repetitions {
            for (at, last) in at.iter_mut().zip(&mut last) {
                let value = match self.lines.get(*at) {
                    Some(line) => {
                        *at += 1;
                        *last = line.name.as_ref();
                        line.value.as_ref()
                    }
                    None => ValueRef::EndOfMibView,
                };
                var_binds.push(*last, value);
            }
            if at.iter().all(|at| *at == self.lines.len()) {
                break;
            }
        }
        Pdu::new(PduKind::Response, 0, var_binds)
    }
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
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let value = self.0.get(instance).ok_or(ReadError::NoSuchInstance)?;
        Ok(Answer::Borrowed(value.as_ref()))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        use std::ops::Bound::{Excluded, Unbounded};

        let after = (Excluded(instance.as_slice()), Unbounded);
        let Some((next, _)) = self.0.range::<[u32], _>(after).next() else {
            return Advance::End;
        };
        instance.clone_from(next);
        Advance::Found
    }
}
