//! Who got something lately.
//!
//! Everything follows from one list, which is never longer than what all together may get in the time it spans. It is
//! written down before anything is sent, so that a faucet that is ended and started again gives nobody more.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::error::{Failure, Result};
use crate::store::{read_text, write_private};

/// No ledger is longer, in bytes of JSON: a hundred thousand entries fit.
const LONGEST: u64 = 32 << 20;

/// How much is given to whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// How long it takes until the same address can get more.
    pub(crate) window: Duration,
    /// How often one source gets something in that time.
    pub(crate) per_source: u32,
    /// How often all together do.
    pub(crate) at_most: u32,
}

/// Somebody got something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Grant {
    /// Seconds since 1970.
    at: u64,
    /// Who, as SS58.
    address: String,
    /// Who asked, as [`source`] has it.
    source: String,
}

/// What is written down.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Page {
    version: u8,
    grants: VecDeque<Grant>,
}

/// Why somebody gets nothing now, and when to ask again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) why: &'static str,
    pub(crate) seconds: u64,
}

/// The list, and the file that it is in.
#[derive(Debug)]
pub(crate) struct Ledger {
    rules: Rules,
    path: PathBuf,
    /// In the order of their time.
    grants: VecDeque<Grant>,
}

impl Ledger {
    /// The one in that file, or a new one if it is not there.
    pub(crate) fn open(path: PathBuf, rules: Rules) -> Result<Self> {
        let grants = if path.exists() {
            let text = read_text(&path, LONGEST, "faucet's ledger")?;
            let page: Page = serde_json::from_str(&text).map_err(|error| {
                Failure::input(format!("{} is no faucet's ledger: {error}", path.display()))
                    .hint("delete it to begin anew: everybody can ask again then")
            })?;
            page.grants
        } else {
            VecDeque::new()
        };
        Ok(Self { rules, path, grants })
    }

    /// Writes down that an address is given something, unless it, the source, or all together have to wait.
    pub(crate) fn grant(&mut self, address: &str, source: &str, now: u64) -> Result<Result<(), Wait>> {
        let window = self.rules.window.as_secs();
        self.grants.retain(|grant| now < grant.at.saturating_add(window));
        let mut from_source = self.grants.iter().filter(|grant| grant.source == source);
        let most = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let first = if let Some(earlier) = self.grants.iter().find(|grant| grant.address == address) {
            Some((earlier, "this address got something lately"))
        } else if from_source.clone().count() >= most(self.rules.per_source) {
            from_source.next().map(|earlier| (earlier, "enough was asked for from your network lately"))
        } else if self.grants.len() >= most(self.rules.at_most) {
            self.grants.front().map(|earlier| (earlier, "enough was given to all together lately"))
        } else {
            None
        };
        if let Some((earlier, why)) = first {
            let seconds = earlier.at.saturating_add(window).saturating_sub(now).max(1);
            return Ok(Err(Wait { why, seconds }));
        }
        self.grants.push_back(Grant { at: now, address: address.to_owned(), source: source.to_owned() });
        if let Err(failure) = self.write() {
            self.grants.pop_back();
            return Err(failure);
        }
        Ok(Ok(()))
    }

    /// Forgets what was written down last for an address: nothing was sent.
    pub(crate) fn take_back(&mut self, address: &str) -> Result<()> {
        if let Some(index) = self.grants.iter().rposition(|grant| grant.address == address) {
            self.grants.remove(index);
        }
        self.write()
    }

    fn write(&self) -> Result<()> {
        let page = Page { version: 1, grants: self.grants.clone() };
        let json = serde_json::to_string(&page).map_err(|error| Failure::input(error.to_string()))?;
        write_private(&self.path, json.as_bytes())
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Who asks, as far as can be told: an IPv4 address, or the /64 that an IPv6 address is in, since whoever has one has all
/// of it.
pub(crate) fn source(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { window: Duration::from_secs(100), per_source: 2, at_most: 4 };

    fn ledger(home: &tempfile::TempDir) -> Ledger {
        Ledger::open(home.path().join("faucet/ledger.json"), RULES).unwrap()
    }

    #[test]
    fn an_address_waits_until_the_window_has_passed() {
        let home = tempfile::tempdir().unwrap();
        let mut ledger = ledger(&home);
        assert_eq!(ledger.grant("ada", "1.2.3.4", 1_000).unwrap(), Ok(()));
        let wait = ledger.grant("ada", "5.6.7.8", 1_040).unwrap().unwrap_err();
        assert_eq!(wait.seconds, 60);
        assert!(wait.why.contains("this address"));
        assert_eq!(ledger.grant("ada", "5.6.7.8", 1_099).unwrap().unwrap_err().seconds, 1);
        assert_eq!(ledger.grant("ada", "5.6.7.8", 1_100).unwrap(), Ok(()));
    }

    #[test]
    fn a_source_gets_no_more_than_its_part() {
        let home = tempfile::tempdir().unwrap();
        let mut ledger = ledger(&home);
        assert_eq!(ledger.grant("a", "1.2.3.4", 0).unwrap(), Ok(()));
        assert_eq!(ledger.grant("b", "1.2.3.4", 10).unwrap(), Ok(()));
        let wait = ledger.grant("c", "1.2.3.4", 20).unwrap().unwrap_err();
        assert_eq!((wait.seconds, wait.why.contains("your network")), (80, true));
        assert_eq!(ledger.grant("c", "1.2.3.5", 20).unwrap(), Ok(()));
    }

    #[test]
    fn all_together_get_no_more_than_there_is_for_them_and_the_list_stays_short() {
        let home = tempfile::tempdir().unwrap();
        let mut ledger = ledger(&home);
        for n in 0..4u64 {
            assert_eq!(ledger.grant(&format!("a{n}"), &format!("s{n}"), n).unwrap(), Ok(()));
        }
        for n in 4..1_000u64 {
            assert!(ledger.grant(&format!("a{n}"), &format!("s{n}"), 50).unwrap().is_err());
        }
        assert_eq!(ledger.grants.len(), 4);
    }

    #[test]
    fn a_restart_forgets_nothing_and_what_was_not_sent_is_taken_back() {
        let home = tempfile::tempdir().unwrap();
        let mut first = ledger(&home);
        assert_eq!(first.grant("ada", "1.2.3.4", 1_000).unwrap(), Ok(()));
        assert_eq!(first.grant("bob", "1.2.3.4", 1_001).unwrap(), Ok(()));
        first.take_back("bob").unwrap();
        let mut again = ledger(&home);
        assert!(again.grant("ada", "9.9.9.9", 1_010).unwrap().is_err());
        assert_eq!(again.grant("bob", "1.2.3.4", 1_010).unwrap(), Ok(()));
    }

    #[test]
    fn a_ledger_that_is_none_is_not_taken_for_an_empty_one() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("ledger.json");
        std::fs::write(&path, "{").unwrap();
        assert!(Ledger::open(path, RULES).unwrap_err().message.contains("no faucet's ledger"));
    }

    #[test]
    fn a_source_is_one_ipv4_address_or_one_ipv6_network() {
        let of = |text: &str| source(text.parse().unwrap());
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
