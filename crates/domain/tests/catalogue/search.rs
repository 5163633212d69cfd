//! Words, filters, orders, cursors.

use super::{approved, draft, lists};
use crate::{
    harness::{Harness, Hours},
    seed::demo,
};
use domain::catalogue::{DayPart, FreeCell, Sort, TutorPage, TutorQuery, TutorRow, search};
use jiff::tz::TimeZone;
use kernel::{ids::MemberId, zone::ZoneName};
use sqlx::PgPool;
use std::collections::HashSet;

fn query() -> TutorQuery {
    TutorQuery { limit: 100, ..TutorQuery::all(ZoneName::new("Europe/London").unwrap()) }
}

async fn find(h: &Harness, query: &TutorQuery) -> TutorPage {
    search(&h.services, &h.anonymous(), query).await.unwrap()
}

async fn words(h: &Harness, text: &str) -> TutorPage {
    find(h, &TutorQuery { text: text.into(), ..query() }).await
}

/// One database for all: the demo data takes a while to write.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_demo_catalogue_is_searched(pool: PgPool) {
    let h = demo(pool).await;
    words_are_found_though_mistyped(&h).await;
    each_filter_keeps_what_fits_and_each_count_is_what_it_leads_to(&h).await;
    every_order_is_kept_and_walked_once_while_others_come_and_go(&h).await;
    a_cursor_counts_what_came_before_and_belongs_to_its_order(&h).await;
}

async fn words_are_found_though_mistyped(h: &Harness) {
    let names = |page: &TutorPage| page.rows.iter().map(|row| row.name.clone()).collect::<HashSet<_>>();
    let found = words(h, "maths").await;
    let (maths, taught) = (found.total, names(&find(h, &TutorQuery { subject: Some("maths".into()), ..query() }).await));
    assert!(taught.is_subset(&names(&found)) && taught.len() + 3 > names(&found).len(), "those who teach it, or say so");
    for typed in ["Maths", "mahts", "mths", "maths tutor"] {
        assert_eq!(words(h, typed).await.total, maths, "{typed}");
    }
    for typed in ["eleni marangou", "Elleni", "Elani Marangu", "ÉLENI", "marangou maths"] {
        assert_eq!(words(h, typed).await.rows.first().map(|row| &*row.name), Some("Eleni Marangou"), "{typed}");
    }
    // Who has both words leaves out who has one.
    assert_eq!((words(h, "marangou maths").await.total, words(h, "physics eleni marangou").await.total), (1, 1));
    for nothing in ["zzzqqq", "%", "' -- ;", "\\", "💚"] {
        assert_eq!(words(h, nothing).await.total, 0, "{nothing}");
    }
    let everyone = words(h, "   ").await;
    assert_eq!(everyone.total, everyone.everyone);
    let long = "maths ".repeat(500);
    assert_eq!(words(h, &long).await.total, maths, "a long search is cut");
}

async fn each_filter_keeps_what_fits_and_each_count_is_what_it_leads_to(h: &Harness) {
    let all = find(h, &query()).await;
    assert_eq!((all.total, all.everyone), (62, 62));
    let every = |page: &TutorPage, fits: &dyn Fn(&TutorRow) -> bool| {
        let expected = all.rows.iter().filter(|row| fits(row)).count();
        assert_eq!((page.rows.len(), page.rows.iter().all(fits)), (expected, true));
        assert!(expected > 0 && expected < all.rows.len(), "the filter says something");
    };
    every(&find(h, &TutorQuery { min_price: Some(3000), max_price: Some(3600), ..query() }).await, &|row| {
        row.hour_price.is_some_and(|price| (3000..=3600).contains(&price.minor))
    });
    every(&find(h, &TutorQuery { language: Some("fr".into()), ..query() }).await, &|row| row.languages.iter().any(|tag| tag == "fr"));
    every(&find(h, &TutorQuery { has_trial: true, ..query() }).await, &|row| row.trial_price.is_some());
    let rated = find(h, &TutorQuery { min_rating: Some(48), ..query() }).await;
    every(&rated, &|row| row.rating.count > 0 && row.rating.sum * 10 >= 48 * row.rating.count);
    assert_eq!(rated.total, all.facets.rated_48);

    let maths = TutorQuery { subject: Some("maths".into()), ..query() };
    let in_maths = find(h, &maths).await;
    for level in &in_maths.facets.levels {
        let page = find(h, &TutorQuery { levels: vec![level.slug.clone()], ..maths.clone() }).await;
        assert_eq!(page.total, level.count, "{}", level.slug);
        assert_eq!(page.facets.levels, in_maths.facets.levels, "its own group does not narrow it");
    }
    for subject in &all.facets.subjects {
        assert_eq!(find(h, &TutorQuery { subject: Some(subject.slug.clone()), ..query() }).await.total, subject.count, "{}", subject.slug);
    }
    for language in &all.facets.languages {
        assert_eq!(
            find(h, &TutorQuery { language: Some(language.slug.clone()), ..query() }).await.total,
            language.count,
            "{}",
            language.slug
        );
    }
    let priced = all.rows.iter().filter(|row| row.hour_price.is_some()).count();
    assert_eq!(all.facets.prices.iter().map(|band| band.count).sum::<u32>(), u32::try_from(priced).unwrap());
    assert_eq!(all.facets.prices.len(), 12);
    assert_eq!(find(h, &TutorQuery { subject: Some("alchemy".into()), ..query() }).await.total, 0);
}

