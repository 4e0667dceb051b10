//! A lesson on screen: its pages, where one reads, the live pieces in them.
//!
//! Where one reads is kept as a block and a line in it, not as a line of the page: so it stays when
//! the width or the language changes. How tall things are is known from the last frame only.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use crate::{
    app::{
        Action, Around, Effect, Go, Input, Mouse, MouseKind, Scope, Seen, Target,
        flight::{self, Flight, Said},
        home,
    },
    course::{self, Block, Inline, LessonId, Live, Page, QuestionId},
    i18n::Lang,
    journal::{Event, Progress},
};

/// A lesson on screen.
#[derive(Debug)]
pub struct Lesson {
    /// The lesson.
    pub lesson: Arc<course::Lesson>,
    /// The page one is on.
    pub page: usize,
    /// Where the visible part of the page begins.
    pub top: Place,
    /// The live piece that was chosen, if one was.
    chosen: Option<usize>,
    /// Do the keys go to the chosen scene?
    inside: bool,
    /// Does the page scroll by itself to what happens on the chosen scene?
    follows: bool,
    /// The scenes on which something happened, by page and piece.
    flights: BTreeMap<(usize, usize), Flight>,
    /// The packets that the learner sent, at some time: the scene, and the packet as written.
    sent: BTreeSet<(String, String)>,
    /// The pages on which the learner went on without sending anything.
    passed: BTreeSet<usize>,
    /// Was the lesson finished since it was opened?
    finished: bool,
}

/// A place in the text of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The block.
    pub block: usize,
    /// The line within it.
    pub line: u16,
}

/// Something on a page that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What the page says.
    Live(Live),
    /// The end of the lesson, after the last page.
    End,
}

/// What became of a question so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not answered.
    Open,
    /// Right at the first go.
    Right,
    /// Wrong at first, right later.
    RightLater,
    /// Wrong so far.
    Wrong,
}

impl Standing {
    /// How a question stands.
    pub fn of(question: &QuestionId, progress: &Progress) -> Self {
        let history = progress.question(&question.0).map_or(&[][..], |past| past.history());
        match (history.first(), history.iter().any(|answer| answer.right)) {
            (None, _) => Self::Open,
            (Some(first), _) if first.right => Self::Right,
            (Some(_), true) => Self::RightLater,
            (Some(_), false) => Self::Wrong,
        }
    }
}

impl Lesson {
    /// Opens a lesson at a page.
    pub fn open(
        lesson: Arc<course::Lesson>,
        page: usize,
        progress: &Progress,
        effects: &mut Vec<Effect>,
    ) -> Self {
        let pages = lesson.pages.values().map(Vec::len).min().unwrap_or(0);
        let prefix = scene_id(&lesson.id, "");
        let sent = progress
            .predictions()
            .iter()
            .filter_map(|prediction| {
                let scene = prediction.scene.strip_prefix(&prefix)?;
                Some((scene.to_owned(), prediction.packet.clone()))
            })
            .collect();
        let mut opened = Self {
            lesson,
            page: 0,
            top: Place::default(),
            chosen: None,
            inside: false,
            follows: false,
            flights: BTreeMap::new(),
            sent,
            passed: BTreeSet::new(),
            finished: false,
        };
        opened.turn(page.min(pages.saturating_sub(1)), effects);
        opened
    }

