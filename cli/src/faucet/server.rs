//! The faucet's HTTP: `POST /` with `{"address": "5…"}`, and `GET /` for what it gives.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderValue, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use pedigree_manifest::Hash;
use serde::Deserialize;
use serde_json::{json, Value};
use subxt::utils::AccountId32;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::giver::{Giver, Trouble};
use super::ledger::{self, Ledger};
use crate::chain::views::Balance;
use crate::output::Output;

/// How many connections there are at once, those that wait for a block included.
const CONNECTIONS: usize = 512;
/// How long the head and the body of a request may each take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest body of a request.
const LONGEST_BODY: usize = 1024;
/// After how long to ask again, where the faucet itself is in trouble.
const LATER: u64 = 60;

/// A faucet that is being served.
pub(crate) struct Faucet {
    pub(crate) giver: Giver,
    pub(crate) ledger: Mutex<Ledger>,
    pub(crate) genesis: Hash,
    pub(crate) account: AccountId32,
    pub(crate) amount: Balance,
    /// The amount as people read it.
    pub(crate) shown: String,
    pub(crate) window: Duration,
    pub(crate) behind_proxy: bool,
    pub(crate) output: Output,
}

/// What somebody asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    address: String,
    /// The chain that it is for, if who asks wants to be sure.
    #[serde(default)]
    genesis: Option<Hash>,
}

/// An answer: a status, JSON, and for some after how many seconds to ask again.
struct Answer {
    status: StatusCode,
    body: Value,
    retry_after: Option<u64>,
}

impl Answer {
    fn refusal(status: StatusCode, why: impl Into<String>) -> Self {
        Self { status, body: json!({ "error": why.into() }), retry_after: None }
    }

    fn later(status: StatusCode, why: impl Into<String>, seconds: u64) -> Self {
        let body = json!({ "error": why.into(), "retryAfter": seconds });
        Self { status, body, retry_after: Some(seconds) }
    }

    fn response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::from(format!("{}\n", self.body)));
        *response.status_mut() = self.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
        }
        response
    }
}

/// Serves for ever.
pub(crate) async fn serve(faucet: Arc<Faucet>, listener: TcpListener) -> Infallible {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // Whoever finds no place waits in the system's queue.
        let place = connections.clone().acquire_owned().await;
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Such as too many open files: it passes.
                tracing::warn!(%error, "a connection failed");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let faucet = faucet.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let faucet = faucet.clone();
                async move { Ok::<_, Infallible>(faucet.answer(request, peer).await.response()) }
            });
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            if let Err(error) = served {
                tracing::debug!(%error, %peer, "a connection broke");
            }
            drop(place);
        });
    }
}

