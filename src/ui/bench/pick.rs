//! A list to choose from, and what is said while something is dragged.

use ratatui::style::Style;

use crate::{
    app::{
        Target,
        bench::{
            Bench, Drag,
            clip::{Bar, Holder},
            palette::Group,
            pick::{Chosen, Need, Pick, Picker, Trouble},
            wire::{End, Why, why_not, wirings},
        },
        canvas::{self, Canvas, Spot},
    },
    tell::Teller,
    text::line::Run,
    ui::{Skin, sheet::Sheet},
};

/// Draws a list.
pub fn sheet(bench: &Bench, picker: &Picker, skin: &Skin, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells);
    let (words, theme) = (&skin.words.bench, &skin.theme);
    let stock = bench.stock(skin.lang);
    let title = match picker.pick {
        Pick::Wire(from) => (words.wire_to)(&stock.end(from)),
        Pick::Meaning(from, to) => (words.what_means)(&stock.end(from), &stock.end(to)),
        Pick::New => words.make_what.to_owned(),
        Pick::Find => words.find_what.to_owned(),
    };
    sheet.text(&title, theme.heading);
    // Where one types: a list narrows down.
    let typed = picker.text.value();
    let hint = if typed.is_empty() { words.type_to_narrow } else { "" };
    let runs = [
        Run::new("/ ", theme.key),
        Run::new(format!("{typed} "), theme.field),
        Run::new(format!(" {hint}"), theme.dim),
    ];
    sheet.runs(&runs, 0, 2);
    let before = 2 + picker.text.visual_cursor();
    sheet.cursor(u16::try_from(before).unwrap_or(u16::MAX));
    let choices = stock.choices(picker);
    let last = choices.len().saturating_sub(1);
    if choices.is_empty() {
        sheet.text(words.none_left, theme.dim);
    }
    let teller = Teller::new(bench.network(), skin.lang);
    let numbered = typed.is_empty() && picker.pick != Pick::Find;
    let mut group = None;
    for (index, choice) in choices.iter().enumerate() {
        if choice.group != group {
            group = choice.group;
            if let Some(group) = group {
                sheet.text(group_words(group, skin), theme.strong);
            }
        }
        let number = if numbered && index < 9 { (index + 1).to_string() } else { " ".to_owned() };
        let style = if choice.trouble.is_some() { theme.dim } else { theme.text };
        let mut runs = vec![Run::new(choice.name.clone(), style)];
        if !choice.does.is_empty() {
            runs.push(Run::new(format!("  {}", choice.does), theme.dim));
        }
        if let Some(trouble) = &choice.trouble {
            let text = trouble_words(trouble, &teller, skin);
            let text = format!("  {} {text}", skin.glyph.warning);
            runs.push(Run::new(text, theme.warn));
        }
        let chosen = index == picker.at.min(last);
        sheet.choice(Some(Target::Choice(index)), chosen, &number, &runs, skin);
    }
    sheet
}

fn group_words(group: Group, skin: &Skin) -> &'static str {
    let words = &skin.words.form;
    match group {
        Group::Basics => words.group_basics,
        Group::Workloads => words.group_workloads,
        Group::Between => words.group_between,
        Group::Services => words.group_services,
        Group::Premises => words.group_premises,
        Group::Copies => words.group_copies,
    }
}

fn trouble_words(trouble: &Trouble, teller: &Teller<'_>, skin: &Skin) -> String {
    match trouble {
        Trouble::Refused(refusal) => {
            format!("{}: {}", skin.words.lab.refused, teller.refusal(refusal))
        }
        Trouble::NotAllowed => skin.words.lab.not_allowed.to_owned(),
        Trouble::Needs(it) => need(*it, skin).to_owned(),
    }
}

/// What something new stands on, and is not there.
pub fn need(need: Need, skin: &Skin) -> &'static str {
    let words = &skin.words.bench;
    match need {
        Need::Vpc => words.needs_vpc,
        Need::OtherVpc => words.needs_other_vpc,
        Need::Subnet => words.needs_subnet,
        Need::InnerBalancer => words.needs_inner_balancer,
        Need::OtherTransitGateway => words.needs_other_transit,
        Need::DistributionOrigin => words.needs_origin,
        Need::PrefixList => words.needs_prefix_list,
        Need::Service => words.needs_service,
        Need::Balancer => words.needs_balancer,
        Need::BalancerAndGroup => words.needs_balancer_and_group,
        Need::TargetGroup => words.needs_target_group,
        Need::TransitGateway => words.needs_transit_gateway,
        Need::OnPremises => words.needs_on_premises,
        Need::CustomerGateway => words.needs_customer_gateway,
    }
}

