//! Designs that work: where the sandbox may begin, and what incidents break. Scenes like any other,
//! embedded in the program.

use crate::course::Scene;

/// A design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Its stable name, under which the sandbox is kept.
    pub id: &'static str,
    source: &'static str,
}

macro_rules! designs {
    ($($id:literal),+ $(,)?) => {
        [$(Design {
            id: $id,
            source: include_str!(concat!("../../assets/templates/", $id, ".scene.toml")),
        }),+]
    };
}

impl Design {
    /// All of them, the plainest first.
    pub const ALL: [Self; 6] =
        designs!["two-zone-web", "three-tier", "private-s3", "peered", "hub-and-spoke", "hybrid",];

    /// The design as a scene.
    ///
    /// # Panics
    /// Never: each is read by a test.
    pub fn scene(self) -> Scene {
        let file = format!("{}.scene.toml", self.id);
        Scene::parse(&file, self.source).0.expect("a test reads every design")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Rules, fix::Wanted, trace},
        course::incident::{Level, inject, promises},
    };

    #[test]
    fn every_design_is_read_without_fault_and_works() {
        for design in Design::ALL {
            let (scene, faults) = Scene::parse("design.scene.toml", design.source);
            assert_eq!(faults, [], "{}", design.id);
            let scene = scene.unwrap();
            let delivered = |it: &&crate::course::NamedPacket| {
                trace(&scene.network, it.probe, &Rules::AWS).is_delivered()
            };
            let works = scene.packets.iter().filter(delivered).count();
            assert!(works >= 2 && works < scene.packets.len(), "{}", design.id);
            assert!(promises(&scene).iter().any(|it| it.wanted == Wanted::NotDelivered));
        }
    }

    #[test]
    fn every_design_can_be_broken_and_mended() {
        for design in Design::ALL {
            let scene = design.scene();
            let drawn = (0..8).filter_map(|seed| inject(&scene, Level::One, seed)).count();
            assert!(drawn >= 6, "{}: {drawn} of 8", design.id);
        }
    }
}
