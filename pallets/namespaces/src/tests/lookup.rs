//! Reading.

use super::*;

#[test]
fn what_does_not_exist_answers_nothing() {
    run(|| {
        let id = NamespaceId(0);
        assert_eq!(Namespaces::owner(id), None);
        assert_eq!(Namespaces::standing(id), None);
        assert_eq!(Namespaces::name(id), None);
        assert_eq!(Namespaces::find(&name("open-lab")), None);
        assert_eq!(Namespaces::find(&unchecked("not a name")), None);
    });
}

#[test]
fn the_price_is_told_before_it_is_paid() {
    run(|| {
        assert_eq!(Namespaces::price(name("abc")), Some(256 * BASE_PRICE));
        assert_eq!(Namespaces::price(name("open-lab")), Some(BASE_PRICE));
        assert_eq!(Namespaces::price(name("hf:open-lab")), None);
        assert_eq!(Namespaces::price(unchecked("ab")), None);
        let before = free(&ALICE);
        claimed(&ALICE, "abcde");
        assert_eq!(before - free(&ALICE), Namespaces::price(name("abcde")).unwrap());
    });
}

#[test]
fn pages_follow_each_other() {
    run(|| {
        for text in ["one-lab", "two-labs", "three-labs", "four-labs", "five-labs"] {
            claimed(&ALICE, text);
        }
        let ids = |after: Option<u64>, limit| -> Vec<u64> {
            Namespaces::page(after.map(NamespaceId), limit).into_iter().map(|(id, _)| id.0).collect()
        };
        assert_eq!(ids(None, 2), [0, 1]);
        assert_eq!(ids(Some(1), 2), [2, 3]);
        assert_eq!(ids(Some(3), 2), [4]);
        assert!(ids(Some(4), 2).is_empty());
        assert!(ids(Some(u64::MAX), 2).is_empty());
        assert!(ids(None, 0).is_empty());
        assert_eq!(ids(None, u32::MAX), [0, 1, 2, 3, 4]);
    });
}
