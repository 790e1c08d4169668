//! Under which terms a release may be used, as far as this chain can check them.

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use sp_arithmetic::Permill;

use crate::Text;

/// An SPDX licence expression, such as `Apache-2.0` or `MIT OR Apache-2.0`.
///
/// The chain checks its alphabet, not whether the licence list has it: the list grows faster than a runtime, and
/// `LicenseRef-` names what it does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Licence(Text<128>);

impl Licence {
    /// `expression`, if it has the alphabet of one.
    pub fn parse(expression: &str) -> Option<Self> {
        Text::new(expression).map(Self).filter(Self::is_valid)
    }

    /// Whether this has the alphabet of an SPDX expression, begins and ends with none of its blanks, and closes what
    /// it opens.
    pub fn is_valid(&self) -> bool {
        let text = self.as_str();
        let mut depth = 0usize;
        for byte in text.bytes() {
            depth = match byte {
                b'(' => depth.saturating_add(1),
                b')' => match depth.checked_sub(1) {
                    Some(depth) => depth,
                    None => return false,
                },
                b' ' | b'.' | b'-' | b'+' | b':' => depth,
                byte if byte.is_ascii_alphanumeric() => depth,
                _ => return false,
            };
        }
        depth == 0 && !text.is_empty() && text.trim() == text
    }

    /// The expression.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Licence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Licence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Licence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("an SPDX licence expression expected, such as Apache-2.0"))
    }
}

/// The terms of a release. They bind payments on this chain and what may be registered as built from it; they do not
/// change the licence.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// The licence that the files themselves are under.
    pub licence: Licence,
    /// May be used commercially.
    pub commercial_use: bool,
    /// Others may register releases built from it.
    pub derivatives: bool,
    /// What is built from it must carry the same licence and ask the same.
    pub share_alike: bool,
    /// What is built from it must name it, and ask the same.
    pub attribution: bool,
    /// The part of every payment to a descendant that is owed to this release, in millionths.
    pub royalty: Permill,
}

/// Which of a parent's terms a child's terms do not keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsConflict {
    /// The parent may not be built upon.
    Derivatives,
    /// The parent may not be used commercially, the child says that it may.
    CommercialUse,
    /// The parent asks for the same licence and terms; the child has others.
    ShareAlike,
    /// The parent asks to be named by all that is built from it; the child does not ask that.
    Attribution,
}

impl Terms {
    /// Whether a release under `child` terms may be built from one under these.
    ///
    /// Checking direct parents is enough: what a parent had to keep of its own parents, its child keeps of it.
    pub fn permit(&self, child: &Self, by_owner: bool) -> Result<(), TermsConflict> {
        // Whoever owns the parent can waive the one term that stops with it.
        if !self.derivatives && !by_owner {
            return Err(TermsConflict::Derivatives);
        }
        if !self.commercial_use && child.commercial_use {
            return Err(TermsConflict::CommercialUse);
        }
        if self.share_alike && !(child.share_alike && child.licence == self.licence) {
            return Err(TermsConflict::ShareAlike);
        }
        if self.attribution && !child.attribution {
            return Err(TermsConflict::Attribution);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Terms {
        Terms {
            licence: Licence::parse("Apache-2.0").unwrap(),
            commercial_use: true,
            derivatives: true,
            share_alike: false,
            attribution: false,
            royalty: Permill::zero(),
        }
    }

    #[test]
    fn licences_have_the_alphabet_of_spdx() {
        for good in ["MIT", "MIT OR Apache-2.0", "(MIT AND BSD-3-Clause) OR GPL-2.0+", "LicenseRef-llama3"] {
            assert!(Licence::parse(good).is_some(), "{good}");
        }
        for bad in ["", " MIT", "MIT\n", "MIT)", "(MIT", "a/b", "m\u{ef}t"] {
            assert!(Licence::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_child_keeps_what_its_parent_asks() {
        let child = open();
        assert_eq!(open().permit(&child, false), Ok(()));
        let conflict = |parent: Terms| parent.permit(&child, false).unwrap_err();
        assert_eq!(conflict(Terms { derivatives: false, ..open() }), TermsConflict::Derivatives);
        assert_eq!(conflict(Terms { commercial_use: false, ..open() }), TermsConflict::CommercialUse);
        assert_eq!(conflict(Terms { share_alike: true, ..open() }), TermsConflict::ShareAlike);
        assert_eq!(conflict(Terms { attribution: true, ..open() }), TermsConflict::Attribution);
    }

    #[test]
    fn share_alike_means_the_same_licence() {
        let parent = Terms { share_alike: true, ..open() };
        assert_eq!(parent.permit(&parent, false), Ok(()));
        let other = Terms { licence: Licence::parse("MIT").unwrap(), ..parent };
        assert_eq!(parent.permit(&other, false), Err(TermsConflict::ShareAlike));
    }

    #[test]
    fn an_owner_may_build_on_what_others_may_not() {
        let parent = Terms { derivatives: false, ..open() };
        assert_eq!(parent.permit(&open(), true), Ok(()));
    }
}
