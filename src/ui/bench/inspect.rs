//! The inspector: what there is to know of the selected thing, and what may be done to it.

use ratatui::style::Style;

use crate::{
    app::{
        Target,
        bench::{
            Bench, Pane,
            edit::Edit,
            form::New,
            inspect::{Heading, Says},
        },
    },
    cloud::{
        Direction, InstanceState, Listening, Network, RouteTableId, Target as RouteTarget, Thing,
    },
    course::Allowed,
    tell::{Teller, written},
    text::line::Run,
    ui::{Skin, sheet::Sheet},
};

/// The inspector of what is selected.
pub fn sheet(bench: &Bench, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let teller = Teller::new(bench.network(), skin.lang);
    match bench.subject() {
        Some(thing) => {
            let sign = super::sign(bench.network(), thing, skin);
            let name = bench.network().name(thing).map(ToString::to_string).unwrap_or_default();
            let runs = [
                Run::new(format!("{sign} "), theme.accent),
                Run::new(name, theme.heading),
                Run::new(format!("  {}", teller.kind(thing)), theme.dim),
            ];
            sheet.runs(&runs, 0, 2);
        }
        None => sheet.text(words.elsewhere, theme.heading),
    }
    let focus = bench.focus() == Pane::Inspect;
    let mut live = 0;
    for row in bench.rows() {
        let runs = says(bench.network(), &row.says, &teller, skin);
        if row.is_live() {
            let chosen = focus && live == bench.row();
            let lead = if matches!(row.says, Says::Edit(_) | Says::Packet) { "+" } else { "" };
            let target = Some(Target::Row(Pane::Inspect, live));
            sheet.choice(target, chosen, lead, &runs, skin);
            live += 1;
        } else if row.says == Says::Gap {
            sheet.gap();
        } else {
            let hang = if matches!(row.says, Says::Heading(_)) { 0 } else { 2 };
            sheet.runs(&runs, hang, hang + 2);
        }
    }
    if *bench.allowed() == Allowed::Nothing && bench.subject().is_some() {
        sheet.gap();
        sheet.text(words.nothing_allowed, theme.dim);
    }
    sheet
}

