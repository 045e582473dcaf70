//! `check`: the policy file, the baseline, exemptions, the control and misfit.

use super::*;

const TOY: &str = "--reference toy.json";

fn place() -> Place {
    let place = fitted();
    place.write("clean.jsonl", jsonl(&Writer::new(70).documents(Author::Human, 150, "c")));
    place.write("mixed.jsonl", jsonl(&Writer::new(71).mixture(0.3, 150, "m")));
    place
}

/// A folder as that of `place`, with 150 documents each of 2021 (half by the LLM) and 2022 (none).
fn two_years() -> Place {
    let place = place();
    let mut writer = Writer::new(76);
    let mut half = writer.mixture(0.5, 150, "h");
    half.iter_mut().for_each(|document| document.year = Some("2021".to_owned()));
    let mut none = writer.documents(Author::Human, 150, "n");
    none.iter_mut().for_each(|document| document.year = Some("2022".to_owned()));
    place.write("years.jsonl", jsonl(&[half, none].concat()));
    place
}

fn json(run: Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr))
}

/// Key, value and source of the table of --show-policy.
fn policy(text: &str) -> BTreeMap<String, (String, String)> {
    let row = |line: &str| {
        let cells = cells(line);
        (cells[0].to_owned(), (cells[1].to_owned(), cells[2].to_owned()))
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn flags_win_over_the_file_and_the_file_over_defaults() {
    let place = place();
    place.write(
        "llm-prevalence.toml",
        "max = 0.3\nlevel = 0.9\nmin_documents = 20\nreference = \"toy.json\"\nby = \"year\"\n",
    );
    let found = policy(&place.line("check --show-policy --max 0.25 --min-units 300").ok());
    let of = |key: &str| (found[key].0.as_str(), found[key].1.as_str());
    assert_eq!(of("max"), ("0.25", "flag"));
    assert_eq!(of("min_units"), ("300", "flag"));
    assert_eq!(of("level"), ("0.9", "llm-prevalence.toml"));
    assert_eq!(of("min_documents"), ("20", "llm-prevalence.toml"));
    assert_eq!(of("reference"), ("toy.json", "llm-prevalence.toml"));
    assert_eq!(of("by"), ("year", "llm-prevalence.toml"));
    assert_eq!(of("inconclusive"), ("warn", "default"));
    assert_eq!(of("misfit"), ("inconclusive", "default"));
    // A flag that says what the default is wins all the same.
    let given = policy(&place.line("check --show-policy --level 0.95").ok());
    assert_eq!(given["level"], ("0.95".to_owned(), "flag".to_owned()));
    let as_json = json(place.line("check --show-policy --output json"));
    assert_eq!(as_json["level"], serde_json::json!({"value": 0.9, "source": "llm-prevalence.toml"}));
    // It is in force, and other commands do not read it.
    let checked = json(place.line("check clean.jsonl --output json"));
    assert_eq!((&checked["level"], &checked["n_intervals"]), (&0.9.into(), &4.into()));
    assert_eq!(place.line("estimate clean.jsonl --reference toy.json --output json").json()["level"], 0.95);
    let without = policy(&place.line("check --show-policy --no-policy").ok());
    assert!(without.values().all(|(_, source)| source == "default"), "{without:?}");
}

#[test]
fn the_file_is_found_upwards_and_its_paths_are_its_own() {
    let place = place();
    place.write("llm-prevalence.toml", "max = 0.1\nreference = \"toy.json\"\ncontrol = [\"human.jsonl\"]\n");
    place.write("inner/most/batch.jsonl", place.read("mixed.jsonl"));
    let inner = place.path("inner/most");
    let run = |line: &str| crate::common::run_with_input(&inner, &line.split_whitespace().collect::<Vec<_>>(), b"");
    let found = policy(&run("check --show-policy").stdout);
    assert_eq!(found["max"].1, "../../llm-prevalence.toml");
    assert_eq!(found["reference"].0, "../../toy.json");
    assert_eq!(found["control"].0, "../../human.jsonl");
    let checked = run("check batch.jsonl");
    assert_eq!(checked.code, 1, "{}{}", checked.stdout, checked.stderr);
    assert!(checked.stdout.contains("Control: 300 documents (human.jsonl)"), "{}", checked.stdout);
    assert!(checked.stdout.ends_with("\nPolicy: ../../llm-prevalence.toml\n"), "{}", checked.stdout);
    // The nearest one is taken, and one that is named is taken wherever it is.
    place.write("inner/llm-prevalence.toml", "max = 0.9\nreference = \"../toy.json\"\n");
    assert_eq!(run("check batch.jsonl").code, 0);
    assert_eq!(run("check batch.jsonl --policy ../../llm-prevalence.toml").code, 1);
    // A flag for the other kind of control puts out the file's.
    let other =
        policy(&run("check --show-policy --policy ../../llm-prevalence.toml --control-before 2022-11-30").stdout);
    assert_eq!((other["control"].0.as_str(), other["control_before"].0.as_str()), ("-", "2022-11-30"));
}

#[test]
fn what_is_wrong_in_the_file_is_named_with_its_line() {
    let place = place();
    for (text, part) in [
        ("max = 0.2\nmaximum = 0.3\n", "llm-prevalence.toml:2:1: there is no key `maximum`; the keys here are max, "),
        ("max = 1.5\n", "llm-prevalence.toml:1:7: 1.5: a share is from 0 to 1, such as 0.25"),
        ("max = \"0.2\"\n", "llm-prevalence.toml:1:7: max is the text \"0.2\"; write a number: max = 0.2 ["),
        ("level = 1\n", "llm-prevalence.toml:1:9: 1: a level is from 0.5 to below 1"),
        (
            "max = 0.2\ninconclusive = \"maybe\"\n",
            "llm-prevalence.toml:2:16: inconclusive is \"maybe\"; write \"pass\", \"warn\" or \"fail\" [",
        ),
        ("max = \n", "llm-prevalence.toml:1:"),
        ("by = 3\n", "llm-prevalence.toml:1:6: by is not a string or a list of strings"),
        ("min_documents = -1\n", "llm-prevalence.toml:1:17: min_documents is -1; write a whole number: "),
        ("inconclusive = fail\n", "llm-prevalence.toml:1:16: inconclusive is a word without quotation marks"),
        ("misfit = 1\n", "llm-prevalence.toml:1:10: misfit is no text; write one in quotation marks"),
        (
            "max_increase = 0.1\nbaseline = \"last.json\"\n",
            "last.json: cannot read the baseline of llm-prevalence.toml: there is no such file [correct the path; in",
        ),
        ("max = 0.2\nmin_units = 3\n", "min_units = 3: an estimate needs at least 50 units"),
        (
            "[[exempt]]\ngroup = { year = 2021 }\nreason = \"old\"\n",
            "llm-prevalence.toml:1:1: the key `until` is missing",
        ),
        (
            "[[exempt]]\ngroup = { year = 2021 }\nuntil = \"soon\"\nreason = \"old\"\n",
            "llm-prevalence.toml:3:9: soon: not a date [write it as 2026-12-31]",
        ),
        (
            "max = 0.2\n[[exempt]]\ngroup = { }\nuntil = 2030-01-31\nreason = \"old\"\n",
            "an exemption until 2030-01-31 names no group",
        ),
        (
            "control = \"a\"\ncontrol_before = 2022-11-30\n",
            "control and control_before cannot be used together [keep one]",
        ),
    ] {
        place.write("llm-prevalence.toml", text);
        refused(&place, "check clean.jsonl --reference toy.json", &[part]);
    }
}

#[test]
fn an_exempt_group_is_listed_until_its_end_date() {
    let place = two_years();
    place.write(
        "llm-prevalence.toml",
        "max = 0.2\nby = [\"year\"]\nreference = \"toy.json\"\n\n[[exempt]]\ngroup = { year = 2021 }\nuntil = 2026-06-30\nreason = \"imported archive\"\n",
    );
    let on = |day: &str| place.line(&format!("check years.jsonl --today {day} --junit check.xml"));
    let last = on("2026-06-30");
    assert_eq!(last.code, 0, "{}", last.stdout);
    assert!(
        last.stdout.starts_with("pass: the LLM share of every group that is not exempt is at most 20 %\n"),
        "{}",
        last.stdout
    );
    assert!(last.stdout.contains("- 2021: exempt until 2026-06-30: imported archive\n"), "{}", last.stdout);
    assert!(String::from_utf8(place.read("check.xml")).unwrap().contains("<skipped message=\"exempt: exempt until"));
    let found = json(place.line("check years.jsonl --today 2026-06-30 --output json"));
    // It is not judged, so that the other group has the level to itself.
    assert_eq!((&found["groups"][0]["verdict"], &found["n_intervals"]), (&Value::Null, &1.into()));
    assert_eq!(found["groups"][0]["exemption"]["until"], "2026-06-30");
    let after = on("2026-07-01");
    assert_eq!(after.code, 1, "{}", after.stdout);
    assert!(
        after.stdout.contains("! the exemption of year 2021 ended on 2026-06-30 and no longer holds ["),
        "{}",
        after.stdout
    );
    // The clock can be set from outside: 1,767,225,600 seconds are the first of January 2026.
    let run = run_with(place.0.path(), &["check", "years.jsonl"], b"", &[("SOURCE_DATE_EPOCH", "1767225600")]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let run = run_with(place.0.path(), &["check", "years.jsonl"], b"", &[("SOURCE_DATE_EPOCH", "soon")]);
    assert_refused(&run, &["SOURCE_DATE_EPOCH=soon"]);
    // An exemption for a column that is not grouped by holds for nothing, and says so.
    let other = place.line("check years.jsonl --today 2026-01-01 --by paper --max 1");
    assert!(other.stdout.contains("! the exemption of year 2021 applies to no group"), "{}", other.stdout);
}

#[test]
fn an_exemption_of_a_value_that_no_group_has_is_noticed() {
    let place = two_years();
    place.write(
        "llm-prevalence.toml",
        "max = 1\nby = [\"year\"]\nreference = \"toy.json\"\n[[exempt]]\ngroup = { year = 21 }\nuntil = 2026-06-30\nreason = \"a\"\n",
    );
    let run = place.line("check years.jsonl --today 2026-01-01");
    let warning =
        "! the exemption of year 21 applies to no group; groups here: 2021, 2022 [write the value as the data do]";
    assert!(run.stdout.contains(warning), "{}", run.stdout);
}

#[test]
fn where_all_groups_are_exempt_nothing_passes() {
    let place = two_years();
    place.write(
        "llm-prevalence.toml",
        "max = 0.2\nby = [\"year\"]\nreference = \"toy.json\"\n[[exempt]]\ngroup = { year = \"2021\" }\nuntil = \"2026-06-30\"\nreason = \"a\"\n[[exempt]]\ngroup = { year = 2022 }\nuntil = 2026-06-30\nreason = \"b\"\n",
    );
    let run = place.line("check years.jsonl --today 2026-01-01 --inconclusive fail");
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(
        run.stdout.starts_with("inconclusive: nothing was judged, because every group is exempt\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_increase_over_a_baseline_is_judged_by_its_own_interval() {
    let place = two_years();
    let judge = |input: &str, rest: &str| place.line(&format!("check {TOY} {input} --max-increase 0.05 {rest}"));
    place.line(&format!("check {TOY} clean.jsonl --max 0.5 --output json -o clean.json")).ok();
    place.line(&format!("estimate {TOY} mixed.jsonl --output json -o mixed.json")).ok();
    let same = judge("clean.jsonl", "--baseline clean.json");
    assert_eq!(same.code, 0, "{}{}", same.stdout, same.stderr);
    assert!(
        same.stdout.starts_with(
            "pass: the LLM share of this batch has risen by at most 5 points\n- +0.00 points on the baseline's "
        ),
        "{}",
        same.stdout
    );
    let risen = judge("mixed.jsonl", "--baseline clean.json");
    assert_eq!(risen.code, 1, "{}", risen.stdout);
    assert!(
        risen.stdout.starts_with("fail: the LLM share of this batch has risen by more than 5 points\n- +"),
        "{}",
        risen.stdout
    );
    assert_eq!(judge("clean.jsonl", "--baseline mixed.json").code, 0);
    // Twice the same text: the difference is 0, and its interval reaches further than 5 points.
    let unsure = judge("mixed.jsonl", "--baseline mixed.json --inconclusive fail");
    assert_eq!(unsure.code, 3, "{}", unsure.stdout);
    // Two limits are two intervals.
    let both = json(judge("mixed.jsonl", "--max 0.9 --baseline clean.json --output json"));
    assert_eq!((&both["n_intervals"], &both["level_each"]), (&2.into(), &0.975.into()));
    let codes: Vec<&str> = both["groups"][0]["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| reason["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["within-max", "above-increase"]);
    let increase = |path: &str| number(&both, &format!("/groups/0/increase/{path}"));
    assert!(
        increase("interval/lower") < increase("difference") && increase("difference") < increase("interval/upper"),
        "{both}"
    );
}

#[test]
fn groups_are_matched_and_what_is_missing_is_said() {
    let place = two_years();
    place.line(&format!("check {TOY} years.jsonl --by year --max 0.9 --output json -o both.json")).ok();
    let lines = String::from_utf8(place.read("years.jsonl")).unwrap();
    let of_2022: String =
        lines.lines().filter(|line| line.contains("\"2022\"")).map(|line| format!("{line}\n")).collect();
    place.write("later.jsonl", of_2022.clone() + &of_2022.replace("\"2022\"", "\"2023\""));
    let run = place.line(&format!(
        "check {TOY} later.jsonl --by year --max-increase 0.1 --baseline both.json --inconclusive fail"
    ));
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(
        run.stdout.contains("- 2023: the baseline has no estimate of this group to compare with\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("- 1 of 2 groups passes\n"), "{}", run.stdout);
    assert!(run.stdout.contains("! in the baseline, but not in this input: 2021\n"), "{}", run.stdout);
}

#[test]
fn a_baseline_made_with_something_else_is_refused() {
    let place = two_years();
    place.line(&format!("estimate {TOY} clean.jsonl --output json -o base.json")).ok();
    place.line("fit --human human.jsonl --llm toy=llm.jsonl --seed 5 -o other.json").ok();
    let check = "clean.jsonl --max-increase 0.05 --baseline base.json";
    refused(
        &place,
        &format!("check {check} --reference other.json"),
        &["base.json: the baseline is not comparable: reference ", "[make the baseline again]"],
    );
    refused(&place, &format!("check {check} {TOY} --unit document"), &["unit sentence, here document"]);
    refused(&place, &format!("check {check} {TOY} --control human.jsonl"), &["a control: without, here with"]);
    refused(&place, &format!("check {check} {TOY} --calibration logistic"), &["calibration histogram, here logistic"]);
    place.line(&format!("estimate {TOY} clean.jsonl --interval bootstrap --output json -o base.json")).ok();
    refused(
        &place,
        &format!("check {check} {TOY}"),
        &["--interval bootstrap, here score [make the baseline again without --interval]"],
    );
    place.line(&format!("estimate {TOY} clean.jsonl --method liang --output json -o base.json")).ok();
    refused(&place, &format!("check {check} {TOY}"), &["scorer none, here logistic"]);
}

/// Text of a third author is by neither side of the reference.
#[test]
fn misfit_is_inconclusive_unless_the_policy_says_otherwise() {
    let place = place();
    place.write("odd.jsonl", jsonl(&Writer::new(78).documents(Author::Other, 150, "o")));
    let run = place.line(&format!("check {TOY} odd.jsonl --max 0.9 --inconclusive fail"));
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(run.stdout.contains("the reference does not fit this text (misfit 0."), "{}", run.stdout);
    assert!(run.stdout.contains("! where the reference does not fit, try a control"), "{}", run.stdout);
    let ignored = place.line(&format!("check {TOY} odd.jsonl --max 0.9 --inconclusive fail --misfit ignore"));
    assert_eq!(ignored.code, 0, "{}", ignored.stdout);
    assert!(
        ignored.stdout.contains("the reference does not fit this text, which the policy ignores"),
        "{}",
        ignored.stdout
    );
    place.write("llm-prevalence.toml", "misfit = \"ignore\"\nmax = 0.9\n");
    assert_eq!(place.line(&format!("check {TOY} odd.jsonl --inconclusive fail")).code, 0);
}

#[test]
fn whole_documents_are_judged_as_such() {
    let place = place();
    place.write("more.jsonl", jsonl(&Writer::new(79).mixture(0.4, 300, "m")));
    let run = place.line(&format!("check {TOY} more.jsonl --unit document --max 0.2"));
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(" % of documents ("), "{}", run.stdout);
    let small = place.line(&format!("check {TOY} clean.jsonl --unit document --max 0.2"));
    assert!(small.stdout.contains("too small to judge: 150 documents; it needs 50 documents more"), "{}", small.stdout);
}
