//! `validate`: mixtures of known share, strata left out, systematic error.

use super::*;

const SMALL: &str = "--alphas 0,0.3 --sizes 200,400 --replicates 10";

fn validate(place: &Place, rest: &str) -> Value {
    place.line(&format!("validate --output json {rest}")).json()
}

/// The cell of a share and size, and in it the numbers of a method.
fn cell<'a>(result: &'a Value, alpha: f64, n_units: u64, method: &str) -> &'a Value {
    let cells = result["cells"].as_array().unwrap();
    let cell = cells.iter().find(|cell| cell["alpha"] == alpha && cell["n_units"] == n_units);
    let methods =
        cell.unwrap_or_else(|| panic!("no cell {alpha} {n_units} in {result}"))["methods"].as_array().unwrap();
    methods.iter().find(|of| of["method"] == method).unwrap_or_else(|| panic!("no {method}"))
}

#[test]
fn mixtures_of_unseen_text_read_right_beside_the_published_method() {
    let place = fitted();
    let run = format!("--human human.jsonl --llm toy=llm.jsonl {SMALL}");
    let result = validate(&place, &run);
    assert_eq!(result["cells"].as_array().unwrap().len(), 4);
    for alpha in [0.0, 0.3] {
        for n_units in [200, 400] {
            let own = cell(&result, alpha, n_units, "calibrated");
            let error = number(own, "/mean_absolute_error");
            // 10 mixtures of some 20 documents; half of them fitted on, so a tenth of all would be no measurement at all.
            assert!(error < 0.1 && number(own, "/bias").abs() <= error + 1e-12, "{own}");
            assert!(number(own, "/rmse") >= error && number(own, "/worst_error") >= number(own, "/rmse"), "{own}");
            assert!(number(own, "/coverage") >= 0.7, "{own}");
            assert!(number(cell(&result, alpha, n_units, "liang"), "/mean_width") > 0.0);
        }
    }
    assert!(
        number(cell(&result, 0.3, 400, "calibrated"), "/mean_width")
            < number(cell(&result, 0.3, 200, "calibrated"), "/mean_width")
    );
    assert_eq!(validate(&place, &run), result, "the same seed gives the same mixtures");
    assert_ne!(validate(&place, &format!("{run} --seed 1"))["cells"], result["cells"]);
    let one_thread = place.line(&format!("validate --output json {run} --threads 1")).json();
    assert_eq!(one_thread, result);
}

#[test]
fn shares_and_sizes_that_are_named_twice_are_examined_once() {
    let place = fitted();
    let run = |rest: &str| validate(&place, &format!("--human human.jsonl --llm toy=llm.jsonl --replicates 2 {rest}"));
    let (once, twice) = (run("--alphas 0.3,0 --sizes 200"), run("--alphas 0.3,0.3,0 --sizes 200,200"));
    assert_eq!((&twice["cells"], &twice["warnings"]), (&once["cells"], &once["warnings"]));
}

#[test]
fn a_reference_is_examined_on_what_it_has_held_out() {
    let place = fitted_with("--hold-out 0.5");
    let result = validate(&place, &format!("--reference toy.json --human human.jsonl --llm toy=llm.jsonl {SMALL}"));
    assert_eq!((&result["reference"]["name"], &result["held_out_share"]), (&"toy".into(), &0.5.into()));
    assert!(number(cell(&result, 0.3, 400, "calibrated"), "/mean_absolute_error") < 0.1);
    refused(
        &place,
        "validate --reference toy.json --human human.jsonl --llm other=llm.jsonl",
        &["no source \"other\"", "human, toy"],
    );
    refused(
        &fitted(),
        "validate --reference toy.json --human human.jsonl --llm toy=llm.jsonl",
        &["fitted on everything"],
    );
}

