//! JSON-RPC over HTTP, with nothing in between: what arrives is what the node sent.

use std::fmt;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{json, Value};

use crate::until;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A node's RPC server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rpc {
    port: u16,
}

/// An error that the node answered with.
#[derive(Clone, Debug, PartialEq)]
pub struct RpcError {
    /// Its JSON-RPC code.
    pub code: i64,
    /// What is wrong, as a sentence.
    pub message: String,
    /// The same for programs; null if there is nothing.
    pub data: Value,
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.code, self.message, self.data)
    }
}

impl Rpc {
    /// The server at this port of this machine.
    pub fn new(port: u16) -> Self {
        Self { port }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Sends a body as it is: the HTTP status, and what came back.
    pub fn post(&self, body: &[u8]) -> std::io::Result<(u16, String)> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = format!(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        // A server that refuses a long body needn't read it to the end.
        let written = stream.write_all(body);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        if answer.is_empty() {
            written?;
            read?;
        }
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Ok((status, body.to_owned()))
    }

    /// One request, with parameters by position (an array) or by name (an object).
    pub fn try_call(&self, method: &str, params: &Value) -> std::io::Result<Result<Value, RpcError>> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let (_, body) = self.post(request.to_string().as_bytes())?;
        let answer: Value = serde_json::from_str(&body).map_err(std::io::Error::other)?;
        Ok(outcome(&answer))
    }

    /// The same, of a node that is there.
    pub fn call(&self, method: &str, params: &Value) -> Result<Value, RpcError> {
        self.try_call(method, params)
            .unwrap_or_else(|error| panic!("{method} {params}: the node doesn't answer: {error}"))
    }

    /// The result of a request that must have one.
    pub fn get(&self, method: &str, params: Value) -> Value {
        self.call(method, &params).unwrap_or_else(|error| panic!("{method} {params}: {error}"))
    }

    /// The error of a request that must fail.
    pub fn error(&self, method: &str, params: Value) -> RpcError {
        match self.call(method, &params) {
            Err(error) => error,
            Ok(result) => panic!("{method} {params} should fail, and gives {result}"),
        }
    }

    /// All items of a list, page by page.
    pub fn all_pages(&self, method: &str, params: &[Value], limit: u32) -> Vec<Value> {
        let mut items = Vec::new();
        let mut after = Value::Null;
        loop {
            let params: Vec<Value> = params.iter().cloned().chain([after.clone(), json!(limit)]).collect();
            let page = self.get(method, json!(params));
            let on_page = page["items"].as_array().unwrap_or_else(|| panic!("{method} {params:?}: {page} is no page"));
            assert!(on_page.len() <= limit as usize, "{method}: more items than asked for: {page}");
            items.extend(on_page.iter().cloned());
            if page["next"].is_null() {
                return items;
            }
            assert!(!on_page.is_empty() && page["next"] != after, "{method}: this never ends: {page}");
            after = page["next"].clone();
        }
    }

    /// The number of the best block.
    pub fn best(&self) -> u64 {
        number(&self.get("chain_getHeader", json!([])))
    }

    /// The number and hash of the last final block.
    pub fn finalized(&self) -> (u64, String) {
        let hash = self.get("chain_getFinalizedHead", json!([]));
        let header = self.get("chain_getHeader", json!([hash]));
        (number(&header), hash.as_str().expect("a hash is text").to_owned())
    }

    /// The hash of the block with this number, on the best chain.
    pub fn block_hash(&self, number: u64) -> String {
        let hash = self.get("chain_getBlockHash", json!([number]));
        hash.as_str().unwrap_or_else(|| panic!("there is no block {number}")).to_owned()
    }

    /// Waits for a block of at least this number.
    pub fn wait_for_best(&self, number: u64) {
        until(&format!("block {number}"), Duration::from_secs(120), || (self.best() >= number).then_some(()));
    }

    /// Waits until a block of at least this number is final.
    pub fn wait_for_finalized(&self, number: u64) {
        until(&format!("block {number} to be final"), Duration::from_secs(120), || {
            (self.finalized().0 >= number).then_some(())
        });
    }

    /// Waits until all that is there now is final.
    pub fn settle(&self) {
        self.wait_for_finalized(self.best());
    }
}

/// Result or error of an answer.
pub fn outcome(answer: &Value) -> Result<Value, RpcError> {
    let error = &answer["error"];
    if error.is_null() {
        assert!(answer.get("result").is_some(), "this is no JSON-RPC answer: {answer}");
        return Ok(answer["result"].clone());
    }
    Err(RpcError {
        code: error["code"].as_i64().expect("an error has a code"),
        message: error["message"].as_str().expect("an error has a message").to_owned(),
        data: error["data"].clone(),
    })
}

fn number(header: &Value) -> u64 {
    let digits = header["number"].as_str().unwrap_or_else(|| panic!("{header} is no header"));
    u64::from_str_radix(digits.trim_start_matches("0x"), 16).expect("a block number is hexadecimal")
}
