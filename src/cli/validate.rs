//! `validate`: texts of known source to error, coverage and systematic error.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;

use super::args::ValidateArgs;
use super::known::{KnownTexts, groups, read_known_texts, source_input};
use super::output::{complain, deliver, write_whole};
use super::progress::Spinner;
use super::select::select_fitted;
use crate::corpus::{find_inputs, read_corpus};
use crate::estimate::SourceInput;
use crate::plot::render;
use crate::progress::Progress;
use crate::reference::{FitOptions, Grouping, KnownCorpus, Reference, Scorer, fit};
use crate::report::{error_figure, render_validation};
use crate::tokenize::UnitRule;
use crate::validate::{KnownTarget, LeaveOut, SideLeftOut, ValidateOptions, Validation, validate, validate_targets};

/// Share held out where no reference says otherwise.
const HOLD_OUT: f64 = 0.3333;
/// Ways to leave out that are no columns.
const SOURCE: &str = "source";
const COMPONENT: &str = "component";
/// What comes before the share in the names of the published files.
const ALPHA: &str = "alpha_";

/// Runs the command.
pub fn run(arguments: &ValidateArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let given = arguments.reference.as_deref().map(select_fitted).transpose()?;
    let ways = arguments.leave_out.iter().filter(|way| *way != SOURCE && *way != COMPONENT);
    let columns: Vec<String> = ways.map(|way| column_of(way).1.to_owned()).collect();
    let result = if !arguments.target.is_empty() {
        on_targets(arguments, given, &progress)?
    } else {
        let texts = read_known_texts(&arguments.known, &columns, &progress)?;
        let options = options(arguments, given.as_ref().map(|(reference, _)| reference), &texts, &columns)?;
        let reference = given.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
        let result = Validation { inputs: texts.inputs, ..validate(&texts.corpora, reference, &options, &progress)? };
        if let (Some(file), Some((reference, _))) = (&arguments.store, &given) {
            store(file, reference, &result, quiet)?;
        }
        result
    };
    for file in &arguments.figure {
        let bytes = render(&error_figure(&result), file)?;
        write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    }
    drop(progress);
    deliver(&render_validation(&result, arguments.output), arguments.file.as_deref())
}

/// The side and the column of `[human:|llm:]COLUMN`.
fn column_of(way: &str) -> (SideLeftOut, &str) {
    match way.split_once(':') {
        Some(("human", column)) => (SideLeftOut::Human, column),
        Some(("llm", column)) => (SideLeftOut::Llm, column),
        _ => (SideLeftOut::Both, way),
    }
}

fn on_targets(
    arguments: &ValidateArgs,
    given: Option<(Reference, String)>,
    progress: &dyn Progress,
) -> anyhow::Result<Validation> {
    let mut inputs = Vec::new();
    let (reference, sha256) = match given {
        Some(given) => given,
        None => {
            let mut texts = read_known_texts(&arguments.known, &[], progress)?;
            inputs = std::mem::take(&mut texts.inputs);
            let fit_options = options(arguments, None, &texts, &[])?.fit;
            let fit_options = FitOptions { held_out_share: arguments.hold_out.unwrap_or(0.0), ..fit_options };
            (fit(texts.corpora, &fit_options, progress)?, String::new())
        }
    };
    let none = KnownTexts { corpora: vec![], split_by: reference.settings.split_by.clone(), inputs: vec![] };
    let options = options(arguments, Some(&reference), &none, &[])?;
    let mut targets = Vec::new();
    for argument in &arguments.target {
        targets.extend(read_targets(arguments, argument, &mut inputs, progress)?);
    }
    progress.step("estimating");
    Ok(Validation { inputs, ..validate_targets((&reference, &sha256), &targets, &options)? })
}

