//! `/admin/settings/sign-in`: where members may sign in besides here.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::tabs;
use crate::common::frame;
use domain::accounts::identity_providers::{self, ProviderDraft, ProviderKind, ProviderSummary};
use i18n::t;
use kernel::{AppError, Permission, ids::IdentityProviderId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Sets a provider up, or changes one.
#[server(name = SaveProviderForm, prefix = "/api", endpoint = "admin/save_identity_provider")]
pub async fn save_identity_provider(
    provider: IdentityProviderId,
    #[server(default)] is_new: Option<String>,
    #[server(default)] kind: String,
    #[server(default)] name: String,
    #[server(default)] issuer: String,
    #[server(default)] client_id: String,
    #[server(default)] secret: String,
    #[server(default)] apple_team: String,
    #[server(default)] apple_key: String,
    #[server(default)] enabled: Option<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = ProviderDraft { kind, name, issuer, client_id, secret, apple_team, apple_key, enabled: enabled.is_some() };
    let (services, actor) = (cx.services(), cx.actor()?);
    match is_new {
        Some(_) => identity_providers::create(services, actor, provider, &draft).await?,
        None => identity_providers::change(services, actor, provider, &draft).await?,
    }
    redirect_with(urls::admin::PROVIDERS, "admin-done-provider");
    Ok(())
}

/// Removes a provider.
#[server(name = RemoveProviderForm, prefix = "/api", endpoint = "admin/remove_identity_provider")]
pub async fn remove_identity_provider(provider: IdentityProviderId) -> Result<(), AppError> {
    let cx = cx()?;
    identity_providers::remove(cx.services(), cx.actor()?, provider).await?;
    redirect_with(urls::admin::PROVIDERS, "admin-done-provider-removed");
    Ok(())
}

/// What a kind is called.
fn kind_label(cx: &RequestCx, kind: ProviderKind) -> String {
    kind.brand().map_or_else(|| t!(cx.locale(), "admin-provider-open-id"), str::to_owned)
}

/// `/admin/settings/sign-in`
#[component]
pub fn ProvidersPage() -> impl IntoView {
    page(async |cx| {
        let providers = identity_providers::list(cx.services(), cx.actor()?).await?;
        Ok(list_view(&cx, &providers))
    })
}

fn list_view(cx: &RequestCx, providers: &[ProviderSummary]) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "admin-providers");
    let rows = providers.iter().map(|provider| row(cx, provider)).collect_view();
    let list = (!providers.is_empty()).then(|| view! { <List ruled=true label=title.clone()>{rows}</List> });
    let is_there = |kind: ProviderKind| kind.brand().is_some() && providers.iter().any(|provider| provider.kind == kind);
    let add = ProviderKind::ALL
        .into_iter()
        .filter(|kind| !is_there(*kind))
        .map(|kind| {
            let text = t!(locale, "admin-provider-add", kind = kind_label(cx, kind));
            view! { <LinkButton href=urls::admin::new_provider(kind.key()) icon=Glyph::Plus>{text}</LinkButton> }
        })
        .collect_view();
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::PROVIDERS)}
        <section class="stack stack-4 max-w-[560px]" aria-labelledby="providers">
            <div><h2 id="providers">{title.clone()}</h2><p class="muted mt-1">{t!(locale, "admin-providers-note")}</p></div>
            {list}
            <div class="row wrap">{add}</div>
        </section>
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, provider: &ProviderSummary) -> AnyView {
    let locale = cx.locale();
    let members = t!(locale, "admin-provider-members", count = provider.members);
    let note = format!("{} · {members}", provider.issuer.split_once("://").map_or(provider.issuer.as_str(), |(_, host)| host));
    let (on, off) = (t!(locale, "admin-provider-on"), t!(locale, "admin-provider-off"));
    let end = if provider.enabled {
        view! { <Badge mood=Mood::Ok>{on}</Badge> }.into_any()
    } else {
        view! { <Badge mood=Mood::Line>{off}</Badge> }.into_any()
    };
    view! { <ListRow title=provider.name.clone() note=note href=urls::admin::provider(provider.id) end=end/> }.into_any()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    kind: String,
}

/// `/admin/settings/sign-in/new?kind=…`
#[component]
pub fn NewProviderPage() -> impl IntoView {
    page(async |cx| {
        let actor = cx.actor()?;
        actor.permit(Permission::ManageSettings)?;
        // Before anything is typed.
        actor.verified()?;
        let kind = ProviderKind::parse(&cx.query::<Wanted>().kind).unwrap_or(ProviderKind::OpenId);
        let id = identity_providers::next_id(actor, kind, &identity_providers::list(cx.services(), actor).await?);
        Ok(editor(&cx, kind, id, None))
    })
}

/// `/admin/settings/sign-in/{provider}`
#[component]
pub fn ProviderPage() -> impl IntoView {
    let id = param::<IdentityProviderId>("provider");
    page(async move |cx| {
        let provider = identity_providers::one(cx.services(), cx.actor()?, id.ok_or(AppError::NotFound)?).await?;
        cx.actor()?.verified()?;
        Ok(editor(&cx, provider.kind, provider.id, Some(&provider)))
    })
}

