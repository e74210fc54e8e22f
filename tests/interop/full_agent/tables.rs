//! Tables as `snmptable` prints them.

use super::objects::quick;
use super::{Tools, start};

#[test]
fn rows_of_the_program_by_names_of_columns() {
    let Some(tools) = Tools::find("rows_of_the_program_by_names_of_columns") else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    // The tool has a place for each column of the module, and shows "?" where nothing was told.
    let row = |number: &str, name: &str, octets: &str| {
        let mut cells = vec!["?"; 22];
        (cells[0], cells[1], cells[2]) = (number, name, "ethernetCsmacd");
        cells[9] = octets;
        cells.join(";")
    };
    let expected = [
        row("1", "lo", "1000"),
        // 5,000,000,000 modulo 2^32
        row("2", "eth0", "705032704"),
        row("700", "wlan;0", "0"),
    ];
    for command in [
        "R table -Cf ; IF-MIB::ifTable",
        "R table -CB -Cf ; IF-MIB::ifTable",
        "R1 table -Cf ; IF-MIB::ifTable",
        "BOSS table -CB -Cf ; IF-MIB::ifTable",
    ] {
        let printed = tools.run(&address, command);
        assert!(printed.success, "{printed:?}");
        let lines = printed.stdout.lines().filter(|line| !line.is_empty());
        let lines: Vec<&str> = lines.collect();
        assert_eq!(lines[0], "SNMP table: IF-MIB::ifTable");
        assert!(
            lines[1].starts_with("ifIndex;ifDescr;ifType;ifMtu;"),
            "{command}"
        );
        assert_eq!(lines[2..], expected, "{command}");
    }
}
