//! Full stops that do not end a sentence: after abbreviations and initials, and the words that overrule them.

/// The condition under which a full stop after an abbreviation does not end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Whatever follows.
    Always,
    /// Only if a number follows; by themselves these are words ("No.", "app.").
    BeforeNumber,
    /// Unless a word follows that is capitalised because it opens a sentence ("et al. The").
    UnlessOpener,
}

use Hold::{Always, BeforeNumber, UnlessOpener};

/// Returns the condition for the abbreviation, which is given without its last full stop; case counts.
pub(super) fn hold_after(abbreviation: &str) -> Option<Hold> {
    let &first = abbreviation.as_bytes().first()?;
    if LENGTHS.get(usize::from(first))? & 1 << abbreviation.len() == 0 {
        return None;
    }
    let found = ABBREVIATIONS.binary_search_by_key(&abbreviation, |&(known, _)| known);
    found.ok().map(|index| ABBREVIATIONS[index].1)
}

/// Returns whether the word often opens a sentence and is hardly ever a surname.
pub(super) fn is_opener(word: &str) -> bool {
    OPENERS.binary_search(&word).is_ok()
}

/// Returns whether a full stop after this word of small letters ends no sentence if a small letter follows.
pub(super) fn is_small_abbreviation(word: &str) -> bool {
    SMALL.binary_search(&word).is_ok()
}

/// Maximum length of an abbreviation, in bytes.
pub(super) const LONGEST: usize = 7;

/// Lengths of abbreviations by their first byte, a bit for each length. Most sentences end in none, and need no search.
static LENGTHS: [u8; 128] = {
    let mut lengths = [0; 128];
    let mut index = 0;
    while index < ABBREVIATIONS.len() {
        let known = ABBREVIATIONS[index].0.as_bytes();
        lengths[known[0] as usize] |= 1 << known.len();
        index += 1;
    }
    lengths
};

/// Abbreviations with their conditions, sorted.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, Hold)] = &[
    // Capitalised: what a number or a name follows, titles, and journals.
    ("Acad", UnlessOpener), ("Adv", UnlessOpener), ("Alg", Always), ("Amer", UnlessOpener), ("Ann", UnlessOpener),
    ("App", BeforeNumber), ("Appl", UnlessOpener), ("Approx", Always), ("Apr", BeforeNumber), ("Art", BeforeNumber),
    ("Assoc", UnlessOpener), ("Aug", BeforeNumber), ("Bull", UnlessOpener), ("Capt", Always), ("Cf", Always),
    ("Ch", Always), ("Chap", Always), ("Co", UnlessOpener), ("Col", Always), ("Comm", UnlessOpener),
    ("Comput", UnlessOpener), ("Conf", UnlessOpener), ("Cor", Always), ("Corp", UnlessOpener), ("Dec", BeforeNumber),
    ("Def", Always), ("Defn", Always), ("Dept", Always), ("Dr", Always), ("Drs", Always), ("E.g", Always),
    ("Eng", UnlessOpener), ("Eq", Always), ("Eqn", Always), ("Eqns", Always), ("Eqs", Always), ("Ex", BeforeNumber),
    ("Feb", BeforeNumber), ("Fig", Always), ("Figs", Always), ("Gen", Always), ("Gov", Always), ("I.e", Always),
    ("Inc", UnlessOpener), ("Inst", UnlessOpener), ("Int", UnlessOpener), ("Intl", UnlessOpener),
    ("Jan", BeforeNumber), ("Jr", UnlessOpener), ("Lem", Always), ("Lett", UnlessOpener), ("Lt", Always),
    ("Ltd", UnlessOpener), ("Mar", BeforeNumber), ("Math", UnlessOpener), ("Mr", Always), ("Mrs", Always),
    ("Ms", Always), ("Mt", Always), ("Natl", UnlessOpener), ("No", BeforeNumber), ("Nos", BeforeNumber),
    ("Nov", BeforeNumber), ("Oct", BeforeNumber), ("Ph.D", UnlessOpener), ("Phys", UnlessOpener),
    ("Proc", UnlessOpener), ("Prof", Always), ("Profs", Always), ("Prop", Always), ("Props", Always),
    ("Ref", Always), ("Refs", Always), ("Rem", Always), ("Rep", UnlessOpener), ("Rev", UnlessOpener),
    ("Sci", UnlessOpener), ("Sec", Always), ("Secs", Always), ("Sect", Always), ("Sects", Always), ("Sen", Always),
    ("Sep", BeforeNumber), ("Sept", BeforeNumber), ("Sgt", Always), ("Soc", UnlessOpener), ("Sr", UnlessOpener),
    ("St", Always), ("Supp", UnlessOpener), ("Suppl", UnlessOpener), ("Symp", UnlessOpener), ("Tab", Always),
    ("Tabs", Always), ("Tbl", Always), ("Thm", Always), ("Thms", Always), ("Trans", UnlessOpener),
    ("Univ", UnlessOpener), ("Viz", Always), ("Vol", Always), ("Vols", Always), ("Vs", Always), ("W.l.o.g", Always),
    // Small.
    ("a.k.a", Always), ("al", UnlessOpener), ("alg", BeforeNumber), ("app", BeforeNumber), ("approx", Always),
    ("art", BeforeNumber), ("c.f", Always), ("ca", BeforeNumber), ("cf", Always), ("ch", BeforeNumber),
    ("chap", BeforeNumber), ("cor", BeforeNumber), ("def", BeforeNumber), ("e.g", Always), ("eg", Always),
    ("eq", Always), ("eqn", Always), ("eqns", Always), ("eqs", Always), ("esp", Always), ("ex", BeforeNumber),
    ("fig", Always), ("figs", Always), ("i.e", Always), ("ie", Always), ("incl", Always), ("lem", Always),
    ("no", BeforeNumber), ("nos", BeforeNumber), ("p", BeforeNumber), ("pp", BeforeNumber), ("prop", BeforeNumber),
    ("ref", BeforeNumber), ("refs", BeforeNumber), ("resp", Always), ("s.t", Always), ("sec", BeforeNumber),
    ("secs", BeforeNumber), ("sect", BeforeNumber), ("tab", BeforeNumber), ("thm", Always), ("viz", Always),
    ("vol", BeforeNumber), ("vols", BeforeNumber), ("vs", Always), ("w.l.o.g", Always), ("w.r.t", Always),
    ("wrt", Always),
];

