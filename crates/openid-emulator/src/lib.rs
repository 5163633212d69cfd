//! An OpenID Connect provider (and Facebook's API) on loopback, for tests: one that can be had tell lies.
//!
//! Its clock stands at [`NOW`].

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a tool of tests: what goes wrong fails the test"
)]

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};
use url::{Url, form_urlencoded};

/// Monday 16 November 2026, 08:00 in London.
pub const NOW: &str = "2026-11-16T08:00:00Z";
/// The client that it knows.
pub const CLIENT: &str = "wemaster";
/// That client's secret.
pub const SECRET: &str = "a secret: with signs/";
/// Who signs in, unless a test says otherwise: the subject.
pub const SUBJECT: &str = "248289761001";

/// [`NOW`].
pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// How a token is signed.
#[derive(Clone)]
pub enum Sign {
    /// By the provider's key.
    Es256,
    /// By an RSA key.
    Rs256(Box<rsa::RsaPrivateKey>),
    /// By a secret that everybody can read: the bytes of the public key, or the client's own secret.
    Hs256(Vec<u8>),
    /// Not at all.
    Nothing,
}

type Tweak = Box<dyn Fn(&mut Value, &mut Value) + Send>;
type Answer = Box<dyn Fn() -> Response + Send>;

/// What the provider does.
pub struct Behaviour {
    /// How it names itself.
    pub issuer: String,
    /// Laid over the discovery document.
    pub discovery: Value,
    /// Signs tokens; served unless `served` says otherwise.
    pub key: (String, SigningKey),
    /// The keys that it shows, as JWK.
    pub served: Option<Vec<Value>>,
    /// How it signs.
    pub sign: Sign,
    /// Changes a token's header and claims before it is signed.
    pub tweak: Tweak,
    /// Said in place of tokens.
    pub tokens: Option<Answer>,
    /// Said in place of the discovery document.
    pub document: Option<Answer>,
    /// What it tells whom the access token is shown by.
    pub userinfo: Value,
    /// How often each address was asked.
    pub asked: HashMap<&'static str, usize>,
    /// The last request for tokens: its `Authorization` and its fields.
    pub exchanged: Option<(Option<String>, HashMap<String, String>)>,
    grants: HashMap<String, HashMap<String, String>>,
    codes: usize,
}

/// A running provider. Cheap to clone.
#[derive(Clone)]
pub struct Fake {
    /// `host:port`
    pub place: String,
    /// What it does.
    pub is: Arc<Mutex<Behaviour>>,
    server: Arc<JoinHandle<()>>,
}

/// The key of a seed.
pub fn signing_key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

/// Its public half: an uncompressed point.
pub fn public_bytes(key: &SigningKey) -> Vec<u8> {
    key.verifying_key().to_sec1_bytes().to_vec()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Its public half as a JWK.
pub fn jwk(kid: &str, key: &SigningKey) -> Value {
    let point = public_bytes(key);
    assert_eq!(point.len(), 65);
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": encode(&point[1..33]), "y": encode(&point[33..]) })
}

/// An RSA key's public half as a JWK.
pub fn rsa_jwk(kid: &str, key: &rsa::RsaPrivateKey) -> Value {
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": encode(key.n().to_bytes_be()), "e": encode(key.e().to_bytes_be()) })
}

impl Fake {
    /// Starts one.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let is = Arc::new(Mutex::new(Behaviour {
            issuer: format!("http://{place}"),
            discovery: json!({}),
            key: ("one".to_owned(), signing_key(1)),
            served: None,
            sign: Sign::Es256,
            tweak: Box::new(|_, _| {}),
            tokens: None,
            document: None,
            userinfo: json!({}),
            asked: HashMap::new(),
            exchanged: None,
            grants: HashMap::new(),
            codes: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(tokens))
            .route("/userinfo", get(userinfo))
            .route("/v23.0/oauth/access_token", post(tokens))
            .route("/v23.0/me", get(me))
            .with_state(Arc::clone(&is));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { place, is, server: Arc::new(server) }
    }

    /// Ends it.
    pub fn stop(&self) {
        self.server.abort();
    }

    /// Changes what it does.
    pub fn set(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.is.lock().unwrap());
    }

    /// How often an address was asked.
    pub fn asked(&self, what: &str) -> usize {
        self.is.lock().unwrap().asked.get(what).copied().unwrap_or(0)
    }

    /// Its issuer.
    pub fn issuer(&self) -> String {
        format!("http://{}", self.place)
    }

    /// Somebody signs in at the address that their browser was sent to: the code and the state with which it comes
    /// back.
    pub fn visit(&self, url: &str) -> (String, Option<String>) {
        let asked: HashMap<String, String> = Url::parse(url).unwrap().query_pairs().into_owned().collect();
        let mut is = self.is.lock().unwrap();
        is.codes += 1;
        let code = format!("code-{}", is.codes);
        let state = asked.get("state").cloned();
        is.grants.insert(code.clone(), asked);
        (code, state)
    }
}

