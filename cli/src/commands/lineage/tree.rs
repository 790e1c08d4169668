//! A lineage as `tree` draws one. What was drawn before is named again, not drawn again.

use std::collections::BTreeSet;

use super::{built_from, outside_line, when_cited, Lineage, Link, Member};
use crate::chain::views::{Direction, ParentView};
use crate::display;
use crate::output::{safe, Style};

pub(super) fn tree(style: Style, lineage: &Lineage) -> String {
    let mut text = String::new();
    let mut drawn = BTreeSet::new();
    let root = lineage.members.get(&lineage.root);
    let mut waiting: Vec<Branch<'_>> = root.into_iter().map(Branch::root).collect();
    while let Some(branch) = waiting.pop() {
        let Branch { of, link, first, rest } = branch;
        let relation = link.map(|link| relation(style, lineage.direction, link)).unwrap_or_default();
        let Some(member) = of else {
            let parent = link.map(|link| beyond(style, &link.parent)).unwrap_or_default();
            text.push_str(&format!("{}{relation}{parent}\n", style.dim(format!("{first}… "))));
            continue;
        };
        let release = member.release();
        let again = !drawn.insert(release.id);
        let line = display::headline(style, release);
        text.push_str(&format!("{}{relation}{line} · {}", style.dim(&first), display::terms(&release.terms)));
        if again {
            text.push_str(&style.dim(" (above)"));
        }
        text.push('\n');
        let gap = if member.links.is_empty() || again { "  " } else { "│ " };
        let mut below = |line: String| text.push_str(&format!("{}{line}\n", style.dim(format!("{rest}{gap}"))));
        if let Some(view) = &release.yanked {
            below(display::yank(style, view));
        }
        // Of a release that is drawn below its child, or of the parent that it is drawn below.
        let of_parent = if lineage.direction == Direction::Descendants { "parent " } else { "" };
        if let Some(when) = link.and_then(|link| when_cited(&link.parent)) {
            below(style.dim(format!("({of_parent}{when})")));
        }
        if again {
            continue;
        }
        if lineage.direction == Direction::Descendants {
            lineage.outside(release).for_each(|parent| below(format!("also {}", outside_line(parent))));
        }
        let links = member.links.iter().enumerate().rev();
        let last = member.links.len().saturating_sub(1);
        waiting.extend(links.map(|(index, link)| {
            let (turn, line) = if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            Branch {
                of: lineage.members.get(&link.to),
                link: Some(link),
                first: format!("{rest}{turn}"),
                rest: format!("{rest}{line}"),
            }
        }));
    }
    text
}

/// A release that is still to be drawn, with what follows it. `first` stands before its own line, `rest` before the others.
struct Branch<'a> {
    /// Nothing for one that is named, and not there.
    of: Option<&'a Member>,
    link: Option<&'a Link>,
    first: String,
    rest: String,
}

impl<'a> Branch<'a> {
    fn root(member: &'a Member) -> Self {
        Self { of: Some(member), link: None, first: String::new(), rest: String::new() }
    }
}

/// How a release comes to the one below which it is drawn: `fine-tune of `, or `fine-tune: ` the other way.
fn relation(style: Style, direction: Direction, link: &Link) -> String {
    let relation = link.parent.relation;
    match direction {
        Direction::Descendants => format!("{}: ", style.cyan(relation)),
        Direction::Ancestors => built_from(relation).replacen(&relation.to_string(), &style.cyan(relation), 1),
    }
}

/// A parent that is farther than was asked for.
fn beyond(style: Style, parent: &ParentView) -> String {
    let yanked = if parent.yanked { format!(" · {}", style.red("yanked")) } else { String::new() };
    let when = when_cited(parent).map(|when| style.dim(format!(" ({when})"))).unwrap_or_default();
    format!("{} · {}{yanked}{when}", safe(&parent.name), display::standing(style, parent.standing))
}
