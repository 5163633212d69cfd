//! The frame of every page, and escaping.

use super::language::Language;

/// `text` safe inside elements and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page around `main`, which is HTML already.
pub fn frame(text: &Language, title: &str, main: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"test\">{note}</header>\n{main}\n</body>\n</html>\n",
        lang = text.code,
        title = escape(title),
        note = escape(text.test_mode),
    )
}

const STYLE: &str = r#"
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1c2430;--soft:#566072;--line:#d5dae2;--field:#fff;--accent:#2b4ccf;--on-accent:#fff;--bad:#b3191f;--bad-page:#fdecec;--note:#5a3d00;--note-page:#fff3d1}
@media(prefers-color-scheme:dark){:root{--page:#12161d;--card:#1a2029;--text:#e8ecf3;--soft:#a4afc0;--line:#39434f;--field:#12161d;--accent:#9db2ff;--on-accent:#10183a;--bad:#ffa8a3;--bad-page:#3a1b1d;--note:#ffe3a3;--note-page:#33280d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.test{margin:0;padding:.5rem 1rem;text-align:center;font-size:.875rem;background:var(--note-page);color:var(--note)}
main{max-width:60rem;margin-inline:auto;padding:1.5rem 1rem 3rem;display:grid;gap:2rem}
@media(min-width:52rem){main.two{grid-template-columns:1fr 1fr;align-items:start;gap:3rem;padding-block-start:3rem}}
main.one{max-width:32rem}
section{min-inline-size:0}
.panel{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.5rem}
h1{font-size:1.125rem;font-weight:600;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1rem;margin:0 0 1rem}
.sum{font-size:2.25rem;font-weight:650;letter-spacing:-.02em;line-height:1.2;margin:0 0 1.5rem;font-variant-numeric:tabular-nums}
.lines{list-style:none;margin:0;padding:0}
.lines li{display:flex;gap:1rem;justify-content:space-between;padding-block:.75rem;border-block-start:1px solid var(--line)}
.lines span:last-child{white-space:nowrap;font-variant-numeric:tabular-nums}
.lines small,.soft{color:var(--soft);font-size:.875rem}
.lines small{display:block}
.total{font-weight:600}
a{color:var(--accent);text-underline-offset:.15em}
.back{display:inline-block;margin-block-end:1.25rem;padding-block:.25rem}
label{display:block;font-size:.9375rem;font-weight:550;margin-block-end:.25rem}
input{inline-size:100%;font:inherit;color:inherit;background:var(--field);border:1px solid var(--soft);border-radius:8px;padding:.625rem .75rem;min-block-size:2.875rem}
::placeholder{color:var(--soft);opacity:1}
input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.field{margin-block-end:1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.wrong{color:var(--bad);font-size:.875rem;margin:.25rem 0 0}
.alert{background:var(--bad-page);color:var(--bad);border-radius:8px;padding:.75rem 1rem;margin:0 0 1.25rem;font-weight:550}
button,.button{display:block;inline-size:100%;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer;border:1px solid transparent;border-radius:8px;padding:.75rem 1rem;min-block-size:3rem;background:var(--accent);color:var(--on-accent)}
button.plain{background:transparent;color:var(--text);border-color:var(--soft);margin-block-start:.75rem}
dl{margin:0;font-size:.875rem}
dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding-block:.375rem;border-block-start:1px solid var(--line)}
dt{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;white-space:nowrap}
dd{margin:0;color:var(--soft)}
.cards{margin-block-start:2rem}
@media(max-width:30rem){dl div{display:block}}
"#;
