//! The guides keep up with the crate.

use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(util::ROOT);
    std::fs::read_to_string(root.join(path)).expect("a file of the crate")
}

/// The first words of the lines between `begin` and the next table of `Cargo.toml`.
fn keys(manifest: &str, begin: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|line| *line != begin).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
        .collect()
}

/// What stands between backquotes in the first column of a table.
fn first_column(guide: &str) -> Vec<String> {
    let rows = guide
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned()))
        .collect()
}

#[test]
fn every_feature_is_in_the_guide_and_no_other() {
    let mut features = keys(&read("Cargo.toml"), "[features]");
    features.retain(|feature| feature != "default");
    let mut documented = first_column(&read("src/manual/features.rs"));
    features.sort();
    documented.sort();
    assert!(features.len() >= 2, "the features were not found");
    assert_eq!(documented, features);
}

#[test]
fn every_program_that_the_guide_to_embedding_names_is_there() {
    let guide = read("src/manual/embedding.rs");
    // The last cell of a row, where it is one name in backquotes.
    let cells = guide.lines().filter_map(|line| {
        let row = line.strip_prefix("//! | ")?.strip_suffix(" |")?;
        row.rsplit_once(" | ")?
            .1
            .strip_prefix('`')?
            .strip_suffix('`')
    });
    let programs: Vec<_> = cells.filter(|cell| !cell.contains('`')).collect();
    let examples = Path::new(util::ROOT).join("examples");
    let mut found = 0;
    for program in programs {
        let file = examples.join(format!("{program}.rs"));
        let package = examples.join(program).join("Cargo.toml");
        assert!(file.exists() || package.exists(), "{program}");
        found += 1;
    }
    assert!(found >= 9, "{found} programs found in the guide");
}

/// Names of PySNMP's high-level API that programs use, apart from the protocols.
const PYSNMP: [&str; 138] = [
    "SnmpEngine",
    "snmpEngineID",
    "maxMessageSize",
    "msgAndPduDsp",
    "getMibBuilder",
    "observer",
    "transportDispatcher",
    "accessControlModel",
    "securityModels",
    "messageProcessingSubsystems",
    "setUserContext",
    "getUserContext",
    "delUserContext",
    "registerTransportDispatcher",
    "CommunityData",
    "communityIndex",
    "communityName",
    "mpModel",
    "contextEngineId",
    "contextName",
    "tag",
    "securityName",
    "clone",
    "UsmUserData",
    "userName",
    "authKey",
    "privKey",
    "authProtocol",
    "privProtocol",
    "securityEngineId",
    "authKeyType",
    "USM_KEY_TYPE_PASSPHRASE",
    "_MASTER",
    "_LOCALIZED",
    "UdpTransportTarget",
    "Udp6TransportTarget",
    "timeout",
    "retries",
    "tagList",
    "setLocalAddress",
    "iface",
    "getTransportInfo",
    "ContextData",
    "ObjectIdentity",
    "last",
    "loadMibs",
    "addMibSource",
    "addAsn1MibSource",
    "resolveWithMib",
    "prettyPrint",
    "getMibSymbol",
    "getOid",
    "getLabel",
    "getMibNode",
    "isFullyResolved",
    "ObjectType",
    "NotificationType",
    "instanceIndex",
    "objects",
    "addVarBinds",
    "getCmd",
    "setCmd",
    "nextCmd",
    "bulkCmd",
    "sendNotification",
    "isEndOfMib",
    "lexicographicMode",
    "maxRows",
    "maxCalls",
    "walk_cmd",
    "bulk_walk_cmd",
    "lookupMib",
    "ignoreNonIncreasingOid",
    "errorStatus",
    "errorIndex",
    "varBinds",
    "varBindTable",
    "nonRepeaters",
    "maxRepetitions",
    "emptyResponse",
    "Integer",
    "Integer32",
    "Unsigned32",
    "Gauge32",
    "Counter32",
    "Counter64",
    "TimeTicks",
    "OctetString",
    "hexValue",
    "IpAddress",
    "ObjectIdentifier",
    "ObjectName",
    "Opaque",
    "Bits",
    "Null",
    "NoSuchObject",
    "NoSuchInstance",
    "EndOfMibView",
    "withValues",
    "withRange",
    "withSize",
    "withNamedValues",
    "withNamedBits",
    "ErrorIndication",
    "requestTimedOut",
    "unknownCommunityName",
    "serializationError",
    "deserializationError",
    "parseError",
    "unknownPDUHandler",
    "dataMismatch",
    "engineIDMismatch",
    "unknownEngineID",
    "tooBig",
    "invalidMsg",
    "encryptionError",
    "decryptionError",
    "unknownSecurityName",
    "unsupportedSecurityModel",
    "unsupportedSecurityLevel",
    "notInTimeWindow",
    "unknownUserName",
    "wrongDigest",
    "reportPduReceived",
    "noSuchView",
    "noAccessEntry",
    "noGroupName",
    "noSuchContext",
    "notInView",
    "oidNotIncreasing",
    "PySnmpError",
    "ProtocolError",
    "StatusInformation",
    "SmiError",
    "MibLoadError",
    "MibNotFoundError",
    "WrongValueError",
    "CarrierError",
];

