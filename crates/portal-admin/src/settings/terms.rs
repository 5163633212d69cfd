//! Commission and cancellation policy, for orders to come.

use domain::tenancy::{self, MOST_TIERS, TenantTerms, TermsDraft, TierDraft};
use i18n::{Reader, t};
use kernel::{AppError, policy::Tier, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, cx, redirect_with};

/// The fewest rows of the policy's editor.
const LEAST_ROWS: usize = 4;

/// Changes commission and cancellation policy.
#[server(name = SaveTermsForm, prefix = "/api", endpoint = "admin/save_terms")]
pub async fn save_terms(
    #[server(default)] commission: String,
    #[server(default)] hours: Vec<String>,
    #[server(default)] refund: Vec<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let tiers = hours.into_iter().zip(refund).map(|(hours, refund)| TierDraft { hours, refund }).collect();
    tenancy::save_terms(cx.services(), cx.actor()?, &TermsDraft { commission, tiers }).await?;
    redirect_with(urls::admin::SETTINGS, "admin-done-terms");
    Ok(())
}

/// The form of the school's terms.
pub fn section(cx: &RequestCx, current: &TenantTerms) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(SaveTermsForm::PATH);
    let commission = form.value("commission", percent(current.commission_bps));
    let prefix = t!(reader, "admin-terms-prefix", prefix = current.order_prefix.clone());
    view! {
        <section aria-labelledby="terms">
            <h2 id="terms">{t!(reader, "admin-terms")}</h2>
            <p class="muted mt-1 mb-4 measure">{t!(reader, "admin-terms-note")}</p>
            <form method="post" action=SaveTermsForm::PATH class="form">
                <HiddenPage/>
                {form.summary()}
                <TextField name="commission" label=t!(reader, "admin-terms-commission") hint=t!(reader, "admin-terms-commission-hint") inputmode="decimal"
                    suffix=t!(reader, "admin-percent-sign") num=true required=true value=commission error=form.error("commission") class="max-w-[320px]"/>
                {policy(reader, &form, current.cancellation_policy.tiers())}
                <p class="hint">{prefix}</p>
                <div class="form-acts"><Button tone=Tone::Primary>{t!(locale, "admin-terms-save")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// Basis points as a person types them: 1250 is `12.5`.
fn percent(bps: u32) -> String {
    let text = format!("{}.{:02}", bps / 100, bps % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn policy(reader: &Reader, form: &FormFields, tiers: &[Tier]) -> AnyView {
    let hours = form.values("hours[]", tiers.iter().map(|tier| tier.hours_before.to_string()).collect());
    let refund = form.values("refund[]", tiers.iter().map(|tier| percent(tier.refund_bps)).collect());
    let count = hours.len().max(refund.len()).saturating_add(1).clamp(LEAST_ROWS, MOST_TIERS);
    let mut typed = hours.into_iter().zip(refund);
    let rows = (0..count).map(|at| row(reader, form, at, typed.next().unwrap_or_default())).collect_view();
    let cols = vec![Col::new(t!(reader, "admin-tier-hours")), Col::new(t!(reader, "admin-tier-refund"))];
    view! {
        <fieldset class="field" id="f-tiers" tabindex="-1" aria-describedby="f-tiers-hint">
            <legend class="label">{t!(reader, "admin-terms-policy")}</legend>
            <Table cols=cols caption=t!(reader, "admin-terms-policy")>{rows}</Table>
            <FieldNotes id="f-tiers" hint=t!(reader, "admin-terms-policy-hint") error=form.error("tiers")/>
        </fieldset>
    }
    .into_any()
}

fn row(reader: &Reader, form: &FormFields, at: usize, (hours, refund): (String, String)) -> AnyView {
    let number = at.saturating_add(1);
    view! {
        <tr>
            <td class="py-2 align-top">
                <TextField name="hours[]" id=format!("f-hours-{at}") label=t!(reader, "admin-tier-hours-of", number = number) label_hidden=true inputmode="numeric"
                    num=true suffix=t!(reader, "admin-hours-sign") value=hours error=form.error(&format!("hours.{at}"))/>
            </td>
            <td class="py-2 align-top">
                <TextField name="refund[]" id=format!("f-refund-{at}") label=t!(reader, "admin-tier-refund-of", number = number) label_hidden=true inputmode="decimal"
                    num=true suffix=t!(reader, "admin-percent-sign") value=refund error=form.error(&format!("refund.{at}"))/>
            </td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_are_shown_as_they_are_typed() {
        for (bps, text) in [(0, "0"), (1500, "15"), (1250, "12.5"), (10_000, "100"), (1, "0.01"), (1000, "10")] {
            assert_eq!(percent(bps), text);
        }
    }
}
