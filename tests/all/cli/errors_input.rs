//! Input that is refused: exit code 2, what was found and where, what to do about it.

use std::fs;

use super::*;

/// `target.jsonl` replaced by `content`, and the estimate of it refused.
fn refused_content(name: &str, content: impl AsRef<[u8]>, parts: &[&str]) {
    let place = ready();
    place.write(name, content);
    let parts: Vec<&str> = parts.iter().copied().chain([name]).collect();
    refused(&place, &format!("estimate {name} --reference toy.json"), &parts);
    // The same reader serves the other commands.
    refused(&place, &format!("score {name} --reference toy.json -o x.parquet"), &parts);
    refused(&place, &format!("fit --human {name} --llm toy=llm.jsonl -o x.json"), &parts);
    assert!(!place.path("x.parquet").exists() && !place.path("x.json").exists());
}

#[test]
fn missing_and_empty_files() {
    let place = ready();
    refused(&place, "estimate nowhere.jsonl", &["nowhere.jsonl: no such file or folder"]);
    refused(&place, "estimate target.jsonl nowhere.jsonl", &["nowhere.jsonl: no such file or folder"]);
    refused(&place, "estimate no*where.jsonl", &["no*where.jsonl: no file matches this pattern"]);
    refused_content("empty.jsonl", "", &["empty.jsonl: empty file: 0 bytes [remove it, or check how it was made]"]);
    refused_content("header.csv", "id,text\n", &["header.csv: empty file: no row"]);
    fs::create_dir(place.path("folder")).unwrap();
    refused(&place, "estimate folder", &["folder: no readable file in this folder", "[looked for .parquet"]);
    refused(&place, "estimate - --reference toy.json", &["standard input: empty file"]);
}

#[test]
fn columns_that_are_not_there() {
    let place = ready();
    let columns = "[columns: `id`, `paper`, `year`, `text`]";
    let line = "estimate target.jsonl --reference toy.json";
    refused(&place, &format!("{line} --text-field body"), &["target.jsonl: no column `body`", columns]);
    refused(&place, &format!("{line} --by venue"), &["target.jsonl: no column `venue`", columns]);
    refused(&place, &format!("{line} --by year --by venue"), &["no column `venue`"]);
    refused(&place, &format!("{line} --id-field key"), &["target.jsonl: no column `key`", columns]);
    let fit = "fit --human human.jsonl --llm toy=llm.jsonl -o x.json";
    refused(&place, &format!("{fit} --split-by forum"), &["human.jsonl: no column `forum`", columns]);
    refused(&place, &format!("{fit} --date-field month"), &["human.jsonl: no column `month`", columns]);
    place.line("score target.jsonl --reference toy.json --by year -o t.parquet").ok();
    refused(
        &place,
        "estimate t.parquet --reference toy.json --by venue",
        &["venue", "[columns: year; or score the text again with --by venue]"],
    );
}

#[test]
fn text_that_cannot_be_found_or_is_none() {
    let lines = |line: &str| line.repeat(3);
    refused_content("a.jsonl", lines("{\"id\": 1, \"one\": \"a b\", \"two\": \"c d\"}\n"), &["--text-field", "`one`"]);
    refused_content("b.jsonl", lines("{\"id\": 1, \"text\": 7}\n"), &["text", "--text-field"]);
    refused_content("c.jsonl", "{\"text\": \"a b.\"}\n{\"text\": \"a b.\n", &["c.jsonl, line 2", "not valid JSON"]);
    refused_content("d.jsonl", "[1, 2]\n", &["d.jsonl", "a document must be a JSON object"]);
    refused_content("e.csv", "id,text\n1,a b.\n2\n", &["e.csv, line 3: 1 values where the header has 2 columns"]);
    refused_content("f.dat", "no format at all", &["f.dat: cannot tell the format", "[pass --format"]);
}

#[test]
fn text_of_which_everything_is_cut_says_what_was_cut() {
    let place = ready();
    let quoted = "{\"text\": \"> A kite flies in weak wind.\\n> It lands on its own.\"}\n".repeat(60);
    place.write("quoted.jsonl", quoted);
    let parts = ["no sentence is left to judge in 60 documents", "quote", "give the text as its writer wrote it"];
    refused(&place, "estimate quoted.jsonl --reference toy.json", &parts);
}

#[test]
fn bytes_that_are_not_utf8_are_counted_or_refused() {
    let place = ready();
    let mut lines = place.read("target.jsonl");
    for document in 0..3 {
        let needle = format!("\"id\":\"th{document}\"").into_bytes();
        let at = lines.windows(needle.len()).position(|window| window == needle).unwrap();
        let text = at + lines[at..].windows(8).position(|window| window == b"\"text\":\"").unwrap() + 8;
        lines[text + 3] = 0xff;
    }
    place.write("latin.jsonl", &lines);
    let table = place.line("estimate latin.jsonl --reference toy.json").ok();
    assert!(table.contains("! 3 documents had bytes that are not UTF-8; they were replaced"), "{table}");
    let json = place.line("estimate latin.jsonl --reference toy.json --output json").json();
    assert_eq!(json["input"]["n_documents_invalid_utf8"], 3);
    let strict = place.line("estimate latin.jsonl --reference toy.json --strict");
    assert_refused(&strict, &["latin.jsonl, line ", "not UTF-8", "iconv -f LATIN1 -t UTF-8"]);
    refused(&place, "fit --human latin.jsonl --llm toy=llm.jsonl --strict -o x.json", &["latin.jsonl, line "]);
}

