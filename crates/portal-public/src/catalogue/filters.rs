//! What the reader filters by: read from the address, written back into addresses.

use domain::catalogue::{FreeCell, Sort, TutorQuery};
use kernel::{Currency, Money, urls, zone::ZoneName};
use leptos::prelude::*;

/// The rating that can be asked for, in tenths of a star.
pub const WELL_RATED: u8 = 48;

/// The catalogue's address, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// `q`: words.
    pub text: String,
    /// `subject`: a slug.
    pub subject: String,
    /// `level`, once for each.
    pub levels: Vec<String>,
    /// `from`: lowest price of an hour as typed.
    pub from: String,
    /// `to`: highest price of an hour as typed.
    pub to: String,
    /// `language`: BCP 47.
    pub language: String,
    /// `rating=48`: the well rated only.
    pub well_rated: bool,
    /// `trial=on`: those with a trial lesson only.
    pub trial: bool,
    /// `free`, once for each cell.
    pub free: Vec<FreeCell>,
    /// `sort`.
    pub sort: Sort,
    /// `after`: the cursor.
    pub after: Option<String>,
}

impl Filters {
    /// Reads a query. What it does not know it leaves out.
    pub fn parse(query: &str) -> Self {
        let mut filters = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim().to_owned();
            match name.as_ref() {
                _ if value.is_empty() => {}
                "q" => filters.text = value,
                "subject" => filters.subject = value,
                "level" if !filters.levels.contains(&value) => filters.levels.push(value),
                "from" => filters.from = value,
                "to" => filters.to = value,
                "language" => filters.language = value,
                "rating" => filters.well_rated = value == WELL_RATED.to_string(),
                "trial" => filters.trial = true,
                "free" => filters.free.extend(value.parse::<FreeCell>().ok()),
                "sort" => filters.sort = Sort::parse(&value),
                "after" => filters.after = Some(value),
                _ => {}
            }
        }
        filters.free.sort_unstable();
        filters.free.dedup();
        filters
    }

    /// The names and values of the address, without the cursor.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.text.clone()), ("subject", self.subject.clone())];
        pairs.extend(self.levels.iter().map(|level| ("level", level.clone())));
        pairs.extend([("from", self.from.clone()), ("to", self.to.clone()), ("language", self.language.clone())]);
        if self.well_rated {
            pairs.push(("rating", WELL_RATED.to_string()));
        }
        if self.trial {
            pairs.push(("trial", "on".to_owned()));
        }
        pairs.extend(self.free.iter().map(|cell| ("free", cell.to_string())));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.key().to_owned()));
        }
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// The address of these filters, from the first tutor on.
    pub fn href(&self) -> String {
        self.href_after("")
    }

    /// The address of these filters after a cursor.
    pub fn href_after(&self, cursor: &str) -> String {
        let mut pairs = self.pairs();
        pairs.push(("after", cursor.to_owned()));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        urls::with_query(urls::TUTORS, &pairs)
    }

    /// The same with one thing changed, from the first tutor on.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self { after: None, ..self.clone() };
        change(&mut other);
        other
    }

    /// How many filters are set, the words and the order not counted.
    pub fn count(&self) -> usize {
        let price = usize::from(!self.from.is_empty() || !self.to.is_empty());
        let set = [!self.subject.is_empty(), !self.language.is_empty(), self.well_rated, self.trial, !self.free.is_empty()];
        self.levels.len() + price + set.into_iter().filter(|set| *set).count()
    }

    /// What is left of a form's fields: hidden inputs for everything but `own`.
    pub fn hidden(&self, own: &[&str]) -> AnyView {
        self.pairs()
            .into_iter()
            .filter(|(name, _)| !own.contains(name))
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
            .into_any()
    }

    /// The search that these filters mean, for a reader in `zone`.
    pub fn query(&self, currency: Currency, zone: ZoneName) -> TutorQuery {
        let optional = |text: &String| (!text.is_empty()).then(|| text.clone());
        let minor = |text: &str| Money::parse_decimal(text, currency).map(|money| money.minor);
        TutorQuery {
            text: self.text.clone(),
            subject: optional(&self.subject),
            levels: self.levels.clone(),
            min_price: minor(&self.from),
            max_price: minor(&self.to),
            language: optional(&self.language),
            min_rating: self.well_rated.then_some(WELL_RATED),
            has_trial: self.trial,
            free: self.free.clone(),
            sort: self.sort,
            cursor: self.after.clone(),
            ..TutorQuery::all(zone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_its_filters() {
        let address =
            "q=maths&subject=maths&level=gcse&level=a-level&from=15&to=45&language=en&rating=48&trial=on&free=3-evening&sort=price";
        let filters = Filters::parse(address);
        assert_eq!(filters.href(), format!("/tutors?{address}"));
        assert_eq!(filters.count(), 8);
        assert_eq!(Filters::parse("free=9-night&sort=best&level=&unknown=1&rating=11"), Filters::default());
    }

    #[test]
    fn removing_a_filter_starts_from_the_first_tutor() {
        let filters = Filters::parse("level=gcse&level=a-level&after=abc");
        assert_eq!(filters.with(|f| f.levels.retain(|level| level != "gcse")).href(), "/tutors?level=a-level");
        assert_eq!(filters.href_after("x_y"), "/tutors?level=gcse&level=a-level&after=x_y");
    }

    #[test]
    fn prices_are_in_minor_units() {
        let query = Filters::parse("from=15&to=45.50").query(Currency::Gbp, ZoneName::utc());
        assert_eq!((query.min_price, query.max_price), (Some(1500), Some(4550)));
        assert_eq!(Filters::parse("from=cheap").query(Currency::Gbp, ZoneName::utc()).min_price, None);
    }
}
