//! Questions that are answered by arranging: steps put into order, things paired.

use std::ops::Range;

use super::{Answers, Kind, Matched, Partner, Step};
use crate::{
    cloud::{Direction, Leg, NetworkAcl, Place, RouteTable, Rules, Subnet, trace},
    course::{
        Scene,
        document::{NumberOrText, Phrase, Text},
        fault::nearest,
        grammar::{self, Line, Read, Slip},
        names,
        question::Claim,
        reference::moved,
        suspect,
        wording::Role,
    },
    i18n::{Lang, Words, fault},
    tell::{Teller, written},
};

/// How many things there must be to arrange: two are a coin's toss, and digits reach nine.
pub const ITEMS: std::ops::RangeInclusive<usize> = 3..=9;

/// One thing that the simulator puts into its order.
struct Ranked {
    /// Its stable name, where the author gives none.
    id: String,
    /// How it is written in `at`.
    at: String,
    text: Words,
}

/// An item as it is written.
struct Item {
    id: Option<Text>,
    at: Option<Text>,
    rank: Option<(NumberOrText, Range<usize>)>,
    text: Option<Phrase>,
    why: Option<Phrase>,
    span: Range<usize>,
}

fn same_in_both(text: String) -> Words {
    Words { ko: text.clone(), en: text }
}

