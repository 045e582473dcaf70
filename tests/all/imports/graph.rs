//! Which file imports from which, re-exports resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::source::Source;

/// A module's path from the crate's root: `["report", "html"]`.
type Module = Vec<String>;

/// Files as nodes, and as edges the names that one imports from another.
pub type Edges = BTreeMap<(String, String), BTreeSet<String>>;

/// All modules of the library.
pub struct Library {
    modules: BTreeMap<Module, (String, Source)>,
}

impl Library {
    /// Reads the modules below `src/lib.rs` of this folder.
    pub fn read(root: &Path) -> Library {
        let mut library = Library { modules: BTreeMap::new() };
        library.add(root, vec![], "src/lib.rs".to_owned());
        library
    }

    fn add(&mut self, root: &Path, module: Module, file: String) {
        let source = Source::parse(&fs::read_to_string(root.join(&file)).unwrap());
        let path = PathBuf::from(&file);
        let is_folder = ["lib.rs", "mod.rs"].iter().any(|name| path.ends_with(name));
        let folder = if is_folder { path.parent().unwrap().to_owned() } else { path.with_extension("") };
        for child in &source.modules {
            let files = [folder.join(format!("{child}.rs")), folder.join(child).join("mod.rs")];
            let file = files
                .iter()
                .find(|file| root.join(file).exists())
                .unwrap_or_else(|| panic!("no file of {child} in {file}"));
            let module = module.iter().chain([child]).cloned().collect();
            self.add(root, module, file.to_str().unwrap().replace('\\', "/"));
        }
        self.modules.insert(module, (file, source));
    }

    /// Who imports what from whom.
    pub fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (module, (file, source)) in &self.modules {
            let used = source.uses.iter().filter(|import| !import.is_exported || source.says(&import.name));
            let paths = used.map(|import| import.path.clone()).chain(source.inline_paths());
            for (defined_in, name) in paths.filter_map(|path| self.resolve(module, &path, 0)) {
                if &defined_in != file {
                    edges.entry((file.clone(), defined_in)).or_default().insert(name);
                }
            }
        }
        edges
    }

    /// Names that a file takes from its own folder's `mod.rs` where a sibling has them: the file, and the path as it should be.
    pub fn by_way_of_their_folder(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (module, (file, source)) in &self.modules {
            let paths = source.uses.iter().map(|import| import.path.clone()).chain(source.inline_paths());
            found.extend(paths.filter_map(|path| Some((file.clone(), self.of_sibling(module, &path)?))));
        }
        found
    }

    /// The path by its sibling's file, if it goes by way of the folder.
    fn of_sibling(&self, module: &Module, path: &[String]) -> Option<String> {
        let (_, folder) = module.split_last()?;
        let [parent, name, ..] = path else { return None };
        let is_module = |of: &str| self.modules.contains_key(&[folder, &[of.to_owned()]].concat());
        if parent != "super" || is_module(name) {
            return None;
        }
        let mut handed_on = self.modules[folder].1.uses.iter().filter(|import| import.name == *name);
        handed_on.find(|import| is_module(&import.path[0])).map(|import| format!("super::{}", import.path.join("::")))
    }

    /// The file that defines what a path in this module names, and the name; nothing for other crates and for modules themselves.
    fn resolve(&self, module: &Module, path: &[String], depth: usize) -> Option<(String, String)> {
        let (mut at, path) = self.start(module, path, depth)?;
        for (place, part) in path.iter().enumerate() {
            let inner: Module = at.iter().chain([part]).cloned().collect();
            if self.modules.contains_key(&inner) {
                at = inner;
                continue;
            }
            let (file, source) = &self.modules[&at];
            let named = source.uses.iter().filter(|import| import.name == *part && depth < 9);
            let mut imported = named.filter_map(|import| {
                let whole: Vec<String> = import.path.iter().chain(&path[place + 1..]).cloned().collect();
                self.resolve(&at, &whole, depth + 1)
            });
            return imported.next().or(Some((file.clone(), part.clone())));
        }
        None
    }

    /// The module that the first parts of a path name, and the other parts.
    fn start<'a>(&self, module: &Module, path: &'a [String], depth: usize) -> Option<(Module, &'a [String])> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => return Some((vec![], rest)),
            "self" => return Some((module.clone(), rest)),
            "super" => {
                let mut at = module.clone();
                let n_up = path.iter().take_while(|part| *part == "super").count();
                at.truncate(at.len().saturating_sub(n_up));
                return Some((at, &path[n_up..]));
            }
            _ => {}
        }
        let inner: Module = module.iter().chain([first]).cloned().collect();
        if self.modules.contains_key(&inner) {
            return Some((inner, rest));
        }
        // A module that was imported by its name.
        let import = self.modules[module].1.uses.iter().find(|import| import.name == *first && depth < 9)?;
        let (at, left) = self.start(module, &import.path, depth + 1).filter(|_| import.path[0] != *first)?;
        let at: Module = at.iter().chain(left).cloned().collect();
        self.modules.contains_key(&at).then_some((at, rest))
    }
}

/// The sets of nodes that can reach each other, each with two members or more.
pub fn circles(edges: &Edges) -> Vec<BTreeSet<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    edges.keys().for_each(|(from, to)| _ = next.entry(from).or_default().insert(to));
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reachable(from, &next))).collect();
    let mut circles = BTreeSet::new();
    for (from, to) in &reached {
        let circle = to.iter().filter(|of| reached.get(*of).is_some_and(|back| back.contains(from)));
        let circle: BTreeSet<String> = circle.map(|of| (*of).to_owned()).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn reachable<'a>(from: &'a str, next: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let new = next.get(node).into_iter().flatten().filter(|of| reached.insert(**of));
        open.extend(new.copied().collect::<Vec<_>>());
    }
    reached
}
