//! Where the arrow keys lead: along the lines of text, and up and down the streets.

use crate::app::{
    Area,
    canvas::{Canvas, Node, Spot},
};

/// Which way an arrow key points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant names its way")]
pub enum Way {
    Up,
    Down,
    Left,
    Right,
}

impl Canvas {
    /// Where an arrow leads. `column` is the one that a walk up or down began in, if it has begun;
    /// see [`Canvas::column`].
    ///
    /// Everything selectable stands in lines of text, one per row of cells.
    ///
    /// - Right and left go along the line, and at its end on to the next one, from the last line to
    ///   the first: **either of them alone goes once through everything and comes back to where
    ///   one began**. No name stands on another, so the order is a total one.
    /// - Up and down go to the nearest line that has something in this street, and there to what
    ///   is nearest to the column. A street is one zone, and all that stands in no zone: hosts,
    ///   gateways, fences. `None` where the street ends; never sideways into another zone.
    pub fn toward(&self, from: Spot, way: Way, column: Option<u16>) -> Option<Spot> {
        let node = self.node(from)?;
        let places = self.nodes.iter().filter(|node| node.spot.is_selectable());
        if let Way::Left | Way::Right = way {
            let mut lines: Vec<&Node> = places.collect();
            lines.sort_by_key(|node| (node.label.y, node.label.x));
            let at = lines.iter().position(|node| node.spot == from)?;
            let step = if way == Way::Right { 1 } else { lines.len() - 1 };
            return Some(lines[(at + step) % lines.len()].spot);
        }
        let column = column.unwrap_or_else(|| self.column(from).unwrap_or(node.label.x));
        let street = self.zone_around(node).or_else(|| self.zone_at(column));
        places
            .filter_map(|other| {
                let ahead = match way {
                    Way::Up => node.label.y.checked_sub(other.label.y)?,
                    _ => other.label.y.checked_sub(node.label.y)?,
                };
                let zone = self.zone_around(other);
                let open = ahead > 0 && (zone.is_none() || zone == street);
                open.then_some((ahead, apart(other.label, column), other.label.x, other.spot))
            })
            .min()
            .map(|(.., spot)| spot)
    }

    /// The column in which a walk up or down from here begins: where the name does.
    pub fn column(&self, from: Spot) -> Option<u16> {
        self.node(from).map(|node| node.label.x)
    }

    /// The zone that something stands in.
    fn zone_around(&self, node: &Node) -> Option<Spot> {
        let mut around = node.inside;
        while let Some(outer) = around {
            let outer = &self.nodes[outer];
            if let Spot::Zone(..) = outer.spot {
                return Some(outer.spot);
            }
            around = outer.inside;
        }
        None
    }

    /// The zone in this column, or nearest to it.
    fn zone_at(&self, column: u16) -> Option<Spot> {
        let zones = self.nodes.iter().filter(|node| matches!(node.spot, Spot::Zone(..)));
        zones.min_by_key(|zone| apart(zone.area, column)).map(|zone| zone.spot)
    }
}

/// How many columns an area is away from one; 0 when it covers it.
fn apart(area: Area, column: u16) -> u16 {
    let last = area.x.saturating_add(area.width.saturating_sub(1));
    area.x.saturating_sub(column).max(column.saturating_sub(last))
}
