//! The steps of action.yml, run as GitHub runs them, and the examples in docs/ci.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::common::{Author, Place, Writer, fitted, jsonl};

/// A file of the repository.
fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines beneath `key:`, which stands at this indentation.
fn block<'a>(lines: &[&'a str], key: &str, at: usize) -> Vec<&'a str> {
    let is_key =
        |line: &&str| indent(line) == at && line.trim_start().trim_start_matches("- ").starts_with(&format!("{key}:"));
    let start = lines.iter().position(is_key).unwrap_or_else(|| panic!("no {key}"));
    lines[start + 1..].iter().take_while(|line| line.trim().is_empty() || indent(line) > at).copied().collect()
}

/// `key: value` of the lines at this indentation.
fn values(lines: &[&str], at: usize) -> BTreeMap<String, String> {
    let of = |line: &&str| {
        line.trim().split_once(':').map(|(key, value)| (key.to_owned(), value.trim().trim_matches('"').to_owned()))
    };
    lines.iter().filter(|line| indent(line) == at && !line.trim().is_empty()).filter_map(of).collect()
}

/// A step of the action.
struct Step {
    id: String,
    environment: BTreeMap<String, String>,
    script: String,
}

/// The part of action.yml that is needed, which is plain enough to be read by its indentation.
struct Action {
    defaults: BTreeMap<String, String>,
    outputs: BTreeMap<String, String>,
    steps: Vec<Step>,
}

fn action() -> Action {
    let text = file("action.yml");
    let lines: Vec<&str> = text.lines().collect();
    let of_names = |key: &str, field: &str| -> BTreeMap<String, String> {
        let beneath = block(&lines, key, 0);
        let names = values(&beneath, 2).into_keys();
        names
            .map(|name| (name.clone(), values(&block(&beneath, &name, 2), 4).remove(field).unwrap_or_default()))
            .collect()
    };
    let steps = block(&lines, "steps", 2);
    let starts: Vec<usize> = (0..steps.len()).filter(|line| steps[*line].starts_with("    - ")).collect();
    let step = |(place, start): (usize, &usize)| {
        let end = starts.get(place + 1).copied().unwrap_or(steps.len());
        let own = &steps[*start..end];
        let fields = values(own, 6);
        assert_eq!(fields["shell"], "bash");
        let script = block(own, "run", 6).iter().map(|line| line.get(8..).unwrap_or("").to_owned() + "\n").collect();
        Step { id: fields["id"].clone(), environment: values(&block(own, "env", 6), 8), script }
    };
    Action {
        defaults: of_names("inputs", "default"),
        outputs: of_names("outputs", "value"),
        steps: starts.iter().enumerate().map(step).collect(),
    }
}

/// What a run of the action came to.
struct Outcome {
    code: i32,
    log: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

/// The value of `${{ NAME }}`, or the text itself.
fn expand(text: &str, known: &BTreeMap<String, String>) -> String {
    match text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}")) {
        Some(name) => known.get(name.trim()).unwrap_or_else(|| panic!("{name} is not known")).clone(),
        None => text.to_owned(),
    }
}

/// Runs the steps in `place` with these inputs and this folder first on PATH, as GitHub does: each in a bash of its own with files
/// for its outputs and its summary, until one fails.
fn run(place: &Place, inputs: &[(&str, &str)], bin: &Path) -> Outcome {
    let action = action();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    action.defaults.iter().for_each(|(name, value)| {
        known.insert(format!("inputs.{name}"), value.clone());
    });
    for (name, value) in inputs {
        assert!(known.insert(format!("inputs.{name}"), (*value).to_owned()).is_some(), "no input {name}");
    }
    known.insert("github.action_path".to_owned(), env!("CARGO_MANIFEST_DIR").to_owned());
    let (mut code, mut log, mut summary) = (0, String::new(), String::new());
    for step in &action.steps {
        let files = ["script", "output", "summary"].map(|name| place.path(&format!("{}.{name}", step.id)));
        std::fs::write(&files[0], &step.script).unwrap();
        files[1..].iter().for_each(|file| std::fs::write(file, "").unwrap());
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let ran = Command::new("bash")
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(&files[0])
            .current_dir(place.0.path())
            .envs(step.environment.iter().map(|(name, value)| (name, expand(value, &known))))
            .env("PATH", path)
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_OUTPUT", &files[1])
            .env("GITHUB_STEP_SUMMARY", &files[2])
            .output()
            .unwrap();
        log += &String::from_utf8(ran.stdout).unwrap();
        log += &String::from_utf8(ran.stderr).unwrap();
        summary += &std::fs::read_to_string(&files[2]).unwrap();
        for (name, value) in std::fs::read_to_string(&files[1]).unwrap().lines().filter_map(|line| line.split_once('='))
        {
            known.insert(format!("steps.{}.outputs.{name}", step.id), value.to_owned());
        }
        code = ran.status.code().unwrap();
        if code != 0 {
            break;
        }
    }
    let known_or_empty = |value: &String| {
        let name = value.trim_start_matches("${{").trim_end_matches("}}").trim();
        known.get(name).cloned().unwrap_or_default()
    };
    let outputs = action.outputs.iter().map(|(name, value)| (name.clone(), known_or_empty(value))).collect();
    Outcome { code, log, outputs, summary }
}

