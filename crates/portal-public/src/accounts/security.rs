//! `/account/security`: a member's password, and where they are signed in.

use super::{elsewhere, passkeys, password::AskResetForm, row_button, two_step};
use domain::accounts::{
    self, second_factor,
    sessions::{self, LoginSummary},
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Kept, PublicShell, RequestCx, current_login, cx, page, redirect_with, start_login};

/// Sets a new password; the reader stays signed in here, and nowhere else.
#[server(name = ChangePasswordForm, prefix = "/api", endpoint = "accounts/change_password")]
pub async fn change_password(old_password: String, password: String) -> Result<(), AppError> {
    let cx = cx()?;
    let login = accounts::change_password(cx.services(), cx.visitor(), &old_password, &password).await?;
    start_login(login).await?;
    redirect_with(urls::SECURITY, "accounts-done-password");
    Ok(())
}

/// Changes the reader's name.
#[server(name = RenameForm, prefix = "/api", endpoint = "accounts/rename")]
pub async fn rename(#[server(default)] name: String) -> Result<(), AppError> {
    let cx = cx()?;
    accounts::rename(cx.services(), cx.visitor(), &name).await?;
    redirect_with(urls::SECURITY, "accounts-done-renamed");
    Ok(())
}

/// Signs one device out.
#[server(name = EndLoginForm, prefix = "/api", endpoint = "accounts/end_login")]
pub async fn end_login(login: String) -> Result<(), AppError> {
    let cx = cx()?;
    sessions::end(cx.services(), cx.visitor(), &login).await?;
    redirect_with(urls::SECURITY, "accounts-done-ended");
    Ok(())
}

/// Signs every device out, in every school.
#[server(name = EndAllLoginsForm, prefix = "/api", endpoint = "accounts/end_all_logins")]
pub async fn end_all_logins() -> Result<(), AppError> {
    let cx = cx()?;
    sessions::end_all(cx.services(), cx.visitor()).await?;
    redirect_with(urls::SIGN_IN, "accounts-done-ended-all");
    Ok(())
}

/// `/account/security`
#[component]
pub fn SecurityPage() -> impl IntoView {
    let (current, newcomer) = (current_login(), Kept::Newcomer.read());
    page(async move |cx| {
        let logins = sessions::list(&cx.services().db, cx.visitor()).await?;
        let (services, actor) = (cx.services(), cx.visitor());
        let two_step = two_step::section(&cx, second_factor::protection(services, actor).await?);
        let passkeys = passkeys::section(&cx, &accounts::passkeys::list(services, actor).await?);
        let elsewhere = elsewhere::section(&cx, &elsewhere::Connections::load(&cx, newcomer.as_deref()).await?);
        let password = if accounts::has_password(services, actor).await? { password_form(&cx) } else { first_password(&cx) };
        let further = view! { {name_form(&cx)} {password} {two_step} {passkeys} {elsewhere} }.into_any();
        Ok(view(&cx, further, &logins, current.as_deref()))
    })
}

