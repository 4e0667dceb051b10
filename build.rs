//! Embeds the built-in pack: every file of `lessons/`, by its path, as a table of texts.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=lessons");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lessons");
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for path in files {
        let full = root.join(&path);
        let full = full.to_str().expect("the path of the sources is Unicode");
        writeln!(table, "    ({path:?}, include_str!({full:?})),").expect("a string takes it");
    }
    table.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("lessons.rs");
    fs::write(out, table)
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
