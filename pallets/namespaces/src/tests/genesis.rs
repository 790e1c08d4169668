//! The namespaces that a chain begins with.

use pedigree_primitives::Standing;

use super::*;
use crate::GenesisConfig;

#[test]
fn a_chain_begins_with_the_namespaces_of_its_genesis() {
    let genesis = GenesisConfig { linked: vec![(name("hf:pedigree"), ALICE)], plain: vec![(name("bob"), BOB)] };
    new_test_ext_with(genesis).execute_with(|| {
        let linked = Namespaces::find(&name("hf:pedigree")).unwrap();
        assert_eq!(Namespaces::standing(linked), Some(Standing::Linked));
        assert_eq!(Namespaces::owner(linked), Some(ALICE));
        let plain = Namespaces::find(&name("bob")).unwrap();
        assert_eq!(Namespaces::standing(plain), Some(Standing::Plain));
        assert_eq!(Namespaces::owner(plain), Some(BOB));
        assert_eq!(claimed(&BOB, "open-lab"), NamespaceId(2));
        Namespaces::do_try_state().unwrap();
    });
}

#[test]
#[should_panic(expected = "wrong name: hf:pedigree")]
fn a_channel_among_the_plain_names_stops_the_chain_from_being_made() {
    new_test_ext_with(GenesisConfig { linked: vec![], plain: vec![(name("hf:pedigree"), ALICE)] });
}

#[test]
#[should_panic(expected = "wrong name: Bob")]
fn a_wrong_name_stops_the_chain_from_being_made() {
    new_test_ext_with(GenesisConfig { linked: vec![], plain: vec![(unchecked("Bob"), BOB)] });
}

#[test]
#[should_panic(expected = "twice: hf:Pedigree")]
fn a_name_that_comes_twice_stops_the_chain_from_being_made() {
    let linked = vec![(name("hf:pedigree"), ALICE), (name("hf:Pedigree"), BOB)];
    new_test_ext_with(GenesisConfig { linked, plain: vec![] });
}
