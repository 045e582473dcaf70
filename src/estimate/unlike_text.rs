//! Marks the groups whose texts are unlike those of the reference.

use super::record::GroupEstimate;
use super::text::TextSummary;

/// Marks the groups whose share is not to be trusted for their texts, and adds the warnings of each; `whole` is the summary of all of
/// the target's texts, which speaks for a group of which nothing else is known.
pub(crate) fn mark_unlike(estimates: &mut [GroupEstimate], whole: Option<&TextSummary>) {
    let is_alone = estimates.iter().filter(|group| !group.placebo).count() == 1;
    for group in estimates {
        let is_whole = is_alone && !group.placebo;
        let of_whole = match whole.filter(|_| !group.placebo) {
            Some(whole) if is_whole || group.text.is_none() => &whole.warnings[..],
            Some(whole) => whole.of_other_kind(),
            None => &[],
        };
        let own = group.text.as_ref().map_or(&[][..], |text| &text.warnings);
        // Of a single group the warnings about the whole say the same.
        let own = if is_whole && !of_whole.is_empty() { &[] } else { own };
        group.unlike_because = [own, of_whole].concat();
        group.unlike_text = !group.unlike_because.is_empty();
        group.warnings.extend_from_slice(own);
    }
}
