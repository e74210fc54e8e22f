//! Paths of labels that begin at a known node, as `snmptranslate -IR` reads them.

use deferred_snmp::names::{Builtin, InputOptions, NamesExt, OutputOptions};
use deferred_snmp::smi::ObjectIdentifier;
use util::netsnmp;

/// What is read, and what snmptranslate makes of it.
const PATHS: [(&str, &str); 23] = [
    ("system.sysDescr.0", "1.3.6.1.2.1.1.1.0"),
    (".system.sysDescr.0", "1.3.6.1.2.1.1.1.0"),
    ("mib-2.system.sysDescr.0", "1.3.6.1.2.1.1.1.0"),
    ("mib-2.1.sysDescr.0", "1.3.6.1.2.1.1.1.0"),
    ("mib-2.1.1.0", "1.3.6.1.2.1.1.1.0"),
    ("system.1.0", "1.3.6.1.2.1.1.1.0"),
    ("mgmt.1.system", "1.3.6.1.2.1.1"),
    ("dod.internet", "1.3.6.1"),
    ("internet.mgmt", "1.3.6.1.2"),
    ("snmpV2.snmpModules.snmpMIB", "1.3.6.1.6.3.1"),
    (
        "interfaces.ifTable.ifEntry.ifDescr.1",
        "1.3.6.1.2.1.2.2.1.2.1",
    ),
    ("ifTable.1.ifDescr.1", "1.3.6.1.2.1.2.2.1.2.1"),
    ("ifTable.1.2.1", "1.3.6.1.2.1.2.2.1.2.1"),
    (
        "sysORTable.sysOREntry.sysORDescr.3",
        "1.3.6.1.2.1.1.9.1.3.3",
    ),
    ("SNMPv2-MIB::system.sysDescr.0", "1.3.6.1.2.1.1.1.0"),
    (
        "IF-MIB::interfaces.ifTable.ifEntry.ifDescr.1",
        "1.3.6.1.2.1.2.2.1.2.1",
    ),
    ("IF-MIB::ifTable.1.2.1", "1.3.6.1.2.1.2.2.1.2.1"),
    (
        ".iso.org.dod.internet.mgmt.mib-2.system.sysDescr.0",
        "1.3.6.1.2.1.1.1.0",
    ),
    (".iso.org.dod.internet.mgmt.1.1.1.0", "1.3.6.1.2.1.1.1.0"),
    // The roots are known, whatever modules are.
    ("iso.5", "1.5"),
    ("ccitt.5", "0.5"),
    (".ccitt.5.1", "0.5.1"),
    ("joint-iso-ccitt.999", "2.999"),
];

#[test]
fn a_path_of_labels_goes_on_below_any_known_node() {
    for (text, expected) in PATHS {
        let read = Builtin.parse(text).map(|oid| oid.to_string());
        assert_eq!(read.as_deref(), Ok(expected), "{text}");
    }
    // What follows the last label is an index.
    for (text, expected) in [
        (
            "ipRouteTable.ipRouteEntry.ipRouteNextHop.192.0.2.0",
            "1.3.6.1.2.1.4.21.1.7.192.0.2.0",
        ),
        (
            "usmUserTable.usmUserEntry.usmUserStatus.1.7.1.97",
            "1.3.6.1.6.3.15.1.2.2.1.13.1.7.1.97",
        ),
        (
            "snmpTargetAddrTable.1.snmpTargetAddrTAddress.\"a.b\"",
            "1.3.6.1.6.3.12.1.2.1.3.97.46.98",
        ),
        // A column may be reached by its number.
        (
            "snmpTargetAddrEntry.3.\"a.b\"",
            "1.3.6.1.6.3.12.1.2.1.3.97.46.98",
        ),
    ] {
        let read = Builtin.parse(text).map(|oid| oid.to_string());
        assert_eq!(read.as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn names_below_the_roots_are_read_back_and_a_root_alone_is_no_other_object() {
    let (input, output) = (InputOptions::new(), OutputOptions::new());
    for (text, expected) in [
        ("ccitt.5", "0.5"),
        ("iso.5.7", "1.5.7"),
        ("joint-iso-ccitt.999.1", "2.999.1"),
    ] {
        let name: ObjectIdentifier = expected.parse().unwrap();
        assert_eq!(output.name(&Builtin, &name).to_string(), text);
        assert_eq!(Builtin.parse(text).as_ref(), Ok(&name), "{text}");
        assert_eq!(input.name(&Builtin, text).as_ref(), Ok(&name), "{text}");
        let random = input.random_access(true);
        assert_eq!(random.name(&Builtin, text).as_ref(), Ok(&name), "{text}");
    }
    for text in ["iso", ".iso", "ccitt", ".joint-iso-ccitt"] {
        assert!(input.name(&Builtin, text).is_err(), "{text}");
        assert!(Builtin.parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_path_that_leads_nowhere_is_refused_by_its_label() {
    for (text, label) in [
        ("system.foo.0", "foo"),
        ("ifTable.ifDescr.1", "ifDescr"),
        ("system.ifDescr.1", "ifDescr"),
        ("system..sysDescr.0", ""),
        ("system.sysDescr.", ""),
        ("system.+1.0", "+1"),
        ("sysDescr.system", "system"),
        ("IF-MIB::ifTable.ifDescr", "ifDescr"),
    ] {
        let error = Builtin.parse(text).expect_err(text).to_string();
        let expected = format!("unknown object name component {label:?} in {text:?}");
        assert_eq!(error, expected, "{text}");
    }
}

#[test]
fn snmptranslate_reads_the_same_paths() {
    const TEST: &str = "snmptranslate_reads_the_same_paths";
    if netsnmp::peer(TEST, "snmptranslate").is_none() {
        return;
    }
    let Some(directory) = util::shared::shared(TEST, "mibs/ietf") else {
        return;
    };
    let directory = directory.to_string_lossy().into_owned();
    for (text, expected) in PATHS {
        let modules = ["-M", &directory, "-m", "SNMPv2-MIB:IF-MIB:RFC1213-MIB"];
        let options = [&modules[..], &["-IR", "-On", text]].concat();
        let printed = netsnmp::run("snmptranslate", &options);
        assert_eq!(printed.stdout.trim(), format!(".{expected}"), "{text}");
    }
}
