//! The tutor's photo.

use domain::{
    catalogue::TutorProfile,
    uploads::{self, Mine, PhotoSize, Purpose},
};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{PictureForm, RequestCx, cx, picture_form, redirect_with};

/// Removes the photo.
#[server(name = RemovePhotoForm, prefix = "/api", endpoint = "tutor/remove_photo")]
pub async fn remove_photo() -> Result<(), AppError> {
    let cx = cx()?;
    uploads::remove(cx.services(), cx.actor()?, Purpose::Photo).await?;
    redirect_with(urls::tutor_portal::PROFILE, "tutor-done-photo-removed");
    Ok(())
}

/// The photo's part of the profile.
pub fn section(cx: &RequestCx, profile: &TutorProfile, mine: &Mine) -> AnyView {
    let locale = cx.locale();
    let id = cx.member().map(|member| member.id.to_string()).unwrap_or_default();
    let src = cx.photo(mine.shown, PhotoSize::Large);
    let preview = view! { <Avatar id=id name=profile.name.clone() src=src size=AvatarSize::S88/> }.into_any();
    let form = PictureForm {
        purpose: Purpose::Photo,
        label: t!(locale, "tutor-photo"),
        hint: t!(locale, "tutor-photo-hint"),
        preview,
        remove: RemovePhotoForm::PATH,
    };
    view! {
        <section aria-labelledby="photo">
            <h2 id="photo" class="mb-4">{t!(locale, "tutor-photo")}</h2>
            {picture_form(cx, mine, form)}
        </section>
    }
    .into_any()
}
