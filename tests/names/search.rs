//! Where modules are looked for, how often files are read, and what an error tells.
#![cfg(feature = "mib")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use deferred_snmp::names::{LoadErrorKind, Modules, Names, Node, SearchPath};
use util::process::one_test;

/// A directory of its own for a test, removed at its end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("mib-search-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn below(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(&path).expect("a directory");
        path
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn module(name: &str, node: &str, arc: u32) -> String {
    format!("{name} DEFINITIONS ::= BEGIN\n{node} OBJECT IDENTIFIER ::= {{ iso {arc} }}\nEND\n")
}

fn write(directory: &Path, file: &str, text: &str) {
    fs::write(directory.join(file), text).expect("a file");
}

fn arc(modules: &Modules, module: &str, node: &str) -> Option<u32> {
    let found = modules.find(Some(module), node).map(Node::arcs);
    found.map(|arcs| arcs[1])
}

#[test]
fn lists_replace_and_add() {
    let path = |list: &str| {
        SearchPath::new()
            .with_directories("a:b")
            .with_directories(list)
    };
    let directories = |list: &str| {
        let path = path(list);
        let names = path.directories().iter().map(|it| it.display().to_string());
        names.collect::<Vec<_>>().join(":")
    };
    assert_eq!(directories("c:d"), "c:d");
    assert_eq!(directories("+c:d"), "a:b:c:d");
    assert_eq!(directories("-c:d"), "c:d:a:b");
    assert_eq!(directories("c:d+"), "c:d:a:b");
    assert_eq!(directories(""), "");
    let modules = SearchPath::new()
        .with_modules("A-MIB")
        .with_modules("+B-MIB:C-MIB");
    assert_eq!(modules.modules(), ["A-MIB", "B-MIB", "C-MIB"]);
}

/// Net-SNMP's manual: directories later in the list have precedence.
#[test]
fn the_later_directory_has_precedence() {
    let directory = Directory::new("precedence");
    let (first, second) = (directory.below("first"), directory.below("second"));
    write(&first, "TWICE-MIB.txt", &module("TWICE-MIB", "twice", 1));
    write(&second, "TWICE-MIB.txt", &module("TWICE-MIB", "twice", 2));
    for (lists, expected) in [([&first, &second], 2), ([&second, &first], 1)] {
        let list = format!("{}:{}", lists[0].display(), lists[1].display());
        let path = SearchPath::new()
            .with_directories(&list)
            .with_modules("TWICE-MIB");
        let (modules, errors) = Modules::from_path(&path);
        assert_eq!(errors, []);
        assert_eq!(arc(&modules, "TWICE-MIB", "twice"), Some(expected));
    }
    let mut modules = Modules::new();
    modules.add_directory(&first).expect("a directory");
    modules.add_directory(&second).expect("a directory");
    assert_eq!(
        arc(&modules, "TWICE-MIB", "twice"),
        Some(1),
        "as sources of PySNMP"
    );
}

#[test]
fn modules_are_named_by_name_by_file_or_all() {
    let directory = Directory::new("named");
    write(&directory.0, "one.txt", &module("ONE-MIB", "one", 1));
    write(&directory.0, "two.txt", &module("TWO-MIB", "two", 2));
    let list = directory.0.display().to_string();
    let with = |modules: &str| {
        let path = SearchPath::new()
            .with_directories(&list)
            .with_modules(modules);
        let (modules, errors) = Modules::from_path(&path);
        let found = |name: &str| modules.find(None, name).is_some();
        (found("one"), found("two"), errors.len())
    };
    assert_eq!(with("ONE-MIB"), (true, false, 0));
    assert_eq!(with("all"), (true, true, 0));
    assert_eq!(with("ONE-MIB:MISSING-MIB"), (true, false, 1));
    let file = directory.0.join("two.txt");
    assert_eq!(with(&format!("{}", file.display())), (false, true, 0));
}

