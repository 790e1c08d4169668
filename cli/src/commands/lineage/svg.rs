//! A lineage as a picture: boxes for releases, lines for how they were built from each other.
//!
//! Standing is told by the border, a yank by colour and a word, relations by colour and dashes: nothing by colour alone.
//! All text is in one width, so that it is known to fit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::layout::{layout, Layout, Place, Room};
use super::{outside_line, Edge, Lineage};
use crate::chain::views::{Direction, RecordKind, Relation, ReleaseId, ReleaseView, Standing};
use crate::display;
use crate::output::{safe, Style};

/// Letters of 12 pixels in a font of one width.
const LETTER: f64 = 7.3;
const LINE: f64 = 16.0;
const PADDING: f64 = 10.0;
/// Longer lines are cut; the whole of them is shown where the mouse is.
const LONGEST: usize = 46;
const MARGIN: f64 = 24.0;
const LEGEND: f64 = 58.0;
/// The legend's words need as much.
const NARROWEST: f64 = 900.0;

pub(super) fn svg(lineage: &Lineage) -> String {
    let releases: Vec<&ReleaseView> = lineage.members.values().map(|member| member.release()).collect();
    let number: BTreeMap<ReleaseId, usize> =
        releases.iter().enumerate().map(|(index, release)| (release.id, index)).collect();
    let links = lineage.links();
    let edges: Vec<(usize, usize)> =
        links.iter().filter_map(|edge| Some((*number.get(&edge.parent)?, *number.get(&edge.child)?))).collect();
    let lines: Vec<Vec<(&str, String)>> = releases.iter().map(|release| lines(lineage, release)).collect();
    let rooms: Vec<Room> = lines.iter().map(|lines| room(lines)).collect();
    let layout = layout(&rooms, &columns(lineage, &number), &edges);
    draw(lineage, &releases, &number, &lines, &links, &layout)
}

/// What stands in a box, and how it is shown.
fn lines(lineage: &Lineage, release: &ReleaseView) -> Vec<(&'static str, String)> {
    let mut facts = format!("{} · {}", release.kind, release.standing);
    if release.upstream.is_some() {
        facts.push_str(" · catalogued");
    }
    let mut lines = vec![("name", safe(&release.name)), ("dim", facts), ("dim", display::terms(&release.terms))];
    lines.extend(release.yanked.iter().map(|yank| ("yank", display::yank(Style::plain(), yank))));
    lines.extend(lineage.outside(release).map(|parent| {
        let class = if parent.yanked { "yank" } else { "dim" };
        (class, outside_line(parent))
    }));
    lines
}

/// A line that fits: what is too long loses its middle.
fn cut(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= LONGEST {
        return line.to_owned();
    }
    let half = LONGEST / 2;
    let head: String = letters.iter().take(half).collect();
    let tail: String = letters.iter().skip(letters.len().saturating_sub(half.saturating_sub(1))).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

fn number_of(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn room(lines: &[(&str, String)]) -> Room {
    let longest = lines.iter().map(|(_, line)| cut(line).chars().count()).max().unwrap_or_default();
    Room { width: number_of(longest) * LETTER + 2.0 * PADDING, height: number_of(lines.len()) * LINE + PADDING }
}

/// How far to the right each release is: by its longest way from the one that was asked for.
fn columns(lineage: &Lineage, number: &BTreeMap<ReleaseId, usize>) -> Vec<usize> {
    let mut away: BTreeMap<ReleaseId, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<ReleaseId, usize> = BTreeMap::new();
    let next = |id: &ReleaseId| {
        let links = lineage.members.get(id).map(|member| member.links.as_slice()).unwrap_or_default();
        links.iter().map(|link| link.to).filter(|to| number.contains_key(to)).collect::<BTreeSet<_>>()
    };
    for to in number.keys().flat_map(next) {
        let count = waiting.entry(to).or_default();
        *count = count.saturating_add(1);
    }
    // A release is looked at when all that lead to it were.
    let mut ready: Vec<ReleaseId> = number.keys().filter(|id| !waiting.contains_key(id)).copied().collect();
    while let Some(id) = ready.pop() {
        let here = away.get(&id).copied().unwrap_or_default();
        for to in next(&id) {
            let far = away.entry(to).or_default();
            *far = (*far).max(here.saturating_add(1));
            if let Some(count) = waiting.get_mut(&to) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(to);
                }
            }
        }
    }
    let farthest = away.values().copied().max().unwrap_or_default();
    let column = |id: &ReleaseId| {
        let away = away.get(id).copied().unwrap_or_default();
        match lineage.direction {
            Direction::Ancestors => farthest.saturating_sub(away),
            Direction::Descendants => away,
        }
    };
    number.keys().map(column).collect()
}

