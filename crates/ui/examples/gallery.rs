//! Writes the gallery of parts to `target/gallery/`, one file for each theme and direction, to look at it
//! without the server. The style sheet is expected beside them as `style.css`.

use std::{fs, path::Path};

use leptos::prelude::*;
use ui::{gallery::Gallery, prelude::*};

fn page(theme: Theme, rtl: bool) -> String {
    let body = view! {
        <Gallery theme=theme rtl=rtl />
        <EnhanceScript />
    }
    .to_html();
    let dir = if rtl { "rtl" } else { "ltr" };
    format!(
        "<!doctype html><html lang=\"en-GB\" dir=\"{dir}\" data-theme=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\"><title>Parts</title>\
         <link rel=\"stylesheet\" href=\"/style.css\"></head><body>{body}</body></html>",
        theme.name(),
    )
}

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    fs::create_dir_all(&folder)?;
    for theme in [Theme::Light, Theme::Dark] {
        for rtl in [false, true] {
            let name = format!("{}{}.html", theme.name(), if rtl { "-rtl" } else { "" });
            fs::write(folder.join(name), Owner::new().with(|| page(theme, rtl)))?;
        }
    }
    Ok(())
}
