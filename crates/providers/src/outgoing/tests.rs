use super::*;
use std::{
    io,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const SMALL: Bounds = Bounds { total: Duration::from_secs(5), connect: Duration::from_secs(2), body: 1000 };

fn strict() -> Outgoing {
    Outgoing::new(&[], SMALL).unwrap()
}

/// A server on loopback; `answer` gets each connection once the request's head was read. The place
/// is `127.0.0.1:port`.
async fn serve<F: Future<Output = io::Result<()>> + Send>(answer: impl Fn(TcpStream, String) -> F + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let Ok(byte) = stream.read_u8().await else { break };
                head.push(byte);
            }
            // A client that has seen enough hangs up.
            let _ = answer(stream, String::from_utf8_lossy(&head).into_owned()).await;
        }
    });
    place
}

/// A server that always says the same.
async fn saying(answer: String) -> String {
    serve(move |mut stream, _| {
        let answer = answer.clone();
        async move { stream.write_all(answer.as_bytes()).await }
    })
    .await
}

async fn ask(client: &Outgoing, address: &str) -> Result<Response, OutgoingError> {
    client.send(get(&Url::parse(address).unwrap()).unwrap()).await
}

fn looking_up(answers: Vec<Vec<&str>>) -> (Lookup, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let answers: Vec<Vec<IpAddr>> = answers.into_iter().map(|ips| ips.into_iter().map(|ip| ip.parse().unwrap()).collect()).collect();
    let count = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |_| {
        let nth = count.fetch_add(1, Ordering::SeqCst);
        let answer = answers.get(nth.min(answers.len() - 1)).unwrap().clone();
        Box::pin(async move { Ok(answer) })
    });
    (lookup, asked)
}

#[test]
fn addresses_that_are_called() {
    let client = strict();
    for text in [
        "https://accounts.google.com",
        "https://ACCOUNTS.Google.COM/o/oauth2",
        "https://login.school.example:8443/realms/main",
        "https://münchen.example/",
        "https://xn--mnchen-3ya.example/",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
    ] {
        assert!(client.check(text).is_ok(), "{text}");
    }
}

#[test]
fn addresses_that_are_not() {
    let client = strict();
    for text in [
        "",
        "accounts.google.com",
        "http://accounts.google.com/",
        "ftp://accounts.google.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,x",
        "gopher://accounts.google.com:443/",
        "https://user@accounts.google.com/",
        "https://user:secret@accounts.google.com/",
        "https://:secret@accounts.google.com/",
        "https://accounts.google.com:22/",
        "https://accounts.google.com:80/",
        "https://accounts.google.com:5432/",
        "https://accounts.google.com./",
        "https://localhost/",
        "https://localhost./",
        "https://metadata/",
        "https:///x",
        // Ways to write 127.0.0.1.
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.0.0.1./",
        "https://１２７.０.０.１/",
        "https://①②⑦.⓪.⓪.①/",
        "https://127%2e0%2e0%2e1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[64:ff9b::7f00:1]/",
        // Ours, a provider's, a cloud's.
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0xa9fea9fe/",
        "https://[fd00:ec2::254]/",
        "https://0/",
    ] {
        assert!(client.check(text).is_err(), "{text}");
    }
    assert!(client.check(&format!("https://a.example/{}", "x".repeat(MAX_ADDRESS))).is_err());
}

#[test]
fn an_allowed_place_is_a_host_and_a_port() {
    let client = Outgoing::new(&["127.0.0.1:4000", "localhost:4001", "[::1]:80"], SMALL).unwrap();
    for text in ["http://127.0.0.1:4000/x", "http://LOCALHOST:4001/", "https://localhost:4001/", "http://[::1]/"] {
        assert!(client.check(text).is_ok(), "{text}");
    }
    for text in [
        "http://127.0.0.1:4001/",
        "http://localhost:4000/",
        "https://localhost/",
        "https://localhost:8443/",
        "http://user@127.0.0.1:4000/",
        "ftp://127.0.0.1:4000/",
        "http://localhost.:4001/",
    ] {
        assert!(client.check(text).is_err(), "{text}");
    }
    for place in ["", "localhost", "localhost:", ":80", "a b:80"] {
        assert!(Outgoing::new(&[place], SMALL).is_err(), "{place}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called() {
    for inside in ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1"] {
        let (lookup, asked) = looking_up(vec![vec![inside]]);
        let client = Outgoing::with_lookup(&[], SMALL, lookup).unwrap();
        assert_eq!(ask(&client, "https://feeds.example/").await.unwrap_err(), OutgoingError::NoPublicAddress, "{inside}");
        assert_eq!(asked.load(Ordering::SeqCst), 1, "what was checked is what is used");
    }
    let unknown: Lookup = Arc::new(|_| Box::pin(async { Err(io::Error::other("NXDOMAIN")) }));
    let client = Outgoing::with_lookup(&[], SMALL, unknown).unwrap();
    let error = ask(&client, "https://feeds.example/").await.unwrap_err();
    assert_eq!(error, OutgoingError::NoPublicAddress, "an unknown name and one of our network look the same");
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    use tower_service::Service;
    let (lookup, _) = looking_up(vec![vec!["1.1.1.1", "127.0.0.1"], vec!["127.0.0.1"]]);
    let mut guard = Guard::new(Arc::default(), lookup);
    let first: Vec<_> = guard.call("feeds.example".parse().unwrap()).await.unwrap().collect();
    assert_eq!(first, ["1.1.1.1:0".parse().unwrap()], "the connection has no other address to go to");
    assert!(guard.call("feeds.example".parse().unwrap()).await.is_err());
}

#[tokio::test]
async fn names_are_looked_up_as_everywhere_on_this_machine() {
    let place = saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi".to_owned()).await;
    let place = place.replace("127.0.0.1", "localhost");
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap().body(), b"hi");
    assert_eq!(ask(&strict(), "https://nobody.invalid/").await.unwrap_err(), OutgoingError::NoPublicAddress);
}