impl Answers<'_, '_, '_> {
    /// Steps in their order: that of the file, of their ranks, or of what the simulator computes.
    pub(super) fn order(&mut self) -> Option<Kind> {
        let by = self.section.text("by", self.faults);
        let mut items = Vec::new();
        for mut item in self.section.items("item", self.faults) {
            let id = item.text("id", self.faults);
            let at = item.text("at", self.faults);
            let rank = item.number_or_text("rank", self.faults);
            let text = item.words("text", self.faults);
            let why = item.words("why", self.faults);
            let span = item.span.clone();
            if by.is_some() {
                if rank.is_some() {
                    let place = item.span_of("rank").unwrap_or_else(|| span.clone());
                    self.faults.error(place, fault::order_is_computed());
                }
                if at.is_none() {
                    item.missing("at", self.faults);
                }
            } else {
                for key in ["id", "text"] {
                    if item.span_of(key).is_none() {
                        item.missing(key, self.faults);
                    }
                }
                if item.span_of("why").is_none() {
                    self.faults.error(span.clone(), fault::missing_item_why());
                }
                if let Some(at) = &at {
                    self.faults.error(at.span.clone(), fault::at_without_by());
                }
            }
            item.close(self.faults);
            items.push(Item { id, at, rank, text, why, span });
        }
        let steps = match by {
            Some(by) => self.computed_order(&by, items)?,
            None => self.written_order(items)?,
        };
        self.count(steps.len());
        let mut seen: Vec<&Step> = Vec::new();
        for step in &steps {
            if seen.iter().any(|other| other.id == step.id) {
                self.faults.error(self.section.span.clone(), fault::duplicate_name(&step.id));
            } else if seen.iter().any(|it| it.text.ko == step.text.ko || it.text.en == step.text.en)
            {
                self.faults.error(self.section.span.clone(), fault::same_option(&step.id));
            }
            seen.push(step);
        }
        if steps.len() > 1 && steps.iter().all(|step| step.rank == steps[0].rank) {
            self.faults.error(self.section.span.clone(), fault::no_order());
        }
        (steps.len() > 1).then_some(Kind::Order(steps))
    }

    fn count(&mut self, count: usize) {
        if !ITEMS.contains(&count) {
            self.faults.error(self.section.span.clone(), fault::item_count(count));
        }
    }

    fn item_id(&mut self, id: Option<Text>) -> Option<String> {
        let id = id?;
        if !grammar::is_name(&id.value) {
            self.faults.error(id.span.clone(), fault::bad_name(&id.value));
        }
        Some(id.value)
    }

    /// The file's order, unless the items have ranks: then by these. Equal ranks may stand in
    /// either order.
    fn written_order(&mut self, items: Vec<Item>) -> Option<Vec<Step>> {
        let ranked = items.iter().any(|item| item.rank.is_some());
        let mut steps: Vec<(f64, Step)> = Vec::new();
        for (place, item) in (0_u32..).zip(items) {
            let rank = match (item.rank, ranked) {
                (Some((NumberOrText::Number(number), _)), _) => number,
                (Some((NumberOrText::Text(text), _)), _) => self.number_of(&text)?,
                (None, true) => {
                    self.faults.error(item.span.clone(), fault::missing_key("rank"));
                    return None;
                }
                (None, false) => place.into(),
            };
            let id = self.item_id(item.id)?;
            let text = item.text.map(|text| self.wording.say(&text, Role::Option, self.faults))?;
            let why = item.why.map(|why| self.wording.say(&why, Role::Why, self.faults));
            steps.push((rank, Step { id, text, why, rank: 0 }));
        }
        steps.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut last = None;
        let mut rank = 0;
        Some(
            steps
                .into_iter()
                .map(|(number, step)| {
                    rank += usize::from(last.is_some_and(|last: f64| last < number));
                    last = Some(number);
                    Step { rank, ..step }
                })
                .collect(),
        )
    }

    fn computed_order(&mut self, by: &Text, items: Vec<Item>) -> Option<Vec<Step>> {
        let ranked = match self.ranked(&by.value) {
            Ok(ranked) => ranked?,
            Err(slip) => {
                self.faults.error(by.at(slip.range), slip.said);
                return None;
            }
        };
        if items.is_empty() {
            return Some(
                (0..)
                    .zip(ranked)
                    .map(|(rank, it)| Step { id: it.id, text: it.text, why: None, rank })
                    .collect(),
            );
        }
        let mut steps = Vec::new();
        for item in items {
            let at = item.at?;
            let wanted = at.value.split_whitespace().collect::<Vec<_>>().join(" ");
            let place = ranked.iter().position(|it| it.at == wanted);
            let Some(rank) = place else {
                let known: Vec<&str> = ranked.iter().map(|it| it.at.as_str()).collect();
                let said = fault::not_in_order(&wanted, &crate::course::document::list(known));
                self.faults.error(at.span.clone(), said);
                return None;
            };
            let id = self.item_id(item.id).unwrap_or_else(|| ranked[rank].id.clone());
            let text = match item.text {
                Some(text) => self.wording.say(&text, Role::Option, self.faults),
                None => ranked[rank].text.clone(),
            };
            let why = item.why.map(|why| self.wording.say(&why, Role::Why, self.faults));
            steps.push(Step { id, text, why, rank });
        }
        steps.sort_by_key(|step| step.rank);
        Some(steps)
    }

    /// `hops SCENE PACKET`, `entries SCENE ACL in`, `routes SCENE TABLE ADDRESS`; `None` when the
    /// scene could not be read, which was said.
    fn ranked(&self, text: &str) -> Read<Option<Vec<Ranked>>> {
        let mut line = Line::new(text);
        let what = line.need("`hops`, `entries`, `routes`")?;
        if !["hops", "entries", "routes"].contains(&&*what.text) {
            let said = fault::one_of(&what.text, "`hops`, `entries`, `routes`");
            return Err(what.slip(said));
        }
        let name = line.need("`SCENE`")?;
        let Some(scene) = self.wording.facts.scene(&name)? else { return Ok(None) };
        let network = &scene.network;
        match &*what.text {
            "hops" => {
                let start = line.peek().map_or(text.trim_end().len(), |token| token.range.start);
                hops(scene, &text[start..]).map_err(|slip| moved(slip, start))
            }
            "entries" => {
                let acl = line.need("`ACL`")?;
                let way = if line.accept("in") {
                    Direction::Ingress
                } else if line.accept("out") {
                    Direction::Egress
                } else {
                    return Err(line.unexpected("`in`, `out`"));
                };
                line.end()?;
                let id = match names::only::<Subnet>(network, &acl.text) {
                    Some(subnet) if names::only::<NetworkAcl>(network, &acl.text).is_none() => {
                        network.network_acl_of(subnet)
                    }
                    _ => names::find::<NetworkAcl>(network, &acl)?,
                };
                let list = &network.network_acls()[id];
                let entries = match way {
                    Direction::Ingress => &list.ingress,
                    Direction::Egress => &list.egress,
                };
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|entry| entry.number);
                Ok(Some(
                    entries
                        .into_iter()
                        .map(|entry| Ranked {
                            id: entry.number.to_string(),
                            at: entry.number.to_string(),
                            text: same_in_both(format!("`{}`", written::acl_entry(entry, way))),
                        })
                        .collect(),
                ))
            }
            _ => {
                let table = names::find::<RouteTable>(network, &line.need("`TABLE`")?)?;
                let token = line.need("`ADDRESS`")?;
                let destination = grammar::address(&token)?;
                line.end()?;
                // The same rule that chooses, asked again without what it chose.
                let mut left = network.route_tables()[table].clone();
                let mut found = Vec::new();
                while let Some(place) = left.decide(destination, &Rules::AWS) {
                    let route = left.routes.remove(place);
                    let destination = route.destination.to_string();
                    found.push(Ranked {
                        id: destination.replace(['/', '.', ':'], "-"),
                        at: destination,
                        text: same_in_both(format!("`{}`", written::route(network, &route))),
                    });
                }
                Ok(Some(found))
            }
        }
    }

    /// Things on the left, each with its partner on the right: as the author says, or as what they
    /// refer to comes out.
    pub(super) fn pairs(&mut self) -> Option<Kind> {
        let mut partners: Vec<Partner> = Vec::new();
        for mut item in self.section.items("partner", self.faults) {
            let id = item.need_text("id", self.faults);
            let text = item.need_words("text", self.faults);
            let text = self.wording.say(&text, Role::Option, self.faults);
            item.close(self.faults);
            let span = id.as_ref().map(|id| id.span.clone());
            let Some(id) = self.item_id(id) else { continue };
            if partners.iter().any(|known| known.id == id) {
                self.faults.error(span.unwrap_or_default(), fault::duplicate_name(&id));
            } else if partners
                .iter()
                .any(|known| known.text.ko == text.ko || known.text.en == text.en)
            {
                self.faults.error(span.unwrap_or_default(), fault::same_option(&id));
            }
            partners.push(Partner { id, text });
        }
        let mut items: Vec<Matched> = Vec::new();
        for mut item in self.section.items("item", self.faults) {
            let id = item.need_text("id", self.faults);
            let phrase = item.need_words("text", self.faults);
            let text = self.wording.say(&phrase, Role::Option, self.faults);
            let with = item.text("with", self.faults);
            let gives = item.text("gives", self.faults);
            let why = item.words("why", self.faults);
            if why.is_none() && item.span_of("why").is_none() {
                self.faults.error(item.span.clone(), fault::missing_item_why());
            }
            let why = why.map(|why| self.wording.say(&why, Role::Why, self.faults));
            let span = item.span.clone();
            item.close(self.faults);
            let place = id.as_ref().map_or_else(|| span.clone(), |id| id.span.clone());
            let Some(id) = self.item_id(id) else { continue };
            if items.iter().any(|known| known.id == id) {
                self.faults.error(place, fault::duplicate_name(&id));
            } else if items.iter().any(|it| it.text.ko == text.ko || it.text.en == text.en) {
                self.faults.error(place, fault::same_option(&id));
            }
            let partner = match (with, gives) {
                (Some(with), None) => self.named_partner(&with, &partners),
                (None, Some(gives)) => self.computed_partner(&id, &gives, &mut partners),
                _ => {
                    self.faults.error(span, fault::with_or_gives());
                    None
                }
            };
            let Some(partner) = partner else { continue };
            items.push(Matched { id, text, partner, why });
        }
        self.count(items.len());
        let all = partners.len();
        if all < 2 || all > *ITEMS.end() {
            self.faults.error(self.section.span.clone(), fault::partner_count(all));
        }
        // Everything with the same partner asks nothing.
        if items.len() > 1 && items.iter().all(|item| item.partner == items[0].partner) {
            self.faults.error(self.section.span.clone(), fault::one_partner_for_all());
        }
        (items.len() > 1 && all > 1).then_some(Kind::Match { items, partners })
    }

    fn named_partner(&mut self, with: &Text, partners: &[Partner]) -> Option<usize> {
        let found = partners.iter().position(|partner| partner.id == with.value);
        if found.is_none() {
            let known = partners.iter().map(|partner| partner.id.as_str());
            let said = fault::unknown_partner(&with.value);
            self.faults.error(with.span.clone(), said.did_you_mean(nearest(&with.value, known)));
        }
        found
    }

    /// The partner that says what the references of `gives` come out as; a new one, called like the
    /// item, when there is none.
    fn computed_partner(
        &mut self,
        id: &str,
        gives: &Text,
        partners: &mut Vec<Partner>,
    ) -> Option<usize> {
        let mut slips = Vec::new();
        let (ko, whole) = self.wording.facts.fill_all(&gives.value, Lang::Ko, &mut slips);
        let whole = whole && crate::course::reference::find(&gives.value).0.len() == 1;
        if slips.is_empty() && !whole {
            self.faults.error(gives.span.clone(), fault::gives_nothing());
        }
        for slip in slips {
            self.faults.error(gives.at(slip.range), slip.said);
        }
        if !whole {
            return None;
        }
        let en = self.wording.facts.fill_all(&gives.value, Lang::En, &mut Vec::new()).0;
        let text = Words { ko, en };
        if let Some(known) = partners.iter().position(|partner| partner.text == text) {
            return Some(known);
        }
        partners.push(Partner { id: id.to_owned(), text });
        Some(partners.len() - 1)
    }
}