/// The folder with the tool.
fn built() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_llm-prevalence")).parent().unwrap()
}

fn place() -> Place {
    let place = fitted();
    place.write("clean one.jsonl", jsonl(&Writer::new(70).documents(Author::Human, 150, "c")));
    place.write("batches/mixed.jsonl", jsonl(&Writer::new(71).mixture(0.3, 150, "m")));
    place
}

#[test]
fn the_action_passes_fails_and_says_so_in_its_outputs() {
    let place = place();
    let toy = ("reference", "toy.json");
    let passed = run(&place, &[("input", "clean one.jsonl\n"), ("max", "0.2"), toy], built());
    assert_eq!(passed.code, 0, "{}", passed.log);
    assert_eq!(passed.outputs["verdict"], "pass");
    assert!(passed.outputs["alpha"].parse::<f64>().unwrap() < 0.05, "{:?}", passed.outputs);
    let start = "## Check of the LLM share\n\n**pass: the LLM share of this batch is at most 20 %**\n";
    assert!(passed.summary.starts_with(start), "{}", passed.summary);
    assert!(!passed.log.contains("::error") && !passed.log.contains("Compiling"), "{}", passed.log);
    let failed = run(&place, &[("input", "batches/*.jsonl"), ("max", "0.1"), toy], built());
    assert_eq!((failed.code, failed.outputs["verdict"].as_str()), (1, "fail"), "{}", failed.log);
    assert!(
        failed.log.contains("::error title=LLM share above what is allowed::all documents: LLM share "),
        "{}",
        failed.log
    );
    let both = run(
        &place,
        &[("input", "batches\n\nclean one.jsonl"), ("max", "0.15"), ("inconclusive", "fail"), toy],
        built(),
    );
    assert_eq!((both.code, both.outputs["verdict"].as_str()), (3, "inconclusive"), "{}", both.log);
    assert!(both.summary.contains("| inconclusive | 300 |"), "{}", both.summary);
}

#[test]
fn every_input_of_the_action_reaches_the_tool() {
    let place = place();
    place.write("policy.toml", "max = 0.9\n");
    let inputs = [
        ("input", "batches/mixed.jsonl"),
        ("reference", "toy.json"),
        ("by", "year"),
        ("control", "human.jsonl\n"),
        ("policy", "policy.toml"),
        ("args", "--power\n--min-documents\n20\n"),
        ("binary", env!("CARGO_BIN_EXE_llm-prevalence")),
    ];
    let found = run(&place, &inputs, Path::new("/nonexistent"));
    assert_eq!(found.code, 0, "{}", found.log);
    for part in [
        "in this much text no share would be noticed",
        "Control: 300 documents (human.jsonl)",
        "Corrected for 4 intervals",
    ] {
        assert!(found.log.contains(part), "no {part}: {}", found.log);
    }
    // What comes from a pull request is data, neither a command nor a flag.
    let odd = run(
        &place,
        &[("input", "--max\n$(touch pwned).jsonl"), ("max", "0.2; touch pwned"), ("reference", "toy.json")],
        built(),
    );
    assert_eq!(odd.code, 2, "{}", odd.log);
    assert!(!place.names().contains("pwned"));
    let nothing = run(&place, &[("input", ""), ("max", "0.2")], built());
    assert_eq!((nothing.code, nothing.outputs["verdict"].as_str()), (2, ""), "{}", nothing.log);
}

