use super::*;
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use jiff::SignedDuration;
use openid_emulator::{Behaviour, CLIENT, Fake, SECRET, Sign, basic, jwk, now, public_bytes, rsa_jwk, signing_key};
use openidconnect::url::Url;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::atomic::{AtomicU8, Ordering},
};

const REDIRECT: &str = "https://northside.wemaster.example/identity/callback";

/// The provider as our side of it knows it.
trait Known {
    fn http(&self) -> Outgoing;
    fn settings(&self) -> Settings;
    fn sign_in(&self, begun: &Begun) -> Callback;
}

impl Known for Fake {
    fn http(&self) -> Outgoing {
        Outgoing::new(&[&self.place], crate::outgoing::Bounds::default()).unwrap()
    }

    fn settings(&self) -> Settings {
        Settings::open_id(&self.issuer(), CLIENT, SECRET)
    }

    fn sign_in(&self, begun: &Begun) -> Callback {
        let (code, state) = self.visit(&begun.url);
        Callback { code: Some(code), state, ..Callback::default() }
    }
}

/// Bytes that differ each time.
fn random() -> [u8; 32] {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    [NEXT.fetch_add(1, Ordering::SeqCst); 32]
}

async fn begin(provider: &Provider) -> Begun {
    provider.begin(REDIRECT, now(), random).await.unwrap()
}

/// A sign-in at a provider that behaves as `change` says.
async fn signing_in(change: impl FnOnce(&mut Behaviour)) -> Result<Identity, IdentityError> {
    let fake = Fake::start().await;
    fake.set(change);
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    provider.finish(&fake.sign_in(&begun), &begun.pending, now()).await
}

async fn claiming(change: impl Fn(&mut Value) + Send + 'static) -> Result<Identity, IdentityError> {
    signing_in(|is| is.tweak = Box::new(move |_, claims| change(claims))).await
}

fn query(url: &str) -> HashMap<String, String> {
    Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

fn answer(status: u16, body: &str) -> Box<dyn Fn() -> axum::response::Response + Send> {
    let (status, body) = (StatusCode::from_u16(status).unwrap(), body.to_owned());
    Box::new(move || (status, [(header::CONTENT_TYPE, "application/json")], body.clone()).into_response())
}

#[tokio::test]
async fn somebody_signs_in() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    let asked = query(&begun.url);
    assert!(begun.url.starts_with(&format!("http://{}/authorize?", fake.place)));
    for (key, value) in [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", REDIRECT),
        ("scope", "openid email profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(asked.get(key).map(String::as_str), Some(value), "{key}");
    }
    for secret in [SECRET, begun.pending.verifier.as_str()] {
        assert!(!asked.values().any(|value| value.contains(secret)), "nothing secret is in the address");
    }
    assert!(asked["state"].len() >= 43 && asked["nonce"].len() >= 43 && asked["state"] != asked["nonce"]);
    // Kept over the trip, as the caller keeps it.
    let pending: Pending = serde_json::from_str(&serde_json::to_string(&begun.pending).unwrap()).unwrap();
    let identity = provider.finish(&fake.sign_in(&begun), &pending, now()).await.unwrap();
    let expected = Identity {
        issuer: format!("http://{}", fake.place),
        subject: "248289761001".into(),
        email: Some("maya@school.example".into()),
        email_verified: true,
        name: Some("Maya Okafor".into()),
        picture: Some("https://pictures.example/maya.png".into()),
        auth_time: Some(now() - SignedDuration::from_mins(1)),
    };
    assert_eq!(identity, expected);
    let (authorization, fields) = fake.is.lock().unwrap().exchanged.clone().unwrap();
    assert_eq!(basic(&authorization.unwrap()), "wemaster:a+secret%3A+with+signs%2F");
    assert!(!fields.contains_key("client_secret"));
    for held in [format!("{begun:?}"), format!("{provider:?}")] {
        assert!(!held.contains(SECRET) && !held.contains(&begun.pending.verifier), "{held}");
    }
}

#[tokio::test]
async fn two_sign_ins_share_nothing() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let (one, two) = (begin(&provider).await, begin(&provider).await);
    assert!(
        one.pending.state != two.pending.state && one.pending.nonce != two.pending.nonce && one.pending.verifier != two.pending.verifier
    );
    assert_eq!(fake.asked("document"), 1, "it is asked once an hour");
    // A code goes once.
    let callback = fake.sign_in(&one);
    provider.finish(&callback, &one.pending, now()).await.unwrap();
    assert_eq!(provider.finish(&callback, &one.pending, now()).await.unwrap_err(), IdentityError::Refused("code"));
    // Somebody else's callback, brought to one's own sign-in.
    let stolen = fake.sign_in(&one);
    assert_eq!(provider.finish(&stolen, &two.pending, now()).await.unwrap_err(), IdentityError::Refused("state"));
    // With the state put right it is PKCE that refuses.
    let stolen = Callback { state: Some(two.pending.state.clone()), ..stolen };
    assert_eq!(provider.finish(&stolen, &two.pending, now()).await.unwrap_err(), IdentityError::Refused("code"));
}

