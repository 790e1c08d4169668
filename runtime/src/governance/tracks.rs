//! The tracks on which referenda are decided.

use alloc::borrow::Cow;

use pallet_referenda::{Curve, Track, TrackInfo, TracksInfo};
use sp_runtime::{str_array as s, Perbill};

use super::timing;
use crate::{constants::currency::UNIT, Balance, BlockNumber, OriginCaller};

/// The id of the track that decides with the origin root.
pub const ROOT: u16 = 0;

/// The track that decides with the origin root.
fn root() -> Track<u16, Balance, BlockNumber> {
    let info = TrackInfo {
        name: s("root"),
        // One at a time: whatever changes the chain itself has everybody's attention.
        max_deciding: 1,
        decision_deposit: 1_000 * UNIT,
        prepare_period: timing::Prepare::get(),
        decision_period: timing::Decision::get(),
        confirm_period: timing::Confirm::get(),
        min_enactment_period: timing::Enactment::get(),
        // From unanimity down to a simple majority (of votes weighed by conviction) at the end.
        min_approval: Curve::LinearDecreasing {
            length: Perbill::from_percent(100),
            floor: Perbill::from_percent(50),
            ceil: Perbill::from_percent(100),
        },
        // From half of all tokens down to a twentieth of them at the end.
        min_support: Curve::LinearDecreasing {
            length: Perbill::from_percent(100),
            floor: Perbill::from_percent(5),
            ceil: Perbill::from_percent(50),
        },
    };
    Track { id: ROOT, info }
}

/// Tells the referenda pallet which tracks there are, and which origin is decided on which.
pub struct Tracks;

impl TracksInfo<Balance, BlockNumber> for Tracks {
    type Id = u16;
    type RuntimeOrigin = OriginCaller;

    fn tracks() -> impl Iterator<Item = Cow<'static, Track<Self::Id, Balance, BlockNumber>>> {
        core::iter::once(Cow::Owned(root()))
    }

    fn track_for(origin: &Self::RuntimeOrigin) -> Result<Self::Id, ()> {
        match origin {
            OriginCaller::system(frame_system::RawOrigin::Root) => Ok(ROOT),
            _ => Err(()),
        }
    }
}
