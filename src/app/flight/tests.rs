use super::*;
use crate::{
    cloud::{Misconception, Thing},
    course::Scene,
};

/// A server behind a gateway. `{}` is where its table leads.
fn scene(routes: &str) -> Scene {
    let text = format!(
        r#"
        [vpc.main]
        cidr = "10.0.0.0/16"
        [internet_gateway.igw]
        vpc = "main"
        [subnet.pub]
        cidr = "10.0.0.0/24"
        routes = [{routes}]
        [security_group.web]
        inbound = ["tcp 443 from 0.0.0.0/0"]
        [instance.web]
        subnet = "pub"
        elastic_ip = "198.51.100.10"
        security_groups = ["web"]
        listens = ["tcp 443"]
        [host.client]
        address = "203.0.113.9"
        [packets]
        https = "client -> web tcp/443"
        ssh = "client -> web tcp/22"
        "#
    );
    let (scene, faults) = Scene::parse("test", &text);
    assert_eq!(faults, []);
    scene.unwrap()
}

const OPEN: &str = r#""0.0.0.0/0 -> igw""#;
const START: Duration = Duration::from_secs(1);

fn flight(scene: &Scene) -> Flight {
    Flight::new("test", scene.packets.clone(), true)
}

/// Presses keys, with time standing still.
fn press(flight: &mut Flight, scene: &Scene, actions: &[Action]) -> Vec<Said> {
    actions.iter().flat_map(|action| flight.act(*action, &scene.network, START, true)).collect()
}

/// Lets time pass until nothing moves; answers what was said, and how long it took.
fn wait(flight: &mut Flight, motion: bool) -> (Vec<Said>, Duration) {
    let (mut said, mut now) = (Vec::new(), START);
    while let Some(time) = flight.wakes_in(now) {
        now += time;
        said.extend(flight.tick(now, motion));
        assert!(now < START + Duration::from_secs(120), "it never rests");
    }
    (said, now.saturating_sub(START))
}

fn drop_at(flight: &Flight, wanted: impl Fn(Leg, Place) -> bool) -> u8 {
    let Stage::Where { suspects, .. } = flight.stage() else { panic!("not asked where") };
    let index = suspects.iter().position(|(leg, place)| wanted(*leg, *place));
    u8::try_from(index.expect("the place is not on the list")).unwrap() + 1
}

#[test]
fn a_packet_leaves_when_it_was_said_what_will_happen_and_not_before() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    assert!(press(&mut flight, &scene, &[Action::Send, Action::Send]).is_empty());
    assert!(flight.travel().is_none());
    let said = press(&mut flight, &scene, &[Action::Option(1)]);
    assert!(matches!(said[..], [Said::Left(Some(_))]));
    let travel = flight.travel().unwrap();
    assert_eq!((travel.hop(), travel.judged()), (0, Some(Judged::Right)));
}

#[test]
fn it_flies_to_its_end_by_itself_and_lands_once() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
    let (said, took) = wait(&mut flight, true);
    assert_eq!(said, [Said::Landed(scene.packets[0].probe)]);
    let travel = flight.travel().unwrap();
    assert!(travel.at_end() && !travel.plays());
    // Eight frames a second, and a rest at every hop.
    let frames = u32::from(FRAMES + REST) * (travel.last() as u32);
    assert!(took <= FRAME * (frames + 2) && took > FRAME * frames / 2, "{took:?}");
    assert!(press(&mut flight, &scene, &[Action::First, Action::Last]).is_empty());
}

#[test]
fn stepping_shows_hop_after_hop_and_stops_the_play() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(1), Action::Right]);
    let hop = |flight: &Flight| flight.travel().unwrap().hop();
    assert_eq!((hop(&flight), flight.wakes_in(START)), (1, None));
    press(&mut flight, &scene, &[Action::Right, Action::Left, Action::Left, Action::Left]);
    assert_eq!(hop(&flight), 0);
    let said = press(&mut flight, &scene, &[Action::Last]);
    assert_eq!(said, [Said::Landed(scene.packets[0].probe)]);
}

