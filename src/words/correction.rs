//! Corrects p-values for testing thousands of words.

/// Adjusts p-values by the step-up procedure of Benjamini and Hochberg (1995, J. R. Stat. Soc. B 57:289): of the words called
/// at an adjusted p of at most f, a share of at most f is expected to be called by chance.
///
/// Of n sorted p-values, the i-th becomes `min_(j >= i) n p_j / j`, 0 to 1. It is valid if tests are independent or positively
/// dependent.
///
/// ```
/// let adjusted = llm_prevalence::words::benjamini_hochberg(&[0.001, 0.04, 0.5]);
/// assert!((adjusted[0] - 0.003).abs() < 1e-12 && (adjusted[1] - 0.06).abs() < 1e-12);
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let n = p_values.len() as f64;
    let (mut adjusted, mut least) = (vec![1.0; p_values.len()], 1.0f64);
    for (place, at) in order.into_iter().enumerate() {
        let rank = n - place as f64;
        least = least.min(p_values[at] * n / rank);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_p_values_are_those_of_r() {
        // p.adjust(c(0.01, 0.02, 0.03, 0.5, 0.001), "BH") in R.
        let adjusted = benjamini_hochberg(&[0.01, 0.02, 0.03, 0.5, 0.001]);
        for (found, expected) in adjusted.iter().zip([0.025, 0.1 / 3.0, 0.0375, 0.5, 0.005]) {
            assert!((found - expected).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(benjamini_hochberg(&[]), [] as [f64; 0]);
    }
}
