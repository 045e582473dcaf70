//! The components of the scores: LLM sources that are told apart or pooled.

use super::component::{Component, Grouping, HUMAN};
use super::fit_error::FitError;
use super::limits::MAX_COMPONENTS;

/// Returns the components: groups in the place of their first source, every other LLM source alone.
pub(crate) fn components(known: &[String], groups: &[Grouping]) -> Result<Vec<Component>, FitError> {
    let bad = |group: &Grouping, reason: String| FitError::BadGroup {
        group: group.name.clone(),
        reason,
        known: known.to_vec(),
    };
    let mut components: Vec<Component> = Vec::new();
    for (number, name) in known.iter().enumerate() {
        let of: Vec<&Grouping> = groups.iter().filter(|group| group.sources.contains(name)).collect();
        if let [first, second, ..] = of[..] {
            return Err(bad(second, format!("source \"{name}\" is already in group \"{}\"", first.name)));
        }
        let component = of.first().map_or(name, |group| &group.name);
        match components.iter_mut().find(|one| one.name == *component) {
            Some(one) => one.sources.push(number + 1),
            None => components.push(Component { name: component.clone(), sources: vec![number + 1] }),
        }
    }
    for group in groups {
        if group.name.is_empty() || group.name == HUMAN {
            return Err(bad(group, "a group of LLM sources needs a name of its own".to_owned()));
        }
        if let Some(missing) = group.sources.iter().find(|source| !known.contains(source)) {
            return Err(bad(group, format!("no LLM source is called \"{missing}\"")));
        }
        if group.sources.is_empty() {
            return Err(bad(group, "it has no source".to_owned()));
        }
        if known.contains(&group.name) && !group.sources.contains(&group.name) {
            return Err(bad(group, "a source outside the group has the same name".to_owned()));
        }
    }
    if components.len() > MAX_COMPONENTS {
        return Err(FitError::TooManyComponents { n_components: components.len() });
    }
    Ok(components)
}
