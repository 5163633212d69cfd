//! The context of one request.

use domain::{Actor, Member, Services};
use http::request::Parts;
use i18n::{Locale, Reader};
use jiff::Timestamp;
use kernel::{AppError, form::FormState};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use ui::shell::Theme;

/// Everything a page or a server function knows about its request. Cheap to clone.
#[derive(Clone)]
pub struct RequestCx(Arc<Inner>);

struct Inner {
    services: Services,
    settings: Arc<Settings>,
    site: Site,
    preferences: Preferences,
    path: String,
    query: String,
    form: Option<SubmittedForm>,
    now: Timestamp,
    request_id: String,
}

/// Whose site a request is for.
#[derive(Clone)]
pub enum Site {
    /// The platform's own host, and which operator is signed in there, in the platform's own tenant.
    Platform(Actor),
    /// A tenant's host, and who is signed in there.
    Tenant(Actor),
}

/// What pages know of the deployment.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether the mailbox, the gallery and the pseudo-locales are there.
    pub development: bool,
    /// Where the payment page is (`https://checkout.stripe.com`): a form may lead there.
    pub payment_origin: String,
    /// How many proxies stand before the server, each of which names its peer in `X-Forwarded-For`.
    pub proxies: usize,
    /// The folder of style sheet, script and WASM in addresses. It changes with their contents.
    pub package: String,
}

/// How the reader wants pages: language and zone, theme.
#[derive(Clone)]
pub struct Preferences {
    /// Language and zone.
    pub reader: Reader,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Whether the zone was chosen (or told by the browser) rather than assumed.
    pub zone_known: bool,
}

/// A native form that was refused: its page is rendered again with what was typed.
#[derive(Clone, Debug)]
pub struct SubmittedForm {
    /// The server function's path, so that a page with several forms knows which one.
    pub action: String,
    /// What was typed and what is wrong.
    pub state: FormState,
}

impl RequestCx {
    /// Made once a request by the server's middleware.
    pub fn new(
        services: Services,
        settings: Arc<Settings>,
        site: Site,
        preferences: Preferences,
        parts: &Parts,
        request_id: String,
    ) -> Self {
        let now = services.now();
        Self(Arc::new(Inner {
            services,
            settings,
            site,
            preferences,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            form: parts.extensions.get::<SubmittedForm>().cloned(),
            now,
            request_id,
        }))
    }

    /// The services.
    pub fn services(&self) -> &Services {
        &self.0.services
    }

    /// What pages know of the deployment.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Whose site this is.
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// Who acts on a tenant's site; on the platform's host there is no such page.
    pub fn actor(&self) -> Result<&Actor, AppError> {
        match &self.0.site {
            Site::Tenant(actor) => Ok(actor),
            Site::Platform(_) => Err(AppError::NotFound),
        }
    }

    /// Who acts on whichever site this is: on the platform's host an operator or nobody in particular, in the platform's own
    /// tenant.
    pub fn visitor(&self) -> &Actor {
        match &self.0.site {
            Site::Tenant(actor) | Site::Platform(actor) => actor,
        }
    }

    /// The signed-in member, if any.
    pub fn member(&self) -> Option<&Arc<Member>> {
        match &self.0.site {
            Site::Tenant(actor) | Site::Platform(actor) => actor.member.as_ref(),
        }
    }

    /// Who reads.
    pub fn reader(&self) -> &Reader {
        &self.0.preferences.reader
    }

    /// The reader's language.
    pub fn locale(&self) -> Locale {
        self.0.preferences.reader.locale
    }

    /// Language, zone and theme.
    pub fn preferences(&self) -> &Preferences {
        &self.0.preferences
    }

    /// The moment the request came in.
    pub fn now(&self) -> Timestamp {
        self.0.now
    }

    /// The request's id, as in the log.
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The page's path.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The page's path and query.
    pub fn path_and_query(&self) -> String {
        if self.0.query.is_empty() { self.0.path.clone() } else { format!("{}?{}", self.0.path, self.0.query) }
    }

    /// The raw query.
    pub fn raw_query(&self) -> &str {
        &self.0.query
    }

    /// The query as a struct. What does not fit is the default: an address can be mistyped.
    pub fn query<T: DeserializeOwned + Default>(&self) -> T {
        parse_query(&self.0.query)
    }

    /// The state of the form that posts to `action` on this page.
    pub fn form(&self, action: &str) -> FormState {
        self.0.form.as_ref().filter(|form| form.action == action).map(|form| form.state.clone()).unwrap_or_default()
    }

    /// Whether this page is rendered again after a refused form.
    pub fn is_refused(&self) -> bool {
        self.0.form.is_some()
    }

    /// The refused form, whichever it is.
    pub fn submitted(&self) -> Option<&SubmittedForm> {
        self.0.form.as_ref()
    }
}

/// A query as a struct. What does not fit is the default: an address can be mistyped.
pub fn parse_query<T: DeserializeOwned + Default>(query: &str) -> T {
    serde_qs::from_str(query).unwrap_or_default()
}

/// The request's context, outside of a request `None`.
pub fn try_cx() -> Option<RequestCx> {
    use_context::<RequestCx>().or_else(|| use_context::<Parts>().and_then(|parts| parts.extensions.get::<RequestCx>().cloned()))
}

/// The request's context, in a server function.
pub fn cx() -> Result<RequestCx, AppError> {
    try_cx().ok_or(AppError::Internal)
}
