//! The inspector: what there is to know of the selected thing, and what may be done to it.

use ratatui::style::Style;

use crate::{
    app::{
        Target,
        bench::{
            Bench, Pane,
            edit::Edit,
            form::Ask,
            inspect::{Fact, Heading, Says},
            lines::{Line, Table},
            members::{Member, Members},
            palette::title,
            property::Property,
        },
    },
    cloud::{
        Direction, Health, InstanceState, Listening, Network, RouteTableId, Target as RouteTarget,
        Thing,
    },
    course::Allowed,
    i18n::form::Form,
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
    let (words, theme, form) = (&skin.words.lab, &skin.theme, &skin.words.form);
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
                Heading::Nodes => form.nodes,
                Heading::Account => form.account,
                Heading::Settings => form.settings,
                Heading::List(members) => list_words(*members, form)[0],
                Heading::Table(table) => table_words(*table, form)[0],
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
        Says::Mapped(address, public) => {
            let mut runs = pair(words.address, address.to_string(), theme.code);
            runs.push(Run::new(format!("  {} {public}", skin.glyph.public), theme.code));
            runs
        }
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
        Says::Joined(thing) => pair(teller.kind(*thing), name(*thing), theme.text),
        Says::Attached(Some(vpc)) => {
            pair(words.attached_to, teller.thing(Thing::Vpc(*vpc)), theme.text)
        }
        Says::Attached(None) => vec![Run::new(words.attached_nowhere, theme.warn)],
        Says::In(thing) => pair(words.stands_in, teller.thing(*thing), theme.text),
        Says::Edit(edit) => plain(edit_words(network, *edit, teller, skin)),
        Says::Packet => plain(words.own_packet_from.to_owned()),
        Says::Elsewhere => vec![Run::new(words.about_elsewhere, theme.dim)],
        Says::Fact(fact, value) => pair(fact_words(*fact, form), value.clone(), theme.text),
        Says::Node(interface) => {
            let Some(row) = network.interfaces().get(*interface) else { return Vec::new() };
            let addresses: Vec<String> = row.addresses.iter().map(ToString::to_string).collect();
            let mut runs = vec![
                Run::new(format!("{}  ", name(Thing::Subnet(row.subnet))), theme.text),
                Run::new(addresses.join(" "), theme.code),
            ];
            for public in row.public_addresses() {
                runs.push(Run::new(format!("  {} {public}", skin.glyph.public), theme.code));
            }
            runs
        }
        Says::Property(property) => {
            let value = property.value(network).unwrap_or_default();
            let label = property_words(*property, form);
            let (text, style) = match value.as_str() {
                "on" => (words.on.to_owned(), theme.text),
                "off" if property.is_switch(network) => (words.off.to_owned(), theme.text),
                "none" => (form.none.to_owned(), theme.dim),
                "down" | "deny" => (value, theme.warn),
                _ => (value, theme.code),
            };
            let means = property.value(network);
            let means = means.and_then(|value| value_words(Ask::Value(*property), &value, form));
            // What the word already says is not said twice.
            let means = means.filter(|means| *means != text);
            let mut runs = pair(&label, text, style);
            runs.extend(means.map(|means| Run::new(format!("  {means}"), theme.dim)));
            runs
        }
        Says::Member(Members::FurtherAddresses(id), Member::Address(private)) => {
            let mut runs = code(private.to_string());
            let public = network.interfaces().get(*id).and_then(|row| row.public_for(*private));
            runs.extend(
                public.map(|public| {
                    Run::new(format!("  {} {public}", skin.glyph.public), theme.code)
                }),
            );
            runs
        }
        Says::Member(_, member) => match member {
            Member::Thing(thing) => {
                let sign = format!("{} ", super::sign(network, *thing, skin));
                vec![Run::new(sign, theme.dim), Run::new(name(*thing), theme.text)]
            }
            Member::Block(cidr) => code(cidr.to_string()),
            Member::Address(address) => code(address.to_string()),
        },
        Says::Line(line) => {
            let mut runs = code(line.written(network));
            runs.extend(health_of(network, *line, skin));
            runs
        }
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
    let (words, form) = (&skin.words.lab, &skin.words.form);
    let name = |thing: Thing| network.name(thing).map(ToString::to_string).unwrap_or_default();
    match edit {
        Edit::AttachGateway(gateway, vpc) => {
            (words.attach)(&name(Thing::InternetGateway(gateway)), &name(Thing::Vpc(vpc)))
        }
        Edit::DetachGateway(_) => words.detach.to_owned(),
        Edit::GiveAddress(_) => words.give_address.to_owned(),
        Edit::TakeAddress(_) => words.take_address.to_owned(),
        Edit::GiveAddressTo(_, private) => format!("{} ({private})", words.give_address),
        Edit::TakeAddressOf(_, private) => format!("{} ({private})", words.take_address),
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
        Edit::New(_) => title(edit, skin.lang).unwrap_or_default().to_owned(),
        Edit::Set(property) => property_words(property, form),
        Edit::Join(members) => list_words(members, form)[1].to_owned(),
        Edit::Leave(Members::PropagatesTo(gateway), _) => {
            (form.leave)(&name(Thing::VirtualPrivateGateway(gateway)))
        }
        Edit::Leave(_, member) => (form.leave)(&member_words(network, member)),
        Edit::Exchange(_, member) => (form.exchange)(&member_words(network, member)),
        Edit::AddLine(table) => table_words(table, form)[1].to_owned(),
        Edit::EditLine(line) => (words.edit_rule)(&line.written(network)),
        Edit::RemoveLine(line) => (words.remove_rule)(&line.written(network)),
        Edit::Accept(_) => form.accept.to_owned(),
        Edit::Reject(_) => form.reject.to_owned(),
        Edit::AttachInterface(_) => form.attach_interface.to_owned(),
        Edit::DetachInterface(_) => form.detach_interface.to_owned(),
        Edit::AttachVpn(_) => form.attach_vpn.to_owned(),
        Edit::DetachVpn(_) => form.detach_vpn.to_owned(),
        Edit::LinkApi(_) => form.link_api.to_owned(),
    }
}

