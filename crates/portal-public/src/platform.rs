//! The platform's own host: its front page with the directory, and founding a school.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use crate::parts::site;
use domain::tenancy::{self, NewTenant, Tenant};
use i18n::{Locale, Reader, t};
use kernel::{AppError, Currency, Flag, slug::slugify, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, RequestCx, Site, cx, page, redirect, zone_choices};

/// The brand colour that the form suggests.
const BRAND: &str = "#1f6f50";

/// The front page: what the platform is, and the schools on it.
pub async fn front(cx: &RequestCx) -> Result<AnyView, AppError> {
    let services = cx.services();
    let schools = services.tenants.listed(&services.db).await?;
    let reader = cx.reader();
    let locale = cx.locale();
    let rows = schools.iter().map(|tenant| school(cx, tenant)).collect_view();
    let is_open = cx.visitor().tenant.flags.has(Flag::Founding);
    let start = is_open.then(
        || view! { <LinkButton href=urls::NEW_TENANT tone=Tone::Primary size=Size::Large>{t!(locale, "platform-start")}</LinkButton> },
    );
    let directory = if schools.is_empty() {
        view! {
            <Empty title=t!(reader, "platform-none-title") body=t!(reader, "platform-none-body") icon=Glyph::Building2>
                {is_open.then(|| view! { <LinkButton href=urls::NEW_TENANT>{t!(locale, "platform-start")}</LinkButton> })}
            </Empty>
        }
        .into_any()
    } else {
        view! { <ul class="schools" role="list">{rows}</ul> }.into_any()
    };
    let points = [
        (Glyph::Globe, "platform-point-site", "platform-point-site-body"),
        (Glyph::CalendarCheck, "platform-point-booking", "platform-point-booking-body"),
        (Glyph::Scale, "platform-point-money", "platform-point-money-body"),
    ]
    .into_iter()
    .map(|(icon, title, body)| view! { <li><Icon name=icon size=IconSize::Large class="text-accent"/><h3>{i18n::t(reader, title)}</h3><p class="muted">{i18n::t(reader, body)}</p></li> })
    .collect_view();
    let title = t!(reader, "platform-hero");
    let body = view! {
        <div class="page">
            <section class="hero" aria-labelledby="hero">
                <h1 id="hero">{title.clone()}</h1>
                <p class="read muted">{t!(reader, "platform-hero-body")}</p>
                <p class="row wrap mt-2">
                    {start}
                    <LinkButton href="#schools" tone=Tone::Ghost size=Size::Large>{t!(locale, "platform-see-schools")}</LinkButton>
                </p>
            </section>
            <section class="section" id="schools" aria-labelledby="h-schools">
                <div class="head"><h2 id="h-schools">{t!(reader, "platform-schools")}</h2><p class="muted num">{t!(reader, "platform-school-count", count = schools.len())}</p></div>
                {directory}
            </section>
            <section class="section" aria-labelledby="h-points">
                <h2 id="h-points">{t!(reader, "platform-points")}</h2>
                <ul class="cols-3 how" role="list">{points}</ul>
            </section>
        </div>
    }
    .into_any();
    Ok(site(title.clone(), body))
}

fn school(cx: &RequestCx, tenant: &Tenant) -> AnyView {
    let reader = cx.reader();
    let origin = cx.services().tenants.origin(tenant);
    let host = origin.split_once("://").map_or(origin.clone(), |(_, host)| host.to_owned());
    let languages: Vec<&str> = tenant.locales.iter().filter_map(|tag| Locale::parse(tag, false)).map(Locale::name).collect();
    let facts = t!(
        reader,
        "platform-school-facts",
        languages = languages.join(", "),
        currency = tenant.currency.code(),
        zone = reader.in_zone(tenant.zone.clone()).zone_city()
    );
    let tagline = (!tenant.tagline.is_empty()).then(|| view! { <p>{tenant.tagline.clone()}</p> });
    view! {
        <li>
            // The colour is data, so it is an attribute of a drawing and not a style.
            <svg class="school-mark" viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill=tenant.brand.clone()></rect></svg>
            <div class="grow">
                <h3><a class="cover" href=origin>{tenant.name.clone()}</a></h3>
                {tagline}
                <p class="t-12 muted num">{host}" · "{facts}</p>
            </div>
            <Icon name=Glyph::ChevronRight flip=true class="faint"/>
        </li>
    }
    .into_any()
}

/// Begins to found a school: it opens when its admin's address is proven.
#[server(name = FoundForm, prefix = "/api", endpoint = "platform/found")]
pub async fn found_tenant(
    name: String,
    #[server(default)] slug: String,
    brand: String,
    locale: String,
    currency: String,
    zone: String,
    admin_name: String,
    admin_email: String,
    admin_password: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let Site::Platform(platform) = cx.site() else { return Err(AppError::NotFound) };
    let slug = if slug.trim().is_empty() { slugify(&name) } else { slug.trim().to_lowercase() };
    let new = NewTenant { name, slug, brand, locale, currency, zone, admin_name, admin_email, admin_password };
    let ticket = tenancy::found(cx.services(), platform, cx.locale().tag(), &new).await?;
    Kept::Proof.keep(&ticket);
    redirect(urls::CONFIRM);
    Ok(())
}

