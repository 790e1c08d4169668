//! Parameters that say which of them is wrong.
//!
//! What the RPC library answers to a parameter of the wrong type names neither the parameter nor what was expected, so
//! parameters are taken as they come and read here, by name.

use super::error;
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned};
use pedigree_primitives::{
    api::{PageRequest, MAX_PAGE},
    Bytes, NamespaceId, RecordId, ReleaseId,
};
use serde::{de::DeserializeOwned, Deserialize, Deserializer};
use serde_json::Value;

mod place;

/// How many items a page has if nobody says.
const DEFAULT_PAGE: u32 = 20;

/// The longest name that is looked up; no name is nearly as long.
const MAX_NAME: usize = 512;

/// The longest position in a list; none is nearly as long.
const MAX_CURSOR: usize = 256;

/// A parameter as it came: read, or why it could not be.
#[derive(Debug)]
pub(crate) struct Param<T>(Result<T, String>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Param<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(T::deserialize(&value).map_err(|error| place::explain::<T>(value, error.to_string()))))
    }
}

/// A parameter that need not be there.
pub(crate) trait Read<T> {
    /// The value, if there is one.
    fn optional(self, name: &'static str) -> RpcResult<Option<T>>;
    /// The value, which must be there.
    fn required(self, name: &'static str) -> RpcResult<T>;
}

impl<T> Read<T> for Option<Param<T>> {
    fn optional(self, name: &'static str) -> RpcResult<Option<T>> {
        self.map(|param| param.0.map_err(|why| error::invalid(name, why))).transpose()
    }

    fn required(self, name: &'static str) -> RpcResult<T> {
        self.optional(name)?.ok_or_else(|| error::invalid(name, "it is missing"))
    }
}

/// A name that may be looked up: any text that is not absurdly long.
pub(super) fn name(name: String, field: &'static str) -> RpcResult<String> {
    if name.len() > MAX_NAME {
        return Err(error::invalid(field, format!("{} bytes long; a name has at most {MAX_NAME}", name.len())));
    }
    Ok(name)
}

/// The page asked for by `after` and `limit`.
pub(super) fn page(after: Option<Param<Bytes>>, limit: Option<Param<u32>>) -> RpcResult<PageRequest> {
    let after = after.optional("after")?;
    if after.as_ref().is_some_and(|after| after.0.len() > MAX_CURSOR) {
        return Err(error::invalid("after", "not what an earlier page gave as `next`"));
    }
    let limit = limit.optional("limit")?.unwrap_or(DEFAULT_PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(out_of_range(limit));
    }
    Ok(PageRequest { after, limit })
}

fn out_of_range(limit: u32) -> ErrorObjectOwned {
    error::invalid("limit", format!("{limit} is out of range: a page has 1 to {MAX_PAGE} items"))
}

/// A namespace by id or name.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a namespace's id (a number) or its name (text) is expected")]
pub(crate) enum NamespaceRef {
    /// Its id.
    Id(NamespaceId),
    /// Its name.
    Name(String),
}

/// A record by id or name.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a record's id (a number) or its name (\"NAMESPACE/NAME\") is expected")]
pub(crate) enum RecordRef {
    /// Its id.
    Id(RecordId),
    /// `NAMESPACE/NAME`.
    Name(String),
}

/// A release by id or name.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a release's id ({\"record\": NUMBER, \"number\": NUMBER}) or its name (\"NAMESPACE/NAME@NUMBER\", or \
                 \"NAMESPACE/NAME\" for the latest) is expected"
)]
pub(crate) enum ReleaseRef {
    /// Its id.
    Id(ReleaseId),
    /// `NAMESPACE/NAME@NUMBER`, or `NAMESPACE/NAME` for the latest.
    Name(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn param<T: DeserializeOwned>(value: serde_json::Value) -> Option<Param<T>> {
        serde_json::from_value(value).expect("whatever comes is taken")
    }

    #[test]
    fn a_parameter_of_the_wrong_type_is_named() {
        let error = param::<u32>(json!("ten")).required("limit").expect_err("it is no number");
        assert!(error.message().starts_with("Invalid parameter `limit`: "), "{}", error.message());
    }

    #[test]
    fn a_missing_parameter_is_named() {
        let error = param::<u32>(json!(null)).required("root").expect_err("there is none");
        assert_eq!(error.message(), "Invalid parameter `root`: it is missing");
    }

    #[test]
    fn a_page_is_bounded_and_the_bound_is_told() {
        assert_eq!(page(None, None).expect("the first page").limit, DEFAULT_PAGE);
        assert_eq!(page(None, param(json!(100))).expect("the largest page").limit, 100);
        for limit in [json!(0), json!(101), json!(u32::MAX)] {
            let error = page(None, param(limit)).expect_err("it is out of range");
            assert!(error.message().ends_with("a page has 1 to 100 items"), "{}", error.message());
        }
        page(None, param(json!(-1))).expect_err("it is negative");
    }

    #[test]
    fn a_release_is_named_or_numbered() {
        assert!(matches!(
            param::<ReleaseRef>(json!("alice/poems@2")).required("release"),
            Ok(ReleaseRef::Name(name)) if name == "alice/poems@2"
        ));
        assert!(matches!(
            param::<ReleaseRef>(json!({ "record": 3, "number": 2 })).required("release"),
            Ok(ReleaseRef::Id(id)) if id == ReleaseId::new(RecordId(3), 2)
        ));
        let error = param::<ReleaseRef>(json!([3, 2, 1])).required("release").expect_err("it is neither");
        assert!(error.message().contains("NAMESPACE/NAME@NUMBER"), "{}", error.message());
    }

    #[test]
    fn an_absurdly_long_name_is_refused() {
        name("a".repeat(513), "name").expect_err("it is too long");
        name("a".repeat(512), "name").expect("it is unknown, but not absurd");
    }
}
