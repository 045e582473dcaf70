//! Chooses the columns that hold the text, the id and the version of a document.
//!
//! Without being named, a column is taken as the text only if its values look like prose ([`Values`](super::values::Values)).
//! Its name helps to choose but never decides alone, nor does the fact that no other column is left.

use super::kind_column::{has_other_kinds, kind_column};
use super::long_form::refuse_long_form;
use super::names::{
    are_several_reviews, differ_by_number, find, id_names, is_abstract_name, is_answer_name, is_comment_name,
    is_confidential_name, is_conversation, is_list_of_texts, is_name_of_sentences, is_other_name, is_part_of_review,
    is_review_name, is_speaker, is_sure_name, is_text_name, list, llm_answer, plain, words,
};
use super::options::ReadOptions;
use super::problem::Problem;
use super::sampled::{Column, EACH, SampledColumns};
use super::sentence_rows::RowKind;
use super::version_column::{dated_version, numbered_version};

/// Number of words of the median value up to which a column named as texts often are may hold titles, and the ratio to it from which
/// other prose is far longer.
const SHORT_WORDS: usize = 25;
const FAR_LONGER: usize = 4;

/// The name of the user's own id of a request in batches to LLMs.
const REQUEST_ID: &str = "custom_id";

/// The columns that are read of a file, by their names in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The columns that are joined to the text, or paths into nested values.
    pub(super) text: Vec<String>,
    pub(super) id: Option<String>,
    /// The columns of the values, in the order of [`ReadOptions::value_names`].
    pub(super) values: Vec<String>,
    /// The columns that identify a record, and the one with its version.
    pub(super) version: Option<(Vec<String>, String)>,
    /// The column that says of every row which kind of note it holds.
    pub(super) kind: Option<String>,
    pub(super) rows: RowKind,
    /// Columns that the file does not have, with the values that its folders give them.
    pub(super) given: Vec<(String, String)>,
    /// Whether strings of the text are written lists or objects, and whether lists of strings are sentences.
    pub(super) is_written: bool,
    pub(super) are_sentences: bool,
}

/// Chooses the columns of a file.
pub(super) fn choose(columns: &SampledColumns, options: &ReadOptions) -> Result<Fields, Problem> {
    let actual = |name: &str| find(columns.names(), name).unwrap_or(name).to_owned();
    let answer = find(columns.names(), REQUEST_ID)
        .and_then(|id| Some((id, llm_answer(columns.paths.iter().map(|path| path.name.as_str()))?)));
    let usual_id = answer.map_or("id", |(id, _)| id);
    let id = match &options.id_field {
        Some(name) => Some(actual(name)),
        None => columns.names().find(|name| name.eq_ignore_ascii_case(usual_id)).map(str::to_owned),
    };
    let values: Vec<String> = options.value_names().map(actual).collect();
    let text = match (&options.text_fields[..], answer) {
        ([], Some((_, path))) => vec![path.to_owned()],
        ([], None) => {
            refuse_long_form(columns)?;
            Text { columns, id: id.as_deref(), values: &values }.choose()?
        }
        (named, _) => named.iter().map(|name| actual(name)).collect(),
    };
    let of_text = || columns.columns.iter().chain(&columns.paths).filter(|column| text.contains(&column.name));
    let numbered = numbered_version(columns, id.as_deref());
    let rows = if numbered.is_some() { RowKind::Documents } else { RowKind::of(columns, &text, id.as_deref()) };
    let dated = || dated_version(columns, id.as_deref(), &text).filter(|_| rows == RowKind::Documents);
    let version = numbered.or_else(dated);
    let id = id.filter(|id| options.id_field.is_some() || rows.ids().is_empty() || rows.ids().contains(id));
    let of_version = || version.as_ref().and_then(|(ids, _)| ids.first().cloned());
    let id = id.or_else(|| rows.ids().last().cloned()).or_else(of_version).or_else(|| other_id(columns));
    // Who groups by the kind wants all of them.
    let kind = kind_column(columns).filter(|name| !values.contains(name) && !text.contains(name));
    let is_written = of_text().any(Column::is_written);
    let are_sentences = of_text().any(Column::has_sentences);
    Ok(Fields { version, kind, rows, given: Vec::new(), text, id, values, is_written, are_sentences })
}

