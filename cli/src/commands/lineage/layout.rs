//! Where the releases of a lineage go in a picture: in columns, parents to the left of their children.
//!
//! The usual three steps for layered graphs (Sugiyama): each release gets the column of its longest way from the one that was
//! asked for; an edge that passes columns gets a place of its own in each, so that it runs between the boxes; the order within
//! columns follows the neighbours' until there is little to gain; then everything moves as near to its neighbours as order
//! and room allow.

use std::collections::BTreeMap;

/// How often the order within columns, and then the heights, are improved.
const SWEEPS: usize = 12;
/// Edges that pass columns get at most as many places altogether; what is left is drawn straight.
const MOST_PLACES: usize = 20_000;

/// Room that a box or a passing edge needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A box or passing edge, placed: the middle of its height, and its left side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) room: Room,
    /// Where the widest of its column ends: beyond, an edge may turn.
    pub(super) end: f64,
}

/// All boxes, and the way of each edge through the columns.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// In the order of the boxes given.
    pub(super) boxes: Vec<Place>,
    /// In the order of the edges given: where each passes, from parent to child, between the two.
    pub(super) ways: Vec<Vec<Place>>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Between two columns, between two boxes, and between passing edges.
const BETWEEN_COLUMNS: f64 = 96.0;
const BETWEEN_BOXES: f64 = 16.0;
const PASSING: Room = Room { width: 0.0, height: 2.0 };

/// A point of the graph that has a place: a box, or an edge where it passes a column.
struct Point {
    column: usize,
    room: Room,
    left: Vec<usize>,
    right: Vec<usize>,
    y: f64,
}

/// Lays out boxes with edges from left (parents) to right. `column` says how far each is to the right.
pub(super) fn layout(rooms: &[Room], columns: &[usize], edges: &[(usize, usize)]) -> Layout {
    let mut points: Vec<Point> = rooms
        .iter()
        .zip(columns)
        .map(|(room, column)| Point { column: *column, room: *room, left: vec![], right: vec![], y: 0.0 })
        .collect();
    let mut passing = Vec::new();
    let mut spent = 0_usize;
    for (parent, child) in edges {
        let between = match (columns.get(*parent), columns.get(*child)) {
            (Some(from), Some(to)) => from.saturating_add(1)..*to,
            _ => 0..0,
        };
        spent = spent.saturating_add(between.len());
        let between = if spent > MOST_PLACES { 0..0 } else { between };
        let mut way = Vec::new();
        let mut last = *parent;
        for column in between {
            let point = points.len();
            points.push(Point { column, room: PASSING, left: vec![], right: vec![], y: 0.0 });
            join(&mut points, last, point);
            way.push(point);
            last = point;
        }
        join(&mut points, last, *child);
        passing.push(way);
    }
    let mut order: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        order.entry(point.column).or_default().push(index);
    }
    let mut order: Vec<Vec<usize>> = order.into_values().collect();
    untangle(&points, &mut order);
    heights(&mut points, &order);

    let mut x = 0.0;
    let mut left = BTreeMap::new();
    for column in &order {
        let widest = column.iter().filter_map(|index| Some(points.get(*index)?.room.width)).fold(0.0, f64::max);
        for index in column {
            left.insert(*index, (x, x + widest));
            // A passing edge is level as far as the boxes above and below it reach.
            if let Some(point) = points.get_mut(*index).filter(|_| *index >= rooms.len()) {
                point.room.width = widest;
            }
        }
        x += widest + BETWEEN_COLUMNS;
    }
    let top = points.iter().map(|point| point.y - point.room.height / 2.0).fold(f64::INFINITY, f64::min);
    let bottom = points.iter().map(|point| point.y + point.room.height / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let place = |index: usize| {
        let point = points.get(index)?;
        let (x, end) = left.get(&index).copied()?;
        Some(Place { x, y: point.y - top, room: point.room, end })
    };
    Layout {
        boxes: (0..rooms.len()).filter_map(place).collect(),
        ways: passing.into_iter().map(|way| way.into_iter().filter_map(place).collect()).collect(),
        width: (x - BETWEEN_COLUMNS).max(0.0),
        height: (bottom - top).max(0.0),
    }
}

