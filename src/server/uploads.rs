//! Where files are sent: `multipart/form-data`, by a native form.
//!
//! A file is read piece by piece up to a hard bound, by a member who may send it. A refusal is shown by the
//! form's own page, at the field, as those of other forms are (`forms`).

use super::{AppState, forms::RefusedUpload};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Multipart, Path, multipart::Field},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use domain::uploads::{self, Permit, Purpose};
use http::StatusCode;
use kernel::{AppError, urls};
use std::{sync::LazyLock, time::Duration};
use tokio::sync::Semaphore;
use web::RequestCx;

/// What is read at most, so that a browser that sends too much gets to see the answer: it reads none
/// before it has sent everything (bytes).
const DRAIN: usize = 64 << 20;
/// How long a sender may be silent.
const SILENCE: Duration = Duration::from_secs(15);
/// Files in memory at once.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(8));

/// The routes of logos and photos.
pub fn routes() -> Router<AppState> {
    Router::new().route(&urls::upload("{purpose}"), post(upload)).layer(DefaultBodyLimit::max(DRAIN))
}

async fn upload(Path(purpose): Path<String>, cx: Option<Extension<RequestCx>>, form: Option<Multipart>) -> Response {
    let (page, done, purpose) = match purpose.as_str() {
        "logo" => (urls::admin::SETTINGS, "admin-done-logo", Purpose::Logo),
        "photo" => (urls::tutor_portal::PROFILE, "tutor-done-photo", Purpose::Photo),
        // Attachments belong to what they are attached to, which has its own way to send them.
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(Extension(cx)) = cx else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match take(&cx, purpose, form).await {
        Ok(()) => Redirect::to(&urls::with_query(page, &[("done", done)])).into_response(),
        Err(error) => RefusedUpload { error, page: page.to_owned() }.into_response(),
    }
}

/// Reads the file and has it taken.
async fn take(cx: &RequestCx, purpose: Purpose, form: Option<Multipart>) -> Result<(), AppError> {
    let actor = cx.actor()?;
    let permit = uploads::permit(cx.services(), actor, purpose).await?;
    let mut form = form.ok_or(AppError::field("file", "error-file-missing"))?;
    let Ok(_turn) = AT_ONCE.acquire().await else { return Err(AppError::Internal) };
    while let Some(field) = form.next_field().await.map_err(|_| broken_off())? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = read(field, &permit).await?;
            uploads::accept(cx.services(), actor, permit, &name, bytes.map(Into::into)).await?;
            return Ok(());
        }
    }
    Err(AppError::field("file", "error-file-missing"))
}

/// The file's bytes; `None` if they are more than the permit's. What is too much is read and dropped.
async fn read(mut field: Field<'_>, permit: &Permit) -> Result<Option<Vec<u8>>, AppError> {
    let most = usize::try_from(permit.most).unwrap_or(usize::MAX);
    let mut bytes = Some(Vec::new());
    loop {
        let chunk = match tokio::time::timeout(SILENCE, field.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => return Ok(bytes),
            // Over even what is read and dropped, or broken off.
            Ok(Err(_)) if bytes.is_none() => return Ok(None),
            Ok(Err(_)) | Err(_) => return Err(broken_off()),
        };
        bytes = bytes.filter(|read| read.len() + chunk.len() <= most);
        if let Some(read) = &mut bytes {
            read.extend_from_slice(&chunk);
        }
    }
}

fn broken_off() -> AppError {
    AppError::field("file", "error-file-broken-off")
}
