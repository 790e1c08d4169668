//! Errors, as sentences.
//!
//! What a pallet's error means is written where it is declared, as its documentation, and is part of the pallet's type
//! information. So it is right for the runtime that answers, and written once.

use alloc::{
    format,
    string::{String, ToString},
};

use pedigree_primitives::api::PrepareError;
use scale_info::{TypeDef, TypeInfo, Variant};
use sp_runtime::{DispatchError, ModuleError};

use crate::RuntimeError;

/// The error that a call fails with, with the pallet it comes from and what to do about it.
pub(crate) fn explain(error: DispatchError) -> PrepareError {
    let general = |name: &str, explanation: &str| PrepareError::WouldFail {
        pallet: String::from("System"),
        error: String::from(name),
        parent: None,
        explanation: String::from(explanation),
    };
    match error {
        DispatchError::Module(error) => of_pallet(error).unwrap_or_else(|| {
            general("Unknown", &format!("The call fails with error {:?} of pallet {}.", error.error, error.index))
        }),
        DispatchError::BadOrigin => {
            general("BadOrigin", "This account may not do this; it takes another origin, such as a referendum's.")
        }
        DispatchError::ConsumerRemaining | DispatchError::NoProviders | DispatchError::TooManyConsumers => general(
            "AccountReferences",
            "The account has too few or too many things that depend on it; use an account with a higher balance.",
        ),
        DispatchError::Token(error) => {
            let name: &'static str = error.into();
            general("Token", &format!("The account can't pay for this: {name}."))
        }
        DispatchError::Arithmetic(error) => {
            let name: &'static str = error.into();
            general("Arithmetic", &format!("A number is out of range: {name}."))
        }
        DispatchError::Exhausted => general("Exhausted", "This takes more than a block can give; make it smaller."),
        other => {
            let name: &'static str = other.into();
            general(name, &format!("The call fails: {name}."))
        }
    }
}

/// What a pallet says about its own error.
fn of_pallet(error: ModuleError) -> Option<PrepareError> {
    let [index, detail, ..] = error.error;
    let outer = RuntimeError::type_info();
    let pallet = variant(&outer.type_def, error.index)?;
    let errors = pallet.fields.first()?.ty.type_info();
    let variant = variant(&errors.type_def, index)?;
    let about_parent = variant.fields.first().and_then(|field| field.name).is_some_and(|name| name.contains("parent"));
    let mut explanation = String::new();
    for line in &variant.docs {
        if !explanation.is_empty() {
            explanation.push(' ');
        }
        explanation.push_str(line.trim());
    }
    Some(PrepareError::WouldFail {
        pallet: pallet.name.to_string(),
        error: variant.name.to_string(),
        parent: about_parent.then_some(detail),
        explanation,
    })
}

/// The variant of an enumeration that is encoded as `index`.
fn variant(of: &TypeDef, index: u8) -> Option<&Variant> {
    match of {
        TypeDef::Variant(of) => of.variants.iter().find(|variant| variant.index == index),
        _ => None,
    }
}
