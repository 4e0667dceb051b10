//! API Gateway: a door for requests that stands outside every VPC, and how it gets to what is behind.

use std::net::{IpAddr, Ipv4Addr};

use crate::cloud::{
    FunctionId, HostId, Id, Interface, InterfaceId, InterfaceKind, LoadBalancerId,
    LoadBalancerKind, Name, Reason, Refusal, SecurityGroupId, ServiceReason, SubnetId, Thing,
    edit::Edit,
};

/// Names an [`Api`].
pub type ApiId = Id<Api>;

/// An API
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// As the author wrote it.
    pub name: Name,
    /// Where its clients come in.
    pub kind: ApiKind,
    /// The public address that its name resolves to; a private API has none.
    pub address: Option<Ipv4Addr>,
    /// What is behind it.
    pub integration: Integration,
}

/// Where the clients of an API come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApiKind {
    /// At the nearest edge of AWS's network.
    Edge,
    /// At public addresses in the Region.
    Regional,
    /// Through interface endpoints for `execute-api` alone.
    Private,
}

impl ApiKind {
    /// As AWS writes it, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edge => "edge",
            Self::Regional => "regional",
            Self::Private => "private",
        }
    }
}

impl std::str::FromStr for ApiKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Edge, Self::Regional, Self::Private]
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or(())
    }
}

/// What an API asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integration {
    /// The API answers by itself.
    Mock,
    /// It invokes a function, through Lambda's API: no packet of it crosses a VPC.
    Function(FunctionId),
    /// A load balancer inside a VPC, over a VPC link: with interfaces of the link's own, or, when
    /// there are none, over `PrivateLink` to a Network Load Balancer
    /// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html>).
    VpcLink {
        /// The link's own interfaces.
        through: Vec<InterfaceId>,
        /// The load balancer.
        to: LoadBalancerId,
    },
    /// A public load balancer, over the internet.
    PublicBalancer(LoadBalancerId),
    /// A host on the internet.
    PublicHost(HostId),
}

impl Edit<'_> {
    /// (<https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html>)
    pub fn create_api(
        &mut self,
        name: Name,
        kind: ApiKind,
        integration: Integration,
    ) -> Result<ApiId, Refusal> {
        match &integration {
            Integration::Mock | Integration::PublicHost(_) => {}
            Integration::Function(id) => drop(self.get(*id)?.clone()),
            Integration::PublicBalancer(id) => drop(self.get(*id)?.clone()),
            Integration::VpcLink { to, .. } => self.check_private_link(*to)?,
        }
        let address = match kind {
            ApiKind::Private => None,
            ApiKind::Edge | ApiKind::Regional => Some(self.pick_public_address(None)?),
        };
        // Interfaces come with `create-vpc-link`, and are the link's own.
        let integration = match integration {
            Integration::VpcLink { to, .. } => Integration::VpcLink { through: Vec::new(), to },
            other => other,
        };
        Ok(self.make(Api { name, kind, address, integration }))
    }

    /// Gives an API a VPC link with interfaces of its own
    /// (<https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html>).
    pub fn create_vpc_link(
        &mut self,
        id: ApiId,
        to: LoadBalancerId,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        let name = self.get(id)?.name.clone();
        let vpc = self.get(to)?.vpc;
        if subnets.is_empty() {
            self.check_private_link(to)?;
        }
        let mut through = Vec::new();
        for &subnet in subnets {
            if self.get(subnet)?.vpc != vpc {
                let reason = Reason::DifferentVpcs(Thing::Subnet(subnet), Thing::LoadBalancer(to));
                return Err(Refusal::new("BadRequestException", reason));
            }
            let address = self.pick_ipv4_address(subnet, None)?;
            let security_groups = self.pick_groups(subnet, groups, "BadRequestException")?;
            through.push(self.make(Interface {
                name: format!("{name}-{}", self.network.subnets[subnet].name).into(),
                subnet,
                kind: InterfaceKind::VpcLink(id),
                addresses: vec![address],
                public_address: None,
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups,
                source_dest_check: true,
            }));
        }
        self.take_link(id);
        self.change(id, |it| it.integration = Integration::VpcLink { through, to });
        Ok(())
    }

    /// Without interfaces of its own, a link leads to a Network Load Balancer
    /// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html>).
    fn check_private_link(&self, to: LoadBalancerId) -> Result<(), Refusal> {
        if self.get(to)?.kind == LoadBalancerKind::Network {
            return Ok(());
        }
        let reason = Reason::Service(ServiceReason::VpcLinkBalancer(to));
        Err(Refusal::new("BadRequestException", reason))
    }

    fn take_link(&mut self, id: ApiId) {
        if let Integration::VpcLink { through, .. } = self.network.apis[id].integration.clone() {
            self.change(id, |it| it.integration = Integration::Mock);
            for interface in through {
                self.remove(interface);
            }
        }
    }

    pub fn delete_api(&mut self, id: ApiId) -> Result<(), Refusal> {
        self.get(id)?;
        self.take_link(id);
        self.remove(id);
        Ok(())
    }
}

impl crate::cloud::Network {
    /// The API that has a public address.
    pub fn api_at(&self, address: IpAddr) -> Option<ApiId> {
        self.apis.find(|_, it| it.address.map(IpAddr::V4) == Some(address))
    }
}
