//! What follows from the log.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use jiff::{Timestamp, civil::Date};

use crate::{
    journal::{Entry, EntryId, Event, Given, Moment, Scope},
    recall::{self, Memory, Review, Urgency},
};

/// What the learner has done so far, by the stable ids of the pack.
///
/// A fold over entries. It does not matter in which order they are applied, nor whether one is
/// applied twice: every value remembers the entry that it comes from, the latest one wins. So
/// entries of another running copy, or of another machine, can be applied as they arrive.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    aliases: Aliases,
    lessons: BTreeMap<String, LessonProgress>,
    questions: BTreeMap<String, QuestionProgress>,
    labs: BTreeMap<String, LabProgress>,
    predictions: Vec<Prediction>,
    language: Option<(EntryId, String)>,
    settings: BTreeMap<String, (EntryId, String)>,
    days: BTreeMap<Date, EntryId>,
    everything_reset: Option<EntryId>,
    lessons_reset: BTreeMap<String, EntryId>,
    labs_reset: BTreeMap<String, EntryId>,
}

/// The names that lessons, questions, labs and scenes had before, so that a renamed one keeps
/// its history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aliases {
    lessons: BTreeMap<String, String>,
    questions: BTreeMap<String, String>,
    labs: BTreeMap<String, String>,
    scenes: BTreeMap<String, String>,
}

/// One lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LessonProgress {
    page: Option<(EntryId, u32)>,
    finished: Option<(EntryId, Timestamp)>,
}

/// One question: its answers, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionProgress {
    history: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry that tells of it.
    pub id: EntryId,
    /// When.
    pub when: Moment,
    /// In which lesson it was asked.
    pub lesson: String,
    /// What was answered.
    pub given: Given,
    /// Was it right?
    pub right: bool,
    /// Was the learner sure? `None` when that was not asked.
    pub sure: Option<bool>,
    /// Was a hint shown before?
    pub hinted: bool,
    /// How long it took, in milliseconds.
    pub millis: u64,
}

/// What speaks for and against the learner having mastered something, by its questions.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// How many questions test it.
    pub questions: u32,
    /// How many of them were ever answered.
    pub answered: u32,
    /// How many were right the last time.
    pub right: u32,
    /// How many were wrong the last time, and the learner was sure.
    pub sure_and_wrong: u32,
    /// The chance to recall one of them now, 0 to 1; what was never answered counts as 0.
    pub recall: f64,
}

/// One lab.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LabProgress {
    saved: Option<(EntryId, serde_json::Value)>,
    solved: Vec<Solved>,
    hints: BTreeMap<u32, EntryId>,
}

/// One time that a lab was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solved {
    /// The entry that tells of it.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// What the changes counted.
    pub cost: u32,
    /// The least they could count.
    pub par: u32,
    /// How many hints were shown.
    pub hints: u32,
}

/// One prediction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The entry that tells of it.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// The scene or lab.
    pub scene: String,
    /// The packet.
    pub packet: String,
    /// What the learner said.
    pub predicted: String,
    /// What the simulator found.
    pub actual: String,
    /// Was it right?
    pub matched: bool,
}

impl Progress {
    /// Nothing done yet, in a pack whose things had these names before.
    pub fn new(aliases: Aliases) -> Self {
        Self { aliases, ..Self::default() }
    }

