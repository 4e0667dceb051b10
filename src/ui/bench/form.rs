//! A form: its fields with the known values, what is wrong with what was typed, and its buttons.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{
        Area, Seen, Target,
        bench::{
            Bench,
            form::{Ask, Button, Form, Note, Problem, Purpose},
        },
    },
    cloud::Direction,
    net::CidrError,
    tell::Teller,
    text::{
        line::Run,
        width::{pad, width},
    },
    ui::{
        Skin, chrome,
        sheet::{Sheet, scrolled},
    },
};

/// How many known values are shown at once.
const SHOWN: usize = 6;

/// Draws a form: its fields, then its buttons in a row that never scrolls out of sight.
pub fn draw(
    bench: &Bench,
    form: &Form,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) -> Option<(u16, u16)> {
    let sheet = sheet(bench, form, skin, area.width);
    // With a gap above them where there is room for one.
    let gap = u16::from(sheet.height() + 2 <= area.height);
    let fields = sheet.height().min(area.height.saturating_sub(1 + gap));
    let fields = Rect { height: fields, ..area };
    let cursor = scrolled(&sheet, buffer, fields, skin, seen);
    let row = Rect { y: fields.bottom() + gap, height: 1, ..area };
    if row.y < area.bottom() {
        buttons(form, skin, buffer, row, seen);
    }
    cursor
}

/// The buttons side by side.
fn buttons(form: &Form, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let mut x = area.x;
    for (index, button) in form.buttons().into_iter().enumerate() {
        let at = form.fields.len() + index;
        let text = match (button, form.purpose) {
            (Button::Make, Purpose::Packet) => words.send,
            (Button::Make, Purpose::Edit(_)) => words.make,
            (Button::Remove(_), _) => words.remove_this,
            (Button::Cancel, _) => words.cancel,
        };
        let here = form.at == at;
        let pointer = if here { skin.glyph.pointer } else { " " };
        let text = format!("[ {text} ]");
        let cells = width(&text) as u16;
        let room = area.right().saturating_sub(x);
        chrome::put(buffer, x, area.y, room, pointer, theme.accent);
        let style = if here { theme.chosen } else { theme.text };
        chrome::put(buffer, x + 2, area.y, room.saturating_sub(2), &text, style);
        let shown = (cells + 2).min(room);
        if shown > 0 {
            let hit = Area { x, y: area.y, width: shown, height: 1 };
            seen.hits.push((hit, Target::Field(at)));
        }
        x += cells + 3;
    }
}

fn sheet(bench: &Bench, form: &Form, skin: &Skin, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells);
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let teller = Teller::new(bench.network(), skin.lang);
    let title = match form.purpose {
        Purpose::Edit(edit) => super::inspect::edit_words(bench.network(), edit, &teller, skin),
        Purpose::Packet => words.own_packet.to_owned(),
    };
    sheet.text(&title, theme.heading);
    if let Purpose::Edit(edit) = form.purpose
        && let Some(thing) = edit.about()
    {
        sheet.text(&teller.thing(thing), theme.dim);
    }
    sheet.gap();
    let labels: Vec<&str> = form.fields.iter().map(|field| ask_words(field.ask, skin)).collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    for (index, (field, label)) in form.fields.iter().zip(labels).enumerate() {
        let here = form.at == index;
        let idle = form.is_idle(index);
        let value = field.text.value();
        let label_style = if idle { theme.dim } else { theme.text };
        let value_style = if idle {
            theme.dim
        } else if here {
            theme.field.patch(theme.strong)
        } else {
            theme.code
        };
        let shown = if idle { "-".to_owned() } else { format!("{value} ") };
        let runs = [
            Run::new(format!("{}  ", pad(label, widest)), label_style),
            Run::new(shown, value_style),
        ];
        sheet.field(Target::Field(index), here, &runs, skin);
        if here && !field.strict {
            let before = 2 + widest + 2 + field.text.visual_cursor();
            sheet.cursor(u16::try_from(before).unwrap_or(u16::MAX));
        }
        let problem = form.problem(index, bench.network()).filter(|_| !idle);
        // An empty field is no mistake before one tries; a wrong value is said at once.
        if let Some(problem) = problem
            && (form.tried || (problem != Problem::Missing && !value.is_empty()))
        {
            let text = format!("{} {}", skin.glyph.warning, problem_words(problem, skin));
            sheet.runs(&[Run::new(text, theme.warn)], 4, 6);
        }
        if here {
            let top = sheet.height().saturating_sub(1);
            let offers = field.offers();
            let taken = offers.iter().position(|known| known.text == value.trim());
            let first = taken.unwrap_or(0).saturating_sub(SHOWN - 2);
            let first = first.min(offers.len().saturating_sub(SHOWN));
            if first > 0 {
                let row = sheet.height();
                sheet.text(&format!("      {} {first}", skin.glyph.up), theme.dim);
                sheet.hit_from(row, Target::Known(first - 1));
            }
            for (offer, known) in offers.iter().enumerate().skip(first).take(SHOWN) {
                let mut runs =
                    vec![Run::new("  ", theme.text), Run::new(known.text.clone(), theme.code)];
                let means = super::inspect::value_words(field.ask, &known.text, &skin.words.form);
                let note = match means {
                    Some(means) => means.to_owned(),
                    None => note_words(&known.note, &teller, skin),
                };
                if !note.is_empty() {
                    runs.push(Run::new(format!("  {note}"), theme.dim));
                }
                let chosen = taken == Some(offer);
                sheet.offer(Target::Known(offer), chosen, &runs, skin);
            }
            // A click on the count takes the next one that is not in sight.
            if offers.len() > first + SHOWN {
                let rest = offers.len() - first - SHOWN;
                let row = sheet.height();
                sheet.text(&format!("      {} {rest}", skin.glyph.down), theme.dim);
                sheet.hit_from(row, Target::Known(first + SHOWN));
            }
            sheet.look_at(top..sheet.height());
        }
    }
    sheet
}

