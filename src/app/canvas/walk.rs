//! Where the arrow keys lead: along the lines of text, and up and down the streets.

use crate::{
    app::{
        Area,
        canvas::{Canvas, Node, Spot},
    },
    cloud::{Thing, VpcId},
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
    ///   is nearest to the column. A street is one zone with its VPC's gateways and rails, or the
    ///   column of what is outside every VPC; hosts, and what is underneath, are in every street.
    ///   `None` where the street ends; never sideways into another zone.
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
        let street = self.street(node, column);
        places
            .filter_map(|other| {
                let ahead = match way {
                    Way::Up => node.label.y.checked_sub(other.label.y)?,
                    _ => other.label.y.checked_sub(node.label.y)?,
                };
                let open = ahead > 0 && street.is_none_or(|street| self.is_open(other, street));
                open.then_some((ahead, apart(other.label, column), other.label.x, other.spot))
            })
            .min()
            .map(|(.., spot)| spot)
    }

    /// The column in which a walk up or down from here begins: where the name does.
    pub fn column(&self, from: Spot) -> Option<u16> {
        self.node(from).map(|node| node.label.x)
    }

    /// The boxes around something, from its own.
    fn around<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Node> {
        std::iter::successors(Some(node), |node| Some(&self.nodes[node.inside?]))
    }

    /// The street that a walk up or down is in: a zone, a VPC without any, or the column of what is
    /// outside the VPCs. For what stands in no street, one of the nearest block.
    fn street(&self, node: &Node, column: u16) -> Option<Spot> {
        let own = self.around(node).map(|it| it.spot).find(|spot| {
            matches!(spot, Spot::Zone(..) | Spot::Edge | Spot::Shelf | Spot::Thing(Thing::Vpc(_)))
        });
        let zones = |vpc: VpcId| {
            let zones = self.nodes.iter();
            zones.filter(move |it| matches!(it.spot, Spot::Zone(of, _) if of == vpc))
        };
        let block = own.or_else(|| {
            let blocks = self.nodes.iter().filter(|it| {
                matches!(it.spot, Spot::Edge | Spot::Shelf | Spot::Thing(Thing::Vpc(_)))
            });
            blocks.min_by_key(|it| apart(it.area, column)).map(|it| it.spot)
        });
        match block? {
            Spot::Edge | Spot::Shelf => Some(Spot::Shelf),
            Spot::Thing(Thing::Vpc(vpc)) => {
                let near = zones(vpc).min_by_key(|it| apart(it.area, column));
                near.map(|it| it.spot).or(block)
            }
            zone => Some(zone),
        }
    }

    /// May a walk in this street come upon it?
    fn is_open(&self, node: &Node, street: Spot) -> bool {
        let own = self.around(node).map(|it| it.spot).find(|spot| {
            matches!(spot, Spot::Zone(..) | Spot::Edge | Spot::Shelf | Spot::Thing(Thing::Vpc(_)))
        });
        match (own, street) {
            (None, _) | (Some(Spot::Edge | Spot::Shelf), Spot::Shelf) => true,
            (Some(Spot::Thing(Thing::Vpc(vpc))), Spot::Zone(of, _)) => vpc == of,
            (Some(own), street) => own == street,
        }
    }
}

/// How many columns an area is away from one; 0 when it covers it.
fn apart(area: Area, column: u16) -> u16 {
    let last = area.x.saturating_add(area.width.saturating_sub(1));
    area.x.saturating_sub(column).max(column.saturating_sub(last))
}
