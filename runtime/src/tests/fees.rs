//! What things cost.

use frame_support::traits::fungible::Inspect;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::FixedU128;

use super::blocks::{begin, development, end, pass, send, signed};
use crate::{
    constants::currency::{deposit, MICRO, MILLI, UNIT},
    Balances, Runtime, RuntimeCall, TransactionPayment,
};

fn transfer(value: u128) -> RuntimeCall {
    pallet_balances::Call::transfer_keep_alive { dest: Charlie.to_account_id().into(), value }.into()
}

#[test]
fn a_transfer_costs_about_a_thousandth() {
    development().execute_with(|| {
        begin();
        let before = Balances::balance(&Bob.to_account_id());
        send(Bob, transfer(UNIT)).unwrap().unwrap();
        let fee = before - UNIT - Balances::balance(&Bob.to_account_id());
        println!("a transfer costs {} millionths of a PDG", fee / MICRO);
        assert!((MILLI / 2..2 * MILLI).contains(&fee), "{fee}");
    });
}

#[test]
fn the_author_of_the_block_earns_the_fee() {
    development().execute_with(|| {
        begin();
        let total = || Balances::balance(&Alice.to_account_id()) + Balances::balance(&Bob.to_account_id());
        let (issued, before) = (Balances::total_issuance(), total());
        send(Bob, transfer(UNIT)).unwrap().unwrap();
        assert_eq!(total(), before - UNIT, "what Bob pays, Alice has");
        assert_eq!(Balances::total_issuance(), issued, "nothing is burned");
    });
}

#[test]
fn the_announced_fee_is_what_is_paid() {
    development().execute_with(|| {
        begin();
        let transaction = signed(Bob, transfer(UNIT), 0);
        let length = codec::Encode::encoded_size(&transaction) as u32;
        let announced = TransactionPayment::query_info(transaction, length).partial_fee;
        let before = Balances::balance(&Bob.to_account_id());
        send(Bob, transfer(UNIT)).unwrap().unwrap();
        let paid = before - UNIT - Balances::balance(&Bob.to_account_id());
        assert!(paid <= announced, "{paid} of {announced}");
        assert!(paid * 10 >= announced * 9, "{paid} of {announced}");
    });
}

#[test]
fn fees_of_an_empty_chain_stay_at_their_base() {
    development().execute_with(|| {
        pass(50);
        assert_eq!(pallet_transaction_payment::NextFeeMultiplier::<Runtime>::get(), FixedU128::from_u32(1));
    });
}

#[test]
fn full_blocks_make_fees_rise() {
    development().execute_with(|| {
        begin();
        let full = crate::configs::system::RuntimeBlockWeights::get()
            .get(frame_support::dispatch::DispatchClass::Normal)
            .max_total
            .unwrap();
        crate::System::set_block_consumed_resources(full, 0);
        end();
        assert!(pallet_transaction_payment::NextFeeMultiplier::<Runtime>::get() > FixedU128::from_u32(1));
    });
}

#[test]
fn deposits_are_per_item_and_per_byte() {
    assert_eq!(deposit(1, 0), 10 * MILLI);
    assert_eq!(deposit(0, 1), 100 * MICRO);
    use frame_support::traits::Footprint;
    use sp_runtime::traits::Convert;
    let footprint = Footprint { count: 3, size: 200 };
    assert_eq!(crate::configs::utility::StoragePrice::convert(footprint), deposit(3, 200));
}
