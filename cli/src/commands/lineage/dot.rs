//! A lineage as a graph for Graphviz: `pedigree lineage RELEASE --format dot | dot -Tpdf -o lineage.pdf`.

use std::fmt::Write;

use super::{outside_line, Lineage};
use crate::chain::views::{RecordKind, ReleaseId, Standing};
use crate::display;
use crate::output::{safe, Style};

pub(super) fn dot(lineage: &Lineage) -> String {
    let mut text = "digraph lineage {\n  rankdir=LR;\n  node [fontname=\"monospace\", fontsize=11, style=\"\"];\n  edge [fontname=\"monospace\", fontsize=9];\n".to_owned();
    for (id, member) in &lineage.members {
        let release = member.release();
        let shape = match release.kind {
            RecordKind::Model => "box",
            RecordKind::Dataset => "cylinder",
        };
        let style = match release.standing {
            Standing::Linked => "bold",
            Standing::Plain => "solid",
            Standing::Unlinked => "dashed",
        };
        let mut label = format!(
            "{}\n{} · {} · {}",
            safe(&release.name),
            release.kind,
            release.standing,
            display::terms(&release.terms)
        );
        for parent in lineage.outside(release) {
            let _ = write!(label, "\n{}", outside_line(parent));
        }
        let mut colour = "";
        if let Some(yank) = &release.yanked {
            let _ = write!(label, "\n{}", display::yank(Style::plain(), yank));
            colour = ", color=red, fontcolor=red";
        }
        let _ = writeln!(text, "  {} [shape={shape}, style={style}, label={}{colour}];", node(*id), quoted(&label));
    }
    for edge in lineage.links() {
        let note = edge.note.map(|note| format!("\n({note})")).unwrap_or_default();
        let label = quoted(&format!("{}{note}", edge.relation));
        let _ = writeln!(text, "  {} -> {} [label={label}];", node(edge.parent), node(edge.child));
    }
    text.push_str("}\n");
    text
}

fn node(id: ReleaseId) -> String {
    format!("r{}_{}", id.record, id.number)
}

/// A string as Graphviz reads it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{lineage, release};
    use super::*;
    use crate::chain::views::Direction;

    #[test]
    fn a_graph_has_every_release_and_relation_and_no_text_gets_out_of_its_quotes() {
        let base = release(1, "a/base@1", &[], Some("say \"no\"\\\n"));
        let child = release(2, "a/child@1", &[(1, "a/base@1", "fineTune"), (9, "a/far@1", "trainedOn")], None);
        let text = dot(&lineage(Direction::Ancestors, [&child, &base]));
        assert!(text.contains("r1_1 -> r2_1 [label=\"fine-tune\"];"), "{text}");
        assert!(!text.contains("r9") && text.contains("trained-on a/far@1 · plain\""), "{text}");
        assert!(text.contains("yanked: say \\\"no\\\"\\\\\u{fffd}\", color=red"), "{text}");
        assert!(text.starts_with("digraph lineage {\n") && text.ends_with("}\n"));
    }
}
