//! Signing in and out: the request's login session.

use crate::cookie::{self, Cookie};
use domain::{
    Member,
    accounts::{Login, sessions},
};
use http::{HeaderValue, header, request::Parts};
use kernel::AppError;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::sync::Arc;
use tower_sessions::Session;

/// The key under which the login-session store keeps the member's id.
pub const MEMBER: &str = "member";
/// The key of the epoch in which it began.
pub const EPOCH: &str = "epoch";
/// The key of staff who see the site as the member.
pub const BY: &str = "by";
/// The key of whether everything was shown that the account asks for.
pub const VERIFIED: &str = "verified";
/// The key under which a loaded session carries the member as of now.
pub const LOADED: &str = "loaded";

fn session() -> Result<Session, AppError> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Session>().cloned()).ok_or(AppError::Internal)
}

/// Signs somebody in. The session gets a new secret, so one that was planted before is worth
/// nothing.
pub async fn start_login(login: Login) -> Result<(), AppError> {
    let session = session()?;
    let fault = |error: tower_sessions::session::Error| {
        tracing::error!(cause = %error, "login session");
        AppError::Internal
    };
    if session.id().is_some() {
        session.flush().await.map_err(fault)?;
    }
    session.insert(EPOCH, login.epoch).await.map_err(fault)?;
    session.insert(VERIFIED, login.verified).await.map_err(fault)?;
    if let Some(by) = login.by {
        session.insert(BY, by).await.map_err(fault)?;
    }
    session.insert(MEMBER, login.member).await.map_err(fault)
}

/// Who is signed in, from a loaded session.
///
/// # Errors
/// When the session cannot be read: then nobody knows whether somebody is signed in.
pub async fn member_of(session: &Session) -> Result<Option<Arc<Member>>, tower_sessions::session::Error> {
    Ok(session.get::<Member>(LOADED).await?.map(Arc::new))
}

/// The id of the request's own login session, as the list of a member's sessions has it.
pub fn current_login() -> Option<String> {
    session().ok()?.id().map(|id| sessions::id_of(&id.0.to_le_bytes()))
}

/// Sends a cookie with the answer.
fn answer(cookie: Option<HeaderValue>) {
    if let (Some(response), Some(value)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// What a browser keeps for a while besides its login session. A script cannot read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The ticket of an address proof.
    Proof,
    /// The ticket of what is asked for at sign-in.
    Challenge,
    /// The ticket of who somebody showed that they are elsewhere.
    Newcomer,
    /// That this browser needs no second factor.
    Device,
}

impl Kept {
    const fn cookie(self) -> Cookie {
        match self {
            Self::Proof => cookie::PROOF,
            Self::Challenge => cookie::CHALLENGE,
            Self::Newcomer => cookie::NEWCOMER,
            Self::Device => cookie::DEVICE,
        }
    }

    /// Keeps it.
    pub fn keep(self, secret: &str) {
        answer(cookie::set(self.cookie(), secret));
    }

    /// Forgets it.
    pub fn forget(self) {
        answer(cookie::remove(self.cookie()));
    }

    /// What this browser keeps.
    pub fn read(self) -> Option<String> {
        cookie::read(&use_context::<Parts>()?.headers, self.cookie())
    }
}
