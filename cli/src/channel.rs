//! What shows that somebody controls a channel, and whether it does.
//!
//! In a channel of a hub it is the file `pedigree.json` of the repository `pedigree`, at a commit that the request names, and
//! still there now; for a domain a TXT record of `_pedigree.` and the domain. `docs/standing.md` has the formats.

use std::fs;
use std::path::PathBuf;

use pedigree_manifest::Hash;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Failure, Result};
use crate::keystore::address;
use crate::output::safe;
use crate::pull::Web;

/// Nothing that shows who controls a channel is longer.
const LONGEST: u64 = 64 * 1024;

/// A resolver that answers over HTTPS in JSON, if no other is named.
pub(crate) const RESOLVER: &str = "https://dns.google/resolve";

/// TXT, as DNS numbers its types.
const TXT: u16 = 16;

/// A channel that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    HuggingFace(String),
    GitHub(String),
    Dns(String),
}

impl Channel {
    pub(crate) fn named(name: &str) -> Result<Self> {
        // What is put into addresses: the chain refuses all that is no name, and more.
        let words = |name: &str, joints: &str| {
            let allowed = |letter: char| letter.is_ascii_alphanumeric() || joints.contains(letter);
            !name.is_empty() && name.len() <= 76 && name.chars().all(allowed) && !name.contains("..")
        };
        match name.split_once(':') {
            Some(("hf", name)) if words(name, "-_.") => Ok(Self::HuggingFace(name.to_owned())),
            Some(("github", name)) if words(name, "-") => Ok(Self::GitHub(name.to_owned())),
            Some(("dns", name)) if words(name, "-.") && name.contains('.') => Ok(Self::Dns(name.to_owned())),
            _ => Err(Failure::usage(format!("`{}` is no channel", safe(name)))
                .hint("channels are hf:NAME, github:NAME and dns:DOMAIN")),
        }
    }

    /// Where the file is at a revision: a commit, or what is newest.
    fn file(&self, revision: Option<&str>) -> Option<String> {
        match self {
            Self::HuggingFace(name) => {
                Some(format!("https://huggingface.co/{name}/pedigree/raw/{}/pedigree.json", revision.unwrap_or("main")))
            }
            Self::GitHub(name) => Some(format!(
                "https://raw.githubusercontent.com/{name}/pedigree/{}/pedigree.json",
                revision.unwrap_or("HEAD")
            )),
            Self::Dns(_) => None,
        }
    }

    /// What its owner does to show that he controls it.
    pub(crate) fn instructions(&self) -> String {
        match self {
            Self::HuggingFace(name) => {
                format!("as pedigree.json into the repository https://huggingface.co/{name}/pedigree (make it if it isn't there)")
            }
            Self::GitHub(name) => {
                format!("as pedigree.json into the repository https://github.com/{name}/pedigree (make it if it isn't there)")
            }
            Self::Dns(domain) => format!("into a TXT record of _pedigree.{domain}"),
        }
    }
}

/// What is published in a channel: that it belongs to an account of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claim {
    /// The account, as an address.
    pub(crate) account: String,
    /// The chain, by the hash of its first block.
    pub(crate) genesis: String,
}

impl Claim {
    /// As it stands in a TXT record.
    pub(crate) fn as_txt(&self) -> String {
        format!("pedigree account={} genesis={}", self.account, self.genesis)
    }

    fn from_txt(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        if words.next() != Some("pedigree") {
            return None;
        }
        let (mut account, mut genesis) = (None, None);
        for word in words {
            // Of two, the first counts, as of two fields of one name in JSON neither does.
            match word.split_once('=') {
                Some(("account", value)) => account.get_or_insert(value),
                Some(("genesis", value)) => genesis.get_or_insert(value),
                _ => continue,
            };
        }
        Some(Self { account: account.unwrap_or_default().to_owned(), genesis: genesis.unwrap_or_default().to_owned() })
    }
}

