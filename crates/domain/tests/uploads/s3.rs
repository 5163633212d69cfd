//! The same way of a file through a bucket: moto, an S3 server from a package (`scripts/setup test`).

use super::Desk;
use crate::pictures::photo;
use domain::uploads::{self, Purpose};
use providers::storage::{S3Config, Store};
use sqlx::PgPool;
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

struct Moto(Child);

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server and its address; `None` where the package is not installed.
fn moto() -> Option<(Moto, String)> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    let program = cache.join("wemaster/tools/moto/bin/moto_server");
    if !program.exists() {
        return None;
    }
    let mut child =
        Command::new(program).args(["-H", "127.0.0.1", "-p", "0"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let address =
        lines.by_ref().map_while(Result::ok).find_map(|line| line.split_once("Running on ").map(|(_, address)| address.trim().to_owned()));
    std::thread::spawn(move || lines.for_each(drop));
    Some((Moto(child), address.expect("moto says where it is")))
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_bucket_does_the_same(owner: PgPool) {
    let Some((_moto, endpoint)) = moto() else {
        println!("skipped: moto is not installed");
        return;
    };
    reqwest::Client::new().put(format!("{endpoint}/files")).send().await.unwrap().error_for_status().unwrap();
    let store = Store::s3(&S3Config {
        bucket: "files".into(),
        endpoint,
        access_key: "key".into(),
        secret_key: "secret".into(),
        ..S3Config::default()
    })
    .unwrap();
    store.check().await.unwrap();
    let mut desk = Desk::new(owner).await;
    desk.school.services.files.store = store.clone();
    desk.worker.files.store = store;
    let face = desk.send(&desk.tutor, Purpose::Photo, "me.jpg", photo(1)).await.unwrap();
    let text = desk.attach("a.txt", "a").await;
    desk.work().await;
    assert!(image::load_from_memory(&desk.public(face, "512.jpg").await.unwrap()).is_ok());
    assert_eq!(desk.objects().await.len(), 3);
    uploads::remove(desk.services(), &desk.tutor, Purpose::Photo).await.unwrap();
    uploads::remove_attachment(desk.services(), &desk.tutor, text).await.unwrap();
    desk.work().await;
    assert_eq!(desk.objects().await, Vec::<String>::new());
}
