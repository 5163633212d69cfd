//! Files, from the form to the files' own host.

use crate::{
    app::TestApp,
    clamd::{Clamd, eicar},
    harness::{Harness, Hours, Tutor},
    pictures::{SECRET_PLACE, contains, mark, photo},
};
use domain::{
    Db, Services, db,
    uploads::{self, Purpose},
    worker,
};
use http::{StatusCode, header};
use kernel::urls;
use sqlx::PgPool;
use std::time::Duration;

/// A server whose scanner runs, and its tutor.
struct Site {
    app: TestApp,
    tutor: Tutor,
    worker: Services,
    _clamd: Clamd,
}

impl Site {
    async fn new(owner: PgPool) -> Self {
        let clamd = Clamd::running();
        let mut school = Harness::new(owner).await;
        school.services.files.scanner = clamd.scanner(Duration::from_secs(20));
        let url = std::env::var("DATABASE_URL").unwrap();
        let options = db::as_role(&school.owner.connect_options(), &url, db::WORKER_ROLE);
        let worker = Services { db: Db::connect(options, 10).await.unwrap(), ..school.services.clone() };
        let tutor = school.tutor("Tom Tutor", Hours::default()).await;
        let offering = school.offering(&tutor, "one_on_one", &[(60, 3200)]).await;
        school
            .sql(&format!(
                "UPDATE tutors SET lesson_variant_id = '{}', lesson_minutes = 60, lesson_price_minor = 3200, hour_price_minor = 3200 WHERE id = '{}'",
                offering.variants[0], tutor.id
            ))
            .await
            .unwrap();
        Self { app: TestApp::of(school, "http://127.0.0.1:9"), tutor, worker, _clamd: clamd }
    }

    async fn work(&self) {
        assert_eq!(worker::run_once(&self.worker).await.unwrap().failed, 0);
    }

