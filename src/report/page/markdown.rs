//! A page as Markdown, for a document or an issue.

use super::model::{Block, Medium, Page};
use super::table::{Row, Table};

pub(super) fn render(page: &Page) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !page.title.is_empty() {
        parts.push(format!("## {}\n", escape(&page.title)));
    }
    if !page.headline.is_empty() {
        parts.push(format!("**{}**\n", escape(&page.whole_headline())));
    }
    let blocks: Vec<&Block> = page.blocks(Medium::Markdown).collect();
    let is_background = |block: &&Block| matches!(block, Block::Methods { .. } | Block::Command(_));
    let (background, results): (Vec<&Block>, Vec<&Block>) = blocks.into_iter().partition(is_background);
    parts.extend(results.into_iter().map(rendered));
    if !page.notes.is_empty() {
        parts.push(heading("Before you use these numbers") + &list(&page.notes));
    }
    parts.extend(background.into_iter().map(rendered));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn rendered(block: &Block) -> String {
    match block {
        Block::Table(of) if of.heading.is_empty() => table(of),
        Block::Table(of) => format!("{}:\n\n{}", escape(&of.heading), table(of)),
        Block::List { heading: name, items } => heading(name) + &list(items),
        Block::Terms { heading: name, entries } => {
            let entries: Vec<String> = entries.iter().map(|(term, text)| format!("{term}: {text}")).collect();
            heading(name) + &list(&entries)
        }
        Block::Caption(lines) => format!("{}.\n", escape(&lines.join(". "))),
        Block::Methods { paragraphs, citations } => {
            let paragraphs: String = paragraphs.iter().map(|text| format!("{}\n\n", escape(text))).collect();
            let cited: Vec<String> = citations.iter().map(|citation| citation.text.clone()).collect();
            heading("Methods") + &paragraphs + &list(&cited)
        }
        Block::Command(command) => {
            format!("{}    {}\n", heading("The command"), command.replace(['\n', '\r'], " "))
        }
        Block::Figure(..) => String::new(),
    }
}

fn heading(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("### {}\n\n", escape(text)) }
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("- {}\n", escape(item))).collect()
}

fn table(of: &Table) -> String {
    let names: Vec<String> = of.heads.iter().map(|head| escape(&head.name)).collect();
    let rule: Vec<String> = of.heads.iter().map(|head| if head.is_number { "--:" } else { ":--" }.to_owned()).collect();
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let cells = |of: &Row| of.cells.iter().map(|cell| escape(&cell.text)).collect::<Vec<_>>();
    let rows: String = of.rows.iter().map(|of| row(&cells(of))).collect();
    row(&names) + &row(&rule) + &rows
}

/// Keeps values from the data from being read as table structure or HTML.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace(['\n', '\r'], " ")
}
