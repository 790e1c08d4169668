//! A small web server that serves a folder, honestly or not.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path, decoded, without the slash that it begins with.
    pub path: String,
    /// The first byte that was asked for, if not all were.
    pub from: Option<usize>,
}

/// A connection that waits for an answer, and the folder that is served.
#[derive(Debug)]
pub struct Exchange {
    /// What was asked for.
    pub request: Request,
    folder: PathBuf,
    stream: TcpStream,
}

/// A web server on a free port. It ends with the process.
#[derive(Debug)]
pub struct Mirror {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Mirror {
    /// Serves a folder as it should be.
    pub fn honest(folder: &Path) -> Self {
        Self::of(folder, |exchange| exchange.honest())
    }

    /// Serves a folder as `answer` does.
    pub fn of(folder: &Path, answer: impl Fn(Exchange) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let address = listener.local_addr().expect("it listens");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (shared, folder, answer) = (requests.clone(), folder.to_owned(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (shared, folder, answer) = (shared.clone(), folder.clone(), answer.clone());
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    shared.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
                    answer(Exchange { request, folder, stream });
                });
            }
        });
        Self { address, requests }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked for so far, of files of this name.
    pub fn requests(&self, path: &str) -> Vec<Request> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|request| request.path == path).cloned().collect()
    }
}

/// The head of a request; nothing if the other side went away.
fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    let mut from = None;
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().ok();
        }
    }
    Some(Request { path: decoded(&path), from })
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(Option::unwrap_or_default);
            let digits = String::from_utf8_lossy(&digits).into_owned();
            bytes.push(u8::from_str_radix(&digits, 16).expect("two hexadecimal digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("paths are UTF-8")
}

impl Exchange {
    /// The file that was asked for, if there is one.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        fs::read(self.folder.join(&self.request.path)).ok()
    }

    /// Answers as it should.
    pub fn honest(self) {
        match self.bytes() {
            Some(bytes) => self.whole(&bytes),
            None => self.send("404 Not Found", &[], b""),
        }
    }

    /// Answers as it should, but with these bytes.
    pub fn whole(self, bytes: &[u8]) {
        match self.request.from {
            Some(from) if from < bytes.len() => {
                let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
                self.send("206 Partial Content", &[("Content-Range", &range)], &bytes[from..]);
            }
            Some(_) => self.send("416 Range Not Satisfiable", &[], b""),
            None => self.send("200 OK", &[], bytes),
        }
    }

    /// Answers with a length that is right.
    pub fn send(self, status: &str, headers: &[(&str, &str)], body: &[u8]) {
        let length = body.len().to_string();
        let headers: Vec<_> = headers.iter().copied().chain([("Content-Length", length.as_str())]).collect();
        self.raw(status, &headers, body);
    }

    /// Answers with these headers and bytes, whatever they are; the connection, to go on with.
    pub fn raw(mut self, status: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
        let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        // The other side may have gone away: that is for the test to judge.
        let _ = self.stream.write_all(head.as_bytes()).and_then(|()| self.stream.write_all(body));
        self.stream
    }
}
