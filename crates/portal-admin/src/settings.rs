//! `/admin/settings`: the school's face and terms, its features and domains, who its mails come from, where
//! members may sign in, and its own documents.

mod configuration;
mod domains;
mod face;
mod features;
mod logo;
mod mail;
mod policies;
mod sign_in;
mod terms;

pub use configuration::{ConfigurationPage, ImportConfigurationForm};
pub use domains::{AddDomainForm, CheckDomainForm, DomainsPage, MainDomainForm, RemoveDomainForm};
pub use face::SaveFaceForm;
pub use features::{FeaturesPage, SaveFlagsForm};
pub use logo::RemoveLogoForm;
pub use mail::{CheckSenderForm, MailPage, RemoveSenderForm, SaveSenderForm, SenderAddressForm, TestSenderForm};
pub use policies::{PoliciesPage, PolicyPage, PublishPolicyForm, SaveGuardianAgeForm, SavePolicyForm};
pub use sign_in::{NewProviderPage, ProviderPage, ProvidersPage, RemoveProviderForm, SaveProviderForm};
pub use terms::SaveTermsForm;

use crate::common::frame;
use domain::{
    tenancy,
    uploads::{self, Purpose},
};
use i18n::t;
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, page};

/// The pages of the settings; `current` is the one that is open.
fn tabs(cx: &RequestCx, current: &str) -> AnyView {
    let tab = |href: &'static str, key: &str| Tab::new(href, i18n::t(cx.locale(), key), href == current);
    let items = vec![
        tab(urls::admin::SETTINGS, "admin-settings-school"),
        tab(urls::admin::FEATURES, "admin-features"),
        tab(urls::admin::DOMAINS, "admin-domains"),
        tab(urls::admin::MAIL, "admin-mail-tab"),
        tab(urls::admin::PROVIDERS, "admin-providers"),
        tab(urls::admin::POLICIES, "policies-settings"),
        tab(urls::admin::CONFIGURATION, "admin-configuration"),
    ];
    view! { <Tabs label=t!(cx.locale(), "admin-nav-settings") items=items class="mb-6"/> }.into_any()
}

/// A record that the DNS must have, as its forms ask for it.
fn dns_record(cx: &RequestCx, kind: &'static str, name: String, value: String) -> AnyView {
    let locale = cx.locale();
    view! {
        <dl class="kv t-12">
            <dt>{t!(locale, "admin-dns-type")}</dt><dd><code>{kind}</code></dd>
            <dt>{t!(locale, "admin-dns-name")}</dt><dd><code class="break-all">{name}</code></dd>
            <dt>{t!(locale, "admin-dns-value")}</dt><dd><code class="break-all">{value}</code></dd>
        </dl>
    }
    .into_any()
}

/// `/admin/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    page(async |cx| {
        let actor = cx.actor()?;
        let current = tenancy::current_terms(cx.services(), actor).await?;
        let logo = uploads::mine(cx.services(), actor, Purpose::Logo).await?;
        let kept = uploads::storage(cx.services(), actor).await?;
        let title = t!(cx.locale(), "admin-nav-settings");
        let main = view! {
            <PageHead title=title.clone() note=t!(cx.locale(), "admin-settings-note")/>
            {tabs(&cx, urls::admin::SETTINGS)}
            <div class="stack stack-8 max-w-[560px]">
                {face::section(&cx, &actor.tenant)}
                <hr class="rule"/>
                {logo::section(&cx, &logo)}
                <hr class="rule"/>
                {terms::section(&cx, &current)}
                <hr class="rule"/>
                {logo::storage(&cx, kept)}
            </div>
        };
        Ok(frame(&title, main.into_any()))
    })
}
