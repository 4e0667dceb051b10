//! Everything that can be wrong with a pack: what its readers find, and what only shows when the
//! files are held against each other and against the simulator.

mod giveaway;
mod stale;
mod terms;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    course::{
        Allowed, Choice, Course, Fault, Faults, Kind, Lab, Lesson, LessonEntry, Live, Pack,
        document::Phrase,
        edit,
        fault::nearest,
        glossary::Glossary,
        lesson::{Whole, read_whole},
        lint,
        par::{Certificate, certify},
        prose::{CALLOUTS, Placed, Prose, Shape},
        reference,
        wording::Role,
    },
    i18n::{Lang, Words, fault},
    text::line::widest_word,
};

/// How many cells a lesson's text has in a terminal of 80 columns, the smallest that the course
/// promises to look right in.
pub const COLUMN: usize = 76;

/// How many networks the search for a cheaper solution looks at before it gives up.
pub const SEARCH: usize = 20_000;

/// Checks a pack. The faults of one file stand together, in the order of the file.
pub fn check(pack: &Pack) -> Vec<Fault> {
    let (course, mut found) = Course::open(pack.clone());
    let listed = found.is_empty();
    let (glossary, faults) = course.glossary();
    found.extend(faults);
    let lessons: Vec<(LessonEntry, Whole)> =
        course.lessons().map(|entry| (entry.clone(), read_whole(pack, entry))).collect();
    let known = Known {
        links: links(pack),
        glossary: &glossary,
        terms: glossary.terms.keys().map(|term| term.to_lowercase()).collect(),
        lessons: course
            .lessons()
            .flat_map(|entry| std::iter::once(&entry.id.0).chain(&entry.aliases))
            .cloned()
            .collect(),
    };
    found.extend(twice(&lessons));
    found.extend(balance(pack, &lessons));
    for (entry, whole) in &lessons {
        found.extend(whole.faults.iter().cloned());
        found.extend(Checker { pack, entry, whole, known: &known }.check());
    }
    // Only a list that could be read says what is not on it.
    if listed {
        found.extend(strays(pack, &course, &lessons));
    }
    tidy(found)
}

/// Faults that several readers found count once; a file's faults stand together; and what only
/// follows from a plainer fault is left out.
fn tidy(mut found: Vec<Fault>) -> Vec<Fault> {
    found.sort_by(|a, b| {
        (&a.file, a.span.start, a.span.end, a.rule).cmp(&(
            &b.file,
            b.span.start,
            b.span.end,
            b.rule,
        ))
    });
    found.dedup();
    let plain: BTreeSet<(String, usize)> = found
        .iter()
        .filter(|fault| !FOLLOWING.contains(&fault.rule))
        .map(|fault| (fault.file.to_string(), fault.span.start))
        .collect();
    found.retain(|fault| match fault.rule {
        "structure-differs" => !plain.contains(&(fault.file.to_string(), fault.span.start)),
        "references-differ" if fault.file.ends_with(".md") => {
            !plain.iter().any(|(file, _)| *file == *fault.file)
        }
        _ => true,
    });
    found
}

/// Rules that are often broken because another one is.
const FOLLOWING: [&str; 3] = ["structure-differs", "references-differ", "register"];

/// What links may lead to.
struct Known<'g> {
    glossary: &'g Glossary,
    /// How often each page of the web is named in the pack.
    links: BTreeMap<String, usize>,
    terms: BTreeSet<String>,
    lessons: BTreeSet<String>,
}

/// Every page of the web that the pack names, and how often.
fn links(pack: &Pack) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for text in pack.files.values() {
        let text: &str = text.as_ref();
        for (at, _) in text.match_indices("https://") {
            *counted.entry(link_at(text, at).to_owned()).or_default() += 1;
        }
    }
    counted
}

/// The link that begins here.
fn link_at(text: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "\"')>`".contains(c);
    let length = text[at..].find(ends).unwrap_or(text.len() - at);
    text[at..at + length].trim_end_matches(['.', ','])
}

