//! Texts, or their scores, to shares.

use super::Share;
use super::texts::document;
use crate::corpus::Document;
use crate::estimate::{
    Estimate, EstimateError, EstimateOptions, GroupEstimate, InputSummary, IntervalMethod, Method, ReferenceSummary,
    RunSummary, TextSummary, estimate, estimate_with_control,
};
use crate::interval::CalibrationMap;
use crate::reference::Reference;
use crate::reference::Scorer;
use crate::reference::store::sha256;
use crate::score::{ScoreTable, UnitScorer};
use crate::tokenize::UnitRule;

/// The name of the column that groups are told apart by.
const GROUP: &str = "group";

/// Estimates the LLM share of texts with a reference.
///
/// The share alpha is of units (sentences, unless the reference or [`unit`](Estimator::unit) says documents), 0 to 1, and is that of
/// the corpus: nothing is said of a single text. It maximises the likelihood of the mixture
/// `sum_i log(pi_0 + sum_k pi_k r_ik)` with `alpha = 1 - pi_0` and `r_ik` the calibrated density ratio of unit `i` (after Liang et al.
/// 2024, <https://arxiv.org/abs/2403.07183>); its interval is a clustered score interval. It assumes that the texts are a mixture of
/// what the reference knows, and that they are a sample of documents.
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

    /// Sets how units are scored; before [`control`](Estimator::control), whose scores are then of the same kind.
    pub fn scorer(mut self, scorer: Scorer) -> Estimator<'a> {
        self.options.scorer = scorer;
        self
    }

    /// Sets how scores become log ratios of densities.
    pub fn calibration(mut self, calibration: CalibrationMap) -> Estimator<'a> {
        self.options.calibration = calibration;
        self
    }

    /// Sets which interval is reported.
    pub fn interval(mut self, interval: IntervalMethod) -> Estimator<'a> {
        self.options.interval = interval;
        self
    }

    /// Sets what alpha is a share of, where that is not the reference's own unit.
    pub fn unit(mut self, unit: UnitRule) -> Estimator<'a> {
        self.options.unit = Some(unit);
        self
    }

    /// Sets the coverage asked of the interval, such as 0.95.
    pub fn level(mut self, level: f64) -> Estimator<'a> {
        self.options.level = level;
        self
    }

    /// Sets the seed of whatever is random.
    pub fn seed(mut self, seed: u64) -> Estimator<'a> {
        self.options.seed = seed;
        self
    }

    /// Learns the human side from `texts`: human text of the target's own kind, from before LLMs.
    pub fn control<T: AsRef<str>>(mut self, texts: &[T]) -> Estimator<'a> {
        self.control = Some(self.score(texts));
        self
    }

    /// Learns the human side from the scores of a control, as [`score`](Estimator::score) makes them.
    pub fn control_scores(mut self, table: ScoreTable) -> Estimator<'a> {
        self.control = Some(table);
        self
    }

    /// Scores texts: a table without text, which can be estimated elsewhere.
    pub fn score<T: AsRef<str>>(&self, texts: &[T]) -> ScoreTable {
        self.score_documents(texts.iter().map(|text| document(text.as_ref(), vec![])).collect(), vec![])
    }

    /// Scores texts by group, each text with the name of its own.
    pub fn score_groups<G: AsRef<str>, T: AsRef<str>>(&self, texts: &[(G, T)]) -> ScoreTable {
        let of = |(group, text): &(G, T)| document(text.as_ref(), vec![Some(group.as_ref().to_owned())]);
        self.score_documents(texts.iter().map(of).collect(), vec![GROUP.to_owned()])
    }

    fn score_documents(&self, documents: Vec<Document>, columns: Vec<String>) -> ScoreTable {
        let scorer = UnitScorer::new(self.reference, self.options.scorer);
        let mut table = ScoreTable::new(scorer.n_components(), columns);
        scorer.score_into(&documents, &mut table);
        table
    }

    /// Estimates the LLM share of `texts`.
    ///
    /// # Errors
    /// When there is too little text, or the choices contradict each other or the reference.
    pub fn estimate<T: AsRef<str>>(&self, texts: &[T]) -> Result<Share, EstimateError> {
        self.estimate_scores(&self.score(texts))
    }

    /// Estimates the LLM share of the texts that `table` has the scores of, all together.
    ///
    /// # Errors
    /// Those of [`estimate`](Estimator::estimate), and scores of another reference's number of LLMs.
    pub fn estimate_scores(&self, table: &ScoreTable) -> Result<Share, EstimateError> {
        let found = self.groups_of(table, vec![])?.into_iter().find(|group| !group.placebo);
        let unit = self.options.unit.unwrap_or(self.reference.settings.unit);
        let share = found.and_then(|group| Share::of(group, unit, self.options.level));
        // Fewer units are an error of all groups together.
        share.ok_or(EstimateError::TooFewUnits { n_units: 0, n_documents: 0, unit, grouped: false })
    }

    /// Estimates the LLM share of every group of texts, each text with the name of its own: a record that serialises to the JSON of
    /// `llm-prevalence estimate`. Groups with too little text have no outcome.
    ///
    /// # Errors
    /// Those of [`estimate`](Estimator::estimate).
    pub fn estimate_groups<G: AsRef<str>, T: AsRef<str>>(&self, texts: &[(G, T)]) -> Result<Estimate, EstimateError> {
        self.estimate_score_groups(&self.score_groups(texts))
    }

    /// Estimates the LLM share of every group of a score table, by all its columns.
    ///
    /// # Errors
    /// Those of [`estimate`](Estimator::estimate).
    pub fn estimate_score_groups(&self, table: &ScoreTable) -> Result<Estimate, EstimateError> {
        let estimates = self.groups_of(table, table.columns.clone())?;
        let EstimateOptions { scorer, level, seed, calibration, interval, .. } = self.options;
        let unit = self.options.unit.unwrap_or(self.reference.settings.unit);
        let hash = sha256(&self.reference.to_bytes());
        let input = InputSummary {
            n_documents: table.documents().len(),
            n_documents_without_units: table.n_documents_without_units,
            text: TextSummary::new(table, self.reference),
            ..InputSummary::default()
        };
        let reference = ReferenceSummary::new(self.reference, &hash, scorer, unit);
        let run = RunSummary { input, calibration: Some(calibration), ..RunSummary::new(unit, level, seed, reference) };
        Ok(Estimate { run, method: Method::Calibrated, interval_method: interval, estimates })
    }

    fn groups_of(&self, table: &ScoreTable, by: Vec<String>) -> Result<Vec<GroupEstimate>, EstimateError> {
        let options = EstimateOptions { by, ..self.options.clone() };
        match &self.control {
            Some(control) => estimate_with_control(table, control, self.reference, &options),
            None => estimate(table, self.reference, &options),
        }
    }
}
