//! The marks of points: each series has a shape of its own, and each remark on a point a sign.

use plotters::style::{RGBAColor, RGBColor};

use super::super::scene::{Role, Scene, Spot};
use super::super::style::Palette;
use super::look::solid;

/// Corners of a cross with thick arms.
const PLUS: [Spot; 12] = [
    (-0.45, -1.25),
    (0.45, -1.25),
    (0.45, -0.45),
    (1.25, -0.45),
    (1.25, 0.45),
    (0.45, 0.45),
    (0.45, 1.25),
    (-0.45, 1.25),
    (-0.45, 0.45),
    (-1.25, 0.45),
    (-1.25, -0.45),
    (-0.45, -0.45),
];
/// Width of an outline, in points.
const OUTLINE: f64 = 0.8;

/// Number of shapes; with as many colours, shifted by one shape at each turn, the first 49 series differ.
const N_SHAPES: usize = 7;

/// Returns the number of a series' shape.
pub(super) fn shape(number: usize) -> usize {
    (number + number / N_SHAPES) % N_SHAPES
}

/// Returns the corners of the shape of series `number` with half its height; `None` for a circle.
fn corners(number: usize, (x, y): Spot, half: f64) -> Option<Vec<Spot>> {
    let of = |corners: &[Spot]| Some(corners.iter().map(|(dx, dy)| (x + dx * half, y + dy * half)).collect());
    match shape(number) {
        0 => None,
        1 => of(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => of(&[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)]),
        3 => of(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        4 => of(&[(0.0, 1.2), (1.15, -0.85), (-1.15, -0.85)]),
        5 => of(&PLUS),
        _ => of(&[(1.2, 0.0), (-0.85, 1.15), (-0.85, -1.15)]),
    }
}

fn filled(scene: &mut Scene, role: Role, number: usize, at: Spot, half: f64, colour: RGBAColor) {
    match corners(number, at, half) {
        None => scene.circle(role, at, half, colour),
        Some(corners) => scene.area(role, corners, colour),
    }
}

/// Draws a point of series `number`; hollow if there is too little text to rely on.
pub(super) fn point(
    scene: &mut Scene,
    palette: &Palette,
    number: usize,
    at: Spot,
    half: f64,
    role: Role,
    hollow: bool,
) {
    filled(scene, role, number, at, half, solid(palette.colour(number)));
    if hollow {
        // Not so small that the hole closes.
        filled(scene, Role::Frame, number, at, (half - OUTLINE).max(half * 0.45), solid(palette.background));
    }
}

/// Draws the sign of a point that the reference does not fit: a cross through it.
pub(super) fn cross(scene: &mut Scene, palette: &Palette, (x, y): Spot, half: f64, role: Role) {
    let reach = half + 1.0;
    let arms = [[(x - reach, y - reach), (x + reach, y + reach)], [(x - reach, y + reach), (x + reach, y - reach)]];
    for arm in arms {
        scene.line(Role::Frame, arm.to_vec(), 1.7, solid(palette.background));
    }
    for arm in arms {
        scene.line(role, arm.to_vec(), 0.8, solid(palette.ink));
    }
}

/// Draws the sign of a period without an estimate: a fork that stands on the axis.
pub(super) fn absent(scene: &mut Scene, colour: RGBColor, (x, y): Spot, role: Role) {
    scene.line(role, vec![(x - 1.8, y - 4.6), (x, y - 2.4), (x + 1.8, y - 4.6)], 0.8, solid(colour));
    scene.line(Role::Frame, vec![(x, y - 2.4), (x, y)], 0.8, solid(colour));
}

/// Draws the sign of an interval that continues beyond the axis.
pub(super) fn beyond(scene: &mut Scene, colour: RGBColor, (x, y): Spot, role: Role) {
    scene.area(role, vec![(x, y), (x + 1.8, y + 3.2), (x - 1.8, y + 3.2)], solid(colour));
}
