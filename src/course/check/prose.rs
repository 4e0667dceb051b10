//! The prose of a lesson: its pages, its width, its live pieces, its language.

use std::ops::Range;

use super::{COLUMN, Checker, link::link_at, parity::references, stale, terms};
use crate::{
    course::{
        Fault, Faults, Lesson, Live,
        fault::nearest,
        lint,
        prose::{Placed, Prose, Shape},
    },
    i18n::{Lang, fault},
};

impl Checker<'_> {
    pub(super) fn prose(
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
    pub(super) fn placed(&self, lesson: &Lesson, faults: &mut Faults) {
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

    pub(super) fn unused_scenes(&self) -> Vec<Fault> {
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
}

/// Where code stands in Markdown: from fence to fence.
pub(super) fn fences(text: &str) -> Vec<Range<usize>> {
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
