//! Recognises texts that are not in English. References are, so such texts say nothing about who wrote them.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::document::Text;

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
/// Minimum share of these words where a close relative of the language may be meant as well, such as Danish and Norwegian.
const SURE_SHARE: f64 = 0.15;

/// The commonest words of languages in Latin letters that English does not have, without which a text is not assigned to
/// one: names, formulas and made-up words look like some language or other.
const COMMON: [(&str, [&str; 12]); 13] = [
    ("ces", ["se", "je", "na", "že", "ve", "v", "které", "který", "pro", "jsou", "jako", "této"]),
    ("dan", ["og", "er", "det", "en", "af", "til", "som", "den", "ikke", "med", "på", "de"]),
    ("deu", ["der", "die", "und", "ist", "das", "den", "ein", "nicht", "mit", "von", "eine", "zu"]),
    ("fra", ["le", "la", "les", "de", "et", "des", "est", "une", "dans", "pour", "que", "du"]),
    ("ind", ["yang", "dan", "di", "dengan", "untuk", "ini", "dari", "pada", "dalam", "tidak", "adalah", "oleh"]),
    ("ita", ["di", "che", "il", "la", "un", "una", "della", "sono", "non", "del", "le", "è"]),
    ("nld", ["de", "het", "een", "van", "en", "niet", "dat", "met", "voor", "zijn", "op", "te"]),
    ("nob", ["og", "er", "det", "en", "av", "til", "som", "den", "ikke", "med", "på", "de"]),
    ("pol", ["w", "na", "nie", "się", "jest", "że", "oraz", "dla", "są", "jak", "przez", "który"]),
    ("por", ["de", "que", "os", "um", "uma", "para", "com", "não", "da", "ao", "em", "é"]),
    ("spa", ["de", "la", "que", "el", "los", "en", "una", "para", "con", "las", "del", "es"]),
    ("swe", ["och", "är", "det", "en", "av", "att", "som", "den", "inte", "med", "på", "för"]),
    ("tur", ["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "olan", "daha", "çok", "gibi"]),
];

/// Returns the ISO 639-3 code of a text's language, if it is clearly not English: written in other than Latin letters, or with
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
    let shares = Shares::of(&start);
    if shares.english >= ENGLISH_SHARE || start.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    // Detection takes longer than all else here, and can find nothing in ASCII without another language's words.
    if start.is_ascii() && shares.common.iter().all(|share| *share < COMMON_SHARE) {
        return None;
    }
    let found = whatlang::detect(&start)?;
    let code = found.lang().code();
    if found.script() != whatlang::Script::Latin {
        return Some(code);
    }
    let place = COMMON.iter().position(|(known, _)| *known == code)?;
    let least = if found.is_reliable() { COMMON_SHARE } else { SURE_SHARE };
    (shares.common[place] >= least).then_some(code)
}

fn start(prose: &str) -> &str {
    let prose = prose.trim_start();
    let mut end = prose.len().min(LOOKED_AT);
    while !prose.is_char_boundary(end) {
        end -= 1;
    }
    &prose[..end]
}

/// The shares of a text's words that are among the commonest of a language, 0 to 1.
struct Shares {
    english: f64,
    common: [f64; COMMON.len()],
}

impl Shares {
    fn of(text: &str) -> Shares {
        let (mut n_words, mut english, mut common) = (0, 0, [0; COMMON.len()]);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            n_words += 1;
            let mut lower = [0; LONGEST];
            let Some(lower) = lower.get_mut(..word.len()) else { continue };
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            let languages = LANGUAGES_OF.get(&*lower).copied().unwrap_or(0);
            english += languages & 1;
            // Most words are common nowhere.
            if languages > 1 {
                common.iter_mut().enumerate().for_each(|(place, n)| *n += languages >> (place + 1) & 1);
            }
        }
        let share = |n: u32| f64::from(n) / f64::from(n_words.max(1));
        Shares { english: share(english), common: common.map(share) }
    }
}

/// Length of the longest of these words, in bytes.
const LONGEST: usize = 6;

