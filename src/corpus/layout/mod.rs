//! Turns records in a known layout into documents: OpenReview, PeerRead, arXiv, S2ORC, and text extracted from PDFs.
//!
//! A layout is recognised from the first record of a file. Its file here says which keys hold text, which are mere parts of a
//! form, and which columns a document has besides the keys of its record.

mod arxiv;
mod crossref;
mod entry;
mod object;
mod openalex;
mod openreview;
mod openreview_fields;
mod openreview_kind;
mod openreview_unlisted;
mod openreview_venue;
pub(super) mod pdf_text;
mod peerread;
mod reader;
mod recognise;
mod s2orc;

pub(super) use object::Object;
pub(super) use openreview_kind::by_invitation;
pub(super) use reader::Reader;
pub(super) use recognise::recognise;
