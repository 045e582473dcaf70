//! Turns a row into a document: the one place where that happens, whatever the format.

use std::borrow::Cow;

use serde_json::Value;

use super::cells::{join_texts, text_of};
use super::choose::Fields;
use super::document::Document;
use super::kind_column::kind_of;
use super::names::{is_abstract_name, is_list_of_parts, list};
use super::note::NoteKind;
use super::problem::Problem;
use super::record::{Record, Version};
use super::row::{Cell, Row, cell};
use super::sampled::EACH;
use super::version_column::rank;
use super::written::list_of_objects;

/// One JSON object.
type Object = serde_json::Map<String, Value>;

/// Returns the documents that a row holds: itself, or each element of a list in it.
pub(super) fn records(row: &Row, fields: &Fields) -> Result<Vec<Record>, Problem> {
    let lists = fields.text.first().and_then(|path| path.split_once(EACH)).filter(|(list, _)| !is_list_of_parts(list));
    let Some((path, _)) = lists.filter(|_| row.get(&fields.text[0]).is_none()) else {
        let document = document(row, fields)?;
        return Ok(vec![match (version(row, fields), key(row, fields, &document)) {
            (Some(version), _) => Record::version(version, document),
            (None, Some(key)) => Record::Part(key, document),
            (None, None) => Record::Document(document),
        }]);
    };
    let elements = each(row, path, fields);
    elements.iter().map(|row| document(row, fields).map(Record::Document)).collect()
}

/// Returns the document that a row holds.
pub(super) fn document(row: &Row, fields: &Fields) -> Result<Document, Problem> {
    let part = |name: &String| {
        let Some(cell) = lookup(row, name) else { return Ok(None) };
        let text = text_of(&cell, fields.are_sentences, fields.is_written);
        text.map(Some).ok_or_else(|| Problem::BadText { field: name.clone(), found: kind_name(&cell) })
    };
    let parts = fields.text.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    let text = join_texts(parts.into_iter())
        .ok_or_else(|| Problem::MixedText { fields: list(fields.text.iter().map(String::as_str)) })?;
    let given = |name: &String| fields.given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let value = |name: &String| lookup(row, name).and_then(|cell| cell.shown()).or_else(|| given(name));
    Ok(Document { id: fields.id.as_ref().and_then(value), text, values: fields.values.iter().map(value).collect() })
}

/// Returns what the rows of one document have in common, if rows are sentences: its ids, and the values that were asked for.
fn key(row: &Row, fields: &Fields, document: &Document) -> Option<String> {
    let ids: Vec<Option<String>> = fields.rows.ids().iter().map(|name| lookup(row, name)?.shown()).collect();
    ids.iter().any(Option::is_some).then(|| format!("{ids:?} {:?}", document.values))
}

/// Returns the key of a row that the first part of a path refers to.
pub(super) fn head(path: &str) -> &str {
    &path[..path.find(['.', '[']).unwrap_or(path.len())]
}

/// Returns the cell of this name, in whatever case, or at this path below a nested one.
fn lookup<'r>(row: &'r Row, name: &str) -> Option<Cow<'r, Cell<'r>>> {
    let named = |name: &str| {
        let same_letters =
            || row.cells.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, cell)| cell);
        row.get(name).or_else(same_letters)
    };
    if let Some(found) = named(name) {
        return Some(Cow::Borrowed(found));
    }
    if name.contains(EACH) {
        let found = named(head(name))?;
        return match nested(found) {
            Some(value) => gathered(&value, &name[head(name).len()..]).map(Cow::Owned),
            None => Some(Cow::Borrowed(found)),
        };
    }
    let Some(Cell::Nested(value)) = named(head(name)) else { return None };
    below(value, &name[head(name).len()..]).map(|value| Cow::Owned(cell(value)))
}

/// Returns the value at a path such as `.body.choices[0]`.
fn below<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return Some(value);
    }
    if let Some((index, rest)) = index(path) {
        return below(value.get(index)?, rest);
    }
    let path = path.trim_start_matches('.');
    below(value.get(head(path))?, &path[head(path).len()..])
}

/// Returns the place in a list that a path begins with, from 0, and the rest of the path.
fn index(path: &str) -> Option<(usize, &str)> {
    let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
    Some((index.parse().ok()?, rest))
}

/// Returns a nested value, also of a list of objects that is written as text.
fn nested<'c>(cell: &'c Cell) -> Option<Cow<'c, Value>> {
    match cell {
        Cell::Nested(value) => Some(Cow::Borrowed(value)),
        Cell::Text(text) => list_of_objects(text).map(Cow::Owned),
        _ => None,
    }
}

/// Returns all strings at a path that leads through lists, as one text with a paragraph each.
fn gathered(value: &Value, path: &str) -> Option<Cell<'static>> {
    let mut found = Vec::new();
    gather(value, path, &mut found);
    (!found.is_empty()).then(|| Cell::Text(found.join("\n\n").into()))
}

fn gather<'v>(value: &'v Value, path: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if path.is_empty() => found.push(text),
        Value::Array(items) if index(path).is_some() => {
            let element = index(path).and_then(|(at, rest)| Some((items.get(at)?, rest)));
            element.into_iter().for_each(|(item, rest)| gather(item, rest, found));
        }
        Value::Array(items) => {
            let below = path.strip_prefix(EACH).unwrap_or(path);
            items.iter().for_each(|item| gather(item, below, found));
        }
        Value::Object(fields) => {
            let path = path.trim_start_matches('.');
            if let Some(value) = fields.get(head(path)) {
                gather(value, &path[head(path).len()..], found);
            }
        }
        _ => {}
    }
}

