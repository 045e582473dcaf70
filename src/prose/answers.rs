//! Answers chosen on a form's scale, such as "Rating: 6: marginally above the acceptance threshold" and "Soundness: 3 good".
//!
//! They are the form's words, which stand in a text only where a program has joined the fields of a form, or where an LLM wrote the
//! form as well. What a reviewer adds ("Rating: 6. I would raise it") is kept.

use super::lines::line_at;

/// Names of questions with a scale, in small letters, with spaces for `_`.
#[rustfmt::skip]
const QUESTIONS: [&str; 40] = [
    "overall recommendation", "final recommendation", "recommendation", "overall rating", "preliminary rating", "final rating", "rating",
    "overall score", "final score", "overall evaluation", "overall merit", "overall assessment", "score", "decision",
    "reviewer confidence", "confidence level", "confidence score", "confidence", "reviewer expertise", "expertise",
    "technical soundness", "technical quality", "soundness", "correctness", "quality", "presentation", "clarity", "contribution",
    "technical novelty and significance", "empirical novelty and significance", "novelty", "originality", "significance", "excitement",
    "reproducibility", "flag for ethics review", "needs ethics review", "ethics review", "ethics flag", "code of conduct",
];
/// Answers, in small letters; nothing follows them.
#[rustfmt::skip]
const ANSWERS: [&str; 41] = [
    "excellent", "very good", "good", "fair", "poor", "very poor", "high", "medium", "low", "yes", "no", "none", "n/a",
    "very strong accept", "strong accept", "clear accept", "weak accept", "marginal accept", "borderline accept", "accept",
    "very strong reject", "strong reject", "clear reject", "weak reject", "marginal reject", "borderline reject", "reject",
    "borderline", "strong rejection", "clear rejection", "rejection", "award quality", "minor revision", "major revision",
    "no ethics review needed", "ok", "average", "solid", "accept, good paper", "good paper, accept", "reject, not good enough",
];
/// Beginnings of longer answers after a number, in small letters.
#[rustfmt::skip]
const LONG_ANSWERS: [&str; 21] = [
    "marginally below", "marginally above", "top 5", "top 15", "top 50", "trivial or wrong", "ok but not good enough",
    "strong accept, should be", "you are absolutely certain", "you are confident", "you are fairly confident",
    "you are willing to defend", "you are unable to", "your assessment is", "the reviewer is", "the reviewer's", "the reviewer’s",
    "the contributions are", "all of the claims", "some of the paper", "several of the paper",
];
/// Maximum length of a line that may be such an answer, in bytes; the longest options have two sentences.
const LONGEST: usize = 400;
/// Marks of lists, headings and emphasis around a question or an answer.
const MARKS: [char; 14] = ['#', '*', '-', '+', '•', '_', '>', '"', '\'', '[', ']', '`', ' ', '='];
/// What may stand between a question, a number and an answer.
const BETWEEN: [char; 20] =
    [':', '=', '-', '–', '—', '|', '.', ',', ')', '(', '*', '_', '"', '\'', '[', ' ', '\t', ']', '}', '>'];

/// Returns where an answer ends that begins with this line; `None` if it is none. A question on a line of its own goes with the answer
/// on the next.
pub(super) fn end(text: &str, body: &str, next: usize) -> Option<usize> {
    let line = stripped(body)?;
    if is_numbered(line) {
        return Some(next);
    }
    let rest = after_question(line)?;
    let value = rest.trim_start_matches(BETWEEN);
    if !value.is_empty() {
        // "Presentation good" is no answer, "Presentation 3" and "Presentation: good" are.
        let is_separated = rest.trim_start_matches([' ', '*', '_']).starts_with(BETWEEN) || rest.contains("**");
        return (is_number(value) || is_numbered(value) || is_separated && is_answer(value)).then_some(next);
    }
    let mut at = next;
    while at < text.len() {
        let (line, next) = line_at(text, at);
        // Below a heading there may be a rule.
        if !line.trim_matches(['-', '=', '~', ' ', '\t', '\r']).is_empty() {
            let is_value = |value: &str| is_number(value) || is_numbered(value) || is_answer(value);
            return stripped(line.trim_start()).filter(|value| is_value(value)).map(|_| next);
        }
        at = next;
    }
    None
}

/// Returns a line without marks, if it may be a question or an answer.
fn stripped(body: &str) -> Option<&str> {
    let line = body.trim_start_matches(MARKS).trim_end();
    let command = line.strip_prefix('\\').and_then(|command| command.split_once('{'));
    let line = command.map_or(line, |(_, inside)| inside);
    (body.len() <= LONGEST && line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)).then_some(line)
}

