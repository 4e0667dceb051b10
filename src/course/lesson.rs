//! Lessons.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    course::{
        Block, Fault, Faults, Lab, LabId, LessonEntry, Live, Pack, Page, Question, QuestionId,
        Scene,
        document::{self, Key, Section, Text},
        grammar,
        lab::{self, Solution},
        outline,
        prose::{self, Prose},
        question,
        reference::Facts,
        wording::{Role, Spoken, Wording},
    },
    i18n::{Lang, Words, fault},
};

/// Names a lesson; stable for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LessonId(pub String);

/// One lesson, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its stable name.
    pub id: LessonId,
    /// What it is called.
    pub title: Words,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What one can do afterwards.
    pub objectives: Vec<Objective>,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// The prose, per language; both have the same number of pages and the same live pieces.
    pub pages: BTreeMap<Lang, Vec<Page>>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
    /// Its labs, in order.
    pub labs: Vec<Lab>,
    /// Its scenes, by name.
    pub scenes: BTreeMap<String, Scene>,
    /// The objectives that its scenes serve, by the scenes' names.
    pub served: BTreeMap<String, Vec<String>>,
}

/// Something one can do after a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its stable name within the lesson.
    pub id: String,
    /// What it says.
    pub text: Words,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The page.
    pub url: String,
    /// What it is a source for.
    pub about: Words,
}

/// What the first screen needs of a lesson, from what stands above its first table. The faults
/// that only a whole reading finds are left to it.
pub(crate) fn entry(pack: &Pack, folder: &str, found: &mut Vec<Fault>) -> Option<LessonEntry> {
    let file = format!("{folder}/lesson.toml");
    let text = pack.text(&file)?;
    let mut faults = Faults::new(&file);
    let head = outline::head(text);
    let mut read = |text: &str| {
        faults = Faults::new(&file);
        let table = document::parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let id = root.need_text("id", &mut faults);
        let aliases = root.texts("aliases", &mut faults).unwrap_or_default();
        let title = root.need_words("title", &mut faults).to_words();
        if !root.has("minutes") {
            root.missing("minutes", &mut faults);
        }
        let minutes = root.whole("minutes", 1..=120, &mut faults);
        (id, aliases, title, minutes, faults.broken)
    };
    let (id, aliases, title, minutes, broken) = match read(head) {
        // A line within a value may look like a table.
        (.., true) => read(text),
        found => found,
    };
    let id = id.filter(|_| !broken);
    let of_kind = |kind: &'static str| {
        outline::headers(text).filter(move |(found, _)| *found == kind).map(|(_, name)| name)
    };
    let entry = id.map(|id| LessonEntry {
        questions: of_kind("question")
            .map(|name| QuestionId(format!("{}/{name}", id.value)))
            .collect(),
        labs: of_kind("lab").map(|name| LabId(name.to_owned())).collect(),
        id: LessonId(id.value),
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        title,
        minutes: minutes.map_or(0, |(minutes, _)| u32::try_from(minutes).unwrap_or_default()),
        folder: folder.to_owned(),
    });
    if entry.is_none() && !faults.has_errors() {
        faults.error(0..0, fault::missing_key("id"));
    }
    found.extend(faults.into_list());
    entry
}

/// A lesson with everything that a check asks about.
pub(crate) struct Whole {
    /// The lesson, as far as it could be read.
    pub lesson: Option<Lesson>,
    /// The prose, per language.
    pub prose: BTreeMap<Lang, Prose>,
    /// Every phrase of `lesson.toml`.
    pub spoken: Vec<Spoken>,
    /// Where each question stands in `lesson.toml`, by its name in the lesson.
    pub questions: BTreeMap<String, Range<usize>>,
    /// Where each lab stands, by its id.
    pub labs: BTreeMap<String, Range<usize>>,
    /// Where each goal's header stands, by the lab's id.
    pub goals: BTreeMap<String, Vec<Range<usize>>>,
    /// The solutions carried out, by the lab's id.
    pub solutions: BTreeMap<String, Vec<Solution>>,
    /// The labs of which a line could not be read.
    pub unsure: BTreeSet<String>,
    /// Where each objective stands, by its id.
    pub objectives: BTreeMap<String, Range<usize>>,
    /// The lesson's `id` and its place.
    pub id: Option<Text>,
    /// The names that the lesson had before.
    pub aliases: Vec<Text>,
    /// The scenes by name; `None` for those that could not be read.
    pub scenes: BTreeMap<String, Option<Scene>>,
    /// Scenes that a question or lab uses.
    pub used_scenes: BTreeSet<String>,
    /// The faults of every file.
    pub faults: Vec<Fault>,
}

