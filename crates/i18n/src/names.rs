//! What formatting needs of a locale, looked up once.

use crate::{Locale, bundle, template::Template};
use kernel::Currency;
use std::sync::LazyLock;

/// Names and patterns of dates.
#[derive(Debug)]
pub(crate) struct Names {
    pub months: Vec<String>,
    pub months_short: Vec<String>,
    pub weekdays: Vec<String>,
    pub weekdays_short: Vec<String>,
    pub weekdays_narrow: Vec<String>,
    /// weekday, day, month, year
    pub date_long: Template,
    /// weekday, day, month
    pub date_medium: Template,
    /// day, month
    pub date_short: Template,
    /// day, month, year
    pub date_short_year: Template,
    /// month, year
    pub month_year: Template,
    /// date, time
    pub date_time: Template,
    /// time, offset
    pub time_folded: Template,
    /// from, to
    pub time_range: Template,
    /// place, zone
    pub zone: Template,
    /// minutes
    pub duration_minutes: Template,
}

impl Names {
    /// Those of a locale.
    pub fn of(locale: Locale) -> &'static Self {
        static EN: LazyLock<Names> = LazyLock::new(|| Names::new(Locale::En));
        static ES: LazyLock<Names> = LazyLock::new(|| Names::new(Locale::Es));
        static PSEUDO: LazyLock<Names> = LazyLock::new(|| Names::new(Locale::Pseudo));
        static RTL: LazyLock<Names> = LazyLock::new(|| Names::new(Locale::Rtl));
        match locale {
            Locale::En => &EN,
            Locale::Es => &ES,
            Locale::Pseudo => &PSEUDO,
            Locale::Rtl => &RTL,
        }
    }

    fn new(locale: Locale) -> Self {
        let list = |key: &str, count: usize| {
            let name = |at| Template::new(locale, &format!("{key}-{at}"), &[]).fill([]);
            (1..=count).map(name).collect()
        };
        Self {
            months: list("date-month", 12),
            months_short: list("date-month-short", 12),
            weekdays: list("date-weekday", 7),
            weekdays_short: list("date-weekday-short", 7),
            weekdays_narrow: list("date-weekday-narrow", 7),
            date_long: Template::new(locale, "date-long", &["weekday", "day", "month", "year"]),
            date_medium: Template::new(locale, "date-medium", &["weekday", "day", "month"]),
            date_short: Template::new(locale, "date-short", &["day", "month"]),
            date_short_year: Template::new(locale, "date-short-year", &["day", "month", "year"]),
            month_year: Template::new(locale, "date-month-year", &["month", "year"]),
            date_time: Template::new(locale, "date-time", &["date", "time"]),
            time_folded: Template::new(locale, "date-time-folded", &["time", "offset"]),
            time_range: Template::new(locale, "date-time-range", &["from", "to"]),
            zone: Template::new(locale, "date-zone", &["place", "zone"]),
            duration_minutes: Template::new(locale, "date-duration-minutes", &["minutes"]),
        }
    }
}

/// How a locale writes numbers and money.
#[derive(Debug)]
pub(crate) struct NumberStyle {
    decimal: String,
    group: String,
    group_from: usize,
    /// Signs in the order of [`Currency::ALL`]; the code where there is no unmistakable one.
    symbols: Vec<String>,
    /// symbol, amount
    money: Template,
    /// symbol (a code), amount
    money_code: Template,
    /// money
    negative: Template,
    /// number
    percent: Template,
}

impl NumberStyle {
    /// That of a locale. The pseudo locales write numbers as English does.
    pub fn of(locale: Locale) -> &'static Self {
        static EN: LazyLock<NumberStyle> = LazyLock::new(|| NumberStyle::new(Locale::En));
        static ES: LazyLock<NumberStyle> = LazyLock::new(|| NumberStyle::new(Locale::Es));
        match locale {
            Locale::Es => &ES,
            Locale::En | Locale::Pseudo | Locale::Rtl => &EN,
        }
    }

    fn new(locale: Locale) -> Self {
        let raw = |key: &str| bundle::format(locale, key, None);
        let symbol = |currency: &Currency| {
            let key = format!("number-symbol-{}", currency.code().to_ascii_lowercase());
            raw(&key).unwrap_or_else(|| currency.code().to_owned())
        };
        Self {
            decimal: raw("number-decimal").unwrap_or_else(|| ".".to_owned()),
            group: raw("number-group").unwrap_or_default(),
            group_from: raw("number-group-from").and_then(|digits| digits.parse().ok()).unwrap_or(4),
            symbols: Currency::ALL.iter().map(symbol).collect(),
            money: Template::new(locale, "number-money", &["symbol", "amount"]),
            money_code: Template::new(locale, "number-money-code", &["symbol", "amount"]),
            negative: Template::new(locale, "number-negative", &["money"]),
            percent: Template::new(locale, "number-percent", &["number"]),
        }
    }

    /// A plain decimal (`-1234.50`) with this locale's marks.
    pub fn decimal(&self, plain: &str) -> String {
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut out = String::with_capacity(plain.len() + 4);
        out.push_str(sign);
        let grouped = whole.len() >= self.group_from;
        for (at, digit) in whole.char_indices() {
            if grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(&self.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// Money from its plain decimal.
    pub fn money(&self, plain: &str, currency: Currency) -> String {
        let (negative, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
        let at = Currency::ALL.iter().position(|c| *c == currency);
        let symbol = at.and_then(|at| self.symbols.get(at)).map_or(currency.code(), String::as_str);
        let template = if symbol == currency.code() { &self.money_code } else { &self.money };
        let money = template.fill([symbol, &self.decimal(digits)]);
        if negative { self.negative.fill([&money]) } else { money }
    }

    /// A percentage from its plain decimal.
    pub fn percent(&self, plain: &str) -> String {
        self.percent.fill([&self.decimal(plain)])
    }
}
