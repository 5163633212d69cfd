//! `/admin/settings/domains`: the school's own domains, and which of its hosts is its address.

use super::{dns_record, tabs};
use crate::common::frame;
use domain::tenancy::domains::{self, Domain, Proof, Route};
use i18n::t;
use kernel::{AppError, ids::DomainId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Adds a domain.
#[server(name = AddDomainForm, prefix = "/api", endpoint = "admin/add_domain")]
pub async fn add_domain(#[server(default)] host: String) -> Result<(), AppError> {
    let cx = cx()?;
    domains::add(cx.services(), cx.actor()?, &host).await?;
    redirect_with(urls::admin::DOMAINS, "admin-done-domain");
    Ok(())
}

/// Looks at a domain.
#[server(name = CheckDomainForm, prefix = "/api", endpoint = "admin/check_domain")]
pub async fn check_domain(domain: DomainId) -> Result<(), AppError> {
    let cx = cx()?;
    domains::check(cx.services(), cx.actor()?, domain).await?;
    redirect_with(urls::admin::DOMAINS, "admin-done-domain-checked");
    Ok(())
}

/// Makes a domain the school's address, or without one the subdomain.
#[server(name = MainDomainForm, prefix = "/api", endpoint = "admin/set_main_domain")]
pub async fn set_main_domain(#[server(default)] domain: Option<DomainId>) -> Result<(), AppError> {
    let cx = cx()?;
    match domain {
        Some(domain) => domains::make_main(cx.services(), cx.actor()?, domain).await?,
        None => domains::use_subdomain(cx.services(), cx.actor()?).await?,
    }
    redirect_with(urls::admin::DOMAINS, "admin-done-address");
    Ok(())
}

/// Removes a domain.
#[server(name = RemoveDomainForm, prefix = "/api", endpoint = "admin/remove_domain")]
pub async fn remove_domain(domain: DomainId) -> Result<(), AppError> {
    let cx = cx()?;
    domains::remove(cx.services(), cx.actor()?, domain).await?;
    redirect_with(urls::admin::DOMAINS, "admin-done-domain-removed");
    Ok(())
}

/// `/admin/settings/domains`
#[component]
pub fn DomainsPage() -> impl IntoView {
    page(async |cx| {
        let domains = domains::list(cx.services(), cx.actor()?).await?;
        view_of(&cx, &domains)
    })
}

fn view_of(cx: &RequestCx, domains: &[Domain]) -> Result<AnyView, AppError> {
    let (locale, tenant) = (cx.locale(), &cx.actor()?.tenant);
    let tenants = &cx.services().tenants;
    let title = t!(locale, "admin-domains");
    let subdomain = tenants.origin_of(&tenant.slug).split_once("://").map(|(_, host)| host.to_owned()).unwrap_or_default();
    let cards = domains.iter().map(|domain| card(cx, domain, &subdomain)).collect_view();
    let is_main = tenant.domain.is_none();
    let end = if is_main { main_badge(cx) } else { main_button(cx, None, &subdomain) };
    let form = cx.fields(AddDomainForm::PATH);
    let refused = [CheckDomainForm::PATH, MainDomainForm::PATH, RemoveDomainForm::PATH]
        .map(|path| cx.fields(path).refusal())
        .into_iter()
        .collect_view();
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::DOMAINS)}
        <section class="stack stack-6 max-w-[640px]" aria-labelledby="domains">
            <div><h2 id="domains">{title.clone()}</h2><p class="muted mt-1">{t!(locale, "admin-domains-note")}</p></div>
            {refused}
            <List ruled=true label=title.clone()>
                <ListRow title=subdomain.clone() note=t!(locale, "admin-domain-subdomain") end=end/>
            </List>
            {cards}
            <hr class="rule"/>
            <form method="post" action=AddDomainForm::PATH class="stack stack-4">
                <HiddenPage/>
                {form.summary()}
                <TextField name="host" label=t!(locale, "admin-domain-host") hint=t!(locale, "admin-domain-host-hint") maxlength=253 required=true
                    autocomplete="off" value=form.value("host", "") error=form.error("host") class="max-w-[400px]"/>
                <div><Button kind=ButtonKind::Submit icon=Glyph::Plus>{t!(locale, "admin-domain-add")}</Button></div>
            </form>
        </section>
    };
    Ok(frame(&title, page.into_any()))
}

fn main_badge(cx: &RequestCx) -> AnyView {
    let text = t!(cx.locale(), "admin-domain-main");
    view! { <Badge mood=Mood::Ok>{text}</Badge> }.into_any()
}

