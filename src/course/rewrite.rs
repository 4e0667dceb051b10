//! A scene written back into the file it came from: what did not change stays as a person wrote it,
//! byte for byte, with its comments, its order and its spacing.
//!
//! Three texts are held against each other: the file, the plain export of the scene that stands in
//! it, and the plain export of the scene to be kept. Where the two exports say the same, the file is
//! left alone, in whatever words it says it. The result is read again before it is believed; a file
//! that says things in a way that cannot be changed piece by piece becomes the plain export.

use std::{collections::BTreeMap, ops::Range};

use toml::de::{DeTable, DeValue};

use crate::{
    course::{Scene, export::to_toml},
    text::clean::clean,
};

/// The file `text` with the scene in it that `now` says (a plain export); `None` when the file does
/// not hold the scene that `was` says, so that somebody changed it meanwhile.
pub fn rewrite(text: &str, was: &str, now: &str) -> Option<String> {
    let held = |text: &str| Scene::parse("", &clean(text)).0.map(|scene| to_toml(&scene));
    let said = |text: &str| Some(statements(&held(text)?));
    let old = held(text)?;
    // What was written may hold what scenes have no words for: it counts as it reads back.
    if statements(&old) != statements(was) && Some(statements(&old)) != said(was) {
        return None;
    }
    if statements(&old) == statements(now) {
        return Some(text.to_owned());
    }
    let wanted = said(now);
    let whole = [false, true].into_iter().find_map(|thorough| {
        let written = merge(text, &old, now, thorough)?;
        (said(&written) == wanted).then_some(written)
    });
    Some(whole.unwrap_or_else(|| now.to_owned()))
}

/// What a plain export says, whatever the order of its tables.
fn statements(text: &str) -> BTreeMap<Vec<String>, BTreeMap<String, String>> {
    let Some(sections) = sections(text) else { return BTreeMap::new() };
    let said = sections.into_iter().map(|section| {
        let keys = section.keys.into_iter();
        (section.path, keys.map(|it| (it.name, text[it.value].to_owned())).collect())
    });
    said.collect()
}

/// A table of a file, with its places.
struct Section {
    path: Vec<String>,
    /// From the comment right above the header to the end of the last key's line.
    place: Range<usize>,
    /// Where its header begins, and where the line after it does.
    header: Range<usize>,
    keys: Vec<Key>,
}

/// A key of a table, with its places.
struct Key {
    name: String,
    /// The lines from the comment right above it to the end of its value's line.
    place: Range<usize>,
    value: Range<usize>,
    /// The elements of a list of strings.
    items: Option<Vec<(String, Range<usize>)>>,
}

/// The tables of a file in their order; `None` when it is no TOML, or says things in other ways than
/// by `[tables]` with keys.
fn sections(text: &str) -> Option<Vec<Section>> {
    let table = DeTable::parse(text).ok()?;
    let mut leaves = Vec::new();
    collect(text, table.get_ref(), &mut Vec::new(), &mut leaves)?;
    leaves.sort_by_key(|leaf| leaf.key.start);
    let (mut found, mut leaves): (Vec<Section>, _) = (Vec::new(), leaves.into_iter().peekable());
    let (mut at, mut comment) = (0, None);
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim();
        if let Some(leaf) = leaves.next_if(|leaf| leaf.key.start < end) {
            let end = line_end(text, leaf.value.end);
            let section = found.last_mut()?;
            let (name, path) = leaf.path.split_last()?;
            if *path != *section.path || leaves.peek().is_some_and(|it| it.key.start < end) {
                return None;
            }
            // A comment right below the header is the table's.
            let own = comment.filter(|start| *start != section.header.end);
            let place = own.unwrap_or(at)..end;
            section.place.end = end;
            section.keys.push(Key {
                name: name.clone(),
                place,
                value: leaf.value,
                items: leaf.items,
            });
            (at, comment) = (end, None);
            continue;
        }
        if line.starts_with('[') {
            let path = path_of(line)?;
            let place = comment.unwrap_or(at)..end;
            found.push(Section { path, place, header: at..end, keys: Vec::new() });
            comment = None;
        } else if line.starts_with('#') {
            comment.get_or_insert(at);
        } else {
            comment = None;
        }
        at = end;
    }
    Some(found)
}

