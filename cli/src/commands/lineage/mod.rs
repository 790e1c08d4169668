//! `pedigree lineage`: from what a release was built, or what was built from it, as a tree, a graph or a picture.

mod dot;
mod layout;
mod svg;
mod tree;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::Context;
use crate::args::{LineageArgs, LineageFormat};
use crate::chain::views::{Direction, ParentView, Relation, RelativeView, ReleaseId, ReleaseView};
use crate::display;
use crate::error::Result;
use crate::output::{count, safe};
use crate::progress::Spinner;

pub(super) async fn run(context: &Context, args: &LineageArgs) -> Result<()> {
    let chain = context.chain().await?;
    let direction = if args.descendants { Direction::Descendants } else { Direction::Ancestors };
    // All pages of the same moment, so that positions in them mean the same.
    let at = chain.best().await?;
    let found = {
        let what = if args.descendants { "descendants" } else { "ancestors" };
        let spinner = Spinner::start(&context.output, format!("looking for {what}"));
        chain.lineage(&args.release.to_string(), direction, args.depth, args.limit.into(), &at, &spinner).await?
    };
    let (lineage, root) = match found.and_then(|(relatives, complete)| Lineage::new(direction, relatives, complete)) {
        Some(found) => found,
        None => {
            let release = super::show::existing(&chain, &args.release).await?;
            return Err(crate::error::Failure::node(format!("the node knows no lineage of {}", safe(&release.name)))
                .hint("it was registered just now; ask again"));
        }
    };
    if !lineage.complete {
        let shown = count(u64::try_from(lineage.members.len()).unwrap_or(u64::MAX), "release");
        context.output.warning(format!("there are more: only the nearest {shown} are shown (--limit)"));
    }
    // Of descendants, the split of the release itself says nothing.
    let json = context.output.json || args.format == LineageFormat::Json;
    let split = match (json, direction) {
        (true, _) | (false, Direction::Ancestors) => chain.royalty_split_at(lineage.root, &at).await?,
        (false, Direction::Descendants) => Vec::new(),
    };
    if json {
        let releases: Vec<&RelativeView> = lineage.members.values().map(|member| &member.view).collect();
        let answer = json!({
            "release": root, "direction": direction, "releases": releases, "links": lineage.links(),
            "complete": lineage.complete, "royaltySplit": split,
        });
        return context.output.print(&answer.to_string());
    }
    match args.format {
        LineageFormat::Dot => context.output.print(&dot::dot(&lineage)),
        LineageFormat::Svg => context.output.print(&svg::svg(&lineage)),
        LineageFormat::Tree | LineageFormat::Json => {
            context.output.answer(&(), |style| tree::tree(style, &lineage) + &display::split(style, &split))
        }
    }
}

/// From a release to the next in the direction that was asked for. What is said of the parent is what the child's
/// registration says of it, and how it stands now.
#[derive(Clone, Debug)]
struct Link {
    to: ReleaseId,
    parent: ParentView,
}

/// A release, and where one gets from it.
#[derive(Clone, Debug)]
struct Member {
    view: RelativeView,
    links: Vec<Link>,
}

impl Member {
    fn release(&self) -> &ReleaseView {
        &self.view.release
    }
}

/// A release and its ancestors or descendants, each once.
#[derive(Clone, Debug)]
struct Lineage {
    root: ReleaseId,
    direction: Direction,
    members: BTreeMap<ReleaseId, Member>,
    /// Whether these are all, as deep as was asked for.
    complete: bool,
}

/// A parent and its child, both of the lineage.
#[derive(Clone, Debug, Serialize)]
struct Edge {
    parent: ReleaseId,
    child: ReleaseId,
    relation: Relation,
    /// What was not so when the parent was cited, for people.
    #[serde(skip)]
    note: Option<String>,
}

impl Lineage {
    /// From what was met on the way, the release that was asked about first; and its name.
    fn new(direction: Direction, relatives: Vec<RelativeView>, complete: bool) -> Option<(Self, String)> {
        let first = relatives.first()?;
        let (root, name) = (first.release.id, first.release.name.clone());
        let mut down: BTreeMap<ReleaseId, Vec<Link>> = BTreeMap::new();
        if direction == Direction::Descendants {
            for release in relatives.iter().map(|relative| &relative.release) {
                for parent in &release.parents {
                    let link = Link { to: release.id, parent: parent.clone() };
                    down.entry(parent.release).or_default().push(link);
                }
            }
        }
        let member = |view: RelativeView| {
            let id = view.release.id;
            let links = match direction {
                Direction::Ancestors => view
                    .release
                    .parents
                    .iter()
                    .map(|parent| Link { to: parent.release, parent: parent.clone() })
                    .collect(),
                Direction::Descendants => down.remove(&id).unwrap_or_default(),
            };
            (id, Member { view, links })
        };
        let members = relatives.into_iter().map(member).collect();
        Some((Self { root, direction, members, complete }, name))
    }

