//! Paints a scene onto the drawing library's area.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle};

use super::figure::{Drawing, PlotError};
use super::font::bearing;
use super::scene::{Anchor, Label, Shape, Spot};
use super::style::EMBEDDED_FONT;
use super::text::{ASCENT, HEIGHT, SVG_HEIGHT, width};

/// The medium that a figure is drawn on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Medium {
    /// Pixels, or units of the SVG, per point.
    pub scale: f64,
    /// Whether text stays text and the drawing library's rules for its size in an SVG apply.
    pub is_svg: bool,
}

/// Draws all of a drawing on its background.
pub(super) fn paint<DB: DrawingBackend>(
    drawing: &Drawing,
    area: &DrawingArea<DB, Shift>,
    medium: Medium,
) -> Result<(), PlotError>
where
    DB::ErrorType: 'static,
{
    area.fill(&drawing.options.theme.palette().background)?;
    let pixel = |length: f64| (length * medium.scale).round() as i32;
    let place = |spot: &Spot| (pixel(spot.0), pixel(spot.1));
    for item in &drawing.scene.items {
        match &item.shape {
            Shape::Line { points, width, colour } => {
                let style = ShapeStyle::from(colour).stroke_width(pixel(*width).max(1) as u32);
                area.draw(&PathElement::new(points.iter().map(place).collect::<Vec<_>>(), style))?;
            }
            Shape::Area { points, colour } => {
                area.draw(&Polygon::new(points.iter().map(place).collect::<Vec<_>>(), colour.filled()))?;
            }
            Shape::Circle { centre, radius, colour } => {
                area.draw(&Circle::new(place(centre), pixel(*radius), colour.filled()))?;
            }
            Shape::Text(label) if medium.is_svg => whole(label, area, medium)?,
            Shape::Text(label) => letters(label, area, medium)?,
        }
    }
    Ok(())
}

fn font(label: &Label, size: f64) -> FontDesc<'static> {
    let style = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(EMBEDDED_FONT), size, style)
}

/// Draws a line of text as one element.
fn whole<DB: DrawingBackend>(label: &Label, area: &DrawingArea<DB, Shift>, medium: Medium) -> Result<(), PlotError>
where
    DB::ErrorType: 'static,
{
    let anchor = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    // The library sets the line of the letters 0.76 em below the place it is given.
    let top = label.at.1 - ASCENT * label.size;
    let at = ((label.at.0 * medium.scale).round() as i32, (top * medium.scale).round() as i32);
    let font = font(label, label.size * medium.scale * SVG_HEIGHT);
    let style = font.color(&label.colour).pos(Pos::new(anchor, VPos::Top));
    area.draw(&Text::new(label.text.as_str(), at, style))?;
    Ok(())
}

/// Draws a line of text letter by letter: in pictures the library loses the room to the left of each.
fn letters<DB: DrawingBackend>(label: &Label, area: &DrawingArea<DB, Shift>, medium: Medium) -> Result<(), PlotError>
where
    DB::ErrorType: 'static,
{
    let size = label.size * medium.scale * HEIGHT;
    let style = font(label, size).color(&label.colour).pos(Pos::new(HPos::Left, VPos::Top));
    let share = match label.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => 0.5,
        Anchor::End => 1.0,
    };
    let start = label.at.0 - share * width(&label.text, label.size, label.bold);
    // And it sets their line half the font's height below.
    let top = (label.at.1 * medium.scale - size / 2.0).round() as i32;
    for (place, letter) in label.text.char_indices() {
        let before = width(&label.text[..place], label.size, label.bold);
        let left = (start + before + bearing(letter, label.bold) * label.size) * medium.scale;
        area.draw(&Text::new(letter.to_string(), (left.round() as i32, top), style.clone()))?;
    }
    Ok(())
}
