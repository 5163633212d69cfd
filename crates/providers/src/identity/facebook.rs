//! Facebook: OAuth 2, and its API for who somebody is.

use super::{Identity, IdentityError, Pending, Settings, discovery::Caller, email, name, oidc::exchange_error, subject};
use crate::outgoing::{Outgoing, get};
use hmac::{Hmac, KeyInit, Mac};
use http::header::AUTHORIZATION;
use openidconnect::{
    AuthType, AuthUrl, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, IssuerUrl,
    JsonWebKeySet, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenUrl,
    core::{CoreClient, CoreResponseType},
};
use serde::Deserialize;
use sha2::Sha256;

/// The version of the API that this was written for.
const VERSION: &str = "v23.0";

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

fn client(settings: &Settings, graph: &str, redirect: RedirectUrl) -> Result<Client, IdentityError> {
    let wrong = |_| IdentityError::Misconfigured("Facebook's addresses are none".to_owned());
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(wrong)?;
    Ok(CoreClient::new(ClientId::new(settings.client_id.clone()), issuer, JsonWebKeySet::default())
        .disable_openid_scope()
        .set_client_secret(ClientSecret::new(settings.client_secret.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(format!("{}/{VERSION}/dialog/oauth", settings.issuer)).map_err(wrong)?)
        .set_token_uri(TokenUrl::new(format!("{graph}/{VERSION}/oauth/access_token")).map_err(wrong)?)
        .set_redirect_uri(redirect))
}

/// The address that a browser is sent to.
pub(super) fn begin(settings: &Settings, pending: &Pending, redirect: RedirectUrl) -> Result<String, IdentityError> {
    let client = client(settings, &settings.issuer, redirect)?;
    let (state, nonce) = (CsrfToken::new(pending.state.clone()), Nonce::new(pending.nonce.clone()));
    let request = client
        .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, || state, || nonce)
        .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.verifier.clone())));
    Ok(request.url().0.into())
}

/// What the API says of who signed in.
#[derive(Deserialize)]
struct Me {
    id: String,
    name: Option<String>,
    email: Option<String>,
}

/// What the API says when it does not do something.
#[derive(Deserialize)]
struct No {
    error: NoError,
}

#[derive(Deserialize)]
struct NoError {
    code: i64,
}

/// Who somebody is. There is no token to verify: what we are told comes from Facebook itself, over
/// TLS, for a code that only our secret can exchange.
pub(super) async fn finish(
    settings: &Settings,
    http: &Outgoing,
    graph: &str,
    code: &str,
    pending: &Pending,
    redirect: RedirectUrl,
) -> Result<Identity, IdentityError> {
    let tokens = client(settings, graph, redirect)?
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()))
        .request_async(&Caller(http.clone()))
        .await
        .map_err(|error| match error {
            RequestTokenError::Parse(_, body) => no(&body),
            other => exchange_error(other),
        })?;
    let token = tokens.access_token().secret();
    let url =
        http.check(&format!("{graph}/{VERSION}/me?fields=id,name,email&appsecret_proof={}", proof(&settings.client_secret, token)?))?;
    let mut request = get(&url)?;
    let bearer = format!("Bearer {token}").parse().map_err(|_| IdentityError::Refused("tokens"))?;
    request.headers_mut().insert(AUTHORIZATION, bearer);
    let answer = Caller(http.clone()).ask(request).await?;
    let me: Me = serde_json::from_slice(answer.body()).map_err(|_| no(answer.body()))?;
    Ok(Identity {
        issuer: settings.issuer.clone(),
        subject: subject(&me.id).ok_or(IdentityError::Refused("subject"))?,
        email: me.email.as_deref().and_then(email),
        // Facebook does not say whether it is.
        email_verified: false,
        name: me.name.as_deref().and_then(name),
        picture: None,
        auth_time: None,
    })
}

/// Shows that who uses a token knows the app's secret.
fn proof(secret: &str, token: &str) -> Result<String, IdentityError> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| IdentityError::Misconfigured("the secret is no key".to_owned()))?;
    mac.update(token.as_bytes());
    Ok(hex::encode(mac.finalize().into_bytes()))
}

/// Facebook's refusals are not OAuth's. 1 and 101 are about the app and its secret.
fn no(body: &[u8]) -> IdentityError {
    match serde_json::from_slice::<No>(body) {
        Ok(No { error: NoError { code: 1 | 101 } }) => {
            IdentityError::Misconfigured("Facebook does not take the app's id and secret".to_owned())
        }
        Ok(No { error: NoError { code: 2 | 4 | 17 } }) => IdentityError::Unavailable("it has a fault of its own"),
        Ok(_) => IdentityError::Refused("code"),
        Err(_) => IdentityError::Refused("tokens"),
    }
}