#[test]
fn damaged_compressed_and_parquet_files() {
    let place = ready();
    let text = place.read("target.jsonl");
    let packed = gzip(&text);
    refused_content(
        "cut.jsonl.gz",
        &packed[..packed.len() / 2],
        &["gzip data is cut short", "documents read", "[download or copy the file again]"],
    );
    // The check sum at the end is the last place where damage can be noticed.
    let mut damaged = packed.clone();
    let check_sum = damaged.len() - 8;
    damaged[check_sum] ^= 0x55;
    refused_content(
        "damaged.jsonl.gz",
        &damaged,
        &["gzip data is damaged after ", "(60 documents read)", "[download or copy the file again]"],
    );
    let zstd = zstd::encode_all(text.as_slice(), 3).unwrap();
    refused_content("cut.jsonl.zst", &zstd[..zstd.len() / 2], &["zstd data is", "[download or copy"]);
    refused_content("text.parquet", &text, &["not a parquet file, or cut short", "--format"]);
    place.line("score target.jsonl --reference toy.json -o t.parquet").ok();
    let table = place.read("t.parquet");
    refused_content("cut.parquet", &table[..table.len() / 2], &["not a parquet file, or cut short"]);
}

#[test]
fn parquet_of_another_schema() {
    let place = ready();
    let numbers = vec![
        Column::new("id".into(), (0..100_i64).collect::<Vec<_>>()),
        Column::new("score".into(), vec![1.5_f64; 100]),
    ];
    write_frame(&place, "numbers.parquet", numbers);
    let line = "estimate numbers.parquet --reference toy.json";
    refused(&place, line, &["numbers.parquet: cannot tell which column holds the text", "`id`, `score`"]);
    refused(&place, &format!("{line} --text-field score"), &["numbers.parquet", "score"]);
    refused(&place, "estimate target.jsonl --reference numbers.parquet", &["numbers.parquet: not a reference file"]);
}

#[test]
fn too_little_text() {
    let place = ready();
    let mut writer = Writer::new(3);
    // A document has at most 15 sentences: 5 documents have too few to fit on, a paper of 3 too few to estimate.
    place.write("few.jsonl", jsonl(&writer.documents(Author::Llm, 5, "f")));
    let fit = "fit --human human.jsonl --llm toy=few.jsonl -o x.json";
    refused(
        &place,
        fit,
        &["source \"toy\": only ", "units to fit on, but at least 200 are needed [add text of this source]"],
    );
    refused(&place, "fit --human few.jsonl --llm toy=llm.jsonl -o x.json", &["source \"human\": only "]);
    let hold_out = "fit --human human.jsonl --llm toy=llm.jsonl --hold-out 0.97 -o x.json";
    refused(&place, hold_out, &["or hold out less: ", "documents are left out"]);
    let rare = "fit --human human.jsonl --llm toy=llm.jsonl --min-human-units 1000000 -o x.json";
    refused(
        &place,
        rare,
        &["no word is in at least 1000000 human and 3 LLM units [add text, or lower the minimum counts]"],
    );
    assert!(!place.path("x.json").exists());
    place.write("tiny.jsonl", jsonl(&writer.documents(Author::Llm, 2, "f")));
    let tiny = ["too little text: only ", " sentences in 2 documents, but at least 50 are needed [add documents]"];
    refused(&place, "estimate tiny.jsonl --reference toy.json", &tiny);
    refused(&place, "estimate tiny.jsonl --reference toy.json --method liang", &tiny);
    let grouped = ["at least 50 are needed [add documents, or group by fewer columns]"];
    refused(&place, "estimate few.jsonl --reference toy.json --by paper", &grouped);
}

#[test]
fn a_small_group_beside_a_large_one_is_listed_without_an_estimate() {
    let place = ready();
    let mut documents = Writer::new(4).documents(Author::Human, 60, "t");
    documents.iter_mut().enumerate().for_each(|(number, document)| {
        document.year = Some(if number < 2 { "1999" } else { "2020" }.to_owned());
    });
    place.write("target.jsonl", jsonl(&documents));
    for method in ["", "--method liang"] {
        let line = format!("estimate target.jsonl --reference toy.json --by year {method}");
        let result = place.line(&format!("{line} --output json")).json();
        let (small, large) = (&result["estimates"][0], &result["estimates"][1]);
        assert_eq!((&small["group"]["year"], &small["n_documents"]), (&"1999".into(), &2.into()));
        assert!(["alpha", "interval", "standard_error"].iter().all(|key| small[key].is_null()), "{small}");
        assert!(small["warnings"][0].as_str().unwrap().contains("but at least 50 are needed"), "{small}");
        assert!(large["alpha"].is_number(), "{large}");
        let table = place.line(&line).ok();
        assert!(table.lines().nth(1).unwrap().starts_with("1999  "), "{table}");
        assert!(table.contains("! 1999: no estimate: only "), "{table}");
        let csv = place.line(&format!("{line} --output csv")).ok();
        let rows = csv_rows(&csv);
        let of_small = ["year", "alpha", "lower", "source", "identified"].map(|column| rows[0][column].as_str());
        assert_eq!(of_small, ["1999", "", "", "all_llms", ""]);
    }
}