/// Why something cannot be copied, or not pasted here.
pub fn bar(bar: Bar, teller: &Teller<'_>, skin: &Skin) -> String {
    let (words, say) = (&skin.words.bench, &skin.words.tell);
    let into = |kind: &str| (words.goes_into)(kind);
    match bar {
        Bar::OfAws => words.of_aws.to_owned(),
        Bar::Joins => words.joins_two.to_owned(),
        Bar::PartOf(thing) => (words.part_of)(&teller.thing(thing)),
        Bar::NeedsVpc => words.needs_vpc.to_owned(),
        Bar::NeedsSubnet => words.needs_seat.to_owned(),
        Bar::NoRoom => words.no_room.to_owned(),
        Bar::Gone => words.stood_on_gone.to_owned(),
        Bar::NoSuchList => words.no_such_list.to_owned(),
        Bar::Into(Holder::SecurityGroup) => into(say.security_group),
        Bar::Into(Holder::RouteTable) => into(say.route_table),
        Bar::Into(Holder::NetworkAcl) => into(say.network_acl),
        Bar::Into(Holder::NatGateway) => into(say.nat_gateway),
        Bar::Into(Holder::LoadBalancer) => into(skin.words.service.load_balancer),
        Bar::Into(Holder::TargetGroup) => into(skin.words.service.target_group),
        Bar::Into(Holder::TransitTable) => into(skin.words.transit.transit_table),
    }
}

/// Why two things cannot be wired.
pub fn why(why: Why, skin: &Skin) -> &'static str {
    let words = &skin.words.bench;
    match why {
        Why::GroupOnSubnet => words.group_on_subnet,
        Why::AclOnInterface => words.acl_on_interface,
        Why::TableOnInstance => words.table_on_instance,
        Why::OtherVpc => words.other_vpc,
        Why::Settled => words.settled,
        Why::Already => words.already,
        Why::Nothing => words.no_wire,
    }
}

/// What is said while something is dragged: what letting go would do.
pub fn dragged(bench: &Bench, drag: Drag, skin: &Skin) -> (String, Style) {
    let (words, theme, glyph) = (&skin.words.bench, &skin.theme, &skin.glyph);
    let stock = bench.stock(skin.lang);
    let from = stock.end(drag.from);
    let Some(over) = drag.over else {
        return (format!("{} {}", glyph.pointer, (words.drag)(&from)), theme.text);
    };
    let to = stock.end(over);
    let found = wirings(bench.network(), drag.from, over);
    let (sign, text, style) = match found.as_slice() {
        [] => {
            let because = why(why_not(bench.network(), drag.from, over), skin);
            (glyph.dot, (words.drop_here)(&from, &to, because), theme.warn)
        }
        [wiring] => match stock.foretell_wiring(wiring) {
            (does, None) => (glyph.arrow, (words.drop_here)(&from, &to, &does), theme.good),
            (does, Some(trouble)) => {
                let teller = Teller::new(bench.network(), skin.lang);
                let trouble = trouble_words(&trouble, &teller, skin);
                let text = (words.drop_here)(&from, &to, &format!("{does} ({trouble})"));
                (glyph.warning, text, theme.warn)
            }
        },
        several => (glyph.arrow, (words.drop_asks)(&from, &to, several.len()), theme.good),
    };
    (format!("{sign} {text}"), style)
}

/// The place on the map that something would be wired to.
pub fn marked(bench: &Bench, skin: &Skin) -> Option<Spot> {
    let end = match (bench.drag(), bench.picker()) {
        (Some(drag), _) => {
            let over = drag.over?;
            (!wirings(bench.network(), drag.from, over).is_empty()).then_some(over)?
        }
        (None, Some(picker)) => {
            let choices = bench.stock(skin.lang).choices(picker);
            let at = picker.at.min(choices.len().checked_sub(1)?);
            match &choices.get(at)?.what {
                Chosen::Wire(to, _) => *to,
                Chosen::Show(thing) => thing.map_or(End::Elsewhere, End::Thing),
                _ => return None,
            }
        }
        (None, None) => return None,
    };
    spot(bench, end)
}

/// Where an end of a wire is on the map.
pub fn spot(bench: &Bench, end: End) -> Option<Spot> {
    match end {
        End::Elsewhere => Some(Spot::Elsewhere),
        End::Thing(thing) => canvas::spot_of_thing(bench.network(), thing),
    }
}

/// Every place of the map on which what is dragged could be dropped.
pub fn possible(bench: &Bench, drag: Drag, drawn: &Canvas) -> Vec<Spot> {
    let takes = |spot: &Spot| {
        let end = match spot {
            Spot::Elsewhere => Some(End::Elsewhere),
            spot => spot.thing(bench.network()).map(End::Thing),
        };
        end.is_some_and(|end| !wirings(bench.network(), drag.from, end).is_empty())
    };
    drawn.ring().iter().copied().filter(takes).collect()
}
