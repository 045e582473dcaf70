//! Recognises texts that are not in English. References are, so such texts say nothing about who wrote them.

use super::Text;

/// Number of bytes of a text that are looked at: enough to be sure, few enough to cost nothing beside the scoring.
const LOOKED_AT: usize = 600;
/// Number of letters below which no language is told.
const MIN_LETTERS: usize = 60;
/// Words that make up about a fifth of English, and hardly occur elsewhere.
const ENGLISH: [&str; 12] = ["the", "of", "and", "to", "is", "that", "this", "for", "with", "are", "by", "not"];
/// Share of these words, 0 to 1, from which a text is English without a closer look.
const ENGLISH_SHARE: f64 = 0.1;
/// Minimum share of [`COMMON`] words, 0 to 1, in a text of that language.
const COMMON_SHARE: f64 = 0.08;

/// The commonest words of languages in Latin letters, without which a text is not assigned to one: names, formulas and
/// made-up words look like some language or other.
const COMMON: [(&str, [&str; 10]); 12] = [
    ("ces", ["a", "se", "je", "na", "že", "je", "ve", "které", "pro", "jsou"]),
    ("dan", ["og", "er", "det", "en", "af", "til", "som", "den", "ikke", "med"]),
    ("deu", ["der", "die", "und", "ist", "das", "den", "ein", "nicht", "mit", "von"]),
    ("fra", ["le", "la", "les", "de", "et", "des", "est", "une", "dans", "pour"]),
    ("ind", ["yang", "dan", "di", "dengan", "untuk", "ini", "dari", "pada", "dalam", "tidak"]),
    ("ita", ["di", "che", "il", "la", "e", "un", "per", "della", "sono", "non"]),
    ("nld", ["de", "het", "een", "van", "en", "is", "niet", "dat", "met", "voor"]),
    ("pol", ["w", "i", "na", "nie", "się", "jest", "do", "że", "oraz", "dla"]),
    ("por", ["de", "que", "o", "a", "os", "uma", "para", "com", "não", "da"]),
    ("spa", ["de", "la", "que", "el", "los", "en", "una", "para", "con", "no"]),
    ("swe", ["och", "är", "det", "en", "av", "att", "som", "den", "inte", "med"]),
    ("tur", ["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "olan", "daha"]),
];

/// Returns the ISO 639-3 code of a text's language, if it surely is not English: written in other than Latin letters, or with
/// the commonest words of another language.
pub(super) fn foreign_language(text: &Text) -> Option<&'static str> {
    let start = match text {
        Text::Prose(prose) => start(prose).to_owned(),
        Text::Units(units) => {
            let words = units.iter().flatten().scan(0, |n, word| {
                *n += word.len() + 1;
                (*n <= LOOKED_AT).then_some(word)
            });
            words.collect::<Vec<_>>().join(" ")
        }
    };
    let has = |words: &[&str], share| share_of(&start, words) >= share;
    if has(&ENGLISH, ENGLISH_SHARE) || start.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let found = whatlang::detect(&start)?;
    let code = found.lang().code();
    if found.script() != whatlang::Script::Latin {
        return Some(code);
    }
    let common = COMMON.iter().find(|(known, _)| *known == code).map(|(_, words)| words)?;
    (found.is_reliable() && has(common, COMMON_SHARE)).then_some(code)
}

fn start(prose: &str) -> &str {
    let prose = prose.trim_start();
    let mut end = prose.len().min(LOOKED_AT);
    while !prose.is_char_boundary(end) {
        end -= 1;
    }
    &prose[..end]
}

/// Returns the share of a text's words that are among these, 0 to 1.
fn share_of(text: &str, words: &[&str]) -> f64 {
    let (mut n_words, mut n_found) = (0_u32, 0_u32);
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        n_words += 1;
        let may_be = word.len() <= longest;
        n_found += u32::from(may_be && words.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    if n_words == 0 { 0.0 } else { f64::from(n_found) / f64::from(n_words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_noticed_and_short_or_doubtful_texts_are_not() {
        let of = |text: &str| foreign_language(&Text::as_it_is(text));
        assert_eq!(
            of(
                "Der Artikel beschreibt ein neues Verfahren, mit dem sich Drachen bei schwachem Wind steuern lassen, und prüft es."
            ),
            Some("deu")
        );
        assert_eq!(
            of(
                "本文提出了一种新的方法来控制风筝在弱风中的飞行，并在三个数据集上进行了实验，结果表明该方法优于现有的所有方法，但实验部分仍然不够充分，作者应当补充更多的对比实验来支持文章的主要结论。"
            ),
            Some("cmn")
        );
        assert_eq!(
            of("The paper describes a new way to steer kites in weak wind, and tests it with three kinds of them."),
            None
        );
        assert_eq!(of("Sehr gut."), None);
        let invented = "Kelu mora sipa tano wira belo kasu nemi lota vika rumo peta soli dana kiru.";
        assert_eq!(of(invented), None);
        assert_eq!(of(""), None);
    }
}
