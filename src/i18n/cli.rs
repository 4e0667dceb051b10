//! The command line: help, and what is wrong with what was typed.

use crate::text::particle::{Particle, settle};

/// The command line's words.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Cli {
    // help
    pub about: &'static str,
    pub usage: &'static str,
    pub options: &'static str,
    pub commands: &'static str,
    pub arguments: &'static str,
    pub more: &'static str,
    pub lang: &'static str,
    pub pack: &'static str,
    pub data: &'static str,
    pub ascii: &'static str,
    pub light: &'static str,
    pub no_motion: &'static str,
    pub no_mouse: &'static str,
    pub help: &'static str,
    pub version: &'static str,

    pub trace: &'static str,
    pub trace_more: &'static str,
    pub scene: &'static str,
    pub packet_asked: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub protocol: &'static str,
    pub port: &'static str,
    pub source_port: &'static str,
    pub probes: &'static str,
    pub trace_json: &'static str,
    pub trace_unread: &'static str,

    pub fix: &'static str,
    pub fix_more: &'static str,
    pub want: &'static str,
    pub forbid: &'static str,
    pub allow: &'static str,
    pub most: &'static str,
    pub fix_as: &'static str,
    pub fix_json: &'static str,
    /// (operation)
    pub no_operation: fn(&str) -> String,

    pub reach: &'static str,
    pub reach_more: &'static str,
    pub reach_to: &'static str,
    pub reach_json: &'static str,

    pub draft: &'static str,
    pub draft_more: &'static str,
    pub draft_output: &'static str,
    pub draft_force: &'static str,
    /// (where the network was described)
    pub scene_from: fn(&str) -> String,
    /// (how many more notes there are)
    pub scene_more: fn(usize) -> String,
    pub scene_not_whole: &'static str,
    /// (file)
    pub already_there: fn(&str) -> String,
    /// (file, why)
    pub unwritable: fn(&str, &str) -> String,

    pub lab: &'static str,
    pub lab_more: &'static str,
    pub lab_read_only: fn(&str) -> String,
    pub check: &'static str,
    pub check_more: &'static str,
    pub check_dir: &'static str,
    pub check_coverage: &'static str,
    pub check_all: &'static str,
    pub check_json: &'static str,

    // the trace as a person reads it
    /// (name of a packet)
    pub packet: fn(&str) -> String,
    pub why: &'static str,
    pub code: &'static str,
    pub all_blockers: &'static str,
    /// (how many)
    pub blockers_count: fn(usize) -> String,
    pub blockers_end: &'static str,

    // what is wrong with what was typed
    pub error: &'static str,
    /// (command)
    pub see_help: fn(&str) -> String,
    /// (argument)
    pub unknown_argument: fn(&str) -> String,
    /// (what was typed)
    pub unknown_command: fn(&str) -> String,
    /// (what was meant)
    pub did_you_mean: fn(&str) -> String,
    /// (option)
    pub needs_value: fn(&str) -> String,
    /// (option)
    pub takes_no_value: fn(&str) -> String,
    /// (option)
    pub given_twice: fn(&str) -> String,
    /// (option, other option)
    pub not_together: fn(&str, &str) -> String,
    /// (arguments)
    pub missing: fn(&str) -> String,
    /// (option, value, what is possible)
    pub invalid_value: fn(&str, &str, &str) -> String,
    pub not_text: &'static str,
    pub both_ends: &'static str,
    pub no_packets: &'static str,
    /// (protocol)
    pub needs_port: fn(&str) -> String,

    // files
    /// (file, why)
    pub unreadable: fn(&str, &str) -> String,
    pub not_found: &'static str,
    pub not_allowed: &'static str,
    pub not_utf8: &'static str,
    /// (file, line, column, what is wrong)
    pub bad_json: fn(&str, usize, usize, &str) -> String,
    /// (file, which, what is wrong)
    pub bad_probe: fn(&str, usize, &str) -> String,
    pub probe_shape: &'static str,
    pub no_home: &'static str,
    /// (path)
    pub not_a_folder: fn(&str) -> String,
    /// (folder)
    pub not_a_pack: fn(&str) -> String,
    /// (folder)
    pub pack_too_large: fn(&str) -> String,
    /// (folder)
    pub no_json: fn(&str) -> String,
    /// (folder)
    pub dump_too_large: fn(&str) -> String,

    // descriptions of AWS networks
    /// (how much was not understood, how much of it may matter)
    pub unread: fn(usize, usize) -> String,
    pub unread_how: &'static str,
    /// (how often)
    pub times: fn(usize) -> String,

    // check
    /// (lessons)
    pub check_fine: fn(usize) -> String,
    /// (errors, warnings)
    pub check_found: fn(usize, usize) -> String,
    pub more_faults: fn(usize) -> String,
    pub objective: &'static str,
    /// Prediction, practice, question.
    pub ways: [&'static str; 3],
    /// In a table: nothing of that kind.
    pub nothing: &'static str,
    /// (met, all)
    pub covered: fn(usize, usize) -> String,
    /// (faults)
    pub faults_too: fn(usize) -> String,
}

