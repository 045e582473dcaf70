//! Marks the groups whose texts are unlike those of the reference.

use super::record::GroupEstimate;
use super::text::TextSummary;

/// Marks the groups whose share is not to be trusted for their texts, and adds the warnings of each; `whole` is the summary of all of
/// the target's texts, which speaks for a group of which nothing else is known.
pub(crate) fn mark_unlike(estimates: &mut [GroupEstimate], whole: Option<&TextSummary>) {
    let is_alone = estimates.iter().filter(|group| !group.placebo).count() == 1;
    for group in estimates {
        let is_whole = is_alone && !group.placebo;
        let of_whole = whole.filter(|whole| {
            !group.placebo && (whole.is_other_kind || whole.is_unlike() && (is_whole || group.text.is_none()))
        });
        let own = group.text.as_ref().map_or(&[][..], |text| &text.warnings);
        // Of a single group the warnings about the whole say the same.
        let is_said = is_whole && of_whole.is_some();
        group.unlike_text = of_whole.is_some() || !own.is_empty();
        group.warnings.extend(own.iter().filter(|_| !is_said).cloned());
    }
}