/// Why it is not shown, in the words of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Refusal {
    /// There is no file, or no record, where it should be.
    Missing,
    /// It can't be read as what it should be.
    Malformed,
    /// It names another account.
    OtherAccount,
    /// It names another chain.
    OtherChain,
    /// It was so at that commit, and is not so any more.
    Outdated,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Finding {
    /// Nothing if it is shown.
    pub(crate) refusal: Option<Refusal>,
    /// The same as a sentence.
    pub(crate) explanation: String,
    /// Where it was looked.
    pub(crate) sources: Vec<String>,
}

/// What is to be shown.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) channel: &'a Channel,
    pub(crate) claim: &'a Claim,
    /// The commit that has the file; none for a domain.
    pub(crate) commit: Option<&'a str>,
}

/// Looks where the request says, or only at `from`: a file or URL that has what would be there.
pub(crate) async fn check(web: &Web, wanted: &Wanted<'_>, from: Option<&str>, resolver: &str) -> Result<Finding> {
    if let Some(from) = from {
        let text = source(web, from).await?;
        return Ok(finding(judge(wanted, text.as_deref()), vec![from.to_owned()], from));
    }
    if let Channel::GitHub(name) = wanted.channel {
        // GitHub goes on serving a repository under the name that it was moved from.
        let url = format!("https://api.github.com/repos/{name}/pedigree");
        if let Some(about) = source(web, &url).await? {
            if !is_repository(&about, name) {
                let explanation = format!("{url} is another repository, which was moved");
                return Ok(Finding { refusal: Some(Refusal::Missing), explanation, sources: vec![url] });
            }
        }
    }
    if let Channel::Dns(domain) = wanted.channel {
        let url = format!("{resolver}?name=_pedigree.{domain}&type=TXT");
        let records = match source(web, &url).await? {
            Some(answer) => records(&answer, domain)?,
            None => return Err(Failure::node(format!("{} is no resolver that answers in JSON", safe(resolver)))),
        };
        let place = format!("_pedigree.{domain}");
        return Ok(finding(judge(wanted, Some(&records.join("\n"))), vec![url], &place));
    }
    let commit = wanted.commit.ok_or_else(|| Failure::usage("the request names no commit"))?;
    let mut sources = vec![];
    // What was so at the commit must be so still: the newest is looked at last.
    for revision in [Some(commit), None] {
        let Some(url) = wanted.channel.file(revision) else { continue };
        let text = source(web, &url).await?;
        let verdict = judge(wanted, text.as_deref());
        sources.push(url.clone());
        match (verdict, revision) {
            (Err(_), None) => {
                let explanation = format!("the commit has it, but {url} does not any more");
                return Ok(Finding { refusal: Some(Refusal::Outdated), explanation, sources });
            }
            (verdict @ Err(_), Some(_)) => return Ok(finding(verdict, sources, &url)),
            (Ok(()), _) => {}
        }
    }
    let place = sources.first().cloned().unwrap_or_default();
    Ok(finding(Ok(()), sources, &place))
}

fn finding(verdict: std::result::Result<(), Refusal>, sources: Vec<String>, place: &str) -> Finding {
    let place = safe(place);
    let explanation = match verdict {
        Ok(()) => format!("{place} names this account and this chain"),
        Err(Refusal::Missing) => format!("there is nothing at {place}"),
        Err(Refusal::Malformed) => format!("what is at {place} is not what it should be"),
        Err(Refusal::OtherAccount) => format!("{place} names another account"),
        Err(Refusal::OtherChain) => format!("{place} names another chain"),
        Err(Refusal::Outdated) => format!("{place} is not so any more"),
    };
    Finding { refusal: verdict.err(), explanation, sources }
}

