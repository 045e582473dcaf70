//! `check`: every exit code, and what it prints and writes.

use super::*;

/// Options that every check here has.
const TOY: &str = "--reference toy.json";

/// 150 documents of each of four years, of which this share is by the LLM.
fn by_year(shares: [(&str, f64, usize); 4]) -> String {
    let mut writer = Writer::new(77);
    let mut all = Vec::new();
    for (year, alpha, n) in shares {
        let mut documents = writer.mixture(alpha, n, year);
        documents.iter_mut().for_each(|document| document.year = Some(year.to_owned()));
        all.extend(documents);
    }
    jsonl(&all)
}

/// A folder with a reference, `clean.jsonl`, `mixed.jsonl` (30 % by the LLM), `small.jsonl` and `years.jsonl`.
fn place() -> Place {
    let place = fitted();
    place.write("clean.jsonl", jsonl(&Writer::new(70).documents(Author::Human, 150, "c")));
    place.write("mixed.jsonl", jsonl(&Writer::new(71).mixture(0.3, 150, "m")));
    place.write("small.jsonl", jsonl(&Writer::new(72).documents(Author::Human, 12, "s")));
    place.write(
        "years.jsonl",
        by_year([("2020", 0.0, 150), ("2021", 0.5, 150), ("2022", 0.22, 150), ("2023", 0.0, 12)]),
    );
    place
}

fn check(place: &Place, rest: &str) -> Run {
    place.line(&format!("check {TOY} {rest}"))
}

/// The JSON, whatever the exit code.
fn json(place: &Place, rest: &str) -> Value {
    let run = check(place, &format!("{rest} --output json"));
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr))
}

/// Runs with these variables set.
fn with_variables(place: &Place, variables: &[(&str, &str)], line: &str) -> Run {
    run_with(place.0.path(), &line.split_whitespace().collect::<Vec<_>>(), b"", variables)
}

#[test]
fn exit_code_0_where_the_interval_ends_below_the_maximum() {
    let run = check(&place(), "clean.jsonl --max 0.2");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "pass: the LLM share of this batch is at most 20 %");
    assert!(lines[1].starts_with("- LLM share ") && lines[1].ends_with(" %): at most 20 %"), "{}", run.stdout);
    assert!(lines[2].starts_with("LLM share of sentences; reference \"toy\" ("), "{}", run.stdout);
    assert!(lines[3].starts_with("Interval: clustered by document"), "{}", run.stdout);
    assert_eq!(lines[4..], ["Text from the column \"text\""], "{}", run.stdout);
}

#[test]
fn exit_code_1_where_it_begins_above() {
    let run = check(&place(), "mixed.jsonl --max 0.1");
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.starts_with("fail: the LLM share of this batch is above 10 %\n- LLM share "), "{}", run.stdout);
}

#[test]
fn exit_code_2_where_it_cannot_be_done() {
    let place = place();
    place.write("empty.jsonl", "");
    place.write("blank.jsonl", "{\"text\": \"\"}\n{\"text\": \" \"}\n");
    for (rest, part) in [
        ("clean.jsonl", "nothing to check: no limit is given [--max 0.2"),
        ("clean.jsonl --max 1.5", "a share is from 0 to 1"),
        ("clean.jsonl --max nan", "a share is from 0 to 1"),
        ("--max 0.2", "<INPUT>"),
        ("nothing.jsonl --max 0.2", "no such file"),
        ("empty.jsonl --max 0.2", "empty file"),
        ("blank.jsonl --max 0.2", "no document with text in the input (2 without any), so there is nothing to judge ["),
        ("- --max 0.2", "standard input: empty file"),
        ("clean.jsonl --max 0.2 --by nothing", "nothing"),
        (
            "clean.jsonl --max 0.2 --min-units 20",
            "min_units = 20: an estimate needs at least 50 units [give 50 or more]",
        ),
        ("clean.jsonl --max 0.2 --min-documents 0", "min_documents = 0"),
        ("clean.jsonl --max-increase 0.05", "needs a baseline"),
        ("clean.jsonl --max 0.2 --baseline clean.jsonl", "has no effect without a maximum increase"),
        (
            "clean.jsonl --max-increase 0.05 --baseline nothing.json",
            "nothing.json: cannot read the baseline: there is no such file [",
        ),
        ("clean.jsonl --max-increase 0.05 --baseline clean.jsonl", "clean.jsonl, the baseline: not JSON"),
        (
            "clean.jsonl --max-increase 0.05 --baseline toy.json",
            "toy.json, the baseline: not a result of `check` or `estimate`",
        ),
        (
            "clean.jsonl --max 0.2 --policy nothing.toml",
            "nothing.toml: cannot read the policy file: there is no such file [",
        ),
        ("clean.jsonl --max 0.2 --junit no/folder/check.xml", "no/folder/check.xml: there is no folder no/folder"),
    ] {
        refused(&place, &format!("check {TOY} {rest}"), &[part]);
    }
}

