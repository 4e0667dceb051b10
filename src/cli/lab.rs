//! `hanulgil lab FILE`: opens a scene in the sandbox. Also what AWS described, which is then saved as
//! a scene of its own.

use std::path::PathBuf;

use super::{UNUSABLE, arguments::Lab, print_error, source::Source};
use crate::{course::Scene, i18n::Lang};

/// The scene to work on, and the file it is written back to.
///
/// # Errors
/// The status to exit with; what was wrong is said.
pub fn open(request: &Lab, lang: Lang) -> Result<(Option<PathBuf>, Scene), u8> {
    let source = Source::open(&request.scene, request.options.pack.as_deref(), lang, false)?;
    let stem = request.scene.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = stem.split('.').next().filter(|name| !name.is_empty()).unwrap_or("my-cloud");
    let own = matches!(source, Source::Scene(_)) && request.scene.is_file();
    let scene = Scene {
        name: name.to_owned(),
        network: source.network().clone(),
        packets: source.packets().to_vec(),
    };
    print_error(&source.unread(false, lang));
    // A file that can be read but not written says so now, and not when all is done.
    let path = own.then(|| request.scene.clone());
    if let Some(path) = &path
        && std::fs::metadata(path).is_ok_and(|it| it.permissions().readonly())
    {
        let words = &lang.strings().cli;
        print_error(&format!("{}\n", (words.lab_read_only)(&path.to_string_lossy())));
        return Err(UNUSABLE);
    }
    Ok((path, scene))
}
