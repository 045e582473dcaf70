//! Arguments for the look of figures.

use super::values::{THEMES, one_of};
use clap::Args;

use crate::plot::{DOUBLE_COLUMN, DPI, FigureOptions, Theme};

/// Range of widths, in millimetres: narrower figures have no room for axis and names, wider ones fit no paper.
const WIDTHS: std::ops::RangeInclusive<f64> = 60.0..=1000.0;

#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub struct FigureArgs {
    /// Colours of figures: light, dark, or print (black on white, darkest first)
    #[arg(long, value_parser = one_of(THEMES), default_value = "light")]
    pub theme: Theme,
    /// Width of figures in millimetres, 60 to 1000: a column of a paper is about 85 wide, two are 178; letters keep
    /// their size
    #[arg(long, value_name = "MM", default_value_t = DOUBLE_COLUMN, value_parser = width)]
    pub width: f64,
    /// Title of the figures and the report
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Resolution of PNG figures in pixels per inch, 50 to 1200
    #[arg(long, value_name = "N", default_value_t = DPI, value_parser = clap::value_parser!(u32).range(50..=1200))]
    pub dpi: u32,
}

impl FigureArgs {
    /// Returns the options of a figure.
    pub fn options(&self) -> FigureOptions {
        FigureOptions { theme: self.theme, width: self.width, title: self.title.clone(), dpi: self.dpi }
    }
}

fn width(text: &str) -> Result<f64, String> {
    let width: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    match WIDTHS.contains(&width) {
        true => Ok(width),
        false => Err(format!("a width is from {} to {} mm", WIDTHS.start(), WIDTHS.end())),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Tool {
        #[command(flatten)]
        figure: FigureArgs,
    }

    fn options(arguments: &[&str]) -> Result<FigureOptions, String> {
        let all = std::iter::once("tool").chain(arguments.iter().copied());
        Tool::try_parse_from(all).map(|tool| tool.figure.options()).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_are_the_options_of_a_figure() {
        assert_eq!(options(&[]).unwrap(), FigureOptions::default());
        let chosen = options(&["--theme", "print", "--width", "85", "--title", "a & b", "--dpi", "600"]).unwrap();
        let title = Some("a & b".to_owned());
        assert_eq!(chosen, FigureOptions { theme: Theme::Print, width: 85.0, title, dpi: 600 });
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for (flag, value, reason) in [
            ("--width", "20", "60 to 1000"),
            ("--width", "NaN", "60 to 1000"),
            ("--width", "x", "not a number"),
            ("--dpi", "9", "50..=1200"),
        ] {
            let error = options(&[flag, value]).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
