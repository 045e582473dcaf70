//! References of several LLMs: where the names of the sources come from, groups of them, and what `fit` says.

use super::*;

/// A reference without its name and without where its texts came from.
fn without_provenance(place: &Place, name: &str) -> Value {
    let mut reference: Value = serde_json::from_slice(&place.read(name)).unwrap();
    reference["card"]["name"] = Value::Null;
    for source in reference["sources"].as_array_mut().unwrap() {
        source["corpora"] = Value::Null;
    }
    reference
}

fn component_names(reference: &Value) -> Vec<&str> {
    reference["components"].as_array().unwrap().iter().map(|component| component["name"].as_str().unwrap()).collect()
}

/// The fit of `rest` as `new.json`.
fn fit(place: &Place, rest: &str) -> Value {
    place.line(&format!("fit {rest} -o new.json")).ok();
    without_provenance(place, "new.json")
}

fn documents(place: &Place, name: &str) -> Vec<Doc> {
    let field = |object: &Value, name: &str| object[name].as_str().unwrap().to_owned();
    let document = |line: &str| {
        let object: Value = serde_json::from_str(line).unwrap();
        Doc {
            id: field(&object, "id"),
            paper: field(&object, "paper"),
            year: Some(field(&object, "year")),
            text: field(&object, "text"),
        }
    };
    String::from_utf8(place.read(name)).unwrap().lines().map(document).collect()
}

#[test]
fn a_column_names_sources_as_flags_do() {
    let place = fitted_on_several();
    let [human, one, two] = ["human.jsonl", "one.jsonl", "two.jsonl"].map(|name| documents(&place, name));
    let by_flags = without_provenance(&place, "toy.json");
    assert_eq!(component_names(&by_flags), ["one", "two"]);
    place.write("llms.jsonl", jsonl_by_maker(&[("two", &two), ("one", &one)]));
    let rest = "--human human.jsonl --llm llms.jsonl --source-field maker";
    assert!(fit(&place, rest) == by_flags, "a corpus of all LLMs");
    // Human rows may be among them, alone or beside more human text.
    place.write("all.jsonl", jsonl_by_maker(&[("two", &two), ("human", &human), ("one", &one)]));
    assert!(fit(&place, "--llm all.jsonl --source-field maker") == by_flags, "a corpus with its human rows");
    let (first, second) = human.split_at(100);
    place.write("first.jsonl", jsonl(first));
    place.write("rest.jsonl", jsonl_by_maker(&[("human", second), ("one", &one), ("two", &two)]));
    let rest = "--human first.jsonl --llm rest.jsonl --source-field maker";
    assert!(fit(&place, rest) == by_flags, "human text on both ways");
    // A name on the command line and names in a column go together.
    place.write("part.jsonl", jsonl_by_maker(&[("two", &two)]));
    let rest = "--human human.jsonl --llm one=one.jsonl --llm part.jsonl --source-field maker";
    assert!(fit(&place, rest) == by_flags, "one source by flag, one by column");
    let files = |number: usize| {
        let reference: Value = serde_json::from_slice(&place.read("new.json")).unwrap();
        reference["sources"][number]["corpora"][0]["files"][0]["name"].clone()
    };
    assert_eq!([files(0), files(1), files(2)], ["human.jsonl", "one.jsonl", "part.jsonl"]);
}

#[test]
fn a_row_without_a_source_is_refused() {
    let place = fitted_on_several();
    let one = documents(&place, "one.jsonl");
    let fit = "fit --human human.jsonl --source-field maker -o new.json --llm";
    for blank in ["", "  "] {
        place.write("llms.jsonl", jsonl_by_maker(&[("one", &one), (blank, &one[..3])]));
        let parts =
            ["llms.jsonl: 3 of its documents have no value in column \"maker\"", "source is unknown [fill it in"];
        refused(&place, &format!("{fit} llms.jsonl"), &parts);
    }
    // A line that does not have the column at all.
    place.write("llms.jsonl", jsonl_by_maker(&[("one", &one)]) + &jsonl(&one[..1]));
    refused(
        &place,
        &format!("{fit} llms.jsonl"),
        &["llms.jsonl: 1 of its documents have no value in column \"maker\""],
    );
    refused(&place, &format!("{fit} one.jsonl"), &["one.jsonl: no column `maker`", "[columns: `id`, "]);
    assert!(!place.path("new.json").exists());
}

