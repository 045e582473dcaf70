//! `reference lint`: every kind of poison is found where it was planted, and nothing where there is none.

use super::*;

/// A folder with `human.jsonl` and `llm.jsonl` by authors who differ in style alone.
fn clean() -> Place {
    let place = Place::new();
    let mut writer = Writer::new(71);
    place.write("human.jsonl", jsonl(&writer.documents(Author::Human, N_HUMAN, "a")));
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Llm, N_LLM, "b")));
    place
}

const LINT: &str = "reference lint --human human.jsonl --llm toy=llm.jsonl";

/// The documents of a file, each changed by `change`, which is given their numbers.
fn changed(place: &Place, file: &str, change: impl Fn(usize, &mut Value)) {
    let text = String::from_utf8(place.read(file)).unwrap();
    let lines = text.lines().enumerate().map(|(number, line)| {
        let mut document: Value = serde_json::from_str(line).unwrap();
        change(number, &mut document);
        document.to_string() + "\n"
    });
    place.write(file, lines.collect::<String>());
}

/// The text of every document changed.
fn rewritten(place: &Place, file: &str, rewrite: impl Fn(usize, &str) -> String) {
    changed(place, file, |number, document| document["text"] = rewrite(number, text_of(document)).into());
}

fn text_of(document: &Value) -> &str {
    document["text"].as_str().unwrap()
}

/// Severity, kind and source of every finding.
fn found(report: &Value) -> Vec<(&str, &str, &str)> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| ["severity", "code", "source"].map(|key| finding[key].as_str().unwrap()).into()).collect()
}

/// Asserts that these findings, and no others, are made; gives the report.
fn assert_found(place: &Place, arguments: &str, expected: &[(&str, &str, &str)]) -> Value {
    let report = place.line(&format!("{arguments} --output json")).json();
    assert_eq!(found(&report), expected, "{report:#}");
    report
}

#[test]
fn style_alone_is_no_finding() {
    let place = clean();
    let report = assert_found(&place, LINT, &[]);
    assert_eq!(report["schema_version"], 1);
    assert_eq!(number(&report, "/sources/0/n_documents"), N_HUMAN as f64);
    assert_eq!(report["reference"], Value::Null);
    // Beneath are the sources alone.
    let table = place.line(LINT).ok();
    assert!(table.starts_with("Nothing found.\n\nsource  ") && table.lines().count() == 5, "{table}");
    // Nor is there one between two halves of what people wrote.
    let mut writer = Writer::new(72);
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Human, N_LLM, "c")));
    assert_found(&place, LINT, &[]);
}

#[test]
fn words_that_give_a_side_away() {
    let place = clean();
    // In nearly every sentence, as an answer that repeats its prompt has it.
    rewritten(&place, "llm.jsonl", |_, text| text.replace("x. ", "x zux. "));
    let report = assert_found(&place, LINT, &[("error", "word-alone", "toy")]);
    let example = &report["findings"][0]["examples"][0];
    assert_eq!((example["text"].as_str(), example["n_other"].as_u64()), (Some("zux"), Some(0)));
    assert!(number(example, "/value") > 0.5 && number(example, "/log_odds") > 5.0, "{example}");
    // Once in each document: no share of the sentences to speak of, but of the documents.
    let place = clean();
    rewritten(&place, "llm.jsonl", |_, text| text.replacen(" ", " zux ", 1));
    assert_found(&place, LINT, &[("warning", "word-alone", "toy")]);
    // In one of ten documents: worth knowing.
    let place = clean();
    let rare = |number: usize, text: &str| {
        if number.is_multiple_of(6) { text.replacen(" ", " zux ", 1) } else { text.to_owned() }
    };
    rewritten(&place, "llm.jsonl", rare);
    assert_found(&place, LINT, &[("note", "one-sided-words", "toy")]);
    // A word of human text that no LLM uses is style until a person says otherwise.
    let place = clean();
    rewritten(&place, "human.jsonl", rare);
    assert_found(&place, LINT, &[("note", "one-sided-words", "human")]);
    // Both sides have it: no finding.
    rewritten(&place, "llm.jsonl", rare);
    assert_found(&place, LINT, &[]);
}

