//! Where in a parameter the mistake is.
//!
//! The JSON reader says what is wrong, not where. But it stops at the first mistake: the field without which it complains
//! about something else, or about nothing, is the one. And a field is missing where giving it changes the complaint.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A longer parameter is not searched. No honest one is nearly as long.
const MAX_SEARCHED: usize = 8 * 1024;

/// What names the kind of an action. Without it nothing else is read, so it is suspected last.
const TAG: &str = "action";

/// Why `value` is no `T`: the reader's complaint, with the place if it is not the whole.
pub(super) fn explain<T: DeserializeOwned>(mut value: Value, complaint: String) -> String {
    if value.to_string().len() > MAX_SEARCHED {
        return complaint;
    }
    let place = match complaint.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(field) => lacking::<T>(&mut value, vec![], field, &complaint).unwrap_or_default(),
        None => {
            let mut place = vec![];
            while let Some(step) = step::<T>(&mut value, &place, &complaint) {
                place.push(step);
            }
            place
        }
    };
    if place.is_empty() {
        return complaint;
    }
    let path: String = place.iter().map(Step::shown).collect();
    format!("in `{}`: {complaint}", path.trim_start_matches('.'))
}

/// One step into an object or a list.
#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    fn shown(&self) -> String {
        match self {
            Self::Key(key) => format!(".{key}"),
            Self::Index(index) => format!("[{index}]"),
        }
    }
}

/// The place of the object that lacks `field`.
fn lacking<T: DeserializeOwned>(
    whole: &mut Value,
    place: Vec<Step>,
    field: &str,
    complaint: &str,
) -> Option<Vec<Step>> {
    let mut with = whole.clone();
    if let Some(Value::Object(fields)) = at(&mut with, &place) {
        fields.insert(field.to_owned(), Value::Null);
        let changed = |error: String| error != complaint && !error.starts_with("unknown field");
        if T::deserialize(&with).map_or_else(|error| changed(error.to_string()), |_| true) {
            return Some(place);
        }
    }
    steps(at(whole, &place)?).into_iter().find_map(|step| {
        let place = place.iter().cloned().chain([step]).collect();
        lacking::<T>(whole, place, field, complaint)
    })
}

/// Every step from here.
fn steps(value: &Value) -> Vec<Step> {
    match value {
        Value::Object(fields) => fields.keys().cloned().map(Step::Key).collect(),
        Value::Array(items) => (0..items.len()).map(Step::Index).collect(),
        _ => vec![],
    }
}

/// The next step towards the mistake, from what lies at `place`.
fn step<T: DeserializeOwned>(whole: &mut Value, place: &[Step], complaint: &str) -> Option<Step> {
    let mut suspects = steps(at(whole, place)?);
    suspects.sort_by_key(|suspect| matches!(suspect, Step::Key(key) if key == TAG));
    suspects.into_iter().find(|suspect| {
        let mut without = whole.clone();
        match (at(&mut without, place), suspect) {
            (Some(Value::Object(fields)), Step::Key(key)) => drop(fields.remove(key)),
            (Some(Value::Array(items)), Step::Index(index)) => drop(items.remove(*index)),
            _ => return false,
        }
        T::deserialize(&without).map_or_else(|error| error.to_string() != complaint, |_| true)
    })
}

/// What lies at `place`.
fn at<'a>(whole: &'a mut Value, place: &[Step]) -> Option<&'a mut Value> {
    place.iter().try_fold(whole, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pedigree_primitives::api::Action;
    use serde::Deserialize;
    use serde_json::json;

    /// What is said about a catalogue action in which `value` lies at `pointer`.
    fn said_with(pointer: &str, value: Value) -> String {
        let root = format!("0x{}", "11".repeat(32));
        let mut action = json!({
            "action": "catalogue",
            "record": "hf:tests/model",
            "kind": "model",
            "upstream": { "url": "https://example.org", "revision": "main" },
            "release": {
                "manifest": { "root": root, "files": 1, "tensors": 0, "bytes": 1 },
                "terms": {
                    "licence": "Apache-2.0", "commercialUse": true, "derivatives": true,
                    "shareAlike": false, "attribution": true, "royalty": 0,
                },
                "parents": [
                    { "release": "hf:tests/a@1", "relation": "merge" },
                    { "release": "hf:tests/b@1", "relation": "merge" },
                ],
            },
        });
        let complaint = |action: &Value| Action::deserialize(action).err().map(|error| error.to_string());
        assert_eq!(complaint(&action), None, "it is right before");
        let (parent, field) = pointer.rsplit_once('/').expect("it has a slash");
        action.pointer_mut(parent).expect("it is there")[field] = value;
        let complaint = complaint(&action).expect("it is wrong now");
        explain::<Action>(action, complaint)
    }

    #[test]
    fn the_field_that_is_wrong_is_named_however_deep_it_is() {
        for (pointer, value, place) in [
            ("/kind", json!("song"), "kind"),
            ("/record", json!(7), "record"),
            ("/upstream/url", json!(null), "upstream.url"),
            ("/release/manifest/root", json!("0x00"), "release.manifest.root"),
            ("/release/manifest/files", json!(-1), "release.manifest.files"),
            ("/release/terms/licence", json!("not a licence!"), "release.terms.licence"),
            ("/release/extra", json!(1), "release.extra"),
        ] {
            let said = said_with(pointer, value);
            assert!(said.starts_with(&format!("in `{place}`: ")), "{pointer}: {said}");
        }
        let parents = json!([
            { "release": "hf:tests/a@1", "relation": "merge" },
            { "release": "hf:tests/b@1", "relation": "cousin" },
        ]);
        let said = said_with("/release/parents", parents);
        assert!(said.starts_with("in `release.parents[1].relation`: unknown variant `cousin`"), "{said}");
    }

    #[test]
    fn an_unknown_action_is_said_to_be_one() {
        let said = said_with("/action", json!("delete"));
        assert!(said.starts_with("in `action`: unknown variant `delete`"), "{said}");
    }

    #[test]
    fn what_is_missing_is_missing_in_some_object() {
        let terms =
            json!({ "licence": "MIT", "commercialUse": true, "derivatives": true, "attribution": true, "royalty": 0 });
        let said = said_with("/release/terms", terms);
        assert_eq!(said, "in `release.terms`: missing field `shareAlike`");
        let said = said_with("/release", json!({ "manifest": { "root": "0x00" } }));
        assert!(said.starts_with("in `release"), "{said}");
        let said = said_with("/release/parents", json!([{ "release": "hf:tests/a@1" }]));
        assert_eq!(said, "in `release.parents[0]`: missing field `relation`");
    }

    #[test]
    fn what_is_wrong_as_a_whole_has_no_place() {
        assert_eq!(explain::<u32>(json!("ten"), "it is no number".into()), "it is no number");
        let action = json!({ "action": "openNamespace" });
        let missing = Action::deserialize(&action).expect_err("there is no name");
        assert_eq!(explain::<Action>(action, missing.to_string()), "missing field `name`");
    }
}