fn join(points: &mut [Point], from: usize, to: usize) {
    if let Some(point) = points.get_mut(from) {
        point.right.push(to);
    }
    if let Some(point) = points.get_mut(to) {
        point.left.push(from);
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then_some(sum / count)
}

/// A position in a list, as a number to calculate with.
fn rank(position: usize) -> f64 {
    f64::from(u32::try_from(position).unwrap_or(u32::MAX))
}

/// Orders each column by where the neighbours are in the one before, from left to right and back.
fn untangle(points: &[Point], order: &mut [Vec<usize>]) {
    let mut position = vec![0.0; points.len()];
    for column in order.iter() {
        number(column, &mut position);
    }
    for sweep in 0..SWEEPS {
        let rightwards = sweep & 1 == 0;
        let mut columns: Vec<&mut Vec<usize>> = order.iter_mut().collect();
        if !rightwards {
            columns.reverse();
        }
        for column in columns {
            let wish = |index: &usize| {
                let point = points.get(*index)?;
                let neighbours = if rightwards { &point.left } else { &point.right };
                mean(neighbours.iter().filter_map(|neighbour| position.get(*neighbour).copied()))
                    .or_else(|| position.get(*index).copied())
            };
            let wishes: BTreeMap<usize, f64> =
                column.iter().map(|index| (*index, wish(index).unwrap_or_default())).collect();
            let wish = |index: &usize| wishes.get(index).copied().unwrap_or_default();
            column.sort_by(|a, b| wish(a).total_cmp(&wish(b)));
            number(column, &mut position);
        }
    }
}

/// Positions as parts of the column, so that columns of different lengths compare.
fn number(column: &[usize], position: &mut [f64]) {
    for (place, index) in column.iter().enumerate() {
        if let Some(position) = position.get_mut(*index) {
            *position = (rank(place) + 0.5) / rank(column.len());
        }
    }
}

/// Moves everything as near to its neighbours as its own neighbours in the column let it.
fn heights(points: &mut [Point], order: &[Vec<usize>]) {
    for column in order {
        let wishes = vec![0.0; column.len()];
        settle(points, column, &wishes);
    }
    for sweep in 0..SWEEPS {
        let columns: Vec<&Vec<usize>> =
            if sweep & 1 == 0 { order.iter().collect() } else { order.iter().rev().collect() };
        for column in columns {
            let wish = |index: &usize| {
                let point = points.get(*index)?;
                let neighbours = point.left.iter().chain(&point.right);
                mean(neighbours.filter_map(|neighbour| Some(points.get(*neighbour)?.y))).or(Some(point.y))
            };
            let wishes: Vec<f64> = column.iter().map(|index| wish(index).unwrap_or_default()).collect();
            settle(points, column, &wishes);
        }
    }
}

/// Places a column from above to below, each as near to its wish as the room of the others allows: runs that want the same
/// place share it fairly (isotonic regression by pooling neighbours).
fn settle(points: &mut [Point], column: &[usize], wishes: &[f64]) {
    // Where each would be if all stood as close as they can, counted from the first.
    let mut offsets = Vec::with_capacity(column.len());
    let mut at = 0.0;
    let mut before: Option<Room> = None;
    for index in column {
        let Some(room) = points.get(*index).map(|point| point.room) else { continue };
        if let Some(before) = before {
            at += (before.height + room.height) / 2.0 + BETWEEN_BOXES;
        }
        offsets.push(at);
        before = Some(room);
    }
    // Pools of neighbours that stand close: how many, and the sum of what they wish their first to be.
    let mut pools: Vec<(usize, f64)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut pool = (1, wish - offset);
        while let Some((count, sum)) = pools.pop_if(|(count, sum)| *sum / rank(*count) >= pool.1 / rank(pool.0)) {
            pool = (pool.0.saturating_add(count), pool.1 + sum);
        }
        pools.push(pool);
    }
    let starts = pools.iter().flat_map(|(count, sum)| std::iter::repeat_n(sum / rank(*count), *count));
    for ((index, offset), start) in column.iter().zip(&offsets).zip(starts) {
        if let Some(point) = points.get_mut(*index) {
            point.y = start + offset;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Room = Room { width: 200.0, height: 40.0 };

    /// A lineage of `count` boxes in seven columns, each with up to three parents, not always in the column before.
    fn tangled(count: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
        let mut state = 7u32;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let columns: Vec<usize> = (0..count).map(|index| if index == 0 { 0 } else { 1 + next(6) }).collect();
        let mut edges = Vec::new();
        for child in 1..count {
            let parents: Vec<usize> = (0..count).filter(|index| columns[*index] < columns[child]).collect();
            for _ in 0..=next(3) {
                let edge = (parents[next(parents.len())], child);
                if !edges.contains(&edge) {
                    edges.push(edge);
                }
            }
        }
        (columns, edges)
    }

    fn apart(a: &Place, b: &Place) -> bool {
        let beside = a.x + a.room.width <= b.x || b.x + b.room.width <= a.x;
        beside || (a.y - b.y).abs() >= (a.room.height + b.room.height) / 2.0
    }

    #[test]
    fn nothing_overlaps_and_no_edge_passes_through_a_box() {
        for count in [1, 3, 30, 400] {
            let (columns, edges) = tangled(count);
            let layout = layout(&vec![BOX; count], &columns, &edges);
            assert_eq!((layout.boxes.len(), layout.ways.len()), (count, edges.len()));
            for (index, one) in layout.boxes.iter().enumerate() {
                assert!(one.x >= 0.0 && one.x + one.room.width <= layout.width + 1e-6);
                assert!(one.y >= one.room.height / 2.0 - 1e-6 && one.y <= layout.height);
                assert!(layout.boxes[index + 1..].iter().all(|other| apart(one, other)), "{count}: {one:?}");
            }
            for (way, (parent, child)) in layout.ways.iter().zip(&edges) {
                assert_eq!(way.len(), columns[*child] - columns[*parent] - 1);
                for place in way {
                    assert!(layout.boxes.iter().all(|other| apart(place, other)), "{count}: {place:?}");
                }
            }
        }
    }

    #[test]
    fn a_chain_is_a_straight_line_and_a_tie_is_in_the_middle() {
        let chain = layout(&[BOX; 3], &[0, 1, 2], &[(0, 1), (1, 2)]);
        assert!(chain.boxes.windows(2).all(|pair| pair[0].y == pair[1].y && pair[0].x < pair[1].x), "{chain:?}");
        let fork = layout(&[BOX; 3], &[0, 1, 1], &[(0, 1), (0, 2)]);
        assert!((fork.boxes[0].y - (fork.boxes[1].y + fork.boxes[2].y) / 2.0).abs() < 1e-6, "{fork:?}");
    }

    #[test]
    fn an_order_without_crossings_is_found_where_there_is_one() {
        // Given the wrong way round: 0 and 1 in one column, their children in the other.
        let layout = layout(&[BOX; 4], &[0, 0, 1, 1], &[(0, 3), (1, 2)]);
        assert_eq!(layout.boxes[0].y < layout.boxes[1].y, layout.boxes[3].y < layout.boxes[2].y);
    }
}