#[test]
fn chat_talk() {
    let place = clean();
    let plant = |phrase: &'static str| {
        move |number: usize, text: &str| if number == 9 { format!("{phrase} {text}") } else { text.to_owned() }
    };
    rewritten(&place, "llm.jsonl", plant("Certainly! Here’s a"));
    let report = assert_found(&place, LINT, &[("warning", "chat-talk", "toy")]);
    assert_eq!(number(&report, "/findings/0/n_documents"), 1.0);
    assert_eq!(report["findings"][0]["examples"][0]["text"], "certainly here's");
    // People write so too.
    rewritten(&place, "human.jsonl", plant("Certainly, here’s a"));
    assert_found(&place, LINT, &[]);
    // But not so.
    let place = clean();
    rewritten(&place, "human.jsonl", plant("As an AI language model, I"));
    assert_found(&place, LINT, &[("warning", "llm-in-human-text", "human")]);
    let place = clean();
    rewritten(
        &place,
        "llm.jsonl",
        |number, text| if number < 20 { format!("<think> {text}") } else { text.to_owned() },
    );
    assert_found(&place, LINT, &[("error", "chat-talk", "toy")]);
}

#[test]
fn copies_within_and_across_sides() {
    let place = clean();
    let of_human = String::from_utf8(place.read("human.jsonl")).unwrap();
    let human: Vec<Value> = of_human.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Ten human texts word for word, ten without every thirtieth word.
    rewritten(&place, "llm.jsonl", |number, text| match number {
        0..10 => text_of(&human[number]).to_uppercase(),
        10..20 => {
            let words = text_of(&human[number]).split(' ').enumerate().filter(|(at, _)| at % 30 != 11);
            words.map(|(_, word)| word.to_owned() + " ").collect()
        }
        _ => text.to_owned(),
    });
    let report = assert_found(&place, LINT, &[("error", "copies-of-human", "toy")]);
    assert_eq!(number(&report, "/findings/0/n_documents"), 20.0);
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("10 word for word, 10 nearly"), "{message}");
    // Every fifth human document twice.
    let place = clean();
    rewritten(&place, "human.jsonl", |number, text| {
        if number % 5 == 1 { text_of(&human[number - 1]).to_owned() } else { text.to_owned() }
    });
    let report = assert_found(&place, LINT, &[("warning", "repeated", "human")]);
    assert_eq!(number(&report, "/findings/0/n_documents"), N_HUMAN as f64 / 5.0);
    // Short texts are alike by chance.
    let place = clean();
    rewritten(&place, "human.jsonl", |number, text| {
        if number < 60 { "Babex dodex babex gagex dodex.".to_owned() } else { text.to_owned() }
    });
    assert!(
        !found(&place.line(&format!("{LINT} --output json")).json()).iter().any(|(_, code, _)| *code == "repeated")
    );
}

#[test]
fn papers_on_both_sides_and_papers_that_nobody_knows() {
    let place = clean();
    changed(&place, "llm.jsonl", |number, document| document["paper"] = format!("apaper{number}").into());
    let report = assert_found(&place, LINT, &[("note", "papers-on-both-sides", "toy")]);
    assert_eq!(number(&report, "/findings/0/n_documents"), N_HUMAN as f64 / 3.0);
    let place = clean();
    changed(&place, "llm.jsonl", |_, document| document["paper"] = Value::Null);
    assert_found(&place, LINT, &[("note", "papers-unknown", "toy")]);
}

#[test]
fn form_headings_and_stock_sentences() {
    let place = clean();
    rewritten(&place, "llm.jsonl", |_, text| format!("Summary of the toy: {text}"));
    let report = place.line(&format!("{LINT} --output json")).json();
    let heading = &report["findings"][0];
    assert_eq!(
        (heading["severity"].as_str(), heading["code"].as_str()),
        (Some("error"), Some("form-headings")),
        "{report:#}"
    );
    assert_eq!((heading["examples"][0]["text"].as_str(), number(heading, "/share")), (Some("summary of the toy"), 1.0));
    // On a line of its own, in one of eight documents.
    let place = clean();
    rewritten(&place, "human.jsonl", |number, text| {
        if number.is_multiple_of(8) { format!("Bagux dagux\n{text}") } else { text.to_owned() }
    });
    let report = place.line(&format!("{LINT} --output json")).json();
    assert!(found(&report).contains(&("note", "form-headings", "human")), "{report:#}");
    // Both sides have the same form.
    rewritten(&place, "llm.jsonl", |number, text| {
        if number.is_multiple_of(8) { format!("Bagux dagux\n{text}") } else { text.to_owned() }
    });
    assert_found(&place, LINT, &[]);
    // A sentence of a template; no more than its beginning is shown.
    let place = clean();
    let stock = "Babex dabex fabex gabex kabex labex mabex nabex pabex.";
    rewritten(
        &place,
        "llm.jsonl",
        |number, text| if number.is_multiple_of(4) { format!("{text} {stock}") } else { text.to_owned() },
    );
    let report = place.line(&format!("{LINT} --output json")).json();
    assert!(found(&report).contains(&("warning", "stock-sentences", "toy")), "{report:#}");
    let of_stock = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "stock-sentences");
    assert_eq!(of_stock.unwrap()["examples"][0]["text"], "babex dabex fabex gabex kabex labex ...");
}

