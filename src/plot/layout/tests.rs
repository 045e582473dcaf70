use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::line::{LinePanel, LinePoint, LineSeries, LineValue, Mark, Shade};
use super::super::scene::Role;
use super::super::{FigureOptions, LineFigure, Theme};
use super::*;

const WIDTHS: [f64; 3] = [60.0, 85.0, 178.0];

/// Returns a series of `n` periods of `months` months each, at heights that cross those of others.
fn series(number: usize, n: usize, months: i32) -> LineSeries {
    let name = format!("Conference on the Names of Long Series, number {number}");
    let start = date(2018, 1, 1);
    let point = |at: usize| {
        let first: Date = start.checked_add((at as i32 * months).months()).unwrap();
        let last = first.checked_add(months.months()).unwrap().yesterday().unwrap();
        let share = 0.02 + 0.03 * ((number * 7 + at * 3) % 11) as f64;
        LinePoint {
            first,
            last,
            label: if months == 12 {
                first.year().to_string()
            } else {
                format!("{}-{:02}", first.year(), first.month())
            },
            value: Some(LineValue { share, lower: share * 0.8, upper: share * 1.3 }),
            floor: (at % 3 == 2).then_some(share * 0.5),
            ..LinePoint::default()
        }
    };
    LineSeries { name, points: (0..n).map(point).collect() }
}

fn figure(n_series: usize, n_periods: usize, width: f64) -> LineFigure {
    let months = if n_periods > 12 { 1 } else { 12 };
    let series = (0..n_series).map(|number| series(number, n_periods, months)).collect();
    let mark = |date, label: &str| Mark { date, label: label.to_owned() };
    LineFigure {
        panels: vec![LinePanel { title: String::new(), series }],
        axis: "LLM share of sentences, %".to_owned(),
        interval: "95 % interval".to_owned(),
        few: "few sentences or documents: uncertain".to_owned(),
        marks: vec![
            mark(date(2018, 6, 1), "an early event with a long name"),
            mark(date(2019, 2, 3), "another, soon after that"),
            mark(date(2019, 2, 20), "and one more"),
            mark(date(2022, 11, 30), "ChatGPT"),
            mark(date(2024, 3, 14), "policy against LLM reviews"),
        ],
        shades: vec![Shade { first: date(2018, 1, 1), last: date(2018, 12, 31), label: "control".to_owned() }],
        notes: vec![
            "Reference “reviews”; 1,500 documents and 37,242 sentences a point; misfit at most 0.020.".to_owned(),
        ],
        options: FigureOptions {
            width,
            title: Some("A title that is long enough to need two lines at this width".to_owned()),
            ..FigureOptions::default()
        },
    }
}

fn count(figure: &LineFigure, role: Role) -> usize {
    figure.scene().unwrap().items.iter().filter(|item| item.role == role).count()
}

/// Checks that no two labels touch, and none leaves the figure.
fn assert_apart(figure: &LineFigure, what: &str) {
    let scene = figure.scene().unwrap();
    let boxes: Vec<(&str, [f64; 4])> = scene.labels().map(|label| (label.text.as_str(), label.bounds())).collect();
    for (at, (text, [left, top, right, bottom])) in boxes.iter().enumerate() {
        let inside = *left >= -0.01 && *top >= -0.01 && *right <= scene.size.0 + 0.01 && *bottom <= scene.size.1 + 0.01;
        assert!(inside, "{what}: {text:?} is outside of {:?}: {:?}", scene.size, boxes[at].1);
        for (other, of) in &boxes[at + 1..] {
            let apart = *right <= of[0] || of[2] <= *left || *bottom <= of[1] + 0.01 || of[3] <= *top + 0.01;
            assert!(apart, "{what}: {text:?} and {other:?} overlap: {:?} {of:?}", boxes[at].1);
        }
    }
}

