//! Names of columns: synonyms, names that promise text, and how errors list them.

/// Maximum number of columns that an error lists.
const MAX_LISTED: usize = 60;
/// Names that are often but not always those of text, and names that hardly anything else has, as [`plain`] has them.
const OFTEN_TEXT: [&str; 4] = ["review", "comments", "comment", "content"];
const ALWAYS_TEXT: [&str; 20] = [
    "text",
    "abstract",
    "body",
    "sentence",
    "sentences",
    "humansentence",
    "aisentence",
    "inferencesentence",
    "tokens",
    "words",
    "abstracttext",
    "abstractnote",
    "reviewtext",
    "reviewcontent",
    "reviewcomments",
    "mainreview",
    "fulltext",
    "bodytext",
    // Tags of Web of Science and of RIS.
    "ab",
    "n2",
];
/// Words in the names of columns whose values are never taken for the text without being named, however long they are.
const NOT_TEXT: [&str; 44] = [
    "title",
    "titles",
    "author",
    "authors",
    "editor",
    "editors",
    "affiliation",
    "affiliations",
    "address",
    "addresses",
    "keyword",
    "keywords",
    "url",
    "link",
    "links",
    "doi",
    "email",
    "journal",
    "venue",
    "publisher",
    "conference",
    "booktitle",
    "reference",
    "references",
    "citation",
    "citations",
    "cited",
    "bibtex",
    "license",
    "licence",
    "copyright",
    "funding",
    "acknowledgement",
    "acknowledgements",
    "acknowledgment",
    "acknowledgments",
    "invitation",
    "invitations",
    "signatures",
    "prompt",
    "instruction",
    "path",
    "filename",
    "metadata",
];

/// Words in the names of parts of a form that do not belong to the review itself.
const NOT_FOR_AUTHORS: [&str; 15] = [
    "confidential",
    "chair",
    "chairs",
    "committee",
    "pc",
    "ac",
    "sac",
    "editor",
    "editors",
    "meta",
    "metareview",
    "discussion",
    "expertise",
    "conflict",
    "conflicts",
];

/// Names of columns with the ids of texts, as [`plain`] has them, of which the first is taken where no column is called `id`.
const IDS: [&str; 12] = [
    // `_id`, as databases have it.
    "id",
    "customid",
    "reviewid",
    "noteid",
    "docid",
    "documentid",
    "entryid",
    "submissionnumber",
    "submissionid",
    "paperid",
    "articleid",
    "textid",
];
/// Names of further columns whose values may be those of a document of several rows.
const DOCUMENTS: [&str; 16] = [
    "doc",
    "document",
    "docname",
    "docno",
    "review",
    "reviewer",
    "reviewerid",
    "note",
    "paper",
    "forum",
    "article",
    "submission",
    "essayid",
    "doi",
    "pmid",
    "filename",
];

/// Names of dates and years that are taken if the usual ones are missing, as [`plain`] has them.
const SYNONYMS: [(&str, &[&str]); 2] = [
    ("date", &["publicationdate", "firstpublicationdate", "publisheddate", "datepublished", "published", "pubdate"]),
    ("year", &["publicationyear", "pubyear", "publishedyear", "py"]),
];

/// Returns a name without regard to case and to the separators of its words: `Publication Date` equals `publication_date`.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Returns whether text is looked for first under this name; of a path, under its last part.
pub(super) fn is_text_name(name: &str) -> bool {
    OFTEN_TEXT.contains(&plain(last_part(name)).as_str()) || is_sure_name(name)
}

/// Returns whether hardly anything but text has this name.
pub(super) fn is_sure_name(name: &str) -> bool {
    ALWAYS_TEXT.contains(&plain(last_part(name)).as_str())
}

/// Names of lists that hold the documents of a record, rather than something about it.
const LISTS_OF_TEXTS: [&str; 6] = ["reviews", "comments", "notes", "replies", "responses", "texts"];

/// Names of lists that hold a document in parts, one after the other.
const LISTS_OF_PARTS: [&str; 12] = [
    "sentences",
    "paragraphs",
    "sections",
    "subsections",
    "chunks",
    "passages",
    "segments",
    "spans",
    "lines",
    "pages",
    "blocks",
    "parts",
];
/// Paths of the answers of LLMs in files of batch interfaces, OpenAI's two and Anthropic's.
const ANSWERS_OF_LLMS: [&str; 3] = [
    "response.body.choices[].message.content",
    "response.body.output[].content[].text",
    "result.message.content[].text",
];
/// Names of lists that hold what several people or programs say in turn.
const CONVERSATIONS: [&str; 8] =
    ["messages", "conversation", "conversations", "turns", "dialog", "dialogue", "chat", "history"];
