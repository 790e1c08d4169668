//! HTTP to servers that may be broken or hostile: every wait ends, every length is known before a byte is taken.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::header::{
    HeaderName, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, LOCATION, RANGE, USER_AGENT,
};
use hyper::{Request, Response, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::time::{timeout, Instant};
use url::Url;

use super::Trouble;

/// Redirects beyond this number lead nowhere.
const REDIRECTS: u32 = 10;

/// Slower than this, over as long as a mirror may say nothing, is as good as nothing: bytes per second.
const SLOWEST: u64 = 1024;

/// Bytes that are read from a connection at once.
const READ: usize = 256 * 1024;

type Body = Empty<Bytes>;

/// Connections to mirrors.
pub(crate) struct Web {
    plain: Client<HttpConnector, Body>,
    secure: OnceLock<Result<Client<HttpsConnector<HttpConnector>, Body>, String>>,
    patience: Duration,
}

fn connector(patience: Duration) -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(patience));
    connector.set_nodelay(true);
    connector.enforce_http(false);
    connector
}

fn builder() -> hyper_util::client::legacy::Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.http1_read_buf_exact_size(READ).http1_max_headers(100);
    builder
}

impl Web {
    /// A mirror may take as long as `patience` to accept a connection, to answer, and between two pieces of an answer.
    pub(crate) fn new(patience: Duration) -> Self {
        Self { plain: builder().build(connector(patience)), secure: OnceLock::new(), patience }
    }

    fn secure(&self) -> Result<&Client<HttpsConnector<HttpConnector>, Body>, Trouble> {
        let made = self.secure.get_or_init(|| {
            let roots = HttpsConnectorBuilder::new().with_native_roots();
            let https = roots.map_err(|error| format!("this system's root certificates can't be read: {error}"))?;
            Ok(builder().build(https.https_only().enable_http1().wrap_connector(connector(self.patience))))
        });
        made.as_ref().map_err(|reason| Trouble::Absent(reason.clone()))
    }

    /// Asks for a URL from a byte on, and follows where it is sent so many times. Not from https to http.
    async fn ask(&self, url: &Url, from: u64, redirects: u32) -> Result<Response<Incoming>, Trouble> {
        let mut url = url.clone();
        for _ in 0..=redirects {
            let mut request = Request::get(url.as_str())
                .header(USER_AGENT, concat!("pedigree/", env!("CARGO_PKG_VERSION")))
                .header(ACCEPT_ENCODING, "identity");
            if from > 0 {
                request = request.header(RANGE, format!("bytes={from}-"));
            }
            let request = request.body(Body::new()).map_err(|error| Trouble::Absent(error.to_string()))?;
            let answering = match url.scheme() {
                "https" => self.secure()?.request(request),
                _ => self.plain.request(request),
            };
            // Connecting has a limit of its own; looking the name up has not.
            let answer = timeout(self.patience.saturating_mul(2), answering)
                .await
                .map_err(|_| self.silent("no answer"))?
                .map_err(|error| Trouble::Broken(crate::chain::rpc::root_cause(&error)))?;
            if !answer.status().is_redirection() || answer.status() == StatusCode::NOT_MODIFIED {
                return Ok(answer);
            }
            let next = header(&answer, &LOCATION).and_then(|place| url.join(place).ok());
            let next = next.ok_or_else(|| Trouble::Absent("it redirects to nowhere".to_owned()))?;
            let allowed = matches!((url.scheme(), next.scheme()), (_, "https") | ("http", "http"));
            if !allowed {
                return Err(Trouble::Absent(format!("it redirects to {}, which is not safe", next.scheme())));
            }
            url = next;
        }
        Err(Trouble::Absent(match redirects {
            0 => "it redirects to another place".to_owned(),
            _ => format!("it redirects more than {redirects} times"),
        }))
    }

    fn silent(&self, what: &str) -> Trouble {
        Trouble::Broken(format!("{what} for {} s", self.patience.as_secs()))
    }

    fn stream(&self, body: Incoming, skip: u64, left: u64) -> Stream {
        Stream { body, skip, left, patience: self.patience, since: Instant::now(), seen: 0, ended: false }
    }

    /// The bytes of a file that has `size` bytes, from `from` on.
    pub(super) async fn open(&self, url: &Url, from: u64, size: u64) -> Result<Stream, Trouble> {
        let mut answer = self.ask(url, from, REDIRECTS).await?;
        if from > 0 && answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            // Some servers can't begin in the middle. What was read already is read once more, and dropped.
            answer = self.ask(url, 0, REDIRECTS).await?;
        }
        if let Some(encoding) = header(&answer, &CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
            return Err(Trouble::Absent(format!("it answers in an encoding that was not asked for ({encoding})")));
        }
        let length = header(&answer, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        let (expected, skip) = match answer.status() {
            StatusCode::OK => (size, from),
            StatusCode::PARTIAL_CONTENT if from > 0 => {
                let range = header(&answer, &CONTENT_RANGE).unwrap_or_default();
                if !is_range(range, from, size) {
                    return Err(Trouble::Absent(format!(
                        "it answers with the bytes `{range}` instead of those from {from} on"
                    )));
                }
                (size.saturating_sub(from), 0)
            }
            status => return Err(unwanted(status)),
        };
        match length {
            Some(length) if length != expected => {
                Err(Trouble::Absent(format!("it announces {length} bytes instead of {expected}")))
            }
            _ => Ok(self.stream(answer.into_body(), skip, size.saturating_sub(from))),
        }
    }

