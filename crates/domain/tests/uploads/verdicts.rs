//! What the scanner says, and what it cannot say.

use super::Desk;
use crate::{
    clamd::{Clamd, LOOKS_INTO, eicar},
    harness::refusal,
    pictures::{SECRET_PLACE, bomb, contains, photo, zip},
};
use domain::uploads::{self, Purpose};
use providers::virus_scan::{Address, Scanner};
use sqlx::PgPool;
use std::time::Duration;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_virus_is_never_served_bare_zipped_or_under_a_pictures_name(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let clean = desk.attach("homework.txt", "2 + 2 = 4").await;
    let infected = [
        desk.attach("eicar.txt", eicar()).await,
        desk.attach("eicar.zip", zip("inner.txt", &eicar())).await,
        desk.attach("cat.png", eicar()).await,
    ];
    // Signatures that hold: made when the files were clean, had they been.
    let link = |upload| uploads::attachment_link(desk.services(), &desk.tutor, upload);
    assert_eq!(refusal(link(infected[0]).await), "error-file-held");
    desk.work().await;
    let signed = link(clean).await.unwrap();
    let query = signed.split_once('?').unwrap().1;
    assert!(desk.had(desk.school.tenant.id, clean, "file", Some(query)).await.is_some(), "what is clean is served");
    for upload in infected {
        assert_eq!(desk.state(upload).await, ("infected".into(), "Eicar-Test.UNOFFICIAL".into()));
        assert_eq!(refusal(link(upload).await), "error-file-held");
        assert!(desk.public(upload, "original").await.is_none() && desk.public(upload, "file").await.is_none());
        assert!(!desk.objects().await.iter().any(|key| key.contains(&upload.to_string())), "its bytes are gone");
    }
    assert_eq!(desk.used().await, 9, "what is gone does not count");
    let told = desk.school.count("SELECT count(*) FROM audit_entries WHERE action = 'upload.infected' AND actor_name = 'Tom Tutor'").await;
    assert_eq!(told, 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn without_the_scanner_files_are_held_and_decided_when_it_is_back(owner: PgPool) {
    let mut desk = Desk::with(owner, Clamd::away()).await;
    let face = desk.send(&desk.tutor, Purpose::Photo, "me.jpg", photo(1)).await.unwrap();
    let virus = desk.attach("eicar.txt", eicar()).await;
    desk.work().await;
    for _ in 0..12 {
        // Longer than any job is tried again by the queue itself.
        desk.later(120).await;
        assert_eq!(desk.state(face).await, ("held".into(), "scanner".into()));
        assert!(desk.public(face, "512.jpg").await.is_none() && desk.public(face, "original").await.is_none());
    }
    assert_eq!(uploads::mine(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap().shown, None);
    desk.clamd.start();
    desk.later(1).await;
    assert_eq!(desk.state(face).await.0, "clean");
    assert!(desk.public(face, "512.jpg").await.is_some());
    assert_eq!(desk.state(virus).await.0, "infected");
    desk.clamd.stop();
    let other = desk.attach("late.txt", "text").await;
    desk.work().await;
    assert_eq!(desk.state(other).await.0, "held");
    desk.clamd.start();
    desk.later(1).await;
    assert_eq!(desk.state(other).await.0, "clean");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_scanner_that_is_too_slow_has_said_nothing(owner: PgPool) {
    let mut desk = Desk::with(owner, Clamd::away()).await;
    // Takes connections and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = Address::Tcp(silent.local_addr().unwrap().to_string());
    desk.worker.files.scanner = Scanner::new(address, Duration::from_millis(200), 25 << 20);
    let upload = desk.attach("homework.txt", "2 + 2 = 4").await;
    desk.work().await;
    assert_eq!(desk.state(upload).await, ("held".into(), "scanner".into()));
    assert!(desk.public(upload, "original").await.is_none());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_the_scanner_does_not_look_into_stays_held(owner: PgPool) {
    let mut desk = Desk::new(owner).await;
    let large = desk.attach("large.txt", vec![b'a'; LOOKS_INTO + 1]).await;
    desk.work().await;
    assert_eq!(desk.state(large).await, ("held".into(), "too_large".into()), "clamd says so");
    desk.worker.files.scanner = Scanner::new(desk.worker.files.scanner.address().clone(), Duration::from_secs(20), 10);
    let small = desk.attach("small.txt", "eleven char").await;
    desk.work().await;
    assert_eq!(desk.state(small).await, ("held".into(), "too_large".into()), "we know already");
    // When the scanner looks into more, it decides.
    desk.worker.files.scanner = desk.services().files.scanner.clone();
    desk.later(60).await;
    assert_eq!(desk.state(small).await.0, "clean");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_picture_is_served_as_made_anew_without_what_was_in_the_file(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let mut sent = photo(1).to_vec();
    sent.extend_from_slice(b"<script>alert(1)</script>");
    assert!(contains(&sent, SECRET_PLACE));
    let face = desk.send(&desk.tutor, Purpose::Photo, "me.jpg", sent.clone()).await.unwrap();
    let attached = desk.attach("board.jpg", sent).await;
    desk.work().await;
    let link = uploads::attachment_link(desk.services(), &desk.tutor, attached).await.unwrap();
    let mut served = vec![desk.had(desk.school.tenant.id, attached, "file", link.split_once('?').map(|(_, query)| query)).await.unwrap()];
    for name in ["512.jpg", "192.jpg"] {
        served.push(desk.public(face, name).await.unwrap());
    }
    for bytes in served {
        assert!(image::load_from_memory(&bytes).is_ok(), "it is a picture");
        assert!(!contains(&bytes, SECRET_PLACE) && !contains(&bytes, b"Exif") && !contains(&bytes, b"<script>"));
    }
    assert!(desk.objects().await.iter().all(|key| !key.ends_with("/original")), "what was sent is gone: {:?}", desk.objects().await);
    assert!(desk.public(face, "original").await.is_none());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_bomb_and_a_broken_picture_are_no_pictures(owner: PgPool) {
    let desk = Desk::new(owner).await;
    for (width, height) in [(60_000, 60_000), (11_000, 11_000)] {
        let refused = refusal(desk.send(&desk.tutor, Purpose::Photo, "bomb.png", bomb(width, height)).await);
        assert!(refused.contains("error-picture-too-large"), "{refused}");
    }
    assert_eq!(desk.objects().await, Vec::<String>::new(), "nothing was stored");
    // Only decoding shows that nothing is behind this header.
    let broken = desk.send(&desk.tutor, Purpose::Photo, "broken.png", bomb(800, 800)).await.unwrap();
    desk.work().await;
    assert_eq!(desk.state(broken).await, ("rejected".into(), "broken".into()));
    assert!(desk.public(broken, "512.jpg").await.is_none());
    assert_eq!((desk.objects().await, desk.used().await), (vec![], 0));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn files_of_no_kind_that_is_taken_are_refused_at_the_field(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let svg = &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..];
    for (purpose, bytes, code) in [
        (Purpose::Photo, svg, "error-file-picture"),
        (Purpose::Photo, b"%PDF-1.7", "error-file-picture"),
        (Purpose::Photo, b"", "error-file-missing"),
        (Purpose::Photo, b"\xff\xd8\xff\xe0 text", "error-file-picture"),
        (Purpose::Attachment, svg, "error-file-kind"),
        (Purpose::Attachment, b"<!doctype html><script>", "error-file-kind"),
        (Purpose::Attachment, b"MZ\x90\0", "error-file-kind"),
    ] {
        let refused = refusal(desk.send(&desk.tutor, purpose, "cat.png", bytes).await);
        assert!(refused.contains(code) && refused.contains("file"), "{refused} for {}", String::from_utf8_lossy(bytes));
    }
    let small = refusal(desk.send(&desk.tutor, Purpose::Photo, "dot.png", crate::pictures::mark(31, 400)).await);
    assert!(small.contains("error-picture-too-small"), "{small}");
    let permit = uploads::permit(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap();
    assert_eq!(permit.most, 10 << 20);
    let large = refusal(uploads::accept(desk.services(), &desk.tutor, permit, "x", Some(vec![0xff; (10 << 20) + 1].into())).await);
    assert!(large.contains("error-file-too-large"), "{large}");
}
