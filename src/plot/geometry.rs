//! Dashes and hatches, as the lines they consist of.

use super::scene::Spot;

/// Returns the pieces of a polyline that is alternately drawn for `on` points and left out for `off` points.
pub(super) fn dashes(points: &[Spot], on: f64, off: f64) -> Vec<[Spot; 2]> {
    let mut pieces = Vec::new();
    let mut at = 0.0;
    for pair in points.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let place = |along: f64| {
            let share = (along / length).clamp(0.0, 1.0);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        // Where the first dash of this piece began, perhaps before it.
        let mut start = -(at % (on + off));
        while length > 0.0 && start < length {
            if start + on > 0.0 {
                pieces.push([place(start), place(start + on)]);
            }
            start += on + off;
        }
        at += length;
    }
    pieces
}

/// Returns slanting lines `step` apart that fill a convex polygon.
pub(super) fn hatch(polygon: &[Spot], step: f64) -> Vec<[Spot; 2]> {
    // The lines are y = c - x; c runs over whole steps, so that the hatches of neighbours fit together.
    let sums = || polygon.iter().map(|(x, y)| x + y);
    let (low, high) = (sums().fold(f64::INFINITY, f64::min), sums().fold(f64::NEG_INFINITY, f64::max));
    if !(low.is_finite() && high.is_finite()) {
        return vec![];
    }
    let numbers = (low / step).ceil() as i64..=(high / step).floor() as i64;
    numbers.filter_map(|number| crossing(polygon, number as f64 * step)).collect()
}

/// Returns the part of the line x + y = c inside a convex polygon.
fn crossing(polygon: &[Spot], c: f64) -> Option<[Spot; 2]> {
    let mut ends: Vec<Spot> = Vec::new();
    for (number, from) in polygon.iter().enumerate() {
        let to = polygon[(number + 1) % polygon.len()];
        let (a, b) = (from.0 + from.1 - c, to.0 + to.1 - c);
        if (a <= 0.0) != (b <= 0.0) {
            let share = a / (a - b);
            ends.push((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share));
        }
    }
    let length = |ends: &[Spot; 2]| (ends[0].0 - ends[1].0).hypot(ends[0].1 - ends[1].1);
    <[Spot; 2]>::try_from(ends).ok().filter(|ends| length(ends) > 0.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_part_of_the_line_around_corners() {
        let pieces = dashes(&[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)], 2.0, 1.0);
        let length: f64 = pieces.iter().map(|[a, b]| (a.0 - b.0).hypot(a.1 - b.1)).sum();
        assert!((length - 10.0).abs() < 1e-9, "{pieces:?}");
        assert!(dashes(&[(1.0, 1.0), (1.0, 1.0)], 2.0, 1.0).is_empty());
    }

    #[test]
    fn hatches_stay_inside() {
        let lines = hatch(&[(0.0, 2.0), (10.0, 0.0), (10.0, 8.0), (0.0, 6.0)], 2.0);
        assert!(lines.len() > 5, "{lines:?}");
        let inside =
            |(x, y): Spot| (-1e-9..=10.0 + 1e-9).contains(&x) && y >= 2.0 - x / 5.0 - 1e-9 && y <= 6.0 + x / 5.0 + 1e-9;
        assert!(lines.iter().flatten().all(|&end| inside(end)), "{lines:?}");
        assert!(hatch(&[], 2.0).is_empty());
    }
}