struct Leaf {
    path: Vec<String>,
    key: Range<usize>,
    value: Range<usize>,
    items: Option<Vec<(String, Range<usize>)>>,
}

fn collect(
    text: &str,
    table: &DeTable,
    path: &mut Vec<String>,
    leaves: &mut Vec<Leaf>,
) -> Option<()> {
    for (name, value) in table {
        path.push(clean(name.get_ref()));
        match value.get_ref() {
            DeValue::Table(table) if !text.get(value.span())?.starts_with('{') => {
                collect(text, table, path, leaves)?;
            }
            other => {
                let items = match other {
                    DeValue::Array(items) => items
                        .iter()
                        .map(|item| match item.get_ref() {
                            DeValue::String(said) => Some((said.to_string(), item.span())),
                            _ => None,
                        })
                        .collect(),
                    _ => None,
                };
                let (key, value) = (name.span(), value.span());
                leaves.push(Leaf { path: path.clone(), key, value, items });
            }
        }
        path.pop();
    }
    Some(())
}

/// What a header names: `[subnet.public]`.
fn path_of(line: &str) -> Option<Vec<String>> {
    let table = DeTable::parse(line).ok()?;
    let (mut table, mut path) = (table.get_ref(), Vec::new());
    while let Some((name, value)) = table.iter().next() {
        path.push(clean(name.get_ref()));
        let DeValue::Table(inner) = value.get_ref() else { return None };
        table = inner;
    }
    Some(path)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// The file with what differs between the two exports; `thorough`: the tables that differ say
/// exactly what the new export says, whatever else they said.
fn merge(text: &str, was: &str, now: &str, thorough: bool) -> Option<String> {
    let ends = text.ends_with('\n');
    let crlf = text.contains("\r\n");
    let file = if ends { text.to_owned() } else { format!("{text}\n") };
    let fresh = |part: &str| if crlf { part.replace('\n', "\r\n") } else { part.to_owned() };
    let (old, new, own) = (statements(was), sections(now)?, sections(&file)?);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let gone = |path: &[String]| new.iter().all(|it| it.path != path);
    for section in &own {
        if gone(&section.path) && (thorough || old.contains_key(&section.path)) {
            // The empty lines above go with it.
            let above = file[..section.place.start].trim_end_matches(['\n', '\r', ' ', '\t']);
            let start = if above.is_empty() { 0 } else { line_end(&file, above.len()) };
            edits.push((start..section.place.end, String::new()));
        }
    }
    let mut anchor: Option<usize> = None;
    for section in &new {
        let before = old.get(&section.path);
        let said: BTreeMap<&str, &str> =
            section.keys.iter().map(|it| (it.name.as_str(), &now[it.value.clone()])).collect();
        let mine = own.iter().find(|it| it.path == section.path);
        let changed = before.is_none_or(|before| {
            before.len() != said.len()
                || before.iter().any(|(key, value)| said.get(key.as_str()) != Some(&value.as_str()))
        });
        let Some(mine) = mine else {
            // A subnet with routes of its own has a table that the file does not name.
            let unsaid = before.is_some() && !changed;
            let subnet = ["subnet".to_owned(), section.path.last()?.clone()];
            let routes = own
                .iter()
                .filter(|it| section.path[0] == "route_table" && it.path == subnet)
                .find_map(|it| it.keys.iter().find(|key| key.name == "routes"));
            if let (Some(mine), Some(key), false) =
                (routes, section.keys.iter().find(|key| key.name == "routes"), thorough)
                && changed
            {
                edits.push((mine.value.clone(), value(&file, mine, now, key, before, &fresh)));
            } else if !unsaid || thorough {
                let kind = &section.path[..section.path.len() - 1];
                let kin = own
                    .iter()
                    .filter(|it| !kind.is_empty() && it.path.starts_with(kind) && !gone(&it.path));
                let after = kin.map(|it| it.place.end).max().or(anchor);
                let block = fresh(now[section.header.start..section.place.end].trim_end());
                let line = if crlf { "\r\n" } else { "\n" };
                if let Some(at) = after {
                    edits.push((at..at, format!("{line}{block}{line}")));
                } else {
                    let first = own.iter().find(|it| !gone(&it.path));
                    let at = first.map_or(file.len(), |it| it.place.start);
                    edits.push((at..at, format!("{block}{line}{line}")));
                }
            }
            continue;
        };
        anchor = Some(mine.place.end);
        if !changed {
            continue;
        }
        for key in &mine.keys {
            let known = before.is_some_and(|before| before.contains_key(&key.name));
            if !said.contains_key(key.name.as_str()) && (known || thorough) {
                edits.push((key.place.clone(), String::new()));
            }
        }
        let mut at = mine.header.end;
        for key in &section.keys {
            let there = mine.keys.iter().find(|it| it.name == key.name);
            let same = before.and_then(|before| before.get(&key.name)).map(String::as_str)
                == Some(&now[key.value.clone()]);
            match there {
                Some(there) => {
                    at = there.place.end;
                    if !same {
                        let value = value(&file, there, now, key, before, &fresh);
                        edits.push((there.value.clone(), value));
                    }
                }
                None if same && !thorough => {}
                None => edits.push((at..at, fresh(&now[key.place.clone()]))),
            }
        }
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut merged, mut at) = (String::new(), 0);
    for (range, part) in edits {
        merged.push_str(file.get(at..range.start)?);
        merged.push_str(&part);
        at = range.end;
    }
    merged.push_str(&file[at..]);
    if !ends {
        merged.truncate(merged.trim_end_matches(['\n', '\r']).len());
    }
    Some(merged)
}

/// The new value of a key. A list keeps the elements that stay as they stand there, with the
/// comments beside them.
fn value(
    file: &str,
    mine: &Key,
    now: &str,
    new: &Key,
    before: Option<&BTreeMap<String, String>>,
    fresh: &dyn Fn(&str) -> String,
) -> String {
    let plain = || fresh(&now[new.value.clone()]);
    let old = before.and_then(|before| before.get(&new.name));
    let old = old.and_then(|old| sections(&format!("[x]\nx = {old}\n")));
    let old = old.and_then(|mut old| old.pop()?.keys.pop()?.items);
    let (Some(old), Some(items), Some(wanted)) = (old, &mine.items, &new.items) else {
        return plain();
    };
    if old.len() != items.len() || items.is_empty() || wanted.is_empty() {
        return plain();
    }
    // What stands before each element, the element, and what stands behind its comma.
    let inside = mine.value.start + 1..mine.value.end - 1;
    let (mut parts, mut at) = (Vec::new(), inside.start);
    for (_, place) in items {
        let rest = &file[place.end..inside.end];
        let gap = rest.len() - rest.trim_start().len();
        let comma = rest[gap..].starts_with(',');
        let tail = place.end + if comma { gap + 1 } else { 0 };
        let line = line_end(file, tail).min(inside.end);
        let behind = file[tail..line].trim_end();
        let end = if behind.trim_start().starts_with('#') { tail + behind.len() } else { tail };
        parts.push((&file[at..place.start], &file[place.clone()], &file[tail..end], comma));
        at = end;
    }
    let closing = &file[at..inside.end];
    let trailing = parts.last().is_some_and(|part| part.3);
    let first = parts[0].0;
    let indent = first.rfind('\n').map(|at| &first[at + 1..]);
    let line = fresh("\n");
    let (mut list, mut next) = (Vec::new(), 0);
    for (said, place) in wanted {
        let kept = old[next..].iter().position(|(old, _)| old == said).map(|at| next + at);
        if let Some(kept) = kept {
            let (lead, raw, behind, _) = parts[kept];
            list.push((lead.to_owned(), raw.to_owned(), behind));
            next = kept + 1;
        } else {
            let lead = indent.map_or_else(|| " ".to_owned(), |indent| format!("{line}{indent}"));
            list.push((lead, now[place.clone()].to_owned(), ""));
        }
    }
    let last = list.len() - 1;
    let mut text = "[".to_owned();
    for (at, (lead, raw, behind)) in list.into_iter().enumerate() {
        let lead = match (indent, at) {
            (None, 0) => first,
            (None, _) if lead.trim().is_empty() => " ",
            _ => lead.as_str(),
        };
        let comma = if at < last || trailing { "," } else { "" };
        text.extend([lead, &raw, comma, behind]);
    }
    text + closing + "]"
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A shop.\n\n[vpc.main] # the only one\ncidr   =  '10.0.0.0/16'\n\n# -- outside\n\n[internet_gateway.igw]\nvpc = \"main\"\n\n# Where visitors come in.\n[subnet.front]\ncidr = \"10.0.0.0/24\"\n# to the world\nroutes = [\n  \"0.0.0.0/0 -> igw\", # everything\n]\n\n# Nobody comes here.\n[subnet.back]\ncidr = \"10.0.1.0/24\" # small\n\n[security_group.web]\ninbound = [\n  \"tcp 443 from 0.0.0.0/0\", # visitors\n  \"tcp 22 from 10.0.0.0/16\", # ourselves\n]\n";

    fn after(lines: &[&str]) -> String {
        let scene = Scene::parse("s.scene.toml", FILE).0.expect("no faults");
        let was = to_toml(&scene);
        let mut new = scene;
        for line in lines {
            crate::course::edit::carry_out(&mut new.network, line).expect(line);
        }
        let now = to_toml(&new);
        let written = rewrite(FILE, &was, &now).expect("nobody changed it");
        let read = Scene::parse("s.scene.toml", &written).0.expect("no faults");
        assert_eq!(statements(&to_toml(&read)), statements(&now), "{written}");
        written
    }

    #[test]
    fn a_scene_that_did_not_change_is_written_as_it_stands() {
        assert_eq!(after(&[]), FILE);
    }

    #[test]
    fn an_element_of_a_list_comes_and_goes_with_its_own_comment_only() {
        let line = "authorize-security-group-ingress web tcp 80 from 0.0.0.0/0";
        let end = "# ourselves\n";
        assert_eq!(
            after(&[line]),
            FILE.replace(end, &format!("{end}  \"tcp 80 from 0.0.0.0/0\",\n"))
        );
        let line = "revoke-security-group-ingress web tcp 443 from 0.0.0.0/0";
        let gone = "  \"tcp 443 from 0.0.0.0/0\", # visitors\n";
        assert_eq!(after(&[line]), FILE.replace(gone, ""));
    }

    #[test]
    fn a_new_table_stands_after_its_kind_and_a_deleted_one_takes_its_comment_along() {
        let line = "create-subnet side 10.0.2.0/24 vpc=main zone=a";
        let end = "# small\n";
        let new = "\n[subnet.side]\ncidr = \"10.0.2.0/24\"\n";
        assert_eq!(after(&[line]), FILE.replace(end, &format!("{end}{new}")));
        let gone = "\n# Nobody comes here.\n[subnet.back]\ncidr = \"10.0.1.0/24\" # small\n";
        assert_eq!(after(&["delete-subnet back"]), FILE.replace(gone, ""));
    }

    #[test]
    fn a_key_that_comes_anew_leaves_the_others_alone() {
        let line = "modify-subnet-attribute back auto-assign-public-ip on";
        let end = "# small\n";
        assert_eq!(
            after(&[line]),
            FILE.replace(end, &format!("{end}auto_assign_public_ip = true\n"))
        );
    }

    #[test]
    fn routes_that_a_subnet_has_itself_stay_with_it() {
        let line = "create-route front 10.9.0.0/16 -> igw";
        let written = after(&[line]);
        assert!(written.contains("# to the world\nroutes = ["), "{written}");
        assert!(!written.contains("[route_table"), "{written}");
    }

    #[test]
    fn a_file_that_somebody_changed_is_not_written_over() {
        let was = to_toml(&Scene::parse("s.scene.toml", FILE).0.expect("no faults"));
        let theirs = FILE.replace("10.0.1.0/24", "10.0.7.0/24");
        assert_eq!(rewrite(&theirs, &was, &was), None);
        assert_eq!(rewrite("not a scene", &was, &was), None);
        // A comment more is no change of the network: it stays.
        let noted = format!("# mine\n{FILE}");
        assert_eq!(rewrite(&noted, &was, &was), Some(noted));
    }
}
