//! Names, values and bindings as PySNMP's `prettyPrint` writes them.

use std::fmt;

use super::definition::NodeKind;
use super::index::{IndexPart, format_index};
use super::names::Names;
use super::syntax::{BaseType, Syntax};
use crate::smi::{OidRef, ValueRef, VarBindRef};

/// Prints an OBJECT IDENTIFIER as `MODULE::name.index`, or in dots when nothing is known of it.
///
/// The index is written as the INDEX clause of the table says: labels for enumerations, quotes around strings. What
/// does not fit that, and the tail below a node that is no object, is written in numbers.
#[derive(Clone, Copy)]
pub struct PrettyName<'a> {
    names: &'a dyn Names,
    oid: OidRef<'a>,
}

impl<'a> PrettyName<'a> {
    /// `oid` with the names that `names` knows.
    pub fn new(names: &'a dyn Names, oid: impl Into<OidRef<'a>>) -> Self {
        Self {
            names,
            oid: oid.into(),
        }
    }
}

impl fmt::Display for PrettyName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(node) = self.names.nearest(self.oid) else {
            return self.oid.fmt(f);
        };
        write!(f, "{}::{}", node.module(), node.name())?;
        let tail = self.oid.arcs().skip(node.arcs().len());
        let one_arc = tail.clone().nth(1).is_none();
        if node.kind() == NodeKind::Column && !(one_arc && is_plain_number(node.index())) {
            let arcs: Vec<u32> = tail.clone().collect();
            let mut index = String::new();
            if !arcs.is_empty() && format_index(node.index(), &arcs, &mut index)? {
                return write!(f, ".{index}");
            }
        }
        for arc in tail {
            write!(f, ".{arc}")?;
        }
        Ok(())
    }
}

/// Whether an index is one number without labels, much the most frequent kind, which needs no buffers to be written.
fn is_plain_number(index: &[IndexPart]) -> bool {
    let [part] = index else { return false };
    let number = matches!(
        part.syntax().base(),
        BaseType::Integer32 | BaseType::Gauge32 | BaseType::Counter32 | BaseType::TimeTicks
    );
    number && part.syntax().labels().is_empty()
}

impl fmt::Debug for PrettyName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Prints the value of a variable as its object's syntax says: labels, display hints, names for OBJECT IDENTIFIERs.
#[derive(Clone, Copy)]
pub struct PrettyValue<'a> {
    names: &'a dyn Names,
    oid: OidRef<'a>,
    value: ValueRef<'a>,
}

impl<'a> PrettyValue<'a> {
    /// `value` as a value of the variable `oid`.
    pub fn new(
        names: &'a dyn Names,
        oid: impl Into<OidRef<'a>>,
        value: impl Into<ValueRef<'a>>,
    ) -> Self {
        Self {
            names,
            oid: oid.into(),
            value: value.into(),
        }
    }
}

impl fmt::Display for PrettyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = self.names.nearest(self.oid);
        let Some(syntax) = node.and_then(|node| node.syntax()) else {
            return self.value.fmt(f);
        };
        match self.value {
            ValueRef::ObjectIdentifier(oid) if syntax.base() == BaseType::ObjectIdentifier => {
                PrettyName::new(self.names, oid).fmt(f)
            }
            value => syntax.display(value).fmt(f),
        }
    }
}

impl fmt::Debug for PrettyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Prints a variable binding as `name = value`.
///
/// ```
/// use deferred_snmp::mib::{Builtin, PrettyVarBind};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::VarBind;
///
/// let binding = VarBind::new(oid!(1.3.6.1.2.1.2.2.1.8.1), 2);
/// let text = PrettyVarBind::new(&Builtin, binding.as_ref()).to_string();
/// assert_eq!(text, "IF-MIB::ifOperStatus.1 = down");
/// ```
#[derive(Clone, Copy)]
pub struct PrettyVarBind<'a> {
    names: &'a dyn Names,
    binding: VarBindRef<'a>,
}

impl<'a> PrettyVarBind<'a> {
    /// `binding` with the names that `names` knows.
    pub fn new(names: &'a dyn Names, binding: VarBindRef<'a>) -> Self {
        Self { names, binding }
    }
}

impl fmt::Display for PrettyVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VarBindRef { name, value } = self.binding;
        PrettyName::new(self.names, name).fmt(f)?;
        f.write_str(" = ")?;
        PrettyValue::new(self.names, name, value).fmt(f)
    }
}

impl fmt::Debug for PrettyVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Syntax {
    /// The value as this syntax writes it: a label, by the display hint, or plainly.
    pub fn display<'a>(&'a self, value: ValueRef<'a>) -> SyntaxDisplay<'a> {
        SyntaxDisplay {
            syntax: self,
            value,
        }
    }
}

/// Prints a value as its [`Syntax`] writes it.
#[derive(Clone, Copy, Debug)]
pub struct SyntaxDisplay<'a> {
    syntax: &'a Syntax,
    value: ValueRef<'a>,
}

impl fmt::Display for SyntaxDisplay<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.syntax.format(self.value, f)? {
            Ok(())
        } else {
            self.value.fmt(f)
        }
    }
}
