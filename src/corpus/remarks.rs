//! Remarks on all that was read: on single files, and on files and texts together.

use std::collections::{BTreeMap, BTreeSet};

use super::format::Format;
use super::kind_column::kind_of;
use super::names::list;
use super::note::NoteKind;
use super::remark::Remark;
use super::same_id::remark_on_same_ids;
use super::summary::{FileSummary, LongTexts, Longest, ReadSummary};
use super::traces::remark_on_chat_marks;
use crate::numbers::{counted, thousands};

/// Maximum number of endings, columns or files that a remark lists.
const MAX_LISTED: usize = 4;

/// Maximum number of remarks that are shown; a folder of many files may have as many.
const MAX_REMARKS: usize = 10;

/// Minimum number of characters of texts that were cut.
const MIN_CUT: usize = 100;
/// Minimum number of texts of the largest length, and their share of all, 0 to 1, from which they were cut.
const MIN_TEXTS: u64 = 5;
const MIN_SHARE: f64 = 0.02;

impl ReadSummary {
    /// Returns the remarks on the files and on their texts, each once, with the name of the first file that it is about.
    pub fn remarks(&self) -> Vec<String> {
        let mut names_of: BTreeMap<&Remark, Vec<&str>> = BTreeMap::new();
        for file in &self.files {
            file.remarks.iter().for_each(|remark| names_of.entry(remark).or_default().push(&file.name));
        }
        let n_more = names_of.len().saturating_sub(MAX_REMARKS);
        let shown = names_of.iter().take(MAX_REMARKS).map(|(remark, names)| match &names[..] {
            [first, _, ..] => format!("{first} and {} more: {remark}", thousands(names.len() - 1)),
            names => format!("{}: {remark}", names.concat()),
        });
        let more = (n_more > 0).then(|| format!("{} on other files", counted(n_more, "more remark")));
        let about_others = self.about_others.first().map(|first| match self.about_others.len() - 1 {
            0 => format!("{first}: left out because it describes the other files [to read it anyway, name it]"),
            n_more => format!(
                "{first} and {} more: left out because they describe the other files [to read one anyway, name it]",
                thousands(n_more)
            ),
        });
        let together = [
            other_kinds(&self.files),
            other_columns(&self.files),
            unread(&self.unread_endings),
            remark_on_same_ids(self.n_same_id),
            self.longest.remark(self.n_documents, self.n_same_text),
            self.long.remark(),
            remark_on_chat_marks(self.n_with_chat_marks),
        ];
        let together = together.into_iter().flatten().chain(self.letter_cases.remarks());
        shown.chain(more).chain(about_others).chain(together).collect()
    }
}

/// Minimum number of characters of a text that would have line breaks: more than abstracts have.
const LONG: usize = 2500;
/// Minimum number of long texts for a remark on their line breaks, and the share of those without any, 0 to 1.
const MIN_LONG: u64 = 20;
const MIN_OF_ONE_LINE: f64 = 0.95;

impl LongTexts {
    /// Takes a text of this many characters.
    pub(super) fn take(&mut self, n_characters: usize, has_line_break: bool) {
        if n_characters >= LONG {
            self.n += 1;
            self.n_of_one_line += u64::from(!has_line_break);
        }
    }

    /// Returns a remark if nearly all long texts are one line.
    fn remark(self) -> Option<String> {
        let LongTexts { n, n_of_one_line } = self;
        let is_lost = n >= MIN_LONG && n_of_one_line as f64 >= MIN_OF_ONE_LINE * n as f64;
        is_lost.then(|| {
            format!(
                "{} of {} long texts have no line break, as if a program had removed them; headings and items of lists may run into the next sentence [take the texts with their line breaks]",
                thousands(n_of_one_line as usize),
                thousands(n as usize)
            )
        })
    }
}

impl Longest {
    /// Takes a text of this many characters.
    pub(super) fn take(&mut self, n_characters: usize) {
        if n_characters > self.n_characters {
            *self = Longest { n_characters, n_texts: 0 };
        }
        self.n_texts += u64::from(n_characters == self.n_characters);
    }

    /// Returns a remark if texts were cut, of so many documents and copies of others.
    pub(super) fn remark(self, n_documents: u64, n_same: u64) -> Option<String> {
        let Longest { n_characters, n_texts } = self;
        let remark = format!(
            "{} end at the same length, {}, as if they had been cut there [take the whole texts]",
            counted(n_texts as usize, "text"),
            counted(n_characters, "character")
        );
        self.is_cut(n_documents, n_same).then_some(remark)
    }

