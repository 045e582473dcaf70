//! The tool itself: help, exit codes, notes, cards.

use super::*;

#[test]
fn reference_show_is_the_card() {
    let place = fitted_with(
        "--hold-out 0.2 --name card --good-for toys --not-for truth --description invented --date-field year",
    );
    let card = place.line("reference show toy.json").ok();
    let sha256 = llm_prevalence::reference::store::sha256(&place.read("toy.json"));
    for expected in [
        "card: invented\n",
        "\n\nGood for:\n- toys\n",
        "\n\nNot for:\n- truth\n",
        "2019 to 2022",
        "human.jsonl",
        " words in at least 5 human and 3 LLM sentences",
        "naive-bayes, sentences: slope 0.",
        "Held out     20.0 % of groups",
        &sha256,
    ] {
        assert!(card.contains(expected), "no {expected:?} in:\n{card}");
    }
    let list = Place::new().line("reference list").ok();
    assert_eq!(list.lines().count(), 3);
    for name in ["reviews", "abstracts"] {
        assert!(list.lines().any(|line| line.starts_with(name)), "{list}");
        assert!(Place::new().line(&format!("reference show {name}")).ok().contains("Not for:"), "{name}");
    }
}

/// Every command, as the help of the tool and of commands lists them; `help` itself apart.
pub fn commands() -> Vec<String> {
    let below = |command: &str| -> Vec<String> {
        let help = Place::new().line(&format!("{command} --help")).ok();
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        // Descriptions that go on stand further to the right.
        let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
        names.filter(|name| *name != "help").map(|name| format!("{command} {name}").trim().to_owned()).collect()
    };
    below("").into_iter().flat_map(|command| [vec![command.clone()], below(&command)].concat()).collect()
}

#[test]
fn help_of_every_command_has_an_example() {
    let commands = commands();
    for known in ["estimate", "trend", "validate", "reference lint"] {
        assert!(commands.iter().any(|command| command == known), "{known} is not among {commands:?}");
    }
    for command in commands {
        let help = Place::new().line(&format!("{command} --help")).ok();
        assert!(help.contains("Example") && help.contains("\n  llm-prevalence "), "{command}:\n{help}");
    }
    let version = format!("llm-prevalence {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(Place::new().line("--version").ok(), version);
}

#[test]
fn completions_and_manual_come_from_the_same_definition() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.line(&format!("completions {shell}")).ok();
        assert!(script.contains("held-out") && script.contains("llm-prevalence"), "{shell}");
    }
    let page = place.line("man").ok();
    assert!(page.contains(".TH llm-prevalence 1") && page.contains("estimate"), "{page}");
}

#[test]
fn exit_codes_are_0_and_2() {
    let place = with_target(0.3);
    assert_eq!(place.line("--help").code, 0);
    assert_eq!(place.line("").code, 2);
    assert_eq!(place.line("judge").code, 2);
    assert_eq!(place.line("estimate").code, 2);
    assert_eq!(place.line("estimate target.jsonl --reference toy.json").code, 0);
    // A failure says so on standard error, and nothing that looks like a result comes out.
    let failed = place.line("estimate target.jsonl --reference toy.json --by nothing");
    assert_eq!((failed.code, failed.stdout.as_str()), (2, ""));
    assert!(failed.stderr.starts_with("error: "), "{}", failed.stderr);
}

#[test]
fn quiet_says_nothing_on_standard_error() {
    let place = with_target(0.3);
    for command in [
        "fit --human human.jsonl --llm toy=llm.jsonl -o again.json",
        "score target.jsonl --reference toy.json -o t.parquet",
        "estimate target.jsonl --reference toy.json",
    ] {
        assert_eq!(place.line(&format!("{command} --quiet")).stderr, "", "{command}");
    }
    // Without it, what was written is said.
    let fit = place.line("fit --human human.jsonl --llm toy=llm.jsonl -o again.json").stderr;
    assert!(fit.starts_with("again.json: 400 words; sentences: human "), "{fit}");
    let score = place.line("score target.jsonl --reference toy.json -o t.parquet").stderr;
    assert!(score.starts_with("t.parquet: 300 documents, ") && score.contains("no text"), "{score}");
}