/// Every place that a packet and its answer come through, in their order, each once per leg.
fn hops(scene: &Scene, packet: &str) -> Read<Option<Vec<Ranked>>> {
    let network = &scene.network;
    let probe = scene.probe(packet)?;
    let trace = trace(network, probe, &Rules::AWS);
    let (ko, en) = (Teller::new(network, Lang::Ko), Teller::new(network, Lang::En));
    let mut found: Vec<(Leg, Place, Ranked)> = Vec::new();
    for hop in &trace.hops {
        if found.iter().any(|(leg, place, _)| (*leg, *place) == (hop.leg, hop.place)) {
            continue;
        }
        let at = suspect::words(network, Claim::Dropped(hop.leg, hop.place));
        let others =
            || trace.hops.iter().filter(|other| other.leg == hop.leg).map(|other| other.place);
        let text = Words {
            ko: ko.place_among(hop.place, others()),
            en: en.place_among(hop.place, others()),
        };
        // Two subnets behind one list come out alike: the second is told by its number.
        let twins = found.iter().filter(|(_, _, known)| known.at == at).count();
        let at = if twins == 0 { at } else { format!("{at} {}", twins + 1) };
        found.push((hop.leg, hop.place, Ranked { id: at.replace(' ', "-"), at, text }));
    }
    if found.is_empty() {
        let range = 0..packet.len();
        return Err(Slip { range, said: fault::no_order().into() });
    }
    Ok(Some(found.into_iter().map(|(_, _, ranked)| ranked).collect()))
}
