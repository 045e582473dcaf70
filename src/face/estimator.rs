//! Estimates shares of texts, or of their scores.

use std::borrow::Cow;

use super::share::Share;
use super::texts::document;
use crate::corpus::Document;
use crate::estimate::{
    ControlSummary, Estimate, EstimateError, EstimateOptions, GroupEstimate, InputSummary, IntervalMethod, Method,
    ReferenceSummary, RunSummary, TextSummary, estimate, estimate_with_control, mark_unlike,
};
use crate::interval::CalibrationMap;
use crate::reference::Reference;
use crate::reference::Scorer;
use crate::reference::store::sha256;
use crate::score::{ScoreTable, UnitScorer};
use crate::tokenize::UnitRule;

/// Name of the column that holds the group.
const GROUP: &str = "group";

/// An estimator of the LLM share of texts, with a reference.
///
/// The share alpha, 0 to 1, is of units (sentences, unless the reference or [`unit`](Estimator::unit) says documents)
/// and of the whole corpus: it says nothing about a single text. With a reference that knows strata, as the embedded
/// ones do, it is the posterior share of the two-level model of documents and sentences ([`two_level`](crate::two_level)),
/// with a profile interval widened by systematic error. With another it maximises the likelihood of the mixture
/// `sum_i log(pi_0 + sum_k pi_k r_ik)` with `alpha = 1 - pi_0` and `r_ik` the calibrated density ratio of unit `i`
/// (after Liang et al. 2024, <https://arxiv.org/abs/2403.07183>), with a clustered score interval. It assumes that the
/// texts are a mixture of what the reference lets expect, and that they are a sample of documents.
///
/// # Examples
///
/// ```
/// use llm_prevalence::{Estimator, Reference};
///
/// let texts: Vec<String> = (1..=60)
///     .map(|n| format!("Theorem {n} is proved by induction. We thank referee {n} for a shorter proof, and use it."))
///     .collect();
/// let reference = Reference::embedded("abstracts")?;
/// let share = Estimator::new(&reference).estimate(&texts)?;
/// assert!((0.0..=1.0).contains(&share.alpha()));
/// println!("{share}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Estimator<'a> {
    reference: &'a Reference,
    options: EstimateOptions,
    control: Option<ScoreTable>,
}

impl<'a> Estimator<'a> {
    /// Returns an estimator with the usual choices.
    pub fn new(reference: &'a Reference) -> Estimator<'a> {
        Estimator { reference, options: EstimateOptions::default(), control: None }
    }

    /// Sets the scorer of units. Call it before [`control`](Estimator::control), whose texts are then scored alike.
    pub fn scorer(mut self, scorer: Scorer) -> Estimator<'a> {
        self.options.scorer = scorer;
        self
    }

