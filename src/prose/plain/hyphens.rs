//! Joins words broken at the end of a line, as in print and PDFs: "infor-" and "mation" on the next line.
//!
//! The hyphen is dropped if the joined word is the more usual one. The text itself decides if it has that word, or the
//! pair with its hyphen, elsewhere; else the hyphen stays in words that are mostly written with one: after "self", "well" and
//! the like, before "based", "like" and the like, and in a chain such as "end-to-end".

use std::collections::HashSet;

/// First parts that keep their hyphen before most words. Sorted.
#[rustfmt::skip]
const FIRST: &[&str] = &[
    "best", "black", "bottom", "closed", "coarse", "cross", "cutting", "data", "deep", "double", "down", "early",
    "eight", "end", "equal", "few", "fine", "first", "five", "four", "free", "full", "hand", "hard", "heavy",
    "high", "higher", "human", "large", "larger", "last", "left", "less", "light", "long", "longer", "low", "lower",
    "many", "mid", "more", "much", "near", "new", "newly", "nine", "one", "open", "real", "right", "rule", "second",
    "self", "seven", "short", "shorter", "single", "six", "small", "smaller", "soft", "space", "state", "step",
    "task", "third", "three", "time", "two", "user", "well", "white", "whole", "wide", "word", "worst", "zero",
];
/// Second parts that keep their hyphen after most words. Sorted.
#[rustfmt::skip]
const SECOND: &[&str] = &[
    "agnostic", "aware", "based", "centric", "crafted", "dependent", "dimensional", "driven", "end", "free",
    "grained", "guided", "informed", "intensive", "invariant", "known", "level", "like", "modal", "oriented",
    "shot", "sided", "specific", "supervised", "time", "trained", "tuned", "tuning", "written",
];
/// Endings that are not words. Sorted.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "able", "al", "ally", "ance", "ant", "ary", "ate", "ation", "ative", "ed", "en", "ence", "ent", "er", "ers",
    "ery", "es", "est", "ful", "fully", "ible", "ic", "ical", "ing", "ings", "ion", "ions", "ish", "ism", "ist",
    "istic", "ity", "ization", "ize", "ized", "izes", "izing", "ly", "ment", "ments", "ness", "ous", "tion",
    "tions",
];
/// Words made of such parts that have no hyphen. Sorted.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "anytime", "attend", "autotuning", "backend", "barycentric", "bestseller", "bilevel", "blackboard", "blackbox",
    "blend", "childlike", "coarsened", "coarsening", "comprehend", "concentric", "crossbar", "database",
    "databases", "dataflow", "dataset", "datasets", "deepening", "deepfake", "defend", "depend", "diagnostic",
    "dividend", "downlink", "download", "downplay", "downsampling", "downscaling", "downside", "downsides",
    "downstream", "downward", "egocentric", "endeavor", "endeavors", "endless", "endogenous", "endomorphism",
    "endomorphisms", "endoscopic", "endowed", "endpoint", "endpoints", "equalities", "extend", "fewer", "finetune",
    "finetuned", "finetuning", "firsthand", "fourfolds", "fourth", "freedom", "freeway", "freezing", "friend",
    "fullness", "godlike", "handcrafted", "handle", "handled", "handles", "handling", "handover", "handwriting",
    "handwritten", "hardship", "hardware", "heavyweight", "hereby", "highlight", "highlighted", "highlighting",
    "highlights", "highway", "humanitarian", "humanities", "humankind", "humanoid", "independent", "intend",
    "interdependent", "into", "largest", "lessons", "lifetime", "lightning", "lightweight", "longitudinal",
    "longstanding", "lowering", "maritime", "meantime", "middle", "middleware", "moreover", "multidimensional",
    "multilevel", "multimodal", "nearby", "newsletter", "newspapers", "offline", "onetime", "online", "onto",
    "overtime", "pretrained", "realistically", "realizations", "recommend", "rulers", "runtime", "secondhand",
    "selfadjoint", "selfish", "shortage", "shortcomings", "shortcut", "shortcuts", "shortening", "shorthand",
    "snapshot", "softmax", "softplus", "software", "sometimes", "spacecraft", "spacelike", "spend", "squarefree",
    "starlike", "stateless", "stepping", "stepsize", "stepsizes", "stepwise", "thirdly", "threefold", "threefolds",
    "timeline", "timeliness", "timescale", "timescales", "timeseries", "timestamp", "timestamps", "timestep",
    "trend", "twofold", "unaware", "unconstrained", "understand", "undertrained", "unimodal", "unknown", "unlike",
    "unsupervised", "untrained", "whiteboard", "whitening", "wholesale", "wideband", "widening", "widespread",
    "within", "without", "wordnet", "zeroth",
];
/// Minimum length of a part of a broken word, in characters.
const SHORTEST: usize = 2;