/// A cargo that only says what it is asked to install, and the tool that it would have installed.
#[test]
fn the_action_installs_what_is_not_there() {
    let place = place();
    let cargo =
        "#!/usr/bin/env bash\necho \"cargo $*\" > installed\ncp \"$TOOL_BUILT\" \"$(dirname \"$0\")/llm-prevalence\"\n";
    for (version, expected) in [
        ("", format!("cargo install --locked --path {}\n", env!("CARGO_MANIFEST_DIR"))),
        ("9.9.9", "cargo install --locked llm-prevalence --version 9.9.9\n".to_owned()),
    ] {
        place.write("bin/cargo", cargo.replace("$TOOL_BUILT", env!("CARGO_BIN_EXE_llm-prevalence")));
        std::fs::set_permissions(place.path("bin/cargo"), std::fs::Permissions::from_mode(0o755)).unwrap();
        let _ = std::fs::remove_file(place.path("bin/llm-prevalence"));
        let inputs = [("input", "clean one.jsonl"), ("max", "0.2"), ("reference", "toy.json"), ("version", version)];
        let found = run(&place, &inputs, &place.path("bin"));
        assert_eq!(found.code, 0, "{}", found.log);
        assert_eq!(String::from_utf8(place.read("installed")).unwrap(), expected);
    }
    // What is there in the version that is wanted stays.
    std::fs::remove_file(place.path("installed")).unwrap();
    let own = [
        ("input", "clean one.jsonl"),
        ("max", "0.2"),
        ("reference", "toy.json"),
        ("version", env!("CARGO_PKG_VERSION")),
    ];
    assert_eq!(run(&place, &own, &place.path("bin")).code, 0);
    assert!(!place.names().contains("installed"));
}

/// Every command line in the examples is one that the tool takes.
#[test]
fn the_examples_in_the_documentation_are_understood() {
    let place = Place::new();
    let mut n_seen = 0;
    for name in ["docs/ci/gitlab.yml", "docs/ci/Jenkinsfile", "docs/ci/README.md"] {
        for line in file(name).lines().filter(|line| line.contains("llm-prevalence check ")) {
            let (_, command) = line.split_once("llm-prevalence check ").unwrap();
            let command = command.split(['\'', '`']).next().unwrap();
            let ran = place.line(&format!("check --show-policy {}", command.replace("--show-policy", "")));
            assert_eq!(ran.code, 0, "{name}: {command}: {}", ran.stderr);
            n_seen += 1;
        }
    }
    assert!(n_seen >= 3, "{n_seen}");
    place.write("llm-prevalence.toml", file("docs/ci/llm-prevalence.toml"));
    let policy = place.line("check --show-policy").ok();
    // The example has every key but the two that exclude the control.
    let is_default = |line: &&str| line.ends_with("default");
    let missing: Vec<&str> = policy.lines().filter(is_default).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(missing, ["control_before", "date_field"], "{policy}");
    for (name, parts) in [
        ("docs/ci/github.yml", &["input: |", "max: \"0.2\"", "by: venue", "inconclusive: warn"][..]),
        ("docs/ci/pre-commit-config.yaml", &["id: llm-prevalence-check"]),
        (
            ".pre-commit-hooks.yaml",
            &["- id: llm-prevalence-check\n", "entry: llm-prevalence check", "pass_filenames: false"],
        ),
        ("docs/ci/README.md", &["SARIF is for findings in lines of files"]),
    ] {
        parts.iter().for_each(|part| assert!(file(name).contains(part), "{name}: {part}"));
    }
    let inputs = action().defaults;
    for line in block(&file("docs/ci/github.yml").lines().collect::<Vec<_>>(), "with", 8)
        .iter()
        .filter(|line| indent(line) == 10)
    {
        let (name, _) = line.trim().split_once(':').unwrap();
        assert!(inputs.contains_key(name) || ["path", "key"].contains(&name), "{name}");
    }
}

/// The hook, as pre-commit runs it: the entry with its arguments, in the repository's folder.
#[test]
fn the_pre_commit_hook_runs() {
    let place = place();
    let hooks = file(".pre-commit-hooks.yaml");
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: llm-prevalence ")).unwrap();
    let ran = place.line(&format!("{entry} batches --max 0.1 --reference toy.json"));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
}
