//! Modules loaded from files: each run is a fresh process, which says how long it took and how much memory it had.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use deferred_snmp::names::{Modules, Names, NamesExt};

const CHILD: &str = "MIB_BENCH_CHILD";
const ROUNDS: usize = 11;

/// `MIB_DIRECTORIES`, else where Net-SNMP keeps its modules.
pub(crate) fn directories() -> Vec<PathBuf> {
    let given = env::var_os("MIB_DIRECTORIES");
    let given = given.unwrap_or_else(|| "/usr/share/snmp/mibs".into());
    let mut directories: Vec<PathBuf> = env::split_paths(&given).collect();
    directories.retain(|directory| directory.is_dir());
    directories
}

pub(crate) fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

/// Loads what it is told to and prints microseconds: for the listing, the first load and the second; then kibibytes.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
pub(crate) fn child() {
    let begin = Instant::now();
    let mut modules = Modules::empty();
    for directory in directories() {
        modules.add_directory(directory).unwrap();
    }
    let listed = begin.elapsed();
    let load = || {
        let begin = Instant::now();
        let errors = match env::var(CHILD).unwrap().as_str() {
            "ALL" => modules.load_all().len(),
            module => usize::from(modules.load(module).is_err()),
        };
        assert!(modules.resolve(None, "ifDescr", &[]).is_ok());
        (begin.elapsed(), errors)
    };
    let (first, errors) = load();
    let (second, _) = load();
    let count = modules.modules().len();
    println!(
        "{} {} {} {} {count} {errors}",
        listed.as_micros(),
        first.as_micros(),
        second.as_micros(),
        peak_memory()
    );
}

/// The most memory that this process had resident, in kibibytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

pub(crate) fn bench(directories: &[PathBuf]) {
    let mut modules = Modules::empty();
    for directory in directories {
        modules.add_directory(directory).unwrap();
    }
    if modules.load("IF-MIB").is_err() || modules.file_of("IF-MIB").is_none() {
        println!("left out: loading modules: no IF-MIB in {directories:?} (set MIB_DIRECTORIES)");
        return;
    }
    let nameless = Nameless::new(directories);
    compare("IF-MIB", "IF-MIB", directories, true);
    compare(
        "IF-MIB, file names that say nothing",
        "IF-MIB",
        std::slice::from_ref(&nameless.directory),
        false,
    );
    compare("all modules", "ALL", directories, true);
}

/// The medians of rounds in which this library and `snmptranslate` take turns.
fn compare(what: &str, module: &str, directories: &[PathBuf], with_peer: bool) {
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    let mut figures: [Vec<u64>; 6] = Default::default();
    let joined = env::join_paths(directories).unwrap();
    for _ in 0..ROUNDS {
        let mut child = Command::new(env::current_exe().unwrap());
        child
            .env(CHILD, module)
            .env("MIB_DIRECTORIES", &joined)
            .stderr(Stdio::inherit());
        let (time, output) = timed(&mut child).expect("this program runs");
        ours.push(time);
        let found = output.split_whitespace().map(|word| word.parse().unwrap());
        for (figures, found) in figures.iter_mut().zip(found) {
            figures.push(found);
        }
        if with_peer {
            let mut peer = Command::new("snmptranslate");
            let arguments = ["-m", module, "IF-MIB::ifDescr"];
            peer.arg("-M").arg(&joined).args(arguments);
            peers.extend(timed(peer.stderr(Stdio::null())).map(|(time, _)| time));
        }
    }
    let [listed, first, second, memory, count, errors] = figures.map(median);
    println!("load {what}: {count} modules, {errors} errors");
    println!("    directories listed in {listed} us, loaded in {first} us, again in {second} us");
    println!("    {:.1} MB at most", memory as f64 / 1024.0);
    let ours = median(ours);
    print!("    process {:.1} ms", ours.as_secs_f64() * 1e3);
    if peers.is_empty() {
        println!();
        return;
    }
    let peer = median(peers);
    println!(
        ", snmptranslate {:.1} ms, ratio {:.2}",
        peer.as_secs_f64() * 1e3,
        ours.as_secs_f64() / peer.as_secs_f64()
    );
}

/// How long a process ran, from before its start to its end, and what it printed; `None` if there is no such program.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn timed(command: &mut Command) -> Option<(Duration, String)> {
    let begin = Instant::now();
    let output = command.output().ok()?;
    let time = begin.elapsed();
    Some((time, String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// Copies of all files under names that do not tell what is in them.
struct Nameless {
    directory: PathBuf,
}

impl Nameless {
    fn new(directories: &[PathBuf]) -> Self {
        let name = format!("deferred-snmp-mib-bench-{}", std::process::id());
        let directory = env::temp_dir().join(name);
        fs::create_dir(&directory).unwrap();
        let files = directories
            .iter()
            .flat_map(|directory| fs::read_dir(directory).unwrap());
        for (number, file) in files.enumerate() {
            let from = file.unwrap().path();
            if Path::is_file(&from) {
                fs::copy(from, directory.join(number.to_string())).unwrap();
            }
        }
        Self { directory }
    }
}

impl Drop for Nameless {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}
