//! Idempotency keys, as <https://docs.stripe.com/api/idempotent_requests>
//! describes them: an answer is kept for 24 hours once the request began to
//! execute; validation errors and conflicts are not kept.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::{
    error::ApiError,
    json::Object,
    state::{Kind, State},
};

const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The answer to give without doing any work, if there is one.
pub fn lookup(state: &mut State, call: &Call) -> Option<Answer> {
    let key = call.idempotency.as_ref()?;
    let kept = state.get(Kind::Idempotency, &key.scoped)?;
    if state.clock.seconds() - kept.int("created") >= KEPT_SECONDS {
        return None;
    }
    let before = kept.text("fingerprint");
    if before == key.fingerprint {
        let answer = Answer {
            status: u16::try_from(kept.int("status")).unwrap_or(500),
            body: kept.text("body").to_owned(),
            original: Some(kept.text("request").to_owned()),
        };
        state.replays += 1;
        return Some(answer);
    }
    let path = before.split(' ').next().unwrap_or_default();
    let message = if path == call.path {
        format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{}' if you meant to execute a different request.",
            key.text
        )
    } else {
        format!(
            "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{}' vs '{path}'). Try using a key other than '{}' if you meant to execute a different request.",
            call.path, key.text
        )
    };
    Some(Answer::error(&ApiError::key_reused(&message), kept.text("request")))
}

/// Turns a result into an answer and keeps it under the request's key.
pub fn keep(state: &mut State, call: &Call, result: &Result<Value, ApiError>, request_id: &str) -> Answer {
    let (answer, executed) = match result {
        Ok(object) => (Answer { status: 200, body: object.to_string(), original: None }, true),
        Err(error) => (Answer::error(error, request_id), error.executed),
    };
    if let Some(key) = call.idempotency.as_ref().filter(|_| executed) {
        let row = json!({
            "id": key.scoped,
            "fingerprint": key.fingerprint,
            "status": answer.status,
            "body": answer.body,
            "request": request_id,
            "created": state.clock.seconds(),
        });
        state.put(Kind::Idempotency, row);
    }
    answer
}
