//! A faucet that runs, and who asks it.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::pedigree::Running;
use crate::Pedigree;

/// How long an answer may take: the next block but one has to be final.
const PATIENCE: Duration = Duration::from_secs(120);

/// `pedigree faucet serve`, until this is dropped.
#[derive(Debug)]
pub struct Faucet {
    port: u16,
    ready: Value,
    // Dropping it ends the process.
    _running: Running,
}

impl Pedigree {
    /// Serves a faucet on a free port, with these arguments beside.
    pub fn faucet(&self, arguments: &[&str]) -> Faucet {
        let command = [&["faucet", "serve", "--json", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut running = self.start(&command);
        let ready: Value = serde_json::from_str(&running.first_line()).expect("it says where in JSON");
        let port = ready["listening"].as_str().and_then(|address| address.rsplit(':').next()?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("{ready} is no address"));
        Faucet { port, ready, _running: running }
    }
}

impl Faucet {
    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it answered when it was ready.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Asks for something: the status and the answer.
    pub fn ask(&self, wish: &Value) -> (u16, Value) {
        self.post(wish.to_string().as_bytes())
    }

    /// The same through a proxy that writes down for whom it asks.
    pub fn ask_as(&self, source: &str, wish: &Value) -> (u16, Value) {
        self.send(&format!("X-Forwarded-For: {source}\r\n"), wish.to_string().as_bytes())
    }

    /// Sends a body as it is.
    pub fn post(&self, body: &[u8]) -> (u16, Value) {
        self.send("", body)
    }

    /// What it says of itself.
    pub fn describe(&self) -> Value {
        parted(&self.raw("GET / HTTP/1.1\r\nHost: faucet\r\n\r\n")).1
    }

    /// Sends a text as it is: what comes back.
    pub fn raw(&self, request: &str) -> String {
        self.exchange(request.as_bytes())
    }

    fn send(&self, headers: &str, body: &[u8]) -> (u16, Value) {
        let head = format!("POST / HTTP/1.1\r\nHost: faucet\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        parted(&self.exchange(&[head.as_bytes(), body].concat()))
    }

    fn exchange(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time may be set");
        // A server that refuses a long body needn't read it to the end.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        assert!(read.is_ok() || !answer.is_empty(), "no answer: {read:?}");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

fn parted(answer: &str) -> (u16, Value) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, serde_json::from_str(body).unwrap_or_else(|error| panic!("this is no JSON ({error}): {answer}")))
}
