//! `pedigree lineage`: from what a release was built, as a tree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::Context;
use crate::args::LineageArgs;
use crate::chain::views::{Relation, ReleaseId, ReleaseView};
use crate::chain::Chain;
use crate::display;
use crate::error::Result;
use crate::output::{safe, Style};
use crate::progress::Spinner;

/// More releases than this are not walked.
const MOST: usize = 1000;

pub(super) async fn run(context: &Context, args: &LineageArgs) -> Result<()> {
    let chain = context.chain().await?;
    let root = super::show::existing(&chain, &args.release).await?;
    let depth = args.depth.unwrap_or(u32::MAX);
    let (releases, complete) = {
        let _spinner = Spinner::start(&context.output, "walking the parents");
        walk(&chain, root.clone(), depth).await?
    };
    if !complete {
        context.output.warning(format!("only the nearest {MOST} releases are shown"));
    }
    let split = chain.royalty_split(&root.name).await?;
    let nodes: Vec<Node<'_>> = releases.values().map(|release| Node { release }).collect();
    context.output.answer(
        &json!({ "release": root.name, "releases": nodes, "complete": complete, "royaltySplit": split }),
        |style| {
            let mut text = tree(style, &root, &releases);
            text.push_str(&display::split(style, &split));
            text
        },
    )
}

/// A release in `--json` output: as the chain has it.
#[derive(Serialize)]
#[serde(transparent)]
struct Node<'a> {
    release: &'a ReleaseView,
}

/// All ancestors of a release up to so many generations, each once, and whether these are all.
async fn walk(chain: &Chain, root: ReleaseView, depth: u32) -> Result<(BTreeMap<ReleaseId, ReleaseView>, bool)> {
    let mut found = BTreeMap::new();
    let mut generation = vec![root];
    let mut left = depth;
    while !generation.is_empty() {
        let mut wanted = BTreeMap::new();
        for release in generation {
            for parent in &release.parents {
                wanted.insert(parent.release, parent.name.clone());
            }
            found.insert(release.id, release);
        }
        if left == 0 {
            break;
        }
        left = left.saturating_sub(1);
        generation = Vec::new();
        for (id, name) in wanted {
            if found.contains_key(&id) {
                continue;
            }
            if found.len().saturating_add(generation.len()) >= MOST {
                return Ok((found, false));
            }
            if let Some(release) = chain.release(&name).await? {
                generation.push(release);
            }
        }
    }
    Ok((found, true))
}

/// The tree, as `tree` draws one. What was drawn before is named again, not drawn again.
fn tree(style: Style, root: &ReleaseView, releases: &BTreeMap<ReleaseId, ReleaseView>) -> String {
    let mut text = String::new();
    let mut drawn = BTreeSet::new();
    branch(style, root, None, "", "", releases, &mut drawn, &mut text);
    text
}

/// One release and what is above it. `first` stands before its own line, `rest` before the others.
#[allow(clippy::too_many_arguments)]
fn branch(
    style: Style,
    release: &ReleaseView,
    relation: Option<Relation>,
    first: &str,
    rest: &str,
    releases: &BTreeMap<ReleaseId, ReleaseView>,
    drawn: &mut BTreeSet<ReleaseId>,
    text: &mut String,
) {
    let relation = match relation {
        None => String::new(),
        Some(relation @ Relation::TrainedOn) => format!("{} ", style.cyan(relation)),
        Some(relation) => format!("{} of ", style.cyan(relation)),
    };
    let again = !drawn.insert(release.id);
    let line = display::headline(style, release);
    text.push_str(&format!("{}{relation}{line} · {}", style.dim(first), display::terms(&release.terms)));
    if again {
        text.push_str(&style.dim(" (above)"));
    }
    text.push('\n');
    if let Some(view) = &release.yanked {
        let gap = if release.parents.is_empty() || again { "  " } else { "│ " };
        text.push_str(&format!("{}{}\n", style.dim(format!("{rest}{gap}")), display::yank(style, view)));
    }
    if again {
        return;
    }
    let last = release.parents.len().saturating_sub(1);
    for (index, parent) in release.parents.iter().enumerate() {
        let (turn, line) = if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        match releases.get(&parent.release) {
            Some(above) => branch(
                style,
                above,
                Some(parent.relation),
                &format!("{rest}{turn}"),
                &format!("{rest}{line}"),
                releases,
                drawn,
                text,
            ),
            None => text.push_str(&format!(
                "{} {} {}\n",
                style.dim(format!("{rest}{turn}…")),
                style.cyan(parent.relation),
                safe(&parent.name)
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn release(record: u64, name: &str, parents: &[(u64, &str, &str)], yanked: Option<&str>) -> ReleaseView {
        let parents: Vec<Value> = parents
            .iter()
            .map(|(record, name, relation)| {
                json!({
                    "release": { "record": record, "number": 1 }, "name": name, "kind": "model", "relation": relation,
                    "standingWhenCited": "plain", "standing": "plain", "yankedWhenCited": false, "yanked": false,
                })
            })
            .collect();
        serde_json::from_value(json!({
            "id": { "record": record, "number": 1 }, "name": name, "kind": "model", "standing": "plain",
            "standingWhenRegistered": "plain", "registrant": "5A", "owner": "5A",
            "manifest": { "root": format!("0x{}", "00".repeat(32)), "files": 1, "tensors": 0, "bytes": 1 },
            "holder": true,
            "terms": { "licence": "MIT", "commercialUse": true, "derivatives": true, "shareAlike": false,
                       "attribution": false, "royalty": 20_000 },
            "parents": parents, "card": null, "locations": [], "digests": [], "upstream": null,
            "firstSeen": 1, "registered": 2,
            "yanked": yanked.map(|reason| json!({ "reason": reason, "successor": null, "successorName": null, "block": 3 })),
        }))
        .unwrap()
    }

    #[test]
    fn a_release_with_two_ways_to_an_ancestor_draws_it_once() {
        let base = release(1, "a/base@1", &[], Some("bug"));
        let left = release(2, "a/left@1", &[(1, "a/base@1", "fineTune")], None);
        let right = release(3, "a/right@1", &[(1, "a/base@1", "adapter"), (9, "a/far@1", "trainedOn")], None);
        let child = release(4, "a/child@1", &[(2, "a/left@1", "merge"), (3, "a/right@1", "merge")], None);
        let releases = [&base, &left, &right, &child].into_iter().map(|one| (one.id, one.clone())).collect();
        let expected = "\
a/child@1  model · plain · MIT · royalty 2 %
├─ merge of a/left@1  model · plain · MIT · royalty 2 %
│  └─ fine-tune of a/base@1  model · plain · MIT · royalty 2 %
│       yanked: bug
└─ merge of a/right@1  model · plain · MIT · royalty 2 %
   ├─ adapter of a/base@1  model · plain · MIT · royalty 2 % (above)
   │    yanked: bug
   └─ … trained-on a/far@1
";
        assert_eq!(tree(Style::plain(), &child, &releases), expected);
    }
}
