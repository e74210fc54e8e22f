//! The SYNTAX of objects and textual conventions, with what they inherit.

use std::borrow::Cow;

use mib_rs::compile::ast::{self, Constraint, RangeValue, TypeSyntax};

use super::home::Home;
use super::modules::{Form, Key, Modules};
use super::resolve::DEEPEST;
use crate::names::definition::Lent;
use crate::names::syntax::{BaseType, Label, Syntax, Unseen};

macro_rules! primitives {
    ($($constant:ident $name:literal $base:ident;)+) => {
        $(static $constant: Syntax = Syntax::new($name, BaseType::$base);)+

        /// The types that need no definition, by the names of SMIv1 and SMIv2.
        fn primitive(name: &str) -> Option<&'static Syntax> {
            match name {
                $($name => Some(&$constant),)+
                _ => None,
            }
        }
    };
}

primitives! {
    INTEGER "INTEGER" Integer32;
    INTEGER32 "Integer32" Integer32;
    OCTET_STRING "OCTET STRING" OctetString;
    OBJECT_IDENTIFIER "OBJECT IDENTIFIER" ObjectIdentifier;
    BITS "BITS" Bits;
    IP_ADDRESS "IpAddress" IpAddress;
    NETWORK_ADDRESS "NetworkAddress" IpAddress;
    COUNTER "Counter" Counter32;
    COUNTER32 "Counter32" Counter32;
    GAUGE "Gauge" Gauge32;
    GAUGE32 "Gauge32" Gauge32;
    UNSIGNED32 "Unsigned32" Gauge32;
    UINTEGER32 "UInteger32" Gauge32;
    TIME_TICKS "TimeTicks" TimeTicks;
    OPAQUE "Opaque" Opaque;
    COUNTER64 "Counter64" Counter64;
}

impl Modules {
    /// The syntax that is written as `written` in a module; `None` for rows, tables and what is not known.
    pub(super) fn syntax(
        &self,
        key: Key,
        written: &TypeSyntax,
        depth: usize,
    ) -> Option<Lent<Syntax>> {
        let depth = depth.checked_sub(1)?;
        match written {
            TypeSyntax::TypeRef(name) => self.named_syntax(key, &name.name, depth),
            TypeSyntax::OctetString { .. } => Some(Lent::Static(&OCTET_STRING)),
            TypeSyntax::ObjectIdentifier { .. } => Some(Lent::Static(&OBJECT_IDENTIFIER)),
            TypeSyntax::Tagged { underlying, .. } => self.syntax(key, underlying, depth),
            TypeSyntax::IntegerEnum {
                base,
                named_numbers,
                ..
            } => {
                let base = base.as_ref().map_or("INTEGER", |base| base.name.as_str());
                let base = self
                    .named_syntax(key, base, depth)
                    .unwrap_or(Lent::Static(&INTEGER));
                Some(base.with_labels(self.labels(key, named_numbers)).into())
            }
            TypeSyntax::Bits { named_bits, .. } => {
                Some(BITS.with_labels(self.labels(key, named_bits)).into())
            }
            TypeSyntax::Constrained {
                base, constraint, ..
            } => {
                let base = self.syntax(key, base, depth)?;
                let (Constraint::Size { ranges, .. } | Constraint::Range { ranges, .. }) =
                    constraint;
                Some(base.with_ranges(limits(ranges)).into())
            }
            // NetworkAddress of SMIv1 is the only one.
            TypeSyntax::Choice { .. } => Some(Lent::Static(&NETWORK_ADDRESS)),
            TypeSyntax::Sequence { .. } | TypeSyntax::SequenceOf { .. } => None,
        }
    }

