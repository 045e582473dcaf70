//! Plain text and Markdown: a file is a document.

use super::cells::decode_owned;
use super::context::{Context, Found, Outcome};
use super::document::{Document, Text};
use super::error::CorpusError;
use super::format::{Format, Layout};
use super::input::{Bytes, Whole, read_at_most, read_error};
use super::layout::pdf_text::{has_pages, running_text};
use super::problem::Problem;
use super::remark::Remark;
use super::several_reviews::several_reviews;
use super::sink::Sink;
use super::values::is_ended;

/// Minimum number of lines that may be a text each, minimum length of half of them in characters, and minimum share of those
/// that end as sentences do, 0 to 1.
const MIN_LINES: usize = 20;
const MIN_MEDIAN: usize = 300;
const MIN_ENDED: f64 = 0.9;

/// The limit on a file that is one document, and its name in errors.
const WHOLE: Whole = Whole {
    what: "a text file, which is one document,",
    limit_mib: 128,
    hint: "check the format, or split it into documents",
};

pub(super) fn read(context: &Context, mut bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let values = values(context)?;
    let mut content = Vec::new();
    read_at_most(&mut bytes, context.file(), &WHOLE, &mut content)?;
    let (prose, replaced) = decode_owned(content, context.options.strict, context.file())?;
    if replaced {
        sink.count_replaced();
    }
    let id = Some(context.input.id().to_owned());
    let layout = context.options.layout.or_else(|| has_pages(&prose).then_some(Layout::PdfText));
    let per_line = may_be_text_per_line(&prose).then_some(Remark::TextPerLine);
    let several = several_reviews(&prose).map(|n_reviews| Remark::SeveralReviews { n_reviews });
    let remarks = per_line.or(several).into_iter().collect();
    let prose = if layout == Some(Layout::PdfText) { running_text(&prose) } else { prose };
    sink.push(Document { id, text: Text::as_it_is(prose), values })?;
    let sha256 = bytes.sha256().map_err(|error| read_error(context.file(), error, 1))?;
    Ok(Outcome { format: Format::Text, sha256, found: Found { layout, remarks, ..Found::default() } })
}

/// Returns whether lines may be a text each: many, without a blank one between them, long, and ending as sentences do, which
/// lines that were wrapped at a width do not. The paragraphs of one long text may look the same.
fn may_be_text_per_line(prose: &str) -> bool {
    let mut n_characters = Vec::new();
    let mut n_ended = 0;
    for line in prose.trim().lines() {
        if line.trim().is_empty() {
            return false;
        }
        n_characters.push(line.chars().count());
        n_ended += usize::from(is_ended(line.trim_end()));
    }
    n_characters.sort_unstable();
    let n = n_characters.len();
    n >= MIN_LINES && n_characters[n / 2] >= MIN_MEDIAN && n_ended as f64 >= MIN_ENDED * n as f64
}

/// Returns the values of the columns of a text file: `folder`, `file`, and those that its folders give, as `year=2023` does.
fn values(context: &Context) -> Result<Vec<Option<String>>, CorpusError> {
    let known = |name: &String| match name.to_ascii_lowercase().as_str() {
        "folder" => Some(context.input.folder().map(str::to_owned)),
        "file" => Some(Some(context.input.name().to_owned())),
        _ => context.input.partition(name).map(|value| Some(value.to_owned())),
    };
    let required = context
        .options
        .columns
        .iter()
        .map(|name| known(name).ok_or_else(|| context.problem(Problem::NoColumnsInText { column: name.clone() })));
    let optional = context.options.optional_columns.iter().map(|name| Ok(known(name).flatten()));
    required.chain(optional).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_may_be_texts_are_told_from_paragraphs_and_wrapped_lines() {
        let text = |n: usize| format!("{}It lands.", "The kite flies in weak wind. ".repeat(10 + n % 5));
        let lines = |between: &str| (0..20).map(text).collect::<Vec<_>>().join(between);
        assert!(may_be_text_per_line(&lines("\n")) && may_be_text_per_line(&lines("\r\n")));
        let wrapped = lines(" ").replace(". ", ".\n");
        let broken = lines("\n").replace(". ", " ").replace('.', "");
        for (what, prose) in [("paragraphs", lines("\n\n")), ("short", wrapped), ("no ends", broken), ("one", text(0))]
        {
            assert!(!may_be_text_per_line(&prose), "{what}");
        }
    }
}
