//! PySNMP's names and ours, for programs that use its high-level API with Twisted
//! (`pysnmp.hlapi.twisted`, `pysnmp.hlapi.v3arch.twisted`).
//!
//! What is not in the tables has not been ported. Twisted's own names are in
//! [`coming_from_twisted`](super::coming_from_twisted). PySNMP 7 writes the verbs as they are written here
//! (`get_cmd`, `send_notification`); everything else in the tables has the names of PySNMP 4 and 5.
//!
//! # What is different
//!
//! - **One error path.** What PySNMP raises from the call itself (a bad name, a value that cannot be
//!   cast, an unknown host, a pass phrase that is too short) comes through the errback as well.
//! - **Credentials are compared whole.** PySNMP knows a user by name and engine, so that a corrected pass
//!   phrase is ignored for the life of its engine. Here it counts from the next request on.
//! - **Answers are matched by the request**, never by looking a community up: the same community under
//!   two names, or for a GET and then an INFORM, does no harm.
//! - **Answers with other names than asked**, from a damaged message or an agent that appends `.0`, are
//!   asked for again; what comes at the last try is marked
//!   ([`Response::names_differ`](crate::hlapi::Response::names_differ)).
//! - **Time-outs are exact**, cancelling a Deferred cancels its request, and long answers arrive.
//! - **Many requests at once** are paced, so that they do not overflow the agent's socket buffer.
//! - **A peer's clock goes on** while nothing is asked: a known engine costs one round trip after any
//!   time, and a new one two.
//! - **An unknown context** is an error of its own, not a time-out.
//! - **An inform that is sent again**, since its acknowledgement was lost, is acknowledged again and comes to
//!   the program once.
//! - **Replayed traps are refused**, and so are notifications without a digest in the name of a user who
//!   has keys.
//! - **A view that is not given is empty.** Who may read cannot write.
//! - `lookupMib` is not an argument: a [`Response`](crate::hlapi::Response) looks names up when it is
//!   printed, and [`Response::lookup_mib`](crate::hlapi::Response::lookup_mib) turns that off, or
//!   [`RemoteEngine::lookup_mib`](crate::hlapi::RemoteEngine::lookup_mib) for all that is asked through it.
//!
//! # Engine, credentials, targets
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `SnmpEngine()` | [`SnmpEngine::new`](crate::hlapi::SnmpEngine::new) | cheap to clone; one for a program is enough |
//! | `SnmpEngine(snmpEngineID=...)`, `maxMessageSize` | [`SnmpEngine::with_config`](crate::hlapi::SnmpEngine::with_config), [`EngineConfig`](crate::engine::EngineConfig) | |
//! | boots in `$TMPDIR/__pysnmp` | [`SnmpEngine::with_state_file`](crate::hlapi::SnmpEngine::with_state_file), [`EngineState`](crate::hlapi::EngineState) | a file of your choice, and its errors are told |
//! | `transportDispatcher`, `registerTransportDispatcher` | several engines on one [`Handle`](crate::reactor::Handle) | each has its own ports, nothing is routed; [`SnmpEngine::with_network`](crate::hlapi::SnmpEngine::with_network) takes a transport of your own |
//! | `msgAndPduDsp`, `messageProcessingSubsystems`, `securityModels` | [`engine::Engine`](crate::engine::Engine) | the protocol without sockets; its parts cannot be replaced |
//! | `accessControlModel` | the trait [`AccessControl`](crate::access::AccessControl) | given to a responder |
//! | `setUserContext`, `getUserContext`, `delUserContext` | none | a closure keeps what it needs |
//! | `snmpEngine.snmpEngineID` | [`SnmpEngine::engine_id`](crate::hlapi::SnmpEngine::engine_id) | |
//! | `CommunityData('public')`, `mpModel=0` | [`CommunityData::new`](crate::hlapi::CommunityData::new), [`CommunityData::v1`](crate::hlapi::CommunityData::v1) | SNMPv2c by default |
//! | `communityIndex`, `communityName` | the name alone | there is no table that an index could stand for |
//! | `securityName`, `tag`, `contextEngineId`, `contextName` of `CommunityData` | [`SnmpEngine::add_v1_system`](crate::hlapi::SnmpEngine::add_v1_system), [`ContextData`](crate::hlapi::ContextData) | of no use in requests |
//! | `.clone(...)` | `clone()` and the methods that set something | |
//! | `UsmUserData(userName, authKey, privKey)`, `authProtocol`, `privProtocol` | [`UsmUserData::new`](crate::hlapi::UsmUserData::new), [`auth`](crate::hlapi::UsmUserData::auth), [`privacy`](crate::hlapi::UsmUserData::privacy) | protocols are named: there is no MD5 or DES by default |
//! | "Privacy implies authenticity" | does not compile | |
//! | `authKeyType`, `USM_KEY_TYPE_PASSPHRASE`, `_MASTER`, `_LOCALIZED` | [`Key`](crate::hlapi::Key) | a string is a pass phrase |
//! | `securityEngineId` | [`UsmUserData::security_engine_id`](crate::hlapi::UsmUserData::security_engine_id) | 0x0000000000 is [`any_engine`](crate::hlapi::UsmUserData::any_engine), which takes traps and informs |
//! | `securityName` | [`UsmUserData::security_name`](crate::hlapi::UsmUserData::security_name) | |
//! | the level that follows from the keys | the same, or [`UsmUserData::level`](crate::hlapi::UsmUserData::level) | |
//! | `UdpTransportTarget`, `Udp6TransportTarget` | [`UdpTransportTarget::new`](crate::hlapi::UdpTransportTarget::new) | both families; names are looked up without blocking, within the time of the operation; `("fe80::1%eth0", 161)` has its interface, and `::ffff:192.0.2.1` is IPv4 |
//! | an answer with other names than asked, a result there | [`strict_names`](crate::hlapi::UdpTransportTarget::strict_names), [`Response::names_differ`](crate::hlapi::Response::names_differ) | another order is none |
//! | an answer with fewer bindings than asked, a result there | [`Response::missing`](crate::hlapi::Response::missing) | the bindings that came are a result here, too |
//! | the same four arguments at each call | [`SnmpEngine::remote`](crate::hlapi::SnmpEngine::remote) | the short form: `remote(&auth, &target)` has the verbs as methods, and [`table`](crate::hlapi::RemoteEngine::table); context, time-out and retries are set where they are not the usual ones |
//! | `timeout`, `retries` | [`timeout`](crate::hlapi::UdpTransportTarget::timeout), [`retries`](crate::hlapi::UdpTransportTarget::retries) | one second and five, as there; a time-out of zero is refused |
//! | `tagList` | several calls, one for each target | |
//! | `setLocalAddress`, `iface` | [`SnmpEngine::send_from`](crate::hlapi::SnmpEngine::send_from) | for an engine |
//! | `getTransportInfo()` | `Display` of a target | |
//! | `unix.domainName` | [`Address::UnixDatagram`](crate::engine::Address::UnixDatagram) in an [`AddressTransportTarget`](crate::hlapi::AddressTransportTarget) | SNMP goes over UDP here, or over what [`SnmpEngine::with_network`](crate::hlapi::SnmpEngine::with_network) is given |
//! | `passwordToKeyMD5`, `localizeKeyMD5` and their sisters | [`MasterKey::from_passphrase`](crate::security::usm::MasterKey::from_passphrase), [`localize`](crate::security::usm::MasterKey::localize) | |
//! | `ContextData(contextEngineId, contextName)` | [`ContextData`](crate::hlapi::ContextData): [`engine_id`](crate::hlapi::ContextData::engine_id), [`name`](crate::hlapi::ContextData::name) | |
//!
//! # Protocols
//!
//! The constants of PySNMP 5 have kept their names; those of PySNMP 4 are older words for them.
//!
//! | PySNMP 5 | PySNMP 4 | here |
//! |---|---|---|
//! | `USM_AUTH_NONE`, `USM_PRIV_NONE` | `usmNoAuthProtocol`, `usmNoPrivProtocol` | without `auth`, without `privacy` |
//! | [`USM_AUTH_HMAC96_MD5`](crate::hlapi::USM_AUTH_HMAC96_MD5) | `usmHMACMD5AuthProtocol` | [`AuthProtocol::Md5`](crate::hlapi::AuthProtocol::Md5) |
//! | [`USM_AUTH_HMAC96_SHA`](crate::hlapi::USM_AUTH_HMAC96_SHA) | `usmHMACSHAAuthProtocol` | [`AuthProtocol::Sha1`](crate::hlapi::AuthProtocol::Sha1) |
//! | [`USM_AUTH_HMAC128_SHA224`](crate::hlapi::USM_AUTH_HMAC128_SHA224) | `usmHMAC128SHA224AuthProtocol` | [`AuthProtocol::Sha224`](crate::hlapi::AuthProtocol::Sha224) |
//! | [`USM_AUTH_HMAC192_SHA256`](crate::hlapi::USM_AUTH_HMAC192_SHA256) | `usmHMAC192SHA256AuthProtocol` | [`AuthProtocol::Sha256`](crate::hlapi::AuthProtocol::Sha256) |
//! | [`USM_AUTH_HMAC256_SHA384`](crate::hlapi::USM_AUTH_HMAC256_SHA384) | `usmHMAC256SHA384AuthProtocol` | [`AuthProtocol::Sha384`](crate::hlapi::AuthProtocol::Sha384) |
//! | [`USM_AUTH_HMAC384_SHA512`](crate::hlapi::USM_AUTH_HMAC384_SHA512) | `usmHMAC384SHA512AuthProtocol` | [`AuthProtocol::Sha512`](crate::hlapi::AuthProtocol::Sha512) |
//! | [`USM_PRIV_CBC56_DES`](crate::hlapi::USM_PRIV_CBC56_DES) | `usmDESPrivProtocol` | [`PrivProtocol::Des`](crate::hlapi::PrivProtocol::Des) |
//! | [`USM_PRIV_CBC168_3DES`](crate::hlapi::USM_PRIV_CBC168_3DES) | `usm3DESEDEPrivProtocol` | [`PrivProtocol::TripleDes`](crate::hlapi::PrivProtocol::TripleDes) |
//! | [`USM_PRIV_CFB128_AES`](crate::hlapi::USM_PRIV_CFB128_AES) | `usmAesCfb128Protocol` | [`PrivProtocol::Aes128`](crate::hlapi::PrivProtocol::Aes128) |
//! | [`USM_PRIV_CFB192_AES`](crate::hlapi::USM_PRIV_CFB192_AES) | `usmAesCfb192Protocol` | [`PrivProtocol::Aes192Reeder`](crate::hlapi::PrivProtocol::Aes192Reeder), as in Cisco devices |
//! | [`USM_PRIV_CFB256_AES`](crate::hlapi::USM_PRIV_CFB256_AES) | `usmAesCfb256Protocol` | [`PrivProtocol::Aes256Reeder`](crate::hlapi::PrivProtocol::Aes256Reeder), as in Cisco devices |
//! | [`USM_PRIV_CFB192_AES_BLUMENTHAL`](crate::hlapi::USM_PRIV_CFB192_AES_BLUMENTHAL) | `usmAesBlumenthalCfb192Protocol` | [`PrivProtocol::Aes192Blumenthal`](crate::hlapi::PrivProtocol::Aes192Blumenthal), as in Net-SNMP |
//! | [`USM_PRIV_CFB256_AES_BLUMENTHAL`](crate::hlapi::USM_PRIV_CFB256_AES_BLUMENTHAL) | `usmAesBlumenthalCfb256Protocol` | [`PrivProtocol::Aes256Blumenthal`](crate::hlapi::PrivProtocol::Aes256Blumenthal), as in Net-SNMP |
//!
//! # Commands
//!
//! The short forms are methods of a [`RemoteEngine`](crate::hlapi::RemoteEngine), from
//! [`SnmpEngine::remote`](crate::hlapi::SnmpEngine::remote); they take the same path. The rest of the manual has them.
//!
//! | PySNMP | here | short form | and |
//! |---|---|---|---|
//! | `getCmd`, `setCmd` | [`get_cmd`](crate::hlapi::get_cmd), [`set_cmd`](crate::hlapi::set_cmd) | [`get`](crate::hlapi::RemoteEngine::get), [`set`](crate::hlapi::RemoteEngine::set) | any number of objects in an array, a vector, an iterator; of values of several types in [`objects!`](crate::objects!) |
//! | `nextCmd`, `bulkCmd` | [`next_cmd`](crate::hlapi::next_cmd), [`bulk_cmd`](crate::hlapi::bulk_cmd) | [`next`](crate::hlapi::RemoteEngine::next), [`bulk`](crate::hlapi::RemoteEngine::bulk) | [`Response::rows`](crate::hlapi::Response::rows) is `varBindTable`; an answer without a row is an error, as there |
//! | `walk_cmd`, `bulk_walk_cmd` | [`walk_cmd`](crate::hlapi::walk_cmd), [`bulk_walk_cmd`](crate::hlapi::bulk_walk_cmd) | [`walk`](crate::hlapi::RemoteEngine::walk), [`bulk_walk`](crate::hlapi::RemoteEngine::bulk_walk) | what odd agents do to a walk: [`WalkCommand`](crate::hlapi::WalkCommand) |
//! | columns of a table, put together from `varBindTable` | | [`table`](crate::hlapi::RemoteEngine::table) | rows by their index, with typed cells |
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `ObjectType(ObjectIdentity('SNMPv2-MIB', 'sysDescr', 0))` | [`ObjectType::symbol`](crate::hlapi::ObjectType::symbol) | or `"SNMPv2-MIB::sysDescr.0"`, or `oid!(1.3.6.1.2.1.1.1.0)` |
//! | `ObjectType(..., value)` | [`ObjectType::value`](crate::hlapi::ObjectType::value), or a pair | |
//! | `nonRepeaters`, `maxRepetitions` | arguments of [`bulk_cmd`](crate::hlapi::bulk_cmd) | |
//! | `(oid, value)`, `objectType[0]`, `objectType[1]` | a pair; [`name`](crate::hlapi::ResponseVarBind::name) and [`value`](crate::hlapi::ResponseVarBind::value) of a binding | [`label`](crate::hlapi::ResponseVarBind::label) and [`text`](crate::hlapi::ResponseVarBind::text) are what is printed of either |
//! | `int(value)` | [`as_u64`](crate::hlapi::ResponseVarBind::as_u64) and its sisters | `None` for a value of another kind |
//! | `errorStatus`, `errorIndex` | [`Response::error_status`](crate::hlapi::Response::error_status), [`error_index`](crate::hlapi::Response::error_index) | [`ErrorStatus`](crate::hlapi::ErrorStatus) prints its name; an index that no binding has is 0 |
//! | `noSuchName` of an SNMPv1 agent | the error-status, and every value an exception, as there | |
//! | `(errorStatus, errorIndex, varBinds)` | [`Response`](crate::hlapi::Response) | [`into_result`](crate::hlapi::Response::into_result) makes an error of an error-status |
//! | `isEndOfMib(varBinds)` | [`Row::is_end_of_mib`](crate::hlapi::Row::is_end_of_mib) | [`Row::objects`](crate::hlapi::Row::objects) is what the next call takes |
//! | `lexicographicMode`, `maxRows`, `maxCalls`, `ignoreNonIncreasingOid` | [`lexicographic_mode`](crate::hlapi::WalkCommand::lexicographic_mode), [`max_rows`](crate::hlapi::WalkCommand::max_rows), [`max_calls`](crate::hlapi::WalkCommand::max_calls), [`ignore_non_increasing_oid`](crate::hlapi::WalkCommand::ignore_non_increasing_oid) | of walks |
//! | `print(varBind.prettyPrint())` | `println!("{var_bind}")` | |
//! | `failure.value` an `ErrorIndication` | [`SnmpError::Indication`](crate::hlapi::SnmpError::Indication) with an [`ErrorIndication`](crate::engine::ErrorIndication) | texts begin with PySNMP's |
//!
//! # Errors
//!
//! There is one type, [`SnmpError`](crate::hlapi::SnmpError). `failure.check(...)` and `failure.trap(...)` are a `match`; its
//! text is `str(failure.value)`, with more behind a colon.
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `requestTimedOut` | [`ErrorIndication::RequestTimedOut`](crate::hlapi::ErrorIndication), [`SnmpError::is_timeout`](crate::hlapi::SnmpError::is_timeout) | says who was asked, how often, and what came instead, or that nobody listens there (Linux) |
//! | `unknownUserName`, `wrongDigest`, `unsupportedSecurityLevel`, `notInTimeWindow`, `unknownEngineID`, `decryptionError` | the variants of [`ErrorIndication`](crate::hlapi::ErrorIndication) of these names | one for each report |
//! | `unknownSecurityName` | `UnknownSecurityName` | a key that is localized to another engine |
//! | `unsupportedSecurityModel`, `invalidMsg`, `unknownPDUHandler` | `UnknownSecurityModel`, `InvalidMessage`, `UnknownPduHandler` | |
//! | `noSuchContext` | `UnknownContext`, `UnavailableContext` | a time-out there |
//! | `reportPduReceived` | `ReportReceived` | |
//! | `tooBig` | `TooBig`, or [`SnmpError::Submit`](crate::hlapi::SnmpError::Submit) | the error-status of this name is [`ErrorStatus::TOO_BIG`](crate::hlapi::ErrorStatus); [`split_too_big`](crate::hlapi::UdpTransportTarget::split_too_big) has the request asked in parts |
//! | `encryptionError` | `EncryptionError` | |
//! | `emptyResponse` | [`SnmpError::EmptyResponse`](crate::hlapi::SnmpError::EmptyResponse) | |
//! | `oidNotIncreasing` | [`SnmpError::OidNotIncreasing`](crate::hlapi::SnmpError::OidNotIncreasing) | of walks, where the last name of an answer does not move on |
//! | `unknownCommunityName` | `RequestTimedOut` | agents do not answer, so that no reason is known |
//! | `deserializationError`, `parseError`, `dataMismatch`, `engineIDMismatch`, `badResponse` | [`Trouble`](crate::engine::Trouble) | anybody can send such a message: it ends nothing, and explains a time-out; a variant for each cause |
//! | `serializationError`, `ProtocolError` | [`SnmpError::Submit`](crate::hlapi::SnmpError::Submit), [`SnmpError::Oid`](crate::hlapi::SnmpError::Oid) | |
//! | `noAccessEntry`, `noGroupName`, `noSuchView`, `notInView`, `authorizationError` | [`ErrorStatus`](crate::hlapi::ErrorStatus) of the answer | |
//! | `SmiError`, `NoSuchObjectError`, `MibNotFoundError`, `MibLoadError` | [`SnmpError::Name`](crate::hlapi::SnmpError::Name), [`SnmpError::Mib`](crate::hlapi::SnmpError) | |
//! | `WrongValueError`, a failed cast | [`SnmpError::Value`](crate::hlapi::SnmpError::Value) | says what would suit the object |
//! | a pass phrase that is too short | [`SnmpError::User`](crate::hlapi::SnmpError::User) | |
//! | `CarrierError: sendto() failed`, a time-out mostly | [`ErrorIndication::CannotSend`](crate::hlapi::ErrorIndication::CannotSend) | at once, in the words of the system; a trap fails too. Where there is no route, after the last try |
//! | `CarrierError`, a host that is not known | [`SnmpError::Transport`](crate::hlapi::SnmpError::Transport), [`SnmpError::UnknownHost`](crate::hlapi::SnmpError::UnknownHost) | |
//! | `CancelledError` | [`SnmpError::Interrupt`](crate::hlapi::SnmpError::Interrupt) | also a time-out of the chain, and a callback that panicked |
//! | `PySnmpError`, `StatusInformation` | [`SnmpError`](crate::hlapi::SnmpError) | |
//!
//! # Values
//!
//! A [`Value`](crate::hlapi::Value) knows its type and no limits; what an object allows is its [`Syntax`](crate::names::Syntax).
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `Integer`, `Integer32` | [`Integer32`](crate::hlapi::Integer32), `i32` | |
//! | `Unsigned32`, `Gauge32` | [`Unsigned32`](crate::hlapi::Unsigned32), [`Gauge32`](crate::hlapi::Gauge32) | one type on the wire: [`Value::Gauge32`](crate::hlapi::Value::Gauge32) |
//! | `Counter32`, `Counter64`, `TimeTicks` | [`Counter32`](crate::hlapi::Counter32), [`Counter64`](crate::hlapi::Counter64), [`TimeTicks`](crate::hlapi::TimeTicks) | the number is their field: `counter.0.wrapping_sub(before.0)` |
//! | `OctetString('text')`, `OctetString(hexValue='dead')` | [`OctetString::from`](crate::hlapi::OctetString) | text is UTF-8; octets are `b"\xde\xad"` |
//! | `IpAddress('127.0.0.1')` | [`IpAddress`](crate::hlapi::IpAddress), which is [`Ipv4Addr`](std::net::Ipv4Addr) | |
//! | `ObjectIdentifier`, `ObjectName` | [`ObjectIdentifier`](crate::hlapi::ObjectIdentifier), [`oid!`](crate::oid) | |
//! | `Opaque` | [`Opaque`](crate::hlapi::Opaque) | [`Opaque::float`](crate::hlapi::Opaque::float), [`Opaque::double`](crate::hlapi::Opaque::double) and [`Value::as_f64`](crate::hlapi::Value::as_f64) for the numbers that Net-SNMP wraps so |
//! | `Bits(('a', 'c'))`, `withNamedBits` | text with the names, `"a, c"`, for an object that has BITS | octets on the wire |
//! | `Null`, `unSpecified` | [`Value::Null`](crate::hlapi::Value::Null) | |
//! | `NoSuchObject`, `NoSuchInstance`, `EndOfMibView` | [`Value::NoSuchObject`](crate::hlapi::Value::NoSuchObject), [`Value::NoSuchInstance`](crate::hlapi::Value::NoSuchInstance), [`Value::EndOfMibView`](crate::hlapi::Value::EndOfMibView) | [`Value::is_exception`](crate::hlapi::Value::is_exception) is all three |
//! | `withValues`, `withRange`, `withSize`, `withNamedValues` | [`Syntax::parse`](crate::names::Syntax::parse), [`Syntax::cast`](crate::names::Syntax::cast) | of the modules, not of a program |
//! | `int(value)`, `str(value)`, `value.asOctets()`, `tuple(value)` | [`as_i64`](crate::hlapi::Value::as_i64), [`as_u64`](crate::hlapi::Value::as_u64), [`as_str`](crate::hlapi::Value::as_str), [`as_bytes`](crate::hlapi::Value::as_bytes), [`as_oid`](crate::hlapi::Value::as_oid) | `None` where the type is another |
//! | `value.prettyPrint()` | `Display` of a binding, or [`PrettyValue`](crate::names::PrettyValue) | by the object: labels, DISPLAY-HINTs, dates; control characters are shown as `\n`, `\x1b`; what PySNMP would leave out is there, as UTF-8 or in hexadecimal |
//! | a plain number or text as value | the same | a value of SNMP's own types is sent as it is; PySNMP casts those, too |
//!
//! # Names and MIB modules
//!
//! Modules are data here: those that most programs meet are compiled in, others are read as text when they are wanted.
//! Nothing is fetched or run.
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `ObjectIdentity('1.3.6...')`, `(1, 3, 6, ...)`, `'iso.org...'` | [`ObjectIdentity::from`](crate::hlapi::ObjectIdentity) | text, an array or vector of numbers, an OBJECT IDENTIFIER |
//! | `ObjectIdentity('IF-MIB', 'ifDescr', 1)` | [`ObjectIdentity::symbol`](crate::hlapi::ObjectIdentity::symbol) | an index of several values is an array; too many are an error |
//! | `ObjectIdentity('', 'sysUpTime', 0)` | the same with an empty module | |
//! | `ObjectIdentity('IF-MIB')`, `last=True` | the same text, [`module_first`](crate::hlapi::ObjectIdentity::module_first), [`module_last`](crate::hlapi::ObjectIdentity::module_last) | |
//! | `loadMibs(...)` | [`ObjectIdentity::load_mibs`](crate::hlapi::ObjectIdentity), [`SnmpEngine::load_mibs`](crate::hlapi::SnmpEngine) | lasts for the engine |
//! | `addAsn1MibSource(...)`, `addMibSource(...)` | [`ObjectIdentity::add_asn1_mib_source`](crate::hlapi::ObjectIdentity), [`SnmpEngine::add_asn1_mib_source`](crate::hlapi::SnmpEngine) | directories; there is one kind |
//! | what the compiler of modules complains of | [`Modules::leniencies`](crate::names::Modules::leniencies) | each has a [kind](crate::names::Leniency::kind): nearly all are [long names](crate::names::LeniencyKind::LongName), which cost nothing |
//! | `resolveWithMib(mibView)`, `getOid()` | [`resolve_with_mib`](crate::hlapi::ObjectIdentity::resolve_with_mib) | operations do it by themselves |
//! | `getMibSymbol()` | [`NamesExt::symbol_of`](crate::names::NamesExt::symbol_of) | node and index |
//! | `isFullyResolved()` | what is resolved has another type: [`ObjectIdentifier`](crate::hlapi::ObjectIdentifier) | |
//! | `getMibNode()` | [`NamesExt::nearest`](crate::names::NamesExt::nearest) | a [`Node`](crate::names::Node): syntax, access, status, units, index |
//! | `getLabel()` | [`NamesExt::labels`](crate::names::NamesExt::labels) | |
//! | `prettyPrint()` | [`PrettyName`](crate::names::PrettyName), [`PrettyVarBind`](crate::names::PrettyVarBind) | the same, but that no two names print alike: an index that does not fit is in numbers; [`NamesExt::parse`](crate::names::NamesExt::parse) reads it back |
//! | `MibViewController(mibBuilder)` | [`SnmpEngine::names`](crate::hlapi::SnmpEngine::names), or [`Modules`](crate::names) without an engine | the look-ups are the trait [`Names`](crate::names::Names), the rest is [`NamesExt`](crate::names::NamesExt) |
//! | `getNodeName(...)`, `getNodeLocation(...)` | [`NamesExt::node`](crate::names::NamesExt::node), [`Node::module`](crate::names::Node::module), [`Node::name`](crate::names::Node::name) | |
//! | `getParentNodeName`, `getNextNodeName` | [`NamesExt::parent`](crate::names::NamesExt::parent), [`NamesExt::next`](crate::names::NamesExt::next), [`NamesExt::children`](crate::names::NamesExt::children) | |
//! | `getFirstNodeName(m)`, `getLastNodeName(m)` | [`Names::edge`](crate::names::Names::edge) | |
//! | `getFirstModuleName()`, `getNextModuleName(m)` | [`Names::modules`](crate::names::Names::modules) | |
//! | `getTypeName(t)` | `Modules::type_of` | |
//! | `mibBuilder.loadModules()` | `Modules::load_all` | |
//! | `getMibBuilder()`, `importSymbols`, `exportSymbols` | [`SnmpEngine::set_names`](crate::hlapi::SnmpEngine::set_names), [`Names::find`](crate::names::Names::find) | |
//! | `PYSNMP_MIB_DIRS`, `PYSNMP_MIB_PKGS` | `SearchPath::from_env` reads `MIBDIRS` and `MIBS`, as Net-SNMP's tools do | |
//! | `lookupMib=False` | [`Response::lookup_mib`](crate::hlapi::Response::lookup_mib), [`RemoteEngine::lookup_mib`](crate::hlapi::RemoteEngine::lookup_mib) | names are looked up when printed; what is not printed costs nothing |
//!
//! # Notifications
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `sendNotification(..., 'trap', ...)`, `'inform'` | [`send_notification`](crate::hlapi::send_notification), [`NotifyType`](crate::hlapi::NotifyType) | the short form: [`notify`](crate::hlapi::RemoteEngine::notify) |
//! | `NotificationType(ObjectIdentity(...))`, `addVarBinds` | [`NotificationType`](crate::hlapi::NotificationType), [`add_var_binds`](crate::hlapi::NotificationType::add_var_binds) | |
//! | `ntforg.NotificationOriginator().sendPdu`, `cmdgen...sendPdu` | [`send_pdu`](crate::hlapi::send_pdu) | |
//! | `instanceIndex`, `objects` | [`instance_index`](crate::hlapi::NotificationType::instance_index), [`object`](crate::hlapi::NotificationType::object) | an object without a value is left out, not Null |
//! | `ntfrcv.NotificationReceiver(engine, cbFun)` | [`NotificationReceiver::new`](crate::hlapi::NotificationReceiver::new) | or a Deferred that fires with each: [`queue`](crate::hlapi::NotificationReceiver::queue); or one that your function returns for each, and that acknowledges the inform: [`deferred`](crate::hlapi::NotificationReceiver::deferred); a second one is an error, unless it is for other contexts: [`within`](crate::hlapi::NotificationReceiver::within) |
//! | `contextEngineId` of `cbFun` | [`Notification::context_engine_id`](crate::hlapi::Notification::context_engine_id) | none for a community, unless its [entry](crate::hlapi::CommunityEntry) names one |
//! | an observer, for the peer's address | [`Notification::address`](crate::hlapi::Notification::address) | |
//! | an observer, for a community by pattern | [`SnmpEngine::set_community_rule`](crate::hlapi::SnmpEngine::set_community_rule) | |
//!
//! # Serving
//!
//! Agents have [a page of their own](super::coming_from_pysnmp_agent). What a receiver of notifications shares with them:
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `addTransport(..., openServerMode(...))` | [`SnmpEngine::listen_udp`](crate::hlapi::SnmpEngine::listen_udp), [`listen_socket`](crate::hlapi::SnmpEngine::listen_socket) | as often as there are interfaces; `[::]` is IPv6 alone, `0.0.0.0` IPv4 |
//! | `addV1System`, `delV1System` | [`SnmpEngine::add_v1_system`](crate::hlapi::SnmpEngine::add_v1_system), [`remove_v1_system`](crate::hlapi::SnmpEngine::remove_v1_system) | removed by the security name, which is PySNMP's communityIndex |
//! | `addV3User`, `delV3User` | [`SnmpEngine::add_v3_user`](crate::hlapi::SnmpEngine::add_v3_user), [`remove_v3_user`](crate::hlapi::SnmpEngine::remove_v3_user) | no key can be read back |
//! | `msgAndPduDsp.registerContextEngineId(...)` | [`NotificationReceiver::within`](crate::hlapi::NotificationReceiver::within), [`ContextScope`](crate::hlapi::ContextScope) | |
//!
//! # Watching
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `observer.registerObserver(cbFun, 'rfc3412.sendPdu', 'rfc3412.receiveMessage:request', ...)` | [`SnmpEngine::observe`](crate::hlapi::SnmpEngine::observe) | all messages of both directions: [`ObservedMessage`](crate::hlapi::ObservedMessage); no keys |
//! | `observer.unregisterObserver(cbFun)` | [`Observer::close`](crate::hlapi::Observer::close) | |
//!
//! # The light API
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `hlapi.v1arch`: `SnmpDispatcher()` | [`SnmpEngine::new`](crate::hlapi::SnmpEngine::new) | one API: an engine has nothing to be configured, and what is not used costs nothing |
//! | `getCmd(snmpDispatcher, CommunityData(...), ...)` and its sisters | the same verbs, with [`ContextData::default`](crate::hlapi::ContextData) | |
//! | `lookupMib=False`, the default there | [`RemoteEngine::lookup_mib`](crate::hlapi::RemoteEngine::lookup_mib), [`Response::lookup_mib`](crate::hlapi::Response::lookup_mib) | |
//!
//! # Packets
//!
//! The examples whose names begin with `packet_` work at this level.
//!
//! | PySNMP | here | and |
//! |---|---|---|
//! | `proto.api.PROTOCOL_MODULES[...]`, `decodeMessageVersion` | [`message::Version`](crate::message::Version), [`message::peek::version`](crate::message::peek::version) | one set of types for all versions |
//! | `apiMessage`, `encoder.encode`, `decoder.decode` | [`CommunityMessage`](crate::message::CommunityMessage) | decoding borrows from the datagram |
//! | `apiPDU`, `setDefaults`, `setVarBinds` | [`Pdu::new`](crate::pdu::Pdu::new), [`Pdu::bulk_request`](crate::pdu::Pdu::bulk_request) | the request-id is yours to choose |
//! | `apiTrapPDU` | [`TrapPdu`](crate::pdu::TrapPdu) | |
//! | `getErrorStatus`, `getVarBinds` | the fields of [`Pdu`](crate::pdu::Pdu) and [`PduRef`](crate::pdu::PduRef) | |
//! | `AsyncoreDispatcher`, `registerRecvCbFun` | [`Handle::listen_udp`](crate::reactor::Handle::listen_udp), [`DatagramProtocol`](crate::reactor::DatagramProtocol) | |
//! | `proto.proxy.rfc2576` | [`TrapPduRef::from_notification`](crate::pdu::TrapPduRef::from_notification), [`append_notification`](crate::pdu::TrapPduRef::append_notification), [`ErrorStatus::to_v1`](crate::pdu::ErrorStatus::to_v1) | |
//!
//! # Six ports
//!
//! They have PySNMP's verbs, line by line; below the first two is what the short form makes of them.
//!
//! **A GET with SNMPv3.**
//!
//! ```python
//! def description(engine, target):
//!     d = getCmd(engine,
//!                UsmUserData('usr-sha-aes', 'authkey1', 'privkey1',
//!                            authProtocol=USM_AUTH_HMAC96_SHA,
//!                            privProtocol=USM_PRIV_CFB128_AES),
//!                target, ContextData(),
//!                ObjectType(ObjectIdentity('SNMPv2-MIB', 'sysDescr', 0)))
//!     d.addCallback(lambda result: print(result[2][0].prettyPrint()))
//!     d.addErrback(lambda failure: print(failure.value))
//!     return d
//! ```
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! fn description(engine: &SnmpEngine, target: &UdpTransportTarget) -> Deferred<(), SnmpError> {
//!     get_cmd(
//!         engine,
//!         &UsmUserData::new("usr-sha-aes")
//!             .auth(USM_AUTH_HMAC96_SHA, "authkey1")
//!             .privacy(USM_PRIV_CFB128_AES, "privkey1"),
//!         target,
//!         &ContextData::default(),
//!         [ObjectType::symbol("SNMPv2-MIB", "sysDescr", 0)],
//!     )
//!     .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!     .handle(|error| println!("{error}"))
//! }
//! ```
//!
//! In the short form credentials and target are named once, where the program makes its `RemoteEngine`:
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! fn description(agent: &RemoteEngine) -> Deferred<(), SnmpError> {
//!     agent
//!         .get(["SNMPv2-MIB::sysDescr.0"])
//!         .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!         .handle(|error| println!("{error}"))
//! }
//! ```
//!
//! **GETBULK to the end of the MIB, call by call.**
//!
//! ```python
//! @inlineCallbacks
//! def walk(engine, user, target):
//!     objects = [ObjectType(ObjectIdentity('SNMPv2-MIB', 'system'))]
//!     while objects:
//!         status, index, table = yield bulkCmd(engine, user, target, ContextData(), 0, 50, *objects)
//!         if status:
//!             break
//!         for row in table:
//!             for varBind in row:
//!                 print(varBind.prettyPrint())
//!         objects = not isEndOfMib(table[-1]) and table[-1]
//! ```
//!
//! ```
//! use deferred_snmp::hlapi::*;
//!
//! async fn walk(
//!     engine: SnmpEngine,
//!     user: impl AuthData,
//!     target: UdpTransportTarget,
//! ) -> Result<(), SnmpError> {
//!     let context = ContextData::default();
//!     let mut objects = vec![ObjectType::symbol("SNMPv2-MIB", "system", ())];
//!     while !objects.is_empty() {
//!         let response = bulk_cmd(&engine, &user, &target, &context, 0, 50, objects).await?;
//!         let response = response.into_result()?;
//!         objects = Vec::new();
//!         for row in response.rows() {
//!             row.iter().for_each(|var_bind| println!("{var_bind}"));
//!             objects = if row.is_end_of_mib() { Vec::new() } else { row.objects() };
//!         }
//!     }
//!     Ok(())
//! }
//! # use deferred_snmp::reactor::Handle;
//! # fn start(reactor: &Handle, engine: SnmpEngine, user: CommunityData, target: UdpTransportTarget) {
//! #     reactor.spawn(walk(engine, user, target));
//! # }
//! ```
//!
//! With the short form, and without the calls one by one, this is
//! `agent.bulk_walk(50, ["SNMPv2-MIB::system"]).for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))`.
//!
//! **A SET, and what an agent says about it.**
//!
//! ```python
//! d = setCmd(engine, CommunityData('private'), target, ContextData(),
//!            ObjectType(ObjectIdentity('SNMPv2-MIB', 'sysName', 0), 'gateway'))
//!
//! def written(result):
//!     errorStatus, errorIndex, varBinds = result
//!     if errorStatus:
//!         print(errorStatus.prettyPrint(), 'at', varBinds[int(errorIndex) - 1][0])
//! d.addCallback(written)
//! ```
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! fn rename(engine: &SnmpEngine, target: &UdpTransportTarget) -> Deferred<(), SnmpError> {
//!     set_cmd(
//!         engine,
//!         &CommunityData::new("private"),
//!         target,
//!         &ContextData::default(),
//!         [ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("gateway")],
//!     )
//!     .add_callback(Response::into_result)
//!     .add_callbacks(
//!         |_| println!("written"),
//!         |error| match error {
//!             SnmpError::ErrorStatus { status, label, .. } => println!("{status} at {label:?}"),
//!             other => println!("{other}"),
//!         },
//!     )
//! }
//! ```
//!
//! **A value by the MIB, of a module from a file.**
//!
//! ```python
//! d = setCmd(engine, CommunityData('private'), UdpTransportTarget(('127.0.0.1', 161)), ContextData(),
//!            ObjectType(ObjectIdentity('MY-MIB', 'myMode', 0)
//!                           .addAsn1MibSource('file:///usr/share/my-mibs'), 'cooling'))
//! ```
//!
//! ```
//! # #[cfg(feature = "mib")]
//! # mod ported {
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! fn cool(engine: &SnmpEngine) -> Deferred<Response, SnmpError> {
//!     let mode = ObjectIdentity::symbol("MY-MIB", "myMode", 0)
//!         .add_asn1_mib_source("/usr/share/my-mibs");
//!     set_cmd(
//!         engine,
//!         &CommunityData::new("private"),
//!         &UdpTransportTarget::new(("127.0.0.1", 161)),
//!         &ContextData::default(),
//!         [ObjectType::new(mode).value("cooling")],
//!     )
//! }
//! # }
//! ```
//!
//! **An inform to several managers at once.**
//!
//! ```python
//! d = DeferredList([
//!     sendNotification(engine, CommunityData('public', tag=host), UdpTransportTarget((host, 162), tagList=host),
//!                      ContextData(), 'inform',
//!                      [NotificationType(ObjectIdentity('SNMPv2-MIB', 'warmStart'))])
//!     for host in hosts])
//! d.addCallback(lambda outcomes: print(sum(1 for success, _ in outcomes if success), 'know'))
//! ```
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, DeferredList};
//! use deferred_snmp::hlapi::*;
//!
//! fn inform(engine: &SnmpEngine, hosts: &[&str]) -> Deferred<(), SnmpError> {
//!     let sent: Vec<_> = hosts
//!         .iter()
//!         .map(|host| {
//!             send_notification(
//!                 engine,
//!                 &CommunityData::new("public"),
//!                 &UdpTransportTarget::new((host, 162)),
//!                 &ContextData::default(),
//!                 NotifyType::Inform,
//!                 NotificationType::symbol("SNMPv2-MIB", "warmStart"),
//!             )
//!         })
//!         .collect();
//!     DeferredList::new(sent).add_callback(|outcomes| {
//!         println!("{} know", outcomes.iter().filter(|outcome| outcome.is_ok()).count());
//!     })
//! }
//! ```
//!
//! **A receiver of notifications.**
//!
//! ```python
//! config.addTransport(engine, udp.domainName, udp.UdpTwistedTransport().openServerMode(('127.0.0.1', 1162)))
//! config.addV1System(engine, 'my-area', 'public')
//! config.addV3User(engine, 'usr-sha-aes',
//!                  config.usmHMACSHAAuthProtocol, 'authkey1', config.usmAesCfb128Protocol, 'privkey1',
//!                  securityEngineId=OctetString(hexValue='8000000001020304'))
//!
//! def cbFun(engine, stateReference, contextEngineId, contextName, varBinds, cbCtx):
//!     for name, value in varBinds:
//!         print(name.prettyPrint(), '=', value.prettyPrint())
//!
//! ntfrcv.NotificationReceiver(engine, cbFun)
//! ```
//!
//! ```
//! use deferred_snmp::hlapi::*;
//!
//! fn receive(engine: &SnmpEngine) -> Result<(), Box<dyn std::error::Error>> {
//!     engine.listen_udp("127.0.0.1:1162".parse()?)?;
//!     engine.add_v1_system("my-area", "public");
//!     engine.add_v3_user(
//!         &UsmUserData::new("usr-sha-aes")
//!             .auth(USM_AUTH_HMAC96_SHA, "authkey1")
//!             .privacy(USM_PRIV_CFB128_AES, "privkey1")
//!             .security_engine_id(EngineId::new(&[0x80, 0, 0, 0, 1, 2, 3, 4])?),
//!     )?;
//!     NotificationReceiver::new(engine, |notification| {
//!         notification.iter().for_each(|var_bind| println!("{var_bind}"));
//!     })?;
//!     Ok(())
//! }
//! ```