type Shared = State<Arc<Mutex<Behaviour>>>;

async fn document(State(is): Shared) -> Response {
    let mut is = is.lock().unwrap();
    *is.asked.entry("document").or_default() += 1;
    if let Some(answer) = &is.document {
        return answer();
    }
    let at = &is.issuer;
    let mut document = json!({
        "issuer": at,
        "authorization_endpoint": format!("{at}/authorize"),
        "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none", "X999"],
    });
    document.as_object_mut().unwrap().extend(is.discovery.as_object().unwrap().clone());
    Json(document).into_response()
}

async fn keys(State(is): Shared) -> Response {
    let mut is = is.lock().unwrap();
    *is.asked.entry("keys").or_default() += 1;
    let keys = is.served.clone().unwrap_or_else(|| vec![jwk(&is.key.0, &is.key.1)]);
    Json(json!({ "keys": keys })).into_response()
}

fn denied() -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response()
}

async fn tokens(State(is): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let mut is = is.lock().unwrap();
    *is.asked.entry("tokens").or_default() += 1;
    let fields: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    is.exchanged = Some((authorization, fields.clone()));
    if let Some(answer) = &is.tokens {
        return answer();
    }
    let Some(grant) = fields.get("code").and_then(|code| is.grants.remove(code)) else { return denied() };
    let challenge = encode(Sha256::digest(fields.get("code_verifier").cloned().unwrap_or_default()));
    if grant.get("code_challenge") != Some(&challenge)
        || grant.get("code_challenge_method").map(String::as_str) != Some("S256")
        || grant.get("redirect_uri") != fields.get("redirect_uri")
    {
        return denied();
    }
    let access = "an access token";
    let hash = Sha256::digest(access);
    let mut header = json!({ "typ": "JWT", "kid": is.key.0 });
    let at = now().as_second();
    let mut claims = json!({
        "iss": is.issuer, "aud": CLIENT, "sub": SUBJECT, "iat": at, "exp": at + 300,
        "nonce": grant.get("nonce"), "at_hash": encode(&hash[..16]),
        "email": "maya@school.example", "email_verified": true, "name": "Maya Okafor",
        "picture": "https://pictures.example/maya.png", "auth_time": at - 60,
    });
    header["alg"] = match &is.sign {
        Sign::Es256 => "ES256",
        Sign::Rs256(_) => "RS256",
        Sign::Hs256(_) => "HS256",
        Sign::Nothing => "none",
    }
    .into();
    (is.tweak)(&mut header, &mut claims);
    let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let signature = match &is.sign {
        Sign::Es256 => {
            let signature: Signature = is.key.1.sign(signed.as_bytes());
            signature.to_bytes().to_vec()
        }
        Sign::Rs256(key) => {
            let digest: [u8; 32] = Sha256::digest(&signed).into();
            let prefix = hex::decode("3031300d060960864801650304020105000420").unwrap();
            let padding = rsa::Pkcs1v15Sign { hash_len: Some(32), prefix: prefix.into() };
            key.sign(padding, &digest).unwrap()
        }
        Sign::Hs256(secret) => {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(signed.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Sign::Nothing => Vec::new(),
    };
    let token = format!("{signed}.{}", encode(signature));
    Json(json!({ "access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": token })).into_response()
}

async fn userinfo(State(is): Shared, headers: HeaderMap) -> Response {
    let mut is = is.lock().unwrap();
    *is.asked.entry("userinfo").or_default() += 1;
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != "Bearer an access token") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(is.userinfo.clone()).into_response()
}

/// Facebook's API: it wants the token and the proof of the app's secret.
async fn me(State(is): Shared, uri: axum::http::Uri, headers: HeaderMap) -> Response {
    let mut is = is.lock().unwrap();
    *is.asked.entry("me").or_default() += 1;
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(b"an access token");
    let proof = format!("appsecret_proof={}", hex::encode(mac.finalize().into_bytes()));
    let bearer = headers.get(header::AUTHORIZATION).is_some_and(|value| value == "Bearer an access token");
    if !bearer || !uri.query().unwrap_or_default().contains(&proof) {
        let no = json!({ "error": { "message": "Invalid", "type": "OAuthException", "code": 190 } });
        return (StatusCode::BAD_REQUEST, Json(no)).into_response();
    }
    Json(json!({ "id": "10158", "name": "Maya Okafor", "email": "maya@school.example" })).into_response()
}

/// What is in `Authorization: Basic`.
pub fn basic(header: &str) -> String {
    String::from_utf8(BASE64_STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap()).unwrap()
}
