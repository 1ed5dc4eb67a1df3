//! Connections: how many there may be, how long a client may take to say what it wants and to take
//! what it gets, and how they end. `axum::serve` waits for ever for both.
use axum::{Router, body::Body, extract::ConnectInfo};
use http::{HeaderValue, header};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// After a failure to accept, such as too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// What a client may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time for a request's head; also how long a connection may be idle.
    pub head_time: Duration,
    /// The time in which a client must take some of its answer.
    pub take_time: Duration,
    /// The bytes of a request's head.
    pub head_bytes: usize,
    /// Open connections; further ones wait until one ends.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head_time: Duration::from_secs(10),
            take_time: Duration::from_secs(20),
            head_bytes: 32 << 10,
            connections: 1_000,
        }
    }
}

/// How many connections there may still be.
#[derive(Clone)]
struct Room {
    left: Arc<Semaphore>,
    limits: Limits,
}

impl Room {
    /// Whether most of them are taken. Those that come then have less time, and none is kept open
    /// after an answer: so all get theirs, and nobody who only holds on keeps others out.
    fn narrow(&self) -> bool {
        self.left.available_permits() <= self.limits.connections / 4
    }

    fn head_time(&self) -> Duration {
        if self.narrow() { self.limits.head_time / 5 } else { self.limits.head_time }
    }
}

