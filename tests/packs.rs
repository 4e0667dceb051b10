//! The built-in pack has no faults, and every defect that an author can plant is found, at its
//! place.

use std::{fs, path::Path};

use hanulgil::{
    cloud::fix::Limits,
    course::{
        Block, Course, Fault, Goal, GoalCheck, Kind, LessonId, Live, Pack, Severity,
        check::{self, COLUMN},
        fault,
        pack::PackError,
        par::{Certificate, certify, solutions},
    },
    i18n::Lang,
    text::width::width,
};
use proptest::prelude::*;

/// A pack with one of everything and no faults.
fn good() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let files = [
        "pack.toml",
        "glossary.toml",
        "net/module.toml",
        "net/gate/lesson.toml",
        "net/gate/ko.md",
        "net/gate/en.md",
        "net/gate/gate.scene.toml",
    ];
    let read = |path: &str| (path.to_owned(), fs::read_to_string(root.join(path)).unwrap());
    files.into_iter().map(read).collect()
}

/// Changes one place of one file of the good pack.
fn planted(file: &str, from: &str, to: &str) -> Pack {
    let mut files = good();
    let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).expect(file);
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {file}");
    *text = text.replace(from, to);
    Pack::from_texts(files)
}

/// `rule file: place`
fn told(pack: &Pack, fault: &Fault) -> String {
    let file = fault.file.rsplit('/').next().unwrap_or_default();
    let text = pack.text(&fault.file).unwrap_or_default();
    format!("{} {file}: {}", fault.rule, &text[fault.span.clone()])
}

#[test]
fn the_built_in_pack_has_no_faults() {
    let pack = Pack::builtin();
    for (path, text) in &pack.files {
        assert!(
            hanulgil::text::clean::is_clean(text),
            "{path} is read as it is, so it must be clean"
        );
    }
    let faults = check::check(&pack);
    assert!(faults.is_empty(), "\n{}", fault::render(&pack.files, &faults, Lang::En, false));
}

#[test]
fn the_good_pack_has_no_faults() {
    let pack = Pack::from_texts(good());
    let faults = check::check(&pack);
    assert!(faults.is_empty(), "\n{}", fault::render(&pack.files, &faults, Lang::En, false));
}

