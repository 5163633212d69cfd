//! In the browser: hydrates the islands. On the server: the application.

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod doctor;
#[cfg(feature = "ssr")]
pub mod server;

/// The browser's entry. An island in another crate vanishes unless the crate is used here.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    use islands as _;
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
