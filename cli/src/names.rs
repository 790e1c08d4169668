//! What people type: names of records and releases, roots, digests, parents, percentages.

use std::fmt;
use std::str::FromStr;

use pedigree_manifest::{Hash, Sha256Digest, MAX_PARTS};

use crate::chain::views::{DigestKind, DigestView, Relation};

/// `NAMESPACE/NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordPath {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

impl FromStr for RecordPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = ReleasePath::from_str(text)?;
        match path.number {
            None => Ok(path.record),
            Some(_) => Err(format!("`{text}` names a release; leave out the `@` and what follows")),
        }
    }
}

/// `NAMESPACE/NAME@NUMBER`, or `NAMESPACE/NAME` for the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReleasePath {
    pub(crate) record: RecordPath,
    pub(crate) number: Option<u32>,
}

impl fmt::Display for ReleasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            None => self.record.fmt(f),
            Some(number) => write!(f, "{}@{number}", self.record),
        }
    }
}

impl FromStr for ReleasePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shape = || format!("`{text}` is not of the form NAMESPACE/NAME or NAMESPACE/NAME@NUMBER");
        let (namespace, rest) = text.split_once('/').ok_or_else(shape)?;
        let (name, number) = match rest.split_once('@') {
            None => (rest, None),
            Some((name, number)) => {
                let number = number.parse::<u32>().ok().filter(|number| *number > 0);
                let number = number.ok_or_else(|| format!("`{text}`: releases are numbered from 1"))?;
                (name, Some(number))
            }
        };
        let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/');
        if !part(namespace) || !part(name) || name.contains('@') {
            return Err(shape());
        }
        Ok(Self { record: RecordPath { namespace: namespace.to_owned(), name: name.to_owned() }, number })
    }
}

/// A digest from outside: of a file, a hub commit, a signing manifest, an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalDigest {
    pub(crate) kind: DigestKind,
    pub(crate) bytes: Vec<u8>,
}

fn digest_kind(word: &str) -> Option<DigestKind> {
    DigestKind::ALL.iter().find_map(|(kind, known)| (*known == word).then_some(*kind))
}

fn digest_kinds() -> String {
    DigestKind::ALL.map(|(_, word)| word).join(", ")
}

impl ExternalDigest {
    fn new(kind: &str, value: &str) -> Result<Self, String> {
        let kind =
            digest_kind(kind).ok_or_else(|| format!("`{kind}` is no kind of digest; known are {}", digest_kinds()))?;
        let digits = value.strip_prefix("0x").unwrap_or(value);
        let digits = if kind == DigestKind::Oci { digits.strip_prefix("sha256:").unwrap_or(digits) } else { digits };
        let bytes = hex::decode(digits).map_err(|_| format!("`{value}` is not hexadecimal"))?;
        let lengths: &[usize] = if kind == DigestKind::HubCommit { &[20, 32] } else { &[32] };
        if !lengths.contains(&bytes.len()) {
            let digits: Vec<String> = lengths.iter().map(|length| length.saturating_mul(2).to_string()).collect();
            return Err(format!(
                "a {kind} has {} hexadecimal digits, `{value}` has {}",
                digits.join(" or "),
                bytes.len().saturating_mul(2)
            ));
        }
        Ok(Self { kind, bytes })
    }

    /// Of a file whose bytes are at hand.
    pub(crate) fn sha256(digest: &Sha256Digest) -> Self {
        Self { kind: DigestKind::Sha256, bytes: digest.to_vec() }
    }

    pub(crate) fn view(&self) -> DigestView {
        DigestView { kind: self.kind, value: format!("0x{}", hex::encode(&self.bytes)) }
    }
}

impl fmt::Display for ExternalDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, hex::encode(&self.bytes))
    }
}

impl FromStr for ExternalDigest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let separator = text
            .find(['=', ':'])
            .ok_or_else(|| format!("`{text}` is not of the form KIND=HEX, KIND being one of {}", digest_kinds()))?;
        let (kind, value) = text.split_at(separator);
        Self::new(kind, value.get(1..).unwrap_or_default())
    }
}

