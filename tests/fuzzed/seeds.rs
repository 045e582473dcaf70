//! The seeds that are no text: `cargo test --test fuzzed seeds_only_by_name -- --ignored` writes them again.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use llm_prevalence::corpus::{Document, Text};
use llm_prevalence::occurrence::VocabularyRule;
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{FitOptions, HUMAN, KnownCorpus, KnownDocument, Reference, Scorer, fit};
use llm_prevalence::score::store::{Origin, write_score_table};
use llm_prevalence::score::{ScoreTable, UnitScorer};
use llm_prevalence::tokenize::UnitRule;
use llm_prevalence::words::OccurrenceTable;
use llm_prevalence::words::store::write_occurrence_table;
use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{
    Column, DataFrame, NamedFrom, ParquetCompression, ParquetReader, ParquetWriter, SerReader, Series,
};

/// Sentences that people write here, and those of two LLMs.
const HUMAN_SAYS: [&str; 4] = ["The wind is weak.", "A kite lands.", "The line is long.", "We show a kite."];
const LLMS_SAY: [[&str; 4]; 2] = [
    ["We show a robust kite.", "It soars and turns.", "The wind is weak.", "A kite lands."],
    ["The line is intricate.", "It soars.", "The wind is robust.", "We show a kite."],
];

/// A text of some of these sentences.
fn says(sentences: &[&str; 4], number: usize) -> String {
    (0..3).map(|place| sentences[(number * 7 + place * place + number / 5) % 4]).collect::<Vec<_>>().join(" ")
}

fn documents(n: usize) -> Vec<Document> {
    let document = |number: usize| {
        Document::new(
            Some(number.to_string()),
            Text::prose(&says(if number.is_multiple_of(4) { &LLMS_SAY[0] } else { &HUMAN_SAYS }, number)),
        )
        .values(vec![(!number.is_multiple_of(9)).then(|| (2019 + number % 5).to_string())])
    };
    (0..n).map(document).collect()
}

/// A reference of as many LLMs as that.
pub fn reference(n_llms: usize) -> Reference {
    let corpus = |source: &str, sentences: &[&str; 4]| {
        let known = |number: usize| KnownDocument::new(Text::prose(&says(sentences, number))).date("2021");
        KnownCorpus::new(source, (0..80).map(known).collect())
    };
    let mut corpora = vec![corpus(HUMAN, &HUMAN_SAYS)];
    corpora.extend(LLMS_SAY.iter().take(n_llms).zip(["one", "two"]).map(|(says, name)| corpus(name, says)));
    let vocabulary_rule = VocabularyRule::default().min_human_units(1).min_llm_units(1);
    fit(corpora, &FitOptions::default().vocabulary_rule(vocabulary_rule).n_folds(2), &Silent).unwrap()
}

/// Scores by the reference `abstracts`.
pub fn score_table() -> Vec<u8> {
    let reference = Reference::embedded("abstracts").unwrap();
    let mut table = ScoreTable::new(vec!["year".to_owned()]);
    UnitScorer::new(&reference, Scorer::default()).score_into(&documents(24), &mut table);
    table.salt(b"kite");
    let origin = Origin::new(&reference, "0".repeat(64), Scorer::default());
    let mut bytes = Vec::new();
    write_score_table(&table, &origin, &mut bytes, "seed").unwrap();
    bytes
}

pub fn occurrence_table() -> Vec<u8> {
    let mut table = OccurrenceTable::new(UnitRule::Sentence, vec!["year".to_owned()]);
    table.count(&documents(150));
    let mut bytes = Vec::new();
    write_occurrence_table(table, &mut bytes, "seed").unwrap();
    bytes
}

/// The same table without compression, so that a changed byte changes a value.
pub fn plain(stored: &[u8]) -> Vec<u8> {
    rewritten(stored, |_| ())
}

/// A table after a change, without compression.
pub fn rewritten(stored: &[u8], change: impl Fn(&mut DataFrame)) -> Vec<u8> {
    let mut reader = ParquetReader::new(Cursor::new(stored));
    let entries = reader.get_metadata().unwrap().key_value_metadata().iter().flatten();
    let entries = entries.filter(|entry| entry.key != "ARROW:schema");
    let entries = entries.map(|entry| (entry.key.to_string(), entry.value.as_ref().unwrap().to_string())).collect();
    let mut frame = reader.finish().unwrap();
    change(&mut frame);
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(entries)))
        .finish(&mut frame)
        .unwrap();
    bytes
}

fn parquet(columns: Vec<Series>, compression: ParquetCompression) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns.into_iter().map(Column::from).collect()).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_compression(compression).finish(&mut frame).unwrap();
    bytes
}

fn texts() -> Vec<u8> {
    let texts = [Some("A kite flies."), None, Some("It lands."), Some("It lands.")];
    let years = [Some(2019i32), Some(2020), None, Some(2021)];
    let columns = vec![Series::new("text".into(), texts), Series::new("year".into(), years)];
    parquet(columns, ParquetCompression::Uncompressed)
}

fn words() -> Vec<u8> {
    let units = [Series::new("".into(), ["a", "kite", "flies"]), Series::new("".into(), ["it", "lands"])];
    let columns = vec![Series::new("text".into(), units), Series::new("rating".into(), [1.5f64, f64::NAN])];
    parquet(columns, ParquetCompression::Zstd(None))
}

fn zip(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn archive(method: zip::CompressionMethod) -> Vec<u8> {
    let rows: &[u8] = b"id,text\n1,A kite flies.\n";
    zip(
        &[("a/rows.csv", rows), ("../b.txt", b"It lands. It lands. It lands."), (".hidden", b""), ("c.bin", b"x")],
        method,
    )
}

#[test]
#[ignore = "writes the seeds"]
fn seeds_only_by_name() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let text = b"id,text\n1,A kite flies.\n2,It lands.\n";
    let seeds: [(&str, Vec<u8>); 12] = [
        ("scores/stored.parquet", score_table()),
        ("scores/plain.parquet", plain(&score_table())),
        ("occurrences/stored.parquet", occurrence_table()),
        ("occurrences/plain.parquet", plain(&occurrence_table())),
        ("reference/one.json", reference(1).to_bytes()),
        ("reference/two.json", reference(2).to_bytes()),
        ("parquet/texts.parquet", texts()),
        ("parquet/words.parquet", words()),
        ("zip/stored.zip", archive(zip::CompressionMethod::Stored)),
        ("zip/deflated.zip", archive(zip::CompressionMethod::Deflated)),
        ("compressed/rows.csv.zst", zstd::stream::encode_all(&text[..], 3).unwrap()),
        ("xlsx/empty.xlsx", zip(&[("[Content_Types].xml", b"<Types/>")], zip::CompressionMethod::Stored)),
    ];
    for (name, bytes) in seeds {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
}
