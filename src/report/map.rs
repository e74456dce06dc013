//! Maps: places as points and partnerships as great-circle lines between them, in the plane of a frame over the land.

pub mod projection;

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt};

use self::projection::{azimuthal, natural_earth};
use super::field::Context;
use super::graph::{Graph, Node};
use super::great_circle::arc;
use crate::i18n::collate::Order;
use crate::model::Status;
use crate::query::Selected;

/// How many lines a map shows at most: more cover it, and say nothing.
pub const MOST_LINES: usize = 5_000;

/// Which part of the world a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Europe, in Lambert's azimuthal equal-area projection.
    Europe,
    /// The world but for the Antarctic, in Natural Earth I.
    World,
}

impl Extent {
    /// Returns its borders in the plane: left, right, bottom and top, as parts of the radius of the earth.
    fn borders(self) -> [f64; 4] {
        match self {
            Extent::Europe => [-0.392, 0.385, -0.337, 0.353],
            Extent::World => [-2.736, 2.736, -1.013, 1.383],
        }
    }

    /// Returns the width and the height of its frame.
    pub fn size(self) -> [f64; 2] {
        let [left, right, bottom, top] = self.borders();
        let width = 990.0;
        [width, (width * (top - bottom) / (right - left)).round()]
    }

    /// Returns where a point `[longitude, latitude]` in degrees lies in the frame, from its upper left corner; outside if it
    /// lies beyond the map.
    pub fn place(self, point: [f64; 2]) -> [f64; 2] {
        let [x, y] = match self {
            Extent::Europe => azimuthal(point),
            Extent::World => natural_earth(point),
        };
        let [left, right, _, top] = self.borders();
        let scale = self.size()[0] / (right - left);
        [(x - left) * scale, (top - y) * scale]
    }

    /// Tells whether a point lies in the frame.
    pub fn holds(self, [x, y]: [f64; 2]) -> bool {
        let [width, height] = self.size();
        (0.0..=width).contains(&x) && (0.0..=height).contains(&y)
    }

    /// Returns the outlines of the land in the frame, rings that are not closed.
    ///
    /// They are those of Natural Earth (public domain), 1:110 million for the world and 1:50 million for Europe, there
    /// with the coarser ones where the frame reaches beyond them; thinned to what the frame can show. A line of the file is
    /// a ring: longitude and latitude of its first point, then the steps to each next one, in 20ths and 50ths of a degree.
    pub fn land(self) -> impl Iterator<Item = Vec<[f64; 2]>> {
        let (text, units) = match self {
            Extent::Europe => (include_str!("map/europe.txt"), 50.0),
            Extent::World => (include_str!("map/world.txt"), 20.0),
        };
        text.lines().map(move |line| {
            let mut at = [0, 0];
            let numbers: Vec<i32> = line.split(' ').filter_map(|number| number.parse().ok()).collect();
            let steps = numbers.as_chunks().0.iter().map(|[x, y]| {
                at = [at[0] + x, at[1] + y];
                self.place(at.map(|part| f64::from(part) / units))
            });
            steps.collect()
        })
    }

    /// Returns how far the points of a line are apart at most, in degrees, so that it looks bent and not broken.
    fn step(self) -> f64 {
        match self {
            Extent::Europe => 2.0,
            Extent::World => 5.0,
        }
    }
}

/// A place on a map, or several that the map cannot show apart.
pub struct Point<'r> {
    /// Where it lies in the frame.
    pub at: [f64; 2],
    /// Their names.
    pub names: Vec<&'r str>,
    /// How many of the partnerships are theirs.
    pub partnerships: usize,
    /// Whether it lies at home.
    pub is_home: bool,
}

/// A partnership on a map.
pub struct Line {
    /// Its status.
    pub status: Option<Status>,
    /// Its parts in the frame: it leaves the map of the world on one side and comes back on the other.
    pub parts: Vec<Vec<[f64; 2]>>,
}

/// A map.
pub struct Map<'r> {
    /// What it shows.
    pub extent: Extent,
    /// The places, those with most partnerships first, then in the order of names.
    pub points: Vec<Point<'r>>,
    /// The partnerships with a side on the map of which the other is known too; none where they are too many to tell apart.
    pub lines: Vec<Line>,
    /// How many partnerships have a side on the map.
    pub partnerships: usize,
}

/// Partnerships of which maps can be made.
pub struct Maps<'r> {
    context: Context<'r>,
    rows: Vec<Selected>,
}

impl<'r> Maps<'r> {
    /// Takes partnerships.
    pub fn new(context: Context<'r>, rows: Vec<Selected>) -> Maps<'r> {
        Maps { context, rows }
    }

    /// Makes the maps on which something lies; the world is shown where something lies beyond Europe.
    pub fn drawn(&self) -> Vec<Map<'r>> {
        let graph = Graph::of(self.context, &self.rows, &[]);
        let is_in_europe = |at| Extent::Europe.holds(Extent::Europe.place(at));
        let is_beyond = graph.nodes.iter().filter_map(|node| node.coordinates).any(|at| !is_in_europe(at));
        let extents = [Extent::Europe].into_iter().chain(is_beyond.then_some(Extent::World));
        extents.filter_map(|extent| Map::of(self.context, &self.rows, &graph, extent)).collect()
    }
}