/// Colour and dashes of a relation.
fn stroke(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::FineTune => ("#1f5fbf", ""),
        Relation::Adapter => ("#0b7a75", "8 3"),
        Relation::Merge => ("#7b3fb8", "2 3"),
        Relation::Quantisation => ("#9a5b00", "10 3 2 3"),
        Relation::Distillation => ("#b0306a", "5 3"),
        Relation::TrainedOn => ("#3c7a1e", "1 4"),
        Relation::DerivedFrom => ("#555555", "14 4"),
    }
}

/// Text as XML reads it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

fn draw(
    lineage: &Lineage,
    releases: &[&ReleaseView],
    number: &BTreeMap<ReleaseId, usize>,
    lines: &[Vec<(&str, String)>],
    links: &[Edge],
    layout: &Layout,
) -> String {
    let width = (layout.width + 2.0 * MARGIN).max(NARROWEST);
    let height = layout.height + 2.0 * MARGIN + LEGEND;
    let root = lineage.members.get(&lineage.root).map(|member| safe(&member.release().name)).unwrap_or_default();
    let name = escaped(&root);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>Lineage of {name}</title>\n\
         <style>text{{font:12px 'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace;fill:#1a1a1a}}\
         .name{{font-weight:bold}}.dim{{fill:#555}}.yank{{fill:#a40000;font-weight:bold}}path{{fill:none;stroke-width:1.6}}</style>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    legend(&mut text, links);
    let _ = writeln!(text, "<g transform=\"translate({MARGIN:.0} {:.0})\">", MARGIN + LEGEND);
    for (edge, way) in links.iter().zip(&layout.ways) {
        let find = |id: ReleaseId| {
            let index = *number.get(&id)?;
            Some((layout.boxes.get(index)?, *releases.get(index)?))
        };
        if let (Some((from, parent)), Some((to, child))) = (find(edge.parent), find(edge.child)) {
            let (colour, dashes) = stroke(edge.relation);
            let note = edge.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            let _ = writeln!(
                text,
                "<path d=\"{}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"><title>{}: {} → {}{note}</title></path>",
                curve(from, way, to),
                edge.relation,
                escaped(&safe(&parent.name)),
                escaped(&safe(&child.name)),
            );
            arrow(&mut text, to, colour);
        }
    }
    for ((release, lines), place) in releases.iter().zip(lines).zip(&layout.boxes) {
        draw_box(&mut text, release, lines, place, release.id == lineage.root);
    }
    text.push_str("</g>\n</svg>\n");
    text
}

/// From the right side of a box, through where it passes, to the left side of another.
fn curve(from: &Place, way: &[Place], to: &Place) -> String {
    let (mut x, mut y) = (from.end, from.y);
    let mut path = format!("M{:.1} {y:.1} H{x:.1}", from.x + from.room.width);
    for place in way {
        turn(&mut path, (x, y), (place.x, place.y));
        let _ = write!(path, " H{:.1}", place.end);
        (x, y) = (place.end, place.y);
    }
    // The arrow's head has room.
    turn(&mut path, (x, y), (to.x - 7.0, to.y));
    path
}

/// From one height to another, level at both ends.
fn turn(path: &mut String, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
    let half = (x + to_x) / 2.0;
    let _ = write!(path, " C{half:.1} {y:.1} {half:.1} {to_y:.1} {to_x:.1} {to_y:.1}");
}

fn arrow(text: &mut String, to: &Place, colour: &str) {
    let (x, y) = (to.x, to.y);
    let _ = writeln!(
        text,
        "<polygon points=\"{x:.1},{y:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{colour}\"/>",
        x - 8.0,
        y - 4.0,
        x - 8.0,
        y + 4.0
    );
}

fn draw_box(text: &mut String, release: &ReleaseView, lines: &[(&str, String)], place: &Place, asked_for: bool) {
    let Place { x, y, room, .. } = *place;
    let top = y - room.height / 2.0;
    let (border, dashes) = match release.standing {
        Standing::Linked => ("#1b7a2f", ""),
        Standing::Plain => ("#444444", ""),
        Standing::Unlinked => ("#777777", "4 3"),
    };
    let border = if release.yanked.is_some() { "#a40000" } else { border };
    let fill = match (release.yanked.is_some(), release.kind) {
        (true, _) => "#fdeaea",
        (false, RecordKind::Model) => "#f2f6fc",
        (false, RecordKind::Dataset) => "#f3f8ec",
    };
    let thickness = if asked_for {
        3.0
    } else if release.standing == Standing::Linked {
        2.2
    } else {
        1.2
    };
    let corner = if release.kind == RecordKind::Dataset { 14.0 } else { 3.0 };
    let _ = writeln!(
        text,
        "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{corner}\" fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{thickness}\" stroke-dasharray=\"{dashes}\"/>",
        escaped(&lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n")),
        room.width,
        room.height,
    );
    for (index, (class, line)) in lines.iter().enumerate() {
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{:.1}\" class=\"{class}\">{}</text>",
            x + PADDING,
            top + PADDING / 2.0 + LINE * (number_of(index) + 0.75),
            escaped(&cut(line)),
        );
    }
    text.push_str("</g>\n");
}

/// What lines and borders mean: the relations that are there, and the standings.
fn legend(text: &mut String, links: &[Edge]) {
    let mut x = MARGIN;
    for (relation, word) in Relation::ALL {
        if !links.iter().any(|edge| edge.relation == relation) {
            continue;
        }
        let (colour, dashes) = stroke(relation);
        let _ = writeln!(
            text,
            "<path d=\"M{x:.0} 28 h34\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"/><text x=\"{:.0}\" y=\"32\">{word}</text>",
            x + 40.0
        );
        x += 40.0 + number_of(word.len()) * LETTER + 18.0;
    }
    let samples = [
        ("linked", "#1b7a2f", "#fff", 2.2, "", 2),
        ("plain", "#444444", "#fff", 1.2, "", 2),
        ("unlinked", "#777777", "#fff", 1.2, "4 3", 2),
        ("model", "#444444", "#f2f6fc", 1.2, "", 2),
        ("dataset", "#444444", "#f3f8ec", 1.2, "", 7),
        ("yanked", "#a40000", "#fdeaea", 1.2, "", 2),
        ("asked for", "#444444", "#fff", 3.0, "", 2),
    ];
    let mut x = MARGIN;
    for (word, border, fill, thickness, dashes, corner) in samples {
        let _ = writeln!(
            text,
            "<rect x=\"{x:.0}\" y=\"46\" width=\"26\" height=\"14\" rx=\"{corner}\" fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{thickness}\" stroke-dasharray=\"{dashes}\"/><text x=\"{:.0}\" y=\"57\">{word}</text>",
            x + 32.0
        );
        x += 32.0 + number_of(word.len()) * LETTER + 18.0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{lineage, release};
    use super::*;

    #[test]
    fn long_lines_lose_their_middle_and_short_ones_nothing() {
        assert_eq!(cut("a/b@1"), "a/b@1");
        let cut = cut(&format!("{}/{}@12", "n".repeat(60), "m".repeat(60)));
        assert!(cut.chars().count() <= LONGEST && cut.starts_with("nnn") && cut.ends_with("mmm@12"), "{cut}");
    }

    #[test]
    fn a_picture_shows_releases_relations_and_yanks_and_no_text_becomes_markup() {
        let base = release(1, "a/base@1", &[], Some("<script>alert(\"x\")</script>"));
        let child = release(2, "a/child@1", &[(1, "a/base@1", "fineTune"), (9, "a/far@1", "merge")], None);
        let text = svg(&lineage(Direction::Ancestors, [&child, &base]));
        assert!(text.contains("yanked: &lt;script&gt;") && !text.contains("<script"), "{text}");
        assert!(text.contains("fine-tune: a/base@1 → a/child@1"), "{text}");
        assert!(!text.contains("merge:") && text.contains(">merge of a/far@1 · plain</text>"), "{text}");
        assert_eq!(text.matches("<g>").count(), 2);
    }

    #[test]
    fn parents_are_left_of_their_children_whichever_way_was_walked() {
        let base = release(1, "a/base@1", &[], None);
        let middle = release(2, "a/middle@1", &[(1, "a/base@1", "fineTune")], None);
        let child = release(3, "a/child@1", &[(1, "a/base@1", "merge"), (2, "a/middle@1", "merge")], None);
        let number = [(base.id, 0), (middle.id, 1), (child.id, 2)].into();
        let up = lineage(Direction::Ancestors, [&child, &middle, &base]);
        let down = lineage(Direction::Descendants, [&base, &middle, &child]);
        assert_eq!(columns(&up, &number), [0, 1, 2]);
        assert_eq!(columns(&down, &number), [0, 1, 2]);
    }
}
