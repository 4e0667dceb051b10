//! The table of rules, `docs/rules.md`, names what there is: pages of AWS's, code, cases and tests;
//! and every code that the simulator gives stands in it.

use std::{collections::BTreeMap, fs, path::PathBuf};

use hanulgil::cloud::{Code, Remark};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The cells of the rows of all tables, by the heading above them.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let (mut heading, mut rows) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        }
        let Some(inner) = line.strip_prefix("| ").and_then(|it| it.strip_suffix('|')) else {
            continue;
        };
        let cells: Vec<String> = inner.split(" |").map(|it| it.trim().to_owned()).collect();
        if cells[0] != "code" && !cells[0].is_empty() && !cells[0].starts_with("| rule") {
            rows.push((heading.clone(), cells));
        }
    }
    rows
}

/// What stands between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Does a Rust file have something of this name?
fn has(file: &PathBuf, kinds: &[&str], name: &str) -> bool {
    let Ok(text) = fs::read_to_string(file) else { return false };
    text.lines().any(|line| {
        let words: Vec<&str> = line.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
        words.windows(2).any(|it| kinds.contains(&it[0]) && it[1] == name)
    })
}

/// Every case, by its name, as text.
fn cases() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join("tests/cases")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.file_stem() {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(name.to_string_lossy().into_owned(), text);
            }
        }
    }
    found
}

/// What holds a row does not exist.
fn missing(held_by: &str, cases: &BTreeMap<String, String>) -> Vec<String> {
    let there = |name: &str| match name.split_once('#') {
        Some((file, test)) => ["src/cloud", "tests"]
            .iter()
            .any(|folder| has(&root().join(folder).join(file), &["fn"], test)),
        None => cases.contains_key(name),
    };
    quoted(held_by).filter(|it| !there(it)).map(str::to_owned).collect()
}

#[test]
fn every_rule_has_its_page_its_code_and_what_holds_it() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut rules = 0;
    for (heading, cells) in rows() {
        if heading.starts_with("15.") {
            continue;
        }
        rules += 1;
        let [number, rule, page, code, held_by] = &cells[..] else {
            wrong.push(format!("not five cells: {cells:?}"));
            continue;
        };
        let about = format!("{number}. {rule}");
        if !page.contains("(https://docs.aws.amazon.com/") {
            wrong.push(format!("{about}: no page of AWS's"));
        }
        if quoted(code).count() == 0 || quoted(held_by).count() == 0 {
            wrong.push(format!("{about}: nothing decides it, or nothing holds it"));
        }
        for name in quoted(code) {
            let (file, item) = name.split_once('#').unwrap_or((name, ""));
            let file = root().join(file);
            let kinds = ["fn", "struct", "enum", "const"];
            if !(file.exists() && (item.is_empty() || has(&file, &kinds, item))) {
                wrong.push(format!("{about}: there is no `{name}`"));
            }
        }
        wrong.extend(missing(held_by, &cases).iter().map(|it| format!("{about}: no `{it}`")));
    }
    assert!(rules > 100, "only {rules} rules were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_code_is_in_the_table_and_is_seen_where_the_table_says() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut verdicts = Vec::new();
    let mut remarks = Vec::new();
    for (heading, cells) in rows() {
        if !heading.starts_with("15.") {
            continue;
        }
        let [code, how, held_by] = &cells[..] else {
            wrong.push(format!("not three cells: {cells:?}"));
            continue;
        };
        match how.as_str() {
            "verdict" | "ours, verdict" => verdicts.push((code.clone(), how.starts_with("ours"))),
            "remark" => remarks.push(code.clone()),
            reason if reason.starts_with("not produced: ") => continue,
            other => wrong.push(format!("{code}: {other}?")),
        }
        wrong.extend(missing(held_by, &cases).iter().map(|it| format!("{code}: no `{it}`")));
        let seen = |name: &str| name.contains('#') || cases[name].contains(&format!("\"{code}\""));
        let mut holds = quoted(held_by).filter(|it| it.contains('#') || cases.contains_key(*it));
        if !holds.any(seen) {
            wrong.push(format!("{code}: no case expects it"));
        }
    }
    for code in Code::ALL {
        if !verdicts.contains(&(code.as_str().to_owned(), !code.is_aws())) {
            wrong.push(format!("{code}: not in the table as a verdict"));
        }
    }
    for remark in Remark::ALL {
        if !remarks.contains(&remark.as_str().to_owned()) {
            wrong.push(format!("{remark}: not in the table as a remark"));
        }
    }
    assert!(verdicts.len() == Code::ALL.len() && remarks.len() == Remark::ALL.len(), "{wrong:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
