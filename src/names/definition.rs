//! What a MIB module says of one name, whether it was compiled in or read from a file.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::index::IndexPart;
use super::syntax::Syntax;

/// What a node of a MIB module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// A name and nothing else: MODULE-IDENTITY, OBJECT-IDENTITY, OBJECT IDENTIFIER.
    Node,
    /// An object with one instance.
    Scalar,
    /// A conceptual table.
    Table,
    /// A conceptual row.
    Row,
    /// A column of a table.
    Column,
    /// A NOTIFICATION-TYPE or TRAP-TYPE.
    Notification,
    /// An OBJECT-GROUP or NOTIFICATION-GROUP.
    Group,
    /// A MODULE-COMPLIANCE.
    Compliance,
    /// An AGENT-CAPABILITIES.
    Capabilities,
}

/// The macro that a name is defined with (RFC 2578, RFC 2580, RFC 1215).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the macros of RFC 2578, RFC 2580 and RFC 1215 are closed"
)]
pub enum Macro {
    /// None: an OBJECT IDENTIFIER value.
    ObjectIdentifier,
    /// MODULE-IDENTITY.
    ModuleIdentity,
    /// OBJECT-IDENTITY.
    ObjectIdentity,
    /// OBJECT-TYPE.
    ObjectType,
    /// NOTIFICATION-TYPE.
    NotificationType,
    /// TRAP-TYPE of SMIv1.
    TrapType,
    /// OBJECT-GROUP.
    ObjectGroup,
    /// NOTIFICATION-GROUP.
    NotificationGroup,
    /// MODULE-COMPLIANCE.
    ModuleCompliance,
    /// AGENT-CAPABILITIES.
    AgentCapabilities,
}

impl Macro {
    /// The word of the standard: `OBJECT-TYPE`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ObjectIdentifier => "OBJECT IDENTIFIER",
            Self::ModuleIdentity => "MODULE-IDENTITY",
            Self::ObjectIdentity => "OBJECT-IDENTITY",
            Self::ObjectType => "OBJECT-TYPE",
            Self::NotificationType => "NOTIFICATION-TYPE",
            Self::TrapType => "TRAP-TYPE",
            Self::ObjectGroup => "OBJECT-GROUP",
            Self::NotificationGroup => "NOTIFICATION-GROUP",
            Self::ModuleCompliance => "MODULE-COMPLIANCE",
            Self::AgentCapabilities => "AGENT-CAPABILITIES",
        }
    }
}

/// What may be done with an object (RFC 2578 section 7.3, RFC 1212).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the values of RFC 2578 section 7.3 and RFC 1212 are closed"
)]
pub enum Access {
    /// Nothing: tables, rows, and objects that only stand in an index.
    NotAccessible,
    /// Sent in notifications only.
    AccessibleForNotify,
    /// Read.
    ReadOnly,
    /// Read and written.
    ReadWrite,
    /// Read, written, and created.
    ReadCreate,
    /// Written only (SMIv1).
    WriteOnly,
}

impl Access {
    /// The word of the standard: `read-only`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAccessible => "not-accessible",
            Self::AccessibleForNotify => "accessible-for-notify",
            Self::ReadOnly => "read-only",
            Self::ReadWrite => "read-write",
            Self::ReadCreate => "read-create",
            Self::WriteOnly => "write-only",
        }
    }
}

/// Whether a definition is still to be used (RFC 2578 section 7.4, RFC 1212).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the values of RFC 2578 section 7.4 and RFC 1212 are closed"
)]
pub enum Status {
    /// Valid.
    Current,
    /// Valid, and to be replaced.
    Deprecated,
    /// No longer valid.
    Obsolete,
    /// Valid (SMIv1).
    Mandatory,
    /// Valid, need not be implemented (SMIv1).
    Optional,
}

impl Status {
    /// The word of the standard: `current`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Deprecated => "deprecated",
            Self::Obsolete => "obsolete",
            Self::Mandatory => "mandatory",
            Self::Optional => "optional",
        }
    }
}

/// A name in another definition: a member of a notification, the row that is augmented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    module: Cow<'static, str>,
    name: Cow<'static, str>,
}

impl Symbol {
    /// A symbol of a compiled-in table.
    pub const fn new(module: &'static str, name: &'static str) -> Self {
        Self {
            module: Cow::Borrowed(module),
            name: Cow::Borrowed(name),
        }
    }

    /// A symbol of a module read at run time.
    pub const fn owned(module: String, name: String) -> Self {
        Self {
            module: Cow::Owned(module),
            name: Cow::Owned(name),
        }
    }

    /// The module that defines it.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Something that many definitions have in common, compiled in or read at run time.
#[derive(Debug)]
pub(super) enum Lent<T: ?Sized + 'static> {
    Static(&'static T),
    Shared(Arc<T>),
}

impl<T: ?Sized> Clone for Lent<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(value) => Self::Static(value),
            Self::Shared(value) => Self::Shared(Arc::clone(value)),
        }
    }
}

impl<T: ?Sized> Deref for Lent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(value) => value,
            Self::Shared(value) => value,
        }
    }
}

impl<T> From<T> for Lent<T> {
    fn from(value: T) -> Self {
        Self::Shared(Arc::new(value))
    }
}

impl<T> From<Vec<T>> for Lent<[T]> {
    fn from(values: Vec<T>) -> Self {
        if values.is_empty() {
            return Self::Static(&[]);
        }
        Self::Shared(values.into())
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Lent<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: ?Sized + Eq> Eq for Lent<T> {}

/// What few definitions have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) index: Lent<[IndexPart]>,
    pub(super) augments: Option<Symbol>,
    pub(super) objects: Cow<'static, [Symbol]>,
    pub(super) units: Cow<'static, str>,
    pub(super) default: Cow<'static, str>,
    pub(super) description: Cow<'static, str>,
}

impl Details {
    pub(super) const NONE: Self = Self::from_static(&[], None, &[], "", "");

