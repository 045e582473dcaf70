//! The key: the meaning of the signs that the figure has, in a line beneath it.

use plotters::style::{Color, RGBColor};

use super::super::geometry::{dashes, hatch};
use super::super::scene::{Role, Scene, Shape, Spot};
use super::super::text::{shortened_one, width};
use super::look::{LINE, Look, MARGIN, SMALL, solid};
use super::series::is_banded;
use super::symbols;

/// Width of a sign, and the room after it and after its meaning, in points.
const SIGN: f64 = 10.0;
const ROOM: f64 = 3.0;
const AFTER: f64 = 10.0;

/// A sign of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Band,
    Bar,
    Hollow,
    Cross,
    Fork,
    Hatch,
    Dots,
    Floor,
    Beyond,
}

/// Draws the key; returns where it ends.
pub(super) fn key(scene: &mut Scene, look: &Look, y: f64) -> f64 {
    let most = scene.size.0 - 2.0 * MARGIN;
    let (mut x, mut line) = (MARGIN, y + SMALL * LINE);
    for (sign, meaning) in signs(scene, look) {
        let meaning = shortened_one(&meaning, SMALL, false, most - SIGN - ROOM);
        let length = SIGN + ROOM + width(&meaning, SMALL, false);
        if x > MARGIN && x + length > MARGIN + most {
            (x, line) = (MARGIN, line + SMALL * LINE);
        }
        draw(scene, look, sign, (x + SIGN / 2.0, line - 0.5 * SMALL));
        scene.text(look.soft(meaning, (x + SIGN + ROOM, line - 0.26 * SMALL), SMALL));
        x += length + AFTER;
    }
    if x > MARGIN { line } else { y }
}

/// Returns the signs of the figure with their meaning.
fn signs(scene: &Scene, look: &Look) -> Vec<(Sign, String)> {
    let figure = look.figure;
    let has = |role: Role| scene.items.iter().any(|item| item.role == role);
    let banded = figure.panels.iter().any(is_banded)
        && scene.items.iter().any(|item| item.role == Role::Interval && matches!(item.shape, Shape::Area { .. }));
    let all = [
        (
            figure.points().any(|point| point.value.is_some()),
            if banded { Sign::Band } else { Sign::Bar },
            figure.interval.clone(),
        ),
        (has(Role::Hollow), Sign::Hollow, figure.few.clone()),
        (has(Role::Flag), Sign::Cross, "the reference does not fit (misfit)".to_owned()),
        (has(Role::Artefact), Sign::Hatch, "may be an artefact, not a fall".to_owned()),
        (has(Role::Expected), Sign::Dots, "expected from the pre-LLM trend".to_owned()),
        (has(Role::Floor), Sign::Floor, "at least this share of documents, whatever the LLM".to_owned()),
        (has(Role::Absent), Sign::Fork, "too little text: no estimate".to_owned()),
        (has(Role::Beyond), Sign::Beyond, "the interval extends above the axis".to_owned()),
    ];
    all.into_iter().filter(|(is_shown, _, _)| *is_shown).map(|(_, sign, meaning)| (sign, meaning)).collect()
}

fn draw(scene: &mut Scene, look: &Look, sign: Sign, (x, y): Spot) {
    let colour: RGBColor = look.palette.soft;
    let (left, right) = (x - SIGN / 2.0, x + SIGN / 2.0);
    let corners = vec![(left, y - 2.5), (right, y - 2.5), (right, y + 2.5), (left, y + 2.5)];
    match sign {
        Sign::Band => {
            scene.area(Role::Key, corners, colour.mix(0.25));
            scene.line(Role::Key, vec![(left, y), (right, y)], 1.0, solid(colour));
        }
        Sign::Bar => {
            scene.line(Role::Key, vec![(x, y - 3.2), (x, y + 3.2)], 0.9, colour.mix(0.6));
            scene.circle(Role::Key, (x, y), 1.6, solid(colour));
        }
        Sign::Hollow => {
            scene.circle(Role::Key, (x, y), 2.2, solid(colour));
            scene.circle(Role::Key, (x, y), 1.4, solid(look.palette.background));
        }
        Sign::Cross => {
            scene.circle(Role::Key, (x, y), 1.8, solid(colour));
            symbols::cross(scene, &look.palette, (x, y), 1.8, Role::Key);
        }
        Sign::Fork => symbols::absent(scene, colour, (x, y + 2.8), Role::Key),
        Sign::Hatch => {
            hatch(&corners, 2.6).iter().for_each(|line| scene.line(Role::Key, line.to_vec(), 0.4, colour.mix(0.8)));
            strokes(scene, &[(left, y), (right, y)], (2.2, 1.8), colour);
        }
        Sign::Dots => strokes(scene, &[(left, y), (right, y)], (0.9, 1.7), colour),
        Sign::Floor => scene.line(Role::Key, vec![(left, y), (right, y)], 1.4, solid(colour)),
        Sign::Beyond => symbols::beyond(scene, colour, (x, y - 1.6), Role::Key),
    }
}

fn strokes(scene: &mut Scene, line: &[Spot], (on, off): (f64, f64), colour: RGBColor) {
    for [from, to] in dashes(line, on, off) {
        scene.line(Role::Key, vec![from, to], 1.0, solid(colour));
    }
}
