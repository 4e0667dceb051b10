//! What is wrong with a scene is told all at once, in either language, with the caret under the
//! very word, whatever the letters before it are.

use std::collections::BTreeMap;

use hanulgil::{
    course::{Scene, Severity, fault},
    i18n::Lang,
    text::width::width,
};

const BAD: &str = include_str!("scenes/bad.scene.toml");

fn told(lang: Lang, colour: bool) -> String {
    let (scene, faults) = Scene::parse("bad.scene.toml", BAD);
    assert!(scene.is_none(), "a scene with errors is no scene");
    let files = BTreeMap::from([("bad.scene.toml".to_owned(), BAD)]);
    fault::render(&files, &faults, lang, colour)
}

#[test]
fn every_fault_of_a_bad_scene_is_told_in_korean() {
    insta::assert_snapshot!(told(Lang::Ko, false));
}

#[test]
fn every_fault_of_a_bad_scene_is_told_in_english() {
    insta::assert_snapshot!(told(Lang::En, false));
}

#[test]
fn carets_stand_under_the_word_behind_hangul_too() {
    for text in [told(Lang::Ko, false), told(Lang::En, false)] {
        let lines: Vec<&str> = text.lines().collect();
        let (_, faults) = Scene::parse("bad.scene.toml", BAD);
        let mut carets = lines.iter().enumerate().filter(|(_, line)| line.contains('^'));
        for fault in faults.iter().filter(|fault| !fault.span.is_empty()) {
            let (at, carets) = carets.next().expect("every fault has its carets");
            let word = &BAD[fault.span.clone()];
            let (before, _) = carets.split_once('^').expect("there is a caret");
            let source = lines[at - 1];
            let start = source
                .match_indices(word)
                .map(|(start, _)| width(&source[..start]))
                .find(|cells| *cells == width(before));
            assert!(start.is_some(), "{word}:\n{source}\n{carets}");
            assert_eq!(carets.matches('^').count(), width(word).max(1), "{word}");
        }
    }
}

#[test]
fn colour_is_used_only_when_it_is_allowed() {
    assert!(!told(Lang::En, false).contains('\u{1b}'));
    assert!(told(Lang::En, true).contains('\u{1b}'));
}

#[test]
fn control_characters_of_a_file_never_come_through() {
    let text = "[vpc.main]\ncidr = \"\\u001b[31m10.0.0.0/16\"\n# \u{1b}]0;title\u{7}\nx = 1\n";
    let (_, faults) = Scene::parse("e\u{1b}vil.scene.toml", text);
    assert!(faults.iter().any(|fault| fault.severity == Severity::Error));
    let files = BTreeMap::from([("e\u{1b}vil.scene.toml".to_owned(), text)]);
    let told = fault::render(&files, &faults, Lang::En, false);
    assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
}