#[test]
fn exit_code_3_where_inconclusive_is_asked_to_be_told() {
    let place = place();
    for (choice, code, warning) in [
        ("", 0, "warning: inconclusive, but the exit code is 0 [--inconclusive fail makes it 3]\n"),
        ("--inconclusive warn", 0, "warning: inconclusive, but the exit code is 0 [--inconclusive fail makes it 3]\n"),
        ("--inconclusive pass", 0, ""),
        ("--inconclusive fail", 3, ""),
    ] {
        let run = check(&place, &format!("mixed.jsonl --max 0.3 {choice}"));
        assert_eq!((run.code, run.stderr.as_str()), (code, warning), "{choice}");
        // However it is taken, it is not called a pass.
        assert!(
            run.stdout.starts_with("inconclusive: the LLM share of this batch cannot be distinguished from 30 %\n"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn too_small_is_inconclusive_and_says_how_many_more() {
    let place = place();
    let run = check(&place, "small.jsonl --max 1 --inconclusive fail");
    assert_eq!(run.code, 3, "{}", run.stdout);
    let headline = "inconclusive: the LLM share of this batch cannot be judged: too little text\n";
    assert!(run.stdout.starts_with(headline), "{}", run.stdout);
    let found = json(&place, "small.jsonl --max 1");
    let group = &found["groups"][0];
    let n_units = group["n_units"].as_u64().unwrap();
    assert!(n_units < 200, "{n_units}");
    assert_eq!(group["needed"], serde_json::json!({"documents": 18, "units": 200 - n_units}));
    let expected = format!(
        "- too small to judge: 12 documents and {n_units} sentences; it needs 18 documents and {} sentences more\n",
        200 - n_units
    );
    assert!(run.stdout.contains(&expected), "{}", run.stdout);
    assert_eq!((&found["verdict"], &group["reasons"][0]["code"]), (&"inconclusive".into(), &"too-small".into()));
    // With smaller demands it is judged; of 150 documents more can be asked.
    assert_eq!(check(&place, "small.jsonl --max 1 --min-documents 12 --min-units 50").code, 0);
    let more = check(&place, "clean.jsonl --max 1 --min-documents 151");
    assert!(
        more.stdout.contains("150 documents and ") && more.stdout.contains("; it needs 1 document more\n"),
        "{}",
        more.stdout
    );
    // Too small even for an estimate: the same verdict, not an error.
    place.write("two.jsonl", jsonl(&Writer::new(72).documents(Author::Human, 2, "s")));
    let run = check(&place, "two.jsonl --max 1 --inconclusive fail");
    assert_eq!((run.code, run.stderr.as_str()), (3, ""));
}

#[test]
fn groups_are_judged_each_and_their_intervals_hold_together() {
    let place = place();
    let run = check(&place, "years.jsonl --by year --max 0.2");
    assert_eq!(run.code, 1, "{}", run.stdout);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "fail: the LLM share of 1 of 4 groups is above 20 %");
    assert!(lines[1].starts_with("- 2021: LLM share ") && lines[1].contains("(98.33 % interval "), "{}", run.stdout);
    assert!(
        lines[2].starts_with("- 2022: ") && lines[2].ends_with(": cannot be distinguished from 20 %"),
        "{}",
        run.stdout
    );
    assert!(lines[3].starts_with("- 2023: too small to judge: 12 documents"), "{}", run.stdout);
    assert_eq!(lines[4], "- 1 of 4 groups passes");
    assert_eq!(
        lines[5],
        "Corrected for 3 intervals: 98.33 % each, so that all of them are right together in at least 95 % of checks"
    );
    let found = json(&place, "years.jsonl --by year --max 0.2");
    assert_eq!((&found["n_intervals"], &found["level"]), (&3.into(), &0.95.into()));
    assert!((number(&found, "/level_each") - (1.0 - 0.05 / 3.0)).abs() < 1e-12);
    let verdicts: Vec<&str> =
        found["groups"].as_array().unwrap().iter().map(|group| group["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["pass", "fail", "inconclusive", "inconclusive"]);
    // The interval that decides is the one that an estimate at this level has.
    let level = (1.0 - 0.05 / 3.0).to_string();
    let whole = estimate(&place, &format!("years.jsonl --by year --level {level}"));
    for place in 0..3 {
        assert_eq!(found["groups"][place]["interval"], whole["estimates"][place]["interval"], "{place}");
    }
    // One group alone has the level that was asked for.
    assert_eq!(number(&json(&place, "clean.jsonl --max 0.2 --level 0.9"), "/level_each"), 0.9);
}

#[test]
fn json_has_what_the_summary_says_and_more() {
    let found = json(&place(), "mixed.jsonl --max 0.1 --power");
    for key in [
        "schema_version",
        "tool",
        "verdict",
        "on_inconclusive",
        "unit",
        "level",
        "n_intervals",
        "level_each",
        "calibration",
        "reference",
        "input",
        "control",
        "policy",
        "groups",
        "warnings",
    ] {
        assert!(keys(&found).contains(&key), "no {key}: {found}");
    }
    let group = &found["groups"][0];
    for key in [
        "verdict",
        "reasons",
        "needed",
        "exemption",
        "baseline",
        "increase",
        "power",
        "group",
        "n_documents",
        "n_units",
        "alpha",
        "interval",
        "misfit",
        "warnings",
    ] {
        assert!(keys(group).contains(&key), "no {key}: {group}");
    }
    assert_eq!(
        (&found["schema_version"], &found["verdict"], &group["reasons"][0]["code"]),
        (&1.into(), &"fail".into(), &"above-max".into())
    );
    assert_eq!(found["policy"]["max"], serde_json::json!({"value": 0.1, "source": "flag"}));
    assert!(number(group, "/interval/lower") > 0.1);
    assert_eq!(number(group, "/power/probability"), 0.8);
    assert!((0.1..0.3).contains(&number(group, "/power/share")), "{}", group["power"]);
}

#[test]
fn power_rises_with_the_size_and_is_only_told_where_something_is_judged() {
    let place = place();
    place.write("large.jsonl", jsonl(&Writer::new(73).documents(Author::Human, 600, "l")));
    let share = |file: &str| number(&json(&place, &format!("{file} --max 0.1 --power")), "/groups/0/power/share");
    let (small, large) = (share("clean.jsonl"), share("large.jsonl"));
    assert!(0.1 < large && large < small && small < 0.35, "{small} {large}");
    assert!(json(&place, "small.jsonl --max 0.1 --power")["groups"][0]["power"].is_null());
    assert!(json(&place, "clean.jsonl --max 0.1")["groups"][0]["power"].is_null());
    let run = check(&place, "clean.jsonl --max 1 --power");
    assert!(
        run.stdout.contains("- in this much text no share would be noticed with 80 % probability\n"),
        "{}",
        run.stdout
    );
    let run = check(&place, "clean.jsonl --max 0.1 --power");
    let said = run.stdout.lines().nth(2).unwrap();
    assert!(
        said.starts_with("- in this much text a share of ")
            && said.contains(" % would be noticed with 80 % probability"),
        "{said}"
    );
}

#[test]
fn markdown_has_a_row_for_every_group() {
    let text = check(&place(), "years.jsonl --by year --max 0.2 --output markdown").stdout;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..4],
        ["## Check of the LLM share", "", "**fail: the LLM share of 1 of 4 groups is above 20 %**", ""]
    );
    // What does not pass is said first; the table has all.
    assert!(lines[4].starts_with("- 2021: LLM share ") && lines[7] == "- 1 of 4 groups passes", "{text}");
    assert!(lines[9].starts_with("Corrected for 3 intervals: 98.33 % each"), "{text}");
    assert_eq!(lines[10..13], ["", "All groups:", ""]);
    assert_eq!(lines[13], "| group | verdict | documents | sentences | LLM share | 98.33 % interval | why |");
    assert_eq!(lines[19..22], ["", "### The command", ""]);
    assert_eq!(lines.len(), 23, "{text}");
    for (line, begin) in lines[15..].iter().zip([
        "| 2020 | pass | 150 |",
        "| 2021 | fail | 150 |",
        "| 2022 | inconclusive | 150 |",
        "| 2023 | inconclusive | 12 |",
    ]) {
        assert!(line.starts_with(begin), "{line}");
    }
}

#[test]
fn junit_has_a_case_for_every_group_and_none_that_is_not_a_pass_passes() {
    let place = place();
    let cases = |rest: &str| {
        check(&place, &format!("years.jsonl --by year --max 0.2 --junit check.xml {rest}"));
        String::from_utf8(place.read("check.xml")).unwrap()
    };
    let xml = cases("");
    assert!(
        xml.contains(
            "<testsuites name=\"llm-prevalence check\" tests=\"4\" skipped=\"2\" failures=\"1\" errors=\"0\">"
        ),
        "{xml}"
    );
    for part in [
        "<testcase name=\"2020\" classname=\"llm-prevalence\">",
        "<failure message=\"fail: LLM share ",
        "<skipped message=\"inconclusive: too small to judge: 12 documents",
    ] {
        assert!(xml.contains(part), "no {part}: {xml}");
    }
    assert!(!xml.contains("timestamp") && !xml.contains(" time="), "{xml}");
    let strict = cases("--inconclusive fail");
    assert!(strict.contains("tests=\"4\" skipped=\"0\" failures=\"1\" errors=\"2\""), "{strict}");
    assert!(strict.contains("<error message=\"inconclusive: "), "{strict}");
}

#[test]
fn github_gets_annotations_a_summary_and_outputs() {
    let place = place();
    place.write("summary.md", "before\n");
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "summary.md"), ("GITHUB_OUTPUT", "outputs")];
    let line = format!("check {TOY} years.jsonl --by year --max 0.2");
    let run = with_variables(&place, &variables, &line);
    assert_eq!(run.code, 1);
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("::")).collect();
    assert!(commands[0].starts_with("::error title=LLM share above what is allowed::2021: LLM share "), "{commands:?}");
    assert!(commands[1].starts_with("::warning title=LLM share inconclusive::2022: LLM share "), "{commands:?}");
    assert!(commands[2].starts_with("::warning title=LLM share inconclusive::2023: too small"), "{commands:?}");
    assert_eq!(commands.len(), 3);
    // A bare per cent sign would be read as an escape.
    assert!(
        commands[0].contains(" %25 of sentences (98.33 %25 interval ") && !commands[0].replace("%25", "").contains('%'),
        "{commands:?}"
    );
    let summary = String::from_utf8(place.read("summary.md")).unwrap();
    let start = "before\n## Check of the LLM share\n\n**fail: the LLM share of 1 of 4 groups is above 20 %**\n";
    assert!(summary.starts_with(start), "{summary}");
    with_variables(&place, &variables, &line);
    assert_eq!(String::from_utf8(place.read("summary.md")).unwrap().matches("## Check of the LLM share\n").count(), 2);
    let outputs = String::from_utf8(place.read("outputs")).unwrap();
    let largest = number(&json(&place, "years.jsonl --by year --max 0.2"), "/groups/1/alpha");
    assert_eq!(outputs, format!("verdict=fail\nalpha={largest}\n").repeat(2));
    // Without GITHUB_ACTIONS no annotations, and where the result is JSON they do not disturb it.
    assert!(!check(&place, "years.jsonl --by year --max 0.2").stdout.contains("::error"));
    let run = with_variables(&place, &[("GITHUB_ACTIONS", "true")], &format!("{line} --output json"));
    assert!(serde_json::from_str::<Value>(&run.stdout).is_ok() && run.stderr.starts_with("::error "), "{}", run.stderr);
    let silent = with_variables(
        &place,
        &[("GITHUB_ACTIONS", "true")],
        &format!("check {TOY} small.jsonl --max 0.2 --inconclusive pass"),
    );
    assert!(!silent.stdout.contains("::warning"), "{}", silent.stdout);
    let run =
        with_variables(&place, &[("GITHUB_STEP_SUMMARY", "no/folder")], &format!("check {TOY} clean.jsonl --max 0.2"));
    assert_refused(&run, &["no/folder: cannot append", "[check GITHUB_STEP_SUMMARY, which names it]"]);
}

