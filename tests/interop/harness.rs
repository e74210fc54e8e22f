//! Against Net-SNMP: what its tools read and write, and what they say of our agent.

use util::netsnmp::{self, NUMERIC, Snmpd};

/// The harness itself: a private snmpd answers over IPv4 and IPv6, in both versions, and takes a SET.
#[test]
fn a_private_snmpd_answers_net_snmps_own_tools() {
    let Some(snmpd) = Snmpd::start("a_private_snmpd_answers_net_snmps_own_tools") else {
        return;
    };
    let v4 = snmpd.v4().to_string();
    let read = |version: &str, address: &str| {
        let base = "1.3.6.1.4.1.99999.7";
        let arguments = [version, "-c", "public", NUMERIC, address, base];
        let printed = netsnmp::run("snmpwalk", &arguments);
        assert!(printed.success, "{printed:?}");
        netsnmp::rows(&printed.stdout)
            .into_iter()
            .map(|row| format!("{} {}", row.kind, row.value))
            .collect::<Vec<_>>()
    };
    let expected = [
        "INTEGER -7",
        "Hex-STRING 73 6F 6D 65 20 74 65 78 74",
        "Counter32 4294967295",
        "Gauge32 4294967295",
        "Timeticks 123456",
        "OID .1.3.6.1.4.1.4294967295",
        "INTEGER 5",
        "Hex-STRING 77 72 69 74 61 62 6C 65",
    ];
    assert_eq!(read("-v1", &v4), expected);
    assert_eq!(read("-v2c", &v4), expected);
    if let Some(v6) = snmpd.v6() {
        assert_eq!(read("-v2c", &format!("udp6:{v6}")), expected);
    }
    let set = |community| {
        let name = "1.3.6.1.2.1.1.5.0";
        let arguments = ["-v2c", "-c", community, NUMERIC, &v4, name, "s", "box"];
        netsnmp::run("snmpset", &arguments)
    };
    assert!(!set("public").success);
    assert_eq!(netsnmp::rows(&set("private").stdout)[0].value, "62 6F 78");
}
