//! Writes the folder of a report: figures, page and data, each file whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::output::{complain, write_whole};
use super::place::require_folder;
use crate::plot::{Figure, PlotError, render};
use crate::report::Page;

/// Files, each with its name and its content.
pub type Files = Vec<(String, Vec<u8>)>;

/// Fails if the report NAME cannot be written into `folder`, or would replace what is read; called before the work.
pub fn require_report(folder: &Path, name: &str, read: &[String]) -> anyhow::Result<()> {
    let own = ["svg", "png", "csv", "json"].map(|end| format!("{name}.{end}"));
    let names: Vec<&str> = own.iter().map(String::as_str).chain(["report.html", "report.md"]).collect();
    require_folder(folder, &names, read)
}

/// Writes `files` into `folder`, which is created if it does not exist.
pub fn write_folder(folder: &Path, files: &Files) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot make this folder [name another place with -o]", folder.display()))?;
    for (name, content) in files {
        write_whole(&folder.join(name), |out| Ok(out.write_all(content)?))?;
    }
    Ok(())
}

/// Returns `NAME.svg`, `NAME.png` and `report.html`; if there is nothing to draw, a note on standard error says why.
pub fn pictures(name: &str, figure: &impl Figure, page: &Page) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for end in ["svg", "png"] {
        let file = format!("{name}.{end}");
        match render(figure, Path::new(&file)) {
            Ok(bytes) => files.push((file, bytes)),
            Err(error @ PlotError::Nothing { .. }) => {
                complain(&format!("note: {name}.svg, {name}.png and report.html were not written: {error}"));
                return Ok(Files::new());
            }
            Err(error) => return Err(error.into()),
        }
    }
    files.push(("report.html".to_owned(), page.html()?.into_bytes()));
    Ok(files)
}
