//! `CloudFront`: requests come in at an edge and go on to an origin.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        HostId, Id, InterfaceId, ListenerProtocol, Listening, LoadBalancerId, LoadBalancerKind,
        Name, Reason, Refusal, ServiceId, ServiceKind, ServiceReason, edit::Edit,
    },
    net::{Ports, Protocol},
};

/// Names a [`Distribution`].
pub type DistributionId = Id<Distribution>;

/// A `CloudFront` distribution
/// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// As the author wrote it.
    pub name: Name,
    /// The IPv4 address of the edge that its name resolves to; see [`addresses`](Self::addresses).
    pub address: Ipv4Addr,
    /// The address from which it asks its origin: one of the list
    /// `com.amazonaws.global.cloudfront.origin-facing`
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html>).
    pub origin_facing: Ipv4Addr,
    /// Whom it asks.
    pub origin: Origin,
    /// The port that it dials there.
    pub origin_port: u16,
}

/// Whom a distribution asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A load balancer with public addresses.
    PublicBalancer(LoadBalancerId),
    /// An interface's public address.
    PublicInterface(InterfaceId),
    /// A host on the internet.
    Host(HostId),
    /// A bucket of S3's: no VPC is involved. With an access control the bucket admits the
    /// distribution alone, and its policy must say so
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html>).
    Bucket {
        /// S3.
        service: ServiceId,
        /// Does the distribution sign what it asks?
        access_control: bool,
        /// Does the bucket's policy admit the distribution, or everybody?
        policy_allows: bool,
    },
    /// A load balancer inside a VPC
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html>).
    PrivateBalancer(LoadBalancerId),
    /// An instance inside a VPC.
    PrivateInterface(InterfaceId),
}

/// The group that `CloudFront` makes in a VPC for its origins there.
pub const SERVICE_GROUP: &str = "CloudFront-VPCOrigins-Service-SG";

impl Distribution {
    /// The addresses that its name resolves to: of both families, as a distribution is made unless
    /// its owner says otherwise; how its origin is asked has nothing to do with it
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html>).
    pub fn addresses(&self) -> [IpAddr; 2] {
        const EDGES: u128 = 0x2001_0db8_ffff_0cdf << 64;
        let six = Ipv6Addr::from(EDGES | u128::from(u32::from(self.address)));
        [self.address.into(), six.into()]
    }
}

/// Where a distribution answers: HTTP and HTTPS
/// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html>).
pub fn listening() -> Listening {
    Listening::On([80, 443].map(|port| (Protocol::TCP, Ports::one(port))).to_vec())
}

impl Edit<'_> {
    /// A private origin is an Application or Network Load Balancer or an instance, in a VPC that
    /// *has* an internet gateway, although nothing goes through it; no Gateway Load Balancer, and no
    /// Network Load Balancer with a TLS listener or with IPv6
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html>).
    pub fn create_distribution(
        &mut self,
        name: Name,
        origin: Origin,
        origin_port: u16,
    ) -> Result<DistributionId, Refusal> {
        let unfit = |reason| Err(Refusal::new("InvalidArgument", reason));
        let vpc = match origin {
            Origin::PublicBalancer(id) => {
                self.get(id)?;
                None
            }
            Origin::PublicInterface(id) => {
                self.get(id)?;
                None
            }
            Origin::Host(id) => {
                self.get(id)?;
                None
            }
            Origin::Bucket { service, .. } => {
                if self.get(service)?.kind != ServiceKind::S3 {
                    return unfit(Reason::Service(ServiceReason::OriginNotABucket(service)));
                }
                None
            }
            Origin::PrivateBalancer(id) => {
                let balancer = self.get(id)?;
                let tls = |it: &crate::cloud::Listener| it.protocol == ListenerProtocol::Tls;
                let fits = match balancer.kind {
                    LoadBalancerKind::Application => true,
                    LoadBalancerKind::Network => {
                        !balancer.listeners.iter().any(tls) && !balancer.address_type.has_ipv6()
                    }
                    LoadBalancerKind::Gateway | LoadBalancerKind::Classic => false,
                };
                if !fits {
                    return unfit(Reason::Service(ServiceReason::OriginBalancer(id)));
                }
                Some(balancer.vpc)
            }
            Origin::PrivateInterface(id) => {
                self.get(id)?;
                Some(self.network.vpc_of(id))
            }
        };
        if let Some(vpc) = vpc
            && self.network.internet_gateway_of(vpc).is_none()
        {
            return unfit(Reason::VpcWithoutGateway(vpc));
        }
        let address = self.pick_public_address(None)?;
        let origin_facing = self.network.free_origin_facing();
        Ok(self.make(Distribution { name, address, origin_facing, origin, origin_port }))
    }

    pub fn delete_distribution(&mut self, id: DistributionId) -> Result<(), Refusal> {
        self.get(id)?;
        self.remove(id);
        Ok(())
    }
}

impl crate::cloud::Network {
    /// The distribution whose edge has an address.
    pub fn distribution_at(&self, address: IpAddr) -> Option<DistributionId> {
        self.distributions.find(|_, it| it.addresses().contains(&address))
    }

    /// The next address from which no distribution asks its origin yet.
    pub(crate) fn free_origin_facing(&self) -> Ipv4Addr {
        let taken = |address| self.distributions.iter().any(|(_, it)| it.origin_facing == address);
        let first = u32::from(Ipv4Addr::new(198, 19, 200, 10));
        let enough = first..=first + self.distributions.len() as u32;
        let free = enough.map(Ipv4Addr::from).find(|it| !taken(*it));
        free.unwrap_or(Ipv4Addr::from(first))
    }
}
