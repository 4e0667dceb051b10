//! Scenes of the learner's own: files in a folder beside the journal, or wherever they came from.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::course::rewrite::rewrite;

/// What such a file ends in.
const END: &str = ".scene.toml";
/// More than this is no scene that a person wrote.
const LARGEST: u64 = 4 << 20;

/// The names of the scenes in a folder, in order; none where there is no folder.
pub fn list(dir: &Path) -> Vec<String> {
    let Ok(files) = fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> = files
        .flatten()
        .filter_map(|file| file.file_name().to_str()?.strip_suffix(END).map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// Reads the scene of this name.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn read(dir: &Path, name: &str) -> io::Result<(PathBuf, String)> {
    let path = dir.join(format!("{name}{END}"));
    if fs::metadata(&path)?.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = fs::read_to_string(&path)?;
    Ok((path, text))
}

/// Writes a scene to its own file, or as a new one of this name into the folder; `None` when the file
/// does not hold the scene any more that it should hold (`was`), so that somebody changed it.
///
/// Of a file only what changed is written anew: a person's comments and order stay. What stood in it
/// is there until all of the new is, and then beside it, ending in `.old`.
///
/// # Errors
/// The folder or the file cannot be written.
pub fn write(
    dir: &Path,
    path: Option<PathBuf>,
    name: &str,
    was: &str,
    text: &str,
) -> io::Result<Option<PathBuf>> {
    let path = if let Some(path) = path {
        path
    } else {
        fs::create_dir_all(dir)?;
        free(dir, name)
    };
    let ending = |end: &str| {
        let mut name = path.clone().into_os_string();
        name.push(end);
        PathBuf::from(name)
    };
    let before = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        before => Some(before?),
    };
    let text = match &before {
        Some(before) => match rewrite(before, was, text) {
            Some(text) => text,
            None => return Ok(None),
        },
        None => text.to_owned(),
    };
    let beside = ending(".new");
    fs::write(&beside, &text)?;
    if before.is_some_and(|before| before != text) {
        fs::copy(&path, ending(".old"))?;
    }
    fs::rename(&beside, &path).inspect_err(|_| {
        // Nothing is left behind of what could not be finished.
        let _ = fs::remove_file(&beside);
    })?;
    Ok(Some(path))
}

/// A file of this name that is not there yet: `shop`, `shop-2` ...
fn free(dir: &Path, name: &str) -> PathBuf {
    let file = |number: usize| match number {
        1 => dir.join(format!("{name}{END}")),
        number => dir.join(format!("{name}-{number}{END}")),
    };
    let mut number = 1;
    while file(number).exists() {
        number += 1;
    }
    file(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_is_written_listed_and_read_back_and_never_over_another() {
        let dir = tempfile::tempdir().unwrap();
        let scenes = dir.path().join("scenes");
        assert_eq!(list(&scenes), Vec::<String>::new());
        let one = "[vpc.main]\ncidr = \"10.0.0.0/16\"\n";
        let two = &one.replace("10.0", "10.1");
        let three = &one.replace("10.0", "10.2");
        let first = write(&scenes, None, "shop", one, one).unwrap().unwrap();
        let second = write(&scenes, None, "shop", two, two).unwrap().unwrap();
        assert_ne!(first, second);
        assert_eq!(list(&scenes), ["shop", "shop-2"]);
        assert_eq!(read(&scenes, "shop").unwrap(), (first.clone(), one.to_owned()));
        assert!(write(&scenes, Some(first.clone()), "shop", one, three).unwrap().is_some());
        assert_eq!(&read(&scenes, "shop").unwrap().1, three);
        assert_eq!(list(&scenes).len(), 2, "nothing else is left in the folder");
        assert!(read(&scenes, "none").is_err());
        let old = fs::read_to_string(scenes.join("shop.scene.toml.old")).unwrap();
        assert_eq!(old, one, "what a person wrote is kept beside");
        // Somebody else was here meanwhile.
        assert_eq!(write(&scenes, Some(first), "shop", one, two).unwrap(), None);
        assert_eq!(&read(&scenes, "shop").unwrap().1, three);
    }
}