/// Every defect: the file, what is replaced by what, and the fault that must be found.
const DEFECTS: &[(&str, &str, &str, &str)] = &[
    // the pack
    ("pack.toml", "id = \"small\"", "", "missing-key pack.toml: "),
    ("pack.toml", "format = 1", "format = 2", "unknown-format pack.toml: 2"),
    ("pack.toml", "\"net\"", "\"nte\"", "missing-folder pack.toml: \"nte\""),
    ("pack.toml", "[\"net\"]", "[\"net\", \"net\"]", "duplicate-name pack.toml: \"net\""),
    ("pack.toml", "modules =", "moduels =", "unknown-key pack.toml: moduels"),
    ("module.toml", "\"gate\"", "\"gaet\"", "missing-folder module.toml: \"gaet\""),
    ("module.toml", "en = \"Networks\"", "en = \"\"", "empty-words module.toml: \"\""),
    (
        "module.toml",
        ", en = \"Lay the roads.\"",
        "",
        "missing-words module.toml: { ko = \"길을 놓습니다.\" }",
    ),
    (
        "glossary.toml",
        "source = \"https",
        "source = \"ftp",
        "bad-link glossary.toml: \"ftp://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html\"",
    ),
    // the lesson's head
    ("lesson.toml", "id = \"gate\"\n", "", "missing-key lesson.toml: "),
    ("lesson.toml", "minutes = 5", "minutes = 500", "out-of-range lesson.toml: 500"),
    ("lesson.toml", "minutes = 5", "minuets = 5", "unknown-key lesson.toml: minuets"),
    ("lesson.toml", "minutes = 5", "minutes = \"5\"", "wrong-type lesson.toml: \"5\""),
    ("lesson.toml", "\"old-gate\"", "\"gate\"", "duplicate-name lesson.toml: \"gate\""),
    ("lesson.toml", "[[source]]", "[[sources]]", "missing-key lesson.toml: "),
    (
        "lesson.toml",
        "url = \"https://docs",
        "url = \"docs",
        "bad-link lesson.toml: \"docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html\"",
    ),
    (
        "lesson.toml",
        "id = \"round-trip\"",
        "id = \"trip\"",
        "untested-objective lesson.toml: \"trip\"",
    ),
    // questions
    ("lesson.toml", "kind = \"single\"", "kind = \"singel\"", "bad-value lesson.toml: \"singel\""),
    (
        "lesson.toml",
        "[question.one]\nkind = \"single\"\nobjectives = [\"round-trip\"]",
        "[question.one]\nkind = \"single\"\nobjectives = [\"round\"]",
        "unknown-objective lesson.toml: one",
    ),
    (
        "lesson.toml",
        "right = true\nholds",
        "right = false\nholds",
        "right-options lesson.toml: one",
    ),
    (
        "lesson.toml",
        "why = { ko = \"주소는 이미 있습니다.\", en = \"The address is there already.\" }",
        "",
        "missing-why lesson.toml: [[question.one.option]]",
    ),
    (
        "lesson.toml",
        "why = { ko = \"주소는",
        "right = true\nwhy = { ko = \"주소는",
        "right-options lesson.toml: [[question.one.option]]",
    ),
    ("lesson.toml", "id = \"address\"", "id = \"route\"", "duplicate-name lesson.toml: \"route\""),
    (
        "lesson.toml",
        "en = \"the default route\"",
        "en = \"a public address\"",
        "same-option lesson.toml: one",
    ),
    (
        "lesson.toml",
        "ko = \"기본 경로\"",
        "ko = \"게이트웨이로 가는 기본 경로를 테이블에 더하는 일\"",
        "giveaway lesson.toml: \"게이트웨이로 가는 기본 경로를 테이블에 더하는 일\"",
    ),
    (
        "lesson.toml",
        "dropped NO_ROUTE_TO_DESTINATION",
        "dropped NO_ROUTE_TO_DESTINATOIN",
        "unknown-code lesson.toml: NO_ROUTE_TO_DESTINATOIN",
    ),
    (
        "lesson.toml",
        "holds = [\"gate https = dropped NO_ROUTE_TO_DESTINATION\"]",
        "holds = [\"gate https = delivered\"]",
        "key-contradicted lesson.toml: true",
    ),
    ("lesson.toml", "key = true", "key = false", "key-contradicted lesson.toml: false"),
    (
        "lesson.toml",
        "id = \"b\"\ntext = { ko = \"게이트웨이로 가는 경로\", en = \"a route to it\" }\nright = true\nwhy = { ko = \"길이 있어야 합니다.\", en = \"There must be a road.\" }",
        "id = \"b\"\ntext = { ko = \"게이트웨이로 가는 경로\", en = \"a route to it\" }",
        "missing-why lesson.toml: [[question.many.option]]",
    ),
    (
        "lesson.toml",
        "answer = \"router\"",
        "answer = \"Route Table\"",
        "wrong-is-right lesson.toml: \"Route Table\"",
    ),
    (
        "lesson.toml",
        "accepted = [\"라우팅 테이블\", \"route table\"]",
        "accepted = []",
        "missing-key lesson.toml: word",
    ),
    ("lesson.toml", "key = 251", "key = 252", "key-contradicted lesson.toml: 252"),
    (
        "lesson.toml",
        "key = 251\ncomputed = \"{{usable gate home}}\"",
        "key = 252",
        "key-unexplained lesson.toml: 252",
    ),
    (
        "lesson.toml",
        "key = [\"{{cidr gate main}}\"]",
        "key = [\"10.0.0.0/17\"]",
        "key-unexplained lesson.toml: \"10.0.0.0/17\"",
    ),
    ("lesson.toml", "answer = 256", "answer = 251", "wrong-is-right lesson.toml: 251"),
    (
        "lesson.toml",
        "computed = \"{{usable gate home}}\"",
        "computed = \"251\"",
        "wrong-type lesson.toml: \"251\"",
    ),
    (
        "lesson.toml",
        "key = [\"{{cidr gate main}}\"]",
        "key = [\"10.0.0.0/33\"]",
        "bad-cidr lesson.toml: \"10.0.0.0/33\"",
    ),
    ("lesson.toml", "packet = \"https\"", "packet = \"htps\"", "unknown-packet lesson.toml: htps"),
    (
        "lesson.toml",
        "packet = \"https\"\nprompt",
        "packet = \"internet -> wbe tcp/443\"\nprompt",
        "unknown-object lesson.toml: wbe",
    ),
    (
        "lesson.toml",
        "claim = \"delivered\"",
        "claim = \"route main-main\"",
        "why-of-right lesson.toml: \"route main-main\"",
    ),
    (
        "lesson.toml",
        "claim = \"delivered\"",
        "claim = \"acl web in\"",
        "unknown-object lesson.toml: web",
    ),
    (
        "lesson.toml",
        "scene = \"gate\"\npacket",
        "scene = \"gaet\"\npacket",
        "unknown-scene lesson.toml: \"gaet\"",
    ),
    // references in words
    (
        "lesson.toml",
        "ko = \"패킷은 {{verdict gate https}}.\"",
        "ko = \"패킷은 {{verdcit gate https}}.\"",
        "unknown-reference lesson.toml: verdcit",
    ),
    (
        "lesson.toml",
        "en = \"It is {{cidr gate main}}.\"",
        "en = \"It is 10.0.0.0/16.\"",
        "references-differ lesson.toml: { ko = \"{{cidr gate main}}입니다.\", en = \"It is 10.0.0.0/16.\" }",
    ),
    // words
    (
        "lesson.toml",
        "ko = \"요청은 서버에 닿습니다.\"",
        "ko = \"요청은 서버에 닿아요.\"",
        "register lesson.toml: 닿아요",
    ),
    (
        "lesson.toml",
        "ko = \"둘 다 맞습니다.\"",
        "ko = \"Both of them are right.\"",
        "untranslated lesson.toml: \"Both of them are right.\"",
    ),
    (
        "lesson.toml",
        "en = \"Both are right.\"",
        "en = \"둘 다 right.\"",
        "hangul-in-english lesson.toml: \"둘 다 right.\"",
    ),
    ("lesson.toml", "en = \"Send it.\"", "en = \"**Send it.\"", "open-emphasis lesson.toml: **"),
    (
        "lesson.toml",
        "en = \"Send it.\"",
        "en = \"Send\\u001b[31m it.\"",
        "control-character lesson.toml: \"Send\\u001b[31m it.\"",
    ),
    (
        "lesson.toml",
        "en = \"Send it.\"",
        "en = \"See https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html/and/more\"",
        "too-wide lesson.toml: \"See https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html/and/more\"",
    ),
    // labs
    (
        "lesson.toml",
        "packets = [\"https = delivered\"]",
        "packets = [\"https = dropped\"]",
        "solved-at-start lesson.toml: lab-route",
    ),
    (
        "lesson.toml",
        "packets = [\"https = delivered\"]",
        "packets = [\"https = arrived\"]",
        "bad-value lesson.toml: arrived",
    ),
    (
        "lesson.toml",
        "packets = [\"https = delivered\"]",
        "packets = [\"https\"]",
        "bad-goal lesson.toml: https",
    ),
    (
        "lesson.toml",
        "packets = [\"https = delivered\"]",
        "packets = []",
        "empty-goal lesson.toml: [[lab.lab-route.goal]]",
    ),
    (
        "lesson.toml",
        "main-main 0.0.0.0/0 -> igw",
        "main-main 192.0.2.0/24 -> igw",
        "unsolved lesson.toml: [\"create-route main-main 192.0.2.0/24 -> igw\"]",
    ),
    (
        "lesson.toml",
        "main-main 0.0.0.0/0 -> igw",
        "main-main 0.0.0.0/0 -> gate",
        "unknown-object lesson.toml: gate",
    ),
    (
        "lesson.toml",
        "main-main 0.0.0.0/0 -> igw",
        "main-main 10.0.0.0/16 -> igw",
        "refused lesson.toml: create-route main-main 10.0.0.0/16 -> igw",
    ),
    (
        "lesson.toml",
        "allow = [\"create-route\",",
        "allow = [",
        "forbidden-change lesson.toml: create-route main-main 0.0.0.0/0 -> igw",
    ),
    (
        "lesson.toml",
        "allow = [\"create-route\",",
        "allow = [\"craete-route\",",
        "unknown-change lesson.toml: \"craete-route\"",
    ),
    (
        "lesson.toml",
        "allow = [\"create-route\", \"create-route-table\", \"associate-route-table\"]",
        "allow = \"nothing\"",
        "nothing-allowed lesson.toml: lab-route",
    ),
    (
        "lesson.toml",
        "  [\"create-route main-main 0.0.0.0/0 -> igw\"],",
        "  [\"create-route-table open main\", \"create-route open 0.0.0.0/0 -> igw\", \"associate-route-table home open\"],",
        "cheaper-solution lesson.toml: lab-route",
    ),
    (
        "lesson.toml",
        "solutions = [\n  [\"create-route main-main 0.0.0.0/0 -> igw\"],\n]",
        "",
        "missing-key lesson.toml: lab-route",
    ),
    (
        "lesson.toml",
        "  { ko = \"`main-main`에 경로를 더하세요.\", en = \"Add a route to `main-main`.\" },\n",
        "",
        "one-hint lesson.toml: lab-route",
    ),
    (
        "lesson.toml",
        "hints = [\n  { ko = \"보내 보세요.\", en = \"Send it.\" },\n  { ko = \"`https`입니다.\", en = \"It is `https`.\" },\n]",
        "",
        "missing-key lesson.toml: lab-look",
    ),
    (
        "lesson.toml",
        "[lab.lab-look]\n",
        "[lab.lab-look]\nsolutions = [[\"create-route main-main 0.0.0.0/0 -> igw\"]]\n",
        "needless-solution lesson.toml: [\"create-route main-main 0.0.0.0/0 -> igw\"]",
    ),
    // prose
    ("ko.md", "# 대문\n", "# 문\n", "title-differs ko.md: # 문\n"),
    ("ko.md", "**경로(route)**가", "**경로(route)가", "open-emphasis ko.md: **"),
    ("ko.md", "{{verdict gate https}}", "{{verdict gate htps}}", "unknown-packet ko.md: htps"),
    ("ko.md", "{{verdict gate https}}", "{{verdict gaet https}}", "unknown-scene ko.md: gaet"),
    (
        "ko.md",
        "`{{code gate https}}`",
        "`NO_ROUTE_TO_DESTINATION`",
        "typed-fact ko.md: NO_ROUTE_TO_DESTINATION",
    ),
    (
        "ko.md",
        "{{code gate https}}",
        "{{code gate https",
        "open-reference ko.md: {{code gate https`입니다.",
    ),
    (
        "ko.md",
        "(term:route table)",
        "(term:route tabel)",
        "unknown-term ko.md: [라우팅 테이블](term:route tabel)",
    ),
    (
        "ko.md",
        "(term:route table)",
        "(lesson:gaet)",
        "unknown-lesson ko.md: [라우팅 테이블](lesson:gaet)",
    ),
    ("ko.md", "```scene gate\nhttps", "```scene gate\nhtps", "unknown-packet ko.md: htps"),
    ("ko.md", "```scene gate", "```scene gaet", "unknown-scene ko.md: ```scene gaet"),
    ("ko.md", "```scene gate", "```scnee gate", "unknown-live ko.md: ```scnee gate"),
    ("ko.md", "```question one", "```question oen", "unknown-question ko.md: ```question oen"),
    ("ko.md", "```question one\n```\n", "", "unplaced lesson.toml: one"),
    ("ko.md", "```question many", "```question one", "placed-twice lesson.toml: one"),
    ("ko.md", "```lab lab-look", "```lab lab-loko", "unknown-lab ko.md: ```lab lab-loko"),
    ("ko.md", "```lab lab-route\n```\n", "", "unplaced lesson.toml: lab-route"),
    (
        "ko.md",
        "- 게이트웨이는 있습니다.\n",
        "",
        "structure-differs ko.md: - **경로(route)**가 없습니다.",
    ),
    (
        "ko.md",
        "|---|---|\n| 경로 | 아니요 |",
        "|---|---|\n| 경로 | 아니요 |\n| 문 | 네 |",
        "structure-differs ko.md: | 무엇 | 있습니까 |",
    ),
    ("ko.md", "[!MYTH]", "[!NOTE]", "structure-differs ko.md: > [!NOTE]"),
    ("ko.md", "[!MYTH]", "[!MTYH]", "unknown-callout ko.md: > [!MTYH]"),
    ("ko.md", "## 둘", "## 둘\n\n## 셋", "pages-differ ko.md: "),
    ("ko.md", "## 둘", "## 둘\n\n## 셋", "empty-page ko.md: ## 둘"),
    (
        "ko.md",
        "그렇지 않습니다.",
        "그렇지 않습니다.\n\n한 문단 더 있습니다.",
        "structure-differs ko.md: 한 문단 더 있습니다.",
    ),
    ("ko.md", "그렇지 않습니다.", "그렇지 않다.", "register ko.md: 않다"),
    ("ko.md", "그렇지 않습니다.", "당신이 놓습니다.", "register ko.md: 당신"),
    ("ko.md", "그렇지 않습니다.", "`web`이(가) 놓습니다.", "open-particle ko.md: 이(가)"),
    (
        "ko.md",
        "- 게이트웨이는 있습니다.",
        "- There is a gateway here.",
        "untranslated ko.md: There is a gateway here.",
    ),
    ("en.md", "They do not.", "그렇지 않습니다.", "hangul-in-english en.md: [!MYTH]"),
    (
        "en.md",
        "They do not.",
        "They do not.\n\nMore.",
        "structure-differs ko.md: ```question truth",
    ),
    (
        "en.md",
        "```lab lab-route\n```",
        "```lab lab-route\n```\n\nMore.",
        "structure-differs en.md: More.",
    ),
    ("en.md", "They do not.", "<b>They</b> do not.", "html en.md: <b>"),
    (
        "ko.md",
        "## 둘",
        "```text\n가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라마바사아자차카타파하\n```\n\n## 둘",
        "too-wide ko.md: ```text",
    ),
    (
        "en.md",
        "## Two",
        "before-all-the-words-of-this-line-there-is-one-that-nobody-could-ever-break-in-two-parts\n\n## Two",
        "too-wide en.md: before-all-the-words-of-this-line-there-is-one-that-nobody-could-ever-break-in-two-parts",
    ),
    // scenes
    ("gate.scene.toml", "vpc = \"main\"", "vpc = \"mian\"", "unknown-object gate.scene.toml: mian"),
    (
        "gate.scene.toml",
        "cidr = \"10.0.0.0/24\"",
        "cidr = \"10.1.0.0/24\"",
        "refused gate.scene.toml: \"10.1.0.0/24\"",
    ),
    (
        "gate.scene.toml",
        "from 0.0.0.0/0",
        "from 0.0.0.0/33",
        "bad-cidr gate.scene.toml: 0.0.0.0/33",
    ),
    ("gate.scene.toml", "-> web tcp/22", "-> wbe tcp/22", "unknown-object gate.scene.toml: wbe"),
    ("gate.scene.toml", "[packets]\n", "[packet]\n", "unknown-key gate.scene.toml: packet"),
];

