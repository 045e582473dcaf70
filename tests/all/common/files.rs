//! Files of all kinds, and reading them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use llm_prevalence::corpus::{CorpusError, Document, ReadOptions, ReadSummary, Text, find_inputs, read_corpus};
use polars::prelude::{Column, DataFrame, ParquetWriter, Series};
use serde_json::Value;
use tempfile::TempDir;

/// What was read.
pub type Read = (Vec<Document>, ReadSummary);

/// One row a line.
pub fn json_lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// `content`, gzipped.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// `content`, compressed by zstd.
pub fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(content, 3).unwrap()
}

/// A Parquet file of these columns.
pub fn parquet(columns: Vec<Series>) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns.into_iter().map(Column::from).collect()).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

/// A ZIP archive of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(6));
    for (name, content) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A folder with these files.
pub fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    files.iter().for_each(|(name, content)| fs::write(folder.path().join(name), content).unwrap());
    folder
}

/// Reads files and folders.
pub fn read_paths(paths: &[&Path], options: &ReadOptions) -> Result<Read, CorpusError> {
    let paths: Vec<String> = paths.iter().map(|path| path.to_str().unwrap().to_owned()).collect();
    let mut documents = Vec::new();
    let summary = read_corpus(&find_inputs(&paths)?, options, &mut |batch| {
        documents.extend(batch);
        Ok(())
    })?;
    Ok((documents, summary))
}

/// Reads a file of this name and content.
pub fn read_content(name: &str, content: impl AsRef<[u8]>, options: &ReadOptions) -> Result<Read, CorpusError> {
    let folder = folder_of(&[(name, content.as_ref())]);
    read_paths(&[&folder.path().join(name)], options)
}

/// The prose of a document.
pub fn prose(document: &Document) -> &str {
    match &document.text {
        Text::Prose(prose) => prose,
        Text::Units(_) => panic!("words"),
    }
}

/// The prose of each document.
pub fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(prose).collect()
}
