use super::*;
use http::{Request, StatusCode};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

fn get(url: &str) -> Request<Vec<u8>> {
    Request::get(url).body(Vec::new()).unwrap()
}

fn local() -> Outgoing {
    Outgoing::new(&["127.0.0.0/8".parse().unwrap()])
}

/// A server that answers every request with these bytes.
async fn server(answer: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                // Whatever part of the request came first is enough.
                let _part = stream.read(&mut request).await;
                stream.write_all(&answer).await.ok();
            });
        }
    });
    address
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn private_addresses_are_refused_in_every_spelling() {
    let outgoing = Outgoing::default();
    for url in [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://0.0.0.0/",
        "https://[fd00::1]/",
    ] {
        let refused = outgoing.send(get(url)).await;
        assert!(matches!(refused, Err(Fault::Private)), "{url}: {refused:?}");
    }
}

#[tokio::test]
async fn only_plain_web_addresses_are_asked() {
    let outgoing = Outgoing::default();
    for url in ["ftp://1.1.1.1/", "https://user:password@1.1.1.1/"] {
        let refused = outgoing.send(get(url)).await;
        assert!(matches!(refused, Err(Fault::Address)), "{url}: {refused:?}");
    }
    let refused = outgoing.send(get("http://1.1.1.1/")).await;
    assert!(matches!(refused, Err(Fault::Insecure)), "{refused:?}");
}

#[tokio::test]
async fn an_excepted_network_is_reached_and_no_redirect_followed() {
    let address = server(answer("302 Found\r\nlocation: http://10.0.0.1/", b"moved")).await;
    let response = local().send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(response.body(), b"moved");
    let refused = Outgoing::default().send(get(&format!("http://{address}/"))).await;
    assert!(matches!(refused, Err(Fault::Private)), "{refused:?}");
}

#[tokio::test]
async fn no_more_is_read_than_is_reasonable() {
    let address = server(answer("200 OK", &vec![b'x'; 2 * 1024 * 1024])).await;
    let refused = local().send(get(&format!("http://{address}/"))).await;
    assert!(matches!(refused, Err(Fault::TooLarge)), "{refused:?}");
}

#[tokio::test]
async fn what_is_no_answer_is_told() {
    let address = server(b"not http\r\n\r\n".to_vec()).await;
    let refused = local().send(get(&format!("http://{address}/"))).await;
    assert!(matches!(refused, Err(Fault::NoAnswer(_))), "{refused:?}");
}
