//! A page in a terminal: aligned columns, and colours where they are wanted.

use clap::builder::styling::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table as Aligned, presets};

use super::model::{Block, Medium, Page, Tone};
use super::table::Table;

/// The mark of a note.
const NOTE: &str = "!";

/// The styles of what stands out, which do nothing without colours.
struct Styles {
    strong: Style,
    warning: Style,
}

pub(super) fn render(page: &Page, styled: bool) -> String {
    let bold = Style::new().bold();
    let styles = match styled {
        true => Styles { strong: bold, warning: bold.fg_color(Some(AnsiColor::Yellow.into())) },
        false => Styles { strong: Style::new(), warning: Style::new() },
    };
    let mut text = headline(page, styled);
    let mut last: Option<&Block> = None;
    for block in page.blocks(Medium::Terminal) {
        // A caption belongs to the table above; a list without a heading belongs to the headline.
        let belongs = match block {
            Block::Caption(_) => true,
            Block::List { heading, .. } => heading.is_empty() && last.is_none(),
            _ => false,
        };
        if !belongs && !text.is_empty() {
            text.push('\n');
        }
        text += &rendered(block, &styles);
        last = Some(block);
    }
    if !page.notes.is_empty() && !matches!(last, Some(Block::Caption(_) | Block::Table(_)) | None) {
        text.push('\n');
    }
    let mark = painted(NOTE, styles.warning);
    page.notes.iter().for_each(|note| text += &format!("{mark} {}\n", plain(note)));
    text
}

fn headline(page: &Page, styled: bool) -> String {
    if page.headline.is_empty() {
        return String::new();
    }
    let Some(verdict) = page.verdict else { return format!("{}\n", plain(&page.headline)) };
    let colour = match verdict.tone {
        Tone::Good => AnsiColor::Green,
        Tone::Unsure => AnsiColor::Yellow,
        Tone::Bad => AnsiColor::Red,
    };
    let style = if styled { Style::new().bold().fg_color(Some(colour.into())) } else { Style::new() };
    format!("{}: {}\n", painted(verdict.word, style), plain(&page.headline))
}

/// Replaces control characters: values of the data must not command the terminal, nor begin a line.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn painted(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

fn rendered(block: &Block, styles: &Styles) -> String {
    match block {
        Block::Table(table) => heading(&table.heading) + &aligned(table, styles),
        Block::List { heading: name, items } => {
            let items: String = items.iter().map(|item| format!("- {}\n", plain(item))).collect();
            heading(name) + &items
        }
        Block::Terms { heading: name, entries } => {
            let width = entries.iter().map(|(term, _)| term.chars().count()).max().unwrap_or_default();
            let line = |(term, text): &(_, String)| format!("{term:width$}  {}\n", plain(text));
            heading(name) + &entries.iter().map(line).collect::<String>()
        }
        Block::Caption(lines) => lines.iter().map(|line| format!("{}\n", plain(line))).collect(),
        Block::Figure(..) | Block::Methods { .. } | Block::Command(_) => String::new(),
    }
}

fn heading(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}:\n") }
}

/// Renders a table without white space at the ends of its lines.
fn aligned(of: &Table, styles: &Styles) -> String {
    let mut table = Aligned::new();
    table.load_style(presets::NOTHING).set_header(of.heads.iter().map(|head| &head.name));
    for (column, head) in table.column_iter_mut().zip(&of.heads) {
        column.set_cell_alignment(if head.is_number { CellAlignment::Right } else { CellAlignment::Left });
        column.set_padding((0, 2));
    }
    table.add_rows(of.rows.iter().map(|row| row.cells.iter().map(|cell| plain(&cell.text))));
    let line = |(number, line): (usize, String)| {
        let style = if number == 0 { styles.strong } else { Style::new() };
        painted(line.trim_end(), style) + "\n"
    };
    table.lines().enumerate().map(line).collect()
}