    /// Takes one entry in.
    pub fn apply(&mut self, entry: &Entry) {
        let Entry { id, when, event } = entry;
        let (id, at) = (*id, when.at());
        match event {
            Event::LanguageChosen { lang } => {
                if self.language.as_ref().is_none_or(|(old, _)| *old < id) {
                    self.language = Some((id, lang.clone()));
                }
            }
            Event::SettingChanged { key, value } => {
                if self.settings.get(key).is_none_or(|(old, _)| *old < id) {
                    self.settings.insert(key.clone(), (id, value.clone()));
                }
            }
            Event::Reset { scope } => self.reset(id, scope),
            Event::Other { .. } => {}
            // What follows is study: it counts unless a later entry started it again.
            _ if self.everything_reset.is_some_and(|reset| id < reset) => {}
            Event::PageReached { lesson, page } => {
                self.studied(id, entry);
                let lesson = self.aliases.lesson(lesson);
                if after(self.lessons_reset.get(lesson), id) {
                    let lesson = entry_of(&mut self.lessons, lesson);
                    latest(&mut lesson.page, id, *page);
                }
            }
            Event::LessonFinished { lesson } => {
                self.studied(id, entry);
                let lesson = self.aliases.lesson(lesson);
                if after(self.lessons_reset.get(lesson), id) {
                    let lesson = entry_of(&mut self.lessons, lesson);
                    latest(&mut lesson.finished, id, at);
                }
            }
            Event::QuestionAnswered { lesson, question, given, right, sure, hinted, millis } => {
                self.studied(id, entry);
                let lesson = self.aliases.lesson(lesson);
                if after(self.lessons_reset.get(lesson), id) {
                    let question = self.aliases.question(question);
                    let history = &mut entry_of(&mut self.questions, question).history;
                    insert_by(
                        history,
                        id,
                        |answer| answer.id,
                        || Answer {
                            id,
                            when: *when,
                            lesson: lesson.to_owned(),
                            given: given.clone(),
                            right: *right,
                            sure: *sure,
                            hinted: *hinted,
                            millis: *millis,
                        },
                    );
                }
            }
            Event::PredictionCommitted { scene, packet, predicted, actual, matched } => {
                self.studied(id, entry);
                let scene = self.aliases.scene(scene);
                insert_by(
                    &mut self.predictions,
                    id,
                    |prediction| prediction.id,
                    || Prediction {
                        id,
                        at,
                        scene: scene.to_owned(),
                        packet: packet.clone(),
                        predicted: predicted.clone(),
                        actual: actual.clone(),
                        matched: *matched,
                    },
                );
            }
            Event::LabSaved { lab, changes } => {
                self.studied(id, entry);
                let lab = self.aliases.lab(lab);
                if after(self.labs_reset.get(lab), id) {
                    let saved = &mut entry_of(&mut self.labs, lab).saved;
                    if saved.as_ref().is_none_or(|(old, _)| *old < id) {
                        *saved = Some((id, changes.clone()));
                    }
                }
            }
            Event::LabSolved { lab, cost, par, hints } => {
                self.studied(id, entry);
                let lab = self.aliases.lab(lab);
                if after(self.labs_reset.get(lab), id) {
                    let solved = &mut entry_of(&mut self.labs, lab).solved;
                    let new = Solved { id, at, cost: *cost, par: *par, hints: *hints };
                    insert_by(solved, id, |solved| solved.id, || new);
                }
            }
            Event::HintShown { lab, rung } => {
                self.studied(id, entry);
                let lab = self.aliases.lab(lab);
                if after(self.labs_reset.get(lab), id) {
                    let shown = entry_of(&mut self.labs, lab).hints.entry(*rung).or_insert(id);
                    *shown = id.max(*shown);
                }
            }
        }
    }

    /// Takes in names that became known later (lessons are read when they are opened): what was
    /// done under an old name now belongs to the new one.
    pub fn learn(&mut self, more: Aliases) {
        if more == Aliases::default() {
            return;
        }
        self.aliases.lessons.extend(more.lessons);
        self.aliases.questions.extend(more.questions);
        self.aliases.labs.extend(more.labs);
        self.aliases.scenes.extend(more.scenes);
        let aliases = &self.aliases;
        rename(&mut self.lessons, &aliases.lessons, LessonProgress::join);
        rename(&mut self.questions, &aliases.questions, QuestionProgress::join);
        rename(&mut self.labs, &aliases.labs, LabProgress::join);
        rename(&mut self.lessons_reset, &aliases.lessons, |reset, other| {
            *reset = other.max(*reset);
        });
        rename(&mut self.labs_reset, &aliases.labs, |reset, other| *reset = other.max(*reset));
        for answer in self.questions.values_mut().flat_map(|question| &mut question.history) {
            answer.lesson = aliases.lesson(&answer.lesson).to_owned();
        }
        for prediction in &mut self.predictions {
            prediction.scene = aliases.scene(&prediction.scene).to_owned();
        }
        // What was started again under one name was started again under all.
        self.lessons.retain(|id, lesson| {
            self.lessons_reset.get(id).is_none_or(|reset| lesson.forget(*reset))
        });
        for (lesson, reset) in &self.lessons_reset {
            self.questions.retain(|_, question| question.forget(*reset, Some(lesson)));
        }
        self.labs.retain(|id, lab| self.labs_reset.get(id).is_none_or(|reset| lab.forget(*reset)));
    }

