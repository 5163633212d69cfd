//! A school's own documents, what its members agreed to, and the guardians of those who are young.
//!
//! A document (terms of service, privacy notice) is written as a draft and published as a numbered version, which never
//! changes. Who becomes a member agrees to the versions that the form showed; whether members of before are asked again is
//! decided when a version is published. Who has not agreed looks around, and neither books nor pays.
//!
//! Where a school says so, who is younger than an age needs a guardian's consent for the same. Of their age it is kept on
//! which side of that limit they said to be, and nothing else.

mod agreeing;
mod documents;
mod guardians;
mod markdown;
mod model;
mod queries;

pub use agreeing::{Asked, ConsentDraft, Given, Joining, agree, asked, due, mine, of_member, own};
pub(crate) use agreeing::{allow, record, require, require_guardian};
pub use documents::{Publication, draft, guardian_age, overview, preview, publish, read, save_draft, save_guardian_age};
pub(crate) use documents::{age_of, check_texts, set_age, texts_of, write_draft};
pub use guardians::{GUARDIAN_DAYS, GuardianDraft, ask_for, confirm_age, give, name_guardian, open, refuse, resend, resend_for, withdraw};
pub(crate) use guardians::{Told, reseal, sweep, told};
pub use model::{
    Agreement, DocumentDraft, GuardianRequest, GuardianStatus, MemberConsents, OpenRequest, Overview, PolicyKind, Reading, Standing, Texts,
    VersionHead,
};
