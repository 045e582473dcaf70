//! The parts of one article in PubMed's XML that are read.

use crate::corpus::Place;
use crate::corpus::row::{Cell, Row};
use crate::corpus::xml::month_number;

/// The columns that articles have.
pub(super) const COLUMNS: [&str; 7] = ["pmid", "title", "abstract", "venue", "year", "date", "language"];

/// An article as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Article {
    pmid: String,
    /// The number of its version, and the day of its last change, as `20240306`.
    number: i64,
    revised: String,
    title: String,
    /// Parts of the abstract. Their labels (BACKGROUND, METHODS) are not the authors' words but those of the form, and are left out.
    parts: Vec<String>,
    journal: String,
    published: PubDate,
    language: String,
}

/// `PubDate`, whose parts are often missing.
#[derive(Debug, Default)]
struct PubDate {
    year: String,
    month: String,
    day: String,
    /// Text such as "1998 Dec-1999 Jan", if there are no parts.
    medline: String,
}

impl Article {
    /// Takes the beginning of an element; `path` ends with its name.
    /// `version` is the attribute of that name.
    pub(super) fn start(&mut self, path: &[String], version: Option<i64>) {
        if ends(path, &["MedlineCitation", "PMID"]) {
            self.number = version.unwrap_or(1);
        }
        if ends(path, &["DateRevised", "Month"]) || ends(path, &["DateRevised", "Day"]) {
            self.revised.push('-');
        }
        if is_abstract(path) && path.last().is_some_and(|name| name == "AbstractText") {
            self.parts.push(String::new());
        }
    }

    /// Takes characters inside an element.
    pub(super) fn text(&mut self, path: &[String], text: &str) {
        if is_abstract(path) {
            self.parts.iter_mut().last().into_iter().for_each(|part| part.push_str(text));
            return;
        }
        // An article's title has markup inside, and an article that comments on another names that one's id.
        let field = match path {
            [_, rest @ ..] if ends(rest, &["MedlineCitation", "PMID"]) || ends(rest, &["BookDocument", "PMID"]) => {
                &mut self.pmid
            }
            _ if path.iter().any(|name| name == "ArticleTitle") => &mut self.title,
            _ if ends(path, &["Journal", "Title"]) => &mut self.journal,
            [.., above, _] if above == "DateRevised" => &mut self.revised,
            _ if ends(path, &["PubDate", "Year"]) => &mut self.published.year,
            _ if ends(path, &["PubDate", "Month"]) => &mut self.published.month,
            _ if ends(path, &["PubDate", "Day"]) => &mut self.published.day,
            _ if ends(path, &["PubDate", "MedlineDate"]) => &mut self.published.medline,
            _ if ends(path, &["Article", "Language"]) => &mut self.language,
            _ => return,
        };
        field.push_str(text);
    }

    /// Returns its id, and a number that grows from version to version: the version's number, then the day of the last change.
    pub(super) fn version(&self) -> (Option<String>, Option<i64>) {
        let parts = self.revised.split('-').map(|part| part.trim().parse::<i64>().unwrap_or(0));
        let revised = parts.chain(std::iter::repeat(0)).take(3).fold(0, |all, part| all * 100 + part.clamp(0, 9999));
        let changed = self.number.clamp(0, 1000) * 100_000_000 + revised;
        // Without a day, what comes later is the newer one.
        (real(&self.pmid), (revised > 0 || self.number > 1).then_some(changed))
    }

    /// Returns the article as a row.
    pub(super) fn row(self) -> Row<'static> {
        let date = self.published.date();
        let year = date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
        let parts: Vec<String> = self.parts.iter().filter_map(|part| real(part)).collect();
        let values = [
            real(&self.pmid),
            real(&self.title),
            real(&parts.join("\n\n")),
            real(&self.journal),
            year,
            date,
            real(&self.language),
        ];
        let mut row = Row::at(Place::FILE);
        COLUMNS.iter().zip(values).for_each(|(name, value)| row.push(*name, Cell::text(value)));
        row
    }
}

fn real(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns whether an element lies in the abstract itself, not in a translation (`OtherAbstract`) or its copyright notice.
fn is_abstract(path: &[String]) -> bool {
    path.windows(2).any(|pair| pair[0] == "Abstract" && pair[1] == "AbstractText")
}

fn ends(path: &[String], names: &[&str]) -> bool {
    path.len() >= names.len() && path[path.len() - names.len()..].iter().zip(names).all(|(part, name)| part == name)
}

impl PubDate {
    /// Returns the date as "2019-03-05", "2019-03" or "2019", as much as there is.
    fn date(&self) -> Option<String> {
        let (year, month, day) = match year(&self.year) {
            Some(year) => (year, month_number(&self.month), self.day.trim().parse::<u8>().ok()),
            None => {
                let year = self.medline.split(|c: char| !c.is_ascii_digit()).find_map(year)?;
                // Of "1998 Dec-1999 Jan" the first month.
                let first = self.medline.split(|c: char| !c.is_alphanumeric()).nth(1).and_then(month_number);
                (year, first, None)
            }
        };
        Some(match (month, day.filter(|day| (1..=31).contains(day))) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, _) => year.to_owned(),
        })
    }
}

fn year(text: &str) -> Option<&str> {
    let text = text.trim();
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_what_the_record_has() {
        let of = |year: &str, month: &str, day: &str, medline: &str| {
            let text = |text: &str| text.to_owned();
            PubDate { year: text(year), month: text(month), day: text(day), medline: text(medline) }.date()
        };
        assert_eq!(of("2019", "Mar", "5", "").as_deref(), Some("2019-03-05"));
        assert_eq!(of("2019", "03", "", "").as_deref(), Some("2019-03"));
        assert_eq!(of("2019", "", "5", "").as_deref(), Some("2019"));
        assert_eq!(of("", "", "", "1998 Dec-1999 Jan").as_deref(), Some("1998-12"));
        assert_eq!(of("", "", "", "2000 Spring").as_deref(), Some("2000"));
        assert_eq!(of("", "", "", "Winter 1976-1977").as_deref(), Some("1976"));
        assert_eq!(of("", "", "", ""), None);
    }
}
