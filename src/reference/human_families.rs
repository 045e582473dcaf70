//! How families of human text differ in their words: what a score of LLM text should not go by.

use std::collections::BTreeMap;

use super::limits::MIN_STRATUM_DOCUMENTS;
use crate::occurrence::Presence;

/// Factor of a word's variation in its penalty: a word that varies by as much as its mean has eleven times the usual penalty.
const OF_VARIATION: f64 = 10.0;
/// Weight of the variance between families' mean scores beside the mean loss of a unit.
const OF_MEANS: f64 = 30.0;

/// The differences between families of human text that a fit should not use.
pub(super) struct HumanFamilies {
    /// Weight of each family; they sum to 1.
    shares: Vec<f64>,
    /// Share of each family's units that have a word.
    means: Vec<Vec<f64>>,
    /// Variance of each word's share of documents between families, less that of sampling, by the square of its mean.
    variations: Vec<f64>,
}

/// What is counted of a family.
struct Counted {
    n_documents: f64,
    n_units: f64,
    documents_with: Vec<f64>,
    units_with: Vec<f64>,
}

impl HumanFamilies {
    /// Counts the words of human documents, each of which comes with its family. Families count as the roots of their units, and
    /// only those with as many documents as a stratum needs.
    pub fn of<'a>(
        presence: &Presence,
        n_words: usize,
        documents: impl Iterator<Item = (usize, &'a str)>,
    ) -> HumanFamilies {
        let mut families: BTreeMap<&str, Counted> = BTreeMap::new();
        let mut last_with = vec![usize::MAX; n_words];
        for (document, family) in documents {
            let of = families.entry(family).or_insert_with(|| Counted::new(n_words));
            of.n_documents += 1.0;
            for unit in presence.units_of(document) {
                of.n_units += 1.0;
                for word in presence.unit(unit).iter().map(|&word| word as usize) {
                    of.units_with[word] += 1.0;
                    if std::mem::replace(&mut last_with[word], document) != document {
                        of.documents_with[word] += 1.0;
                    }
                }
            }
        }
        families.retain(|_, of| of.n_documents >= MIN_STRATUM_DOCUMENTS as f64);
        let families: Vec<Counted> = families.into_values().collect();
        let total: f64 = families.iter().map(|of| of.n_units.sqrt()).sum();
        HumanFamilies {
            shares: families.iter().map(|of| of.n_units.sqrt() / total).collect(),
            means: families.iter().map(Counted::means).collect(),
            variations: (0..n_words).map(|word| variation(&families, word)).collect(),
        }
    }

    /// Returns the factor of a word's penalty: `1 + 10 v`, with `v` its variation; 1 for the bias.
    pub fn factor(&self, word: usize) -> f64 {
        1.0 + OF_VARIATION * self.variations.get(word).copied().unwrap_or(0.0)
    }

    /// Returns `15 n_units sum_f q_f (s_f - s)^2`, with `q_f` the share and `s_f` the mean score of a family and `s` the mean of
    /// these by shares, and adds its slopes to `gradient`; `weights` has one for each word.
    pub fn add_difference(&self, weights: &[f64], n_units: f64, gradient: &mut [f64]) -> f64 {
        let strength = OF_MEANS * n_units;
        let score = |mean: &Vec<f64>| mean.iter().zip(weights).map(|(share, weight)| share * weight).sum::<f64>();
        let scores: Vec<f64> = self.means.iter().map(score).collect();
        let centre: f64 = scores.iter().zip(&self.shares).map(|(score, share)| score * share).sum();
        let mut variance = 0.0;
        for ((mean, share), score) in self.means.iter().zip(&self.shares).zip(&scores) {
            variance += share * (score - centre).powi(2);
            let slope = strength * share * (score - centre);
            gradient.iter_mut().zip(mean).for_each(|(sum, share)| *sum += slope * share);
        }
        strength / 2.0 * variance
    }
}

impl Counted {
    fn new(n_words: usize) -> Counted {
        Counted { n_documents: 0.0, n_units: 0.0, documents_with: vec![0.0; n_words], units_with: vec![0.0; n_words] }
    }

    fn means(&self) -> Vec<f64> {
        self.units_with.iter().map(|n| n / self.n_units.max(1.0)).collect()
    }
}