    /// The address of a picture on a page: the first on the files' host.
    fn picture(page: &str) -> Option<String> {
        let from = page.find("http://files.localhost:3000/").filter(|_| page.contains("<img"))?;
        // The policy is a header; what is in the body is a picture's address.
        page[from..].split(['"', ' ', ';']).next().map(|address| address.replacen("http://files.localhost:3000", "", 1))
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutor_sends_a_photo_and_everybody_sees_it_once_it_is_clean(owner: PgPool) {
    let site = Site::new(owner).await;
    let mut tutor = site.app.signed_in(&site.tutor.actor).await;
    let answer = tutor.upload(&urls::upload("photo"), "me.jpg", &photo(1)).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/tutor/profile?done=tutor-done-photo"), "{}", answer.body);
    let held = tutor.get("/tutor/profile").await;
    assert!(held.body.contains("is being checked") && Site::picture(&held.body).is_none(), "{}", held.body);
    let public = format!("/tutors/{}", site.tutor.slug);
    assert!(Site::picture(&site.app.browser().get(&public).await.body).is_none(), "nobody sees it yet");
    site.work().await;
    for page in ["/tutor/profile", &public, "/tutors", "/"] {
        let page = tutor.get(page).await;
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("img-src 'self' data: http://files.localhost:3000;"), "{policy}");
        let address = Site::picture(&page.body).expect("the photo is on the page");
        let answer = site.app.browser_at("files.localhost:3000").get(&address).await;
        assert_eq!((answer.status, answer.headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
        assert!(!contains(&answer.bytes, SECRET_PLACE) && image::load_from_memory(&answer.bytes).is_ok());
    }
    let answer = tutor.post("/api/tutor/remove_photo", &[]).await;
    assert_eq!(answer.location(), "/tutor/profile?done=tutor-done-photo-removed");
    assert!(Site::picture(&tutor.get(&public).await.body).is_none());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_admin_sends_a_logo_that_stands_in_the_header(owner: PgPool) {
    let site = Site::new(owner).await;
    let mut admin = site.app.signed_in(&site.app.school.admin).await;
    let answer = admin.upload(&urls::upload("logo"), "mark.png", &mark(400, 400)).await;
    assert_eq!(answer.location(), "/admin/settings?done=admin-done-logo", "{}", answer.body);
    site.work().await;
    site.app.school.services.tenants.forget("northside");
    for page in ["/admin/settings", "/", "/tutors"] {
        let page = admin.get(page).await;
        let address = Site::picture(&page.body).expect("the logo is on the page");
        assert!(address.ends_with("/logo.png"), "{address}");
        assert_eq!(site.app.browser_at("files.localhost:3000").get(&address).await.status, StatusCode::OK);
    }
    let settings = admin.get("/admin/settings").await;
    assert!(settings.body.contains("of 5,120 MB"), "the storage is told");
    admin.post("/api/admin/remove_logo", &[]).await;
    assert!(Site::picture(&admin.get("/").await.body).is_none());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_refused_file_is_told_at_its_field_on_the_page(owner: PgPool) {
    let site = Site::new(owner).await;
    let mut tutor = site.app.signed_in(&site.tutor.actor).await;
    let path = urls::upload("photo");
    for (bytes, words) in [
        (&b"<svg onload='alert(1)'/>"[..], "This is not a JPEG, PNG or WebP picture"),
        (&eicar(), "This is not a JPEG, PNG or WebP picture"),
        (b"", "Choose a file."),
        (&vec![0xff; (10 << 20) + 1], "Send one of at most 10 MB"),
    ] {
        let answer = tutor.upload(&path, "cat.png", bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(words) && answer.body.contains("f-file-err") && answer.body.contains("Qualifications"), "{words}");
    }
    // Nobody's, another role's, another school's login, another site's form.
    let answer = site.app.browser().upload(&path, "cat.png", &photo(1)).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Ftutor%2Fprofile"));
    let student = site.app.school.student("Sue Student").await;
    let mut student = site.app.signed_in(&student).await;
    for purpose in ["photo", "logo"] {
        assert_eq!(student.upload(&urls::upload(purpose), "cat.png", &photo(1)).await.status, StatusCode::NOT_FOUND, "{purpose}");
    }
    assert_eq!(tutor.upload(&urls::upload("logo"), "cat.png", &mark(64, 64)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(tutor.upload(&urls::upload("attachment"), "a.txt", b"a").await.status, StatusCode::NOT_FOUND);
    let mut forged = site.app.signed_in(&site.tutor.actor).await;
    forged.headers.push((header::ORIGIN, "http://southside.localhost:3000".to_owned()));
    assert_eq!(forged.upload(&path, "cat.png", &photo(1)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.app.school.count("SELECT count(*) FROM uploads").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_files_host_has_files_and_nothing_else(owner: PgPool) {
    let site = Site::new(owner).await;
    let services = &site.app.school.services;
    let permit = uploads::permit(services, &site.tutor.actor, Purpose::Attachment).await.unwrap();
    let text = uploads::accept(services, &site.tutor.actor, permit, "día \"1\".txt", Some("<b>no page</b> a".replace('<', "").into()))
        .await
        .unwrap();
    let mut tutor = site.app.signed_in(&site.tutor.actor).await;
    tutor.upload(&urls::upload("photo"), "me.jpg", &photo(1)).await;
    site.work().await;
    let shown = Site::picture(&tutor.get("/tutor/profile").await.body).unwrap();
    let link = uploads::attachment_link(services, &site.tutor.actor, text).await.unwrap();
    let link = link.strip_prefix("http://files.localhost:3000").unwrap();

    // A browser with a login's cookie: the host neither reads nor sets one.
    let cookie = tutor.cookies()["__Host-login"].clone();
    let mut files = site.app.browser_at("files.localhost:3000");
    files.set_cookie("__Host-login", &cookie);
    for (address, media_type, disposition, caching) in [
        (shown.as_str(), "image/jpeg", "inline", "public, max-age=31536000, immutable"),
        (link, "text/plain", "attachment; filename=\"d_a 1.txt\"; filename*=UTF-8''d%C3%ADa%201.txt", "private, no-store"),
    ] {
        let answer = files.get(address).await;
        let told = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(told("content-type"), media_type);
        assert_eq!(told("content-disposition"), disposition);
        assert_eq!(told("cache-control"), caching);
        assert_eq!(told("x-content-type-options"), "nosniff");
        assert_eq!(told("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(told("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(told("content-length"), answer.bytes.len().to_string());
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        let head = files.head(address).await;
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    }
    for address in ["/", "/sign-in", "/tutor/profile", "/health/live", "/metrics", "/favicon.svg", "/api/booking/days", "/x/y/z"] {
        let answer = files.get(address).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "There is no file at this address.\n"), "{address}");
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
    }
    assert_eq!(files.post(&shown, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    // A school's own host serves no files.
    assert_eq!(tutor.get(&shown).await.status, StatusCode::NOT_FOUND);
    // Links: bound to the file, and over in time.
    let unsigned = link.split_once('?').unwrap().0;
    assert_eq!(files.get(unsigned).await.status, StatusCode::NOT_FOUND);
    assert_eq!(files.get(&format!("{link}A")).await.status, StatusCode::NOT_FOUND);
    let other = link.replacen(&text.to_string(), shown.split('/').nth(2).unwrap(), 1);
    assert_eq!(files.get(&other).await.status, StatusCode::NOT_FOUND);
    site.app.school.clock.set(services.now() + jiff::SignedDuration::from_mins(60));
    assert_eq!(files.get(link).await.status, StatusCode::NOT_FOUND);
}
