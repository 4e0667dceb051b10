//! `describe-vpc-endpoint-service-configurations`: the services that the account offers.

use super::{Build, notes::Item, shown};
use crate::cloud::{EndpointService, Thing};

impl Build<'_> {
    /// The services, with the balancers behind them.
    pub(super) fn endpoint_services(&mut self) {
        let dump = self.dump;
        for record in dump.all("ServiceConfigurations") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("ServiceConfigurations", *source, is_known);
            }
            let id = shown(record.id);
            if matches!(
                record.get("ServiceState").and_then(Item::as_text),
                Some("Deleted" | "Deleting" | "Failed")
            ) {
                notes.gone(record.item(), &id);
                continue;
            }
            let mut load_balancers = Vec::new();
            for key in ["NetworkLoadBalancerArns", "GatewayLoadBalancerArns"] {
                for item in record.get(key).into_iter().flat_map(Item::items) {
                    let Some(arn) = notes.text(Some(item)) else { continue };
                    match self.balancers.get(arn) {
                        Some(known) => load_balancers.push(*known),
                        None => notes.without_part(item, &id, &shown(arn)),
                    }
                }
            }
            let service = self.network.insert(EndpointService {
                name: Self::name(record, None),
                load_balancers,
                acceptance_required: notes.flag(record.get("AcceptanceRequired")) == Some(true),
            });
            self.endpoint_services.insert(record.id, service);
            if let Some(name) = notes.text(record.get("ServiceName")) {
                self.endpoint_services.insert(name, service);
                self.ids.insert(shown(name), Thing::EndpointService(service));
            }
            self.remember(record, Thing::EndpointService(service));
        }
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "ServiceType"
            | "ServiceId"
            | "ServiceName"
            | "ServiceState"
            | "AvailabilityZones"
            | "AvailabilityZoneIds"
            | "AcceptanceRequired"
            | "ManagesVpcEndpoints"
            | "NetworkLoadBalancerArns"
            | "GatewayLoadBalancerArns"
            | "BaseEndpointDnsNames"
            | "PrivateDnsName"
            | "PrivateDnsNameConfiguration"
            | "PayerResponsibility"
            | "SupportedIpAddressTypes"
            | "SupportedRegions"
            | "RemoteAccessEnabled"
    )
}
