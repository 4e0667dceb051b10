//! The command line, as a person and as a script use it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

const SCENE: &str = r#"# A public and a private subnet.
[vpc.main]
cidr = "10.0.0.0/16"

[internet_gateway.igw]
vpc = "main"

[subnet.public]
cidr = "10.0.1.0/24"
routes = ["0.0.0.0/0 -> igw"]
network_acl = "edge"

[subnet.private]
cidr = "10.0.2.0/24"

[network_acl.edge]
inbound = ["100 allow tcp 443 from 0.0.0.0/0", "200 allow tcp 8080 from 0.0.0.0/0", "300 allow icmp from 0.0.0.0/0"]
outbound = ["100 deny tcp 50000-50010 to 0.0.0.0/0", "200 allow all to 0.0.0.0/0"]

[security_group.web]
inbound = ["tcp 22 from 10.0.0.0/8", "tcp 443 from 0.0.0.0/0", "tcp 8080 from 0.0.0.0/0", "icmp from 0.0.0.0/0"]

[instance.web]
subnet = "public"
address = "10.0.1.10"
public_ip = "203.0.113.10"
security_groups = ["web"]
listens = ["tcp 443"]

[instance.app]
subnet = "private"
address = "10.0.2.10"
security_groups = ["web"]

[host.client]
address = "198.51.100.77"

[packets]
https = "client -> web tcp/443"
late = "client:50003 -> web tcp/443"
"#;

/// A folder with the scene in it.
struct Room {
    dir: TempDir,
}

impl Room {
    fn new() -> Self {
        let room = Self { dir: tempdir().unwrap() };
        room.write("small.scene.toml", SCENE);
        room
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, arguments: &[&str]) -> Output {
        hanulgil(self.dir.path(), arguments)
    }

    fn trace(&self, arguments: &[&str]) -> Output {
        self.run(&[&["trace", "small.scene.toml", "--lang", "en"], arguments].concat())
    }

    /// The one JSON object that comes out.
    fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let output = self.trace(&[arguments, &["--json"]].concat());
        let text = text(&output.stdout);
        assert_eq!(text.lines().count(), 1, "{text}");
        (status(&output), serde_json::from_str(&text).unwrap())
    }
}