#[test]
fn no_labels_overlap_at_any_number_of_series_and_periods() {
    for n_series in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 40] {
        for n_periods in [1, 2, 3, 5, 8, 12, 13, 24, 40, 60, 80] {
            for width in WIDTHS {
                assert_apart(
                    &figure(n_series, n_periods, width),
                    &format!("{n_series} series, {n_periods} periods, {width} mm"),
                );
            }
        }
    }
}

#[test]
fn no_labels_overlap_in_panels() {
    for n_panels in 1..=4 {
        for width in WIDTHS {
            let mut figure = figure(10, 9, width);
            figure.panels[0].title = "A group with a long name, so that it has to be shortened".to_owned();
            figure.panels = vec![figure.panels[0].clone(); n_panels];
            assert_apart(&figure, &format!("{n_panels} panels, {width} mm"));
        }
    }
}

#[test]
fn no_labels_overlap_at_many_events_and_long_words() {
    let mut figure = figure(3, 8, 85.0);
    figure.options.title = Some("W".repeat(90) + " and more");
    figure.notes.push("w".repeat(200));
    figure.marks = (0..25)
        .map(|at| Mark { date: date(2019 + at % 6, 1 + (at % 11) as i8, 3), label: format!("event number {at}") })
        .collect();
    assert_apart(&figure, "25 events");
    figure.panels[0].series[0].name = "会議の長い名前".to_owned();
    assert_apart(&figure, "letters that the font does not have");
}

