//! Load balancers, endpoints and managed services in scenes: what AWS documents of them, packet by
//! packet. Each line of a table names a packet, and how it ends: `delivered`, or `there` or `back`
//! with the explanation code and the name of the place.

use hanulgil::{
    cloud::{Cause, Leg, Network, Rules, Verdict, Zone, trace, trace_from_source},
    course::{Scene, edit, export},
    i18n::Lang,
    tell::{Teller, written},
};

/// Two zones with a public and a private subnet each, and a NAT gateway in the first.
const BASE: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
dns_hostnames = true
[internet_gateway.igw]
vpc = "main"
[subnet.pub-a]
cidr = "10.0.0.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> igw"]
[subnet.pub-b]
cidr = "10.0.1.0/24"
zone = "b"
routes = ["0.0.0.0/0 -> igw"]
[subnet.app-a]
cidr = "10.0.10.0/24"
zone = "a"
[subnet.app-b]
cidr = "10.0.11.0/24"
zone = "b"
[subnet.nat-a]
cidr = "10.0.12.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> nat"]
[subnet.far]
cidr = "10.0.20.0/24"
zone = "c"
[nat_gateway.nat]
subnet = "pub-a"
[security_group.lb]
inbound = ["tcp 80 from 0.0.0.0/0"]
outbound = ["tcp 8080 to 10.0.0.0/16"]
[security_group.app]
inbound = ["tcp 8080 from group lb"]
outbound = ["all to 0.0.0.0/0"]
[security_group.open]
inbound = ["all from 0.0.0.0/0"]
outbound = ["all to 0.0.0.0/0"]
[instance.app-1]
subnet = "app-a"
security_groups = ["app"]
[instance.app-2]
subnet = "app-b"
security_groups = ["app"]
[instance.client]
subnet = "app-a"
security_groups = ["open"]
[instance.outgoing]
subnet = "nat-a"
security_groups = ["open"]
"#;

/// Reads the base with more in it, and compares how packets end. The scene reads back from its
/// export, and its packets end the same.
fn check(more: &str, packets: &[(&str, &str)]) {
    let text = format!("{BASE}{more}");
    let scene = match Scene::parse("services.scene.toml", &text) {
        (Some(scene), _) => scene,
        (None, faults) => panic!("{faults:#?}"),
    };
    let ends: Vec<String> = packets.iter().map(|it| end(&scene, it.0)).collect();
    let wrong: Vec<_> = packets.iter().zip(&ends).filter(|(it, end)| it.1 != **end).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{more}");
    let toml = export::to_toml(&scene);
    let again = match Scene::parse("again.scene.toml", &toml) {
        (Some(scene), _) => scene,
        (None, faults) => panic!("{faults:#?}\n{toml}"),
    };
    let again: Vec<String> = packets.iter().map(|it| end(&again, it.0)).collect();
    assert_eq!(again, ends, "exported\n{toml}");
}

