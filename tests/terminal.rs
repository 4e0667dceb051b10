//! The built program in a real pseudo-terminal.
#![cfg(unix)]

#[path = "terminal/pty.rs"]
mod pty;

use std::{path::Path, process::Command, time::Duration};

use portable_pty::CommandBuilder;
use pty::{Session, hanulgil, hanulgil_with};
use rustix::process::Signal;
use tempfile::{TempDir, tempdir};
use unicode_normalization::UnicodeNormalization;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const CTRL_C: &str = "\x03";

fn data() -> TempDir {
    tempdir().unwrap()
}

// ---- the first start

#[test]
fn the_first_start_speaks_the_language_of_the_locale() {
    for (locale, title) in [
        (("LANG", "ko_KR.UTF-8"), "반갑습니다"),
        (("LANG", "en_US.UTF-8"), "Welcome. Hanulgil"),
        (("LANG", "C"), "Welcome. Hanulgil"),
        (("LC_ALL", "ko_KR.UTF-8"), "반갑습니다"),
    ] {
        let data = data();
        hanulgil_with(data.path(), &[], &[locale], (80, 24)).see(title);
    }
}

#[test]
fn the_language_that_was_chosen_is_kept_and_an_option_outdoes_it() {
    let data = data();
    let korean = [("LANG", "ko_KR.UTF-8")];
    let start = |arguments: &[&str]| hanulgil_with(data.path(), arguments, &korean, (80, 24));
    let mut tutor = start(&[]);
    tutor.see("반갑습니다").press("L").see("Welcome. Hanulgil").press("q");
    assert!(tutor.ends().success());
    start(&[]).see("Welcome. Hanulgil");
    start(&["--lang", "ko"]).see("반갑습니다");
}

#[test]
fn the_language_flips_with_the_korean_input_method_on() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "en"]);
    tutor.see("Welcome. Hanulgil").press("ㅣ").see("반갑습니다");
}

// ---- leaving

#[test]
fn leaving_gives_the_terminal_back() {
    for keys in ["q", "ㅂ", CTRL_C] {
        let data = data();
        let mut tutor = hanulgil(data.path(), &["--lang", "en"]);
        tutor.see("Welcome. Hanulgil").press(keys);
        assert_eq!(tutor.ends().exit_code(), 0);
        tutor.is_as_before();
    }
}

#[test]
fn a_signal_that_ends_the_program_gives_the_terminal_back() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let data = data();
        let mut tutor = hanulgil(data.path(), &["--lang", "en"]);
        tutor.see("Welcome. Hanulgil").signal(signal);
        assert_eq!(tutor.ends().exit_code(), 128 + signal.as_raw().unsigned_abs());
        tutor.is_as_before();
    }
}

#[test]
fn a_stop_that_nobody_asked_for_is_survived() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "en"]);
    tutor.see("Welcome. Hanulgil");
    tutor.signal(Signal::STOP).signal(Signal::CONT);
    let before = tutor.written();
    drop(tutor.until("a whole new frame", |output| {
        let news = String::from_utf8_lossy(&output.bytes[before..]).into_owned();
        news.contains("\x1b[?1049h") && news.contains("Welcome")
    }));
    tutor.press("L").see("반갑습니다").press("q");
    assert!(tutor.ends().success());
    tutor.is_as_before();
}

#[cfg(target_os = "linux")]
#[test]
fn a_stop_gives_the_terminal_back_until_the_shell_continues() {
    let data = data();
    // A shell in the same session: without one nobody could continue what was stopped.
    let mut command = CommandBuilder::new("/bin/sh");
    let program = env!("CARGO_BIN_EXE_hanulgil");
    let line =
        format!("'{program}' --lang en --data '{}'; echo left with $?", data.path().display());
    command.args(["-c", &line]);
    let mut shell = Session::start(command, &[], 80, 24);
    shell.see("Welcome. Hanulgil");
    let children = format!("/proc/{0}/task/{0}/children", shell.pid());
    let pid: i32 = std::fs::read_to_string(children).unwrap().trim().parse().unwrap();
    let tutor = rustix::process::Pid::from_raw(pid).unwrap();
    for round in 0..2 {
        if round == 0 {
            rustix::process::kill_process(tutor, Signal::TSTP).unwrap();
        } else {
            shell.press("\x1a");
        }
        shell.until_true("the program stops", || {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            stat.rsplit(')').next().unwrap().trim_start().starts_with('T')
        });
        shell.is_as_before();
        rustix::process::kill_process(tutor, Signal::CONT).unwrap();
        shell.see("Welcome. Hanulgil");
    }
    shell.press("q").see("left with 0");
    shell.ends();
    shell.is_as_before();
}

