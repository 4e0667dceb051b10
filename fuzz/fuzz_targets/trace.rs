//! Any scene, and every packet that it names: a trace ends, the same every time, and its blockers begin
//! with what dropped it. The wrong machines end too.
#![no_main]

use hanulgil::{
    cloud::{Misconception, Rules, blockers, trace},
    course::Scene,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (Some(scene), _) = Scene::parse("fuzz.scene.toml", text) else { return };
    for packet in scene.packets.iter().take(8) {
        let network = &scene.network;
        let found = trace(network, packet.probe, &Rules::AWS);
        assert_eq!(found, trace(network, packet.probe, &Rules::AWS));
        let first = blockers(network, packet.probe).first().map(|it| (it.leg, it.place, it.cause));
        assert_eq!(first, found.verdict.dropped());
        for belief in Misconception::ALL {
            let wrong = trace(network, packet.probe, &belief.rules());
            assert!(wrong.hops.len() < 10_000, "{belief:?} goes round for ever");
        }
    }
});
