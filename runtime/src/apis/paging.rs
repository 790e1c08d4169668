//! Lists in pages.

use alloc::vec::Vec;

use codec::{Decode, DecodeAll, Encode};
use pedigree_primitives::{
    api::{Page, PageRequest, MAX_PAGE},
    Bytes,
};

/// How many keys are looked at for a page. Those that have nothing to show count, too.
const MAX_KEYS: usize = 1_000;

/// The page that is asked for, of a list whose items have keys in a fixed order.
///
/// `after` gives the keys that follow a key, or all of them; `view` shows one. A cursor is the key of a page's last item,
/// so a page is right whatever was added or removed in between. Nothing follows a cursor that is none. A page may
/// have less than was asked for, and still not be the last one.
pub(super) fn page<Key, Keys, View>(
    request: &PageRequest,
    after: impl FnOnce(Option<Key>) -> Keys,
    mut view: impl FnMut(Key) -> Option<View>,
) -> Page<View>
where
    Key: Decode + Encode + Clone,
    Keys: IntoIterator<Item = Key>,
{
    let cursor = match &request.after {
        None => None,
        Some(Bytes(bytes)) => match Key::decode_all(&mut bytes.as_slice()) {
            Ok(key) => Some(key),
            Err(_) => return empty(),
        },
    };
    let limit = usize::try_from(request.limit.clamp(1, MAX_PAGE)).unwrap_or(1);
    let mut keys = after(cursor).into_iter().peekable();
    let mut items = Vec::new();
    let mut last = None;
    for _ in 0..MAX_KEYS {
        if items.len() >= limit {
            break;
        }
        let Some(key) = keys.next() else { break };
        last = Some(key.clone());
        items.extend(view(key));
    }
    let next = last.filter(|_| keys.peek().is_some()).map(|key| Bytes(key.encode()));
    Page { items, next }
}

/// A page without items.
pub(super) fn empty<View>() -> Page<View> {
    Page { items: Vec::new(), next: None }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use proptest::prelude::*;

    use super::*;

    /// The numbers below `end`, of which the even ones can be shown.
    fn numbers(end: u32, after: Option<Bytes>, limit: u32) -> Page<u32> {
        let request = PageRequest { after, limit };
        let shown = |number: u32| number.is_multiple_of(2).then_some(number);
        page(&request, |after: Option<u32>| after.map_or(0, |last| last.saturating_add(1))..end, shown)
    }

    proptest! {
        #[test]
        fn pages_of_any_length_make_the_whole_list(end in 0u32..300, limit in 0u32..150) {
            let mut all = vec![];
            let mut after = None;
            loop {
                let page = numbers(end, after, limit);
                prop_assert!(page.items.len() <= limit.clamp(1, MAX_PAGE) as usize);
                all.extend(page.items);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            prop_assert_eq!(all, (0..end).filter(|number| number.is_multiple_of(2)).collect::<Vec<_>>());
        }

        #[test]
        fn a_cursor_from_anywhere_does_no_harm(cursor: Vec<u8>) {
            let valid = cursor.len() == 4;
            let page = numbers(10, Some(Bytes(cursor)), 5);
            prop_assert!(valid || page.items.is_empty());
        }
    }
}