#[tokio::test]
async fn a_callback_without_what_it_needs_is_refused() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    let good = fake.sign_in(&begun);
    for (callback, word) in [
        (Callback { state: None, ..good.clone() }, "state"),
        (Callback { state: Some(String::new()), ..good.clone() }, "state"),
        (Callback { code: None, ..good.clone() }, "code"),
        (Callback { code: Some(String::new()), ..good.clone() }, "code"),
        (Callback { code: Some("x".repeat(5000)), ..good.clone() }, "code"),
        (Callback { iss: Some("https://evil.example".into()), ..good.clone() }, "iss"),
    ] {
        assert_eq!(provider.finish(&callback, &begun.pending, now()).await.unwrap_err(), IdentityError::Refused(word));
    }
    assert_eq!(fake.asked("tokens"), 0, "none of them was sent on");
    let elsewhere = Pending { issuer: "https://evil.example".into(), ..begun.pending.clone() };
    assert_eq!(provider.finish(&good, &elsewhere, now()).await.unwrap_err(), IdentityError::Refused("iss"));
    let named = Callback { iss: Some(provider.issuer().to_owned()), ..good };
    provider.finish(&named, &begun.pending, now()).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_names_itself_always_does() {
    let fake = Fake::start().await;
    fake.set(|is| is.discovery = json!({ "authorization_response_iss_parameter_supported": true }));
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    let callback = fake.sign_in(&begun);
    assert_eq!(provider.finish(&callback, &begun.pending, now()).await.unwrap_err(), IdentityError::Refused("iss"));
    let named = Callback { iss: Some(provider.issuer().to_owned()), ..callback };
    provider.finish(&named, &begun.pending, now()).await.unwrap();
}

#[tokio::test]
async fn a_callback_can_be_a_refusal() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    let says = |error: &str| Callback { state: Some(begun.pending.state.clone()), error: Some(error.to_owned()), ..Callback::default() };
    let finish = async |error| provider.finish(&says(error), &begun.pending, now()).await.unwrap_err();
    assert_eq!(finish("access_denied").await, IdentityError::Cancelled);
    assert_eq!(finish("user_cancelled_authorize").await, IdentityError::Cancelled);
    assert!(matches!(finish("temporarily_unavailable").await, IdentityError::Unavailable(_)));
    assert!(matches!(finish("invalid_scope").await, IdentityError::Misconfigured(_)));
    assert_eq!(finish("<script>").await, IdentityError::Refused("error"));
    let unasked = Callback { state: None, error: Some("access_denied".into()), ..Callback::default() };
    assert_eq!(provider.finish(&unasked, &begun.pending, now()).await.unwrap_err(), IdentityError::Refused("state"));
}