/// Serves `router` until `stopped` says so, then finishes the requests under way. HTTP/1.1 only:
/// browsers speak HTTP/2 by TLS alone, and that ends at the proxy.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stopped: watch::Receiver<bool>,
) {
    let room = Room { left: Arc::new(Semaphore::new(limits.connections)), limits };
    let mut connections = JoinSet::new();
    let mut stop = pin!(ended(stopped.clone()));
    loop {
        let next = async {
            let permit = room.left.clone().acquire_owned().await.ok();
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            biased;
            () = &mut stop => break,
            next = next => next,
        };
        // What has ended is let go.
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let talk = talk(stream, peer, router.clone(), room.clone(), stopped.clone());
                connections.spawn(async move {
                    talk.await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    room: Room,
    stopped: watch::Receiver<bool>,
) {
    // Answers are written whole: waiting for more to send only delays them.
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(room.limits.take_time));
    let (head_time, head_bytes) = (room.head_time(), room.limits.head_bytes);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let (answer, room) = (router.clone().oneshot(request), room.clone());
        async move {
            let mut response = answer.await?;
            if room.narrow() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_header_size(head_bytes)
        .half_close(false)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = ended(stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}

/// Ends when the channel says so or is gone.
pub(crate) async fn ended(mut stopped: watch::Receiver<bool>) {
    stopped.wait_for(|stopped| *stopped).await.ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        sync::Notify,
        task::JoinHandle,
        time::timeout,
    };

    /// Longer than anything here takes.
    const AGES: Duration = Duration::from_secs(30);

    struct Running {
        address: SocketAddr,
        stop: watch::Sender<bool>,
        serving: JoinHandle<()>,
    }

    async fn start(router: Router, limits: Limits) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, router, limits, stopped));
        Running { address, stop, serving }
    }

    fn hello() -> Router {
        Router::new().route("/", get(async |info: ConnectInfo<SocketAddr>| info.0.ip().to_string()))
    }

    fn short() -> Limits {
        Limits { head_time: Duration::from_millis(100), ..Limits::default() }
    }

    impl Running {
        async fn connect(&self) -> TcpStream {
            TcpStream::connect(self.address).await.unwrap()
        }
    }

    /// Sends `text` and reads until the server closes the connection.
    async fn talk_to(mut stream: TcpStream, text: &str) -> String {
        stream.write_all(text.as_bytes()).await.unwrap();
        rest(stream).await
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        timeout(AGES, stream.read_to_end(&mut answer)).await.expect("an end").ok();
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn requests_are_answered_and_know_who_asks() {
        let server = start(hello(), Limits::default()).await;
        let text = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        let answer = talk_to(server.connect().await, text).await;
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn a_client_that_says_nothing_or_half_a_head_is_let_go() {
        let server = start(hello(), short()).await;
        for text in ["", "GET / HTT", "GET / HTTP/1.1\r\nhost: x\r\nslow: "] {
            let answer = talk_to(server.connect().await, text).await;
            assert!(!answer.contains(" 200 "), "{text:?}: {answer}");
        }
        // Nor does it help to send the head byte by byte.
        let (mut reader, mut writer) = server.connect().await.into_split();
        let drip = tokio::spawn(async move {
            while writer.write_all(b"a").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        let mut answer = Vec::new();
        timeout(AGES, reader.read_to_end(&mut answer)).await.expect("an end").ok();
        drip.abort();
    }

    /// Less than all that a test's few connections may be is taken.
    const ROOMY: Limits = Limits {
        head_time: Duration::from_secs(10),
        take_time: Duration::from_secs(10),
        head_bytes: 32 << 10,
        connections: 8,
    };

    #[tokio::test]
    async fn a_client_that_takes_nothing_of_its_answer_is_let_go() {
        let large = Router::new().route("/", get(async || "a".repeat(64 << 20)));
        let limits = Limits { take_time: Duration::from_millis(100), ..ROOMY };
        let server = start(large, limits).await;
        let mut stream = server.connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        // The server is done with it: it stops without waiting.
        server.stop.send(true).unwrap();
        timeout(AGES, server.serving).await.expect("an end").unwrap();
        assert!(rest(stream).await.len() < 64 << 20, "the rest was never sent");
    }

    #[tokio::test]
    async fn where_there_is_little_room_nobody_keeps_a_connection() {
        let server = start(hello(), ROOMY).await;
        let ask = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        let mut kept = Vec::new();
        for _ in 0..5 {
            let mut stream = server.connect().await;
            stream.write_all(ask.as_bytes()).await.unwrap();
            let mut start = [0; 15];
            stream.read_exact(&mut start).await.unwrap();
            kept.push(stream);
        }
        let answer = talk_to(server.connect().await, ask).await;
        assert!(answer.contains("connection: close"), "{answer}");
    }

    #[tokio::test]
    async fn an_idle_connection_is_let_go() {
        let server = start(hello(), short()).await;
        let answer = talk_to(server.connect().await, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert_eq!(answer.matches("HTTP/1.1 200").count(), 1, "{answer}");
    }

    #[tokio::test]
    async fn a_head_that_is_too_large_is_refused() {
        let server = start(hello(), Limits { head_bytes: 8_192, ..Limits::default() }).await;
        let large = format!("GET / HTTP/1.1\r\nhost: x\r\nlarge: {}\r\n\r\n", "a".repeat(9_000));
        let answer = talk_to(server.connect().await, &large).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }

    #[tokio::test]
    async fn one_connection_too_many_waits_for_its_turn() {
        let server = start(hello(), Limits { connections: 1, ..Limits::default() }).await;
        let first = server.connect().await;
        let text = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        let mut second = server.connect().await;
        second.write_all(text.as_bytes()).await.unwrap();
        // The first one, which says nothing, keeps it waiting until it goes.
        let early = timeout(Duration::from_millis(100), second.read_u8()).await;
        assert!(early.is_err(), "it was answered beside the first");
        drop(first);
        assert!(rest(second).await.contains(" 200 "));
    }

    #[tokio::test]
    async fn what_was_begun_is_finished_and_nothing_else_begins() {
        let (entered, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (entered_, go_) = (entered.clone(), go.clone());
        let slow = Router::new().route(
            "/",
            get(async move || {
                entered_.notify_one();
                go_.notified().await;
                "done"
            }),
        );
        let server = start(slow, Limits::default()).await;
        let idle = server.connect().await;
        let asking =
            tokio::spawn(talk_to(server.connect().await, "GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
        entered.notified().await;
        server.stop.send(true).unwrap();
        assert_eq!(rest(idle).await, "");
        assert!(!server.serving.is_finished());
        go.notify_one();
        let answer = asking.await.unwrap();
        assert!(answer.contains(" 200 ") && answer.ends_with("done"), "{answer}");
        timeout(AGES, server.serving).await.expect("an end").unwrap();
        assert!(TcpStream::connect(server.address).await.is_err());
    }
}
