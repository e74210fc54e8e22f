//! Words of a definition, from mib-rs's types to ours.

use std::borrow::Cow;
use std::collections::HashMap;

use mib_rs::compile::ast::{self, DefVal, OidComponent};
use mib_rs::types;

use crate::names::definition::{Access, Status};

pub(super) fn access(access: types::Access) -> Option<Access> {
    Some(match access {
        types::Access::NotAccessible => Access::NotAccessible,
        types::Access::AccessibleForNotify => Access::AccessibleForNotify,
        types::Access::ReadOnly => Access::ReadOnly,
        types::Access::ReadWrite => Access::ReadWrite,
        types::Access::ReadCreate => Access::ReadCreate,
        types::Access::WriteOnly => Access::WriteOnly,
        types::Access::NotImplemented => return None,
    })
}

pub(super) fn status(status: types::Status) -> Status {
    match status {
        types::Status::Current => Status::Current,
        types::Status::Deprecated => Status::Deprecated,
        types::Status::Obsolete => Status::Obsolete,
        types::Status::Mandatory => Status::Mandatory,
        types::Status::Optional => Status::Optional,
    }
}

pub(super) fn text(text: Option<&ast::QuotedString>) -> Cow<'static, str> {
    text.map_or(Cow::Borrowed(""), |text| Cow::Owned(text.value.clone()))
}

/// A DEFVAL as it is written; `labels` are those that other names stand for in it.
pub(super) fn default(value: &DefVal, labels: &HashMap<String, String>) -> String {
    let label = |name: &ast::Ident| labels.get(&name.name).unwrap_or(&name.name).clone();
    match value {
        DefVal::Integer(number) => number.to_string(),
        DefVal::Unsigned(number) => number.to_string(),
        DefVal::String(text) => format!("\"{}\"", text.value),
        DefVal::Identifier(name) => label(name),
        DefVal::Bits { labels, .. } => {
            let labels: Vec<_> = labels.iter().map(label).collect();
            format!("{{ {} }}", labels.join(", "))
        }
        DefVal::HexString { content, .. } => format!("'{content}'H"),
        DefVal::BinaryString { content, .. } => format!("'{content}'B"),
        DefVal::ObjectIdentifier { components, .. } => {
            let components: Vec<_> = components.iter().map(component).collect();
            format!("{{ {} }}", components.join(" "))
        }
        DefVal::Unparsed { .. } => String::new(),
    }
}

fn component(component: &OidComponent) -> String {
    match component {
        OidComponent::Number { value, .. } => value.to_string(),
        OidComponent::Name(name) => name.name.clone(),
        OidComponent::NamedNumber { name, num, .. } => format!("{}({num})", name.name),
        OidComponent::QualifiedName {
            module_name, name, ..
        } => format!("{}.{}", module_name.name, name.name),
        OidComponent::QualifiedNamedNumber {
            module_name,
            name,
            num,
            ..
        } => format!("{}.{}({num})", module_name.name, name.name),
    }
}
