//! The documents say what is true: keys, commands, pictures, floors, and the same in both languages.

use std::{fmt::Write as _, fs, path::PathBuf};

use hanulgil::{
    app::{
        Key, KeyCode, Scope,
        keys::{BINDINGS, Binding},
    },
    course::Scene,
    i18n::Lang,
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn readme(lang: Lang) -> &'static str {
    lang.pick("README.ko.md", "README.md")
}

const KEYS_BEGIN: &str = "<!-- keys: generated from src/app/keys.rs by tests/docs.rs -->\n";
const KEYS_END: &str = "<!-- end of keys -->";

fn key_name(key: Key) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) if key.ctrl => letter.to_ascii_uppercase().to_string(),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::BackTab => "Shift+Tab".to_owned(),
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::Left => "←".to_owned(),
        KeyCode::Right => "→".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
        other => format!("{other:?}"),
    };
    let name = if key.ctrl { format!("Ctrl+{name}") } else { name };
    format!("`{name}`")
}

fn scope_name(scope: Scope, lang: Lang) -> &'static str {
    let (ko, en) = match scope {
        Scope::Everywhere => ("어디서나", "everywhere"),
        Scope::Home => ("첫 화면", "home"),
        Scope::Lesson => ("강의", "lesson"),
        Scope::Choosing => ("문제: 고르기", "question: choosing"),
        Scope::Marking => ("문제: 여럿 고르기", "question: choosing several"),
        Scope::Arranging => ("문제: 늘어놓기", "question: arranging"),
        Scope::Carrying => ("문제: 옮기는 중", "question: moving one"),
        Scope::Pairing => ("문제: 짝 고르기", "question: choosing a partner"),
        Scope::Arranged => ("문제: 답하는 줄", "question: the row that answers"),
        Scope::Typing => ("문제: 쓰기", "question: typing"),
        Scope::Answered => ("문제: 답한 뒤", "question: answered"),
        Scope::Lab => ("실습: 지도", "lab: map"),
        Scope::LabInspect => ("실습: 속성", "lab: details"),
        Scope::LabGoals => ("실습: 목표", "lab: goals"),
        Scope::LabForm => ("실습: 값 입력", "lab: a form"),
        Scope::LabPanel => ("실습: 상자", "lab: a box"),
        Scope::BenchPick => ("실습: 목록에서 고르기", "lab: choosing from a list"),
        Scope::LabPacket => ("실습: 패킷 고르기", "lab: choosing a packet"),
        Scope::LabTravel => ("실습: 패킷 따라가기", "lab: following a packet"),
        Scope::LabFutures => ("실습: 두 앞날 견주기", "lab: comparing two futures"),
        Scope::LabTools => ("실습 어디서나", "everywhere in a lab"),
        Scope::Workshop => ("작업실", "workshop"),
        Scope::Sandbox => ("샌드박스 어디서나", "everywhere in the sandbox"),
        Scope::BenchBoard => ("실습: 누가 누구에게 닿는지", "lab: who reaches whom"),
        Scope::Flight => ("패킷 따라가기", "following a packet"),
        Scope::Menu => ("메뉴", "menu"),
        Scope::Help => ("도움말", "help"),
    };
    lang.pick(ko, en)
}

/// The table of keys as the README shows it.
fn key_table(lang: Lang) -> String {
    let words = &lang.strings().keys;
    let mut table =
        lang.pick("| 어디서 | 키 | 하는 일 |\n", "| where | keys | what they do |\n").to_owned();
    table.push_str("|---|---|---|\n");
    let mut rows: Vec<(Scope, String, &str)> = Vec::new();
    for Binding { scope, keys, says, .. } in BINDINGS {
        let keys: Vec<String> = keys.iter().map(|key| key_name(*key)).collect();
        let (keys, says) = (keys.join(" "), says(words));
        match rows.last_mut() {
            // Up and down do one thing between them.
            Some((last, all, said)) if last == scope && *said == says => {
                all.push(' ');
                all.push_str(&keys);
            }
            _ => rows.push((*scope, keys, says)),
        }
    }
    let mut last = None;
    for (scope, keys, says) in rows {
        let place = if last == Some(scope) { "" } else { scope_name(scope, lang) };
        last = Some(scope);
        writeln!(table, "| {place} | {keys} | {says} |").unwrap();
    }
    table
}