/// Returns the text with its broken words joined; `None` if it has none.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut words = Words { text, known: None };
    let mut plain = String::new();
    let mut from = 0;
    for hyphen in memchr::memchr_iter(b'-', text.as_bytes()) {
        let gap = gap_len(&text[hyphen + 1..]);
        let end = hyphen + 1 + gap;
        if gap == 0 || !text[..hyphen].ends_with(char::is_lowercase) || !text[end..].starts_with(char::is_lowercase) {
            continue;
        }
        let is_line_end = text[hyphen..end].contains(['\n', '\r']);
        if words.are_one(hyphen, end, is_line_end) {
            plain.push_str(&text[from..hyphen]);
            from = end;
        }
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Returns the length of the white space after a hyphen, with one line break at most.
fn gap_len(after: &str) -> usize {
    let is_blank = |c| c == ' ' || c == '\t';
    let rest = after.trim_start_matches(is_blank);
    let broken = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']));
    after.len() - broken.unwrap_or(rest).trim_start_matches(is_blank).len()
}

/// The words of a text, collected when the first broken one is met.
struct Words<'a> {
    text: &'a str,
    known: Option<HashSet<&'a str>>,
}

impl Words<'_> {
    /// Returns whether the parts around the hyphen are one word; within a line only if the text has it elsewhere.
    fn are_one(&mut self, hyphen: usize, end: usize, is_line_end: bool) -> bool {
        let (first, second) = (self.part_before(hyphen), self.part_after(end));
        if first.chars().count() < SHORTEST || second.chars().count() < SHORTEST {
            return false;
        }
        let is_chain = self.text[..hyphen - first.len()].ends_with('-');
        let word = format!("{first}{second}");
        let (first, second, word_small) = (first.to_lowercase(), second.to_lowercase(), word.to_lowercase());
        let stands_alone = matches!(second.as_str(), "and" | "but" | "nor" | "or" | "the" | "to");
        if stands_alone && !is_line_end {
            return false;
        }
        let is_in = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
        if is_line_end && is_in(WHOLE, &word_small) || self.has(&word) || self.has(&word_small) {
            return true;
        }
        if !is_line_end || is_chain || stands_alone || self.has(&format!("{first}-{second}")) {
            return false;
        }
        is_in(ENDINGS, &second) || !is_in(FIRST, &first) && !is_in(SECOND, &second)
    }

    fn part_before(&self, at: usize) -> &str {
        let start = self.text[..at].rfind(|c: char| !c.is_alphabetic());
        let start = start.map_or(0, |start| start + self.text[start..].chars().next().map_or(1, char::len_utf8));
        &self.text[start..at]
    }

    fn part_after(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
    }

    /// Returns whether the text has the word, or the pair with a hyphen, elsewhere.
    fn has(&mut self, word: &str) -> bool {
        let text = self.text;
        let known = self.known.get_or_insert_with(|| {
            let parts = text.split(|c: char| !c.is_alphabetic() && c != '-');
            parts.flat_map(|part| [part, part.trim_matches('-')]).collect()
        });
        known.contains(word)
    }
}