#[tokio::test]
async fn a_token_says_what_it_must() {
    let at = now().as_second();
    let cases: [(&str, Value, &str); 15] = [
        ("nonce", json!("another"), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("iss", json!("https://evil.example"), "issuer"),
        ("aud", json!("somebody-else"), "audience"),
        ("aud", json!([]), "audience"),
        ("aud", json!([CLIENT, "somebody-else"]), "audience"),
        ("azp", json!("somebody-else"), "audience"),
        ("exp", json!(at - 61), "expired"),
        ("exp", json!(at - 60), "expired"),
        ("iat", json!(at + 61), "issued"),
        ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"), "at_hash"),
        ("sub", json!(""), "subject"),
        ("sub", json!("x".repeat(256)), "subject"),
        ("sub", json!("a\nb"), "subject"),
        ("exp", json!("tomorrow"), "tokens"),
    ];
    for (claim, value, word) in cases {
        let text = format!("{claim} = {value}");
        let refused = claiming(move |claims| claims[claim] = value.clone()).await.unwrap_err();
        assert_eq!(refused, IdentityError::Refused(word), "{text}");
    }
    for (claim, value) in
        [("exp", json!(at - 59)), ("iat", json!(at + 59)), ("aud", json!([CLIENT])), ("azp", json!(CLIENT)), ("at_hash", Value::Null)]
    {
        let text = format!("{claim} = {value}");
        assert!(claiming(move |claims| claims[claim] = value.clone()).await.is_ok(), "{text}");
    }
}

#[tokio::test]
async fn an_address_is_verified_only_if_the_provider_says_so() {
    for (value, verified) in
        [(json!(true), true), (json!("true"), true), (json!(false), false), (json!("false"), false), (Value::Null, false)]
    {
        let text = value.to_string();
        let identity = claiming(move |claims| claims["email_verified"] = value.clone()).await.unwrap();
        assert_eq!((identity.email.as_deref(), identity.email_verified), (Some("maya@school.example"), verified), "{text}");
    }
    for value in [json!(1), json!("yes")] {
        assert!(claiming(move |claims| claims["email_verified"] = value.clone()).await.is_err());
    }
    for value in [Value::Null, json!("no address"), json!("two@a.example, b@c.example")] {
        let identity = claiming(move |claims| claims["email"] = value.clone()).await.unwrap();
        assert_eq!((identity.email, identity.email_verified), (None, false));
    }
}

#[tokio::test]
async fn an_address_that_the_token_leaves_out_is_asked_for() {
    let fake = Fake::start().await;
    let at = format!("http://{}/userinfo", fake.place);
    fake.set(|is| is.discovery = json!({ "userinfo_endpoint": at }));
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let finish = async |told: Value| {
        fake.set(|is| is.userinfo = told);
        let begun = begin(&provider).await;
        provider.finish(&fake.sign_in(&begun), &begun.pending, now()).await
    };
    let told = json!({ "sub": "248289761001", "email": "other@school.example", "email_verified": true, "name": "Other" });
    assert_eq!(finish(told.clone()).await.unwrap().email.as_deref(), Some("maya@school.example"));
    assert_eq!(fake.asked("userinfo"), 0, "the signed token said it all");
    fake.set(|is| is.tweak = Box::new(|_, claims| claims["email"] = Value::Null));
    let identity = finish(told.clone()).await.unwrap();
    assert_eq!((identity.email.as_deref(), identity.email_verified), (Some("other@school.example"), true));
    assert_eq!(identity.name.as_deref(), Some("Maya Okafor"), "what is signed stands");
    let unverified = finish(json!({ "sub": "248289761001", "email": "other@school.example" })).await.unwrap();
    assert!(!unverified.email_verified);
    // Somebody else's.
    let mut another = told;
    another["sub"] = json!("somebody else");
    assert_eq!(finish(another).await.unwrap_err(), IdentityError::Refused("subject"));
    // Nothing to be had.
    assert_eq!(finish(json!("nonsense")).await.unwrap().email, None);
}

#[tokio::test]
async fn what_people_call_themselves_is_made_plain() {
    let identity = claiming(|claims| {
        claims["name"] = json!(" Maya\r\nBcc: all@school.example ");
        claims["picture"] = json!("javascript:alert(1)");
    })
    .await
    .unwrap();
    assert_eq!((identity.name.as_deref(), identity.picture), (Some("Maya  Bcc: all@school.example"), None));
}

#[tokio::test]
async fn only_the_providers_private_key_signs() {
    let public = public_bytes(&signing_key(1));
    for (sign, word) in [
        (Sign::Nothing, "algorithm"),
        (Sign::Hs256(public), "algorithm"),
        (Sign::Hs256(SECRET.as_bytes().to_vec()), "algorithm"),
        (Sign::Hs256(Vec::new()), "algorithm"),
    ] {
        assert_eq!(signing_in(move |is| is.sign = sign).await.unwrap_err(), IdentityError::Refused(word));
    }
    // Another key under the name of the one that is served.
    let forged = signing_in(|is| {
        is.served = Some(vec![jwk("one", &signing_key(1))]);
        is.key = ("one".to_owned(), signing_key(2));
    });
    assert_eq!(forged.await.unwrap_err(), IdentityError::Refused("signature"));
    // A header that claims what the signature is not.
    let mislabelled = signing_in(|is| is.tweak = Box::new(|header, _| header["alg"] = json!("RS256")));
    assert_eq!(mislabelled.await.unwrap_err(), IdentityError::Refused("key"));
    // Its own key beside the token.
    let carried = signing_in(|is| {
        is.served = Some(vec![jwk("one", &signing_key(1))]);
        is.key = ("two".to_owned(), signing_key(2));
        is.tweak = Box::new(|header, _| header["jwk"] = jwk("two", &signing_key(2)));
    });
    assert_eq!(carried.await.unwrap_err(), IdentityError::Refused("key"));
    // Another kind of token.
    let access = signing_in(|is| is.tweak = Box::new(|header, _| header["typ"] = json!("at+jwt")));
    assert_eq!(access.await.unwrap_err(), IdentityError::Refused("tokens"));
}

#[tokio::test]
async fn rsa_signs_too() {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap();
    let served = rsa_jwk("one", &key);
    let sign = Sign::Rs256(Box::new(key));
    signing_in(move |is| (is.sign, is.served) = (sign, Some(vec![served]))).await.unwrap();
}

#[tokio::test]
async fn new_keys_are_read_when_they_are_used_and_at_most_once_a_minute() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let finish = async |at| {
        let begun = provider.begin(REDIRECT, at, random).await.unwrap();
        provider.finish(&fake.sign_in(&begun), &begun.pending, at).await
    };
    finish(now()).await.unwrap();
    fake.set(|is| is.key = ("two".to_owned(), signing_key(2)));
    finish(now()).await.unwrap();
    assert_eq!((fake.asked("keys"), fake.asked("document")), (2, 1));
    // Key ids that nobody has do not make us ask again and again.
    fake.set(|is| {
        is.served = Some(vec![jwk("two", &signing_key(2))]);
        is.key = ("three".to_owned(), signing_key(3));
    });
    for _ in 0..3 {
        assert_eq!(finish(now()).await.unwrap_err(), IdentityError::Refused("key"));
    }
    assert_eq!(fake.asked("keys"), 2);
    let later = now() + SignedDuration::from_secs(61);
    assert_eq!(finish(later).await.unwrap_err(), IdentityError::Refused("key"));
    assert_eq!(fake.asked("keys"), 3);
    // After an hour everything is read anew.
    fake.set(|is| is.served = None);
    provider.check(now() + SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!((fake.asked("keys"), fake.asked("document")), (4, 2));
}

#[tokio::test]
async fn a_dead_provider_is_not_asked_by_everybody() {
    let fake = Fake::start().await;
    fake.set(|is| is.document = Some(answer(503, "")));
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    for _ in 0..3 {
        assert!(matches!(provider.check(now()).await.unwrap_err(), IdentityError::Unavailable(_)));
    }
    assert_eq!(fake.asked("document"), 1);
    fake.set(|is| is.document = None);
    provider.check(now() + SignedDuration::from_secs(15)).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_is_gone() {
    let fake = Fake::start().await;
    let provider = Provider::new(fake.settings(), fake.http()).unwrap();
    let begun = begin(&provider).await;
    let callback = fake.sign_in(&begun);
    fake.set(|is| is.tokens = Some(answer(500, "oops")));
    assert!(matches!(provider.finish(&callback, &begun.pending, now()).await.unwrap_err(), IdentityError::Unavailable(_)));
    fake.stop();
    let other = Provider::new(fake.settings(), fake.http()).unwrap();
    assert!(matches!(other.check(now()).await.unwrap_err(), IdentityError::Unavailable(_)));
}

#[tokio::test]
async fn an_admin_is_told_what_to_mend() {
    type Change = Box<dyn FnOnce(&mut Behaviour)>;
    let at_discovery: [(&str, Change); 7] = [
        ("another issuer", Box::new(|is| is.discovery = json!({ "issuer": "https://accounts.google.com" }))),
        ("no provider", Box::new(|is| is.document = Some(answer(404, "")))),
        ("no JSON", Box::new(|is| is.document = Some(answer(200, "<html>")))),
        ("too large", Box::new(|is| is.document = Some(answer(200, &" ".repeat(1024 * 1024))))),
        ("keys inside", Box::new(|is| is.discovery = json!({ "jwks_uri": "http://169.254.169.254/keys" }))),
        ("people sent inside", Box::new(|is| is.discovery = json!({ "authorization_endpoint": "https://127.0.0.1:8443/" }))),
        ("no token endpoint", Box::new(|is| is.discovery = json!({ "token_endpoint": null }))),
    ];
    for (what, change) in at_discovery {
        let fake = Fake::start().await;
        fake.set(change);
        let provider = Provider::new(fake.settings(), fake.http()).unwrap();
        let error = provider.check(now()).await.unwrap_err();
        // An address inside is told apart from one that does not answer by nothing but its spelling.
        assert!(
            matches!(error, IdentityError::Misconfigured(_) | IdentityError::Unavailable("its name leads to no public address")),
            "{what}: {error}"
        );
    }
    for body in ["invalid_client", "unauthorized_client", "invalid_request"] {
        let tokens = answer(401, &json!({ "error": body }).to_string());
        let error = signing_in(move |is| is.tokens = Some(tokens)).await.unwrap_err();
        assert_eq!(error, IdentityError::Misconfigured(format!("the provider says {body}")));
    }
    let inside = signing_in(|is| is.discovery = json!({ "token_endpoint": "https://10.0.0.1/token" })).await.unwrap_err();
    assert!(matches!(inside, IdentityError::Unavailable(_)), "{inside}");
    let fake = Fake::start().await;
    for issuer in [
        "",
        "https://user@accounts.example",
        "http://accounts.example",
        "https://accounts.example/?a=b",
        "https://[::1]/",
        "ftp://a.example",
    ] {
        assert!(Provider::new(Settings { issuer: issuer.into(), ..fake.settings() }, fake.http()).is_err(), "{issuer}");
    }
    assert!(Provider::new(Settings { client_id: String::new(), ..fake.settings() }, fake.http()).is_err());
    assert!(Provider::new(Settings::google("id", ""), fake.http()).is_err());
    assert!(Provider::new(Settings::google("id", "secret"), fake.http()).is_ok());
}

#[tokio::test]
async fn a_code_is_not_carried_elsewhere() {
    let other = Fake::start().await;
    let to = format!("http://{}/token", other.place);
    let fake = Fake::start().await;
    let moved = move || (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to.clone())]).into_response();
    fake.set(|is| is.tokens = Some(Box::new(moved)));
    let both = Outgoing::new(&[&fake.place, &other.place], crate::outgoing::Bounds::default()).unwrap();
    let provider = Provider::new(fake.settings(), both).unwrap();
    let begun = begin(&provider).await;
    let error = provider.finish(&fake.sign_in(&begun), &begun.pending, now()).await.unwrap_err();
    assert!(matches!(error, IdentityError::Misconfigured(_)), "{error}");
    assert_eq!(other.asked("tokens"), 0);
}

