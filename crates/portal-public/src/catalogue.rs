//! The catalogue: tutors in a list, a tutor's page with the booking calendar, prices, policy.

mod filters;
mod list;
mod panel;
mod policy;
mod prices;
mod profile;
mod rail;
mod reviews;
mod tutor;

pub use list::CataloguePage;
pub use policy::PolicyPage;
pub use prices::PricesPage;
pub use reviews::ReviewsPage;
pub use tutor::TutorPage;