    /// The pages in a language.
    pub fn pages(&self, lang: Lang) -> &[Page] {
        self.lesson.pages.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// The page one is on.
    pub fn current(&self, lang: Lang) -> Option<&Page> {
        self.pages(lang).get(self.page)
    }

    /// How many of the packets that a page offers of a scene were sent, and how many it offers.
    pub fn sent(&self, scene: &str, packets: &[String]) -> (usize, usize) {
        let Some(offered) = self.lesson.scenes.get(scene).map(|one| offered(one, packets)) else {
            return (0, 0);
        };
        let sent = offered.iter().filter(|packet| self.is_packet_sent(scene, packet)).count();
        (sent, offered.len())
    }

    fn is_packet_sent(&self, scene: &str, packet: &course::NamedPacket) -> bool {
        self.sent.contains(&(scene.to_owned(), packet.written.clone()))
    }

    fn is_sent(&self, scene: &str, packets: &[String]) -> bool {
        let (sent, all) = self.sent(scene, packets);
        sent == all
    }

    /// The blocks of the page that are shown: those behind a scene wait until its packets were
    /// sent, or until the learner goes on without.
    pub fn blocks(&self, lang: Lang) -> &[Block] {
        let Some(page) = self.current(lang) else { return &[] };
        let closed = page.blocks.iter().position(|block| match block {
            Block::Live(Live::Scene(name, packets)) => !self.is_sent(name, packets),
            _ => false,
        });
        match closed {
            Some(at) if !self.passed.contains(&self.page) => &page.blocks[..=at],
            _ => &page.blocks,
        }
    }

    /// What the page links to, in order: each text with where it leads.
    pub fn links(&self, lang: Lang) -> Vec<(&str, &str)> {
        let mut links = Vec::new();
        for block in self.blocks(lang) {
            find_links(block, &mut links);
        }
        links
    }

    /// The terms that the page explains, in order, by the names that the glossary has them under.
    pub fn terms(&self, lang: Lang) -> Vec<&str> {
        distinct(self.links(lang).into_iter().filter_map(|(_, to)| to.strip_prefix("term:")))
    }

    /// The lessons that the page refers to, in order.
    pub fn lessons(&self, lang: Lang) -> Vec<&str> {
        distinct(self.links(lang).into_iter().filter_map(|(_, to)| to.strip_prefix("lesson:")))
    }

    /// Does the page go on behind a scene?
    pub fn is_held_back(&self, lang: Lang) -> bool {
        self.current(lang).is_some_and(|page| self.blocks(lang).len() < page.blocks.len())
    }

    /// Is this the last page?
    pub fn is_last(&self, lang: Lang) -> bool {
        self.page + 1 >= self.pages(lang).len()
    }

    /// The live pieces that are shown on the page, in order.
    pub fn pieces(&self, lang: Lang) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self
            .blocks(lang)
            .iter()
            .filter_map(|block| match block {
                Block::Live(live) => Some(Piece::Live(live.clone())),
                _ => None,
            })
            .collect();
        if self.is_last(lang) && !self.is_held_back(lang) {
            pieces.push(Piece::End);
        }
        pieces
    }

    /// The questions that still wait for an answer, in the order of the lesson.
    pub fn open_questions(&self, progress: &Progress) -> Vec<&QuestionId> {
        self.lesson
            .questions
            .iter()
            .map(|question| &question.id)
            .filter(|id| Standing::of(id, progress) == Standing::Open)
            .collect()
    }

    /// The lesson that comes after this one.
    pub fn next(&self, around: &Around<'_>) -> Option<LessonId> {
        home::lessons(around.course)
            .skip_while(|entry| entry.id != self.lesson.id)
            .nth(1)
            .map(|entry| entry.id.clone())
    }

    /// Is there nothing left to do about a piece?
    fn is_done(&self, piece: &Piece, progress: &Progress) -> bool {
        match piece {
            Piece::Live(Live::Question(id)) => Standing::of(id, progress) != Standing::Open,
            Piece::Live(Live::Lab(id)) => {
                progress.lab(&id.0).is_some_and(|lab| !lab.solved().is_empty())
            }
            Piece::Live(Live::Scene(name, packets)) => self.is_sent(name, packets),
            Piece::End => false,
        }
    }

    /// The piece that Enter opens: the chosen one, else the first on screen that has something
    /// left to do.
    pub fn focus(&self, lang: Lang, progress: &Progress, seen: &Seen) -> Option<usize> {
        let pieces = self.pieces(lang);
        let shows = |at: usize| {
            let (first, height) = *seen.pieces.get(at)?;
            let bottom = seen.top + seen.viewport;
            // Enough of it to tell what it is.
            Some(first + height.min(3) <= bottom && first + height > seen.top)
        };
        if let Some(at) = self.chosen.filter(|at| *at < pieces.len())
            && (self.inside || shows(at).unwrap_or(true))
        {
            return Some(at);
        }
        (0..pieces.len())
            .find(|at| shows(*at) == Some(true) && !self.is_done(&pieces[*at], progress))
    }

