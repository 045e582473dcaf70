//! Review forms and layouts of other systems, in every wrapping.

use super::*;

#[test]
fn notes_are_found_wherever_they_are() {
    let note = |at: usize, text: &str| {
        json!({
            "id": format!("n{at}"), "forum": format!("f{at}"), "invitations": ["V.cc/2024/Conference/Submission1/-/Official_Review"],
            "content": { "summary": { "value": text }, "rating": { "value": 6 } }
        })
    };
    let content = |text: &str| json!({ "summary": { "value": text }, "soundness": { "value": "3 good" }, "rating": { "value": "6: ok" } });
    let submission = |at: usize| json!({ "id": format!("f{at}"), "forum": format!("f{at}"), "invitations": ["V.cc/2024/Conference/-/Submission"], "content": { "abstract": { "value": "We study kites." } } });
    let with = |mut record: Value, name: &str, value: Value| {
        record[name] = value;
        record
    };
    let by_forum: Value =
        Value::Object(TEXTS.iter().enumerate().map(|(at, text)| (format!("f{at}"), json!([note(at, text)]))).collect());
    for (reason, content) in [
        ("a map of forums", by_forum),
        ("submissions with reviews", array(|at, text| with(submission(at), "reviews", json!([note(at, text)])))),
        (
            "submissions with replies",
            array(|at, text| with(submission(at), "details", json!({ "replies": [note(at, text)] }))),
        ),
        (
            "edits",
            array(|at, text| json!({ "id": format!("e{at}"), "invitation": "V/-/Edit", "note": note(at, text) })),
        ),
        ("content alone", array(|_, text| content(text))),
        (
            "content below a link",
            array(
                |at, text| json!({ "Paper Link": format!("https://example.org/{at}"), "Reviews": [{ "Review 1 Content": content(text) }] }),
            ),
        ),
        (
            "a report of parts",
            array(
                |at, text| json!({ "rid": format!("r{at}"), "report": { "paper_summary": text, "summary_of_strengths": "N/A" } }),
            ),
        ),
    ] {
        assert_texts(reason, "a.json", content.to_string());
    }
    for (at, text) in TEXTS.iter().enumerate() {
        let (documents, _) = read(&format!("r{at}.json"), content(text).to_string()).unwrap();
        assert_eq!(prose(&documents), [*text]);
    }
    let edits = [7, 5].map(|day| {
        json!({ "tcdate": day, "note": with(note(0, TEXTS[if day == 7 { 0 } else { 1 }]), "cdate", json!(1)) })
            .to_string()
    });
    assert_eq!(prose(&read("a.jsonl", edits.join("\n")).unwrap().0), [TEXTS[0]]);
    let answer = with(
        note(0, TEXTS[0]),
        "content",
        json!({ "summary": { "value": TEXTS[0] }, "supplementary_material": { "value": TEXTS[1] } }),
    );
    assert_eq!(prose(&read("a.jsonl", answer.to_string()).unwrap().0), [format!("{} {}", TEXTS[0], TEXTS[1])]);
    let path = with(
        note(0, TEXTS[0]),
        "content",
        json!({ "summary": { "value": TEXTS[0] }, "supplementary_material": { "value": "/attachment/1.zip" } }),
    );
    assert_eq!(prose(&read("a.jsonl", path.to_string()).unwrap().0), [TEXTS[0]]);
}

#[test]
fn forms_of_other_systems_are_read_whole() {
    let hotcrp =
        table("paper,title,review,reviewername,email,Overall merit,Paper summary,Comments for authors", |at, text| {
            format!("{at},A kite,{at}A,R,r@example.org,3,{},{}", doubled(TEXTS[(at + 1) % 6]), doubled(text))
        });
    let (documents, summary) = read("a.csv", hotcrp).unwrap();
    assert_eq!(prose(&documents)[1], format!("{} {}", TEXTS[2], TEXTS[1]));
    assert_eq!(summary.files[0].text_fields, ["Paper summary", "Comments for authors"]);
    let cmt = table(
        "Paper ID,Paper Title,Reviewer Name,Created,Q1 (Summary),Q2 (Score),Q4 (Confidential comments to the chairs)",
        |at, text| format!("{at},A kite,R,9/1/2023 03:07:00PM -05:00,{},4,{}", doubled(text), doubled(TEXTS[5])),
    );
    assert_texts("the chairs' part of CMT is left out", "a.csv", cmt);
}

#[test]
fn layouts_are_told_in_every_container() {
    let versions = "\"[{'version': 'v1', 'created': 'Fri, 01 Mar 2019 10:00:00 GMT'}]\"";
    let csv = table("id,comments,categories,abstract,versions", |at, text| {
        format!("1903.0000{at},\"{at} pages, 3 figures\",cs.LG stat.ML,{},{versions}", doubled(text))
    });
    let json = lines(|at, text| {
        json!({
            "id": format!("1903.0000{at}"), "categories": ["cs.LG"], "abstract": text, "comments": "12 pages",
            "versions": ["v1"], "versions_dates": ["Fri, 01 Mar 2019 10:00:00 GMT"]
        })
    });
    let options = ReadOptions::default().optional_columns(vec!["date".into(), "category".into()]);
    for (name, content) in [("a.csv", csv), ("a.json", json)] {
        let (documents, _) = read_files(&[(name, content.into_bytes())], &options).unwrap();
        assert_eq!(prose(&documents), TEXTS);
        assert_eq!(documents[0].values, [Some("2019-03-01".to_owned()), Some("cs.LG".to_owned())]);
    }
    for (reason, content) in [
        (
            "unarXive of 2024",
            lines(
                |at, text| json!({ "paper_id": at, "abstract": "We study kites.", "sections": { "Introduction": { "text": text } } }),
            ),
        ),
        (
            "science-parse",
            lines(
                |at, text| json!({ "id": at, "abstractText": "We study kites.", "sections": [{ "heading": "1", "text": text }] }),
            ),
        ),
    ] {
        assert_texts(reason, "a.jsonl", content);
    }
}
