//! One line of the journal.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, Zoned, civil::Date, fmt::temporal::Pieces, tz::Offset};
use uuid::Uuid;

use crate::journal::Event;

/// One event, with its name and its moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name; names grow in the order of writing.
    pub id: EntryId,
    /// When and on which local day.
    pub when: Moment,
    /// What happened.
    pub event: Event,
}

/// Names an entry, on all machines: a UUID of version 7.
///
/// Its time is the moment of writing, or a tick after the newest entry that the journal already
/// holds where the clock claims to be earlier. So names grow within a journal even when a clock
/// is set back, and what a person did last is last.
/// (<https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7>)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(Uuid);

/// The counter has 12 bits.
const TICKS_PER_MILLI: u64 = 1 << 12;

/// How far ahead a clock may have been and still be believed. Ids from later than that (someone
/// wrote them by hand) are not what the next id follows: there would be no room at the end of time.
const CENTURY: u64 = 100 * 366 * 24 * 60 * 60 * 1000;

impl EntryId {
    /// What an id may not reach if the next one is to follow it.
    pub(super) fn horizon(at: Timestamp) -> Self {
        Self::new(millis(at) + CENTURY, 0, 0)
    }

    /// The first free id at this moment for this writer, after the newest one in the journal.
    pub(super) fn next(at: Timestamp, newest: Option<Self>, writer: u64) -> Self {
        let now = millis(at) * TICKS_PER_MILLI;
        let tick = newest.map_or(now, |newest| now.max(newest.tick() + 1));
        Self::new(tick / TICKS_PER_MILLI, (tick % TICKS_PER_MILLI) as u16, writer)
    }

    fn new(millis: u64, counter: u16, writer: u64) -> Self {
        let mut rest = [0; 10];
        rest[..2].copy_from_slice(&counter.to_be_bytes());
        rest[2..].copy_from_slice(&writer.to_be_bytes());
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid())
    }

    /// The time and the counter as one number.
    fn tick(self) -> u64 {
        let bits = self.0.as_u128();
        let (millis, counter) = ((bits >> 80) as u64, (bits >> 64) as u64 & (TICKS_PER_MILLI - 1));
        millis * TICKS_PER_MILLI + counter
    }

    /// The bytes, in the order in which ids grow.
    pub(super) fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Reads what [`as_bytes`](Self::as_bytes) gave; `None` for what no journal writes.
    pub(super) fn from_bytes(bytes: [u8; 16]) -> Option<Self> {
        Self::honest(Uuid::from_bytes(bytes))
    }

    fn honest(uuid: Uuid) -> Option<Self> {
        (uuid.get_version() == Some(uuid::Version::SortRand)).then_some(Self(uuid))
    }
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is not an id of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoEntryId;

impl FromStr for EntryId {
    type Err = NoEntryId;

    fn from_str(text: &str) -> Result<Self, NoEntryId> {
        Uuid::try_parse(text).ok().and_then(Self::honest).ok_or(NoEntryId)
    }
}

/// A moment, and what the clock on the wall showed: enough to know the local day without asking
/// a time zone database, for all time and on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: Timestamp,
    offset: Offset,
}

impl Moment {
    /// A moment, to the millisecond, and the local clock's distance from UTC, to the minute.
    pub fn new(at: Timestamp, offset: Offset) -> Self {
        // Both are roundings towards zero of values in range.
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        let offset = Offset::from_seconds(offset.seconds() / 60 * 60).unwrap_or(offset);
        Self { at, offset }
    }

    /// A moment where the clock on the wall shows UTC.
    pub fn utc(at: Timestamp) -> Self {
        Self::new(at, Offset::UTC)
    }

    /// When.
    pub fn at(self) -> Timestamp {
        self.at
    }

    /// The local clock's distance from UTC.
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// The local day.
    pub fn day(self) -> Date {
        self.offset.to_datetime(self.at).date()
    }
}

