//! Name, colour, languages, zone: what everybody sees of the school.

use domain::tenancy::{self, Colour, FaceDraft, LANGUAGES, Tenant};
use i18n::{Locale, Reader, t, zones};
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, cx, redirect_with};

/// Less contrast to the page than this, in hundredths, and a button is hard to find.
const COMFORTABLE: u32 = 300;

/// Changes the school's face.
#[server(name = SaveFaceForm, prefix = "/api", endpoint = "admin/save_face")]
pub async fn save_face(
    #[server(default)] name: String,
    #[server(default)] tagline: String,
    #[server(default)] brand: String,
    #[server(default)] locale: String,
    #[server(default)] locales: Vec<String>,
    #[server(default)] zone: String,
    #[server(default)] listed: Option<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = FaceDraft { name, tagline, brand, locale, locales, zone, listed: listed.is_some() };
    tenancy::save_face(cx.services(), cx.actor()?, &draft).await?;
    redirect_with(urls::admin::SETTINGS, "admin-done-face");
    Ok(())
}

/// The form of the school's face.
pub fn section(cx: &RequestCx, tenant: &Tenant) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(SaveFaceForm::PATH);
    let brand = form.value("brand", tenant.brand.clone());
    let languages = || LANGUAGES.iter().filter_map(|tag| Locale::parse(tag, false));
    let choices = languages().map(|locale| Choice::new(locale.tag(), locale.name())).collect::<Vec<_>>();
    let zone = form.value("zone", tenant.zone.as_str());
    let currency = tenant.currency.code();
    view! {
        <section aria-labelledby="face">
            <h2 id="face" class="mb-4">{t!(reader, "admin-face")}</h2>
            <form method="post" action=SaveFaceForm::PATH class="form">
                <HiddenPage/>
                {form.summary()}
                <TextField name="name" label=t!(reader, "admin-face-name") maxlength=80 required=true
                    value=form.value("name", tenant.name.clone()) error=form.error("name")/>
                <TextField name="tagline" label=t!(reader, "admin-face-tagline") hint=t!(reader, "admin-face-tagline-hint") aside=t!(reader, "common-optional")
                    maxlength=160 value=form.value("tagline", tenant.tagline.clone()) error=form.error("tagline")/>
                <div class="stack stack-3">
                    <TextField name="brand" label=t!(reader, "admin-face-brand") hint=t!(reader, "admin-face-brand-hint") num=true required=true maxlength=7
                        value=brand.clone() error=form.error("brand") class="max-w-[320px]"/>
                    {swatch(reader, &brand)}
                </div>
                <SelectField name="locale" label=t!(reader, "admin-face-locale") hint=t!(reader, "admin-face-locale-hint") choices=choices
                    value=form.value("locale", tenant.locale.clone()) error=form.error("locale")/>
                {offered(reader, &form, tenant)}
                <SelectField name="zone" label=t!(reader, "common-time-zone") hint=t!(reader, "admin-face-zone-hint") choices=zone_choices(reader, &zone)
                    value=zone.clone() error=form.error("zone")/>
                <TextField name="currency" label=t!(reader, "admin-face-currency") hint=t!(reader, "admin-face-currency-hint") value=currency disabled=true class="max-w-[320px]"/>
                <Switch name="listed" label=t!(reader, "admin-face-listed") hint=t!(reader, "admin-face-listed-hint") checked=form.checked("listed", tenant.listed)/>
                <div class="form-acts"><Button tone=Tone::Primary>{t!(locale, "admin-face-save")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// The colour as a button would look, and how well it can be read and seen.
fn swatch(reader: &Reader, brand: &str) -> Option<AnyView> {
    let colour: Colour = brand.trim().parse().ok()?;
    let text = colour.text_on();
    let ratio = |hundredths: u32| t!(reader, "admin-contrast", ratio = reader.decimal(hundredths, 2));
    let on_page = colour.contrast(Colour::WHITE);
    let locale = reader.locale;
    let faint = (on_page < COMFORTABLE).then(|| view! { <Callout mood=Mood::Warn>{t!(locale, "admin-brand-faint")}</Callout> });
    Some(
        view! {
            <div class="row row-3 wrap">
                <svg width="152" height="36" viewBox="0 0 152 36" aria-hidden="true">
                    <rect width="152" height="36" rx="6" fill=colour.to_string()></rect>
                    <text x="76" y="23" text-anchor="middle" font-size="14" font-weight="525" fill=text.to_string()>{t!(reader, "admin-brand-sample")}</text>
                </svg>
                <dl class="kv t-12 num gap-y-0">
                    <dt>{t!(reader, "admin-brand-text")}</dt><dd>{ratio(colour.contrast(text))}</dd>
                    <dt>{t!(reader, "admin-brand-page")}</dt><dd>{ratio(on_page)}</dd>
                </dl>
            </div>
            {faint}
        }
        .into_any(),
    )
}

/// The languages that readers may choose.
fn offered(reader: &Reader, form: &FormFields, tenant: &Tenant) -> AnyView {
    let chosen = form.values("locales[]", tenant.locales.clone());
    let boxes = LANGUAGES
        .iter()
        .filter_map(|tag| Locale::parse(tag, false))
        .map(|locale| {
            let checked = chosen.iter().any(|tag| tag == locale.tag());
            view! { <Checkbox name="locales[]" id=format!("f-locales-{}", locale.tag()) value=locale.tag() label=locale.name() checked=checked/> }
        })
        .collect_view();
    view! {
        <fieldset class="field" id="f-locales" tabindex="-1" aria-describedby="f-locales-hint">
            <legend class="label">{t!(reader, "admin-face-locales")}</legend>
            {boxes}
            <FieldNotes id="f-locales" hint=t!(reader, "admin-face-locales-hint") error=form.error("locales")/>
        </fieldset>
    }
    .into_any()
}

/// Every zone; the present one too, should the list lack it.
fn zone_choices(reader: &Reader, chosen: &str) -> Vec<Choice> {
    let mut choices = zones(reader)
        .iter()
        .flat_map(|group| {
            group.zones.iter().map(move |zone| Choice::new(zone.name.as_str(), zone.city.clone()).group(group.region.clone()))
        })
        .collect::<Vec<_>>();
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.insert(0, Choice::new(chosen, chosen));
    }
    choices
}
