//! `hanulgil fix`: the smallest changes that let wanted packets pass.

use std::io;

use serde_json::{Value, json};

use super::{
    FINE, NOT, arguments, colour, print, print_error, printable, reach, refuse,
    source::Source,
    trace::{self, Paint, blocker_object},
};
use crate::{
    aws::{
        commands::{Call, commands},
        home::{Home, Homes},
    },
    cloud::{
        Change, Network, Probe, Rules, blockers,
        fix::{Fix, Fixes, Limits, NoFix, Opening, fix as search},
        trace as follow,
    },
    course::{Allowed, edit},
    i18n::Lang,
    tell::{Teller, written},
    text::line::break_text,
};

/// So many ways are written out for a person, and so many lines of what one opens.
const MOST_WAYS: usize = 5;
const MOST_LINES: usize = 8;

/// Finds the smallest fix, and answers with the exit status.
pub fn fix(request: &arguments::Fix, lang: Lang) -> u8 {
    let mut source = match Source::open(&request.scene, request.pack.as_deref(), lang, request.json)
    {
        Ok(source) => source,
        Err(status) => return status,
    };
    source.asked(request.want.iter().chain(&request.forbid).map(String::as_str));
    let read = |lines: &[String]| lines.iter().map(|line| packet(&source, line, lang)).collect();
    let (want, forbid): (Vec<Probe>, Vec<Probe>) =
        match (read(&request.want), read(&request.forbid)) {
            (Ok(want), Ok(forbid)) => (want, forbid),
            (Err(why), _) | (_, Err(why)) => return refuse(lang, request.json, &why),
        };
    if let Some(unknown) = request.allow.iter().find(|it| !edit::VERBS.contains(&it.as_str())) {
        let why = (lang.strings().cli.no_operation)(&printable(unknown));
        return refuse(lang, request.json, &why);
    }
    let allowed = match &request.allow[..] {
        [] => Allowed::Everything,
        verbs => Allowed::Only(verbs.to_vec()),
    };
    let limits = Limits::default();
    let limits = Limits { cost: request.most.unwrap_or(limits.cost), ..limits };
    let network = source.network();
    let homes = source.homes();
    let may = |change: &Change| allowed.allows(change) && homes.can_be(network, change);
    let found = search(network, &want, &forbid, may, limits);
    let teller = Teller::new(network, lang);
    let names = Names { id_of: &|name: &str| source.id_of(name), homes };
    if request.json {
        let mut object = object(&teller, &want, &forbid, &found, &names);
        source.finish(&mut object, false, lang);
        print(&format!("{object}\n"));
    } else {
        let names = request.as_aws.then_some(&names);
        print(&person(&teller, &want, &forbid, &found, names));
    }
    print_error(&source.unread(false, lang));
    if found.is_ok() { FINE } else { NOT }
}

/// What AWS knows things by, and where they are.
struct Names<'s> {
    id_of: &'s dyn Fn(&str) -> String,
    homes: &'s Homes,
}

impl Names<'_> {
    fn calls(&self, network: &Network, fix: &Fix) -> Vec<Vec<Call>> {
        commands(network, &fix.changes, self.id_of, self.homes)
    }
}

/// A packet as it was typed.
fn packet(source: &Source, line: &str, lang: Lang) -> Result<Probe, String> {
    source.probe(line, lang).map_err(|why| format!("`{}`: {why}", printable(line)))
}

fn passes(network: &Network, probe: Probe) -> bool {
    follow(network, probe, &Rules::AWS).is_delivered()
}

/// Each change as its command and as a sentence: names stand for what was there before it.
fn told(teller: &Teller<'_>, changes: &[Change]) -> Vec<(String, String, u32)> {
    teller.one_by_one(changes, |teller, change| {
        (edit::print(teller.network(), change), teller.change(change), change.cost())
    })
}

