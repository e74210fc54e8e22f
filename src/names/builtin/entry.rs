//! The form of the static tables.

use std::borrow::Cow;

use crate::names::definition::{Access, Definition, Details, Lent, Macro, NodeKind, Status};
use crate::names::syntax::Syntax;

/// `Some` of what is given, or `None`.
macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

/// A module as constants: its syntaxes, what few definitions have, its definitions as they stand in the tree, their
/// positions in the order of their names, and its types.
///
/// What may be missing stands in brackets, or behind all else, as a DEFVAL does.
macro_rules! table {
    ($module:literal
     syntaxes { $($syntax:ident $type:literal $base:ident [$(($low:literal $high:literal))*]
        [$($label:literal $number:literal)*] [$($hint:literal)?])* }
     details { $($details:ident [$(($form:ident $part:literal $of:ident))*] [$(($row_module:literal $row:literal))?]
        [$(($object_module:literal $object:literal))*] $units:literal $($default:literal)?)* }
     definitions { $($name:literal [$($arc:literal)+] $kind:ident $macro:ident [$($access:ident)?] [$($status:ident)?]
        [$($its_syntax:ident)?] $its_details:ident)* }
     names { $($position:literal)* }
     types { $($type_name:literal $its_type:ident)* }) => {
        $(static $syntax: $crate::names::syntax::Syntax = $crate::names::syntax::Syntax::compiled_in(
            $module,
            $type,
            $crate::names::syntax::BaseType::$base,
            &[$(($low, $high)),*],
            const { &[$($crate::names::syntax::Label::new($label, $number)),*] },
            optional!($($hint)?),
        );)*
        $(static $details: $crate::names::definition::Details = $crate::names::definition::Details::from_static(
            const { &[$($crate::names::index::IndexPart::$form($part, &$of)),*] },
            optional!($($crate::names::definition::Symbol::new($row_module, $row))?),
            const { &[$($crate::names::definition::Symbol::new($object_module, $object)),*] },
            $units,
            concat!($($default)?),
        );)*
        pub(super) static MODULE: $crate::names::module::Module = $crate::names::module::Module {
            name: std::borrow::Cow::Borrowed($module),
            definitions: std::borrow::Cow::Borrowed(const { &[$($crate::names::builtin::entry::definition(
                $name,
                &[$($arc),+],
                $crate::names::definition::NodeKind::$kind,
                $crate::names::definition::Macro::$macro,
                optional!($($crate::names::definition::Access::$access)?),
                optional!($($crate::names::definition::Status::$status)?),
                optional!($(&$its_syntax)?),
                &$its_details,
            )),*] }),
            by_name: std::borrow::Cow::Borrowed(&[$($position),*]),
            types: std::borrow::Cow::Borrowed(const { &[
                $((std::borrow::Cow::Borrowed($type_name), $crate::names::definition::Lent::Static(&$its_type))),*
            ] }),
        };
    };
}

/// Where the definitions stand in the tree: module and position.
macro_rules! places {
    ($($module:literal $position:literal,)*) => {
        pub(in crate::names) static PLACES: &[(u8, u16)] = &[$(($module, $position)),*];
    };
}

pub(super) use {optional, places, table};

#[expect(
    clippy::too_many_arguments,
    reason = "called by the tables, which name nothing"
)]
pub(super) const fn definition(
    name: &'static str,
    arcs: &'static [u32],
    kind: NodeKind,
    defined_by: Macro,
    access: Option<Access>,
    status: Option<Status>,
    syntax: Option<&'static Syntax>,
    details: &'static Details,
) -> Definition {
    Definition {
        name: Cow::Borrowed(name),
        arcs: Cow::Borrowed(arcs),
        kind,
        defined_by,
        access,
        status,
        syntax: match syntax {
            Some(syntax) => Some(Lent::Static(syntax)),
            None => None,
        },
        details: Lent::Static(details),
        hidden: false,
    }
}
