//! What is around: transfers, proxies, batches.

use super::*;

impl World {
    /// Some get poor: then deposits can't be paid, and nothing may be left half done.
    pub(super) fn transfer(&mut self) -> Outcome {
        let (from, to) = (self.anybody(), self.anybody());
        let value = u128::from(self.chance.below(200_000)) * UNIT;
        from.send(pallet_balances::Call::transfer_keep_alive { dest: to.account().into(), value })
    }

    /// A key that publishes tries to take the money, too.
    pub(super) fn by_proxy(&mut self) -> Outcome {
        let (real, proxy) = (self.anybody(), self.anybody());
        if real == proxy {
            return self.instead("balances.transfer", Self::transfer);
        }
        real.send(pallet_proxy::Call::add_proxy {
            delegate: proxy.account().into(),
            proxy_type: ProxyType::Publishing,
            delay: 0,
        });
        let before = frame_system::Account::<Runtime>::get(real.account()).data.free;
        let inner = pallet_balances::Call::transfer_keep_alive { dest: proxy.account().into(), value: UNIT };
        let batched: RuntimeCall = pallet_utility::Call::batch { calls: vec![inner.into()] }.into();
        let outcome = proxy.send(pallet_proxy::Call::proxy {
            real: real.account().into(),
            force_proxy_type: None,
            call: Box::new(batched),
        });
        let after = frame_system::Account::<Runtime>::get(real.account()).data.free;
        assert!(after >= before, "a key for publishing spent money of {real:?}");
        real.send(pallet_proxy::Call::remove_proxies {});
        outcome
    }

    /// A new record with its first release, or nothing at all.
    pub(super) fn batch(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Root(_))) else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let What::Root(root) = reserved.what else { unreachable!() };
        let mut namespace = self.namespace();
        for _ in 0..10 {
            if Self::owner_of(namespace) != Some(reserved.who) {
                namespace = self.namespace();
            }
        }
        let kind = self.kind();
        let next = pallet_records::NextRecordId::<Runtime>::get();
        let create = pallet_records::Call::create { namespace, name: self.record_name(), kind };
        let release = self.new_release(root);
        let release = Self::release_call(next, kind, reserved.salt, release);
        let outcome = reserved.who.send(pallet_utility::Call::batch_all { calls: vec![create.into(), release] });
        if outcome == Outcome::Done {
            assert_ok!(Records::release(ReleaseId::new(next, 1)).ok_or("it was registered"));
            self.forget(reserved.salt);
        } else {
            let unchanged = pallet_records::NextRecordId::<Runtime>::get() == next;
            assert!(unchanged, "a batch that failed left a record behind");
        }
        outcome
    }
}
