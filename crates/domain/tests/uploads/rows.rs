//! What the database holds, whatever the code does.

use super::Desk;
use crate::{clamd::eicar, harness::refusal};
use domain::uploads::{self, Purpose};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_verdict_stands(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let (clean, infected) = (desk.attach("a.txt", "a").await, desk.attach("b.txt", eicar()).await);
    desk.work().await;
    for wrong in [
        format!("UPDATE uploads SET status = 'clean' WHERE id = '{infected}'"),
        format!("UPDATE uploads SET status = 'held' WHERE id = '{infected}'"),
        format!("UPDATE uploads SET status = 'held' WHERE id = '{clean}'"),
        format!("UPDATE uploads SET counted_bytes = 2 WHERE id = '{clean}'"),
        format!("UPDATE uploads SET sha256 = sha256 WHERE id = '{clean}'"),
        format!("UPDATE uploads SET purpose = 'photo' WHERE id = '{clean}'"),
        format!("UPDATE uploads SET owner_id = owner_id WHERE id = '{clean}'"),
        "UPDATE tenant_storage SET used_bytes = 0".to_owned(),
        "UPDATE tenant_storage SET quota_bytes = 1000000000000".to_owned(),
        "DELETE FROM tenant_storage".to_owned(),
    ] {
        assert!(desk.school.sql(&wrong).await.is_err(), "{wrong}");
    }
    let born = "INSERT INTO uploads (tenant_id, id, owner_id, purpose, name, media_type, size_bytes, sha256, counted_bytes, next_at, created_at, status, scanned_at)
                SELECT tenant_id, gen_random_uuid(), owner_id, purpose, name, media_type, size_bytes, sha256, size_bytes, now(), now(), 'clean', now() FROM uploads LIMIT 1";
    assert!(desk.school.sql(born).await.is_err(), "none is born clean");
    desk.school.sql(&format!("UPDATE uploads SET status = 'removed', counted_bytes = 0 WHERE id = '{infected}'")).await.unwrap();
    assert!(desk.school.sql(&format!("UPDATE uploads SET status = 'clean', scanned_at = now() WHERE id = '{infected}'")).await.is_err());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_has_anothers_file(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let other = desk.school.other_school().await;
    let (stranger, neighbour) = (other.student("Eve").await, desk.school.student("Sue").await);
    let upload = desk.attach("a.txt", "a").await;
    desk.work().await;
    for actor in [&stranger, &neighbour] {
        assert_eq!(refusal(uploads::attachment_link(desk.services(), actor, upload).await), "NotFound");
        assert_eq!(refusal(uploads::remove_attachment(desk.services(), actor, upload).await), "NotFound");
    }
    // A signature for one's own tenant does not open it there, nor does the right one under another name.
    let own = desk.send(&stranger, Purpose::Attachment, "b.txt", "b").await.unwrap();
    desk.work().await;
    let link = uploads::attachment_link(desk.services(), &stranger, own).await.unwrap();
    let query = link.split_once('?').map(|(_, query)| query);
    assert!(desk.had(other.tenant.id, own, "file", query).await.is_some());
    assert!(desk.had(desk.school.tenant.id, upload, "file", query).await.is_none());
    assert!(desk.had(other.tenant.id, upload, "file", query).await.is_none());
    assert!(desk.had(other.tenant.id, own, "file", None).await.is_none(), "an attachment needs its signature");
    desk.school.clock.set(desk.services().now() + jiff::SignedDuration::from_mins(60));
    assert!(desk.had(other.tenant.id, own, "file", query).await.is_none(), "and in time");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_closed_school_serves_nothing(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let face = desk.send(&desk.tutor, Purpose::Photo, "me.jpg", crate::pictures::photo(1)).await.unwrap();
    desk.work().await;
    assert!(desk.public(face, "512.jpg").await.is_some());
    desk.school.owner_sql(&format!("UPDATE tenants SET status = 'suspended' WHERE id = '{}'", desk.school.tenant.id)).await;
    assert!(desk.public(face, "512.jpg").await.is_none());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_role_is_needed(owner: PgPool) {
    let desk = Desk::new(owner).await;
    let student = desk.school.student("Sue").await;
    for (actor, purpose) in [(&student, Purpose::Photo), (&student, Purpose::Logo), (&desk.tutor, Purpose::Logo)] {
        assert_eq!(refusal(uploads::permit(desk.services(), actor, purpose).await), "NotFound", "{purpose:?}");
        assert_eq!(refusal(uploads::remove(desk.services(), actor, purpose).await), "NotFound", "{purpose:?}");
        assert_eq!(refusal(uploads::mine(desk.services(), actor, purpose).await), "NotFound", "{purpose:?}");
    }
    assert_eq!(refusal(uploads::storage(desk.services(), &desk.tutor).await), "NotFound");
    assert_eq!(refusal(uploads::permit(desk.services(), &desk.school.anonymous(), Purpose::Attachment).await), "Unauthenticated");
}
