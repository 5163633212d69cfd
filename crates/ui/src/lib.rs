//! The design system: one component per part of `docs/ui.md`, with the class names of `style/`.
//!
//! Parts hold no text of their own: labels come as props, already in the reader's language. They draw on the
//! server and in islands alike and need no script; `public/enhance.js` makes some of them nicer.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod calendar;
pub mod callout;
pub mod chart;
pub mod dialog;
pub mod display;
pub mod enhance;
pub mod field;
pub mod gallery;
pub mod icon;
pub mod menu;
pub mod nav;
pub mod shell;
pub mod stat;
pub mod steps;
pub mod table;
pub mod text;
pub mod toast;

/// Everything that a page needs.
pub mod prelude {
    pub use crate::{
        avatar::*, badge::*, button::*, calendar::*, callout::*, chart::*, dialog::*, display::*, enhance::*, field::*, icon::*, menu::*,
        nav::*, shell::*, stat::*, steps::*, table::*, text::Text, toast::*,
    };
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