/// A digest to register with a release: as told, or to be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DigestArg {
    /// As told.
    Told(ExternalDigest),
    /// The SHA-256 of the files, from the pass that hashes them.
    Sha256,
}

impl DigestArg {
    /// The digest that was told.
    pub(crate) fn told(&self) -> Option<&ExternalDigest> {
        match self {
            Self::Told(digest) => Some(digest),
            Self::Sha256 => None,
        }
    }
}

impl FromStr for DigestArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == DigestKind::Sha256.to_string() {
            return Ok(Self::Sha256);
        }
        text.parse().map(Self::Told)
    }
}

/// Which part of how many: `3/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartArg {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) of: u32,
}

impl FromStr for PartArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let (number, of) = numbers.ok_or_else(|| format!("`{text}` is not of the form NUMBER/OF, such as 3/16"))?;
        if number == 0 || number > of || of > MAX_PARTS {
            return Err(format!("there is no part {number} of {of}: parts are counted from 1, at most {MAX_PARTS}"));
        }
        Ok(Self { number, of })
    }
}

/// What `show` can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Namespace(String),
    Record(RecordPath),
    Release(RecordPath, u32),
    Root(Hash),
    Digest(ExternalDigest),
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with("0x") {
            return text.parse().map(Self::Root).map_err(|error| format!("`{text}`: {error}"));
        }
        if text.contains('/') {
            let path = ReleasePath::from_str(text)?;
            return Ok(match path.number {
                None => Self::Record(path.record),
                Some(number) => Self::Release(path.record, number),
            });
        }
        match text.split_once(':') {
            Some((kind, value)) if digest_kind(kind).is_some() => ExternalDigest::new(kind, value).map(Self::Digest),
            _ if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Err("expected a namespace, NAMESPACE/NAME, NAMESPACE/NAME@NUMBER, 0xROOT or sha256:HEX".to_owned())
            }
            _ => Ok(Self::Namespace(text.to_owned())),
        }
    }
}

/// A block, by its number or its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockName {
    Number(u32),
    Hash(Hash),
}

impl FromStr for BlockName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = if text.starts_with("0x") {
            text.parse().ok().map(Self::Hash)
        } else {
            text.parse().ok().map(Self::Number)
        };
        named.ok_or_else(|| format!("`{text}` is neither a block's number nor its 0xHASH"))
    }
}

/// `RELATION=NAMESPACE/NAME@NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParentArg {
    pub(crate) relation: Relation,
    pub(crate) path: ReleasePath,
}

impl FromStr for ParentArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, path) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` is not of the form RELATION=NAMESPACE/NAME@NUMBER"))?;
        // The other spelling of the same word.
        let word = if word == "quantization" { "quantisation" } else { word };
        let relation = Relation::ALL.iter().find_map(|(relation, known)| (*known == word).then_some(*relation));
        let relation = relation.ok_or_else(|| {
            format!("`{word}` is no relation; known are {}", Relation::ALL.map(|(_, known)| known).join(", "))
        })?;
        Ok(Self { relation, path: path.parse()? })
    }
}

/// A part of the whole: a percentage as typed (`2.5`, `2.5%`), kept in parts per million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Percent {
    pub(crate) parts_per_million: u32,
}

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let error = || format!("`{text}` is no percentage; write for example 2.5");
        let digits = text.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || digits.ends_with('.') {
            return Err(error());
        }
        if fraction.len() > 4 {
            return Err(format!("`{text}` is finer than it can be; at most four digits after the point"));
        }
        let whole: u32 = whole.parse().map_err(|_| error())?;
        let fraction: u32 = format!("{fraction:0<4}").parse().map_err(|_| error())?;
        whole
            .checked_mul(10_000)
            .and_then(|parts| parts.checked_add(fraction))
            .filter(|parts| *parts <= 1_000_000)
            .map(|parts_per_million| Self { parts_per_million })
            .ok_or_else(|| format!("`{text}`: it is a part of the whole, at most 100 percent"))
    }
}

/// An amount of the chain's token, as it is typed: `12.5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// What stands before the point.
    whole: u128,
    /// The digits after it.
    fraction: String,
}