/// The panic below, in a terminal of its own.
#[test]
fn a_panic_gives_the_terminal_back_and_is_told_afterwards() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "panics_inside_the_screen", "--ignored", "--nocapture"]);
    let mut session = Session::start(command, &[], 80, 24);
    session.see("the sky fell down");
    assert!(!session.ends().success());
    session.is_as_before();
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    let back = bytes.find("\x1b[?1049l").unwrap();
    assert!(bytes.find("the sky fell down").unwrap() > back, "told before the screen was left");
    assert_eq!(bytes.matches("\x1b[?1049l").count(), 1, "left twice");
}

#[test]
#[ignore = "is run by another test, in a pseudo-terminal"]
fn panics_inside_the_screen() {
    let mut screen = hanulgil::run::terminal::Screen::enter(true).unwrap();
    screen.draw(|_| panic!("the sky fell down")).unwrap();
}

#[test]
fn without_a_terminal_there_is_a_sentence_and_status_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .args(["--lang", "ko"])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("터미널에서만"), "{said}");
}

// ---- sizes

#[test]
fn a_storm_of_resizes_down_to_one_cell_leaves_a_whole_screen() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "ko"]);
    tutor.see("반갑습니다");
    let sizes = [(1, 1), (2, 1), (1, 40), (200, 1), (59, 15), (60, 16), (300, 100), (3, 3)];
    for round in 0..20 {
        for (columns, rows) in sizes {
            tutor.resize(columns + round % 3, rows + round % 2);
        }
    }
    tutor.resize(80, 24).see("반갑습니다").press("q");
    assert!(tutor.ends().success());
}

#[test]
fn a_window_that_is_too_small_asks_for_room() {
    let data = data();
    let mut tutor = hanulgil_with(data.path(), &["--lang", "ko"], &[], (59, 16));
    tutor.see("60×16");
    tutor.resize(60, 16).see("반갑습니다");
    tutor.resize(1, 1).see_no_more("반갑습니다").press("q");
    assert!(tutor.ends().success());
}

#[test]
fn keys_that_come_with_a_resize_are_not_lost() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "en"]);
    tutor.see("Welcome. Hanulgil");
    for round in 0..10 {
        let (columns, title) =
            if round % 2 == 0 { (100, "반갑습니다") } else { (80, "Welcome. Hanulgil") };
        tutor.resize(columns, 24).press("L").see(title);
    }
}

// ---- manners

#[cfg(target_os = "linux")]
#[test]
fn while_nothing_happens_nothing_is_written_and_nothing_runs() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "ko"]);
    tutor.see("반갑습니다");
    // What is behind the first frame may be read after it.
    tutor.settles(Duration::from_millis(900));
    let wakeups = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", tutor.pid())).unwrap();
        let counts = status.lines().filter(|line| line.contains("ctxt_switches"));
        counts.map(str::to_owned).collect::<Vec<_>>()
    };
    let before = wakeups();
    tutor.hears_nothing(Duration::from_millis(1500));
    assert_eq!(wakeups(), before, "it woke up");
}

#[test]
fn no_color_is_respected() {
    let colours = |environment: &[(&str, &str)]| {
        let data = data();
        let mut tutor = hanulgil_with(data.path(), &["--lang", "en"], environment, (80, 24));
        tutor.see("Welcome. Hanulgil");
        let output = tutor.until("a frame", |output| output.bytes.ends_with(b"\x1b[?2026l"));
        let screen = output.parser.screen();
        let coloured = |(row, column)| {
            screen.cell(row, column).is_some_and(|cell| {
                cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
            })
        };
        (0..24)
            .flat_map(|row| (0..80).map(move |column| (row, column)))
            .filter(|at| coloured(*at))
            .count()
    };
    assert!(colours(&[]) > 0);
    assert_eq!(colours(&[("NO_COLOR", "1")]), 0);
    assert_eq!(colours(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), 0);
}

#[test]
fn ascii_means_ascii() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "en", "--ascii"]);
    tutor.see("Welcome. Hanulgil");
    // The name of the other language is its own.
    let screen = tutor.screen().replace("한국어", "");
    assert!(screen.is_ascii(), "{screen}");
}

