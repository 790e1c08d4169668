//! What a request can be answered with besides a result. `docs/rpc.md` lists the codes; keep them together.

use jsonrpsee::types::{error::INVALID_PARAMS_CODE, ErrorObject, ErrorObjectOwned};
use pedigree_primitives::api::PrepareError;
use serde::Serialize;
use std::fmt::Display;

/// The runtime could not answer. It is a fault of the node or the runtime, not of the request.
pub(super) const RUNTIME_FAILED: i32 = 10_001;
/// The node does not have the block, or has discarded its state.
pub(super) const UNKNOWN_BLOCK: i32 = 10_002;
/// The call that was to be prepared would fail.
pub(super) const WOULD_FAIL: i32 = 10_003;
/// The account cannot pay what was to be prepared.
pub(super) const TOO_POOR: i32 = 10_004;

/// What comes along with an invalid parameter.
#[derive(Serialize)]
struct InvalidField {
    field: String,
    explanation: String,
}

/// A parameter is missing or wrong: which, and what was expected.
pub(super) fn invalid(field: impl Into<String>, explanation: impl Into<String>) -> ErrorObjectOwned {
    let (field, explanation) = (field.into(), explanation.into());
    ErrorObject::owned(
        INVALID_PARAMS_CODE,
        format!("Invalid parameter `{field}`: {explanation}"),
        Some(InvalidField { field, explanation }),
    )
}

/// The runtime could not answer.
pub(super) fn runtime_failed(error: impl Display) -> ErrorObjectOwned {
    ErrorObject::owned(RUNTIME_FAILED, "The runtime could not answer.", Some(error.to_string()))
}

/// The node does not know this block, or no longer has its state.
pub(super) fn unknown_block(hash: impl Serialize + std::fmt::Debug) -> ErrorObjectOwned {
    ErrorObject::owned(
        UNKNOWN_BLOCK,
        format!("This node does not have the state of block {hash:?}: it is unknown, or was discarded."),
        Some(hash),
    )
}

/// Why a call could not be prepared. The data is the whole [`PrepareError`], except for a wrong field, which is reported
/// like any other invalid parameter.
pub(super) fn not_prepared(error: PrepareError) -> ErrorObjectOwned {
    match &error {
        PrepareError::Invalid { field, explanation } => invalid(field.clone(), explanation.clone()),
        PrepareError::WouldFail { pallet, error: name, explanation, .. } => {
            ErrorObject::owned(WOULD_FAIL, format!("{pallet}.{name}: {explanation}"), Some(error))
        }
        PrepareError::TooPoor { needed, available } => ErrorObject::owned(
            TOO_POOR,
            format!("The account cannot pay: it takes {} plancks, and {} can be spent.", needed.0, available.0),
            Some(error),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pedigree_primitives::api::Balance;
    use serde_json::{json, Value};

    fn data(error: &ErrorObjectOwned) -> Value {
        serde_json::from_str(error.data().expect("it has data").get()).expect("it is JSON")
    }

    #[test]
    fn a_wrong_field_is_named_in_message_and_data() {
        let error = invalid("limit", "at most 100");
        assert_eq!(error.code(), -32602);
        assert_eq!(error.message(), "Invalid parameter `limit`: at most 100");
        assert_eq!(data(&error), json!({ "field": "limit", "explanation": "at most 100" }));
    }

    #[test]
    fn a_call_that_would_fail_says_where_and_what_to_do() {
        let error = not_prepared(PrepareError::WouldFail {
            pallet: "Records".into(),
            error: "NotOwner".into(),
            parent: None,
            explanation: "Only the owner may do that.".into(),
        });
        assert_eq!(error.code(), WOULD_FAIL);
        assert_eq!(error.message(), "Records.NotOwner: Only the owner may do that.");
        assert_eq!(
            data(&error),
            json!({
                "kind": "wouldFail",
                "pallet": "Records",
                "error": "NotOwner",
                "parent": null,
                "explanation": "Only the owner may do that.",
            })
        );
    }

    #[test]
    fn what_is_missing_to_pay_is_told_in_decimal_strings() {
        let error = not_prepared(PrepareError::TooPoor { needed: Balance(u128::MAX), available: Balance(1) });
        assert_eq!(error.code(), TOO_POOR);
        assert_eq!(
            data(&error),
            json!({
                "kind": "tooPoor",
                "needed": "340282366920938463463374607431768211455",
                "available": "1",
            })
        );
    }
}
