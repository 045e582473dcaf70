//! Turns arguments into inputs: files, folders, globs and standard input, in an order independent of the arguments' order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::read_error;
use crate::corpus::foreign::conversion;
use crate::corpus::frame::Frame;
use crate::corpus::names::plain;
use crate::corpus::remarks::counts;
use crate::corpus::{CorpusError, Format, Place, Problem};

/// Maximum number of files and folders below one folder, or in one archive; more could not be kept track of in 1 GiB.
pub(in crate::corpus) const MAX_FILES: usize = 500_000;
/// File names without their extension that are about a corpus rather than part of it.
const NOT_CORPUS: [&str; 16] = [
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "changes",
    "contributing",
    "contributors",
    "code_of_conduct",
    "security",
    "citation",
    "credits",
    "requirements",
    "cmakelists",
    "todo",
];
/// Whole names of such files; other files with the same stem are often documents.
const BESIDE_CORPUS: [&str; 1] = ["notes.md"];

/// The value of a partition without one, as Hive writes it.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// Extensions looked for in folders, as an error lists them.
const EXTENSIONS: &str = ".parquet .arrow .feather .csv .tsv .json .jsonl .ndjson .txt .md .xlsx .xlsm .xml .nxml .atom .bib .ris .nbib .enw .ciw .zip .tar";

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A file that exists, or standard input. Made by [`find_inputs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    source: Source,
    shown: String,
    id: String,
    folder: Option<String>,
    /// Whether it was found in a folder, by a pattern or in an archive, rather than named itself.
    is_found: bool,
    /// Number of texts that were passed over by their names, from the last input up to this one.
    n_beside: u64,
    /// Number of files that are of no known format, by their endings, from the last input up to this one.
    unread: BTreeMap<String, u64>,
    /// The names of all inputs that are texts and were found, with and without their extensions.
    texts: Arc<BTreeSet<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::corpus) enum Source {
    File(PathBuf),
    Stdin,
    /// A table in memory.
    Frame(Frame),
    /// A file inside an archive, whose reader opens it.
    Inside,
}

impl Input {
    /// Returns the path as given, or `standard input`.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Returns the path of the file that it is; `None` for standard input, tables in memory and files in archives.
    #[cfg(feature = "cli")]
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            _ => None,
        }
    }

    /// Returns the file's name without its folders; `-` for standard input.
    pub fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    /// Returns whether it was found in a folder, by a pattern or in an archive, rather than named itself.
    pub(in crate::corpus) fn is_found(&self) -> bool {
        self.is_found
    }

    /// Returns the number of texts that were passed over by their names before this input.
    pub(in crate::corpus) fn n_beside(&self) -> u64 {
        self.n_beside
    }

    /// Returns the numbers of files before this input that are of no known format, by their endings.
    pub(in crate::corpus) fn unread(&self) -> &BTreeMap<String, u64> {
        &self.unread
    }

    /// Returns whether a value names a text that was found in the same folders.
    pub(in crate::corpus) fn is_beside_text(&self, value: &str) -> bool {
        let name = value.trim().rsplit(['/', '\\']).next().unwrap_or_default();
        self.is_found && self.texts.contains(name)
    }

    pub(in crate::corpus) fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the path below the folder that was given, with `/` between its parts.
    pub(in crate::corpus) fn id(&self) -> &str {
        &self.id
    }

    /// Returns the folder part of the id; if that is empty, the name of the folder that contains the file.
    pub(in crate::corpus) fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// Returns the value that the name of one of its folders gives to a column, as in `year=2023/part-0.parquet`.
    pub(in crate::corpus) fn partition(&self, name: &str) -> Option<&str> {
        let is_it = |known: &str| plain(known) == plain(name);
        self.partitions().find(|(known, _)| is_it(known)).map(|(_, value)| value)
    }

    /// Returns the columns and values that the names of its folders give, the innermost first.
    pub(in crate::corpus) fn partitions(&self) -> impl Iterator<Item = (&str, &str)> {
        let folders = self.shown.rsplit(['/', '\\']).skip(1).chain(self.folder());
        let pairs = folders.filter_map(|folder| folder.split_once('='));
        pairs.filter(|(name, value)| !name.is_empty() && !value.is_empty() && *value != NO_VALUE)
    }

    /// Returns a table in memory as an input.
    pub(in crate::corpus) fn of_frame(frame: &Frame) -> Self {
        let name = frame.name().to_owned();
        Self {
            shown: name.clone(),
            id: name,
            folder: None,
            is_found: false,
            n_beside: 0,
            unread: BTreeMap::new(),
            texts: Arc::default(),
            source: Source::Frame(frame.clone()),
        }
    }

    fn stdin() -> Self {
        Self {
            source: Source::Stdin,
            shown: "standard input".into(),
            id: "-".into(),
            folder: None,
            is_found: false,
            n_beside: 0,
            unread: BTreeMap::new(),
            texts: Arc::default(),
        }
    }

    /// Returns a file inside an archive. Its name may be a path that leads out of it; it is only a name, nothing is written to it.
    pub(in crate::corpus) fn inside(archive: &Input, name: &str) -> Self {
        let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let id = parts.collect::<Vec<_>>().join("/");
        let folder = id.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        Self {
            source: Source::Inside,
            shown: format!("{}/{id}", archive.shown),
            id,
            folder,
            is_found: true,
            n_beside: 0,
            unread: BTreeMap::new(),
            texts: Arc::default(),
        }
    }

    /// Returns a file found below `root`.
    fn file(path: PathBuf, root: &Path, is_found: bool) -> Self {
        let below = path.strip_prefix(root).unwrap_or(&path);
        let id = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let folder = match id.rsplit_once('/') {
            Some((folder, _)) => Some(folder.to_owned()),
            None => containing_folder(&path),
        };
        Self {
            shown: shown(&path),
            id,
            folder,
            is_found,
            n_beside: 0,
            unread: BTreeMap::new(),
            texts: Arc::default(),
            source: Source::File(path),
        }
    }
}

fn containing_folder(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    Some(path.parent()?.file_name()?.to_string_lossy().into_owned())
}

/// Finds the inputs that the arguments name: files, folders (searched for files of known extensions; hidden ones are skipped, and
/// texts about a corpus, such as `README` and `LICENSE`, which are counted), globs, and `-` for standard input.
///
/// The result is sorted by path, standard input last, and names each file once.
///
/// # Errors
///
/// [`CorpusError::NoInput`] without an argument; [`CorpusError::Missing`] for a path that does not exist;
/// an error for a glob that is invalid or matches nothing, for a folder without a readable file, and if the operating system refuses.
pub fn find_inputs(arguments: &[String]) -> Result<Vec<Input>, CorpusError> {
    if arguments.is_empty() {
        return Err(CorpusError::NoInput);
    }
    let mut found = Found::default();
    let mut stdin = None;
    for argument in arguments {
        if argument == "-" {
            stdin = Some(Input::stdin());
        } else {
            found.argument(argument)?;
        }
    }
    Ok(found.into_sorted().into_iter().chain(stdin).collect())
}

/// Inputs by the real path of their file, each with the path it is sorted by, and real paths of texts passed over by name.
#[derive(Default)]
struct Found {
    inputs: BTreeMap<PathBuf, (PathBuf, Input)>,
    beside: BTreeSet<PathBuf>,
    unread: BTreeSet<PathBuf>,
}

impl Found {
    fn argument(&mut self, argument: &str) -> Result<(), CorpusError> {
        let path = Path::new(argument);
        match fs::metadata(path) {
            Ok(_) => self.path(path, path.parent().unwrap_or(path), false),
            Err(_) if argument.contains(['*', '?', '[']) => self.pattern(argument),
            Err(error) => Err(read_error(argument, error, 0)),
        }
    }

    fn pattern(&mut self, pattern: &str) -> Result<(), CorpusError> {
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
        let paths = glob::glob_with(pattern, options)
            .map_err(|error| CorpusError::BadPattern { pattern: pattern.to_owned(), reason: error.to_string() })?;
        let root = literal_folder(pattern);
        let mut n_matches = 0;
        for path in paths {
            let path = path.map_err(|error| {
                let shown = error.path().display().to_string();
                read_error(&shown, error.into(), 0)
            })?;
            // `**` names folders as well as what is in them.
            if pattern.contains("**") && path.is_dir() {
                continue;
            }
            n_matches += 1;
            self.path(&path, &root, true)?;
        }
        if n_matches == 0 { Err(CorpusError::NoMatch { pattern: pattern.to_owned() }) } else { Ok(()) }
    }

    fn path(&mut self, path: &Path, root: &Path, is_found: bool) -> Result<(), CorpusError> {
        if !path.is_dir() {
            return self.file(path.to_owned(), root, is_found);
        }
        let (mut files, mut unread) = (Vec::new(), BTreeSet::new());
        let (beside, limit) = (&mut self.beside, MAX_FILES);
        Walk { above: Vec::new(), files: &mut files, beside, unread: &mut unread, n_seen: 0, limit, root: path }
            .folder(path)?;
        if files.is_empty() {
            return Err(CorpusError::new(&shown(path), Place::FILE, nothing_in_folder(&unread)));
        }
        self.unread.append(&mut unread);
        files.into_iter().try_for_each(|file| self.file(file, path, true))
    }

    fn file(&mut self, path: PathBuf, root: &Path, is_found: bool) -> Result<(), CorpusError> {
        let failed = |error| read_error(&shown(&path), error, 0);
        let key = fs::canonicalize(&path).map_err(failed)?;
        let order = std::path::absolute(&path).map_err(failed)?;
        let input = Input::file(path, root, is_found);
        // Of several ways to one file, the choice must not depend on which came first.
        let rank =
            |(order, input): &(PathBuf, Input)| (order.clone(), input.is_found, input.id.len(), input.shown.clone());
        let candidate = (order, input);
        match self.inputs.get(&key) {
            Some(known) if rank(known) <= rank(&candidate) => {}
            _ => {
                self.inputs.insert(key, candidate);
            }
        }
        Ok(())
    }

    fn into_sorted(self) -> Vec<Input> {
        // One that was named itself is read.
        let n_beside = self.beside.iter().filter(|path| !self.inputs.contains_key(*path)).count() as u64;
        let unread = self.unread.into_iter().filter(|path| !self.inputs.contains_key(path)).collect();
        let mut found: Vec<_> = self.inputs.into_values().collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut inputs: Vec<Input> = found.into_iter().map(|(_, input)| input).collect();
        let endings = endings(&unread);
        inputs.iter_mut().take(1).for_each(|first| (first.n_beside, first.unread) = (n_beside, endings.clone()));
        let texts = Arc::new(inputs.iter().filter(|input| input.is_found).flat_map(text_names).collect());
        inputs.iter_mut().for_each(|input| input.texts = Arc::clone(&texts));
        inputs
    }
}

/// Counts files by their endings, in small letters; one without has an empty one.
fn endings(files: &BTreeSet<PathBuf>) -> BTreeMap<String, u64> {
    let mut endings: BTreeMap<String, u64> = BTreeMap::new();
    for path in files {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        *endings.entry(ending).or_default() += 1;
    }
    endings
}

/// Returns the problem of a folder in which nothing can be read: what there is instead, and how to convert it.
fn nothing_in_folder(unread: &BTreeSet<PathBuf>) -> Problem {
    let endings = endings(unread);
    let (others, advice) = match endings.is_empty() {
        true => (String::new(), String::new()),
        false => {
            let how = endings.keys().find_map(|ending| conversion(ending));
            let how = how.unwrap_or("name one of these files to learn how to convert it");
            (format!(", but {}", counts(&endings)), format!("{how}; "))
        }
    };
    Problem::EmptyFolder { others, advice, extensions: EXTENSIONS.to_owned() }
}

/// Returns the name of a text, and that without its extension unless it is only a number, which other things have as well.
fn text_names(input: &Input) -> Vec<String> {
    let name = input.name();
    if Format::from_file_name(name) != Some(Format::Text) {
        return Vec::new();
    }
    let stem = name.split('.').next().filter(|stem| stem.bytes().any(|byte| !byte.is_ascii_digit()));
    std::iter::once(name).chain(stem).map(str::to_owned).collect()
}

/// Returns the part of a glob before its first wildcard, cut at a folder.
fn literal_folder(pattern: &str) -> PathBuf {
    let literal = pattern.find(['*', '?', '[']).map_or(pattern, |at| &pattern[..at]);
    PathBuf::from(literal.rfind('/').map_or("", |at| &literal[..=at]))
}

/// A search for the files below a folder.
struct Walk<'a> {
    /// Real paths of the folders on the way, to notice loops.
    above: Vec<PathBuf>,
    files: &'a mut Vec<PathBuf>,
    beside: &'a mut BTreeSet<PathBuf>,
    unread: &'a mut BTreeSet<PathBuf>,
    n_seen: usize,
    limit: usize,
    root: &'a Path,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), CorpusError> {
        let failed = |error| read_error(&shown(folder), error, 0);
        let real = fs::canonicalize(folder).map_err(failed)?;
        if self.above.contains(&real) {
            return Ok(());
        }
        self.above.push(real);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            self.count()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if is_hidden(&name) {
                continue;
            } else if path.is_dir() {
                self.folder(&path)?;
            } else if path.is_file() && is_corpus(&name) {
                self.files.push(path);
            } else if path.is_file() && is_beside(&name) && Format::from_file_name(&name).is_some() {
                self.beside.insert(fs::canonicalize(&path).map_err(failed)?);
            } else if path.is_file() && !is_beside(&name) {
                self.unread.insert(fs::canonicalize(&path).map_err(failed)?);
            }
        }
        self.above.pop();
        Ok(())
    }

    /// Counts the entries visited rather than those that exist, as links may lead to one folder in very many ways.
    fn count(&mut self) -> Result<(), CorpusError> {
        self.n_seen += 1;
        if self.n_seen <= self.limit {
            return Ok(());
        }
        Err(CorpusError::new(&shown(self.root), Place::FILE, Problem::TooManyFiles { limit: self.limit }))
    }
}

/// Returns whether a file or folder is skipped because of its name.
pub(in crate::corpus) fn is_hidden(name: &str) -> bool {
    // Excel marks a workbook that is open by a file whose name begins so.
    name.starts_with('.') || name.starts_with("~$")
}

/// Returns whether a text with this name is about a corpus rather than part of it.
fn is_beside(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    NOT_CORPUS.contains(&stem) || BESIDE_CORPUS.contains(&name.as_str())
}

/// Returns whether a file found in a folder or an archive is to be read.
pub(in crate::corpus) fn is_corpus(name: &str) -> bool {
    match Format::from_file_name(name) {
        None => false,
        Some(Format::Text) => !is_beside(name),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_files_than_can_be_kept_track_of_are_refused() {
        let folder = tempfile::TempDir::new().unwrap();
        (0..12).for_each(|n| fs::write(folder.path().join(format!("{n}.txt")), "A kite.").unwrap());
        let mut files = Vec::new();
        let (mut beside, mut unread) = (BTreeSet::new(), BTreeSet::new());
        let mut walk = |limit| {
            let (files, beside, unread) = (&mut files, &mut beside, &mut unread);
            Walk { above: vec![], files, beside, unread, n_seen: 0, limit, root: folder.path() }.folder(folder.path())
        };
        assert!(walk(12).is_ok());
        let error = walk(11).unwrap_err().to_string();
        assert!(error.ends_with(": more than 11 files [pack them: one JSON Lines file, or ZIP archives]"), "{error}");
    }

    #[test]
    fn names_inside_an_archive_lead_nowhere() {
        let archive = Input::file(PathBuf::from("a.zip"), Path::new(""), false);
        let of = |name: &str| Input::inside(&archive, name);
        assert_eq!(of("../../etc/notes.json").id(), "etc/notes.json");
        assert_eq!(of("/x//y.csv").shown(), "a.zip/x/y.csv");
        assert_eq!(of("x/y.csv").folder(), Some("x"));
    }
}
