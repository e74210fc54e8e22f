//! The system group of SNMPv2-MIB (RFC 3418).

use crate::names::DISPLAY_STRING;
use crate::objects::{Column, MibTree, OverlapError, Scalar, Table};
use crate::oid;
use crate::smi::{ObjectIdentifier, TimeTicks, Value};

/// The system group: what an agent says of itself (RFC 3418 section 2).
///
/// sysContact, sysName and sysLocation can be set and are kept for as long as the tree lives.
///
/// ```
/// use deferred_snmp::objects::MibTree;
/// use deferred_snmp::applications::standard::System;
/// use deferred_snmp::oid;
///
/// let mut tree = MibTree::new();
/// System::new("a small router").name("gateway").register(&mut tree, || 4711)?;
/// let up = tree.get(oid!(1.3.6.1.2.1.1.3.0).as_ref()).unwrap();
/// assert_eq!(up.as_ref().as_u64(), Some(4711));
/// # Ok::<(), deferred_snmp::objects::OverlapError>(())
/// ```
#[derive(Clone, Debug)]
pub struct System {
    descr: String,
    object_id: ObjectIdentifier,
    contact: String,
    name: String,
    location: String,
    services: i32,
}

impl System {
    /// A system described by `descr`, with empty texts and sysObjectID 0.0; sysServices is 72, a host with applications.
    pub fn new(descr: impl Into<String>) -> Self {
        Self {
            descr: descr.into(),
            object_id: oid!(0.0),
            contact: String::new(),
            name: String::new(),
            location: String::new(),
            services: 72,
        }
    }

    /// Sets sysObjectID, which identifies the kind of device.
    #[must_use]
    pub fn object_id(mut self, object_id: ObjectIdentifier) -> Self {
        self.object_id = object_id;
        self
    }

    /// Sets sysContact as it is at first.
    #[must_use]
    pub fn contact(mut self, contact: impl Into<String>) -> Self {
        self.contact = contact.into();
        self
    }

    /// Sets sysName as it is at first.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets sysLocation as it is at first.
    #[must_use]
    pub fn location(mut self, location: impl Into<String>) -> Self {
        self.location = location.into();
        self
    }

    /// Sets sysServices: a sum of 2^(layer - 1) over the layers that the system serves.
    #[must_use]
    pub fn services(mut self, services: i32) -> Self {
        self.services = services;
        self
    }

    /// Registers the group in `tree`; `up_time` tells the hundredths of a second since the agent started.
    ///
    /// # Errors
    ///
    /// One of the objects is registered already; those before it have been added.
    pub fn register(
        self,
        tree: &mut MibTree,
        mut up_time: impl FnMut() -> u32 + 'static,
    ) -> Result<(), OverlapError> {
        let text = |text: String| Scalar::variable(text).syntax(DISPLAY_STRING.clone());
        tree.register(oid!(1.3.6.1.2.1.1.1), Scalar::constant(self.descr))?;
        tree.register(oid!(1.3.6.1.2.1.1.2), Scalar::constant(self.object_id))?;
        tree.register(
            oid!(1.3.6.1.2.1.1.3),
            Scalar::dynamic(move || TimeTicks(up_time())),
        )?;
        tree.register(oid!(1.3.6.1.2.1.1.4), text(self.contact))?;
        tree.register(oid!(1.3.6.1.2.1.1.5), text(self.name))?;
        tree.register(oid!(1.3.6.1.2.1.1.6), text(self.location))?;
        tree.register(oid!(1.3.6.1.2.1.1.7), Scalar::constant(self.services))?;
        tree.register(oid!(1.3.6.1.2.1.1.8), Scalar::constant(TimeTicks(0)))?;
        tree.register(oid!(1.3.6.1.2.1.1.9.1), resources())
    }
}

/// sysORTable: the modules that the agent supports.
fn resources() -> Table {
    let mut table = Table::new([Column::new(2), Column::new(3), Column::new(4)]);
    let modules = [(oid!(1.3.6.1.6.3.1), "The MIB module for SNMP entities")];
    for (index, (module, text)) in (1..).zip(modules) {
        let cells: [(u32, Value); 3] = [
            (2, module.into()),
            (3, text.into()),
            (4, TimeTicks(0).into()),
        ];
        table.insert(&[index], cells);
    }
    table
}
