//! How the workshop looks: what can be built, what can be mended, and a line about the chosen one.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{
        Seen, Target,
        workshop::{Choice, Workshop},
    },
    text::line::Run,
    ui::{
        Bars, Skin,
        lesson::MEASURE,
        sheet::{Sheet, scrolled},
    },
};

/// Draws the workshop.
pub fn draw(
    workshop: &Workshop,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let width = (area.width - 4).min(MEASURE);
    let list = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + 1,
        width,
        height: area.height - 1,
    };
    let mut sheet = sheet(workshop, skin, width, false);
    if sheet.height() > list.height {
        sheet = self::sheet(workshop, skin, width, true);
    }
    scrolled(&sheet, frame.buffer_mut(), list, skin, seen);
    let words = &skin.words.workshop;
    let status = match workshop.choices().get(workshop.chosen) {
        Some(Choice::Mend(_)) => words.enter_mend,
        Some(Choice::Resume) => words.enter_resume,
        _ => words.enter_build,
    };
    Bars { title: words.title.to_owned(), status: status.to_owned(), ..Bars::default() }
}

/// What can be chosen; `brief` where there is little room.
fn sheet(workshop: &Workshop, skin: &Skin, width: u16, brief: bool) -> Sheet {
    let (words, theme, glyph) = (&skin.words.workshop, &skin.theme, &skin.glyph);
    let mut sheet = Sheet::new(width);
    let choices = workshop.choices();
    let mut heading = None;
    for (index, choice) in choices.iter().enumerate() {
        let mend = matches!(choice, Choice::Mend(_));
        if *choice == Choice::Resume {
            resume(workshop, index, skin, &mut sheet);
            continue;
        }
        if heading != Some(mend) {
            if heading.is_some() {
                sheet.gap();
            }
            heading = Some(mend);
            let (title, says) =
                if mend { (words.mend, words.mend_says) } else { (words.build, words.build_says) };
            sheet.text(title, theme.heading);
            if !brief {
                sheet.text(says, theme.dim);
                sheet.gap();
            }
        }
        let chosen = index == workshop.chosen;
        let (sign, title, says) = match choice {
            // It stands above the headings.
            Choice::Resume => continue,
            Choice::Empty => (glyph.open, words.empty.to_owned(), words.empty_says),
            Choice::Saved(name) => (glyph.begun, name.clone(), words.saved_scene),
            Choice::Build(at) | Choice::Mend(at) => {
                let (title, says) = words.designs[*at];
                (if mend { glyph.warning } else { glyph.instance }, title.to_owned(), says)
            }
        };
        let mut runs = vec![
            Run::new(format!("{sign} "), theme.accent),
            Run::new(title, if chosen { theme.strong } else { theme.text }),
        ];
        if chosen && mend {
            let text = (words.level)(workshop.level.faults());
            let text = format!("   {} {text} {}", glyph.arrow_back, glyph.arrow);
            runs.push(Run::new(text, theme.accent));
            if !workshop.seed.is_empty() {
                let number = (words.number)(&workshop.seed);
                runs.push(Run::new(format!("   {number}"), theme.field));
            }
        }
        sheet.choice(Some(Target::Item(index)), chosen, "", &runs, skin);
        if chosen {
            let rows = sheet.in_sight();
            sheet.runs(&[Run::new(says, theme.dim)], 4, 4);
            if mend {
                sheet.runs(&[Run::new(words.number_hint, theme.dim)], 4, 4);
            }
            if let Some(rows) = rows {
                sheet.look_at(rows.start..sheet.height());
            }
        }
    }
    sheet
}

/// The incident that one did not finish.
fn resume(workshop: &Workshop, index: usize, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme) = (&skin.words.workshop, &skin.theme);
    let Some(draft) = &workshop.draft else { return };
    let design = match draft.design {
        Some(at) => words.designs[at].0,
        None => &draft.name,
    };
    let faults = (words.level)(draft.level.faults());
    let number = (words.number)(&draft.seed.to_string());
    let runs = [
        Run::new(format!("{} ", skin.glyph.begun), theme.accent),
        Run::new(words.resume, theme.text),
        Run::new(format!("   {faults}  {number}"), theme.accent),
    ];
    let chosen = index == workshop.chosen;
    sheet.choice(Some(Target::Item(index)), chosen, "", &runs, skin);
    if chosen {
        sheet.runs(&[Run::new((words.resume_says)(design), theme.dim)], 4, 4);
    }
    sheet.gap();
}
