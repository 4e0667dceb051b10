//! A pack: all its files in memory, read lazily.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    course::{Fault, Lesson, LessonId},
    i18n::Words,
};

/// The files of a pack, by path relative to its root (`/` between parts on every system).
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// The texts.
    pub files: BTreeMap<String, Cow<'static, str>>,
}

/// What the first screen needs of a pack: titles and order. Lessons are read when opened.
#[derive(Debug, Clone)]
pub struct Course {
    /// The files behind it.
    pub pack: Pack,
    /// The modules, in order.
    pub modules: Vec<Module>,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its folder.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// What it is about, in a sentence.
    pub summary: Words,
    /// Its lessons, in order.
    pub lessons: Vec<LessonEntry>,
}

/// What is known of a lesson without reading it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonEntry {
    /// Its stable name.
    pub id: LessonId,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// What it is called.
    pub title: Words,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Its folder within the pack.
    pub folder: String,
}

impl Pack {
    /// The pack that is embedded in the binary.
    pub fn builtin() -> Self {
        todo!()
    }

    /// Reads a pack's folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn from_dir(dir: &std::path::Path) -> std::io::Result<Self> {
        let _ = dir;
        todo!()
    }
}

impl Course {
    /// Reads what the first screen needs.
    pub fn open(pack: Pack) -> (Self, Vec<Fault>) {
        let _ = pack;
        todo!()
    }

    /// Reads one lesson whole.
    pub fn lesson(&self, id: &LessonId) -> (Option<Lesson>, Vec<Fault>) {
        let _ = id;
        todo!()
    }
}
