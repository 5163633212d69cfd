//! Objects that nobody needs go; those that somebody needs stay.

use super::Desk;
use crate::{clamd::Clamd, pictures::photo};
use bytes::Bytes;
use domain::uploads::{self, Purpose};
use futures::TryStreamExt;
use kernel::ids::UploadId;
use providers::storage::Object;
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_object_without_a_row_is_swept_after_an_hour(owner: PgPool) {
    let desk = Desk::with(owner, Clamd::away()).await;
    let held = desk.attach("a.txt", "a").await;
    let (tenant, orphan): (_, UploadId) = (desk.school.tenant.id, desk.services().id());
    let store = &desk.services().files.store;
    store.put(&format!("{tenant}/{orphan}/original"), Bytes::from_static(b"x")).await.unwrap();
    // The store has a clock of its own.
    let objects: Vec<Object> = store.list(&tenant.to_string()).unwrap().try_collect().await.unwrap();
    let stored_at = objects.iter().map(|object| object.stored_at).max().unwrap();
    desk.school.clock.set(stored_at + jiff::SignedDuration::from_mins(59));
    uploads::sweep_objects(&desk.worker).await.unwrap();
    assert_eq!(desk.objects().await.len(), 2, "its row may be on its way");
    desk.school.clock.set(stored_at + jiff::SignedDuration::from_mins(62));
    uploads::sweep_objects(&desk.worker).await.unwrap();
    assert_eq!(desk.objects().await, [format!("{tenant}/{held}/original")]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_folder_of_files_does_the_same(owner: PgPool) {
    let folder = crate::clamd::Folder::new("files");
    let mut desk = Desk::new(owner).await;
    let store = providers::storage::Store::folder(&folder.path().display().to_string()).unwrap();
    desk.school.services.files.store = store.clone();
    desk.worker.files.store = store;
    let face = desk.send(&desk.tutor, Purpose::Photo, "me.jpg", photo(1)).await.unwrap();
    desk.work().await;
    assert!(desk.public(face, "512.jpg").await.is_some());
    assert_eq!(desk.objects().await.len(), 2);
    uploads::remove(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap();
    desk.work().await;
    assert_eq!(desk.objects().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_job_that_was_lost_is_made_again(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let upload = desk.attach("a.txt", "a").await;
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&desk.school.owner).await.unwrap();
    desk.later(9).await;
    assert_eq!(desk.state(upload).await.0, "held");
    desk.later(2).await;
    assert_eq!(desk.state(upload).await.0, "clean");
    uploads::remove_attachment(desk.services(), &desk.tutor, upload).await.unwrap();
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&desk.school.owner).await.unwrap();
    desk.later(11).await;
    assert_eq!((desk.objects().await, desk.school.count("SELECT count(*) FROM uploads").await), (vec![], 0));
}
