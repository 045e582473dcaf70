//! References of narrow fields: families of human text that the score would tell apart are kept alike.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::common::Place;

/// Fields of the texts; LLMs write mostly about the first.
const FIELDS: [&str; 6] = ["kites", "boats", "gliders", "wheels", "bridges", "towers"];

/// Invented texts in lines of JSON: every tenth word is one of its field, `manner` of the words are what only its kind of author likes.
struct Texts {
    manner: f64,
    generator: Pcg64Mcg,
}

impl Texts {
    fn word(&mut self, favourites: [f64; 2], field: &str) -> String {
        let at: f64 = self.generator.random();
        let (kind, n) = match at {
            at if at < favourites[0] => ("plain", 12),
            at if at < favourites[0] + favourites[1] => ("shiny", 12),
            at if at < favourites[0] + favourites[1] + 0.1 => (field, 10),
            _ => ("word", 60),
        };
        let number = self.generator.random_range(0..n);
        format!("{kind}{}{}", char::from(b'a' + number / 26), char::from(b'a' + number % 26))
    }

    fn document(&mut self, id: &str, author: &str, field: &str) -> String {
        let favourites = if author == "human" { [self.manner, 0.02] } else { [0.02, self.manner] };
        let mut sentence = || (0..14).map(|_| self.word(favourites, field)).collect::<Vec<_>>().join(" ");
        let text = (0..14).map(|_| format!("The {}.", sentence())).collect::<Vec<_>>().join(" ");
        format!(r#"{{"id": "{id}", "generator": "{author}", "venue": "{field}", "text": "{text}"}}"#) + "\n"
    }

    fn human(&mut self) -> String {
        let texts = FIELDS.into_iter().flat_map(|field| (0..60).map(move |at| (format!("{field}-{at}"), field)));
        texts.map(|(id, field)| self.document(&id, "human", field)).collect()
    }

    fn llm(&mut self) -> String {
        let texts = ["one", "two", "three", "four"].into_iter().flat_map(|llm| (0..60).map(move |at| (llm, at)));
        let mut document = |(llm, at): (&str, usize)| {
            let field = FIELDS[if at % 10 < 7 { 0 } else { self.generator.random_range(1..FIELDS.len()) }];
            self.document(&format!("{llm}-{at}"), llm, field)
        };
        texts.map(&mut document).collect()
    }
}

/// The line on the pooled score in the card of a reference that was fitted to such texts.
fn pooled_score(manner: f64) -> Option<String> {
    let mut texts = Texts { manner, generator: Pcg64Mcg::seed_from_u64(5) };
    let place = Place::new();
    place.write("human.jsonl", texts.human());
    place.write("llm.jsonl", texts.llm());
    place.line("fit --human human.jsonl --llm llm.jsonl --source-field generator --stratum venue -o fields.json").ok();
    let card = place.line("reference show fields.json").ok();
    card.lines().find(|line| line.starts_with("Pooled score")).map(str::to_owned)
}

#[test]
fn families_are_kept_alike_where_those_left_out_read_as_llms() {
    let line = pooled_score(0.06).expect("a line on the pooled score");
    assert!(line.contains("families of human text score alike"), "{line}");
    // Where authors differ more than fields do, nobody is taken for an LLM.
    assert_eq!(pooled_score(0.15), None);
}
