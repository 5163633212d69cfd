//! OpenID Connect: the authorization code flow with PKCE.

use super::{
    Identity, IdentityError, Kind, Pending, Settings, apple,
    discovery::{Caller, Known},
    email, name, picture, subject,
};
use crate::outgoing::{Outgoing, OutgoingError};
use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse, SubjectIdentifier, TokenResponse, UserInfoError,
    core::{
        CoreClient, CoreErrorResponseType, CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Alg, CoreResponseType, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};

/// How far a provider's clock may be from ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);
/// What a verifier says of a token from the future.
const FROM_THE_FUTURE: &str = "issued in the future";
/// Signatures that need the provider's private key. A shared secret or none at all is no signature.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// A client that knows where browsers are sent, and perhaps where codes are exchanged.
type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

fn client(settings: &Settings, known: &Known, redirect: RedirectUrl) -> Client {
    CoreClient::from_provider_metadata(known.metadata.clone(), ClientId::new(settings.client_id.clone()), None)
        .set_redirect_uri(redirect)
        .set_auth_type(if known.takes_secret_in_body() { AuthType::RequestBody } else { AuthType::BasicAuth })
}

/// The address that a browser is sent to.
pub(super) fn begin(settings: &Settings, known: &Known, pending: &Pending, redirect: RedirectUrl) -> String {
    let client = client(settings, known, redirect);
    let (state, nonce) = (CsrfToken::new(pending.state.clone()), Nonce::new(pending.nonce.clone()));
    let mut request = client
        .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, || state, || nonce)
        .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.verifier.clone())));
    if matches!(settings.kind, Kind::Apple(_)) {
        // Apple tells name and address in a form only.
        request = request.add_extra_param("response_mode", "form_post");
    }
    request.url().0.into()
}

/// Exchanges a callback's code for tokens.
pub(super) async fn exchange(
    settings: &Settings,
    http: &Outgoing,
    known: &Known,
    code: &str,
    pending: &Pending,
    redirect: RedirectUrl,
    now: Timestamp,
) -> Result<CoreTokenResponse, IdentityError> {
    let secret = match &settings.kind {
        Kind::Apple(key) => apple::client_secret(key, &settings.issuer, &settings.client_id, now)?,
        _ => settings.client_secret.clone(),
    };
    let mut client = client(settings, known, redirect);
    if !secret.is_empty() {
        client = client.set_client_secret(ClientSecret::new(secret));
    }
    client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|_| IdentityError::Misconfigured("the provider names no token endpoint".to_owned()))?
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()))
        .request_async(&Caller(http.clone()))
        .await
        .map_err(exchange_error)
}

/// Why there are no tokens.
pub(super) fn exchange_error(error: RequestTokenError<OutgoingError, StandardErrorResponse<CoreErrorResponseType>>) -> IdentityError {
    match error {
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            CoreErrorResponseType::InvalidGrant => IdentityError::Refused("code"),
            CoreErrorResponseType::Extension(_) => IdentityError::Refused("exchange"),
            // The others are about us: who we are, what we may ask for.
            ours => IdentityError::Misconfigured(format!("the provider says {}", ours.as_ref())),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => IdentityError::Refused("tokens"),
    }
}

/// Adds what the token left out. Some providers tell an address only where the access token is shown.
///
/// Whoever answers must speak of the same subject. That nothing can be had is no reason to refuse: an
/// address may be missing.
pub(super) async fn complete(
    settings: &Settings,
    http: &Outgoing,
    known: &Known,
    tokens: &CoreTokenResponse,
    redirect: RedirectUrl,
    identity: &mut Identity,
) -> Result<(), IdentityError> {
    let subject = SubjectIdentifier::new(identity.subject.clone());
    let client = client(settings, known, redirect);
    let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else { return Ok(()) };
    let told: CoreUserInfoClaims = match request.request_async(&Caller(http.clone())).await {
        Ok(told) => told,
        Err(UserInfoError::ClaimsVerification(_)) => return Err(IdentityError::Refused("subject")),
        Err(_) => return Ok(()),
    };
    identity.email = told.email().and_then(|address| email(address));
    identity.email_verified = identity.email.is_some() && told.email_verified() == Some(true);
    if identity.name.is_none() {
        identity.name = told.name().and_then(|names| names.get(None)).and_then(|text| name(text));
    }
    if identity.picture.is_none() {
        identity.picture = told.picture().and_then(|pictures| pictures.get(None)).and_then(|text| picture(text));
    }
    Ok(())
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Signed by a key that we have not read.
    UnknownKey,
    /// The check that failed.
    Failed(&'static str),
}

impl Flaw {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::UnknownKey => "key",
            Self::Failed(word) => word,
        }
    }
}

/// Who the ID token says somebody is, if it is for us, of this sign-in, and true.
pub(super) fn verify(
    settings: &Settings,
    known: &Known,
    tokens: &CoreTokenResponse,
    pending: &Pending,
    now: Timestamp,
) -> Result<Identity, Flaw> {
    let failed = Flaw::Failed;
    let token = tokens.id_token().ok_or(failed("tokens"))?;
    let (earliest, latest) = (utc(now - LEEWAY)?, utc(now + LEEWAY)?);
    let client_id = ClientId::new(settings.client_id.clone());
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| failed("issuer"))?;
    // As a public client: our secret never verifies a signature.
    let verifier = CoreIdTokenVerifier::new_public_client(client_id.clone(), issuer, known.keys.clone())
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || earliest)
        .set_issue_time_verifier_fn(move |at| if at > latest { Err(FROM_THE_FUTURE.to_owned()) } else { Ok(()) });
    let claims = token.claims(&verifier, &Nonce::new(pending.nonce.clone())).map_err(|error| flaw(&error))?;
    if claims.authorized_party().is_some_and(|party| *party != client_id) {
        return Err(failed("audience"));
    }
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(|_| failed("signature"))?;
        let alg = token.signing_alg().map_err(|_| failed("signature"))?;
        let hash = AccessTokenHash::from_token(tokens.access_token(), alg, key).map_err(|_| failed("at_hash"))?;
        if hash != *expected {
            return Err(failed("at_hash"));
        }
    }
    let address = claims.email().and_then(|address| email(address));
    Ok(Identity {
        issuer: settings.issuer.clone(),
        subject: subject(claims.subject()).ok_or(failed("subject"))?,
        email_verified: address.is_some() && claims.email_verified() == Some(true),
        email: address,
        name: claims.name().and_then(|names| names.get(None)).and_then(|text| name(text)),
        picture: claims.picture().and_then(|pictures| pictures.get(None)).and_then(|text| picture(text)),
        auth_time: claims.auth_time().and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
    })
}

fn utc(at: Timestamp) -> Result<DateTime<Utc>, Flaw> {
    DateTime::from_timestamp(at.as_second(), 0).ok_or(Flaw::Failed("time"))
}

fn flaw(error: &ClaimsVerificationError) -> Flaw {
    use SignatureVerificationError as Signature;
    Flaw::Failed(match error {
        ClaimsVerificationError::SignatureVerification(Signature::NoMatchingKey) => return Flaw::UnknownKey,
        ClaimsVerificationError::SignatureVerification(
            Signature::DisallowedAlg(_) | Signature::NoSignature | Signature::UnsupportedAlg(_),
        ) => "algorithm",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        ClaimsVerificationError::Expired(text) if text == FROM_THE_FUTURE => "issued",
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        _ => "tokens",
    })
}
