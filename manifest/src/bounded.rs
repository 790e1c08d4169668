//! Lists and texts whose length is checked before anything is kept, for what strangers send.

use alloc::{string::String, vec::Vec};
use codec::{Compact, Decode, Encode, Error, Input, Output};
use core::ops::Deref;

/// A list of at most `MAX` items. Decoding refuses a longer one from its length prefix alone, and never reserves room for
/// items that were announced but not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded<T, const MAX: u32>(Vec<T>);

/// UTF-8 text of at most `MAX` bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<const MAX: u32>(String);

/// Longer than the format allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("longer than the {0} that the format allows")]
pub struct TooLong(
    /// The most there may be.
    pub u32,
);

fn fits(length: usize, max: u32) -> bool {
    u32::try_from(length).is_ok_and(|length| length <= max)
}

impl<T, const MAX: u32> TryFrom<Vec<T>> for Bounded<T, MAX> {
    type Error = TooLong;

    fn try_from(items: Vec<T>) -> Result<Self, TooLong> {
        fits(items.len(), MAX).then_some(Self(items)).ok_or(TooLong(MAX))
    }
}

impl<T, const MAX: u32> Deref for Bounded<T, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Encode, const MAX: u32> Encode for Bounded<T, MAX> {
    fn encode_to<O: Output + ?Sized>(&self, to: &mut O) {
        self.0.encode_to(to);
    }
}

impl<T: Decode, const MAX: u32> Decode for Bounded<T, MAX> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let length = Compact::<u32>::decode(input)?.0;
        if length > MAX {
            return Err("list is longer than the format allows".into());
        }
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(T::decode(input)?);
        }
        Ok(Self(items))
    }
}

impl<const MAX: u32> TryFrom<String> for Text<MAX> {
    type Error = TooLong;

    fn try_from(text: String) -> Result<Self, TooLong> {
        fits(text.len(), MAX).then_some(Self(text)).ok_or(TooLong(MAX))
    }
}

impl<const MAX: u32> TryFrom<&str> for Text<MAX> {
    type Error = TooLong;

    fn try_from(text: &str) -> Result<Self, TooLong> {
        fits(text.len(), MAX).then(|| Self(text.into())).ok_or(TooLong(MAX))
    }
}

impl<const MAX: u32> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: u32> Encode for Text<MAX> {
    fn encode_to<O: Output + ?Sized>(&self, to: &mut O) {
        self.0.encode_to(to);
    }
}

impl<const MAX: u32> Decode for Text<MAX> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let bytes = Bounded::<u8, MAX>::decode(input)?.0;
        String::from_utf8(bytes).map(Self).map_err(|_| "text is not UTF-8".into())
    }
}

#[cfg(feature = "std")]
mod json {
    use super::*;
    use core::{fmt, marker::PhantomData};
    use serde::{
        de::{Error as _, SeqAccess, Visitor},
        Deserialize, Deserializer, Serialize, Serializer,
    };

    impl<T: Serialize, const MAX: u32> Serialize for Bounded<T, MAX> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }

    impl<'de, T: Deserialize<'de>, const MAX: u32> Deserialize<'de> for Bounded<T, MAX> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Items<T, const MAX: u32>(PhantomData<T>);

            impl<'de, T: Deserialize<'de>, const MAX: u32> Visitor<'de> for Items<T, MAX> {
                type Value = Bounded<T, MAX>;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "a list of at most {MAX} items")
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                    let mut items = Vec::new();
                    while let Some(item) = seq.next_element()? {
                        if !fits(items.len().saturating_add(1), MAX) {
                            return Err(A::Error::custom(TooLong(MAX)));
                        }
                        items.push(item);
                    }
                    Ok(Bounded(items))
                }
            }

            deserializer.deserialize_seq(Items(PhantomData))
        }
    }

    impl<const MAX: u32> Serialize for Text<MAX> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self)
        }
    }

    impl<'de, const MAX: u32> Deserialize<'de> for Text<MAX> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Self::try_from(String::deserialize(deserializer)?).map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn announced_length_is_refused_before_anything_is_kept() {
        let huge = Compact(u32::MAX).encode();
        assert!(Bounded::<u64, 64>::decode(&mut &huge[..]).is_err());
        assert!(Text::<1024>::decode(&mut &huge[..]).is_err());
        let one_too_many = vec![0_u8; 65].encode();
        assert!(Bounded::<u8, 64>::decode(&mut &one_too_many[..]).is_err());
        let just_fits = vec![0_u8; 64].encode();
        assert_eq!(Bounded::<u8, 64>::decode(&mut &just_fits[..]).unwrap().len(), 64);
    }

    #[test]
    fn text_must_be_utf_8() {
        let bad = vec![0xff_u8, 0xfe].encode();
        assert!(Text::<64>::decode(&mut &bad[..]).is_err());
        assert_eq!(&*Text::<8>::decode(&mut &"größer".encode()[..]).unwrap(), "größer");
        assert_eq!(Text::<7>::try_from("größer"), Err(TooLong(7)));
    }
}
