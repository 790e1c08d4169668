//! The numbers of the chain: time, money, deposits. One file, so that nobody has to look for them.

/// Time. Slot and epoch length can never change after genesis (`docs/decisions/0010-time.md`).
pub mod time {
    use crate::BlockNumber;

    /// Milliseconds from one slot to the next. As a rule every slot has a block.
    pub const MILLISECS_PER_BLOCK: u64 = 3_000;
    /// Milliseconds a slot lasts.
    pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;

    /// Blocks in a minute.
    pub const MINUTES: BlockNumber = 20;
    /// Blocks in an hour.
    pub const HOURS: BlockNumber = 60 * MINUTES;
    /// Blocks in a day.
    pub const DAYS: BlockNumber = 24 * HOURS;

    /// Blocks in an epoch, which is a session, too.
    pub const EPOCH_DURATION_IN_BLOCKS: BlockNumber = HOURS;
    /// Slots in an epoch.
    pub const EPOCH_DURATION_IN_SLOTS: u64 = EPOCH_DURATION_IN_BLOCKS as u64;

    /// A slot is somebody's alone with this probability; the rest is given out in turn.
    pub const PRIMARY_PROBABILITY: (u64, u64) = (1, 4);

    /// How long a block's hash is remembered, and with it how long a transaction may be mortal.
    pub const BLOCK_HASH_COUNT: BlockNumber = 4_096;
}

/// Money: PDG, with 12 decimals.
pub mod currency {
    use crate::Balance;

    /// One PDG.
    pub const UNIT: Balance = 1_000_000_000_000;
    /// A thousandth of a PDG.
    pub const MILLI: Balance = UNIT / 1_000;
    /// A millionth of a PDG.
    pub const MICRO: Balance = UNIT / 1_000_000;

    /// An account with less than this is removed: 0.001 PDG.
    pub const EXISTENTIAL_DEPOSIT: Balance = MILLI;

    /// There is never more than that.
    pub const MAX_SUPPLY: Balance = 21_000_000 * UNIT;

    /// What holding one entry in everybody's storage takes, whatever is in it: 0.01 PDG.
    pub const DEPOSIT_PER_ITEM: Balance = 10 * MILLI;
    /// What holding one byte in everybody's storage takes: 0.0001 PDG, so that a gigabyte holds 100,000 PDG.
    pub const DEPOSIT_PER_BYTE: Balance = 100 * MICRO;

    /// The deposit for `items` entries with `bytes` bytes in all. It comes back when they go.
    pub const fn deposit(items: u32, bytes: u32) -> Balance {
        (items as Balance)
            .saturating_mul(DEPOSIT_PER_ITEM)
            .saturating_add((bytes as Balance).saturating_mul(DEPOSIT_PER_BYTE))
    }
}

/// What a transaction costs, before the multiplier that follows demand.
pub mod fee {
    use crate::Balance;

    /// Plancks for a picosecond of computing: a second costs 2 PDG, a full block 2.4 PDG, a transfer about 0.001 PDG.
    pub const PER_PICOSECOND: Balance = 2;
    /// Plancks for a byte of a transaction: a kibibyte costs 0.001 PDG.
    pub const PER_BYTE: Balance = super::currency::MICRO;
}

/// How much fits in a block.
pub mod block {
    use frame_support::weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight};
    use sp_runtime::Perbill;

    /// A block may take 1.2 s of the 3 s there are for it: the rest is for its way through the network.
    ///
    /// The size of a storage proof is not limited: a chain of its own has nobody to prove its storage to.
    pub const MAXIMUM_WEIGHT: Weight = Weight::from_parts(1_200 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
    /// What ordinary transactions may take of it: three quarters. The rest is for those that must always get through.
    pub const NORMAL_WEIGHT: Weight = Weight::from_parts(900 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX / 4 * 3);
    /// What scheduled calls may take of it: four fifths.
    pub const SCHEDULED_WEIGHT: Weight = Weight::from_parts(960 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX / 5 * 4);
    /// What crediting payments may take of a block that has the room: half of it.
    pub const SETTLING_WEIGHT: Weight = Weight::from_parts(600 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
    /// What passing deposits on may take of a block that has the room: a tenth of it.
    pub const ADOPTING_WEIGHT: Weight = Weight::from_parts(120 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
    /// What the end of an epoch, or crediting one, may take of a block: a quarter of it.
    pub const EPOCH_WEIGHT: Weight = Weight::from_parts(300 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
    /// What clearing away closed subnets may take of a block that has the room: a tenth of it.
    pub const CLEARING_WEIGHT: Weight = Weight::from_parts(120 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
    /// A block's longest form in bytes.
    pub const MAXIMUM_LENGTH: u32 = 5 * 1024 * 1024;
    /// What ordinary transactions may take of it: three quarters.
    pub const NORMAL_LENGTH: u32 = MAXIMUM_LENGTH / 4 * 3;
    /// The part of a block that its hooks are expected to take.
    pub const INITIALIZATION_RATIO: Perbill = Perbill::from_percent(5);
}

/// The most authorities there can be.
pub const MAX_AUTHORITIES: u32 = 1_000;

/// The prefix of addresses: the generic one, until one of our own is registered (`docs/economics.md`).
pub const SS58_PREFIX: u16 = 42;