#[test]
fn a_wrong_prediction_stops_the_run_once_where_it_parts_from_the_truth() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    // "The list drops the request": it does not.
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(3)]);
    let acl = drop_at(&flight, |leg, place| {
        leg == Leg::Forward && matches!(place, Place::NetworkAcl(..))
    });
    press(&mut flight, &scene, &[Action::Option(acl)]);
    assert_eq!(flight.travel().unwrap().judged(), Some(Judged::Wrong));
    let (said, _) = wait(&mut flight, true);
    let travel = flight.travel().unwrap();
    assert!(said.is_empty() && !travel.at_end());
    assert!(matches!(travel.trace.hops[travel.hop()].place, Place::NetworkAcl(..)));
    press(&mut flight, &scene, &[Action::Confirm]);
    let (said, _) = wait(&mut flight, true);
    assert_eq!(said.len(), 1, "it goes on to the end");
}

#[test]
fn the_right_drop_at_the_wrong_place_is_half_right() {
    let scene = scene("");
    let mut flight = flight(&scene);
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(3), Action::Option(1)]);
    let travel = flight.travel().unwrap();
    assert_eq!(travel.judged(), Some(Judged::OtherPlace));
    let right = drop_in(&scene);
    assert_eq!(travel.trace.verdict.dropped().map(|(leg, place, _)| (leg, place)), Some(right));
}

#[test]
fn a_wrong_prediction_is_named_after_the_belief_that_makes_it() {
    let scene = scene("");
    let mut flight = flight(&scene);
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
    let travel = flight.travel().unwrap();
    let named: Vec<Misconception> = travel.beliefs.iter().map(|it| it.misconception).collect();
    let expected = [Misconception::RepliesNeedNoRoute, Misconception::PublicAddressIsEnough];
    assert_eq!(named, expected);
    assert_eq!(travel.parting(), Some(travel.last()));
    // Who is right is told nothing.
    let (leg, place) = drop_in(&scene);
    press(&mut flight, &scene, &[Action::Back, Action::Confirm, Action::Option(3)]);
    let right = drop_at(&flight, |it_leg, it| (it_leg, it) == (leg, place));
    press(&mut flight, &scene, &[Action::Option(right)]);
    assert!(flight.travel().unwrap().beliefs.is_empty());
}

/// Where the answer is dropped when the table has no way back.
fn drop_in(scene: &Scene) -> (Leg, Place) {
    let (subnet, _) = scene.network.subnets().iter().next().unwrap();
    (Leg::Reply, Place::RouteTable(scene.network.route_table_of(subnet), subnet))
}

#[test]
fn without_motion_it_goes_by_steps_and_has_time_to_be_read() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    flight.act(Action::Confirm, &scene.network, START, false);
    flight.act(Action::Option(1), &scene.network, START, false);
    let (said, took) = wait(&mut flight, false);
    assert_eq!(said.len(), 1);
    assert_eq!(took, STEP * flight.travel().unwrap().last() as u32);
}

#[test]
fn a_program_that_slept_does_not_hurry() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
    flight.tick(START + Duration::from_secs(3600), true);
    assert!(flight.travel().unwrap().hop() < 2);
}

#[test]
fn what_the_journal_keeps_is_readable_and_the_same_in_every_language() {
    let scene = scene("");
    let (leg, place) = drop_in(&scene);
    let claim = Claim::Dropped(leg, place);
    assert_eq!(written(&scene.network, claim), "dropped reply route-table pub");
    let gateway = scene.network.find("igw").next();
    assert!(matches!(gateway, Some(Thing::InternetGateway(_))));
}

#[test]
fn keys_that_mean_nothing_here_are_handed_back() {
    let scene = scene(OPEN);
    let mut flight = flight(&scene);
    assert_eq!(press(&mut flight, &scene, &[Action::Up]), [Said::Unused]);
    assert_eq!(press(&mut flight, &scene, &[Action::Back]), [Said::Unused]);
    assert_eq!(press(&mut flight, &scene, &[Action::Option(9)]), [Said::Unused]);
    let mut none = Flight::new("test", Vec::new(), true);
    assert_eq!(press(&mut none, &scene, &[Action::Confirm]), [Said::Unused]);
}