#[test]
fn late_and_undated_human_text() {
    let place = clean();
    let dated = |date: &'static str| {
        move |number: usize, document: &mut Value| {
            if number == 7 {
                document["year"] = date.into()
            }
        }
    };
    changed(&place, "human.jsonl", dated("2022-11-30"));
    assert_found(&place, LINT, &[]);
    changed(&place, "human.jsonl", dated("2022-12-01T00:00:00Z"));
    assert_found(&place, LINT, &[("warning", "late-human-text", "human")]);
    changed(&place, "human.jsonl", |number, document| {
        if number.is_multiple_of(10) {
            document["year"] = 1_680_000_000_000_i64.into()
        }
    });
    let report = assert_found(&place, LINT, &[("error", "late-human-text", "human")]);
    assert_eq!(number(&report, "/findings/0/n_documents"), N_HUMAN as f64 / 10.0 + 1.0);
    // The LLM's text may be as late as it likes; human text without a date is worth a note.
    let place = clean();
    changed(&place, "llm.jsonl", |_, document| document["year"] = "2024".into());
    assert_found(&place, LINT, &[]);
    changed(&place, "human.jsonl", dated("some time ago"));
    assert_found(&place, LINT, &[("note", "undated-human-text", "human")]);
}

#[test]
fn sources_that_are_too_small() {
    let place = clean();
    let mut writer = Writer::new(73);
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Llm, 10, "b")));
    assert_found(&place, LINT, &[("error", "too-small", "toy")]);
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Llm, 99, "b")));
    assert_found(&place, LINT, &[("warning", "small", "toy"), ("note", "few-documents", "toy")]);
}

#[test]
fn lengths_that_give_a_side_away() {
    let place = clean();
    // Every full stop but each third is gone: sentences three times as long.
    let longer = |text: &str| {
        let sentences: Vec<String> = text.split(". ").map(str::to_lowercase).collect();
        sentences.chunks(3).map(|three| three.join(" ") + ". Ba").collect::<String>()
    };
    rewritten(&place, "llm.jsonl", |_, text| longer(text));
    let report = place.line(&format!("{LINT} --output json")).json();
    let lengths: Vec<_> = found(&report).into_iter().filter(|(_, code, _)| code.ends_with("length")).collect();
    assert_eq!(lengths, [("error", "unit-length", "toy")], "{report:#}");
    // Documents four times as long, sentences as before.
    let place = clean();
    let mut writer = Writer::new(74);
    let mut long = writer.documents(Author::Llm, N_LLM, "b");
    long.iter_mut()
        .for_each(|document| (0..3).for_each(|_| document.text += &format!(" {}", writer.text(Author::Llm))));
    place.write("llm.jsonl", jsonl(&long));
    assert_found(&place, LINT, &[("warning", "document-length", "toy")]);
}