    /// The scene whose keys are in use, as an index into the pieces.
    pub fn inside(&self) -> Option<usize> {
        self.chosen.filter(|_| self.inside)
    }

    /// The scene to whose happenings the page scrolls by itself.
    pub fn follows(&self) -> Option<usize> {
        self.inside().filter(|_| self.follows)
    }

    /// What happened on a scene of this page.
    pub fn flight(&self, piece: usize) -> Option<&Flight> {
        self.flights.get(&(self.page, piece))
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, now: Duration) -> Option<Duration> {
        self.flights
            .iter()
            .filter(|((page, _), _)| *page == self.page)
            .filter_map(|(_, flight)| flight.wakes_in(now))
            .min()
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.inside { vec![Scope::Flight, Scope::Lesson] } else { vec![Scope::Lesson] }
    }

    /// Would this key do anything now? See [`Flight::offers`].
    pub fn offers(&self, action: Action, lang: Lang, seen: &Seen) -> bool {
        if let Some(flight) = self.inside().and_then(|piece| self.flight(piece)) {
            return match action {
                // What the flight has no use for turns the page.
                Action::Left | Action::Right if flight.travel().is_none() => {
                    self.pages(lang).len() > 1
                }
                _ => flight.offers(action),
            };
        }
        match action {
            Action::Up | Action::Down => seen.content > seen.viewport,
            Action::Left | Action::Right => self.pages(lang).len() > 1,
            Action::Next | Action::Previous => !self.pieces(lang).is_empty(),
            _ => true,
        }
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        false
    }