/// Returns the column with the ids of texts, if none is called `id`: one with a usual name, and no value twice.
fn other_id(columns: &SampledColumns) -> Option<String> {
    let named = |name: &str| columns.columns.iter().find(|column| plain(&column.name) == name);
    let found = id_names().filter_map(named).find(|column| column.repeats.are_unique());
    found.map(|column| column.name.clone())
}

/// The choice of the text.
struct Text<'c> {
    columns: &'c SampledColumns,
    id: Option<&'c str>,
    /// Columns that are wanted as something else.
    values: &'c [String],
}

impl Text<'_> {
    fn choose(&self) -> Result<Vec<String>, Problem> {
        // A list of texts is chosen by its elements.
        let single = || self.columns.columns.iter().filter(|column| !column.is_list_of_texts());
        let mut named: Vec<&Column> = single().filter(|column| is_text_name(&column.name)).collect();
        if self.is_review_of_abstract() {
            named.retain(|column| !is_abstract_name(&column.name));
        }
        if single().any(|column| plain(&column.name) == "summary" && column.values.is_prose()) {
            // Beside the summary of a paper, arXiv's comment is on its pages and figures.
            named.retain(|column| !is_comment_name(&column.name) || column.values.is_prose());
        }
        let named_prose = names(named.iter().filter(|column| column.values.is_prose()));
        let may_be = |column: &Column| match column.has_text() {
            true if is_sure_name(&column.name) => column.values.is_uncoded(),
            true => column.values.may_be_text(),
            false => column.has_strings,
        };
        let named_text = names(named.iter().filter(|column| may_be(column)));
        let lists: Vec<&Column> = self.nested().filter(|column| column.name.contains(EACH)).collect();
        if let Some(candidates) = [named_prose, named_text].into_iter().find(|names| !names.is_empty()) {
            let in_lists = lists.iter().filter(|column| is_list_of_texts(list_of(&column.name)));
            return self.only(self.beside_longer(candidates), names(in_lists));
        }
        let free = single().filter(|column| self.is_free(column) && column.values.is_prose());
        let free: Vec<&Column> = free.collect();
        let mut free = names(free.iter());
        if self.is_form() || free.iter().any(|name| is_review_name(name)) {
            // Authors answer a review.
            free.retain(|name| !is_answer_name(name));
        }
        if !free.is_empty() {
            return self.only(free, names(lists.iter()));
        }
        self.choose_nested(&lists).unwrap_or_else(|| Err(self.none(&named)))
    }

    /// Returns the columns that may be the text if beside `named`, whose names promise text, others hold far longer prose: those instead
    /// of titles, and both where the short ones may be texts too.
    fn beside_longer(&self, named: Vec<String>) -> Vec<String> {
        let is_named = |column: &&Column| named.contains(&column.name);
        let short: Vec<&Column> = self.columns.columns.iter().filter(is_named).collect();
        let n_words = short.iter().map(|column| column.values.median_words()).max().unwrap_or(0);
        let is_of_sentences = short.iter().any(|column| is_name_of_sentences(&column.name));
        if n_words == 0 || n_words > SHORT_WORDS || is_of_sentences {
            return named;
        }
        let is_longer = |column: &&Column| {
            !named.contains(&column.name)
                && !column.is_list_of_texts()
                && !is_answer_name(&column.name)
                && self.is_free(column)
                && column.values.is_prose()
                && column.values.median_words() >= FAR_LONGER * n_words
        };
        let longer = self.columns.columns.iter().filter(is_longer).map(|column| column.name.clone());
        let are_titles = short.iter().all(|column| !column.values.is_prose() && !column.values.has_ends());
        match longer.collect::<Vec<_>>() {
            longer if longer.is_empty() => named,
            longer if are_titles => longer,
            longer => [named, longer].concat(),
        }
    }

    /// Chooses the text if no column is text: prose in lists of objects, else in objects.
    fn choose_nested(&self, lists: &[&Column]) -> Option<Result<Vec<String>, Problem>> {
        let objects: Vec<&Column> = self.nested().filter(|column| !column.name.contains(EACH)).collect();
        let found = if lists.is_empty() { &objects[..] } else { lists };
        let named = names(found.iter().filter(|column| is_text_name(&column.name)));
        let found = if named.is_empty() { names(found.iter()) } else { named };
        if let Some(column) = found.iter().find(|path| self.is_in_conversation(path)).cloned() {
            return Some(Err(Problem::Conversation { column }));
        }
        (!found.is_empty()).then(|| self.only(found, Vec::new()))
    }

    /// Returns whether a path leads through a list of what several people or programs say in turn.
    fn is_in_conversation(&self, path: &str) -> bool {
        let Some((list, _)) = path.rsplit_once(EACH) else { return false };
        let says = |column: &Column| column.values.example().is_some_and(|value| is_speaker(&column.name, value));
        let is_beside = |column: &&Column| column.name.rsplit_once(EACH).is_some_and(|(other, _)| other == list);
        let beside = || self.columns.paths.iter().filter(is_beside);
        beside().any(has_other_kinds) || !is_list_of_texts(list) && (is_conversation(list) || beside().any(says))
    }

    /// Returns the nested values that are prose.
    fn nested(&self) -> impl Iterator<Item = &Column> {
        self.columns.paths.iter().filter(|column| column.values.is_prose() && !is_other_name(&column.name))
    }

    /// Returns whether a column is not wanted as something else and may be text by its name.
    fn is_free(&self, column: &Column) -> bool {
        let is_wanted = Some(column.name.as_str()) == self.id || self.values.contains(&column.name);
        let is_of_paper = is_abstract_name(&column.name) && self.is_review_of_abstract();
        !is_wanted && !is_other_name(&column.name) && !is_of_paper
    }

    /// Returns whether rows are filled forms of a review beside the abstract of its paper.
    fn is_review_of_abstract(&self) -> bool {
        let is_part = |column: &Column| {
            // Of a list of reviews beside an abstract, neither is sure to be meant.
            let is_review = is_review_name(&column.name) && !column.is_list_of_texts();
            (is_part_of_review(&column.name) || is_review) && column.values.is_prose()
        };
        let others = || self.columns.columns.iter().filter(|column| !is_abstract_name(&column.name));
        others().any(is_part)
            || self.is_form() && others().any(|column| column.values.is_prose() && !is_other_name(&column.name))
    }

    /// Returns whether a row is a filled form of a review, as HotCRP and Microsoft CMT export them.
    fn is_form(&self) -> bool {
        let has =
            |what: &[&str]| self.columns.names().any(|name| words(name).iter().any(|word| what.contains(&&**word)));
        has(&["reviewer", "reviewername", "revieweremail"]) && has(&["paper", "paperid", "submission"])
    }

    /// Accepts a single candidate as the text; with several, the user has to choose. The parts of a form belong together.
    fn only(&self, mut candidates: Vec<String>, more: Vec<String>) -> Result<Vec<String>, Problem> {
        if more.is_empty() && self.is_form() && !are_several_reviews(&candidates) {
            candidates.retain(|name| !is_confidential_name(name));
            return Ok(candidates);
        }
        candidates.extend(more);
        if candidates.len() == 1 {
            return Ok(candidates);
        }
        let are_numbered = differ_by_number(&candidates);
        let (candidates, found) = (list(candidates.iter().map(String::as_str)), self.columns.list());
        Err(match are_numbered {
            true => Problem::NumberedTextColumns { candidates, found },
            false => Problem::ManyTextColumns { candidates, found },
        })
    }

    /// Returns the problem that there is no text column, and why.
    fn none(&self, named: &[&Column]) -> Problem {
        let found = self.columns.list();
        match named.iter().find(|column| column.has_text()).or(named.first()) {
            Some(column) if column.has_text() => {
                let example = column.values.example().unwrap_or_default();
                let why = format!(": the values of `{}`, such as \"{example}\", are not prose", column.name);
                Problem::NoTextColumn { why, found }
            }
            Some(column) => {
                let (column, of_column) = (column.name.clone(), column.found());
                Problem::NotTextColumn { column, found: of_column, columns: found }
            }
            None => Problem::NoTextColumn { why: String::new(), found },
        }
    }
}

fn names<'c>(columns: impl Iterator<Item = &'c &'c Column>) -> Vec<String> {
    columns.map(|column| column.name.clone()).collect()
}

/// Returns the name of the first list in a path.
fn list_of(path: &str) -> &str {
    path.split(EACH).next().unwrap_or(path)
}
