//! Formats shares, differences, intervals and counts for people; every text of the project that has a number has it from here.

/// Counts that sentences write as words.
#[cfg(feature = "files")]
const WORDS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Minimum p-value that is written out.
#[cfg(feature = "cli")]
const MIN_SHOWN_P: f64 = 1e-4;

/// Formats a share in percent, or a difference in points, without the sign of either: `12.35`.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    decimal(share * 100.0, decimals)
}

/// Formats any other number with as many decimals: `12.35`; never `-0.00`.
pub(crate) fn decimal(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(size) if size.bytes().all(|byte| matches!(byte, b'0' | b'.')) => size.to_owned(),
        _ => text,
    }
}

/// Formats a difference in points with its sign, also a plus: `+0.15`.
#[cfg(feature = "files")]
pub(crate) fn signed(difference: f64, decimals: usize) -> String {
    format!("{:+.decimals$}", difference * 100.0)
}

/// Formats a share in percent with two digits that count, without the sign: `14`, `0.92`, `0.034`.
#[cfg(feature = "files")]
pub(crate) fn two_digits(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 {
        return "0".to_owned();
    }
    let decimals = (1.0 - percent.abs().log10().floor()).clamp(0.0, 4.0) as usize;
    let shown = format!("{percent:.decimals$}");
    if percent > 0.0 && percent < 0.00005 { "<0.0001".to_owned() } else { shown }
}

/// Formats a ratio with two digits that count.
#[cfg(feature = "files")]
pub(crate) fn times(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 1.0 => format!("{ratio:.2}"),
        ratio if ratio < 10.0 => format!("{ratio:.1}"),
        ratio => thousands(ratio.round() as usize),
    }
}

/// Formats a misfit, so that one above the tolerance of 0.05 does not look like one that fits: `0.051`.
#[cfg(feature = "files")]
pub(crate) fn misfit(distance: f64) -> String {
    decimal(distance, 3)
}

/// Formats a p-value: `0.0123`, `<0.0001`.
#[cfg(feature = "cli")]
pub(crate) fn p_value(p: f64) -> String {
    if p < MIN_SHOWN_P { format!("<{MIN_SHOWN_P}") } else { decimal(p, 4) }
}

/// Formats a share in percent, with the sign, and with more decimals where one would say little: `8.1 %`, `0.40 %`.
pub(crate) fn share(share: f64) -> String {
    format!("{} %", percent(share, decimals(share)))
}

/// Formats a limit in percent, as short as it was given: `12.5`.
#[cfg(feature = "files")]
pub(crate) fn limit(share: f64) -> String {
    format!("{}", (share * 1e8).round() / 1e6)
}

/// Formats the level of intervals in percent, with as many decimals as distinguish it from 100: `95`, `99.75`.
pub(crate) fn level(level: f64) -> String {
    let decimals = (1.0 - (1.0 - level).log10().ceil()).clamp(1.0, 12.0) as i32;
    let scale = 10f64.powi(decimals);
    format!("{}", (level * 100.0 * scale).round() / scale)
}

/// Returns the name of intervals of a level: `95 % interval`.
#[cfg(feature = "cli")]
pub(crate) fn interval_name(of: f64) -> String {
    format!("{} % interval", level(of))
}

/// Formats an interval in percent with two decimals: `4.20 to 12.00 %`.
#[cfg(feature = "cli")]
pub(crate) fn interval(lower: f64, upper: f64) -> String {
    format!("{} to {} %", percent(lower, 2), percent(upper, 2))
}

/// Formats a share with its interval: `8.1 % (95 % interval 4.2 to 12.0 %)`.
#[cfg(feature = "cli")]
pub(crate) fn share_with(value: f64, [lower, upper]: [f64; 2], level: f64) -> String {
    let decimals = decimals(value).max(decimals(upper));
    let [value, lower, upper] = [value, lower, upper].map(|of| percent(of, decimals));
    format!("{value} % ({} {lower} to {upper} %)", interval_name(level))
}