/// Names of PySNMP that agents use.
const PYSNMP_AGENT: [&str; 76] = [
    "addTransport",
    "openServerMode",
    "open_server_mode",
    "enablePktInfo",
    "enableTransparent",
    "delTransport",
    "closeDispatcher",
    "jobStarted",
    "runDispatcher",
    "GetCommandResponder",
    "SetCommandResponder",
    "NextCommandResponder",
    "BulkCommandResponder",
    "maxVarBinds",
    "registerContextEngineId",
    "unregisterContextEngineId",
    "registerObserver",
    "addV1System",
    "delV1System",
    "addV3User",
    "delV3User",
    "addVacmUser",
    "delVacmUser",
    "addVacmGroup",
    "addVacmAccess",
    "addVacmView",
    "setInitialVacmParameters",
    "addTargetAddr",
    "addTargetParams",
    "addNotificationTarget",
    "NotificationOriginator",
    "sendVarBinds",
    "SnmpContext",
    "getMibInstrum",
    "addContext",
    "delContext",
    "registerContextName",
    "unregisterContextName",
    "AbstractMibInstrumController",
    "MibInstrumController",
    "readVars",
    "readNextVars",
    "writeVars",
    "acInfo",
    "acCtx",
    "cmdgen",
    "importSymbols",
    "exportSymbols",
    "unexportSymbols",
    "loadModules",
    "MibScalar",
    "MibScalarInstance",
    "getValue",
    "readGet",
    "setValue",
    "writeTest",
    "writeCommit",
    "writeUndo",
    "writeCleanup",
    "setMaxAccess",
    "MibTable",
    "MibTableRow",
    "MibTableColumn",
    "setIndexNames",
    "registerAugmentions",
    "getInstIdFromIndices",
    "getIndicesFromInstId",
    "RowStatus",
    "StorageType",
    "TestAndIncr",
    "createTest",
    "destroyCommit",
    "NoSuchInstanceError",
    "NotWritableError",
    "InconsistentValueError",
    "GenError",
];

/// Those that the tables and lists of a guide do not have.
fn missing_in(guide: &str, names: &[&'static str]) -> Vec<&'static str> {
    let guide = read(guide);
    let tables: String = guide
        .lines()
        .filter(|line| line.starts_with("//! | ") || line.starts_with("//! - "))
        .flat_map(|line| [line, "\n"])
        .collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<&str> = tables.split(|c| !is_word(c)).collect();
    let missing = names.iter().filter(|name| !words.contains(name));
    missing.copied().collect()
}

#[test]
fn every_name_of_pysnmp_is_in_the_guides() {
    let guide = "src/manual/coming_from_pysnmp.rs";
    assert_eq!(missing_in(guide, &PYSNMP), [""; 0]);
    let guide = "src/manual/coming_from_pysnmp_agent.rs";
    assert_eq!(missing_in(guide, &PYSNMP_AGENT), [""; 0]);
}
