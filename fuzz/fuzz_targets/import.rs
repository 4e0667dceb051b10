//! Any bytes in the place of a description: read or refused at a place, never a panic. A network
//! that is read can be asked. `RUSTC_BOOTSTRAP=1 cargo fuzz run -s none import tests/dumps/shop`
//! from the top folder, with the toolchain of the project.

#![no_main]

use hanulgil::{
    aws::read,
    cloud::{Network, Probe, ProbeEnd, Rules, trace},
    net::Protocol,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read(&[("fuzz.json".to_owned(), bytes.to_vec())]) {
        Ok(import) => {
            assert!(import.unread.iter().all(|it| it.line > 0));
            for (id, _) in import.network.interfaces().iter().take(8) {
                let internet = ProbeEnd::Address(Network::INTERNET);
                for (from, to) in
                    [(internet, ProbeEnd::Interface(id)), (ProbeEnd::Interface(id), internet)]
                {
                    trace(&import.network, Probe::new(from, to, Protocol::TCP, 443), &Rules::AWS);
                }
            }
        }
        Err(unusable) => {
            for fault in unusable.faults {
                assert!(unusable.texts[&fault.file].get(fault.span).is_some());
            }
        }
    }
});
