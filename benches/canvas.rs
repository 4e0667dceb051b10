//! How long a network takes to be laid out: the promise is that 500 interfaces take far less than
//! the 16 ms of a screen's own frame, so that the map follows every edit at once.

use std::fmt::Write;

use divan::{Bencher, black_box};
use hanulgil::{
    app::canvas::{Canvas, Scale, fit, layout},
    cloud::Network,
    course::Scene,
};

fn main() {
    divan::main();
}

/// A VPC with three zones, a gateway, a NAT gateway a zone, and so many instances in twelve
/// subnets.
fn network(instances: usize) -> Network {
    let mut text = String::from("[vpc.main]\ncidr = \"10.0.0.0/16\"\n[internet_gateway.igw]\n");
    for subnet in 0..12 {
        let zone = ["a", "b", "c"][subnet % 3];
        let route = if subnet < 3 { "igw".to_owned() } else { format!("nat-{zone}") };
        let _ = write!(
            text,
            "[subnet.net-{subnet}]\ncidr = \"10.0.{subnet}.0/24\"\nzone = \"{zone}\"\n\
             routes = [\"0.0.0.0/0 -> {route}\"]\n"
        );
    }
    for (subnet, zone) in ["a", "b", "c"].iter().enumerate() {
        let _ = write!(text, "[nat_gateway.nat-{zone}]\nsubnet = \"net-{subnet}\"\n");
    }
    for instance in 0..instances {
        let subnet = instance % 12;
        let _ = write!(text, "[instance.server-{instance}]\nsubnet = \"net-{subnet}\"\n");
    }
    let text = text.replace("[internet_gateway.igw]\n", "[internet_gateway.igw]\nvpc = \"main\"\n");
    let (scene, faults) = Scene::parse("bench", &text);
    assert!(faults.is_empty(), "{faults:?}");
    scene.unwrap().network
}

#[divan::bench(args = [10, 100, 500])]
fn one_scale(bencher: Bencher, instances: usize) {
    let network = network(instances);
    bencher.bench_local(|| -> Canvas { layout(black_box(&network), Scale::Middle, 120) });
}

#[divan::bench(args = [10, 100, 500])]
fn the_nearest_that_fits(bencher: Bencher, instances: usize) {
    let network = network(instances);
    bencher.bench_local(|| -> Canvas { fit(black_box(&network), 120, 36) });
}