    fn studied(&mut self, id: EntryId, entry: &Entry) {
        let latest = self.days.entry(entry.when.day()).or_insert(id);
        *latest = id.max(*latest);
    }

    fn reset(&mut self, reset: EntryId, scope: &Scope) {
        match scope {
            Scope::Everything => {
                if self.everything_reset.is_some_and(|old| reset <= old) {
                    return;
                }
                self.everything_reset = Some(reset);
                self.days.retain(|_, latest| *latest > reset);
                self.predictions.retain(|prediction| prediction.id > reset);
                self.lessons.retain(|_, lesson| lesson.forget(reset));
                self.questions.retain(|_, question| question.forget(reset, None));
                self.labs.retain(|_, lab| lab.forget(reset));
            }
            Scope::Lesson(lesson) => {
                let lesson = self.aliases.lesson(lesson);
                let old = self.lessons_reset.entry(lesson.to_owned()).or_insert(reset);
                *old = reset.max(*old);
                if self.lessons.get_mut(lesson).is_some_and(|lesson| !lesson.forget(reset)) {
                    self.lessons.remove(lesson);
                }
                self.questions.retain(|_, question| question.forget(reset, Some(lesson)));
            }
            Scope::Lab(lab) => {
                let lab = self.aliases.lab(lab);
                let old = self.labs_reset.entry(lab.to_owned()).or_insert(reset);
                *old = reset.max(*old);
                if self.labs.get_mut(lab).is_some_and(|lab| !lab.forget(reset)) {
                    self.labs.remove(lab);
                }
            }
        }
    }

    /// The fewest entries from which the first screen comes out the same: of lessons where they
    /// stand, of questions the first answer and a right one, of labs the best solution, and
    /// the settings. What is due follows from whole histories, and is not in it.
    pub fn digest(&self) -> Vec<Entry> {
        let entry =
            |id: EntryId, event| Entry { id, when: Moment::utc(Timestamp::UNIX_EPOCH), event };
        let mut entries = Vec::new();
        if let Some((id, lang)) = &self.language {
            entries.push(entry(*id, Event::LanguageChosen { lang: lang.clone() }));
        }
        for (key, (id, value)) in &self.settings {
            let (key, value) = (key.clone(), value.clone());
            entries.push(entry(*id, Event::SettingChanged { key, value }));
        }
        for (name, lesson) in &self.lessons {
            let lesson_name = || name.clone();
            if let Some((id, page)) = lesson.page {
                entries.push(entry(id, Event::PageReached { lesson: lesson_name(), page }));
            }
            if let Some((id, at)) = lesson.finished {
                let event = Event::LessonFinished { lesson: lesson_name() };
                entries.push(Entry { when: Moment::utc(at), ..entry(id, event) });
            }
        }
        for (name, question) in &self.questions {
            let first = question.history.first();
            let right = question.history.iter().find(|answer| answer.right);
            let right = right.filter(|right| first.is_some_and(|first| first.id != right.id));
            entries.extend(first.into_iter().chain(right).map(|answer| Entry {
                id: answer.id,
                when: answer.when,
                event: Event::QuestionAnswered {
                    lesson: answer.lesson.clone(),
                    question: name.clone(),
                    given: answer.given.clone(),
                    right: answer.right,
                    sure: answer.sure,
                    hinted: answer.hinted,
                    millis: answer.millis,
                },
            }));
        }
        for (name, lab) in &self.labs {
            entries.extend(lab.best().map(|solved| {
                let Solved { id, at, cost, par, hints } = *solved;
                let event = Event::LabSolved { lab: name.clone(), cost, par, hints };
                Entry { when: Moment::utc(at), ..entry(id, event) }
            }));
        }
        entries
    }

    /// The code of the language that was chosen last.
    pub fn language(&self) -> Option<&str> {
        self.language.as_ref().map(|(_, lang)| lang.as_str())
    }

