//! Figures of docs/method.md that are read from the references are those of the references.

use std::path::Path;

use llm_prevalence::Reference;

/// The text of docs/method.md, with a space for every line break.
fn method() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/method.md");
    std::fs::read_to_string(path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_share_of_human_text_that_reads_as_partly_by_an_llm_is_that_of_the_references() {
    let share = |name: &str| {
        let strata = Reference::embedded(name).unwrap().strata.unwrap();
        format!("{:.1} % for `{name}`", 100.0 * strata.model.systematic.human_mixed)
    };
    let figure = format!("({}, {})", share("reviews"), share("abstracts"));
    assert!(method().contains(&figure), "docs/method.md lacks {figure}");
}
