//! Says what shows that a reference is older than the text.

use std::fmt;

use crate::numbers::{decimal, misfit, percent};
use crate::report::wording::phrases::named;
use crate::trend::{Artefact, Fall, SeriesSign, Sign};

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sign::UnknownRelease(names) => match &names[..] {
                [only] => write!(f, "the release date of {only} is not known"),
                several => write!(f, "the release dates of {} are not known", several.join(", ")),
            },
            Sign::LaterText { reference, newest, from } => write!(
                f,
                "the newest LLM of reference \"{reference}\", {}, is from {}, and the text from {from} on is later",
                newest.name, newest.released
            ),
            Sign::Words(words) => write!(
                f,
                "the words that the reference knows as LLM words become rarer, from {} to {} per unit, while others that were rare \
                 before become more frequent, from {} to {}",
                decimal(words.llm_words.rate_from, 2),
                decimal(words.llm_words.rate_to, 2),
                decimal(words.rare_words.rate_from, 2),
                decimal(words.rare_words.rate_to, 2)
            ),
            Sign::OfSeries { series, sign } => f.write_str(&named(series, sign)),
        }
    }
}

impl fmt::Display for SeriesSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SeriesSign::BeyondControl(period) => {
                write!(f, "in {period} more documents score above the control than the share explains")
            }
            SeriesSign::MostlyUnknown(period) => {
                write!(f, "in {period} most of the share is text unlike that of any LLM in the reference")
            }
            SeriesSign::Fall(fall) => {
                write!(f, "the estimated share falls {fall}, and the reference does not fit the text")
            }
            SeriesSign::MisfitRise { from, to, exceeds_share } => {
                write!(f, "the misfit rises from {} in {} to {} in {}", misfit(from.1), from.0, misfit(to.1), to.0)?;
                f.write_str(match exceeds_share {
                    true => "",
                    false => {
                        ", but so does the share, so more LLM text of a kind that the reference never fitted could also explain this"
                    }
                })
            }
        }
    }
}

impl fmt::Display for Fall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fall::Between { size, from, to } => write!(f, "by {} points from {from} to {to}", percent(*size, 1)),
            Fall::PerYear(size) => write!(f, "by {} points a year", percent(*size, 1)),
        }
    }
}

impl fmt::Display for Artefact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read lower than {} by a reference that is older than the text (newest LLM {}, {})",
            self.highest, self.newest.name, self.newest.released
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::NewestGenerator;
    use jiff::civil::date;

    #[test]
    fn signs_are_said_with_their_series_and_numbers() {
        let said = |series: &str, sign| Sign::OfSeries { series: series.to_owned(), sign }.to_string();
        let fall = Fall::Between { size: 0.08, from: "2023".to_owned(), to: "2025".to_owned() };
        assert_eq!(
            said("ICLR", SeriesSign::Fall(fall)),
            "ICLR: the estimated share falls by 8.0 points from 2023 to 2025, and the reference does not fit the text"
        );
        let [from, to] = [("2023".to_owned(), 0.07), ("2025".to_owned(), 0.16)];
        assert_eq!(
            said("", SeriesSign::MisfitRise { from, to, exceeds_share: false }),
            "the misfit rises from 0.070 in 2023 to 0.160 in 2025, but so does the share, so more LLM text of a kind that the \
             reference never fitted could also explain this"
        );
        let newest = NewestGenerator { name: "gpt-3.5".to_owned(), released: date(2022, 11, 30) };
        assert_eq!(
            Artefact { highest: "2023".to_owned(), newest }.to_string(),
            "read lower than 2023 by a reference that is older than the text (newest LLM gpt-3.5, 2022-11-30)"
        );
    }
}
