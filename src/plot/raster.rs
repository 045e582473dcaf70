//! A figure as a PNG: drawn larger than requested and averaged, because the drawing library leaves edges jagged.

use plotters::backend::BitMapBackend;
use plotters::drawing::IntoDrawingArea;

use super::figure::{Drawing, PlotError};
use super::paint::{Medium, paint};
use super::style::register_fonts;

/// Number of pixels drawn for each pixel of the file, across and down.
const OVERSAMPLING: u32 = 2;
/// Number of pixels of the file above which it is not oversampled; a picture of this size takes 150 MB while it is made.
const MOST_OVERSAMPLED: u64 = 12_000_000;
/// Maximum number of pixels of a file.
const MOST: u64 = 200_000_000;
const POINTS_PER_INCH: f64 = 72.0;
const INCHES_PER_METRE: f64 = 1000.0 / 25.4;

/// Returns the PNG of a figure at its own resolution, which the file states.
pub(super) fn png(drawing: &Drawing) -> Result<Vec<u8>, PlotError> {
    register_fonts();
    let dpi = drawing.options.dpi;
    let per_unit = f64::from(dpi) / POINTS_PER_INCH;
    let size = drawing.scene.size;
    let (width, height) = ((size.0 * per_unit).round().max(1.0) as u32, (size.1 * per_unit).round().max(1.0) as u32);
    let n_pixels = u64::from(width) * u64::from(height);
    if n_pixels > MOST {
        let reason = format!("{width} x {height} pixels are too many [use a smaller --dpi or --width, or SVG]");
        return Err(PlotError::Nothing { reason });
    }
    let times = if n_pixels > MOST_OVERSAMPLED { 1 } else { OVERSAMPLING };
    let mut pixels = vec![0; n_pixels as usize * (times * times) as usize * 3];
    let area = BitMapBackend::with_buffer(&mut pixels, (width * times, height * times)).into_drawing_area();
    paint(drawing, &area, Medium { scale: per_unit * f64::from(times), is_svg: false })?;
    area.present()?;
    drop(area);
    encoded(&averaged(&pixels, (width, height), times), (width, height), dpi)
}

/// Averages the `times` x `times` pixels that were drawn for each pixel.
fn averaged(pixels: &[u8], (width, height): (u32, u32), times: u32) -> Vec<u8> {
    let (width, height, times) = (width as usize, height as usize, times as usize);
    let mut mean = Vec::with_capacity(width * height * 3);
    for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
        for channel in 0..3 {
            let places = (0..times * times).map(|at| (row * times + at / times, column * times + at % times));
            let sum: usize = places.map(|(y, x)| usize::from(pixels[(y * width * times + x) * 3 + channel])).sum();
            mean.push(((sum + times * times / 2) / (times * times)) as u8);
        }
    }
    mean
}

fn encoded(pixels: &[u8], (width, height): (u32, u32), dpi: u32) -> Result<Vec<u8>, PlotError> {
    let mut bytes = Vec::new();
    let drawing = |error: png::EncodingError| PlotError::Drawing { reason: error.to_string() };
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (f64::from(dpi) * INCHES_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(drawing)?;
    writer.write_image_data(pixels).map_err(drawing)?;
    drop(writer);
    Ok(bytes)
}
