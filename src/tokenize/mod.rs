//! Text to units (sentences, unless the document is the unit) to words.