fn says(network: &Network, says: &Says, teller: &Teller<'_>, skin: &Skin) -> Vec<Run<Style>> {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let plain = |text: String| vec![Run::new(text, theme.text)];
    let code = |text: String| vec![Run::new(text, theme.code)];
    let pair = |label: &str, value: String, style: Style| {
        vec![Run::new(format!("{label}  "), theme.dim), Run::new(value, style)]
    };
    let switch = |on: bool| if on { words.on } else { words.off }.to_owned();
    let name = |thing: Thing| network.name(thing).map(ToString::to_string).unwrap_or_default();
    match says {
        Says::Gap => Vec::new(),
        Says::Heading(heading) => {
            let text = match heading {
                Heading::Routes => words.routes,
                Heading::Rules(Direction::Ingress) => words.inbound_rules,
                Heading::Rules(Direction::Egress) => words.outbound_rules,
                Heading::Entries(Direction::Ingress) => words.inbound_entries,
                Heading::Entries(Direction::Egress) => words.outbound_entries,
                Heading::Groups => words.groups,
                Heading::Gateways => words.gateways,
                Heading::Tables => words.tables,
                Heading::Acls => words.acls,
                Heading::Subnets => words.subnets,
                Heading::Members => words.members,
                Heading::Change => words.change,
            };
            vec![Run::new(text, theme.strong)]
        }
        Says::Block(cidr) => pair(words.range, cidr.to_string(), theme.code),
        Says::Usable(count) => vec![Run::new((words.usable)(*count), theme.dim)],
        Says::Zone(zone) => pair(words.zone_label, zone.0.to_string(), theme.text),
        Says::Public(public) => {
            let text = if *public { words.public_subnet } else { words.private_subnet };
            pair(words.kind, text.to_owned(), theme.text)
        }
        Says::AutoAssign(on) => pair(words.auto_assign, switch(*on), theme.text),
        Says::Table(table, own) => {
            let mut runs = pair(words.table, name(Thing::RouteTable(*table)), theme.text);
            if !own {
                runs.push(Run::new(format!("  ({})", words.by_default_main), theme.dim));
            }
            runs
        }
        Says::Acl(acl, own) => {
            let mut runs = pair(words.acl, name(Thing::NetworkAcl(*acl)), theme.text);
            if !own {
                runs.push(Run::new(format!("  ({})", words.by_default_acl), theme.dim));
            }
            runs
        }
        Says::Main => vec![Run::new(words.is_main, theme.dim)],
        Says::Route(table, index) => {
            let mut runs = code(written::route_at(network, *table, *index));
            if leads_nowhere(network, *table, *index) {
                let text = format!("  {} {}", skin.glyph.warning, words.blackhole);
                runs.push(Run::new(text, theme.warn));
            }
            runs
        }
        Says::TransitRoute(table, index) => {
            code(written::transit_route_at(network, *table, *index))
        }
        Says::Rule(group, way, index) => {
            code(written::group_rule_at(network, *group, *way, *index))
        }
        Says::Entry(acl, way, number) => code(written::acl_entry_at(network, *acl, *way, *number)),
        Says::EntryDefault => vec![Run::new(written::ACL_DEFAULT, theme.dim)],
        Says::Nothing => vec![Run::new(words.nothing, theme.dim)],
        Says::State(state) => {
            let (text, style) = match state {
                InstanceState::Running => (words.running, theme.text),
                InstanceState::Stopped => (words.stopped, theme.warn),
            };
            pair(words.state, text.to_owned(), style)
        }
        Says::NatState(state) => {
            pair(words.state, written::nat_state(*state).to_owned(), theme.text)
        }
        Says::Address(address) => pair(words.address, address.to_string(), theme.code),
        Says::PublicAddress(None) => pair(words.public_address, words.none.to_owned(), theme.dim),
        Says::PublicAddress(Some(public)) => {
            let mut runs = pair(words.public_address, public.address.to_string(), theme.code);
            if public.elastic {
                runs.push(Run::new(format!("  ({})", words.elastic), theme.dim));
            }
            runs
        }
        Says::SourceDestCheck(on) => pair(words.check, switch(*on), theme.text),
        Says::Group(group, _) => {
            let sign = format!("{} ", skin.glyph.group);
            vec![
                Run::new(sign, theme.dim),
                Run::new(name(Thing::SecurityGroup(*group)), theme.text),
            ]
        }
        Says::Listens(listening) => {
            let text = match listening {
                Listening::Everywhere => words.listens_everywhere.to_owned(),
                Listening::On(open) if open.is_empty() => words.listens_nowhere.to_owned(),
                Listening::On(open) => {
                    let open: Vec<_> = open
                        .iter()
                        .map(|(protocol, ports)| format!("{protocol} {ports}"))
                        .collect();
                    open.join(", ")
                }
            };
            pair(words.listens, text, theme.text)
        }
        Says::Thing(thing) => plain(name(*thing)),
        Says::Attached(Some(vpc)) => {
            pair(words.attached_to, teller.thing(Thing::Vpc(*vpc)), theme.text)
        }
        Says::Attached(None) => vec![Run::new(words.attached_nowhere, theme.warn)],
        Says::In(thing) => pair(words.stands_in, teller.thing(*thing), theme.text),
        Says::Edit(edit) => plain(edit_words(network, *edit, teller, skin)),
        Says::Packet => plain(words.own_packet_from.to_owned()),
        Says::Elsewhere => vec![Run::new(words.about_elsewhere, theme.dim)],
    }
}

/// Is the route's target gone, or a gateway that is attached to nothing? AWS shows such a route as
/// a blackhole (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
fn leads_nowhere(network: &Network, table: RouteTableId, index: usize) -> bool {
    let table = network.route_tables().get(table);
    match table.and_then(|table| table.routes.get(index)).map(|route| &route.target) {
        Some(RouteTarget::Gone(_)) => true,
        Some(RouteTarget::InternetGateway(id)) => {
            network.internet_gateways().get(*id).is_none_or(|gateway| gateway.vpc.is_none())
        }
        _ => false,
    }
}

