//! The file that keeps an engine's name and the number of its starts.

use std::fs;
use std::path::PathBuf;

use deferred_snmp::hlapi::{EngineState, SnmpEngine};
use deferred_snmp::reactor::Reactor;

/// A directory of its own for each test.
struct Place(PathBuf);

impl Place {
    fn new(test: &str) -> Self {
        let name = format!("deferred-snmp-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).expect("a directory");
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("engine")
    }

    fn with(&self, text: &str) -> PathBuf {
        fs::write(self.file(), text).expect("a file");
        self.file()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const NAME: &str = "80004fb8050102030405060708";

#[test]
fn a_new_engine_gets_a_name_and_keeps_it() {
    let place = Place::new("new");
    let first = EngineState::open(place.file()).unwrap();
    assert_eq!(first.boots(), 1);
    for boots in 2..5 {
        let next = EngineState::open(place.file()).unwrap();
        assert_eq!(next.engine_id(), first.engine_id());
        assert_eq!(next.boots(), boots);
    }
    assert_eq!(
        fs::read_dir(&place.0).unwrap().count(),
        1,
        "nothing is left over"
    );
    fs::remove_file(place.file()).unwrap();
    let other = EngineState::open(place.file()).unwrap();
    assert_ne!(other.engine_id(), first.engine_id());
}

#[test]
fn the_file_counts_before_the_engine_does() {
    let place = Place::new("before");
    let path = place.with(&format!("engine-id {NAME}\nboots 41\n"));
    let reactor = Reactor::new().unwrap();
    let engine = SnmpEngine::with_state_file(&reactor.handle(), &path).unwrap();
    assert_eq!(engine.engine_id().to_string(), NAME);
    assert!(fs::read_to_string(&path).unwrap().contains("\nboots 42\n"));
}

#[test]
fn a_given_name_counts_its_own_starts() {
    let place = Place::new("given");
    let (one, two) = (NAME.parse().unwrap(), "8000000001020304".parse().unwrap());
    for (name, boots) in [(one, 1), (one, 2), (two, 1), (one, 1)] {
        let state = EngineState::open_as(place.file(), name).unwrap();
        assert_eq!((state.engine_id(), state.boots()), (name, boots));
    }
}

#[test]
fn the_last_start_is_never_exceeded() {
    let place = Place::new("latch");
    let path = place.with(&format!("boots 2147483646\nengine-id 0x{NAME}\n"));
    for _ in 0..3 {
        assert_eq!(EngineState::open(&path).unwrap().boots(), 2_147_483_647);
    }
}

#[test]
fn a_broken_file_is_named_with_its_line_and_left_alone() {
    let place = Place::new("broken");
    for (text, line) in [
        ("", 1),
        ("# nothing\n", 1),
        ("engine-id 80004fb805\n", 1),
        ("boots 4\n\n", 2),
        ("engine-id 80004fb8\nboots 4\n", 1),
        ("engine-id 00000000000000\nboots 4\n", 1),
        ("engine-id 80004fb80501\nboots -1\n", 2),
        ("engine-id 80004fb80501\n\nboots 2147483648\n", 3),
        ("engine-id 80004fb80501\nboots 1\nboots 2\n", 3),
        ("engine-id 80004fb80501 again\nboots 1\n", 1),
        ("engine-id 80004fb80501\nboots 1\nroots 2\n", 3),
    ] {
        let path = place.with(text);
        let error = EngineState::open(&path).unwrap_err();
        assert_eq!(
            (error.line(), error.path()),
            (Some(line), &*path),
            "{text:?}"
        );
        let said = error.to_string();
        assert!(
            said.starts_with(&format!("{}:{line}: ", path.display())),
            "{said}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    let error = EngineState::open(place.0.join("no-such-directory/engine")).unwrap_err();
    assert_eq!(error.line(), None);
}

#[test]
fn what_is_no_file_of_an_engine_is_an_error_and_stays() {
    let place = Place::new("other");
    // Valid to its end, but nobody reads that far.
    let long = format!("engine-id {NAME}\nboots 1\n#{}", "-".repeat(1 << 16));
    let said = |path: PathBuf| {
        let error = EngineState::open(&path).unwrap_err();
        assert_eq!((error.line(), error.path()), (None, &*path));
        error.to_string()
    };
    assert!(said(place.with(&long)).ends_with("65536 octets that are read"));
    assert_eq!(fs::read_to_string(place.file()).unwrap(), long);
    fs::write(place.file(), b"engine-id \xff\n").unwrap();
    said(place.file());
    said(place.0.clone());
    // A file that cannot take the place of what is there is not left over.
    let directory = place.0.join("directory");
    fs::create_dir(&directory).unwrap();
    said(directory);
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_without_end_is_read_no_further_than_others() {
    let error = EngineState::open("/dev/zero").unwrap_err();
    assert!(error.to_string().starts_with("/dev/zero: "), "{error}");
}

#[test]
fn engines_that_start_at_the_same_time_leave_a_whole_file() {
    let place = Place::new("together");
    let path = place.with(&format!("engine-id {NAME}\nboots 1\n"));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let state = EngineState::open(&path).unwrap();
                    assert_eq!(state.engine_id().to_string(), NAME);
                }
            });
        }
    });
    let boots = EngineState::open(&path).unwrap().boots();
    assert!((12..=82).contains(&boots), "{boots}");
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 1);
}
