//! The JSON of a trend: the record, and what it says in words.

use serde::{Serialize, Serializer};

use super::headline::trend_headline;
use super::sentences::trend_sentences;
use super::warnings::period_warnings;
use crate::corpus::{Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::{GroupEstimate, RunSummary};
use crate::trend::{Ageing, Artefact, BreakTest, Change, PeriodEstimate, SlopeTest, Trend, TrendSeries, TrendWarning};

#[derive(Serialize)]
struct TrendJson<'a> {
    #[serde(flatten)]
    run: &'a RunSummary,
    warnings: &'a [TrendWarning],
    command: &'a str,
    period: PeriodRule,
    undated: &'a UndatedSummary,
    events: &'a [Event],
    series: Vec<SeriesJson<'a>>,
    ageing: &'a Ageing,
    headline: String,
}

#[derive(Serialize)]
struct SeriesJson<'a> {
    name: &'a str,
    periods: Vec<PeriodJson<'a>>,
    undated: &'a [GroupEstimate],
    changes: &'a [Change],
    slope: Option<SlopeTest>,
    break_test: Option<&'a BreakTest>,
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    period: &'a Period,
    #[serde(flatten)]
    estimate: GroupEstimate,
    is_small: bool,
    artefact: Option<&'a Artefact>,
}

impl Serialize for Trend {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = TrendJson {
            run: &self.run,
            warnings: &self.warnings,
            command: &self.command,
            period: self.period,
            undated: &self.undated,
            events: &self.events,
            series: self.series.iter().map(|of| series(self, of)).collect(),
            ageing: &self.ageing,
            headline: trend_headline(self),
        };
        json.serialize(serializer)
    }
}

fn series<'a>(trend: &Trend, of: &'a TrendSeries) -> SeriesJson<'a> {
    let period = |of: &'a PeriodEstimate| PeriodJson {
        period: &of.period,
        estimate: GroupEstimate { warnings: period_warnings(of, trend.run.unit), ..of.estimate.clone() },
        is_small: of.is_small,
        artefact: of.artefact.as_ref(),
    };
    SeriesJson {
        name: &of.name,
        periods: of.periods.iter().map(period).collect(),
        undated: &of.undated,
        changes: &of.changes,
        slope: of.slope,
        break_test: of.break_test.as_ref(),
        sentences: trend_sentences(trend, of),
    }
}
