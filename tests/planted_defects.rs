//! Defects planted in copies of the real lessons are found: the rule, the file, the line, the column,
//! and what would be right. What is planted is looked up in the lesson, so that rewording it does
//! not break the test.

use hanulgil::{
    course::{Pack, check, fault},
    i18n::Lang,
};
use serde_json::Value;

const GATE: &str = "building-a-vpc/internet-gateway";
const ROUTES: &str = "building-a-vpc/route-tables";
const PAYING: &str = "cloud-basics/paying-for-cloud";

/// A copy of the pack that is being spoilt.
struct Copy(Pack);

impl Copy {
    fn new() -> Self {
        Self(Pack::builtin())
    }

    fn text(&self, file: &str) -> &str {
        self.0.text(file).unwrap()
    }

    fn edit(&mut self, file: &str, edit: impl FnOnce(&str) -> String) -> &mut Self {
        let before = self.text(file).to_owned();
        let after = edit(&before);
        assert_ne!(before, after, "nothing was planted in {file}");
        *self.0.files.get_mut(file).unwrap() = after.into();
        self
    }

    /// Replaces the first place.
    fn put(&mut self, file: &str, from: &str, to: &str) -> &mut Self {
        self.edit(file, |text| text.replacen(from, to, 1))
    }

    /// Adds a sentence at the end of the prose in both languages.
    fn say(&mut self, lesson: &str, ko: &str, en: &str) -> &mut Self {
        self.edit(&format!("{lesson}/ko.md"), |text| format!("{text}\n{ko}\n"));
        self.edit(&format!("{lesson}/en.md"), |text| format!("{text}\n{en}\n"))
    }

    /// Insists that a fault of this rule is told in this file, with line, column and help.
    fn told(&self, rule: &str, file: &str) {
        let faults = check::check(&self.0);
        let told: Vec<Value> =
            faults.iter().map(|fault| fault.to_json(&self.0.files, Lang::En)).collect();
        let found = told.iter().find(|it| it["rule"] == rule && it["file"] == file);
        let Some(found) = found else {
            panic!(
                "no `{rule}` in {file}:\n{}",
                fault::render(&self.0.files, &faults, Lang::En, false)
            );
        };
        assert!(found["line"].as_u64() > Some(0) && found["column"].as_u64() > Some(0), "{found}");
        assert!(found["help"].as_str().is_some_and(|help| !help.is_empty()), "{found}");
    }
}

/// The part of a text from a place to the next end, both included.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("no `{from}`"));
    let end = text[start + from.len()..].find(to).unwrap() + start + from.len() + to.len();
    &text[start..end]
}

fn file(lesson: &str, name: &str) -> String {
    format!("{lesson}/{name}")
}

#[test]
fn nothing_is_found_where_nothing_is_planted() {
    assert_eq!(check::check(&Pack::builtin()), []);
}

#[test]
fn a_number_that_has_grown_old_is_found() {
    // An address that nothing has any more.
    let mut copy = Copy::new();
    for name in ["ko.md", "en.md"] {
        let file = file(ROUTES, name);
        let reference = part(copy.text(&file), "{{address two-lines", "}}").to_owned();
        copy.put(&file, &reference, "10.0.77.77");
    }
    copy.told("stale-number", &file(ROUTES, "ko.md"));
    // A par that was counted by hand.
    let mut copy = Copy::new();
    copy.say(GATE, "가장 적게는 변경 3번입니다.", "It takes 3 changes.");
    copy.told("typed-fact", &file(GATE, "ko.md"));
    copy.told("typed-fact", &file(GATE, "en.md"));
    // A code that was typed.
    let mut copy = Copy::new();
    copy.say(GATE, "`NO_ROUTE_TO_DESTINATION`입니다.", "It is `NO_ROUTE_TO_DESTINATION`.");
    copy.told("typed-fact", &file(GATE, "en.md"));
    // A count that a scene knows.
    let mut copy = Copy::new();
    copy.say("building-a-vpc/subnets-and-azs", "251개입니다.", "There are 251 of them.");
    copy.told("typed-fact", "building-a-vpc/subnets-and-azs/ko.md");
    // Typed in one language only.
    let mut copy = Copy::new();
    let reference = part(copy.text(&file(GATE, "en.md")), "{{verdict", "}}").to_owned();
    copy.put(&file(GATE, "en.md"), &reference, "arrives");
    copy.told("references-differ", &file(GATE, "ko.md"));
}

