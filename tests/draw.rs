//! The canvas outside of the program: `hanulgil draw`, as text and as an SVG picture.

use std::process::Command;

use hanulgil::{
    app::{
        Colors, Look,
        canvas::{Scale, layout},
    },
    cloud::{Host, Listening, Network},
    course::Scene,
    i18n::Lang,
    ui::{Skin, picture::Picture},
};

/// Two VPCs with something of nearly every kind.
const SCENE: &str = r#"
[vpc.shop]
cidr = "10.0.0.0/16"
[vpc.bank]
cidr = "10.1.0.0/16"
[internet_gateway.igw]
vpc = "shop"
[subnet.pub-a]
vpc = "shop"
cidr = "10.0.1.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> igw"]
[subnet.pub-b]
vpc = "shop"
cidr = "10.0.2.0/24"
zone = "b"
routes = ["0.0.0.0/0 -> igw"]
[subnet.app]
vpc = "shop"
cidr = "10.0.10.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> nat", "10.1.0.0/16 -> pcx", "192.168.0.0/16 -> vgw", "172.16.0.0/12 -> hub"]
[nat_gateway.nat]
subnet = "pub-a"
[subnet.ledger]
vpc = "bank"
cidr = "10.1.0.0/24"
zone = "a"
routes = ["10.0.0.0/16 -> pcx"]
[peering.pcx]
requester = "shop"
accepter = "bank"
[gateway_endpoint.to-s3]
vpc = "shop"
route_tables = ["app"]
[interface_endpoint.queue]
service = "sqs"
subnets = ["app"]
security_groups = ["inside"]
[security_group.inside]
vpc = "shop"
inbound = ["tcp 8080 from 10.0.0.0/16", "tcp 443 from 10.0.0.0/16", "tcp 443 from 192.168.0.0/16"]
[security_group.lb]
vpc = "shop"
inbound = ["tcp 80 from 0.0.0.0/0"]
[load_balancer.web]
subnets = ["pub-a", "pub-b"]
security_groups = ["lb"]
listeners = ["http 80 -> apps"]
[target_group.apps]
vpc = "shop"
port = 8080
targets = ["app"]
[instance.app]
subnet = "app"
security_groups = ["inside"]
[virtual_private_gateway.vgw]
vpc = "shop"
[on_premises.office]
cidrs = ["192.168.0.0/16"]
[vpn.line]
on_premises = "office"
gateway = "vgw"
[transit_gateway.hub]
[transit_gateway_attachment.door]
gateway = "hub"
vpc = "shop"
subnets = ["app"]
[lambda.fn]
[api.front]
type = "edge"
function = "fn"
[cdn.site]
load_balancer = "web"
[packets]
visit = "internet -> web tcp/80"
"#;

fn scene() -> Scene {
    match Scene::parse("draw.scene.toml", SCENE) {
        (Some(scene), faults) if faults.is_empty() => scene,
        (_, faults) => panic!("{faults:#?}"),
    }
}

fn text(network: &Network, scale: Scale, lang: Lang, ascii: bool) -> String {
    let look = Look { colors: Colors::None, ascii, ..Look::default() };
    let canvas = layout(network, scale, 100);
    let picture = Picture { network, canvas: &canvas, travel: None, caption: &[] };
    picture.text(&Skin::new(look, lang)).expect("it is not absurdly large")
}

fn svg(network: &Network, lang: Lang, light: bool, title: &str) -> String {
    let look = Look { colors: Colors::Full, light, ..Look::default() };
    let canvas = layout(network, Scale::Middle, 100);
    let picture = Picture { network, canvas: &canvas, travel: None, caption: &[] };
    picture.svg(&Skin::new(look, lang), light, title).expect("it is not absurdly large")
}

#[test]
fn a_network_of_every_kind_is_drawn_as_text() {
    let network = scene().network;
    insta::assert_snapshot!("middle-en", text(&network, Scale::Middle, Lang::En, false));
    insta::assert_snapshot!("near-ko", text(&network, Scale::Near, Lang::Ko, false));
    insta::assert_snapshot!("far-ko-ascii", text(&network, Scale::Far, Lang::Ko, true));
}

#[test]
fn ascii_pictures_have_only_ascii_signs_around_their_names() {
    let drawn = text(&scene().network, Scale::Near, Lang::En, true);
    assert!(drawn.is_ascii(), "{drawn}");
}

