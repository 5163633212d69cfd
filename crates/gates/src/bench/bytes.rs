//! What a page weighs on the wire: its HTML and the files it names, compressed as they are served.

use super::load::Target;
use crate::{fault::Result, stage::Stage};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// A page's weight, for people.
pub struct Weight {
    /// The document.
    pub html: String,
    /// Style sheets.
    pub css: String,
    /// Scripts and WASM.
    pub scripts: String,
}

/// Weighs what a target answers with.
pub async fn of(stage: &Stage, target: &Target) -> Result<Weight> {
    let page = String::from_utf8_lossy(&target.once().await?.body).into_owned();
    let compressed = target.compressed().once().await?.body.len();
    let files = files(&page);
    let sum = |extensions: &[&str]| -> Result<u64> {
        let mut sum = 0;
        for file in files.iter().filter(|file| extensions.iter().any(|extension| file.ends_with(extension))) {
            sum += size(&stage.target.join("site").join(on_disk(file)))?;
        }
        Ok(sum)
    };
    Ok(Weight { html: kilobytes(u64::try_from(compressed)?), css: kilobytes(sum(&[".css"])?), scripts: kilobytes(sum(&[".js", ".wasm"])?) })
}

/// The addresses of scripts, modules and style sheets in a page.
fn files(page: &str) -> BTreeSet<String> {
    let quoted = page.split(['"', '\'', '`']);
    let local = quoted.filter(|text| text.starts_with('/') && [".js", ".wasm", ".css"].iter().any(|extension| text.ends_with(extension)));
    local.map(str::to_owned).collect()
}

/// Where an address is in the built site: the build's hash is a folder in addresses alone.
fn on_disk(address: &str) -> PathBuf {
    match address.trim_start_matches('/').split('/').collect::<Vec<_>>().as_slice() {
        [package, _, name] => [package, name].iter().collect(),
        other => other.iter().collect(),
    }
}

/// The size of a file's brotli twin, or of the file where it has none.
fn size(path: &Path) -> Result<u64> {
    let mut twin = path.as_os_str().to_owned();
    twin.push(".br");
    let found = std::fs::metadata(Path::new(&twin)).or_else(|_| std::fs::metadata(path));
    Ok(found.map_err(|error| format!("{}: {error}", path.display()))?.len())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pages_files_are_found_once_each() {
        let page = r#"<link rel="stylesheet" href="/pkg/a.css"><script>import('/pkg/a.js')</script><link href="/pkg/a.wasm"><link href="/pkg/a.js"><a href="/x">"#;
        assert_eq!(files(page).into_iter().collect::<Vec<_>>(), ["/pkg/a.css", "/pkg/a.js", "/pkg/a.wasm"]);
    }

    #[test]
    fn an_address_leads_to_its_file() {
        assert_eq!(on_disk("/pkg/3f2a/a.css"), Path::new("pkg/a.css"));
        assert_eq!(on_disk("/enhance.js"), Path::new("enhance.js"));
    }
}
