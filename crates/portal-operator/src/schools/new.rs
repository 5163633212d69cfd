//! Opening a school.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use crate::common::{console, frame};
use domain::{operations, tenancy::NewTenant};
use i18n::{Locale, t};
use kernel::{AppError, Currency, slug::slugify, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, redirect_with, zone_choices};

/// The brand colour that the form suggests.
const BRAND: &str = "#1f6f50";

/// Opens a school.
#[server(name = OpenSchoolForm, prefix = "/api", endpoint = "operator/open_school")]
pub async fn open_school(
    name: String,
    #[server(default)] slug: String,
    brand: String,
    locale: String,
    currency: String,
    zone: String,
    #[server(default)] admin_name: String,
    admin_email: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let slug = if slug.trim().is_empty() { slugify(&name) } else { slug.trim().to_lowercase() };
    let new = NewTenant { name, slug, brand, locale, currency, zone, admin_name, admin_email, admin_password: String::new() };
    let id = operations::create(cx.services(), cx.visitor(), &new).await?;
    redirect_with(&urls::operator::school(id), "operator-done-opened");
    Ok(())
}

/// `/operator/schools/new`
#[component]
pub fn NewSchoolPage() -> impl IntoView {
    console(async |cx| {
        operations::operator(cx.services(), cx.visitor()).await?;
        cx.visitor().verified()?;
        Ok(view(&cx))
    })
}

fn view(cx: &RequestCx) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(OpenSchoolForm::PATH);
    let title = t!(locale, "operator-school-new");
    let languages = Locale::ALL.into_iter().map(|one| Choice::new(one.tag(), one.name())).collect::<Vec<_>>();
    let currencies = Currency::ALL.iter().map(|one| Choice::new(one.code(), one.code())).collect::<Vec<_>>();
    let zones = zone_choices(reader, &form.value("zone", ""));
    let host = cx.services().tenants.platform_origin();
    let host = host.split_once("://").map_or(host.clone(), |(_, host)| host.to_owned());
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-school-new-note") back_href=urls::operator::SCHOOLS back_label=t!(locale, "operator-nav-schools")/>
        <form method="post" action=OpenSchoolForm::PATH class="stack stack-5 max-w-[480px]">
            <HiddenPage/>
            {form.summary()}
            <TextField name="name" label=t!(locale, "platform-name") value=form.value("name", "") error=form.error("name") maxlength=80 required=true/>
            <TextField name="slug" label=t!(locale, "platform-slug") value=form.value("slug", "") error=form.error("slug") suffix=format!(".{host}") maxlength=40
                autocomplete="off"/>
            <TextField name="brand" kind="color" label=t!(locale, "platform-brand") value=form.value("brand", BRAND) error=form.error("brand") required=true/>
            <SelectField name="locale" label=t!(locale, "common-language") choices=languages value=form.value("locale", "en") error=form.error("locale") required=true/>
            <SelectField name="currency" label=t!(locale, "platform-currency") choices=currencies value=form.value("currency", "EUR") error=form.error("currency") required=true/>
            <SelectField name="zone" label=t!(locale, "common-time-zone") choices=zones value=form.value("zone", "UTC") error=form.error("zone") required=true/>
            <TextField name="admin_name" label=t!(locale, "operator-admin-name") aside=t!(locale, "common-optional") value=form.value("admin_name", "")
                error=form.error("admin_name") maxlength=80/>
            <TextField name="admin_email" kind="email" label=t!(locale, "operator-admin-email") hint=t!(locale, "operator-admin-email-hint")
                value=form.value("admin_email", "") error=form.error("admin_email").or_else(|| form.error("email")) required=true/>
            <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "operator-school-open")}</Button></div>
        </form>
    };
    frame(&title, page.into_any())
}
