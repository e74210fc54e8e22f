//! Read, create, change and destroy rows of a table, without a network.
//!
//!     cargo run --example mib_operations
//!
//! * no agent is asked: the tree of objects is worked on directly, as the program that owns it does
//! * SNMP-TARGET-MIB::snmpTargetParamsTable, whose rows are named by a text; names are made and read by the MIB
//!
//! PySNMP creates and destroys these rows by writing their RowStatus. Here the program does that; a manager can change
//! the cells of rows that exist.
//!
//! There is no command that does this.

mod common;

use std::error::Error;
use std::process::ExitCode;

use deferred_snmp::names::{Builtin, IndexValue, NamesExt, PrettyVarBind};
use deferred_snmp::objects::{Column, MibTree, Table};
use deferred_snmp::oid;
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBindRef};

fn main() -> ExitCode {
    common::no_arguments();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let entry = oid!(1.3.6.1.6.3.12.1.3.1);
    let mut tree = MibTree::new();
    // snmpTargetParamsMPModel to snmpTargetParamsRowStatus.
    let table = Table::new((2..=7).map(|column| Column::new(column).writable()));
    tree.register(entry.clone(), table)?;

    for (name, level) in [("traps", 1), ("informs", 3)] {
        let cells: [(u32, Value); 6] = [
            (2, 3.into()),
            (3, 3.into()),
            (4, "operator".into()),
            (5, level.into()),
            (6, 3.into()),
            (7, 1.into()),
        ];
        rows(&mut tree, &entry)?.insert(&index_of(name)?, cells);
    }
    println!("two rows:");
    print(&mut tree, &entry)?;

    rows(&mut tree, &entry)?.set(5, &index_of("traps")?, 2);
    println!("one changed:");
    let level = Builtin.resolve(
        Some("SNMP-TARGET-MIB"),
        "snmpTargetParamsSecurityLevel",
        &[IndexValue::from("traps")],
    )?;
    let value = tree.get(level.as_ref())?;
    println!(
        "  {}",
        PrettyVarBind::new(
            &Builtin,
            VarBindRef {
                name: level.as_ref(),
                value: value.as_ref()
            }
        )
    );

    let was_there = rows(&mut tree, &entry)?.remove(&index_of("traps")?);
    println!("one removed: {was_there}; left:");
    print(&mut tree, &entry)
}

fn rows<'t>(
    tree: &'t mut MibTree,
    entry: &ObjectIdentifier,
) -> Result<&'t mut Table, Box<dyn Error>> {
    tree.object_mut(entry.as_ref())
        .ok_or_else(|| "the table is gone".into())
}

/// The sub-identifiers of a row, as the INDEX clause makes them.
fn index_of(name: &str) -> Result<Vec<u32>, Box<dyn Error>> {
    let index = [IndexValue::from(name)];
    let cell = Builtin.resolve(Some("SNMP-TARGET-MIB"), "snmpTargetParamsMPModel", &index)?;
    let column = oid!(1.3.6.1.6.3.12.1.3.1.2);
    let index = cell
        .strip_prefix(&column)
        .ok_or("not a cell of this column")?;
    Ok(index.collect())
}

fn print(tree: &mut MibTree, entry: &ObjectIdentifier) -> Result<(), Box<dyn Error>> {
    let mut name = entry.clone();
    while let Some((next, value)) = tree.get_next(name.as_ref())? {
        if !next.starts_with(entry) {
            break;
        }
        let var_bind = VarBindRef {
            name: next.as_ref(),
            value: value.as_ref(),
        };
        println!("  {}", PrettyVarBind::new(&Builtin, var_bind));
        name = next;
    }
    Ok(())
}