#[test]
fn a_file_is_read_once_and_only_when_it_is_asked_for() {
    let directory = Directory::new("once");
    let both = module("FIRST-MIB", "first", 1) + &module("SECOND-MIB", "second", 2);
    write(&directory.0, "FIRST-MIB.txt", &both);
    write(&directory.0, "GONE-MIB.txt", &module("GONE-MIB", "gone", 3));
    let mut modules = Modules::empty();
    modules.add_directory(&directory.0).expect("a directory");
    fs::remove_file(directory.0.join("GONE-MIB.txt")).expect("a file");
    assert_eq!(arc(&modules, "FIRST-MIB", "first"), Some(1));
    fs::remove_file(directory.0.join("FIRST-MIB.txt")).expect("a file");
    assert_eq!(
        arc(&modules, "SECOND-MIB", "second"),
        Some(2),
        "from what was read"
    );
    write(&directory.0, "LATE-MIB.txt", &module("LATE-MIB", "late", 4));
    let late = modules
        .load("LATE-MIB")
        .expect_err("the directory is not listed again");
    assert_eq!(late.kind(), &LoadErrorKind::NotFound);
    let gone = modules.load("GONE-MIB").expect_err("its file is gone");
    assert_eq!(gone.file(), Some(&*directory.0.join("GONE-MIB.txt")));
    assert_eq!(gone.module(), Some("GONE-MIB"));
    assert_eq!(
        gone.kind(),
        &LoadErrorKind::Unreadable(std::io::ErrorKind::NotFound)
    );
}

#[test]
fn an_error_names_file_line_and_reason() {
    let directory = Directory::new("error");
    write(
        &directory.0,
        "BAD-MIB.txt",
        "-- a comment\n\nBAD-MIB DEFINITIONS = BEGIN\nEND\n",
    );
    let mut modules = Modules::empty();
    modules.add_directory(&directory.0).expect("a directory");
    let error = modules.load("BAD-MIB").expect_err("an equals sign too few");
    assert_eq!(error.file(), Some(&*directory.0.join("BAD-MIB.txt")));
    assert_eq!(error.line(), Some(3));
    let text = error.to_string();
    assert!(
        text.contains("BAD-MIB.txt:3: MIB module BAD-MIB: "),
        "{text}"
    );
    let missing = modules.load("MISSING-MIB").expect_err("no file");
    assert_eq!(missing.to_string(), "MIB module MISSING-MIB: not found");
}

const CHILD: &str = "MIB_SEARCH_CHILD";

/// Runs in a process of its own, which has the environment to be tested.
#[test]
fn the_environment_is_read() {
    if env::var_os(CHILD).is_some() {
        let path = SearchPath::from_env();
        let directories = path.directories().iter().map(|it| it.display().to_string());
        println!("directories {}", directories.collect::<Vec<_>>().join(":"));
        println!("modules {}", path.modules().join(":"));
        return;
    }
    let run = |variables: &[(&str, &str)]| {
        let output = one_test(module_path!(), "the_environment_is_read")
            .env_clear()
            .env(CHILD, "1")
            .env("HOME", "/home/nobody")
            .envs(variables.iter().copied())
            .output()
            .expect("a child");
        let output = String::from_utf8(output.stdout).expect("UTF-8");
        let line = |word: &str| {
            let line = output.lines().find_map(|line| line.split_once(word));
            line.expect("a line").1.to_owned()
        };
        (line("directories "), line("modules "))
    };
    let (directories, modules) = run(&[]);
    assert!(directories.starts_with("/home/nobody/.snmp/mibs:/usr/local/share/snmp/mibs:"));
    assert!(
        directories.contains(":/usr/share/snmp/mibs") && directories.contains(":/usr/share/mibs")
    );
    assert_eq!(modules, "");
    let default = directories;
    let (directories, modules) = run(&[("MIBDIRS", "+/one:/two"), ("MIBS", "+A-MIB:B-MIB")]);
    assert_eq!(directories, format!("{default}:/one:/two"));
    assert_eq!(modules, "A-MIB:B-MIB");
    let (directories, _) = run(&[("MIBDIRS", "-/one")]);
    assert_eq!(directories, format!("/one:{default}"));
    let (directories, _) = run(&[("MIBDIRS", "/only")]);
    assert_eq!(directories, "/only");
    let (directories, _) = run(&[("MIBDIRS", "")]);
    assert_eq!(directories, "");
}