/// Names for who says something in a conversation, and their values.
const SPEAKER: [&str; 4] = ["role", "from", "speaker", "sender"];
const SPEAKERS: [&str; 9] = ["user", "assistant", "system", "human", "gpt", "model", "bot", "tool", "developer"];

/// Returns the path of the answers of LLMs, if one of these paths leads through their list.
pub(super) fn llm_answer<'n>(mut paths: impl Iterator<Item = &'n str>) -> Option<&'static str> {
    let list = |path: &str| path.find("[].").map_or(0, |end| end + "[].".len());
    paths.find_map(|path| ANSWERS_OF_LLMS.into_iter().find(|answer| path.starts_with(&answer[..list(answer)])))
}

/// Returns whether a list of this path holds the answer of an LLM, in one part or several.
fn is_llm_answer(list: &str) -> bool {
    ANSWERS_OF_LLMS.iter().any(|path| path.strip_prefix(list).is_some_and(|rest| rest.starts_with("[]")))
}

/// Returns whether a list of this name holds the parts of one document.
pub(super) fn is_list_of_parts(name: &str) -> bool {
    is_llm_answer(name) || words(name).last().is_some_and(|word| LISTS_OF_PARTS.contains(&word.as_str()))
}

/// Returns whether a list of this name holds the turns of a conversation.
pub(super) fn is_conversation(name: &str) -> bool {
    words(name).last().is_some_and(|word| CONVERSATIONS.contains(&word.as_str()))
}

/// Returns whether a value under this name says who speaks in a conversation.
pub(super) fn is_speaker(name: &str, value: &str) -> bool {
    SPEAKER.contains(&last_part(name)) && SPEAKERS.contains(&value.to_lowercase().as_str())
}

/// Returns whether a list of this name holds documents.
pub(super) fn is_list_of_texts(name: &str) -> bool {
    words(name).last().is_some_and(|word| LISTS_OF_TEXTS.contains(&word.as_str()))
}

/// Words in the names of what the authors say to a review, and of what a review says.
const ANSWERS: [&str; 5] = ["rebuttal", "rebuttals", "response", "responses", "reply"];
const REVIEWS: [&str; 6] = ["review", "reviews", "reviewer", "reviewers", "referee", "report"];

/// Words in the names of the parts of a review.
const PARTS_OF_REVIEW: [&str; 8] =
    ["strength", "strengths", "weakness", "weaknesses", "critique", "criticism", "evaluation", "points"];

/// Returns whether a column of this name is rather the authors' answer than the review.
pub(super) fn is_answer_name(name: &str) -> bool {
    let words = words(name);
    let is_by_authors =
        matches!(&words[..], [first, second, ..] if first.starts_with("author") && second == "feedback");
    is_by_authors || words.iter().any(|word| ANSWERS.contains(&word.as_str()))
}

/// Returns whether a column of this name is the abstract of a paper.
pub(super) fn is_abstract_name(name: &str) -> bool {
    words(name).iter().any(|word| word == "abstract")
}

/// Returns whether a column of this name is a comment or several, and nothing more is said of it.
pub(super) fn is_comment_name(name: &str) -> bool {
    matches!(&*plain(name), "comment" | "comments")
}

/// Returns whether a column of this name holds single sentences or words, which stand beside longer texts by nature.
pub(super) fn is_name_of_sentences(name: &str) -> bool {
    words(name).iter().any(|word| matches!(word.as_str(), "sentence" | "sentences" | "sent" | "tokens" | "words"))
        || matches!(&*plain(last_part(name)), "humansentence" | "aisentence" | "inferencesentence")
}

/// Returns whether a column of this name is a part of a review.
pub(super) fn is_part_of_review(name: &str) -> bool {
    words(name).iter().any(|word| PARTS_OF_REVIEW.contains(&word.as_str()))
}

