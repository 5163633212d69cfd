//! Parts of a page's path.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::str::FromStr;

/// A part of the page's path, such as an id. `None` when it cannot be one: such a page does not
/// exist.
pub fn param<T: FromStr>(name: &str) -> Option<T> {
    use_params_map().with_untracked(|params| params.get(name)).and_then(|text| text.parse().ok())
}
