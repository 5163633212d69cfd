//! Types and rules shared by the server and the browser.
//!
//! No I/O, no framework, no clock: a function here depends on its arguments alone.

pub mod availability;
pub mod currency;
pub mod email;
pub mod error;
pub mod flag;
pub mod form;
pub mod ids;
pub mod money;
pub mod permission;
pub mod policy;
pub mod role;
pub mod slug;
pub mod urls;
pub mod zone;

pub use currency::Currency;
pub use error::{AppError, FieldError, FormErrors};
pub use flag::{Flag, Flags};
pub use money::Money;
pub use permission::{Permission, Permissions};
pub use role::{Role, Roles};
