//! Interface endpoints (`PrivateLink`): a service with an address in one's own subnets; and the
//! services that one offers to others that way.

use std::net::IpAddr;

use crate::{
    cloud::{
        EndpointPolicy, Id, Interface, InterfaceId, InterfaceKind, LoadBalancerId,
        LoadBalancerKind, Name, Network, Reason, Refusal, SecurityGroupId, ServiceId,
        ServiceReason, SubnetId, Thing, VpcId, edit::Edit,
    },
    net::Protocol,
};

/// Names an [`InterfaceEndpoint`].
pub type InterfaceEndpointId = Id<InterfaceEndpoint>;
/// Names an [`EndpointService`].
pub type EndpointServiceId = Id<EndpointService>;

/// An interface endpoint, or a Gateway Load Balancer endpoint
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceEndpoint {
    /// As the author wrote it.
    pub name: Name,
    /// Its VPC.
    pub vpc: VpcId,
    /// What is behind it.
    pub to: EndpointTo,
    /// Its interfaces: one subnet in each of its zones.
    pub interfaces: Vec<InterfaceId>,
    /// Does the service's usual name lead here, inside the VPC?
    pub private_dns: bool,
    /// What its policy says to everything.
    pub policy: EndpointPolicy,
    /// Has the service's owner accepted it? Where nobody must, from the start.
    pub accepted: bool,
    /// Which addresses its interfaces have.
    pub address_type: EndpointAddressType,
    /// Which records its names have.
    pub dns_records: DnsRecords,
}

/// Which addresses the interfaces of an endpoint have
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum EndpointAddressType {
    /// IPv4 alone: every subnet has an IPv4 range.
    #[default]
    Ipv4,
    /// IPv4 and IPv6: every subnet has ranges of both.
    Dualstack,
    /// IPv6 alone: every subnet has IPv6 alone.
    Ipv6,
}

/// Which records the names of an endpoint have
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptionsSpecification.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DnsRecords {
    /// A records.
    #[default]
    Ipv4,
    /// A and AAAA records.
    Dualstack,
    /// AAAA records.
    Ipv6,
    /// A records for the service's usual name; for the names of the endpoint itself AAAA records
    /// beside them.
    ServiceDefined,
}

impl EndpointAddressType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ipv4, Self::Dualstack, Self::Ipv6];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Dualstack => "dualstack",
            Self::Ipv6 => "ipv6",
        }
    }

    /// Have the interfaces IPv6 addresses?
    pub const fn has_ipv6(self) -> bool {
        !matches!(self, Self::Ipv4)
    }

    /// The records that fit when nobody chooses others.
    pub const fn usual_records(self) -> DnsRecords {
        match self {
            Self::Ipv4 => DnsRecords::Ipv4,
            Self::Dualstack => DnsRecords::Dualstack,
            Self::Ipv6 => DnsRecords::Ipv6,
        }
    }
}

impl DnsRecords {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ipv4, Self::Dualstack, Self::Ipv6, Self::ServiceDefined];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Dualstack => "dualstack",
            Self::Ipv6 => "ipv6",
            Self::ServiceDefined => "service-defined",
        }
    }

    /// Can an endpoint with these addresses have such records? Records are for addresses that there
    /// are; the service's own choice wants both.
    pub fn fit(self, addresses: EndpointAddressType) -> bool {
        match self {
            Self::Ipv4 => addresses != EndpointAddressType::Ipv6,
            Self::Ipv6 => addresses != EndpointAddressType::Ipv4,
            Self::Dualstack | Self::ServiceDefined => addresses == EndpointAddressType::Dualstack,
        }
    }

    /// Is an address of this kind told under a name: the service's usual one, or the endpoint's own?
    pub const fn tell(self, address: IpAddr, usual_name: bool) -> bool {
        match self {
            Self::Ipv4 => address.is_ipv4(),
            Self::Ipv6 => address.is_ipv6(),
            Self::Dualstack => true,
            Self::ServiceDefined => address.is_ipv4() || !usual_name,
        }
    }
}

impl std::str::FromStr for EndpointAddressType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

impl std::str::FromStr for DnsRecords {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// What is behind an interface endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointTo {
    /// A service of AWS's.
    Service(ServiceId),
    /// What somebody offers: see [`EndpointService`].
    Offered(EndpointServiceId),
}

impl EndpointTo {
    /// The service of AWS's, when it is one.
    pub fn service(self) -> Option<ServiceId> {
        match self {
            Self::Service(id) => Some(id),
            Self::Offered(_) => None,
        }
    }
}

