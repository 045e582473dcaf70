//! Reads tables in memory by the same rules as the rows of a file.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::frame::{Frame, FrameValue};
use super::problem::{Place, Problem};
use super::row::{Cell, Row, cell};
use super::sink::Sink;
use super::table::{Table, check_names};

pub(super) fn read(context: &Context, frame: &Frame, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let rows = frame.rows();
    let names = rows.columns();
    check_names(context, names)?;
    if rows.n_rows() == 0 {
        return Err(context.problem(Problem::Empty { found: "no row" }));
    }
    let mut table = Table::new(context);
    let mut hash = Sha256::new();
    names.iter().for_each(|name| take(&mut hash, Some(name)));
    for at in 0..rows.n_rows() {
        let mut row = Row::at(Place::row(at as u64 + 1));
        for (column, name) in names.iter().enumerate() {
            let cell = match rows.value(column, at) {
                FrameValue::Null => Cell::Null,
                FrameValue::Text(text) => Cell::text(Some(text)),
                FrameValue::Number(number) => Cell::Number(Cow::Owned(number)),
                FrameValue::Nested(value) => cell(&value).into_owned(),
            };
            match &cell {
                Cell::Text(text) | Cell::Number(text) => take(&mut hash, Some(text)),
                other => take(&mut hash, other.shown().as_deref()),
            }
            row.push(name.as_str(), cell);
        }
        table.push(row, sink)?;
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Outcome { format: Format::Arrow, sha256, found: table.finish(sink)? })
}

/// Hashes a value with its length, so that what belongs to which value is told apart.
fn take(hash: &mut Sha256, value: Option<&str>) {
    hash.update(value.map_or(u64::MAX, |value| value.len() as u64).to_le_bytes());
    hash.update(value.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::super::{Document, ReadOptions, Rows, read_corpus};
    use super::*;

    struct Reviews {
        columns: [String; 3],
        texts: Vec<String>,
    }

    impl Rows for Reviews {
        fn columns(&self) -> &[String] {
            &self.columns
        }

        fn n_rows(&self) -> usize {
            self.texts.len()
        }

        fn value(&self, column: usize, row: usize) -> FrameValue<'_> {
            match column {
                0 => FrameValue::Text(&self.texts[row]),
                1 => FrameValue::Number((2019 + row % 3).to_string()),
                _ => FrameValue::Null,
            }
        }
    }

    #[test]
    fn rows_are_documents_and_the_frame_is_named_like_a_file() {
        let text =
            |n: usize| format!("Kite {n} flies well in weak wind. I would like to see all {n} of them in rain, too.");
        let columns = ["review", "year", "note"].map(str::to_owned);
        let frame = Frame::new("kites", Reviews { columns, texts: (0..300).map(text).collect() });
        let options = ReadOptions { frames: vec![frame], columns: vec!["year".to_owned()], ..ReadOptions::default() };
        let inputs = options.find_inputs(&["kites".to_owned()]).unwrap();
        let mut documents: Vec<Document> = vec![];
        let summary = read_corpus(&inputs, &options, &mut |batch| {
            documents.extend(batch);
            Ok(())
        })
        .unwrap();
        assert_eq!((documents.len(), summary.n_documents, &*summary.files[0].name), (300, 300, "kites"));
        assert_eq!(summary.files[0].text_fields, ["review"]);
        assert_eq!(documents[1].values, [Some("2020".to_owned())]);
        assert!(options.find_inputs(&["bats".to_owned()]).unwrap_err().to_string().contains("bats"));
    }
}
