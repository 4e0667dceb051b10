//! Networks of more than AWS allows by default: refused as they stand, read with the quotas that an
//! account was granted, and written so that they read back.

use std::{fmt::Write as _, ops::Range};

use hanulgil::{
    cloud::{Network, Quota, Reason},
    course::{Fault, Scene, edit, export},
    i18n::Lang,
    tell::Teller,
};

/// One more of something than the default, and which other quotas that takes.
fn crowded(quota: Quota) -> (String, &'static [(&'static str, usize)]) {
    let base = "[vpc.main]\ncidr = \"10.0.0.0/16\"\n[internet_gateway.igw]\nvpc = \"main\"\n\
                [subnet.one]\nvpc = \"main\"\ncidr = \"10.0.0.0/20\"\n";
    let mut text = base.to_owned();
    let most = quota.limit();
    let mut each = |all: Range<usize>, line: &dyn Fn(usize) -> String| {
        for number in all {
            let _ = writeln!(text, "{}", line(number));
        }
    };
    let list = |line: &dyn Fn(usize) -> String, count: usize| {
        let all: Vec<String> = (0..count).map(|it| format!("\"{}\"", line(it))).collect();
        all.join(", ")
    };
    let vpc = |it| format!("[vpc.v{it}]\ncidr = \"10.{}.0.0/16\"", it + 1);
    match quota {
        Quota::Vpcs => each(0..most, &vpc),
        Quota::BlocksPerVpc => {
            let blocks = list(&|it| format!("10.{it}.0.0/16"), most + 1);
            return (format!("[vpc.main]\ncidrs = [{blocks}]\n"), &[]);
        }
        Quota::SubnetsPerVpc => each(0..most, &|it| {
            let (third, last) = (16 + it / 16, it % 16 * 16);
            format!("[subnet.s{it}]\nvpc = \"main\"\ncidr = \"10.0.{third}.{last}/28\"")
        }),
        Quota::RouteTablesPerVpc => {
            each(0..most, &|it| format!("[route_table.t{it}]\nvpc = \"main\""));
        }
        Quota::RoutesPerTable => {
            let routes = list(&|it| format!("20.{}.{}.0/24 -> igw", it / 200, it % 200), most);
            each(0..1, &|_| format!("routes = [{routes}]"));
        }
        Quota::InternetGateways => each(0..most, &|it| format!("[internet_gateway.g{it}]")),
        Quota::EgressOnlyGateways => {
            each(0..most, &vpc);
            each(0..most, &|it| format!("[egress_only_gateway.e{it}]\nvpc = \"v{it}\""));
            each(most..most + 1, &|it| format!("[egress_only_gateway.e{it}]\nvpc = \"main\""));
            return (text, &[("vpcs", 6)]);
        }
        Quota::NatGatewaysPerZone => each(0..most + 1, &|it| {
            format!("[nat_gateway.n{it}]\nsubnet = \"one\"\nconnectivity = \"private\"")
        }),
        Quota::NatAddressesPerZone => {
            let all: Vec<String> = (0..=most).map(|it| format!("203.0.113.{}", it + 100)).collect();
            let all = all.join(" ");
            each(0..1, &|_| {
                format!("[nat_gateway.n]\nregional = true\nvpc = \"main\"\nzones = [\"a {all}\"]")
            });
        }
        Quota::PeeringsPerVpc => {
            each(0..most + 1, &vpc);
            each(0..most + 1, &|it| {
                format!("[peering.p{it}]\nrequester = \"main\"\naccepter = \"v{it}\"")
            });
            return (text, &[("vpcs", 52)]);
        }
        Quota::GatewayEndpoints => {
            each(0..most + 1, &vpc);
            each(0..most + 1, &|it| format!("[gateway_endpoint.e{it}]\nvpc = \"v{it}\""));
            return (text, &[("vpcs", 22)]);
        }
        Quota::ElasticIps => each(0..most + 1, &|it| {
            format!("[instance.i{it}]\nsubnet = \"one\"\nelastic_ip = \"203.0.113.{}\"", it + 10)
        }),
        Quota::AclsPerVpc => each(0..most, &|it| format!("[network_acl.l{it}]\nvpc = \"main\"")),
        Quota::EntriesPerAcl => {
            let entry = |it| format!("{} allow tcp {} from 0.0.0.0/0", it + 1, it + 1);
            let entries = list(&entry, most + 1);
            each(0..1, &|_| format!("[network_acl.l]\nvpc = \"main\"\ninbound = [{entries}]"));
        }
        Quota::RulesPerGroup => {
            let rules = list(&|it| format!("tcp {} from 0.0.0.0/0", it + 1), most + 1);
            each(0..1, &|_| format!("[security_group.g]\nvpc = \"main\"\ninbound = [{rules}]"));
        }
        Quota::GroupsPerInterface => {
            each(0..most + 1, &|it| format!("[security_group.g{it}]\nvpc = \"main\""));
            let all = list(&|it| format!("g{it}"), most + 1);
            each(0..1, &|_| format!("[instance.i]\nsubnet = \"one\"\nsecurity_groups = [{all}]"));
        }
        Quota::TransitGateways => each(0..most + 1, &|it| format!("[transit_gateway.t{it}]")),
        Quota::TablesPerTransitGateway => {
            each(0..1, &|_| "[transit_gateway.hub]".to_owned());
            each(0..most + 1, &|it| {
                format!("[transit_gateway_route_table.t{it}]\ngateway = \"hub\"")
            });
        }
        Quota::VirtualPrivateGateways => {
            each(0..most + 1, &|it| format!("[virtual_private_gateway.g{it}]"));
        }
        Quota::RoutesPerTransitGateway | Quota::TransitGatewaysPerVpc => unreachable!(),
    }
    (text, &[])
}