    /// The value that a setting was given last.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(|(_, value)| value.as_str())
    }

    /// One lesson, if it was ever opened.
    pub fn lesson(&self, id: &str) -> Option<&LessonProgress> {
        self.lessons.get(id)
    }

    /// The lesson that was read last.
    pub fn last_lesson(&self) -> Option<(&str, &LessonProgress)> {
        let (id, lesson) = self.lessons.iter().max_by_key(|(_, lesson)| lesson.touched())?;
        Some((id, lesson))
    }

    /// One question, if it was ever answered.
    pub fn question(&self, id: &str) -> Option<&QuestionProgress> {
        self.questions.get(id)
    }

    /// All questions that were ever answered, by id.
    pub fn questions(&self) -> impl Iterator<Item = (&str, &QuestionProgress)> {
        self.questions.iter().map(|(id, question)| (id.as_str(), question))
    }

    /// What to ask again now: of these questions (in the order of the course) those that are due,
    /// the most valuable first, as many as the cap allows.
    pub fn due<'a>(
        &self,
        questions: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
        cap: usize,
    ) -> Vec<&'a str> {
        let memories =
            questions.into_iter().filter_map(|id| Some((id, self.question(id)?.memory()?)));
        recall::queue(memories, now, cap)
    }

    /// What speaks for and against the learner having mastered what these questions test.
    pub fn evidence<'a>(
        &self,
        questions: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Evidence {
        let mut evidence = Evidence::default();
        for id in questions {
            evidence.questions += 1;
            let Some(memory) = self.question(id).and_then(QuestionProgress::memory) else {
                continue;
            };
            evidence.answered += 1;
            match memory.urgency() {
                Urgency::Right => evidence.right += 1,
                Urgency::SureAndWrong => evidence.sure_and_wrong += 1,
                Urgency::Wrong => {}
            }
            evidence.recall += memory.recall(now);
        }
        evidence.recall /= f64::from(evidence.questions.max(1));
        evidence
    }

    /// One lab, if anything was ever done in it.
    pub fn lab(&self, id: &str) -> Option<&LabProgress> {
        self.labs.get(id)
    }

    /// All predictions, the earliest first.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// The local days on which something was studied.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> + ExactSizeIterator {
        self.days.keys().copied()
    }
}

impl Answer {
    /// The answer as far as memory is concerned.
    pub fn review(&self) -> Review {
        Review {
            at: self.when.at(),
            offset: self.when.offset(),
            right: self.right,
            sure: self.sure,
            effort: self.hinted
                || u128::from(self.millis) > recall::SLOW.as_millis().unsigned_abs(),
        }
    }
}

impl LessonProgress {
    /// The page that was reached last, from 0.
    pub fn page(&self) -> u32 {
        self.page.map_or(0, |(_, page)| page)
    }

    /// When it was finished last.
    pub fn finished(&self) -> Option<Timestamp> {
        self.finished.map(|(_, at)| at)
    }

    /// Is it being read: opened, and not finished since?
    pub fn is_open(&self) -> bool {
        self.page.map(|(id, _)| id) > self.finished.map(|(id, _)| id)
    }

    fn join(&mut self, other: Self) {
        self.page = self.page.max(other.page);
        self.finished = self.finished.max(other.finished);
    }

    fn touched(&self) -> Option<EntryId> {
        self.page.map(|(id, _)| id).max(self.finished.map(|(id, _)| id))
    }

    /// Drops what is older than the reset; is anything left?
    fn forget(&mut self, reset: EntryId) -> bool {
        self.page = self.page.filter(|(id, _)| *id > reset);
        self.finished = self.finished.filter(|(id, _)| *id > reset);
        self.touched().is_some()
    }
}

impl QuestionProgress {
    /// All answers, the earliest first; there is at least one.
    pub fn history(&self) -> &[Answer] {
        &self.history
    }

    /// The last answer.
    pub fn last(&self) -> Option<&Answer> {
        self.history.last()
    }

    /// What is left of it in memory.
    pub fn memory(&self) -> Option<Memory> {
        Memory::of(self.history.iter().map(Answer::review))
    }

    fn join(&mut self, other: Self) {
        for answer in other.history {
            insert_by(&mut self.history, answer.id, |answer| answer.id, || answer);
        }
    }

    fn forget(&mut self, reset: EntryId, only: Option<&str>) -> bool {
        self.history.retain(|answer| {
            answer.id > reset || only.is_some_and(|lesson| answer.lesson != lesson)
        });
        !self.history.is_empty()
    }
}

impl LabProgress {
    /// The work as it was saved last.
    pub fn saved(&self) -> Option<&serde_json::Value> {
        self.saved.as_ref().map(|(_, changes)| changes)
    }

