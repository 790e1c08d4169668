//! Who calls.

use sp_keyring::Sr25519Keyring;

use super::{super::blocks, Outcome};
use crate::{AccountId, Executive, RuntimeCall, System};

/// One of the well-known accounts. The first six are honest, the others are not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Person(pub(super) Sr25519Keyring);

impl Person {
    pub(super) fn all() -> Vec<Self> {
        Sr25519Keyring::well_known().map(Self).collect()
    }

    pub(super) fn account(self) -> AccountId {
        self.0.to_account_id()
    }

    /// Whose account that is.
    pub(super) fn of(account: &AccountId) -> Option<Self> {
        Self::all().into_iter().find(|person| person.account() == *account)
    }

    /// Sends a signed transaction.
    pub(super) fn send(self, call: impl Into<RuntimeCall>) -> Outcome {
        let nonce = System::account_nonce(self.account());
        match Executive::apply_extrinsic(blocks::signed(self.0, call.into(), nonce)) {
            Ok(Ok(())) => Outcome::Done,
            Ok(Err(_)) => Outcome::Failed,
            Err(_) => Outcome::Refused,
        }
    }
}
