//! Pictures that members send: their addresses, and the form that sends one.

use crate::{HiddenPage, RequestCx};
use domain::uploads::{self, Mine, PhotoSize, Purpose, Status};
use i18n::t;
use kernel::{ids::UploadId, urls};
use leptos::prelude::*;
use ui::prelude::*;

impl RequestCx {
    /// The address of a member's photo.
    pub fn photo(&self, photo: Option<UploadId>, size: PhotoSize) -> Option<String> {
        photo.map(|upload| uploads::photo(&self.services().tenants, self.visitor().tenant.id, upload, size))
    }
}

/// What a picture's form says.
pub struct PictureForm {
    /// A logo or a photo.
    pub purpose: Purpose,
    /// The heading, which is the field's label too.
    pub label: String,
    /// What makes a good one.
    pub hint: String,
    /// What is shown now.
    pub preview: AnyView,
    /// The server function that removes it.
    pub remove: &'static str,
}

/// What is shown, what waits or came to nothing, and the forms that send another and remove it. They work
/// without a script.
pub fn picture_form(cx: &RequestCx, mine: &Mine, form: PictureForm) -> AnyView {
    let locale = cx.locale();
    let action = urls::upload(form.purpose.key());
    let fields = cx.fields(&action);
    let most = form.purpose.most(cx.services().files.limits) >> 20;
    let kinds = t!(locale, "common-upload-hint", max = most);
    let hint = format!("{} {kinds}", form.hint);
    let summary = fields.summary();
    let removal = (mine.shown.is_some() || mine.latest.is_some()).then(|| {
        let refused = cx.fields(form.remove).summary();
        view! {
            {refused}
            <form method="post" action=form.remove>
                <HiddenPage/>
                <Button size=Size::Small icon=Glyph::Trash2>{t!(locale, "common-upload-remove")}</Button>
            </form>
        }
    });
    view! {
        <div class="stack stack-4">
            <div class="row row-3 wrap">{form.preview}{removal}</div>
            {note(cx, mine)}
            <form method="post" action=action enctype="multipart/form-data" class="stack stack-3">
                {summary}
                <FileField name="file" label=form.label choose=t!(locale, "common-upload-choose") drop=t!(locale, "common-upload-drop") hint=hint
                    error=fields.error("file") accept="image/jpeg,image/png,image/webp" required=true/>
                <div class="form-acts"><Button>{t!(locale, "common-upload-send")}</Button></div>
            </form>
        </div>
    }
    .into_any()
}

/// What became of the last one that was sent, while it is not shown.
fn note(cx: &RequestCx, mine: &Mine) -> Option<AnyView> {
    let locale = cx.locale();
    let latest = mine.latest.as_ref()?;
    let name = latest.name.clone();
    let (mood, text) = match (latest.status, latest.reason.as_str()) {
        (Status::Held, "too_large") => (Mood::Warn, t!(locale, "common-upload-unchecked", name = name)),
        (Status::Held, "scanner") => (Mood::Info, t!(locale, "common-upload-waiting", name = name)),
        (Status::Infected, found) => (Mood::Bad, t!(locale, "common-upload-infected", name = name, found = found.to_owned())),
        (Status::Rejected, _) => (Mood::Bad, t!(locale, "common-upload-rejected", name = name)),
        (Status::Held | Status::Clean | Status::Removed, _) => (Mood::Info, t!(locale, "common-upload-held", name = name)),
    };
    Some(view! { <Callout mood=mood role="status">{text}</Callout> }.into_any())
}
