//! From the globe to the plane, as a sphere of radius 1; x goes east, y north.

/// The centre of the map of Europe, longitude and latitude in degrees, as EPSG:3035 has it but for two degrees.
const CENTRE: [f64; 2] = [15.0, 54.0];

/// Projects a point `[longitude, latitude]` in degrees by Lambert's azimuthal equal-area projection around the centre of
/// Europe (Snyder, Map Projections: A Working Manual, 1987, equations 22-4, 24-2, 24-13 and 24-14).
pub fn azimuthal([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let (sin_aside, cos_aside) = (longitude - CENTRE[0]).to_radians().sin_cos();
    let (sin, cos) = latitude.to_radians().sin_cos();
    let (sin_centre, cos_centre) = CENTRE[1].to_radians().sin_cos();
    // 0 at the point opposite to the centre, which no map shows: it would be a circle.
    let nearness = (1.0 + sin_centre * sin + cos_centre * cos * cos_aside).max(1e-9);
    let scale = (2.0 / nearness).sqrt();
    [scale * cos * sin_aside, scale * (cos_centre * sin - sin_centre * cos * cos_aside)]
}

/// Projects a point `[longitude, latitude]` in degrees by Natural Earth I (Šavrič, Jenny, Patterson, Petrovič and Hurni, A
/// Polynomial Equation for the Natural Earth Projection, Cartography and Geographic Information Science 38, 2011).
pub fn natural_earth([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let (lambda, phi) = (longitude.to_radians(), latitude.to_radians());
    let square = phi * phi;
    let fourth = square * square;
    let x = 0.870700 - 0.131979 * square + fourth * (-0.013791 + fourth * square * (0.003971 - 0.001529 * square));
    let y = 1.007226 + square * 0.015085 + fourth * square * (-0.044475 + 0.028874 * square - 0.005916 * fourth);
    [lambda * x, phi * y]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds projected points to three decimals of what PROJ 9.5 makes of them.
    fn holds(projection: fn([f64; 2]) -> [f64; 2], cases: &[([f64; 2], [f64; 2])]) {
        for (point, expected) in cases {
            let made = projection(*point);
            let is_near = made.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-3);
            assert!(is_near, "{point:?} becomes {made:?}, not {expected:?}");
        }
    }

    #[test]
    fn europe_lies_as_proj_has_it() {
        // +proj=laea +lat_0=54 +lon_0=15 +R=6371, divided by the radius.
        let cases = [
            ([15.0, 54.0], [0.0, 0.0]),
            ([24.94, 60.17], [548.0 / 6371.0, 725.0 / 6371.0]),
            ([-21.9, 64.15], [-1697.0 / 6371.0, 1600.0 / 6371.0]),
            ([62.0, 40.0], [3734.0 / 6371.0, -299.0 / 6371.0]),
            ([-10.0, 30.0], [-2414.0 / 6371.0, -2250.0 / 6371.0]),
        ];
        holds(azimuthal, &cases);
        assert!(azimuthal([-165.0, -54.0]).iter().all(|part| part.is_finite()));
    }

    #[test]
    fn the_world_lies_as_proj_has_it() {
        // +proj=natearth +R=1.
        let cases = [
            ([0.0, 0.0], [0.0, 0.0]),
            ([24.94, 60.17], [0.30997, 1.0473]),
            ([180.0, 0.0], [2.73538, 0.0]),
            ([139.7, 35.7], [1.99304, 0.62999]),
            ([-70.0, -54.0], [-0.90901, -0.9464]),
            ([180.0, 84.0], [1.7427, 1.38234]),
        ];
        holds(natural_earth, &cases);
    }
}
