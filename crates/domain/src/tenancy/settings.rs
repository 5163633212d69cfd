//! What admins decide about their tenant.

use super::{
    colour::Colour,
    model::{Tenant, TenantTerms},
    queries,
};
use crate::{
    Actor, Result, Services,
    audit::{self, Action, Entry},
    members,
};
use kernel::{
    AppError, FieldError, Flag, FormErrors, Permission,
    flag::Decisions,
    money::WHOLE_BPS,
    policy::{CancellationPolicy, PolicyError, Tier},
    zone::ZoneName,
};
use serde_json::json;

/// The languages that a tenant can offer (BCP 47).
pub const LANGUAGES: [&str; 2] = ["en", "es"];
/// The most steps of a cancellation policy.
pub const MOST_TIERS: usize = 6;
/// Less contrast than this to a white page, in hundredths, and buttons cannot be seen.
const LEAST_CONTRAST: u32 = 150;

/// The public face as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceDraft {
    /// At most 80 characters.
    pub name: String,
    /// At most 160 characters, may be empty.
    pub tagline: String,
    /// `#rrggbb`.
    pub brand: String,
    /// The language of the tenant's own texts.
    pub locale: String,
    /// The languages offered to readers; the own one need not be among them.
    pub locales: Vec<String>,
    /// IANA.
    pub zone: String,
    /// Whether the platform's directory lists it.
    pub listed: bool,
}

/// The public face, checked.
pub(super) struct Face {
    pub name: String,
    pub tagline: String,
    pub brand: String,
    pub locale: String,
    pub locales: Vec<String>,
    pub zone: ZoneName,
    pub listed: bool,
}

/// Terms as typed. Errors come at the names of the fields; those of the n-th step (from 0) at
/// `hours.n` and `refund.n`, of all steps at `tiers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsDraft {
    /// The tenant's share of a price, in percent.
    pub commission: String,
    /// The cancellation policy. Steps in which both are empty do not count.
    pub tiers: Vec<TierDraft>,
}

/// A step of a cancellation policy as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierDraft {
    /// Whole hours before the lesson.
    pub hours: String,
    /// What comes back, in percent.
    pub refund: String,
}

/// The tenant's terms of today.
pub async fn current_terms(services: &Services, actor: &Actor) -> Result<TenantTerms> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let terms = queries::terms(&mut tx).await?;
    tx.commit().await?;
    Ok(terms)
}

/// Changes the public face. This server shows it from the next request on, others within
/// seconds.
pub async fn save_face(services: &Services, actor: &Actor, draft: &FaceDraft) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let face = draft.check()?;
    let mut tx = actor.begin(&services.db).await?;
    let before = queries::lock(&mut tx).await?;
    queries::update_face(&mut tx, &face).await?;
    let after = queries::lock(&mut tx).await?;
    let changed = Entry::new(Action::FaceChanged).on("school", after.id, &after.name).change(told(&before), told(&after));
    audit::record(&mut tx, services, actor, changed).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// Changes commission and cancellation policy for orders to come; each order keeps its own.
pub async fn save_terms(services: &Services, actor: &Actor, draft: &TermsDraft) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let (commission_bps, policy) = draft.check()?;
    let mut tx = actor.begin(&services.db).await?;
    let tenant = queries::lock(&mut tx).await?;
    let before = queries::terms(&mut tx).await?;
    queries::update_terms(&mut tx, commission_bps, &policy).await?;
    let told = |commission: u32, policy: &CancellationPolicy| json!({ "commission_bps": commission, "cancellation_policy": policy });
    let changed = Entry::new(Action::TermsChanged)
        .on("school", tenant.id, tenant.name)
        .change(told(before.commission_bps, &before.cancellation_policy), told(commission_bps, &policy));
    audit::record(&mut tx, services, actor, changed).await?;
    tx.commit().await
}

/// Chooses what is on and off at the school, by keys; what is not among them is off. The platform's word goes before it.
pub async fn save_flags(services: &Services, actor: &Actor, on: &[String]) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let chosen: Decisions = Flag::OF_SCHOOLS.iter().map(|flag| (flag.key().to_owned(), on.iter().any(|key| key == flag.key()))).collect();
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let before = queries::lock(&mut tx).await?;
    // A choice that does not count now stays what it was.
    let mut kept = before.flags.chosen.clone();
    kept.extend(chosen.into_iter().filter(|(key, _)| Flag::parse(key).is_some_and(|flag| before.flags.is_free(flag))));
    queries::update_flags(&mut tx, &kept).await?;
    let changed = Entry::new(Action::FlagsChosen).on("school", before.id, &before.name).change(json!(before.flags.chosen), json!(kept));
    audit::record(&mut tx, services, actor, changed).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// The public face as the audit log has it.
