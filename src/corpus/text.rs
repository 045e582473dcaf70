//! Plain text and Markdown: a file is a document.

use super::cells::decode_owned;
use super::context::{Context, Found, Outcome};
use super::input::{Bytes, Whole, read_at_most, read_error};
use super::layout::pdf_text::{has_pages, running_text};
use super::sink::Sink;
use super::{CorpusError, Document, Format, Layout, Problem, Text};

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
    let prose = if layout == Some(Layout::PdfText) { running_text(&prose) } else { prose };
    sink.push(Document { id, text: Text::as_it_is(prose), values })?;
    let sha256 = bytes.sha256().map_err(|error| read_error(context.file(), error, 1))?;
    Ok(Outcome { format: Format::Text, sha256, found: Found { layout, ..Found::default() } })
}

/// Returns the values of the two columns of a text file: `folder` and `file`.
fn values(context: &Context) -> Result<Vec<Option<String>>, CorpusError> {
    let known = |name: &String| match name.to_ascii_lowercase().as_str() {
        "folder" => Some(context.input.folder().map(str::to_owned)),
        "file" => Some(Some(context.input.name().to_owned())),
        _ => None,
    };
    let required = context
        .options
        .columns
        .iter()
        .map(|name| known(name).ok_or_else(|| context.problem(Problem::NoColumnsInText { column: name.clone() })));
    let optional = context.options.optional_columns.iter().map(|name| Ok(known(name).flatten()));
    required.chain(optional).collect()
}