    /// One comes back from a question or lab.
    pub fn returned(&mut self) {
        self.chosen = None;
    }

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match *input {
            Input::Act(action) => return self.act(action, &around, effects),
            Input::Mouse(mouse, target) => return self.mouse(mouse, target, &around, effects),
            Input::Tick => self.tick(&around, effects),
            Input::Seen => {
                for flight in self.flights.values_mut() {
                    flight.keep_on_page(around.seen.page);
                }
                self.finish(&around, effects);
            }
            Input::Type(_) | Input::Paste(_) => {}
        }
        None
    }

    fn act(
        &mut self,
        action: Action,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        if let Some(piece) = self.inside() {
            self.follows = true;
            if self.is_over(piece) && action == Action::Confirm {
                self.after(piece, around.lang, around.seen);
                return None;
            }
            if self.fly(piece, action, around, effects) {
                return None;
            }
            // What the flight has no use for is for the page, from where it stands.
            self.follows = false;
            self.stay(around.seen);
            if action == Action::Back {
                self.leave();
                return None;
            }
        }
        let seen = around.seen;
        let half = (seen.viewport / 2).max(1);
        match action {
            Action::Up => self.scroll_to(seen.top.saturating_sub(1), seen),
            Action::Down => self.scroll_to(seen.top + 1, seen),
            Action::PageUp => self.scroll_to(seen.top.saturating_sub(half), seen),
            Action::PageDown if at_end(seen) => self.go_on(around, effects),
            Action::PageDown => self.scroll_to(seen.top + half, seen),
            Action::First => self.scroll_to(0, seen),
            Action::Last => self.scroll_to(u16::MAX, seen),
            Action::Left => self.turn_by(-1, around, effects),
            Action::Right => self.turn_by(1, around, effects),
            Action::Option(n) => {
                let page = usize::from(n) - 1;
                if page < self.pages(around.lang).len() {
                    self.turn(page, effects);
                }
            }
            Action::Next => self.choose_beside(1, around),
            Action::Previous => self.choose_beside(-1, around),
            Action::Confirm => {
                if let Some(piece) = self.focus(around.lang, around.progress, seen) {
                    return self.enter(piece, around, effects);
                }
                self.read_on(around, effects);
            }
            Action::Back => return Some(Go::Back),
            _ => {}
        }
        None
    }

    fn mouse(
        &mut self,
        mouse: Mouse,
        target: Option<Target>,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let seen = around.seen;
        match (mouse.kind, target) {
            (MouseKind::WheelUp, _) => {
                self.follows = false;
                self.scroll_to(seen.top.saturating_sub(3), seen);
            }
            (MouseKind::WheelDown, _) => {
                self.follows = false;
                self.scroll_to(seen.top + 3, seen);
            }
            (MouseKind::Down, Some(Target::Page(page))) if page < self.pages(around.lang).len() => {
                self.turn(page, effects);
            }
            (MouseKind::Down, Some(Target::Link(at))) => {
                let to = self.lessons(around.lang).get(at).copied().map(str::to_owned)?;
                return Some(Go::Lesson(LessonId(to.as_str().into())));
            }
            (MouseKind::Down, Some(target)) => {
                let under = seen.hits.iter().find_map(|(area, target)| match target {
                    Target::Piece(piece) if area.contains(mouse.x, mouse.y) => Some(*piece),
                    _ => None,
                });
                let piece = under?;
                let go = self.enter(piece, around, effects);
                if go.is_none() {
                    self.touch(piece, target, around, effects);
                }
                return go;
            }
            (MouseKind::Down, None) => {
                self.stay(seen);
                self.leave();
            }
            _ => {}
        }
        None
    }

    /// A click on something within a scene.
    fn touch(
        &mut self,
        piece: usize,
        target: Target,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let pieces = self.pieces(around.lang);
        let Some(Piece::Live(Live::Scene(name, _))) = pieces.get(piece) else { return };
        let Some(scene) = self.lesson.scenes.get(name) else { return };
        let Some(flight) = self.flights.get_mut(&(self.page, piece)) else { return };
        let (now, motion) = (around.now, around.look.motion);
        let said = match target {
            Target::Item(at) => flight.pick(at, &scene.network, now, motion),
            Target::Hop(hop) => flight.show(hop),
            _ => return,
        };
        self.hear(piece, said, around.lang, effects);
    }

    fn tick(&mut self, around: &Around<'_>, effects: &mut Vec<Effect>) {
        let mut heard = Vec::new();
        for ((page, piece), flight) in &mut self.flights {
            if *page == self.page {
                heard.push((*piece, flight.tick(around.now, around.look.motion)));
            }
        }
        for (piece, said) in heard {
            self.hear(piece, said, around.lang, effects);
        }
    }

    /// Remembers what a flight says; was the key of use to it?
    fn hear(
        &mut self,
        piece: usize,
        said: Vec<Said>,
        lang: Lang,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let mut used = true;
        for said in said {
            match said {
                Said::Left(event) => effects.extend(event.map(Effect::Record)),
                Said::Landed(probe) => {
                    let packet = self.flight(piece).and_then(|flight| {
                        flight.packets().iter().find(|packet| packet.probe == probe)
                    });
                    if let Some(Piece::Live(Live::Scene(name, _))) = self.pieces(lang).get(piece)
                        && let Some(packet) = packet
                    {
                        self.sent.insert((name.clone(), packet.written.clone()));
                    }
                }
                Said::Unused => used = false,
            }
        }
        used
    }

    /// Hands a key to a scene; was it of use there?
    fn fly(
        &mut self,
        piece: usize,
        action: Action,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let pieces = self.pieces(around.lang);
        let Some(Piece::Live(Live::Scene(name, _))) = pieces.get(piece) else { return false };
        let Some(scene) = self.lesson.scenes.get(name) else { return false };
        let Some(flight) = self.flights.get_mut(&(self.page, piece)) else { return false };
        let said = flight.act(action, &scene.network, around.now, around.look.motion);
        self.hear(piece, said, around.lang, effects)
    }

    /// Is the packet that was sent at its end, and in sight?
    fn is_over(&self, piece: usize) -> bool {
        self.flight(piece).and_then(Flight::travel).is_some_and(flight::Travel::at_end)
    }

    /// Goes on after a packet has come to its end: to the next one that was not sent, else back
    /// to the page.
    fn after(&mut self, piece: usize, lang: Lang, seen: &Seen) {
        let pieces = self.pieces(lang);
        let Some(Piece::Live(Live::Scene(name, _))) = pieces.get(piece) else { return };
        let open = self.flight(piece).and_then(|flight| {
            let count = flight.packets().len();
            let after = (1..=count).map(|step| (flight.cursor() + step) % count);
            after.into_iter().find(|at| !self.is_packet_sent(name, &flight.packets()[*at]))
        });
        if let (Some(next), Some(flight)) = (open, self.flights.get_mut(&(self.page, piece))) {
            flight.close();
            flight.point(next);
        } else {
            // What happened stays in sight while one reads on.
            self.stay(seen);
            self.leave();
        }
    }

    /// Opens a piece.
    fn enter(
        &mut self,
        piece: usize,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let id = self.lesson.id.clone();
        match self.pieces(around.lang).into_iter().nth(piece)? {
            Piece::Live(Live::Question(question)) => {
                self.leave();
                Some(Go::Question(id, question))
            }
            Piece::Live(Live::Lab(lab)) => {
                self.leave();
                Some(Go::Lab(id, lab))
            }
            Piece::Live(Live::Scene(name, packets)) => {
                let scene = self.lesson.scenes.get(&name)?;
                let offered = offered(scene, &packets);
                let only = offered.len() == 1;
                let network = scene.network.clone();
                let key = (self.page, piece);
                let flight = self
                    .flights
                    .entry(key)
                    .or_insert_with(|| Flight::new(scene_id(&id, &name), offered, true));
                let said = if only && flight.is_idle() {
                    flight.choose(0, &network, around.now, around.look.motion)
                } else {
                    Vec::new()
                };
                self.hear(piece, said, around.lang, effects);
                self.chosen = Some(piece);
                self.inside = true;
                self.follows = true;
                self.show(piece, around.seen);
                None
            }
            Piece::End => {
                if let Some(question) = self.open_questions(around.progress).first() {
                    let question = (*question).clone();
                    self.turn_to(&question, around.lang, effects);
                    return Some(Go::Question(id, question));
                }
                Some(self.next(around).map_or(Go::Home, Go::Lesson))
            }
        }
    }

    /// Turns to the page that asks a question.
    fn turn_to(&mut self, question: &QuestionId, lang: Lang, effects: &mut Vec<Effect>) {
        let asks = |page: &Page| {
            page.blocks
                .iter()
                .any(|block| matches!(block, Block::Live(Live::Question(id)) if id == question))
        };
        if let Some(page) = self.pages(lang).iter().position(asks) {
            self.turn(page, effects);
        }
    }

    /// Keeps what is on screen where it is.
    fn stay(&mut self, seen: &Seen) {
        if seen.blocks.is_empty() {
            return;
        }
        self.top = place(&seen.blocks, seen.top);
    }

    /// The keys belong to the page again.
    fn leave(&mut self) {
        self.inside = false;
        self.chosen = None;
    }

    /// The lesson counts as finished when its end is on screen and every question was answered.
    fn finish(&mut self, around: &Around<'_>, effects: &mut Vec<Effect>) {
        let at_end =
            self.is_last(around.lang) && !self.is_held_back(around.lang) && at_end(around.seen);
        if at_end && !self.finished && self.open_questions(around.progress).is_empty() {
            self.finished = true;
            let lesson = self.lesson.id.0.clone();
            effects.push(Effect::Record(Event::LessonFinished { lesson }));
        }
    }

    /// A screenful on, or to the next page.
    fn read_on(&mut self, around: &Around<'_>, effects: &mut Vec<Effect>) {
        let seen = around.seen;
        if at_end(seen) {
            self.go_on(around, effects);
        } else {
            self.scroll_to(seen.top + seen.viewport.saturating_sub(2).max(1), seen);
        }
    }

    /// Behind the end of what is shown: what a scene held back, or the next page.
    fn go_on(&mut self, around: &Around<'_>, effects: &mut Vec<Effect>) {
        if self.is_held_back(around.lang) {
            self.passed.insert(self.page);
            self.stay(around.seen);
        } else {
            self.turn_by(1, around, effects);
        }
    }

    fn turn_by(&mut self, pages: isize, around: &Around<'_>, effects: &mut Vec<Effect>) {
        if let Some(page) = self.page.checked_add_signed(pages)
            && page < self.pages(around.lang).len()
        {
            self.turn(page, effects);
        }
    }

    /// Opens a page at its top.
    fn turn(&mut self, page: usize, effects: &mut Vec<Effect>) {
        self.page = page;
        self.top = Place::default();
        self.leave();
        let lesson = self.lesson.id.0.clone();
        effects.push(Effect::Record(Event::PageReached { lesson, page: page as u32 }));
    }

    fn scroll_to(&mut self, line: u16, seen: &Seen) {
        if seen.blocks.is_empty() {
            // Nothing of this page was on screen yet.
            return;
        }
        let last = seen.content.saturating_sub(seen.viewport);
        self.top = place(&seen.blocks, line.min(last));
    }

    /// Chooses the piece before or after the focus, and brings it on screen.
    fn choose_beside(&mut self, by: isize, around: &Around<'_>) {
        let count = self.pieces(around.lang).len();
        if count == 0 {
            return;
        }
        self.inside = false;
        let from = self.chosen.or_else(|| self.focus(around.lang, around.progress, around.seen));
        let at = match from {
            Some(at) => at.checked_add_signed(by).map_or(count - 1, |at| at % count),
            None if by > 0 => 0,
            None => count - 1,
        };
        self.chosen = Some(at);
        self.show(at, around.seen);
    }

    /// Scrolls as little as needed to have a piece on screen, its beginning above all.
    fn show(&mut self, piece: usize, seen: &Seen) {
        let Some(&(first, height)) = seen.pieces.get(piece) else { return };
        let last_top = (first + height).saturating_sub(seen.viewport);
        let top = seen.top.max(last_top).min(first);
        self.scroll_to(top, seen);
    }
}

