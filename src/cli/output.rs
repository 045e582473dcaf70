//! Writes output: results to standard output or a file, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ColorChoice;
use serde::Serialize;

use super::args::Output;
use super::place::{folder_of, require_place};
use crate::report::Page;

/// How the tool speaks to its terminal.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// Whether progress and notes on standard error are wanted.
    pub quiet: bool,
    /// Whether tables are coloured.
    pub color: ColorChoice,
}

impl Voice {
    /// Returns whether what goes to `file`, or to standard output, is to be coloured.
    pub fn is_coloured(self, file: Option<&Path>) -> bool {
        let is_off = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        file.is_none()
            && match self.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => !is_off() && io::stdout().is_terminal(),
            }
    }
}

/// Returns a result in the format of `output`, with a line break at the end; fails if its figure cannot be drawn.
pub fn rendered(
    output: Output,
    record: &impl Serialize,
    page: impl FnOnce() -> Page,
    csv: impl FnOnce() -> String,
    is_coloured: bool,
) -> anyhow::Result<String> {
    Ok(match output {
        Output::Table => page().terminal(is_coloured),
        Output::Json => json(record),
        Output::Csv => csv(),
        Output::Markdown => page().markdown(),
        Output::Html => page().html()?,
    })
}

/// Returns a record as one JSON object.
pub fn json(record: &impl Serialize) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default() + "\n"
}

/// Writes a line to standard error; if that is closed, there is nobody to tell.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes bytes to standard output.
pub fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Writes text to `file`, or to standard output.
pub fn deliver(text: &str, file: Option<&Path>) -> anyhow::Result<()> {
    match file {
        Some(file) => write_whole(file, |out| Ok(out.write_all(text.as_bytes())?)),
        None => print_bytes(text.as_bytes()),
    }
}

/// Writes a file whole or not at all: writes it beside its place first, then moves it there.
pub fn write_whole(file: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    require_place(file)?;
    // The system's message would name the temporary file.
    let cannot_write = |error: io::Error| {
        anyhow::anyhow!(
            "{}: cannot write: {} [check that the disk has space, or name another place]",
            file.display(),
            error.kind()
        )
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".llm-prevalence-");
    share_like_other_files(&mut builder);
    let mut beside = builder.tempfile_in(folder_of(file)).map_err(cannot_write)?;
    let mut out = io::BufWriter::new(beside.as_file_mut());
    write(&mut out)?;
    out.flush().map_err(cannot_write)?;
    drop(out);
    beside.persist(file).map_err(|error| cannot_write(error.error))?;
    Ok(())
}

/// Makes a file readable like any other, within the umask; temporary files are private by default.
#[cfg(unix)]
fn share_like_other_files(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

#[cfg(not(unix))]
fn share_like_other_files(_: &mut tempfile::Builder<'_, '_>) {}

/// Returns whether the reader of standard output has gone, which is not a failure.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