#[test]
fn every_planted_defect_is_found_at_its_place() {
    let mut missed = Vec::new();
    for (file, from, to, wanted) in DEFECTS {
        let pack = planted(file, from, to);
        let faults = check::check(&pack);
        let told: Vec<String> = faults.iter().map(|fault| told(&pack, fault)).collect();
        if !told.iter().any(|fault| fault == wanted) {
            missed.push(format!("{file}: {to:?}\n  wanted {wanted:?}\n  got    {told:#?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn every_fault_speaks_both_languages_and_has_a_rule() {
    for (file, from, to, _) in DEFECTS {
        for fault in check::check(&planted(file, from, to)) {
            assert!(fault.message.ko.chars().any(|c| ('가'..='힣').contains(&c)), "{fault:?}");
            let english = fault.message.en.replace("합니다체", "");
            let outside_quotes: String = english.split('`').step_by(2).collect();
            let hangul = |c| ('가'..='힣').contains(&c);
            // What is quoted may be Korean, what is said of it may not.
            let quotes = ["structure-differs", "references-differ", "unsolved"];
            assert!(
                quotes.contains(&fault.rule) || !outside_quotes.chars().any(hangul),
                "{fault:?}"
            );
            assert!(fault.rule.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{fault:?}");
        }
    }
}

#[test]
fn the_par_of_every_lab_is_certified_by_search() {
    let (course, _) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        let lesson = course.lesson(&entry.id).0.expect("the lesson can be read");
        for lab in &lesson.labs {
            let found = certify(lab, check::SEARCH);
            assert!(matches!(found, Certificate::Certified { .. }), "{}: {found:?}", lab.id.0);
            // And the smallest fix is what it costs, with one of the solutions among all of them.
            let grid =
                |goal: &Goal| goal.checks.iter().any(|it| matches!(it, GoalCheck::Subnets(_)));
            if lab.par > 0 && !lab.goals.iter().any(grid) {
                let limits = Limits { cost: lab.par, networks: check::SEARCH };
                let found = solutions(lab, &lab.scene.network, limits);
                let cost = found.as_ref().map(|it| it.cost);
                assert_eq!(cost, Ok(lab.par), "{}", lab.id.0);
            }
        }
    }
}

#[test]
fn every_solution_of_a_lab_solves_it_and_the_start_does_not() {
    let (course, _) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        let lesson = course.lesson(&entry.id).0.expect("the lesson can be read");
        for lab in &lesson.labs {
            let sent = lab.packets_to_send();
            assert!(!lab.solved(&lab.scene.network, &[]), "{}", lab.id.0);
            for solution in &lab.solutions {
                let mut network = lab.scene.network.clone();
                let mut cost = 0;
                for change in solution {
                    cost += change.cost();
                    network.apply(change.clone()).expect("AWS accepts the solution");
                }
                assert!(lab.solved(&network, &sent), "{}: {solution:?}", lab.id.0);
                assert!(cost >= lab.par, "{}", lab.id.0);
            }
        }
    }
}

#[test]
fn what_the_first_screen_is_told_is_what_the_lesson_has() {
    let (course, faults) = Course::open(Pack::builtin());
    assert_eq!(faults, []);
    for entry in course.lessons() {
        let lesson = course.lesson(&entry.id).0.expect("the lesson can be read");
        assert_eq!(
            (&lesson.id, &lesson.title, lesson.minutes),
            (&entry.id, &entry.title, entry.minutes)
        );
        let questions: Vec<_> = lesson.questions.iter().map(|q| q.id.clone()).collect();
        assert_eq!(questions, entry.questions);
        let labs: Vec<_> = lesson.labs.iter().map(|lab| lab.id.clone()).collect();
        assert_eq!(labs, entry.labs);
    }
}

#[test]
fn a_lesson_is_found_by_the_name_it_had_before() {
    let (course, _) = Course::open(Pack::from_texts(good()));
    let lesson = course.lesson(&LessonId("old-gate".into())).0.expect("an alias leads there");
    assert_eq!(lesson.id, LessonId("gate".into()));
    let (none, faults) = course.lesson(&LessonId("gaet".into()));
    assert!(none.is_none());
    let help = faults[0].help.as_ref().map(|help| help.en.as_str());
    assert_eq!(help, Some("did you mean `gate`?"));
}

#[test]
fn a_scene_is_found_by_path_and_by_name() {
    let (course, _) = Course::open(Pack::from_texts(good()));
    for path in ["net/gate/gate", "net/gate/gate.scene.toml", "gate"] {
        assert!(course.scene(path).0.is_some(), "{path}");
    }
    assert!(course.scene("gaet").0.is_none());
}

/// A lesson with defects can still be studied: nothing in it leads to what is not there.
#[test]
fn a_damaged_lesson_never_leads_to_what_is_not_there() {
    for (file, from, to, _) in DEFECTS {
        let (course, _) = Course::open(planted(file, from, to));
        let Some(lesson) = course.lesson(&LessonId("gate".into())).0 else { continue };
        let counts: Vec<usize> = lesson.pages.values().map(Vec::len).collect();
        assert_eq!(counts[0], counts[1], "{file}: {to}");
        for block in lesson.pages.values().flatten().flat_map(|page| &page.blocks) {
            match block {
                Block::Live(Live::Question(id)) => {
                    assert!(lesson.questions.iter().any(|q| q.id == *id), "{file}: {to}");
                }
                Block::Live(Live::Lab(id)) => {
                    assert!(lesson.labs.iter().any(|lab| lab.id == *id), "{file}: {to}");
                }
                Block::Live(Live::Scene(name, packets)) => {
                    let scene = &lesson.scenes[name];
                    assert!(packets.iter().all(|p| scene.packet(p).is_some()), "{file}: {to}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_packet_question_offers_more_than_the_way_that_the_packet_went() {
    let (course, _) = Course::open(Pack::from_texts(good()));
    let lesson = course.lesson(&LessonId("gate".into())).0.expect("the lesson can be read");
    let packet = lesson.questions.iter().find_map(|q| match &q.kind {
        Kind::Packet(packet) => Some(packet),
        _ => None,
    });
    let options = &packet.expect("there is one").options;
    assert_eq!(options.iter().filter(|option| option.right).count(), 1);
    let right = options.iter().position(|option| option.right).unwrap_or_default();
    assert!(right > 1 && right + 1 < options.len(), "the culprit is neither first nor last");
}

/// Writes the good pack into a folder.
fn written(root: &Path) {
    for (path, text) in good() {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("it has a folder")).unwrap();
        fs::write(file, text).unwrap();
    }
}

#[test]
fn a_folder_is_read_without_what_does_not_belong_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    written(root);
    fs::create_dir(root.join(".git")).unwrap();
    fs::write(root.join(".git/config.toml"), "x").unwrap();
    fs::write(root.join("net/gate/.#ko.md"), "x").unwrap();
    fs::write(root.join("net/gate/ko.md~"), "x").unwrap();
    fs::write(root.join("net/gate/picture.png"), [0xff, 0xd8]).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root, root.join("net/loop")).unwrap();
    let pack = Pack::from_dir(root).unwrap();
    assert_eq!(pack.files.len(), good().len());
    assert_eq!(check::check(&pack), []);
}

#[test]
fn files_that_are_no_text_or_too_large_are_faults_and_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    written(root);
    fs::write(root.join("net/gate/notes.md"), b"line\n\xff\xfe").unwrap();
    fs::write(root.join("net/gate/huge.md"), vec![b'x'; 2 << 20]).unwrap();
    fs::write(root.join("net/gate/bell.scene.toml"), "# bell\u{7}\n").unwrap();
    let pack = Pack::from_dir(root).unwrap();
    for wanted in
        ["not-utf8 notes.md: ", "too-large huge.md: ", "control-character bell.scene.toml: "]
    {
        let told: Vec<String> = pack.faults.iter().map(|fault| told(&pack, fault)).collect();
        assert!(told.iter().any(|fault| fault == wanted), "{wanted}: {told:?}");
    }
    assert!(Course::open(pack).0.lesson(&LessonId("gate".into())).0.is_some());
}

#[test]
fn what_is_no_pack_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let missing = Pack::from_dir(&dir.path().join("missing"));
    assert!(matches!(missing, Err(PackError::Folder { .. })));
    assert!(matches!(Pack::from_dir(dir.path()), Err(PackError::NoPack(_))));
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Pack::from_dir(&file), Err(PackError::NotAFolder(_))));
}

#[test]
fn decomposed_hangul_and_other_line_ends_are_read_as_if_composed() {
    let decomposed = |text: &str| text.replace('하', "\u{1112}\u{1161}").replace('\n', "\r\n");
    let files = good().into_iter().map(|(path, text)| (path, decomposed(&text)));
    assert_eq!(check::check(&Pack::from_texts(files)), []);
}

/// The lint knows the column's width by number, because it may not know the screens.
#[test]
fn every_page_of_the_built_in_pack_fits_the_column_when_it_is_laid_out() {
    use hanulgil::{
        app::Look,
        ui::{Skin, page},
    };
    let (course, _) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        let lesson = course.lesson(&entry.id).0.expect("the lesson can be read");
        for (lang, pages) in &lesson.pages {
            let skin = Skin::new(Look::default(), *lang);
            for page in pages {
                let column = u16::try_from(COLUMN).expect("a column is narrow");
                for part in page::lay(&page.blocks, column, &skin).parts {
                    let page::Part::Text(lines) = part else { continue };
                    for line in lines {
                        let text: String = line.spans.iter().map(|s| s.content.as_ref()).collect();
                        assert!(width(&text) <= COLUMN, "{}: {text}", entry.id.0);
                        assert!(!text.ends_with(skin.glyph.more), "cut: {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn faults_are_told_as_json_with_line_and_column() {
    let pack = planted("lesson.toml", "key = 251", "key = 252");
    let faults = check::check(&pack);
    assert_eq!(faults[0].severity, Severity::Error);
    let json = faults[0].to_json(&pack.files, Lang::En);
    let text = pack.text("net/gate/lesson.toml").unwrap();
    let line = text.lines().position(|line| line == "key = 252").unwrap();
    assert_eq!(json["line"], line + 1);
    assert_eq!(json["column"], 7);
    assert_eq!(json["rule"], "key-contradicted");
    assert_eq!(json["file"], "net/gate/lesson.toml");
}

/// Cuts a file somewhere, or puts something strange somewhere into it.
fn damaged() -> impl Strategy<Value = Pack> {
    let strange = [
        "**",
        "{{",
        "}}",
        "\"",
        "[",
        "]]",
        "```",
        "\n",
        "|",
        "\u{1b}",
        "->",
        "'''",
        "= ",
        "\u{e000}",
        "<!--",
        "> [!",
        "](term:",
        "{{at gate https|",
    ];
    let junk = prop_oneof![
        any::<String>(),
        proptest::sample::select(strange.to_vec()).prop_map(str::to_owned),
    ];
    (0..good().len(), any::<prop::sample::Index>(), junk, any::<bool>()).prop_map(
        move |(at, place, junk, cut)| {
            let mut files = good();
            let text = &mut files[at].1;
            let mut place = place.index(text.len());
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            if cut {
                text.truncate(place);
            }
            text.insert_str(place, &junk);
            Pack::from_texts(files)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_pack_is_checked_and_told_without_a_panic(pack in damaged()) {
        let faults = check::check(&pack);
        for fault in &faults {
            if let Some(text) = pack.text(&fault.file) {
                prop_assert!(text.get(fault.span.clone()).is_some(), "{:?}", fault);
            }
        }
        let told = fault::render(&pack.files, &faults, Lang::Ko, false);
        prop_assert!(!told.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn any_text_can_be_a_lesson_without_a_panic(toml in any::<String>(), md in any::<String>()) {
        let mut files = good();
        files[3].1 = toml;
        files[4].1 = md;
        let pack = Pack::from_texts(files);
        let faults = check::check(&pack);
        fault::render(&pack.files, &faults, Lang::En, true);
    }
}

#[test]
fn a_defect_is_not_told_over_and_over() {
    for (file, from, to, wanted) in DEFECTS {
        // Ids and structure have two sides, and both are worth telling.
        let sides = if wanted.starts_with("untested-objective") { 8 } else { 3 };
        let pack = planted(file, from, to);
        let faults = check::check(&pack);
        let told: Vec<String> = faults.iter().map(|fault| told(&pack, fault)).collect();
        assert!(faults.len() <= sides, "{file} {to:?}: {told:#?}");
    }
}