impl<'r> Map<'r> {
    /// Makes a map of some partnerships, of which this is the graph; `None` if none of their places lies on it.
    fn of(context: Context<'r>, rows: &[Selected], graph: &Graph<'r>, extent: Extent) -> Option<Map<'r>> {
        let place = |node: &Node<'_>| node.coordinates.map(|point| (point, extent.place(point)));
        let places: Vec<Option<([f64; 2], [f64; 2])>> = graph.nodes.iter().map(place).collect();
        let is_there = |end: &usize| places[*end].is_some_and(|(_, at)| extent.holds(at));
        let shown: Vec<(&Selected, &[usize; 2])> =
            rows.iter().zip(&graph.edges).filter(|(_, ends)| ends.iter().any(is_there)).collect();
        let line = |(row, [one, other]): &(&Selected, &[usize; 2])| {
            let parts = arc(places[*one]?.0, places[*other]?.0, extent.step()).into_iter();
            let parts = parts.map(|part| part.into_iter().map(|at| extent.place(at)).collect()).collect();
            Some(Line { status: row.status, parts })
        };
        let lines = if shown.len() <= MOST_LINES { shown.iter().filter_map(line).collect() } else { Vec::new() };
        let points = points(context, graph, |end| is_there(&end).then(|| places[end].map(|(_, at)| at))?);
        (!points.is_empty()).then_some(Map { extent, points, lines, partnerships: shown.len() })
    }
}

/// Makes the points of the nodes that lie somewhere; what would stand on the same spot is one.
fn points<'r>(context: Context<'r>, graph: &Graph<'r>, place: impl Fn(usize) -> Option<[f64; 2]>) -> Vec<Point<'r>> {
    let mut points: Vec<Point<'r>> = Vec::new();
    let mut spots: HashMap<[i32; 2], usize> = HashMap::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        let Some(at) = place(number) else { continue };
        let spot = *spots.entry(at.map(|part| part.round() as i32)).or_insert(points.len());
        if spot == points.len() {
            let is_home = node.place.is_some_and(|place| context.registry.is_home(place.country()));
            points.push(Point { at, names: Vec::new(), partnerships: 0, is_home });
        }
        points[spot].names.push(node.name);
        points[spot].partnerships += node.partnerships;
    }
    let mut points = Order::of(context.language).ranked(points, |point| point.names[0]);
    points.sort_by_key(|(rank, point)| (Reverse(point.partnerships), *rank));
    points.into_iter().map(|(_, point)| point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_where_a_map_has_it() {
        for (name, point, is_in_europe) in [
            ("Kuopio", [27.68, 62.89], true),
            ("Reykjavik", [-21.9, 64.15], true),
            ("Perm", [56.25, 58.0], true),
            ("Valletta", [14.51, 35.9], true),
            ("Tokyo", [139.7, 35.7], false),
            ("Nuuk", [-51.7, 64.2], false),
        ] {
            assert_eq!(Extent::Europe.holds(Extent::Europe.place(point)), is_in_europe, "{name}");
            assert!(Extent::World.holds(Extent::World.place(point)), "{name}");
        }
        let [north, south] = [70.0, 40.0].map(|latitude| Extent::World.place([25.0, latitude])[1]);
        let [west, east] = [-70.0, 140.0].map(|longitude| Extent::World.place([longitude, 40.0])[0]);
        assert!(north < south && west < east, "north is up and east is right");
    }

    #[test]
    fn the_land_is_read_whole_and_lies_under_its_towns() {
        for (extent, least) in [(Extent::Europe, 100), (Extent::World, 100)] {
            let rings: Vec<Vec<[f64; 2]>> = extent.land().collect();
            assert!(rings.len() > least && rings.iter().all(|ring| ring.len() >= 3), "{extent:?}");
            // A town is inside an odd number of rings, the sea is inside none.
            let rings_around = |point| rings.iter().filter(|ring| surrounds(ring, extent.place(point))).count();
            for town in [[27.68, 62.89], [13.4, 52.5], [37.6, 55.75], [-3.7, 40.4], [69.0, 61.0], [-45.0, 70.0]] {
                assert_eq!(rings_around(town) % 2, 1, "{town:?} on {extent:?}");
            }
            for sea in [[-15.0, 50.0], [19.5, 58.5], [2.0, 60.0], [18.0, 35.0]] {
                assert_eq!(rings_around(sea) % 2, 0, "{sea:?} on {extent:?}");
            }
        }
    }

    /// Tells whether a ring goes around a point: a ray to the right crosses it an odd number of times.
    fn surrounds(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
        let edges = ring.iter().zip(ring.iter().cycle().skip(1));
        let crosses =
            |[[x1, y1], [x2, y2]]: [[f64; 2]; 2]| (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1;
        edges.filter(|(one, other)| crosses([**one, **other])).count() % 2 == 1
    }
}
