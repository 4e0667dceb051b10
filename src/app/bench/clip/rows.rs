//! Copies of what a row of the inspector says: a rule, a route, an entry, a listener, a target.

use std::mem::discriminant;

use crate::{
    app::bench::{
        clip::{
            Bar, Holder, What,
            anew::{Anew, Done},
        },
        inspect::Says,
        lines::Line,
        members::{Member, Members},
    },
    cloud::{AclEntry, Change, Network, Origin, RouteTableId, Thing},
    course::edit,
    tell::written,
};

impl What {
    /// What a row says, if that can be copied, and how it reads.
    pub(super) fn of_row(n: &Network, says: &Says) -> Option<(Self, String)> {
        Some(match says {
            Says::Rule(group, direction, index) => {
                let rule = n.security_groups().get(*group)?.rules(*direction).get(*index)?;
                let name = written::group_rule(n, rule, *direction);
                (Self::Rule(*direction, rule.clone()), name)
            }
            Says::Route(table, index) => {
                let route = n.route_tables().get(*table)?.routes.get(*index)?;
                let name =
                    format!("{} -> {}", route.destination, written::target(n, &route.target));
                let target = route.target.clone();
                let what = match route.origin {
                    Origin::PrefixList(list) => Self::ListRoute(list, target),
                    _ => Self::Route(route.destination, target),
                };
                (what, name)
            }
            Says::Entry(acl, direction, number) => {
                let row = n.network_acls().get(*acl)?;
                let entry = row.entries(*direction).iter().find(|it| it.number == *number)?;
                (Self::Entry(*direction, *entry), written::acl_entry(entry, *direction))
            }
            Says::TransitRoute(table, index) => {
                let all = n.transit_routes(*table);
                let route = all.get(*index)?;
                let what = Self::TransitRoute(route.destination, route.target.clone());
                (what, written::transit_route(n, route))
            }
            Says::Line(line) => (Self::of_line(n, *line)?, line.written(n)),
            Says::Member(list, member) if !matches!(member, Member::Address(_)) => {
                (Self::Member(*list, *member), member.word(n))
            }
            _ => return None,
        })
    }

    fn of_line(n: &Network, line: Line) -> Option<Self> {
        Some(match line {
            Line::Listener(id, port) => {
                let all = &n.load_balancers().get(id)?.listeners;
                Self::Listener(all.iter().find(|it| it.port == port)?.clone())
            }
            Line::Target(id, at) => Self::Target(id, *n.target_groups().get(id)?.targets.get(at)?),
            Line::TransitRoute(id, cidr) => {
                let all = &n.transit_gateway_route_tables().get(id)?.routes;
                let route = all.iter().find(|it| it.destination == cidr)?;
                Self::TransitRoute(cidr, route.target.clone())
            }
            Line::ListRoute(id, list) => {
                let target = n.route_tables().get(id)?.list_target(list)?;
                Self::ListRoute(list, target.clone())
            }
            Line::NatAddress(id, address) => {
                let zones = &n.nat_gateways().get(id)?.regional()?.zones;
                let zone = zones.iter().find(|it| it.addresses.contains(&address))?;
                Self::NatAddress(zone.zone.clone())
            }
        })
    }
}

impl Anew<'_> {
    /// The table that is selected, or that steers the subnet that is.
    fn table_here(&self) -> Result<RouteTableId, Bar> {
        match (self.place.subject, self.place.subnet) {
            (Some(Thing::RouteTable(table)), _) => Ok(table),
            (Some(Thing::Subnet(subnet)), _) if self.now.subnets().get(subnet).is_some() => {
                Ok(self.now.route_table_of(subnet))
            }
            _ => Err(Bar::Into(Holder::RouteTable)),
        }
    }

    /// Puts a row into what is selected.
    pub(super) fn row(&mut self, what: &What) -> Done {
        let subject = self.place.subject;
        let wants = |holder| Err(Bar::Into(holder).into());
        let change: Change = match what {
            What::Thing(thing) => return self.thing(*thing),
            What::Rule(direction, rule) => {
                let Some(Thing::SecurityGroup(group)) = subject else {
                    return wants(Holder::SecurityGroup);
                };
                let rule = self.rule(rule).ok_or(Bar::Gone)?;
                Change::AuthorizeSecurityGroup { group, direction: *direction, rule }
            }
            What::Route(destination, target) => {
                let table = self.table_here()?;
                let target = self.target(target).ok_or(Bar::Gone)?;
                Change::CreateRoute { table, destination: *destination, target }
            }
            What::ListRoute(list, target) => {
                let table = self.table_here()?;
                let both = self.twin(*list).zip(self.target(target));
                let (list, target) = both.ok_or(Bar::Gone)?;
                Change::CreatePrefixListRoute { table, list, target }
            }
            What::Entry(direction, entry) => {
                let Some(Thing::NetworkAcl(acl)) = subject else {
                    return wants(Holder::NetworkAcl);
                };
                let Some(row) = self.now.network_acls().get(acl) else { return Ok(()) };
                let taken = |number: &u16| {
                    row.entries(*direction).iter().any(|entry| entry.number == *number)
                };
                let number = (entry.number..=32766).find(|number| !taken(number));
                let number = number.or_else(|| (1..entry.number).find(|number| !taken(number)));
                let entry = AclEntry { number: number.ok_or(Bar::NoRoom)?, ..*entry };
                Change::CreateNetworkAclEntry { acl, direction: *direction, entry }
            }
            What::Listener(listener) => {
                let Some(Thing::LoadBalancer(balancer)) = subject else {
                    return wants(Holder::LoadBalancer);
                };
                let Some(row) = self.now.load_balancers().get(balancer) else { return Ok(()) };
                let taken = |port: &u16| row.listeners.iter().any(|it| it.port == *port);
                let port = (listener.port..u16::MAX).find(|port| !taken(port));
                self.listener(balancer, listener, port.ok_or(Bar::NoRoom)?)?.into()
            }
            What::Target(of, target) => {
                let Some(Thing::TargetGroup(group)) = subject else {
                    return wants(Holder::TargetGroup);
                };
                self.registration(group, *of, target).ok_or(Bar::Gone)?.into()
            }
            What::TransitRoute(destination, target) => {
                let Some(Thing::TransitGatewayRouteTable(table)) = subject else {
                    return wants(Holder::TransitTable);
                };
                self.transit_route(table, *destination, target).ok_or(Bar::Gone)?.into()
            }
            What::NatAddress(zone) => {
                let Some(Thing::NatGateway(gateway)) = subject else {
                    return wants(Holder::NatGateway);
                };
                let (zone, address) = (zone.clone(), None);
                Change::AssociateNatGatewayAddress { gateway, zone, address }
            }
            What::Member(list, member) => return self.member(*list, *member),
        };
        self.must(change)?;
        Ok(())
    }

    /// Lets somebody into the list of the same kind of what is selected.
    fn member(&mut self, of: Members, member: Member) -> Done {
        let lists = self.place.subject.map(|it| Members::of(&self.now, it)).unwrap_or_default();
        let list = lists.into_iter().find(|it| discriminant(it) == discriminant(&of));
        let list = list.ok_or(Bar::NoSuchList)?;
        if let Member::Thing(thing) = member
            && self.now.name(thing) != self.from.name(thing)
        {
            return Err(Bar::Gone.into());
        }
        let lines = list.join(&self.now, &member.word(&self.now)).unwrap_or_default();
        for line in lines {
            let change = edit::parse(&self.now, &line).map_err(|_| Bar::NoSuchList)?;
            self.must(change)?;
        }
        Ok(())
    }
}
