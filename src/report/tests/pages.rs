//! Figures and pages of invented trends and words, written to `target/report-pages` for tests/browser and for inspection.

use std::fs;
use std::path::{Path, PathBuf};

use super::records;
use crate::plot::{FigureOptions, LineFigure, Theme, render};
use crate::reference::embedded::embedded;
use crate::reference::{Reference, store};
use crate::report::{GLOSSARY, trend_figure, trend_page, words_figure, words_page};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Returns the folder in which the pages are written.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/report-pages");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn options(theme: Theme, width: f64) -> FigureOptions {
    FigureOptions { theme, width, ..FigureOptions::default() }
}

fn reviews() -> (Reference, String) {
    let embedded = embedded("reviews").unwrap();
    let bytes = embedded.bytes().unwrap();
    (Reference::parse(&bytes, "reviews").unwrap(), store::sha256(&bytes))
}

fn svg(figure: &LineFigure) -> String {
    String::from_utf8(render(figure, Path::new("a.svg")).unwrap()).unwrap()
}

/// Returns the names of all elements, in their order; fails if the text is not XML.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                names.push(start.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

#[test]
fn figures_are_well_formed_and_the_same_each_time() {
    let mut figures = Vec::new();
    for (n_series, n_periods) in [(1, 2), (3, 12), (12, 80)] {
        figures.push(trend_figure(&records::trend(n_series, n_periods), &options(Theme::Light, 85.0)));
    }
    figures.push(words_figure(&records::words(2, 10, 9), &options(Theme::Dark, 178.0)));
    for figure in figures {
        let text = svg(&figure);
        assert!(!elements(&text).iter().any(|name| name == "script"), "a name became an element");
        assert_eq!(text, svg(&figure));
        assert!(text.contains("@font-face") && text.len() < 1_500_000, "{}", text.len());
    }
}

#[test]
fn a_png_says_how_large_it_is_on_paper() {
    let trend = records::trend(1, 2);
    for (dpi, width, per_metre) in [(300, 1004u32, 11_811u32), (150, 502, 5906)] {
        let figure = trend_figure(&trend, &FigureOptions { dpi, ..options(Theme::Print, 85.0) });
        let bytes = render(&figure, Path::new("a.png")).unwrap();
        assert_eq!(bytes, render(&figure, Path::new("b.png")).unwrap());
        assert_eq!(bytes[16..20], width.to_be_bytes());
        let at = bytes.windows(4).position(|tag| tag == b"pHYs").unwrap() + 4;
        assert_eq!(bytes[at..at + 4], per_metre.to_be_bytes());
    }
    let vast = trend_figure(&trend, &FigureOptions { dpi: 1200, ..options(Theme::Print, 1000.0) });
    assert!(render(&vast, Path::new("a.png")).unwrap_err().to_string().contains("[use a smaller --dpi"));
}

#[test]
fn names_and_control_characters_do_no_harm() {
    let mut trend = records::trend(2, 12);
    trend.series[0].name = "a\u{0}b\u{1b}[31m <script>x</script> ]]> &amp; \u{202e}back".to_owned();
    trend.run.reference.name = "<img src=x onerror=alert(1)>".to_owned();
    trend.command = "llm-prevalence trend '</pre><script>alert(2)</script>'".to_owned();
    let figure =
        trend_figure(&trend, &FigureOptions { title: Some("\u{0}<script>".to_owned()), ..FigureOptions::default() });
    let text = svg(&figure);
    assert!(elements(&text).iter().all(|name| name != "script") && !text.contains('\u{0}') && !text.contains('\u{1b}'));
    let (reference, _) = reviews();
    let options = FigureOptions { title: Some("</title><script>".to_owned()), ..FigureOptions::default() };
    let page = trend_page(&trend, &reference, &options).html().unwrap();
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(!page.contains("<img") && page.contains("&#60;img"), "{}", &page[..2000]);
}

#[test]
fn descriptions_have_everything_about_a_point() {
    let figure = trend_figure(&records::trend(1, 2), &FigureOptions::default());
    let points = &figure.panels[0].series[0].points;
    assert_eq!(
        points[1].description,
        "2023: 8.2 % (95 % interval 6.4 to 10.4 %), 1,537 documents, 38,425 sentences, misfit 0.020"
    );
    let figure = trend_figure(&records::trend(3, 12), &FigureOptions::default());
    let all: Vec<&str> =
        figure.panels[0].series.iter().flat_map(|of| &of.points).map(|point| point.description.as_str()).collect();
    for expected in [
        "ICLR, 2025: ",
        "no estimate, 2 documents",
        "the reference does not fit",
        "control, should read 0",
        "artefact: read lower than ",
    ] {
        assert!(all.iter().any(|text| text.contains(expected)), "{expected}");
    }
    assert!(figure.notes.iter().any(|note| note.starts_with("Hatched (ICLR 2025, ")), "{:?}", figure.notes);
    let words = words_figure(&records::words(1, 1, 9), &FigureOptions::default());
    let last = words.panels[0].series[0].points.last().unwrap();
    assert!(
        last.description.starts_with("commendable, 2025: 0.4")
            && last.description.contains(" of 37,242 sentences, expected ")
    );
}

