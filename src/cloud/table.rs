//! Rows of one kind of object, each by a small typed id, in the order they were made.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    ops::Index,
};

/// Names one row of a [`Table`]. An id stays unused after its row is gone.
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub(crate) const fn new(index: u32) -> Self {
        Self { index, of: PhantomData }
    }

    /// Below every other id, for searches in sorted sets.
    pub(super) const FIRST: Self = Self::new(0);
    /// Above every other id, and never a row's: what is gone.
    pub(crate) const LAST: Self = Self::new(u32::MAX);

    /// The row's place: how many rows of this kind were made before it.
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

// Derives would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// Rows of one kind. A deleted row leaves a hole, so that ids stay true and undo can put it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T> {
    rows: Vec<Option<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<T> Table<T> {
    /// The id that the next pushed row will have.
    pub fn next_id(&self) -> Id<T> {
        Id::new(self.rows.len() as u32)
    }

    /// The row, unless it was deleted.
    pub fn get(&self, id: Id<T>) -> Option<&T> {
        self.rows.get(id.index()).and_then(Option::as_ref)
    }

    /// The rows that exist, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((Id::new(index as u32), row.as_ref()?)))
    }

    /// The oldest row that fits.
    pub fn find(&self, mut fits: impl FnMut(Id<T>, &T) -> bool) -> Option<Id<T>> {
        self.iter().find(|(id, row)| fits(*id, row)).map(|(id, _)| id)
    }

    /// How many rows fit.
    pub fn count(&self, mut fits: impl FnMut(&T) -> bool) -> usize {
        self.iter().filter(|(_, row)| fits(row)).count()
    }

    /// How many rows exist.
    pub fn len(&self) -> usize {
        self.rows.iter().flatten().count()
    }

    /// Is there no row?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a slot behind the others, still empty.
    pub(super) fn push_hole(&mut self) -> Id<T> {
        let id = self.next_id();
        self.rows.push(None);
        id
    }

    /// Puts `row` (or a hole) where `id` points and gives back what stood there. The slot must exist.
    pub(super) fn replace(&mut self, id: Id<T>, row: Option<T>) -> Option<T> {
        std::mem::replace(&mut self.rows[id.index()], row)
    }

    /// Takes the newest slot away: the inverse of [`Table::push_hole`].
    pub(super) fn pop(&mut self) -> Option<T> {
        self.rows.pop().flatten()
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    /// # Panics
    /// When the row was deleted: use [`Table::get`] for ids that may be stale.
    fn index(&self, id: Id<T>) -> &T {
        self.get(id).expect("the row was deleted")
    }
}
