//! Sizes that a parquet file gives itself, checked before polars believes them: it reserves memory for them, and a process that gets
//! none is ended where an error could be told.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

use polars::prelude::FileMetadata;
use polars_parquet_format::PageHeader;
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;

/// The most rows of a row group, and values of a page, that are believed: some thirty times what writers make by default.
const MAX_ROWS: usize = 1 << 25;
/// The most bytes that a page is believed to unpack to; writers begin another after 1 MiB or so.
const MAX_PAGE_BYTES: i32 = 1 << 29;
/// Bytes of a page's header, whose statistics may hold a text or two.
const MAX_HEADER_BYTES: usize = 16 << 20;
const BUFFER_BYTES: usize = 4 << 10;

/// A column's part of a row group: where its pages lie, and how many values they have together.
struct Chunk {
    start: u64,
    end: u64,
    n_values: usize,
}

/// Checks the sizes of all row groups in `metadata`, and the headers of all their pages in `file`.
pub(crate) fn check_pages(file: &File, metadata: &FileMetadata) -> Result<(), String> {
    let n_bytes = file.metadata().map_err(|error| error.to_string())?.len();
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
    for (number, group) in metadata.row_groups.iter().enumerate() {
        let n_rows = group.num_rows();
        if n_rows > MAX_ROWS {
            return Err(format!("row group {} says it has {n_rows} rows, more than {MAX_ROWS}", number + 1));
        }
        for column in group.parquet_columns() {
            let range = column.byte_range();
            let is_flat = column.descriptor().descriptor.max_rep_level == 0;
            let n_values = usize::try_from(column.num_values()).ok().filter(|n| !is_flat || *n == n_rows);
            let Some(n_values) = n_values.filter(|_| range.end <= n_bytes) else {
                return Err(format!("row group {}: a column contradicts the group's size or the file's", number + 1));
            };
            check_chunk(&mut reader, &Chunk { start: range.start, end: range.end, n_values })?;
        }
    }
    Ok(())
}

fn check_chunk(reader: &mut BufReader<&File>, chunk: &Chunk) -> Result<(), String> {
    let (mut at, mut n_seen) = (chunk.start, 0);
    while n_seen < chunk.n_values && at < chunk.end {
        let failed = |what: String| format!("the page at byte {at} {what}");
        reader.seek(SeekFrom::Start(at)).map_err(|error| failed(error.to_string()))?;
        let mut protocol = TCompactInputProtocol::new(&mut *reader, MAX_HEADER_BYTES);
        let header = PageHeader::read_from_in_protocol(&mut protocol).map_err(|error| failed(error.to_string()))?;
        let (n_values, n_stored) = sizes(&header).map_err(failed)?;
        let start = reader.stream_position().map_err(|error| failed(error.to_string()))?;
        at = start + n_stored;
        if at > chunk.end {
            return Err(format!("the page that begins at byte {start} ends after its column"));
        }
        n_seen += n_values;
    }
    Ok(())
}

/// Values and stored bytes of a page, if they are sizes at all; a dictionary has no values of the column.
fn sizes(header: &PageHeader) -> Result<(usize, u64), String> {
    let data = header.data_page_header.as_ref().map(|of| of.num_values);
    let data = data.or(header.data_page_header_v2.as_ref().map(|of| of.num_values));
    let dictionary = header.dictionary_page_header.as_ref().map(|of| of.num_values);
    let is_size = |n: i32| usize::try_from(n).ok().filter(|n| *n <= MAX_ROWS);
    if let Some(wrong) = [data, dictionary].into_iter().flatten().find(|n| is_size(*n).is_none()) {
        return Err(format!("says it has {wrong} values"));
    }
    if !(0..=MAX_PAGE_BYTES).contains(&header.uncompressed_page_size) {
        return Err(format!("says it unpacks to {} bytes", header.uncompressed_page_size));
    }
    let n_stored = u64::try_from(header.compressed_page_size);
    let n_stored = n_stored.map_err(|_| format!("says it has {} bytes", header.compressed_page_size))?;
    Ok((data.and_then(is_size).unwrap_or(0), n_stored))
}