    /// Sets the calibration, which turns scores into log ratios of densities.
    pub fn calibration(mut self, calibration: CalibrationMap) -> Estimator<'a> {
        self.options.calibration = calibration;
        self
    }

    /// Sets the kind of interval to report.
    pub fn interval(mut self, interval: IntervalMethod) -> Estimator<'a> {
        self.options.interval = interval;
        self
    }

    /// Sets the unit that alpha is a share of, if it is not the reference's own.
    pub fn unit(mut self, unit: UnitRule) -> Estimator<'a> {
        self.options.unit = Some(unit);
        self
    }

    /// Sets the nominal coverage of the interval, such as 0.95.
    pub fn level(mut self, level: f64) -> Estimator<'a> {
        self.options.level = level;
        self
    }

    /// Sets the seed of the random numbers.
    pub fn seed(mut self, seed: u64) -> Estimator<'a> {
        self.options.seed = seed;
        self
    }

    /// Learns the human side from `texts`: human text of the target's own kind, from before LLMs.
    pub fn control<T: AsRef<str>>(mut self, texts: &[T]) -> Estimator<'a> {
        self.control = Some(self.score(texts));
        self
    }

    /// Learns the human side from the scores of a control, as [`score`](Estimator::score) returns them.
    pub fn control_scores(mut self, table: ScoreTable) -> Estimator<'a> {
        self.control = Some(table);
        self
    }

    /// Scores texts into a table without text, which can be estimated elsewhere.
    pub fn score<T: AsRef<str>>(&self, texts: &[T]) -> ScoreTable {
        self.score_documents(texts.iter().map(|text| document(text.as_ref(), vec![])).collect(), vec![])
    }

    /// Scores texts that each come with the name of their group.
    pub fn score_groups<G: AsRef<str>, T: AsRef<str>>(&self, texts: &[(G, T)]) -> ScoreTable {
        let of = |(group, text): &(G, T)| document(text.as_ref(), vec![Some(group.as_ref().to_owned())]);
        self.score_documents(texts.iter().map(of).collect(), vec![GROUP.to_owned()])
    }

    fn score_documents(&self, documents: Vec<Document>, columns: Vec<String>) -> ScoreTable {
        let scorer = UnitScorer::new(self.reference, self.options.scorer);
        let mut table = ScoreTable::new(columns);
        scorer.score_into(&documents, &mut table);
        table
    }

    /// Estimates the LLM share of `texts`.
    ///
    /// # Errors
    /// Fails if there is too little text, or if the options contradict each other or the reference.
    pub fn estimate<T: AsRef<str>>(&self, texts: &[T]) -> Result<Share, EstimateError> {
        self.estimate_scores(&self.score(texts))
    }

    /// Estimates the LLM share of all texts whose scores are in `table`, together.
    ///
    /// # Errors
    /// Fails as [`estimate`](Estimator::estimate) does, and for scores of a reference with another number of LLMs.
    pub fn estimate_scores(&self, table: &ScoreTable) -> Result<Share, EstimateError> {
        let (groups, text) = self.groups_of(table, vec![])?;
        let found = groups.into_iter().find(|group| !group.placebo);
        let of_text = text.map_or_else(Vec::new, |text| text.warnings);
        let found = found.map(|group| GroupEstimate { warnings: [of_text, group.warnings].concat(), ..group });
        let unit = self.options.unit.unwrap_or(self.reference.settings.unit);
        let share = found.and_then(|group| Share::of(group, unit, self.options.level));
        // Fewer units are an error of all groups together.
        share.ok_or(EstimateError::TooFewUnits { n_units: 0, n_documents: 0, unit, grouped: false })
    }

    /// Estimates the LLM share of every group of texts, which each come with the name of their group. The record
    /// serialises to the JSON of `llm-prevalence estimate`; groups with too little text have no outcome.
    ///
    /// # Errors
    /// Fails as [`estimate`](Estimator::estimate) does.
    pub fn estimate_groups<G: AsRef<str>, T: AsRef<str>>(&self, texts: &[(G, T)]) -> Result<Estimate, EstimateError> {
        self.estimate_score_groups(&self.score_groups(texts))
    }

    /// Estimates the LLM share of every group of a score table, grouped by all its columns.
    ///
    /// # Errors
    /// Fails as [`estimate`](Estimator::estimate) does.
    pub fn estimate_score_groups(&self, table: &ScoreTable) -> Result<Estimate, EstimateError> {
        let (estimates, text) = self.groups_of(table, table.columns.clone())?;
        let EstimateOptions { scorer, level, seed, calibration, interval, .. } = self.options;
        let unit = self.options.unit.unwrap_or(self.reference.settings.unit);
        let hash = sha256(&self.reference.to_bytes());
        let input = InputSummary {
            n_documents: table.documents().len(),
            n_units: table.n_units(),
            n_documents_without_units: table.n_documents_without_units,
            text,
            ..InputSummary::default()
        };
        let reference = ReferenceSummary::new(self.reference, &hash, scorer, unit);
        let run = RunSummary {
            input,
            control: self.control.as_ref().map(control_summary),
            calibration: Some(calibration),
            ..RunSummary::new(unit, level, seed, reference)
        };
        Ok(Estimate { warnings: run.notes(), run, method: Method::Calibrated, interval_method: interval, estimates })
    }

    /// Returns the estimates of the groups, and the summary of all texts.
    fn groups_of(
        &self,
        table: &ScoreTable,
        by: Vec<String>,
    ) -> Result<(Vec<GroupEstimate>, Option<TextSummary>), EstimateError> {
        let options = EstimateOptions { by, ..self.options.clone() };
        let mut found = match &self.control {
            Some(control) => {
                let control = with_columns(control, &options.by);
                estimate_with_control(table, &control, self.reference, &options)?
            }
            None => estimate(table, self.reference, &options)?,
        };
        let text = TextSummary::new(table, self.reference);
        mark_unlike(&mut found, text.as_ref());
        Ok((found, text))
    }
}

/// Returns the control with the columns of the target's groups; it has no values in those that it lacks.
fn with_columns<'t>(control: &'t ScoreTable, columns: &[String]) -> Cow<'t, ScoreTable> {
    if columns.is_empty() || control.columns == columns {
        return Cow::Borrowed(control);
    }
    let mut control = control.clone();
    control.keep_columns(columns);
    Cow::Owned(control)
}

/// Returns the summary of a control that was given as texts or scores, which have no files.
fn control_summary(table: &ScoreTable) -> ControlSummary {
    ControlSummary { n_documents: table.documents().len(), ..ControlSummary::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_of_groups_says_whether_there_was_a_control() {
        let reference = Reference::embedded("abstracts").unwrap();
        let text = |part: &str, n: usize| format!("I liked {part} {n}. The proof in step {n} is wrong.");
        let texts: Vec<(&str, String)> = (0..200).map(|n| ("a", text("part", n))).collect();
        let control: Vec<String> = (0..400).map(|n| text("lemma", n)).collect();
        let with = Estimator::new(&reference).control(&control).estimate_groups(&texts).unwrap();
        assert_eq!(with.run.control.map(|control| control.n_documents), Some(400));
        let without = Estimator::new(&reference).estimate_groups(&texts).unwrap();
        assert!(without.run.control.is_none());
    }
}
