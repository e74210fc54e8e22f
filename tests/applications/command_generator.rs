//! Commands: the PDU of each in each version, and what is made of answers.

use deferred_snmp::applications::{Command, ResponseRows, is_end_of_mib};
use deferred_snmp::message::Version::{V1, V2c};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

const ROOT: ObjectIdentifier = oid!(1.3.6.1.2.1);

/// Bindings of 1.3.6.1.2.1.`n` to `n`, of the exception where `n` is 0.
fn bindings(numbers: &[u32]) -> VarBindList {
    let mut list = VarBindList::new();
    for &number in numbers {
        let value = match number {
            0 => ValueRef::EndOfMibView,
            number => ValueRef::Gauge32(number),
        };
        list.push(ROOT.child(number).unwrap().as_ref(), value);
    }
    list
}

fn bulk(non_repeaters: u32, max_repetitions: u32) -> Command {
    Command::GetBulk(Bulk {
        non_repeaters,
        max_repetitions,
    })
}

#[test]
fn each_command_has_its_pdu() {
    for (command, kind) in [
        (Command::Get, PduKind::GetRequest),
        (Command::GetNext, PduKind::GetNextRequest),
        (Command::Set, PduKind::SetRequest),
    ] {
        for version in [V1, V2c] {
            let expected = Pdu::new(kind, 0, bindings(&[1, 2]));
            assert_eq!(command.pdu(version, bindings(&[1, 2])), expected);
        }
    }
    let pdu = bulk(1, 25).pdu(V2c, bindings(&[1, 2]));
    assert_eq!(pdu.kind, PduKind::GetBulkRequest);
    assert_eq!((pdu.error_status.number(), pdu.error_index), (1, 25));
}

#[test]
fn getbulk_in_version_1_is_one_getnext() {
    let pdu = bulk(1, 25).pdu(V1, bindings(&[1, 2]));
    let expected = Pdu::new(PduKind::GetNextRequest, 0, bindings(&[1, 2]));
    assert_eq!(pdu, expected);
}

fn rows(numbers: &[u32], columns: usize, non_repeaters: usize) -> Vec<Vec<u64>> {
    let response = bindings(numbers);
    ResponseRows::new(&response, columns, non_repeaters)
        .map(|row| row.iter().map(|vb| vb.value.as_u64().unwrap()).collect())
        .collect()
}

#[test]
fn rows_repeat_the_non_repeaters_and_leave_out_what_is_not_complete() {
    let none: [[u64; 0]; 0] = [];
    assert_eq!(rows(&[1, 2, 3, 4], 2, 0), [[1, 2], [3, 4]]);
    assert_eq!(rows(&[1, 2, 3, 4, 5], 2, 0), [[1, 2], [3, 4]]);
    assert_eq!(rows(&[9, 1, 2, 3, 4], 3, 1), [[9, 1, 2], [9, 3, 4]]);
    assert_eq!(rows(&[9, 1, 2, 3], 3, 1), [[9, 1, 2]]);
    assert_eq!(rows(&[9, 1], 3, 1), none);
    // No repetitions, or no repeaters: the non-repeaters are a row.
    assert_eq!(rows(&[8, 9], 4, 2), [[8, 9]]);
    assert_eq!(rows(&[8, 9], 2, 2), [[8, 9]]);
    // More non-repeaters than variables are as many as there are.
    assert_eq!(rows(&[8, 9], 2, 7), [[8, 9]]);
    // Answers that fit nothing that was asked.
    assert_eq!(rows(&[], 2, 0), none);
    assert_eq!(rows(&[], 2, 2), none);
    assert_eq!(rows(&[8], 2, 2), none);
    assert_eq!(rows(&[], 0, 0), none);
    assert_eq!(rows(&[1, 2], 0, 0), none);
}

#[test]
fn the_end_of_the_mib_is_a_row_of_exceptions() {
    assert!(is_end_of_mib(&bindings(&[0, 0])));
    assert!(!is_end_of_mib(&bindings(&[0, 1])));
    assert!(!is_end_of_mib(&bindings(&[1])));
}

#[test]
fn no_such_name_of_version_1_reads_as_the_exception_in_every_binding() {
    let refused = || Pdu {
        error_status: ErrorStatus::NO_SUCH_NAME,
        error_index: 2,
        ..Pdu::new(PduKind::Response, 7, bindings(&[1, 2, 3]))
    };
    for (command, exception) in [
        (Command::Get, ValueRef::NoSuchObject),
        (Command::Set, ValueRef::NoSuchObject),
        (Command::GetNext, ValueRef::EndOfMibView),
        (bulk(0, 10), ValueRef::EndOfMibView),
    ] {
        let mut response = refused();
        command.unify(V1, &mut response);
        assert_eq!(response.error_status, ErrorStatus::NO_SUCH_NAME);
        assert_eq!(response.error_index, 2);
        let names = bindings(&[1, 2, 3]);
        assert_eq!(response.var_binds.len(), 3);
        for (got, asked) in response.var_binds.iter().zip(&names) {
            assert_eq!((got.name, got.value), (asked.name, exception));
        }

        let mut response = refused();
        command.unify(V2c, &mut response);
        assert_eq!(response, refused(), "version 2 means what it says");
    }
}

#[test]
fn other_answers_of_version_1_stay_as_they_are() {
    for status in [
        ErrorStatus::NO_ERROR,
        ErrorStatus::TOO_BIG,
        ErrorStatus::GEN_ERR,
    ] {
        let response = Pdu {
            error_status: status,
            ..Pdu::new(PduKind::Response, 7, bindings(&[1, 2]))
        };
        let mut unified = response.clone();
        Command::Get.unify(V1, &mut unified);
        assert_eq!(unified, response);
    }
}
