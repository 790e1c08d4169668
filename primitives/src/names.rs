//! Names: of namespaces, records and releases.
//!
//! | what | looks like | rule |
//! | --- | --- | --- |
//! | plain namespace | `alice`, `open-lab` | 3 to 32 of `a-z 0-9 -`; begins with a letter, ends with a letter or digit, no two hyphens in a row |
//! | channel namespace | `hf:meta-llama`, `github:org`, `dns:meta.com` | the channel's own rule, see [`ChannelKind`] |
//! | record | `all-MiniLM-L6-v2` | 1 to 96 of `A-Z a-z 0-9 . _ -`, begins and ends with a letter or digit, no `..` or `--` |
//! | release | `alice/minilm@2` | namespace, record, number from 1 |
//!
//! Letters keep their case where the channel keeps it, but two names that differ only by case are one name: see
//! [`RecordName::key`] and [`NamespaceName::key`].

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

use crate::Text;

/// The longest name of a namespace, channel prefix included.
pub const MAX_NAMESPACE_NAME: u32 = 80;
/// The longest name of a record.
pub const MAX_RECORD_NAME: u32 = 96;

const PLAIN_LENGTH: core::ops::RangeInclusive<usize> = 3..=32;

/// Why a name is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Too short or too long.
    Length,
    /// A character that the rule does not allow, or one in a place where it may not stand.
    Characters,
    /// A prefix before the colon that is no known channel.
    UnknownChannel,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "the name is too short or too long",
            Self::Characters => "the name has a character that is not allowed there",
            Self::UnknownChannel => "the part before the colon is no channel; known are hf, github and dns",
        })
    }
}

/// A place outside the chain whose control can be shown.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum ChannelKind {
    /// `hf:NAME`: a user or organisation of the Hugging Face hub: 1 to 42 of `A-Z a-z 0-9 - _ .`.
    HuggingFace,
    /// `github:NAME`: a user or organisation of GitHub: 1 to 39 of `A-Z a-z 0-9 -`.
    GitHub,
    /// `dns:DOMAIN`: a domain name in lower case, at least two labels (internationalised names in their `xn--` form).
    Dns,
}

/// What kind of name a namespace has.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum NamespaceKind {
    /// First come, first served.
    Plain,
    /// Belongs to whoever shows control of that channel.
    Channel(ChannelKind),
}

/// The name of a namespace. Made with [`NamespaceName::parse`]; what arrives as SCALE is checked with
/// [`NamespaceName::kind`] where it enters the chain.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(transparent)]
pub struct NamespaceName(pub Text<MAX_NAMESPACE_NAME>);

impl NamespaceName {
    /// `name`, if it is one.
    pub fn parse(name: &str) -> Result<Self, NameError> {
        let name = Self(Text::new(name).ok_or(NameError::Length)?);
        name.kind().map(|_| name)
    }

    /// What kind of name this is, or why it is none.
    pub fn kind(&self) -> Result<NamespaceKind, NameError> {
        let name = self.0.as_bytes();
        match name.iter().position(|&byte| byte == b':') {
            None => plain(name).map(|()| NamespaceKind::Plain),
            Some(colon) => {
                let (prefix, rest) = name.split_at(colon);
                let rest = rest.get(1..).unwrap_or_default();
                let kind = match prefix {
                    b"hf" => ChannelKind::HuggingFace,
                    b"github" => ChannelKind::GitHub,
                    b"dns" => ChannelKind::Dns,
                    _ => return Err(NameError::UnknownChannel),
                };
                match kind {
                    ChannelKind::HuggingFace => words(rest, 42, b"-_.")?,
                    ChannelKind::GitHub => words(rest, 39, b"-")?,
                    ChannelKind::Dns => domain(rest)?,
                }
                Ok(NamespaceKind::Channel(kind))
            }
        }
    }