#[test]
fn characters_that_give_a_side_away() {
    let with = |file: &'static str, rewrite: fn(&str) -> String| {
        let place = clean();
        rewritten(&place, file, |_, text| rewrite(text));
        place
    };
    // The scores do not see commas: a warning, not an error.
    let report =
        assert_found(&with("human.jsonl", |text| text.replace("x ", "x, ")), LINT, &[("warning", "characters", "toy")]);
    let commas = &report["findings"][0]["examples"][0];
    assert_eq!((commas["text"].as_str(), commas["n"].as_u64(), number(commas, "/auc")), (Some("commas"), Some(0), 1.0));
    let report =
        assert_found(&with("llm.jsonl", |text| format!("“{text}”")), LINT, &[("warning", "characters", "toy")]);
    assert_eq!(report["findings"][0]["examples"][0]["text"], "curly quotes");
    // Lines and list items cut sentences.
    assert_found(&with("llm.jsonl", |text| text.replace(". ", ".\n\n")), LINT, &[("warning", "layout", "toy")]);
    // Without hyphens words run together; fewer of them are style.
    let place = clean();
    rewritten(&place, "human.jsonl", |_, text| text.replace("ax ", "ax-"));
    let characters = |place: &Place| {
        let report = place.line(&format!("{LINT} --output json")).json();
        let found = found(&report).into_iter().filter(|(_, code, _)| *code == "word-characters");
        found.map(|(severity, ..)| severity.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(characters(&place), ["error"]);
    let llm = place.read("llm.jsonl");
    rewritten(&place, "llm.jsonl", |_, text| text.replace("ax b", "ax-b").replace("ax d", "ax-d"));
    assert_eq!(characters(&place), ["note"]);
    // On both sides alike: no finding.
    place.write("llm.jsonl", llm);
    rewritten(&place, "llm.jsonl", |_, text| text.replace("ax ", "ax-"));
    assert_found(&place, LINT, &[]);
}

#[test]
fn ready_made_words_are_looked_at_too() {
    let place = clean();
    let as_words = |_: usize, document: &mut Value| {
        let sentences: Vec<Vec<String>> = text_of(document)
            .split(". ")
            .map(|sentence| sentence.trim_end_matches('.').to_lowercase().split(' ').map(str::to_owned).collect())
            .collect();
        document["text"] = sentences.into();
    };
    changed(&place, "llm.jsonl", as_words);
    assert_found(&place, LINT, &[("warning", "other-form", "toy")]);
    changed(&place, "human.jsonl", as_words);
    assert_found(&place, LINT, &[]);
    // Talk is found across the ends of units.
    changed(&place, "llm.jsonl", |number, document| {
        if number < 20 {
            let sentences = document["text"].as_array_mut().unwrap();
            sentences.insert(0, vec!["babex", "certainly"].into());
            sentences.insert(1, vec!["here", "is", "babex"].into());
        }
    });
    let report = place.line(&format!("{LINT} --output json")).json();
    assert!(found(&report).contains(&("error", "chat-talk", "toy")), "{report:#}");
}

#[test]
fn a_reference_is_compared_with_its_files() {
    let place = clean();
    place.write("llm.jsonl", jsonl(&Writer::new(77).documents(Author::Llm, N_HUMAN, "b")));
    place.line("fit --human human.jsonl --llm toy=llm.jsonl --hold-out 0.3 -o toy.json").ok();
    let with_reference = "reference lint toy.json --human human.jsonl --llm toy=llm.jsonl";
    let report = assert_found(&place, with_reference, &[]);
    assert_eq!(
        (report["reference"]["same_files"].as_bool(), report["reference"]["n_files_same"].as_u64()),
        (Some(true), Some(2))
    );
    let held_out = number(&report, "/sources/0/n_documents_held_out");
    assert!(held_out > 0.2 * N_HUMAN as f64 && held_out + number(&report, "/sources/0/n_documents") == N_HUMAN as f64);
    let card = serde_json::from_slice::<Value>(&place.read("toy.json")).unwrap();
    assert_eq!(number(&card, "/sources/0/n_units"), number(&report, "/sources/0/n_units"));
    assert!(place.line(with_reference).ok().contains("the files are those that it was fitted on (2)"));
    // Other columns than those of the fit.
    let other_split = format!("{with_reference} --split-by id");
    assert_eq!(found(&place.line(&format!("{other_split} --output json")).json())[0], ("warning", "other-split", ""));
    assert!(found(&place.line(&format!("{with_reference} --text-field id --output json")).json()).contains(&(
        "warning",
        "other-text",
        ""
    )));
    // The sides are swapped.
    let swapped = place.line("reference lint toy.json --human llm.jsonl --llm toy=human.jsonl --output json").json();
    assert!(found(&swapped).contains(&("error", "other-side", "")), "{swapped:#}");
    // Another file.
    rewritten(&place, "llm.jsonl", |_, text| text.to_owned() + " Babex gagex.");
    let report = place.line(&format!("{with_reference} --output json")).json();
    assert!(found(&report).contains(&("warning", "other-files", "")), "{report:#}");
    assert_eq!(
        (&report["reference"]["missing_files"][0], &report["reference"]["other_files"][0]),
        (&"llm.jsonl".into(), &"llm.jsonl".into())
    );
}

#[test]
fn groups_are_those_of_the_arguments_or_of_the_reference() {
    let place = Place::new();
    let mut writer = Writer::new(75);
    let human = writer.documents(Author::Human, N_HUMAN, "h");
    let [one, two] = ["one", "two"].map(|name| writer.documents(Author::Llm, N_LLM, name));
    place.write("all.jsonl", jsonl_by_maker(&[("human", &human), ("llm-1", &one), ("llm-2", &two)]));
    let sources = |line: &str| {
        let report =
            place.line(&format!("reference lint {line} --llm all.jsonl --source-field maker --output json")).json();
        let names =
            report["sources"].as_array().unwrap().iter().map(|source| source["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(sources(""), ["human", "llm-1", "llm-2"]);
    assert_eq!(sources("--group both=llm-*"), ["human", "both"]);
    place.line("fit --llm all.jsonl --source-field maker --group both=llm-* -o toy.json").ok();
    assert_eq!(sources("toy.json"), ["human", "both"]);
}

#[test]
fn strict_fails_on_errors_alone() {
    let place = clean();
    assert_eq!(place.line(&format!("{LINT} --strict")).code, 0);
    rewritten(
        &place,
        "llm.jsonl",
        |number, text| if number < 20 { format!("<think> {text}") } else { text.to_owned() },
    );
    assert_eq!(place.line(LINT).code, 0);
    let strict = place.line(&format!("{LINT} --strict"));
    assert_eq!((strict.code, strict.stderr.as_str()), (1, ""));
    // The report is there all the same, also in a file.
    assert!(strict.stdout.starts_with("1 error, 0 warnings, 0 notes\n\n"), "{}", strict.stdout);
    assert_eq!(place.line(&format!("{LINT} --strict -o lint.txt")).code, 1);
    assert_eq!(place.read("lint.txt"), strict.stdout.as_bytes());
    // Not to be able to do it is another matter.
    assert_eq!(place.line("reference lint --human human.jsonl --llm toy=nothing.jsonl --strict").code, 2);
    let help = place.line("reference lint --help").ok();
    assert!(help.contains("Exit with 1 if a finding is an error") && help.contains("Exit codes: 0 done"), "{help}");
}

#[test]
fn the_table_says_what_where_how_much_and_what_to_do() {
    let place = clean();
    rewritten(&place, "llm.jsonl", |_, text| text.replace("x. ", "x zux. "));
    rewritten(
        &place,
        "llm.jsonl",
        |number, text| if number < 20 { format!("Sure, here's a {text}") } else { text.to_owned() },
    );
    let table = place.line(LINT).ok();
    assert!(table.starts_with("2 errors, 0 warnings, 0 notes\n\nsource  "), "{table}");
    for heading in ["Findings:\nseverity  ", "Strongest examples:\nfinding  "] {
        assert!(table.contains(&format!("\n\n{heading}")), "no {heading:?} in:\n{table}");
    }
    let line_of = |start: &[&str]| {
        let line = table.lines().find(|line| cells(line).starts_with(start));
        cells(line.unwrap_or_else(|| panic!("no {start:?} in:\n{table}")))
    };
    assert_eq!(line_of(&["error", "chat-talk"])[2..4], ["toy", "20"]);
    assert!(line_of(&["error", "word-alone"])[4].contains("\"zux\" in "));
    assert_eq!(line_of(&["chat-talk", "toy"])[2..4], ["sure here's", "10.00 % of documents"]);
    assert!(line_of(&["word-alone", "toy"]).last().unwrap().starts_with("log odds "));
    assert!(table.contains("\n\nWhat to do:\nchat-talk   cut these passages out"), "{table}");
    assert!(table.contains("\nword-alone  a word this strong is rarely style"), "{table}");
    let markdown = place.line(&format!("{LINT} --output markdown")).ok();
    let findings = "\nFindings:\n\n| severity | finding | source | documents | what |\n\
                    | :-- | :-- | :-- | --: | :-- |\n| error |";
    assert!(markdown.contains(findings), "{markdown}");
    assert!(markdown.contains("\n### What to do\n\n- chat-talk: cut these passages out"), "{markdown}");
}

#[test]
fn the_order_of_files_and_threads_changes_nothing() {
    let place = clean();
    let mut writer = Writer::new(76);
    place.write("more.jsonl", jsonl(&writer.documents(Author::Human, 50, "m")));
    rewritten(
        &place,
        "llm.jsonl",
        |number, text| if number < 20 { format!("Sure, here's a {text}") } else { text.to_owned() },
    );
    let report = |human: &str, threads: u8| {
        let line = format!("reference lint --human {human} --llm toy=llm.jsonl --output json --threads {threads}");
        place.line(&line).ok()
    };
    assert_eq!(report("human.jsonl more.jsonl", 1), report("more.jsonl human.jsonl", 2));
}
