//! What calls of subnets and stake are made of.

use alloc::vec::Vec;

use pallet_stake::Place;
use pallet_subnets::{Hyperparameter, SubnetKind};
use pedigree_primitives::{api::StakePlace, NetUid, RecordName, Score};
use sp_runtime::Permill;

use super::*;
use crate::Subnets;

/// Founds a subnet.
pub(super) fn found(kind: &str, name: &str, price_limit: Option<Amount>) -> Result<RuntimeCall, PrepareError> {
    let kind = match kind {
        "model" => SubnetKind::Model,
        "dataset" => SubnetKind::Dataset,
        "service" => SubnetKind::Service,
        _ => return Err(invalid("kind", format!("{kind:?} is no kind of subnet: model, dataset or service."))),
    };
    let name =
        RecordName::parse(name).map_err(|error| invalid("name", format!("{name:?} can't be a name here: {error}.")))?;
    let price_limit = price_limit.map_or_else(Subnets::founding_price, |limit| limit.0);
    Ok(pallet_subnets::Call::found { kind, name, price_limit }.into())
}

/// Changes a hyperparameter.
pub(super) fn set(netuid: NetUid, name: &str, value: &str) -> Result<RuntimeCall, PrepareError> {
    let value = value.parse().map_err(|_| invalid("value", format!("{value:?} is no whole number.")))?;
    let known = Subnets::initial().all();
    let Some(hyperparameter) = known.iter().find(|hyperparameter| hyperparameter.name() == name) else {
        let names: Vec<_> = known.iter().map(Hyperparameter::name).collect();
        return Err(invalid("name", format!("{name:?} is no hyperparameter. There are {}.", names.join(", "))));
    };
    let hyperparameter = hyperparameter.with_value(value).ok_or_else(|| {
        let (least, most) = Subnets::bounds(hyperparameter);
        invalid("value", format!("{name} is {least} at least and {most} at most."))
    })?;
    Ok(pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter }.into())
}

/// The most that a neuron may cost: what was said, or what it costs now.
pub(super) fn neuron_price_limit(netuid: NetUid, limit: Option<Amount>) -> Balance {
    let price = || pallet_subnets::Subnets::<Runtime>::get(netuid).map(|subnet| Subnets::neuron_price(&subnet));
    // Where there is no subnet, the call says so.
    limit.map(|limit| limit.0).or_else(price).unwrap_or_default()
}

/// Reveals scores.
pub(super) fn reveal(netuid: NetUid, scores: Vec<Score>, salt: [u8; 32]) -> Result<RuntimeCall, PrepareError> {
    let scores = scores.try_into().map_err(|_| invalid("scores", "These are more scores than a subnet has seats."))?;
    Ok(pallet_subnets::Call::reveal { netuid, scores, salt }.into())
}

/// A part, in millionths.
pub(super) fn take(field: &str, millionths: u32) -> Result<Permill, PrepareError> {
    let whole = Permill::one().deconstruct();
    if millionths > whole {
        return Err(invalid(field, format!("A take is a part of the whole, in millionths: {whole} at most.")));
    }
    Ok(Permill::from_parts(millionths))
}

/// Where stake is.
pub(super) fn place(StakePlace { netuid, evaluator }: StakePlace) -> Place<AccountId> {
    Place { netuid, evaluator }
}
