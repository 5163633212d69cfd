//! Name, colour, languages, zone: what everybody sees of the school.

use domain::tenancy::{self, Colour, FaceDraft, LANGUAGES, Tenant};
use i18n::{Locale, Reader, t};
use kernel::{AppError, urls};
use leptos::{nonce::use_nonce, prelude::*};
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, cx, redirect_with, zone_choices};

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

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    /// A colour to look at before it is saved.
    brand: Option<String>,
}

/// The form of the school's face.
pub fn section(cx: &RequestCx, tenant: &Tenant) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(SaveFaceForm::PATH);
    let brand = form.value("brand", cx.query::<Query>().brand.unwrap_or_else(|| tenant.brand.clone()));
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
                <div class="stack stack-3" data-brand="">
                    <div class="row items-start">
                        <TextField name="brand" label=t!(reader, "admin-face-brand") hint=t!(reader, "admin-face-brand-hint") num=true required=true maxlength=7
                            value=brand.clone() error=form.error("brand") class="max-w-[320px]"/>
                        <input type="color" class="brand-pick" value=brand.clone() aria-label=t!(reader, "admin-face-brand-pick") hidden/>
                    </div>
                    {brand_look(reader, &brand)}
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

/// The colour on a page in both themes, how well it can be read and seen, and a darker shade where it is faint. It
/// follows what is typed; the figures are the server's.
fn brand_look(reader: &Reader, brand: &str) -> AnyView {
    let colour = brand.trim().parse::<Colour>().ok();
    let figures = colour.map(|colour| brand_figures(reader, colour));
    // What was typed and refused; a style attribute is nothing that this page may have.
    let rule = colour.map(|colour| format!("#brand-look .brand-scope{{--brand:{colour}}}"));
    let nonce = use_nonce();
    let panes = ["light", "dark"].map(|theme| {
        let name = i18n::t(reader, &format!("common-theme-{theme}"));
        let (book, other) = (t!(reader, "admin-brand-sample"), t!(reader, "common-cancel"));
        let (link, badge) = (t!(reader, "admin-brand-link"), t!(reader, "admin-brand-badge"));
        view! {
            <div class="panel brand-pane stack stack-3" data-theme=theme>
                <span class="t-12 muted">{name}</span>
                <span class="row wrap"><span class="btn btn-primary">{book}</span><span class="btn btn-secondary">{other}</span></span>
                <span class="row wrap"><span class="link">{link}</span><Badge mood=Mood::Accent>{badge}</Badge></span>
            </div>
        }
    });
    view! {
        <div id="brand-look" class="stack stack-3">
            <style nonce=nonce>{rule}</style>
            <div class="brand-scope cols-2" aria-hidden="true">{panes.collect_view()}</div>
            <div id="brand-figures" class="stack stack-3" aria-live="polite">{figures}</div>
        </div>
    }
    .into_any()
}

fn brand_figures(reader: &Reader, colour: Colour) -> AnyView {
    let ratio = |hundredths: u32| t!(reader, "admin-contrast", ratio = reader.decimal(hundredths, 2));
    let (on_page, text) = (colour.contrast(Colour::WHITE), colour.contrast(colour.text_on()));
    let faint = (on_page < COMFORTABLE).then(|| {
        let better = colour.darkened(COMFORTABLE).to_string();
        let href = urls::with_query(urls::admin::SETTINGS, &[("brand", &better)]);
        let (faint, repair) = (t!(reader, "admin-brand-faint"), t!(reader, "admin-brand-repair", colour = &better));
        view! {
            <Callout mood=Mood::Warn>
                <div class="stack stack-2">
                    <span>{faint}</span>
                    <div><LinkButton size=Size::Small href=href attr:data-fill=better.clone()>{repair}</LinkButton></div>
                </div>
            </Callout>
        }
    });
    view! {
        <dl class="kv t-12 num gap-y-0">
            <dt>{t!(reader, "admin-brand-text")}</dt><dd>{ratio(text)}</dd>
            <dt>{t!(reader, "admin-brand-page")}</dt><dd>{ratio(on_page)}</dd>
        </dl>
        {faint}
    }
    .into_any()
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
