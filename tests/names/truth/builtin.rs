//! The compiled-in tables are what the generator writes for the modules of today.

use std::path::Path;

use util::shared::shared;

#[expect(
    dead_code,
    unreachable_pub,
    reason = "the generator is a program of its own"
)]
#[path = "../../../examples/mibgen.rs"]
mod mibgen;

#[test]
fn compiled_in_modules_are_those_of_the_files() {
    let Some(shared) = shared("compiled_in_modules_are_those_of_the_files", "mibs") else {
        return;
    };
    let directories = ["ietf", "vendor"].map(|name| shared.join(name).display().to_string());
    let tables = mibgen::tables(&directories).expect("every module");
    let kept = Path::new(util::ROOT).join("src/names/builtin/tables");
    let mut names: Vec<String> = std::fs::read_dir(&kept)
        .expect("the tables")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    let mut written: Vec<&str> = tables.iter().map(|(name, _)| name.as_str()).collect();
    written.sort();
    assert_eq!(names, written);
    for (name, text) in &tables {
        let found = std::fs::read_to_string(kept.join(name)).expect("a table");
        assert!(
            found == *text,
            "{name} is not what examples/mibgen.rs writes"
        );
    }
}