    /// Returns whether so many of the texts end at the same length, `n_same` of them copies of others, that they were cut.
    fn is_cut(self, n_documents: u64, n_same: u64) -> bool {
        let is_often = self.n_texts >= MIN_TEXTS && self.n_texts as f64 >= MIN_SHARE * n_documents as f64;
        is_often && self.n_characters >= MIN_CUT && self.n_texts > n_same
    }
}

/// Returns a remark on files whose names say that they hold no reviews, read beside one whose name says that it does.
fn other_kinds(files: &[FileSummary]) -> Option<String> {
    let kind = |file: &&FileSummary| {
        let stem = file.name.split('.').next().unwrap_or_default();
        // A text is named after its document.
        (file.layout.is_none() && file.format != Format::Text).then(|| kind_of("", stem)).flatten()
    };
    let of_kind = |is_review: bool| {
        let is_it = move |file: &&FileSummary| kind(file).is_some_and(|kind| (kind == NoteKind::Review) == is_review);
        files.iter().filter(is_it).map(|file| file.name.as_str())
    };
    let reviews = of_kind(true).next()?;
    of_kind(false).next()?;
    let others: BTreeSet<&str> = of_kind(false).collect();
    let others = listed(others.iter().copied());
    Some(format!(
        "judging by their names, these files do not hold reviews, but they were read like `{reviews}`: {others} [name only files of one kind]"
    ))
}

/// Returns a remark on files whose texts came from columns of different names.
fn other_columns(files: &[FileSummary]) -> Option<String> {
    let mut of_columns: BTreeMap<String, &str> = BTreeMap::new();
    for file in files.iter().filter(|file| file.layout.is_none() && !file.text_fields.is_empty()) {
        of_columns.entry(list(file.text_fields.iter().map(String::as_str))).or_insert(&file.name);
    }
    if of_columns.len() < 2 {
        return None;
    }
    let shown = of_columns.iter().take(MAX_LISTED).map(|(columns, file)| format!("{columns} in {file}"));
    Some(format!(
        "the text comes from columns of different names: {}{} [if these are texts of different kinds, name only files of one kind]",
        shown.collect::<Vec<_>>().join(", "),
        more(of_columns.len())
    ))
}

/// Returns a remark on files in folders that were not read, by their endings.
fn unread(endings: &BTreeMap<String, u64>) -> Option<String> {
    if endings.is_empty() {
        return None;
    }
    Some(format!(
        "files of other formats in the folders were not read: {} [name one to learn how to convert it]",
        counts(endings)
    ))
}

/// Returns the numbers of files by their endings: `3 .docx, 1 without an ending`.
pub(super) fn counts(endings: &BTreeMap<String, u64>) -> String {
    let shown = endings.iter().take(MAX_LISTED).map(|(ending, n)| match ending.as_str() {
        "" => format!("{} without an ending", thousands(*n as usize)),
        _ => format!("{} .{ending}", thousands(*n as usize)),
    });
    shown.collect::<Vec<_>>().join(", ") + &more(endings.len())
}

fn listed<'n>(names: impl Iterator<Item = &'n str> + Clone) -> String {
    let shown = names.clone().take(MAX_LISTED).map(|name| format!("`{name}`"));
    format!("{}{}", shown.collect::<Vec<_>>().join(", "), more(names.count()))
}

fn more(n: usize) -> String {
    if n > MAX_LISTED { format!(" and {} more", thousands(n - MAX_LISTED)) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_end_at_one_length_were_cut() {
        let longest = |lengths: &[usize]| {
            let mut longest = Longest::default();
            lengths.iter().for_each(|n| longest.take(*n));
            longest
        };
        let cut = longest(&[300, 1000, 999, 1000, 1000, 20, 1000, 1000]);
        assert_eq!(cut, Longest { n_characters: 1000, n_texts: 5 });
        assert!(cut.is_cut(8, 0) && !cut.is_cut(8, 5) && !cut.is_cut(1000, 0));
        assert!(!longest(&[50; 20]).is_cut(20, 0) && !longest(&[300, 1000, 999]).is_cut(3, 0));
    }

    #[test]
    fn long_texts_of_one_line_have_lost_their_line_breaks() {
        let remark = |n_of_one_line: u64, n: u64, n_characters: usize| {
            let mut long = LongTexts::default();
            (0..n).for_each(|at| long.take(n_characters, at >= n_of_one_line));
            long.remark()
        };
        assert!(remark(19, 20, LONG).unwrap().starts_with("19 of 20 long texts have no line break"));
        for (n_of_one_line, n, n_characters) in [(18, 20, LONG), (19, 19, LONG), (20, 20, LONG - 1)] {
            assert_eq!(remark(n_of_one_line, n, n_characters), None);
        }
    }
}