/// A service that one offers over `PrivateLink`: Network Load Balancers, or Gateway Load Balancers
/// with appliances
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointService {
    /// As the author wrote it.
    pub name: Name,
    /// What is behind it.
    pub load_balancers: Vec<LoadBalancerId>,
    /// Must its owner accept each endpoint?
    pub acceptance_required: bool,
}

/// What an interface endpoint carries: TCP, and to services that offer it UDP. So it answers no ping
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>).
pub fn carries(to: EndpointTo, protocol: Protocol) -> bool {
    protocol == Protocol::TCP || protocol == Protocol::UDP && matches!(to, EndpointTo::Offered(_))
}

impl Network {
    /// The addresses that a name of an endpoint tells of one of its interfaces: under the service's
    /// usual name, or under the endpoint's own.
    pub(super) fn endpoint_records(&self, interface: InterfaceId, usual_name: bool) -> Vec<IpAddr> {
        let Some(row) = self.interfaces.get(interface) else { return Vec::new() };
        let records = match row.kind {
            InterfaceKind::Endpoint(id) => {
                self.interface_endpoints.get(id).map(|it| it.dns_records)
            }
            _ => None,
        };
        let told = |it: &IpAddr| records.is_none_or(|records| records.tell(*it, usual_name));
        row.addresses.iter().copied().filter(told).collect()
    }

    /// Does the endpoint lead through a Gateway Load Balancer? Then it is a target of routes.
    pub fn is_gateway_load_balancer_endpoint(&self, id: InterfaceEndpointId) -> bool {
        let offered = match self.interface_endpoints.get(id).map(|it| it.to) {
            Some(EndpointTo::Offered(service)) => self.endpoint_services.get(service),
            _ => None,
        };
        offered.is_some_and(|it| {
            it.load_balancers.iter().any(|it| {
                self.load_balancers.get(*it).map(|it| it.kind) == Some(LoadBalancerKind::Gateway)
            })
        })
    }

    /// The Gateway Load Balancer endpoint whose interface this is.
    pub fn gateway_load_balancer_endpoint_of(
        &self,
        interface: InterfaceId,
    ) -> Option<InterfaceEndpointId> {
        match self.interfaces.get(interface)?.kind {
            InterfaceKind::Endpoint(id) => {
                Some(id).filter(|it| self.is_gateway_load_balancer_endpoint(*it))
            }
            _ => None,
        }
    }
}