/// In Korean.
pub const KO: Cli = Cli {
    about: "하늘길 — 터미널에서 배우는 클라우드 인프라, 살아 있는 네트워크 시뮬레이터와 함께",
    usage: "사용법",
    options: "옵션",
    commands: "명령",
    arguments: "인수",
    more: "명령 없이 실행하면 학습 화면이 열립니다. 학습 화면에서 `?`를 누르면 사용할 수 있는 키가 나옵니다.",
    lang: "언어: ko 또는 en [기본: 저장된 선택, 없으면 LC_ALL, LC_MESSAGES, LANG]",
    pack: "내장 강의 대신 이 폴더의 강의 묶음을 엽니다",
    data: "학습 기록을 저장할 폴더",
    ascii: "기호와 테두리를 ASCII로만 그립니다",
    light: "밝은 배경의 터미널에 맞춥니다",
    no_motion: "움직이는 그림 없이 결과를 바로 보여 줍니다",
    no_mouse: "마우스를 터미널에 맡깁니다",
    help: "도움말을 출력합니다",
    version: "버전을 출력합니다",

    trace: "장면 속의 패킷이 가는 길과 돌아오는 길을 출력합니다",
    trace_more: "패킷을 쓰지 않으면 장면에 이름이 붙은 모든 패킷을 따라갑니다.\n종료 상태: 0 도착, 1 도착하지 못함, 2 사용할 수 없는 입력",
    scene: "장면 파일(NAME.scene.toml), 강의 묶음의 장면(internet-gateway/open-the-gate), 또는 `aws ec2 describe-*`가 출력한 JSON 파일이나 폴더",
    packet_asked: "패킷 하나를 따옴표로 감싸서: \"internet -> web tcp/443\"",
    from: "보내는 쪽: 이름, AWS ID, 주소 또는 `internet`",
    to: "받는 쪽: 이름, `이름.public`, AWS ID, 주소, DNS 이름 또는 `internet`",
    protocol: "프로토콜: tcp, udp, icmp, icmpv6 또는 번호 [기본: tcp]",
    port: "목적지 포트",
    source_port: "출발지 포트 [기본: 49152]",
    probes: "{from, to, protocol, port}의 목록이 담긴 파일; 한 줄에 결과 하나씩 출력합니다",
    trace_json: "JSON 객체로 출력합니다: verdict, direction, code, at, hops",
    trace_unread: "AWS가 출력한 JSON에서 그대로 옮기지 못한 것을 모두 보여 줍니다",

    fix: "통해야 할 패킷이 통하게 하는 가장 작은 변경을 찾습니다",
    fix_more: "더 적은 변경으로는 되지 않는 것을 확인하고, 같은 크기의 해결책을 모두 보여 줍니다.\n종료 상태: 0 찾음, 1 없음, 2 사용할 수 없는 입력",
    want: "통해야 하는 패킷: \"internet -> web tcp/443\" 또는 장면의 패킷 이름(여러 번 쓸 수 있음)",
    forbid: "막혀야 하는 패킷(여러 번 쓸 수 있음)",
    allow: "이 작업만 씁니다: create-route, authorize-security-group-ingress … (여러 번 쓸 수 있음)",
    most: "변경을 몇 번까지 찾아볼지 [기본: 6]",
    fix_as: "변경을 AWS CLI 명령(`aws ec2 …`, `aws elbv2 …`)으로 써 줍니다",
    fix_json: "JSON 객체로 출력합니다: cost, fixes(changes, opens, shuts)",
    no_operation: |operation| {
        format!("`{operation}`{}는 작업은 없습니다.", Particle::IRa.after(operation))
    },

    reach: "누가 무엇에 닿을 수 있는지 빠짐없이 보여 줍니다",
    reach_more: "`--to`가 없으면 모두에서 모두로 통하는 것을 보여 줍니다.\n종료 상태: 0, 사용할 수 없는 입력이면 2",
    reach_to: "받는 쪽: 인스턴스, 로드 밸런서, 데이터베이스처럼 서브넷 안에 있는 것의 이름",
    reach_json: "JSON 객체로 출력합니다: 들어오는 것과 막히는 것을 범위와 근거 규칙으로",

    draft: "네트워크를 손으로 고칠 수 있는 장면 파일로 씁니다",
    draft_more: "AWS가 설명한 네트워크는 `Name` 태그로, 없으면 ID로 부르고, 이해하지 못한 것은 주석으로 남깁니다.\n종료 상태: 0 그대로 다시 읽히는 장면, 1 다시 읽을 수 없는 부분이 있음, 2 사용할 수 없는 입력",
    draft_output: "이 파일에 씁니다 [기본: 표준 출력]",
    draft_force: "있는 파일을 덮어씁니다",
    scene_from: |from| settle(&format!("`{from}`에서 만든 장면입니다.")),
    scene_more: |count| {
        format!(
            "그 밖에 {count}가지가 더 있습니다. `hanulgil trace ... --unread`로 모두 볼 수 있습니다."
        )
    },
    scene_not_whole: "장면을 썼지만 위의 부분은 그대로 다시 읽을 수 없습니다. 고치거나 지우세요.",
    already_there: |file| {
        settle(&format!("`{file}`이(가) 이미 있습니다. 덮어쓰려면 `--force`를 붙이세요."))
    },
    unwritable: |file, why| settle(&format!("`{file}`에 쓸 수 없습니다: {why}")),

    lab: "장면을 샌드박스에서 엽니다",
    lab_more: "장면 파일은 Ctrl+S로 다시 저장하고, 저장하기 전의 파일은 `.old`를 붙여 곁에 둡니다. AWS의 JSON은 새 장면으로 저장합니다.",
    lab_read_only: |path| format!("{path}: 쓸 수 없는 파일입니다. 사본을 만들어 여세요."),
    check: "강의 묶음을 검사합니다",
    check_more: "종료 상태: 0 문제 없음, 1 문제가 있거나 `--coverage`에 빈칸이 있음, 2 읽을 수 없음",
    check_dir: "강의 묶음의 폴더 [기본: 내장 강의]",
    check_coverage: "학습 목표마다 예측, 실습, 문제가 있는지 표로 보여 줍니다",
    check_all: "문제가 많아도 모두 보여 줍니다",
    check_json: "문제를 한 줄에 JSON 객체 하나씩 출력합니다",

    packet: |name| format!("패킷 {name}"),
    why: "이유",
    code: "코드",
    all_blockers: "막는 것",
    blockers_count: |count| {
        format!("모두 {count}곳에서 막힙니다. 하나만 고치면 다음 곳에서 다시 막힙니다.")
    },
    blockers_end: "그 뒤는 따라갈 길이 없어 알 수 없습니다.",

    error: "오류",
    see_help: |command| format!("`{command} --help`로 사용법을 볼 수 있습니다."),
    unknown_argument: |argument| {
        format!("`{argument}`{}는 인수는 없습니다.", Particle::IRa.after(argument))
    },
    unknown_command: |command| {
        format!("`{command}`{}는 명령은 없습니다.", Particle::IRa.after(command))
    },
    did_you_mean: |meant| format!("`{meant}`{} 뜻한 것입니까?", Particle::EulReul.after(meant)),
    needs_value: |option| format!("`{option}`에는 값이 필요합니다."),
    takes_no_value: |option| format!("`{option}`에는 값을 붙일 수 없습니다."),
    given_twice: |option| {
        format!("`{option}`{} 한 번만 쓸 수 있습니다.", Particle::EunNeun.after(option))
    },
    not_together: |one, other| {
        format!(
            "`{one}`{} `{other}`{} 함께 쓸 수 없습니다.",
            Particle::EunNeun.after(one),
            Particle::GwaWa.after(other)
        )
    },
    missing: |arguments| format!("필요한 인수가 없습니다: {arguments}"),
    invalid_value: |option, value, possible| {
        format!(
            "`{option}`의 값 `{value}`{} 사용할 수 없습니다. {possible}",
            Particle::EunNeun.after(value)
        )
    },
    not_text: "인수가 올바른 UTF-8이 아닙니다.",
    both_ends: "`--from`과 `--to`는 함께 써야 합니다.",
    no_packets: "이 장면에는 이름이 붙은 패킷이 없습니다. 패킷을 하나 쓰세요: \"internet -> web tcp/443\"",
    needs_port: |protocol| format!("{protocol}에는 `--port`가 필요합니다."),

    unreadable: |file, why| {
        format!("`{file}`{} 읽을 수 없습니다: {why}.", Particle::EulReul.after(file))
    },
    not_found: "그런 파일이나 폴더가 없습니다",
    not_allowed: "읽을 권한이 없습니다",
    not_utf8: "올바른 UTF-8이 아닙니다",
    bad_json: |file, line, column, what| {
        format!("`{file}` {line}행 {column}열이 올바른 JSON이 아닙니다: {what}")
    },
    bad_probe: |file, number, what| format!("`{file}`의 {number}번째 항목: {what}"),
    probe_shape: "`{\"from\": ..., \"to\": ..., \"protocol\": ..., \"port\": ...}` 객체의 목록이어야 합니다.",
    no_home: "홈 폴더를 알 수 없습니다. `--data`로 학습 기록을 저장할 폴더를 지정하세요.",
    not_a_folder: |path| format!("`{path}`{} 폴더가 아닙니다.", Particle::EunNeun.after(path)),
    not_a_pack: |folder| {
        format!("`{folder}`에는 `pack.toml`이 없습니다. 강의 묶음의 맨 위 폴더를 지정하세요.")
    },
    pack_too_large: |folder| format!("`{folder}`에는 강의 묶음이라기에 너무 많은 파일이 있습니다."),
    no_json: |folder| {
        format!(
            "`{folder}`에 `.json` 파일이 없습니다. `aws ec2 describe-*`가 출력한 JSON을 넣으세요."
        )
    },
    dump_too_large: |folder| format!("`{folder}`에 파일이 너무 많습니다."),

    unread: |count, matter| {
        if matter == 0 {
            format!("그대로 옮기지 못한 것이 {count}개 있지만 답에는 영향이 없습니다.")
        } else {
            format!(
                "그대로 옮기지 못한 것 {count}개 가운데 {matter}개는 답에 영향을 줄 수 있습니다."
            )
        }
    },
    unread_how: "`--unread`를 붙이면 모두 보입니다.",
    times: |count| format!(" (같은 것 {count}번)"),

    check_fine: |lessons| format!("강의 {lessons}개에 문제가 없습니다."),
    check_found: |errors, warnings| format!("오류 {errors}개, 주의 {warnings}개를 찾았습니다."),
    more_faults: |more| format!("... 이 밖에 {more}개가 더 있습니다."),
    objective: "학습 목표",
    ways: ["예측", "실습", "문제"],
    nothing: "없음",
    covered: |met, all| {
        format!("학습 목표 {all}개 가운데 {met}개에 예측, 실습, 문제가 모두 있습니다.")
    },
    faults_too: |faults| {
        format!("강의 묶음에 문제가 {faults}개 있습니다. `hanulgil check`로 보세요.")
    },
};