/// Are two texts so near that one is a slip of the other: one letter more, less or other, or two
/// letters that changed places?
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    // Numbers at the end of a name are no slips.
    let digits = a.iter().chain(b).all(char::is_ascii_digit);
    !digits && matches!((a.len(), b.len()), (0, 1) | (1, 0 | 1))
        || matches!((a, b), ([a, b], [c, d]) if a == d && b == c)
}

/// Questions whose keys could be guessed from how the others came out.
fn balance(pack: &Pack, lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    // Of the whole pack its first line speaks.
    let head = 0..pack.text("pack.toml").and_then(|text| text.lines().next()).map_or(0, str::len);
    let questions = || {
        let lessons = lessons.iter().filter_map(|(_, whole)| whole.lesson.as_ref());
        lessons.flat_map(|lesson| &lesson.questions)
    };
    let mut faults = Faults::new("pack.toml");
    let singles: Vec<&Vec<Choice>> = questions()
        .filter_map(|question| match &question.kind {
            Kind::Single(choices) => Some(choices),
            _ => None,
        })
        .collect();
    let all = singles.len();
    if all >= 6 {
        for lang in Lang::ALL {
            let longest = singles.iter().filter(|it| giveaway::is_longest(it, lang)).count();
            if longest * 2 > all {
                faults.warning(head.clone(), fault::longest_is_right(longest, all, lang.code()));
            }
        }
        for place in 0..4 {
            let there = |it: &&&Vec<Choice>| it.get(place).is_some_and(|choice| choice.right);
            let count = singles.iter().filter(there).count();
            if count * 2 > all {
                faults.warning(head.clone(), fault::places_unbalanced(place + 1, count, all));
            }
        }
    }
    let keys: Vec<bool> = questions()
        .filter_map(|question| match question.kind {
            Kind::TrueFalse { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    let truths = keys.iter().filter(|key| **key).count();
    if keys.len() >= 6 && (truths * 4 > keys.len() * 3 || truths * 4 < keys.len()) {
        faults.warning(head.clone(), fault::truths_unbalanced(truths, keys.len()));
    }
    faults.into_list()
}

/// Ids that must be unique in the whole pack.
fn twice(lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    let mut found = Vec::new();
    let (mut names, mut labs) = (BTreeSet::new(), BTreeSet::new());
    for (entry, whole) in lessons {
        let mut faults = Faults::new(&format!("{}/lesson.toml", entry.folder));
        for text in whole.id.iter().chain(&whole.aliases) {
            if !names.insert(text.value.clone()) {
                faults.error(text.span.clone(), fault::duplicate_name(&text.value));
            }
        }
        for (lab, span) in &whole.labs {
            if !labs.insert(lab.clone()) {
                faults.error(span.clone(), fault::duplicate_name(lab));
            }
        }
        let lesson = whole.lesson.as_ref();
        for lab in lesson.into_iter().flat_map(|lesson| &lesson.labs) {
            for alias in &lab.aliases {
                if !labs.insert(alias.clone()) {
                    let span = whole.labs.get(&lab.id.0).cloned().unwrap_or_default();
                    faults.error(span, fault::duplicate_name(alias));
                }
            }
        }
        let mut questions: BTreeSet<String> = whole.questions.keys().cloned().collect();
        for question in lesson.into_iter().flat_map(|lesson| &lesson.questions) {
            for alias in &question.aliases {
                if !questions.insert(alias.clone()) {
                    let name = question.id.0.rsplit('/').next().unwrap_or_default();
                    let span = whole.questions.get(name).cloned().unwrap_or_default();
                    faults.error(span, fault::duplicate_name(alias));
                }
            }
        }
        found.extend(faults.into_list());
    }
    found
}

/// Files that nothing leads to, and scenes outside lessons.
fn strays(pack: &Pack, course: &Course, lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut stray = |path: &str| {
        let mut faults = Faults::new(path);
        faults.warning(0..0, fault::stray_file());
        found.extend(faults.into_list());
    };
    for path in pack.files.keys() {
        let parts: Vec<&str> = path.split('/').collect();
        let wanted = match parts.as_slice() {
            [file] => ["pack.toml", "glossary.toml", "README.md", "LICENSE.md"].contains(file),
            [module, file] => {
                course.modules.iter().any(|found| found.id == *module)
                    && (*file == "module.toml" || file.ends_with(".scene.toml"))
            }
            [.., file] => {
                let folder = &path[..path.len() - file.len() - 1];
                lessons.iter().any(|(entry, _)| entry.folder == folder)
                    && (["lesson.toml", "ko.md", "en.md"].contains(file)
                        || file.ends_with(".scene.toml"))
            }
            [] => true,
        };
        // Of a lesson that is not listed, its first file speaks for all.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let spoken_for = !path.ends_with("/lesson.toml")
            && pack.text(&format!("{folder}/lesson.toml")).is_some()
            && !lessons.iter().any(|(entry, _)| entry.folder == folder);
        if !wanted && !spoken_for {
            stray(path);
        }
    }
    found
}

/// Checks one lesson.
struct Checker<'c> {
    pack: &'c Pack,
    entry: &'c LessonEntry,
    whole: &'c Whole,
    known: &'c Known<'c>,
}

impl Checker<'_> {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::new(&format!("{}/lesson.toml", self.entry.folder));
        let mut found = Vec::new();
        if let Some(lesson) = &self.whole.lesson {
            self.contents(lesson, &mut faults);
            self.questions(lesson, &mut faults);
            for lab in &lesson.labs {
                self.lab(lab, &mut faults);
            }
            let facts = self.facts();
            self.words(&facts, &mut faults);
            self.links(&mut faults);
            for lang in Lang::ALL {
                if let Some(prose) = self.whole.prose.get(&lang) {
                    found.extend(self.prose(lesson, lang, prose, &facts));
                }
            }
            self.placed(lesson, &mut faults);
            found.extend(self.unused_scenes());
        }
        if let (Some(ko), Some(en)) =
            (self.whole.prose.get(&Lang::Ko), self.whole.prose.get(&Lang::En))
        {
            found.extend(self.structure(ko, en));
        }
        let mut all = faults.into_list();
        all.extend(found);
        all
    }

    fn file(&self, lang: Lang) -> String {
        format!("{}/{lang}.md", self.entry.folder)
    }

    fn contents(&self, lesson: &Lesson, faults: &mut Faults) {
        if lesson.objectives.is_empty() {
            faults.error(0..0, fault::missing_key("[[objective]]"));
        }
        if lesson.sources.is_empty() {
            faults.error(0..0, fault::missing_key("[[source]]"));
        }
        for objective in &lesson.objectives {
            let tested =
                |question: &crate::course::Question| question.objectives.contains(&objective.id);
            if !lesson.questions.iter().any(tested) {
                let span = self.whole.objectives.get(&objective.id).cloned().unwrap_or_default();
                faults.warning(span, fault::untested_objective(&objective.id));
            }
        }
    }

    fn questions(&self, lesson: &Lesson, faults: &mut Faults) {
        let known = || lesson.objectives.iter().map(|objective| objective.id.as_str());
        for question in &lesson.questions {
            let name = question.id.0.rsplit('/').next().unwrap_or_default();
            let span = self.whole.questions.get(name).cloned().unwrap_or_default();
            if question.objectives.is_empty() {
                faults.error(span.clone(), fault::no_objective());
            }
            for objective in &question.objectives {
                if !known().any(|id| id == objective) {
                    let said = fault::unknown_objective(objective);
                    faults.error(span.clone(), said.did_you_mean(nearest(objective, known())));
                }
            }
            if let Kind::Single(choices) | Kind::Multiple(choices) = &question.kind {
                self.giveaway(choices, faults);
            }
            if let Kind::Single(choices) | Kind::Multiple(choices) = &question.kind {
                for (at, choice) in choices.iter().enumerate() {
                    let same = |other: &Choice| {
                        other.text.ko == choice.text.ko || other.text.en == choice.text.en
                    };
                    if choices[..at].iter().any(same) {
                        faults.error(span.clone(), fault::same_option(&choice.id));
                    }
                }
            }
        }
    }

    /// What tells the right option from the others, to whoever knows nothing.
    fn giveaway(&self, choices: &[Choice], faults: &mut Faults) {
        for lang in Lang::ALL {
            let right = choices.iter().find(|choice| choice.right);
            let (Some(said), Some(right)) = (giveaway::of(choices, lang), right) else { continue };
            let spoken = self
                .whole
                .spoken
                .iter()
                .find(|spoken| spoken.role == Role::Option && spoken.words == right.text);
            let half = |phrase: &Phrase| lang.pick(&phrase.ko, &phrase.en).span.clone();
            let span = spoken.map(|spoken| half(&spoken.phrase)).unwrap_or_default();
            faults.warning(span, said);
        }
    }

    fn lab(&self, lab: &Lab, faults: &mut Faults) {
        let id = &lab.id.0;
        let span = self.whole.labs.get(id).cloned().unwrap_or_default();
        let start = &lab.scene.network;
        let sent = lab.packets_to_send();
        if self.whole.unsure.contains(id) {
            return;
        }
        if lab.goals.is_empty() {
            faults.error(span.clone(), fault::missing_key("[[goal]]"));
            return;
        }
        let spans = self.whole.goals.get(id).into_iter().flatten();
        let empty: Vec<_> =
            lab.goals.iter().zip(spans).filter(|(goal, _)| goal.checks.is_empty()).collect();
        for (_, span) in &empty {
            faults.error((*span).clone(), fault::empty_goal());
        }
        match lab.hints.len() {
            0 => faults.error(span.clone(), fault::missing_key("hints")),
            1 => faults.warning(span.clone(), fault::one_hint()),
            _ => {}
        }
        if !empty.is_empty() {
            return;
        }
        if lab.solved(start, &[]) {
            faults.error(span.clone(), fault::solved_at_start());
            return;
        }
        let spans = self.whole.goals.get(id).into_iter().flatten();
        for ((goal, span), at) in lab.goals.iter().zip(spans).zip(1..) {
            match (goal.keeps, goal.holds(start, &[])) {
                (false, true) => faults.error(span.clone(), fault::true_at_start(at)),
                (true, false) => faults.error(span.clone(), fault::not_kept(at)),
                _ => {}
            }
        }
        let solutions = self.whole.solutions.get(id).map_or(&[][..], Vec::as_slice);
        if lab.solved(start, &sent) {
            // A lab for looking: sending its packets is all there is to do.
            for solution in solutions.iter().filter(|solution| !solution.changes.is_empty()) {
                faults.error(solution.span.clone(), fault::needless_solution());
            }
            return;
        }
        if solutions.is_empty() {
            faults.error(span, fault::missing_key("solutions"));
            return;
        }
        if lab.allowed == Allowed::Nothing {
            faults.error(span, fault::nothing_allowed());
            return;
        }
        let mut good = true;
        for solution in solutions {
            for (change, span) in solution.changes.iter().zip(&solution.spans) {
                if !lab.allowed.allows(change) {
                    faults.error(span.clone(), fault::forbidden_change(edit::verb(change)));
                    good = false;
                }
            }
            for (goal, at) in lab.goals.iter().zip(1..) {
                if !goal.holds(&solution.end, &sent) {
                    let said = fault::unsolved(at, &goal.sentence);
                    faults.error(first_line(self.text("lesson.toml"), &solution.span), said);
                    good = false;
                }
            }
        }
        if !good {
            return;
        }
        match certify(lab, SEARCH) {
            Certificate::Certified { .. } => {}
            Certificate::Cheaper(ways) => {
                let mut network = start.clone();
                let mut lines = Vec::new();
                for change in ways.into_iter().next().unwrap_or_default() {
                    lines.push(format!("{:?}", edit::print(&network, &change)));
                    // It was applied by the search.
                    let _ = network.apply(change);
                }
                faults.error(span, fault::cheaper(lab.par, &format!("[{}]", lines.join(", "))));
            }
            Certificate::Unsure { cost, .. } => {
                faults.warning(span, fault::par_unsure(lab.par, cost));
            }
        }
    }

    fn text(&self, file: &str) -> &str {
        self.pack.text(&format!("{}/{file}", self.entry.folder)).unwrap_or_default()
    }

    /// What the sources of the lesson say they are about.
    fn about(&self, lang: Lang) -> Vec<&str> {
        let sources = self.whole.lesson.iter().flat_map(|lesson| &lesson.sources);
        sources.map(|source| source.about.get(lang)).collect()
    }

    /// What the scenes of the lesson know, and what stands in its files.
    fn facts(&self) -> stale::Facts {
        let scenes = self.whole.scenes.values().flatten();
        let names = self.whole.scenes.keys().map(|name| format!("{name}.scene.toml"));
        let names: Vec<String> = names.chain(["lesson.toml".into()]).collect();
        let files: Vec<&str> = names.iter().map(|name| self.text(name)).collect();
        stale::Facts::of(scenes, &files)
    }

    fn words(&self, facts: &stale::Facts, faults: &mut Faults) {
        let has_lab = self.whole.lesson.as_ref().is_some_and(|lesson| !lesson.labs.is_empty());
        for spoken in &self.whole.spoken {
            let (ko, en) = (&spoken.phrase.ko, &spoken.phrase.en);
            if spoken.role == Role::Unit || ko.value.is_empty() || en.value.is_empty() {
                continue;
            }
            if lint::is_untranslated(&ko.value) {
                let said =
                    if ko.value == en.value { fault::same_words() } else { fault::untranslated() };
                faults.error(ko.span.clone(), said);
            }
            if lint::has_korean(&en.value) {
                faults.error(en.span.clone(), fault::hangul_in_english());
            }
            for (at, said) in lint::korean(&ko.value) {
                faults.warning(ko.at(at), said);
            }
            if let Some(at) = lint::unfit_end(&ko.value) {
                let word = ko.value[at.clone()].to_owned();
                faults.warning(ko.at(at), fault::register(&word));
            }
            for text in [ko, en] {
                for at in lint::double_spaces(&text.value) {
                    faults.warning(text.at(at), fault::double_space());
                }
            }
            if !matches!(spoken.role, Role::Source | Role::Title) {
                for (lang, text) in [(Lang::Ko, ko), (Lang::En, en)] {
                    for (at, said) in facts.typed(&text.value, lang, has_lab) {
                        faults.warning(text.at(at), said);
                    }
                }
            }
            for (text, words) in [(ko, &spoken.words.ko), (en, &spoken.words.en)] {
                let widest = widest_word(words);
                if widest > COLUMN - 6 {
                    faults.error(text.span.clone(), fault::too_wide(widest, COLUMN - 6));
                }
            }
            let (in_ko, in_en) = (references(&ko.value), references(&en.value));
            if in_ko != in_en {
                faults.warning(spoken.phrase.span.clone(), fault::references_differ());
            }
        }
    }

    fn prose(
        &self,
        lesson: &Lesson,
        lang: Lang,
        prose: &Prose,
        facts: &stale::Facts,
    ) -> Vec<Fault> {
        let mut faults = Faults::new(&self.file(lang));
        if let Some((title, span)) = &prose.title
            && title != lesson.title.get(lang)
        {
            faults.warning(span.clone(), fault::title_differs(lesson.title.get(lang)));
        }
        for (link, span) in &prose.links {
            if let Some(term) = link.strip_prefix("term:") {
                if !self.known.terms.contains(&term.to_lowercase()) {
                    let near = nearest(term, self.known.terms.iter().map(String::as_str));
                    faults.error(span.clone(), fault::unknown_term(term).did_you_mean(near));
                }
            } else if let Some(id) = link.strip_prefix("lesson:")
                && !self.known.lessons.contains(id)
            {
                let near = nearest(id, self.known.lessons.iter().map(String::as_str));
                faults.error(span.clone(), fault::unknown_lesson(id).did_you_mean(near));
            }
        }
        let mut page: Option<&Placed> = None;
        let mut empty = true;
        for placed in &prose.outline {
            let room = COLUMN.saturating_sub(4 * placed.depth);
            let room = if placed.shape == Shape::Code { room - 2 } else { room };
            if placed.width > room {
                faults.error(placed.span.clone(), fault::too_wide(placed.width, room));
            }
            if placed.shape == Shape::Page {
                if let Some(page) = page.filter(|_| empty) {
                    faults.error(page.span.clone(), fault::empty_page());
                }
                (page, empty) = (Some(placed), true);
            } else {
                empty = false;
            }
            match lang {
                Lang::Ko if lint::is_untranslated(&placed.text) => {
                    faults.error(placed.span.clone(), fault::untranslated());
                }
                Lang::En if lint::has_korean(&placed.text) => {
                    faults.error(placed.span.clone(), fault::hangul_in_english());
                }
                _ => {}
            }
            if let Shape::Live(live) = &placed.shape {
                self.live(lesson, live, placed, &mut faults);
            }
        }
        if let Some(page) = page.filter(|_| empty) {
            faults.error(page.span.clone(), fault::empty_page());
        }
        let text = self.text(&format!("{lang}.md"));
        let coded = fences(text);
        let in_code = |at: &Range<usize>| coded.iter().any(|fence| fence.contains(&at.start));
        let spaces = lint::double_spaces(text).into_iter().filter(|at| !in_code(at));
        for at in spaces {
            faults.warning(at, fault::double_space());
        }
        let sourced = terms::unsourced(text, &self.about(lang));
        let typed = facts.typed(text, lang, !lesson.labs.is_empty());
        for (at, said) in sourced.into_iter().chain(typed) {
            faults.warning(at, said);
        }
        for (at, _) in text.match_indices("https://") {
            self.link(link_at(text, at), at, &mut faults);
        }
        if lang == Lang::Ko {
            let named = terms::unlisted(text, self.known.glossary);
            for (at, said) in named.into_iter().chain(terms::unlinked(text, self.known.glossary)) {
                faults.warning(at, said);
            }
            let fences = fences(text);
            for (at, said) in lint::korean(text) {
                if !fences.iter().any(|fence| fence.contains(&at.start)) {
                    faults.warning(at, said);
                }
            }
        }
        faults.into_list()
    }

    /// The links of `lesson.toml`.
    fn links(&self, faults: &mut Faults) {
        let text = self.text("lesson.toml");
        for (at, _) in text.match_indices("https://") {
            self.link(link_at(text, at), at, faults);
        }
    }

    /// A link that nothing else in the pack names, one letter off another that is named.
    fn link(&self, link: &str, at: usize, faults: &mut Faults) {
        if self.known.links.get(link).is_some_and(|times| *times > 1) {
            return;
        }
        let near = self.known.links.keys().find(|other| *other != link && is_slip(other, link));
        if let Some(near) = near {
            faults.error(at..at + link.len(), fault::near_link(link, near));
        }
    }

    fn live(&self, lesson: &Lesson, live: &Live, placed: &Placed, faults: &mut Faults) {
        let span = placed.span.clone();
        match live {
            Live::Scene(name, _) => match self.whole.scenes.get(name) {
                None => {
                    let known = self.whole.scenes.keys().map(String::as_str);
                    faults
                        .error(span, fault::unknown_scene(name).did_you_mean(nearest(name, known)));
                }
                // Its own file says what is wrong with it.
                Some(None) => {}
                Some(Some(scene)) => {
                    if scene.packets.is_empty() {
                        faults.error(span, fault::no_packets(name));
                    }
                    for (packet, at) in &placed.parts {
                        if scene.packet(packet).is_none() {
                            let known = scene.packets.iter().map(|packet| packet.name.as_str());
                            let said = fault::unknown_packet(packet);
                            faults.error(at.clone(), said.did_you_mean(nearest(packet, known)));
                        }
                    }
                }
            },
            Live::Question(id) => {
                let name = id.0.rsplit('/').next().unwrap_or_default();
                if !self.whole.questions.contains_key(name) {
                    let known = self.whole.questions.keys().map(String::as_str);
                    let said = fault::unknown_question(name);
                    faults.error(span, said.did_you_mean(nearest(name, known)));
                }
            }
            Live::Lab(id) => {
                if !self.whole.labs.contains_key(&id.0) {
                    let known = lesson.labs.iter().map(|lab| lab.id.0.as_str());
                    let said = fault::unknown_lab(&id.0);
                    faults.error(span, said.did_you_mean(nearest(&id.0, known)));
                }
            }
        }
    }

    /// Every question and lab stands in the prose, once.
    fn placed(&self, lesson: &Lesson, faults: &mut Faults) {
        for lang in Lang::ALL {
            let Some(prose) = self.whole.prose.get(&lang) else { continue };
            let count = |wanted: &Live| {
                let live = prose.outline.iter().filter_map(|placed| match &placed.shape {
                    Shape::Live(live) => Some(live),
                    _ => None,
                });
                live.filter(|live| *live == wanted).count()
            };
            let file = format!("{lang}.md");
            let mut say = |name: &str, span: Option<&Range<usize>>, count: usize| {
                let span = span.cloned().unwrap_or_default();
                match count {
                    0 => faults.error(span, fault::unplaced(name, &file)),
                    1 => {}
                    _ => faults.error(span, fault::placed_twice(name, &file)),
                }
            };
            for question in &lesson.questions {
                let name = question.id.0.rsplit('/').next().unwrap_or_default();
                let times = count(&Live::Question(question.id.clone()));
                say(name, self.whole.questions.get(name), times);
            }
            for lab in &lesson.labs {
                let times = count(&Live::Lab(lab.id.clone()));
                say(&lab.id.0, self.whole.labs.get(&lab.id.0), times);
            }
        }
    }

    fn unused_scenes(&self) -> Vec<Fault> {
        let mut used = self.whole.used_scenes.clone();
        for prose in self.whole.prose.values() {
            for placed in &prose.outline {
                if let Shape::Live(Live::Scene(name, _)) = &placed.shape {
                    used.insert(name.clone());
                }
            }
        }
        for file in ["lesson.toml", "ko.md", "en.md"] {
            for what in references(self.text(file)).into_keys() {
                used.extend(what.split_whitespace().nth(1).map(str::to_owned));
            }
        }
        let mut found = Vec::new();
        for name in self.whole.scenes.keys().filter(|name| !used.contains(*name)) {
            let mut faults = Faults::new(&format!("{}/{name}.scene.toml", self.entry.folder));
            faults.warning(0..0, fault::unused_scene());
            found.extend(faults.into_list());
        }
        found
    }

    /// Both languages have the same pages with the same blocks, links and references.
    fn structure(&self, ko: &Prose, en: &Prose) -> Vec<Fault> {
        let mut faults = Faults::new(&self.file(Lang::Ko));
        let (ko_pages, en_pages) = (by_page(ko), by_page(en));
        if ko_pages.len() != en_pages.len() {
            let said = fault::pages_differ(ko_pages.len(), en_pages.len());
            faults.error(0..0, said);
        }
        for (ko, en) in ko_pages.iter().zip(&en_pages) {
            let differs = ko
                .iter()
                .zip(en.iter())
                .find(|(ko, en)| (&ko.shape, ko.depth) != (&en.shape, en.depth));
            let line = |placed: &Placed| {
                crate::course::fault::place(self.text("en.md"), placed.span.start).0
            };
            match differs {
                Some((here, there)) => faults.error(
                    here.span.clone(),
                    fault::blocks_differ(
                        block_words(&here.shape, here.depth),
                        block_words(&there.shape, there.depth),
                        line(there),
                    ),
                ),
                None if ko.len() > en.len() => {
                    let here = ko[en.len()];
                    faults.error(here.span.clone(), fault::block_missing("en.md"));
                }
                None if en.len() > ko.len() => {
                    let there = en[ko.len()];
                    let mut faults_en = Faults::new(&self.file(Lang::En));
                    faults_en.error(there.span.clone(), fault::block_missing("ko.md"));
                    return [faults.into_list(), faults_en.into_list()].concat();
                }
                None => {}
            }
        }
        let (ko_text, en_text) = (self.text("ko.md"), self.text("en.md"));
        let links = |prose: &Prose| {
            let mut counted: BTreeMap<String, usize> = BTreeMap::new();
            for (link, _) in &prose.links {
                *counted.entry(link.to_lowercase()).or_default() += 1;
            }
            counted
        };
        for (name, ko, en) in [
            ("{{...}}", references(ko_text), references(en_text)),
            ("[...](...)", links(ko), links(en)),
        ] {
            let only = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| {
                let more = |(it, times): (&String, &usize)| {
                    (b.get(it).copied().unwrap_or(0) < *times).then(|| it.clone())
                };
                a.iter().filter_map(more).collect::<Vec<_>>()
            };
            let (only_ko, only_en) = (only(&ko, &en), only(&en, &ko));
            if !only_ko.is_empty() || !only_en.is_empty() {
                let said = fault::sets_differ(name, &only_ko.join(", "), &only_en.join(", "));
                // Where the first of them stands, else at the head of the file.
                let place = only_ko
                    .iter()
                    .find_map(|it| ko_text.find(it.as_str()).map(|at| at..at + it.len()));
                let head = 0..ko_text.lines().next().map_or(0, str::len);
                faults.warning(place.unwrap_or(head), said);
            }
        }
        faults.into_list()
    }
}

