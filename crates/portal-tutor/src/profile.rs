//! `/tutor/profile`: what the public page says about the tutor.

use crate::common::frame;
mod photo;

use domain::{
    catalogue::{self, ProfileDraft, Qualification, QualificationDraft, TutorProfile},
    uploads::{self, Mine, Purpose},
};
use i18n::{Reader, t};
use kernel::{AppError, ids::QualificationId, urls};
use leptos::prelude::*;
pub use photo::RemovePhotoForm;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, Wide, cx, page, redirect_with};

/// The languages that can be chosen, each with a message `common-language-…`.
const LANGUAGES: [&str; 21] =
    ["ar", "ca", "cy", "de", "el", "en", "es", "eu", "fr", "he", "hi", "it", "ja", "no", "pl", "pt", "sv", "ta", "tw", "ur", "zh"];

/// Saves the profile.
#[server(name = SaveProfileForm, prefix = "/api", endpoint = "tutor/save_profile")]
pub async fn save_profile(
    name: String,
    headline: String,
    bio: String,
    teaches_from: String,
    #[server(default)] languages: Vec<String>,
    #[server(default)] published: Option<String>,
) -> Result<(), AppError> {
    let cx = cx()?;
    let draft = ProfileDraft { name, headline, bio, teaches_from, languages, published: published.is_some() };
    catalogue::save_profile(cx.services(), cx.actor()?, &draft).await?;
    redirect_with(urls::tutor_portal::PROFILE, "tutor-done-profile");
    Ok(())
}

/// Adds a qualification.
#[server(name = AddQualificationForm, prefix = "/api", endpoint = "tutor/add_qualification")]
pub async fn add_qualification(title: String, place: String, from: String, to: String) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::add_qualification(cx.services(), cx.actor()?, &QualificationDraft { title, place, from, to }).await?;
    redirect_with(urls::tutor_portal::PROFILE, "tutor-done-qualification");
    Ok(())
}

/// Removes a qualification.
#[server(name = RemoveQualificationForm, prefix = "/api", endpoint = "tutor/remove_qualification")]
pub async fn remove_qualification(qualification: QualificationId) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::remove_qualification(cx.services(), cx.actor()?, qualification).await?;
    redirect_with(urls::tutor_portal::PROFILE, "tutor-done-qualification-removed");
    Ok(())
}

/// `/tutor/profile`
#[component]
pub fn ProfilePage() -> impl IntoView {
    page(async |cx| {
        let profile = catalogue::profile(cx.services(), cx.actor()?).await?;
        let photo = uploads::mine(cx.services(), cx.actor()?, Purpose::Photo).await?;
        Ok(view(&cx, &profile, &photo))
    })
}

fn view(cx: &RequestCx, profile: &TutorProfile, photo: &Mine) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "tutor-nav-profile");
    let public = profile.public.then(|| {
        view! { <LinkButton href=urls::tutor(&profile.slug) icon=Glyph::ExternalLink>{t!(locale, "tutor-profile-public")}</LinkButton> }
    });
    // Published, yet nowhere to be seen: say why.
    let hidden = (profile.published && !profile.public).then(|| {
        let action =
            view! { <LinkButton href=urls::tutor_portal::OFFERINGS size=Size::Small>{t!(locale, "tutor-nav-offerings")}</LinkButton> };
        view! { <Callout mood=Mood::Info action=action.into_any() class="mb-6">{t!(locale, "tutor-profile-hidden")}</Callout> }
    });
    let verified =
        profile.verified.then(|| view! { <Badge mood=Mood::Ok icon=Glyph::BadgeCheck>{t!(locale, "tutor-profile-verified")}</Badge> });
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "tutor-profile-note")>{verified}{public}</PageHead>
        {hidden}
        <div class="cols">
            {form(cx, profile)}
            <div class="stack stack-8">
                {photo::section(cx, profile, photo)}
                {qualifications(cx, profile)}
            </div>
        </div>
    };
    frame(&title, Wide::No, page.into_any())
}