fn told(tenant: &Tenant) -> serde_json::Value {
    json!({
        "name": tenant.name, "tagline": tenant.tagline, "brand": tenant.brand, "locale": tenant.locale, "locales": tenant.locales,
        "zone": tenant.zone, "listed": tenant.listed,
    })
}

/// A brand colour: written as one, and visible on a page.
pub(super) fn check_brand(errors: &mut FormErrors, brand: &str) {
    match brand.trim().parse::<Colour>() {
        Ok(colour) => errors.check(colour.contrast(Colour::WHITE) >= LEAST_CONTRAST, "brand", "error-colour-pale"),
        Err(_) => errors.check(false, "brand", "error-colour"),
    }
}

impl FaceDraft {
    pub(super) fn check(&self) -> Result<Face, AppError> {
        let mut errors = FormErrors::default();
        let (name, tagline) = (self.name.trim(), self.tagline.trim());
        errors.check(!name.is_empty(), "name", "error-required");
        errors.check_line("name", name, 80);
        errors.check_line("tagline", tagline, 160);
        check_brand(&mut errors, &self.brand);
        errors.check(LANGUAGES.contains(&self.locale.as_str()), "locale", "error-language");
        errors.check(self.locales.iter().all(|locale| LANGUAGES.contains(&locale.as_str())), "locales", "error-language");
        let zone = ZoneName::new(&self.zone);
        errors.check(zone.is_ok(), "zone", "error-zone");
        errors.into_result()?;
        let others = LANGUAGES.iter().filter(|language| **language != self.locale && self.locales.iter().any(|locale| locale == *language));
        Ok(Face {
            name: name.to_owned(),
            tagline: tagline.to_owned(),
            brand: self.brand.trim().to_lowercase(),
            locale: self.locale.clone(),
            locales: std::iter::once(self.locale.clone()).chain(others.map(|language| (*language).to_owned())).collect(),
            // Checked above.
            zone: zone.map_err(|_| AppError::Internal)?,
            listed: self.listed,
        })
    }
}

impl TermsDraft {
    fn check(&self) -> Result<(u32, CancellationPolicy), AppError> {
        let mut errors = FormErrors::default();
        let commission = basis_points(&self.commission);
        match commission {
            Some(bps) if bps > WHOLE_BPS => errors.add("commission", FieldError::new("error-too-large").with("max", 100)),
            Some(_) => {}
            None => errors.check(false, "commission", "error-percent"),
        }
        let rows: Vec<(usize, &TierDraft)> =
            self.tiers.iter().enumerate().filter(|(_, tier)| !(tier.hours.trim().is_empty() && tier.refund.trim().is_empty())).collect();
        if rows.len() > MOST_TIERS {
            errors.add("tiers", FieldError::new("error-too-many").with("max", MOST_TIERS));
        }
        let mut tiers = Vec::new();
        for (at, row) in &rows {
            let hours = row.hours.trim().parse::<u32>();
            let refund = basis_points(&row.refund);
            errors.check(hours.is_ok(), &format!("hours.{at}"), "error-not-a-number");
            errors.check(refund.is_some(), &format!("refund.{at}"), "error-percent");
            tiers.extend(hours.ok().zip(refund).map(|(hours_before, refund_bps)| Tier { hours_before, refund_bps }));
        }
        errors.clone().into_result()?;
        let policy = CancellationPolicy::new(tiers).map_err(|wrong| {
            let row = rows.get(wrong.at()).map_or(0, |(at, _)| *at);
            let column = match wrong {
                PolicyError::NotDescending { .. } | PolicyError::TooEarly { .. } => "hours",
                PolicyError::MoreThanPaid { .. } | PolicyError::Rising { .. } => "refund",
            };
            errors.check(false, &format!("{column}.{row}"), wrong.code());
            AppError::Invalid(errors)
        })?;
        Ok((commission.unwrap_or(0), policy))
    }
}

/// What a person types as a percentage (`15`, `12.5`, `12,50 %`), in basis points.
fn basis_points(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::basis_points;

    #[test]
    fn percentages_are_read_as_people_write_them() {
        for (text, bps) in [("15", 1500), (" 12.5 ", 1250), ("12,50 %", 1250), ("0", 0), ("100", 10_000), ("0.01", 1), ("250", 25_000)] {
            assert_eq!(basis_points(text), Some(bps), "{text}");
        }
        for text in ["", "-1", "1.234", "a", "1.2.3", "+5", "%", "99999999999"] {
            assert_eq!(basis_points(text), None, "{text}");
        }
    }
}
