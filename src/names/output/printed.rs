//! What is printed: a binding, a name or a value.

use std::fmt;

use super::name::append_name;
use super::options::OutputOptions;
use super::value::append_value;
use crate::names::{Names, NamesExt};
use crate::smi::{OidRef, ValueRef, VarBindRef};

impl OutputOptions {
    /// Prints a binding as `name = value`.
    pub fn var_bind<'a>(&'a self, names: &'a dyn Names, binding: VarBindRef<'a>) -> Printed<'a> {
        Printed {
            options: self,
            names,
            name: binding.name,
            what: if self.bare_value {
                What::Value(binding.value)
            } else {
                What::VarBind(binding.value)
            },
        }
    }

    /// Prints a name.
    pub fn name<'a>(&'a self, names: &'a dyn Names, name: impl Into<OidRef<'a>>) -> Printed<'a> {
        Printed {
            options: self,
            names,
            name: name.into(),
            what: What::Name,
        }
    }

    /// Prints the value of the variable `name`.
    pub fn value<'a>(
        &'a self,
        names: &'a dyn Names,
        name: impl Into<OidRef<'a>>,
        value: impl Into<ValueRef<'a>>,
    ) -> Printed<'a> {
        Printed {
            options: self,
            names,
            name: name.into(),
            what: What::Value(value.into()),
        }
    }
}

/// Something to print in Net-SNMP's style; made by [`OutputOptions`].
///
/// The output is octets: text in an agent's strings need not be UTF-8. [`append_to`](Self::append_to) gives them as
/// they are; `Display` replaces what is no UTF-8 and costs an allocation. Control characters come as the tools print them,
/// raw for the most part: what goes to a terminal is better printed by [`PrettyVarBind`](crate::names::PrettyVarBind).
#[derive(Clone, Copy)]
pub struct Printed<'a> {
    options: &'a OutputOptions,
    names: &'a dyn Names,
    name: OidRef<'a>,
    what: What<'a>,
}

#[derive(Clone, Copy)]
enum What<'a> {
    Name,
    Value(ValueRef<'a>),
    VarBind(ValueRef<'a>),
}

impl Printed<'_> {
    /// Appends the octets of what is printed, without a line feed at the end. Allocates only as `output` grows.
    pub fn append_to(&self, output: &mut Vec<u8>) {
        let Self {
            options,
            names,
            name,
            what,
        } = *self;
        match what {
            What::Name => {
                append_name(options, names, name, output);
            }
            What::Value(value) => {
                append_value(options, names, names.nearest(name), value, output);
            }
            What::VarBind(value) => {
                let node = append_name(options, names, name, output);
                let equals = options.equal_signs || !options.quick;
                output.extend_from_slice(if equals { b" = " } else { b" " });
                append_value(options, names, node, value, output);
            }
        }
    }
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Long enough for most bindings.
        let mut output = Vec::with_capacity(128);
        self.append_to(&mut output);
        f.write_str(&String::from_utf8_lossy(&output))
    }
}

impl fmt::Debug for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
