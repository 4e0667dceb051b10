//! How home looks: modules and lessons with what is done, and more about the chosen lesson.

use ratatui::{Frame, layout::Rect, style::Style};

use crate::{
    app::{
        Model, Seen, Target,
        home::{Chosen, Home, Reading, lessons},
        lesson::Standing,
    },
    course::LessonEntry,
    text::{
        line::Run,
        width::{fit, pad_start, width},
    },
    ui::{
        Bars, Skin,
        chrome::put,
        lesson::MEASURE,
        page::worded,
        sheet::{Sheet, scrolled},
    },
};

/// The width from which the chosen lesson stands beside the list.
const WIDE: u16 = 112;
/// The width of that column.
const DETAIL: u16 = 44;

/// Draws home.
pub fn draw(
    home: &Home,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let buffer = frame.buffer_mut();
    let wide = area.width >= WIDE;
    let list_width =
        if wide { (area.width - DETAIL - 8).min(MEASURE) } else { (area.width - 4).min(MEASURE) };
    let all = list_width + if wide { DETAIL + 4 } else { 0 };
    let x = area.x + (area.width - all) / 2;
    let list = Rect { x, y: area.y + 1, width: list_width, height: area.height - 1 };
    let entry = home.lesson(&model.course);
    let mut sheet = list_sheet(home, model, skin, list_width, false);
    if sheet.height() > list.height {
        sheet = list_sheet(home, model, skin, list_width, true);
    }
    if sheet.height() > list.height {
        // The marks that it goes on stand beside it, not on it.
        sheet = list_sheet(home, model, skin, list_width.saturating_sub(2), true);
    }
    if wide {
        scrolled(&sheet, buffer, list, skin, seen);
        if let Some(entry) = entry {
            let right = Rect { x: list.right() + 4, width: DETAIL, ..list };
            let detail = detail(entry, model, skin, DETAIL);
            let height = sheet.height().max(detail.height()).min(right.height);
            for y in right.top()..right.top() + height {
                put(buffer, right.x - 2, y, 1, skin.glyph.quote, skin.theme.frame);
            }
            detail.draw(buffer, right, 0, seen);
        }
    } else {
        // Below the list, as much as there is room for; the list comes first.
        let below = list.height.saturating_sub(sheet.height() + 1);
        let list = Rect { height: list.height - below, ..list };
        scrolled(&sheet, buffer, list, skin, seen);
        if let Some(entry) = entry
            && below > 2
        {
            let rule = skin.glyph.rule.repeat(list.width.into());
            put(buffer, list.x, list.bottom(), list.width, &rule, skin.theme.frame);
            let pane = Rect { y: list.bottom() + 1, height: below - 1, ..list };
            detail(entry, model, skin, list_width).draw(buffer, pane, 0, seen);
        }
    }
    Bars {
        // The built-in course is called like the program: once is enough.
        title: Some(model.course.title.get(skin.lang))
            .filter(|title| !title.eq_ignore_ascii_case(skin.words.common.name))
            .unwrap_or_default()
            .to_owned(),
        right: summary(model, skin),
        status: match entry {
            Some(entry) => invitation(entry, model, skin),
            None if home.chosen == Chosen::Review => skin.words.home.review_begin.to_owned(),
            None if home.chosen == Chosen::Workshop => skin.words.workshop.invitation.to_owned(),
            None => String::new(),
        },
        ..Bars::default()
    }
}

/// What Enter does, for the status line.
fn invitation(entry: &LessonEntry, model: &Model, skin: &Skin) -> String {
    let words = &skin.words.home;
    match Reading::of(entry, &model.progress) {
        Reading::New => words.begin.to_owned(),
        Reading::Begun(page) => (words.continue_at)(page + 1),
        Reading::Finished => words.read_again.to_owned(),
    }
}

/// How much of the course is done.
fn summary(model: &Model, skin: &Skin) -> String {
    let all = lessons(&model.course).count();
    let done = lessons(&model.course)
        .filter(|entry| Reading::of(entry, &model.progress) == Reading::Finished)
        .count();
    (skin.words.home.lessons_done)(done, all)
}