    pub(super) const fn from_static(
        index: &'static [IndexPart],
        augments: Option<Symbol>,
        objects: &'static [Symbol],
        units: &'static str,
        default: &'static str,
    ) -> Self {
        Self {
            index: Lent::Static(index),
            augments,
            objects: Cow::Borrowed(objects),
            units: Cow::Borrowed(units),
            default: Cow::Borrowed(default),
            description: Cow::Borrowed(""),
        }
    }
}

pub(super) static NO_DETAILS: Details = Details::NONE;

/// What a module says of one name: a record of a compiled-in table, or of a file that was read.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(super) name: Cow<'static, str>,
    pub(super) arcs: Cow<'static, [u32]>,
    pub(super) kind: NodeKind,
    pub(super) defined_by: Macro,
    pub(super) access: Option<Access>,
    pub(super) status: Option<Status>,
    pub(super) syntax: Option<Lent<Syntax>>,
    pub(super) details: Lent<Details>,
    /// Whether the module gives its name to another place, too, which is the one that is found by it.
    pub(super) hidden: bool,
}

impl Definition {
    /// A name at a place in the tree, for a [`Names`](super::Names) of your own.
    pub fn new(name: impl Into<String>, arcs: impl Into<Vec<u32>>, kind: NodeKind) -> Self {
        Self {
            name: Cow::Owned(name.into()),
            arcs: Cow::Owned(arcs.into()),
            kind,
            defined_by: match kind {
                NodeKind::Node => Macro::ObjectIdentifier,
                NodeKind::Scalar | NodeKind::Table | NodeKind::Row | NodeKind::Column => {
                    Macro::ObjectType
                }
                NodeKind::Notification => Macro::NotificationType,
                NodeKind::Group => Macro::ObjectGroup,
                NodeKind::Compliance => Macro::ModuleCompliance,
                NodeKind::Capabilities => Macro::AgentCapabilities,
            },
            access: None,
            status: None,
            syntax: None,
            details: Lent::Static(&NO_DETAILS),
            hidden: false,
        }
    }

    /// With the SYNTAX of its values.
    #[must_use]
    pub fn with_syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = Some(syntax.into());
        self
    }

    /// With the INDEX of its row.
    #[must_use]
    pub fn with_index(mut self, index: Vec<IndexPart>) -> Self {
        let mut details = (*self.details).clone();
        details.index = index.into();
        self.details = details.into();
        self
    }

    /// With the members of a notification or group.
    #[must_use]
    pub fn with_objects(mut self, objects: Vec<Symbol>) -> Self {
        let mut details = (*self.details).clone();
        details.objects = Cow::Owned(objects);
        self.details = details.into();
        self
    }
}

/// A node of a MIB module, borrowed from the [`Names`](super::Names) that knows it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    module: &'a str,
    definition: &'a Definition,
}

impl<'a> Node<'a> {
    /// What `module` says of a name.
    pub const fn new(module: &'a str, definition: &'a Definition) -> Self {
        Self { module, definition }
    }

    /// The module that defines it.
    pub const fn module(self) -> &'a str {
        self.module
    }

    /// Its descriptor.
    pub fn name(self) -> &'a str {
        &self.definition.name
    }

    /// Whether another place is found by its module and name.
    pub(super) const fn is_hidden(self) -> bool {
        self.definition.hidden
    }

    /// Its place in the tree; one sub-identifier for the root `iso`.
    pub fn arcs(self) -> &'a [u32] {
        &self.definition.arcs
    }

    /// What it is.
    pub const fn kind(self) -> NodeKind {
        self.definition.kind
    }

    /// The macro that defines it.
    pub const fn defined_by(self) -> Macro {
        self.definition.defined_by
    }

    /// The MAX-ACCESS or ACCESS; objects have one.
    pub const fn access(self) -> Option<Access> {
        self.definition.access
    }

    /// The STATUS; everything but plain OBJECT IDENTIFIERs and MODULE-IDENTITY has one.
    pub const fn status(self) -> Option<Status> {
        self.definition.status
    }

    /// The SYNTAX of its values: scalars and columns have one.
    pub fn syntax(self) -> Option<&'a Syntax> {
        self.definition.syntax.as_deref()
    }

    /// The INDEX of its row, for rows and columns; that of the augmented row where the clause is AUGMENTS.
    pub fn index(self) -> &'a [IndexPart] {
        &self.definition.details.index
    }

    /// The row that this row augments.
    pub fn augments(self) -> Option<&'a Symbol> {
        self.definition.details.augments.as_ref()
    }

    /// The members of a notification (OBJECTS, VARIABLES) or of a group, in their order.
    pub fn objects(self) -> &'a [Symbol] {
        &self.definition.details.objects
    }

    /// The UNITS; empty if there are none.
    pub fn units(self) -> &'a str {
        &self.definition.details.units
    }

    /// The DEFVAL as it is written, without the outer braces; empty if there is none. Its value:
    /// [`NamesExt::default_of`](super::NamesExt::default_of).
    pub fn default_value(self) -> &'a str {
        &self.definition.details.default
    }

    /// The DESCRIPTION; empty for modules that are compiled in.
    pub fn description(self) -> &'a str {
        &self.definition.details.description
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{} ", self.module, self.name())?;
        f.debug_list().entries(self.arcs()).finish()
    }
}
