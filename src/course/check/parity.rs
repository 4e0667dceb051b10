//! Both languages of a lesson have the same pages with the same blocks, links and references.

use std::collections::BTreeMap;

use super::Checker;
use crate::{
    course::{
        Fault, Faults, Live,
        prose::{CALLOUTS, Placed, Prose, Shape},
        reference,
    },
    i18n::{Lang, Words, fault},
};

impl Checker<'_> {
    /// Both languages have the same pages with the same blocks, links and references.
    pub(super) fn structure(&self, ko: &Prose, en: &Prose) -> Vec<Fault> {
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
pub(super) fn references(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for reference in reference::find(text).0 {
        let inside = &text[reference.inside];
        let what = inside.split('|').next().unwrap_or_default();
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        *counted.entry(what).or_default() += 1;
    }
    counted
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
