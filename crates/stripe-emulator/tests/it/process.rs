//! The emulator as a process of its own, killed and started again.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::json;

use crate::support::*;

struct Process {
    child: Child,
    stripe: Stripe,
}

fn start(state: &std::path::Path, extra: &[&str]) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stripe-emulator"))
        .args(["--port", "0", "--state-file"])
        .arg(state)
        .args(extra)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    Process { child, stripe: Stripe { emulator: None, url: url.trim().to_owned(), http: client() } }
}

fn kill(mut process: Process) {
    process.child.kill().unwrap();
    process.child.wait().unwrap();
}

#[tokio::test]
async fn a_killed_emulator_remembers() {
    let file = std::env::temp_dir().join(format!("stripe-emulator-kill-{}.journal", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let first = start(&file, &["--seed", "5"]);
    let session = first.stripe.session().await;
    first.stripe.control("/webhooks/mode", json!({ "mode": "hold" })).await;
    first.stripe.control("/clock", json!({ "advance": 1_000 })).await;
    let refunded = first.stripe.paid().await;
    first.stripe.control("/adopt", crate::adopt::payments()).await;
    let refund = first.stripe.keyed("/v1/refunds", &[("payment_intent", id(&refunded))], "key_1").await.ok();
    let before = first.stripe.stats().await;
    kill(first);

    let second = start(&file, &["--seed", "5"]);
    let after = second.stripe.stats().await;
    for part in ["sessions", "charges", "refunds", "events", "net"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    assert_eq!(second.stripe.get("/v1/charges/ch_a").await.ok()["amount_refunded"], 1500, "adopted before");
    let replay = second.stripe.keyed("/v1/refunds", &[("payment_intent", id(&refunded))], "key_1").await;
    assert_eq!(replay.header("idempotent-replayed"), Some("true"));
    assert_eq!(replay.ok(), refund);
    assert_eq!(second.stripe.get("/_emulator/clock").await.ok()["offset_ms"].as_i64().unwrap() / 1000, 1_000);
    assert_eq!(second.stripe.get("/_emulator/webhooks/mode").await.ok(), json!({ "mode": "hold" }));
    assert_eq!(second.stripe.pay(&session, json!({})).await["outcome"], "paid", "an open session is still open");
    kill(second);
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn undelivered_webhooks_survive_a_kill_and_find_the_new_address() {
    let file = std::env::temp_dir().join(format!("stripe-emulator-hooks-{}.journal", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let broken = Receiver::start(&[500]).await;
    let first = start(&file, &["--webhook-url", &broken.url, "--webhook-secret", SECRET]);
    first.stripe.post("/v1/customers", &[("name", "Ana")]).await.ok();
    let mut broken = broken;
    broken.next().await;
    kill(first);

    let mut works = Receiver::start(&[200]).await;
    let second = start(&file, &["--webhook-url", &works.url, "--webhook-secret", SECRET]);
    let received = works.next().await;
    received.checked();
    assert_eq!(received.event()["type"], "customer.created");
    kill(second);
    std::fs::remove_file(file).unwrap();
}