#[test]
fn a_group_without_dates_is_named_but_not_drawn() {
    let mut trend = records::trend(3, 4);
    trend.series[1].periods.clear();
    let figure = trend_figure(&trend, &FigureOptions::default());
    let names: Vec<&str> = figure.panels[0].series.iter().map(|series| series.name.as_str()).collect();
    assert_eq!(names, [records::VENUES[0], records::VENUES[2]]);
    let note = format!("Not shown, because no document has a usable date: {}", records::VENUES[1]);
    assert!(figure.notes.contains(&note), "{:?}", figure.notes);
}

#[test]
fn a_record_without_periods_is_refused() {
    let mut trend = records::trend(1, 2);
    trend.series[0].periods.clear();
    let error = render(&trend_figure(&trend, &FigureOptions::default()), Path::new("a.svg")).unwrap_err().to_string();
    assert_eq!(error, "no figure: there are no periods to draw");
    assert_eq!(trend_page(&trend, &reviews().0, &FigureOptions::default()).html().unwrap_err().to_string(), error);
}

#[test]
fn pages_are_whole_and_written_for_the_browser() {
    let (reference, sha256) = reviews();
    let cases = [
        (1, 2, Theme::Light),
        (1, 12, Theme::Dark),
        (3, 12, Theme::Light),
        (12, 12, Theme::Print),
        (12, 80, Theme::Light),
    ];
    for (n_series, n_periods, theme) in cases {
        let trend = records::trend(n_series, n_periods);
        let page = trend_page(&trend, &reference, &options(theme, 178.0)).html().unwrap();
        let n_points: usize = trend.series.iter().map(|series| series.periods.len()).sum();
        assert_eq!(page.matches("class=\"hit\"").count(), 2 * n_points, "one for screens, one for telephones");
        for expected in
            ["arXiv:2403.07183", "SHA-256 5f70bf18a0860070…", "iclr-2019.jsonl.gz", env!("CARGO_PKG_VERSION")]
        {
            assert!(page.contains(expected), "{expected}");
        }
        // The name of the XML dialect and the link are not fetched.
        let fetched = page.replace("http://www.w3.org/2000/svg", "").replace(GLOSSARY, "");
        assert!(!fetched.contains("://"), "an address");
        fs::write(folder().join(format!("trend-{n_series}-{n_periods}.html")), page).unwrap();
    }
    for (n_groups, n_words, n_periods) in [(1, 10, 9), (4, 12, 9)] {
        let words = records::words(n_groups, n_words, n_periods);
        let page = words_page(&words, Some((&reference, &sha256)), &options(Theme::Light, 178.0)).html().unwrap();
        assert!(page.contains("eadt3813") && page.contains(&sha256[..16]));
        fs::write(folder().join(format!("words-{n_groups}-{n_periods}.html")), page).unwrap();
    }
}

/// Writes pictures for inspection: `cargo test --lib pictures_only_by_name -- --ignored`.
#[test]
#[ignore = "writes pictures to look at"]
fn pictures_only_by_name() {
    let save = |figure: &LineFigure, name: String| {
        for ending in ["png", "svg"] {
            let path = folder().join(format!("{name}.{ending}"));
            fs::write(&path, render(figure, &path).unwrap()).unwrap();
        }
    };
    save(&trend_figure(&records::trend(24, 12), &options(Theme::Light, 85.0)), "trend-24-12-light-85".to_owned());
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")] {
        for width in [85.0, 178.0] {
            for (n_series, n_periods) in [1, 3, 12].into_iter().flat_map(|n| [2, 12, 80].map(|m| (n, m))) {
                let figure = trend_figure(&records::trend(n_series, n_periods), &options(theme, width));
                save(&figure, format!("trend-{n_series}-{n_periods}-{name}-{width}"));
            }
            for n_groups in [1, 2, 4] {
                let figure = words_figure(&records::words(n_groups, 10, 9), &options(theme, width));
                save(&figure, format!("words-{n_groups}-{name}-{width}"));
            }
        }
    }
}
