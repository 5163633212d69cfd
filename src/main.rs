//! `wemaster serve | worker | migrate | seed | doctor | passwords | audit`

#[cfg(feature = "ssr")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    wemaster::server::command::run().await
}

#[cfg(not(feature = "ssr"))]
fn main() {}
