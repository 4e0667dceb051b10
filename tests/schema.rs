//! The JSON schemas that editors use for the files of a pack know exactly the keys that the readers
//! know: a reader is asked by a key that nobody knows, and answers with those it does know.

use std::{collections::BTreeSet, fs, path::Path};

use hanulgil::course::{Course, Fault, LessonId, Pack, Scene, edit};
use serde_json::Value;

const STRANGE: &str = "qqqqqqqqqqqq";

fn schema(name: &str) -> Value {
    let file = format!("assets/schema/{name}.schema.json");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The keys of an object schema.
fn keys(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().expect("an object").keys().cloned().collect()
}

/// The keys that the reader names when it meets a strange one.
fn known(faults: &[Fault]) -> BTreeSet<String> {
    let fault = faults
        .iter()
        .find(|fault| fault.rule == "unknown-key" && fault.message.en.contains(STRANGE))
        .unwrap_or_else(|| panic!("the strange key was not met: {faults:#?}"));
    let help = &fault.help.as_ref().expect("it lists the keys").en;
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn scene(text: &str) -> Vec<Fault> {
    Scene::parse("s.scene.toml", text).1
}

fn pack(files: &[(&str, &str)]) -> Vec<Fault> {
    let words = "{ ko = \"가\", en = \"a\" }";
    let mut texts = vec![
        ("pack.toml", format!("id = \"p\"\nformat = 1\ntitle = {words}\nmodules = [\"m\"]\n")),
        ("m/module.toml", format!("title = {words}\nsummary = {words}\nlessons = [\"l\"]\n")),
        ("m/l/lesson.toml", format!("id = \"l\"\ntitle = {words}\nminutes = 1\n")),
        ("m/l/s.scene.toml", "[vpc.a]\ncidr = \"10.0.0.0/16\"\n".to_owned()),
        ("m/l/ko.md", "## 가\n".to_owned()),
    ];
    for (path, more) in files {
        match texts.iter_mut().find(|(known, _)| known == path) {
            Some((_, text)) => text.push_str(more),
            None => texts.push((path, (*more).to_owned())),
        }
    }
    let (course, mut faults) = Course::open(Pack::from_texts(texts));
    faults.extend(course.lesson(&LessonId("l".into())).1);
    faults.extend(course.glossary().1);
    faults
}

#[test]
fn scenes() {
    let schema = schema("scene");
    assert_eq!(known(&scene(&format!("{STRANGE} = 1"))), keys(&schema));
    for (kind, part) in schema["properties"].as_object().unwrap() {
        if kind == "packets" {
            continue;
        }
        if kind == "block_public_access" || kind == "quotas" {
            let faults = scene(&format!("[{kind}]\n{STRANGE} = 1"));
            assert_eq!(known(&faults), keys(part), "{kind}");
            continue;
        }
        let faults = scene(&format!("[{kind}.x]\n{STRANGE} = 1"));
        assert_eq!(known(&faults), keys(&part["additionalProperties"]), "{kind}");
    }
    let interface = &schema["properties"]["instance"]["additionalProperties"]["properties"];
    let faults = scene(&format!("[instance.x.interface.y]\n{STRANGE} = 1"));
    assert_eq!(known(&faults), keys(&interface["interface"]["additionalProperties"]));
}

#[test]
fn packs_modules_and_the_glossary() {
    let strange = format!("{STRANGE} = 1\n");
    for (name, file) in [("pack", "pack.toml"), ("module", "m/module.toml")] {
        assert_eq!(known(&pack(&[(file, &strange)])), keys(&schema(name)), "{name}");
    }
    let faults = pack(&[("glossary.toml", &format!("[term]\n{strange}"))]);
    assert_eq!(known(&faults), keys(&schema("glossary")["additionalProperties"]));
}

#[test]
fn lessons() {
    let schema = schema("lesson");
    let lesson = |text: String| pack(&[("m/l/lesson.toml", &text)]);
    assert_eq!(known(&lesson(format!("{STRANGE} = 1\n"))), keys(&schema));
    let properties = &schema["properties"];
    for list in ["objective", "source"] {
        let faults = lesson(format!("[[{list}]]\n{STRANGE} = 1\n"));
        assert_eq!(known(&faults), keys(&properties[list]["items"]), "{list}");
    }
    let lab = &properties["lab"]["additionalProperties"];
    assert_eq!(known(&lesson(format!("[lab.x]\n{STRANGE} = 1\n"))), keys(lab));
    let faults = lesson(format!("[[lab.x.goal]]\n{STRANGE} = 1\n"));
    assert_eq!(known(&faults), keys(&lab["properties"]["goal"]["items"]));
}

#[test]
fn questions_of_every_kind() {
    let schema = schema("lesson");
    let kinds = schema["properties"]["question"]["additionalProperties"]["oneOf"].as_array();
    for kind in kinds.expect("one schema per kind") {
        let name = kind["properties"]["kind"]["const"].as_str().expect("its name");
        let ask = |more: &str| {
            pack(&[("m/l/lesson.toml", &format!("[question.x]\nkind = \"{name}\"\n{more}"))])
        };
        assert_eq!(known(&ask(&format!("{STRANGE} = 1\n"))), keys(kind), "{name}");
        for (part, parts) in [("option", "option"), ("wrong", "wrong")] {
            if kind["properties"].get(part).is_some() {
                let faults = ask(&format!("[[question.x.{part}]]\n{STRANGE} = 1\n"));
                assert_eq!(known(&faults), keys(&schema["definitions"][parts]), "{name} {part}");
            }
        }
        for (part, parts) in [("order", "step"), ("match", "matched")] {
            if name == part {
                let faults = ask(&format!("[[question.x.item]]\n{STRANGE} = 1\n"));
                assert_eq!(known(&faults), keys(&schema["definitions"][parts]), "{name} item");
            }
        }
        if name == "match" {
            let faults = ask(&format!("[[question.x.partner]]\n{STRANGE} = 1\n"));
            assert_eq!(known(&faults), keys(&kind["properties"]["partner"]["items"]));
        }
        if name == "packet" {
            let faults = ask(&format!("[[question.x.why]]\n{STRANGE} = 1\n"));
            assert_eq!(known(&faults), keys(&kind["properties"]["why"]["items"]));
        }
    }
}

#[test]
fn changes() {
    let allow =
        &schema("lesson")["properties"]["lab"]["additionalProperties"]["properties"]["allow"];
    let listed: Vec<&str> = allow["oneOf"][1]["items"]["enum"]
        .as_array()
        .expect("the operations")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(listed, edit::VERBS);
}