#[test]
fn two_copies_run_at_once() {
    let data = data();
    let mut one = hanulgil(data.path(), &["--lang", "en"]);
    let mut two = hanulgil(data.path(), &["--lang", "en"]);
    one.see("Welcome. Hanulgil");
    two.see("Welcome. Hanulgil");
    for _ in 0..5 {
        one.press("L").see("반갑습니다");
        two.press("L").see("반갑습니다");
        one.press("L").see("Welcome");
        two.press("L").see("Welcome");
    }
    one.press("L").see("반갑습니다").press("q");
    two.press("q");
    assert!(one.ends().success() && two.ends().success());
    hanulgil(data.path(), &[]).see("반갑습니다");
}

#[test]
fn esc_is_not_taken_for_a_sequence_and_a_sequence_not_for_esc() {
    let data = data();
    let mut tutor = studying(&data, "en");
    // Esc opens the menu; Esc closes it.
    tutor.press(ESC).see("Go on");
    tutor.press(ESC).see_no_more("Go on");
    tutor.press(DOWN).see("▸ ∙ The next lesson").press(UP).see("▸ ∙ One of each");
}
// ---- studying

/// A small pack with one of everything, which the lessons of the built-in pack do not change.
const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/pack");

fn studying(data: &TempDir, lang: &str) -> Session {
    let mut tutor = hanulgil(data.path(), &["--lang", lang, "--pack", FIXTURE]);
    tutor.see(if lang == "ko" { "하나씩 모두" } else { "One of each" });
    tutor
}

#[test]
fn a_lesson_is_finished_and_stays_finished() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.see("강의 0/").press(DOWN).press(ENTER).see("강의를 마쳤습니다");
    tutor.press(ENTER).see("강의 1/").press("q");
    assert!(tutor.ends().success());
    studying(&data, "ko").see("강의 1/");
    studying(&data, "en").see(" 1/");
}

#[test]
fn a_killed_copy_goes_on_where_it_was() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.press(ENTER).see("1/5쪽").press("4").see("4/5쪽").press(ENTER).see("문제 4/7");
    tutor.press("보안 그룹\r").see("맞았습니다").signal(Signal::KILL);
    assert!(!tutor.ends().success());
    let mut again = studying(&data, "ko");
    again.see("4쪽까지 읽음").press(ENTER).see("4/5쪽").see("✓ 맞음");
}

#[test]
fn a_korean_answer_counts_however_it_was_composed() {
    // As a Mac's input method or a paste may send it: every syllable in its letters.
    let loose = "보안 그룹".nfd().collect::<String>();
    assert_ne!(loose, "보안 그룹");
    for typed in [loose.clone(), format!("\x1b[200~{loose}\x1b[201~"), "보안그룹".into()] {
        let data = data();
        let mut tutor = studying(&data, "ko");
        tutor.press(ENTER).see("1/5쪽").press("4").see("4/5쪽").press(ENTER).see("문제 4/7");
        tutor.press(&typed).see("보안").press(ENTER).see("맞았습니다");
    }
}

#[test]
fn a_lesson_works_with_the_korean_input_method_left_on() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    // ㅓ is j, ㅏ is k, ㅣ is l, ㅂ is q.
    tutor.press("ㅓ").see("▸ ∙ 다음 강의").press("ㅏ").see("▸ ∙ 하나씩 모두");
    tutor.press(ENTER).see("1/5쪽").press("ㅣ").see("page 1/5").press("ㅣ").see("1/5쪽");
    tutor.press("4").see("4/5쪽").press(ENTER).see("문제 4/7");
    // In a text field the letters are letters.
    tutor.press("ㅂㅓ").see("▸ ㅂㅓ").press("\x7f\x7f").see_no_more("ㅂ");
    tutor.press(ESC).see("4/5쪽").press("ㅂ");
    assert!(tutor.ends().success());
}

#[test]
fn keys_typed_ahead_are_taken_one_after_the_other() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.press("\r4\r보안 그룹\r").see("맞았습니다");
}

#[test]
fn the_language_flips_in_the_middle_of_a_question() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.press("\r4\r").see("문제 4/7").press("보안").see("▸ 보안");
    // In a text field `l` is a letter: F2 flips.
    tutor.press("\x1bOQ").see("question 4/7").see("보안").press(" 그룹\r").see("Right");
}

