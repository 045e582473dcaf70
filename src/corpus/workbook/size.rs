//! The size of a workbook, which is looked at before anything is parsed.

use std::fs::File;
use std::io::BufRead;

use quick_xml::events::Event;

use super::values::bad;
use crate::corpus::archive::{Archive, unpacked_bytes};
use crate::corpus::context::Context;
use crate::corpus::input::read_error;
use crate::corpus::{CorpusError, Problem};

/// Maximum number of bytes that a workbook may unpack to, as most of an `.xlsx` file is held in memory.
const MAX_UNPACKED: u64 = 256 << 20;
/// Minimum number of bytes of a string in a workbook: `<si/>`.
const LEAST_STRING: u64 = 5;

/// Counts the content of a workbook, which is an archive, before anything is parsed.
pub(super) fn check_size(context: &Context, file: &File) -> Result<(), CorpusError> {
    let n_stored = file.metadata().map_err(|error| read_error(context.file(), error, 0))?.len();
    let mut archive = Archive::open(context, file)?;
    let mut n_promised = 0;
    let mut look = |name: &str, content: &mut dyn BufRead| {
        if name.ends_with("sharedStrings.xml") {
            n_promised = n_promised.max(promised_strings(content));
        }
    };
    // The table of contents is held too, so what is stored counts as well.
    let n_bytes = match n_stored {
        ..=MAX_UNPACKED => unpacked_bytes(context, &mut archive, MAX_UNPACKED, &mut look)?,
        _ => n_stored,
    };
    too_large(context, n_bytes)?;
    if n_promised > n_bytes / LEAST_STRING {
        return Err(bad(context, format!("it says that it has {n_promised} strings, and is too small for them")));
    }
    Ok(())
}

/// Fails for a workbook of more bytes than are read.
pub(super) fn too_large(context: &Context, n_bytes: u64) -> Result<(), CorpusError> {
    if n_bytes <= MAX_UNPACKED {
        return Ok(());
    }
    let hint = "save the sheet as CSV";
    let (what, limit_mib) = ("the unpacked workbook", MAX_UNPACKED >> 20);
    Err(context.problem(Problem::TooLarge { what, limit_mib, hint }))
}

/// Returns the number of strings that a table of strings says it has: room for as many is made before any is read.
fn promised_strings(content: &mut dyn BufRead) -> u64 {
    let mut xml = quick_xml::Reader::from_reader(content);
    // As little is checked as calamine checks, so that both meet the same element.
    let config = xml.config_mut();
    (config.check_end_names, config.check_comments, config.expand_empty_elements) = (false, false, true);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "sst" => {
                let mut attributes = element.attributes();
                let of_count = attributes
                    .with_checks(false)
                    .flatten()
                    .filter(|attribute| attribute.key.local_name().as_ref() == "uniqueCount");
                return of_count.filter_map(|attribute| attribute.value.parse().ok()).max().unwrap_or(0);
            }
            Ok(Event::Eof) | Err(_) => return 0,
            Ok(_) => {}
        }
    }
}
