//! `/operator/schools`: the schools of the platform.

mod list;
mod new;
mod school;
mod standing;
mod visit;

pub use list::SchoolsPage;
pub use new::{NewSchoolPage, OpenSchoolForm};
pub use school::{DecideFlagsForm, SchoolPage, SetQuotaForm};
pub use standing::{CancelDeletionForm, PlanDeletionForm, ReinstateSchoolForm, SuspendSchoolForm};
pub use visit::{BeginVisitForm, EndVisitsForm, VisitPage};