fn hanulgil(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .env("HOME", dir)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

// ---- trace

#[test]
fn a_trace_is_read_from_top_to_bottom_with_the_verdict_last() {
    let output = Room::new().trace(&["--from", "client", "--to", "web", "--port", "443"]);
    assert_eq!((status(&output), text(&output.stderr).as_str()), (0, ""));
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn a_drop_says_where_and_why_in_korean_too() {
    let room = Room::new();
    let output = room.run(&[
        "trace",
        "small.scene.toml",
        "--lang",
        "ko",
        "--from",
        "client",
        "--to",
        "web",
        "--port",
        "443",
        "--source-port",
        "50003",
    ]);
    assert_eq!(status(&output), 1);
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn without_ends_every_named_packet_is_followed() {
    let output = Room::new().trace(&[]);
    assert_eq!(status(&output), 1, "one of them is dropped");
    let told = text(&output.stdout);
    assert!(told.contains("packet https") && told.contains("packet late"), "{told}");
}

#[test]
fn json_is_one_object_for_each_verdict() {
    let room = Room::new();
    let (code, delivered) = room.json(&["--from", "internet", "--to", "web", "--port", "443"]);
    assert_eq!(code, 0);
    for (key, value) in [
        ("verdict", json!("delivered")),
        ("direction", Value::Null),
        ("code", Value::Null),
        ("at", Value::Null),
    ] {
        assert_eq!(delivered[key], value, "{key}");
    }
    let hops = delivered["hops"].as_array().unwrap();
    assert_eq!(hops.first().unwrap()["at"], "internet");
    assert!(hops.iter().any(|hop| hop["at"] == "igw" && hop["direction"] == "reply"));
    assert_eq!(hops[1]["packet_out"]["destination"], "10.0.1.10");

    let (code, refused) = room.json(&["--from", "internet", "--to", "web", "--port", "8080"]);
    assert_eq!((code, &refused["verdict"]), (1, &json!("refused")));

    let (code, dropped) = room.json(&["--from", "web", "--to", "192.0.2.1", "--port", "443"]);
    assert_eq!(code, 1, "the answer does not come in: {dropped}");
    assert_eq!(
        [&dropped["verdict"], &dropped["direction"], &dropped["code"], &dropped["at"]],
        [&json!("dropped"), &json!("reply"), &json!("SUBNET_ACL_RESTRICTION"), &json!("edge")]
    );
    let last = dropped["hops"].as_array().unwrap().last().unwrap();
    assert_eq!(last["packet_out"], Value::Null);
    assert_eq!(
        last["checks"].as_array().unwrap().iter().filter(|it| it["decisive"] == true).count(),
        1
    );
}

#[test]
fn every_kind_of_end_can_be_named() {
    let room = Room::new();
    for (from, to, verdict) in [
        ("internet", "web", "delivered"),
        ("client", "web.public", "delivered"),
        ("198.51.100.77", "203.0.113.10", "delivered"),
        ("app", "10.0.1.10", "delivered"),
        ("internet", "10.0.1.10", "dropped"),
        ("internet", "app", "dropped"),
    ] {
        let (_, found) = room.json(&["--from", from, "--to", to, "--port", "443"]);
        assert_eq!(found["verdict"], verdict, "{from} -> {to}: {found}");
    }
    let (code, ping) = room.json(&["--from", "client", "--to", "web", "--protocol", "icmp"]);
    assert_eq!((code, &ping["verdict"]), (0, &json!("delivered")));
}

#[test]
fn a_ping_to_ones_own_public_address_is_no_reply() {
    let room = Room::new();
    room.write("small.scene.toml", &SCENE.replace(", \"icmp from 0.0.0.0/0\"", ""));
    let ends = ["--from", "web", "--to", "web.public", "--protocol", "icmp"];
    let (code, found) = room.json(&ends);
    assert_eq!((code, &found["code"]), (1, &json!("ENI_SG_RULES_MISMATCH")), "{found}");
}

#[test]
fn probes_give_one_object_a_line_in_their_order() {
    let room = Room::new();
    room.write(
        "probes.json",
        r#"[{"from": "client", "to": "web", "protocol": "tcp", "port": 443},
            {"from": "client", "to": "app", "protocol": "tcp", "port": 443},
            {"from": "client", "to": "web", "protocol": "icmp", "port": null},
            {"from": "client", "to": "web", "protocol": 6, "port": 443, "source_port": 50003}]"#,
    );
    let output = room.trace(&["--probes", "probes.json"]);
    assert_eq!(status(&output), 1);
    let verdicts: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["delivered", "dropped", "delivered", "dropped"]);

    room.write("good.json", r#"[{"from": "client", "to": "web", "protocol": "tcp", "port": 443}]"#);
    assert_eq!(status(&room.trace(&["--probes", "good.json"])), 0);
    room.write("none.json", "[]");
    let none = room.trace(&["--probes", "none.json"]);
    assert_eq!((status(&none), none.stdout.len()), (0, 0));
}

#[test]
fn bad_probes_are_told_by_their_place() {
    let room = Room::new();
    for (file, told) in [
        ("[{\"from\": \"client\",\n oops}]", "line 2"),
        ("{}", "must be a list"),
        (
            r#"[{"from": "client", "to": "web", "protocol": "tcp", "port": 443}, {"from": 1}]"#,
            "Entry 2",
        ),
        (r#"[{"from": "client", "to": "wob", "protocol": "tcp", "port": 443}]"#, "Entry 1"),
        (r#"[{"from": "client", "to": "web", "protocol": "tcp"}]"#, "--port"),
        (r#"[{"from": "client", "to": "web", "protocol": "tcp", "port": 70000}]"#, "Entry 1"),
    ] {
        room.write("probes.json", file);
        let output = room.trace(&["--probes", "probes.json"]);
        let said = text(&output.stderr);
        assert_eq!((status(&output), output.stdout.len()), (2, 0), "{file}: {said}");
        assert!(said.contains(told), "{file}: {said}");
    }
}

#[test]
fn a_faulty_scene_is_told_with_place_and_help() {
    let room = Room::new();
    room.write("small.scene.toml", &SCENE.replace("-> igw", "-> igww"));
    let output = room.trace(&["--from", "client", "--to", "web", "--port", "443"]);
    assert_eq!((status(&output), output.stdout.len()), (2, 0));
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn unusable_input_is_a_sentence_and_status_2() {
    let room = Room::new();
    room.write("latin.scene.toml", "");
    fs::write(room.dir.path().join("latin.scene.toml"), b"name = \"\xff\"").unwrap();
    for (arguments, told) in [
        (&["trace", "missing.scene.toml"][..], "no such file"),
        (&["trace", "latin.scene.toml"], "UTF-8"),
        (&["trace", "small.scene.toml", "--from", "client"], "--to"),
        (&["trace", "small.scene.toml", "--from", "client", "--to", "web"], "--port"),
        (&["trace", "small.scene.toml", "--port", "443"], "--from"),
        (&["trace", "small.scene.toml", "--from", "client", "--to", "wob", "--port", "1"], "wob"),
        (
            &["trace", "small.scene.toml", "--from", "client", "--to", "web", "--port", "x"],
            "--port",
        ),
        (&["trace", "small.scene.toml", "--probes", "p.json", "--from", "a"], "--probes"),
        (&["trace", "small.scene.toml", "--jason"], "--jason"),
        (&["trace"], "SCENE"),
        (&["tracy"], "trace"),
        (&["--lang", "fr"], "fr"),
        (&["check", "missing"], "missing"),
    ] {
        let output = room.run(arguments);
        let said = text(&output.stderr);
        assert_eq!((status(&output), output.stdout.len()), (2, 0), "{arguments:?}: {said}");
        assert!(said.contains(told), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn control_characters_in_names_and_files_never_reach_the_terminal() {
    let room = Room::new();
    let output = room.trace(&["--from", "\u{1b}]0;owned\u{7}", "--to", "web", "--port", "443"]);
    assert!(!output.stderr.contains(&0x1b) && !output.stderr.contains(&7));
    room.write(
        "small.scene.toml",
        "[vpc.\"a\\u001b[2Jb\"]\ncidr = \"\\u001b[31mx\"\n# \u{1b}[2J\n",
    );
    let output = room.trace(&[]);
    assert_eq!(status(&output), 2);
    assert!(!output.stderr.contains(&0x1b), "{}", text(&output.stderr).escape_debug());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::{io::Read as _, process::Stdio};
    let room = Room::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .args(["trace", "small.scene.toml", "--lang", "en"])
        .current_dir(room.dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    assert_eq!(said, "");
}

// ---- language, help

#[test]
fn help_speaks_both_languages() {
    let room = Room::new();
    for (arguments, told) in [
        (&["--help", "--lang", "ko"][..], "사용법"),
        (&["--help", "--lang", "en"], "Usage"),
        (&["trace", "--help", "--lang=ko"], "보내는 쪽"),
        (&["check", "--help"], "Usage"),
    ] {
        let output = room.run(arguments);
        assert_eq!((status(&output), output.stderr.len()), (0, 0), "{arguments:?}");
        assert!(text(&output.stdout).contains(told), "{}", text(&output.stdout));
    }
    let version = room.run(&["--version"]);
    assert_eq!(text(&version.stdout), format!("hanulgil {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn looking_leaves_no_trace_on_the_disk() {
    let room = Room::new();
    let before: Vec<_> =
        fs::read_dir(room.dir.path()).unwrap().map(|it| it.unwrap().path()).collect();
    room.run(&["--help"]);
    room.trace(&[]);
    room.run(&["check"]);
    let after: Vec<_> =
        fs::read_dir(room.dir.path()).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(before, after);
}

// ---- fix and reach

fn object(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn a_fix_is_told_with_its_commands_and_what_it_opens() {
    let room = Room::new();
    let ask = ["fix", "small.scene.toml", "--lang", "en"];
    let packets = ["--want", "client -> web tcp/8443", "--forbid", "client -> app tcp/443"];
    let output = room.run(&[&ask[..], &packets[..]].concat());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("does not pass now"), "{text}");
    assert!(text.contains("authorize-security-group-ingress web tcp 8443 from"), "{text}");

    let output = room.run(&[&ask[..], &packets[..], &["--as", "aws"]].concat());
    let script = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        script.contains("aws ec2 authorize-security-group-ingress --group-id \"$sg_"),
        "{script}"
    );
    assert!(script.contains("=$(aws ec2 describe-security-groups --filters"), "{script}");

    let output = room.run(&[&ask[..], &packets[..], &["--json"]].concat());
    let found = object(&output);
    assert_eq!(found["found"], json!(true));
    let lines = &found["fixes"][0]["changes"][0]["aws"];
    assert!(lines.as_array().is_some_and(|it| !it.is_empty()), "{lines}");
    assert_eq!(found["want"][0]["passes"], json!(false));
    assert!(found["want"][0]["blockers"].as_array().is_some_and(|it| !it.is_empty()));
    let fixes = found["fixes"].as_array().unwrap();
    assert!(!fixes.is_empty());
    for fix in fixes {
        let costs = fix["changes"].as_array().unwrap().iter().map(|it| it["cost"].as_u64());
        assert_eq!(costs.sum::<Option<u64>>(), found["cost"].as_u64());
        assert!(!fix["opens"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_fix_that_is_not_there_is_status_one_and_bad_input_two() {
    let room = Room::new();
    let run = |more: &[&str]| {
        let ask = ["fix", "small.scene.toml", "--lang", "en"];
        room.run(&[&ask[..], more].concat())
    };
    // Wanted and forbidden at once.
    let both = ["--want", "client -> web tcp/22", "--forbid", "client -> web tcp/22"];
    let output = run(&both);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("There is no fix"));
    // Too few changes allowed.
    let output = run(&["--want", "client -> app tcp/22", "--most", "1", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(object(&output)["why_not"], json!("too-dear"));
    // Nothing that may be used helps.
    let output = run(&["--want", "client -> web tcp/22", "--allow", "delete-route", "--json"]);
    assert_eq!(object(&output)["why_not"], json!("impossible"));
    // What already is so takes nothing.
    let output = run(&["--want", "client -> web tcp/443"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("nothing to change"));
    for bad in [
        &[][..],
        &["--want", "client to web"],
        &["--want", "nobody -> web tcp/443"],
        &["--want", "client -> web tcp/443", "--allow", "open-sesame"],
        &["--want", "client -> web tcp/443", "--most", "many"],
    ] {
        let output = run(bad);
        assert_eq!(output.status.code(), Some(2), "{bad:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{bad:?}");
    }
}

#[test]
fn who_reaches_an_interface_is_told_with_the_rules_responsible() {
    let room = Room::new();
    let ask = ["reach", "small.scene.toml", "--lang", "en"];
    let output = room.run(&[&ask[..], &["--to", "web"]].concat());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("security group web: tcp 443 from 0.0.0.0/0"), "{text}");
    assert!(text.contains("Everything else is kept out."), "{text}");

    let found = object(&room.run(&[&ask[..], &["--to", "web", "--json"]].concat()));
    let entry =
        |it: &Value| it["from"].is_object() && it["fate"].is_string() && it["by"].is_array();
    for part in ["gets_in", "kept_out"] {
        let part = found[part].as_array().unwrap();
        assert!(!part.is_empty() && part.iter().all(entry));
    }

    let found = object(&room.run(&[&ask[..], &["--json"]].concat()));
    assert!(found["groups"].as_array().is_some_and(|it| it.len() >= 2));
    assert!(found["cells"].as_array().is_some_and(|it| !it.is_empty()));
    let output = room.run(&ask);
    assert!(String::from_utf8_lossy(&output.stdout).contains("from the internet: tcp 443"));
    let output = room.run(&[&ask[..], &["--to", "client"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let output = room.run(&[&ask[..], &["--to", "wep"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `web`?"));
}

#[test]
fn who_reaches_a_balancer_is_told_for_each_of_its_nodes() {
    let room = Room::new();
    let scene = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/templates/three-tier.scene.toml");
    let ask = ["reach", scene, "--lang", "en", "--to", "front"];
    let text = String::from_utf8(room.run(&ask).stdout).unwrap();
    for node in ["10.0.0.5", "10.0.1.4"] {
        assert!(text.contains(node), "{text}");
    }
    let found = object(&room.run(&[&ask[..], &["--json"]].concat()));
    assert_eq!(found["interfaces"].as_array().map(Vec::len), Some(2));
}

#[test]
fn addresses_that_fare_alike_share_a_line() {
    let room = Room::new();
    let scene = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/templates/two-zone-web.scene.toml");
    for (lang, line) in [
        ("en", "from web-a, web-b to the internet but 192.0.2.80 (host repo): all traffic\n"),
        ("ko", "web-a, web-b에서 192.0.2.80(호스트 repo)을 뺀 인터넷으로: 모든 트래픽\n"),
    ] {
        let text = String::from_utf8(room.run(&["reach", scene, "--lang", lang]).stdout).unwrap();
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn what_passes_by_the_same_rules_is_told_once() {
    let room = Room::new();
    let scene = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/templates/hub-and-spoke.scene.toml");
    let ask = ["reach", scene, "--to", "red", "--lang", "en"];
    let text = String::from_utf8(room.run(&ask).stdout).unwrap();
    assert!(text.contains("\n  directory: tcp 443; every protocol but tcp, udp\n"), "{text}");
    assert!(text.contains("\n  directory: tcp 0-442; tcp 444-65535; udp\n"), "{text}");
    assert!(
        text.contains("transit gateway route table services: 10.1.0.0/16 -> red-att"),
        "{text}"
    );
}

#[test]
fn a_dropped_packet_tells_all_its_blockers_there_and_back() {
    let room = Room::new();
    let output = room.trace(&[
        "--from",
        "client",
        "--to",
        "web",
        "--port",
        "22",
        "--source-port",
        "50003",
        "--json",
    ]);
    let found = object(&output);
    let blockers: Vec<(&str, &str)> = (found["blockers"].as_array().unwrap().iter())
        .map(|it| (it["direction"].as_str().unwrap(), it["code"].as_str().unwrap()))
        .collect();
    let acl = "SUBNET_ACL_RESTRICTION";
    assert_eq!(blockers, [("forward", acl), ("forward", "ENI_SG_RULES_MISMATCH"), ("reply", acl)]);
    let output = room.trace(&["--from", "client", "--to", "web", "--port", "443", "--json"]);
    assert_eq!(object(&output)["blockers"], json!([]));
}

#[test]
fn of_thousands_of_faults_the_first_are_told_and_the_number_of_the_rest() {
    let room = Room::new();
    let wrong = (0..500).fold(String::new(), |all, n| all + &format!("nonsense-{n} = 1\n"));
    room.write("wrong.scene.toml", &format!("{wrong}{SCENE}"));
    for (lang, more) in [("en", "... and 480 more."), ("ko", "... 이 밖에 480개가 더 있습니다.")]
    {
        let output = room.run(&["trace", "wrong.scene.toml", "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.matches("wrong.scene.toml:").count(), 20, "{told}");
        assert!(told.contains(more), "{told}");
    }

    room.write("pack/pack.toml", &format!("id = \"p\"\n{wrong}"));
    let output = room.run(&["check", "pack", "--lang", "en"]);
    let few = String::from_utf8(output.stdout).unwrap();
    assert!(few.contains(" more.\n"), "{few}");
    let output = room.run(&["check", "pack", "--all", "--lang", "en"]);
    let all = String::from_utf8(output.stdout).unwrap();
    assert!(all.matches("pack.toml").count() > few.matches("pack.toml").count());
    assert!(!all.contains(" more.\n"), "{all}");
}
