//! Keeps documents of a group together: a hash of a group's name decides whether it is held out, and its fold.
//!
//! The rule, so that anyone can repeat it: u is the first 8 bytes of SHA-256(name) as a big-endian number over 2^64. A
//! group is held out of the fit if u is below the held-out share. Its fold is the same number of
//! SHA-256("fold " seed " " name), times the number of folds, rounded down.

use sha2::{Digest, Sha256};

use crate::corpus::Text;

/// Returns the group's name for a document without a paper or id of its own: the hash of its text.
pub(crate) fn group_of_text(text: &Text) -> String {
    let mut hash = Sha256::new();
    match text {
        Text::Prose(prose) => hash.update(&**prose),
        Text::Units(units) => units.iter().for_each(|unit| {
            unit.for_each(|word| {
                hash.update(word);
                hash.update(" ");
            });
            hash.update("\n");
        }),
    }
    hex(&hash.finalize())
}

/// Returns whether the group is left out of a fit that holds out this `share` of groups.
pub fn is_held_out(group: &str, share: f64) -> bool {
    uniform(group.as_bytes()) < share
}

/// Returns the fold of a group.
pub fn fold(group: &str, seed: u64, n_folds: u8) -> u8 {
    ((uniform(format!("fold {seed} {group}").as_bytes()) * f64::from(n_folds)) as u8).min(n_folds - 1)
}

/// Returns bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns a number in \[0, 1) that depends on `bytes` alone.
pub fn uniform(bytes: &[u8]) -> f64 {
    let digest = Sha256::digest(bytes);
    let first = digest.iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    // 53 bits, so that the quotient is exact and below 1.
    (first >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_folds_are_even_and_independent() {
        let groups: Vec<String> = (0..20_000).map(|i| format!("paper-{i}")).collect();
        let held_out: Vec<&String> = groups.iter().filter(|group| is_held_out(group, 0.25)).collect();
        assert!((held_out.len() as f64 / 20_000.0 - 0.25).abs() < 0.01);
        for fold_number in 0..5 {
            let n = held_out.iter().filter(|group| fold(group, 0, 5) == fold_number).count();
            assert!((n as f64 / held_out.len() as f64 - 0.2).abs() < 0.025, "{fold_number}: {n}");
        }
    }

    #[test]
    fn the_rule_is_sha256() {
        // printf 'abc' | sha256sum: ba7816bf8f01cfea...
        assert!((uniform(b"abc") - 0xba78_16bf_8f01_cfea_u64 as f64 / 2f64.powi(64)).abs() < 1e-15);
    }
}