/// In English.
pub const EN: Cli = Cli {
    about: "hanulgil — learn cloud infrastructure in the terminal, with a live network simulator",
    usage: "Usage",
    options: "Options",
    commands: "Commands",
    arguments: "Arguments",
    more: "Without a command the tutor opens; inside it, `?` shows the keys.",
    lang: "Language: ko or en [default: the saved choice, else LC_ALL, LC_MESSAGES, LANG]",
    pack: "Open the pack in this folder instead of the built-in one",
    data: "The folder that keeps your progress",
    ascii: "Draw signs and borders in ASCII only",
    light: "Suit a terminal with a light background",
    no_motion: "Show results at once, nothing moves",
    no_mouse: "Leave the mouse to the terminal",
    help: "Print help",
    version: "Print the version",

    trace: "Print a packet's way through a scene, there and back",
    trace_more: "Without a packet, follows every packet that the scene names.\nExit status: 0 delivered, 1 not delivered, 2 unusable input",
    scene: "A scene's file (NAME.scene.toml), a scene of the pack (internet-gateway/open-the-gate), or the JSON that `aws ec2 describe-*` prints: a file, or a folder of them",
    packet_asked: "One packet, in quotes: \"internet -> web tcp/443\"",
    from: "Who sends: a name, an AWS id, an address, or `internet`",
    to: "Who is meant: a name, `NAME.public`, an AWS id, an address, a DNS name, or `internet`",
    protocol: "The protocol: tcp, udp, icmp, icmpv6 or a number [default: tcp]",
    port: "The destination port",
    source_port: "The source port [default: 49152]",
    probes: "A file with a list of {from, to, protocol, port}; prints one result a line",
    trace_json: "Print a JSON object: verdict, direction, code, at, hops",
    trace_unread: "List everything in AWS's JSON that was not taken over as it is",

    fix: "Find the smallest changes that let wanted packets pass",
    fix_more: "It is certain that fewer changes do not do it, and every fix of that size is shown.\nExit status: 0 found, 1 none, 2 input that cannot be used",
    want: "A packet that must pass: \"internet -> web tcp/443\", or a name from the scene (may be repeated)",
    forbid: "A packet that must not pass (may be repeated)",
    allow: "Use only this operation: create-route, authorize-security-group-ingress ... (may be repeated)",
    most: "How many changes to try [default: 6]",
    fix_as: "Write the changes as commands of the AWS CLI (`aws ec2 …`, `aws elbv2 …`)",
    fix_json: "Print a JSON object: cost, fixes (changes, opens, shuts)",
    no_operation: |operation| format!("There is no operation `{operation}`."),

    reach: "Say exactly who can reach what",
    reach_more: "Without `--to`: who can talk to whom.\nExit status: 0, or 2 when the input cannot be used",
    reach_to: "Who is reached: the name of what stands in a subnet, such as an instance, a load balancer, a database",
    reach_json: "Print a JSON object: what gets in and what is kept out, as ranges, with the rules responsible",

    draft: "Write a network as a scene file that one can change by hand",
    draft_more: "What AWS described is called by its `Name` tag, or else by its id; what was not understood stays as comments.\nExit status: 0 the scene reads back as it is, 1 parts of it do not, 2 unusable input",
    draft_output: "Write to this file [default: the standard output]",
    draft_force: "Write over a file that is there",
    scene_from: |from| format!("The scene of `{from}`."),
    scene_more: |count| {
        format!("There are {count} more. `hanulgil trace ... --unread` lists them all.")
    },
    scene_not_whole: "The scene was written, but the parts above do not read back as they are: change or remove them.",
    already_there: |file| format!("`{file}` is there already: add `--force` to write over it."),
    unwritable: |file, why| format!("`{file}` cannot be written: {why}"),

    lab: "Open a scene in the sandbox",
    lab_more: "Ctrl+S writes the scene back to its file, and keeps what stood there beside it, ending in `.old`. AWS's JSON is saved as a new scene.",
    lab_read_only: |path| format!("{path}: this file cannot be written. Open a copy of it."),
    check: "Check a pack for faults",
    check_more: "Exit status: 0 no fault, 1 faults, or gaps with `--coverage`, 2 unreadable",
    check_dir: "The pack's folder [default: the built-in pack]",
    check_coverage: "Show a table of what meets each objective: prediction, practice, question",
    check_all: "Show every fault, however many",
    check_json: "Print the faults as JSON objects, one a line",

    packet: |name| format!("packet {name}"),
    why: "why",
    code: "code",
    all_blockers: "blockers",
    blockers_count: |count| format!("{count} in all; mend one, and the next one stops it."),
    blockers_end: "What stands behind that is unknown: there is no way on to follow.",

    error: "error",
    see_help: |command| format!("`{command} --help` shows the usage."),
    unknown_argument: |argument| format!("There is no argument `{argument}`."),
    unknown_command: |command| format!("There is no command `{command}`."),
    did_you_mean: |meant| format!("Did you mean `{meant}`?"),
    needs_value: |option| format!("`{option}` needs a value."),
    takes_no_value: |option| format!("`{option}` takes no value."),
    given_twice: |option| format!("`{option}` can be given once only."),
    not_together: |one, other| format!("`{one}` cannot be used together with `{other}`."),
    missing: |arguments| format!("Missing: {arguments}"),
    invalid_value: |option, value, possible| {
        format!("`{value}` is no value for `{option}`. {possible}")
    },
    not_text: "An argument is not valid UTF-8.",
    both_ends: "`--from` and `--to` belong together.",
    no_packets: "This scene names no packets. Name one: \"internet -> web tcp/443\"",
    needs_port: |protocol| format!("{protocol} needs `--port`."),

    unreadable: |file, why| format!("`{file}` cannot be read: {why}."),
    not_found: "there is no such file or folder",
    not_allowed: "you may not read it",
    not_utf8: "it is not valid UTF-8",
    bad_json: |file, line, column, what| {
        format!("`{file}` is not valid JSON at line {line}, column {column}: {what}")
    },
    bad_probe: |file, number, what| format!("Entry {number} of `{file}`: {what}"),
    probe_shape: "It must be a list of objects `{\"from\": ..., \"to\": ..., \"protocol\": ..., \"port\": ...}`.",
    no_home: "There is no home folder. Name a folder for your progress with `--data`.",
    not_a_folder: |path| format!("`{path}` is not a folder."),
    not_a_pack: |folder| format!("`{folder}` has no `pack.toml`: name the top folder of a pack."),
    pack_too_large: |folder| format!("`{folder}` holds far too much for a pack."),
    no_json: |folder| {
        format!("`{folder}` has no `.json` files: put in what `aws ec2 describe-*` prints.")
    },
    dump_too_large: |folder| format!("`{folder}` holds too many files."),

    unread: |count, matter| {
        let things = if count == 1 { "One thing was" } else { &format!("{count} things were") };
        match matter {
            0 => format!("{things} not taken over as described; no answer depends on that."),
            matter => {
                format!("{things} not taken over as described; answers may depend on {matter}.")
            }
        }
    },
    unread_how: "`--unread` lists them.",
    times: |count| format!(" ({count} times the same)"),

    check_fine: |lessons| match lessons {
        1 => "One lesson, no faults.".to_owned(),
        lessons => format!("{lessons} lessons, no faults."),
    },
    more_faults: |more| format!("... and {more} more."),
    check_found: |errors, warnings| {
        let many = |count: usize, one: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {one}s"),
        };
        format!("Found {} and {}.", many(errors, "error"), many(warnings, "warning"))
    },
    objective: "objective",
    ways: ["prediction", "practice", "question"],
    nothing: "none",
    covered: |met, all| {
        format!("{met} of {all} objectives have a prediction, a practice and a question.")
    },
    faults_too: |faults| match faults {
        1 => "The pack has a fault: see `hanulgil check`.".to_owned(),
        faults => format!("The pack has {faults} faults: see `hanulgil check`."),
    },
};