impl Edit<'_> {
    /// One subnet for each zone; without a group it gets the default group of the VPC, which lets
    /// only its own members in. Private DNS wants both DNS attributes of the VPC, and one endpoint
    /// alone can have a service's name
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>).
    pub fn create_interface_endpoint(
        &mut self,
        name: &Name,
        to: EndpointTo,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
        private_dns: bool,
    ) -> Result<InterfaceEndpointId, Refusal> {
        let accepted = match to {
            EndpointTo::Service(service) => {
                self.get(service)?;
                true
            }
            EndpointTo::Offered(service) => !self.get(service)?.acceptance_required,
        };
        let Some(&first) = subnets.first() else {
            return Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::EndpointWithoutSubnet),
            ));
        };
        let vpc = self.get(first)?.vpc;
        let mut zones = Vec::new();
        for &subnet in subnets {
            let row = self.get(subnet)?;
            if row.vpc != vpc {
                let reason = Reason::DifferentVpcs(Thing::Subnet(first), Thing::Subnet(subnet));
                return Err(Refusal::new("InvalidParameter", reason));
            }
            if zones.contains(&row.zone) {
                let reason = Reason::Service(ServiceReason::EndpointZoneTwice(row.zone.clone()));
                return Err(Refusal::new("DuplicateSubnetsInSameZone", reason));
            }
            zones.push(row.zone.clone());
        }
        let through_gateway = self.offers_inspection(to);
        if through_gateway && subnets.len() > 1 {
            return Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::EndpointOneSubnet),
            ));
        }
        if private_dns {
            self.private_dns_possible(vpc, to, None)?;
        }
        let security_groups = if through_gateway {
            Vec::new()
        } else {
            self.pick_groups(first, groups, "InvalidGroup.NotFound")?
        };
        // Where there is IPv6 alone, nothing else is possible.
        let six = subnets.iter().all(|it| self.network.subnets[*it].is_ipv6_only());
        let address_type = if six { EndpointAddressType::Ipv6 } else { EndpointAddressType::Ipv4 };
        self.check_offered(to, address_type)?;
        let id = self.make(InterfaceEndpoint {
            name: name.clone(),
            vpc,
            to,
            interfaces: Vec::new(),
            private_dns,
            policy: EndpointPolicy::Allows,
            accepted,
            address_type,
            dns_records: address_type.usual_records(),
        });
        for (&subnet, zone) in subnets.iter().zip(&zones) {
            let address = if address_type == EndpointAddressType::Ipv6 {
                self.pick_ipv6_address(subnet, "InvalidParameter")?
            } else {
                self.pick_ipv4_address(subnet, None)?
            };
            let name =
                if subnets.len() == 1 { name.clone() } else { format!("{name}-{}", zone.0).into() };
            let interface = self.make(Interface {
                name,
                subnet,
                kind: InterfaceKind::Endpoint(id),
                addresses: vec![address],
                public_address: None,
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups: security_groups.clone(),
                source_dest_check: !through_gateway,
            });
            self.change(id, |it| it.interfaces.push(interface));
        }
        Ok(id)
    }

    /// What somebody offers is asked over IPv6 where its load balancers have IPv6; that its owner has
    /// declared so too is taken for granted
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>).
    fn check_offered(&self, to: EndpointTo, new: EndpointAddressType) -> Result<(), Refusal> {
        let EndpointTo::Offered(service) = to else { return Ok(()) };
        let mut balancers = self.get(service)?.load_balancers.iter();
        let without = balancers.find(|it| {
            let row = self.network.load_balancers.get(**it);
            row.is_some_and(|it| !it.address_type.has_ipv6())
        });
        match without {
            Some(balancer) if new.has_ipv6() => Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::OfferedOverIpv4(*balancer)),
            )),
            _ => Ok(()),
        }
    }

    /// Which addresses the interfaces have, and which records the names. Every subnet must have
    /// ranges for the addresses; IPv6 alone is for subnets with IPv6 alone
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>).
    pub fn modify_endpoint_address_type(
        &mut self,
        id: InterfaceEndpointId,
        address_type: Option<EndpointAddressType>,
        dns_records: Option<DnsRecords>,
    ) -> Result<(), Refusal> {
        const CODE: &str = "InvalidParameter";
        let endpoint = self.get(id)?;
        let new = address_type.unwrap_or(endpoint.address_type);
        // Other addresses bring the records that fit, unless somebody chooses others.
        let kept = Some(endpoint.dns_records).filter(|_| endpoint.address_type == new);
        let records = dns_records.or(kept).unwrap_or(new.usual_records());
        if !records.fit(new) {
            let reason = Reason::Service(ServiceReason::RecordsOfAddressType(records, new));
            return Err(Refusal::new(CODE, reason));
        }
        let (to, interfaces) = (endpoint.to, endpoint.interfaces.clone());
        self.check_offered(to, new)?;
        for interface in interfaces {
            let row = self.get(interface)?;
            let subnet = row.subnet;
            let six = row.addresses.iter().any(IpAddr::is_ipv6);
            let only = self.get(subnet)?.is_ipv6_only();
            match new {
                EndpointAddressType::Ipv6 if !only => {
                    let reason = Reason::Service(ServiceReason::SubnetHasIpv4(subnet));
                    return Err(Refusal::new(CODE, reason));
                }
                EndpointAddressType::Ipv4 | EndpointAddressType::Dualstack if only => {
                    return Err(Refusal::new(CODE, Reason::SubnetIpv6Only(subnet)));
                }
                EndpointAddressType::Dualstack if !six => {
                    let address = self.pick_ipv6_address(subnet, CODE)?;
                    self.change(interface, |it| it.addresses.push(address));
                }
                EndpointAddressType::Ipv4 => {
                    self.change(interface, |it| it.addresses.retain(IpAddr::is_ipv4));
                }
                EndpointAddressType::Dualstack | EndpointAddressType::Ipv6 => {}
            }
        }
        self.change(id, |it| {
            it.address_type = new;
            it.dns_records = records;
        });
        Ok(())
    }

    fn offers_inspection(&self, to: EndpointTo) -> bool {
        let EndpointTo::Offered(service) = to else { return false };
        self.network.endpoint_services[service].load_balancers.iter().any(|it| {
            self.network.load_balancers.get(*it).map(|it| it.kind)
                == Some(LoadBalancerKind::Gateway)
        })
    }

    fn private_dns_possible(
        &self,
        vpc: VpcId,
        to: EndpointTo,
        own: Option<InterfaceEndpointId>,
    ) -> Result<(), Refusal> {
        let row = self.get(vpc)?;
        if !row.dns_support || !row.dns_hostnames {
            return Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::PrivateDnsNeedsVpcDns(vpc)),
            ));
        }
        let rival = self
            .network
            .interface_endpoints
            .find(|id, it| Some(id) != own && it.vpc == vpc && it.to == to && it.private_dns);
        if let Some(rival) = rival {
            return Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::PrivateDnsTaken(rival)),
            ));
        }
        Ok(())
    }

    /// Turns private DNS on or off, and sets policy and groups; a Gateway Load Balancer endpoint has
    /// no groups
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html>).
    pub fn modify_interface_endpoint(
        &mut self,
        id: InterfaceEndpointId,
        private_dns: Option<bool>,
        policy: Option<EndpointPolicy>,
        groups: Option<&[SecurityGroupId]>,
    ) -> Result<(), Refusal> {
        let endpoint = self.get(id)?;
        let (vpc, to, interfaces) = (endpoint.vpc, endpoint.to, endpoint.interfaces.clone());
        if private_dns == Some(true) {
            self.private_dns_possible(vpc, to, Some(id))?;
        }
        if let Some(groups) = groups {
            if self.network.is_gateway_load_balancer_endpoint(id) {
                let reason = Reason::Service(ServiceReason::EndpointWithoutGroups(id));
                return Err(Refusal::new("InvalidParameter", reason));
            }
            if groups.is_empty() {
                return Err(Refusal::new("MissingParameter", Reason::NoGroup));
            }
            for interface in interfaces {
                let subnet = self.network.interfaces[interface].subnet;
                let groups = self.pick_groups(subnet, groups, "InvalidGroup.NotFound")?;
                self.change(interface, |it| it.security_groups = groups);
            }
        }
        self.change(id, |it| {
            it.private_dns = private_dns.unwrap_or(it.private_dns);
            it.policy = policy.unwrap_or(it.policy);
        });
        Ok(())
    }

    /// Its interfaces go along; routes to a Gateway Load Balancer endpoint stay as blackholes.
    pub fn delete_interface_endpoint(&mut self, id: InterfaceEndpointId) -> Result<(), Refusal> {
        let endpoint = self.get(id)?;
        let (interfaces, name) = (endpoint.interfaces.clone(), endpoint.name.clone());
        for interface in interfaces {
            self.blackhole_routes_to(&crate::cloud::Target::Interface(interface), &name);
            self.remove(interface);
        }
        self.remove(id);
        Ok(())
    }

    /// Behind it stand Network Load Balancers, or Gateway Load Balancers, and not both
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointServiceConfiguration.html>).
    pub fn create_endpoint_service(
        &mut self,
        name: Name,
        load_balancers: Vec<LoadBalancerId>,
        acceptance_required: bool,
    ) -> Result<EndpointServiceId, Refusal> {
        let mut kinds = Vec::new();
        for &id in &load_balancers {
            kinds.push(self.get(id)?.kind);
        }
        let fit = |kind| !kinds.is_empty() && kinds.iter().all(|it| *it == kind);
        if !fit(LoadBalancerKind::Network) && !fit(LoadBalancerKind::Gateway) {
            return Err(Refusal::new(
                "InvalidParameter",
                Reason::Service(ServiceReason::EndpointServiceBalancers),
            ));
        }
        Ok(self.make(EndpointService { name, load_balancers, acceptance_required }))
    }

    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpointServiceConfigurations.html>)
    pub fn delete_endpoint_service(&mut self, id: EndpointServiceId) -> Result<(), Refusal> {
        self.get(id)?;
        let user = self.network.interface_endpoints.find(|_, it| it.to == EndpointTo::Offered(id));
        if let Some(by) = user {
            let (thing, by) = (Thing::EndpointService(id), Thing::InterfaceEndpoint(by));
            let reason = Reason::InUse { thing, by };
            return Err(Refusal::new("ExistingVpcEndpointConnections", reason));
        }
        self.remove(id);
        Ok(())
    }

    /// Lets an endpoint in that waits for it.
    pub fn accept_endpoint(&mut self, id: InterfaceEndpointId) -> Result<(), Refusal> {
        self.get(id)?;
        self.change(id, |it| it.accepted = true);
        Ok(())
    }

    /// Whether AWS's DNS answers in a VPC, and whether instances there get names. Names want answers
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html>).
    pub fn modify_vpc_attribute(
        &mut self,
        vpc: VpcId,
        dns_support: Option<bool>,
        dns_hostnames: Option<bool>,
    ) -> Result<(), Refusal> {
        self.get(vpc)?;
        self.change(vpc, |it| {
            it.dns_support = dns_support.unwrap_or(it.dns_support);
            it.dns_hostnames = dns_hostnames.unwrap_or(it.dns_hostnames);
        });
        Ok(())
    }
}
