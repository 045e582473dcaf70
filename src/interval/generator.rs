//! Random numbers that depend on a seed and a replicate alone.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use sha2::{Digest, Sha256};

/// Returns the random number generator of one replicate. Seeds are hashed, so that the streams of near seeds are unrelated.
pub fn generator_of(seed: u64, replicate: u64) -> Pcg64Mcg {
    let digest = Sha256::digest(format!("{seed} {replicate}"));
    let mut state = [0; 16];
    state.copy_from_slice(&digest[..16]);
    Pcg64Mcg::from_seed(state)
}
