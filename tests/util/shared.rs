//! Test data that lives beside the crate and not in it.

use std::path::{Path, PathBuf};

use super::left_out;

/// The path of a file or directory under `../shared`, or `None` and a line that says so.
pub fn shared(test: &str, name: &str) -> Option<PathBuf> {
    let root = Path::new(super::ROOT).join("../shared");
    // others have directories of this name, too
    if !root.join("vectors").is_dir() {
        left_out(test, "../shared is not there");
        return None;
    }
    let path = root.join(name);
    assert!(path.exists(), "{test}: {} is missing", path.display());
    Some(path)
}
