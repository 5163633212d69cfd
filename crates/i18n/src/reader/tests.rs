use super::*;
use jiff::{Timestamp, civil::date};
use kernel::{AppError, Currency, FieldError, FormErrors, Money};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn reader(locale: Locale, zone: &str) -> Reader {
    Reader::new(locale, ZoneName::new(zone).unwrap())
}

fn london() -> Reader {
    reader(Locale::En, "Europe/London")
}

fn madrid() -> Reader {
    reader(Locale::Es, "Europe/Madrid")
}

#[test]
fn money_follows_locale_and_currency() {
    let en = |minor, currency| london().money(Money::new(minor, currency));
    assert_eq!(en(3_200, Currency::Gbp), "£32.00");
    assert_eq!(en(3_200, Currency::Eur), "€32.00");
    assert_eq!(en(3_200, Currency::Usd), "$32.00");
    assert_eq!(en(-500, Currency::Gbp), "-£5.00");
    assert_eq!(en(123_456_789, Currency::Gbp), "£1,234,567.89");
    assert_eq!(en(3_200, Currency::Jpy), "¥3,200");
    assert_eq!(en(3_200, Currency::Kwd), "KWD\u{a0}3.200");
    assert_eq!(en(3_200, Currency::Cad), "CAD\u{a0}32.00");
    let es = |minor, currency| madrid().money(Money::new(minor, currency));
    assert_eq!(es(3_200, Currency::Eur), "32,00\u{a0}€");
    assert_eq!(es(-5, Currency::Eur), "-0,05\u{a0}€");
    assert_eq!(es(123_456, Currency::Eur), "1234,56\u{a0}€");
    assert_eq!(es(1_234_567, Currency::Eur), "12.345,67\u{a0}€");
    assert_eq!(es(3_200, Currency::Usd), "32,00\u{a0}USD");
}

#[test]
fn numbers_and_shares() {
    assert_eq!(london().number(1_234), "1,234");
    assert_eq!(london().number(i64::MIN), "-9,223,372,036,854,775,808");
    assert_eq!(madrid().number(-12_345), "-12.345");
    assert_eq!(london().percent_bps(5_000), "50\u{a0}%");
    assert_eq!(london().percent_bps(0), "0\u{a0}%");
    assert_eq!(london().percent_bps(10_000), "100\u{a0}%");
    assert_eq!(london().percent_bps(1_250), "12.5\u{a0}%");
    assert_eq!(madrid().percent_bps(-1_234), "-12,34\u{a0}%");
    assert_eq!(madrid().duration_minutes(60), "60 min");
}

#[test]
fn lists_read_as_a_sentence() {
    assert_eq!(london().list::<&str>(&[]), "");
    assert_eq!(london().list(&["A"]), "A");
    assert_eq!(london().list(&["A", "B"]), "A and B");
    assert_eq!(london().list(&["A", "B", "C", "inch"]), "A, B, C and inch");
    assert_eq!(madrid().list(&["francés", "español", "alemán"]), "francés, español y alemán");
    assert_eq!(madrid().list(&["español", "inglés"]), "español e inglés");
    assert_eq!(madrid().list(&["geografía", "Historia"]), "geografía e Historia");
    assert_eq!(madrid().list(&["agua", "hielo"]), "agua y hielo");
    assert!(!reader(Locale::Pseudo, "UTC").list(&["A", "B", "C"]).contains('['));
}

#[test]
fn dates_and_times_are_the_readers() {
    let lesson = at("2026-10-13T16:00:00Z");
    assert_eq!(london().date_long(lesson), "Tuesday 13 October 2026");
    assert_eq!(london().date_medium(lesson), "Tue 13 Oct");
    assert_eq!(london().date_short_year(lesson), "13 Oct 2026");
    assert_eq!(london().time(lesson), "17:00");
    assert_eq!(london().date_time(lesson), "Tue 13 Oct, 17:00");
    assert_eq!(london().date_time_range(lesson, at("2026-10-13T17:30:00Z")), "Tue 13 Oct, 17:00–18:30");
    assert_eq!(london().month_year(date(2026, 10, 1)), "October 2026");
    assert_eq!(madrid().date_long(lesson), "martes, 13 de octubre de 2026");
    assert_eq!(madrid().date_medium(lesson), "mar, 13 oct");
    assert_eq!(madrid().date_time_long(lesson), "martes, 13 de octubre de 2026, 18:00");
    assert_eq!(madrid().month_year(date(2026, 10, 1)), "octubre de 2026");
    // The same instant is another day elsewhere.
    assert_eq!(london().in_zone(ZoneName::new("Pacific/Auckland").unwrap()).date_time(lesson), "Wed 14 Oct, 05:00");
    let wednesday = date(2026, 10, 14).weekday();
    assert_eq!(
        (london().weekday_long(wednesday), london().weekday_short(wednesday), london().weekday_narrow(wednesday)),
        ("Wednesday", "Wed", "W")
    );
    assert_eq!((madrid().weekday_short(wednesday), madrid().weekday_narrow(wednesday)), ("mié", "X"));
}

