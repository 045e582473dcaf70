//! Placeholders for missing text: "N/A", "nan", "[No abstract available]".

/// Maximum length of a filler, in bytes.
const LONGEST: usize = 80;
/// Maximum number of words of "Summary by AIRev 1", with which systems fill a field that a person has left empty.
const MOST_SUMMARY_WORDS: usize = 6;

/// Fillers, in lower case, without white space and punctuation around them. Sorted.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "abstract available at publisher's site", "abstract available from the publisher", "abstract can be found at the publisher's site",
    "abstract is missing", "abstract is not available", "abstract missing", "abstract n/a", "abstract non disponibile",
    "abstract not available", "abstract not found", "abstract not provided", "abstract not supplied", "abstract omitted",
    "abstract unavailable", "abstract withheld", "an abstract is not available", "an abstract is not available for this content", "aucun",
    "aucun commentaire", "aucun résumé disponible", "blank", "brak", "content not available", "content removed", "content unavailable",
    "data not available", "deleted", "deleted by author", "deleted by moderator", "deleted by the author", "deleted by user", "div/0",
    "does not apply", "ei ole", "empty", "entfällt", "geen", "geen commentaar", "ingen", "ingen kommentarer", "intentionally left blank",
    "k.a", "kein abstract verfügbar", "keine", "keine angabe", "keine angaben", "keine kommentare", "keine zusammenfassung verfügbar",
    "left blank", "left blank intentionally", "missing", "missing data", "missing value", "n / a", "n.a", "n.a. (not applicable)", "n.d",
    "n.v.t", "n/a", "na", "nan", "nat", "nenhum", "nessun commento", "nessuno", "nicht verfügbar", "nicht zutreffend", "nil", "ninguno",
    "no abstract", "no abstract available", "no abstract found", "no abstract is available", "no abstract is available for this article",
    "no abstract is available for this item", "no abstract listed", "no abstract provided", "no abstract received",
    "no abstract submitted", "no abstract was provided", "no abstracts available", "no additional comments", "no answer", "no aplica",
    "no available abstract", "no comment", "no comment provided", "no comments", "no comments provided", "no comments to add",
    "no comments to authors", "no comments to the authors", "no content", "no content available", "no data", "no data available",
    "no description", "no description available", "no description provided", "no disponible", "no further comments", "no information",
    "no information available", "no preview available", "no response", "no review", "no review available", "no review provided",
    "no review submitted", "no review text", "no summary", "no summary available", "no summary provided", "no text", "no text available",
    "no text provided", "no value", "non disponibile", "non disponible", "none", "none given", "none provided", "nonetype",
    "not applicable", "not applicable to this paper", "not available", "not available at this time", "not disclosed", "not found",
    "not given", "not provided", "not relevant", "not reported", "not specified", "not stated", "not supplied", "nothing",
    "nothing to add", "nothing to declare", "nothing to report", "null", "não disponível", "object object", "pas de commentaire", "pd.na",
    "pending", "placeholder", "ref", "removed", "removed by author", "removed by moderator", "removed by reddit", "removed by the author",
    "resumen no disponible", "resumo não disponível", "retracted", "review deleted", "review missing", "review not available",
    "review removed", "review unavailable", "review withdrawn", "résumé non disponible", "s.o", "sans objet", "sem comentários",
    "sin comentarios", "sin resumen", "sin resumen disponible", "summary missing", "summary not available", "summary unavailable", "tba",
    "tbc", "tbd", "text missing", "text not available", "text unavailable", "there is no abstract", "there is no abstract available",
    "this abstract is not available", "this article has no abstract", "this field is empty", "this field was left blank",
    "this record has no abstract", "this review has been deleted", "this review has been removed", "this review has been withdrawn",
    "to be added", "to be announced", "to be completed", "to be confirmed", "to be decided", "to be determined", "todo", "unavailable",
    "undefined", "unknown", "unspecified", "value", "withdrawn", "withdrawn by author", "withdrawn by the author",
    "withdrawn by the authors", "without abstract", "yet to be added", "аннотация отсутствует", "нет", "нет данных", "なし", "无", "无摘要",
    "暂无", "暂无摘要", "無", "要旨なし", "該当なし",
];