#[test]
fn text_that_is_human_and_llm_at_once_is_refused() {
    let place = fitted_on_several();
    let [human, one] = ["human.jsonl", "one.jsonl"].map(|name| documents(&place, name));
    place.write("all.jsonl", jsonl_by_maker(&[("human", &human), ("one", &one)]));
    // As human text the file is all human, whatever its column says.
    let line = "fit --human all.jsonl --llm all.jsonl --source-field maker -o new.json";
    refused(&place, line, &["all.jsonl: the same content is given as human and as LLM text"]);
    place.write("human-only.jsonl", jsonl_by_maker(&[("human", &human)]));
    let line = "fit --llm human-only.jsonl --source-field maker -o new.json";
    refused(&place, line, &["there is no LLM corpus"]);
    let line = "fit --llm one.jsonl --source-field paper -o new.json";
    refused(&place, line, &["there is no human corpus"]);
}

#[test]
fn groups_pool_sources_by_pattern() {
    let place = fitted_on_several();
    let llms = "--human human.jsonl --llm one=one.jsonl --llm two=two.jsonl --llm twin=twin.jsonl";
    let run = place.line(&format!("fit {llms} --group first=one --group first=twi? -o new.json"));
    assert!(run.stderr.contains("note: first holds one, twin\n"), "{}", run.stderr);
    let pooled = without_provenance(&place, "new.json");
    assert_eq!(
        pooled["components"],
        serde_json::json!([{"name": "first", "sources": [1, 3]}, {"name": "two", "sources": [2]}])
    );
    // A group may have the name of one of its sources; the same texts under one name give the same scores.
    let one_name = "--human human.jsonl --llm first=one.jsonl --llm two=two.jsonl --llm first=twin.jsonl";
    let merged = fit(&place, one_name);
    assert_eq!(component_names(&merged), ["first", "two"]);
    assert_eq!(merged["components"][0]["sources"], serde_json::json!([1]));
    assert!(merged["sources"][1]["n_documents"] == 2 * N_EACH, "{}", merged["sources"][1]);
    assert!(merged["vocabulary"] == pooled["vocabulary"], "the same words");
    let renamed = fit(&place, &format!("{llms} --group one=one --group one=twin"));
    assert_eq!(component_names(&renamed), ["one", "two"]);
    for part in ["vocabulary", "occurrences", "logistic", "calibrations"] {
        assert!(renamed[part] == pooled[part], "{part} depends on the group's name");
    }
}

#[test]
fn all_in_one_group_is_the_reference_of_one_llm() {
    let place = fitted_on_several();
    place.write("target.jsonl", jsonl(&Writer::new(32).mixture(0.3, N_TARGET, "t")));
    fit(&place, "--human human.jsonl --llm one=one.jsonl --llm two=two.jsonl --group llm=*");
    let table = place.line("estimate target.jsonl --reference new.json").ok();
    assert_eq!(table.lines().count(), 5, "{table}");
    let of_group = place.line("estimate target.jsonl --reference new.json --output json").json();
    fit(&place, "--human human.jsonl --llm llm=one.jsonl --llm llm=two.jsonl");
    let of_name = place.line("estimate target.jsonl --reference new.json --output json").json();
    let (one, other) = (&of_group["estimates"][0], &of_name["estimates"][0]);
    // Documents come in another order, by source: sums are rounded differently, and L-BFGS ends elsewhere within 1e-5.
    for path in ["/alpha", "/interval/lower", "/interval/upper"] {
        assert!((number(one, path) - number(other, path)).abs() < 1e-3, "{path}: {one} {other}");
    }
    assert_eq!(one["sources"][1]["name"], "llm");
}