/// The blocks of each page, the page itself first.
fn by_page(prose: &Prose) -> Vec<Vec<&Placed>> {
    let mut pages: Vec<Vec<&Placed>> = Vec::new();
    for placed in &prose.outline {
        if placed.shape == Shape::Page || pages.is_empty() {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(placed);
        }
    }
    pages
}

/// What a text refers to, without particles, and how often.
fn references(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for reference in reference::find(text).0 {
        let inside = &text[reference.inside];
        let what = inside.split('|').next().unwrap_or_default();
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        *counted.entry(what).or_default() += 1;
    }
    counted
}

/// Where code stands in Markdown: from fence to fence.
fn fences(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            match open.take() {
                Some(start) => found.push(start..at + line.len()),
                None => open = Some(at),
            }
        }
        at += line.len();
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let part = text.get(span.clone()).unwrap_or_default();
    span.start..span.start + part.lines().next().unwrap_or_default().len()
}

fn block_words(shape: &Shape, depth: usize) -> Words {
    let (kind, detail) = match shape {
        Shape::Page => ("page", String::new()),
        Shape::Heading(level) => ("heading", level.to_string()),
        Shape::Paragraph => ("paragraph", String::new()),
        Shape::List { ordered: None, items } => ("list", items.to_string()),
        Shape::List { ordered: Some(start), items } if *start == 1 => {
            ("ordered", items.to_string())
        }
        Shape::List { ordered: Some(start), items } => ("ordered", format!("{items} ({start}.)")),
        Shape::Table { columns, rows } => ("table", format!("{columns}x{rows}")),
        Shape::Code => ("code", String::new()),
        Shape::Quote => ("quote", String::new()),
        Shape::Callout(callout) => {
            let name = CALLOUTS.iter().find(|(_, known)| known == callout).map(|(name, _)| *name);
            ("callout", format!("`{}`", name.unwrap_or_default()))
        }
        Shape::Rule => ("rule", String::new()),
        Shape::Live(Live::Scene(name, packets)) => {
            ("scene", format!("`{name}` ({})", packets.join(", ")))
        }
        Shape::Live(Live::Question(id)) => ("question", format!("`{}`", id.0)),
        Shape::Live(Live::Lab(id)) => ("lab", format!("`{}`", id.0)),
    };
    // The same block at another depth would read as no difference at all.
    let inside = if depth > 0 { ">".repeat(depth) } else { String::new() };
    let detail = [detail, inside].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    fault::block(kind, &detail.join(" "))
}
