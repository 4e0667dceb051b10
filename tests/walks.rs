//! Two zones with public and private subnets, a NAT gateway and a load balancer, built in an empty
//! sandbox: with the keyboard alone, and with the mouse alone, in both languages and two sizes.
//! Whoever builds here sees what the screen shows and knows what it means, and nothing else.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use hanulgil::{
    app::{
        Action, Look, MouseKind, Screen, Target,
        bench::{
            Bench, Pane,
            form::{Ask, Form},
        },
    },
    cloud::{Direction, Verdict},
    course::Pack,
    i18n::{Lang, Strings},
};
use learner::Learner;

/// What a step begins with.
enum From {
    /// Something new, of the palette.
    New(&'static str),
    /// A row of what is looked at.
    Row(&'static str),
}

/// What is done, and what is put into which fields.
type Step = (From, Vec<(Ask, &'static str)>);

fn steps(words: &'static Strings) -> Vec<Step> {
    use From::{New, Row};
    let (lab, new) = (&words.lab, &words.bench);
    let inbound = Ask::Peer(Direction::Ingress);
    let mut steps = vec![(New(lab.create_vpc), vec![])];
    for name in ["public-a", "public-b", "private-a", "private-b"] {
        steps.push((New(lab.create_subnet), vec![(Ask::Name, name)]));
    }
    steps.push((New(lab.create_gateway), vec![]));
    steps.push((New(lab.create_table), vec![(Ask::Name, "public")]));
    steps.push((Row(lab.add_route), vec![(Ask::Target, "igw")]));
    steps.push((Row(lab.use_table), vec![(Ask::Subnets, "public-a")]));
    steps.push((Row(lab.use_table), vec![(Ask::Subnets, "public-b")]));
    steps.push((New(lab.create_nat), vec![(Ask::Subnets, "public-a")]));
    steps.push((New(lab.create_table), vec![(Ask::Name, "private")]));
    steps.push((Row(lab.add_route), vec![(Ask::Target, "nat")]));
    steps.push((Row(lab.use_table), vec![(Ask::Subnets, "private-a")]));
    steps.push((Row(lab.use_table), vec![(Ask::Subnets, "private-b")]));
    steps.push((New(lab.create_group), vec![(Ask::Name, "alb-sg")]));
    steps.push((Row(lab.add_inbound), vec![(Ask::Ports, "80")]));
    steps.push((New(lab.create_group), vec![(Ask::Name, "app-sg")]));
    steps.push((Row(lab.add_inbound), vec![(Ask::Ports, "80"), (inbound, "group alb-sg")]));
    for (name, subnet) in [("web", "private-a"), ("web-2", "private-b")] {
        let group = (Ask::Group, "app-sg");
        let fields = vec![(Ask::Name, name), (Ask::Subnets, subnet), group, (Ask::Listens, "80")];
        steps.push((New(lab.launch), fields));
    }
    steps.push((New(new.target_group), vec![]));
    steps.push((New(new.target), vec![(Ask::TargetThing, "web")]));
    steps.push((New(new.target), vec![(Ask::TargetThing, "web-2")]));
    steps.push((New(new.load_balancer), vec![(Ask::Group, "alb-sg")]));
    steps.push((New(new.listener), vec![]));
    steps
}

fn bench(learner: &Learner) -> &Bench {
    match &learner.model.screen {
        Screen::Sandbox(sandbox) => sandbox.bench(),
        _ => panic!("this is no sandbox:\n{}", learner.screen()),
    }
}

fn form(learner: &Learner) -> &Form {
    let form = bench(learner).form();
    form.unwrap_or_else(|| panic!("there is no form:\n{}", learner.screen()))
}

/// The value of the field that has the keyboard.
fn value(learner: &Learner) -> String {
    let form = form(learner);
    form.fields[form.at].text.value().to_owned()
}

/// Everything a person needs to know is on the screen: a button, or a key in the footer.
fn offered(learner: &Learner, action: Action) -> bool {
    learner.model.seen.hits.iter().any(|(_, target)| *target == Target::Action(action))
}

fn type_text(learner: Learner, text: &str) -> Learner {
    learner.press(&format!("text:{}", text.replace(' ', "_")))
}

// ---------------------------------------------------------------- the keyboard

fn fill_by_keys(mut learner: Learner, fields: &[(Ask, &str)]) -> Learner {
    while let Some(form) = bench(&learner).form() {
        let Some(field) = form.fields.get(form.at) else {
            panic!("the form is not sent off:\n{}", learner.screen());
        };
        let wanted = fields.iter().find(|(ask, _)| *ask == field.ask);
        let (at, offers) = (form.at, field.known.len());
        if let Some((_, wanted)) = wanted {
            for _ in 0..offers {
                if value(&learner) == *wanted {
                    break;
                }
                learner = learner.press("Down");
            }
            assert_eq!(value(&learner), *wanted, "is not on offer:\n{}", learner.screen());
        }
        learner = learner.press("Enter");
        if let Some(form) = bench(&learner).form() {
            assert_ne!(form.at, at, "Enter does nothing:\n{}", learner.screen());
        }
    }
    learner
}

/// Goes down to a row of the inspector.
fn row_by_keys(mut learner: Learner, row: &str) -> Learner {
    let row = format!("▸ + {row}");
    for _ in 0..40 {
        if learner.sees(&row) {
            return learner.press("Enter");
        }
        learner = learner.press("Down");
    }
    panic!("`{row}` cannot be reached:\n{}", learner.screen());
}

fn packet_by_keys(mut learner: Learner, from: &str, to: &str) -> Learner {
    if bench(&learner).focus() != Pane::Flight {
        assert!(offered(&learner, Action::Send), "{}", learner.screen());
        learner = learner.press("Space");
    }
    // Back from what was sent before.
    if !bench(&learner).flight().is_idle() {
        learner = learner.press("Esc");
    }
    learner = if bench(&learner).flight().packets().is_empty() {
        learner.press("Enter")
    } else {
        assert!(offered(&learner, Action::Add), "{}", learner.screen());
        learner.press("a")
    };
    fill_by_keys(learner, &[(Ask::From, from), (Ask::To, to)]).press("Enter").rested()
}

fn by_keys(mut learner: Learner) -> Learner {
    for (from, fields) in steps(learner.model.lang.strings()) {
        learner = match from {
            From::New(what) => {
                assert!(offered(&learner, Action::New), "{}", learner.screen());
                type_text(learner.press("n"), what).press("Enter")
            }
            From::Row(row) => row_by_keys(learner, row),
        };
        learner = fill_by_keys(learner, &fields);
    }
    learner
}

// ---------------------------------------------------------------- the mouse

/// A cell where this text stands on something that a click of this kind goes to.
fn spot(learner: &Learner, text: &str, goes: impl Fn(Target) -> bool) -> Option<(u16, u16)> {
    let area = learner.buffer().area;
    for y in 0..area.height {
        let line = learner.line(y);
        for (at, _) in line.match_indices(text) {
            let x = hanulgil::text::width::width(&line[..at]) as u16;
            if learner.model.seen.hit(x, y).is_some_and(&goes) {
                return Some((x, y));
            }
        }
    }
    None
}

fn click_on(mut learner: Learner, text: &str, goes: impl Fn(Target) -> bool) -> Learner {
    // What is further down is wheeled to.
    for _ in 0..40 {
        if let Some((x, y)) = spot(&learner, text, &goes) {
            return learner.click_at(x, y);
        }
        let hits = &learner.model.seen.hits;
        let list = hits.iter().find(|(_, target)| {
            matches!(target, Target::Choice(_) | Target::Known(_) | Target::Row(Pane::Inspect, _))
        });
        let Some((area, _)) = list else { break };
        let at = (area.x, area.y);
        learner.mouse(MouseKind::WheelDown, at);
    }
    panic!("`{text}` cannot be clicked:\n{}", learner.screen());
}

fn click_button(learner: Learner, action: Action) -> Learner {
    let hits = &learner.model.seen.hits;
    let hit = hits.iter().find(|(_, target)| *target == Target::Action(action));
    let Some((area, _)) = hit else { panic!("no button for {action:?}:\n{}", learner.screen()) };
    let (x, y) = (area.x, area.y);
    learner.click_at(x, y)
}

fn fill_by_mouse(mut learner: Learner, fields: &[(Ask, &str)]) -> Learner {
    for (ask, wanted) in fields {
        let index = form(&learner).fields.iter().position(|field| field.ask == *ask);
        let index = index.unwrap_or_else(|| panic!("no {ask:?}:\n{}", learner.screen()));
        if form(&learner).at != index {
            learner = click_on(learner, "", |target| target == Target::Field(index));
        }
        if value(&learner) != *wanted {
            learner = click_on(learner, &format!(")  {wanted}"), |target| {
                matches!(target, Target::Known(_))
            });
        }
        assert_eq!(value(&learner), *wanted, "\n{}", learner.screen());
    }
    let send = form(&learner).fields.len();
    learner = click_on(learner, "[", |target| target == Target::Field(send));
    assert!(bench(&learner).form().is_none(), "the form stays:\n{}", learner.screen());
    learner
}

fn packet_by_mouse(mut learner: Learner, from: &str, to: &str) -> Learner {
    if bench(&learner).focus() != Pane::Flight {
        let tab = learner.model.lang.strings().lab.packet.to_owned();
        learner = click_on(learner, &tab, |target| target == Target::Pane(Pane::Flight));
    }
    if !bench(&learner).flight().is_idle() {
        learner = click_button(learner, Action::Back);
    }
    let own = learner.model.lang.strings().lab.own_packet;
    learner = click_on(learner, own, |target| matches!(target, Target::Item(_)));
    learner = fill_by_mouse(learner, &[(Ask::From, from), (Ask::To, to)]);
    // That it arrives.
    click_on(learner, "1 ", |target| target == Target::Item(0)).rested()
}

fn by_mouse(mut learner: Learner) -> Learner {
    for (from, fields) in steps(learner.model.lang.strings()) {
        learner = match from {
            From::New(what) => {
                let learner = click_button(learner, Action::New);
                click_on(learner, what, |target| matches!(target, Target::Choice(_)))
            }
            From::Row(row) => click_on(learner, &format!("+ {row}"), |target| {
                matches!(target, Target::Row(Pane::Inspect, _))
            }),
        };
        learner = fill_by_mouse(learner, &fields);
    }
    learner
}

// ---------------------------------------------------------------- both

fn arrives(learner: &Learner) {
    let travel = bench(learner).flight().travel();
    let travel = travel.unwrap_or_else(|| panic!("nothing travels:\n{}", learner.screen()));
    assert_eq!(travel.trace.verdict, Verdict::Delivered, "{}", learner.screen());
    assert!(travel.at_end(), "{}", learner.screen());
}

fn empty(lang: Lang, (width, height): (u16, u16)) -> Learner {
    Learner::with(Pack::builtin(), lang, Look::default(), width, height)
}

fn sends_by_keys(lang: Lang, size: (u16, u16)) {
    let learner = by_keys(empty(lang, size).press("End Enter Enter"));
    let learner = packet_by_keys(learner, "internet", "alb");
    arrives(&learner);
    arrives(&packet_by_keys(learner, "web-2", "internet"));
}

fn sends_by_mouse(lang: Lang, size: (u16, u16)) {
    let words = lang.strings();
    let mut learner = empty(lang, size);
    while spot(&learner, words.workshop.title, |_| true).is_none() {
        learner = learner.wheel(MouseKind::WheelDown);
    }
    let learner = click_on(learner, words.workshop.title, |_| true);
    let learner =
        click_on(learner, words.workshop.empty, |target| matches!(target, Target::Item(_)));
    let learner = packet_by_mouse(by_mouse(learner), "internet", "alb");
    arrives(&learner);
    arrives(&packet_by_mouse(learner, "web-2", "internet"));
}

#[test]
fn a_whole_design_is_built_by_the_keyboard_alone_in_a_small_window() {
    sends_by_keys(Lang::Ko, (80, 24));
}

#[test]
fn a_whole_design_is_built_by_the_keyboard_alone_in_a_wide_window() {
    sends_by_keys(Lang::En, (120, 36));
}

#[test]
fn a_whole_design_is_built_by_the_mouse_alone_in_a_small_window() {
    sends_by_mouse(Lang::En, (80, 24));
}

#[test]
fn a_whole_design_is_built_by_the_mouse_alone_in_a_wide_window() {
    sends_by_mouse(Lang::Ko, (120, 36));
}
