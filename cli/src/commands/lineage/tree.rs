//! A lineage as `tree` draws one. What was drawn before is named again, not drawn again.

use std::collections::BTreeSet;

use super::{Lineage, Link, Way};
use crate::chain::views::{Relation, ReleaseId, ReleaseView};
use crate::display;
use crate::output::{safe, Style};

pub(super) fn tree(style: Style, lineage: &Lineage) -> String {
    let mut drawing = Drawing { style, lineage, drawn: BTreeSet::new(), text: String::new() };
    drawing.branch(&lineage.root, None, "", "");
    drawing.text
}

struct Drawing<'a> {
    style: Style,
    lineage: &'a Lineage,
    drawn: BTreeSet<ReleaseId>,
    text: String,
}

impl Drawing<'_> {
    /// How a release comes to the one below which it is drawn: `fine-tune of `, or `fine-tune: ` the other way.
    fn relation(&self, link: &Link) -> String {
        let relation = self.style.cyan(link.relation);
        match (self.lineage.way, link.relation) {
            (Way::Down, _) => format!("{relation}: "),
            (Way::Up, Relation::TrainedOn) => format!("{relation} "),
            (Way::Up, _) => format!("{relation} of "),
        }
    }

    /// One release and what follows. `first` stands before its own line, `rest` before the others.
    fn branch(&mut self, release: &ReleaseView, link: Option<&Link>, first: &str, rest: &str) {
        let style = self.style;
        let relation = link.map(|link| self.relation(link)).unwrap_or_default();
        let again = !self.drawn.insert(release.id);
        let line = display::headline(style, release);
        self.text.push_str(&format!("{}{relation}{line} · {}", style.dim(first), display::terms(&release.terms)));
        if again {
            self.text.push_str(&style.dim(" (above)"));
        }
        self.text.push('\n');
        let lineage = self.lineage;
        let links = lineage.members.get(&release.id).map(|member| member.links.as_slice()).unwrap_or_default();
        if let Some(view) = &release.yanked {
            let gap = if links.is_empty() || again { "  " } else { "│ " };
            let already = link.is_some_and(|link| link.yanked_when_cited);
            let already = if already { style.dim(" (already when it was cited)") } else { String::new() };
            let yank = display::yank(style, view);
            self.text.push_str(&format!("{}{yank}{already}\n", style.dim(format!("{rest}{gap}"))));
        }
        if again {
            return;
        }
        let last = links.len().saturating_sub(1);
        for (index, link) in links.iter().enumerate() {
            let (turn, line) = if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            match lineage.members.get(&link.to) {
                Some(next) => {
                    self.branch(&next.release, Some(link), &format!("{rest}{turn}"), &format!("{rest}{line}"));
                }
                None => {
                    let yanked = if link.yanked { format!(" · {}", style.red("yanked")) } else { String::new() };
                    self.text.push_str(&format!(
                        "{} {}{}  {}{yanked}\n",
                        style.dim(format!("{rest}{turn}…")),
                        self.relation(link),
                        safe(&link.name),
                        display::standing(style, link.standing),
                    ));
                }
            }
        }
    }
}
