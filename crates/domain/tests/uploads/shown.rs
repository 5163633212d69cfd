//! Which logo and which photo everybody sees.

use super::Desk;
use crate::{
    clamd::Clamd,
    pictures::{mark, photo},
};
use domain::uploads::{self, Purpose, Status};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_old_photo_stays_until_the_new_one_is_clean(owner: PgPool) {
    let mut desk = Desk::new(owner).await;
    let mine = || uploads::mine(desk.services(), &desk.tutor, Purpose::Photo);
    let first = desk.send(&desk.tutor, Purpose::Photo, "1.jpg", photo(1)).await.unwrap();
    assert_eq!(mine().await.unwrap().latest.map(|sent| (sent.id, sent.status)), Some((first, Status::Held)));
    desk.work().await;
    assert_eq!(mine().await.unwrap(), uploads::Mine { shown: Some(first), latest: None });
    desk.clamd.stop();
    let second = desk.send(&desk.tutor, Purpose::Photo, "2.jpg", photo(2)).await.unwrap();
    let third = desk.send(&desk.tutor, Purpose::Photo, "3.jpg", photo(3)).await.unwrap();
    desk.work().await;
    let mine = || uploads::mine(desk.services(), &desk.tutor, Purpose::Photo);
    let now = mine().await.unwrap();
    assert_eq!((now.shown, now.latest.map(|sent| sent.id)), (Some(first), Some(third)), "a second gives way to a third");
    desk.clamd.start();
    desk.later(1).await;
    let mine = || uploads::mine(desk.services(), &desk.tutor, Purpose::Photo);
    assert_eq!(mine().await.unwrap(), uploads::Mine { shown: Some(third), latest: None });
    assert_eq!(desk.school.count("SELECT count(*) FROM uploads").await, 1, "the rows of the others are gone");
    assert!(desk.objects().await.iter().all(|key| key.contains(&third.to_string())), "and their objects");
    assert!(desk.public(first, "512.jpg").await.is_none() && desk.public(second, "512.jpg").await.is_none());
    uploads::remove(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap();
    assert!(desk.public(third, "512.jpg").await.is_none(), "from now on");
    desk.work().await;
    assert_eq!((desk.objects().await, desk.used().await), (vec![], 0));
    assert_eq!(mine().await.unwrap(), uploads::Mine::default());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_logo_is_the_schools_and_keeps_its_transparency(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let admin = &desk.school.admin;
    let logo = desk.send(admin, Purpose::Logo, "mark.png", mark(1200, 300)).await.unwrap();
    desk.work().await;
    let served = image::load_from_memory(&desk.public(logo, "logo.png").await.unwrap()).unwrap();
    assert_eq!((served.width(), served.height(), served.to_rgba8().get_pixel(3, 3).0[3]), (512, 128, 0));
    let tenant = desk.services().tenants.by_host(&desk.services().db, "northside.localhost:3000").await.unwrap().unwrap();
    assert_eq!(tenant.logo, Some(logo));
    let address = uploads::logo(&desk.services().tenants, &tenant).unwrap();
    assert_eq!(address, format!("http://files.localhost:3000/{}/{logo}/logo.png", tenant.id));
    // Another admin's replaces it: it is the school's, not theirs.
    let other = desk.school.member("Otto", &[kernel::Role::Admin]).await;
    let second = desk.send(&other, Purpose::Logo, "mark.png", mark(64, 64)).await.unwrap();
    desk.work().await;
    assert_eq!(uploads::mine(desk.services(), admin, Purpose::Logo).await.unwrap().shown, Some(second));
    assert!(desk.public(logo, "logo.png").await.is_none());
    uploads::remove(desk.services(), admin, Purpose::Logo).await.unwrap();
    let tenant = desk.services().tenants.by_host(&desk.services().db, "northside.localhost:3000").await.unwrap().unwrap();
    assert_eq!(tenant.logo, None);
    let told = desk.school.count("SELECT count(*) FROM audit_entries WHERE action IN ('school.logo_sent', 'school.logo_removed')").await;
    assert_eq!(told, 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_was_removed_while_it_was_held_never_shows(owner: PgPool) {
    let mut desk = Desk::with(owner, Clamd::away()).await;
    let face = desk.send(&desk.tutor, Purpose::Photo, "1.jpg", photo(1)).await.unwrap();
    uploads::remove(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap();
    desk.clamd.start();
    desk.later(1).await;
    assert!(desk.public(face, "512.jpg").await.is_none());
    assert_eq!(uploads::mine(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap(), uploads::Mine::default());
    assert_eq!(desk.objects().await, Vec::<String>::new());
}
