//! The file that keeps an engine's name and the number of its starts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use deferred_snmp::hlapi::{EngineState, SnmpEngine, SnmpError};
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::EngineId;
use util::process::one_test;

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

    /// What is in the directory, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
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
    assert_eq!(place.names(), ["engine"], "nothing is left over");
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
fn the_start_with_a_number_that_nobody_takes_is_refused_with_a_reason() {
    let place = Place::new("latch");
    let name = NAME.parse().unwrap();
    let path = place.with(&format!("boots 2147483645\nengine-id 0x{NAME}\n"));
    assert_eq!(EngineState::open(&path).unwrap().boots(), 2_147_483_646);
    for boots in [2_147_483_646_u32, 2_147_483_647] {
        let text = format!("boots {boots}\nengine-id {NAME}\n");
        let path = place.with(&text);
        let reactor = Reactor::new().unwrap();
        let engine = SnmpEngine::with_state_file(&reactor.handle(), &path);
        assert!(matches!(engine, Err(SnmpError::State(error)) if error.is_worn_out()));
        for error in [
            EngineState::open(&path).unwrap_err(),
            EngineState::open_as(&path, name).unwrap_err(),
        ] {
            assert!(error.is_worn_out());
            assert_eq!((error.line(), error.path()), (None, &*path));
            let said = error.to_string();
            assert!(
                said.contains(NAME) && said.contains("remove the file"),
                "{said}"
            );
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(place.names(), ["engine"]);
    }
    let other = EngineState::open_as(&path, "8000000001020304".parse().unwrap()).unwrap();
    assert_eq!(other.boots(), 1);
}

#[test]
fn the_name_of_no_engine_is_refused_with_a_reason() {
    let place = Place::new("local");
    let reason = "8000000006 stands for any engine in a context, and is the name of none";
    let path = place.file();
    let error = EngineState::open_as(&path, EngineId::LOCAL).unwrap_err();
    let said = format!("{}: {reason}", path.display());
    assert_eq!((error.line(), error.to_string()), (None, said));
    assert!(place.names().is_empty(), "no file is made for it");
    let text = "boots 3\nengine-id 8000000006\n";
    let path = place.with(text);
    let error = EngineState::open(&path).unwrap_err();
    let said = format!("{}:2: {reason}", path.display());
    assert_eq!((error.line(), error.to_string()), (Some(2), said));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_broken_file_is_named_with_its_line_and_left_alone() {
    let place = Place::new("broken");
    for (text, line) in [
        ("", 1),
        ("# nothing\n", 1),
        ("engine-id 80004fb805\n", 1),
        ("boots 4\n\n", 2),
        ("engine-id 80004fb8050\nboots 4\n", 1),
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
    assert!(said(PathBuf::new()).ends_with(": the path of the file is empty"));
    let missing = place.0.join("missing");
    let text = said(missing.join("engine"));
    let expected = format!("there is no directory {}", missing.display());
    assert!(text.ends_with(&expected), "{text}");
    // A file that cannot take the place of what is there is not left over.
    let directory = place.0.join("directory");
    fs::create_dir(&directory).unwrap();
    said(directory);
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 2);
}

#[test]
fn threads_that_start_at_the_same_time_get_a_number_each() {
    let place = Place::new("threads");
    let path = place.file();
    let starts: Vec<_> = std::thread::scope(|scope| {
        let start = || EngineState::open(&path).unwrap();
        let threads: Vec<_> = (0..30).map(|_| scope.spawn(start)).collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap());
        joined.collect()
    });
    let names: BTreeSet<_> = starts
        .iter()
        .map(|state| state.engine_id().to_string())
        .collect();
    assert_eq!(names.len(), 1, "one of them made the file");
    let boots: BTreeSet<_> = starts.iter().map(|state| state.boots()).collect();
    assert_eq!(boots, (1..=30).collect());
    assert_eq!(place.names(), ["engine"]);
}

/// Where a process finds the file that it starts an engine by.
const PATH: &str = "DEFERRED_SNMP_STATE_OF_A_PROCESS";

#[test]
fn processes_that_start_at_the_same_time_get_a_number_each() {
    let place = Place::new("processes");
    let path = place.with(&format!("engine-id {NAME}\nboots 100\n"));
    let processes: Vec<_> = (0..30)
        .map(|_| {
            one_test(module_path!(), "a_process_that_starts")
                .env(PATH, &path)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let boots: BTreeSet<u32> = processes
        .into_iter()
        .map(|process| {
            let output = process.wait_with_output().unwrap();
            let output = String::from_utf8(output.stdout).unwrap();
            let (_, told) = output.split_once("boots=").expect("its number");
            told.split_whitespace().next().unwrap().parse().unwrap()
        })
        .collect();
    assert_eq!(boots, (101..=130).collect());
    assert_eq!(place.names(), ["engine"]);
}

#[test]
#[ignore = "started by processes_that_start_at_the_same_time_get_a_number_each"]
fn a_process_that_starts() {
    let path = std::env::var_os(PATH).expect("the file");
    let state = EngineState::open(path).unwrap();
    println!("boots={} ", state.boots());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use rustix::fs::{CWD, FlockOperation, Mode, flock, mkfifoat};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_new_file_is_its_owners_and_an_old_one_keeps_its_mode() {
        let place = Place::new("mode");
        let path = place.file();
        EngineState::open(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
        for wanted in [0o644, 0o640, 0o600, 0o400, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
            EngineState::open(&path).unwrap();
            assert_eq!(mode(&path), wanted, "{wanted:o}");
        }
    }

    #[test]
    fn an_old_file_keeps_its_owner_where_files_can_be_given_away() {
        let place = Place::new("owner");
        let path = place.with(&format!("engine-id {NAME}\nboots 1\n"));
        if std::os::unix::fs::chown(&path, Some(12_345), Some(54_321)).is_err() {
            util::left_out("an_owner_stays", "only root gives files away");
            return;
        }
        assert_eq!(EngineState::open(&path).unwrap().boots(), 2);
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (12_345, 54_321));
    }

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_replaced() {
        let place = Place::new("link");
        let [kept, other] = ["kept", "other"].map(|name| place.0.join(name));
        fs::create_dir(&kept).unwrap();
        fs::create_dir(&other).unwrap();
        // One after the other, with relative and absolute names; what they lead to is not there yet.
        symlink("other/second", place.file()).unwrap();
        symlink("../kept/third", other.join("second")).unwrap();
        symlink(kept.join("state"), kept.join("third")).unwrap();
        for boots in 1..4 {
            assert_eq!(EngineState::open(place.file()).unwrap().boots(), boots);
            for link in [place.file(), other.join("second"), kept.join("third")] {
                assert!(fs::symlink_metadata(link).unwrap().is_symlink());
            }
            let text = fs::read_to_string(kept.join("state")).unwrap();
            assert!(text.ends_with(&format!("boots {boots}\n")), "{text}");
        }
        assert!(fs::symlink_metadata(kept.join("state")).unwrap().is_file());
        assert_eq!(fs::read_dir(&kept).unwrap().count(), 2);
        assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
        assert_eq!(place.names(), ["engine", "kept", "other"]);
    }

    #[test]
    fn what_killed_starts_have_left_is_taken_away_and_nothing_else() {
        let place = Place::new("left");
        let path = place.with(&format!("engine-id {NAME}\nboots 1\n"));
        for left in ["engine.0123456789abcdef.new", "engine.ffffffffffffffff.new"] {
            fs::write(place.0.join(left), "engine-id 80004f").unwrap();
        }
        let others = [
            "engine.0123456789ABCDEF.new",
            "engine.0123456789abcde.new",
            "engine.0123456789abcdef",
            "engine.new",
            "engine2.0123456789abcdef.new",
            "xengine.0123456789abcdef.new",
        ];
        for other in others {
            fs::write(place.0.join(other), "precious").unwrap();
        }
        // A link that somebody has put there goes, and not what it leads to.
        symlink("engine.new", place.0.join("engine.0000000000000000.new")).unwrap();
        assert_eq!(EngineState::open(&path).unwrap().boots(), 2);
        let mut left = vec!["engine"];
        left.extend(others);
        left.sort_unstable();
        assert_eq!(place.names(), left);
        for other in others {
            assert_eq!(fs::read_to_string(place.0.join(other)).unwrap(), "precious");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_errors() {
        let place = Place::new("circle");
        symlink("engine", place.file()).unwrap();
        EngineState::open(place.file()).unwrap_err();
        fs::remove_file(place.file()).unwrap();
        symlink("no-such-directory/engine", place.file()).unwrap();
        EngineState::open(place.file()).unwrap_err();
        assert_eq!(place.names(), ["engine"]);
    }

    #[test]
    fn what_is_no_regular_file_is_refused_and_not_waited_for() {
        let place = Place::new("pipe");
        let pipe = place.0.join("pipe");
        mkfifoat(CWD, &pipe, Mode::from_raw_mode(0o600)).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(place.0.join("socket")).unwrap();
        symlink("pipe", place.0.join("link")).unwrap();
        let mut refused = vec![pipe, place.0.join("socket"), place.0.join("link")];
        refused.extend(["/dev/null", "/dev/zero", "/dev/tty"].map(PathBuf::from));
        for path in refused.into_iter().filter(|path| path.exists()) {
            let error = EngineState::open(&path).unwrap_err();
            let said = error.to_string();
            assert_eq!(said, format!("{}: not a regular file", path.display()));
        }
        let error = EngineState::open(&place.0).unwrap_err();
        assert!(
            error.to_string().ends_with(": a directory, not a file"),
            "{error}"
        );
        assert_eq!(place.names(), ["link", "pipe", "socket"]);
    }

    #[test]
    fn nothing_that_was_put_beside_the_file_is_written_to() {
        let place = Place::new("planted");
        let victim = place.0.join("victim");
        fs::write(&victim, "precious").unwrap();
        let path = place.with(&format!("engine-id {NAME}\nboots 1\n"));
        // Every name that could be foreseen, as far as a process can be.
        let id = std::process::id();
        for number in 0..200 {
            symlink("victim", place.0.join(format!("engine.{id}.{number}"))).unwrap();
        }
        for name in ["engine.new", "engine.tmp", "engine~"] {
            symlink("victim", place.0.join(name)).unwrap();
        }
        let before = place.names();
        assert_eq!(EngineState::open(&path).unwrap().boots(), 2);
        assert_eq!(place.names(), before);
        // The one name that is always the same.
        symlink("victim", place.0.join("engine.lock")).unwrap();
        let error = EngineState::open(&path).unwrap_err();
        assert!(error.to_string().contains("engine.lock: "), "{error}");
        fs::remove_file(place.0.join("engine.lock")).unwrap();
        symlink("not-there", place.0.join("engine.lock")).unwrap();
        EngineState::open(&path).unwrap_err();
        fs::remove_file(place.0.join("engine.lock")).unwrap();
        let pipe = place.0.join("engine.lock");
        mkfifoat(CWD, &pipe, Mode::from_raw_mode(0o600)).unwrap();
        let error = EngineState::open(&path).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("engine.lock: not a regular file"),
            "{error}"
        );
        fs::remove_file(&pipe).unwrap();
        assert_eq!(place.names(), before);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(EngineState::open(&path).unwrap().boots(), 3);
    }

    #[test]
    fn a_lock_that_is_left_over_is_taken_and_one_that_is_held_ends_in_an_error() {
        let place = Place::new("lock");
        let path = place.with(&format!("engine-id {NAME}\nboots 1\n"));
        let lock = place.0.join("engine.lock");
        // Of a process that has ended.
        fs::write(&lock, "").unwrap();
        assert_eq!(EngineState::open(&path).unwrap().boots(), 2);
        assert_eq!(place.names(), ["engine"]);
        let held = fs::File::create(&lock).unwrap();
        flock(&held, FlockOperation::LockExclusive).unwrap();
        let said = EngineState::open(&path).unwrap_err().to_string();
        assert!(
            said.ends_with("engine.lock is held by another start for 10s"),
            "{said}"
        );
        assert!(fs::read_to_string(&path).unwrap().ends_with("boots 2\n"));
        // Whoever has it takes it away; then the file is as free as ever.
        drop(held);
        assert_eq!(EngineState::open(&path).unwrap().boots(), 3);
    }
}