impl Faucet {
    async fn answer(self: Arc<Self>, request: Request<Incoming>, peer: SocketAddr) -> Answer {
        if request.uri().path() != "/" {
            return Answer::refusal(StatusCode::NOT_FOUND, "there is nothing but `/` here");
        }
        match *request.method() {
            Method::GET => Answer { status: StatusCode::OK, body: self.describe(), retry_after: None },
            Method::POST => {
                let source = match self.source(&request, peer) {
                    Ok(source) => source,
                    Err(answer) => return answer,
                };
                let to = match self.wish(request).await {
                    Ok(to) => to,
                    Err(answer) => return answer,
                };
                // To its end, even if who asked goes away: what was written down has to be sent or taken back.
                let given = tokio::spawn(self.give(to, source)).await;
                given
                    .unwrap_or_else(|_| Answer::later(StatusCode::INTERNAL_SERVER_ERROR, "the faucet is broken", LATER))
            }
            _ => Answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "POST {\"address\": \"5…\"}"),
        }
    }

    fn describe(&self) -> Value {
        json!({
            "amount": self.amount,
            "shown": self.shown,
            "windowSeconds": self.window.as_secs(),
            "account": self.account.to_string(),
            "genesis": self.genesis,
        })
    }

    /// Who asks, as limits count it.
    fn source(&self, request: &Request<Incoming>, peer: SocketAddr) -> Result<String, Answer> {
        if !self.behind_proxy {
            return Ok(ledger::source(peer.ip()));
        }
        forwarded_for(request).map(ledger::source).ok_or_else(|| {
            Answer::refusal(StatusCode::BAD_REQUEST, "the proxy in front of this faucet sets no X-Forwarded-For")
        })
    }

    /// The account that something is wished for.
    async fn wish(&self, request: Request<Incoming>) -> Result<AccountId32, Answer> {
        let body = Limited::new(request.into_body(), LONGEST_BODY).collect();
        let body = match tokio::time::timeout(PATIENCE, body).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(_)) => {
                let why = format!("the request is cut off, or longer than {LONGEST_BODY} bytes");
                return Err(Answer::refusal(StatusCode::PAYLOAD_TOO_LARGE, why));
            }
            Err(_) => return Err(Answer::refusal(StatusCode::REQUEST_TIMEOUT, "the request takes too long")),
        };
        let wish: Wish = serde_json::from_slice(&body).map_err(|error| {
            let why = format!("POST JSON such as {{\"address\": \"5…\"}}: {error}");
            Answer::refusal(StatusCode::BAD_REQUEST, why)
        })?;
        if wish.genesis.is_some_and(|genesis| genesis != self.genesis) {
            let why = format!("this faucet is for the chain with genesis {}", self.genesis);
            return Err(Answer::refusal(StatusCode::CONFLICT, why));
        }
        let to = account(&wish.address).map_err(|why| Answer::refusal(StatusCode::BAD_REQUEST, why))?;
        if to == self.account {
            return Err(Answer::refusal(StatusCode::BAD_REQUEST, "this is the faucet's own address"));
        }
        Ok(to)
    }

    async fn give(self: Arc<Self>, to: AccountId32, source: String) -> Answer {
        let address = to.to_string();
        let granted = self.ledger().grant(&address, &source, ledger::now());
        match granted {
            Ok(Ok(())) => {}
            Ok(Err(wait)) => {
                let why = format!("{}; ask again in {} s", wait.why, wait.seconds);
                return Answer::later(StatusCode::TOO_MANY_REQUESTS, why, wait.seconds);
            }
            Err(failure) => {
                self.output.warning(format!("nothing is given: {failure}"));
                return Answer::later(StatusCode::INTERNAL_SERVER_ERROR, "the faucet can't keep its ledger", LATER);
            }
        }
        match self.giver.give(to).await {
            Ok(included) => {
                self.output.step("Gave", format!("{} to {address} in block {}", self.shown, included.block));
                let body = json!({ "address": address, "amount": self.amount, "included": included });
                Answer { status: StatusCode::OK, body, retry_after: None }
            }
            Err(Trouble::NotSent(why)) => {
                if let Err(failure) = self.ledger().take_back(&address) {
                    self.output.warning(failure);
                }
                Answer::later(StatusCode::SERVICE_UNAVAILABLE, why, LATER)
            }
            Err(Trouble::Unknown(why)) => Answer::later(StatusCode::SERVICE_UNAVAILABLE, why, LATER),
        }
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An account of this chain. An address is written for one network: another one's would be a mistake.
fn account(text: &str) -> Result<AccountId32, String> {
    let account = AccountId32::from_str(text).map_err(|error| format!("this is no address: {error}"))?;
    let here = account.to_string();
    if here == text {
        Ok(account)
    } else {
        Err(format!("this address is written for another network; here the same account is {here}"))
    }
}

/// What the nearest proxy says of who asked.
fn forwarded_for(request: &Request<Incoming>) -> Option<IpAddr> {
    let last = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_another_network_is_refused_with_its_spelling_here() {
        let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
        assert!(account(alice).is_ok());
        // The same account as Polkadot writes it.
        let refused = account("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5").unwrap_err();
        assert!(refused.contains(alice), "{refused}");
        for wrong in ["", "5Grw", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ", "0x00"] {
            assert!(account(wrong).unwrap_err().contains("no address"), "{wrong}");
        }
    }
}