/// The languages that a word is common in: bit 0 for English, then as in [`COMMON`].
static LANGUAGES_OF: LazyLock<HashMap<&[u8], u32, FixedState>> = LazyLock::new(|| {
    let mut languages_of = HashMap::with_hasher(FixedState::default());
    let all = std::iter::once(&ENGLISH[..]).chain(COMMON.iter().map(|(_, words)| &words[..]));
    for (place, words) in all.enumerate() {
        words.iter().for_each(|word| *languages_of.entry(word.as_bytes()).or_insert(0) |= 1 << place);
    }
    languages_of
});

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

    /// Every text says in its language that a paper describes a new way to steer kites, and what its reviewer thinks of it.
    #[test]
    fn every_language_is_known_by_its_common_words() {
        let texts = [
            (
                "ces",
                "Článek popisuje novou metodu, jak řídit draky ve slabém větru, a je psán jasně. Výsledky, které autoři uvádějí, jsou zajímavé, ale na otázku, pro koho je metoda vhodná, se v textu neodpovídá.",
            ),
            (
                "dan",
                "Artiklen handler om, hvordan man styrer drager i svag vind, og nogle af resultaterne er gode. Det fremgår dog ikke af teksten, hvad forfatterne selv har lavet, og hvad der var kendt af andre i forvejen.",
            ),
            (
                "deu",
                "Der Artikel beschreibt ein neues Verfahren, mit dem sich Drachen bei schwachem Wind steuern lassen, und ist gut geschrieben. Die Versuche sind jedoch nicht sehr ausführlich.",
            ),
            (
                "fra",
                "L'article décrit une nouvelle méthode pour piloter les cerfs-volants par vent faible, et il est clairement rédigé. Les résultats sont intéressants, mais la comparaison avec des méthodes connues est trop courte.",
            ),
            (
                "ind",
                "Makalah ini menjelaskan cara baru untuk mengendalikan layang-layang pada angin lemah dan ditulis dengan jelas. Hasil yang dilaporkan menarik, tetapi perbandingan dengan metode lain tidak lengkap.",
            ),
            (
                "ita",
                "L'articolo descrive un nuovo metodo per guidare gli aquiloni con vento debole ed è scritto in modo chiaro. I risultati sono interessanti, ma il confronto con i metodi noti non è completo e la discussione della teoria è breve.",
            ),
            (
                "nld",
                "Het artikel beschrijft een nieuwe methode om vliegers bij zwakke wind te besturen en is duidelijk geschreven. De resultaten zijn interessant, maar de vergelijking met andere methoden is niet volledig.",
            ),
            (
                "nob",
                "Artikkelen beskriver en ny metode for å styre drager i svak vind, og den er tydelig skrevet. Resultatene er interessante, men det er ikke vist at metoden virker med andre typer av drager, og avsnittet om teori er kort.",
            ),
            (
                "pol",
                "Artykuł opisuje nową metodę sterowania latawcami przy słabym wietrze i jest napisany jasno. Wyniki są ciekawe, ale porównanie z innymi metodami nie jest pełne, a w dyskusji brakuje pytania, dla kogo jest ta metoda.",
            ),
            (
                "por",
                "O artigo descreve um novo método para controlar pipas com vento fraco e está escrito de forma clara. Os resultados são interessantes, mas a comparação com outros métodos não é completa e a discussão é curta.",
            ),
            (
                "spa",
                "El artículo describe un nuevo método para controlar cometas con viento débil y está escrito con claridad. Los resultados son interesantes, pero la comparación con otros métodos no es completa y la discusión es breve.",
            ),
            (
                "swe",
                "Artikeln beskriver en ny metod för att styra drakar i svag vind och är tydligt skriven. Resultaten är intressanta, men det är inte visat att metoden fungerar med andra typer av drakar.",
            ),
            (
                "tur",
                "Makale, zayıf rüzgârda uçurtmaları yönlendirmek için yeni bir yöntem sunuyor ve açık bir dille yazılmış. Sonuçlar ilginç, ancak diğer yöntemler ile karşılaştırma eksik ve bu konuda daha çok deney gerekli.",
            ),
        ];
        for (code, text) in texts {
            assert_eq!(foreign_language(&Text::as_it_is(text)), Some(code), "{text}");
        }
        assert_eq!(texts.map(|(code, _)| code), COMMON.map(|(code, _)| code));
    }

    #[test]
    fn common_words_are_counted_in_any_case_and_for_every_language_that_has_them() {
        let shares = Shares::of("De THE kite la że und Że unimaginably");
        let of = |code: &str| shares.common[COMMON.iter().position(|(known, _)| *known == code).unwrap()] * 8.0;
        let counted = ["ces", "deu", "fra", "nld", "pol", "por", "spa"].map(of);
        assert_eq!((shares.english * 8.0, counted), (1.0, [0.0, 1.0, 2.0, 1.0, 1.0, 1.0, 2.0]));
        let longest = COMMON.iter().flat_map(|(_, words)| words).chain(&ENGLISH).map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST));
    }
}
