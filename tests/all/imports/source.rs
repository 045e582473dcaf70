//! The text of a source file, as far as imports are concerned: without comments, strings and what is compiled for tests alone.

/// A path in source text, with whether it stands in a `use` that re-exports it, and the name it goes by from there on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub path: Vec<String>,
    pub name: String,
    pub is_exported: bool,
}

/// What a file imports and declares.
#[derive(Debug, Default)]
pub struct Source {
    /// Every path of every `use`.
    pub uses: Vec<Import>,
    /// Modules declared here that are compiled outside tests.
    pub modules: Vec<String>,
    /// The code without its `use` statements.
    pub code: String,
}

impl Source {
    pub fn parse(text: &str) -> Source {
        let code = without_tests(&blanked(text));
        let mut source = Source::default();
        let mut rest = code.as_str();
        while let Some((before, statement, after)) = next_use(rest) {
            source.code += before;
            let visibility = before.rsplit(['\n', ';', '}']).next().unwrap_or_default();
            let mut paths = Vec::new();
            expand(&[], statement, &mut paths);
            source.uses.extend(paths.into_iter().map(|(path, name)| Import {
                path,
                name,
                is_exported: visibility.contains("pub"),
            }));
            rest = after;
        }
        source.code += rest;
        source.take_modules();
        source
    }

    /// Takes the declarations of modules out of the code.
    fn take_modules(&mut self) {
        let lines = self.code.split_inclusive('\n');
        let name = |line: &str| line.trim().split_once("mod ")?.1.strip_suffix(';').map(str::to_owned);
        let (declared, others): (Vec<&str>, Vec<&str>) = lines.partition(|line| name(line).is_some());
        self.modules = declared.into_iter().filter_map(name).collect();
        self.code = others.concat();
    }

    /// Whether the code, `use` statements apart, has this name as a word of its own.
    pub fn says(&self, name: &str) -> bool {
        self.code.match_indices(name).any(|(at, _)| {
            let is_part = |character: Option<char>| character.is_some_and(|of| of.is_alphanumeric() || of == '_');
            !is_part(self.code[..at].chars().next_back()) && !is_part(self.code[at + name.len()..].chars().next())
        })
    }

    /// Paths of two parts or more in the code, `use` statements apart.
    pub fn inline_paths(&self) -> Vec<Vec<String>> {
        let is_path = |of: char| of.is_alphanumeric() || of == '_' || of == ':';
        let paths = self.code.split(|of| !is_path(of)).filter(|path| path.contains("::"));
        paths.map(|path| path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()).collect()
    }
}

/// The text before the next `use`, its tree, and the text after it.
fn next_use(code: &str) -> Option<(&str, &str, &str)> {
    let at = code.match_indices("use ").map(|(at, _)| at).find(|&at| {
        let before = code[..at].trim_end_matches([' ', '\n']);
        before.is_empty() || before.ends_with([';', '}', '{', ']', ')']) || before.ends_with("pub")
    })?;
    let end = at + code[at..].find(';')?;
    Some((&code[..at], &code[at + 4..end], &code[end + 1..]))
}

/// All paths of a `use` tree, each with the name that it binds.
fn expand(prefix: &[String], tree: &str, paths: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if let Some((head, inner)) = tree.split_once('{') {
        let head = head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
        let prefix: Vec<String> = prefix.iter().cloned().chain(head).collect();
        branches(inner.trim_end().strip_suffix('}').unwrap_or(inner)).for_each(|tree| expand(&prefix, tree, paths));
        return;
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
    let mut path: Vec<String> =
        prefix.iter().cloned().chain(path.split("::").map(|part| part.trim().to_owned())).collect();
    if path.last().is_some_and(|part| part == "self") && path.len() > 1 {
        path.pop();
    }
    let name = alias.map(str::to_owned).or(path.last().cloned()).unwrap_or_default();
    paths.push((path, name));
}

/// The parts of the inside of braces, split at its own commas.
fn branches(inner: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let parts = inner.split(move |of: char| {
        depth += i32::from(of == '{') - i32::from(of == '}');
        of == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty())
}

/// The text with comments and the insides of strings and characters taken out.
fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = skipped(rest);
        if length > 0 {
            code.push(' ');
            rest = &rest[length..];
        } else {
            code.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    code
}

/// The length of the comment, string or character that the text begins with; 0 if it begins with something else.
fn skipped(text: &str) -> usize {
    let up_to = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return up_to(2, "*/");
    }
    if let Some(raw) = text.strip_prefix("r\"").or(text.strip_prefix("r#")) {
        let hashes = text[1..].bytes().take_while(|&byte| byte == b'#').count();
        let is_string = raw.trim_start_matches('#').starts_with('"') || hashes == 0;
        return if is_string { up_to(hashes + 2, &format!("\"{}", "#".repeat(hashes))) } else { 0 };
    }
    match text.as_bytes() {
        [b'"', ..] => quoted(text, '"'),
        // A lifetime has no quote after its first character.
        [b'\'', b'\\', ..] => quoted(text, '\''),
        [b'\'', ..] => {
            let mut characters = text[1..].char_indices().skip(1);
            characters.next().filter(|(_, of)| *of == '\'').map_or(0, |(at, _)| at + 2)
        }
        _ => 0,
    }
}

/// The length of what is quoted at the beginning, escapes observed.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if character == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    text.len()
}

/// The code without the items that are marked `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some((before, marked)) = rest.split_once(MARK) {
        kept += before;
        rest = &marked[item_length(marked)..];
    }
    kept + rest
}

/// The length of the item at the beginning: up to its semicolon or its last brace.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, character) in code.char_indices() {
        depth += i32::from(character == '{') - i32::from(character == '}');
        if depth == 0 && (character == ';' || character == '}') {
            return at + 1;
        }
    }
    code.len()
}