#[test]
fn no_line_of_a_mark_goes_through_a_label() {
    for (n_series, n_periods) in [(1, 2), (1, 8), (3, 8), (12, 12), (20, 12), (12, 80)] {
        for width in WIDTHS {
            let scene = figure(n_series, n_periods, width).scene().unwrap();
            let upright = scene.items.iter().filter_map(|item| match &item.shape {
                super::super::scene::Shape::Line { points, .. } if item.role == Role::Frame && points.len() == 2 => {
                    Some(points)
                }
                _ => None,
            });
            for points in upright.filter(|points| points[0].0 == points[1].0) {
                let (top, bottom) = (points[1].1.min(points[0].1), points[0].1.max(points[1].1));
                for label in scene.labels() {
                    let of = label.bounds();
                    let apart = points[0].0 <= of[0] || points[0].0 >= of[2] || bottom <= of[1] || top >= of[3];
                    assert!(
                        apart,
                        "{n_series} series, {n_periods} periods, {width} mm: {points:?} through {:?} {of:?}",
                        label.text
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_pointed_at_is_what_was_drawn() {
    let scene = figure(1, 9, 178.0).scene().unwrap();
    let circles = scene.items.iter().filter(|item| item.role == Role::Point).filter_map(|item| match item.shape {
        super::super::scene::Shape::Circle { centre, .. } => Some(centre),
        _ => None,
    });
    assert_eq!(circles.collect::<Vec<_>>(), scene.hits.iter().map(|hit| (hit.x, hit.y)).collect::<Vec<_>>());
}

#[test]
fn names_stand_beside_the_lines_while_there_is_room_and_beneath_after_that() {
    assert_eq!(count(&figure(12, 12, 85.0), Role::Leader), 12);
    assert_eq!(count(&figure(40, 12, 85.0), Role::Leader), 0);
    let labels =
        |n| figure(n, 3, 178.0).scene().unwrap().labels().filter(|label| label.text.starts_with("Conf")).count();
    assert_eq!([labels(1), labels(12), labels(40)], [1, 12, 40]);
}

#[test]
fn a_series_without_points_has_neither_name_nor_leader() {
    for (n_series, n_leaders) in [(3, 2), (40, 0)] {
        let mut figure = figure(n_series, 3, 178.0);
        figure.panels[0].series[1].points.clear();
        assert_eq!(count(&figure, Role::Leader), n_leaders);
        let scene = figure.scene().unwrap();
        assert_eq!(scene.labels().filter(|label| label.text.starts_with("Conf")).count(), n_series - 1);
        assert_apart(&figure, "a series without points");
    }
}

#[test]
fn every_point_is_drawn_once_and_as_what_it_is() {
    let mut figure = figure(2, 9, 178.0);
    for (at, point) in figure.panels[0].series[0].points.iter_mut().enumerate() {
        point.hollow = at % 3 == 0;
        point.flagged = at % 4 == 1;
        if at == 7 {
            point.value = None;
        }
    }
    let counts = [Role::Point, Role::Hollow, Role::Flag, Role::Absent].map(|role| count(&figure, role));
    // Points 0, 3 and 6 are hollow, 1 and 5 have a cross of two arms, 7 has no estimate.
    assert_eq!(counts, [5 + 9, 3, 2 * 2, 1]);
    assert_eq!(figure.scene().unwrap().hits.len(), 18);
}

#[test]
fn a_fall_that_may_be_an_artefact_is_hatched_and_dashed_and_not_drawn_as_a_line() {
    for n_series in [1, 6] {
        let mut figure = figure(n_series, 2, 178.0);
        assert_eq!([count(&figure, Role::Artefact), count(&figure, Role::Line)], [0, n_series]);
        figure.panels[0].series[0].points[1].artefact = true;
        assert!(count(&figure, Role::Artefact) > 10);
        assert_eq!(count(&figure, Role::Line), n_series - 1);
        assert!(figure.scene().unwrap().labels().any(|label| label.text == "may be an artefact, not a fall"));
    }
}

#[test]
fn a_line_does_not_bridge_a_period_without_text_or_estimate() {
    let mut figure = figure(1, 10, 178.0);
    assert_eq!(count(&figure, Role::Line), 1);
    let mut gap = figure.clone();
    gap.panels[0].series[0].points.remove(3);
    assert_eq!([count(&gap, Role::Line), count(&gap, Role::Point)], [2, 9]);
    figure.panels[0].series[0].points[3].value = None;
    assert_eq!([count(&figure, Role::Line), count(&figure, Role::Absent)], [2, 1]);
    // Few points have bars, more a band where they follow each other.
    assert_eq!(count(&super::tests::figure(1, 6, 178.0), Role::Interval), 6);
    // Alone between two gaps: its interval is a bar.
    figure.panels[0].series[0].points[1].value = None;
    assert_eq!([count(&figure, Role::Line), count(&figure, Role::Interval)], [1, 1 + 2]);
}

#[test]
fn a_small_period_does_not_set_the_axis_and_its_interval_is_seen_to_go_on() {
    let mut figure = figure(1, 5, 178.0);
    let tallest = |figure: &LineFigure| {
        let scene = figure.scene().unwrap();
        scene
            .labels()
            .filter_map(|label| label.text.parse::<f64>().ok())
            .filter(|number| *number <= 100.0)
            .fold(0.0, f64::max)
    };
    let before = tallest(&figure);
    figure.panels[0].series[0].points[2].hollow = true;
    figure.panels[0].series[0].points[2].value.as_mut().unwrap().upper = 1.0;
    assert_eq!([tallest(&figure), count(&figure, Role::Beyond) as f64], [before, 1.0]);
}

#[test]
fn series_differ_in_shape_or_colour() {
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..49 {
        assert!(seen.insert((number % 7, symbols::shape(number))), "{number}");
    }
}

#[test]
fn text_can_be_read_on_its_ground() {
    let luminance = |colour: plotters::style::RGBColor| {
        let part = |value: u8| match f64::from(value) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
    };
    let contrast = |a, b| {
        let (a, b) = (luminance(a), luminance(b));
        (f64::max(a, b) + 0.05) / (f64::min(a, b) + 0.05)
    };
    for theme in [Theme::Light, Theme::Dark, Theme::Print] {
        let palette = theme.palette();
        for ground in [palette.background, palette.shade] {
            assert!(contrast(palette.ink, ground) >= 7.0 && contrast(palette.soft, ground) >= 4.5, "{theme:?}");
        }
        // Sky and orange of Okabe and Ito are the lightest on white; marks and names say the same.
        assert!(palette.series.iter().all(|&colour| contrast(colour, palette.background) >= 2.2), "{theme:?}");
    }
}