impl Amount {
    /// In units of which `10^decimals` are one token; nothing if it is finer than that, or too much.
    pub(crate) fn units(&self, decimals: u32) -> Option<u128> {
        let digits = usize::try_from(decimals).ok()?;
        let fraction = self.fraction.trim_end_matches('0');
        if fraction.len() > digits {
            return None;
        }
        let fraction = if digits == 0 { 0 } else { format!("{fraction:0<digits$}").parse().ok()? };
        self.whole.checked_mul(10u128.checked_pow(decimals)?)?.checked_add(fraction)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fraction.as_str() {
            "" => self.whole.fmt(f),
            fraction => write!(f, "{}.{fraction}", self.whole),
        }
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let error = || format!("`{text}` is no amount; write for example 12.5");
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(fraction) || text.ends_with('.') {
            return Err(error());
        }
        Ok(Self { whole: whole.parse().map_err(|_| error())?, fraction: fraction.to_owned() })
    }
}

/// Where stake is: `NETUID/EVALUATOR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceArg {
    pub(crate) netuid: u16,
    /// A uid, an address, a key's name, or a development key.
    pub(crate) evaluator: String,
}

impl FromStr for PlaceArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shape = || format!("`{text}` is not of the form NETUID/EVALUATOR, such as 1/dev:bob");
        let (netuid, evaluator) = text.split_once('/').ok_or_else(shape)?;
        if evaluator.is_empty() {
            return Err(shape());
        }
        Ok(Self { netuid: netuid.parse().map_err(|_| shape())?, evaluator: evaluator.to_owned() })
    }
}

/// What there can be a statement of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatementTarget {
    /// One release.
    Release(ReleasePath),
    /// All releases of a namespace.
    Namespace(String),
}

impl FromStr for StatementTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains('/') {
            return text.parse().map(Self::Release);
        }
        match text.parse()? {
            Target::Namespace(name) => Ok(Self::Namespace(name)),
            _ => Err(format!("`{text}` is neither a release nor a namespace")),
        }
    }
}