fn ask_words(ask: Ask, skin: &Skin) -> &'static str {
    let (words, new, form) = (&skin.words.lab, &skin.words.bench, &skin.words.form);
    match ask {
        Ask::Subnet => form.ask_subnet,
        Ask::Attachment => form.ask_attachment,
        Ask::PrivateGateway => form.ask_private_gateway,
        Ask::TargetGroups => form.ask_target_groups,
        Ask::TargetPort => form.ask_target_port,
        Ask::Health => form.ask_health,
        Ask::Instance => form.ask_instance,
        Ask::Vpc => form.ask_vpc,
        Ask::ApiKind => form.ask_api_kind,
        Ask::Integration => form.ask_integration,
        Ask::CdnOrigin => form.ask_origin,
        Ask::ServiceKind => form.ask_service_kind,
        Ask::OtherTransit => form.ask_other_transit,
        Ask::Value(_) => form.ask_value,
        Ask::OtherVpc => new.ask_other_vpc,
        Ask::Blocks => new.ask_blocks,
        Ask::List => new.ask_list,
        Ask::Service => new.ask_service,
        Ask::Subnets => new.ask_subnets,
        Ask::PrivateDns => new.ask_private_dns,
        Ask::BalancerKind => new.ask_kind,
        Ask::Scheme => new.ask_scheme,
        Ask::Listener => new.ask_listener,
        Ask::TargetKind => new.ask_target_kind,
        Ask::TargetGroup => new.ask_target_group,
        Ask::TargetThing => new.ask_target,
        Ask::Balancer => new.ask_balancer,
        Ask::Acceptance => new.ask_acceptance,
        Ask::Public => new.ask_public,
        Ask::Launch => new.ask_launch,
        Ask::Association => new.ask_association,
        Ask::Propagation => new.ask_propagation,
        Ask::Transit => new.ask_transit,
        Ask::Site => new.ask_site,
        Ask::Customer => new.ask_customer,
        Ask::Side => new.ask_side,
        Ask::Routing => new.ask_routing,
        Ask::Address => new.ask_address,
        Ask::Name => words.ask_name,
        Ask::Block => words.ask_block,
        Ask::Zone => words.ask_zone,
        Ask::Destination => words.ask_destination,
        Ask::Target => words.ask_target,
        Ask::Table => words.table,
        Ask::Acl => words.acl,
        Ask::Protocol => words.ask_protocol,
        Ask::Ports => words.ask_ports,
        Ask::Peer(Direction::Ingress) | Ask::FarBlock(Direction::Ingress) => words.ask_source,
        Ask::Peer(Direction::Egress) | Ask::FarBlock(Direction::Egress) => words.ask_far,
        Ask::Number => words.ask_number,
        Ask::Action => words.ask_action,
        Ask::Connectivity => words.ask_connectivity,
        Ask::Group => words.ask_group,
        Ask::Listens => words.ask_listens,
        Ask::From => words.ask_from,
        Ask::To => words.ask_to,
        Ask::Port => words.ask_port,
    }
}

fn note_words(note: &Note, teller: &Teller<'_>, skin: &Skin) -> String {
    let words = &skin.words.lab;
    match note {
        Note::None => String::new(),
        Note::Of(thing) => teller.thing(*thing),
        Note::Everyone => words.note_everyone.to_owned(),
        Note::Internet => words.note_internet.to_owned(),
        Note::Service(name) => (*name).to_owned(),
        Note::Ephemeral => words.note_ephemeral.to_owned(),
        Note::Default => words.note_default.to_owned(),
        Note::Free => words.note_free.to_owned(),
        Note::Drops => skin.words.form.drops.to_owned(),
        Note::PublicSubnets => skin.words.bench.note_public_subnets.to_owned(),
        Note::PrivateSubnets => skin.words.bench.note_private_subnets.to_owned(),
    }
}

fn problem_words(problem: Problem, skin: &Skin) -> &'static str {
    let words = &skin.words.lab;
    match problem {
        Problem::Missing => words.bad_missing,
        Problem::Block(CidrError::NoLength) => words.bad_no_length,
        Problem::Block(CidrError::Address) => words.bad_address,
        Problem::Block(CidrError::Length) => words.bad_length,
        Problem::Ports => words.bad_ports,
        Problem::Port => words.bad_port,
        Problem::Protocol => words.bad_protocol,
        Problem::Number => words.bad_number,
        Problem::Name => words.bad_name,
        Problem::NameTaken => words.bad_name_taken,
        Problem::Unknown => words.bad_unknown,
        Problem::End => words.bad_end,
        Problem::Address => skin.words.bench.bad_ip,
    }
}
