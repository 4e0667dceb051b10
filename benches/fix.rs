//! What it costs to find the smallest fix of a lab.
//!
//! Promises: for every lab of the pack, every smallest fix, ranked by what it exposes, is found
//! within 16 ms: one frame.

use divan::{Bencher, black_box};
use hanulgil::{
    cloud::fix::Limits,
    course::{Course, Lab, par::solutions},
};

fn main() {
    divan::main();
}

/// The labs that packets decide about and that something must be changed in.
const LABS: [&str; 9] = [
    "lab-02-open-the-gate",
    "lab-03-wrong-table",
    "lab-04-longest-prefix",
    "lab-05-sg-chain",
    "lab-06-nacl-ephemeral",
    "lab-07-nat-out",
    "lab-08-s3-endpoint",
    "lab-09-close-22",
    "lab-11-nat-az-failure",
];

fn lab(id: &str) -> Lab {
    let (course, _) = Course::builtin();
    let lessons = course.lessons().filter_map(|entry| course.lesson(&entry.id).0);
    let mut labs = lessons.flat_map(|lesson| lesson.labs);
    labs.find(|lab| lab.id.0 == id).expect("the pack has this lab")
}

#[divan::bench(args = LABS)]
fn lab_of_the_pack(bencher: Bencher, id: &str) {
    let lab = lab(id);
    let find = || solutions(black_box(&lab), &lab.scene.network, Limits::default());
    assert_eq!(find().map(|it| it.cost), Ok(lab.par));
    bencher.bench_local(find);
}
