//! The page of a check, and that of the policy in force.

use serde_json::Value;

use super::meaning::meaning;
use super::wording::{caption, headline, is_alone, notes, one_line, power, why};
use crate::check::{Check, GroupCheck, PolicyInForce, Verdict};
use crate::numbers::{interval_name, thousands};
use crate::report::page::{self, Block, Columns, Medium, Page, Table, Tone, count, interval, share};
use crate::report::shares;
use crate::report::wording::group_message;
use crate::tokenize::UnitRule;

/// Returns the page of a check: the verdict, the groups that do not pass, and a table of all.
pub fn check_page(check: &Check) -> Page {
    let tone = match check.verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Inconclusive => Tone::Unsure,
        Verdict::Fail => Tone::Bad,
    };
    let mut page = Page {
        title: "Check of the LLM share".to_owned(),
        headline: headline(check),
        verdict: Some(page::Verdict { word: check.verdict.name(), tone }),
        notes: notes(check),
        ..Page::default()
    };
    page.add_list("", messages(check));
    page.add_for(Medium::Html, Block::List { heading: "What this means".into(), items: meaning(check) });
    page.add(Block::Caption(caption(check)));
    page.add_for(Medium::Markdown, Block::Table(table(check)));
    let entries = vec![shares::llm_share(check.run.unit), ("Interval", shares::interval(check.level_each))];
    page.add_for(Medium::Html, Block::Terms { heading: "How to read it", entries });
    page
}

/// Returns a message for each group that does not pass or is exempt, how many pass, and what would be noticed.
fn messages(check: &Check) -> Vec<String> {
    let is_alone = is_alone(check);
    let message = |group: &GroupCheck| {
        let name = if is_alone { String::new() } else { format!("{}: ", group.name()) };
        one_line(&format!("{name}{}", group_message(group)))
    };
    let with = |verdict| check.with_verdict(verdict).map(message);
    let mut messages: Vec<String> = with(Verdict::Fail).chain(with(Verdict::Inconclusive)).collect();
    let passing: Vec<&GroupCheck> = check.with_verdict(Verdict::Pass).collect();
    match (&passing[..], is_alone) {
        ([], _) => {}
        ([only], true) => messages.push(message(only)),
        (several, _) => {
            let pass = if several.len() == 1 { "passes" } else { "pass" };
            let [n, all] = [several.len(), check.groups.len()].map(thousands);
            messages.push(format!("{n} of {all} groups {pass}"));
        }
    }
    messages.extend(check.groups.iter().filter(|group| group.exemption.is_some()).map(message));
    messages.extend(check.groups.iter().filter_map(|group| power(check, group)));
    messages
}

/// Returns the table of all groups.
fn table(check: &Check) -> Table {
    let mut columns: Columns<'_, &GroupCheck> = Columns::new();
    if !is_alone(check) {
        columns.text("group", |group| one_line(&group.name()));
    }
    columns.text("verdict", |group| group.verdict.map_or("exempt", Verdict::name).to_owned());
    columns.number("documents", |group| Some(count(group.estimate.n_documents)));
    if check.run.unit == UnitRule::Sentence {
        columns.number("sentences", |group| Some(count(group.estimate.n_units)));
    }
    columns.number("LLM share", |group| group.estimate.alpha().map(share));
    columns.number(interval_name(check.level_each), |group| group.estimate.interval().map(interval));
    columns.text("why", |group| one_line(&why(group)));
    Table::of("All groups", columns, &check.groups)
}

/// Returns the page of the policy in force: a table of every key with its value and its source.
pub fn policy_page(policy: &PolicyInForce) -> Page {
    let mut columns: Columns<'_, &crate::check::PolicyValue> = Columns::new();
    columns.text("key", |row| row.key.to_owned());
    columns.text("value", |row| shown(&row.value));
    columns.text("source", |row| row.source.clone());
    let mut page = Page { title: "The policy in force".to_owned(), ..Page::default() };
    page.add(Block::Table(Table::of("", columns, &policy.0)));
    page
}

/// Formats a value of the table.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(of) => match (of.get("group"), of.get("until"), of.get("reason")) {
            (Some(Value::Object(group)), Some(until), Some(reason)) => {
                let values: Vec<String> =
                    group.iter().map(|(column, value)| format!("{column} {}", shown(value))).collect();
                format!("{} until {} ({})", values.join(" "), shown(until), shown(reason))
            }
            _ => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