#[test]
fn groups_that_make_no_sense() {
    let place = fitted_on_several();
    let fit = "fit --human human.jsonl --llm one=one.jsonl --llm two=two.jsonl -o new.json --group";
    let known = "[LLM sources here: one, two]";
    refused(&place, &format!("{fit} gpt=gpt-*"), &["--group gpt=gpt-*: no LLM source has a name that matches", known]);
    refused(&place, &format!("{fit} all=human"), &["--group all=human: no LLM source has a name that matches", known]);
    refused(&place, &format!("{fit} one"), &["--group one: a name and a pattern are needed, such as gpt-4o=gpt-4o*"]);
    refused(&place, &format!("{fit} all=[o"), &["--group all=[o: not a pattern"]);
    refused(
        &place,
        &format!("{fit} first=o* --group second=*"),
        &["group \"second\": source \"one\" is already in group \"first\"", known],
    );
    for name in ["", "human"] {
        let message = format!("group \"{name}\": a group of LLM sources needs a name of its own");
        refused(&place, &format!("{fit} {name}=o*"), &[&message, known]);
    }
    refused(&place, &format!("{fit} two=one"), &["group \"two\": a source outside the group has the same name", known]);
    assert!(!place.path("new.json").exists());
}

#[test]
fn fit_says_which_sources_it_cannot_tell_apart_and_what_to_do() {
    let place = fitted_on_several();
    let llms = "--human human.jsonl --llm one=one.jsonl --llm two=two.jsonl";
    // Told apart well: no note at all.
    let of_two = place.line(&format!("fit {llms} -o new.json")).stderr;
    assert!(of_two.starts_with("new.json: ") && !of_two.contains("note"), "{of_two}");
    let of_twins = place.line(&format!("fit {llms} --llm twin=twin.jsonl -o new.json")).stderr;
    let notes: Vec<&str> = of_twins.lines().filter(|line| line.starts_with("note: ")).collect();
    assert_eq!(notes.len(), 1, "{of_twins}");
    let share = notes[0].strip_prefix("note: one and twin are hard to distinguish: ").unwrap();
    let (share, rest) =
        share.split_once(" % of their sentences score higher for the other one (50 % is chance)").unwrap();
    // Both by the same writer: the truth is 50 %, and 4,000 sentences in clusters of ten know it to 2.
    assert!((45.0..=55.0).contains(&share.parse::<f64>().unwrap()), "{share}");
    // The advice works when typed.
    let advice = rest.trim().trim_start_matches("[pool them: ").trim_end_matches(']').replace("NAME", "pool");
    let again = place.line(&format!("fit {llms} --llm twin=twin.jsonl {advice} -o new.json")).stderr;
    assert!(again.contains("note: pool holds one, twin\n") && !again.contains("hard to distinguish"), "{again}");
    // The card has every pair, and is where to look later.
    let card = place.line("reference show twins.json").ok();
    let heading =
        "Confused with each other (sentences that score higher for the wrong one of the two; 50 % is chance):";
    assert!(card.contains(&format!("\n\n{heading}\n- ")), "{card}");
    for pair in ["one and twin", "one and two", "two and twin"] {
        assert!(card.contains(&format!(" %  {pair}\n")), "{card}");
    }
    assert!(!place.line(&format!("fit {llms} --group llm=* -o new.json")).stderr.contains("hard to distinguish"));
}

#[test]
fn a_name_given_twice_is_one_source() {
    let place = fitted_on_several();
    place.line("fit --human human.jsonl --llm one=one.jsonl one=twin.jsonl --llm two=two.jsonl -o new.json").ok();
    let reference: Value = serde_json::from_slice(&place.read("new.json")).unwrap();
    assert_eq!(component_names(&reference), ["one", "two"]);
    let names: Vec<&str> =
        reference["sources"].as_array().unwrap().iter().map(|source| source["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["human", "one", "two"]);
    let files = reference["sources"][1]["corpora"].as_array().unwrap();
    assert_eq!(files.iter().map(|corpus| &corpus["files"][0]["name"]).collect::<Vec<_>>(), ["one.jsonl", "twin.jsonl"]);
}
