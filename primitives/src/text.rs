//! Short text, bounded, shown as text.

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use sp_core::{bounded::BoundedVec, ConstU32};

/// UTF-8 text of at most `MAX` bytes, without control characters.
///
/// The bytes are checked when a text is made ([`Text::new`]); what arrives as SCALE is checked with
/// [`Text::is_valid`] where it enters the chain.
#[derive(
    Clone, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(MAX))]
pub struct Text<const MAX: u32>(BoundedVec<u8, ConstU32<MAX>>);

impl<const MAX: u32> Text<MAX> {
    /// `text`, or `None` if it is too long or has control characters.
    pub fn new(text: &str) -> Option<Self> {
        let bytes = BoundedVec::try_from(text.as_bytes().to_vec()).ok()?;
        Some(Self(bytes)).filter(Self::is_valid)
    }

    /// Whether these bytes are UTF-8 without control characters.
    pub fn is_valid(&self) -> bool {
        core::str::from_utf8(&self.0).is_ok_and(|text| !text.chars().any(char::is_control))
    }

    /// The text; empty if it is not valid.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The bytes as they are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MAX: u32> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const MAX: u32> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const MAX: u32> Serialize for Text<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, const MAX: u32> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| {
            D::Error::custom(format_args!("text of at most {MAX} bytes without control characters expected"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_too_long_texts_are_refused() {
        assert!(Text::<4>::new("abcd").is_some());
        assert!(Text::<4>::new("abcde").is_none());
        assert!(Text::<4>::new("a\nb").is_none());
    }

    #[test]
    fn bytes_that_are_no_utf8_are_found() {
        let text = Text::<4>::decode(&mut &vec![0xff_u8, 0xfe].encode()[..]).unwrap();
        assert!(!text.is_valid());
        assert_eq!(text.as_str(), "");
    }
}
