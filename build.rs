//! Embeds the built-in pack: every file of `lessons/`, by its path, as a table of texts; and its
//! table of contents, so that the first frame need not parse a file of each lesson.

use std::{env, fmt::Write as _, fs, io, path::Path};

use toml::de::{DeTable, DeValue};

#[allow(dead_code, reason = "the program's own, which reads more with it")]
#[path = "src/course/outline.rs"]
mod outline;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/course/outline.rs");
    println!("cargo::rerun-if-changed=lessons");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lessons");
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for path in files {
        // From the manifest, not in full: what was built stays good when the folder moves.
        let from = format!("/lessons/{path}");
        writeln!(
            table,
            "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {from:?}))),"
        )
        .expect("a string takes it");
    }
    table.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("lessons.rs"), table)?;
    // A pack that something is wrong with is read by the program, which can say what.
    let contents = match contents(&root) {
        Some(contents) => format!("Some({contents})"),
        None => "None".to_owned(),
    };
    fs::write(Path::new(&out).join("contents.rs"), contents)
}

fn collect(root: &Path, below: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = entry.file_name().into_string().expect("names in the pack are Unicode");
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if path != "README.md" && [".toml", ".md"].iter().any(|kind| path.ends_with(kind)) {
            files.push(path);
        }
    }
    Ok(())
}

/// The table of contents, as an expression of `course::contents`.
fn contents(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("pack.toml")).ok()?;
    let pack = DeTable::parse(&text).ok()?;
    let pack = pack.get_ref();
    let mut all = format!(
        "Contents {{ id: {:?}, title: {}, modules: &[",
        self::text(pack, "id")?,
        words(pack, "title")?
    );
    for folder in texts(pack, "modules")? {
        let text = fs::read_to_string(root.join(&folder).join("module.toml")).ok()?;
        let module = DeTable::parse(&text).ok()?;
        let module = module.get_ref();
        let (title, summary) = (words(module, "title")?, words(module, "summary")?);
        write!(all, "\nPart {{ id: {folder:?}, title: {title}, summary: {summary}, lessons: &[")
            .ok()?;
        for name in texts(module, "lessons")? {
            all.push_str(&lesson(root, &format!("{folder}/{name}"))?);
        }
        all.push_str("] },");
    }
    all.push_str("] }");
    Some(all)
}

fn lesson(root: &Path, folder: &str) -> Option<String> {
    let text = fs::read_to_string(root.join(folder).join("lesson.toml")).ok()?;
    let lesson = DeTable::parse(outline::head(&text)).ok()?;
    let lesson = lesson.get_ref();
    let aliases =
        if lesson.contains_key("aliases") { texts(lesson, "aliases")? } else { Vec::new() };
    let minutes: u32 = match lesson.get("minutes")?.get_ref() {
        DeValue::Integer(minutes) => minutes.as_str().parse().ok()?,
        _ => return None,
    };
    let names = |kind: &str| -> Vec<&str> {
        outline::headers(&text).filter(|(of, _)| *of == kind).map(|(_, name)| name).collect()
    };
    Some(format!(
        "\n    Row {{ id: {:?}, aliases: &{aliases:?}, title: {}, minutes: {minutes}, \
         folder: {folder:?}, questions: &{:?}, labs: &{:?} }},",
        self::text(lesson, "id")?,
        words(lesson, "title")?,
        names("question"),
        names("lab"),
    ))
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

fn texts(table: &DeTable<'_>, key: &str) -> Option<Vec<String>> {
    let list = table.get(key)?.get_ref().as_array()?;
    list.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
}

/// `("Korean", "English")`.
fn words(table: &DeTable<'_>, key: &str) -> Option<String> {
    let words = table.get(key)?.get_ref().as_table()?;
    Some(format!("({:?}, {:?})", text(words, "ko")?, text(words, "en")?))
}