#[test]
fn names_from_the_data_give_no_commands_to_github_or_the_terminal() {
    let place = place();
    let mut documents = Writer::new(74).mixture(0.5, 150, "m");
    documents.iter_mut().for_each(|document| document.year = Some("a\n::error::b\u{1b}[31m,%|<b>".to_owned()));
    place.write("odd.jsonl", jsonl(&documents));
    let line = format!("check {TOY} odd.jsonl --by year --max 0.2 --junit check.xml");
    let run = with_variables(&place, &[("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "s.md")], &line);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.stdout.lines().filter(|line| line.trim_start().starts_with("::")).count(), 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("a%0A::error::b") && !run.stdout.lines().next().unwrap().contains('\u{1b}'),
        "{}",
        run.stdout
    );
    let summary = String::from_utf8(place.read("s.md")).unwrap();
    assert!(summary.contains("| a ::error::b [31m,%\\|&lt;b> | fail |"), "{summary}");
    assert!(String::from_utf8(place.read("check.xml")).unwrap().contains("&lt;b&gt;"));
}

#[test]
fn many_failing_groups_are_summed_up_in_the_last_annotation() {
    let place = place();
    let mut documents = Writer::new(75).documents(Author::Llm, 12 * 40, "m");
    for (number, document) in documents.iter_mut().enumerate() {
        document.year = Some((number % 12).to_string());
    }
    place.write("many.jsonl", jsonl(&documents));
    let run =
        with_variables(&place, &[("GITHUB_ACTIONS", "true")], &format!("check {TOY} many.jsonl --by year --max 0.2"));
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("::error")).collect();
    assert_eq!(commands.len(), 10, "{}", run.stdout);
    assert_eq!(commands[9], "::error title=LLM share above what is allowed::3 more groups");
}

#[test]
fn standard_input_is_a_batch_like_any_other() {
    let place = place();
    let arguments = ["check", "-", "--max", "0.1", "--reference", "toy.json"];
    let piped = place.run_with_input(&arguments, &place.read("mixed.jsonl"));
    assert_eq!((piped.code, &piped.stdout), (1, &check(&place, "mixed.jsonl --max 0.1").stdout));
    // And so is a score table of it.
    place.line("score mixed.jsonl --reference toy.json -o t.parquet").ok();
    let from_text = piped.stdout.replace("Text from the column \"text\"\n", "");
    assert_eq!(check(&place, "t.parquet --max 0.1").stdout, from_text);
}

#[test]
fn colours_are_for_those_who_ask() {
    let place = place();
    assert!(
        check(&place, "clean.jsonl --max 0.2 --color always").stdout.starts_with("\u{1b}[1m\u{1b}[32mpass\u{1b}[0m: ")
    );
    for options in ["", "--color never", "--color auto"] {
        assert!(!check(&place, &format!("clean.jsonl --max 0.2 {options}")).stdout.contains('\u{1b}'), "{options}");
    }
}

#[test]
fn the_same_bytes_at_any_number_of_threads() {
    let place = place();
    let one = check(&place, "years.jsonl --by year --max 0.2 --power --output json --threads 1");
    let two = check(&place, "years.jsonl --by year --max 0.2 --power --output json --threads 3");
    assert_eq!(one, two);
}

#[test]
fn words_are_of_the_batch_and_accuse_nobody() {
    let place = place();
    let texts = [
        check(&place, "mixed.jsonl --max 0.1").stdout,
        check(&place, "years.jsonl --by year --max 0.2 --output markdown").stdout,
        place.line("check --help").ok(),
    ];
    for text in texts {
        for word in ["detected", "cheat", "author", "suspic", "guilty", "violat", "AI-generated"] {
            assert!(!text.contains(word), "{word} in: {text}");
        }
    }
}
