//! The things that happen.

use serde::{Deserialize, Serialize};

/// One thing that the learner did. Ids are the stable ones of the pack.
///
/// Written as JSON, tagged with its name: `{"lesson_finished":{"lesson":"internet-gateway"}}`.
/// A version of the program that does not know a kind of event keeps it as [`Event::Other`], so
/// new kinds, and new fields of old kinds, need no migration. A field that is taken away or
/// changes its meaning would: give the event a new name instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The language was chosen: its code, `ko` or `en`.
    LanguageChosen {
        /// `ko` or `en`.
        lang: String,
    },
    /// A setting other than the language was changed.
    SettingChanged {
        /// Which: `mouse`, `motion`, ...
        key: String,
        /// Its new value.
        value: String,
    },
    /// A page of a lesson came on screen; opening a lesson reaches the page that it opens at.
    PageReached {
        /// The lesson.
        lesson: String,
        /// The page, from 0.
        page: u32,
    },
    /// A lesson was read to its end.
    LessonFinished {
        /// The lesson.
        lesson: String,
    },
    /// A question was answered.
    QuestionAnswered {
        /// The lesson it was asked in.
        lesson: String,
        /// The question.
        question: String,
        /// The answer.
        given: Given,
        /// Was it right?
        right: bool,
        /// Was the learner sure? `None` when that was not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sure: Option<bool>,
        /// Was a hint shown before?
        #[serde(default)]
        hinted: bool,
        /// How long it took, in milliseconds.
        #[serde(default)]
        millis: u64,
    },
    /// The learner said what will become of a packet, and then sent it.
    PredictionCommitted {
        /// The scene or lab.
        scene: String,
        /// The packet.
        packet: String,
        /// What the learner said.
        predicted: String,
        /// What the simulator found.
        actual: String,
        /// Was the prediction right?
        matched: bool,
    },
    /// The work on a lab so far, whole: a killed lab resumes from the last of these.
    LabSaved {
        /// The lab.
        lab: String,
        /// The changes, as the lab writes them.
        changes: serde_json::Value,
    },
    /// A lab's goals all came true.
    LabSolved {
        /// The lab.
        lab: String,
        /// What the changes counted.
        cost: u32,
        /// The least they can count.
        par: u32,
        /// How many hints were shown.
        hints: u32,
    },
    /// A hint of a lab was shown.
    HintShown {
        /// The lab.
        lab: String,
        /// Which rung of its ladder, from 0.
        rung: u32,
    },
    /// The learner starts something again: what came before no longer counts (and stays in the
    /// log).
    Reset {
        /// What is started again.
        scope: Scope,
    },
    /// Something that this version of the program does not know: kept as it is, ignored.
    #[serde(skip)]
    Other {
        /// The JSON.
        json: String,
    },
}

/// An answer, in a form that does not change with the language or the order on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// The stable ids of the options that were chosen.
    Options(Vec<String>),
    /// What was typed.
    Text(String),
    /// The stable ids of the steps, in the order in which they were put.
    Order(Vec<String>),
    /// The stable ids of each item and of its partner.
    Pairs(Vec<(String, String)>),
}

/// What is started again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole course: pages, answers, predictions, labs, days. Settings stay.
    Everything,
    /// One lesson: its page, its end, the answers to its questions. Its labs stay.
    Lesson(String),
    /// One lab: its saved work, solutions and hints.
    Lab(String),
}

impl Event {
    /// The event as one line of JSON.
    #[expect(clippy::missing_panics_doc, reason = "serialising plain data does not fail")]
    pub fn to_json(&self) -> String {
        match self {
            Self::Other { json } => json.clone(),
            known => serde_json::to_string(known).expect("an event is plain data"),
        }
    }

    /// Reads what [`to_json`](Self::to_json) wrote, in this or another version of the program.
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|_| Self::Other { json: json.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_back_as_it_was_written() {
        let answered = Event::QuestionAnswered {
            lesson: "internet-gateway".into(),
            question: "internet-gateway/both-ends".into(),
            given: Given::Text("인터넷 게이트웨이".into()),
            right: true,
            sure: Some(false),
            hinted: true,
            millis: 8_200,
        };
        let saved = Event::LabSaved {
            lab: "02".into(),
            changes: serde_json::json!([{"z": 1, "a": [null, "\u{1b}[31m"]}]),
        };
        for event in [answered, saved, Event::Reset { scope: Scope::Everything }] {
            assert_eq!(Event::from_json(&event.to_json()), event);
        }
    }

    #[test]
    fn an_event_is_one_line_tagged_with_its_name() {
        let event = Event::LessonFinished { lesson: "한\n글".into() };
        assert_eq!(event.to_json(), r#"{"lesson_finished":{"lesson":"한\n글"}}"#);
    }

    #[test]
    fn an_event_of_a_later_version_is_kept_letter_by_letter() {
        for json in [
            r#"{"duel_won":{"faults":3,"rate":0.1000000000000000055511}}"#,
            r#"{"lab_solved":{"lab":"02","cost":"two"}}"#,
            r#""rested""#,
            "7",
        ] {
            let event = Event::from_json(json);
            assert_eq!(event, Event::Other { json: json.into() });
            assert_eq!(event.to_json(), json);
        }
    }

    #[test]
    fn a_later_versions_new_field_does_not_hide_an_event() {
        let event = Event::from_json(r#"{"lesson_finished":{"lesson":"a","mood":"glad"}}"#);
        assert_eq!(event, Event::LessonFinished { lesson: "a".into() });
    }
}