fn read(text: &str) -> Result<Scene, Vec<Fault>> {
    let (scene, faults) = Scene::parse("s.scene.toml", text);
    scene.ok_or(faults)
}

#[test]
fn what_is_above_a_quota_is_refused_unless_it_was_granted_and_reads_back_with_it() {
    for (quota, key) in Quota::ADJUSTABLE {
        // Ten thousand routes take long to write and to read.
        if quota == Quota::RoutesPerTransitGateway {
            continue;
        }
        let (text, others) = crowded(quota);
        let mut granted = String::from("[quotas]\n");
        for (other, many) in others {
            let _ = writeln!(granted, "{other} = {many}");
        }
        let faults = read(&format!("{granted}{text}")).expect_err(key);
        for fault in &faults {
            assert_eq!(fault.rule, "refused", "{key}: {fault:?}");
            let help = fault.help.as_ref().expect("it says how one has more");
            for words in [&help.ko, &help.en] {
                assert!(words.contains(&format!("`{key} = ...`")), "{key}: {words}");
            }
        }

        let _ = writeln!(granted, "{key} = {}", quota.limit() + 1);
        let scene = read(&format!("{granted}{text}")).unwrap_or_else(|it| panic!("{key}: {it:#?}"));
        assert_eq!(scene.network.used(quota), quota.limit() + 1, "{key}");
        let written = export::to_toml(&scene);
        assert!(written.contains(&format!("{key} = {}\n", quota.limit() + 1)), "{written}");
        let again = read(&written).unwrap_or_else(|it| panic!("{key}: {it:#?}\n{written}"));
        assert_eq!(export::to_toml(&again), written, "{key}");
        // One more of these is refused, and the refusal says how many there may be.
        assert_eq!(again.network.quota(quota), quota.limit() + 1);
        let reason = Teller::new(&again.network, Lang::En).reason(&Reason::Quota(quota));
        assert!(reason.contains(&(quota.limit() + 1).to_string()), "{reason}");
    }
}

#[test]
fn networks_within_the_defaults_say_nothing_of_quotas() {
    let scene = read("[vpc.main]\ncidr = \"10.0.0.0/16\"\n").unwrap();
    assert!(!export::to_toml(&scene).contains("quotas"));
}