/// What makes a host the school's address: asked for first, as links and sign-ins change with it.
fn main_button(cx: &RequestCx, domain: Option<DomainId>, host: &str) -> AnyView {
    let locale = cx.locale();
    let id = format!("main-{}", domain.map_or_else(|| "subdomain".to_owned(), |id| id.to_string()));
    let title = t!(locale, "admin-domain-main-title", host = host);
    let field = domain.map(|id| view! { <input type="hidden" name="domain" value=id.to_string()/> });
    view! {
        <LinkButton href=format!("#{id}") dialog=id.clone() size=Size::Small>{t!(locale, "admin-domain-make-main")}</LinkButton>
        <Dialog id=id title=title close_label=t!(locale, "common-close")>
            <form method="post" action=MainDomainForm::PATH class="stack stack-4">
                <HiddenPage/>
                {field}
                <p class="muted">{t!(locale, "admin-domain-main-body")}</p>
                <p class="muted">{t!(locale, "admin-domain-main-sign-in")}</p>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                    <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-domain-make-main")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}

/// A domain: what its DNS must say, what was found, and what can be done.
fn card(cx: &RequestCx, domain: &Domain, subdomain: &str) -> AnyView {
    let reader = cx.reader();
    let locale = cx.locale();
    let checked = match domain.checked_at {
        Some(at) => t!(reader, "admin-domain-checked", time = reader.date_time(at)),
        None => t!(reader, "admin-domain-unchecked"),
    };
    let badge = if domain.is_main {
        main_badge(cx)
    } else if domain.serves && domain.route == Route::Here {
        let text = t!(locale, "admin-domain-serves");
        view! { <Badge mood=Mood::Line>{text}</Badge> }.into_any()
    } else if domain.serves {
        let text = t!(locale, "admin-domain-unreached");
        view! { <Badge mood=Mood::Warn>{text}</Badge> }.into_any()
    } else {
        let text = t!(locale, "admin-domain-waiting");
        view! { <Badge mood=Mood::Warn>{text}</Badge> }.into_any()
    };
    let proof_mood = if domain.proof == Proof::Found { Mood::Ok } else { Mood::Warn };
    let route_mood = if domain.route == Route::Here { Mood::Ok } else { Mood::Warn };
    let proof = i18n::t(locale, &format!("admin-domain-proof-{}", domain.proof.key()));
    let route = i18n::t(locale, &format!("admin-domain-route-{}", domain.route.key()));
    let removal = removal(cx, domain);
    let main = (domain.serves && domain.route == Route::Here && !domain.is_main).then(|| main_button(cx, Some(domain.id), &domain.host));
    let id = domain.id.to_string();
    let heading = format!("h-{id}");
    let heading_id = heading.clone();
    let check_label = t!(locale, "admin-domain-check-named", host = &domain.host);
    let (host, record, value) = (domain.host.clone(), domain.record.clone(), domain.value.clone());
    let cname = subdomain.split(':').next().unwrap_or(subdomain).to_owned();
    view! {
        <hr class="rule"/>
        <section class="stack stack-4" aria-labelledby=heading>
            <div class="row between wrap"><h3 id=heading_id>{host.clone()}</h3>{badge}</div>
            <dl class="kv">
                <dt>{t!(locale, "admin-domain-proof")}</dt>
                <dd class="stack stack-1">
                    <span><Badge mood=proof_mood>{proof}</Badge></span>
                    {dns_record(cx, "TXT", record, value)}
                </dd>
                <dt>{t!(locale, "admin-domain-route")}</dt>
                <dd class="stack stack-1">
                    <span><Badge mood=route_mood>{route}</Badge></span>
                    {dns_record(cx, "CNAME", host, cname)}
                    <span class="muted t-12">{t!(locale, "admin-domain-record-apex")}</span>
                </dd>
            </dl>
            <p class="muted t-12">{checked}</p>
            <div class="row wrap">
                <form method="post" action=CheckDomainForm::PATH>
                    <HiddenPage/>
                    <input type="hidden" name="domain" value=id.clone()/>
                    <Button size=Size::Small kind=ButtonKind::Submit busy_label=t!(locale, "admin-domain-checking")
                        aria_label=check_label>{t!(locale, "admin-domain-check")}</Button>
                </form>
                {main}
                {removal}
            </div>
        </section>
    }
    .into_any()
}

fn removal(cx: &RequestCx, domain: &Domain) -> AnyView {
    let locale = cx.locale();
    let id = domain.id.to_string();
    let dialog = format!("remove-{id}");
    let title = t!(locale, "admin-domain-remove-title", host = &domain.host);
    view! {
        <LinkButton href=format!("#{dialog}") dialog=dialog.clone() size=Size::Small tone=Tone::DangerQuiet>{t!(locale, "admin-domain-remove")}</LinkButton>
        <Dialog id=dialog title=title close_label=t!(locale, "common-close")>
            <form method="post" action=RemoveDomainForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="domain" value=id/>
                <p class="muted">{t!(locale, "admin-domain-remove-body")}</p>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                    <Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "admin-domain-remove")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