    /// What makes this name the same as another: its letters in lower case.
    pub fn key(&self) -> Vec<u8> {
        self.0.as_bytes().to_ascii_lowercase()
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// The name of a record within its namespace.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(transparent)]
pub struct RecordName(pub Text<MAX_RECORD_NAME>);

impl RecordName {
    /// `name`, if it is one.
    pub fn parse(name: &str) -> Result<Self, NameError> {
        let name = Self(Text::new(name).ok_or(NameError::Length)?);
        name.check().map(|()| name)
    }

    /// Whether this is a name, or why it is none.
    pub fn check(&self) -> Result<(), NameError> {
        words(self.0.as_bytes(), MAX_RECORD_NAME as usize, b"-_.")
    }

    /// What makes this name the same as another: its letters in lower case.
    pub fn key(&self) -> Vec<u8> {
        self.0.as_bytes().to_ascii_lowercase()
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// `NAMESPACE/NAME` or `NAMESPACE/NAME@NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasePath {
    /// The namespace.
    pub namespace: NamespaceName,
    /// The record in it.
    pub record: RecordName,
    /// The release of it; none means the latest.
    pub number: Option<u32>,
}

impl ReleasePath {
    /// `path`, if it is one.
    pub fn parse(path: &str) -> Result<Self, NameError> {
        let (namespace, rest) = path.split_once('/').ok_or(NameError::Characters)?;
        let (record, number) = match rest.split_once('@') {
            None => (rest, None),
            Some((record, number)) => {
                let number = number.parse::<u32>().ok().filter(|number| *number > 0);
                (record, Some(number.ok_or(NameError::Characters)?))
            }
        };
        Ok(Self { namespace: NamespaceName::parse(namespace)?, record: RecordName::parse(record)?, number })
    }
}

fn plain(name: &[u8]) -> Result<(), NameError> {
    if !PLAIN_LENGTH.contains(&name.len()) {
        return Err(NameError::Length);
    }
    let begins = name.first().is_some_and(u8::is_ascii_lowercase);
    if !begins || name.iter().any(u8::is_ascii_uppercase) {
        return Err(NameError::Characters);
    }
    words(name, *PLAIN_LENGTH.end(), b"-")
}

/// Letters and digits, joined by single `joints`.
fn words(name: &[u8], longest: usize, joints: &[u8]) -> Result<(), NameError> {
    if name.is_empty() || name.len() > longest {
        return Err(NameError::Length);
    }
    let outer = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let allowed = name.iter().all(|byte| byte.is_ascii_alphanumeric() || joints.contains(byte));
    let doubled = name.windows(2).any(|pair| matches!(pair, b"--" | b".."));
    if outer(name.first()) && outer(name.last()) && allowed && !doubled {
        Ok(())
    } else {
        Err(NameError::Characters)
    }
}

fn domain(name: &[u8]) -> Result<(), NameError> {
    if name.len() > 76 {
        return Err(NameError::Length);
    }
    let label = |label: &[u8]| {
        let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        label.len() <= 63
            && edge(label.first())
            && edge(label.last())
            && label.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
    };
    let mut labels = 0usize;
    for part in name.split(|byte| *byte == b'.') {
        if !label(part) {
            return Err(NameError::Characters);
        }
        labels = labels.saturating_add(1);
    }
    if labels < 2 {
        return Err(NameError::Characters);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Result<NamespaceKind, NameError> {
        NamespaceName::parse(name).and_then(|name| name.kind())
    }

    #[test]
    fn plain_names_are_short_lower_case_words() {
        for good in ["bob", "open-lab", "a1b", "x2-y3-z4"] {
            assert_eq!(kind(good), Ok(NamespaceKind::Plain), "{good}");
        }
        for bad in ["", "ab", "Alice", "1ab", "-ab", "ab-", "a--b", "a_b", "ä-b", "a b", "a/b"] {
            assert!(kind(bad).is_err(), "{bad}");
        }
        assert_eq!(kind(&"a".repeat(33)), Err(NameError::Length));
    }

    #[test]
    fn channels_follow_their_own_rules() {
        use ChannelKind::*;
        assert_eq!(kind("hf:sentence-transformers"), Ok(NamespaceKind::Channel(HuggingFace)));
        assert_eq!(kind("hf:01-ai"), Ok(NamespaceKind::Channel(HuggingFace)));
        assert_eq!(kind("github:rust-lang"), Ok(NamespaceKind::Channel(GitHub)));
        assert_eq!(kind("dns:meta.com"), Ok(NamespaceKind::Channel(Dns)));
        assert_eq!(kind("dns:xn--bcher-kva.example"), Ok(NamespaceKind::Channel(Dns)));
        for bad in ["hf:", "hf:a/b", "dns:com", "dns:Meta.com", "dns:-a.com", "dns:a..b", "github:a_b"] {
            assert!(kind(bad).is_err(), "{bad}");
        }
        assert_eq!(kind("gitlab:a"), Err(NameError::UnknownChannel));
    }

    #[test]
    fn names_that_differ_by_case_are_one_name() {
        let key = |name| RecordName::parse(name).unwrap().key();
        assert_eq!(key("all-MiniLM-L6-v2"), key("all-minilm-l6-V2"));
    }

    #[test]
    fn paths_name_a_release_or_the_latest() {
        let path = ReleasePath::parse("hf:sentence-transformers/all-MiniLM-L6-v2@1").unwrap();
        assert_eq!(path.number, Some(1));
        assert_eq!(ReleasePath::parse("bob/pairs").unwrap().number, None);
        for bad in ["bob", "bob/", "/x", "bob/x@0", "bob/x@-1", "bob/x@", "bob/x/y", "bob/..", "bob/x@1@2"] {
            assert!(ReleasePath::parse(bad).is_err(), "{bad}");
        }
    }
}