    /// The built-in type that a type of a module is made of, by the name that its definition uses: `Integer32` and
    /// `INTEGER` are told apart, as are `Gauge32` and `Unsigned32`. `None` if it is not known.
    pub fn primitive_type(&self, module: &str, name: &str) -> Option<&'static str> {
        let mut key = self.locate(module)?;
        let mut name = name;
        for _ in 0..DEEPEST {
            if let Some(primitive) = primitive(name) {
                return Some(primitive.name());
            }
            let at = match self.home(key, name)? {
                Home::Builtin(module, _) => {
                    return module.syntax(name).map(|syntax| syntax.base().name());
                }
                Home::Parsed(home, at) => {
                    key = home;
                    at
                }
            };
            let Form::Parsed(parsed) = self.form(key) else {
                return None;
            };
            let mut written = match &parsed.ast.body[at] {
                ast::Definition::TextualConvention(convention) => &convention.syntax.syntax,
                ast::Definition::TypeAssignment(assignment) => &assignment.syntax,
                _ => return None,
            };
            name = loop {
                match written {
                    TypeSyntax::Constrained { base, .. } => written = base,
                    TypeSyntax::Tagged { underlying, .. } => written = underlying,
                    TypeSyntax::TypeRef(name) => break &name.name,
                    TypeSyntax::IntegerEnum { base, .. } => {
                        break base.as_ref().map_or("INTEGER", |base| &base.name);
                    }
                    TypeSyntax::OctetString { .. } => return Some("OCTET STRING"),
                    TypeSyntax::ObjectIdentifier { .. } => return Some("OBJECT IDENTIFIER"),
                    TypeSyntax::Bits { .. } => return Some("BITS"),
                    TypeSyntax::Choice { .. } => return Some("NetworkAddress"),
                    TypeSyntax::Sequence { .. } | TypeSyntax::SequenceOf { .. } => return None,
                }
            };
        }
        None
    }

    fn labels(&self, key: Key, written: &[ast::NamedNumber]) -> Vec<Label> {
        let label = |named: &ast::NamedNumber| {
            let number = i32::try_from(named.value).ok()?;
            let name = &named.name.name;
            let name = match self.form(key) {
                Form::Parsed(parsed) => parsed.labels.get(name).unwrap_or(name),
                Form::Builtin(_) => name,
            };
            Some(Label::owned(name.clone(), number))
        };
        written.iter().filter_map(label).collect()
    }

    fn named_syntax(&self, key: Key, name: &str, depth: usize) -> Option<Lent<Syntax>> {
        if let Some(primitive) = primitive(name) {
            return Some(Lent::Static(primitive));
        }
        let syntax = match self.home(key, name)? {
            Home::Builtin(module, _) => module.syntax(name).cloned(),
            Home::Parsed(key, at) => self.type_at(key, at, depth),
        };
        if self.imports_type(key, name) {
            syntax
        } else {
            syntax.map(|syntax| syntax.not_imported().into())
        }
    }

    /// Whether a module defines a type or imports it from where it is defined.
    fn imports_type(&self, key: Key, name: &str) -> bool {
        let imported = || match self.form(key) {
            Form::Builtin(_) => None,
            Form::Parsed(parsed) => self.own(self.locate_renamed(parsed.origin(name)?)?, name),
        };
        self.own(key, name).or_else(imported).is_some()
    }

    /// The type that the definition `at` of a module gives a name.
    pub(super) fn type_at(&self, key: Key, at: usize, depth: usize) -> Option<Lent<Syntax>> {
        let Form::Parsed(parsed) = self.form(key) else {
            return None;
        };
        if let Some(known) = parsed.types.borrow().get(&at) {
            return known.clone();
        }
        let syntax = match &parsed.ast.body[at] {
            ast::Definition::TextualConvention(convention) => {
                let written = &convention.syntax.syntax;
                let hint = convention.display_hint.as_ref().map(|hint| &*hint.value);
                self.syntax(key, written, depth)
                    .map(|base| base.renamed(&convention.name.name, hint, unseen(written)))
            }
            ast::Definition::TypeAssignment(assignment) => {
                let name = &assignment.name.name;
                match primitive(name) {
                    Some(primitive) => Some(primitive.clone()),
                    None => {
                        let written = &assignment.syntax;
                        self.syntax(key, written, depth)
                            .map(|base| base.renamed(name, None, unseen(written)))
                            .map(|syntax| syntax.defined_in(&parsed.name))
                    }
                }
            }
            _ => None,
        };
        let syntax = syntax.map(Lent::from);
        if depth > DEEPEST / 2 || syntax.is_some() {
            parsed.types.borrow_mut().insert(at, syntax.clone());
        }
        syntax
    }
}

/// What Net-SNMP does not see of a type that is written so: what it has from a type with a name of its own.
fn unseen(written: &TypeSyntax) -> Unseen {
    let of_named = |name: &ast::Ident| match primitive(&name.name) {
        Some(_) => Unseen::NOTHING,
        None => Unseen::ALL_BUT_BASE,
    };
    match written {
        TypeSyntax::TypeRef(name) => of_named(name),
        TypeSyntax::Tagged { underlying, .. } => unseen(underlying),
        TypeSyntax::Constrained { base, .. } => Unseen {
            ranges: false,
            ..unseen(base)
        },
        TypeSyntax::IntegerEnum { base, .. } => Unseen {
            ranges: false,
            labels: false,
            ..base.as_ref().map_or(Unseen::NOTHING, of_named)
        },
        _ => Unseen::NOTHING,
    }
}

/// The limits as pairs; none where one cannot be told.
fn limits(written: &[ast::Range]) -> Vec<(i64, i64)> {
    let number = |value: &RangeValue, named: i64| match value {
        RangeValue::Signed(number) => Some(*number),
        RangeValue::Unsigned(number) => Some(i64::try_from(*number).unwrap_or(i64::MAX)),
        RangeValue::Named(_) => Some(named),
        RangeValue::Raw(_) => None,
    };
    let pair = |range: &ast::Range| {
        let low = number(&range.min, i64::from(i32::MIN))?;
        let high = match &range.max {
            Some(max) => number(max, i64::from(u32::MAX))?,
            None => low,
        };
        (low <= high).then_some((low, high))
    };
    let limits: Option<Vec<_>> = written.iter().map(pair).collect();
    limits.unwrap_or_default()
}

/// The types of a module, for its table.
pub(super) type NamedTypes = Vec<(Cow<'static, str>, Lent<Syntax>)>;