/// Returns the elements of the list at `path` as rows: their own cells first, then those of the row that they lie in.
fn each<'r>(row: &'r Row, path: &str, fields: &Fields) -> Vec<Row<'r>> {
    let Some(list) = lookup(row, path) else { return Vec::new() };
    let elements = match (nested(&list).map(Cow::into_owned), &*list) {
        (Some(Value::Array(elements)), _) => elements,
        (_, Cell::List(units)) => units.iter().flatten().map(Value::from).collect(),
        _ => return Vec::new(),
    };
    let outer_id = fields.id.as_ref().and_then(|name| lookup(row, name)).and_then(|cell| cell.shown());
    let mut rows = Vec::new();
    for (number, element) in elements.into_iter().enumerate() {
        let (element, text) = match element {
            Value::Object(element) => (element, None),
            Value::String(text) => (Object::new(), Some(text)),
            _ => continue,
        };
        let mut inner = Row::at(row.place.clone());
        if let (Some(name), Some(id)) = (&fields.id, &outer_id) {
            inner.push(name.clone(), Cell::Text(format!("{id}#{}", number + 1).into()));
        }
        for name in &fields.text {
            let below = name.get(path.len()..).map(|name| name.trim_start_matches(EACH).trim_start_matches('.'));
            let found = below.and_then(|below| at(&element, below)).map(Cell::into_owned);
            let own = text.clone().filter(|_| below == Some("")).map(|text| Cell::Text(text.into()));
            inner.push(name.clone(), own.or(found).unwrap_or(Cell::Null));
        }
        for name in &fields.values {
            let own = element.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| cell(value));
            let found = own.map(Cell::into_owned).or_else(|| lookup(row, name).map(Cow::into_owned));
            inner.push(name.clone(), found.unwrap_or(Cell::Null));
        }
        rows.push(inner);
    }
    rows
}

/// Returns the cell at a path below an element of a list.
fn at<'v>(element: &'v Object, path: &str) -> Option<Cell<'v>> {
    if let Some(value) = element.get(path) {
        return Some(cell(value));
    }
    let name = head(path);
    match element.get(name)? {
        Value::Object(inner) => at(inner, path.get(name.len() + 1..)?),
        list => gathered(list, &path[name.len()..]),
    }
}

/// Returns the kind of note that a row holds, if a column says it; a row of which it says nothing known is a document like
/// others, as a column `Document Type` may hold reviews first and articles later.
pub(super) fn kind(row: &Row, fields: &Fields) -> Option<NoteKind> {
    let column = fields.kind.as_ref()?;
    let value = lookup(row, column).and_then(|cell| cell.shown()).filter(|value| !value.trim().is_empty())?;
    kind_of(column, &value)
}

/// Returns the version of a record that a row is; its id includes the column's name, as ids are unique only within a column.
fn version(row: &Row, fields: &Fields) -> Option<Version> {
    let shown = |name: &String| lookup(row, name).and_then(|cell| cell.shown());
    let Some((ids, number)) = &fields.version else {
        // A paper has one abstract, and may have several reviews.
        let [text] = &fields.text[..] else { return None };
        let name = fields.id.as_ref().filter(|_| is_abstract_name(text))?;
        let id = shown(name)?;
        let (id, number) = of_arxiv(&id)?;
        return Some(Version { id: format!("{name} {id}"), changed: Some(number * 1000) });
    };
    let (first, others) = ids.split_first()?;
    let id = others.iter().filter_map(shown).fold(shown(first)?, |id, other| format!("{id} {other}"));
    Some(Version { id: format!("{} {id}", ids.join(" ")), changed: shown(number).and_then(|text| rank(&text)) })
}

/// Returns the parts of an id of arXiv with the number of its version, such as `2101.00001v2` at the end of an address.
fn of_arxiv(id: &str) -> Option<(&str, i64)> {
    let (paper, number) = id.trim().rsplit_once('v')?;
    let number = number.parse().ok().filter(|number| (1..1000).contains(number))?;
    let tail = paper.rsplit(['/', ':']).next()?;
    let is_digits = |part: &str, n: std::ops::RangeInclusive<usize>| {
        n.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_new = tail.split_once('.').is_some_and(|(month, paper)| is_digits(month, 4..=4) && is_digits(paper, 4..=5));
    (is_new || is_digits(tail, 7..=7) && paper.contains('/')).then_some((paper, number))
}

fn kind_name(cell: &Cell) -> &'static str {
    match cell {
        Cell::Null => "null",
        Cell::Text(_) => "a string",
        Cell::Number(text) if matches!(&**text, "true" | "false") => "true or false",
        Cell::Number(_) => "a number",
        Cell::List(_) => "a list",
        Cell::Nested(Value::Array(_)) => "a list with something other than strings",
        Cell::Nested(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_arxiv_are_in_its_ids() {
        assert_eq!(of_arxiv("2101.00001v2"), Some(("2101.00001", 2)));
        assert_eq!(of_arxiv("http://arxiv.org/abs/2101.00001v12"), Some(("http://arxiv.org/abs/2101.00001", 12)));
        assert_eq!(of_arxiv("hep-th/9901001v1"), Some(("hep-th/9901001", 1)));
        for other in ["2101.00001", "rev2", "review-v2", "12v3", "a/b/12.3v4"] {
            assert_eq!(of_arxiv(other), None, "{other}");
        }
    }
}