#[tokio::test]
async fn answers_that_are_no_tokens_are_refused() {
    for (status, body) in [
        (200, "{}"),
        (200, "[]"),
        (200, r#"{"access_token":"a","token_type":"Bearer"}"#),
        (200, r#"{"access_token":"a","token_type":"Bearer","id_token":"a.b.c"}"#),
        (400, "nothing known"),
    ] {
        let tokens = answer(status, body);
        assert_eq!(signing_in(move |is| is.tokens = Some(tokens)).await.unwrap_err(), IdentityError::Refused("tokens"), "{body}");
    }
}

#[tokio::test]
async fn apple_gets_a_signed_secret_and_tells_the_name_in_the_form() {
    use p256::{ecdsa::signature::Verifier, pkcs8::EncodePrivateKey};
    let fake = Fake::start().await;
    fake.set(|is| {
        is.discovery = json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] });
        is.tweak = Box::new(|_, claims| {
            claims["email_verified"] = json!("true");
            claims["name"] = Value::Null;
        });
    });
    let secret = p256::SecretKey::from_slice(&[9; 32]).unwrap();
    let pem = secret.to_pkcs8_pem(p256::pkcs8::LineEnding::LF).unwrap().to_string();
    let key = AppleKey { team: "TEAM".into(), id: "KEY".into(), pem };
    let settings = Settings { issuer: format!("http://{}", fake.place), ..Settings::apple(CLIENT, key.clone()) };
    let provider = Provider::new(settings, fake.http()).unwrap();
    let begun = begin(&provider).await;
    let asked = query(&begun.url);
    assert_eq!((asked["response_mode"].as_str(), asked["scope"].as_str()), ("form_post", "openid name email"));
    let user = r#"{"name":{"firstName":"Maya","lastName":"Okafor"},"email":"other@school.example"}"#;
    let callback = Callback { user: Some(user.to_owned()), ..fake.sign_in(&begun) };
    let identity = provider.finish(&callback, &begun.pending, now()).await.unwrap();
    assert_eq!(identity.name.as_deref(), Some("Maya Okafor"));
    assert_eq!(
        (identity.email.as_deref(), identity.email_verified),
        (Some("maya@school.example"), true),
        "the form's address counts for nothing"
    );

    let (authorization, fields) = fake.is.lock().unwrap().exchanged.clone().unwrap();
    assert_eq!(authorization, None);
    let (signed, signature) = fields["client_secret"].rsplit_once('.').unwrap();
    let signature = p256::ecdsa::Signature::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    apple::key(&key).unwrap().verifying_key().verify(signed.as_bytes(), &signature).unwrap();
    let parts: Vec<Value> =
        signed.split('.').map(|part| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()).collect();
    let at = now().as_second();
    assert_eq!(parts[0], json!({ "alg": "ES256", "kid": "KEY" }));
    assert_eq!(parts[1], json!({ "iss": "TEAM", "iat": at, "exp": at + 300, "aud": provider.issuer(), "sub": CLIENT }));
    let broken = AppleKey { pem: "-----BEGIN".into(), ..key };
    assert!(matches!(Provider::new(Settings::apple(CLIENT, broken), fake.http()), Err(IdentityError::Misconfigured(_))));
}

