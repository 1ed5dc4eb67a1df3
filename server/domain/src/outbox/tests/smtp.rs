//! A mail server for tests: keeps what it is given, refuses when told.
use crate::outbox::Mailer;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

#[derive(Default)]
struct Inner {
    mails: Mutex<Vec<String>>,
    recipients: Mutex<Option<String>>,
    arrived: Notify,
}

pub(super) struct Server {
    port: u16,
    inner: Arc<Inner>,
}

impl Server {
    pub(super) async fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Arc::new(Inner::default());
        let shared = inner.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = shared.clone();
                tokio::spawn(async move { talk(stream, &inner).await.ok() });
            }
        });
        Server { port, inner }
    }

    pub(super) fn mailer(&self) -> Mailer {
        let url = format!("smtp://127.0.0.1:{}", self.port);
        Mailer::smtp(&url, "Store Manager <console@console.example>").unwrap()
    }

    /// The mails so far, as they came over the wire.
    pub(super) fn mails(&self) -> Vec<String> {
        self.inner.mails.lock().unwrap().clone()
    }

    /// Answers recipients with this line from now on.
    pub(super) fn answer_recipients(&self, line: &str) {
        *self.inner.recipients.lock().unwrap() = Some(line.to_owned());
    }

    /// Waits for a mail.
    pub(super) async fn arrival(&self) {
        self.inner.arrived.notified().await;
    }
}

async fn talk(stream: TcpStream, inner: &Inner) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "RCPT" => inner.recipients.lock().unwrap().clone().unwrap_or("250 ok".to_owned()),
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mail = data(&mut stream).await?;
                inner.mails.lock().unwrap().push(mail);
                inner.arrived.notify_one();
                "250 ok".to_owned()
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            _ => "250 ok".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut mail = String::new();
    while !mail.ends_with("\r\n.\r\n") {
        if stream.read_line(&mut mail).await? == 0 {
            break;
        }
    }
    Ok(mail)
}
