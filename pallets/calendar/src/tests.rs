//! Days of a real length, and days that the genesis made short.

use frame_support::{derive_impl, parameter_types, traits::Get};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;

use crate::{self as pallet_calendar, Days, Hours, Pallet};

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Calendar: pallet_calendar,
    }
);

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
}

parameter_types! {
    pub const Day: u64 = 28_800;
}

impl crate::Config for Test {
    type Day = Day;
}

fn with_days_of(day_length: Option<u64>) -> TestExternalities {
    RuntimeGenesisConfig { calendar: crate::GenesisConfig { day_length }, ..Default::default() }
        .build_storage()
        .unwrap()
        .into()
}

#[test]
fn a_day_lasts_24_hours_unless_the_genesis_says_otherwise() {
    with_days_of(None).execute_with(|| {
        assert_eq!(Pallet::<Test>::day(), 28_800);
        assert_eq!((Pallet::<Test>::days(7), Pallet::<Test>::hours(2)), (201_600, 2_400));
        assert_eq!(<Days<Test, 7> as Get<u64>>::get(), 201_600);
        assert_eq!(<Hours<Test, 2> as Get<u64>>::get(), 2_400);
    });
}

#[test]
fn short_days_have_hours_of_at_least_a_block() {
    with_days_of(Some(1)).execute_with(|| {
        assert_eq!((Pallet::<Test>::days(7), Pallet::<Test>::days(0)), (7, 1));
        assert_eq!((Pallet::<Test>::hours(2), Pallet::<Test>::hours(48)), (1, 2));
    });
    with_days_of(Some(u64::MAX)).execute_with(|| {
        assert_eq!(Pallet::<Test>::days(3), u64::MAX);
        assert_eq!(Pallet::<Test>::hours(48), u64::MAX / 24);
    });
}

#[test]
#[should_panic(expected = "a day has at least one block")]
fn days_without_a_block_make_no_chain() {
    let _ = with_days_of(Some(0));
}
