//! No file of the library imports, by way of others, from itself; nor does a folder of `src`; a sibling is imported by its file.
//!
//! A plain scan of `use` and of paths in code, re-exports resolved to the file that defines a name; what is compiled for tests alone does
//! not count.

mod graph;
mod source;

use std::collections::BTreeSet;
use std::path::Path;

use graph::{Edges, Library, circles};

fn edges() -> Edges {
    Library::read(Path::new(env!("CARGO_MANIFEST_DIR"))).edges()
}

/// Edges between the folders and files right below `src`; the crate's root, which only hands on, left out.
fn between_rooms(edges: &Edges) -> Edges {
    let mut rooms = Edges::new();
    for ((from, to), names) in edges {
        let room = |file: &str| file.split('/').nth(1).unwrap_or_default().to_owned();
        let (from, to) = (room(from), room(to));
        if from != to && from != "lib.rs" && to != "lib.rs" {
            rooms.entry((from, to)).or_default().extend(names.iter().cloned());
        }
    }
    rooms
}

/// The circle's members, and who in it imports what from whom.
fn described(circle: &BTreeSet<String>, edges: &Edges) -> String {
    let inner = edges.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
    let lines = inner.map(|((from, to), names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("    {from} -> {to}: {}\n", names.join(", "))
    });
    format!("  {} files\n{}", circle.len(), lines.collect::<String>())
}

fn assert_no_circle(edges: &Edges) {
    let found: String = circles(edges).iter().map(|circle| described(circle, edges)).collect();
    assert!(found.is_empty(), "files that import from each other, by way of others:\n{found}");
}

#[test]
fn no_file_imports_from_itself_by_way_of_others() {
    assert_no_circle(&edges());
}

#[test]
fn no_folder_imports_from_itself_by_way_of_others() {
    assert_no_circle(&between_rooms(&edges()));
}

#[test]
fn a_sibling_is_imported_by_its_file() {
    let found = Library::read(Path::new(env!("CARGO_MANIFEST_DIR"))).by_way_of_their_folder();
    assert!(found.is_empty(), "names that go by way of mod.rs, and what to write: {found:#?}");
}

#[test]
fn paths_are_resolved_to_the_files_that_define_them() {
    let text = "pub(crate) use a::{b::{C, self as d}, E};\n#[cfg(test)]\nmod tests { use f::G; }\n\
        fn h(i: &'static str) { let c = 'c'; j::k(\"use l::m;\"); } // n::o\nmod p;";
    let source = source::Source::parse(text);
    let paths: Vec<String> = source.uses.iter().map(|import| import.path.join("::")).collect();
    assert_eq!(paths, ["a::b::C", "a::b", "a::E"]);
    assert!(source.uses.iter().all(|import| import.is_exported) && source.uses[1].name == "d");
    assert_eq!(source.inline_paths(), [["j", "k"]]);
    assert_eq!(source.modules, ["p"]);
    let names = |from: &str, to: &str| edges().remove(&(from.to_owned(), to.to_owned())).unwrap_or_default();
    // By way of a re-export.
    assert!(names("src/report/page/html.rs", "src/plot/scene.rs").is_empty());
    assert!(names("src/report/page/drawings.rs", "src/plot/scene.rs").contains("Hit"));
}
