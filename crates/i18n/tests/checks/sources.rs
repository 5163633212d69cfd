//! The repository's Rust files.

use super::lexer::{Token, tokens};
use std::{fs, path::Path};

/// A file of the product's code, tests left out.
pub struct Source {
    /// Path from the repository's root.
    pub path: String,
    pub tokens: Vec<Token>,
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Every file below `crates` and `src` that is not a test.
pub fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("crates"), &mut found);
    collect(&root().join("src"), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the repository's sources are not where they were");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "tests" | "benches" | "target" | "node_modules") {
                collect(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests.rs" {
            // A file may vanish between the listing and the reading while it is being edited.
            let Ok(source) = fs::read_to_string(&path) else { continue };
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Source { path, tokens: tokens(&source) });
        }
    }
}
