//! `docs/cli-json.md`: what the commands answer with `--json`, and whether they do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::repository;

/// What takes full blocks, a year, or a channel that changes hands, to succeed.
const NOWHERE: [&str; 3] = ["settle", "expire", "neuron unbind"];

/// The shapes of the document, by the command (or `@name`) that they stand under.
#[derive(Debug)]
pub struct Document {
    shapes: BTreeMap<String, Vec<Value>>,
    seen: BTreeSet<String>,
}

impl Document {
    /// Reads it.
    pub fn read() -> Self {
        let text = fs::read_to_string(repository("docs/cli-json.md")).expect("the document is there");
        let mut shapes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for section in text.split("\n### `").skip(1) {
            let (name, rest) = section.split_once('`').expect("a name ends");
            let blocks = rest.split("```json\n").skip(1);
            let blocks = blocks.map(|block| block.split("```").next().expect("a block ends"));
            let blocks = blocks.map(|block| serde_json::from_str(block).unwrap_or_else(|why| panic!("{name}: {why}")));
            assert!(shapes.insert(name.to_owned(), blocks.collect()).is_none(), "{name} is there twice");
        }
        Self { shapes, seen: BTreeSet::new() }
    }

    /// An answer has to be of one of the shapes of its command.
    pub fn compare(&mut self, command: &str, answer: &Value) {
        self.seen.insert(command.to_owned());
        let problem = self.none_of(command, answer, command);
        assert!(problem.is_none(), "`{command}` answers otherwise:\n{}\n{answer:#}", problem.unwrap_or_default());
    }

    /// What is wrong with a value that is of none of the shapes under that name.
    fn none_of(&self, name: &str, value: &Value, place: &str) -> Option<String> {
        let shapes = self.shapes.get(name).unwrap_or_else(|| panic!("`{name}` is not in the document"));
        let problems: Vec<String> =
            shapes.iter().filter_map(|shape| self.problem(shape, value, place.to_owned())).collect();
        (problems.len() == shapes.len()).then(|| problems.join("\n"))
    }

    fn problem(&self, shape: &Value, value: &Value, place: String) -> Option<String> {
        let wrong = || Some(format!("{place} is not {shape}: {value}"));
        match (shape, value) {
            (Value::Object(fields), Value::Object(values)) => {
                if let Some(each) = fields.get("*") {
                    return values
                        .iter()
                        .find_map(|(name, value)| self.problem(each, value, format!("{place}.{name}")));
                }
                if let Some(name) = values.keys().find(|name| !fields.contains_key(*name)) {
                    return Some(format!("{place}.{name} is not in the document"));
                }
                fields.iter().find_map(|(name, shape)| {
                    let Some(value) = values.get(name) else { return Some(format!("{place}.{name} is missing")) };
                    self.problem(shape, value, format!("{place}.{name}"))
                })
            }
            (Value::Array(shapes), Value::Array(values)) => {
                values.iter().find_map(|value| self.problem(&shapes[0], value, format!("{place}[]")))
            }
            (Value::Null, Value::Null) => None,
            (Value::String(word), value) => {
                if word.ends_with('?') && value.is_null() {
                    return None;
                }
                let word = word.trim_end_matches('?');
                if word.starts_with('@') {
                    return self.none_of(word, value, &place);
                }
                let text = value.as_str().unwrap_or_default();
                let fits = match word {
                    "text" => value.is_string(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "object" => value.is_object(),
                    "hash" => text.len() == 66 && text.starts_with("0x"),
                    "amount" => text.parse::<u128>().is_ok(),
                    other => panic!("{place}: `{other}` is no word"),
                };
                if fits {
                    None
                } else {
                    wrong()
                }
            }
            _ => wrong(),
        }
    }

    /// Whether it has something about a command, by its first word.
    pub fn has(&self, command: &str) -> bool {
        self.shapes.keys().any(|section| first_word(section) == command)
    }

    /// Of all commands of which that is so, by their first word, every answer has to have been compared.
    pub fn is_complete(&self, of: impl Fn(&str) -> bool) {
        let here = |name: &&String| !name.starts_with('@') && !NOWHERE.contains(&name.as_str()) && of(first_word(name));
        let left: Vec<&String> = self.shapes.keys().filter(here).filter(|name| !self.seen.contains(*name)).collect();
        assert!(left.is_empty(), "in the document, but not compared: {left:?}");
    }
}

fn first_word(section: &str) -> &str {
    section.split(' ').next().unwrap_or_default()
}