fn editor(cx: &RequestCx, kind: ProviderKind, id: IdentityProviderId, provider: Option<&ProviderSummary>) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SaveProviderForm::PATH);
    let title = provider.map_or_else(|| t!(locale, "admin-provider-add", kind = kind_label(cx, kind)), |provider| provider.name.clone());
    let is_new = provider.is_none().then(|| view! { <input type="hidden" name="is_new" value="yes"/> });
    let back = cx.actor().map(|actor| cx.services().tenants.origin(&actor.tenant) + &urls::back(id)).unwrap_or_default();
    let value = |name, kept: fn(&ProviderSummary) -> &String| form.value(name, provider.map(|p| kept(p).clone()).unwrap_or_default());
    let named = (kind == ProviderKind::OpenId).then(|| {
        view! {
            <TextField name="name" label=t!(locale, "admin-provider-name") hint=t!(locale, "admin-provider-name-hint") maxlength=40 required=true
                value=value("name", |p| &p.name) error=form.error("name")/>
            <TextField name="issuer" kind="url" label=t!(locale, "admin-provider-issuer") hint=t!(locale, "admin-provider-issuer-hint") maxlength=2048 required=true
                value=value("issuer", |p| &p.issuer) error=form.error("issuer")/>
        }
    });
    let apple = (kind == ProviderKind::Apple).then(|| {
        view! {
            <TextField name="apple_team" label=t!(locale, "admin-provider-apple-team") maxlength=10 required=true
                value=value("apple_team", |p| &p.apple_team) error=form.error("apple_team")/>
            <TextField name="apple_key" label=t!(locale, "admin-provider-apple-key") maxlength=10 required=true
                value=value("apple_key", |p| &p.apple_key) error=form.error("apple_key")/>
        }
    });
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::PROVIDERS back_label=t!(locale, "admin-providers")/>
        {cx.fields(RemoveProviderForm::PATH).refusal()}
        <form method="post" action=SaveProviderForm::PATH class="stack stack-5 max-w-[480px]">
            <HiddenPage/>
            <input type="hidden" name="provider" value=id.to_string()/>
            {is_new}
            <input type="hidden" name="kind" value=kind.key()/>
            {form.summary()}
            <TextField name="callback" label=t!(locale, "admin-provider-callback") hint=t!(locale, "admin-provider-callback-hint") value=back readonly=true/>
            {named}
            <TextField name="client_id" label=client_label(cx, kind) maxlength=255 required=true autocomplete="off"
                value=value("client_id", |p| &p.client_id) error=form.error("client_id")/>
            {apple}
            {secret_field(cx, kind, provider.is_some_and(|provider| provider.has_secret), &form)}
            <Switch name="enabled" label=t!(locale, "admin-provider-enabled") hint=t!(locale, "admin-provider-enabled-hint")
                checked=form.checked("enabled", provider.is_none_or(|provider| provider.enabled))/>
            <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-provider-save")}</Button></div>
        </form>
        {provider.map(|provider| removal(cx, provider))}
    };
    frame(&title, page.into_any())
}

fn client_label(cx: &RequestCx, kind: ProviderKind) -> String {
    let locale = cx.locale();
    match kind {
        ProviderKind::Google | ProviderKind::OpenId => t!(locale, "admin-provider-client"),
        ProviderKind::Apple => t!(locale, "admin-provider-apple-client"),
        ProviderKind::Facebook => t!(locale, "admin-provider-facebook-client"),
    }
}

/// What is typed is not shown again.
fn secret_field(cx: &RequestCx, kind: ProviderKind, is_kept: bool, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let hint = if is_kept {
        t!(locale, "admin-provider-secret-kept")
    } else if kind == ProviderKind::OpenId {
        t!(locale, "admin-provider-secret-none")
    } else {
        String::new()
    };
    if kind == ProviderKind::Apple {
        return view! {
            <TextareaField name="secret" label=t!(locale, "admin-provider-apple-secret") hint=hint rows=6 required=!is_kept error=form.error("secret")/>
        }
        .into_any();
    }
    view! {
        <PasswordField name="secret" label=t!(locale, "admin-provider-secret") show_label=t!(locale, "common-show-password") hint=hint
            required=!is_kept && kind != ProviderKind::OpenId autocomplete="off" error=form.error("secret")/>
    }
    .into_any()
}

fn removal(cx: &RequestCx, provider: &ProviderSummary) -> AnyView {
    let locale = cx.locale();
    let id = provider.id.to_string();
    let title = t!(locale, "admin-provider-remove-title", name = &provider.name);
    let body = t!(locale, "admin-provider-remove-body", count = provider.members);
    view! {
        <div class="mt-8"><LinkButton href="#remove" dialog="remove" tone=Tone::DangerQuiet>{t!(locale, "admin-provider-remove")}</LinkButton></div>
        <Dialog id="remove" title=title close_label=t!(locale, "common-close")>
            <form method="post" action=RemoveProviderForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="provider" value=id/>
                <p class="muted">{body}</p>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                    <Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "admin-provider-remove")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