#[tokio::test]
async fn facebook_tells_who_somebody_is_but_verifies_no_address() {
    let fake = Fake::start().await;
    let at = format!("http://{}", fake.place);
    let settings = Settings { kind: Kind::Facebook { graph: at.clone() }, issuer: at.clone(), ..Settings::facebook(CLIENT, SECRET) };
    let provider = Provider::new(settings, fake.http()).unwrap();
    let begun = begin(&provider).await;
    let asked = query(&begun.url);
    assert!(begun.url.starts_with(&format!("{at}/v23.0/dialog/oauth?")));
    assert_eq!(asked["scope"], "public_profile email");
    let identity = provider.finish(&fake.sign_in(&begun), &begun.pending, now()).await.unwrap();
    assert_eq!((identity.subject.as_str(), identity.name.as_deref()), ("10158", Some("Maya Okafor")));
    assert_eq!((identity.email.as_deref(), identity.email_verified), (Some("maya@school.example"), false));
    assert_eq!(fake.asked("document"), 0);
    // Facebook's own way to refuse a code and an app.
    for (code, expected) in [
        (100, IdentityError::Refused("code")),
        (101, IdentityError::Misconfigured("Facebook does not take the app's id and secret".into())),
    ] {
        let tokens = answer(400, &json!({ "error": { "message": "…", "type": "OAuthException", "code": code } }).to_string());
        fake.set(|is| is.tokens = Some(tokens));
        let begun = begin(&provider).await;
        assert_eq!(provider.finish(&fake.sign_in(&begun), &begun.pending, now()).await.unwrap_err(), expected);
    }
}