/// Returns whether columns of these names hold a review each, such as `Reviewer 1` and `Reviewer 2`.
pub(super) fn are_several_reviews(names: &[String]) -> bool {
    let without_number = |name: &String| {
        let mut words = words(name);
        let n_words = words.len();
        words.retain(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
        (words.len() < n_words && is_review_name(name)).then_some(words)
    };
    let found: Vec<Vec<String>> = names.iter().filter_map(without_number).collect();
    (1..found.len()).any(|at| found[..at].contains(&found[at]))
}

/// Returns whether several names are the same but for a number, such as `R1 comments` and `R2 comments`.
pub(super) fn differ_by_number(names: &[String]) -> bool {
    let without_number = |name: &String| plain(name).replace(|c: char| c.is_ascii_digit(), "");
    let is_numbered = |name: &String| name.bytes().any(|byte| byte.is_ascii_digit());
    let is_same = |pair: &[String]| without_number(&pair[0]) == without_number(&pair[1]);
    names.len() > 1 && names.iter().all(is_numbered) && names.windows(2).all(is_same)
}

/// Returns whether a column of this name is a review.
pub(super) fn is_review_name(name: &str) -> bool {
    !is_answer_name(name) && words(name).iter().any(|word| REVIEWS.contains(&word.as_str()))
}

/// Returns the names under which ids are looked for, the surest first, as [`plain`] has them.
pub(super) fn id_names() -> impl Iterator<Item = &'static str> {
    IDS.into_iter()
}

/// Returns whether a column of this name may say of which document a row is a part.
pub(super) fn is_document_id(name: &str) -> bool {
    let name = plain(name);
    IDS.contains(&name.as_str()) || DOCUMENTS.contains(&name.as_str())
}

/// Returns whether a part of a form with this name is not for the authors.
pub(super) fn is_confidential_name(name: &str) -> bool {
    words(name).iter().any(|word| NOT_FOR_AUTHORS.contains(&word.as_str()))
}

/// Returns whether values under this name are never taken for the text without being named.
pub(super) fn is_other_name(name: &str) -> bool {
    // "Comments for authors" are not about authors.
    let words = words(last_part(name)).into_iter().take_while(|word| !matches!(word.as_str(), "for" | "to"));
    words.into_iter().any(|word| NOT_TEXT.contains(&word.as_str()))
}

/// Returns the last part of a path, other than the wrapper `value`.
fn last_part(name: &str) -> &str {
    let name = name.strip_suffix(".value").unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

/// Returns the words of a name, in small letters: `paper` and `link` for `Paper Link`, `paper_link` and `paperLink`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().into_iter().for_each(|word| word.extend(c.to_lowercase()));
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the name of the column meant by `asked`: the same name, else one that differs only in case, else one that differs
/// only in the separators of its words, else a synonym.
pub(super) fn find<'n>(names: impl Iterator<Item = &'n str> + Clone, asked: &str) -> Option<&'n str> {
    let same = |name: &&str| *name == asked;
    let same_letters = |name: &&str| name.eq_ignore_ascii_case(asked);
    let asked_plain = plain(asked);
    let same_words = |name: &&str| !asked_plain.is_empty() && plain(name) == asked_plain;
    let mut exact = names.clone().filter(same);
    let mut by_letters = names.clone().filter(same_letters);
    let synonyms = || SYNONYMS.iter().find(|(usual, _)| *usual == asked_plain).map_or(&[][..], |(_, others)| *others);
    let is_meant = |other: &&str| names.clone().find(|name| plain(name) == **other);
    let by_meaning = || synonyms().iter().find_map(is_meant);
    exact.next().or_else(|| by_letters.next()).or_else(|| names.clone().find(same_words)).or_else(by_meaning)
}

/// Lists column names as an error shows them.
pub(super) fn list<'a>(mut names: impl Iterator<Item = &'a str>) -> String {
    let mut shown: Vec<String> = names.by_ref().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => {}
        n_more => shown.push(format!("and {n_more} more")),
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same_are_found() {
        let names = ["ID", "Publication Date", "pubYear", "date", "Date"];
        let of = |asked| find(names.iter().copied(), asked);
        assert_eq!(of("Date"), Some("Date"));
        assert_eq!(of("id"), Some("ID"));
        assert_eq!(of("publication_date"), Some("Publication Date"));
        assert_eq!(of("PubYear"), Some("pubYear"));
        assert_eq!(of("year"), Some("pubYear"));
        assert_eq!(of("venue"), None);
    }

    #[test]
    fn names_have_words() {
        assert_eq!(words("Paper Link"), ["paper", "link"]);
        assert_eq!(words("paperLinkURL"), ["paper", "link", "url"]);
        assert!(
            is_other_name("Article Title") && !is_other_name("subtitled") && !is_other_name("Comments for authors")
        );
        assert!(
            is_text_name("Abstract Note") && is_text_name("reviews[].review") && is_text_name("content.text.value")
        );
    }
}
