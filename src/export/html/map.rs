//! Maps in SVG, as part of a page.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::escaped;
use super::figure::{LETTER, begin, caption, legend};
use crate::i18n::labels::Label;
use crate::i18n::{Lang, documents as words};
use crate::model::Status;
use crate::report::map::{Extent, MOST_LINES, Map, Point};

/// How many of the points, those with most partnerships, may have their names beside them.
const MOST_NAMES: usize = 60;
/// How many names a point tells that stands for several places.
const MOST_NAMES_OF_POINT: usize = 10;
/// How high a name is, in units of the frame.
const HEIGHT: f64 = 14.0;

/// Left, top, right, bottom.
type Area = [f64; 4];

/// Draws a map with what its signs mean.
pub fn map(map: &Map<'_>, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let title = match map.extent {
        Extent::Europe => words::map_of_europe(lang),
        Extent::World => words::map_of_world(lang),
    };
    let [width, height] = map.extent.size();
    begin("map", title, [width, height], to)?;
    write!(to, "<rect class=\"sea\" width=\"{width}\" height=\"{height}\"/>\n<path class=\"land\" d=\"")?;
    map.extent.land().try_for_each(|ring| path(&ring, 0, to).and_then(|()| to.write_all(b"z")))?;
    to.write_all(b"\"/>\n")?;
    // What is suspended is seen best.
    for status in [Some(Status::Historic), None, Some(Status::Active), Some(Status::Suspended)] {
        for line in map.lines.iter().filter(|line| line.status == status) {
            write!(to, "<path class=\"line {}\" d=\"", status.map_or("", Label::code))?;
            line.parts.iter().try_for_each(|part| path(part, 1, to))?;
            to.write_all(b"\"/>\n")?;
        }
    }
    map.points.iter().try_for_each(|point| self::point(point, to))?;
    names(map, to)?;
    let mapped = words::mapped(lang, map.points.len(), map.partnerships);
    caption(to)?;
    write!(to, "{title}. {mapped}")?;
    if map.partnerships > MOST_LINES {
        write!(to, " {}", words::lines_left_out(lang))?;
    }
    write!(to, " {}", words::land(lang))?;
    let has_point = |is_home: bool| map.points.iter().any(|point| point.is_home == is_home);
    let points = [(true, words::at_home(lang)), (false, words::abroad(lang))].into_iter();
    let points = points.filter(|(is_home, _)| has_point(*is_home));
    let points = points.map(|(is_home, label)| (format!("{}/>", sign([12.0, 8.0], 5.0, is_home)), label));
    let has_line = |status: &&Status| map.lines.iter().any(|line| line.status == Some(**status));
    let line = |status: &Status| format!("<path class=\"line {}\" d=\"M0 8H24\"/>", status.code());
    let lines = Status::ALL.iter().filter(has_line).map(|status| (line(status), status.label(lang)));
    legend(points.chain(lines), to)
}

/// Writes the data of a path, each number with so many decimals.
fn path(points: &[[f64; 2]], decimals: usize, to: &mut dyn Write) -> io::Result<()> {
    for (nth, [x, y]) in points.iter().enumerate() {
        write!(to, "{}{x:.decimals$} {y:.decimals$}", if nth == 0 { "M" } else { "L" })?;
    }
    Ok(())
}

/// Returns how large the sign of a point is: its area grows with its partnerships.
fn radius(point: &Point<'_>) -> f64 {
    (2.0 + (point.partnerships as f64).sqrt()).min(16.0)
}

/// Makes the sign of a place, a square at home and a circle abroad; what closes it is yet to be added.
fn sign([x, y]: [f64; 2], radius: f64, is_home: bool) -> String {
    if is_home {
        let (left, top, side) = (x - radius, y - radius, 2.0 * radius);
        format!("<rect class=\"point home\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{side:.1}\" height=\"{side:.1}\"")
    } else {
        format!("<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"")
    }
}

fn point(point: &Point<'_>, to: &mut dyn Write) -> io::Result<()> {
    let sign = sign(point.at, radius(point), point.is_home);
    let mut names: Vec<&str> = point.names.iter().take(MOST_NAMES_OF_POINT).copied().collect();
    names.extend((point.names.len() > MOST_NAMES_OF_POINT).then_some("…"));
    let element = if point.is_home { "rect" } else { "circle" };
    writeln!(to, "{sign}><title>{}: {}</title></{element}>", escaped(&names.join(", ")), point.partnerships)
}

/// Writes the names of the points with most partnerships, each where it covers neither a name nor such a point.
fn names(map: &Map<'_>, to: &mut dyn Write) -> io::Result<()> {
    let named = &map.points[..map.points.len().min(MOST_NAMES)];
    let area = |point: &Point<'_>| {
        let ([x, y], radius) = (point.at, radius(point));
        [x - radius, y - radius, x + radius, y + radius]
    };
    let mut taken: Vec<Area> = named.iter().map(area).collect();
    let [right, bottom] = map.extent.size();
    for (own, point) in named.iter().enumerate() {
        let [Some(name), None] = [0, 1].map(|nth| point.names.get(nth)) else { continue };
        let around = around(point.at, radius(point), name.width());
        let is_free = |area: &Area| {
            let is_inside = area[0] >= 0.0 && area[1] >= 0.0 && area[2] <= right && area[3] <= bottom;
            is_inside && taken.iter().enumerate().all(|(nth, other)| nth == own || !meet(area, other))
        };
        if let Some((anchor, area)) = around.into_iter().find(|(_, area)| is_free(area)) {
            let [left, _, right, bottom] = area;
            let x = match anchor {
                "start" => left,
                "end" => right,
                _ => left.midpoint(right),
            };
            let (y, name) = (bottom - HEIGHT / 4.0, escaped(name));
            writeln!(to, "<text class=\"name\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{name}</text>")?;
            taken.push(area);
        }
    }
    Ok(())
}

/// Returns where a name of so many letters may stand, and which part of it stays there if the letters are wider: to the right
/// of a point, to its left, above and below.
fn around([x, y]: [f64; 2], radius: f64, letters: usize) -> [(&'static str, Area); 4] {
    let (width, height, gap) = (letters as f64 * LETTER, HEIGHT, radius + 3.0);
    let from = |left: f64, top: f64| [left, top, left + width, top + height];
    let (middle, centre) = (y - height / 2.0, x - width / 2.0);
    [
        ("start", from(x + gap, middle)),
        ("end", from(x - gap - width, middle)),
        ("middle", from(centre, y - gap - height)),
        ("middle", from(centre, y + gap)),
    ]
}

fn meet(one: &Area, other: &Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_beside_its_point_and_areas_meet_where_they_do() {
        let [right, left, above, below] = around([100.0, 100.0], 5.0, 6).map(|(_, area)| area);
        assert!(right[0] > 105.0 && left[2] < 95.0 && above[3] < 95.0 && below[1] > 105.0);
        for area in [right, left, above, below] {
            assert!(!meet(&area, &[95.0, 95.0, 105.0, 105.0]), "{area:?} covers the point");
            assert!(meet(&area, &[0.0, 0.0, 200.0, 200.0]));
        }
    }
}
