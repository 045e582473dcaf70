//! Checks the sizes that a parquet file states before polars believes them: polars reserves memory for them, and a process that gets
//! none is killed before it can report an error.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use polars::prelude::FileMetadata;
use polars_parquet_format::PageHeader;
use polars_parquet_format::thrift;
use polars_parquet_format::thrift::protocol::{TCompactInputProtocol, TInputProtocol, TType};

/// Maximum number of rows of a row group, and of values of a page: some thirty times what writers make by default.
const MAX_ROWS: usize = 1 << 25;
/// Maximum number of bytes that a page may unpack to; writers begin another after 1 MiB or so.
const MAX_PAGE_BYTES: i32 = 1 << 29;
/// Maximum number of bytes of a page's header, whose statistics may hold a text or two.
const MAX_HEADER_BYTES: usize = 16 << 20;
const BUFFER_BYTES: usize = 4 << 10;
/// Maximum depth of nested structures in the metadata; the format has fewer.
const MAX_DEPTH: u8 = 32;
/// Maximum that the parser counts per byte of metadata: 8 for an element of a list, and a little for its content.
const BUDGET_PER_BYTE: usize = 16;

/// A column's part of a row group: the byte range of its pages, and the number of values in them.
struct Chunk {
    start: u64,
    end: u64,
    n_values: usize,
}

/// Walks through the metadata without interpreting it. Content outside of the file is left for polars to refuse.
pub(super) fn check_metadata(mut file: &File) -> thrift::Result<()> {
    let n_bytes = file.metadata()?.len();
    let mut length = [0; 4];
    if file.seek(SeekFrom::End(-8)).is_err() {
        return Ok(());
    }
    file.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let Some(start) = n_bytes.checked_sub(8 + u64::from(length)) else { return Ok(()) };
    file.seek(SeekFrom::Start(start))?;
    let reader = BufReader::new(file).take(u64::from(length));
    let mut protocol = TCompactInputProtocol::new(reader, BUDGET_PER_BYTE * length as usize);
    walk(&mut protocol, TType::Struct, MAX_DEPTH)
}

/// Reads a value and discards it; fails if a list is longer than the remaining bytes can hold.
fn walk(protocol: &mut impl TInputProtocol, kind: TType, depth: u8) -> thrift::Result<()> {
    match kind {
        _ if depth == 0 => Err("it is nested too deeply".into()),
        TType::String => protocol.read_bytes().map(drop),
        TType::List => {
            let list = protocol.read_list_begin()?;
            (0..list.size).try_for_each(|_| walk(protocol, list.element_type, depth - 1))?;
            protocol.read_list_end()
        }
        TType::Struct => {
            protocol.read_struct_begin()?;
            loop {
                let field = protocol.read_field_begin()?;
                if field.field_type == TType::Stop {
                    return protocol.read_struct_end();
                }
                walk(protocol, field.field_type, depth - 1)?;
            }
        }
        other => protocol.skip(other),
    }
}

/// Checks the sizes of all row groups in `metadata`, and the headers of all their pages in `file`.
pub(super) fn check_pages(file: &File, metadata: &FileMetadata) -> Result<(), String> {
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

/// Returns the number of values and of stored bytes of a page, if they are valid; a dictionary has no values of the column.
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
