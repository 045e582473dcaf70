//! Figures and pages of invented trends and words, written to `target/report-pages` for a browser and for the eye.

mod records;

use std::fs;
use std::path::{Path, PathBuf};

use llm_prevalence::plot::{FigureOptions, Theme, render};
use llm_prevalence::report::{trend_figure, words_figure};

/// Where the pages are written; tests/browser opens them there.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/report-pages");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn options(theme: Theme, width: f64) -> FigureOptions {
    FigureOptions { theme, width, ..FigureOptions::default() }
}

#[test]
fn figures_of_trends_are_written() {
    for n_series in [1, 3, 12] {
        for n_periods in [2, 12, 80] {
            for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")] {
                for width in [85.0, 178.0] {
                    let figure = trend_figure(&records::trend(n_series, n_periods), &options(theme, width));
                    let path = folder().join(format!("trend-{n_series}-{n_periods}-{name}-{width}.png"));
                    fs::write(&path, render(&figure, &path).unwrap()).unwrap();
                    let path = path.with_extension("svg");
                    fs::write(&path, render(&figure, &path).unwrap()).unwrap();
                }
            }
        }
    }
    for n_groups in [1, 2, 4] {
        for width in [85.0, 178.0] {
            let figure = words_figure(&records::words(n_groups, 10, 9), &options(Theme::Light, width));
            let path = folder().join(format!("words-{n_groups}-{width}.png"));
            fs::write(&path, render(&figure, &path).unwrap()).unwrap();
            let path = path.with_extension("svg");
            fs::write(&path, render(&figure, &path).unwrap()).unwrap();
        }
    }
}
