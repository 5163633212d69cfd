//! The tutor's editor of hours.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Error,
    availability::{AddException, SaveWeek, add_exception, editor, own_hours, remove_exception, save_week},
};
use jiff::civil::date;
use kernel::{
    AppError, FormErrors, Role,
    availability::{SlotRules, Window},
};
use sqlx::PgPool;

fn week() -> SaveWeek {
    SaveWeek {
        zone: "Asia/Kathmandu".into(),
        windows: vec![Window { weekday: 1, start: 540, end: 720 }, Window { weekday: 5, start: 1320, end: 1560 }],
        rules: SlotRules {
            increment_minutes: 15,
            buffer_before_minutes: 5,
            buffer_after_minutes: 10,
            notice_minutes: 60,
            horizon_days: 30,
        },
    }
}

fn form_errors<T: std::fmt::Debug>(result: Result<T, Error>) -> FormErrors {
    match result {
        Err(Error::App(AppError::Invalid(errors))) => errors,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_saved_is_shown_and_replaces_what_was(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    let other = h.tutor("Otto Other", Hours::default()).await.actor;
    save_week(&h.services, &tutor, &week()).await.unwrap();
    let shown = editor(&h.services, &tutor).await.unwrap();
    assert_eq!(
        (shown.schedule.zone.as_str(), &shown.schedule.weekly, shown.schedule.rules),
        ("Asia/Kathmandu", &week().windows, week().rules)
    );
    assert_eq!(shown.today, date(2026, 11, 16));
    assert_eq!(editor(&h.services, &other).await.unwrap().schedule.weekly.len(), 7, "another tutor's stay");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutor_without_hours_is_closed_until_they_save(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    let id = tutor.member().unwrap().id;
    h.sql(&format!("DELETE FROM availability_windows WHERE tutor_id = '{id}'")).await.unwrap();
    h.owner_sql(&format!("DELETE FROM schedules WHERE id = '{id}'")).await;
    let shown = editor(&h.services, &tutor).await.unwrap();
    assert_eq!((shown.schedule.zone.as_str(), shown.schedule.weekly.len()), ("Europe/London", 0));
    add_exception(&h.services, &tutor, &AddException { date: date(2026, 11, 20), windows: vec![(540, 600)] }).await.unwrap();
    assert_eq!(editor(&h.services, &tutor).await.unwrap().schedule.exceptions.len(), 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_wrong_week_comes_back_with_its_errors(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    let mut wrong = week();
    wrong.zone = "Mars/Olympus".into();
    wrong.windows.push(Window { weekday: 1, start: 700, end: 800 });
    wrong.rules =
        SlotRules { increment_minutes: 7, buffer_before_minutes: 121, buffer_after_minutes: 500, notice_minutes: 20_161, horizon_days: 0 };
    let errors = form_errors(save_week(&h.services, &tutor, &wrong).await);
    let fields: Vec<_> = errors.iter().map(|(field, error)| (field, error.code.as_ref())).collect();
    assert_eq!(
        fields,
        [
            ("buffer_after_minutes", "error-range"),
            ("buffer_before_minutes", "error-range"),
            ("horizon_days", "error-range"),
            ("increment_minutes", "error-choice"),
            ("notice_minutes", "error-range"),
            ("windows.2", "error-window-overlap"),
            ("zone", "error-choice"),
        ]
    );
    assert_eq!(editor(&h.services, &tutor).await.unwrap().schedule.weekly.len(), 7, "nothing was saved");
    let many = SaveWeek { windows: vec![Window { weekday: 1, start: 0, end: 5 }; 71], ..week() };
    assert_eq!(form_errors(save_week(&h.services, &tutor, &many).await).first("windows").unwrap().code, "error-too-many");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_date_can_have_hours_of_its_own(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    let on = date(2026, 11, 20);
    add_exception(&h.services, &tutor, &AddException { date: on, windows: vec![(540, 600), (900, 960)] }).await.unwrap();
    add_exception(&h.services, &tutor, &AddException { date: date(2026, 11, 21), windows: vec![] }).await.unwrap();
    let exceptions = editor(&h.services, &tutor).await.unwrap().schedule.exceptions;
    assert_eq!(exceptions.iter().map(|e| (e.date.day(), e.windows.len())).collect::<Vec<_>>(), [(20, 2), (21, 0)]);

    add_exception(&h.services, &tutor, &AddException { date: on, windows: vec![] }).await.unwrap();
    assert!(editor(&h.services, &tutor).await.unwrap().schedule.exceptions[0].windows.is_empty(), "replaced");
    remove_exception(&h.services, &tutor, on).await.unwrap();
    assert_eq!(editor(&h.services, &tutor).await.unwrap().schedule.exceptions.len(), 1);
    assert_eq!(refusal(remove_exception(&h.services, &tutor, on).await), "NotFound");

    let past = AddException { date: date(2026, 11, 15), windows: vec![(600, 540)] };
    let errors = form_errors(add_exception(&h.services, &tutor, &past).await);
    assert_eq!(errors.first("date").unwrap().code, "error-date-past");
    assert_eq!(errors.first("windows.0").unwrap().code, "error-window-empty");
    let far = AddException { date: date(2029, 1, 1), windows: vec![] };
    assert_eq!(form_errors(add_exception(&h.services, &tutor, &far).await).first("date").unwrap().code, "error-date-far");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_editor_is_the_tutors_own(pool: PgPool) {
    let h = Harness::new(pool).await;
    let student = h.student("Sam Student").await;
    let unlisted = h.member("Rob Role", &[Role::Tutor]).await;
    let closed = AddException { date: date(2026, 11, 20), windows: vec![] };
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&student, "NotFound"), (&h.admin, "NotFound"), (&unlisted, "NotFound")]
    {
        assert_eq!(refusal(editor(&h.services, actor).await), expected);
        assert_eq!(refusal(save_week(&h.services, actor, &week()).await), expected);
        assert_eq!(refusal(add_exception(&h.services, actor, &closed).await), expected);
        assert_eq!(refusal(remove_exception(&h.services, actor, closed.date).await), expected);
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn hours_of_a_calendar_are_the_tutors_own_with_their_exceptions(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    let unlisted = h.member("Rob Role", &[Role::Tutor]).await;
    add_exception(&h.services, &tutor, &AddException { date: date(2026, 11, 17), windows: vec![] }).await.unwrap();
    let range = london("2026-11-16T00:00")..london("2026-11-19T00:00");
    let open = own_hours(&h.services, &tutor, range.clone()).await.unwrap();
    let expected = [london("2026-11-16T09:00")..london("2026-11-16T17:00"), london("2026-11-18T09:00")..london("2026-11-18T17:00")];
    assert_eq!(open, expected);
    assert_eq!(own_hours(&h.services, &unlisted, range.clone()).await.unwrap(), []);
    assert_eq!(refusal(own_hours(&h.services, &h.anonymous(), range.clone()).await), "Unauthenticated");
    assert_eq!(refusal(own_hours(&h.services, &h.admin, range).await), "NotFound");
}
