//! Keeps a text's prose: quotes, code, math, tables, addresses, citations and bibliographies are cut.
//!
//! None of these is in the words of the text's writer, and people and LLMs use them in different amounts: reviews by people end in
//! lists of references, those by LLMs hardly ever. They are cut by the rules below, which are the same for the texts of a reference and
//! of a target ([`PROSE`] is part of [`TOKENIZER`](crate::tokenize::TOKENIZER)), and counted in a [`Tally`]. The reader of a corpus
//! applies them to running text; ready-made lists of words are taken as they are.
//!
//! | rule | what is cut |
//! | :-- | :-- |
//! | `quote` | lines that begin with `>`, unless a number follows as in "> 0.5"; environments for quotes |
//! | `code` | fenced blocks, unless marked as text, the whole document, or prose that is most of it; `` `code` `` within a line; environments for code |
//! | `math` | `$...$`, `$$...$$`, `\(...\)`, `\[...\]`, environments for formulas, commands such as `\alpha` outside of these |
//! | `table` | rows that begin and end with a bar, rows around a line of dashes and bars, environments for tables |
//! | `url` | addresses of web pages and mail, DOIs, arXiv numbers, the address of a Markdown link (its text stays), images |
//! | `citation` | `[12]`, `[3, 5-7]`, `[Lee+20]`, `(Lee et al., 2020; Kim, 2019)`, `(2020)`, `\cite{...}` and `\ref{...}` |
//! | `bibliography` | the entries after a line "References", as long as they look like entries; lines such as `[1] Lee. Kites. 2020.`; two or more in a row such as `1. Lee, J. Kites. 2020.`; `References: [1] ... [2] ...` within a line |
//! | `markup` | names of other LaTeX commands such as `\emph`; their text stays; line breaks of LaTeX and Markdown; tags of HTML and XML, and titles, scripts and styles with their content |
//! | `comment` | comments of HTML, and of Markdown (`[//]: # (so)`); those of LaTeX in a text with its commands |
//! | `front-matter` | fields between `---`, `+++` or `;;;`, or an object of JSON, at the beginning |
//! | `form` | items with a box to tick, `- [x] I have read ...`, `<input type=checkbox> I have read ...`; answers chosen on a scale, `Rating: 6: Weak accept` |
//! | `copyright` | "© 2021 Elsevier Ltd. All rights reserved." and the like |
//! | `filler` | a paragraph that says nothing: "N/A", "[No abstract available]", "See above.", "No further questions." |
//! | `label` | labels with letters that are repeated at the beginning of lines: "W1:", "Comment 2 -", "a.", "o"; a dash stays |
//! | `running-head` | three or more lines from the top or bottom of pages: "Page 3 of 9", "Under review as a conference paper at ..."; numbers of lines before each line |
//!
//! Before that, characters and words are made plain ([`Mend`]): wrapping that programs put around a text is removed, and escapes,
//! entities, accents of LaTeX, invisible characters, ligatures and the like are replaced by what they stand for; afterwards words that
//! were broken at line ends are joined, and underscores around words are removed.
//!
//! Not cut: indented code (many texts are hard-wrapped and indented), quotes in quotation marks, entries without a heading and a label,
//! points of a review with a label such as `[W1]`, entries without a label under a heading from the first whose title says "you" or "we", "Lee et al. 2020" without
//! brackets, and anything that is not closed within a few hundred bytes.
//!
//! ```
//! let text = "I agree.\n\n> The kites are new.\n\nAre they (Lee et al., 2020)? See https://example.org.\n";
//! let mut tally = llm_prevalence::prose::Tally::default();
//! assert_eq!(llm_prevalence::prose::cut(text, &mut tally), "I agree.\n\n\n\n\nAre they ? See .\n");
//! assert_eq!(tally.n_characters_cut(), 58);
//! ```

mod answers;
mod bibliography;
mod blocks;
mod citations;
mod code;
mod commands;
mod copyright;
mod entries;
mod filler;
mod flattened;
mod forms;
mod front_matter;
mod gaps;
mod inline;
mod item_labels;
mod labels;
mod line_numbers;
mod lines;
mod links;
mod math;
mod plain;
mod rules;
mod running_heads;
mod tally;
mod tex_comments;
mod tex_names;
mod tex_symbols;
mod text;
mod tool_marks;

use std::borrow::Cow;

use gaps::close_gap;
use rules::Cut;

#[cfg(feature = "files")]
pub(crate) use filler::is_filler;
pub(crate) use labels::{Labels, is_bullet};
pub(crate) use lines::{continues, line_at, prefix};
pub(crate) use math::formula_end;
#[cfg(feature = "files")]
pub(crate) use plain::is_rich_text;
pub use rules::Rule;
pub use tally::{CutCount, Mend, Tally};
pub use text::Prose;

/// Name and version of the rules; part of [`TOKENIZER`](crate::tokenize::TOKENIZER).
pub const PROSE: &str = "prose-6";

/// Returns the prose of `text`, in plain characters, and counts in `tally` what is cut and what is mended.
pub fn cut<'a>(text: &'a str, tally: &mut Tally) -> Cow<'a, str> {
    let plain = plain::plain(text, tally);
    tally.count_text(&plain);
    // Each is found in what the ones before have left.
    let stages = [line_numbers::find, tex_comments::find, find_cuts, item_labels::find];
    let prose = stages.into_iter().fold(plain, |text, find| {
        let cuts = find(&text);
        if cuts.is_empty() { text } else { without(&text, &cuts, tally).into() }
    });
    plain::whole_words(prose, tally)
}

/// Returns the text without the cuts.
fn without(text: &str, cuts: &[Cut], tally: &mut Tally) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts {
        let piece = &text[cut.bytes.clone()];
        tally.count_cut(cut.rule, piece);
        prose.push_str(&text[from..cut.bytes.start]);
        from = cut.bytes.end;
        if cut.rule == Rule::Label {
            prose.push_str("- ");
        } else if cut.is_block {
            prose.push_str("\n\n");
        } else {
            close_gap(&mut prose, piece, &text[from..]);
        }
    }
    prose.push_str(&text[from..]);
    prose
}

/// Returns the cuts, in order and without overlap.
fn find_cuts(text: &str) -> Vec<Cut> {
    let mut blocks = blocks::find(text);
    let mut others = copyright::find(text);
    others.extend(flattened::find(text));
    others.extend(running_heads::find(text));
    if !others.is_empty() {
        blocks.extend(others);
        blocks.sort_by_key(|cut| cut.bytes.start);
    }
    let mut cuts = Vec::new();
    let mut from = 0;
    for block in blocks {
        // A copyright line in a block goes with it.
        if block.bytes.start >= from {
            inline::find(text, from..block.bytes.start, &mut cuts);
            from = block.bytes.end;
            cuts.push(block);
        }
    }
    inline::find(text, from..text.len(), &mut cuts);
    cuts
}

#[cfg(test)]
mod tests;