#[test]
fn systematic_error_is_learnt_from_strata_stored_and_added() {
    let place = fitted_on_several();
    let learn = "validate --reference toy.json --human human.jsonl --llm one=one.jsonl --llm two=two.jsonl --hold-out 0.3 --split-by id \
                 --leave-out source --leave-out human:year --alphas 0,0.2,0.5 --sizes 300 --replicates 5 --store new.json";
    let result = place.line(&format!("{learn} --output json")).json();
    let left_out: BTreeMap<String, usize> =
        result["strata"].as_array().unwrap().iter().fold(BTreeMap::new(), |mut counts, stratum| {
            *counts.entry(stratum["left_out"].as_str().unwrap().to_owned()).or_default() += 1;
            counts
        });
    assert_eq!(left_out.get("source"), Some(&2), "{left_out:?}");
    assert!(left_out["human:year"] >= 2, "{left_out:?}");
    let learnt = &result["systematic_error"];
    // Without an LLM that has words of its own, its text reads far too low; the human years do not differ.
    assert!(number(learnt, "/tau/llm_below") > 0.1 && number(learnt, "/tau/human") < 0.05, "{learnt}");
    assert!(number(learnt, "/coverage_with") > number(learnt, "/coverage_without"), "{learnt}");
    for name in ["calibrated", "calibrated-tau", "control", "control-tau", "liang"] {
        cell(&result, 0.2, 300, name);
    }
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, N_TARGET, "t")));
    let with = place.line("estimate target.jsonl --reference new.json --output json").json();
    let without = estimate(&place, "target.jsonl");
    let (with, without) = (&with["estimates"][0], &without["estimates"][0]);
    assert_eq!((&with["alpha"], &with["sampling_interval"]), (&without["alpha"], &without["interval"]));
    let alpha = number(with, "/alpha");
    let [human, below, above] = ["/tau/human", "/tau/llm_below", "/tau/llm_above"].map(|part| number(learnt, part));
    let tau = |llm: f64, at: f64| (human * (1.0 - at)).hypot(llm * at.powf(0.75));
    assert!((number(with, "/systematic_error") - tau(below, alpha)).abs() < 1e-12);
    // An end lies where its distance is the sampling half and tau there together, or at the end of all shares.
    for (end, last, llm) in [("/interval/lower", 0.0, above), ("/interval/upper", 1.0, below)] {
        let (half, at) = ((number(without, end) - alpha).abs(), number(with, end));
        let reach = half.hypot(1.959_963_985 * tau(llm, at));
        assert!(((at - alpha).abs() - reach).abs() < 1e-6 || (at == last && (at - alpha).abs() <= reach), "{with}");
    }
    assert!(number(with, "/p_zero") >= number(without, "/p_zero"));
    let table = place.line("estimate target.jsonl --reference new.json").ok();
    assert!(table.contains("missing from the reference"), "{table}");
    assert!(place.line("reference show new.json").ok().contains("Systematic error tau"));
}

#[test]
fn files_of_known_share_are_examined_as_they_are() {
    let place = fitted();
    for alpha in ["0", "0.3"] {
        let mixture = Writer::new(8).mixture(alpha.parse().unwrap(), 200, "t");
        place.write(&format!("truth_alpha_{alpha}.jsonl"), jsonl(&mixture));
    }
    let result = validate(&place, "--reference toy.json --target truth_alpha_*.jsonl");
    let truths: Vec<f64> = result["cells"].as_array().unwrap().iter().map(|cell| number(cell, "/alpha")).collect();
    assert_eq!(truths.len(), 2);
    for cell in result["cells"].as_array().unwrap() {
        assert!(number(&cell["methods"][0], "/mean_absolute_error") < 0.06, "{cell}");
        assert_eq!(cell["methods"].as_array().unwrap().len(), 2);
    }
    let named = validate(&place, "--reference toy.json --target 0.3=truth_alpha_0.3.jsonl");
    assert_eq!(named["cells"][0]["alpha"], 0.3);
    place.write("nameless.jsonl", place.read("truth_alpha_0.jsonl"));
    refused(
        &place,
        "validate --reference toy.json --target nameless.jsonl",
        &["nameless.jsonl", "not known", "0.1=nameless.jsonl"],
    );
}

#[test]
fn what_cannot_be_validated_is_refused() {
    let place = fitted();
    let known = "--human human.jsonl --llm toy=llm.jsonl";
    for (rest, parts) in [
        ("--sizes 100000", &["too little text", "100,000"][..]),
        ("--hold-out 0", &["nothing is held out", "--hold-out"]),
        ("--leave-out nowhere", &["nothing to leave out", "nowhere"]),
        ("--alphas 1.5", &["a share is from 0 to 1"]),
        ("--leave-out year --store new.json", &["--reference"]),
    ] {
        refused(&place, &format!("validate {known} {rest}"), parts);
    }
}

#[test]
fn all_outputs_hold_the_same_cells() {
    let place = fitted();
    let run = format!("validate --human human.jsonl --llm toy=llm.jsonl {SMALL} --output");
    let table = place.line(&format!("{run} table")).ok();
    assert!(table.contains("mean error") && table.contains("liang"), "{table}");
    assert!(place.line(&format!("{run} markdown")).ok().contains("| --: |"));
    let csv = place.line(&format!("{run} csv")).ok();
    assert_eq!(csv.lines().count(), 1 + 4 * 2, "{csv}");
    place.line(&format!("{run} json --figure errors.svg --figure errors.png")).ok();
    assert!(place.read("errors.svg").starts_with(b"<svg") && place.read("errors.png").starts_with(b"\x89PNG"));
    refused(&place, &format!("{run} json --figure errors.pdf"), &["errors.pdf", "SVG or PNG"]);
}
