//! How the sandbox looks: its bench, with what can be done about it as a whole.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{
        Model, Seen, Target,
        bench::Pane,
        sandbox::{Of, Panel, Row, Sandbox},
    },
    text::line::Run,
    ui::{
        Bars, Skin,
        bench::{self, Task},
        panel,
        sheet::Sheet,
    },
};

/// Draws the sandbox.
pub fn draw(
    sandbox: &Sandbox,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let words = &skin.words.workshop;
    let task = Task {
        tab: words.sandbox.to_owned(),
        done: None,
        sheet: &|cells| rows(sandbox, skin, cells),
    };
    let buffer = frame.buffer_mut();
    let mut drawn = bench::draw(sandbox.bench(), &task, skin, buffer, area, seen);
    if let Some(open) = sandbox.panel() {
        let mut sheet = Sheet::new(panel::room(drawn.body));
        let heading = ask(open, sandbox, skin, &mut sheet);
        panel::draw(heading, &sheet, skin, buffer, drawn.body, seen);
        drawn.cursor = None;
    }
    if let Some(cursor) = drawn.cursor.filter(|_| model.modal.is_none()) {
        frame.set_cursor_position(cursor);
    }
    let title = match sandbox.of() {
        Of::Nothing => words.empty.to_owned(),
        Of::Design(at) => words.designs[*at].0.to_owned(),
        Of::File(_) => sandbox.name().to_owned(),
    };
    Bars {
        title,
        right: (words.steps)(sandbox.bench().steps().0),
        status: drawn.status,
        tone: Some(drawn.tone),
        aside: None,
    }
}

/// What it is, and what can be done.
fn rows(sandbox: &Sandbox, skin: &Skin, cells: u16) -> Sheet {
    let (words, theme) = (&skin.words.workshop, &skin.theme);
    let mut sheet = Sheet::new(cells);
    match sandbox.of() {
        Of::Nothing => sheet.text(words.empty_says, theme.text),
        Of::Design(at) => sheet.text(words.designs[*at].1, theme.text),
        Of::File(path) => {
            if let Some(path) = path {
                sheet.text(&(words.kept_in_file)(&path.to_string_lossy()), theme.text);
            }
        }
    }
    match sandbox.of() {
        Of::File(_) if sandbox.is_unsaved() => sheet.text(words.unsaved, theme.warn),
        Of::File(_) => {}
        Of::Nothing | Of::Design(_) => sheet.text(words.kept, theme.dim),
    }
    sheet.gap();
    let focus = sandbox.bench().focus() == Pane::Task;
    for (index, row) in sandbox.rows().into_iter().enumerate() {
        let lab = &skin.words.lab;
        let text = match row {
            Row::Save => words.save.to_owned(),
            Row::Break(level) => (words.break_it)(level.faults()),
            Row::Undo => lab.undo.to_owned(),
            Row::Redo => lab.redo.to_owned(),
            Row::Reset => lab.start_over.to_owned(),
        };
        let chosen = focus && index == sandbox.row();
        let target = Some(Target::Row(Pane::Task, index));
        sheet.choice(target, chosen, "", &[Run::new(text, theme.text)], skin);
    }
    sheet
}

fn ask(open: Panel, sandbox: &Sandbox, skin: &Skin, sheet: &mut Sheet) -> &'static str {
    let (words, lab) = (&skin.words.workshop, &skin.words.lab);
    match open {
        Panel::Reset(at) => {
            sheet.text(&(lab.reset_loses)(sandbox.bench().steps().0), skin.theme.text);
            sheet.gap();
            panel::choices(sheet, &[lab.reset_yes, lab.reset_no], at, skin);
            lab.really_reset
        }
        Panel::Leave(at) => {
            sheet.text(words.leave_loses, skin.theme.text);
            sheet.gap();
            panel::choices(sheet, &[words.save_and_leave, words.leave, words.stay], at, skin);
            words.really_leave
        }
    }
}
