//! Checks the places of outputs before the work begins: no result is lost, and nothing that is read is replaced.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, slice};

use crate::corpus::find_inputs;
use crate::reference::embedded::embedded;
use crate::run::{KnownOptions, TargetOptions};

/// Fails if a file cannot be written to its place, is named by two flags, or would replace one of the files that are
/// read. Each file comes with its flag; `read` holds files, folders and globs. Nothing is created or changed.
pub fn require_files(outputs: &[(&str, Option<&Path>)], read: &[String]) -> anyhow::Result<()> {
    let named: Vec<(&str, &Path)> = outputs.iter().filter_map(|(flag, file)| Some((*flag, (*file)?))).collect();
    for (at, (flag, file)) in named.iter().enumerate() {
        if let Some((first, _)) = named[..at].iter().find(|(_, other)| real_place(other) == real_place(file)) {
            anyhow::bail!("{}: named by both {first} and {flag} [name two files]", file.display());
        }
        require_place(file)?;
        require_writable(folder_of(file))?;
    }
    refuse_replacing(&named.iter().map(|(_, file)| *file).collect::<Vec<_>>(), read)
}

/// Fails if files of these names cannot be written into `folder`, which need not exist yet, or would replace one of the
/// files that are read.
pub fn require_folder(folder: &Path, names: &[&str], read: &[String]) -> anyhow::Result<()> {
    if folder.is_dir() {
        let files: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        files.iter().try_for_each(|file| require_place(file))?;
        require_writable(folder)?;
        return refuse_replacing(&files, read);
    }
    let above = folder.ancestors().map(or_here).find(|above| above.exists()).unwrap_or(Path::new("."));
    let what = if above == folder { "this".to_owned() } else { above.display().to_string() };
    anyhow::ensure!(
        above.is_dir(),
        "-o {}: {what} is a file, but the report needs a folder [name another place]",
        folder.display()
    );
    require_writable(above)
}

/// Fails if the place of a file is a folder, is in none, or is a device.
pub fn require_place(file: &Path) -> anyhow::Result<()> {
    let (shown, folder) = (file.display(), folder_of(file));
    let is_folder = file.is_dir() || file.to_string_lossy().ends_with(std::path::is_separator);
    anyhow::ensure!(!is_folder, "{shown}: this is a folder [name a file in it]");
    anyhow::ensure!(!file.exists() || file.is_file(), "{shown}: this is no ordinary file [leave it out to print]");
    let above = folder.display();
    anyhow::ensure!(folder.exists(), "{shown}: there is no folder {above} [make it first, or name another place]");
    anyhow::ensure!(folder.is_dir(), "{shown}: {above} is a file, not a folder [name another place]");
    Ok(())
}

/// Returns the folder that a file is in or will be in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().map_or(Path::new("."), or_here)
}

/// Returns what a command reads for its target: inputs, control and reference.
pub fn read_for_target(target: &TargetOptions) -> Vec<String> {
    let named = target.input.inputs.iter().chain(&target.control.inputs).cloned();
    named.chain(target.reference.as_deref().and_then(reference_file)).collect()
}

/// Returns the human and LLM text that a command reads.
pub fn read_for_known(known: &KnownOptions) -> Vec<String> {
    known.human.iter().chain(known.llm.iter().map(|(_, path)| path)).cloned().collect()
}

/// Returns the file of a reference; `None` for one that comes with the tool.
pub fn reference_file(name: &str) -> Option<String> {
    embedded(name).is_none().then(|| name.to_owned())
}

fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Returns the real path that a file has or will have.
fn real_place(file: &Path) -> PathBuf {
    let folder = fs::canonicalize(folder_of(file)).unwrap_or_else(|_| folder_of(file).to_owned());
    file.file_name().map_or_else(|| file.to_owned(), |name| folder.join(name))
}

/// Fails if no file can be made in a folder; the one that is tried has no name and is gone at once.
fn require_writable(folder: &Path) -> anyhow::Result<()> {
    tempfile::tempfile_in(folder).map(drop).map_err(|error| {
        let (shown, kind) = (folder.display(), error.kind());
        anyhow::anyhow!("{shown}: cannot write into this folder: {kind} [name another place]")
    })
}

/// Fails if an output is one of the files that are read.
fn refuse_replacing(outputs: &[&Path], read: &[String]) -> anyhow::Result<()> {
    let exists = |file: &&Path| Some((fs::canonicalize(file).ok()?, file.display().to_string()));
    let existing: Vec<(PathBuf, String)> = outputs.iter().filter_map(exists).collect();
    if existing.is_empty() {
        return Ok(());
    }
    let files: BTreeSet<PathBuf> = read.iter().flat_map(real_files).collect();
    match existing.iter().find(|(real, _)| files.contains(real)) {
        Some((_, shown)) => {
            anyhow::bail!("{shown}: this file is also read; the output would replace it [name another place]")
        }
        None => Ok(()),
    }
}

/// Returns the real paths of the files that an argument stands for; if it stands for none, reading it will say so.
fn real_files(argument: &String) -> Vec<PathBuf> {
    let inputs = find_inputs(slice::from_ref(argument)).unwrap_or_default();
    inputs.iter().filter_map(|input| fs::canonicalize(input.path()?).ok()).collect()
}
