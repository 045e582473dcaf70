//! Writes the folder of a report: figures, page and data, each file whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::output::{complain, write_whole};
use crate::plot::{Figure, PlotError, render};
use crate::report::Page;

/// Files, each with its name and its content.
pub type Files = Vec<(String, Vec<u8>)>;

/// Returns an error if `folder` is a file; called before the work, so that it is not in vain.
pub fn refuse_file(folder: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        !folder.exists() || folder.is_dir(),
        "-o {}: this is a file, but the report needs a folder [name another place]",
        folder.display()
    );
    Ok(())
}

/// Writes `files` into `folder`, which is created if it does not exist.
pub fn write_folder(folder: &Path, files: &Files) -> anyhow::Result<()> {
    refuse_file(folder)?;
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
