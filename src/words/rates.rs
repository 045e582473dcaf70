//! Computes the occurrence rate of a word, with an interval clustered by document.

use statrs::distribution::{ContinuousCDF, Normal};

use super::counts::Counts;
use crate::interval::Interval;

/// Number of documents with the word below which a design effect under 1 is taken to be chance, and set to 1.
pub const FEW_DOCUMENTS: u64 = 30;

/// Occurrences of a word in a period, as a ratio: its units over all.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Occurrence {
    /// Counts of the word.
    pub word: Counts,
    /// Counts of the period: those of a word that is in every unit.
    pub size: Counts,
}

impl Occurrence {
    /// Returns the occurrence of a word with these counts, in a period of this size.
    pub fn new(word: Counts, size: Counts) -> Occurrence {
        Occurrence { word, size }
    }

    /// Returns the share of units with the word, 0 to 1; 0 without any unit.
    ///
    /// ```
    /// use llm_prevalence::words::{Counts, Occurrence};
    ///
    /// // Documents of one sentence each, 15 of 100 with the word.
    /// let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
    /// assert_eq!(Occurrence::new(of(15), of(100)).rate(), 0.15);
    /// ```
    pub fn rate(&self) -> f64 {
        if self.size.n_units == 0 { 0.0 } else { self.word.n_units as f64 / self.size.n_units as f64 }
    }

    /// Returns the variance of the rate over that of as many independent units.
    ///
    /// It uses the ratio estimator's variance by linearisation (Cochran 1977, Sampling Techniques, section 6.3), over
    /// documents with c of m units: D / (D - 1) sum (c - p m)^2 / M^2, which needs only the sums kept. It is not below
    /// 1 if fewer than [`FEW_DOCUMENTS`] have the word, or if all units or none do; a single document counts as a
    /// single unit.
    ///
    /// ```
    /// use llm_prevalence::words::{Counts, Occurrence};
    ///
    /// // Documents of one sentence each: only D / (D - 1) remains.
    /// let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
    /// let effect = Occurrence::new(of(15), of(100)).design_effect();
    /// assert!((effect - 100.0 / 99.0).abs() < 1e-9);
    /// ```
    pub fn design_effect(&self) -> f64 {
        let (p, n_units, n_documents) = (self.rate(), self.size.n_units as f64, self.size.n_documents as f64);
        if self.size.n_documents < 2 {
            return n_units.max(1.0);
        }
        let independent = n_units * p * (1.0 - p);
        if independent <= 0.0 {
            return 1.0;
        }
        let [squares, products, sizes] =
            [self.word.sum_squares, self.word.sum_products, self.size.sum_squares].map(|sum| sum as f64);
        let scatter = (squares - 2.0 * p * products + p * p * sizes).max(0.0);
        let effect = scatter * n_documents / (n_documents - 1.0) / independent;
        // A variance of 0, such as of a word once in every document, is no certainty either.
        let least = if self.word.n_documents < FEW_DOCUMENTS { 1.0 } else { 1.0 / n_documents };
        effect.max(least)
    }

    /// Returns Wilson's interval (1927) at `level`, 0 to 1, with the effective number of units, units over design effect:
    /// a word that does not occur has an upper end above 0. Assumed is that documents are independent.
    ///
    /// ```
    /// use llm_prevalence::words::{Counts, Occurrence};
    ///
    /// let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
    /// let interval = Occurrence::new(of(15), of(100)).interval(0.95);
    /// assert!((interval.lower - 0.093).abs() < 0.001 && (interval.upper - 0.233).abs() < 0.001);
    /// ```
    pub fn interval(&self, level: f64) -> Interval {
        if self.size.n_units == 0 {
            return Interval { lower: 0.0, upper: 1.0 };
        }
        let (p, n) = (self.rate(), self.size.n_units as f64 / self.design_effect());
        let z = quantile(level);
        let centre = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        // The ends are 0 and 1 there, but for rounding.
        let lower = if self.word.n_units == 0 { 0.0 } else { ((centre - half) / scale).clamp(0.0, p) };
        let upper = if self.word.n_units == self.size.n_units { 1.0 } else { ((centre + half) / scale).clamp(p, 1.0) };
        Interval { lower, upper }
    }
}

