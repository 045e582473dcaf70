//! Text of a figure: its width, how it is shortened and broken, and the characters allowed in it.

use super::font::advance;

/// Height of the font over its em, which the drawing library takes for its size.
pub(super) const HEIGHT: f64 = 2384.0 / 2048.0;
/// Number by which the library divides it in an SVG.
pub(super) const SVG_HEIGHT: f64 = 1.24;
/// Extent of letters above and below their line, in em.
pub(super) const ASCENT: f64 = 0.76;
pub(super) const DESCENT: f64 = 0.24;
/// Returns the width of a line of text whose em is `size`.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    text.chars().map(|letter| advance(letter, bold)).sum::<f64>() * size
}

/// Removes characters that do not belong in a line of a figure: control characters, which no SVG may contain, and direction marks.
pub(super) fn cleaned(text: &str) -> String {
    let visible = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '\u{fffe}' | '\u{ffff}' => None,
        c if c.is_control() => Some(' '),
        c => Some(c),
    };
    let text: String = text.chars().filter_map(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a name that is left out if there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    End,
    Middle,
}

/// Shortens the names to at most `most` width each; different names stay different if cutting the middle achieves that.
pub(super) fn shortened(names: &[String], size: f64, most: f64) -> Vec<String> {
    let cut: Vec<String> = names.iter().map(|name| fitted(name, (size, false), most, Cut::End)).collect();
    let is_twice = |number: usize| {
        (0..names.len()).any(|other| other != number && cut[other] == cut[number] && names[other] != names[number])
    };
    let one = |number: usize| {
        if is_twice(number) { fitted(&names[number], (size, false), most, Cut::Middle) } else { cut[number].clone() }
    };
    (0..names.len()).map(one).collect()
}

/// Shortens one name to at most `most` width.
pub(super) fn shortened_one(name: &str, size: f64, bold: bool, most: f64) -> String {
    fitted(name, (size, bold), most, Cut::End)
}

fn fitted(name: &str, (size, bold): (f64, bool), most: f64, cut: Cut) -> String {
    if width(name, size, bold) <= most {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let kept = |n: usize| match cut {
        Cut::End => letters[..n].iter().collect::<String>().trim_end().to_owned() + "…",
        Cut::Middle => {
            let head: String = letters[..n.div_ceil(2)].iter().collect();
            let tail: String = letters[letters.len() - n / 2..].iter().collect();
            format!("{}…{}", head.trim_end(), tail.trim_start())
        }
    };
    (1..letters.len()).rev().map(kept).find(|text| width(text, size, bold) <= most).unwrap_or_else(|| "…".to_owned())
}

/// Breaks the text at blanks into lines of at most `most` width; a longer word is shortened.
pub(super) fn wrapped(text: &str, size: f64, bold: bool, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if width(&longer, size, bold) <= most => *line = longer,
            _ => lines.push(shortened_one(word, size, bold, most)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_to_the_room_there_is_and_kept_apart() {
        let names = ["International Conference on A, Workshop 1", "International Conference on A, Workshop 2", "ICML"];
        let short = shortened(&names.map(str::to_owned), 7.0, 70.0);
        assert!(short.iter().all(|name| width(name, 7.0, false) <= 70.0), "{short:?}");
        assert!(short[0] != short[1] && short[0].ends_with('1') && short[2] == "ICML", "{short:?}");
        assert_eq!(shortened_one("word", 7.0, true, 0.1), "…");
    }

    #[test]
    fn what_no_figure_can_hold_is_taken_out() {
        assert_eq!(cleaned(" a\u{0}b\n\tc\u{202e}d\u{ffff} "), "a b cd");
    }

    #[test]
    fn lines_are_broken_where_they_are_full() {
        let lines = wrapped("one two three four five", 7.0, false, 40.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 7.0, false) <= 40.0), "{lines:?}");
        assert_eq!(lines.join(" "), "one two three four five");
    }
}
