//! One kept-alive HTTP/1.1 connection that does as little as possible: what asks must cost less
//! than what answers, or it is itself that is measured. General clients cost several times as much
//! as the floor of a page.
use crate::Failure;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const STALE: Duration = Duration::from_secs(5);

/// A connection to a server.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    used: Instant,
}

/// An answer, in the connection's buffer.
pub struct Answer<'c> {
    /// The status.
    pub status: u16,
    /// The status line and the headers.
    pub head: &'c str,
    /// The body; between the chunks of a chunked one their lengths remain.
    pub body: &'c [u8],
    /// From the request to the first byte of the answer.
    pub first_byte: Duration,
}

impl Answer<'_> {
    /// The value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Connection, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(256 << 10), used: Instant::now() })
    }

    /// Sends the bytes of a request and reads the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>, Failure> {
        let start = Instant::now();
        self.say(request).await?;
        self.more().await?;
        let first_byte = start.elapsed();
        let end = loop {
            match find(&self.buffer, b"\r\n\r\n") {
                Some(at) => break at + 4,
                None => self.more().await?,
            }
        };
        let head = std::str::from_utf8(&self.buffer[..end])?;
        let status = head.get(9..12).ok_or("no status")?.parse()?;
        match header(head, "content-length").map(str::parse::<usize>).transpose()? {
            Some(length) => {
                while self.buffer.len() < end + length {
                    self.more().await?;
                }
            }
            None if header(head, "transfer-encoding").is_some() => {
                while !self.buffer[end..].ends_with(b"0\r\n\r\n") {
                    self.more().await?;
                }
            }
            None => {}
        }
        let (head, body) = self.buffer.split_at(end);
        Ok(Answer { status, head: std::str::from_utf8(head)?, body, first_byte })
    }

    /// Whether it was idle for so long that the server may be about to close it.
    pub fn stale(&self) -> bool {
        self.used.elapsed() > STALE
    }

    /// Only sends these bytes.
    pub async fn say(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.used = Instant::now();
        self.buffer.clear();
        Ok(self.stream.write_all(bytes).await?)
    }

    /// Reads what has come of an answer since.
    pub async fn more(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// A request for a page.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{headers}\r\n").into_bytes()
}

/// A form as a page without scripts would send it, answered as to a script.
pub fn post(path: &str, headers: &str, fields: &[(&str, &str)]) -> Result<Vec<u8>, Failure> {
    let body = serde_urlencoded::to_string(fields)?;
    Ok(format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\n{headers}\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes())
}

/// A form that may hold files.
pub fn post_parts(path: &str, headers: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let part = |(name, value): &(&str, &str)| {
        format!("--e\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = fields.iter().map(part).collect::<String>() + "--e--\r\n";
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\n{headers}\
         content-type: multipart/form-data; boundary=e\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