/// A name to begin with, from a link or from the suggestion's own button.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Begun {
    name: String,
}

/// `/new`
#[component]
pub fn NewTenantPage() -> impl IntoView {
    page(async |cx| match cx.site() {
        Site::Platform(actor) if actor.tenant.flags.has(Flag::Founding) => Ok(new_view(&cx)),
        Site::Platform(_) => Err(AppError::conflict("error-founding-closed")),
        Site::Tenant(_) => Err(AppError::NotFound),
    })
}

fn new_view(cx: &RequestCx) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let form = cx.fields(FoundForm::PATH);
    let name = form.value("name", cx.query::<Begun>().name);
    let slug = form.value("slug", slugify(&name));
    let slug = if slug.is_empty() { slugify(&name) } else { slug };
    let origin = cx.services().tenants.platform_origin();
    let (scheme, host) =
        origin.split_once("://").map_or(("https".to_owned(), origin.clone()), |(scheme, host)| (scheme.to_owned(), host.to_owned()));
    let shown = if slug.is_empty() { t!(reader, "platform-slug-example") } else { slug.clone() };
    let address = t!(reader, "platform-slug-hint", address = format!("{scheme}://{shown}.{host}"));
    let title = t!(reader, "platform-new-title");
    let zone = form.value("zone", reader.zone_name.as_str());
    let body = view! {
        <div class="page">
            <div class="text-page stack stack-6">
                <div><h1>{title.clone()}</h1><p class="read muted mt-1">{t!(reader, "platform-new-body")}</p></div>
                {form.summary()}
                <form method="post" action=FoundForm::PATH class="form">
                    <HiddenPage/>
                    <h2>{t!(reader, "platform-new-school")}</h2>
                    <TextField name="name" label=t!(reader, "platform-name") value=name error=form.error("name") autocomplete="organization" maxlength=80
                        required=true autofocus=!form.is_refused()/>
                    <TextField name="slug" label=t!(reader, "platform-slug") value=slug error=form.error("slug") hint=address
                        suffix=format!(".{host}") maxlength=40 autocomplete="off"/>
                    <TextField name="brand" kind="color" label=t!(reader, "platform-brand") hint=t!(reader, "platform-brand-hint") value=form.value("brand", BRAND)
                        error=form.error("brand") required=true/>
                    {choices(reader, &form.value("locale", cx.locale().tag()), &form.value("currency", "EUR"), &zone, &|field| form.error(field))}
                    <h2 class="mt-4">{t!(reader, "platform-new-admin")}</h2>
                    <TextField name="admin_name" label=t!(reader, "common-name") value=form.value("admin_name", "") error=form.error("admin_name")
                        autocomplete="name" maxlength=80 required=true/>
                    <TextField name="admin_email" kind="email" label=t!(reader, "common-email") value=form.value("admin_email", "") error=form.error("admin_email")
                        autocomplete="username" required=true/>
                    <PasswordField name="admin_password" label=t!(reader, "common-password") show_label=t!(reader, "common-show-password")
                        hint=t!(reader, "platform-password-hint") error=form.error("admin_password") autocomplete="new-password" minlength=10 required=true/>
                    <div class="form-acts">
                        <Button tone=Tone::Primary size=Size::Large busy_label=t!(reader, "platform-opening")>{t!(locale, "platform-open")}</Button>
                    </div>
                </form>
            </div>
        </div>
    }
    .into_any();
    site(title.clone(), body)
}

/// Language, currency and zone.
fn choices(reader: &Reader, locale: &str, currency: &str, zone: &str, error: &dyn Fn(&str) -> Option<String>) -> AnyView {
    let languages = Locale::ALL.into_iter().map(|one| Choice::new(one.tag(), one.name())).collect();
    let currencies = Currency::ALL.iter().map(|one| Choice::new(one.code(), one.code())).collect();
    let zones = zone_choices(reader, zone);
    view! {
        <div class="cols-2">
            <SelectField name="locale" label=t!(reader, "common-language") choices=languages value=locale error=error("locale") required=true/>
            <SelectField name="currency" label=t!(reader, "platform-currency") hint=t!(reader, "platform-currency-hint") choices=currencies value=currency
                error=error("currency") required=true/>
        </div>
        <SelectField name="zone" label=t!(reader, "common-time-zone") hint=t!(reader, "platform-zone-hint") choices=zones value=zone error=error("zone") required=true/>
    }
    .into_any()
}
