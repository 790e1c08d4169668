//! Who pays for what others register, as it can be read.

use pallet_sponsorship::Sponsorships;
use pedigree_primitives::api::{Balance as Amount, Page, PageRequest, SponsorshipView};

use super::paging::page;
use crate::{AccountId, Runtime};

/// Those who pay for an account.
pub(super) fn sponsors_of(beneficiary: &AccountId, request: &PageRequest) -> Page<SponsorshipView> {
    page(
        request,
        |after: Option<AccountId>| match after {
            None => Sponsorships::<Runtime>::iter_key_prefix(beneficiary),
            Some(last) => {
                let key = Sponsorships::<Runtime>::hashed_key_for(beneficiary, last);
                Sponsorships::<Runtime>::iter_key_prefix_from(beneficiary, key)
            }
        },
        |sponsor| {
            let left = Sponsorships::<Runtime>::get(beneficiary, &sponsor)?.left;
            Some(SponsorshipView {
                sponsor,
                beneficiary: beneficiary.clone(),
                calls: left.calls,
                fees: Amount(left.fees),
                names: Amount(left.names),
                deposits: Amount(left.deposits),
                until: left.until,
            })
        },
    )
}