/// Whether a text shows what is wanted: a JSON object, or lines of TXT records of which one has to.
fn judge(wanted: &Wanted<'_>, text: Option<&str>) -> std::result::Result<(), Refusal> {
    let text = text.ok_or(Refusal::Missing)?;
    let claims: Vec<Claim> = match wanted.channel {
        Channel::Dns(_) => text.lines().filter_map(Claim::from_txt).collect(),
        _ => vec![serde_json::from_str(text).map_err(|_| Refusal::Malformed)?],
    };
    // A domain may have a record for each of several chains; for this one, all have to name the account.
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        claims.iter().partition(|claim| claim.genesis.eq_ignore_ascii_case(&wanted.claim.genesis));
    match (here.is_empty(), elsewhere.is_empty()) {
        (true, true) => Err(Refusal::Missing),
        (true, false) => Err(Refusal::OtherChain),
        (false, _) if here.iter().all(|claim| same_account(&claim.account, &wanted.claim.account)) => Ok(()),
        (false, _) => Err(Refusal::OtherAccount),
    }
}

/// Whether two addresses are of one account: it may have been written with another chain's prefix.
fn same_account(one: &str, other: &str) -> bool {
    match (address(one), address(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether what GitHub says of a repository is of the one with that owner.
fn is_repository(about: &str, owner: &str) -> bool {
    #[derive(Deserialize)]
    struct About {
        full_name: String,
    }
    serde_json::from_str::<About>(about)
        .is_ok_and(|about| about.full_name.eq_ignore_ascii_case(&format!("{owner}/pedigree")))
}

/// The answer of a resolver: the texts of the TXT records of `_pedigree.` and the domain itself, not of an alias.
fn records(answer: &str, domain: &str) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "Status")]
        status: u16,
        #[serde(rename = "Answer", default)]
        answer: Vec<Record>,
    }
    #[derive(Deserialize)]
    struct Record {
        name: String,
        #[serde(rename = "type")]
        kind: u16,
        data: String,
    }
    let answer: Answer = serde_json::from_str(answer)
        .map_err(|error| Failure::node(format!("the resolver's answer is not understood: {error}")))?;
    // 0: it is there. 3: there is no such name. Anything else says nothing about the domain.
    if !matches!(answer.status, 0 | 3) {
        return Err(Failure::node(format!("the resolver could not look it up (DNS status {})", answer.status))
            .hint("try again later, or name another resolver with --resolver"));
    }
    let name = format!("_pedigree.{domain}");
    let is_it = |record: &&Record| record.name.trim_end_matches('.').eq_ignore_ascii_case(&name);
    let texts = answer.answer.iter().filter(|record| record.kind == TXT).filter(is_it);
    Ok(texts.map(|record| unquoted(&record.data)).collect())
}

/// The text of a TXT record, whose strings some resolvers put in quotes: several are one text.
fn unquoted(data: &str) -> String {
    let data = data.trim();
    if !data.starts_with('"') {
        return data.to_owned();
    }
    let (mut text, mut inside, mut escaped) = (String::new(), false, false);
    for letter in data.chars() {
        match letter {
            _ if escaped => {
                text.push(letter);
                escaped = false;
            }
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ if inside => text.push(letter),
            _ => {}
        }
    }
    text
}

/// What is in a file, or at a URL; nothing if the server says that nothing is there. A server that sends elsewhere, refuses, or
/// does not answer says nothing about the channel.
async fn source(web: &Web, place: &str) -> Result<Option<String>> {
    let bytes = match Url::parse(place) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => match web.look(&url, LONGEST).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(trouble) => {
                return Err(Failure::node(format!("{} can't be fetched: {trouble}", safe(place)))
                    .hint("nothing was decided; try again later"))
            }
        },
        _ => {
            let path = PathBuf::from(place);
            let failure = |why: &dyn std::fmt::Display| Failure::input(format!("{}: {why}", safe(place)));
            let about = fs::metadata(&path).map_err(|error| failure(&error))?;
            if !about.is_file() || about.len() > LONGEST {
                return Err(failure(&"not a file of at most 64 KiB"));
            }
            fs::read(&path).map_err(|error| failure(&error))?
        }
    };
    // What is not text shows nothing.
    Ok(Some(String::from_utf8(bytes).unwrap_or_default()))
}

