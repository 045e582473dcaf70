//! References to characters.

use quick_xml::events::BytesRef;

/// Returns the character that a reference stands for; an entity that XML does not have stays as it is written.
pub(in crate::corpus) fn character(entity: &BytesRef) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}