/// The files that `[SHARE=]PATH` names; what was read is added to `inputs`.
fn read_targets(
    arguments: &ValidateArgs,
    argument: &str,
    inputs: &mut Vec<SourceInput>,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<KnownTarget>> {
    let named = argument.split_once('=').and_then(|(share, path)| Some((share.parse::<f64>().ok()?, path)));
    let (share, path) = named.map_or((None, argument), |(share, path)| (Some(share), path));
    anyhow::ensure!(
        share.is_none_or(|share| (0.0..=1.0).contains(&share)),
        "--target {argument}: a share is from 0 to 1"
    );
    let reading = arguments.known.reading.options(vec![], vec![]);
    let mut targets = Vec::new();
    for input in find_inputs(&[path.to_owned()])? {
        let name = input.name().to_owned();
        let alpha = share.or_else(|| alpha_in(&name)).with_context(|| {
            format!("--target {argument}: the share of LLM text in {name} is not known [write it in front: 0.1={path}]")
        })?;
        progress.step(&format!("reading {name}"));
        let mut documents = Vec::new();
        let summary = read_corpus(&[input], &reading, &mut |batch| {
            documents.extend(batch);
            Ok(())
        })?;
        inputs.push(source_input(&name, &summary));
        targets.push(KnownTarget { name, alpha, documents });
    }
    Ok(targets)
}

/// The share in a name such as ground_truth_alpha_0.05.parquet.
fn alpha_in(name: &str) -> Option<f64> {
    let rest = name.split_once(ALPHA)?.1;
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.trim_end_matches('.').parse().ok().filter(|alpha| (0.0..=1.0).contains(alpha))
}

fn options(
    arguments: &ValidateArgs,
    reference: Option<&Reference>,
    texts: &KnownTexts,
    columns: &[String],
) -> anyhow::Result<ValidateOptions> {
    let mut fit = FitOptions { split_by: texts.split_by.clone(), ..FitOptions::default() };
    fit.held_out_share = HOLD_OUT;
    if let Some(reference) = reference {
        let settings = &reference.settings;
        (fit.unit, fit.vocabulary_rule, fit.logistic) = (settings.unit, settings.vocabulary_rule, settings.logistic);
        (fit.seed, fit.n_folds) = (settings.seed, settings.n_folds);
        fit.held_out_share = settings.held_out_share;
        refuse_other_texts(arguments, reference, &texts.corpora)?;
    }
    fit.groups = match reference {
        Some(reference) if arguments.known.group.is_empty() => groups_of(reference),
        _ => groups(&arguments.known.group, &texts.corpora)?,
    };
    fit.held_out_share = arguments.hold_out.unwrap_or(fit.held_out_share);
    anyhow::ensure!(
        fit.held_out_share > 0.0 || !arguments.target.is_empty(),
        "nothing is held out, so there is no text that the fit has not seen [--hold-out 0.3333]"
    );
    let component_of = component_of(&fit.groups, &texts.corpora);
    let way = |name: &String| match name.as_str() {
        SOURCE => LeaveOut::Source,
        COMPONENT => LeaveOut::Component(component_of.clone()),
        _ => {
            let (side, column) = column_of(name);
            let place = columns.iter().position(|known| known == column).unwrap_or_default();
            LeaveOut::Column { name: name.clone(), place, side }
        }
    };
    let unit = arguments.unit.map_or(fit.unit, UnitRule::from);
    anyhow::ensure!(
        unit == fit.unit,
        "--unit {unit}: references here are made with {}s as units [leave it out, or give a reference of that unit]",
        fit.unit
    );
    Ok(ValidateOptions {
        leave_out: arguments.leave_out.iter().map(way).collect(),
        fit,
        alphas: arguments.alphas.clone(),
        sizes: arguments.sizes.iter().map(|&size| size as usize).collect(),
        n_replicates: arguments.replicates as usize,
        scorer: Scorer::from(arguments.scorer),
        calibration: arguments.calibration.into(),
        level: arguments.level,
        seed: arguments.seed,
    })
}

/// A reference is examined on what it has held out, or refitted: both need the texts and the share that it was made with.
fn refuse_other_texts(arguments: &ValidateArgs, reference: &Reference, corpora: &[KnownCorpus]) -> anyhow::Result<()> {
    if corpora.is_empty() {
        return Ok(());
    }
    let name = &reference.card.name;
    anyhow::ensure!(
        arguments.leave_out.is_empty() == arguments.hold_out.is_none() || arguments.hold_out.is_none(),
        "--hold-out: reference \"{name}\" has its own held-out share [leave it out]"
    );
    anyhow::ensure!(
        !arguments.leave_out.is_empty() || reference.settings.held_out_share > 0.0,
        "reference \"{name}\" was fitted on everything [make one with `fit --hold-out SHARE`, or use --leave-out]"
    );
    let known: Vec<&str> = reference.sources.iter().map(|source| source.name.as_str()).collect();
    if let Some(other) = corpora.iter().find(|corpus| !known.contains(&corpus.source.as_str())) {
        anyhow::bail!(
            "reference \"{name}\" has no source \"{}\" [give the texts under the names it was made with: {}]",
            other.source,
            known.join(", ")
        );
    }
    Ok(())
}

/// The groupings that a reference was made with.
fn groups_of(reference: &Reference) -> Vec<Grouping> {
    let source = |&number: &usize| reference.sources[number].name.clone();
    let pools = |component: &&crate::reference::Component| {
        component.sources.iter().map(source).any(|name| name != component.name)
    };
    let grouping = |component: &crate::reference::Component| Grouping {
        name: component.name.clone(),
        sources: component.sources.iter().map(source).collect(),
    };
    reference.components.iter().filter(pools).map(grouping).collect()
}

/// The component of every LLM source.
fn component_of(groups: &[Grouping], corpora: &[KnownCorpus]) -> BTreeMap<String, String> {
    let of = |source: &String| {
        groups.iter().find(|group| group.sources.contains(source)).map_or(source, |group| &group.name).clone()
    };
    let llms = corpora.iter().map(|corpus| &corpus.source).filter(|source| *source != crate::reference::HUMAN);
    llms.map(|source| (source.clone(), of(source))).collect()
}

fn store(file: &Path, reference: &Reference, result: &Validation, quiet: bool) -> anyhow::Result<()> {
    let learnt = Reference { systematic_error: result.systematic_error.clone(), ..reference.clone() };
    let bytes = learnt.to_bytes();
    write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    if !quiet {
        complain(&format!(
            "{}: reference \"{}\" with systematic error; score tables made with it before have to be made again",
            file.display(),
            reference.card.name
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::alpha_in;

    #[test]
    fn shares_are_read_from_published_names() {
        assert_eq!(alpha_in("ground_truth_alpha_0.05.parquet"), Some(0.05));
        assert_eq!(alpha_in("ground_truth_alpha_0.parquet"), Some(0.0));
        assert_eq!(alpha_in("alpha_1.jsonl.gz"), Some(1.0));
        for name in ["reviews.parquet", "alpha_.parquet", "alpha_7.parquet"] {
            assert_eq!(alpha_in(name), None, "{name}");
        }
    }
}