/// Pages of five, until there is none; `between` runs after the first.
async fn walk(h: &Harness, sort: Sort, between: impl AsyncFn(&[MemberId])) -> Vec<TutorRow> {
    let (mut rows, mut cursor): (Vec<TutorRow>, Option<String>) = (Vec::new(), None);
    loop {
        let page = find(h, &TutorQuery { sort, cursor: cursor.take(), limit: 5, ..query() }).await;
        let first = rows.is_empty();
        rows.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return rows,
        }
        if first {
            between(&rows.iter().map(|row| row.id).collect::<Vec<_>>()).await;
        }
    }
}

async fn every_order_is_kept_and_walked_once_while_others_come_and_go(h: &Harness) {
    for sort in Sort::ALL {
        let all: HashSet<MemberId> = find(h, &query()).await.rows.iter().map(|row| row.id).collect();
        let gone = std::cell::Cell::new(None);
        let rows = walk(h, sort, async |seen| {
            // One that was seen goes, another one that was not seen goes too.
            let unseen = all.iter().copied().filter(|id| !seen.contains(id)).min().unwrap();
            h.owner_sql(&format!("UPDATE tutors SET published = false WHERE id IN ('{}', '{unseen}')", seen[0])).await;
            gone.set(Some((seen[0], unseen)));
        })
        .await;
        let (seen, unseen) = gone.get().unwrap();
        h.owner_sql(&format!("UPDATE tutors SET published = true WHERE id IN ('{seen}', '{unseen}')")).await;
        let found: HashSet<MemberId> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found.len(), rows.len(), "{sort:?}: none twice");
        assert_eq!(found, all.iter().copied().filter(|id| *id != unseen).collect(), "{sort:?}: none left out");
        assert!(rows.is_sorted_by(|a, b| in_order(sort, a, b)), "{sort:?}");
    }
}

fn in_order(sort: Sort, a: &TutorRow, b: &TutorRow) -> bool {
    let price = |row: &TutorRow| row.hour_price.map(|price| price.minor);
    match sort {
        Sort::Best => true,
        Sort::Price => price(a).unwrap_or(i64::MAX) <= price(b).unwrap_or(i64::MAX),
        Sort::PriceDesc => price(a).unwrap_or(i64::MIN) >= price(b).unwrap_or(i64::MIN),
        // Cross-multiplied: no rounding.
        Sort::Rating => u64::from(a.rating.sum) * u64::from(b.rating.count) + 1 >= u64::from(b.rating.sum) * u64::from(a.rating.count),
        Sort::Lessons => a.lessons >= b.lessons,
    }
}