#[test]
fn a_missing_translation_is_found() {
    let toml = file(GATE, "lesson.toml");
    let mut copy = Copy::new();
    let english = part(copy.text(&toml), ", en = \"", "\" }").to_owned();
    copy.put(&toml, &english, " }");
    copy.told("missing-words", &toml);
    let mut copy = Copy::new();
    let english = part(copy.text(&toml), ", en = \"", "\" }").to_owned();
    copy.put(&toml, &english, ", en = \"\" }");
    copy.told("empty-words", &toml);
    let mut copy = Copy::new();
    let korean = part(copy.text(&toml), "explanation = { ko = \"", "\", en").to_owned();
    copy.put(&toml, &korean, "explanation = { ko = \"The packet is dropped at the gate.\", en");
    copy.told("untranslated", &toml);
    let mut copy = Copy::new();
    copy.say(GATE, "The packet is dropped at the gate.", "The packet is dropped at the gate.");
    copy.told("untranslated", &file(GATE, "ko.md"));
}

/// The options of `public-subnet`, written anew: the right one and two wrong ones.
fn options(copy: &mut Copy, right: &str, wrong: [&str; 2]) {
    let toml = file(GATE, "lesson.toml");
    let option = |id: &str, text: &str, rest: &str| {
        format!(
            "[[question.public-subnet.option]]\nid = \"{id}\"\ntext = {{ ko = \"{text} 가\", en = \"{text}\" }}\n\
             {rest}why = {{ ko = \"그렇습니다.\", en = \"So it is.\" }}\n"
        )
    };
    let new = [
        option("instances", wrong[0], ""),
        option("route", right, "right = true\n"),
        option("attached", wrong[1], ""),
    ]
    .concat();
    copy.edit(&toml, |text| {
        let start = text.find("[[question.public-subnet.option]]").unwrap();
        let end = text[start..].find("\n[question.").unwrap() + start;
        format!("{}{new}{}", &text[..start], &text[end..])
    });
}

#[test]
fn an_option_that_gives_itself_away_is_found() {
    let toml = file(GATE, "lesson.toml");
    for (right, wrong) in [
        // by its length
        (
            "a route to an internet gateway in the table of the subnet",
            ["a public address", "a group"],
        ),
        ("a route", ["a public address on every server of it", "an internet gateway in the VPC"]),
        // by a cautious word, or by the lack of an absolute one
        ("usually a route", ["a public address", "a big gateway"]),
        ("a public route", ["always a gateway", "never an address"]),
        // by its grammar
        ("It has a route.", ["a public address", "an open group"]),
        ("A public route", ["a public address", "an open group"]),
    ] {
        let mut copy = Copy::new();
        options(&mut copy, right, wrong);
        copy.told("giveaway", &toml);
    }
}

#[test]
fn keys_that_can_be_guessed_from_the_others_are_found() {
    let lessons = || Pack::builtin().files.into_keys().filter(|file| file.ends_with("lesson.toml"));
    let mut copy = Copy::new();
    for file in lessons() {
        if copy.text(&file).contains("\nkey = false\n") {
            copy.edit(&file, |text| {
                // What the simulator confirms would contradict it.
                let lines = text.lines().filter(|line| !line.starts_with("holds ="));
                lines.collect::<Vec<_>>().join("\n").replace("\nkey = false\n", "\nkey = true\n")
            });
        }
    }
    copy.told("unbalanced-keys", "pack.toml");
}

#[test]
fn a_goal_that_is_true_at_the_start_is_found() {
    let toml = file(GATE, "lesson.toml");
    let mut copy = Copy::new();
    let goal = part(copy.text(&toml), "packets = [\"internet", "]").to_owned();
    copy.put(&toml, &goal, "packets = [\"internet -> web tcp/443 = dropped\"]");
    copy.told("true-at-start", &toml);
}

