//! A scene that is kept in a person's file says what it is to say, and leaves the rest alone.

#[path = "support/changes.rs"]
mod changes;
#[path = "support/networks.rs"]
#[allow(dead_code, reason = "its dice only")]
mod networks;

use std::{fs, path::Path};

use hanulgil::course::{Scene, edit, export::to_toml, rewrite::rewrite};
use networks::{Dice, row};

/// How many rows of changes are tried for each file; more with `HANULGIL_CASES_PER_LAW`.
fn cases() -> u64 {
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(6)
}

/// Every scene of the lessons, as its author wrote it.
fn files() -> Vec<(String, String)> {
    fn below(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, found);
            } else if path.to_string_lossy().ends_with(".scene.toml") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"), &mut found);
    found.sort();
    assert!(found.len() > 50);
    found
}

fn read(text: &str) -> Option<Scene> {
    Scene::parse("kept.scene.toml", text).0
}

#[test]
fn a_scene_that_did_not_change_leaves_its_file_as_it_stands() {
    for (name, text) in files() {
        let was = to_toml(&read(&text).unwrap());
        assert_eq!(rewrite(&text, &was, &was).as_deref(), Some(&*text), "{name}");
        let windows = text.replace('\n', "\r\n");
        assert_eq!(rewrite(&windows, &was, &was).as_deref(), Some(&*windows), "{name}");
    }
}

/// What a scene says, whatever the order in which its tables stand.
fn said(scene: &Scene) -> Vec<String> {
    let mut tables: Vec<String> = to_toml(scene).split("\n\n").map(|it| it.trim().into()).collect();
    tables.sort();
    tables
}

#[test]
fn whatever_is_changed_the_file_says_it_and_most_comments_stay() {
    let (mut kept, mut all) = (0, 0);
    for (name, text) in files() {
        // A comment above every table, another behind a key.
        let noted: String = text
            .lines()
            .enumerate()
            .map(|(number, line)| match line {
                it if it.starts_with('[') => format!("# note {number}\n{it}\n"),
                it => format!("{it}\n"),
            })
            .collect();
        let was = to_toml(&read(&noted).unwrap());
        for seed in 0..cases() {
            let numbers = row(seed + 1, 4_000);
            let mut dice = Dice::new(&numbers);
            let mut scene = read(&noted).unwrap();
            let mut made = 0;
            for number in 0..40 {
                let change = changes::some_change(&scene.network, &mut dice, number);
                made += usize::from(change.is_some_and(|it| scene.network.apply(it).is_ok()));
                if made > seed as usize % 5 {
                    break;
                }
            }
            let now = to_toml(&scene);
            // Some networks hold what scenes have no words for.
            let Some(again) = read(&now) else { continue };
            let written = rewrite(&noted, &was, &now).expect("nobody else changed it");
            let (found, faults) = Scene::parse("kept.scene.toml", &written);
            let found = found.unwrap_or_else(|| panic!("{name} {seed}\n{written}\n{faults:#?}"));
            assert_eq!(said(&found), said(&again), "{name} {seed}\n{written}");
            assert_eq!(
                rewrite(&written, &now, &now).as_deref(),
                Some(&*written),
                "{name} {seed}\n{now}"
            );
            let notes = |it: &str| it.lines().filter(|it| it.starts_with("# note")).count();
            kept += notes(&written);
            all += notes(&noted);
        }
    }
    println!("{kept} of {all} comments kept");
    assert!(kept * 10 > all * 9, "{kept} of {all}");
}

/// The same, whatever the order of what is associated, and without the services of AWS's, which a
/// scene need not name.
fn settled(scene: &Scene) -> Vec<String> {
    let sorted = |line: &str| match line.split_once(" = [") {
        Some((key @ ("associations" | "propagations"), all)) => {
            let mut all: Vec<&str> = all.trim_end_matches(']').split(", ").collect();
            all.sort_unstable();
            format!("{key}: {}", all.join(", "))
        }
        _ => line.to_owned(),
    };
    let all = said(scene).into_iter().filter(|it| !it.starts_with("[service."));
    all.map(|it| it.lines().map(sorted).collect::<Vec<_>>().join("\n")).collect()
}

#[test]
fn whatever_is_changed_can_be_opened_again() {
    let mut read_back = 0;
    for world in ["vpc", "services", "joined"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations");
        let text = fs::read_to_string(file.join(format!("{world}.scene.toml"))).unwrap();
        for seed in 0..cases() {
            let numbers = row(seed + 1, 6_000);
            let mut dice = Dice::new(&numbers);
            let mut scene = read(&text).unwrap();
            for number in 0..120 {
                let change = changes::some_change(&scene.network, &mut dice, number);
                let Some(change) = change else { continue };
                let line = edit::print(&scene.network, &change);
                if scene.network.apply(change).is_err() {
                    continue;
                }
                let now = to_toml(&scene);
                let (again, faults) = Scene::parse("kept.scene.toml", &now);
                let again = again
                    .unwrap_or_else(|| panic!("{world} {seed} after {line}\n{now}\n{faults:#?}"));
                assert_eq!(settled(&again), settled(&scene), "{world} {seed} after {line}");
                read_back += 1;
            }
        }
    }
    assert!(read_back > 100, "{read_back}");
}
