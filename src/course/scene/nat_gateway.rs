//! `[nat_gateway.NAME]`

use crate::{
    cloud::{Change, Connectivity, NatGateway, NatGatewayState, NatSeat, Subnet, Thing},
    course::{
        Faults,
        document::{Key, Section, Text},
        edit,
        grammar::Line,
        names,
        scene::build::{Build, choice},
    },
    i18n::fault,
};

pub(super) struct Draft {
    pub(super) key: Key,
    seat: Seat,
    private: bool,
    pub(super) address: Option<Text>,
    public_ip: Option<Text>,
    state: NatGatewayState,
}

enum Seat {
    Zonal {
        subnet: Option<Text>,
    },
    /// Without zones, AWS chooses them.
    Regional {
        vpc: Option<Text>,
        zones: Option<Vec<Text>>,
        routes: Vec<Text>,
    },
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    let regional = section.flag("regional", faults).is_some_and(|(regional, _)| regional);
    let of_regional = ["vpc", "zones", "routes"].map(|it| section.span_of(it));
    let of_zonal = ["subnet", "address", "public_ip", "connectivity"].map(|it| section.span_of(it));
    let others = if regional { &of_zonal[..] } else { &of_regional };
    for span in others.iter().flatten() {
        faults.error(span.clone(), fault::key_of_other_nat(regional));
    }
    let (vpc, subnet) = (section.text("vpc", faults), section.text("subnet", faults));
    let zones = section.texts("zones", faults);
    let routes = section.texts("routes", faults).unwrap_or_default();
    let seat = if regional {
        Seat::Regional { vpc, zones, routes }
    } else {
        if section.span_of("subnet").is_none() {
            section.missing("subnet", faults);
        }
        Seat::Zonal { subnet }
    };
    Draft {
        key,
        seat,
        private: choice(section, "connectivity", &[("public", false), ("private", true)], faults),
        address: section.text("address", faults),
        public_ip: section.text("public_ip", faults),
        state: choice(
            section,
            "state",
            &[
                ("available", NatGatewayState::Available),
                ("pending", NatGatewayState::Pending),
                ("failed", NatGatewayState::Failed),
            ],
            faults,
        ),
    }
}

impl Build<'_> {
    /// Those in subnets.
    pub(super) fn nat_gateway(&mut self, draft: &Draft) {
        let Seat::Zonal { subnet } = &draft.seat else { return };
        let subnet = subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let public_address = draft.public_ip.as_ref().and_then(|text| self.address_v4(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let change = Change::CreateNatGateway {
            name: draft.key.name.as_str().into(),
            subnet,
            connectivity: if draft.private { Connectivity::Private } else { Connectivity::Public },
            address: self.private_address(draft.address.as_ref(), subnet),
            public_address,
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        match self.make(change, span) {
            Some(Thing::NatGateway(gateway)) => {
                self.network.update(gateway, |row: &mut NatGateway| row.state = draft.state);
            }
            _ => self.fail(&draft.key),
        }
    }

    /// Those over zones: after everything that has a public address in the file, since AWS may give
    /// them any that is free.
    pub(super) fn regional_nat_gateway(&mut self, draft: &Draft) {
        let Seat::Regional { vpc, zones, .. } = &draft.seat else { return };
        let Some(vpc) = self.vpc_of(vpc.as_ref(), &draft.key) else { return self.fail(&draft.key) };
        let mut read = Vec::new();
        for text in zones.iter().flatten() {
            let mut line = Line::new(&text.value);
            match edit::nat_zone(&mut line).and_then(|zone| line.end().map(|()| zone)) {
                Ok(zone) => read.push(zone),
                Err(slip) => self.slip(text, slip),
            }
        }
        let name = draft.key.name.as_str().into();
        let change = Change::CreateRegionalNatGateway { name, vpc, zones: read };
        match self.make(change, &draft.key.span) {
            Some(Thing::NatGateway(gateway)) => {
                // It has left the last of its zones.
                let nowhere = zones.as_ref().is_some_and(Vec::is_empty);
                self.network.update(gateway, |row: &mut NatGateway| {
                    row.state = draft.state;
                    if let NatSeat::Regional(it) = &mut row.seat
                        && nowhere
                    {
                        (it.automatic, it.zones) = (false, Vec::new());
                    }
                });
            }
            _ => self.fail(&draft.key),
        }
    }

    /// Does the file say all addresses that it sends from?
    pub(super) fn says_its_addresses(draft: &Draft) -> bool {
        let Seat::Regional { zones: Some(zones), .. } = &draft.seat else { return false };
        zones.iter().all(|it| it.value.trim().contains(char::is_whitespace))
    }

    /// The routes that a regional gateway's own table has besides those that AWS writes.
    pub(super) fn nat_routes(&mut self, draft: &Draft) {
        let Seat::Regional { routes, .. } = &draft.seat else { return };
        let gateway = names::only::<NatGateway>(&self.network, &draft.key.name);
        let gateway = gateway.and_then(|id| self.network.nat_gateways().get(id));
        let Some(regional) = gateway.and_then(NatGateway::regional) else { return };
        self.routes_of(regional.route_table, routes);
    }
}