fn member_words(network: &Network, member: Member) -> String {
    match member {
        Member::Thing(thing) => network.name(thing).map(ToString::to_string).unwrap_or_default(),
        member => member.word(network),
    }
}

/// What the checks find of a target, where nobody says otherwise.
fn health_of(network: &Network, line: Line, skin: &Skin) -> Option<Run<Style>> {
    let Line::Target(group, at) = line else { return None };
    let registration = network.target_groups().get(group)?.targets.get(at)?;
    if registration.health.is_some() {
        return None;
    }
    let balancer = network.load_balancers().get(network.balancer_of_group(group)?)?;
    let node = *balancer.nodes.first()?;
    let (form, glyph, theme) = (&skin.words.form, &skin.glyph, &skin.theme);
    let (sign, text, style) =
        match network.health(group, registration, node, &crate::cloud::Rules::AWS) {
            Health::Healthy => (glyph.right, form.healthy, theme.good),
            Health::Unhealthy => (glyph.wrong, form.unhealthy, theme.bad),
            Health::Draining => (glyph.warning, form.draining, theme.warn),
        };
    Some(Run::new(format!("  {sign} {text}"), style))
}

/// What a property is called.
fn property_words(property: Property, form: &Form) -> String {
    match property {
        Property::DnsSupport(_) => form.dns_support,
        Property::DnsHostnames(_) => form.dns_hostnames,
        Property::Dns64(_) => form.dns64,
        Property::Ipv6Block(_) => form.ipv6_block,
        Property::Exclusion(_) => form.exclusion,
        Property::BlockMode => form.block_mode,
        Property::EdgeTable(_) | Property::VgwTable(_) => form.edge_table,
        Property::PeerNames(_, true) => form.requester_names,
        Property::PeerNames(_, false) => form.accepter_names,
        Property::GatewayPolicy(_) | Property::EndpointPolicy(_) => form.policy,
        Property::PrivateDns(_) => form.private_dns,
        Property::Listening(_) => form.listening,
        Property::Forwarding(_) => form.forwarding,
        Property::AddressType(_) | Property::EndpointAddresses(_) => form.address_type,
        Property::DnsRecords(_) => form.dns_records,
        Property::FunctionIpv6(_) => form.ipv6_allowed,
        Property::NetworkType(_) => form.network_type,
        Property::CrossZone(_) | Property::GroupCrossZone(_) => form.cross_zone,
        Property::ClientAddress(_) => form.client_address,
        Property::PublicAccess(_) => form.public_access,
        Property::DefaultAssociation(_) => form.default_association,
        Property::DefaultPropagation(_) => form.default_propagation,
        Property::GroupReferences(_) | Property::AttachmentReferences(_) => form.group_references,
        Property::ApplianceMode(_) => form.appliance_mode,
        Property::Tunnel(_, at) => return (form.tunnel)(at + 1),
    }
    .to_owned()
}

