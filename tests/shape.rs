//! The shape of the sources: the floors of `src/lib.rs`, and what every file must and must not be.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A source file: where it is, and its text without comments.
struct Source {
    path: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_under(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    files_under(&root().join("src"), &mut files);
    let rust = files.iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    rust.map(|path| {
        let relative = path.strip_prefix(root().join("src")).unwrap();
        let path_text = relative.to_str().unwrap().replace('\\', "/");
        let code = fs::read_to_string(path).unwrap();
        let code: Vec<_> =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        Source { path: path_text, code: code.join("\n") }
    })
    .collect()
}

/// The module of the crate's top that a file belongs to: `app/lab.rs` belongs to `app`.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The floors, read from the table on the crate's first page.
fn floors() -> BTreeMap<String, u32> {
    let page = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut floors = BTreeMap::new();
    for row in rows {
        let mut cells = row.split('|').map(str::trim);
        let Some(Ok(floor)) = cells.next().map(str::parse) else { continue };
        for name in cells.next().unwrap().split(',') {
            floors.insert(name.trim().trim_matches(['[', ']', '`']).to_owned(), floor);
        }
    }
    floors
}

/// The modules of the crate's top that the code names: after `crate::`, alone or in braces.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>()
    };
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        // `{app::{Key, Mouse}, text::clean::clean}`: the first word of each part at depth 0.
        let (mut depth, mut part) = (0, String::new());
        for letter in group.chars() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => names.push(word(std::mem::take(&mut part).trim())),
                letter if depth == 0 => part.push(letter),
                _ => {}
            }
        }
        names.push(word(part.trim()));
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn every_module_stands_on_a_floor() {
    let floors = floors();
    assert!(floors.len() > 10, "the table of floors was not found: {floors:?}");
    for source in sources() {
        let module = module(&source.path);
        let known = matches!(module, "lib" | "main") || floors.contains_key(module);
        assert!(known, "`{module}` is not in the table of floors in src/lib.rs");
    }
}

#[test]
fn a_module_knows_only_the_floors_below_its_own() {
    let floors = floors();
    let mut broken = Vec::new();
    for source in sources() {
        let own = module(&source.path);
        // Tests may look up: they play the part of those who use the module.
        if matches!(own, "lib" | "main") || source.path.ends_with("tests.rs") {
            continue;
        }
        let code = source.code.split("#[cfg(test)]").next().unwrap();
        for name in named(code) {
            let Some(floor) = floors.get(&name) else { continue };
            if name != own && *floor >= floors[own] {
                // The modules of the top floor know each other.
                let top = floors.values().max().unwrap();
                if *floor == *top && floors[own] == *top {
                    continue;
                }
                broken.push(format!("{} names `{name}` of floor {floor}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn names_are_found_in_every_form_of_import() {
    let code = "use crate::{app::{Key, Mouse}, text::{clean::clean, width}, ui};\n\
                use crate::cloud::Network; fn f() -> crate::net::Cidr {}";
    assert_eq!(named(code), ["app", "text", "ui", "cloud", "net"]);
}

#[test]
fn a_module_with_parts_is_a_file_beside_its_folder() {
    for source in sources() {
        assert!(!source.path.ends_with("mod.rs"), "{}: use `name.rs` beside `name/`", source.path);
    }
}

#[test]
fn floors_without_a_screen_name_no_screen_and_no_database() {
    let outside = [
        ("ratatui", &["ui", "run", "cli"][..]),
        ("crossterm", &["run", "cli"]),
        ("rusqlite", &["journal"]),
        ("rustix", &["run"]),
        ("signal_hook", &["run"]),
        ("clap", &["cli"]),
    ];
    for source in sources() {
        for (library, homes) in outside {
            let uses = source.code.contains(&format!("{library}::"));
            let home = homes.contains(&module(&source.path));
            assert!(!uses || home, "{} names `{library}`", source.path);
        }
    }
}

#[test]
fn no_widget_breaks_lines_by_itself() {
    // It loses Hangul at some widths, and panics at two.
    for source in sources() {
        let forbidden = ["Wrap {", ".wrap(Wrap", "widgets::Wrap"];
        let found = forbidden.iter().find(|it| source.code.contains(**it));
        assert_eq!(found, None, "{}: break lines with `text::line`", source.path);
    }
}

#[test]
fn the_clock_is_read_in_one_place() {
    let clocks = ["Instant::now", "SystemTime::now", "Timestamp::now", "Zoned::now"];
    for source in sources() {
        let code = source.code.split("#[cfg(test)]").next().unwrap();
        let found = clocks.iter().find(|it| code.contains(**it));
        assert!(found.is_none() || module(&source.path) == "run", "{} reads a clock", source.path);
    }
}

#[test]
fn every_floor_opens_with_a_page_about_itself() {
    for module in floors().keys() {
        let text = fs::read_to_string(root().join(format!("src/{module}.rs"))).unwrap();
        assert!(text.starts_with("//! "), "src/{module}.rs says nothing about itself");
    }
}