#[test]
fn a_quota_is_between_the_default_and_what_aws_grants() {
    let ends = |key: &str, to: usize| {
        let text = format!("[quotas]\n{key} = {to}\n[vpc.main]\ncidr = \"10.0.0.0/16\"\n");
        read(&text).map(|_| ()).map_err(|it| it[0].rule)
    };
    for (quota, key) in Quota::ADJUSTABLE {
        assert!(ends(key, quota.limit() - 1).is_err(), "{key}");
        assert!(ends(key, quota.limit()).is_ok(), "{key}");
        let most = quota.most().unwrap_or(100_000);
        assert!(ends(key, most).is_ok(), "{key}");
        assert!(ends(key, most + 1).is_err(), "{key}");
    }
    assert_eq!(ends("transit_gateways_per_vpc", 6), Err("unknown-key"));
}

#[test]
fn a_granted_quota_lets_one_make_more() {
    let mut scene = read("[quotas]\nvpcs = 6\n[vpc.v0]\ncidr = \"10.0.0.0/16\"\n").unwrap();
    let made = |scene: &mut Scene, number: usize| {
        let line = format!("create-vpc v{number} 10.{number}.0.0/16");
        edit::carry_out(&mut scene.network, &line).is_ok()
    };
    assert!((1..6).all(|it| made(&mut scene, it)));
    assert!(!made(&mut scene, 6));
}

#[test]
fn a_quota_of_a_vpc_or_gateway_is_not_used_up_by_another() {
    let another = "[vpc.other]\ncidr = \"10.99.0.0/16\"\n[transit_gateway.far]\n";
    for (quota, line) in [
        (Quota::SubnetsPerVpc, "create-subnet extra 10.99.0.0/24 vpc=other zone=a"),
        (Quota::RouteTablesPerVpc, "create-route-table extra other"),
        (Quota::AclsPerVpc, "create-network-acl extra other"),
        (Quota::TablesPerTransitGateway, "create-transit-gateway-route-table extra far"),
        // The rules that fill the group are for IPv4.
        (Quota::RulesPerGroup, "authorize-security-group-ingress g tcp 443 from ::/0"),
    ] {
        let key = Quota::ADJUSTABLE.iter().find(|it| it.0 == quota).unwrap().1;
        let granted = format!("[quotas]\n{key} = {}\n", quota.limit() + 1);
        let text = format!("{granted}{}{another}", crowded(quota).0);
        let mut scene = read(&text).unwrap_or_else(|it| panic!("{key}: {it:#?}"));
        let made = edit::carry_out(&mut scene.network, line);
        assert!(made.is_ok(), "{key}: {made:?}");
    }
}

/// <https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>
#[test]
fn rules_count_by_family_and_those_for_groups_and_lists_in_both() {
    let used = |four: usize, six: usize, groups: usize| {
        let four = (0..four).map(|it| format!("\"tcp {it} from 10.0.0.0/8\""));
        let six = (0..six).map(|it| format!("\"tcp {it} from fd00::/8\""));
        let groups = (0..groups).map(|it| format!("\"tcp {it} from group g\""));
        let rules = four.chain(six).chain(groups).collect::<Vec<_>>().join(", ");
        let text = "[vpc.main]\ncidr = \"10.0.0.0/16\"\n[security_group.g]\ninbound";
        read(&format!("{text} = [{rules}]\n")).unwrap().network.used(Quota::RulesPerGroup)
    };
    assert_eq!(used(40, 30, 0), 40);
    assert_eq!(used(30, 40, 0), 40);
    assert_eq!(used(30, 40, 2), 42);
    assert_eq!(used(58, 58, 2), 60);
}

/// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>
#[test]
fn nat_gateways_count_in_every_zone_that_they_are_in() {
    let text = "[vpc.main]\ncidr = \"10.0.0.0/16\"\n[internet_gateway.igw]\nvpc = \"main\"\n\
                [subnet.a]\ncidr = \"10.0.0.0/24\"\n[subnet.b]\ncidr = \"10.0.1.0/24\"\n\
                zone = \"b\"\n[nat_gateway.wide]\nregional = true\nzones = [\"b\"]\n";
    let nat = |name: &str, subnet: &str| {
        format!("[nat_gateway.{name}]\nsubnet = \"{subnet}\"\nconnectivity = \"private\"\n")
    };
    let used = |more: &str| {
        let scene = read(&format!("{text}{more}")).unwrap_or_else(|it| panic!("{it:#?}"));
        scene.network.used(Quota::NatGatewaysPerZone)
    };
    assert_eq!(used(""), 1);
    assert_eq!(used(&nat("one", "a")), 1);
    assert_eq!(used(&nat("one", "b")), 2);
    assert_eq!(used(&format!("{}{}", nat("one", "a"), nat("two", "a"))), 2);
}

/// <https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>
#[test]
fn routes_of_a_transit_gateway_count_over_all_its_tables_and_no_others() {
    let text = "[vpc.a]\ncidr = \"10.1.0.0/16\"\n[subnet.a]\ncidr = \"10.1.0.0/24\"\n\
                [transit_gateway.hub]\n[transit_gateway.far]\n[transit_gateway.third]\n\
                [transit_gateway_attachment.att]\ngateway = \"hub\"\nvpc = \"a\"\n\
                subnets = [\"a\"]\n\
                [transit_gateway_route_table.one]\ngateway = \"hub\"\n\
                propagations = [\"att\"]\nroutes = [\"10.8.0.0/16 -> att\"]\n\
                [transit_gateway_route_table.two]\ngateway = \"hub\"\n\
                routes = [\"10.8.0.0/16 -> att\", \"10.9.0.0/16 -> blackhole\"]\n\
                [transit_gateway_route_table.other]\ngateway = \"far\"\n\
                routes = [\"10.8.0.0/16 -> blackhole\"]\n";
    let scene = read(text).unwrap_or_else(|it| panic!("{it:#?}"));
    assert_eq!(scene.network.used(Quota::RoutesPerTransitGateway), 4);
}

/// <https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>
#[test]
fn a_route_for_a_list_takes_as_much_room_in_a_table_as_the_list_weighs() {
    let full = |routes: usize| {
        let routes: Vec<String> =
            (0..routes).map(|it| format!("\"20.{}.{}.0/24 -> igw\"", it / 200, it % 200)).collect();
        let routes = routes.join(", ");
        format!(
            "[vpc.main]\ncidr = \"10.0.0.0/16\"\n[internet_gateway.igw]\nvpc = \"main\"\n\
             [prefix_list.cloudfront]\ncidrs = [\"198.19.200.0/24\"]\naws = true\n\
             [prefix_list.nobody]\ncidrs = []\n\
             [route_table.t]\nroutes = [{routes}]\n"
        )
    };
    let code = |routes: usize, list: &str| {
        let mut scene = read(&full(routes)).unwrap_or_else(|it| panic!("{it:#?}"));
        let line = format!("create-prefix-list-route t {list} -> igw");
        match edit::carry_out(&mut scene.network, &line) {
            Ok(_) => "room",
            Err(edit::Failed::Refused(it)) => it.code,
            Err(other) => panic!("{other:?}"),
        }
    };
    // With the local route, and 55 for CloudFront.
    let most = Quota::RoutesPerTable.limit() - 1 - 55;
    assert_eq!(code(most, "cloudfront"), "room");
    assert_eq!(code(most + 1, "cloudfront"), "RouteLimitExceeded");
    assert_eq!(code(most + 55, "nobody"), "room");
}

#[test]
fn a_quota_that_is_raised_to_what_it_is_stays_the_default() {
    let mut network = Network::new();
    for (quota, _) in Quota::ADJUSTABLE {
        network.raise_quota(quota, quota.limit());
    }
    assert_eq!(network, Network::new());
}