/// Formats a count with commas between thousands: `37,242`.
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    if first > 0 {
        groups.push(&digits[..first]);
    }
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join(",")
}

/// Formats a count with its noun: `37,242 sentences`, `1 document`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(n))
}

/// Formats the numbers of documents and sentences; of documents alone if these are the units.
#[cfg(feature = "cli")]
pub(crate) fn sizes(n_documents: usize, n_sentences: Option<usize>) -> String {
    let sentences = n_sentences.map(|n| format!(", {}", counted(n, "sentence")));
    counted(n_documents, "document") + &sentences.unwrap_or_default()
}

/// Writes a count in words up to twelve, as a sentence does.
#[cfg(feature = "files")]
pub(crate) fn in_words(n: usize) -> String {
    WORDS.get(n).map_or_else(|| thousands(n), |word| (*word).to_owned())
}

/// Returns the number of decimals with which a share says something.
fn decimals(share: f64) -> usize {
    match share * 100.0 {
        percent if percent >= 1.0 || percent == 0.0 => 1,
        percent if percent >= 0.1 => 2,
        _ => 3,
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas_and_nouns() {
        assert_eq!(
            [thousands(0), thousands(999), thousands(1000), thousands(1234567)],
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!([counted(1, "document"), counted(1000, "word")], ["1 document", "1,000 words"]);
        assert_eq!([sizes(1, Some(12_345)), sizes(2, None)], ["1 document, 12,345 sentences", "2 documents"]);
        assert_eq!([in_words(0), in_words(12), in_words(13), in_words(1300)], ["no", "twelve", "13", "1,300"]);
    }

    #[test]
    fn shares_have_the_digits_they_need() {
        assert_eq!([percent(0.13671, 2), percent(-0.00001, 1), percent(-0.012, 1)], ["13.67", "0.0", "-1.2"]);
        assert_eq!([signed(0.0015, 2), signed(-0.1, 1)], ["+0.15", "-10.0"]);
        assert_eq!([share(0.0), share(0.004), share(0.0004), share(1.0)], ["0.0 %", "0.40 %", "0.040 %", "100.0 %"]);
        let percents = [0.0, 0.137, 0.0092, 0.00034, 0.0000041, 1e-7, 0.99].map(two_digits);
        assert_eq!(percents, ["0", "14", "0.92", "0.034", "0.0004", "<0.0001", "99"]);
        assert_eq!([0.42, 3.21, 24.4, 1234.0].map(times), ["0.42", "3.2", "24", "1,234"]);
        assert_eq!([0.2, 0.05, 0.125, 0.0, 1.0, 0.07].map(limit), ["20", "5", "12.5", "0", "100", "7"]);
    }

    #[test]
    fn other_numbers_have_the_decimals_of_their_kind() {
        assert_eq!([decimal(12.345, 1), decimal(-0.001, 2), misfit(0.0513)], ["12.3", "0.00", "0.051"]);
        assert_eq!([p_value(0.01234), p_value(0.00001)], ["0.0123", "<0.0001"]);
    }

    #[test]
    fn intervals_have_the_level_that_distinguishes_them() {
        assert_eq!(share_with(0.0814, [0.042, 0.12], 0.95), "8.1 % (95 % interval 4.2 to 12.0 %)");
        assert_eq!(share_with(0.0, [0.0, 0.0005], 0.9), "0.000 % (90 % interval 0.000 to 0.050 %)");
        assert_eq!(interval(0.0, 0.12345), "0.00 to 12.35 %");
        let levels = [0.95, 0.9, 0.975, 1.0 - 0.05 / 3.0, 0.9975, 1.0 - 0.05 / 700.0];
        assert_eq!(levels.map(level), ["95", "90", "97.5", "98.33", "99.75", "99.99286"]);
    }
}