    /// Every time it was solved, the earliest first.
    pub fn solved(&self) -> &[Solved] {
        &self.solved
    }

    /// The best solution: the fewest changes, then the fewest hints, then the earliest.
    pub fn best(&self) -> Option<&Solved> {
        self.solved.iter().min_by_key(|solved| (solved.cost, solved.hints, solved.id))
    }

    /// The rungs of the ladder of hints that were shown.
    pub fn hints(&self) -> BTreeSet<u32> {
        self.hints.keys().copied().collect()
    }

    fn join(&mut self, other: Self) {
        if other.saved.as_ref().map(|(id, _)| id) > self.saved.as_ref().map(|(id, _)| id) {
            self.saved = other.saved;
        }
        for solved in other.solved {
            insert_by(&mut self.solved, solved.id, |solved| solved.id, || solved);
        }
        for (rung, id) in other.hints {
            let shown = self.hints.entry(rung).or_insert(id);
            *shown = id.max(*shown);
        }
    }

    fn forget(&mut self, reset: EntryId) -> bool {
        self.saved.take_if(|(id, _)| *id <= reset);
        self.solved.retain(|solved| solved.id > reset);
        self.hints.retain(|_, id| *id > reset);
        self.saved.is_some() || !self.solved.is_empty() || !self.hints.is_empty()
    }
}

impl Aliases {
    /// The lesson `old` is called `new` now.
    pub fn rename_lesson(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.lessons.insert(old.into(), new.into());
    }

    /// The question `old` is called `new` now.
    pub fn rename_question(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.questions.insert(old.into(), new.into());
    }

    /// The lab `old` is called `new` now.
    pub fn rename_lab(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.labs.insert(old.into(), new.into());
    }

    /// The scene `old` is called `new` now.
    pub fn rename_scene(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.scenes.insert(old.into(), new.into());
    }

    fn lesson<'a>(&'a self, id: &'a str) -> &'a str {
        follow(&self.lessons, id)
    }

    fn question<'a>(&'a self, id: &'a str) -> &'a str {
        follow(&self.questions, id)
    }

    fn lab<'a>(&'a self, id: &'a str) -> &'a str {
        follow(&self.labs, id)
    }

    fn scene<'a>(&'a self, id: &'a str) -> &'a str {
        follow(&self.scenes, id)
    }
}

/// Follows renamings to the end; one that leads in a circle ends somewhere on it.
fn follow<'a>(names: &'a BTreeMap<String, String>, id: &'a str) -> &'a str {
    let mut id = id;
    for _ in 0..names.len() {
        match names.get(id) {
            Some(new) => id = new,
            None => break,
        }
    }
    id
}

/// Moves values to their new names, joining those that meet.
fn rename<T>(
    map: &mut BTreeMap<String, T>,
    names: &BTreeMap<String, String>,
    join: impl Fn(&mut T, T),
) {
    for (id, value) in std::mem::take(map) {
        match map.entry(follow(names, &id).to_owned()) {
            btree_map::Entry::Vacant(place) => {
                place.insert(value);
            }
            btree_map::Entry::Occupied(mut place) => join(place.get_mut(), value),
        }
    }
}

/// Is the entry later than this reset?
fn after(reset: Option<&EntryId>, id: EntryId) -> bool {
    reset.is_none_or(|reset| id > *reset)
}

/// Sets a value unless a later entry did.
fn latest<T>(slot: &mut Option<(EntryId, T)>, id: EntryId, value: T) {
    if slot.as_ref().is_none_or(|(old, _)| *old < id) {
        *slot = Some((id, value));
    }
}

/// The value under a name, made when it is new; the name is copied only then.
fn entry_of<'a, T: Default>(map: &'a mut BTreeMap<String, T>, key: &str) -> &'a mut T {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), T::default());
    }
    map.get_mut(key).expect("it was just put there")
}

/// Puts a value where its id belongs, once. Entries mostly come in order, so mostly at the end.
fn insert_by<T>(
    list: &mut Vec<T>,
    id: EntryId,
    id_of: impl Fn(&T) -> EntryId,
    value: impl FnOnce() -> T,
) {
    if list.last().is_none_or(|last| id_of(last) < id) {
        list.push(value());
    } else if let Err(place) = list.binary_search_by_key(&id, id_of) {
        list.insert(place, value());
    }
}

#[cfg(test)]
mod tests;
