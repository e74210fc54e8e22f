//! Interoperability with Net-SNMP: what the examples ask `snmpd` for and notify `snmptrapd` of, and the stand-ins beside
//! its tools.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::{Builtin, PrettyVarBind};
use deferred_snmp::smi::VarBindRef;
use util::netsnmp::{self, NUMERIC, Row, Snmpd, TemporaryDirectory};
use util::shared::shared;
use util::trapd::Trapd;

/// The engine that sends traps of SNMPv3.
const SENDER: &str = "0x8000000001020304";

/// How the head of a notification ends (the fields of a Trap-PDU, and then how it came), and how many bindings follow.
type Notified<'a> = (&'a str, &'a str, usize);

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
    let expected: [(&str, &[Notified<'_>]); 19] = [
        ("default_v1_trap", &[(&named, v1, 1)]),
        ("custom_v1_trap", &[(&custom, v1, 1)]),
        ("notify_from_address", &[(none, v1, 0)]),
        ("v2c_trap", &[("", v2c, 4)]),
        ("v2c_trap_inline_callbacks", &[("", v2c, 3)]),
        ("trap_with_notification_objects", &[("", v2c, 5)]),
        ("send_custom_pdu", &[("", v2c, 2)]),
        (
            "light_traps",
            &[(&named, v1, 1), ("", v2c, 3), ("", v2c, 5)],
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
        let output = Command::new("timeout")
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

/// Options, and the names that each is tried with.
const TRANSLATED: [(&str, &[&str]); 17] = [
    ("", &NAMES),
    ("-On", &NAMES),
    ("-Of", &NAMES),
    ("-Os", &NAMES),
    ("-OX", &NAMES),
    ("-Ou", &NAMES),
    ("-IR", &NAMES),
    ("-Iu", &NAMES),
    ("-Ir", &NAMES),
    ("-Td", &NAMES),
    ("-Td -w 50", &["ifOperStatus", "IF-MIB::linkUp"]),
    (
        "-Tp",
        &["ifXTable", "iso", ".1.3.6.1.2.1.2.2", "NO-SUCH-MIB::x"],
    ),
    (
        "-Ib",
        &[
            "linkUp",
            "sysUpTi",
            "^ifHCin",
            "system",
            "no.such",
            "NO-SUCH-MIB::x",
        ],
    ),
    ("-IR -Td", &["ifDescr", "iso", "nosuch"]),
    (
        "",
        &[
            "-Tz",
            "-Tl",
            "-To",
            "-Ts",
            "-Tp -w 40",
            "-Tx",
            "-T",
            "-w 0 x",
            "-Oz x",
            "-Iq x",
            "-Z",
            "-m",
            "-h",
        ],
    ),
    (
        "-Ln",
        &["nosuch", "-IR nosuch", "NO-SUCH-MIB::x", "ifDescr.1"],
    ),
    (
        "-Lo",
        &[
            "-Lf /dev/null nosuch",
            "NO-SUCH-MIB::x",
            "nosuch",
            "-LE err nosuch",
            "-Lx nosuch",
        ],
    ),
];

const NAMES: [&str; 24] = [
    "IF-MIB::ifDescr.1",
    "ifDescr.1",
    ".1.3.6.1.2.1.2.2.1.2.1",
    "1.3.6.1.2.1.31.1.1.1.6.4294967295",
    "1.3.6.1.2.1.1.1.0 1.3.6.1.4.1.8072 IF-MIB::ifEntry",
    ".iso.org.dod.internet.mgmt.mib-2.system",
    "system.sysDescr.0",
    "SNMPv2-MIB::sysUpTime.0",
    "IF-MIB::ifStackStatus.1.2",
    "IF-MIB::ifRcvAddressStatus.1.\"ab:cd\"",
    "1.3.6.1.2.1.31.1.4.1.2.1.3.97.98.99",
    "IF-MIB::linkUp",
    "IF-MIB::ifOperStatus.0",
    "iso",
    ".1",
    "2",
    "ccitt",
    "1.3.",
    "..1.3",
    "nosuch",
    "IF-MIB::nosuch",
    "NO-SUCH-MIB::x",
    "1.3.6 nosuch 1.3",
    "-- ifDescr",
];

#[test]
fn snmptranslate_is_the_same_by_the_letter() {
    let test = "snmptranslate_is_the_same_by_the_letter";
    let Some(theirs) = netsnmp::peer(test, "snmptranslate") else {
        return;
    };
    let Some(ours) = util::examples(test, &["snmptranslate"]) else {
        return;
    };
    let Some(mibs) = shared(test, "mibs/ietf") else {
        return;
    };
    let directory = TemporaryDirectory::new();
    let mut compared = 0;
    for (options, lines) in TRANSLATED {
        for line in lines {
            let words: Vec<&str> = options.split(' ').chain(line.split(' ')).collect();
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let run = |program: &Path| {
                let mut command = netsnmp::command(program, &directory);
                command.arg0("snmptranslate").arg("-M").arg(&mibs);
                told(command.args(["-m", "IF-MIB"]).args(&words))
            };
            assert_eq!(run(&ours[0]), run(&theirs), "{words:?}");
            compared += 1;
        }
    }
    assert!(compared > 250, "{compared}");
}

/// The tool of Net-SNMP itself goes without the word where it is attached, and ends by a signal where it is not: its
/// usage and its other tools are the measure.
#[test]
fn snmptranslate_puts_the_words_of_is_behind_and_before_names() {
    let test = "snmptranslate_puts_the_words_of_is_behind_and_before_names";
    let Some(ours) = util::examples(test, &["snmptranslate"]) else {
        return;
    };
    let directory = TemporaryDirectory::new();
    let told = |line: &str| {
        let mut command = netsnmp::command(&ours[0], &directory);
        command.args(["-m", "+", "-M", "", "-On"]);
        told(command.args(line.split(' ')))
    };
    for (line, expected) in [
        ("-Is .0 SNMPv2-MIB::sysDescr", ".1.3.6.1.2.1.1.1.0"),
        ("-Is.0 SNMPv2-MIB::sysDescr", ".1.3.6.1.2.1.1.1.0"),
        ("-Is 0 SNMPv2-MIB::sysDescr", ".1.3.6.1.2.1.1.1.0"),
        ("-Is 0 .1.3.6.1.2.1.1.1", ".1.3.6.1.2.1.1.1.0"),
        ("-IRs 0 sysDescr", ".1.3.6.1.2.1.1.1.0"),
        ("-IS SNMPv2-MIB:: sysDescr.0", ".1.3.6.1.2.1.1.1.0"),
        ("-ISSNMPv2-MIB:: sysDescr.0", ".1.3.6.1.2.1.1.1.0"),
        ("-IS SNMPv2-MIB:: -Is 0 sysDescr", ".1.3.6.1.2.1.1.1.0"),
        ("sysDescr -IS SNMPv2-MIB::", ".1.3.6.1.2.1.1.1"),
        ("-IS .1.3.6.1 .2.1", ".1.3.6.1.2.1"),
        ("-Is 0 -Is 7 SNMPv2-MIB::sysORID", ".1.3.6.1.2.1.1.9.1.2.7"),
    ] {
        let expected = (Some(0), format!("{expected}\n"), String::new());
        assert_eq!(told(line), expected, "{line}");
    }
    for line in ["-Is", "SNMPv2-MIB::sysDescr -IRS"] {
        let (code, _, complaint) = told(line);
        assert_eq!(code, Some(1), "{line}");
        assert!(
            complaint.starts_with("Unknown OID option to -I: ?."),
            "{complaint}"
        );
    }
}

/// Exit code, output and complaints, less what a tool says of itself.
fn told(command: &mut Command) -> (Option<i32>, String, String) {
    let output = command.output().expect("a tool can be started");
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let own = ["  Version:", "  Web:", "  Email:", "Created directory"];
    let errors = text(&output.stderr);
    let errors: Vec<&str> = errors
        .lines()
        .filter(|line| !line.is_empty() && !own.iter().any(|start| line.starts_with(start)))
        .collect();
    (
        output.status.code(),
        text(&output.stdout),
        errors.join("\n"),
    )
}

/// The value that a tool printed.
fn parse(row: &Row) -> Option<VarBind> {
    let number = || row.value.parse::<u32>().ok();
    let value = match row.kind.as_str() {
        "INTEGER" => Value::Integer(row.value.parse().ok()?),
        "Hex-STRING" => {
            let octets = row.value.split_whitespace();
            let octets: Result<Vec<u8>, _> = octets.map(|o| u8::from_str_radix(o, 16)).collect();
            octets.ok()?.into()
        }
        "OID" => Value::ObjectIdentifier(row.value.parse().ok()?),
        "IpAddress" => Value::IpAddress(row.value.parse().ok()?),
        "Counter32" => Counter32(number()?).into(),
        "Gauge32" => Gauge32(number()?).into(),
        "Timeticks" => TimeTicks(number()?).into(),
        "Counter64" => Counter64(row.value.parse().ok()?).into(),
        _ => return None,
    };
    Some(VarBind::new(
        row.oid.parse::<ObjectIdentifier>().ok()?,
        value,
    ))
}

const ENGINE_ID: &str = "0x80004fb805636c6f75644dab22cc";

/// The name and the users that the examples know.
const USERS: &str = "\
exactEngineID 0x80004fb805636c6f75644dab22cc
createUser usr-none-none
createUser usr-md5-none MD5 authkey1
createUser usr-md5-des MD5 authkey1 DES privkey1
createUser usr-sha-none SHA authkey1
createUser usr-sha-aes128 SHA authkey1 AES privkey1
createUser usr-sha512-aes256 SHA-512 authkey1 AES-256 privkey1
rouser usr-none-none noauth -V stable
rouser usr-md5-none auth -V stable
rouser usr-md5-des priv -V stable
rwuser usr-sha-none auth -V stable
rouser usr-sha-aes128 priv -V stable
rouser usr-sha512-aes256 priv -V stable
";

#[test]
fn the_examples_print_what_snmpget_reads() {
    const TEST: &str = "the_examples_print_what_snmpget_reads";
    const EXAMPLES: [&str; 32] = [
        // those that write come first
        "set_multiple_values",
        "native_usm_sha_set",
        "set_value_by_mib",
        "concurrent_queries_ipv4_ipv6",
        "custom_security_name",
        "custom_timeout_and_retries",
        "discover_engine_id",
        "getbulk_scalar_and_table",
        "getbulk_to_eom",
        "ipv6_get",
        "light_enable_mib_lookup",
        "light_get",
        "light_walk",
        "multiple_concurrent_queries",
        "multiple_engines_one_reactor",
        "pull_mibs_from_multiple_agents_at_once",
        "pull_subtree",
        "pull_whole_mib",
        "pull_whole_table",
        "sequential_queries",
        "table_cell_by_index",
        "usm_localized_keys",
        "usm_master_keys",
        "usm_md5_des",
        "usm_md5_none",
        "usm_none_none",
        "usm_sha512_aes256",
        "usm_sha_aes128",
        "v1_get",
        "v2c_get",
        "waive_mib_lookup",
        "walk_limit_rows",
    ];
    const BY_NUMBERS: [&str; 3] = ["light_get", "light_walk", "waive_mib_lookup"];
    let Some(snmpd) = Snmpd::start_with(TEST, USERS) else {
        return;
    };
    let Some(programs) = util::examples(TEST, &EXAMPLES) else {
        return;
    };
    let agent = snmpd.v4().to_string();
    let walk = || {
        let words = ["-v2c", "-c", "public", NUMERIC, &agent, "1.3"];
        let printed = netsnmp::run("snmpbulkwalk", &words);
        assert!(printed.success, "{printed:?}");
        netsnmp::rows(&printed.stdout)
    };
    let lines = |rows: Vec<Row>| -> BTreeMap<String, String> {
        let parsed: Vec<VarBind> = rows.iter().filter_map(parse).collect();
        let pretty = |v: VarBindRef<'_>| PrettyVarBind::new(&Builtin, v).to_string();
        let plain = parsed.iter().map(|v| v.to_string());
        let named = parsed.iter().map(|v| pretty(v.as_ref()));
        let split = |line: String| {
            let (name, value) = line.split_once(" = ").expect("a name and a value");
            (name.to_owned(), value.to_owned())
        };
        named.chain(plain).map(split).collect()
    };
    let mut printed_names = BTreeSet::new();
    // holds until an example writes
    let mut reading = None;
    for (name, program) in EXAMPLES.into_iter().zip(programs) {
        let address = match name {
            "ipv6_get" => match snmpd.v6() {
                Some(v6) => v6.to_string(),
                None => continue,
            },
            _ => agent.clone(),
        };
        let output = Command::new(&program).arg(&address).output();
        let output = output.expect("an example can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{name}: {output:?}");
        let read = || lines(walk());
        if name.contains("set") {
            reading = None;
        }
        let (before, after) = reading.get_or_insert_with(|| (read(), read()));
        let mut compared = 0;
        for line in text.lines() {
            let line = line.strip_prefix(&format!("{address} ")).unwrap_or(line);
            let cells: Vec<&str> = match name {
                "getbulk_scalar_and_table" => line.split(", ").collect(),
                _ => vec![line],
            };
            for cell in cells {
                let Some((object, value)) = cell.split_once(" = ") else {
                    continue;
                };
                let Some(expected) = before.get(object) else {
                    continue;
                };
                // what stands still now may have changed before: counters and clocks
                let steady = Some(expected) == after.get(object) && !is_moving(object);
                if steady {
                    assert_eq!(value, expected, "{name}: {object}");
                }
                if BY_NUMBERS.contains(&name) {
                    assert!(object.starts_with("1.3.6."), "{name}: {object}");
                }
                compared += 1;
                printed_names.insert(object.to_owned());
            }
        }
        assert!(compared > 0, "{name} printed nothing to compare:\n{text}");
        if name == "discover_engine_id" {
            let line = format!("Remote securityEngineId = {ENGINE_ID}");
            assert_eq!(text.lines().next(), Some(&*line));
        }
    }
    assert!(printed_names.contains("SNMPv2-MIB::sysDescr.0"));

    // and by the letter, with nothing of ours in between
    let descr = netsnmp::run(
        "snmpget",
        &["-v1", "-c", "public", "-Oqv", &agent, "1.3.6.1.2.1.1.1.0"],
    );
    let program = util::examples(TEST, &["v1_get"]).expect("it was there");
    let output = Command::new(&program[0])
        .arg(&agent)
        .output()
        .expect("an example can be started");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("SNMPv2-MIB::sysDescr.0 = {}", descr.stdout.replace('"', ""))
    );
}

/// Whether an object's value changes by itself: outside of the groups of fixed values.
fn is_moving(object: &str) -> bool {
    let steady = [
        "SNMPv2-MIB::sysDescr",
        "SNMPv2-MIB::sysObjectID",
        "SNMPv2-MIB::sysContact",
        "SNMPv2-MIB::sysName",
        "SNMPv2-MIB::sysLocation",
        "SNMPv2-MIB::sysServices",
        "SNMPv2-MIB::sysOR",
        "IF-MIB::ifNumber",
        "IF-MIB::ifIndex",
        "IF-MIB::ifDescr",
        "IF-MIB::ifType",
        "IF-MIB::ifMtu",
        "IF-MIB::ifSpeed",
        "IF-MIB::ifPhysAddress",
        "SNMPv2-SMI::enterprises.99999.7",
        "1.3.6.1.2.1.1.1.0",
        "1.3.6.1.2.1.1.2.0",
    ];
    !steady.iter().any(|prefix| object.starts_with(prefix))
}