/// The modules and their lessons; `brief` where there is little room.
fn list_sheet(home: &Home, model: &Model, skin: &Skin, width_: u16, brief: bool) -> Sheet {
    let (words, theme) = (&skin.words.home, &skin.theme);
    let mut sheet = Sheet::new(width_);
    if home.is_first(&model.progress) {
        sheet.text(words.welcome, theme.strong);
        if !brief {
            sheet.runs(&worded(words.what_it_is, theme.text, skin), 0, 0);
        }
        sheet.text(words.stays_here, theme.dim);
        sheet.gap();
    }
    let due = home.due.len();
    let mut row = 0;
    if due > 0 {
        let chosen = home.chosen == Chosen::Review;
        let runs = [
            Run::new(format!("{} ", skin.glyph.again), theme.warn),
            Run::new((words.review)(due), theme.text),
        ];
        sheet.choice(Some(Target::Item(row)), chosen, "", &runs, skin);
        sheet.gap();
        row += 1;
    }
    let columns = Columns::new(width_, skin);
    let mut at = 0;
    for module in &model.course.modules {
        if at > 0 {
            sheet.gap();
        }
        sheet.text(module.title.get(skin.lang), theme.heading);
        if !brief {
            sheet.text(module.summary.get(skin.lang), theme.dim);
            sheet.gap();
        }
        for entry in &module.lessons {
            let chosen = home.chosen == Chosen::Lesson(at);
            let runs = columns.row(entry, model, skin);
            sheet.choice(Some(Target::Item(row)), chosen, "", &runs, skin);
            row += 1;
            at += 1;
        }
    }
    if at == 0 {
        sheet.text(words.empty, theme.dim);
    }
    sheet.gap();
    let chosen = home.chosen == Chosen::Workshop;
    let runs = [
        Run::new(format!("{} ", skin.glyph.instance), theme.accent),
        Run::new(skin.words.workshop.title, theme.text),
        Run::new(format!("  {}", skin.words.workshop.in_short), theme.dim),
    ];
    sheet.choice(Some(Target::Item(row)), chosen, "", &runs, skin);
    sheet
}

/// How the row of a lesson is divided.
struct Columns {
    title: usize,
    state: usize,
    counts: bool,
}

impl Columns {
    const COUNT: usize = 11;

    fn new(width_: u16, skin: &Skin) -> Self {
        let words = &skin.words.home;
        let states = [words.finished.to_owned(), (words.page)(99), (skin.words.common.minutes)(99)];
        let state = states.iter().map(|text| width(text)).max().unwrap_or(0);
        // The pointer and its gap, the sign and its gap, the gaps between columns.
        let room = usize::from(width_).saturating_sub(4 + state + 2);
        let counts = room >= 2 * (Self::COUNT + 2) + 34;
        let title = if counts { room - 2 * (Self::COUNT + 2) } else { room };
        Self { title, state, counts }
    }

    fn row(&self, entry: &LessonEntry, model: &Model, skin: &Skin) -> Vec<Run<Style>> {
        let (words, theme, glyph) = (&skin.words.home, &skin.theme, &skin.glyph);
        let (sign, style, state) = match Reading::of(entry, &model.progress) {
            Reading::New => (glyph.open, theme.dim, (skin.words.common.minutes)(entry.minutes)),
            Reading::Begun(page) => (glyph.begun, theme.accent, (words.page)(page + 1)),
            Reading::Finished => (glyph.right, theme.good, words.finished.to_owned()),
        };
        let title = fit(entry.title.get(skin.lang), self.title, glyph.ellipsis);
        let mut runs =
            vec![Run::new(format!("{sign} "), style), Run::new(title.into_owned(), theme.text)];
        if self.counts {
            let tally = Tally::of(entry, model);
            for (text, style) in [tally.questions_words(skin), tally.labs_words(skin)] {
                let text = pad_start(&text, Self::COUNT).into_owned();
                runs.push(Run::new(format!("  {text}"), style));
            }
        }
        let state = pad_start(&state, self.state).into_owned();
        runs.push(Run::new(format!("  {state}"), style));
        runs
    }
}

/// What was done of a lesson's questions and labs.
struct Tally {
    questions: usize,
    answered: usize,
    right: usize,
    labs: usize,
    solved: usize,
}

