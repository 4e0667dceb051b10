//! Every word the interface says: one constant per language, one file per part of the interface.
//!
//! A phrase is a field (or a function, where something is filled in) of the part's struct, so a
//! missing translation does not compile. Lessons bring their own words; these are the program's.

use std::fmt;

pub mod aws;
pub mod belief;
pub mod bench;
pub mod canvas;
pub mod change;
pub mod cli;
pub mod common;
pub mod draw;
pub mod fault;
pub mod fix;
pub mod flight;
pub mod form;
pub mod futures;
pub mod goal;
pub mod home;
pub mod journal;
pub mod keys;
pub mod lab;
pub mod lesson;
pub mod outlook;
pub mod question;
pub mod refusal;
pub mod run;
pub mod service;
pub mod tell;
pub mod transit;
pub mod workshop;

/// Every word of one language, part by part.
#[expect(missing_docs, reason = "each field is named as its part of the interface")]
pub struct Strings {
    pub common: common::Common,
    pub keys: keys::Keys,
    pub flight: flight::Flight,
    pub futures: futures::Futures,
    pub canvas: canvas::Canvas,
    pub home: home::Home,
    pub lab: lab::Lab,
    pub bench: bench::Bench,
    /// Tables and forms of the bench.
    pub form: form::Form,
    pub workshop: workshop::Workshop,
    pub lesson: lesson::Lesson,
    pub outlook: outlook::Outlook,
    pub question: question::Question,
    pub tell: tell::Tell,
    pub journal: journal::Journal,
    pub cli: cli::Cli,
    pub draw: draw::Draw,
    pub run: run::Run,
    pub refusal: refusal::Refusal,
    pub fix: fix::Fix,
    pub service: service::Services,
    pub belief: belief::Beliefs,
    pub transit: transit::Transit,
}

static KO: Strings = Strings {
    common: common::KO,
    keys: keys::KO,
    flight: flight::KO,
    futures: futures::KO,
    canvas: canvas::KO,
    home: home::KO,
    lab: lab::KO,
    bench: bench::KO,
    form: form::KO,
    workshop: workshop::KO,
    lesson: lesson::KO,
    outlook: outlook::KO,
    question: question::KO,
    tell: tell::KO,
    journal: journal::KO,
    cli: cli::KO,
    draw: draw::KO,
    run: run::KO,
    refusal: refusal::KO,
    fix: fix::KO,
    service: service::KO,
    belief: belief::KO,
    transit: transit::KO,
};
static EN: Strings = Strings {
    common: common::EN,
    keys: keys::EN,
    flight: flight::EN,
    futures: futures::EN,
    canvas: canvas::EN,
    home: home::EN,
    lab: lab::EN,
    bench: bench::EN,
    form: form::EN,
    workshop: workshop::EN,
    lesson: lesson::EN,
    outlook: outlook::EN,
    question: question::EN,
    tell: tell::EN,
    journal: journal::EN,
    cli: cli::EN,
    draw: draw::EN,
    run: run::EN,
    refusal: refusal::EN,
    fix: fix::EN,
    service: service::EN,
    belief: belief::EN,
    transit: transit::EN,
};

/// A language of the interface and of the lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Korean, in 합니다체.
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Both, Korean first.
    pub const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// Every word of this language.
    pub fn strings(self) -> &'static Strings {
        self.pick(&KO, &EN)
    }

    /// `ko` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// Reads `ko` or `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Reads a locale such as `ko_KR.UTF-8`; `None` for other languages.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
        Self::from_code(&language.to_ascii_lowercase())
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ko => Self::En,
            Self::En => Self::Ko,
        }
    }

    /// Picks the half of a pair that is in this language.
    pub fn pick<T>(self, ko: T, en: T) -> T {
        match self {
            Self::Ko => ko,
            Self::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The same text in both languages, as packs carry it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.ko, &self.en)
    }
}