/// Abbreviations that end a sentence before a capital only, sorted.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "abs", "acc", "adv", "appx", "arch", "assoc", "avg", "coef", "comp", "conf", "conv", "corr", "cov", "dept", "dev",
    "diff", "dim", "dims", "dist", "div", "env", "envs", "est", "etc", "eval", "exp", "exps", "expt", "freq", "func", "hyp",
    "init", "inst", "int", "max", "med", "min", "misc", "mult", "norm", "num", "obs", "opt", "orig", "par", "param", "params", "perf",
    "pos", "pred", "prob", "probs", "proc", "reg", "rel", "rep", "reps", "sci", "seq", "sim", "std", "supp", "suppl", "temp",
    "theor", "tot", "trans", "univ", "val", "var", "vars", "vec", "ver",
];

/// Words that open sentences, sorted. Surnames are left out ("K. He", "J. So", "L. An").
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "A", "According", "Additionally", "After", "All", "Although", "Among", "And", "Another", "As", "At", "Based",
    "Because", "Both", "But", "By", "Consequently", "Despite", "Does", "Due", "During", "Each", "Even", "Finally",
    "First", "For", "From", "Further", "Furthermore", "Given", "Has", "Hence", "Here", "How", "However", "I", "If",
    "In", "Indeed", "Instead", "Is", "It", "Its", "Let", "Many", "Moreover", "Most", "My", "Nevertheless", "No",
    "Nonetheless", "Not", "Note", "On", "Once", "One", "Only", "Or", "Other", "Our", "Overall", "Please", "Recall",
    "Second", "Several", "Similarly", "Since", "Some", "Specifically", "Such", "Suppose", "That", "The", "Their",
    "Then", "There", "Therefore", "These", "They", "This", "Those", "Though", "Three", "Thus", "To", "Two", "Under",
    "Unlike", "Using", "We", "What", "When", "Where", "Whether", "Which", "While", "Why", "With", "Yet", "Your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_the_longest_is_known() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(OPENERS.is_sorted_by(|a, b| a < b));
        assert!(SMALL.is_sorted_by(|a, b| a < b));
        assert_eq!(ABBREVIATIONS.iter().map(|(known, _)| known.len()).max(), Some(LONGEST));
    }
}