async fn a_cursor_counts_what_came_before_and_belongs_to_its_order(h: &Harness) {
    let five = TutorQuery { limit: 5, sort: Sort::Price, ..query() };
    let first = find(h, &five).await;
    let second = find(h, &TutorQuery { cursor: first.next.clone(), ..five.clone() }).await;
    assert_eq!((first.before, second.before, second.total), (0, 5, 62));
    for cursor in [first.next, Some("rubbish".into()), Some(String::new())] {
        let other = find(h, &TutorQuery { cursor, sort: Sort::Lessons, ..five.clone() }).await;
        assert_eq!(other.before, 0, "starts from the beginning");
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn free_times_are_on_the_readers_clock(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let mornings = h.tutor("Mo Morning", Hours { daily: (540, 660), ..Hours::default() }).await;
    let evenings = h.tutor("Eve Evening", Hours { daily: (1080, 1200), ..Hours::default() }).await;
    let never = h.tutor("Nev Never", Hours { daily: (540, 600), notice: 20_000, ..Hours::default() }).await;
    for tutor in [&mornings, &evenings, &never] {
        approved(&h, tutor, &draft("30")).await;
    }
    let all = find(&h, &query()).await;
    assert_eq!((all.total, all.free_this_week), (3, Some(2)), "one has no free time within their notice");
    let row = |page: &TutorPage, id| page.rows.iter().find(|row| row.id == id).cloned().unwrap();
    // From 9 to 11: starts at 9:00, 9:30 and 10:00, on seven days of which today's first are over.
    let zone = TimeZone::get("Europe/London").unwrap();
    let free = row(&all, mornings.id).free;
    assert!(free.iter().all(|slot| (9..=10).contains(&zone.to_datetime(slot.start).hour())) && free.len() >= 18, "{}", free.len());

    let ask = async |zone: &str, weekday: i8, part: DayPart| {
        let wanted = TutorQuery { free: vec![FreeCell { weekday, part }], zone: ZoneName::new(zone).unwrap(), ..query() };
        find(&h, &wanted).await.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(ask("Europe/London", 3, DayPart::Morning).await, ["Mo Morning"]);
    assert_eq!(ask("Europe/London", 3, DayPart::Evening).await, ["Eve Evening"]);
    assert!(ask("Europe/London", 3, DayPart::Afternoon).await.is_empty());
    // 9:00 in London is 14:45 in Kathmandu; 18:00 is the next day's 23:45, and 18:30 is past midnight.
    assert_eq!(ask("Asia/Kathmandu", 3, DayPart::Afternoon).await, ["Mo Morning"]);
    assert_eq!(ask("Asia/Kathmandu", 3, DayPart::Morning).await, ["Eve Evening"], "Tuesday night there");
    // Words and times together.
    let both = TutorQuery { text: "eve".into(), free: vec![FreeCell { weekday: 3, part: DayPart::Morning }], ..query() };
    assert_eq!(find(&h, &both).await.total, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tenant_finds_its_own_tutors_only(pool: PgPool) {
    let h = Harness::new(pool).await;
    let other = h.other_school().await;
    for school in [&h, &other] {
        lists(school).await;
        let tutor = school.tutor(&format!("Tess {}", school.tenant.slug), Hours::default()).await;
        approved(school, &tutor, &draft("30")).await;
    }
    for school in [&h, &other] {
        let page = find(school, &TutorQuery { text: "tess".into(), ..query() }).await;
        let names: Vec<&str> = page.rows.iter().map(|row| &*row.name).collect();
        assert_eq!(names, [format!("Tess {}", school.tenant.slug)]);
        assert_eq!(page.everyone, 1);
    }
}

/// A search costs what its words times the tenant's different words cost, whoever types what.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_typed_word_is_compared_with_each_word_once_and_only_five_count(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    for name in ["Ann One", "Ben Two", "Cat Three"] {
        let tutor = h.tutor(name, Hours::default()).await;
        approved(&h, &tutor, &draft("30")).await;
    }
    h.owner_sql("UPDATE tutors SET search_text = 'algebra maths teaches'").await;
    // Counts how often it is asked.
    let counting = "CREATE SEQUENCE compared;
        GRANT USAGE ON SEQUENCE compared TO wemaster_app;
        CREATE OR REPLACE FUNCTION app.word_score(searched text, word text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
        BEGIN PERFORM nextval('public.compared'); RETURN CASE WHEN searched = word THEN 100 ELSE 0 END; END $$";
    sqlx::raw_sql(counting).execute(&h.owner).await.unwrap();
    let compared = async || sqlx::query_scalar::<_, i64>("SELECT last_value FROM compared").fetch_one(&h.owner).await.unwrap();
    assert_eq!(words(&h, "maths algebra maths").await.total, 3);
    assert_eq!(compared().await, 2 * 3, "two words with three");
    assert_eq!(words(&h, "a b c d maths").await.total, 3);
    assert_eq!(words(&h, "a b c d e maths").await.total, 0, "the sixth word is not looked at");
    assert_eq!(compared().await, (2 + 5 + 5) * 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_wish_for_free_times_is_looked_for_among_the_best_five_hundred(pool: PgPool) {
    let h = Harness::new(pool).await;
    lists(&h).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    approved(&h, &tutor, &draft("30")).await;
    // 506 tutors, of whom six have bad ratings.
    h.owner_sql(&format!(
        "WITH n AS MATERIALIZED (SELECT g, gen_random_uuid() AS id FROM generate_series(1, 505) AS g),
           a AS (INSERT INTO accounts (id, email, password_hash) SELECT id, 'many' || g || '@x.example', 'none' FROM n),
           m AS (INSERT INTO members (tenant_id, id, account_id, name, email) SELECT '{tenant}', id, id, 'Many ' || g, 'many' || g || '@x.example' FROM n),
           t AS (INSERT INTO tutors (tenant_id, id, slug, published, languages, lesson_variant_id, lesson_minutes, lesson_price_minor, rating_sum, rating_count)
                 SELECT '{tenant}', n.id, 'many-' || g, true, '{{en}}', t.lesson_variant_id, 60, 3000, CASE WHEN g <= 6 THEN 50 ELSE 250 END, 50
                 FROM n, tutors t WHERE t.id = '{first}'),
           s AS (INSERT INTO schedules (tenant_id, id, zone) SELECT '{tenant}', id, 'Europe/London' FROM n)
         INSERT INTO availability_windows (tenant_id, id, tutor_id, weekday, start_minute, end_minute) SELECT '{tenant}', gen_random_uuid(), id, 3, 540, 660 FROM n",
        tenant = h.tenant.id,
        first = tutor.id
    ))
    .await;
    let wanted = TutorQuery { free: vec![FreeCell { weekday: 3, part: DayPart::Morning }], sort: Sort::Rating, ..query() };
    let page = find(&h, &wanted).await;
    assert_eq!((page.total, page.everyone), (500, 506));
    let low = TutorQuery { text: "many".into(), ..wanted };
    h.owner_sql("UPDATE tutors SET search_text = 'many' WHERE rating_sum = 50").await;
    assert_eq!(find(&h, &low).await.total, 6, "of those whom the words leave");
}
