//! `describe-nat-gateways`.

use std::net::IpAddr;

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        Connectivity, Interface, InterfaceId, InterfaceKind, NatGateway, NatGatewayState, NatSeat,
        NatZone, Origin, PublicAddress, RegionalNat, Route, RouteTable, RouteTableId, SubnetId,
        Target, Thing, VpcId, Zone,
    },
    i18n::aws as say,
    net::Cidr,
};

impl<'d> Build<'d> {
    /// The gateways, each with its interface, which may be described or not.
    pub(super) fn nat_gateways(&mut self) {
        let dump = self.dump;
        for record in dump.all("NatGateways") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("NatGateways", *source, is_known);
            }
            let id = shown(record.id);
            let state = match notes.text(record.get("State")) {
                Some("deleted" | "deleting") => {
                    notes.gone(record.item(), &id);
                    continue;
                }
                Some("pending") => NatGatewayState::Pending,
                Some("failed") => NatGatewayState::Failed,
                None | Some("available") => NatGatewayState::Available,
                Some(other) => {
                    notes.matters(record.item(), say::unknown_mode(&id, &shown(other)));
                    NatGatewayState::Available
                }
            };
            if notes.text(record.get("AvailabilityMode")) == Some("regional") {
                self.regional_nat_gateway(record, &id, state);
                continue;
            }
            let Some(subnet) = notes.text(record.get("SubnetId")) else {
                notes.matters(record.item(), say::lacks(&id, "SubnetId"));
                continue;
            };
            let Some(&subnet) = self.subnets.get(subnet) else {
                notes.left_out(record.item(), &id, &shown(subnet));
                continue;
            };
            let connectivity = match notes.text(record.get("ConnectivityType")) {
                Some("private") => Connectivity::Private,
                _ => Connectivity::Public,
            };
            let interface = self.nat_interface(record, &id, subnet);
            let name = Self::name(record, None);
            let vpc = self.network.subnets()[subnet].vpc;
            let seat = NatSeat::Zonal { subnet, interface };
            let gateway = self.network.insert(NatGateway { name, vpc, seat, connectivity, state });
            self.nat_gateways.insert(record.id, gateway);
            self.remember(record, Thing::NatGateway(gateway));
        }
    }

    /// A regional gateway: over zones of its VPC, with a table of its own.
    fn regional_nat_gateway(&mut self, record: &Record<'d>, id: &str, state: NatGatewayState) {
        let notes = self.notes;
        let vpc_id = notes.text(record.get("VpcId"));
        let Some(&vpc) = vpc_id.and_then(|it| self.vpcs.get(it)) else {
            notes.left_out(record.item(), id, &shown(vpc_id.unwrap_or("VpcId")));
            return;
        };
        let word = if self.zones_by_id { "AvailabilityZoneId" } else { "AvailabilityZone" };
        let mut zones: Vec<NatZone> = Vec::new();
        for item in notes.objects(record.get("NatGatewayAddresses")) {
            if item.get("Status").and_then(Item::as_text) == Some("failed") {
                continue;
            }
            let zone = notes.text(item.get(word));
            let zone = zone.or_else(|| notes.text(item.get("AvailabilityZone")));
            let (Some(zone), Some(address)) = (zone, notes.ipv4(item.get("PublicIp"))) else {
                notes.matters(item, say::lacks(id, "AvailabilityZone"));
                continue;
            };
            let zone = Zone(shown(zone).into());
            match zones.iter_mut().find(|it| it.zone == zone) {
                Some(known) => known.addresses.push(address),
                None => zones.push(NatZone { zone, addresses: vec![address] }),
            }
        }
        let automatic = notes.text(record.get("AutoProvisionZones")) != Some("disabled");
        let route_table = self.table_of_nat(record, id, vpc);
        let gateway = self.network.insert(NatGateway {
            name: Self::name(record, None),
            vpc,
            seat: NatSeat::Regional(RegionalNat { route_table, automatic, zones }),
            connectivity: Connectivity::Public,
            state,
        });
        self.nat_gateways.insert(record.id, gateway);
        self.remember(record, Thing::NatGateway(gateway));
    }

    /// The table of a regional gateway; where nobody describes it, as AWS makes it.
    fn table_of_nat(&mut self, record: &Record<'d>, id: &str, vpc: VpcId) -> RouteTableId {
        let named = self.notes.text(record.get("RouteTableId"));
        let named = named.or_else(|| {
            let mut tables = self.dump.all("RouteTables").iter();
            let leads = |it: Item| it.get("GatewayId").and_then(Item::as_text) == Some(record.id);
            let mine =
                |it: &&Record| it.get("Associations").into_iter().flat_map(Item::items).any(leads);
            tables.find(mine).map(|it| it.id)
        });
        if let Some(&known) = named.and_then(|it| self.route_tables.get(it)) {
            return known;
        }
        self.notes.matters(record.item(), say::nat_table(id));
        let row = &self.network.vpcs()[vpc];
        let mut routes: Vec<Route> = row.cidrs.iter().copied().map(Route::local).collect();
        if let Some(gateway) = self.network.internet_gateway_of(vpc) {
            routes.push(Route {
                destination: Cidr::ANY_V4,
                target: Target::InternetGateway(gateway),
                origin: Origin::Static,
            });
        }
        self.network.insert(RouteTable { name: format!("{id}-table").into(), vpc, routes })
    }

    fn nat_interface(&mut self, record: &Record<'d>, id: &str, subnet: SubnetId) -> InterfaceId {
        let notes = self.notes;
        let all = notes.objects(record.get("NatGatewayAddresses"));
        let working: Vec<Item> = (all.into_iter())
            .filter(|it| it.get("Status").and_then(Item::as_text).is_none_or(|it| it != "failed"))
            .collect();
        if working.len() > 1 {
            notes.harmless(record.item(), say::nat_addresses(id, working.len()));
        }
        let primary = |it: &&Item| notes.flag(it.get("IsPrimary")) == Some(true);
        let first = working.iter().find(primary).or(working.first()).copied();
        let described = first
            .and_then(|it| notes.text(it.get("NetworkInterfaceId")))
            .and_then(|it| self.interfaces.get(it).copied());
        let private = first.and_then(|it| notes.address(it.get("PrivateIp")));
        let public = first.and_then(|it| notes.ipv4(it.get("PublicIp")));
        let public = public.map(|address| PublicAddress { address, elastic: true });
        if let Some(interface) = described {
            self.network.update(interface, |it: &mut Interface| {
                it.kind = InterfaceKind::NatGateway;
                it.source_dest_check = false;
                it.public_address = it.public_address.or(public);
            });
            return interface;
        }
        let vpc = self.network.subnets()[subnet].vpc;
        let by_address = private.and_then(|it| self.network.interface_in(vpc, it));
        if let Some(interface) = by_address {
            self.network.update(interface, |it: &mut Interface| {
                it.kind = InterfaceKind::NatGateway;
                it.source_dest_check = false;
                it.public_address = it.public_address.or(public);
            });
            return interface;
        }
        if private.is_none() {
            // One that failed may never have had an address.
            notes.matters(record.item(), say::lacks(id, "PrivateIp"));
        }
        let eni = first.and_then(|it| notes.text(it.get("NetworkInterfaceId")));
        let interface = self.network.insert(Interface {
            name: shown(eni.unwrap_or(id)).into(),
            subnet,
            kind: InterfaceKind::NatGateway,
            addresses: private.into_iter().collect::<Vec<IpAddr>>(),
            public_address: public,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups: Vec::new(),
            source_dest_check: false,
        });
        if let Some(eni) = eni {
            self.interfaces.insert(eni, interface);
            self.ids.insert(shown(eni), Thing::Interface(interface));
        }
        interface
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "NatGatewayId"
            | "State"
            | "SubnetId"
            | "VpcId"
            | "ConnectivityType"
            | "AvailabilityMode"
            | "NatGatewayAddresses"
            | "FailureCode"
            | "FailureMessage"
            | "ProvisionedBandwidth"
            | "AutoScalingIps"
            | "AutoProvisionZones"
            | "AttachedAppliances"
            | "RouteTableId"
    )
}
