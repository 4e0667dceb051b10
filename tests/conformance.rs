//! The jury: packet cases that AWS documents, or that a real Reachability Analyzer run printed.
//!
//! Runs every JSON file below `tests/cases/`, or below the folder in `HANULGIL_CASES`, and prints
//! `N passed, M failed, K skipped` with each failure's id. A case is skipped only when its network
//! has an object that is not modelled yet, which is then named.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::Value;

mod conformance {
    pub mod connectivity;
    pub mod routing;
    pub mod scene;
    pub mod temporal;
    pub mod topology;
    pub mod validation;
}

/// What became of a case.
pub enum Outcome {
    /// It agrees with AWS.
    Passed,
    /// How it differs.
    Failed(String),
    /// What is not modelled yet.
    Skipped(String),
}

impl Outcome {
    /// Fails with everything that differs, or passes.
    pub fn of(differences: &[String]) -> Self {
        if differences.is_empty() { Self::Passed } else { Self::Failed(differences.join("; ")) }
    }
}

fn main() -> ExitCode {
    let folder = std::env::var_os("HANULGIL_CASES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), PathBuf::from);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    if files.is_empty() {
        eprintln!("no cases below {}", folder.display());
        return ExitCode::FAILURE;
    }

    let (mut passed, mut failures, mut skips) = (0, String::new(), String::new());
    let (mut failed, mut skipped) = (0, 0);
    for file in &files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (id, outcome) = match read(file) {
            Ok(case) => {
                let id = case["id"].as_str().map_or(stem, str::to_owned);
                let outcome = std::panic::catch_unwind(|| run(&case));
                (id, outcome.unwrap_or_else(|_| Outcome::Failed("it cannot be read".to_owned())))
            }
            Err(error) => (stem, Outcome::Failed(error)),
        };
        match outcome {
            Outcome::Passed => passed += 1,
            Outcome::Failed(why) => {
                failed += 1;
                let _ = writeln!(failures, "FAILED  {id}: {why}");
            }
            Outcome::Skipped(why) => {
                skipped += 1;
                let _ = writeln!(skips, "skipped {id}: {why}");
            }
        }
    }
    print!("{skips}{failures}");
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// The kind of a case shows in its shape.
fn run(case: &Value) -> Outcome {
    if case.get("scene").is_some() {
        conformance::scene::run(case)
    } else if case.get("topology").is_some() {
        conformance::connectivity::run(case)
    } else if case.get("packet_dst").is_some() {
        conformance::routing::run(case)
    } else if case.get("operation").is_some() {
        conformance::validation::run(case)
    } else if case.get("established_flow").is_some() {
        conformance::temporal::run(case)
    } else {
        Outcome::Skipped("cases of this kind are not modelled".to_owned())
    }
}
