//! Recognises the layout of records.

use super::object::Object;
use super::{arxiv, crossref, openalex, openreview, openreview_fields, peerread, s2orc};
use crate::corpus::Layout;
use crate::corpus::context::Context;

/// Returns the fields that a layout's text comes from, in the order in which they are joined.
pub(super) fn text_names(layout: Layout) -> &'static [&'static str] {
    match layout {
        Layout::OpenReviewV1 | Layout::OpenReviewV2 => &openreview_fields::FREE_TEXT,
        Layout::PeerRead => &["comments"],
        Layout::Arxiv | Layout::Crossref => &["abstract"],
        Layout::OpenAlex => &["abstract_inverted_index"],
        Layout::S2orc => &["body_text"],
        Layout::PdfText => &[],
    }
}

/// Returns the layout of a file whose first record has these keys and values.
pub(in crate::corpus) fn recognise(context: &Context, row: &Object) -> Option<Layout> {
    if let Some(layout) = context.options.layout {
        return Some(layout);
    }
    let texts = &context.options.text_fields;
    peerread::recognise(row, texts)
        .or_else(|| openreview::recognise(row))
        .or_else(|| arxiv::recognise(row))
        .or_else(|| openalex::recognise(row))
        .or_else(|| crossref::recognise(row))
        .or_else(|| s2orc::recognise(row))
}