#[test]
fn a_dead_link_or_reference_is_found() {
    let toml = file(GATE, "lesson.toml");
    let mut copy = Copy::new();
    copy.put(&toml, "VPC_Internet_Gateway.html", "VPC_Internet_Gatway.html");
    copy.told("dead-link", &toml);
    let mut copy = Copy::new();
    copy.say(GATE, "[여기](lesson:internet-gatewy)입니다.", "[Here](lesson:internet-gatewy).");
    copy.told("unknown-lesson", &file(GATE, "ko.md"));
    let mut copy = Copy::new();
    copy.say(GATE, "[여기](term:secruity group)입니다.", "[Here](term:secruity group).");
    copy.told("unknown-term", &file(GATE, "en.md"));
    let mut copy = Copy::new();
    copy.put(&file(GATE, "ko.md"), "{{verdict gate-only", "{{verdict gate-onyl");
    copy.told("unknown-scene", &file(GATE, "ko.md"));
}

#[test]
fn a_term_that_is_unlisted_or_leads_nowhere_is_found() {
    let mut copy = Copy::new();
    copy.say(
        GATE,
        "이것을 무결성(integrity checking)이라고 합니다.",
        "This is integrity checking.",
    );
    copy.told("unlisted-term", &file(GATE, "ko.md"));
    let mut copy = Copy::new();
    for name in ["ko.md", "en.md"] {
        let file = file(GATE, name);
        copy.edit(&file, |text| {
            text.replace("](term:route table)", "").replace("[라우팅", "라우팅")
        });
    }
    copy.told("unlinked-term", &file(GATE, "ko.md"));
}

#[test]
fn slips_of_korean_are_found() {
    let ko = file(GATE, "ko.md");
    for (sentence, rule) in [
        ("`web`을(를) 봅니다.", "open-particle"),
        ("이 서브넷를 봅니다.", "wrong-particle"),
        ("VPC은 넓습니다.", "wrong-particle"),
        ("패킷이 도착해요.", "register"),
        ("패킷이 도착한다.", "register"),
        ("그냥 열어 뒀어.", "register"),
        ("길을 보십시오.", "register"),
        ("두  칸입니다.", "double-space"),
    ] {
        let mut copy = Copy::new();
        copy.say(GATE, sentence, "So it is.");
        copy.told(rule, &ko);
    }
    let mut copy = Copy::new();
    copy.say(GATE, "그렇습니다.", "So  it is.");
    copy.told("double-space", &file(GATE, "en.md"));
}

#[test]
fn a_fact_without_a_source_is_found() {
    let mut copy = Copy::new();
    copy.say(PAYING, "2031년 3월부터 그렇습니다.", "So it is since March 2031.");
    copy.told("missing-source", &file(PAYING, "ko.md"));
    copy.told("missing-source", &file(PAYING, "en.md"));
    // The source taken away that speaks of a year in the text.
    let mut copy = Copy::new();
    let toml = file(PAYING, "lesson.toml");
    copy.edit(&toml, |text| {
        text.replace("2024년 2월 1일부터 ", "").replace(" since 1 February 2024", "")
    });
    copy.told("missing-source", &file(PAYING, "ko.md"));
}

#[test]
fn languages_with_other_live_pieces_are_found() {
    let en = file(GATE, "en.md");
    let mut copy = Copy::new();
    let question = part(copy.text(&en), "```question", "```\n").to_owned();
    copy.put(&en, &question, "");
    copy.told("unplaced", &file(GATE, "lesson.toml"));
    let mut copy = Copy::new();
    let scene = part(copy.text(&en), "```scene", "```\n").to_owned();
    copy.put(&en, &scene, "");
    copy.told("structure-differs", &file(GATE, "ko.md"));
}

#[test]
fn an_unknown_objective_is_found() {
    let toml = file(GATE, "lesson.toml");
    for head in ["[question.", "[lab.", "[scene."] {
        let mut copy = Copy::new();
        copy.edit(&toml, |text| {
            let start = text.find(&format!("\n{head}")).unwrap();
            let at = text[start..].find("objectives = [\"").unwrap() + start + 15;
            format!("{}x{}", &text[..at], &text[at..])
        });
        copy.told("unknown-objective", &toml);
    }
}