/// What an account publishes to show that a channel is its own.
pub(crate) fn claim(account: &str, genesis: &Hash) -> Claim {
    Claim { account: account.to_owned(), genesis: genesis.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    fn mine() -> Claim {
        claim(ACCOUNT, &Hash([7; 32]))
    }

    fn verdict(channel: &str, text: Option<&str>) -> std::result::Result<(), Refusal> {
        let (channel, claim) = (Channel::named(channel).unwrap(), mine());
        judge(&Wanted { channel: &channel, claim: &claim, commit: None }, text)
    }

    #[test]
    fn a_file_names_the_account_and_the_chain() {
        let of = |account: &str, genesis: &str| {
            let text = serde_json::json!({ "account": account, "genesis": genesis, "more": 1 }).to_string();
            verdict("hf:lab", Some(&text))
        };
        let genesis = mine().genesis;
        assert_eq!(of(ACCOUNT, &genesis), Ok(()));
        assert_eq!(of(ACCOUNT, &genesis.to_uppercase().replace("0X", "0x")), Ok(()));
        // The same account, with the prefix of Polkadot and of Kusama.
        assert_eq!(of("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", &genesis), Ok(()));
        assert_eq!(of("HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F", &genesis), Ok(()));
        assert_eq!(of("5Other", &genesis), Err(Refusal::OtherAccount));
        assert_eq!(of(ACCOUNT, "0x00"), Err(Refusal::OtherChain));
        assert_eq!(verdict("hf:lab", None), Err(Refusal::Missing));
        for text in ["", "[]", "{}", "account", "{\"account\": 7, \"genesis\": 8}"] {
            assert_eq!(verdict("github:lab", Some(text)), Err(Refusal::Malformed), "{text}");
        }
    }

    #[test]
    fn one_of_several_records_is_enough() {
        let right = mine().as_txt();
        let other = claim(ACCOUNT, &Hash([8; 32])).as_txt();
        let somebody = claim("5Other", &Hash([7; 32])).as_txt();
        let of = |records: &[&str]| verdict("dns:lab.example", Some(&records.join("\n")));
        assert_eq!(of(&["v=spf1 -all", &other, &right]), Ok(()));
        // Whoever had the domain before left his record there.
        assert_eq!(of(&[&somebody, &right]), Err(Refusal::OtherAccount));
        assert_eq!(of(&["v=spf1 -all"]), Err(Refusal::Missing));
        assert_eq!(of(&[&other]), Err(Refusal::OtherChain));
        assert_eq!(of(&[&somebody, &other]), Err(Refusal::OtherAccount));
    }

    #[test]
    fn resolvers_answers_are_read() {
        let read = |answer: &str| records(answer, "lab.example");
        let answer = |status: u16, data: &str| {
            let text =
                |name: &str, kind: u16| serde_json::json!({ "name": name, "type": kind, "TTL": 1, "data": data });
            let answer =
                [text("_pedigree.lab.example.", 16), text("_pedigree.lab.example", 5), text("alias.example", 16)];
            serde_json::json!({ "Status": status, "Answer": answer }).to_string()
        };
        assert_eq!(read(&answer(0, "plain text")).unwrap(), ["plain text"]);
        assert_eq!(read(&answer(0, "\"one \" \"te\\\"xt\"")).unwrap(), ["one te\"xt"]);
        assert_eq!(read("{\"Status\": 3}").unwrap(), [""; 0]);
        assert!(read(&answer(2, "x")).is_err());
        assert!(read("<html>").is_err());
    }

    #[test]
    fn a_repository_that_was_moved_is_another() {
        let about = |name: &str| serde_json::json!({ "id": 1, "full_name": name }).to_string();
        assert!(is_repository(&about("Acme/pedigree"), "acme"));
        for other in ["mallory/pedigree", "acme/other"] {
            assert!(!is_repository(&about(other), "acme"), "{other}");
        }
        assert!(!is_repository("{}", "acme"));
    }

    #[test]
    fn only_channels_can_be_shown() {
        for name in
            ["alice", "gitlab:x", "", "hf:", "hf:acme/../evil", "dns:com", "dns:a.b&name=_pedigree.c.d", "github:a.b"]
        {
            assert!(Channel::named(name).is_err(), "{name}");
        }
    }
}