/// Returns what follows the name of a question that begins a line, if one does.
fn after_question(line: &str) -> Option<&str> {
    let is_same = |(name, byte): (u8, u8)| name == byte.to_ascii_lowercase() || name == b' ' && byte == b'_';
    let begins = |name: &&&str| line.len() >= name.len() && name.bytes().zip(line.bytes()).all(is_same);
    let name = QUESTIONS.iter().find(begins)?;
    let rest = &line[name.len()..];
    // "Rating (1-10): 6"
    let scale = rest.trim_start_matches(['*', '_', ' ']).strip_prefix('(').and_then(|inside| inside.split_once(')'));
    let rest = match scale {
        Some((scale, rest)) if scale.contains(|c: char| c.is_ascii_digit()) && !rest.is_empty() => rest,
        _ => rest,
    };
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Returns whether this is a number and nothing else: "6", "6/10", "6 out of 10".
fn is_number(value: &str) -> bool {
    let Some(rest) = after_number(value) else { return false };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('/').or_else(|| rest.strip_prefix("out of")).and_then(after_number).unwrap_or(rest);
    rest.trim_matches(BETWEEN).is_empty()
}

/// Returns whether this is a number with an answer: "3 good", "4: You are confident in it", "6 (weak accept)". After a full stop or a
/// bracket it would be an item of a list.
fn is_numbered(value: &str) -> bool {
    let Some(rest) = after_number(value) else { return false };
    let rest = rest.strip_prefix('/').and_then(after_number).unwrap_or(rest);
    let answer = rest.trim_start_matches(BETWEEN).to_ascii_lowercase();
    let explained = ANSWERS.iter().any(|known| answer.strip_prefix(known).is_some_and(|rest| rest.starts_with(": ")));
    let is_long = LONG_ANSWERS.iter().any(|begin| answer.starts_with(begin));
    rest.starts_with([':', ' ', '-']) && (is_answer(&answer) || is_long || explained)
}

/// Returns what follows a number of at most two digits before the point.
fn after_number(value: &str) -> Option<&str> {
    let value = value.trim_start();
    let n_digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = n_digits(value);
    let rest = value.get(whole..).filter(|_| (1..=2).contains(&whole))?;
    let part = rest.strip_prefix('.').map_or(0, n_digits);
    Some(if part > 0 { &rest[1 + part..] } else { rest })
}

/// Returns whether this is an answer in words and nothing else, but for its number in brackets: "good", "Weak accept.", "good (3)".
fn is_answer(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let is_end = |rest: &str| {
        let rest = rest.trim_matches(BETWEEN);
        rest.is_empty() || is_number(rest)
    };
    ANSWERS.iter().filter_map(|answer| value.strip_prefix(answer)).any(is_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<&str> {
        let (line, next) = line_at(text, 0);
        end(text, line.trim_start(), next).map(|end| &text[..end])
    }

    #[test]
    fn answers_of_forms_are_cut() {
        for text in [
            "Rating: 6: marginally above the acceptance threshold",
            "rating: 6",
            "**Rating:** 5: Borderline accept",
            "**Confidence**: 4",
            "- Soundness: 3 good",
            "presentation\t2 fair",
            "contribution = 3 good",
            "Confidence - 4: You are confident in your assessment, but not absolutely certain.",
            "technical_novelty_and_significance: 3: The contributions are significant, and do not exist in prior works.",
            "Overall recommendation: Weak accept",
            "Overall Score (1-10): 7/10",
            "Rating: 5: Borderline accept: Technically solid paper where reasons to accept outweigh reasons to reject.",
            "Score: 6 (weak accept)",
            "Clarity: good (3)",
            "flag_for_ethics_review: ['No ethics review needed.']",
            "4: You are fairly confident in your assessment.",
            "3 good",
            "## Soundness\n\n3 good\n",
            "Soundness\n---------\n3 good\n",
            "[Soundness]\n3 good\n",
            "== Soundness ==\n3 good\n",
            "\\textbf{Soundness}: 3 good",
            "rating -> 6",
            "code_of_conduct: Yes",
            "Rating:\n6\n",
        ] {
            assert_eq!(cut(text), Some(text));
        }
    }

    #[test]
    fn what_reviewers_add_is_kept() {
        for text in [
            "Rating: 6. I would raise it if the wind were measured.",
            "Clarity: Good, but the notation changes.",
            "Clarity: The paper is good.",
            "Presentation is good",
            "Presentation good",
            "3. Good examples are missing.",
            "1. Good",
            "2. The contributions are small.",
            "3 good kites were flown.",
            "Originality:\nThe kite is new.",
            "Soundness",
            "Ratings: 6",
            "100 good",
            "Significance of 5",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