/// What a value means, where the word alone does not say it.
pub fn value_words(ask: Ask, value: &str, form: &Form) -> Option<&'static str> {
    Some(match (ask, value) {
        (Ask::Value(Property::BlockMode), "off") => form.mode_off,
        (Ask::Value(Property::BlockMode), "block-bidirectional") => form.mode_both,
        (Ask::Value(Property::BlockMode), "block-ingress") => form.mode_ingress,
        (Ask::Value(Property::Exclusion(_)), "none") => form.spared_not,
        (Ask::Value(Property::Exclusion(_)), "allow-bidirectional") => form.spared_both,
        (Ask::Value(Property::Exclusion(_)), "allow-egress") => form.spared_egress,
        (Ask::Value(Property::Forwarding(_)), "off") => form.forwards_not,
        (Ask::Value(Property::Forwarding(_)), "routes") => form.forwards_routes,
        (Ask::Value(Property::Forwarding(_)), "inspects") => form.forwards_inspects,
        (Ask::Value(Property::Forwarding(_)), "translates") => form.forwards_translates,
        (Ask::Value(Property::GroupCrossZone(_)), "use-load-balancer") => form.as_balancer,
        (Ask::Value(Property::GatewayPolicy(_) | Property::EndpointPolicy(_)), "allow") => {
            form.policy_allow
        }
        (Ask::Value(Property::GatewayPolicy(_) | Property::EndpointPolicy(_)), "deny") => {
            form.policy_deny
        }
        (Ask::Value(Property::Listening(_)), "all") => form.answers_everywhere,
        (Ask::Value(Property::Listening(_)), "none") => form.answers_nowhere,
        (Ask::Value(_), "none") => form.none,
        (Ask::Health, "measured") => form.measured,
        (Ask::Health, "healthy") => form.healthy,
        (Ask::Health, "unhealthy") => form.unhealthy,
        (Ask::Health, "draining") => form.draining,
        _ => return None,
    })
}

/// What a list is called, and the row that adds to it.
fn list_words(members: Members, form: &Form) -> [&'static str; 2] {
    match members {
        Members::VpcBlocks(_) | Members::SiteBlocks(_) => [form.blocks, form.add_block],
        Members::FurtherAddresses(_) => [form.further_addresses, form.add_further_address],
        Members::Ipv6Addresses(_) => [form.ipv6_addresses, form.add_ipv6_address],
        Members::BalancerSubnets(_)
        | Members::FunctionSubnets(_)
        | Members::AttachmentSubnets(_) => [form.subnets, form.add_subnet],
        Members::BalancerGroups(_)
        | Members::EndpointGroups(_)
        | Members::FunctionGroups(_)
        | Members::DatabaseGroups(_) => [form.groups, form.add_group],
        Members::EndpointTables(_) => [form.tables, form.add_table],
        Members::ListBlocks(_) => [form.entries, form.add_entry],
        Members::Associations(_) => [form.associations, form.add_association],
        Members::Propagations(_) => [form.propagations, form.add_propagation],
        Members::PropagatesTo(_) => [form.propagates_to, form.add_propagated_table],
        Members::PrivateLines(_) => [form.private_gateways, form.add_private_gateway],
        Members::TransitLines(_) => [form.transit_gateways, form.add_transit_gateway],
        Members::Connections(_) => [form.connections, form.add_connection],
        Members::VpnRoutes(_) => [form.vpn_routes, form.add_vpn_route],
    }
}

/// What a table is called, and the row that adds to it.
fn table_words(table: Table, form: &Form) -> [&'static str; 2] {
    match table {
        Table::Listeners(_) => [form.listeners, form.add_listener],
        Table::Targets(_) => [form.targets, form.add_target],
        Table::TransitRoutes(_) => [form.transit_routes, form.add_transit_route],
        Table::ListRoutes(_) => [form.transit_routes, form.add_list_route],
        Table::NatAddresses(_) => [form.nat_addresses, form.add_nat_address],
    }
}

fn fact_words(fact: Fact, form: &Form) -> &'static str {
    match fact {
        Fact::Kind => form.kind,
        Fact::Scheme => form.scheme,
        Fact::Protocol => form.protocol,
        Fact::Port => form.port,
        Fact::State => form.state,
        Fact::Launch => form.launch,
        Fact::Service => form.service,
        Fact::Ranges => form.ranges,
        Fact::Requester => form.requester,
        Fact::Accepter => form.accepter,
        Fact::Gateway => form.gateway,
        Fact::Attached => form.attached,
        Fact::Site => form.site,
        Fact::Customer => form.customer,
        Fact::Side => form.side,
        Fact::Routing => form.routing,
        Fact::Origin => form.origin,
        Fact::Integration => form.integration,
        Fact::Acceptance => form.acceptance,
        Fact::PublicAddress => form.public_address,
    }
}