/// Reads a lesson. There is one when `lesson.toml` has what names it and there is prose in at
/// least one language; what could not be read is left out of it.
pub(crate) fn read(pack: &Pack, entry: &LessonEntry) -> (Option<Lesson>, Vec<Fault>) {
    let whole = read_whole(pack, entry);
    (whole.lesson, whole.faults)
}

/// Reads a lesson whole, and keeps where everything stands.
pub(crate) fn read_whole(pack: &Pack, entry: &LessonEntry) -> Whole {
    let folder = &entry.folder;
    let mut others = Vec::new();
    let mut scenes = BTreeMap::new();
    for path in pack.in_folder(folder).filter(|path| path.ends_with(".scene.toml")) {
        let (scene, found) = Scene::parse(path, pack.text(path).unwrap_or_default());
        others.extend(found);
        let name = path[folder.len() + 1..].trim_end_matches(".scene.toml");
        scenes.insert(name.to_owned(), scene);
    }

    let file = format!("{folder}/lesson.toml");
    let mut faults = Faults::new(&file);
    let text = pack.text(&file).unwrap_or_default();
    let table = document::parse(text, &mut faults);
    let mut root = Section::root(text, &table);
    let lesson_id = root.need_text("id", &mut faults);
    let aliases = root.texts("aliases", &mut faults).unwrap_or_default();
    let title = root.need_words("title", &mut faults);
    if !root.has("minutes") {
        root.missing("minutes", &mut faults);
    }
    let minutes = root.whole("minutes", 1..=120, &mut faults);
    // The order of the tables is the order of the labs; some authors like to write it down.
    root.texts("labs", &mut faults);

    // Labs come first, because every text may speak of their par.
    let no_pars = BTreeMap::new();
    let mut drafts = Vec::new();
    let mut pars = BTreeMap::new();
    {
        let wording = Wording::new(Facts { scenes: &scenes, pars: &no_pars });
        for (key, section) in root.sections("lab", &mut faults) {
            good_id(&key, &mut faults);
            let draft = lab::Draft::read(key, section, &wording, &mut faults);
            pars.insert(draft.key.name.clone(), draft.par);
            drafts.push(draft);
        }
    }
    let facts = Facts { scenes: &scenes, pars: &pars };
    let mut wording = Wording::new(facts);
    let title = wording.say(&title, Role::Title, &mut faults);
    let (mut objectives, mut objective_places) = (Vec::new(), BTreeMap::new());
    for mut item in root.items("objective", &mut faults) {
        let id = item.need_text("id", &mut faults);
        let phrase = item.need_words("text", &mut faults);
        let text = wording.say(&phrase, Role::Objective, &mut faults);
        item.close(&mut faults);
        let Some(id) = id else { continue };
        if objective_places.insert(id.value.clone(), id.span.clone()).is_some() {
            faults.error(id.span.clone(), fault::duplicate_name(&id.value));
        }
        objectives.push(Objective { id: id.value, text });
    }
    let mut sources = Vec::new();
    for mut item in root.items("source", &mut faults) {
        let url = item.need_text("url", &mut faults);
        let phrase = item.need_words("about", &mut faults);
        let about = wording.say(&phrase, Role::Source, &mut faults);
        item.close(&mut faults);
        let Some(url) = url else { continue };
        if !url.value.starts_with("https://") {
            faults.error(url.span.clone(), fault::bad_link(&url.value));
        }
        sources.push(Source { url: url.value, about });
    }

    let id = lesson_id.as_ref().map_or(entry.id.0.clone(), |id| id.value.clone());
    let mut used_scenes = BTreeSet::new();
    let (mut questions, mut question_places) = (Vec::new(), BTreeMap::new());
    for (key, mut section) in root.sections("question", &mut faults) {
        good_id(&key, &mut faults);
        question_places.insert(key.name.clone(), key.span.clone());
        let found = question::read(&id, &key, &mut section, &mut wording, &mut faults);
        let known_kind = found.is_some() || section.knows_more_than_a_kind();
        if known_kind {
            section.close(&mut faults);
        }
        let Some(found) = found else { continue };
        if let question::Kind::Packet(packet) = &found.kind {
            used_scenes.insert(packet.scene.name.clone());
        }
        questions.push(found);
    }
    let mut named = Vec::new();
    let mut served = BTreeMap::new();
    for (key, mut section) in root.sections("scene", &mut faults) {
        let scene = Text::of(&key);
        // What is misspelt was said; the scene of that name may be unreadable.
        wording.scene(&scene, &mut faults);
        if !section.has("objectives") {
            section.missing("objectives", &mut faults);
        }
        let objectives = section.texts("objectives", &mut faults).unwrap_or_default();
        section.close(&mut faults);
        served.insert(key.name, objectives.iter().map(|text| text.value.clone()).collect());
        named.extend(objectives);
    }
    named.extend(drafts.iter().flat_map(|draft| draft.objectives.iter().cloned()));
    for text in &named {
        let known = || objectives.iter().map(|objective| objective.id.as_str());
        if !known().any(|id| id == text.value) {
            let said = fault::unknown_objective(&text.value);
            let near = crate::course::fault::nearest(&text.value, known());
            faults.error(text.span.clone(), said.did_you_mean(near));
        }
    }
    let (mut labs, mut unsure) = (Vec::new(), BTreeSet::new());
    let (mut lab_places, mut goal_places, mut solutions) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for mut draft in drafts {
        let name = draft.key.name.clone();
        lab_places.insert(name.clone(), draft.key.span.clone());
        let goals = draft.goals.iter().map(|goal| goal.span.clone()).collect();
        goal_places.insert(name.clone(), goals);
        if draft.unsure {
            unsure.insert(name.clone());
        }
        let carried_out = draft.take_solutions();
        used_scenes.extend(draft.scene.as_ref().map(|scene| scene.name.clone()));
        labs.extend(draft.finish(&carried_out, &mut wording, &mut faults));
        solutions.insert(name, carried_out);
    }
    root.close(&mut faults);

    let mut all = faults.into_list();
    all.extend(others);
    let mut prose = BTreeMap::new();
    for lang in Lang::ALL {
        let file = format!("{folder}/{lang}.md");
        let mut faults = Faults::new(&file);
        match pack.text(&file) {
            Some(text) => {
                prose.insert(lang, prose::read(text, &id, lang, facts, &mut faults));
            }
            None => faults.error(0..0, fault::missing_file(&format!("{lang}.md"))),
        }
        all.extend(faults.into_list());
    }
    let mut lesson = Lesson {
        id: LessonId(id),
        title,
        minutes: minutes.map_or(0, |(minutes, _)| u32::try_from(minutes).unwrap_or_default()),
        objectives,
        sources,
        pages: BTreeMap::new(),
        questions,
        labs,
        scenes: scenes
            .iter()
            .filter_map(|(name, scene)| Some((name.clone(), scene.clone()?)))
            .collect(),
        served,
    };
    lesson.pages = pages(&lesson, &prose);
    let readable = lesson_id.is_some() && !prose.is_empty();
    let spoken = std::mem::take(&mut wording.spoken);
    Whole {
        lesson: readable.then_some(lesson),
        prose,
        spoken,
        questions: question_places,
        labs: lab_places,
        goals: goal_places,
        solutions,
        unsure,
        objectives: objective_places,
        id: lesson_id,
        aliases,
        used_scenes,
        faults: all,
        scenes,
    }
}