fn form(cx: &RequestCx, profile: &TutorProfile) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SaveProfileForm::PATH);
    view! {
        <form method="post" action=SaveProfileForm::PATH class="form">
            <HiddenPage/>
            {form.summary()}
            <TextField name="name" label=t!(locale, "common-name") value=form.value("name", &profile.name) error=form.error("name") maxlength=80
                autocomplete="name" required=true/>
            <TextField name="headline" label=t!(locale, "tutor-profile-headline") hint=t!(locale, "tutor-profile-headline-hint")
                value=form.value("headline", &profile.headline) error=form.error("headline") maxlength=120/>
            <TextareaField name="bio" label=t!(locale, "tutor-profile-bio") hint=t!(locale, "tutor-profile-bio-hint") rows=10
                value=form.value("bio", &profile.bio) error=form.error("bio") maxlength=4000/>
            <TextField name="teaches_from" label=t!(locale, "tutor-profile-place") hint=t!(locale, "tutor-profile-place-hint") aside=t!(locale, "common-optional")
                value=form.value("teaches_from", &profile.teaches_from) error=form.error("teaches_from") maxlength=80/>
            {languages(cx.reader(), profile, &form)}
            <Switch name="published" label=t!(locale, "tutor-profile-published") hint=t!(locale, "tutor-profile-published-hint")
                checked=form.checked("published", profile.published)/>
            <div class="form-acts"><Button tone=Tone::Primary>{t!(locale, "tutor-profile-save")}</Button></div>
        </form>
    }
    .into_any()
}

/// A language in the reader's words; one without a message by its tag.
fn language(reader: &Reader, tag: &str) -> String {
    let key = format!("common-language-{tag}");
    if i18n::has(&key) { i18n::t(reader, &key) } else { tag.to_owned() }
}

fn languages(reader: &Reader, profile: &TutorProfile, form: &FormFields) -> AnyView {
    let chosen = form.values("languages[]", profile.languages.clone());
    let others = profile.languages.iter().map(String::as_str).filter(|tag| !LANGUAGES.contains(tag));
    let mut offered: Vec<(String, &str)> = LANGUAGES.into_iter().chain(others).map(|tag| (language(reader, tag), tag)).collect();
    offered.sort();
    let choices = offered.into_iter().map(|(label, tag)| Choice::new(tag, label)).collect::<Vec<_>>();
    view! {
        <CheckGroup name="languages" legend=t!(reader, "tutor-profile-languages") choices=choices values=chosen error=form.error("languages")
            class="grid grid-cols-2 sm:grid-cols-3 gap-x-4 gap-y-1"/>
    }
    .into_any()
}

fn qualifications(cx: &RequestCx, profile: &TutorProfile) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(AddQualificationForm::PATH);
    let removal = cx.fields(RemoveQualificationForm::PATH).summary();
    let list = if profile.qualifications.is_empty() {
        view! { <p class="muted">{t!(locale, "tutor-qualifications-empty")}</p> }.into_any()
    } else {
        let rows = profile.qualifications.iter().map(|one| qualification(cx, one)).collect_view();
        view! { <List ruled=true>{rows}</List> }.into_any()
    };
    view! {
        <section aria-labelledby="qualifications" class="stack stack-4">
            <h2 id="qualifications">{t!(locale, "tutor-qualifications")}</h2>
            {removal}
            {list}
            <form method="post" action=AddQualificationForm::PATH class="stack stack-3 panel panel-pad">
                <HiddenPage/>
                {form.summary()}
                <TextField name="title" label=t!(locale, "tutor-qualifications-title") value=form.value("title", "") error=form.error("title") maxlength=120 required=true/>
                <TextField name="place" label=t!(locale, "tutor-qualifications-place") aside=t!(locale, "common-optional") value=form.value("place", "")
                    error=form.error("place") maxlength=120/>
                <div class="grid grid-cols-2 gap-4 items-start">
                    <TextField name="from" label=t!(locale, "tutor-qualifications-from") inputmode="numeric" num=true value=form.value("from", "")
                        error=form.error("from") maxlength=4 required=true/>
                    <TextField name="to" label=t!(locale, "tutor-qualifications-to") aside=t!(locale, "common-optional") inputmode="numeric" num=true value=form.value("to", "")
                        error=form.error("to") maxlength=4/>
                </div>
                <Button>{t!(locale, "tutor-qualifications-add")}</Button>
            </form>
        </section>
    }
    .into_any()
}

fn qualification(cx: &RequestCx, one: &Qualification) -> AnyView {
    let locale = cx.locale();
    let from = one.from.to_string();
    let years = match one.to {
        Some(to) => t!(locale, "tutor-qualifications-years", from = from, to = to.to_string()),
        None => t!(locale, "tutor-qualifications-since", from = from),
    };
    let note = if one.place.is_empty() { years } else { t!(locale, "tutor-qualifications-note", place = one.place.clone(), years = years) };
    let label = t!(locale, "tutor-qualifications-remove", title = one.title.clone());
    let end = view! {
        <form method="post" action=RemoveQualificationForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="qualification" value=one.id.to_string()/>
            <IconButton label=label icon=Glyph::Trash2 size=Size::Small/>
        </form>
    };
    view! { <ListRow title=one.title.clone() note=note end=end.into_any()/> }.into_any()
}
