//! Create, read, change and destroy rows of a table by their RowStatus, without a network.
//!
//!     cargo run --example mib_operations
//!
//! * no agent is asked: the tree of objects is read and written directly, by the same rules as for a manager
//! * SNMP-TARGET-MIB::snmpTargetParamsTable, whose rows are named by a text; syntax, access and index of its columns come from
//!   the MIB module
//!
//! There is no command that does this.

mod common;

use std::error::Error;
use std::process::ExitCode;

use deferred_snmp::names::{Builtin, NameError, NamesExt, PrettyVarBind};
use deferred_snmp::objects::{MibTree, RowStatus, Table};
use deferred_snmp::oid;
use deferred_snmp::smi::{ObjectIdentifier, VarBind, VarBindRef};

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

/// The cell of the row `row` in a column, by the last part of its name.
fn cell(column: &str, row: &str) -> Result<ObjectIdentifier, NameError> {
    Builtin.parse(&format!(
        "SNMP-TARGET-MIB::snmpTargetParams{column}.\"{row}\""
    ))
}

/// A row as one SET makes it. What is to be done with it may stand anywhere among its cells.
fn new_row(row: &str, level: i32) -> Result<Vec<VarBind>, NameError> {
    Ok(vec![
        VarBind::new(cell("RowStatus", row)?, RowStatus::CreateAndGo),
        VarBind::new(cell("MPModel", row)?, 3),
        VarBind::new(cell("SecurityModel", row)?, 3),
        VarBind::new(cell("SecurityName", row)?, "operator"),
        VarBind::new(cell("SecurityLevel", row)?, level),
    ])
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut tree = MibTree::new();
    tree.define(
        &Builtin,
        "SNMP-TARGET-MIB::snmpTargetParamsTable",
        Table::managed(),
    )?;

    tree.set(new_row("traps", 1)?)?;
    tree.set(new_row("informs", 3)?)?;
    println!("two rows:");
    print(&mut tree)?;

    // All of it or nothing: the second binding is no securityLevel.
    let both = [
        (cell("SecurityName", "traps")?, "somebody"),
        (cell("SecurityLevel", "traps")?, "high"),
    ];
    match tree.set(both) {
        Ok(()) => println!("taken, which it should not be"),
        Err(refused) => println!("refused, and nothing is changed: {refused}"),
    }
    tree.set([(cell("SecurityLevel", "traps")?, 2)])?;
    tree.set([(cell("RowStatus", "informs")?, RowStatus::Destroy)])?;
    println!("one changed, one destroyed:");
    print(&mut tree)
}

fn print(tree: &mut MibTree) -> Result<(), Box<dyn Error>> {
    let mut name = oid!(1.3);
    while let Some((next, value)) = tree.get_next(&name)? {
        let var_bind = VarBindRef {
            name: next.as_ref(),
            value: value.as_ref(),
        };
        println!("  {}", PrettyVarBind::new(&Builtin, var_bind));
        name = next;
    }
    Ok(())
}
