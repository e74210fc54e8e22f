//! Interoperability with Net-SNMP: what the examples notify `snmptrapd` of.

mod util;

use util::netsnmp::TemporaryDirectory;
use util::trapd::Trapd;

/// The engine that sends traps of SNMPv3.
const SENDER: &str = "0x8000000001020304";

/// What the examples send to the receiver that is named on their command line.
#[test]
fn the_examples_notify_snmptrapd() {
    let test = "the_examples_notify_snmptrapd";
    let v1 = "TRAP, SNMP v1, community public";
    let v2c = "TRAP2, SNMP v2c, community public";
    let inform = "INFORM, SNMP v2c, community public";
    let v3 = "TRAP2, SNMP v3, user usr-sha-aes128, context";
    let inform_v3 = "INFORM, SNMP v3, user usr-md5-none, context";
    let (none, own) = (".1.3.6.1.6.3.1.1.5 0.0.0.0 ", "1.3.6.1.4.1.20408.4.1.1.2");
    let named = format!(".{own} 0.0.0.0 ");
    let custom = format!("6 432 12345 .{own} 127.0.0.1 ");
    // How the head of each notification ends, and how many bindings follow it.
    let expected: [(&str, &[(&str, &str, usize)]); 19] = [
        ("default_v1_trap", &[(&named, v1, 2)]),
        ("custom_v1_trap", &[(&custom, v1, 2)]),
        ("notify_from_address", &[(none, v1, 0)]),
        ("v2c_trap", &[("", v2c, 4)]),
        ("v2c_trap_inline_callbacks", &[("", v2c, 3)]),
        ("trap_with_notification_objects", &[("", v2c, 5)]),
        ("send_custom_pdu", &[("", v2c, 2)]),
        (
            "light_traps",
            &[(&named, v1, 2), ("", v2c, 3), ("", v2c, 5)],
        ),
        ("light_inform", &[("", inform, 3)]),
        ("v2c_inform", &[("", inform, 3)]),
        ("v3_trap", &[("", v3, 3)]),
        // A start later of the same engine.
        ("v3_trap", &[("", v3, 3)]),
        (
            "notify_mixed_versions",
            &[(none, v1, 1), ("", v2c, 3), ("", v3, 3)],
        ),
        (
            "v3_inform",
            &[("", "INFORM, SNMP v3, user usr-md5-des, context", 3)],
        ),
        (
            "inform_custom_context",
            &[
                ("", &format!("{inform_v3} my-context"), 2),
                ("", inform_v3, 2),
            ],
        ),
        (
            "multiple_notifications_at_once",
            &[("", v2c, 4), ("", inform, 4)],
        ),
        (
            "multiple_informs_at_once",
            &[("", inform, 3), ("", inform_v3, 3)],
        ),
        ("notify_many_managers", &[("", inform, 3)]),
        ("notify_ipv4_ipv6", &[("", v2c, 2)]),
    ];
    let configuration = format!(
        "createUser -e {SENDER} usr-sha-aes128 SHA authkey1 AES privkey1\n\
         createUser usr-md5-des MD5 authkey1 DES privkey1\n\
         createUser usr-md5-none MD5 authkey1\n\
         authUser log usr-sha-aes128 priv\nauthUser log usr-md5-des priv\n\
         authUser log usr-md5-none auth\n"
    );
    let Some(paths) = util::examples(test, &expected.map(|(name, _)| name)) else {
        return;
    };
    let Some(trapd) = Trapd::start(test, &configuration) else {
        return;
    };
    // Where the sender of traps counts its starts: there have been some.
    let place = TemporaryDirectory::new();
    let file = place.0.join("deferred-snmp-8000000001020304");
    let state = format!("engine-id {SENDER}\nboots 7\n");
    std::fs::write(&file, state).expect("the temporary directory takes a file");
    for (path, (_, notifications)) in paths.iter().zip(expected) {
        let output = std::process::Command::new("timeout")
            .env("TMPDIR", &place.0)
            .arg("60")
            .arg(path)
            .arg(trapd.address.to_string())
            .output()
            .expect("the example can be started");
        assert!(output.status.success(), "{}: {output:?}", path.display());
        for (fields, end, bindings) in notifications {
            let logged = trapd.logged();
            let head = logged.head.replace(" .432 ", " 432 ");
            assert!(
                head.contains(&format!("{fields}{end}")) && logged.rows.len() == *bindings,
                "{}: {logged:?}",
                path.display()
            );
        }
    }
    let state = std::fs::read_to_string(&file).expect("the file is still there");
    assert!(state.contains("\nboots 10\n"), "{state}");
}