/// From home into the lab of the lesson about gateways, its opening box closed.
fn in_the_lab(tutor: &mut Session) -> &mut Session {
    tutor.choose("인터넷 게이트웨이와 퍼블릭 서브넷").press(ENTER).see("1/7쪽");
    tutor.press(&RIGHT.repeat(6)).see("Enter 실습 열기").press(ENTER);
    tutor.see_no_more("7/7쪽").press(ENTER).see("0/3")
}

/// Attaches the gateway; adds the route; gives the address.
const ATTACH: &str = "\x1b[A\r\r";
const ROUTE: &str = "1\x1b[B\x1b[B\x1b[B\x1b[B\r\r\r\r";
const ADDRESS: &str = "1\x1b[A\r\x1b[B\r";

#[test]
fn a_lab_is_solved_and_stays_solved() {
    let data = data();
    let mut tutor = hanulgil_with(data.path(), &["--lang", "ko"], &[], (120, 36));
    in_the_lab(&mut tutor);
    tutor.press(ATTACH).see("바꾼 횟수 1").press(ROUTE).see("바꾼 횟수 2");
    tutor.press(ADDRESS).see("해결했습니다").see("3/3").press("q");
    assert!(tutor.ends().success());
    let mut again = hanulgil_with(data.path(), &["--lang", "ko"], &[], (120, 36));
    again.choose("인터넷 게이트웨이와").see("✓ 대문 열기");
}

#[test]
fn a_killed_lab_goes_on_with_its_changes() {
    let data = data();
    let mut tutor = hanulgil_with(data.path(), &["--lang", "ko"], &[], (120, 36));
    in_the_lab(&mut tutor);
    tutor.press(ATTACH).see("바꾼 횟수 1").press(ROUTE).see("바꾼 횟수 2").signal(Signal::KILL);
    tutor.ends();
    let mut again = hanulgil_with(data.path(), &["--lang", "ko"], &[], (120, 36));
    again.see("7쪽까지 읽음").choose("인터넷 게이트웨이와").press(ENTER).see("7/7쪽");
    again.see("Enter 실습").press(ENTER).see("바꾼 횟수 2").press("u").see("바꾼 횟수 1");
}

#[test]
fn an_order_is_given_with_keys_and_mouse_and_outlives_the_program() {
    const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/arranging");
    const END: &str = "\x1b[F";
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "ko", "--pack", PACK]);
    tutor.see("순서와 짝").press(ENTER).see("문제 1").press(ENTER).see("늘어놓으세요");
    // The keys: up it goes, one down, and there it stays.
    tutor.press(ENTER).see("옮기는 중").press(DOWN).press(ENTER).see("u 되돌리기");
    // The mouse: one is clicked, then the place where it belongs.
    tutor.click("게이트웨이를 만듭니다").see("옮기는 중");
    tutor.press(ESC).see_no_more("옮기는 중");
    tutor.press("1").see("옮기는 중").press("4").see_no_more("옮기는 중");
    tutor.press(END).see("Enter 답하기").press(ENTER).see("Enter 계속").press("q");
    assert!(tutor.ends().success());
    let mut again = hanulgil(data.path(), &["--lang", "ko", "--pack", PACK]);
    again.see("순서와 짝").press(ENTER).see("문제 1").press("\x1b[Z").press(ENTER);
    again.see("Tab 다시 풀기").press("q");
    assert!(again.ends().success());
}

#[test]
fn the_mouse_clicks_what_is_seen() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.click("다음 강의").see("한 쪽뿐입니다");
    tutor.click("Esc 뒤로").see("강의 1/").click("q 나가기");
    assert!(tutor.ends().success());
}

#[test]
fn a_flood_of_keys_is_swallowed() {
    let data = data();
    let mut tutor = studying(&data, "ko");
    tutor.press(&DOWN.repeat(20_000)).press(&"\x1b[<35;3;4M".repeat(5_000)).press("q");
    assert!(tutor.ends().success());
}

