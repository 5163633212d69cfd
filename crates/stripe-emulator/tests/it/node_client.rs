//! Stripe's client for Node.js, unmodified, and Stripe's OpenAPI document.

use std::path::Path;

use tokio::process::Command;

use crate::support::*;

/// Runs the tests of `tests/node`. Its packages are installed by
/// `npm ci --prefix crates/stripe-emulator/tests/node`.
#[tokio::test]
async fn stripes_own_client_drives_the_emulator() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node");
    assert!(folder.join("node_modules/stripe").is_dir(), "first run: npm ci --prefix {}", folder.display());
    let stripe = Stripe::start().await;
    let run = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .current_dir(&folder)
        .env("STRIPE_EMULATOR", &stripe.url)
        .output()
        .await
        .unwrap();
    assert!(run.status.success(), "{}\n{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}