#[tokio::test]
async fn an_answer_is_read_whole_and_a_request_is_plain() {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heads);
    let place = serve(move |mut stream, head| {
        kept.lock().unwrap().push(head);
        async move { stream.write_all(b"HTTP/1.1 404 Not Found\r\nset-cookie: a=b\r\ncontent-length: 5\r\n\r\nhello").await }
    })
    .await;
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    for _ in 0..2 {
        let answer = ask(&client, &format!("http://{place}/x")).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (404, b"hello".as_slice()));
    }
    for head in heads.lock().unwrap().iter().map(|head| head.to_lowercase()) {
        assert!(head.contains(&format!("user-agent: {}", USER_AGENT.to_lowercase())), "{head}");
        for never in ["cookie:", "accept-encoding:", "referer:", "authorization:"] {
            assert!(!head.contains(never), "{head}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_unless_it_may_be_followed() {
    let inside = saying("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret".to_owned()).await;
    let outside = saying(format!("HTTP/1.1 302 Found\r\nlocation: http://{inside}/admin\r\ncontent-length: 0\r\n\r\n")).await;
    let client = Outgoing::new(&[&outside], SMALL).unwrap();
    let address = format!("http://{outside}/");
    assert_eq!(ask(&client, &address).await.unwrap().status(), 302);
    let followed = client.follow(get(&Url::parse(&address).unwrap()).unwrap()).await;
    assert!(matches!(followed, Err(OutgoingError::Address(_))), "{followed:?}");
    // With both allowed it gets there: the check, not luck, was what refused it.
    let both = Outgoing::new(&[&outside, &inside], SMALL).unwrap();
    assert_eq!(both.follow(get(&Url::parse(&address).unwrap()).unwrap()).await.unwrap().body(), b"secret");
}

#[tokio::test]
async fn a_redirect_to_another_server_carries_no_headers() {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heads);
    let other = serve(move |mut stream, head| {
        kept.lock().unwrap().push(head.to_lowercase());
        async move { stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await }
    })
    .await;
    let first = saying(format!("HTTP/1.1 307 Temporary\r\nlocation: http://{other}/\r\ncontent-length: 0\r\n\r\n")).await;
    let client = Outgoing::new(&[&first, &other], SMALL).unwrap();
    let mut request = get(&Url::parse(&format!("http://{first}/")).unwrap()).unwrap();
    request.headers_mut().insert(header::AUTHORIZATION, "Bearer secret".parse().unwrap());
    client.follow(request).await.unwrap();
    assert!(!heads.lock().unwrap().iter().any(|head| head.contains("secret")));
}

#[tokio::test]
async fn a_redirect_in_a_circle_ends() {
    let place = saying("HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n".to_owned()).await;
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    let request = get(&Url::parse(&format!("http://{place}/")).unwrap()).unwrap();
    assert_eq!(client.follow(request).await.unwrap_err(), OutgoingError::Redirects);
}

#[tokio::test]
async fn a_large_body_is_not_read() {
    let announced = saying("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_owned()).await;
    let endless = serve(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await?;
        loop {
            stream.write_all(b"64\r\n").await?;
            stream.write_all(&[b'x'; 100]).await?;
            stream.write_all(b"\r\n").await?;
        }
    })
    .await;
    for place in [announced, endless] {
        let client = Outgoing::new(&[&place], SMALL).unwrap();
        assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap_err(), OutgoingError::TooLarge);
    }
}

#[tokio::test]
async fn a_packed_body_is_not_unpacked() {
    let place = saying("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx".to_owned()).await;
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap_err(), OutgoingError::Unreadable);
}

#[tokio::test]
async fn a_slow_answer_ends_in_time() {
    let quick = Bounds { total: Duration::from_millis(300), ..SMALL };
    for head in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"] {
        let place = serve(move |mut stream, _| async move {
            stream.write_all(head.as_bytes()).await?;
            std::future::pending().await
        })
        .await;
        let client = Outgoing::new(&[&place], quick).unwrap();
        assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap_err(), OutgoingError::TimedOut, "{head:?}");
    }
}

#[tokio::test]
async fn an_endless_head_is_not_read() {
    let place = serve(|mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nx: ").await?;
        loop {
            stream.write_all(&[b'x'; 4096]).await?;
        }
    })
    .await;
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap_err(), OutgoingError::Unreadable);
}

#[tokio::test]
async fn nobody_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    drop(listener);
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    assert_eq!(ask(&client, &format!("http://{place}/")).await.unwrap_err(), OutgoingError::Unreachable);
    // Plain text where TLS is expected.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let client = Outgoing::new(&[&place], SMALL).unwrap();
    let speaks_plain = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    };
    let address = format!("https://{place}/");
    let (answer, ()) = tokio::join!(ask(&client, &address), speaks_plain);
    assert_eq!(answer.unwrap_err(), OutgoingError::Unreachable);
}
