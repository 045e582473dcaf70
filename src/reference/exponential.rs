//! The exponential function, without branches and calls, so that loops over it use vectors; the same bits on every machine.

/// Largest magnitude whose exponential is a normal number.
const MAX: f64 = 708.0;
/// 1.5 * 2^52: added to a number it leaves its nearest integer in the low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// The natural logarithm of 2 in two parts, the first with so few bits that its product with any exponent is exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// 1/n! for n = 13 down to 0: on [-ln 2 / 2, ln 2 / 2] the series is exact to the last bit but one.
const SERIES: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// Returns e to the power of `x`, to a relative error of 1e-15; beyond 708 in magnitude that of 708.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    let x = x.clamp(-MAX, MAX);
    let shifted = x * std::f64::consts::LOG2_E + SHIFT;
    let n = shifted - SHIFT;
    let rest = (x - n * LN_2[0]) - n * LN_2[1];
    let mut sum = 0.0;
    for factor in SERIES {
        sum = sum * rest + factor;
    }
    sum * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn equals_that_of_the_library() {
        for step in -70_800..=70_800 {
            let x = f64::from(step) / 100.0 + 1e-4;
            let (found, expected) = (exp(x), x.clamp(-708.0, 708.0).exp());
            assert!((found / expected - 1.0).abs() < 1e-15, "{x}: {found} {expected}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f64::NEG_INFINITY) < 1e-307 && exp(-1e300) > 0.0);
    }
}