/// Checks that every element is closed by itself or in order, and that no name breaks out.
fn is_well_formed(svg: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let before = &rest[..start];
        if before.contains('>') {
            return Err(format!("a stray `>` in {before:?}"));
        }
        for entity in before.split('&').skip(1) {
            if !["amp;", "lt;", "gt;", "quot;"].iter().any(|it| entity.starts_with(it)) {
                return Err(format!("a bare `&` in {before:?}"));
            }
        }
        let end = rest[start..].find('>').ok_or("an element does not end")? + start;
        let element = &rest[start + 1..end];
        if !element.matches('"').count().is_multiple_of(2) || element.contains('<') {
            return Err(format!("broken attributes in {element:?}"));
        }
        if let Some(name) = element.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else if !element.ends_with('/') {
            open.push(element.split_whitespace().next().unwrap_or_default());
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() && rest.trim().is_empty() { Ok(()) } else { Err(format!("left: {open:?}")) }
}

#[test]
fn svg_pictures_are_well_formed_and_need_nothing_else() {
    for lang in Lang::ALL {
        for light in [false, true] {
            let drawn = svg(&scene().network, lang, light, "draw");
            is_well_formed(&drawn).unwrap();
            assert!(!drawn.contains("href") && !drawn.contains("url("), "it points elsewhere");
            assert_eq!(drawn.matches("http").count(), 1, "the one name of SVG itself");
        }
    }
    insta::assert_snapshot!("svg-ko", svg(&scene().network, Lang::Ko, false, "draw"));
}

#[test]
fn names_cannot_break_out_of_an_svg_picture() {
    let mut network = Network::new();
    network.insert(Host {
        name: "<b>&\"한글\"'</svg>\u{7}".into(),
        address: "203.0.113.9".parse().unwrap(),
        listening: Listening::Everywhere,
    });
    let drawn = svg(&network, Lang::En, false, "a<b>&\"c\u{1b}");
    is_well_formed(&drawn).unwrap();
    assert!(drawn.contains("<title>a&lt;b&gt;&amp;&quot;c</title>"), "{drawn}");
    assert!(!drawn.contains('\u{7}') && !drawn.contains('\u{1b}'));
}

fn draw(arguments: &[&str]) -> (Option<i32>, String, String) {
    let data = std::env::temp_dir().join(format!("hanulgil-draw-{}", std::process::id()));
    let output = Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .arg("draw")
        .args(arguments)
        .arg("--data")
        .arg(&data)
        .output()
        .expect("the program starts");
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code(), said(&output.stdout), said(&output.stderr))
}

#[test]
fn the_command_draws_to_the_standard_output_or_into_a_file() {
    let folder = std::env::temp_dir().join(format!("hanulgil-drawn-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (file, out) = (folder.join("all.scene.toml"), folder.join("all.svg"));
    std::fs::write(&file, SCENE).unwrap();
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());

    let (status, text, error) = draw(&[file, "--text", "--scale", "middle", "--lang", "en"]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(text.contains("Region, outside VPCs"), "{text}");
    assert!(text.lines().all(|line| line.trim_end() == line));

    // A packet leaves its trace, and its end is said below.
    let packet = ["--packet", "internet -> web tcp/80"];
    let (status, with, _) =
        draw(&[&[file, "--scale", "middle", "--lang", "en"][..], &packet].concat());
    assert_eq!(status, Some(0));
    assert!(with.contains('◉') && with.contains("reaches"), "{with}");

    let (status, nothing, _) = draw(&[&[file, "--svg", "-o", out][..], &packet].concat());
    assert_eq!((status, nothing.as_str()), (Some(0), ""));
    is_well_formed(&std::fs::read_to_string(out).unwrap()).unwrap();

    // What cannot be done is said, and nothing is drawn.
    for (arguments, word) in [
        (&[file, "--packet", "nobody -> web tcp/80"][..], "nobody"),
        (&[file, "--svg", "--text"], "--text"),
        (&[file, "--width", "0"], "1-2000"),
        (&[file, "-o", "/nowhere/at/all.svg"], "/nowhere/at/all.svg"),
        (&["no-such-scene"], "no-such-scene"),
    ] {
        let (status, drawn, error) = draw(&[arguments, &["--lang", "en"]].concat());
        assert_eq!((status, drawn.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(error.contains(word), "{arguments:?}: {error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_packet_keeps_to_the_wires_that_lead_where_it_goes() {
    use hanulgil::{
        app::canvas::{WireKind, hub},
        cloud::{Rules, Thing, trace},
    };
    let scene = scene();
    let network = &scene.network;
    let canvas = layout(network, Scale::Middle, 100);
    for packet in [
        "internet -> web tcp/80",
        "app -> sqs tcp/443",
        "app -> internet tcp/443",
        "office -> app tcp/443",
    ] {
        let probe = scene.probe(packet).unwrap_or_else(|slip| panic!("{packet}: {slip:?}"));
        let found = trace(network, probe, &Rules::AWS);
        let mut followed = 0;
        for pair in found.hops.windows(2).filter(|pair| pair[0].leg == pair[1].leg) {
            let road = canvas.road(network, pair[0].place, pair[1].place, &[]);
            let things: Vec<Thing> =
                pair.iter().filter_map(|hop| hub(network, hop.place)).collect();
            let wires = canvas.wires.iter().filter(|wire| match wire.kind {
                WireKind::Attachment(it)
                | WireKind::Route(it)
                | WireKind::Part(it)
                | WireKind::Line(it) => things.contains(&it),
                WireKind::Targets(_) | WireKind::Edge(_) => false,
            });
            let cells: Vec<(u16, u16)> =
                wires.flat_map(|wire| &wire.cells).map(|(x, y, _)| (*x, *y)).collect();
            let on = road.iter().filter(|cell| cells.contains(cell)).count();
            // All but the way in and out of what it comes from and goes to.
            followed += usize::from(on > 2 && on + on / 2 + 12 >= road.len());
        }
        assert!(followed > 0, "{packet} follows no wire");
    }
}
