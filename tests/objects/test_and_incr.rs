//! TestAndIncr by SET. RFC 2579, TestAndIncr.

use deferred_snmp::objects::TestAndIncr;
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;

use super::bench::Bench;

const MOST: i32 = i32::MAX;

fn tests(values: &[i32]) -> Vec<(Vec<u32>, Value)> {
    let values = values.iter();
    values.map(|value| (vec![0], (*value).into())).collect()
}

/// The value at first, what one SET assigns, what comes of it, and the value then.
#[test]
fn the_present_value_is_one_more_then_and_another_is_refused() {
    const FINE: (ErrorStatus, i32) = (ErrorStatus::NO_ERROR, 0);
    let inconsistent = |index| (ErrorStatus::INCONSISTENT_VALUE, index);
    let wrong = (ErrorStatus::WRONG_VALUE, 1);
    type Case<'c> = (i32, &'c [i32], (ErrorStatus, i32), i32);
    let cases: [Case<'_>; 13] = [
        (7, &[7], FINE, 8),
        (7, &[6], inconsistent(1), 7),
        (7, &[8], inconsistent(1), 7),
        (7, &[-1], wrong, 7),
        (7, &[i32::MIN], wrong, 7),
        (0, &[0], FINE, 1),
        (MOST - 1, &[MOST - 1], FINE, MOST),
        (MOST, &[MOST], FINE, 0),
        (MOST, &[0], inconsistent(1), MOST),
        (-5, &[0], FINE, 1),
        (7, &[7, 7], inconsistent(2), 7),
        (7, &[7, 8, 9], FINE, 10),
        (MOST, &[MOST, 0], FINE, 1),
    ];
    for (first, set, outcome, then) in cases {
        let bench = Bench::new(TestAndIncr::new(first));
        assert_eq!(bench.set(&tests(set)), outcome, "{first}: {set:?}");
        assert_eq!(bench.get(&[0]), then.into(), "{first}: {set:?}");
        // With another object that fails it is as if nothing had been asked.
        let bench = Bench::new(TestAndIncr::new(first));
        let failed = (ErrorStatus::COMMIT_FAILED, set.len() as i32 + 1);
        let outcome = if outcome == FINE { failed } else { outcome };
        assert_eq!(bench.set_in_vain(&tests(set)), outcome, "{first}: {set:?}");
        assert_eq!(bench.get(&[0]), first.max(0).into(), "{first}: {set:?}");
    }
}

#[test]
fn each_success_moves_it_on_and_a_failure_does_not_stay() {
    let bench = Bench::new(TestAndIncr::new(MOST - 2));
    let mut value = MOST - 2;
    for round in 0..6 {
        let outcome = bench.set_in_vain(&tests(&[value]));
        assert_eq!(outcome, (ErrorStatus::COMMIT_FAILED, 2), "{round}");
        assert_eq!(bench.set(&tests(&[value])), (ErrorStatus::NO_ERROR, 0));
        let again = bench.set(&tests(&[value]));
        assert_eq!(again, (ErrorStatus::INCONSISTENT_VALUE, 1), "{round}");
        value = if value == MOST { 0 } else { value + 1 };
        assert_eq!(bench.get(&[0]), value.into());
    }
}

#[test]
fn it_is_one_instance_of_an_integer() {
    let bench = Bench::new(TestAndIncr::new(7));
    assert_eq!(bench.walk(), [(vec![0], 7.into())]);
    let cases: [(&[u32], Value, ErrorStatus); 5] = [
        (&[1], 7.into(), ErrorStatus::NO_CREATION),
        (&[0, 0], 7.into(), ErrorStatus::NO_CREATION),
        (&[], 7.into(), ErrorStatus::NO_CREATION),
        (&[0], "7".into(), ErrorStatus::WRONG_TYPE),
        (&[0], ().into(), ErrorStatus::WRONG_TYPE),
    ];
    for (instance, value, status) in cases {
        assert_eq!(bench.set(&[(instance.to_vec(), value)]), (status, 1));
    }
    assert_eq!(bench.get(&[1]), Value::NoSuchInstance);
}
