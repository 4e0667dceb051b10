//! Transit gateways, virtual private gateways, VPN and on-premises networks: every change is one
//! line, and is taken back exactly.

use hanulgil::{
    cloud::Network,
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
