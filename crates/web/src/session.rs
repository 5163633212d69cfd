//! Signing in and out: the request's login session.

use domain::Member;
use http::request::Parts;
use kernel::{AppError, ids::MemberId};
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

/// The key under which the login-session store keeps the member's id.
pub const MEMBER: &str = "member";
/// The key under which a loaded session carries the member as of now.
pub const LOADED: &str = "loaded";

fn session() -> Result<Session, AppError> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Session>().cloned()).ok_or(AppError::Internal)
}

/// Signs `member` in. The session gets a new secret, so one that was planted before is worth
/// nothing.
pub async fn start_login(member: MemberId) -> Result<(), AppError> {
    let session = session()?;
    let fault = |error: tower_sessions::session::Error| {
        tracing::error!(cause = %error, "login session");
        AppError::Internal
    };
    if session.id().is_some() {
        session.flush().await.map_err(fault)?;
    }
    session.insert(MEMBER, member).await.map_err(fault)
}

/// Who is signed in, from a loaded session.
///
/// # Errors
/// When the session cannot be read: then nobody knows whether somebody is signed in.
pub async fn member_of(session: &Session) -> Result<Option<Arc<Member>>, tower_sessions::session::Error> {
    Ok(session.get::<Member>(LOADED).await?.map(Arc::new))
}
