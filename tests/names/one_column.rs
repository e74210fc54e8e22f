//! A module of one column, with an index of any kind.

use deferred_snmp::names::{BaseType, Definition, IndexPart, Label, Names, Node, NodeKind, Syntax};

/// A module of one column.
pub(crate) struct OneColumn(Definition);

pub(crate) const COLUMN: [u32; 10] = [1, 3, 6, 1, 4, 1, 99, 1, 1, 2];

impl OneColumn {
    pub(crate) fn new(index: Vec<IndexPart>) -> Self {
        let column = Definition::new("cell", COLUMN, NodeKind::Column);
        let syntax = Syntax::new("INTEGER", BaseType::Integer32);
        Self(column.with_syntax(syntax).with_index(index))
    }

    pub(crate) fn node(&self) -> Node<'_> {
        Node::new("TEST-MIB", &self.0)
    }
}

impl Names for OneColumn {
    fn modules(&self) -> Vec<&str> {
        vec!["TEST-MIB"]
    }

    fn has_module(&self, module: &str) -> bool {
        module == "TEST-MIB"
    }

    fn find(&self, _: Option<&str>, symbol: &str) -> Option<Node<'_>> {
        (symbol == "cell").then(|| self.node())
    }

    fn at_or_above(&self, arcs: &[u32]) -> Option<Node<'_>> {
        arcs.starts_with(&COLUMN).then(|| self.node())
    }

    fn at_or_after(&self, arcs: &[u32]) -> Option<Node<'_>> {
        (arcs <= &COLUMN[..]).then(|| self.node())
    }

    fn edge(&self, _: &str, _: bool) -> Option<Node<'_>> {
        None
    }
}

pub(crate) fn syntax(
    name: &str,
    base: BaseType,
    ranges: &[(i64, i64)],
    labels: &[(&'static str, i32)],
    hint: Option<&str>,
) -> Syntax {
    let labels = labels
        .iter()
        .map(|&(name, number)| Label::new(name, number))
        .collect();
    Syntax::owned(
        name.to_owned(),
        base,
        ranges.to_vec(),
        labels,
        hint.map(str::to_owned),
    )
}

/// A syntax of each kind that an index can have.
pub(crate) fn syntaxes() -> Vec<Syntax> {
    use BaseType::{
        Bits, Counter32, Gauge32, Integer32, IpAddress, ObjectIdentifier as Oid,
        OctetString as Octets, Opaque, TimeTicks,
    };
    let labels = [
        ("up", 1),
        ("down", 2),
        ("up", 3),
        ("7", 4),
        ("a.b", 5),
        ("10g", 6),
    ];
    let kinds = [
        ("unknown", 0),
        ("ipv4", 1),
        ("ipv6", 2),
        ("ipv4z", 3),
        ("ipv6z", 4),
        ("dns", 16),
    ];
    let mut syntaxes = vec![
        syntax("Integer32", Integer32, &[], &[], None),
        syntax("Integer32", Integer32, &[(1, 9)], &[], Some("x")),
        syntax("INTEGER", Integer32, &[], &labels, None),
        syntax("InetAddressType", Integer32, &[], &kinds, None),
        syntax("InetAddress", Octets, &[(0, 255)], &[], None),
        syntax("Unsigned32", Gauge32, &[], &[], Some("d-2")),
        syntax("Counter32", Counter32, &[], &[], None),
        syntax("TimeTicks", TimeTicks, &[], &[], None),
        syntax("IpAddress", IpAddress, &[], &[], None),
        syntax("OBJECT IDENTIFIER", Oid, &[], &[], None),
        syntax("OCTET STRING", Octets, &[], &[], None),
        syntax("OCTET STRING", Octets, &[(0, 0), (2, 5)], &[], None),
        syntax("OCTET STRING", Octets, &[(2, 2)], &[], None),
        syntax("Opaque", Opaque, &[], &[], None),
        syntax("BITS", Bits, &[], &[("first", 0)], None),
    ];
    let hints = [
        "255a",
        "255t",
        "1a",
        "2a.",
        "1x:",
        "2x:",
        "1x",
        "1x1x",
        "1d.1d.1d.1d",
        "1d",
        "1d-1d",
        "*1d./1a",
        "*1x:",
        "0a[2x:2x]0a:2d",
        "0a",
        "",
        "1a1d:1d",
        "2d-1d-1d,1d:1d:1d.1d,1a1d:1d",
        "1dx",
        "1o ",
        "1x\"",
        "1d\\1d",
        "4d.4d",
        "no hint",
    ];
    for hint in hints {
        syntaxes.push(syntax("Text", Octets, &[], &[], Some(hint)));
        syntaxes.push(syntax("Text", Octets, &[(6, 6)], &[], Some(hint)));
    }
    syntaxes
}
