//! No bytes make a reader panic.

use crate::common::folder_of;
use llm_prevalence::corpus::{Format, Layout, ReadOptions, find_inputs, read_corpus};
use proptest::prelude::*;

/// What readers make of bytes; anything but a panic will do.
pub fn read_bytes(name: &str, content: &[u8], options: &ReadOptions) {
    let folder = folder_of(&[(name, content)]);
    let path = folder.path().join(name).to_str().unwrap().to_owned();
    let _ = read_corpus(&find_inputs(&[path]).unwrap(), options, &mut |_| Ok(()));
}

/// Starts that lead a reader further into its format.
const STARTS: [&[u8]; 14] = [
    b"",
    b"{\"forum\":\"f\",\"invitation\":\"V/-/Official_Review\",\"content\":{\"review\":\"A kite\",",
    b"{\"forum\":\"f\",\"invitations\":[\"V/-/Official_Review\"],\"content\":{\"review\":{\"value\":\"A kite\"}},",
    b"{\"notes\":[{\"forum\":\"f\",\"content\":{",
    b"{\"title\":\"t\",\"reviews\":[{\"comments\":\"A kite\",",
    b"{\"abstract\":\"A kite\",\"categories\":\"cs\",\"versions\":[{\"created\":\"",
    b"{\"paper_id\":\"1\",\"body_text\":[{\"text\":\"A {{",
    b"{\"corpusid\":1,\"content\":{\"text\":\"\xC3\xA4 kite\",\"annotations\":{\"paragraph\":\"[{\\\"start\\\":1,\\\"end\\\":",
    b"[{\"text\":\"",
    b"<PubmedArticleSet><PubmedArticle><Abstract><AbstractText>",
    b"id,text\n1,\"",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    b"PAR1",
    b"A kite\x0C1\n",
];
/// Pieces that formats are made of.
const PIECES: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\u",
    "\\ud83d",
    "\\",
    "\n",
    "<",
    ">",
    "</AbstractText>",
    "</PubmedArticle>",
    "&",
    ";",
    "\u{C}",
    "}}",
    "null",
    "1e999",
    "-\na",
];

fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        proptest::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        "[a-z ]{0,6}".prop_map(String::into_bytes),
    ];
    let pieces = proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (proptest::sample::select(&STARTS[..]), pieces).prop_map(|(start, rest)| [start, &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn no_bytes_make_a_reader_panic(content in noise(), strict: bool) {
        let columns = ["date", "rating", "deep"].map(str::to_owned).to_vec();
        let options = ReadOptions::default().optional_columns(columns).strict(strict);
        read_bytes("a.bin", &content, &options);
        for format in Format::ALL {
            read_bytes("a.bin", &content, &options.clone().format(format));
        }
        for layout in Layout::ALL {
            read_bytes("a.json", &content, &options.clone().layout(layout));
        }
    }
}
