//! `pedigree lineage`: from what a release was built, or what was built from it, as a tree, a graph or a picture.

mod dot;
mod layout;
mod svg;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::Context;
use crate::args::{LineageArgs, LineageFormat};
use crate::chain::views::{ChildView, ParentView, Relation, ReleaseId, ReleaseView, Standing};
use crate::chain::Chain;
use crate::display;
use crate::error::Result;
use crate::progress::Spinner;

/// More releases than this are not walked.
const MOST: usize = 1000;

pub(super) async fn run(context: &Context, args: &LineageArgs) -> Result<()> {
    let chain = context.chain().await?;
    let root = super::show::existing(&chain, &args.release).await?;
    let (way, what) = if args.descendants { (Way::Down, "descendants") } else { (Way::Up, "ancestors") };
    let lineage = {
        let _spinner = Spinner::start(&context.output, format!("walking the {what}"));
        walk(&chain, root, way, args.depth.unwrap_or(u32::MAX)).await?
    };
    if !lineage.complete {
        context.output.warning(format!("only the nearest {MOST} releases are shown"));
    }
    if context.output.json || args.format == LineageFormat::Json {
        let split = chain.royalty_split(&lineage.root.name).await?;
        let releases: Vec<&ReleaseView> = lineage.members.values().map(|member| &member.release).collect();
        let answer = json!({
            "release": lineage.root.name, "direction": what, "releases": releases, "links": lineage.links(),
            "complete": lineage.complete, "royaltySplit": split,
        });
        return context.output.print(&answer.to_string());
    }
    match args.format {
        LineageFormat::Dot => context.output.print(&dot::dot(&lineage)),
        LineageFormat::Svg => context.output.print(&svg::svg(&lineage)),
        LineageFormat::Tree | LineageFormat::Json => {
            let split = if args.descendants { Vec::new() } else { chain.royalty_split(&lineage.root.name).await? };
            context.output.answer(&(), |style| {
                let mut text = tree::tree(style, &lineage);
                text.push_str(&display::split(style, &split));
                text
            })
        }
    }
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To what it was built from.
    Up,
    /// To what was built from it.
    Down,
}

/// From one release to the next, as the chain has it.
#[derive(Clone, Debug)]
struct Link {
    to: ReleaseId,
    name: String,
    relation: Relation,
    standing: Standing,
    yanked: bool,
    /// The parent was yanked already when the child cited it.
    yanked_when_cited: bool,
}

impl From<&ParentView> for Link {
    fn from(parent: &ParentView) -> Self {
        Self {
            to: parent.release,
            name: parent.name.clone(),
            relation: parent.relation,
            standing: parent.standing,
            yanked: parent.yanked,
            yanked_when_cited: parent.yanked_when_cited,
        }
    }
}

impl From<ChildView> for Link {
    fn from(child: ChildView) -> Self {
        let ChildView { release, name, relation, standing, yanked, .. } = child;
        Self { to: release, name, relation, standing, yanked, yanked_when_cited: false }
    }
}

/// A release, and where one gets from it.
#[derive(Clone, Debug)]
struct Member {
    release: ReleaseView,
    links: Vec<Link>,
}

/// A release and its ancestors or descendants, each once.
#[derive(Clone, Debug)]
struct Lineage {
    root: ReleaseView,
    way: Way,
    members: BTreeMap<ReleaseId, Member>,
    /// Whether these are all, as deep as was asked for.
    complete: bool,
}

/// A parent and its child, both of the lineage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Edge {
    parent: ReleaseId,
    child: ReleaseId,
    relation: Relation,
}

impl Lineage {
    /// Every parent with its child, as far as both are in it.
    fn links(&self) -> Vec<Edge> {
        let mut edges = BTreeSet::new();
        for (id, member) in &self.members {
            for link in member.links.iter().filter(|link| self.members.contains_key(&link.to)) {
                let (parent, child) = match self.way {
                    Way::Up => (link.to, *id),
                    Way::Down => (*id, link.to),
                };
                edges.insert(Edge { parent, child, relation: link.relation });
            }
        }
        edges.into_iter().collect()
    }
}

/// Walks the lineage of a release, generation by generation, up to so many. All that is asked of the node is asked here.
async fn walk(chain: &Chain, root: ReleaseView, way: Way, depth: u32) -> Result<Lineage> {
    let mut members = BTreeMap::new();
    let mut complete = true;
    let mut generation = vec![root.clone()];
    let mut left = depth;
    while !generation.is_empty() {
        let mut wanted = BTreeMap::new();
        for release in generation {
            let links: Vec<Link> = match way {
                Way::Up => release.parents.iter().map(Link::from).collect(),
                // Beyond the last generation nobody has to be known.
                Way::Down if left == 0 => Vec::new(),
                Way::Down => {
                    let (children, all) = chain.children(release.id, MOST).await?;
                    complete &= all;
                    children.into_iter().map(Link::from).collect()
                }
            };
            wanted.extend(links.iter().map(|link| (link.to, link.name.clone())));
            members.insert(release.id, Member { release, links });
        }
        if left == 0 {
            break;
        }
        left = left.saturating_sub(1);
        generation = Vec::new();
        for (id, name) in wanted {
            if members.contains_key(&id) {
                continue;
            }
            if members.len().saturating_add(generation.len()) >= MOST {
                complete = false;
                break;
            }
            if let Some(release) = chain.release(&name).await? {
                generation.push(release);
            }
        }
    }
    Ok(Lineage { root, way, members, complete })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::output::Style;
    use serde_json::Value;

    pub(super) fn lineage<'a>(root: &ReleaseView, all: impl IntoIterator<Item = &'a ReleaseView>) -> Lineage {
        let member = |release: &ReleaseView| {
            let links = release.parents.iter().map(Link::from).collect();
            (release.id, Member { release: release.clone(), links })
        };
        let members = all.into_iter().map(member).collect();
        Lineage { root: root.clone(), way: Way::Up, members, complete: true }
    }

    pub(super) fn release(record: u64, name: &str, parents: &[(u64, &str, &str)], yanked: Option<&str>) -> ReleaseView {
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
        let lineage = lineage(&child, [&base, &left, &right, &child]);
        let expected = "\
a/child@1  model · plain · MIT · royalty 2 %
├─ merge of a/left@1  model · plain · MIT · royalty 2 %
│  └─ fine-tune of a/base@1  model · plain · MIT · royalty 2 %
│       yanked: bug
└─ merge of a/right@1  model · plain · MIT · royalty 2 %
   ├─ adapter of a/base@1  model · plain · MIT · royalty 2 % (above)
   │    yanked: bug
   └─ … trained-on a/far@1  plain
";
        assert_eq!(tree::tree(Style::plain(), &lineage), expected);
    }
}