#[test]
fn a_time_that_comes_twice_shows_its_offset() {
    let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
    assert_eq!(london().time(first), "01:30 (UTC+1)");
    assert_eq!(london().time(second), "01:30 (UTC+0)");
    assert_eq!(london().time(at("2026-10-25T02:00:00Z")), "02:00");
    let newfoundland = reader(Locale::En, "America/St_Johns");
    assert_eq!(newfoundland.time(at("2026-11-01T03:45:00Z")), "01:15 (UTC-2:30)");
}

#[test]
fn zones_are_named_by_city_and_letters() {
    let (winter, summer) = (at("2026-01-15T12:00:00Z"), at("2026-07-15T12:00:00Z"));
    assert_eq!(london().zone_label(winter), "London (GMT)");
    assert_eq!(london().zone_label(summer), "London (BST)");
    assert_eq!(reader(Locale::En, "America/New_York").zone_label(winter), "New York (EST)");
    assert_eq!(reader(Locale::En, "Asia/Kathmandu").zone_label(winter), "Kathmandu (UTC+5:45)");
    assert_eq!(reader(Locale::En, "America/Argentina/Buenos_Aires").zone_label(winter), "Buenos Aires (UTC-3)");
    assert_eq!(reader(Locale::En, "UTC").zone_label(winter), "UTC");
}

#[test]
fn distance_in_time_follows_the_calendar() {
    let now = at("2026-10-13T20:00:00Z"); // 21:00 in London
    let en = |then: &str| london().relative(at(then), now);
    assert_eq!(en("2026-10-13T20:00:40Z"), "now");
    assert_eq!(en("2026-10-13T20:01:00Z"), "in 1 minute");
    assert_eq!(en("2026-10-13T19:15:00Z"), "45 minutes ago");
    assert_eq!(en("2026-10-13T22:59:00Z"), "in 2 hours");
    assert_eq!(en("2026-10-13T07:00:00Z"), "today");
    assert_eq!(en("2026-10-14T08:00:00Z"), "tomorrow");
    assert_eq!(en("2026-10-14T22:59:00Z"), "tomorrow");
    assert_eq!(en("2026-10-14T23:00:00Z"), "in 2 days");
    assert_eq!(en("2026-10-12T07:00:00Z"), "yesterday");
    assert_eq!(en("2026-10-10T07:00:00Z"), "3 days ago");
    assert_eq!(en("2026-12-13T07:00:00Z"), "in 2 months");
    assert_eq!(en("2024-10-12T07:00:00Z"), "2 years ago");
    assert_eq!(madrid().relative(at("2026-10-13T21:00:00Z"), now), "dentro de 1 hora");
    assert_eq!(madrid().relative(at("2026-10-03T20:00:00Z"), now), "hace 10 días");
    assert_eq!(madrid().relative_day(at("2026-10-13T22:30:00Z"), now), "mañana");
}

#[test]
fn errors_speak_to_the_reader() {
    let long = FieldError::new("error-too-long").with("max", 1_000);
    assert_eq!(london().error(&long), "Use at most 1,000 characters.");
    assert_eq!(madrid().error(&long), "Usa como máximo 1000 caracteres.");
    let unknown = FieldError::new("error-nobody-knows");
    assert_eq!(london().error(&unknown), crate::t(Locale::En, "error-internal"));

    assert_eq!(madrid().app_error(&AppError::RateLimited(1)), "Demasiados intentos. Espera 1 segundo e inténtalo de nuevo.");
    assert_eq!(london().app_error(&AppError::conflict("error-slot-taken")), crate::t(Locale::En, "error-slot-taken"));
    assert_eq!(london().app_error(&AppError::Unavailable("payments".into())), crate::t(Locale::En, "error-unavailable"));
    let mut errors = FormErrors::default();
    errors.add("", FieldError::new("error-sign-in"));
    assert_eq!(london().app_error(&AppError::Invalid(errors)), "The email or the password is wrong.");
    assert_eq!(london().app_error(&AppError::field("email", "error-email")), "Some fields need another look.");
}

#[test]
fn pseudo_dates_are_pseudo() {
    assert_eq!(reader(Locale::Pseudo, "UTC").date_medium(at("2026-10-13T16:00:00Z")), "Ţûûéé 13 Ööçţ");
    assert!(reader(Locale::Rtl, "UTC").date_medium(at("2026-10-13T16:00:00Z")).contains("13"));
}

proptest! {
    #[test]
    fn grouping_keeps_the_digits(minor in any::<i64>()) {
        for currency in Currency::ALL {
            let money = Money::new(minor, *currency);
            let keep = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let plain = money.to_decimal();
            for reader in [london(), madrid()] {
                let shown = reader.money(money);
                prop_assert_eq!(keep(&shown), keep(&plain));
                prop_assert_eq!(shown.starts_with('-'), minor < 0);
            }
        }
    }

    #[test]
    fn two_instants_of_an_hour_never_look_alike(minutes in 0_i64..525_600) {
        let first = at("2026-01-01T00:00:00Z") + jiff::SignedDuration::from_mins(minutes);
        for reader in [london(), reader(Locale::En, "Australia/Lord_Howe"), reader(Locale::Es, "America/New_York")] {
            for apart in [30, 60] {
                let second = first + jiff::SignedDuration::from_mins(apart);
                prop_assert_ne!(reader.date_time(first), reader.date_time(second));
            }
        }
    }
}
