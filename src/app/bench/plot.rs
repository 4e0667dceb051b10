//! The map as it was laid out, so that neither a frame nor a key lays it out again while nothing
//! changes.

use std::borrow::Cow;

use crate::app::{
    Around,
    bench::{Bench, View},
    canvas::{self, Canvas},
};

/// The maps that the last frames asked for, of the network as it is.
#[derive(Debug, Default)]
pub(super) struct Plots {
    kept: Vec<(View, (u16, u16), Canvas)>,
    /// How often the network was laid out to be kept.
    laid: usize,
}

impl Plots {
    /// The network is another one.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
    }
}

impl Bench {
    /// The map for a window this large: kept, or laid out now.
    pub fn canvas(&self, width: u16, height: u16) -> Cow<'_, Canvas> {
        let mut kept = self.plots.kept.iter();
        match kept.find(|(view, size, _)| (*view, *size) == (self.view, (width, height))) {
            Some((.., canvas)) => Cow::Borrowed(canvas),
            None => Cow::Owned(self.lay_out(width, height)),
        }
    }

    fn lay_out(&self, width: u16, height: u16) -> Canvas {
        match self.view {
            View::Map(scale) => canvas::layout(&self.network, scale, width),
            View::Fit | View::List => canvas::fit(&self.network, width, height),
        }
    }

    /// How often the network was laid out to be kept, so far.
    pub fn layouts(&self) -> usize {
        self.plots.laid
    }

    /// Keeps the maps that the last frame asked for, and the way of the packet over the one that is
    /// on screen.
    pub(super) fn keep_maps(&mut self, around: Around<'_>) {
        let asked: Vec<(u16, u16)> =
            std::iter::once(around.seen.map).chain(around.seen.rooms.iter().copied()).collect();
        let view = self.view;
        self.plots.kept.retain(|(it, size, _)| *it == view && asked.contains(size));
        for (width, height) in asked {
            let known = self.plots.kept.iter().any(|(_, size, _)| *size == (width, height));
            if !known && width > 0 && height > 0 && !self.is_list(width, height) {
                let canvas = self.lay_out(width, height);
                self.plots.kept.push((view, (width, height), canvas));
                self.plots.laid += 1;
            }
        }
        if let Some((.., canvas)) = self.plots.kept.iter().find(|it| it.1 == around.seen.map) {
            self.flight.keep(canvas);
        }
    }
}