#[test]
fn what_was_renamed_keeps_its_history() {
    let (data, pack) = (data(), data());
    copy(Path::new(FIXTURE), pack.path());
    let arguments = ["--lang", "ko", "--pack", pack.path().to_str().unwrap()];
    let mut tutor = hanulgil(data.path(), &arguments);
    tutor.see("하나씩 모두").press(ENTER).see("1/5쪽").press("4").see("4/5쪽").press(ENTER);
    tutor.see("문제 4/7").press("보안 그룹\r").see("맞았습니다").press("q");
    tutor.ends();

    let edit = |file: &str, old: &str, new: &str| {
        let path = pack.path().join("streets/one-of-each").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file} has no `{old}`");
        std::fs::write(path, text.replace(old, new)).unwrap();
    };
    edit("lesson.toml", "id = \"one-of-each\"", "id = \"renamed\"\naliases = [\"one-of-each\"]");
    let mut tutor = hanulgil(data.path(), &arguments);
    tutor.see("4쪽까지 읽음").press(ENTER).see("✓ 맞음").press("q");
    tutor.ends();

    edit("lesson.toml", "[question.text]", "[question.typed]\naliases = [\"one-of-each/text\"]");
    edit("lesson.toml", "[[question.text.wrong]]", "[[question.typed.wrong]]");
    for file in ["ko.md", "en.md"] {
        edit(file, "question text", "question typed");
    }
    hanulgil(data.path(), &arguments).see("4쪽까지 읽음").press(ENTER).see("✓ 맞음");
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

// ---- progress that cannot be used

#[test]
fn a_damaged_journal_is_kept_and_told_and_the_course_opens() {
    let data = data();
    let journal = data.path().join("journal.db");
    std::fs::write(&journal, "this was a journal once").unwrap();
    let mut tutor = studying(&data, "ko");
    tutor.see("손상").press("q").see("journal-2.db");
    assert!(tutor.ends().success());
    assert_eq!(std::fs::read_to_string(&journal).unwrap(), "this was a journal once");
    studying(&data, "ko").press(DOWN).press(ENTER).see("강의를 마쳤습니다");
    studying(&data, "ko").see("강의 1/");
}

#[test]
fn where_nothing_can_be_saved_the_course_opens_and_says_so() {
    let data = data();
    let not_a_folder = data.path().join("file");
    std::fs::write(&not_a_folder, "").unwrap();
    let mut tutor = hanulgil(&not_a_folder, &["--lang", "en", "--pack", FIXTURE]);
    tutor.see("One of each").see("cannot be saved").press(DOWN).press(ENTER).see("One page only");
    tutor.press("q").see("--data");
    assert!(tutor.ends().success());
}

// ---- hostile packs