/// Returns the two-sided normal quantile of a level.
pub(super) fn quantile(level: f64) -> f64 {
    Normal::standard().inverse_cdf((1.0 + level) / 2.0)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    use super::*;

    /// Returns the occurrence of documents given by c and m.
    pub(crate) fn occurrence(documents: impl IntoIterator<Item = (u64, u64)>) -> Occurrence {
        let mut all = Occurrence { word: Counts::default(), size: Counts::default() };
        for (c, m) in documents {
            all.word.add(Counts { n_documents: u64::from(c > 0), n_units: c, sum_squares: c * c, sum_products: c * m });
            all.size.add(Counts { n_documents: 1, n_units: m, sum_squares: m * m, sum_products: m * m });
        }
        all
    }

    #[test]
    fn the_design_effect_is_that_of_the_documents_themselves() {
        let documents = [(2u64, 10u64), (0, 7), (5, 12), (1, 3), (0, 9)];
        let of = occurrence(documents);
        let p = 8.0 / 41.0;
        let scatter: f64 = documents.iter().map(|&(c, m)| (c as f64 - p * m as f64).powi(2)).sum();
        let expected = scatter * (5.0 / 4.0) / (41.0 * p * (1.0 - p));
        assert!((of.design_effect() - expected).abs() < 1e-12 && expected > 1.0, "{expected}");
    }

    #[test]
    fn one_unit_a_document_is_wilson_himself() {
        // 15 of 100: Wilson's interval is 0.0931 to 0.2328 (Newcombe 1998), but for the D / (D - 1).
        let of = occurrence((0..100).map(|number| (u64::from(number < 15), 1)));
        let interval = of.interval(0.95);
        assert!((interval.lower - 0.0931).abs() < 0.001 && (interval.upper - 0.2328).abs() < 0.001, "{interval:?}");
    }

    #[test]
    fn ends_are_within_0_and_1_and_nothing_seen_is_not_nothing() {
        let none = occurrence((0..50).map(|_| (0, 20))).interval(0.95);
        assert!(none.lower == 0.0 && none.upper > 0.003 && none.upper < 0.005, "{none:?}");
        let all = occurrence((0..50).map(|_| (20, 20))).interval(0.95);
        assert!(all.upper == 1.0 && all.lower < 1.0, "{all:?}");
        let single = occurrence([(3, 1000)]).interval(0.95);
        assert!(single.upper > 0.5, "one document says little: {single:?}");
        assert_eq!(occurrence([]).interval(0.95), Interval { lower: 0.0, upper: 1.0 });
        // Once in every document: no variance between documents.
        let regular = occurrence((0..50).map(|_| (1, 20))).interval(0.95);
        assert!(regular.lower < 0.05 && regular.upper > 0.05, "{regular:?}");
    }

    #[test]
    fn twice_the_documents_narrow_the_interval_by_the_root_of_two() {
        let mut generator = Pcg64Mcg::seed_from_u64(5);
        let once: Vec<(u64, u64)> = (0..2000).map(|_| clustered(&mut generator)).collect();
        let twice = once.iter().chain(&once).copied();
        let (once, twice) = (occurrence(once.iter().copied()), occurrence(twice));
        assert_eq!(once.rate(), twice.rate());
        let width = |of: Occurrence| of.interval(0.95).upper - of.interval(0.95).lower;
        let narrower = width(once) / width(twice);
        assert!((narrower - 2f64.sqrt()).abs() < 0.005, "{narrower}");
    }

    /// Draws a document of 5 to 30 units; in one of ten the word is in a third of them: its rate is 0.1 / 3.
    fn clustered(generator: &mut Pcg64Mcg) -> (u64, u64) {
        let m = generator.random_range(5..31);
        let has_it = generator.random_range(0..10) == 0;
        let c = (0..m).filter(|_| has_it && generator.random_range(0..3) == 0).count();
        (c as u64, m)
    }

    #[test]
    fn the_interval_covers_the_rate_of_clustered_words() {
        let truth = 0.1 / 3.0;
        for (n_documents, seed) in [(100, 1), (400, 2), (2000, 3)] {
            let mut generator = Pcg64Mcg::seed_from_u64(seed);
            let n_covered = (0..1000)
                .filter(|_| {
                    let interval = occurrence((0..n_documents).map(|_| clustered(&mut generator))).interval(0.95);
                    interval.lower <= truth && truth <= interval.upper
                })
                .count();
            // Binomial: 95 % of 1000 is 950 with a standard error of 7.
            assert!((920..=980).contains(&n_covered), "{n_documents} documents: {n_covered} of 1000");
        }
    }
}