fn good_id(key: &Key, faults: &mut Faults) {
    if !grammar::is_name(&key.name) {
        faults.error(key.span.clone(), fault::bad_name(&key.name));
    }
}

/// The pages per language, so that no reader can stumble: both languages have as many, a missing
/// language borrows the other, and live pieces that refer to nothing are gone.
fn pages(lesson: &Lesson, prose: &BTreeMap<Lang, Prose>) -> BTreeMap<Lang, Vec<Page>> {
    let count = prose.values().map(|prose| prose.pages.len()).max().unwrap_or(0);
    Lang::ALL
        .into_iter()
        .map(|lang| {
            let own = prose.get(&lang).filter(|prose| !prose.pages.is_empty());
            let mut pages = own
                .or_else(|| prose.get(&lang.other()))
                .map(|prose| prose.pages.clone())
                .unwrap_or_default();
            pages.resize_with(count, || Page { title: String::new(), blocks: Vec::new() });
            for page in &mut pages {
                drop_dead(&mut page.blocks, lesson);
            }
            (lang, pages)
        })
        .collect()
}

fn drop_dead(blocks: &mut Vec<Block>, lesson: &Lesson) {
    blocks.retain_mut(|block| match block {
        Block::Live(Live::Question(id)) => lesson.questions.iter().any(|q| q.id == *id),
        Block::Live(Live::Lab(id)) => lesson.labs.iter().any(|lab| lab.id == *id),
        Block::Live(Live::Scene(name, packets)) => match lesson.scenes.get(name) {
            Some(scene) => {
                packets.retain(|packet| scene.packet(packet).is_some());
                true
            }
            None => false,
        },
        Block::List(_, items) => {
            for item in items {
                drop_dead(item, lesson);
            }
            true
        }
        Block::Quote(blocks) | Block::Callout(_, blocks) => {
            drop_dead(blocks, lesson);
            true
        }
        _ => true,
    });
}
