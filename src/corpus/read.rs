//! Reads inputs into documents, one input after the other.

use std::sync::mpsc::sync_channel;

use super::batch::{Raw, Read};
use super::context::Context;
use super::document::Document;
use super::error::CorpusError;
use super::format::Format;
use super::frame::Frame;
use super::frame_rows;
use super::input::{Bytes, Input, Source};
use super::note::Skipped;
use super::options::ReadOptions;
use super::prepare::Preparation;
use super::problem::Problem;
use super::sink::Sink;
use super::summary::ReadSummary;
use super::{archive, bibliography, delimited, json, pubmed, sniff, text, workbook, xml};
#[cfg(feature = "parquet")]
use super::{arrow, parquet};

/// The problem with such files for a build without parquet.
#[cfg(not(feature = "parquet"))]
const NO_PARQUET: Problem = Problem::Foreign {
    what: "a parquet or Arrow file",
    how: "this build of llm-prevalence cannot read parquet: give the table as a data frame, or install it with `cargo install --locked --path .` in a checkout of the source",
};
/// Formats that file names often claim wrongly.
const CALLED: [Format; 3] = [Format::Text, Format::Csv, Format::Tsv];
/// Formats that no text begins like.
const SURE: [Format; 4] = [Format::Parquet, Format::Arrow, Format::Xlsx, Format::ExcelXml];

/// Reads all inputs in order and hands their documents over in batches of a few thousand, or of a few MB of text.
///
/// The batches, their order and the summary depend only on the inputs' content and the options, in particular not on the
/// number of threads. Running text is cut by the rules of [`prose`](crate::prose). Documents without text are handed over as
/// empty [`Text::Prose`](super::Text::Prose).
///
/// Records that may come in several versions (notes and articles with an id) are handed over last, because only the newest
/// version of each is, wherever it stands; until then their text lies in a temporary file.
///
/// # Errors
///
/// The first [`CorpusError`] met, in the order of the inputs and of their lines or rows. Documents before it may have been
/// handed over by then. An error of `on_batch` ends the reading and is passed on. A file that was found in a folder and has
/// no column of text is skipped and counted if others have one.
pub fn read_corpus(
    inputs: &[Input],
    options: &ReadOptions,
    on_batch: &mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
) -> Result<ReadSummary, CorpusError> {
    let mut preparation = Preparation::new(options.english_only, on_batch);
    let read = if rayon::current_num_threads() == 1 || rayon::current_thread_index().is_some() {
        // One thread does it all, or the pool's own thread must not wait for the pool.
        read_all(inputs, options, &mut |batch| preparation.take(batch))?
    } else {
        read_beside(inputs, options, &mut preparation)?
    };
    preparation.finish(read)
}

/// Reads on a thread of its own while texts are made ready and used.
fn read_beside(
    inputs: &[Input],
    options: &ReadOptions,
    preparation: &mut Preparation<'_>,
) -> Result<Read, CorpusError> {
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel(1);
        let reader = scope.spawn(move || {
            let stopped = |_| CorpusError::Stopped { reason: "a batch was not taken".to_owned() };
            read_all(inputs, options, &mut |batch| sender.send(batch).map_err(stopped))
        });
        let taken = batches.iter().try_for_each(|batch| preparation.take(batch));
        drop(batches);
        let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        taken.and(read)
    })
}

fn read_all(
    inputs: &[Input],
    options: &ReadOptions,
    on_batch: &mut dyn FnMut(Vec<Raw>) -> Result<(), CorpusError>,
) -> Result<Read, CorpusError> {
    let mut sink = Sink::new(on_batch);
    for input in inputs {
        sink.count_unread(input.unread());
        (0..input.n_beside()).for_each(|_| sink.skip(Skipped::AboutCorpus));
        match input.source() {
            Source::Frame(frame) => read_frame(input, frame, options, &mut sink)?,
            _ => read_opened(input, Bytes::open(input, &options.amount)?, options, &mut sink)?,
        }
    }
    sink.finish()
}

