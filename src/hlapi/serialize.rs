//! What comes back, for data formats, by serde. [`manual::features`](crate::manual::features#serde) says in which shape.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::receiver::Notification;
use super::response::{Bindings, Response, Row};
use super::table::{ResponseTable, TableRow};
use super::var_bind::{NamedVarBind, ResponseVarBind};

/// As [`VarBind`](crate::smi::VarBind), with `label` and `text` where names are looked up:
///
/// `{"name": "1.3.6.1.2.1.2.2.1.8.3", "label": "IF-MIB::ifOperStatus.3", "type": "Integer32", "value": 2, "text": "down"}`.
impl Serialize for ResponseVarBind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_named() {
            return self.var_bind().serialize(serializer);
        }
        let value = self.value();
        let mut fields = serializer.serialize_struct("VarBind", 3 + value.fields())?;
        fields.serialize_field("name", &self.name())?;
        fields.serialize_field("label", &*self.label())?;
        value.serialize_fields(&mut fields)?;
        fields.serialize_field("text", &*self.text())?;
        fields.end()
    }
}

/// As the binding that is lent.
impl Serialize for NamedVarBind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.lend().serialize(serializer)
    }
}

/// A list of bindings.
impl Serialize for Bindings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.clone())
    }
}

/// A list of bindings.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// `{"error_status": "noError", "error_index": 0, "var_binds": [..]}`.
impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Response", 3)?;
        fields.serialize_field("error_status", &*self.error_status().to_string())?;
        fields.serialize_field("error_index", &self.error_index())?;
        fields.serialize_field("var_binds", &self.iter())?;
        fields.end()
    }
}

/// `{"address": "192.0.2.1:50000", "version": "v2c", "inform": false, "trap_oid": "1.3.6.1.6.3.1.1.5.3", "trap":
/// "IF-MIB::linkDown", "up_time": 4711, "var_binds": [..]}`: `trap` where names are looked up, and null for what is not there.
impl Serialize for Notification {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let trap = self.trap();
        let named = usize::from(trap.is_some());
        let mut fields = serializer.serialize_struct("Notification", 6 + named)?;
        fields.serialize_field("address", &*self.address().to_string())?;
        fields.serialize_field("version", &*self.version().to_string())?;
        fields.serialize_field("inform", &self.is_inform())?;
        fields.serialize_field("trap_oid", &self.trap_oid())?;
        if let Some(trap) = trap {
            fields.serialize_field("trap", &*trap)?;
        }
        fields.serialize_field("up_time", &self.up_time())?;
        fields.serialize_field("var_binds", &self.iter())?;
        fields.end()
    }
}

/// `{"index": "10.0.0.1.22", "arcs": [10, 0, 0, 1, 22], "cells": {"ifDescr": {..}}}`: of each cell that is there, its binding.
impl Serialize for TableRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("TableRow", 3)?;
        fields.serialize_field("index", &*self.index().to_string())?;
        fields.serialize_field("arcs", self.index().arcs())?;
        fields.serialize_field("cells", &Cells(self))?;
        fields.end()
    }
}

struct Cells<'a>(&'a TableRow<'a>);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.0.named();
        let mut map = serializer.serialize_map(Some(self.0.iter().flatten().count()))?;
        for (name, cell) in cells {
            map.serialize_entry(&*name, &cell)?;
        }
        map.end()
    }
}

/// A list of rows.
impl Serialize for ResponseTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