/// Returns the variance of a word's share of documents between families, by moments: its excess over that of sampling, by
/// the square of the mean share. Families count as their documents.
fn variation(families: &[Counted], word: usize) -> f64 {
    let sum = |value: &dyn Fn(&Counted) -> f64| families.iter().map(value).sum::<f64>();
    let n_documents = sum(&|of| of.n_documents);
    let share = sum(&|of| of.documents_with[word]) / n_documents.max(1.0);
    if share == 0.0 {
        return 0.0;
    }
    let excess = |of: &Counted| {
        let expected = of.n_documents * share;
        ((of.documents_with[word] - expected).powi(2) - expected * (1.0 - share)) / of.n_documents
    };
    (sum(&excess) / (n_documents * share * share)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::strata_set::{Families, Member, StrataSet, StratumKey};
    use crate::two_level::Side;
    use std::collections::BTreeSet;

    const LIKED: u32 = 0;
    const TOPIC: u32 = 1;
    const FAMILIES: [(Side, u64, u64); 6] = [
        (Side::Human, 2, 9),
        (Side::Human, 2, 1),
        (Side::Human, 2, 1),
        (Side::Human, 2, 2),
        (Side::Llm, 5, 8),
        (Side::Llm, 5, 8),
    ];

    /// Invented text: LLMs have the word that they like in half of their units, and write of a topic that few people write of.
    fn with_set(run: impl Fn(&StrataSet<'_>)) {
        let (mut presence, mut members, mut strata) = (Presence::default(), vec![], vec![]);
        let mut seed = 3_u64;
        let mut of_ten = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % 10 < n
        };
        for (at, (side, liked, topic)) in FAMILIES.into_iter().enumerate() {
            strata.push(StratumKey::new(side, at.to_string(), at.to_string()));
            for document in 0..50 {
                for _ in 0..6 {
                    let words = [(LIKED, liked), (TOPIC, topic), (2, 5)];
                    let unit: Vec<u32> = words.into_iter().filter(|(_, n)| of_ten(*n)).map(|(word, _)| word).collect();
                    presence.push_unit(&unit);
                }
                presence.end_document();
                members.push(Member::new(at, format!("{at} {document}")));
            }
        }
        run(&StrataSet::new(&presence, 3, members, strata));
    }

    fn all(set: &StrataSet<'_>) -> HumanFamilies {
        let family = |document: usize| &set.strata[set.members[document].stratum];
        let human = (0..set.members.len()).filter(|&document| family(document).side == Side::Human);
        HumanFamilies::of(set.presence, set.n_words, human.map(|document| (document, family(document).family.as_str())))
    }

    #[test]
    fn words_of_a_topic_vary_and_the_others_do_not() {
        with_set(|set| {
            let families = all(set);
            assert_eq!(families.means.len(), 4);
            assert!(families.factor(1) > 1.5, "{}", families.factor(1));
            assert!(families.factor(0) < 1.1 && families.factor(2) < 1.1);
            assert_eq!(families.factor(3), 1.0, "the bias");
        });
    }

    #[test]
    fn slopes_are_those_of_the_penalty() {
        with_set(|set| {
            let families = all(set);
            let weights = [0.4, -1.1, 0.2];
            let mut gradient = vec![0.0; 3];
            families.add_difference(&weights, 7.0, &mut gradient);
            for word in 0..3 {
                let at = |step: f64| {
                    let mut moved = weights;
                    moved[word] += step;
                    families.add_difference(&moved, 7.0, &mut [0.0; 3])
                };
                let slope = (at(1e-4) - at(-1e-4)) / 2e-4;
                assert!(
                    (gradient[word] - slope).abs() < 1e-6 * slope.abs().max(1.0),
                    "{word}: {} {slope}",
                    gradient[word]
                );
            }
        });
    }

    #[test]
    fn a_score_of_alike_families_goes_by_what_llms_like_and_not_by_the_topic() {
        with_set(|set| {
            let usual = set.fit(&Families::new(), &BTreeSet::new());
            let alike = set.alike().fit(&Families::new(), &BTreeSet::new());
            let [topic, liked] = [TOPIC, LIKED].map(|word| [&usual, &alike].map(|of| of.by_word()[word as usize]));
            assert!(topic[0] > 1.0 && topic[1].abs() < topic[0] / 10.0, "{topic:?}");
            assert!(liked[1] > 0.9 * liked[0], "{liked:?}");
        });
    }
}
