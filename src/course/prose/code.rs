//! Fenced blocks: code, and the live pieces of a lesson (`scene NAME`, `question ID`, `lab ID`).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::{Reader, Shape, first_line, mask::filled_text};
use crate::{
    course::{Block, LabId, Live, QuestionId, fault::nearest},
    i18n::fault,
    text::width::width,
};

const LIVE: [&str; 3] = ["scene", "question", "lab"];

impl Reader<'_, '_> {
    pub(super) fn code(
        &mut self,
        kind: &CodeBlockKind,
        range: Range<usize>,
        depth: usize,
    ) -> Block {
        let mut code = String::new();
        let mut lines: Vec<(String, Range<usize>)> = Vec::new();
        for (event, range) in self.events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => {
                    let exact = self.masked.get(range.clone()) == Some(&*text);
                    let mut at = range.start;
                    for line in text.split_inclusive('\n') {
                        let name = line.trim();
                        let start = at + line.find(name).unwrap_or(0);
                        let span = if exact { start..start + name.len() } else { range.clone() };
                        if !name.is_empty() {
                            lines.push((name.to_owned(), span));
                        }
                        at += line.len();
                    }
                    code.push_str(&filled_text(
                        self.facts,
                        self.references,
                        self.text,
                        &text,
                        range,
                        self.faults,
                    ));
                }
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let mut words = info.split_whitespace();
        let (word, name, more) = (words.next().unwrap_or(""), words.next(), words.next());
        let head = first_line(self.text, range.clone());
        if !LIVE.contains(&word) {
            // `scnee NAME` was meant to live; `text`, `json`, `sh` were not.
            if name.is_some()
                && let Some(near) = nearest(word, LIVE)
            {
                self.faults.error(head, fault::unknown_live(word).did_you_mean(Some(near)));
            }
            let code = code.strip_suffix('\n').unwrap_or(&code).to_owned();
            let widest = code.lines().map(width).max().unwrap_or(0);
            self.place(Shape::Code, range, depth, widest);
            return Block::Code(code);
        }
        let (Some(name), None) = (name, more) else {
            self.faults.error(head, fault::live_without_name(word));
            return Block::Code(code);
        };
        if depth > 0 {
            self.faults.error(head, fault::nested_live());
        }
        let live = match word {
            "scene" => {
                let packets = lines.iter().map(|(name, _)| name.clone()).collect();
                Live::Scene(name.to_owned(), packets)
            }
            "question" => Live::Question(QuestionId(format!("{}/{name}", self.lesson))),
            _ => Live::Lab(LabId(name.to_owned())),
        };
        if word == "question"
            && let Some((_, span)) = lines.first()
        {
            self.faults.error(span.clone(), fault::live_takes_no_body());
        }
        let at = self.place(Shape::Live(live.clone()), range, depth, 0);
        self.prose.outline[at].parts = lines;
        Block::Live(live)
    }
}