impl From<&Zoned> for Moment {
    fn from(zoned: &Zoned) -> Self {
        Self::new(zoned.timestamp(), zoned.offset())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.display_with_offset(self.offset).fmt(f)
    }
}

/// The text is not a moment such as `2026-07-01T21:00:00.123+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMoment;

impl FromStr for Moment {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        let pieces = Pieces::parse(text).map_err(|_| NoMoment)?;
        let offset = pieces.to_numeric_offset().ok_or(NoMoment)?;
        let local = pieces.date().to_datetime(pieces.time().ok_or(NoMoment)?);
        let at = offset.to_timestamp(local).map_err(|_| NoMoment)?;
        Ok(Self::new(at, offset))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn id(at: &str, newest: Option<EntryId>, writer: u64) -> EntryId {
        EntryId::next(at.parse().unwrap(), newest, writer)
    }

    #[test]
    fn an_id_is_a_uuid_of_version_7_that_tells_the_time() {
        let id = id("2026-07-01T12:00:00.123Z", None, u64::MAX);
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.0.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(id.0.get_timestamp().unwrap().to_unix(), (1_782_907_200, 123_000_000));
    }

    #[test]
    fn ids_grow_while_the_clock_stands_still_or_goes_back() {
        let mut newest = id("2026-07-01T12:00:00Z", None, 9);
        for _ in 0..10_000 {
            let next = id("2026-07-01T11:00:00Z", Some(newest), 3);
            assert!(next > newest);
            newest = next;
        }
        assert!(id("2026-07-01T12:00:01Z", Some(newest), 1) > newest);
        assert!(id("1900-01-01T00:00:00Z", Some(newest), 1) > newest);
    }

    #[test]
    fn there_is_an_id_at_the_end_of_time() {
        let horizon = EntryId::horizon(Timestamp::MAX);
        let last = EntryId::next(Timestamp::MAX, Some(horizon), 1);
        assert!(horizon > EntryId::next(Timestamp::MAX, None, 1));
        assert!(last > horizon);
    }

    #[test]
    fn two_devices_that_write_in_the_same_millisecond_give_different_ids() {
        let at = "2026-07-01T12:00:00Z";
        assert_ne!(id(at, None, 1), id(at, None, 2));
    }

    #[test]
    fn what_no_journal_wrote_is_no_id() {
        for text in [
            "",
            "nonsense",
            "00000000-0000-0000-0000-000000000000",
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
        ] {
            assert_eq!(text.parse::<EntryId>(), Err(NoEntryId), "{text}");
        }
    }

    #[test]
    fn a_moment_knows_its_local_day() {
        assert_eq!(moment("2026-07-01T23:30:00-05:00").day().to_string(), "2026-07-01");
        assert_eq!(moment("2026-07-01T23:30:00+09:00").day().to_string(), "2026-07-01");
        assert_eq!(moment("2026-07-01T23:30:00Z").offset(), Offset::UTC);
    }

    #[test]
    fn what_is_not_a_moment_is_refused() {
        for text in ["", "2026-07-01", "2026-07-01T10:00:00", "2026-13-01T10:00:00Z", "yesterday"] {
            assert_eq!(text.parse::<Moment>(), Err(NoMoment), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_reads_back_as_it_was_written(
            seconds in -377_705_023_201_i64..253_402_207_200,
            nanos in 0..1_000_000_000_i32,
            offset in -93_599..93_600_i32,
        ) {
            let at = Timestamp::new(seconds, nanos).unwrap();
            let moment = Moment::new(at, Offset::from_seconds(offset).unwrap());
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        }

        #[test]
        fn an_id_reads_back_as_it_was_written(seconds in 0..9_000_000_000_i64, writer: u64) {
            let id = EntryId::next(Timestamp::from_second(seconds).unwrap(), None, writer);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(EntryId::from_bytes(*id.as_bytes()), Some(id));
        }
    }
}
