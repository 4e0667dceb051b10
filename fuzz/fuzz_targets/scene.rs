//! Any text as a scene: it is read, or every fault stands at a place in it and speaks both languages.
#![no_main]

use hanulgil::course::Scene;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (scene, faults) = Scene::parse("fuzz.scene.toml", text);
    assert!(scene.is_some() || !faults.is_empty(), "refused without a word");
    for fault in faults {
        assert!(!fault.message.ko.is_empty() && !fault.message.en.is_empty());
        assert!(fault.span.end <= text.len(), "a fault behind the end");
    }
});
