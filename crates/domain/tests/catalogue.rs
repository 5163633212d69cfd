//! The catalogue: searching it, filling it, approving it.

mod approval;
pub mod figures;
mod own;
mod pages;
mod search;
mod suspended;
mod terms;

use crate::harness::{Harness, Tutor};
use domain::catalogue::{Decision, OfferingDraft, PriceDraft, decide, offering, save_draft, submit};
use domain::{Actor, booking::Kind};
use kernel::ids::OfferingId;

/// Subjects and levels to choose from.
pub async fn lists(h: &Harness) {
    for (table, names) in [("subjects", ["maths", "physics"]), ("levels", ["gcse", "a-level"])] {
        for (position, name) in names.into_iter().enumerate() {
            h.sql(&format!(
                "INSERT INTO {table} (tenant_id, id, slug, name, position) VALUES ('{}', gen_random_uuid(), '{name}', initcap('{name}'), {position})",
                h.tenant.id
            ))
            .await
            .unwrap();
        }
    }
}

/// A right draft of a new 1-on-1 offering: maths, GCSE, an hour at this price.
pub fn draft(price: &str) -> OfferingDraft {
    OfferingDraft {
        offering: None,
        kind: Kind::OneOnOne,
        title: "Algebra".into(),
        description: "From letters to lines.".into(),
        subject: "maths".into(),
        levels: vec!["gcse".into()],
        prices: vec![PriceDraft { minutes: "60".into(), price: price.into() }],
    }
}

/// Saves and sends in.
pub async fn sent_in(h: &Harness, tutor: &Actor, draft: &OfferingDraft) -> OfferingId {
    let id = save_draft(&h.services, tutor, draft).await.unwrap();
    submit(&h.services, tutor, id).await.unwrap();
    id
}

/// An approved offering, through every step.
pub async fn approved(h: &Harness, tutor: &Tutor, draft: &OfferingDraft) -> OfferingId {
    let id = sent_in(h, &tutor.actor, draft).await;
    let number = offering(&h.services, &tutor.actor, id).await.unwrap().open.unwrap().0.number;
    decide(&h.services, &h.admin, id, number, &Decision::Approve).await.unwrap();
    id
}
