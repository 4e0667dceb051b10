//! Transit gateways, virtual private gateways, VPN and on-premises networks: every change is one
//! line, and is taken back exactly; and what stateful appliances make of zones.

use std::fmt::Write as _;

use hanulgil::{
    cloud::{
        Blocker, Code, Network, Rules, Trace, blockers,
        fix::{Demand, Limits, Wanted, smallest},
        trace,
    },
    course::{Scene, edit},
};

/// Two VPCs with two zones each, to be joined.
const BASE: &str = r#"
[vpc.a]
cidr = "10.0.0.0/16"
[vpc.b]
cidr = "10.1.0.0/16"
[subnet.a1]
vpc = "a"
cidr = "10.0.1.0/24"
zone = "a"
[subnet.a2]
vpc = "a"
cidr = "10.0.2.0/24"
zone = "b"
[subnet.b1]
vpc = "b"
cidr = "10.1.1.0/24"
zone = "a"
[route_table.work]
vpc = "a"
[instance.one]
subnet = "a1"
[instance.two]
subnet = "b1"
"#;

fn network() -> Network {
    let (scene, faults) = Scene::parse("changes.scene.toml", BASE);
    scene.unwrap_or_else(|| panic!("{faults:#?}")).network
}

#[test]
fn every_change_is_one_line_and_is_taken_back_exactly() {
    let mut network = network();
    for line in [
        "create-transit-gateway hub",
        "create-transit-gateway far association=off propagation=off",
        "modify-transit-gateway hub group-references=on",
        "create-transit-gateway-vpc-attachment att-a hub a a1",
        "create-transit-gateway-vpc-attachment att-b hub b b1",
        "modify-transit-gateway-vpc-attachment att-a appliance-mode=on",
        "modify-transit-gateway-vpc-attachment att-a subnets a1 a2",
        "create-transit-gateway-route-table inner hub",
        "create-transit-gateway-route inner 10.9.0.0/16 -> blackhole",
        "create-transit-gateway-route inner 10.1.0.0/16 -> att-b",
        "replace-transit-gateway-route inner 10.1.0.0/16 -> att-a",
        "delete-transit-gateway-route inner 10.1.0.0/16",
        "enable-transit-gateway-route-table-propagation inner att-b",
        "disable-transit-gateway-route-table-propagation inner att-b",
        "disassociate-transit-gateway-route-table hub-default att-a",
        "associate-transit-gateway-route-table inner att-a",
        "create-route work 10.1.0.0/16 -> hub",
        "create-on-premises office 192.168.0.0/16 listen=tcp/443",
        "create-customer-gateway router office",
        "create-vpn-gateway vgw",
        "attach-vpn-gateway vgw a",
        "create-route-table edge a",
        "associate-vpn-gateway-route-table vgw edge",
        "associate-vpn-gateway-route-table vgw none",
        "associate-vpn-gateway-route-table vgw edge",
        "create-vpn-connection line router vpn-gateway vgw static 192.168.0.0/16",
        "create-vpn-connection-route line 192.168.7.0/24",
        "delete-vpn-connection-route line 192.168.7.0/24",
        "enable-vgw-route-propagation work vgw",
        "configure-vpn-tunnels line down up",
        "configure-vpn-tunnels line down down",
        "disable-vgw-route-propagation work vgw",
        "create-vpn-connection other router transit-gateway hub bgp 192.168.0.0/16",
        "create-transit-gateway-peering-attachment joint hub far",
        "accept-transit-gateway-attachment #4",
        "create-direct-connect-gateway dx office",
        "create-direct-connect-gateway-association dx vgw",
        "delete-direct-connect-gateway-association dx vgw",
        "attach-direct-connect-gateway private hub dx",
        "create-transit-gateway-connect tunnel hub office",
        "delete-transit-gateway-attachment tunnel",
        "delete-transit-gateway-attachment #3",
        "delete-vpn-connection other",
        "delete-vpn-connection line",
        "detach-vpn-gateway vgw a",
        "delete-vpn-gateway vgw",
        "delete-customer-gateway router",
        "delete-route work 10.1.0.0/16",
        "disassociate-transit-gateway-route-table inner att-a",
        "delete-transit-gateway-route-table inner",
        "delete-transit-gateway-attachment att-b",
        "delete-transit-gateway-attachment att-a",
        "delete-transit-gateway far",
    ] {
        let before = network.clone();
        let change = edit::parse(&network, line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
        let printed = edit::print(&network, &change);
        assert_eq!(
            edit::parse(&network, &printed).as_ref(),
            Ok(&change),
            "{line} is printed {printed}"
        );
        assert!(edit::VERBS.contains(&edit::verb(&change)), "{line}");
        let applied = network.apply(change.clone()).unwrap_or_else(|it| panic!("{line}: {it:?}"));
        assert_eq!(network, network.reindexed(), "{line}");
        network.undo(applied.undo);
        assert_eq!(network, before, "{line}");
        network.apply(change).unwrap();
    }
}

/// Two VPCs whose traffic is inspected in a third, by an appliance in each of two zones.
fn inspected(appliance_mode: bool) -> Scene {
    let mut text = String::from("[transit_gateway.hub]\n");
    for (vpc, block) in [("a", "10.1"), ("b", "10.2"), ("c", "10.3")] {
        let mode = if vpc == "c" { appliance_mode } else { false };
        let _ = write!(
            text,
            "[vpc.{vpc}]\ncidr = \"{block}.0.0/16\"\n\
             [security_group.{vpc}-open]\nvpc = \"{vpc}\"\ndefault = true\n\
             inbound = [\"all from 0.0.0.0/0\"]\n\
             [transit_gateway_attachment.att-{vpc}]\ngateway = \"hub\"\nvpc = \"{vpc}\"\n\
             subnets = [\"{vpc}-a\", \"{vpc}-b\"]\nappliance_mode = {mode}\n"
        );
        for (zone, third) in [("a", 1), ("b", 2)] {
            let routes = if vpc == "c" {
                format!("0.0.0.0/0 -> fw-{zone}")
            } else {
                "0.0.0.0/0 -> hub".into()
            };
            let _ = write!(
                text,
                "[subnet.{vpc}-{zone}]\nvpc = \"{vpc}\"\ncidr = \"{block}.{third}.0/24\"\n\
                 zone = \"{zone}\"\nroutes = [\"{routes}\"]\n"
            );
            if vpc == "c" {
                let _ = write!(
                    text,
                    "[subnet.fw-{zone}]\nvpc = \"c\"\ncidr = \"{block}.1{third}.0/24\"\n\
                     zone = \"{zone}\"\nroutes = [\"0.0.0.0/0 -> hub\"]\n\
                     [instance.fw-{zone}]\nsubnet = \"fw-{zone}\"\nsource_dest_check = false\n\
                     forwarding = \"inspects\"\n"
                );
            } else {
                let _ = write!(text, "[instance.{vpc}{zone}]\nsubnet = \"{vpc}-{zone}\"\n");
            }
        }
    }
    text.push_str(
        "[transit_gateway_route_table.spokes]\ngateway = \"hub\"\n\
         associations = [\"att-a\", \"att-b\"]\nroutes = [\"0.0.0.0/0 -> att-c\"]\n\
         [transit_gateway_route_table.inspection]\ngateway = \"hub\"\n\
         associations = [\"att-c\"]\npropagations = [\"att-a\", \"att-b\"]\n",
    );
    let (scene, faults) = Scene::parse("inspected.scene.toml", &text);
    scene.unwrap_or_else(|| panic!("{text}\n{faults:#?}"))
}

fn follow(scene: &Scene, line: &str) -> Trace {
    trace(&scene.network, scene.probe(line).unwrap(), &Rules::AWS)
}

#[test]
fn a_flow_counts_as_delivered_when_it_is_in_every_zone_that_may_be_picked() {
    let mut scene = inspected(true);
    let line = "aa -> ba tcp/443";
    assert!(follow(&scene, line).is_delivered());
    // AWS picks the zone by a hash of the flow, and does not see that an appliance is down.
    edit::carry_out(&mut scene.network, "stop-instances fw-b").unwrap();
    assert_eq!(follow(&scene, line).verdict.code(), Some(Code::InstanceNotRunning));
    let probe = scene.probe(line).unwrap();
    let found = blockers(&scene.network, probe);
    assert!(!found.is_empty());
    assert!(found.iter().all(|it| it.code() == Code::InstanceNotRunning), "{found:?}");
    // Out of the attachment, the zone is out of the question.
    let line_out = "modify-transit-gateway-vpc-attachment att-c subnets c-a";
    edit::carry_out(&mut scene.network, line_out).unwrap();
    assert!(follow(&scene, line).is_delivered());
}

#[test]
fn appliance_mode_is_the_smallest_fix_of_an_asymmetric_flow() {
    let scene = inspected(false);
    let line = "aa -> bb tcp/443";
    assert_eq!(follow(&scene, line).verdict.code(), Some(Code::AsymmetricFlow));
    let probe = scene.probe(line).unwrap();
    let told: Vec<Code> = blockers(&scene.network, probe).iter().map(Blocker::code).collect();
    assert_eq!(told, [Code::AsymmetricFlow]);
    let demand = Demand { probe, wanted: Wanted::Delivered };
    let found = smallest(&scene.network, &[demand], |_| true, Limits::default()).unwrap();
    assert_eq!(found.cost, 1);
    let lines: Vec<String> =
        found.ways.iter().map(|way| edit::print(&scene.network, &way[0])).collect();
    let mode = "modify-transit-gateway-vpc-attachment att-c appliance-mode=on";
    assert!(lines.iter().any(|it| it == mode), "{lines:?}");
}
