//! Going about the network: on the map, in the list, in the inspector.

use crate::{
    app::{
        Action, Area, Around,
        bench::{
            Bench, Notice, Pane, Selection, Told, View,
            edit::Edit,
            inspect::{Enter, Row},
            outline,
        },
        canvas::{self, Canvas, Spot, Way},
    },
    cloud::Thing,
};

impl Bench {
    pub(super) fn act_on_map(&mut self, action: Action, around: Around<'_>, told: &mut Vec<Told>) {
        let (width, height) = around.seen.map;
        if self.is_list(width, height) {
            match action {
                Action::Up | Action::Previous => self.step_in_list(false),
                Action::Down | Action::Next => self.step_in_list(true),
                Action::First => self.jump_in_list(false),
                Action::Last => self.jump_in_list(true),
                _ => self.act_on_selection(action, told),
            }
            return;
        }
        let canvas = self.canvas(width, height);
        let ways = [
            (Action::Up, Way::Up),
            (Action::Down, Way::Down),
            (Action::Left, Way::Left),
            (Action::Right, Way::Right),
        ];
        if let Some((_, way)) = ways.iter().find(|(arrow, _)| *arrow == action) {
            let from = canvas.shown(&self.network, self.selection.spot).map(|node| node.spot);
            let column = from.and_then(|from| self.column.or_else(|| canvas.column(from)));
            let next = match from {
                Some(from) => canvas.toward(from, *way, column),
                None => canvas.ring().first().copied(),
            };
            if let Some(spot) = next {
                self.select(spot);
                self.column = column.filter(|_| matches!(way, Way::Up | Way::Down));
            }
            return;
        }
        let ring = canvas.ring();
        let at = ring.iter().position(|spot| *spot == self.selection.spot);
        let next = match (action, at) {
            (Action::Next, Some(at)) => (at + 1) % ring.len(),
            (Action::Previous, Some(at)) => (at + ring.len() - 1) % ring.len(),
            (Action::Next | Action::First, _) => 0,
            (Action::Previous | Action::Last, _) => ring.len().saturating_sub(1),
            _ => return self.act_on_selection(action, told),
        };
        if let Some(spot) = ring.get(next) {
            self.select(*spot);
        }
    }

    fn act_on_selection(&mut self, action: Action, told: &mut Vec<Told>) {
        match action {
            Action::Confirm | Action::Edit => {
                self.row = 0;
                self.focus = Pane::Inspect;
            }
            Action::Delete => {
                if let Some(thing) = self.subject() {
                    self.ask_first(Edit::Delete(thing));
                }
            }
            _ => told.push(Told::Unused(action)),
        }
    }

    /// Selects a place on the map.
    pub(super) fn select(&mut self, spot: Spot) {
        let selection = Selection { spot, thing: None };
        if selection != self.selection {
            self.selection = selection;
            self.trail.clear();
            self.row = 0;
        }
        self.column = None;
    }

    /// Selects an object, on the map when it has a place there.
    pub(super) fn select_thing(&mut self, thing: Thing) {
        let spot = canvas::spot_of_thing(&self.network, thing);
        self.selection = match spot {
            // The same table at the subnet where one is, rather than at the first that uses it.
            Some(_) if self.selection.spot.thing(&self.network) == Some(thing) => {
                Selection { spot: self.selection.spot, thing: None }
            }
            Some(spot) => Selection { spot, thing: None },
            None => Selection { spot: self.selection.spot, thing: Some(thing) },
        };
        self.column = None;
        self.row = 0;
    }

    pub(super) fn list_at(&self, lines: &[outline::Line]) -> Option<usize> {
        let thing = self.subject();
        lines.iter().position(|line| match line.entry.subject(&self.network) {
            Some((_, Some(other))) => thing == Some(other),
            Some((Some(spot), None)) => thing.is_none() && spot == self.selection.spot,
            _ => false,
        })
    }

    fn step_in_list(&mut self, forward: bool) {
        let lines = outline::outline(&self.network);
        let at = self.list_at(&lines);
        let live = |index: &usize| lines[*index].entry.subject(&self.network).is_some();
        let next = match (at, forward) {
            (Some(at), true) => (at + 1..lines.len()).find(live),
            (Some(at), false) => (0..at).rev().find(live),
            (None, _) => (0..lines.len()).find(live),
        };
        self.take_line(&lines, next);
    }