/// The form of the reader's name, and the address that they sign in with.
fn name_form(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(RenameForm::PATH);
    let name = cx.member().map(|member| member.name.clone()).unwrap_or_default();
    view! {
        <section class="stack stack-3" aria-labelledby="you">
            <h2 id="you">{t!(locale, "accounts-you-title")}</h2>
            <p class="muted">{t!(locale, "accounts-you-email", email = own_email(cx))}</p>
            {form.summary()}
            <form method="post" action=RenameForm::PATH class="stack stack-4">
                <HiddenPage/>
                <TextField name="name" label=t!(locale, "common-name") value=form.value("name", name) error=form.error("name") maxlength=80
                    autocomplete="name" required=true/>
                <div><Button kind=ButtonKind::Submit>{t!(locale, "common-save")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// The form of a new password, which asks for the old one.
fn password_form(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(ChangePasswordForm::PATH);
    view! {
        <section class="stack stack-3" aria-labelledby="password">
            <h2 id="password">{t!(locale, "accounts-password-title")}</h2>
            <p class="muted">{t!(locale, "accounts-password-body")}</p>
            {form.summary()}
            <form method="post" action=ChangePasswordForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input class="sr" type="email" name="email" value=own_email(cx) autocomplete="username" tabindex="-1" readonly aria-hidden="true"/>
                <PasswordField name="old_password" label=t!(locale, "accounts-password-old") show_label=t!(locale, "common-show-password")
                    error=form.error("old_password") autocomplete="current-password" required=true/>
                <PasswordField name="password" label=t!(locale, "accounts-reset-password") show_label=t!(locale, "common-show-password")
                    hint=t!(locale, "accounts-sign-up-password-hint") error=form.error("password") autocomplete="new-password" minlength=10 required=true/>
                <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "accounts-password-button")}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// How somebody who signs in elsewhere gets a password: by mail.
fn first_password(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    view! {
        <section class="stack stack-3" aria-labelledby="password">
            <h2 id="password">{t!(locale, "accounts-password-first-title")}</h2>
            {ask_password(cx)}
        </section>
    }
    .into_any()
}

/// Has a link to a first password sent to the signed-in member.
pub(super) fn ask_password(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    view! {
        <p class="muted">{t!(locale, "accounts-password-first-body", email = own_email(cx))}</p>
        {cx.fields(AskResetForm::PATH).summary()}
        <form method="post" action=AskResetForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="email" value=own_email(cx)/>
            <Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "accounts-password-first-button")}</Button>
        </form>
    }
    .into_any()
}

fn own_email(cx: &RequestCx) -> String {
    cx.member().map(|member| member.email.clone()).unwrap_or_default()
}

fn view(cx: &RequestCx, further: AnyView, logins: &[LoginSummary], current: Option<&str>) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "accounts-security-title");
    let rows = logins.iter().map(|login| login_row(cx, login, current == Some(login.id.as_str()))).collect_view();
    view! {
        <PublicShell title=title.clone()>
            <div class="page"><div class="stack stack-8 max-w-[480px] mx-auto">
                <h1>{title.clone()}</h1>
                {further}
                <section class="stack stack-3" aria-labelledby="devices">
                    <h2 id="devices">{t!(locale, "accounts-devices-title")}</h2>
                    <p class="muted">{t!(locale, "accounts-devices-body")}</p>
                    <List ruled=true>{rows}</List>
                    <form method="post" action=EndAllLoginsForm::PATH>
                        <HiddenPage/>
                        <Button kind=ButtonKind::Submit>{t!(locale, "accounts-devices-end-all")}</Button>
                    </form>
                </section>
            </div></div>
        </PublicShell>
    }
    .into_any()
}

fn login_row(cx: &RequestCx, login: &LoginSummary, here: bool) -> AnyView {
    let reader = cx.reader();
    let (browser, system) = name(&login.user_agent);
    let device = match (browser, system) {
        (Some(browser), Some(system)) => t!(reader, "accounts-device", browser = browser, system = system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => t!(reader, "accounts-device-unknown"),
    };
    let mut note = t!(reader, "accounts-device-seen", time = reader.date_time(login.seen_at));
    if !login.address.is_empty() {
        note = t!(reader, "accounts-device-from", seen = note, address = &login.address);
    }
    if let Some(staff) = &login.impersonator {
        note = t!(reader, "accounts-device-impersonator", seen = note, staff = staff);
    }
    let end = if here {
        let here = t!(reader, "accounts-device-here");
        view! { <Badge>{here}</Badge> }.into_any()
    } else {
        let (text, label) = (t!(reader, "accounts-device-end"), t!(reader, "accounts-device-end-named", device = &device));
        row_button(EndLoginForm::PATH, "login", login.id.clone(), text, label)
    };
    view! { <ListRow title=device note=note end=end/> }.into_any()
}

/// Browser and system, as their makers call them: enough to tell one's own devices apart.
fn name(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    // Browsers claim to be their elders, so the most particular name comes first.
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_browser_is_told_by_its_most_particular_name() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0";
        assert_eq!(name(edge), (Some("Edge"), Some("Windows")));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
        assert_eq!(name(phone), (Some("Safari"), Some("iPhone")));
        assert_eq!(name("curl/8"), (None, None));
    }
}
