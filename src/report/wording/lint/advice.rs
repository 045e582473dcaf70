//! Says what to do about a finding.

use crate::lint::{FitDifference, Kind};
use crate::tokenize::UnitRule;

/// Returns the advice on findings of a kind.
pub fn lint_advice(kind: &Kind) -> &'static str {
    match kind {
        Kind::TooSmall { .. } | Kind::Small { .. } => {
            "add text of this source, or pool it with a similar one (--group)"
        }
        Kind::FewDocuments => {
            "for `estimate --unit document` add documents, or pool the source with a similar one (--group); for shares of \
             sentences there is enough text"
        }
        Kind::NotOfFit(difference) => of_difference(difference),
        Kind::OtherForm { .. } => {
            "the words and sentences of the two sides were split by different rules, which the scores can learn; give \
             both sides as running text, or both as words split by the same program"
        }
        Kind::Length { of: UnitRule::Sentence, .. } => {
            "longer units have more words, so the scores learn length; use LLM text of the same form as the human text, \
             and check that line breaks and list items are kept on both sides"
        }
        Kind::Length { of: UnitRule::Document, .. } => {
            "harmless for shares of sentences unless short and long texts differ in kind; for `--unit document` use texts \
             of similar length"
        }
        Kind::WordCharacters
        | Kind::Layout
        | Kind::Characters
        | Kind::LateHumanText
        | Kind::UndatedHumanText
        | Kind::PapersOnBothSides { .. }
        | Kind::PapersUnknown => of_documents(kind),
        Kind::ChatTalk
        | Kind::LlmInHumanText
        | Kind::FormHeadings { .. }
        | Kind::StockSentences { .. }
        | Kind::WordAlone { .. }
        | Kind::OneSidedWords { .. }
        | Kind::CopiesOfHuman { .. }
        | Kind::Repeated { .. } => of_wording(kind),
    }
}

/// Returns the advice on characters, dates and papers.
fn of_documents(kind: &Kind) -> &'static str {
    match kind {
        Kind::WordCharacters => {
            "where these are stripped, words run together (\"well-known\" becomes \"wellknown\") and the scores learn \
             such words; use the text from before they were removed"
        }
        Kind::Layout => {
            "these mark the boundaries of sentences, so the units of the two sides differ in kind; give both sides the \
             layout that the text to be estimated will have"
        }
        Kind::Characters => {
            "the scores use only words, so this alone does no harm; find out what else was done to one side and not to \
             the other"
        }
        Kind::LateHumanText => {
            "leave these documents out, or show that no LLM wrote them (a column with the year of a conference may be \
             later than its texts; --date-field names another)"
        }
        Kind::UndatedHumanText => {
            "name the column with the date (--date-field), or make sure in another way that the text is older than \
             ChatGPT"
        }
        Kind::PapersOnBothSides { .. } => {
            "this is good if the LLM wrote about the same paper from scratch: folds and --hold-out keep the two together, \
             so no paper is in both fit and test; it is bad if the LLM polished the human text: look for copies-of-human"
        }
        Kind::PapersUnknown => {
            "texts of one paper may now be in both fit and test, which makes a reference look better than it is; give \
             both sides a column that names the paper (--split-by)"
        }
        _ => "",
    }
}

/// Returns the advice on what texts say.
fn of_wording(kind: &Kind) -> &'static str {
    match kind {
        Kind::ChatTalk => {
            "cut these passages out of the LLM text, or leave the documents out: the scores would learn these phrases, \
             which no text to be estimated contains"
        }
        Kind::LlmInHumanText => {
            "these texts say that a language model wrote them; leave them out of the human side, and ask where they came \
             from"
        }
        Kind::FormHeadings { .. } => {
            "the headings of a form are nobody's style; remove them from the side that has them, or give both sides the \
             same form"
        }
        Kind::StockSentences { .. } => {
            "a sentence that occurs in so many documents was copied, or belongs to a template; remove it"
        }
        Kind::WordAlone { .. } => {
            "a word this strong is rarely style: look for it in the prompt, in the questions of the form, and in words \
             that ran together during preparation; remove it from the text, or make the text again"
        }
        Kind::OneSidedWords { .. } => {
            "style should be learnt, but not words of a prompt, a form, a topic or a year that only one side has: remove \
             those, or give the other side text of that kind"
        }
        Kind::CopiesOfHuman { .. } => {
            "the same text cannot be both human and LLM text: remove it from the wrong side; if an LLM was asked to \
             polish a human text and left it unchanged, remove it from the LLM side"
        }
        Kind::Repeated { .. } => {
            "keep one of each: repeated texts count as independent evidence, and copies in fit and test make a reference \
             look better than it is"
        }
        _ => "",
    }
}

fn of_difference(difference: &FitDifference) -> &'static str {
    match difference {
        FitDifference::Files(_) => "name the files that `reference show` lists, or fit again on those that are here",
        FitDifference::Side { .. } => "human and LLM text are mixed up, here or in the fit; look into the file",
        FitDifference::Split { .. } => {
            "name the column that the fit was split by (--split-by); otherwise the documents examined are not those that \
             it used"
        }
        FitDifference::Text { .. } => {
            "give the columns and the format that the fit was given (--text-field, --format, --source-field)"
        }
    }
}
