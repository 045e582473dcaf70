//! Characters that TeX writes as commands in text, such as `\textquoteright` and `\textendash`.

/// Returns the character that a command stands for.
pub(super) fn symbol(name: &str) -> Option<&'static str> {
    SYMBOLS.binary_search_by_key(&name, |(name, _)| name).ok().map(|place| SYMBOLS[place].1)
}

/// The commands' names, sorted, and the characters. `\textdollar` and `\textbackslash` are left out, as these characters begin what
/// is no text.
#[rustfmt::skip]
const SYMBOLS: [(&str, &str); 47] = [
    ("copyright", "©"), ("guillemetleft", "«"), ("guillemetright", "»"), ("guillemotleft", "«"), ("guillemotright", "»"),
    ("guilsinglleft", "‹"), ("guilsinglright", "›"), ("lq", "‘"), ("quotedblbase", "„"), ("quotesinglbase", "‚"), ("rq", "’"),
    ("textasciicircum", "^"), ("textasciigrave", "`"), ("textasciitilde", "~"), ("textbar", "|"), ("textbullet", "•"),
    ("textcelsius", "°C"), ("textcopyright", "©"), ("textdagger", "†"), ("textdegree", "°"), ("textellipsis", "..."),
    ("textemdash", "—"), ("textendash", "–"), ("texteuro", "€"), ("textexclamdown", "¡"), ("textgreater", ">"), ("textless", "<"),
    ("textmu", "µ"), ("textonehalf", "½"), ("textordfeminine", "ª"), ("textordmasculine", "º"), ("textparagraph", "¶"),
    ("textperiodcentered", "·"), ("textpm", "±"), ("textquestiondown", "¿"), ("textquotedbl", "\""), ("textquotedblleft", "“"),
    ("textquotedblright", "”"), ("textquoteleft", "‘"), ("textquoteright", "’"), ("textquotesingle", "'"), ("textregistered", "®"),
    ("textsection", "§"), ("texttimes", "×"), ("texttrademark", "™"), ("textunderscore", "_"), ("textvisiblespace", " "),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(SYMBOLS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