    /// Every parent with its child, as far as both are in it.
    fn links(&self) -> Vec<Edge> {
        let mut edges = BTreeMap::new();
        for (child, member) in &self.members {
            for parent in member.release().parents.iter().filter(|parent| self.members.contains_key(&parent.release)) {
                let edge =
                    Edge { parent: parent.release, child: *child, relation: parent.relation, note: when_cited(parent) };
                edges.insert((parent.release, *child), edge);
            }
        }
        edges.into_values().collect()
    }

    /// The parents of a release that are not in it themselves: farther than was asked for, or not of this line.
    fn outside<'a>(&'a self, release: &'a ReleaseView) -> impl Iterator<Item = &'a ParentView> {
        release.parents.iter().filter(move |parent| !self.members.contains_key(&parent.release))
    }
}

/// How a release was built from a parent: `merge of `, `trained-on `.
fn built_from(relation: Relation) -> String {
    match relation {
        Relation::TrainedOn => format!("{relation} "),
        _ => format!("{relation} of "),
    }
}

/// A parent that is not shown itself, in one line.
fn outside_line(parent: &ParentView) -> String {
    let yanked = if parent.yanked { " · yanked" } else { "" };
    let when = when_cited(parent).map(|when| format!(" ({when})")).unwrap_or_default();
    format!("{}{} · {}{yanked}{when}", built_from(parent.relation), safe(&parent.name), parent.standing)
}

/// What is worth saying of how a parent stood when it was cited: that it was yanked already, or of another standing.
fn when_cited(parent: &ParentView) -> Option<String> {
    let standing = (parent.standing_when_cited != parent.standing).then(|| parent.standing_when_cited.to_string());
    let words: Vec<String> =
        standing.into_iter().chain(parent.yanked_when_cited.then(|| "yanked already".to_owned())).collect();
    (!words.is_empty()).then(|| format!("{} when it was cited", words.join(" and ")))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::output::Style;
    use serde_json::Value;

    /// The lineage of the first of these.
    pub(super) fn lineage<'a>(direction: Direction, all: impl IntoIterator<Item = &'a ReleaseView>) -> Lineage {
        let view = |release: &ReleaseView| RelativeView { release: release.clone(), generation: 0 };
        Lineage::new(direction, all.into_iter().map(view).collect(), true).unwrap().0
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
        let lineage = lineage(Direction::Ancestors, [&child, &left, &right, &base]);
        let expected = "\
a/child@1  model · plain · MIT · royalty 2 %
├─ merge of a/left@1  model · plain · MIT · royalty 2 %
│  └─ fine-tune of a/base@1  model · plain · MIT · royalty 2 %
│       yanked: bug
└─ merge of a/right@1  model · plain · MIT · royalty 2 %
   ├─ adapter of a/base@1  model · plain · MIT · royalty 2 % (above)
   │    yanked: bug
   └─ … trained-on a/far@1 · plain
";
        assert_eq!(tree::tree(Style::plain(), &lineage), expected);
    }

    #[test]
    fn a_descendant_names_the_parents_that_are_not_of_this_line() {
        let base = release(1, "a/base@1", &[], None);
        let left = release(2, "a/left@1", &[(1, "a/base@1", "fineTune")], None);
        let mut child = release(3, "a/child@1", &[(2, "a/left@1", "merge"), (9, "b/other@1", "merge")], None);
        child.parents[1].yanked = true;
        child.parents[1].yanked_when_cited = true;
        child.parents[1].standing_when_cited = crate::chain::views::Standing::Unlinked;
        let lineage = lineage(Direction::Descendants, [&base, &left, &child]);
        let expected = "\
a/base@1  model · plain · MIT · royalty 2 %
└─ fine-tune: a/left@1  model · plain · MIT · royalty 2 %
   └─ merge: a/child@1  model · plain · MIT · royalty 2 %
        also merge of b/other@1 · plain · yanked (unlinked and yanked already when it was cited)
";
        assert_eq!(tree::tree(Style::plain(), &lineage), expected);
        let other = "merge of b/other@1 · plain · yanked (unlinked and yanked already when it was cited)";
        assert!(dot::dot(&lineage).contains(other));
        // In the box what fits; the whole of it where the mouse is.
        assert!(svg::svg(&lineage).contains(other));
        let edges: Vec<_> = lineage.links().into_iter().map(|edge| (edge.parent.record, edge.child.record)).collect();
        assert_eq!(edges, [(1, 2), (2, 3)]);
    }

    /// A chain as long as a lineage shows at most: nothing of it is done by a function that calls itself.
    #[test]
    fn a_very_long_chain_is_drawn_in_every_format() {
        let chain: Vec<ReleaseView> = (0..3_000u64)
            .map(|n| match n {
                0 => release(n, "a/m-0@1", &[], None),
                n => release(n, &format!("a/m-{n}@1"), &[(n - 1, &format!("a/m-{}@1", n - 1), "fineTune")], None),
            })
            .collect();
        let up = lineage(Direction::Ancestors, chain.iter().rev());
        let down = lineage(Direction::Descendants, &chain);
        for lineage in [&up, &down] {
            assert_eq!(tree::tree(Style::plain(), lineage).lines().count(), 3_000);
            assert_eq!(svg::svg(lineage).matches("<g>").count(), 3_000);
            assert_eq!(dot::dot(lineage).matches("->").count(), 2_999);
        }
    }
}