/// The answer as one JSON object. Everything but `says` and `place` is the same in every language.
fn object(
    teller: &Teller<'_>,
    want: &[Probe],
    forbid: &[Probe],
    found: &Result<Fixes, NoFix>,
    names: &Names,
) -> Value {
    let network = teller.network();
    let asked = |probes: &[Probe]| -> Vec<Value> {
        let one = |probe: &Probe| {
            let blockers = blockers(network, *probe);
            json!({
                "packet": written::probe(network, probe),
                "passes": passes(network, *probe),
                "blockers": blockers.iter().map(|it| blocker_object(teller, it)).collect::<Vec<_>>(),
            })
        };
        probes.iter().map(one).collect()
    };
    let (cost, tried, why, searched) = match found {
        Ok(it) => (Some(it.cost), it.tried, None, Some(it.cost)),
        Err(NoFix::Impossible { tried }) => (None, *tried, Some("impossible"), None),
        Err(NoFix::TooDear { cost, tried }) => (None, *tried, Some("too-dear"), Some(*cost)),
        Err(NoFix::GaveUp { cost, tried }) => (None, *tried, Some("gave-up"), *cost),
    };
    let fixes = found.as_ref().map_or(&[][..], |it| &it.fixes[..]);
    json!({
        "found": found.is_ok(),
        "cost": cost,
        "why_not": why,
        "searched_cost": searched,
        "networks_tried": tried,
        "want": asked(want),
        "forbid": asked(forbid),
        "fixes": fixes.iter().map(|it| fix_object(teller, it, names)).collect::<Vec<_>>(),
    })
}

fn fix_object(teller: &Teller<'_>, fix: &Fix, names: &Names) -> Value {
    let openings = |list: &[Opening]| -> Vec<Value> {
        let one = |it: &Opening| {
            json!({
                "from": reach::ends_object(teller, &it.from),
                "to": reach::ends_object(teller, &it.to),
                "traffic": reach::traffic_object(&it.traffic),
            })
        };
        list.iter().map(one).collect()
    };
    let number = |it: u128| u64::try_from(it).unwrap_or(u64::MAX);
    let changes = told(teller, &fix.changes);
    let calls = names.calls(teller.network(), fix);
    json!({
        "changes": changes.iter().zip(calls).map(|((command, says, cost), calls)| json!({
            "command": command,
            "says": says,
            "cost": cost,
            "aws": calls.iter().map(|it| &it.line).collect::<Vec<_>>(),
            "account": the_one(&calls, |it| it.account.as_deref()),
            "region": the_one(&calls, |it| it.region.as_deref()),
        })).collect::<Vec<_>>(),
        "opened": number(fix.exposure.opened()),
        "opened_outwards": number(fix.exposure.opened_outwards()),
        "shut": number(fix.exposure.shut()),
        "opens": openings(&fix.exposure.opens),
        "shuts": openings(&fix.exposure.shuts),
    })
}

/// What is said of where calls are to be run, where it is the same of all.
fn the_one(calls: &[Call], part: impl Fn(&Home) -> Option<&str>) -> Option<&str> {
    let first = part(&calls.first()?.home);
    first.filter(|_| calls.iter().all(|it| part(&it.home) == first))
}

/// Each way as lines for a shell, never broken; the rest stands in comments. Whose credentials a call
/// needs is said before the first that needs them.
fn script(network: &Network, found: &Fixes, lang: Lang, names: &Names) -> String {
    let words = &lang.strings().fix;
    let teller = Teller::new(network, lang);
    let mut lines: Vec<String> = Vec::new();
    for (number, fix) in found.fixes.iter().take(MOST_WAYS).enumerate() {
        lines.extend([String::new(), format!("# {}", (words.way)(number + 1))]);
        let mut here = Home::default();
        for (says, calls) in teller.changes(&fix.changes).into_iter().zip(names.calls(network, fix))
        {
            lines.push(format!("# {says}"));
            if calls.is_empty() {
                lines.push(format!("# {}", words.no_command));
            }
            for Call { home, line } in calls {
                if home != here {
                    let (account, region) = (home.account.as_deref(), home.region.as_deref());
                    lines.push(format!("# {}", (words.where_to_run)(account, region)));
                    here = home;
                }
                lines.push(line);
            }
        }
    }
    if found.fixes.len() > MOST_WAYS {
        let more = (words.more_ways)(found.fixes.len() - MOST_WAYS);
        lines.extend([String::new(), format!("# {more}")]);
    }
    lines.join("\n") + "\n"
}