    /// All that is at a URL, of at most `limit` bytes.
    pub(crate) async fn get(&self, url: &Url, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.whole(self.ask(url, 0, REDIRECTS).await?, url, limit).await
    }

    /// The same at this very place, wherever a server may send from there; nothing if it says that nothing is there.
    pub(crate) async fn look(&self, url: &Url, limit: u64) -> Result<Option<Vec<u8>>, Trouble> {
        let answer = self.ask(url, 0, 0).await?;
        if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::GONE) {
            return Ok(None);
        }
        self.whole(answer, url, limit).await.map(Some)
    }

    async fn whole(&self, answer: Response<Incoming>, url: &Url, limit: u64) -> Result<Vec<u8>, Trouble> {
        if answer.status() != StatusCode::OK {
            return Err(unwanted(answer.status()));
        }
        let too_long = || Trouble::Broken(format!("{url} is longer than {limit} bytes"));
        let announced = header(&answer, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(too_long());
        }
        // One more than is taken, to see that there is more.
        let most = limit.saturating_add(1);
        let mut stream = self.stream(answer.into_body(), 0, announced.unwrap_or(most));
        let mut all = Vec::new();
        loop {
            match stream.next().await {
                Ok(Some(bytes)) => all.extend_from_slice(&bytes),
                Ok(None) => break,
                Err(Trouble::Broken(_)) if announced.is_none() && stream.ended => break,
                Err(trouble) => return Err(trouble),
            }
        }
        if u64::try_from(all.len()).unwrap_or(u64::MAX) > limit {
            return Err(too_long());
        }
        Ok(all)
    }
}

fn header<'a>(answer: &'a Response<Incoming>, name: &HeaderName) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

/// Whether `bytes A-B/T` is from `from` to the end of `size` bytes.
fn is_range(range: &str, from: u64, size: u64) -> bool {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let parts = range.trim().strip_prefix("bytes").and_then(|range| {
        let (range, total) = range.trim().split_once('/')?;
        let (first, last) = range.split_once('-')?;
        Some((number(first)?, number(last)?, total.trim() == "*" || number(total) == Some(size)))
    });
    parts == Some((from, size.saturating_sub(1), true))
}

fn unwanted(status: StatusCode) -> Trouble {
    let reason = format!("it answers {status}").to_ascii_lowercase();
    let passing = status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY);
    if passing {
        Trouble::Broken(reason)
    } else {
        Trouble::Absent(reason)
    }
}

/// An answer's bytes: as many as were agreed, or trouble.
pub(super) struct Stream {
    body: Incoming,
    /// Bytes that come first and are known already.
    skip: u64,
    left: u64,
    patience: Duration,
    since: Instant,
    seen: u64,
    ended: bool,
}

impl Stream {
    /// The next piece; nothing when all have come. What a server sends beyond that is not read.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Trouble> {
        while self.left > 0 {
            let stalled = || Trouble::Broken(format!("it stalled for {} s", self.patience.as_secs()));
            let Some(frame) = timeout(self.patience, self.body.frame()).await.map_err(|_| stalled())? else {
                self.ended = true;
                return Err(Trouble::Broken(format!("it ended {} bytes early", self.left)));
            };
            let frame = frame.map_err(|error| {
                Trouble::Broken(format!(
                    "it broke off {} bytes before the end: {}",
                    self.left,
                    crate::chain::rpc::root_cause(&error)
                ))
            })?;
            let Ok(mut bytes) = frame.into_data() else { continue };
            self.keeps_pace(bytes.len())?;
            let skipped = bytes.len().min(usize::try_from(self.skip).unwrap_or(usize::MAX));
            drop(bytes.split_to(skipped));
            self.skip = self.skip.saturating_sub(u64::try_from(skipped).unwrap_or(u64::MAX));
            bytes.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            if !bytes.is_empty() {
                self.left = self.left.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// A byte now and then is no progress.
    fn keeps_pace(&mut self, bytes: usize) -> Result<(), Trouble> {
        self.seen = self.seen.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        if self.since.elapsed() < self.patience {
            return Ok(());
        }
        if self.seen < SLOWEST.saturating_mul(self.patience.as_secs()) {
            return Err(Trouble::Broken(format!("it sent {} bytes in {} s", self.seen, self.patience.as_secs())));
        }
        (self.since, self.seen) = (Instant::now(), 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_from_the_byte_asked_for_to_the_end() {
        assert!(is_range("bytes 5-9/10", 5, 10));
        assert!(is_range("bytes 5-9/*", 5, 10));
        for other in ["", "bytes 0-9/10", "bytes 5-8/10", "bytes 5-9/11", "bytes 5-9", "bytes */10", "items 5-9/10"] {
            assert!(!is_range(other, 5, 10), "{other}");
        }
    }
}