/// Words that point elsewhere, where the text is: "see above", "please refer to the weaknesses". Sorted.
#[rustfmt::skip]
const POINTING: &[&str] = &[
    "above", "all", "also", "and", "as", "aspects", "below", "box", "comment", "comments", "concerns", "detailed", "details", "earlier",
    "field", "for", "in", "limitations", "listed", "main", "mentioned", "my", "of", "other", "overall", "part", "previous", "question",
    "questions", "review", "same", "section", "sections", "strength", "strengths", "summary", "text", "the", "to", "under", "weakness",
    "weaknesses",
];
/// Beginnings of what points elsewhere.
const POINTERS: [&str; 8] = ["see ", "refer to ", "as above", "as below", "same as ", "listed ", "mentioned ", "cf. "];
/// Words of an answer that there is nothing to ask or to fear. Sorted.
#[rustfmt::skip]
const NOTHING: &[&str] = &[
    "additional", "any", "at", "can", "comment", "comments", "concern", "concerns", "ethical", "ethics", "for", "from", "further", "have",
    "i", "issues", "major", "me", "moment", "more", "my", "no", "none", "now", "of", "other", "particular", "point", "question", "questions",
    "remarks", "side", "special", "specific", "suggestions", "that", "the", "think", "this", "time",
];
/// Of these, the words for what there is none of.
const NOTHING_OF: [&str; 8] =
    ["comment", "comments", "concern", "concerns", "question", "questions", "remarks", "suggestions"];

/// Returns whether a text says nothing: no letter or digit, a filler, or only whose field it is.
pub(crate) fn is_filler(text: &str) -> bool {
    let text = text.trim();
    if text.eq_ignore_ascii_case("\\n") {
        return true;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() {
        return true;
    }
    if text.len() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    FILLERS.binary_search(&lower.as_str()).is_ok()
        || is_missing_abstract(&lower)
        || is_pointer(&lower)
        || is_nothing(&lower)
        || (lower.starts_with("summary by ") && lower.split_whitespace().count() <= MOST_SUMMARY_WORDS)
}

/// Returns whether the text only points elsewhere: "Please see above", "See strengths and weaknesses", "Same as above".
fn is_pointer(lower: &str) -> bool {
    let asked = lower.strip_prefix("please ").or_else(|| lower.strip_prefix("kindly ")).unwrap_or(lower);
    let points = POINTERS.iter().find(|begin| asked.starts_with(**begin));
    points.is_some_and(|begin| are_in(POINTING, asked[begin.len()..].trim_start()))
}

/// Returns whether the text says that there is nothing: "No further questions", "None that I can think of".
fn is_nothing(lower: &str) -> bool {
    let begins =
        lower.starts_with("none ") || lower.starts_with("no ") && words(lower).any(|word| NOTHING_OF.contains(&word));
    begins && are_in(NOTHING, lower)
}

/// Returns whether all words of the text are in a sorted list.
fn are_in(list: &[&str], text: &str) -> bool {
    words(text).all(|word| list.binary_search(&word).is_ok())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns whether the abstract is said to be missing: "No abstract available for this article", "Abstract is not available".
fn is_missing_abstract(lower: &str) -> bool {
    let begins = ["no abstract", "abstract not ", "abstract is not ", "there is no abstract"];
    let lacks = ["avail", "exist", "found", "given", "provided", "submitted", "supplied"];
    begins.iter().any(|begin| lower.starts_with(begin))
        && lacks.iter().any(|word| lower.contains(word))
        && lower.split_whitespace().count() <= MOST_SUMMARY_WORDS + 2
}

/// Returns whether a line that is a paragraph by itself says nothing in words.
pub(super) fn is_filler_line(body: &str) -> bool {
    body.len() <= LONGEST && body.contains(char::is_alphanumeric) && is_filler(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [FILLERS, POINTING, NOTHING] {
            assert!(list.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn fillers_are_told_from_short_answers() {
        for filler in [
            "",
            " - ",
            "N/A",
            "n/a.",
            "(N/A)",
            "None.",
            "**NA**",
            "---",
            "Not applicable.",
            "Summary by AIRev 1",
            "nan",
            "NaN",
            "<NA>",
            "#N/A",
            "NULL",
            "\\N",
            "[No abstract available]",
            "No Abstract Available.",
            "Abstract not available",
            "No abstract is available for this paper.",
            "[deleted]",
            "[ Removed ]",
            "…",
            "?",
            // What only points to another field has no words of its own, whichever field it is.
            "See above.",
            "See questions.",
            "Please see the weaknesses section above.",
            "(see below)",
            "See Strengths and Weaknesses",
            "As above.",
            "Same as above",
            "No concerns.",
            "No further questions from my side.",
            "None that I can think of.",
            "[deleted by user]",
            "Summary not available",
        ] {
            assert!(is_filler(filler), "{filler}");
        }
        for text in [
            "Yes.",
            "No",
            "See the kites above the sea.",
            "See Section 3 for the wind.",
            "No questions about the kites.",
            "No issues with the wind.",
            "None of them fly.",
            "As above, the kites are new.",
            "None of the baselines is strong.",
            "Not available in the appendix.",
            "Summary by section would help the reader here a lot.",
        ] {
            assert!(!is_filler(text), "{text}");
        }
    }
}