/// With `HANULGIL_WRITE_DOCS=1` in the environment the tables are written instead.
#[test]
fn the_keys_in_the_readme_are_the_keys_of_the_program() {
    for lang in Lang::ALL {
        let text = read(readme(lang));
        let begin = text.find(KEYS_BEGIN).unwrap() + KEYS_BEGIN.len();
        let end = text.find(KEYS_END).unwrap();
        let table = key_table(lang);
        if std::env::var_os("HANULGIL_WRITE_DOCS").is_some() {
            let text = format!("{}{table}{}", &text[..begin], &text[end..]);
            fs::write(root().join(readme(lang)), text).unwrap();
            continue;
        }
        assert!(
            text[begin..end] == table,
            "{}: `HANULGIL_WRITE_DOCS=1 cargo test --test docs` brings it up to date",
            readme(lang)
        );
    }
}

fn headings(text: &str) -> Vec<usize> {
    let mut fenced = false;
    let mut levels = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced && line.starts_with('#') {
            levels.push(line.chars().take_while(|letter| *letter == '#').count());
        }
    }
    levels
}

/// The fenced blocks of a text, with their info strings.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((info.to_owned(), body.join("\n")));
        }
    }
    blocks
}

#[test]
fn both_readmes_say_the_same_things() {
    let (ko, en) = (read("README.ko.md"), read("README.md"));
    assert_eq!(headings(&ko), headings(&en), "the headings differ");
    let code = |text: &str| {
        let all = blocks(text).into_iter().filter(|(info, _)| info != "text");
        all.collect::<Vec<_>>()
    };
    assert_eq!(code(&ko), code(&en), "the commands and examples differ");
    let links = |text: &str| {
        let mut all: Vec<String> = text
            .match_indices("](")
            .map(|(at, _)| {
                text[at + 2..].split(')').next().unwrap().replace(".ko.", ".").replace(".en.", ".")
            })
            .filter(|link| !link.starts_with("README"))
            .collect();
        all.sort();
        all
    };
    assert_eq!(links(&ko), links(&en), "the links differ");
}

#[test]
fn every_file_that_a_document_links_to_is_there() {
    for name in ["README.md", "README.ko.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = read(name);
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split(')').next().unwrap();
            if !link.starts_with("http") {
                assert!(root().join(link).exists(), "{name} links to `{link}`");
            }
        }
    }
}

#[test]
fn the_scene_in_the_readme_works() {
    let scene = blocks(&read("README.md")).into_iter().find(|(info, _)| info == "toml").unwrap().1;
    let (scene, faults) = Scene::parse("readme.scene.toml", &scene);
    assert_eq!(faults, []);
    let scene = scene.unwrap();
    let probe = scene.packet("https").unwrap().probe;
    let trace = hanulgil::cloud::trace(&scene.network, probe, &hanulgil::cloud::Rules::AWS);
    assert!(trace.is_delivered());
}

#[test]
fn the_architecture_names_the_floors_of_the_crate() {
    let modules = |text: &str, begin: &str| {
        text.lines()
            .filter_map(|line| line.strip_prefix(begin))
            .filter(|row| row.starts_with(|first: char| first.is_ascii_digit()))
            .map(|row| {
                let mut cells = row.split('|');
                let floor = cells.next().unwrap().trim().to_owned();
                let names = cells.next().unwrap().replace(['[', ']', '`', ' '], "");
                (floor, names)
            })
            .collect::<Vec<_>>()
    };
    let crate_page = modules(&read("src/lib.rs"), "//! | ");
    assert!(!crate_page.is_empty());
    assert_eq!(modules(&read("ARCHITECTURE.md"), "| "), crate_page);
}

#[test]
fn the_documents_name_files_that_exist() {
    // `src/x.rs`, `app/x.rs`, `tests/x.rs` ... in backticks.
    let text = read("ARCHITECTURE.md");
    for name in text.split('`').skip(1).step_by(2) {
        let is_file = std::path::Path::new(name).extension().is_some_and(|it| it == "rs");
        if is_file && !name.contains("NAME") && name.contains('/') {
            let found = root().join(name).exists() || root().join("src").join(name).exists();
            assert!(found, "ARCHITECTURE.md names `{name}`");
        }
    }
}
