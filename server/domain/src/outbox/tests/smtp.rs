//! A mail server for tests: keeps what it is given, refuses and misbehaves when told.
use crate::outbox::Mailer;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

#[derive(Default)]
struct Inner {
    mails: Mutex<Vec<String>>,
    recipients: Mutex<Option<String>>,
    manner: Mutex<Manner>,
    talks: AtomicUsize,
    arrived: Notify,
}

/// How it behaves from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    #[default]
    Usual,
    /// It accepts connections and says nothing.
    Silent,
    /// It wants this user and password, as AUTH PLAIN sends them.
    SignIn(&'static str),
    /// It ends the next connection in the middle of the mail, then behaves.
    DropsMail,
    /// It takes the next mail and ends the connection before it says so, then behaves.
    DropsAnswer,
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
        self.mailer_of("")
    }

    /// A mailer that signs in as `user` (`name:password@`).
    pub(super) fn mailer_of(&self, user: &str) -> Mailer {
        let url = format!("smtp://{user}127.0.0.1:{}", self.port);
        Mailer::smtp(&url, "Store Manager <console@console.example>", None).unwrap()
    }

    /// A mailer that waits for an answer no longer than this.
    pub(super) fn mailer_within(&self, limit: Duration) -> Mailer {
        match self.mailer() {
            Mailer::Smtp { transport, from, .. } => {
                Mailer::Smtp { transport, from, patience: limit }
            }
            other => other,
        }
    }

    /// Behaves like this from now on.
    pub(super) fn behave(&self, manner: Manner) {
        *self.inner.manner.lock().unwrap() = manner;
    }

    /// Connections so far.
    pub(super) fn talks(&self) -> usize {
        self.inner.talks.load(Ordering::SeqCst)
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
    inner.talks.fetch_add(1, Ordering::SeqCst);
    let manner = *inner.manner.lock().unwrap();
    if manner == Manner::Silent {
        std::future::pending::<()>().await;
    }
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "RCPT" => inner.recipients.lock().unwrap().clone().unwrap_or("250 ok".to_owned()),
            "EHLO" if matches!(manner, Manner::SignIn(_)) => "250-test\r\n250 AUTH PLAIN".into(),
            "AUTH" => match manner {
                Manner::SignIn(known) if line.trim_end().ends_with(known) => "235 welcome".into(),
                _ => "535 5.7.8 wrong user or password".to_owned(),
            },
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                if manner == Manner::DropsMail {
                    *inner.manner.lock().unwrap() = Manner::Usual;
                    stream.read_line(&mut line).await?;
                    return Ok(());
                }
                let mail = data(&mut stream).await?;
                inner.mails.lock().unwrap().push(mail);
                inner.arrived.notify_one();
                if manner == Manner::DropsAnswer {
                    *inner.manner.lock().unwrap() = Manner::Usual;
                    return Ok(());
                }
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