    fn jump_in_list(&mut self, end: bool) {
        let lines = outline::outline(&self.network);
        let live = |index: &usize| lines[*index].entry.subject(&self.network).is_some();
        let mut indices = 0..lines.len();
        let next = if end { indices.rfind(live) } else { indices.find(live) };
        self.take_line(&lines, next);
    }

    pub(super) fn take_line(&mut self, lines: &[outline::Line], index: Option<usize>) {
        let subject = index.and_then(|index| lines.get(index)?.entry.subject(&self.network));
        match subject {
            Some((_, Some(thing))) => {
                self.select_thing(thing);
                self.trail.clear();
            }
            Some((Some(spot), None)) => self.select(spot),
            _ => {}
        }
    }

    pub(super) fn zoom(&mut self, around: Around<'_>, nearer: bool) {
        let now = match self.view {
            View::Map(scale) => scale,
            View::Fit | View::List => self.canvas(around.seen.map.0, around.seen.map.1).scale,
        };
        self.view = View::Map(if nearer { now.nearer() } else { now.farther() });
    }

    /// Where a window this large onto the map begins: no further from where it was than needed to
    /// keep what is looked at in sight.
    pub fn window(&self, canvas: &Canvas, width: u16, height: u16) -> (u16, u16) {
        let most = (canvas.width.saturating_sub(width), canvas.height.saturating_sub(height));
        let travel = self.flight.travel().filter(|_| self.focus == Pane::Flight);
        let focus = match travel {
            _ if self.free => None,
            Some(travel) => {
                let travel = travel.front();
                let place = travel.trace.hops.get(travel.hop()).map(|hop| hop.place);
                let cell = place.and_then(|place| canvas.stop_of(&self.network, place));
                cell.map(|(x, y)| Area { x, y, width: 1, height: 1 })
            }
            None => self
                .pointed()
                .and_then(|spot| canvas.shown(&self.network, spot))
                .map(|node| node.label),
        };
        match focus {
            Some(area) => (
                canvas::pan(canvas.width, width, self.pan.0, (area.x, area.width), 6),
                canvas::pan(canvas.height, height, self.pan.1, (area.y, area.height), 3),
            ),
            None => (self.pan.0.min(most.0), self.pan.1.min(most.1)),
        }
    }

    /// Moves the window onto the map after what is looked at.
    pub fn follow(&mut self, around: Around<'_>) {
        self.keep_maps(around);
        let (width, height) = around.seen.map;
        if width > 0 && height > 0 && !self.is_list(width, height) {
            let canvas = self.canvas(width, height);
            self.pan = self.window(&canvas, width, height);
        }
    }

    pub(super) fn act_in_inspector(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        let rows = self.rows();
        let live: Vec<&Row> = rows.iter().filter(|row| row.is_live()).collect();
        match action {
            Action::Up | Action::Previous => self.row = self.row.saturating_sub(1),
            Action::Down | Action::Next => {
                self.row = (self.row + 1).min(live.len().saturating_sub(1));
            }
            Action::First => self.row = 0,
            Action::Last => self.row = live.len().saturating_sub(1),
            Action::Confirm | Action::Edit => {
                if let Some(enter) = live.get(self.row).and_then(|row| row.enter) {
                    self.enter(enter, around, told);
                }
            }
            Action::Delete => match live.get(self.row).and_then(|row| row.delete) {
                Some(edit) => self.edit(edit, around, told),
                None => self.notice = Some(Notice::NothingToDelete),
            },
            Action::Back => match self.trail.pop() {
                Some((selection, row)) => {
                    self.selection = selection;
                    self.row = row;
                }
                None => self.focus = Pane::Map,
            },
            _ => {}
        }
    }

    fn enter(&mut self, enter: Enter, around: Around<'_>, told: &mut Vec<Told>) {
        match enter {
            Enter::Show(thing) => {
                self.trail.push((self.selection, self.row));
                self.select_thing(thing);
            }
            Enter::Edit(edit) => self.edit(edit, around, told),
            Enter::Packet => self.own_packet(),
        }
    }
}