/// Reads a table in memory.
fn read_frame(input: &Input, frame: &Frame, options: &ReadOptions, sink: &mut Sink) -> Result<(), CorpusError> {
    let context = Context { input, options };
    let before = sink.start_file();
    let outcome = frame_rows::read(&context, frame, sink)?;
    sink.end_file(&context, &before, outcome)
}

/// Reads one file that is already open; an archive is several.
fn read_opened(input: &Input, bytes: Bytes, options: &ReadOptions, sink: &mut Sink) -> Result<(), CorpusError> {
    let context = Context { input, options };
    let format = format(&context, &bytes)?;
    match format {
        Format::Zip => return archive::read(&context, bytes, sink, &read_opened),
        Format::Tar => return archive::read_tar(&context, bytes, sink, &read_opened),
        _ => {}
    }
    let before = sink.start_file();
    let outcome = match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::read(&context, bytes, sink),
        Format::Csv => delimited::read(&context, bytes, b',', sink),
        Format::Tsv => delimited::read(&context, bytes, b'\t', sink),
        Format::Json => json::read(&context, bytes, sink),
        Format::JsonLines => json::read_lines(&context, bytes, sink),
        Format::Text | Format::Zip | Format::Tar => text::read(&context, bytes, sink),
        Format::Xlsx | Format::ExcelXml => workbook::read(&context, bytes, format, sink),
        #[cfg(feature = "parquet")]
        Format::Arrow => arrow::read(&context, bytes, sink),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet | Format::Arrow => Err(context.problem(NO_PARQUET)),
        Format::PubMed => pubmed::read(&context, bytes, sink),
        Format::Jats | Format::Tei | Format::Atom | Format::Oai | Format::Acl | Format::Xml => {
            xml::read(&context, bytes, format, sink)
        }
        Format::BibTex | Format::Ris | Format::Nbib | Format::EndNote | Format::WebOfScience => {
            bibliography::read(&context, bytes, format, sink)
        }
    };
    match outcome {
        Ok(outcome) => sink.end_file(&context, &before, outcome),
        Err(error) if input.is_found() && is_beside_texts(&error) => {
            sink.pass_over(error);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Returns the format that was asked for, else that of the content, else that of the name.
fn format(context: &Context, bytes: &Bytes) -> Result<Format, CorpusError> {
    let asked = context.options.format;
    let named = asked.or_else(|| Format::from_file_name(context.input.name()));
    let head = bytes.head();
    if head.is_empty() && named != Some(Format::Text) {
        return Err(context.problem(Problem::Empty { found: "0 bytes" }));
    }
    if let Some((what, how)) = sniff::foreign(head).filter(|_| asked.is_none()) {
        return Err(context.problem(Problem::Foreign { what, how }));
    }
    let by_content = sniff::format(head);
    let found = match by_content {
        // A format that was asked for is that of the files in an archive.
        Some(Format::Zip) if named != Some(Format::Xlsx) => by_content,
        Some(Format::Tar) => by_content,
        Some(sure) if asked.is_none() && SURE.contains(&sure) => by_content,
        _ => match named.filter(|named| asked.is_none() && CALLED.contains(named)) {
            Some(named) => sniff::format_of_other(head, named).or(Some(named)),
            None if asked.is_none() && matches!(named, Some(Format::Json | Format::JsonLines)) => {
                sniff::table_called_json(head).or(named)
            }
            None => named.or(by_content).or_else(|| sniff::table(head)),
        },
    };
    found.ok_or_else(|| context.problem(Problem::UnknownFormat))
}

/// Returns whether a file among others is only about them, or holds nothing.
fn is_beside_texts(error: &CorpusError) -> bool {
    match error.problem() {
        Some(Problem::NoTextColumn { .. } | Problem::NotTextColumn { .. } | Problem::AboutOthers) => true,
        Some(Problem::NotAnObject { found }) => *found == "null",
        _ => false,
    }
}
