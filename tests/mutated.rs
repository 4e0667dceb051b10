//! Scenes that somebody's cat walked over: whatever the text, it is read or refused at a place with
//! words in both languages, and what is read can be traced to an end.
//!
//! A small, seeded cousin of the fuzz targets `scene` and `trace`, which need a tool of their own.
//! `HANULGIL_ROUNDS=100000 cargo test --test mutated` goes on for longer.

use hanulgil::{
    cloud::{Misconception, Rules, blockers, trace},
    course::{Pack, Scene, export::to_toml},
};

/// A row of numbers that is the same every time.
struct Row(u64);

impl Row {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.next() % end }
    }
}

/// Words of the format, and what does not belong there.
const WORDS: &[&str] = &[
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/8",
    "10.0.0.0/33",
    "255.255.255.255",
    "-> ",
    "blackhole",
    "true",
    "false",
    "[]",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "\n",
    "=",
    "internet",
    "default",
    "all",
    "65536",
    "-1",
    "tcp 0-65535",
    "group ",
    "(deleted)",
    "#0",
    "#99",
    ".public",
    "한글",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "[vpc.x]\ncidr = \"10.0.0.0/16\"\n",
    "igw",
    "routes = [\"0.0.0.0/0 -> igw\"]\n",
    "further_addresses = [\"10.0.0.9\"]\n",
    "addresses = [\"10.0.0.8\", \"10.0.0.8\"]\n",
    "[network_interface.n]\nsubnet = \"a\"\n",
    "public_ip = \"203.0.113.9\"\n",
];

fn hurt(text: &str, row: &mut Row, others: &[&str]) -> String {
    let mut text = text.to_owned();
    for _ in 0..=row.below(4) {
        let mut at = row.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        match row.below(6) {
            0 => text.truncate(at),
            1 => text.insert_str(at, WORDS[row.below(WORDS.len())]),
            2 => {
                let mut end = (at + row.below(30)).min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.replace_range(at.min(end)..end, "");
            }
            3 => {
                let mut lines: Vec<&str> = text.lines().collect();
                if !lines.is_empty() {
                    let (from, to) = (row.below(lines.len()), row.below(lines.len()));
                    let line = lines[from];
                    lines.insert(to, line);
                    text = lines.join("\n");
                }
            }
            4 => {
                let mut lines: Vec<&str> = text.lines().collect();
                if !lines.is_empty() {
                    lines.remove(row.below(lines.len()));
                    text = lines.join("\n");
                }
            }
            _ => {
                let other = others[row.below(others.len())];
                let line = other.lines().nth(row.below(other.lines().count())).unwrap_or_default();
                text.insert_str(at, &format!("\n{line}\n"));
            }
        }
    }
    text
}

fn check(text: &str) {
    let (scene, faults) = Scene::parse("hurt.scene.toml", text);
    assert!(scene.is_some() || !faults.is_empty(), "refused without a word:\n{text}");
    for fault in &faults {
        assert!(!fault.message.ko.is_empty() && !fault.message.en.is_empty(), "{fault:?}");
        assert!(text.get(fault.span.clone()).is_some(), "{fault:?}\n{text}");
    }
    let Some(scene) = scene else { return };
    let network = &scene.network;
    assert_eq!(*network, network.reindexed(), "{text}");
    for packet in scene.packets.iter().take(6) {
        let found = trace(network, packet.probe, &Rules::AWS);
        assert_eq!(found, trace(network, packet.probe, &Rules::AWS));
        let first = blockers(network, packet.probe).first().map(|it| (it.leg, it.place, it.cause));
        assert_eq!(first, found.verdict.dropped(), "{text}");
        for belief in Misconception::ALL {
            let wrong = trace(network, packet.probe, &belief.rules());
            assert!(wrong.hops.len() < 10_000, "{belief:?} goes round for ever:\n{text}");
        }
    }
    // What is written of it is a scene again.
    let written = to_toml(&scene);
    let (again, faults) = Scene::parse("hurt.scene.toml", &written);
    let again = again.unwrap_or_else(|| panic!("{text}\n----\n{written}\n{faults:#?}"));
    assert_eq!(to_toml(&again), written, "{text}");
}

#[test]
fn a_scene_that_was_mutilated_is_read_or_refused_and_ends() {
    let rounds = std::env::var("HANULGIL_ROUNDS").ok().and_then(|it| it.parse().ok());
    let rounds: usize = rounds.unwrap_or(400);
    let pack = Pack::builtin();
    let scenes: Vec<&str> = (pack.files.iter())
        .filter(|(path, _)| path.ends_with(".scene.toml"))
        .map(|(_, text)| &**text)
        .collect();
    let mut row = Row(0x5eed_cafe_f00d_1234);
    for _ in 0..rounds {
        let text = scenes[row.below(scenes.len())];
        check(&hurt(text, &mut row, &scenes));
    }
}

/// Inputs that the fuzz targets keep: `HANULGIL_CORPUS=fuzz/corpus/scene cargo test --test mutated`.
#[test]
fn what_was_found_once_is_read_or_refused_again() {
    let Some(dir) = std::env::var_os("HANULGIL_CORPUS") else { return };
    for entry in std::fs::read_dir(dir).unwrap() {
        if let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) {
            check(&text);
        }
    }
}
