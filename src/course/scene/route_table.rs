//! `[route_table.NAME]`, and routes wherever they are written.

use std::ops::Range;

use crate::{
    cloud::{
        Change, Name, Network, Origin, PeeringState, PrefixList, PrefixListId, Route, RouteTable,
        RouteTableId, Target,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line, Read},
        names,
        scene::build::Build,
    },
    i18n::fault,
    net::Cidr,
};

pub(super) struct Draft {
    pub(super) key: Key,
    vpc: Option<Text>,
    pub(super) main: bool,
    pub(super) routes: Vec<Text>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        main: section.flag("main", faults).is_some_and(|(main, _)| main),
        routes: section.texts("routes", faults).unwrap_or_default(),
    }
}

/// `prefix-list office -> pcx`, behind its first word.
fn read_list_route(network: &Network, line: &mut Line) -> Read<(PrefixListId, Target)> {
    let list = names::find::<PrefixList>(network, &line.need("`prefix-list NAME`")?)?;
    line.arrow()?;
    let target = names::target(network, line)?;
    line.end()?;
    Ok((list, target))
}

/// `0.0.0.0/0 -> igw`.
pub(crate) fn read_route(network: &Network, line: &mut Line) -> Read<(Cidr, Target)> {
    let destination = grammar::cidr(&line.need("`0.0.0.0/0`")?)?;
    line.arrow()?;
    Ok((destination, names::target(network, line)?))
}

impl Build<'_> {
    pub(super) fn route_table(&mut self, draft: &Draft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        if draft.main {
            // The table that came with the VPC is this one.
            let main = self.network.vpcs()[vpc].main_route_table;
            let name: Name = draft.key.name.as_str().into();
            self.network.update(main, |table: &mut RouteTable| table.name = name);
        } else if names::only::<RouteTable>(&self.network, &draft.key.name).is_some() {
            self.faults.error(draft.key.span.clone(), fault::name_of_main(&draft.key.name));
        } else {
            let name = draft.key.name.as_str().into();
            if self.make(Change::CreateRouteTable { name, vpc }, &draft.key.span).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    pub(super) fn routes(&mut self, table: &Key, routes: &[Text]) {
        let Some(id) = names::only::<RouteTable>(&self.network, &table.name) else { return };
        self.routes_of(id, routes);
    }

    pub(super) fn routes_of(&mut self, id: RouteTableId, routes: &[Text]) {
        for text in routes {
            let mut line = Line::new(&text.value);
            let made = if line.accept("prefix-list") {
                read_list_route(&self.network, &mut line).map(|(list, target)| {
                    self.list_route(id, list, target, &text.at(line.whole()));
                })
            } else {
                read_route(&self.network, &mut line)
                    .and_then(|route| line.end().map(|()| route))
                    .map(|(destination, target)| {
                        self.route(id, destination, target, text.at(line.whole()));
                    })
            };
            if let Err(slip) = made {
                self.slip(text, slip);
            }
        }
    }

    fn route(&mut self, id: RouteTableId, destination: Cidr, target: Target, span: Range<usize>) {
        let detached = self.is_detached(id, &target);
        let table = &self.network.route_tables()[id];
        match target {
            target if detached => {
                let change = Change::CreateRoute { table: id, destination, target: target.clone() };
                if !matches!(target, Target::Gone(_) | Target::InternetGateway(_))
                    && let Err(refusal) = self.network.clone().apply(change)
                {
                    self.warned(&refusal, &span);
                }
                let table = &self.network.route_tables()[id];
                let same = |it: &Route| it.destination == destination && it.is_written();
                let there = table.routes.iter().position(same);
                let local = there.filter(|it| table.routes[*it].origin == Origin::Local);
                if let Some(place) = local {
                    self.network
                        .update(id, |row: &mut RouteTable| row.routes[place].target = target);
                } else if there.is_some() {
                    self.faults.error(span, fault::route_taken(&destination.to_string()));
                } else {
                    let route = Route { destination, target, origin: Origin::Static };
                    self.network.update(id, |row: &mut RouteTable| row.routes.push(route));
                }
            }
            // Every table has them already; writing them down is fine.
            Target::Local
                if table.routes.iter().any(|route| {
                    route.destination == destination && route.target == Target::Local
                }) => {}
            target => {
                // The VPC's own route may lead elsewhere, but is there already.
                // So may the way to the internet that comes with a regional NAT gateway.
                let of_nat = self.network.nat_gateway_of_table(id).is_some();
                let local = |route: &Route| {
                    route.destination == destination && (of_nat || route.origin == Origin::Local)
                };
                let change = if table.routes.iter().any(local) {
                    Change::ReplaceRoute { table: id, destination, target }
                } else {
                    Change::CreateRoute { table: id, destination, target }
                };
                self.make(change, &span);
            }
        }
    }

    /// Did the target leave the VPC after somebody had written the route? AWS keeps such routes, as
    /// blackholes.
    fn is_detached(&self, table: RouteTableId, target: &Target) -> bool {
        let network = &self.network;
        let vpc = network.route_tables()[table].vpc;
        match *target {
            Target::Gone(_) => true,
            Target::InternetGateway(it) => network.internet_gateways()[it].vpc.is_none(),
            Target::VirtualPrivateGateway(it) => {
                network.virtual_private_gateways()[it].vpc.is_none()
            }
            Target::TransitGateway(it) => network.attachment_between(it, vpc).is_none(),
            Target::Peering(it) => {
                let row = &network.peerings()[it];
                let answered = [PeeringState::Rejected, PeeringState::Expired];
                row.other_end(vpc).is_some() && answered.contains(&row.state)
            }
            _ => false,
        }
    }

    fn list_route(
        &mut self,
        table: RouteTableId,
        list: PrefixListId,
        target: Target,
        span: &Range<usize>,
    ) {
        if self.is_detached(table, &target) {
            let cidrs = self.network.prefix_lists()[list].cidrs.clone();
            self.network.update(table, |row: &mut RouteTable| {
                row.routes.extend(cidrs.into_iter().map(|destination| Route {
                    destination,
                    target: target.clone(),
                    origin: Origin::PrefixList(list),
                }));
            });
        } else {
            self.make(Change::CreatePrefixListRoute { table, list, target }, span);
        }
    }
}