fn end(scene: &Scene, line: &str) -> String {
    let probe = scene.probe(line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
    let trace = trace(&scene.network, probe, &Rules::AWS);
    match trace.verdict {
        Verdict::Delivered => {
            let source = trace.received().map(|it| it.source.to_string()).unwrap_or_default();
            let place = trace.receiver().map(|it| written::place(&scene.network, it));
            format!("{} sees {source}", place.unwrap_or_default())
        }
        Verdict::Refused => "refused".to_owned(),
        Verdict::Dropped { leg, place, cause } => {
            let leg = if leg == Leg::Forward { "there" } else { "back" };
            format!("{leg} {} {}", cause.code(), written::place(&scene.network, place))
        }
    }
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>
#[test]
fn an_application_load_balancer_is_a_proxy_over_all_its_zones() {
    let web = r#"
[target_group.app]
port = 8080
targets = ["app-1", "app-2"]
[load_balancer.web]
subnets = ["pub-a", "pub-b"]
security_groups = ["lb"]
listeners = ["http 80 -> app"]
"#;
    check(
        web,
        &[
            ("internet -> web tcp/80", "app-1 sees 10.0.0.5"),
            ("internet -> web tcp/443", "there ENI_SG_RULES_MISMATCH web"),
            // The name of a load balancer for the internet has public addresses inside too.
            ("client -> web tcp/80", "there NO_ROUTE_TO_DESTINATION main-main"),
            ("outgoing -> web tcp/80", "app-1 sees 10.0.0.5"),
            ("client -> app-1 tcp/8080", "there ENI_SG_RULES_MISMATCH app-1"),
        ],
    );
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>
#[test]
fn targets_are_chosen_by_zone_and_health() {
    let with = |targets: &str, more: &str| {
        format!(
            "\n[target_group.app]\nport = 8080\ntargets = [{targets}]\n{more}\n[load_balancer.web]\nsubnets = [\"pub-a\", \"pub-b\"]\nsecurity_groups = [\"lb\"]\nlisteners = [\"http 80 -> app\"]\n"
        )
    };
    let to_web = "internet -> web tcp/80";
    check(&with("\"app-1 unhealthy\", \"app-2\"", ""), &[(to_web, "app-2 sees 10.0.0.5")]);
    // When all are unhealthy, all are used.
    check(&with("\"app-1 unhealthy\"", ""), &[(to_web, "app-1 sees 10.0.0.5")]);
    check(&with("\"app-1 draining\"", ""), &[(to_web, "there NO_TARGET_IN_SERVICE web")]);
    check(&with("", ""), &[(to_web, "there ELBV2_LISTENER_HAS_NO_TG web")]);
    // Only the second answers its health check: the first has no such port open.
    let mut closed = with("\"app-3\", \"app-1\"", "");
    closed.push_str("[instance.app-3]\nsubnet = \"app-a\"\nsecurity_groups = [\"app\"]\nlistens = [\"tcp 22\"]\n");
    check(&closed, &[(to_web, "app-1 sees 10.0.0.5")]);
    let mut far = with("\"app-3\"", "");
    far.push_str("[instance.app-3]\nsubnet = \"far\"\nsecurity_groups = [\"app\"]\n");
    check(&far, &[(to_web, "there ELB_INSTALLED_AZ_RESTRICTION web")]);
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>
/// and <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>
#[test]
fn a_network_load_balancer_keeps_the_client_or_not() {
    let nlb = |kind: &str, target: &str, attributes: &str, balancer: &str| {
        format!(
            "\n[target_group.app]\nprotocol = \"tcp\"\ntype = \"{kind}\"\nport = 8080\ntargets = [\"{target}\"]\n{attributes}\n[load_balancer.front]\ntype = \"network\"\nsubnets = [\"pub-a\"]\nlisteners = [\"tcp 80 -> app\"]\n{balancer}\n"
        )
    };
    let line = "198.51.100.7 -> front tcp/80";
    let groups = "security_groups = [\"lb\"]";
    // A rule that names the load balancer's group admits the client behind it.
    check(&nlb("instance", "app-1", "", groups), &[(line, "app-1 sees 198.51.100.7")]);
    // Without groups of its own there is nothing to name: the client itself must be admitted.
    check(&nlb("instance", "app-1", "", ""), &[(line, "there ENI_SG_RULES_MISMATCH app-1")]);
    check(
        &nlb("instance", "client", "", ""),
        &[
            (line, "client sees 198.51.100.7"),
            ("198.51.100.7 -> front tcp/81", "there ELBV2_LISTENERS_MISMATCH front"),
            ("198.51.100.7 -> front icmp", "there ELBV2_LISTENERS_MISMATCH front"),
        ],
    );
    // Its one zone is not the target's.
    check(
        &nlb("instance", "app-2", "", groups),
        &[(line, "there ELB_INSTALLED_AZ_RESTRICTION front")],
    );
    let off = "preserve_client_ip = false";
    check(&nlb("instance", "client", off, ""), &[(line, "client sees 10.0.0.5")]);
    // An internal one, whose target is its own client.
    let internal = nlb("instance", "client", "", "scheme = \"internal\"");
    check(&internal, &[("client -> front tcp/80", "there HAIRPIN_WITH_CLIENT_IP front")]);
    let internal = nlb("instance", "client", off, "scheme = \"internal\"");
    check(&internal, &[("client -> front tcp/80", "client sees 10.0.0.5")]);
}

/// <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
#[test]
fn services_live_outside_and_an_endpoint_brings_them_in() {
    check(
        "[service.kms]\n[service.sqs]\n",
        &[
            ("client -> sqs tcp/443", "there NO_ROUTE_TO_DESTINATION main-main"),
            ("outgoing -> kms tcp/443", "kms sees 203.0.113.10"),
            ("outgoing -> kms tcp/22", "refused"),
        ],
    );
    let endpoint = r#"
[interface_endpoint.queue]
service = "sqs"
subnets = ["app-a"]
security_groups = ["open"]
"#;
    check(
        endpoint,
        &[
            ("client -> sqs tcp/443", "sqs sees 10.0.10.5"),
            ("client -> queue tcp/443", "sqs sees 10.0.10.5"),
            ("client -> queue icmp", "there PROTOCOL_RESTRICTION queue"),
            ("queue -> client tcp/443", "there VPCE_INTRA_VPC_TRAFFIC queue"),
        ],
    );
    // Without private DNS its name stays outside.
    let public = endpoint.replace("[\"open\"]", "[\"open\"]\nprivate_dns = false");
    check(
        &public,
        &[
            ("client -> sqs tcp/443", "there NO_ROUTE_TO_DESTINATION main-main"),
            ("client -> queue tcp/443", "sqs sees 10.0.10.5"),
        ],
    );
    // The default group admits its own members alone.
    let default = endpoint.replace("security_groups = [\"open\"]", "");
    check(&default, &[("client -> sqs tcp/443", "there ENI_SG_RULES_MISMATCH queue")]);
    let denied = endpoint.replace("[\"open\"]", "[\"open\"]\npolicy = \"deny\"");
    check(&denied, &[("client -> sqs tcp/443", "there ENDPOINT_POLICY queue")]);
    // Through a gateway endpoint, too, a packet ends at the service and not on the internet.
    let gateway = "[service.s3]\n[gateway_endpoint.to-s3]\nroute_tables = [\"main-main\"]\n";
    check(gateway, &[("client -> s3 tcp/443", "s3 sees 10.0.10.5")]);
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>,
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html>
#[test]
fn functions_databases_and_tasks_stand_in_subnets_by_rules_of_their_own() {
    let managed = r#"
[lambda.loose]
[lambda.public]
subnets = ["pub-a"]
security_groups = ["open"]
[lambda.private]
subnets = ["nat-a"]
security_groups = ["open"]
[database.open]
subnets = ["pub-a", "pub-b"]
security_groups = ["open"]
public = true
[database.half]
subnets = ["app-a", "app-b"]
security_groups = ["open"]
public = true
[database.closed]
subnets = ["app-a", "app-b"]
security_groups = ["open"]
[task.worker]
subnet = "pub-a"
launch = "ec2"
security_groups = ["open"]
"#;
    check(
        managed,
        &[
            ("loose -> 198.51.100.7 tcp/443", "198.51.100.7 sees 198.19.18.200"),
            ("public -> 198.51.100.7 tcp/443", "there IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS igw"),
            ("private -> 198.51.100.7 tcp/443", "198.51.100.7 sees 203.0.113.10"),
            ("private -> closed tcp/5432", "closed sees 10.0.12.5"),
            ("loose -> closed tcp/5432", "there NO_POSSIBLE_DESTINATION 10.0.10.7"),
            ("worker -> 198.51.100.7 tcp/443", "there IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS igw"),
            ("internet -> half tcp/5432", "back NO_ROUTE_TO_DESTINATION main-main"),
            ("outgoing -> private tcp/443", "lambda sees 203.0.113.10"),
        ],
    );
}

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html> and
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html>
#[test]
fn fronts_outside_every_vpc_ask_what_is_behind_them() {
    let fronts = r#"
[security_group.inner]
inbound = ["tcp 80 from group CloudFront-VPCOrigins-Service-SG", "tcp 80 from group link"]
outbound = ["all to 0.0.0.0/0"]
[security_group.CloudFront-VPCOrigins-Service-SG]
[security_group.link]
outbound = ["tcp 80 to 10.0.0.0/16"]
[target_group.app]
port = 8080
targets = ["client"]
[load_balancer.inner]
scheme = "internal"
subnets = ["app-a", "app-b"]
security_groups = ["inner"]
listeners = ["http 80 -> app"]
[lambda.fn]
[api.door]
function = "fn"
[api.linked]
vpc_link = "inner"
subnets = ["app-a"]
security_groups = ["link"]
[api.hidden]
type = "private"
function = "fn"
[cdn.site]
bucket = "s3"
access_control = true
[cdn.shut]
bucket = "s3"
bucket_policy = "deny"
[cdn.deep]
load_balancer = "inner"
vpc_origin = true
port = 80
[cdn.lost]
load_balancer = "inner"
port = 80
"#;
    let packets = [
        ("internet -> door tcp/443", "fn sees 198.51.100.1"),
        ("internet -> linked tcp/443", "client sees 10.0.10.6"),
        ("internet -> hidden tcp/443", "there PRIVATE_API_WITHOUT_ENDPOINT internet"),
        ("internet -> site tcp/443", "s3 sees 198.19.200.10"),
        ("internet -> shut tcp/443", "there ORIGIN_ACCESS_DENIED shut"),
        ("internet -> deep tcp/443", "client sees 10.0.10.6"),
        ("internet -> lost tcp/443", "there NO_POSSIBLE_DESTINATION 10.0.10.6"),
        ("internet -> inner tcp/80", "there IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS internet"),
    ];
    check(fronts, &packets);
    // With an endpoint for `execute-api`, private APIs are at hand and public names lead there too.
    let inside = r#"
[lambda.fn]
[api.door]
function = "fn"
[api.hidden]
type = "private"
function = "fn"
[interface_endpoint.apis]
service = "execute-api"
subnets = ["app-a"]
security_groups = ["open"]
"#;
    check(
        inside,
        &[
            ("client -> hidden tcp/443", "fn sees 10.0.10.5"),
            ("client -> door tcp/443", "there PRIVATE_API_WITHOUT_ENDPOINT door"),
        ],
    );
}

/// <https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html> and
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html>
#[test]
fn what_one_offers_is_reached_through_endpoints() {
    let offered = r#"
[target_group.app]
protocol = "tcp"
port = 8080
targets = ["client"]
[load_balancer.front]
type = "network"
scheme = "internal"
subnets = ["pub-a"]
listeners = ["tcp 80 -> app"]
[endpoint_service.offer]
load_balancers = ["front"]
[interface_endpoint.door]
endpoint_service = "offer"
subnets = ["nat-a"]
security_groups = ["open"]
[interface_endpoint.elsewhere]
endpoint_service = "offer"
subnets = ["app-b"]
security_groups = ["open"]
"#;
    check(
        offered,
        &[
            // Targets see the load balancer, whatever it does for other clients.
            ("outgoing -> door tcp/80", "client sees 10.0.0.5"),
            ("outgoing -> door tcp/81", "there ELBV2_LISTENERS_MISMATCH front"),
            ("outgoing -> elsewhere tcp/80", "there VPCE_SERVICE_NOT_INSTALLED_IN_AZ elsewhere"),
        ],
    );
    let inspected = r#"
[security_group.geneve]
inbound = ["udp 6081 from 10.0.0.0/16"]
[subnet.checked]
cidr = "10.0.30.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> inspector"]
[instance.checked]
subnet = "checked"
security_groups = ["open"]
[instance.firewall]
subnet = "nat-a"
security_groups = ["geneve"]
[target_group.firewalls]
protocol = "geneve"
targets = ["firewall"]
[load_balancer.gwlb]
type = "gateway"
subnets = ["nat-a"]
listeners = ["geneve -> firewalls"]
[endpoint_service.inspection]
load_balancers = ["gwlb"]
[interface_endpoint.inspector]
endpoint_service = "inspection"
subnets = ["nat-a"]
"#;
    check(inspected, &[("checked -> 198.51.100.7 tcp/443", "198.51.100.7 sees 203.0.113.10")]);
    let closed = inspected.replace("udp 6081", "udp 6082");
    check(&closed, &[("checked -> 198.51.100.7 tcp/443", "there ENI_SG_RULES_MISMATCH firewall")]);
}

/// The groups of a Network Load Balancer guard it from clients behind its endpoints too, unless it is
/// told to spare these; whoever comes straight to it meets them all the same
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>).
#[test]
fn a_load_balancer_may_spare_those_who_come_over_private_link() {
    let text = format!(
        "{BASE}{}",
        r#"
[security_group.strict]
inbound = ["tcp 80 from 10.0.20.0/24"]
[target_group.app]
protocol = "tcp"
port = 8080
targets = ["client"]
[load_balancer.front]
type = "network"
scheme = "internal"
subnets = ["pub-a"]
security_groups = ["strict"]
listeners = ["tcp 80 -> app"]
[endpoint_service.offer]
load_balancers = ["front"]
[interface_endpoint.door]
endpoint_service = "offer"
subnets = ["nat-a"]
security_groups = ["open"]
"#
    );
    let scene = Scene::parse("offer.scene.toml", &text).0.expect("it is a scene");
    let (straight, by_door) = ("outgoing -> front tcp/80", "outgoing -> door tcp/80");
    let stopped = "there ENI_SG_RULES_MISMATCH front";
    assert_eq!([straight, by_door].map(|it| end(&scene, it)), [stopped, stopped]);
    let spares = text.replace("[\"strict\"]\n", "[\"strict\"]\nguards_private_link = false\n");
    let scene = Scene::parse("offer.scene.toml", &spares).0.expect("it is a scene");
    let toml = export::to_toml(&scene);
    let mut scene = Scene::parse("again.scene.toml", &toml).0.expect("it reads back");
    let front = scene.network.load_balancers().iter().next().expect("there is one").0;
    assert_eq!([straight, by_door].map(|it| end(&scene, it)), [stopped, "client sees 10.0.0.5"]);
    // On the way out its groups stand there for everybody.
    let strict = scene.network.load_balancers()[front].security_groups[0];
    scene.network.update(strict, |it| it.egress.clear());
    assert_eq!(end(&scene, by_door), stopped);
}

/// A packet's sender may be gone when the packet is asked about again.
#[test]
fn nobody_sends_from_an_interface_that_is_gone() {
    let mut scene = Scene::parse("gone.scene.toml", BASE).0.expect("it is a scene");
    let probes =
        ["client -> app-1 tcp/80", "client -> app-1.name tcp/80", "client -> 10.0.10.4 icmp"]
            .map(|line| scene.probe(line).expect("it is a packet"));
    edit::carry_out(&mut scene.network, "terminate-instances client").expect("it can be done");
    for probe in probes {
        let source = "10.0.10.9".parse().unwrap();
        let network = &scene.network;
        let traces = [
            trace(network, probe, &Rules::AWS),
            trace_from_source(network, probe, source, &Rules::AWS),
        ];
        for trace in traces {
            let (leg, _, cause) = trace.verdict.dropped().expect("it is dropped");
            assert_eq!((leg, cause), (Leg::Forward, Cause::NoOwner), "{probe:?}");
        }
    }
}

#[test]
fn a_network_has_the_zones_of_its_subnets() {
    let scene = Scene::parse("zones.scene.toml", BASE).0.expect("it is a scene");
    let has = ["a", "b", "c", "d", ""].map(|it| scene.network.has_zone(&Zone(it.into())));
    assert_eq!(has, [true, true, true, false, false]);
    let one = Scene::parse(
        "one.scene.toml",
        "[vpc.v]\ncidr = \"10.0.0.0/16\"\n[subnet.s]\ncidr = \"10.0.0.0/24\"\nzone = \"b\"\n",
    );
    let network = one.0.expect("it is a scene").network;
    assert_eq!(["a", "b"].map(|it| network.has_zone(&Zone(it.into()))), [false, true]);
}

/// The base with a load balancer, for changes.
fn network() -> Network {
    let more = r#"
[target_group.app]
port = 8080
targets = ["app-1"]
[target_group.plain]
protocol = "tcp"
[target_group.datagrams]
protocol = "udp"
[load_balancer.web]
subnets = ["pub-a", "pub-b"]
security_groups = ["lb"]
listeners = ["http 80 -> app"]
[load_balancer.bare]
type = "network"
subnets = ["pub-a"]
listeners = ["tcp 80 -> plain"]
[service.sqs]
[service.s3]
"#;
    let (scene, faults) = Scene::parse("changes.scene.toml", &format!("{BASE}{more}"));
    scene.unwrap_or_else(|| panic!("{faults:#?}")).network
}

#[test]
fn every_change_is_one_line_and_is_taken_back_exactly() {
    let mut network = network();
    for line in [
        "modify-vpc-attribute main dns-support=on dns-hostnames=on",
        "create-load-balancer inner application internal subnet=app-a subnet=app-b group=lb",
        "set-subnets web subnet=pub-b subnet=app-a",
        "set-subnets web subnet=pub-a subnet=pub-b",
        "set-security-groups web group=open group=lb",
        "modify-load-balancer-attributes bare cross-zone=on",
        "associate-vpc-cidr-block main 2001:db8:1::/56",
        "associate-subnet-cidr-block pub-a 2001:db8:1:1::/64",
        "set-ip-address-type bare dualstack",
        "create-target-group six main tcp 80 ip ipv6",
        "set-ip-address-type bare ipv4",
        "create-subnet alone 2001:db8:1:9::/64 vpc=main zone=a",
        "create-target-group more main http 8080 instance",
        "create-target-group tasks main http 80 ip",
        "create-target-group calls main http 80 lambda",
        "register-targets more instance app-2 port=9000 health=unhealthy",
        "register-targets more instance app-1",
        "register-targets tasks ip 10.0.11.77",
        "deregister-targets more instance app-2 port=9000",
        "modify-target-group-attributes more cross-zone=off",
        "modify-target-group-attributes plain preserve-client-ip=off",
        "create-listener web http 8080 target-group=more",
        "modify-listener web 80 target-group=app target-group=more",
        "delete-listener web 8080",
        "create-interface-endpoint queue service sqs subnet=app-a subnet=app-b group=open private-dns=on",
        "modify-interface-endpoint queue private-dns=off policy=deny groups=these group=lb",
        "create-vpc-endpoint-service-configuration offer balancer=bare acceptance=on",
        "create-interface-endpoint door offered offer subnet=app-a group=open",
        "accept-vpc-endpoint-connections door",
        "create-function fn subnet=app-a group=open",
        "register-targets calls lambda fn",
        "update-function-configuration fn",
        "update-function-configuration fn subnet=app-b group=open",
        "create-db-instance store 5432 subnet=app-a subnet=app-b group=open public=on",
        "modify-db-instance store public=off",
        "run-task worker fargate pub-a address=10.0.0.200 group=open public=on listen=tcp/80",
        "create-rest-api door-api regional function fn",
        "create-vpc-link door-api web subnet=app-a group=open",
        "create-distribution site 443 bucket s3 access-control=on policy=deny",
        "create-distribution deep 80 private-balancer inner",
        "delete-distribution site",
        "delete-rest-api door-api",
        "stop-task worker",
        "delete-db-instance store",
        "delete-interface-endpoint door",
        "delete-vpc-endpoint-service-configurations offer",
        "delete-interface-endpoint queue",
        "delete-load-balancer bare",
        "delete-target-group plain",
    ] {
        let before = network.clone();
        let change = edit::parse(&network, line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
        assert_eq!(edit::print(&network, &change), line);
        assert!(edit::VERBS.contains(&edit::verb(&change)), "{line}");
        let applied = network.apply(change.clone()).unwrap_or_else(|it| panic!("{line}: {it:?}"));
        assert_eq!(network, network.reindexed(), "{line}");
        network.undo(applied.undo);
        assert_eq!(network, before, "{line}");
        network.apply(change).unwrap();
    }
}

#[test]
fn aws_refuses_what_it_documents() {
    let mut network = network();
    for (line, code) in [
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
        ("create-load-balancer one application internal subnet=app-a group=lb", "ValidationError"),
        (
            "create-load-balancer two network internal subnet=app-a subnet=pub-a",
            "InvalidConfigurationRequest",
        ),
        ("create-load-balancer web network internal subnet=app-a", "DuplicateLoadBalancerName"),
        (
            "create-load-balancer gw gateway internal subnet=app-a group=lb",
            "InvalidConfigurationRequest",
        ),
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
        ("set-security-groups bare group=lb", "InvalidConfigurationRequest"),
        ("modify-load-balancer-attributes web cross-zone=off", "InvalidConfigurationRequest"),
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
        ("create-listener web tcp 81 target-group=plain", "UnsupportedProtocol"),
        ("create-listener web http 80 target-group=app", "DuplicateListener"),
        ("create-listener bare tcp 81 target-group=datagrams", "IncompatibleProtocols"),
        ("create-listener bare tcp 81 target-group=app", "IncompatibleProtocols"),
        ("delete-target-group app", "ResourceInUse"),
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html
        ("register-targets app ip 10.0.10.9", "InvalidTarget"),
        (
            "modify-target-group-attributes datagrams preserve-client-ip=off",
            "InvalidConfigurationRequest",
        ),
        ("modify-target-group-attributes app preserve-client-ip=on", "InvalidConfigurationRequest"),
        // https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
        (
            "create-interface-endpoint two service sqs subnet=app-a subnet=pub-a group=open",
            "DuplicateSubnetsInSameZone",
        ),
        ("create-vpc-endpoint-service-configuration offer balancer=web", "InvalidParameter"),
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
        ("run-task t ec2 pub-a group=open public=on", "InvalidParameterException"),
        ("create-db-instance d 5432 subnet=app-a", "DBSubnetGroupDoesNotCoverEnoughAZs"),
        ("create-rest-api a regional link web", "BadRequestException"),
        ("create-distribution c 443 bucket sqs", "InvalidArgument"),
    ] {
        let before = network.clone();
        let change = edit::parse(&network, line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
        let refusal = network.apply(change).map(|_| ()).expect_err(line);
        assert_eq!(refusal.code, code, "{line}");
        assert_eq!(network, before, "{line}");
        for lang in Lang::ALL {
            assert!(!Teller::new(&network, lang).reason(&refusal.reason).is_empty(), "{line}");
        }
    }
}

#[test]
fn what_a_name_resolves_to_depends_on_both_dns_attributes() {
    let endpoint = r#"
[interface_endpoint.queue]
service = "sqs"
subnets = ["app-a"]
security_groups = ["open"]
"#;
    let text = format!("{BASE}{endpoint}");
    let (scene, faults) = Scene::parse("dns.scene.toml", &text);
    let mut scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
    assert_eq!(end(&scene, "client -> sqs tcp/443"), "sqs sees 10.0.10.5");
    // Without the one there is no DNS at all, without the other the name means the public address.
    for (attribute, expected) in [
        ("dns-support=off", "there NAME_NOT_RESOLVED client"),
        ("dns-hostnames=off", "there NO_ROUTE_TO_DESTINATION main-main"),
    ] {
        let line = format!("modify-vpc-attribute main {attribute}");
        let (_, applied) = edit::carry_out(&mut scene.network, &line).unwrap();
        assert_eq!(end(&scene, "client -> sqs tcp/443"), expected);
        scene.network.undo(applied.undo);
    }
}

const BALANCED: &str = r#"
[vpc.shop]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "shop"
[subnet.pub-a]
cidr = "10.0.0.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> igw"]
[subnet.pub-b]
cidr = "10.0.1.0/24"
zone = "b"
routes = ["0.0.0.0/0 -> igw"]
[subnet.priv-b]
cidr = "10.0.11.0/24"
zone = "b"
network_acl = "strict"
[network_acl.strict]
vpc = "shop"
inbound = ["100 allow all from 0.0.0.0/0"]
outbound = ["100 allow tcp 443 to 0.0.0.0/0"]
[security_group.front]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.app]
subnet = "priv-b"
[target_group.apps]
vpc = "shop"
port = 8080
targets = ["app"]
[load_balancer.lb]
subnets = ["pub-a", "pub-b"]
security_groups = ["front"]
listeners = ["http 443 -> apps", "http 80 -> apps"]
"#;

#[test]
fn a_verdict_says_by_which_node_and_to_which_target_a_packet_went() {
    use hanulgil::{cloud::Thing, tell::through::Part};
    let (scene, faults) = Scene::parse("balanced.scene.toml", BALANCED);
    let mut scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
    let told = |scene: &Scene, line: &str| {
        let trace = trace(&scene.network, scene.probe(line).unwrap(), &Rules::AWS);
        let teller = Teller::new(&scene.network, Lang::En);
        let through = teller.through(&trace).map(|it| (it.part, it.target));
        (through, teller.verdict(&trace))
    };
    // The group of the nodes takes 443 alone.
    let (through, _) = told(&scene, "internet -> lb tcp/80");
    assert_eq!(through, Some((Part::ToNode, None)));
    // The default group of the target takes its own members alone.
    let (through, said) = told(&scene, "internet -> lb tcp/443");
    assert_eq!(through, Some((Part::ToTarget, Some("app".into()))));
    assert!(said.ends_with("of load balancer lb had sent it to target app."), "{said}");
    let line = "authorize-security-group-ingress default tcp 8080 from 10.0.0.0/16";
    edit::carry_out(&mut scene.network, line).unwrap();
    // The list of its subnet keeps the answer.
    let (through, said) = told(&scene, "internet -> lb tcp/443");
    assert_eq!(through, Some((Part::FromTarget, Some("app".into()))));
    assert!(said.contains("Target app had sent it to node 10.0."), "{said}");
    edit::carry_out(&mut scene.network, "replace-network-acl-association priv-b default-list")
        .unwrap();
    assert_eq!(told(&scene, "internet -> lb tcp/443").0, None);
    // The load balancer takes one connection and opens another.
    let probe = scene.probe("internet -> lb tcp/443").unwrap();
    let trace = trace(&scene.network, probe, &Rules::AWS);
    let teller = Teller::new(&scene.network, Lang::En);
    let both = trace.hops.iter().filter_map(|hop| teller.note(hop));
    let both: Vec<String> = both.filter(|it| it.contains(" and the destination from ")).collect();
    assert_eq!(both.len(), 2, "{both:?}");
    // Its nodes are told apart where both are named.
    let (balancer, _) = scene.network.load_balancers().iter().next().unwrap();
    let nodes = scene.network.interfaces_of(Thing::LoadBalancer(balancer));
    let names: Vec<String> = nodes.iter().map(|it| written::apart(&scene.network, *it)).collect();
    assert_eq!(names, ["lb (pub-a)", "lb (pub-b)"]);
}