/// What an edit is called.
pub fn edit_words(network: &Network, edit: Edit, teller: &Teller<'_>, skin: &Skin) -> String {
    let words = &skin.words.lab;
    let name = |thing: Thing| network.name(thing).map(ToString::to_string).unwrap_or_default();
    match edit {
        Edit::AttachGateway(gateway, vpc) => {
            (words.attach)(&name(Thing::InternetGateway(gateway)), &name(Thing::Vpc(vpc)))
        }
        Edit::DetachGateway(_) => words.detach.to_owned(),
        Edit::GiveAddress(_) => words.give_address.to_owned(),
        Edit::TakeAddress(_) => words.take_address.to_owned(),
        Edit::AutoAssign(_, true) => words.auto_assign_on.to_owned(),
        Edit::AutoAssign(_, false) => words.auto_assign_off.to_owned(),
        Edit::SourceDestCheck(_, true) => words.check_on.to_owned(),
        Edit::SourceDestCheck(_, false) => words.check_off.to_owned(),
        Edit::Start(_) => words.start.to_owned(),
        Edit::Stop(_) => words.stop.to_owned(),
        Edit::JoinGroup(_, group) => (words.join)(&name(Thing::SecurityGroup(group))),
        Edit::LeaveGroup(_, group) => (words.leave)(&name(Thing::SecurityGroup(group))),
        Edit::CreateEndpoint(_, list) => (words.create_endpoint)(&name(Thing::PrefixList(list))),
        Edit::UseEndpoint(endpoint, _) => {
            (words.use_endpoint)(&name(Thing::GatewayEndpoint(endpoint)))
        }
        Edit::LeaveEndpoint(endpoint, _) => {
            (words.leave_endpoint)(&name(Thing::GatewayEndpoint(endpoint)))
        }
        Edit::MakeMain(_) => words.make_main.to_owned(),
        Edit::RemoveRule(group, way, index) => {
            (words.remove_rule)(&written::group_rule_at(network, group, way, index))
        }
        Edit::RemoveRoute(_, cidr) | Edit::RemoveBlock(_, cidr) => {
            (words.remove)(&cidr.to_string())
        }
        Edit::RemoveEntry(acl, way, number) => {
            (words.remove_rule)(&written::acl_entry_at(network, acl, way, number))
        }
        Edit::Delete(Thing::Instance(_)) => words.terminate.to_owned(),
        Edit::Delete(thing) => (words.remove)(&teller.thing(thing)),
        Edit::AssociateTable(_) => words.associate_table.to_owned(),
        Edit::UseTable(_) => words.use_table.to_owned(),
        Edit::AssociateAcl(_) => words.associate_acl.to_owned(),
        Edit::AddRoute(_) => words.add_route.to_owned(),
        Edit::EditRoute(_, cidr) => (words.edit_route)(&cidr.to_string()),
        Edit::AddRule(_, Direction::Ingress) | Edit::AddEntry(_, Direction::Ingress) => {
            words.add_inbound.to_owned()
        }
        Edit::AddRule(_, Direction::Egress) | Edit::AddEntry(_, Direction::Egress) => {
            words.add_outbound.to_owned()
        }
        Edit::EditRule(group, way, index) => {
            (words.edit_rule)(&written::group_rule_at(network, group, way, index))
        }
        Edit::EditEntry(_, _, number) => (words.edit_entry)(number),
        Edit::AddBlock(_) => words.add_block.to_owned(),
        Edit::CreateVpc => words.create_vpc.to_owned(),
        Edit::CreateSubnet(_) => words.create_subnet.to_owned(),
        Edit::CreateTable(_) => words.create_table.to_owned(),
        Edit::CreateGateway(_) => words.create_gateway.to_owned(),
        Edit::CreateNat(_) => words.create_nat.to_owned(),
        Edit::CreateGroup(_) => words.create_group.to_owned(),
        Edit::CreateAcl(_) => words.create_acl.to_owned(),
        Edit::Launch(_) => words.launch.to_owned(),
        Edit::New(new) => new_words(new, skin).to_owned(),
    }
}

/// What making something new is called.
fn new_words(new: New, skin: &Skin) -> &'static str {
    let words = &skin.words.bench;
    match new {
        New::EgressOnlyGateway(_) => words.egress_only,
        New::RegionalNat(_) => words.regional_nat,
        New::Interface(_) => words.interface,
        New::Peering(_) => words.peering,
        New::PrefixList => words.prefix_list,
        New::GatewayEndpoint(_) => words.gateway_endpoint,
        New::InterfaceEndpoint(_) => words.interface_endpoint,
        New::LoadBalancer(_) => words.load_balancer,
        New::TargetGroup(_) => words.target_group,
        New::Listener(_) => words.listener,
        New::Target(_) => words.target,
        New::EndpointService => words.endpoint_service,
        New::Function(_) => words.function,
        New::Database(_) => words.database,
        New::Task(_) => words.task,
        New::TransitGateway => words.transit_gateway,
        New::TransitAttachment(_) => words.transit_attachment,
        New::TransitTable(_) => words.transit_table,
        New::VpnGateway(_) => words.vpn_gateway,
        New::CustomerGateway => words.customer_gateway,
        New::VpnConnection => words.vpn,
        New::OnPremises => words.on_premises,
        New::Host => words.host,
    }
}
