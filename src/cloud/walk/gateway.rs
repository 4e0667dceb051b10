//! Through NAT gateways and internet gateways.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::{
    cloud::{
        BlockMode, Cause, Direction, EgressOnlyGatewayId, InterfaceId, InterfaceKind,
        InternetGatewayId, Leg, NatGatewayId, NatGatewayState, NatSeat, Outcome, Place,
        RegionalNat, RouteTableId, Scheme, ServiceCause, ServiceSubject, Subject, SubnetId, Target,
        Thing, block_public_access::Crossing, internet_gateway, nat_gateway,
    },
    net::Packet,
};

impl Walk<'_> {
    /// Outwards through a NAT gateway. Its subnet's list is asked on the way in, and again on the
    /// way out (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>); from
    /// there its own subnet's routes lead on
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>).
    pub(super) fn leave_through_nat(&mut self, id: NatGatewayId, from: SubnetId) -> Step<Stand> {
        let gateway = &self.network.nat_gateways[id];
        let (subnet, interface) = match &gateway.seat {
            NatSeat::Zonal { subnet, interface } => (*subnet, *interface),
            NatSeat::Regional(regional) => return self.leave_through_regional(id, regional, from),
        };
        let place = Place::NatGateway(id, Direction::Egress);
        if subnet != from {
            self.network_acl(subnet, Direction::Ingress)?;
        }
        let works = gateway.state == NatGatewayState::Available;
        self.require(works, place, Subject::NatState(id), Cause::NatNotAvailable)?;
        let own = self.network.interfaces[interface].private_ipv4();
        let Some(own) = own.filter(|_| nat_gateway::translates(&self.packet)) else {
            return Err(self.drop(place, Subject::NatProtocol(id), Cause::NatProtocol));
        };
        self.decide(Subject::NatProtocol(id), Outcome::Allows);
        self.once(place)?;
        if self.leg == Leg::Reply && self.behind_nat.is_some() {
            self.packet.source = own;
        } else {
            self.translate(interface, nat_gateway::translate(self.packet, own));
        }
        self.pass(place);
        if !self.rules.nat_gateways_need_a_route
            && let Some(internet) = self.network.internet_gateway_of(gateway.vpc)
        {
            return Ok(Stand::InternetGateway(internet, subnet));
        }
        Ok(Stand::Inside(subnet))
    }

    /// Outwards through a regional NAT gateway. It is in no subnet, so no list stands around it; it
    /// serves the zones that it is in, and its own table leads on. AWS does not tell what becomes of
    /// senders in a zone where a person gave it no address; its analyzer has a code for a route to a
    /// gateway that is not in the sender's zone, so they are dropped. In automatic mode other zones
    /// serve a new one until the gateway is there
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
    fn leave_through_regional(
        &mut self,
        id: NatGatewayId,
        regional: &RegionalNat,
        from: SubnetId,
    ) -> Step<Stand> {
        let gateway = &self.network.nat_gateways[id];
        let place = Place::NatGateway(id, Direction::Egress);
        let works = gateway.state == NatGatewayState::Available;
        self.require(works, place, Subject::NatState(id), Cause::NatNotAvailable)?;
        let own = regional.address_for(&self.network.subnets[from].zone);
        let Some(own) = own else {
            return Err(self.drop(place, Subject::NatZone(id), Cause::NatZone));
        };
        self.look(Subject::NatZone(id), Outcome::Allows);
        if !nat_gateway::translates(&self.packet) {
            return Err(self.drop(place, Subject::NatProtocol(id), Cause::NatProtocol));
        }
        self.decide(Subject::NatProtocol(id), Outcome::Allows);
        self.once(place)?;
        if self.leg == Leg::Reply && self.behind_nat.is_some() {
            self.packet.source = own.into();
        } else {
            let after = nat_gateway::translate(self.packet, own.into());
            self.rewrite(Thing::NatGateway(id), after, false);
        }
        self.pass(place);
        if !self.rules.nat_gateways_need_a_route
            && let Some(internet) = self.network.internet_gateway_of(gateway.vpc)
        {
            return Ok(Stand::InternetGateway(internet, from));
        }
        self.by_nat_table(regional.route_table, from)
    }

    /// By the table of a regional NAT gateway: out to the internet, or back to its clients, past
    /// appliances where somebody wrote routes to them.
    fn by_nat_table(&mut self, id: RouteTableId, from: SubnetId) -> Step<Stand> {
        let network = self.network;
        let place = Place::GatewayTable(id);
        let (table, to) = (&network.route_tables[id], self.packet.destination);
        let chosen = table.decide(to, self.rules);
        self.look_at_routes(id, to, chosen);
        let Some(chosen) = chosen else {
            return Err(self.drop(place, Subject::NoRoute(id), Cause::NoRoute));
        };
        let next = self.by_route(place, from, &table.routes[chosen].target)?;
        self.pass(place);
        Ok(match next {
            // From no subnet, into one.
            Stand::Entering(interface, _) => Stand::Entering(interface, None),
            next => next,
        })
    }

    /// Into a regional NAT gateway: see [`Walk::return_through_nat`].
    pub(super) fn return_through_regional(&mut self, id: NatGatewayId) -> Step<Stand> {
        let place = Place::NatGateway(id, Direction::Ingress);
        let subject = Subject::NatConnection(id);
        self.once(place)?;
        let Some(regional) = self.network.nat_gateways[id].regional() else {
            return Err(self.drop(place, subject, Cause::NatUnsolicited));
        };
        let known = self.undo_rewrite(Thing::NatGateway(id));
        let believed = (!self.rules.nat_gateways_refuse_strangers)
            .then(|| self.network.interfaces.get(self.behind_nat?))
            .flatten()
            .and_then(|it| it.address_like(self.packet.destination));
        match believed {
            _ if known => {}
            Some(private) => self.packet.destination = private,
            None => return Err(self.drop(place, subject, Cause::NatUnsolicited)),
        }
        self.decide(subject, Outcome::Allows);
        self.pass(place);
        let vpc = self.network.nat_gateways[id].vpc;
        // The table is asked from no subnet; only a way through a transit gateway looks at a zone.
        let near = self.network.subnet_in(vpc, self.packet.destination);
        let near = near.or_else(|| self.network.subnets.find(|_, it| it.vpc == vpc));
        match near {
            Some(near) => self.by_nat_table(regional.route_table, near),
            None => Err(self.drop(place, Subject::Owner, Cause::NoOwner)),
        }
    }

    /// Into the VPC of a regional NAT gateway, at one of its addresses. The internet gateway has
    /// nothing to translate: the address is the NAT gateway's own.
    pub(super) fn enter_regional(&mut self, nat: NatGatewayId) -> Step<Stand> {
        let vpc = self.network.nat_gateways[nat].vpc;
        let Some(id) = self.network.internet_gateway_of(vpc) else {
            let place = Place::Internet(self.packet.destination, None);
            return Err(self.drop(place, Subject::Owner, Cause::NoInternetGateway));
        };
        let place = Place::InternetGateway(id, Direction::Ingress);
        self.look(Subject::Attachment(id), Outcome::Allows);
        self.public_access(
            place,
            Crossing { vpc, subnet: None, outbound: false, translated: true },
        )?;
        if let Some(cause) = internet_gateway::rejects_source(self.packet.source) {
            return Err(self.drop(place, Subject::InternetAddress(id), cause));
        }
        self.look(Subject::InternetAddress(id), Outcome::Allows);
        self.decide(Subject::PublicAddress(id), Outcome::Allows);
        self.pass(place);
        Ok(Stand::RegionalNat(nat))
    }

    /// Into a NAT gateway: answers to what it sent, and nothing else. It accepts no connection and
    /// answers no ping, on either address
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>).
    pub(super) fn return_through_nat(
        &mut self,
        id: NatGatewayId,
        interface: InterfaceId,
    ) -> Step<Stand> {
        let place = Place::NatGateway(id, Direction::Ingress);
        let subject = Subject::NatConnection(id);
        let subnet = self.network.interfaces[interface].subnet;
        // In a wrong machine a route may lead the packet straight back here.
        self.once(place)?;
        if self.undo_translation(interface) {
            self.decide(subject, Outcome::Allows);
            self.pass(place);
            return Ok(Stand::Inside(subnet));
        }
        if self.rules.nat_gateways_refuse_strangers {
            return Err(self.drop(place, subject, Cause::NatUnsolicited));
        }
        self.decide(subject, Outcome::Allows);
        if let Some(meant) = self.behind_nat.map(|it| &self.network.interfaces[it])
            && let Some(private) = meant.address_like(self.packet.destination)
        {
            self.packet.destination = private;
            self.pass(place);
            return Ok(Stand::Inside(subnet));
        }
        self.end_hop(place, None);
        Ok(Stand::Received(End::Interface(interface)))
    }

    /// Out of the VPC through an internet gateway, which puts the public address that belongs to
    /// the private source in its place, one to one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
    pub(super) fn leave_vpc(&mut self, id: InternetGatewayId, from: SubnetId) -> Step<Stand> {
        let place = Place::InternetGateway(id, Direction::Egress);
        let vpc = self.network.subnets[from].vpc;
        let attached = self.network.internet_gateways[id].vpc == Some(vpc);
        self.require(attached, place, Subject::Attachment(id), Cause::GatewayDetached)?;
        let owner = self.network.interface_in(vpc, self.packet.source);
        let regional = self.network.regional_nat_gateway_at(self.packet.source);
        let regional = regional.filter(|it| self.network.nat_gateways[*it].vpc == vpc);
        let server = owner.map_or(from, |it| self.network.interfaces[it].subnet);
        let crossing = Crossing {
            vpc,
            subnet: Some(server).filter(|_| regional.is_none()),
            outbound: true,
            translated: regional.is_some() || owner.is_some_and(|it| self.is_nat(it)),
        };
        self.public_access(place, crossing)?;
        if let Some(cause) = internet_gateway::rejects_destination(self.packet.destination) {
            return Err(self.drop(place, Subject::InternetAddress(id), cause));
        }
        self.look(Subject::InternetAddress(id), Outcome::Allows);
        self.not_past_the_appliance(id, owner, place)?;

        match owner.and_then(|it| self.public_source(it)) {
            // The address is public already.
            None if regional.is_some() => {
                self.decide(Subject::PublicAddress(id), Outcome::Allows);
            }
            Some(public) => {
                self.packet.source = public;
                self.decide(Subject::PublicAddress(id), Outcome::Allows);
            }
            None if self.rules.internet_needs_public_address => {
                self.block(place, Subject::PublicAddress(id), Cause::NoPublicAddress)?;
                self.untranslated = owner;
            }
            None => {
                self.decide(Subject::PublicAddress(id), Outcome::Allows);
                self.untranslated = owner;
            }
        }
        self.pass(place);
        Ok(Stand::Internet)
    }

    /// The public source that goes with the packet's own. IPv6 addresses are public as they are.
    fn public_source(&self, owner: InterfaceId) -> Option<IpAddr> {
        let (owner, source) = (&self.network.interfaces[owner], self.packet.source);
        match source {
            IpAddr::V4(_) => owner.public_for(source).map(IpAddr::V4),
            IpAddr::V6(_) => Some(source),
        }
    }

    /// Into a VPC through its internet gateway, which puts the private address back
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
    pub(super) fn enter_vpc(&mut self, id: InternetGatewayId, owner: InterfaceId) -> Step<Stand> {
        let place = Place::InternetGateway(id, Direction::Ingress);
        self.look(Subject::Attachment(id), Outcome::Allows);
        let subnet = self.network.interfaces[owner].subnet;
        let vpc = self.network.subnets[subnet].vpc;
        let (subnet, translated) = (Some(subnet), self.is_nat(owner));
        self.public_access(place, Crossing { vpc, subnet, outbound: false, translated })?;
        if let Some(cause) = internet_gateway::rejects_source(self.packet.source) {
            return Err(self.drop(place, Subject::InternetAddress(id), cause));
        }
        self.look(Subject::InternetAddress(id), Outcome::Allows);
        self.not_to_a_private_interface(owner, place)?;
        if self.leg == Leg::Forward && !self.rules.internet_gateways_filter_nothing {
            // Never in AWS's world: an internet gateway is no NAT gateway, and no firewall.
            return Err(self.drop(place, Subject::PublicAddress(id), Cause::NatUnsolicited));
        }
        self.packet = self.privately(owner);
        self.decide(Subject::PublicAddress(id), Outcome::Allows);
        self.pass(place);
        match self.network.internet_gateways[id].route_table {
            Some(table) => self.by_gateway_table(table, owner, true),
            None => Ok(Stand::Entering(owner, None)),
        }
    }

    /// IPv6 addresses are public as they are, so AWS keeps the internet from interfaces of its
    /// services that are meant to be private: they take nothing that an internet gateway brings. Those
    /// are an internal load balancer's
    /// (`ipv6.deny_all_igw_traffic`,
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html>),
    /// an interface endpoint's
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>) and
    /// those of a database that is not publicly accessible
    /// (<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html>).
    fn not_to_a_private_interface(&mut self, owner: InterfaceId, place: Place) -> Step<()> {
        let network = self.network;
        let row = &network.interfaces[owner];
        if self.packet.destination.is_ipv4() {
            return Ok(());
        }
        let at_interface =
            (ServiceSubject::InternetAtInterface(owner), ServiceCause::InternetKeptOut);
        let (subject, cause) = match row.kind {
            InterfaceKind::LoadBalancer(id)
                if network.load_balancers.get(id).map(|it| it.scheme) == Some(Scheme::Internal) =>
            {
                (ServiceSubject::InternetAtBalancer(id), ServiceCause::InternalBalancer)
            }
            InterfaceKind::Endpoint(_) => at_interface,
            InterfaceKind::Database(_) if row.public_address.is_none() => at_interface,
            _ => return Ok(()),
        };
        self.block(place, Subject::Service(subject), Cause::Service(cause))
    }

    /// The table of a gateway may lead what comes in to an appliance first. For what comes from the
    /// internet that has a public address of its own, or nothing gets to it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub(super) fn by_gateway_table(
        &mut self,
        id: RouteTableId,
        owner: InterfaceId,
        from_internet: bool,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::GatewayTable(id);
        let (table, to) = (&network.route_tables[id], self.packet.destination);
        let chosen = table.decide(to, self.rules);
        self.look_at_routes(id, to, chosen);
        let next = match chosen.map(|it| &table.routes[it].target) {
            Some(Target::Local) => owner,
            Some(&Target::Interface(appliance))
                if network
                    .interfaces
                    .get(appliance)
                    .is_some_and(|it| it.kind != InterfaceKind::Unattached) =>
            {
                // A Gateway Load Balancer endpoint needs none.
                let kind = network.interfaces[appliance].kind;
                let has = !from_internet
                    || to.is_ipv6()
                    || matches!(kind, InterfaceKind::Endpoint(_))
                    || network.interfaces[appliance].public_addresses().next().is_some();
                let subject = Subject::AppliancePublicAddress(appliance);
                if !has {
                    self.block(place, subject, Cause::ApplianceWithoutPublicAddress)?;
                }
                appliance
            }
            Some(_) => {
                for check in self.checks.iter_mut().filter(|it| it.decisive) {
                    check.outcome = Outcome::Denies;
                }
                self.stop(place, Cause::Blackhole)?;
                owner
            }
            None => return Err(self.drop(place, Subject::NoRoute(id), Cause::NoRoute)),
        };
        self.pass(place);
        Ok(Stand::Entering(next, None))
    }

    /// A subnet to which the gateway's table leads through an appliance goes out through it too:
    /// past it, the gateway takes nothing
    /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
    fn not_past_the_appliance(
        &mut self,
        id: InternetGatewayId,
        owner: Option<InterfaceId>,
        place: Place,
    ) -> Step<()> {
        let network = self.network;
        let Some(table) = network.internet_gateways[id].route_table else { return Ok(()) };
        let table = &network.route_tables[table];
        let chosen = table.decide(self.packet.source, self.rules);
        let Some(Target::Interface(appliance)) = chosen.map(|it| &table.routes[it].target) else {
            return Ok(());
        };
        let through = self
            .forwarders
            .iter()
            .any(|(at, _)| matches!(at, Place::Interface(it, _) | Place::Endpoint(_, it) if it == appliance));
        let holds = through || owner == Some(*appliance);
        self.require(holds, place, Subject::ThroughAppliance(id), Cause::ApplianceBypassed)
    }

    /// Out of the VPC through an egress-only gateway, which remembers the connection and changes
    /// nothing: IPv6 addresses are public as they are
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>).
    pub(super) fn leave_vpc_for_good(
        &mut self,
        id: EgressOnlyGatewayId,
        from: SubnetId,
    ) -> Step<Stand> {
        let place = Place::EgressOnlyGateway(id, Direction::Egress);
        let vpc = self.network.subnets[from].vpc;
        let subnet = Some(from);
        self.public_access(place, Crossing { vpc, subnet, outbound: true, translated: true })?;
        if self.packet.destination.is_ipv4() {
            let subject = Subject::EgressOnlyProtocol(id);
            return Err(self.drop(place, subject, Cause::EgressOnlyProtocol));
        }
        self.let_out.push((id, self.packet));
        self.decide(Subject::EgressOnlyProtocol(id), Outcome::Allows);
        self.pass(place);
        Ok(Stand::Internet)
    }

    /// The egress-only gateway by which a packet from the internet comes to an interface: the one
    /// that let the request out, or the one that the interface's own answers would leave by.
    pub(super) fn egress_only_gateway_before(
        &self,
        owner: InterfaceId,
    ) -> Option<EgressOnlyGatewayId> {
        if self.packet.destination.is_ipv4() {
            return None;
        }
        let let_out = self.let_out.iter().find(|(_, packet)| self.packet.answers(packet));
        let by_route = || {
            let table = self.network.route_table_of(self.network.interfaces[owner].subnet);
            let table = &self.network.route_tables[table];
            let route = table.decide(self.packet.source, self.rules)?;
            match table.routes[route].target {
                Target::EgressOnlyGateway(id) => {
                    self.network.egress_only_gateways.get(id).map(|_| id)
                }
                _ => None,
            }
        };
        let_out.map(|(id, _)| *id).or_else(by_route)
    }

    /// Into the VPC through an egress-only gateway: answers to what it let out, and nothing else
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>).
    pub(super) fn return_through_egress_only(
        &mut self,
        id: EgressOnlyGatewayId,
        owner: InterfaceId,
    ) -> Step<Stand> {
        let place = Place::EgressOnlyGateway(id, Direction::Ingress);
        let subject = Subject::EgressOnlyConnection(id);
        // What another gateway let out comes back by that one.
        if !self.let_out.iter().any(|(_, packet)| self.packet.answers(packet)) {
            return Err(self.drop(place, subject, Cause::EgressOnlyUnsolicited));
        }
        self.decide(subject, Outcome::Allows);
        self.pass(place);
        Ok(Stand::Entering(owner, None))
    }

    /// The account's switch above all gateways to the internet. It looks at who starts a
    /// connection; answers to what may start pass
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html>).
    fn public_access(&mut self, place: Place, crossing: Crossing) -> Step<()> {
        if self.leg == Leg::Reply || self.network.block_public_access.mode == BlockMode::Off {
            return Ok(());
        }
        let open = !self.network.blocks_public_access(crossing);
        self.require(open, place, Subject::BlockPublicAccess, Cause::PublicAccessBlocked)
    }

    fn is_nat(&self, interface: InterfaceId) -> bool {
        self.network.interfaces[interface].kind == InterfaceKind::NatGateway
    }

    /// The packet with the private address in the place of the public one.
    pub(super) fn privately(&self, owner: InterfaceId) -> Packet {
        match self.network.interfaces[owner].private_for(self.packet.destination) {
            Some(private) if self.packet.destination.is_ipv4() => {
                Packet { destination: private, ..self.packet }
            }
            _ => self.packet,
        }
    }
}