impl Tally {
    fn of(entry: &LessonEntry, model: &Model) -> Self {
        let standings = || entry.questions.iter().map(|id| Standing::of(id, &model.progress));
        let solved = entry
            .labs
            .iter()
            .filter(|id| model.progress.lab(&id.0).is_some_and(|lab| !lab.solved().is_empty()));
        Self {
            questions: entry.questions.len(),
            answered: standings().filter(|standing| *standing != Standing::Open).count(),
            right: standings().filter(|standing| *standing == Standing::Right).count(),
            labs: entry.labs.len(),
            solved: solved.count(),
        }
    }

    fn questions_words(&self, skin: &Skin) -> (String, Style) {
        let words = &skin.words.home;
        let text = match (self.questions, self.answered) {
            (0, _) => String::new(),
            (all, 0) => (words.questions)(all),
            (all, _) => (words.questions_right)(self.right, all),
        };
        let done = self.answered == self.questions;
        (text, if done { skin.theme.text } else { skin.theme.dim })
    }

    fn labs_words(&self, skin: &Skin) -> (String, Style) {
        let words = &skin.words.home;
        let text = match (self.labs, self.solved) {
            (0, _) => String::new(),
            (all, 0) => (words.labs)(all),
            (all, solved) => (words.labs_solved)(solved, all),
        };
        let done = self.solved == self.labs;
        (text, if done { skin.theme.text } else { skin.theme.dim })
    }
}

/// More about the chosen lesson.
fn detail(entry: &LessonEntry, model: &Model, skin: &Skin, width_: u16) -> Sheet {
    let (words, theme, glyph) = (&skin.words.home, &skin.theme, &skin.glyph);
    let mut sheet = Sheet::new(width_);
    sheet.text(entry.title.get(skin.lang), theme.strong);
    let mut facts = vec![(skin.words.common.minutes)(entry.minutes)];
    match Reading::of(entry, &model.progress) {
        Reading::New => {}
        Reading::Begun(page) => facts.push((words.read_to)(page + 1)),
        Reading::Finished => facts.push(words.finished.to_owned()),
    }
    sheet.text(&facts.join(&format!(" {} ", glyph.dot)), theme.dim);
    if !entry.questions.is_empty() {
        let mut runs = vec![Run::new(format!("{} ", words.questions_label), theme.dim)];
        for id in &entry.questions {
            let (sign, style) = match Standing::of(id, &model.progress) {
                Standing::Open => (glyph.open, theme.dim),
                Standing::Right | Standing::RightLater => (glyph.right, theme.good),
                Standing::Wrong => (glyph.wrong, theme.bad),
            };
            runs.push(Run::new(format!("{sign} "), style));
        }
        let tally = Tally::of(entry, model);
        if tally.answered > 0 {
            let text = (words.right_of)(tally.right, tally.answered);
            runs.push(Run::new(format!(" {text}"), theme.dim));
        }
        sheet.runs(&runs, 0, 2);
    }
    let lesson = model.on_shelf(&entry.id);
    for id in &entry.labs {
        let title = lesson
            .and_then(|lesson| lesson.labs.iter().find(|lab| lab.id == *id))
            .map_or(id.0.as_str(), |lab| lab.title.get(skin.lang));
        let best = model.progress.lab(&id.0).and_then(|lab| lab.best());
        let (sign, style, state) = match best {
            Some(best) => {
                (glyph.right, theme.good, (skin.words.lesson.lab_solved)(best.cost, best.par))
            }
            None => (glyph.open, theme.dim, words.not_solved.to_owned()),
        };
        let runs = [
            Run::new(format!("{} ", words.labs_label), theme.dim),
            Run::new(format!("{sign} "), style),
            Run::new(format!("{title}  "), theme.text),
            Run::new(state, theme.dim),
        ];
        sheet.runs(&runs, 0, 2);
    }
    if let Some(lesson) = lesson
        && !lesson.objectives.is_empty()
    {
        sheet.gap();
        sheet.text(words.objectives, theme.dim);
        for objective in &lesson.objectives {
            let mut runs = vec![Run::new(format!("{} ", glyph.bullet), theme.accent)];
            runs.extend(worded(objective.text.get(skin.lang), theme.text, skin));
            sheet.runs(&runs, 0, 2);
        }
    }
    sheet
}
