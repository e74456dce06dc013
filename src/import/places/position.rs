//! Where positions are, from each other and from countries.

use crate::check::Extent;

/// How many degrees beside the box of its country a place may stand: coasts and borders are not straight.
const SLACK: f64 = 0.5;

/// Tells whether a position is outside of a country for certain.
pub fn is_outside(country: &str, [lat, lon]: [f64; 2]) -> bool {
    Extent::of(country).is_some_and(|extent| !extent.is_near(lat, lon, SLACK))
}

/// Returns how far two positions, in degrees, are from each other, on a sphere.
pub fn kilometres([lat, lon]: [f64; 2], [other_lat, other_lon]: [f64; 2]) -> f64 {
    const RADIUS: f64 = 6371.0;
    let half = |one: f64, other: f64| ((one - other).to_radians() / 2.0).sin().powi(2);
    let sum = half(lat, other_lat) + lat.to_radians().cos() * other_lat.to_radians().cos() * half(lon, other_lon);
    2.0 * RADIUS * sum.sqrt().min(1.0).asin()
}