/// The answer as a person reads it.
fn person(
    teller: &Teller<'_>,
    want: &[Probe],
    forbid: &[Probe],
    found: &Result<Fixes, NoFix>,
    names: Option<&Names>,
) -> String {
    let words = &teller.lang().strings().fix;
    let paint = Paint { on: colour(&io::stdout()) };
    let network = teller.network();
    let mut text = String::new();
    let mut say = |indent: usize, line: &str| {
        let room = trace::WIDE - indent;
        for (at, part) in break_text(line, room.saturating_sub(2)).into_iter().enumerate() {
            let hang = if at == 0 { 0 } else { 2 };
            text.push_str(format!("{:1$}{part}", "", indent + hang).trim_end());
            text.push('\n');
        }
    };
    for (probes, title, good) in [(want, words.wanted, true), (forbid, words.forbidden, false)] {
        for &probe in probes {
            let passes = passes(network, probe);
            let state = if passes { words.passes } else { words.passes_not };
            let state = if passes == good { paint.good(state) } else { paint.bad(state) };
            say(0, &format!("{title}: {} — {state}", teller.probe(&probe)));
            if good && !passes {
                for blocker in blockers(network, probe) {
                    say(4, &teller.blocker(&blocker));
                }
            }
        }
    }
    say(0, "");
    let found = match found {
        Err(NoFix::Impossible { tried }) => {
            say(0, &(words.impossible)(*tried));
            return text;
        }
        Err(NoFix::TooDear { cost, .. }) => {
            say(0, &(words.too_dear)(*cost));
            return text;
        }
        Err(NoFix::GaveUp { cost, tried }) => {
            say(0, &(words.gave_up)(*tried, cost.map_or(0, |it| it + 1)));
            return text;
        }
        Ok(found) if found.cost == 0 => {
            say(0, words.fine_already);
            return text;
        }
        Ok(found) => found,
    };
    say(0, &paint.bold(&(words.found)(found.cost, found.fixes.len())));
    if let Some(names) = names {
        text.push_str(&script(network, found, teller.lang(), names));
        return text;
    }
    for (number, fix) in found.fixes.iter().take(MOST_WAYS).enumerate() {
        say(0, "");
        say(0, &paint.bold(&(words.way)(number + 1)));
        for (command, says, _) in told(teller, &fix.changes) {
            say(2, &says);
            say(6, &command);
        }
        if fix.exposure.opens.is_empty() {
            say(2, words.opens_nothing);
        }
        // A public address that the fix gives is nobody's on the internet.
        let mut fixed = network.clone();
        for change in &fix.changes {
            let _ = fixed.apply(change.clone());
        }
        let teller = Teller::new(&fixed, teller.lang());
        for (title, list) in
            [(words.opens, &fix.exposure.opens), (words.shuts, &fix.exposure.shuts)]
        {
            for it in list.iter().take(MOST_LINES) {
                let (from, to) = (teller.sources(&it.from), teller.sources(&it.to));
                say(2, &format!("{title}: {from} → {to}: {}", teller.traffic(&it.traffic)));
            }
            if list.len() > MOST_LINES {
                say(2, &(words.more_lines)(list.len() - MOST_LINES));
            }
        }
    }
    if found.fixes.len() > MOST_WAYS {
        say(0, "");
        say(0, &(words.more_ways)(found.fixes.len() - MOST_WAYS));
    }
    text
}