/// `25000` as `2.5 %`.
pub(crate) fn percent(parts_per_million: u32) -> String {
    let whole = parts_per_million.checked_div(10_000).unwrap_or_default();
    let fraction = parts_per_million.checked_rem(10_000).unwrap_or_default();
    let fraction = format!("{fraction:04}");
    match fraction.trim_end_matches('0') {
        "" => format!("{whole} %"),
        digits => format!("{whole}.{digits} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_one() {
        assert_eq!("3/16".parse(), Ok(PartArg { number: 3, of: 16 }));
        for bad in ["", "3", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "1/70000", "1/4294967296"] {
            assert!(bad.parse::<PartArg>().is_err(), "{bad}");
        }
    }

    #[test]
    fn release_paths_have_a_namespace_a_name_and_perhaps_a_number() {
        let path: ReleasePath = "hf:sentence-transformers/all-MiniLM-L6-v2@3".parse().unwrap();
        assert_eq!(path.record.namespace, "hf:sentence-transformers");
        assert_eq!(path.record.name, "all-MiniLM-L6-v2");
        assert_eq!(path.number, Some(3));
        assert_eq!(path.to_string(), "hf:sentence-transformers/all-MiniLM-L6-v2@3");
        for bad in ["alice", "/x", "alice/", "alice/x@", "alice/x@0", "alice/x@-1", "a/b/c", "a/b@1@2", "a b/c"] {
            assert!(bad.parse::<ReleasePath>().is_err(), "{bad}");
        }
        assert!("alice/x@1".parse::<RecordPath>().is_err());
    }

    #[test]
    fn a_target_is_recognised_by_its_shape() {
        let root = format!("0x{}", "ab".repeat(32));
        assert!(matches!(root.parse(), Ok(Target::Root(_))));
        assert!(matches!("alice".parse(), Ok(Target::Namespace(_))));
        assert!(matches!("hf:meta-llama".parse(), Ok(Target::Namespace(_))));
        assert!(matches!("alice/x".parse(), Ok(Target::Record(_))));
        assert!(matches!("alice/x@2".parse(), Ok(Target::Release(_, 2))));
        assert!(matches!(format!("sha256:{}", "00".repeat(32)).parse(), Ok(Target::Digest(_))));
        assert!(matches!(format!("hub-commit:{}", "00".repeat(20)).parse(), Ok(Target::Digest(_))));
        for bad in ["", "0x12", "sha256:12", "sha256:zz", " "] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_block_is_named_by_number_or_hash() {
        assert_eq!("12".parse(), Ok(BlockName::Number(12)));
        assert_eq!(format!("0x{}", "00".repeat(32)).parse(), Ok(BlockName::Hash(Hash([0; 32]))));
        for bad in ["", "-1", "0x12", "latest", "4294967296"] {
            assert!(bad.parse::<BlockName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn digests_are_typed_with_equals_or_colon() {
        let sha = "11".repeat(32);
        let with_equals: ExternalDigest = format!("sha256={sha}").parse().unwrap();
        assert_eq!(with_equals, format!("sha256:{sha}").parse().unwrap());
        assert_eq!(format!("oci=sha256:{sha}").parse::<ExternalDigest>().unwrap().bytes, vec![0x11; 32]);
        assert!(format!("md5={sha}").parse::<ExternalDigest>().is_err());
        assert_eq!("sha256".parse(), Ok(DigestArg::Sha256));
        assert_eq!(format!("sha256={sha}").parse(), Ok(DigestArg::Told(with_equals)));
        assert!("oci".parse::<DigestArg>().is_err());
    }

    #[test]
    fn parents_name_a_relation_and_a_release() {
        let parent: ParentArg = "fine-tune=alice/base@1".parse().unwrap();
        assert_eq!(parent.relation, Relation::FineTune);
        assert_eq!(parent.path.number, Some(1));
        assert_eq!("quantization=a/b@1".parse::<ParentArg>().unwrap().relation, Relation::Quantisation);
        assert!("copy=alice/base@1".parse::<ParentArg>().is_err());
        assert!("alice/base@1".parse::<ParentArg>().is_err());
    }

    #[test]
    fn amounts_are_exact() {
        let units = |text: &str| text.parse::<Amount>().unwrap().units(12);
        assert_eq!(units("12.5"), Some(12_500_000_000_000));
        assert_eq!(units("0.000000000001"), Some(1));
        assert_eq!(units("1.0000000000000000"), Some(1_000_000_000_000));
        assert_eq!(units("0.0000000000001"), None);
        assert_eq!(units("340282366920938463463374607431768211455"), None);
        assert_eq!("7".parse::<Amount>().unwrap().units(0), Some(7));
        for bad in ["", ".5", "1.", "-1", "1e3", "1,000", "12 PDG", "0x10"] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
    }

    #[test]
    fn statements_are_of_releases_and_namespaces() {
        assert!(matches!("alice/x@2".parse(), Ok(StatementTarget::Release(_))));
        assert!(matches!("alice/x".parse(), Ok(StatementTarget::Release(_))));
        assert!(matches!("hf:org".parse(), Ok(StatementTarget::Namespace(_))));
        assert!(format!("0x{}", "ab".repeat(32)).parse::<StatementTarget>().is_err());
    }

    #[test]
    fn percentages_are_exact() {
        for (text, parts) in
            [("0", 0), ("2.5", 25_000), ("2.5%", 25_000), ("10 %", 100_000), ("0.0001", 1), ("100", 1_000_000)]
        {
            assert_eq!(text.parse::<Percent>().unwrap().parts_per_million, parts, "{text}");
        }
        for bad in ["", "-1", "1.", "1.00001", "101", "ten", ".5", "1e2"] {
            assert!(bad.parse::<Percent>().is_err(), "{bad}");
        }
        assert_eq!(percent(25_000), "2.5 %");
        assert_eq!(percent(100_000), "10 %");
        assert_eq!(percent(1), "0.0001 %");
    }
}
