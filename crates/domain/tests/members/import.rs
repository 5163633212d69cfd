//! Inviting many at once.

use crate::harness::{Harness, refusal};
use domain::members::{Imported, LineProblem, import, invitations, preview, start_import, update_import};
use sqlx::PgPool;

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_list_says_what_each_line_does_and_then_does_it_once(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let rows = "name,email,role\nAda,admin@northside.example,tutor\nBo,bo@x.test,tutor\nCy,cy@x.test,\nBo again,BO@x.test,\nDi,nowhere,";
    let id = start_import(s, &h.admin, rows).await.unwrap();
    let look = preview(s, &h.admin, id).await.unwrap();
    let problems: Vec<_> = look.lines.iter().map(|line| (line.number, line.problem)).collect();
    assert_eq!(
        problems,
        [(2, Some(LineProblem::Member)), (3, None), (4, None), (5, Some(LineProblem::Twice)), (6, Some(LineProblem::Email))]
    );
    assert_eq!(look.ready, 2);
    let other = h.member("Olga Other", &[kernel::Role::Admin]).await;
    assert_eq!(refusal(preview(s, &other, id).await), "NotFound", "a list is its author's");
    update_import(s, &h.admin, id, &rows.replace("nowhere", "di@x.test")).await.unwrap();
    assert_eq!(refusal(import(s, &h.admin, id, 2).await), "error-list-changed", "two were seen, three are there");
    // Twice at once: one does it, the other finds nothing.
    let (one, two) = tokio::join!(import(s, &h.admin, id, 3), import(s, &h.admin, id, 3));
    let mut done = [one, two].map(Result::ok);
    done.sort();
    assert_eq!(done, [None, Some(Imported { invited: 3, left_out: 0 })]);
    let invited: Vec<_> = invitations(s, &h.admin, None).await.unwrap().items.into_iter().map(|row| row.email).collect();
    assert_eq!(invited.len(), 3);
    assert_eq!(h.jobs("send_mail").await.len(), 3);
    let again = start_import(s, &h.admin, "Bo,bo@x.test").await.unwrap();
    assert_eq!(preview(s, &h.admin, again).await.unwrap().lines[0].problem, Some(LineProblem::Invited));
    assert_eq!(refusal(import(s, &h.admin, again, 1).await), "error-nobody-to-invite");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_list_has_bounds(pool: PgPool) {
    let h = Harness::new(pool).await;
    let many = "x@x.test\n".repeat(501);
    let blank = ",\n".repeat(120_000);
    let long = "x".repeat(256 * 1024 + 1);
    for rows in [many.as_str(), long.as_str(), blank.as_str()] {
        assert!(refusal(start_import(&h.services, &h.admin, rows).await).contains("error-too-many-lines"));
    }
    assert!(refusal(start_import(&h.services, &h.admin, " \n").await).contains("error-required"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn somebody_has_one_list_and_a_mailbox_is_spared(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let first = start_import(s, &h.admin, "a@x.test").await.unwrap();
    let second = start_import(s, &h.admin, "b@x.test").await.unwrap();
    assert_eq!(refusal(preview(s, &h.admin, first).await), "NotFound", "the next list replaces it");
    assert_eq!(preview(s, &h.admin, second).await.unwrap().ready, 1);
    for n in 0..4 {
        let id = start_import(s, &h.admin, &format!("victim@x.test\nother{n}@x.test")).await.unwrap();
        let done = import(s, &h.admin, id, 2).await.unwrap();
        assert_eq!(done.left_out, usize::from(n == 3), "three mails to a mailbox are enough for a while");
        h.sql("DELETE FROM invitations WHERE email = 'victim@x.test'").await.unwrap();
    }
}
