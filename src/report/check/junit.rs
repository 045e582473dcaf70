//! A check as JUnit XML: a test case for every group.

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::wording::{one_line, unsaid_warnings};
use crate::check::{Check, GroupCheck, OnInconclusive, Verdict};
use crate::report::wording::group_message;
use crate::report::wording::phrases::joined;

const SUITE: &str = "llm-prevalence check";

/// Renders the XML, with a line break at the end. A failed group is a failure; an inconclusive one is an error if the policy fails
/// it, else skipped with its reason, so that no CI shows it as passed; an exempt one is skipped. Warnings about a group are its output.
pub fn render_junit(check: &Check) -> String {
    let mut suite = TestSuite::new(SUITE);
    suite.add_property(("verdict", check.verdict.name()));
    suite.add_property(("reference", check.run.reference.name.as_str()));
    suite.add_property(("reference_sha256", check.run.reference.sha256.as_str()));
    suite.add_property(("level_each", check.level_each.to_string().as_str()));
    suite.add_test_cases(check.groups.iter().map(|group| case(check, group)));
    let mut report = Report::new(SUITE);
    report.add_test_suite(suite);
    report.to_string().unwrap_or_default()
}

fn case(check: &Check, group: &GroupCheck) -> TestCase {
    let mut status = match (group.verdict, check.on_inconclusive) {
        (Some(Verdict::Pass), _) => TestCaseStatus::success(),
        (Some(Verdict::Fail), _) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (Some(Verdict::Inconclusive), OnInconclusive::Fail) => TestCaseStatus::non_success(NonSuccessKind::Error),
        (Some(Verdict::Inconclusive), _) | (None, _) => TestCaseStatus::skipped(),
    };
    let kind = group.verdict.map_or("exempt", Verdict::name);
    status.set_message(format!("{kind}: {}", group_message(group))).set_type(kind);
    let mut case = TestCase::new(group.name(), status);
    case.set_classname("llm-prevalence");
    case.add_properties(properties(group));
    let warnings = joined(unsaid_warnings(group).into_iter().map(|(_, warning)| one_line(warning)), "\n");
    if !warnings.is_empty() {
        case.set_system_out(warnings);
    }
    case
}

fn properties(group: &GroupCheck) -> Vec<Property> {
    let estimate = &group.estimate;
    let mut properties = vec![
        Property::new("n_documents", estimate.n_documents.to_string()),
        Property::new("n_units", estimate.n_units.to_string()),
    ];
    if let (Some(alpha), Some(interval)) = (estimate.alpha(), estimate.interval()) {
        let numbers = [("alpha", alpha), ("lower", interval.lower), ("upper", interval.upper)];
        properties.extend(numbers.map(|(name, number)| Property::new(name, number.to_string())));
    }
    properties
}
