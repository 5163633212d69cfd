//! The page's one small script, which everything can do without.

use leptos::prelude::*;

use crate::text::Text;

/// `public/enhance.js`, loaded after the page; allowed by the nonce of the content security policy.
#[component]
pub fn EnhanceScript(
    /// The nonce of this answer.
    #[prop(optional, into)]
    nonce: Text,
    /// Where the file lies; `/enhance.js` by default.
    #[prop(optional, into)]
    src: Text,
) -> impl IntoView {
    view! { <script src=src.or_else(|| "/enhance.js".to_owned()) defer nonce=nonce.into_option()></script> }
}