#[test]
fn no_control_character_of_a_pack_reaches_the_terminal() {
    let (data, pack) = (data(), data());
    let write = |path: &str, text: &str| {
        let path = pack.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    // TOML lets control characters in as escapes, Markdown as they are.
    write(
        "pack.toml",
        r#"id = "bad"
format = 1
title = { ko = "나쁨", en = "Bad" }
modules = ["one"]
"#,
    );
    write(
        "one/module.toml",
        r#"title = { ko = "\u001b]0;owned\u0007모듈", en = "\u001b]0;owned\u0007Module" }
summary = { ko = "\u009b2J요약", en = "\u009b2JSummary" }
lessons = ["lesson"]
"#,
    );
    write(
        "one/lesson/lesson.toml",
        r#"id = "lesson"
title = { ko = "\u001b[2J\u202e강의", en = "\u001b[2J\u202eLesson" }
minutes = 1
"#,
    );
    let page = "## Page\u{1b}[31m\n\nText \u{1b}]52;c;b3duZWQ=\u{7} and \u{202e}more\u{9b}5n\u{8}.\n\n`\u{1b}c`\n";
    write("one/lesson/ko.md", page);
    write("one/lesson/en.md", page);

    let arguments = ["--lang", "en", "--pack", pack.path().to_str().unwrap()];
    let mut tutor = hanulgil(data.path(), &arguments);
    tutor.see("Lesson").press(ENTER).see("Text").press("q");
    tutor.ends();
    let bytes = tutor.bytes();
    let text = String::from_utf8(bytes).unwrap();
    for bad in [
        "\x1b]",
        "\x1b[2J\u{202e}",
        "owned",
        "\u{9b}",
        "\u{202e}",
        "\x07",
        "\x08",
        "\x1bc",
        "\x1b[31m",
    ] {
        assert!(!text.contains(bad), "{} in {}", bad.escape_debug(), text.escape_debug());
    }
}

// ---- a whole session

/// Makes something of the palette with the mouse: what, which known values in which fields.
fn make(tutor: &mut Session, step: usize, what: &str, fields: &[(&str, &str)]) {
    tutor.click("n 만들기").see("무엇을 만들까요?").click(what).see("[ 적용 ]");
    fill(tutor, step, fields);
}

/// The same for a row of what is looked at.
fn row(tutor: &mut Session, step: usize, what: &str, fields: &[(&str, &str)]) {
    tutor.click(what).see("[ 적용 ]");
    fill(tutor, step, fields);
}

fn fill(tutor: &mut Session, step: usize, fields: &[(&str, &str)]) {
    for (label, value) in fields {
        take(tutor, label, value);
    }
    tutor.click("[ 적용 ]").see(&format!("바꾼 단계 {step}"));
}

/// Takes a known value for a field.
fn take(tutor: &mut Session, label: &str, value: &str) {
    tutor.see(label);
    let pointed = format!("▸ {label}");
    if !tutor.screen().contains(&pointed) {
        tutor.click(label).see(&pointed);
    }
    let (open, taken) = (format!("( )  {value}"), format!("(∙)  {value}"));
    drop(tutor.until(value, |output| {
        let screen = output.parser.screen().contents();
        screen.contains(&open) || screen.contains(&taken)
    }));
    if !tutor.screen().contains(&taken) {
        tutor.click(&open).see(&taken);
    }
}

#[test]
fn a_whole_design_is_built_with_the_mouse_and_its_packets_arrive() {
    let data = data();
    let mut tutor = hanulgil(data.path(), &["--lang", "ko", "--no-motion"]);
    tutor.see("반갑습니다");
    // The wheel, until the last row is in sight.
    for _ in 0..30 {
        tutor.press("\x1b[<65;40;12M");
    }
    tutor.click("작업실").see("빈 클라우드").click("빈 클라우드").see("아직 아무것도 없습니다");
    let steps: &[(&str, &[(&str, &str)])] = &[
        ("VPC 만들기", &[]),
        ("서브넷 만들기", &[("이름", "public-a")]),
        ("서브넷 만들기", &[("이름", "public-b")]),
        ("서브넷 만들기", &[("이름", "private-a")]),
        ("서브넷 만들기", &[("이름", "private-b")]),
        ("새 인터넷 게이트웨이", &[]),
        ("라우팅 테이블 만들기", &[("이름", "public")]),
        ("+ 경로 추가", &[("대상", "igw")]),
        ("+ 서브넷에 연결", &[("서브넷", "public-a")]),
        ("+ 서브넷에 연결", &[("서브넷", "public-b")]),
        ("5 NAT 게이트웨이 만들기", &[("서브넷", "public-a")]),
        ("라우팅 테이블 만들기", &[("이름", "private")]),
        ("+ 경로 추가", &[("대상", "nat")]),
        ("+ 서브넷에 연결", &[("서브넷", "private-a")]),
        ("+ 서브넷에 연결", &[("서브넷", "private-b")]),
        ("보안 그룹 만들기", &[("이름", "alb-sg")]),
        ("+ 인바운드 규칙 추가", &[("포트", "80")]),
        ("보안 그룹 만들기", &[("이름", "app-sg")]),
        ("+ 인바운드 규칙 추가", &[("포트", "80"), ("소스", "group alb-sg")]),
        (
            "인스턴스 시작",
            &[
                ("이름", "web"),
                ("서브넷", "private-a"),
                ("보안 그룹", "app-sg"),
                ("듣는 TCP 포트", "80"),
            ],
        ),
        (
            "인스턴스 시작",
            &[
                ("이름", "web-2"),
                ("서브넷", "private-b"),
                ("보안 그룹", "app-sg"),
                ("듣는 TCP 포트", "80"),
            ],
        ),
        ("대상 그룹 만들기", &[]),
        ("대상 등록", &[("대상", "web")]),
        ("대상 등록", &[("대상", "web-2")]),
        ("로드 밸런서 만들기", &[("보안 그룹", "alb-sg")]),
        ("리스너 추가", &[]),
    ];
    for (step, (what, fields)) in steps.iter().enumerate() {
        let here = if what.starts_with('+') { row } else { make };
        here(&mut tutor, step + 1, what, fields);
    }
    for (from, to) in [("internet", "alb"), ("web-2", "internet")] {
        tutor.click("패킷").see("다른 패킷 만들기").click("다른 패킷 만들기").see("[ 취소 ]");
        for (label, value) in [("보내는 쪽", from), ("받는 쪽", to)] {
            take(&mut tutor, label, value);
        }
        tutor.click("[ 예측하고 보내기 ]").see("보내기 전에 예측하세요");
        tutor.click("도착하고 응답이").click("End ").see("예측이 맞았습니다");
        tutor.click("Esc 뒤로").see("다른 패킷 만들기");
    }
    tutor.press(CTRL_C);
    assert!(tutor.ends().success());
}
