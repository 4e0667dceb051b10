//! A network as it is when an Availability Zone fails: what runs in the zone stops
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html>).
//!
//! Instances of the zone are stopped, and keep their addresses; NAT gateways of the zone fail, and
//! regional ones work on in their other zones
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>). Subnets, tables
//! and lists are not things that run, and stay.

use crate::cloud::{
    InstanceId, InstanceState, InterfaceId, NatGatewayId, NatGatewayState, NatSeat, Network, Zone,
};

impl Network {
    /// The same network, with this zone failed.
    #[must_use]
    pub fn without_zone(&self, zone: &Zone) -> Self {
        let lies_there = |interface: &InterfaceId| {
            let interface = self.interfaces().get(*interface);
            let subnet = interface.and_then(|it| self.subnets().get(it.subnet));
            subnet.is_some_and(|subnet| subnet.zone == *zone)
        };
        let instances: Vec<InstanceId> = self
            .instances()
            .iter()
            .filter(|(_, instance)| instance.interfaces.first().is_some_and(lies_there))
            .map(|(id, _)| id)
            .collect();
        let gateways: Vec<NatGatewayId> = self.nat_gateways().iter().map(|(id, _)| id).collect();
        let mut failed = self.clone();
        for id in instances {
            failed.update(id, |instance| instance.state = InstanceState::Stopped);
        }
        for id in gateways {
            failed.update(id, |gateway| {
                let is_left = match &mut gateway.seat {
                    NatSeat::Zonal { interface, .. } => !lies_there(interface),
                    NatSeat::Regional(regional) => {
                        regional.zones.retain(|it| it.zone != *zone);
                        !regional.zones.is_empty()
                    }
                };
                if !is_left {
                    gateway.state = NatGatewayState::Failed;
                }
            });
        }
        failed
    }

    /// Has the network anything in this zone?
    pub fn has_zone(&self, zone: &Zone) -> bool {
        self.subnets().iter().any(|(_, subnet)| subnet.zone == *zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Rules, trace},
        course::Scene,
    };

    const SCENE: &str = r#"
[vpc.shop]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "shop"
[subnet.pub-a]
cidr = "10.0.0.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> igw"]
[subnet.priv-a]
cidr = "10.0.10.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> nat-a"]
[subnet.priv-b]
cidr = "10.0.11.0/24"
zone = "b"
routes = ["0.0.0.0/0 -> nat-a"]
[nat_gateway.nat-a]
subnet = "pub-a"
[instance.app-a]
subnet = "priv-a"
[instance.app-b]
subnet = "priv-b"
[packets]
a = "app-a -> 192.0.2.80 tcp/443"
b = "app-b -> 192.0.2.80 tcp/443"
"#;

    #[test]
    fn a_failed_zone_takes_its_servers_and_its_gateway_with_it() {
        let scene = Scene::parse("s.scene.toml", SCENE).0.unwrap();
        let delivered = |network: &Network| {
            let fares = |name: &str| {
                let probe = scene.packet(name).unwrap().probe;
                trace(network, probe, &Rules::AWS).is_delivered()
            };
            (fares("a"), fares("b"))
        };
        let without = |zone: &str| scene.network.without_zone(&Zone(zone.into()));
        assert_eq!(delivered(&scene.network), (true, true));
        assert_eq!(delivered(&without("a")), (false, false));
        assert_eq!(delivered(&without("b")), (true, false));
        assert_eq!(without("c"), scene.network);
    }
}