/// Each once, where it comes first.
fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// Adds the links of a block.
fn find_links<'a>(block: &'a Block, links: &mut Vec<(&'a str, &'a str)>) {
    let mut look = |inlines: &'a [Inline]| {
        let linked = inlines.iter().filter_map(|it| Some((it.text.as_str(), it.link.as_deref()?)));
        links.extend(linked);
    };
    match block {
        Block::Heading(_, inlines) | Block::Paragraph(inlines) => look(inlines),
        Block::Table(head, rows) => {
            for cell in head.iter().chain(rows.iter().flatten()) {
                look(cell);
            }
        }
        Block::List(_, items) => {
            for block in items.iter().flatten() {
                find_links(block, links);
            }
        }
        Block::Quote(blocks) | Block::Callout(_, blocks) => {
            for block in blocks {
                find_links(block, links);
            }
        }
        Block::Code(_) | Block::Rule | Block::Live(_) => {}
    }
}

/// Is the end of the scrolled part on screen?
fn at_end(seen: &Seen) -> bool {
    seen.content > 0 && seen.top + seen.viewport >= seen.content
}

/// The block and the line in it that stand at a line of the page.
fn place(heights: &[u16], line: u16) -> Place {
    let mut left = line;
    for (block, height) in heights.iter().enumerate() {
        if left < *height {
            return Place { block, line: left };
        }
        left -= height;
    }
    Place { block: heights.len(), line: left }
}

/// What the journal calls a scene of a lesson.
pub fn scene_id(lesson: &LessonId, scene: &str) -> String {
    format!("{}/{scene}", lesson.0)
}

/// The packets that a page offers of a scene: those it names, in its order, or all.
pub fn offered(scene: &course::Scene, names: &[String]) -> Vec<course::NamedPacket> {
    if names.is_empty() {
        return scene.packets.clone();
    }
    names
        .iter()
        .filter_map(|name| scene.packets.iter().find(|packet| *packet.name == **name))
        .cloned()
        .collect()
}
