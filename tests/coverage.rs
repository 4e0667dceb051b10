//! `hanulgil check --coverage`: what of a lesson meets which of its objectives.

use std::{fs, path::Path, process::Command};

use hanulgil::{
    course::{
        Course, LessonId, Pack, check,
        coverage::{self, Way},
    },
    text::width::width,
};
use serde_json::Value;

/// Writes a pack with one objective that a lab and a question meet, and changes its lesson.
fn pack(change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let dir = tempfile::tempdir().unwrap();
    let files = ["pack.toml", "glossary.toml", "net/module.toml", "net/gate/lesson.toml"];
    let more = ["net/gate/ko.md", "net/gate/en.md", "net/gate/gate.scene.toml"];
    for file in files.iter().chain(&more) {
        let text = fs::read_to_string(good.join(file)).unwrap();
        let text = if file.ends_with("lesson.toml") { change(&text) } else { text };
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn run(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .args(["check", "--coverage"])
        .arg(dir)
        .args(arguments)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// Another objective, which nothing meets.
fn unmet(lesson: &str) -> String {
    let more = "[[objective]]\nid = \"lonely\"\ntext = { ko = \"혼자 있습니다.\", en = \"Be alone.\" }\n\n";
    lesson.replacen("[[source]]", &format!("{more}[[source]]"), 1)
}

#[test]
fn an_objective_that_is_met_in_every_way_is_no_gap() {
    let dir = pack(str::to_owned);
    let (code, told) = run(dir.path(), &["--lang", "en"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("1 of 1 objectives"), "{told}");
    assert!(told.contains("The gate (gate)"), "{told}");
}

#[test]
fn a_gap_is_shown_in_both_languages_and_is_an_exit_status() {
    let dir = pack(unmet);
    for (lang, head, nothing) in [("en", "objective", "! none"), ("ko", "학습 목표", "! 없음")]
    {
        let (code, told) = run(dir.path(), &["--lang", lang]);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(head), "{told}");
        let row = told.lines().find(|line| line.contains("lonely")).unwrap();
        assert_eq!(row.matches(nothing).count(), 3, "{told}");
        // The columns begin below each other, whatever the language.
        let heads = told.lines().find(|line| line.contains(head)).unwrap();
        let place = |line: &str, text: &str| width(&line[..line.find(text).unwrap()]);
        let first = if lang == "en" { "prediction" } else { "예측" };
        assert_eq!(place(heads, first), place(row, nothing), "{told}");
    }
}

#[test]
fn the_same_is_told_as_json_one_objective_a_line() {
    let dir = pack(unmet);
    let (code, told) = run(dir.path(), &["--json"]);
    assert_eq!(code, Some(1));
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["objective"], "round-trip");
    assert_eq!(lines[0]["missing"], serde_json::json!([]));
    assert!(lines[0]["prediction"].as_array().unwrap().contains(&"packet".into()));
    assert_eq!(lines[1]["missing"], serde_json::json!(["prediction", "practice", "question"]));
}

#[test]
fn labs_and_scenes_name_what_they_serve_and_unknown_names_are_faults() {
    let with = |text: &str| {
        let dir = pack(|lesson| {
            let lesson = lesson.replace("[lab.lab-look]\n", &format!("[lab.lab-look]\n{text}"));
            format!("{lesson}\n[scene.gate]\nobjectives = [\"round-trip\"]\n")
        });
        let pack = Pack::from_dir(dir.path()).unwrap();
        let faults: Vec<&str> = check::check(&pack).iter().map(|fault| fault.rule).collect();
        let lesson = Course::open(pack).0.lesson(&LessonId("gate".into())).0.unwrap();
        let pieces = coverage::of(&lesson).remove(0).pieces;
        let names =
            |at: usize| pieces[at].iter().map(|piece| piece.name().to_owned()).collect::<Vec<_>>();
        (faults, names(0), names(1))
    };
    let (faults, predictions, practices) = with("objectives = [\"round-trip\"]\n");
    assert_eq!(faults, [""; 0]);
    assert_eq!(predictions, ["gate", "packet"]);
    assert_eq!(practices[0], "lab-look");
    let (faults, _, practices) = with("objectives = [\"round-trap\"]\n");
    assert_eq!(faults, ["unknown-objective"]);
    assert_ne!(practices[0], "lab-look");
}

#[test]
fn every_objective_of_the_course_is_asked_about() {
    let (course, _) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        let lesson = course.lesson(&entry.id).0.unwrap();
        for met in coverage::of(&lesson) {
            assert!(!met.missing.contains(&Way::Question), "{}: {met:?}", entry.id.0);
        }
    }
}
