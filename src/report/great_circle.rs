//! The shortest way between two places on the globe, as lines on a map that ends at 180 degrees.

use std::f64::consts::PI;

/// A point on the unit sphere.
type Vector = [f64; 3];

/// Returns the great-circle arc between two points, each `[longitude, latitude]` in degrees, as points that are at most
/// `step` degrees apart.
///
/// It begins and ends with the points themselves. Where it crosses the antimeridian it is cut in two, and both parts
/// end there, one at 180 degrees and the other at -180. Between antipodes, where all ways are equally long, it leads over the
/// north pole.
pub fn arc(from: [f64; 2], to: [f64; 2], step: f64) -> Vec<Vec<[f64; 2]>> {
    let (start, target) = (vector(from), vector(to));
    let aside = rejection(target, start);
    let angle = dot(aside, aside).sqrt().atan2(dot(start, target));
    let steps = (angle.to_degrees() / step - 1e-9).ceil();
    let ahead = direction(start, aside, angle);
    let mut parts = Vec::new();
    let mut part = Vec::with_capacity(steps as usize + 1);
    part.push(from);
    let mut last = from;
    let mut nth = 1.0;
    while nth < steps {
        let (sin, cos) = (angle * nth / steps).sin_cos();
        go_on(&mut parts, &mut part, &mut last, point(combined(start, cos, ahead, sin)));
        nth += 1.0;
    }
    go_on(&mut parts, &mut part, &mut last, to);
    parts.push(part);
    // A way that only touches the antimeridian has nothing on its other side.
    parts.retain(|part| part.len() > 1);
    parts
}

/// Goes on to the next point, in a new part if the antimeridian lies between.
fn go_on(parts: &mut Vec<Vec<[f64; 2]>>, part: &mut Vec<[f64; 2]>, last: &mut [f64; 2], mut next: [f64; 2]) {
    if next[1].abs() > 90.0 - 1e-9 {
        // A pole lies on every meridian.
        next[0] = last[0];
    } else if next[0].abs() == 180.0 {
        // It is the same meridian on either side of the map.
        next[0] = next[0].copysign(last[0]);
    }
    if (next[0] - last[0]).abs() > 180.0 {
        let border = 180_f64.copysign(last[0]);
        let latitude = if last[0] == border { last[1] } else { crossing(vector(*last), vector(next)) };
        if last[0] != border {
            part.push([border, latitude]);
        }
        parts.push(std::mem::replace(part, vec![[-border, latitude]]));
    }
    part.push(next);
    *last = next;
}

/// Returns the latitude at which the way between two points on either side of the antimeridian crosses it.
fn crossing(from: Vector, to: Vector) -> f64 {
    let share = from[1] / (from[1] - to[1]);
    point(combined(from, 1.0 - share, to, share))[1]
}

/// Returns the direction in which the way starts, at a right angle to where it starts.
fn direction(start: Vector, aside: Vector, angle: f64) -> Vector {
    let length = dot(aside, aside).sqrt();
    if length > 1e-9 || angle < PI / 2.0 {
        return if length > 0.0 { aside.map(|part| part / length) } else { aside };
    }
    let north = rejection([0.0, 0.0, 1.0], start);
    let length = dot(north, north).sqrt();
    if length > 1e-9 { north.map(|part| part / length) } else { [1.0, 0.0, 0.0] }
}

/// Returns what of a vector is at a right angle to another of length 1.
fn rejection(of: Vector, from: Vector) -> Vector {
    combined(of, 1.0, from, -dot(of, from))
}

fn combined(one: Vector, times: f64, other: Vector, other_times: f64) -> Vector {
    std::array::from_fn(|axis| one[axis] * times + other[axis] * other_times)
}

fn dot(one: Vector, other: Vector) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

fn vector([longitude, latitude]: [f64; 2]) -> Vector {
    let (sin, cos) = longitude.to_radians().sin_cos();
    let (height, width) = latitude.to_radians().sin_cos();
    [width * cos, width * sin, height]
}

fn point([x, y, z]: Vector) -> [f64; 2] {
    [y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees_between(one: [f64; 2], other: [f64; 2]) -> f64 {
        let (one, other) = (vector(one), vector(other));
        let aside = rejection(other, one);
        dot(aside, aside).sqrt().atan2(dot(one, other)).to_degrees()
    }

    /// The cases: from, to, how many parts.
    const ARCS: [([f64; 2], [f64; 2], usize); 14] = [
        ([0.0, 0.0], [10.0, 0.0], 1),
        ([24.94, 60.17], [24.94, 60.17], 1),
        ([24.94, 60.17], [-118.24, 34.05], 1),
        ([170.0, 0.0], [-170.0, 0.0], 2),
        ([-170.0, 10.0], [175.0, -20.0], 2),
        ([139.69, 35.68], [-122.42, 37.77], 2),
        ([0.0, 0.0], [180.0, 0.0], 1),
        ([30.0, 20.0], [-150.0, -20.0], 1),
        ([0.0, 90.0], [0.0, -90.0], 1),
        ([-90.0, 80.0], [90.0, 80.0], 1),
        ([180.0, 10.0], [-170.0, 10.0], 1),
        ([-170.0, 10.0], [180.0, 10.0], 1),
        ([180.0, 0.0], [-180.0, 10.0], 1),
        ([-180.0, 0.0], [170.0, 0.0], 1),
    ];

    #[test]
    fn an_arc_goes_from_end_to_end_in_short_steps_and_never_over_the_border_of_the_map() {
        for (from, to, parts) in ARCS {
            let found = arc(from, to, 5.0);
            let case = format!("{from:?} to {to:?}: {found:?}");
            assert_eq!(found.len(), parts, "{case}");
            let same =
                |one: [f64; 2], other: [f64; 2]| one == other || one[0].abs() == 180.0 && [-one[0], one[1]] == other;
            assert!(same(found[0][0], from) && same(found[parts - 1][found[parts - 1].len() - 1], to), "{case}");
            let mut length = 0.0;
            for part in &found {
                for pair in part.windows(2) {
                    let step = degrees_between(pair[0], pair[1]);
                    assert!(step < 5.0 + 1e-6 && (pair[0][0] - pair[1][0]).abs() <= 180.0 + 1e-9, "{case}");
                    length += step;
                }
            }
            assert!((length - degrees_between(from, to)).abs() < 1e-6, "{case}");
            for pair in found.windows(2) {
                let (end, start) = (pair[0][pair[0].len() - 1], pair[1][0]);
                assert!(end[0].abs() == 180.0 && end[0] == -start[0] && end[1] == start[1], "{case}");
            }
        }
    }
}
