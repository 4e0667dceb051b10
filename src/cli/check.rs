//! `hanulgil check`: looks a pack over.

use std::{io, path::Path};

use super::{FAULTS, FINE, NOT, arguments, colour, complain, print, printable, tell_faults};
use serde_json::json;

use crate::{
    course::{
        Course, Lesson, Pack, Severity, check,
        coverage::{self, Met, Way},
        pack::PackError,
    },
    i18n::Lang,
    text::width::width,
};

/// Checks the pack, and answers with the exit status.
pub fn check(request: &arguments::Check, lang: Lang) -> u8 {
    let words = &lang.strings().cli;
    let pack = match open(request.dir.as_deref(), lang) {
        Ok(pack) => pack,
        Err(why) => return complain(lang, &why),
    };
    if request.coverage {
        return covers(pack, request.json, lang);
    }
    let faults = check::check(&pack);
    if request.json {
        let lines = faults.iter().map(|fault| format!("{}\n", fault.to_json(&pack.files, lang)));
        print(&lines.collect::<String>());
    } else {
        let most = if request.all { usize::MAX } else { FAULTS };
        let mut text = tell_faults(&pack.files, &faults, most, lang, colour(&io::stdout()));
        let count = |severity| faults.iter().filter(|it| it.severity == severity).count();
        let (course, _) = Course::open(pack);
        text.push_str(&match faults.len() {
            0 => (words.check_fine)(course.lessons().count()),
            _ => (words.check_found)(count(Severity::Error), count(Severity::Warning)),
        });
        text.push('\n');
        print(&text);
    }
    if faults.is_empty() { FINE } else { NOT }
}

/// Tells what meets each objective, and answers with the exit status: gaps count as faults do.
fn covers(pack: Pack, json: bool, lang: Lang) -> u8 {
    let words = &lang.strings().cli;
    let (course, mut faults) = Course::open(pack);
    let (mut text, mut met, mut all) = (String::new(), 0, 0);
    for entry in course.lessons() {
        let (lesson, found) = course.lesson(&entry.id);
        faults.extend(found);
        let Some(lesson) = lesson else { continue };
        let rows = coverage::of(&lesson);
        all += rows.len();
        met += rows.iter().filter(|row| row.missing.is_empty()).count();
        text.push_str(&if json {
            lines(&lesson, &rows, lang)
        } else {
            table(&lesson, &rows, lang)
        });
    }
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    if !json {
        text.push_str(&(words.covered)(met, all));
        text.push('\n');
        if errors > 0 {
            text.push_str(&(words.faults_too)(errors));
            text.push('\n');
        }
    }
    print(&text);
    if met == all && errors == 0 { FINE } else { NOT }
}

/// One JSON object per objective, one a line.
fn lines(lesson: &Lesson, rows: &[Met<'_>], lang: Lang) -> String {
    let key = |way: Way| match way {
        Way::Prediction => "prediction",
        Way::Practice => "practice",
        Way::Question => "question",
    };
    let mut text = String::new();
    for (row, objective) in rows.iter().zip(&lesson.objectives) {
        let names = |at: usize| row.pieces[at].iter().map(|it| it.name()).collect::<Vec<_>>();
        let line = json!({
            "lesson": lesson.id.0,
            "objective": row.objective,
            "text": objective.text.get(lang),
            "prediction": names(0),
            "practice": names(1),
            "question": names(2),
            "missing": row.missing.iter().map(|way| key(*way)).collect::<Vec<_>>(),
        });
        text.extend([line.to_string().as_str(), "\n"]);
    }
    text
}

/// The objectives of a lesson down, the ways across; a cell has a line per piece.
fn table(lesson: &Lesson, rows: &[Met<'_>], lang: Lang) -> String {
    let words = &lang.strings().cli;
    let cell = |row: &Met<'_>, at: usize| -> Vec<String> {
        if row.pieces[at].is_empty() {
            return vec![format!("! {}", words.nothing)];
        }
        row.pieces[at].iter().map(|piece| printable(piece.name())).collect()
    };
    let heads: Vec<String> =
        [words.objective].iter().chain(&words.ways).map(|head| (*head).to_owned()).collect();
    let mut grid: Vec<Vec<Vec<String>>> = vec![heads.into_iter().map(|it| vec![it]).collect()];
    for row in rows {
        let mut cells = vec![vec![printable(row.objective)]];
        cells.extend((0..Way::ALL.len()).map(|at| cell(row, at)));
        grid.push(cells);
    }
    let columns: Vec<usize> = (0..=Way::ALL.len())
        .map(|at| {
            let cells = grid.iter().flat_map(|row| &row[at]);
            cells.map(|line| width(line)).max().unwrap_or(0)
        })
        .collect();
    let mut text = format!("{} ({})\n", printable(lesson.title.get(lang)), lesson.id.0);
    let rule: usize = columns.iter().sum::<usize>() + 2 * columns.len();
    for (at, row) in grid.iter().enumerate() {
        let height = row.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut out = String::from(" ");
            for (cell, column) in row.iter().zip(&columns) {
                let part = cell.get(line).map_or("", String::as_str);
                let air = " ".repeat(column - width(part) + 1);
                out.extend([" ", part, &air]);
            }
            text.push_str(out.trim_end());
            text.push('\n');
        }
        if at == 0 {
            text.extend(["  ", "-".repeat(rule.saturating_sub(2)).as_str(), "\n"]);
        }
    }
    text.push('\n');
    text
}

/// Opens the pack in this folder, or the built-in one; or says why that cannot be done.
pub fn open(dir: Option<&Path>, lang: Lang) -> Result<Pack, String> {
    let words = &lang.strings().cli;
    let shown = |path: &Path| printable(&path.to_string_lossy());
    let Some(dir) = dir else { return Ok(Pack::builtin()) };
    Pack::from_dir(dir).map_err(|error| match error {
        PackError::Folder { path, source } => {
            (words.unreadable)(&shown(&path), &super::why(lang, &source))
        }
        PackError::NotAFolder(path) => (words.not_a_folder)(&shown(&path)),
        PackError::NoPack(path) => (words.not_a_pack)(&shown(&path)),
        PackError::TooLarge(path) => (words.pack_too_large)(&shown(&path)),
    })
}
