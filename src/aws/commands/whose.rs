//! Which account makes a change, and in which Region.

use super::Script;
use crate::{
    aws::home::Home,
    cloud::{
        AttachmentOf, Change, ExclusionOf, InternetGatewayId, ServiceChange, Thing, TransitChange,
        TransitGatewayAttachmentId,
    },
};

impl Script<'_> {
    /// Where a change is made: where the thing is that it is made to, or that a new one stands in.
    pub(super) fn home_for(&self, change: &Change, following: &[Change]) -> Home {
        match change {
            // A gateway is nowhere until it is attached.
            Change::CreateInternetGateway { .. } => {
                let new = self.network.internet_gateways().next_id();
                self.home_of_new_gateway(new, following)
            }
            Change::Service(ServiceChange::AcceptEndpoint { endpoint }) => {
                self.homes.of_offer(&self.network, Thing::InterfaceEndpoint(*endpoint))
            }
            _ => self.made_to(change).map_or_else(Home::default, |it| self.home_of(it)),
        }
    }

    fn home_of_new_gateway(&self, new: InternetGatewayId, following: &[Change]) -> Home {
        let vpc = following.iter().find_map(|it| match it {
            Change::AttachInternetGateway { gateway, vpc } if *gateway == new => Some(*vpc),
            _ => None,
        });
        vpc.map_or_else(Home::default, |it| self.home_of(Thing::Vpc(it)))
    }

    fn made_to(&self, change: &Change) -> Option<Thing> {
        Some(match *change {
            Change::CreateRouteTable { vpc, .. }
            | Change::ReplaceMainRouteTable { vpc, .. }
            | Change::AttachInternetGateway { vpc, .. }
            | Change::CreateEgressOnlyGateway { vpc, .. }
            | Change::CreateRegionalNatGateway { vpc, .. }
            | Change::CreatePeering { requester: vpc, .. }
            | Change::ModifyVpcAttribute { vpc, .. }
            | Change::AssociateVpcCidrBlock { vpc, .. }
            | Change::CreateGatewayEndpoint { vpc, .. }
            | Change::CreateSecurityGroup { vpc, .. }
            | Change::CreateNetworkAcl { vpc, .. } => Thing::Vpc(vpc),
            // It stays asked for until the other side says yes.
            Change::AcceptPeering { peering } | Change::RejectPeering { peering } => {
                Thing::Vpc(self.network.peerings().get(peering)?.accepter)
            }
            Change::DeletePeering { peering } => Thing::Peering(peering),
            Change::AssociateRouteTable { subnet, .. }
            | Change::AssociateNetworkAcl { subnet, .. }
            | Change::CreateNatGateway { subnet, .. }
            | Change::AssociateSubnetCidrBlock { subnet, .. }
            | Change::ModifySubnetDns64 { subnet, .. } => Thing::Subnet(subnet),
            Change::CreateRoute { table, .. }
            | Change::ReplaceRoute { table, .. }
            | Change::DeleteRoute { table, .. } => Thing::RouteTable(table),
            Change::DetachInternetGateway { gateway } => Thing::InternetGateway(gateway),
            Change::DeleteEgressOnlyGateway { gateway } => Thing::EgressOnlyGateway(gateway),
            Change::DeleteNatGateway { gateway }
            | Change::AssociateNatGatewayAddress { gateway, .. } => Thing::NatGateway(gateway),
            Change::ModifyGatewayEndpoint { endpoint, .. }
            | Change::ModifyGatewayEndpointPolicy { endpoint, .. }
            | Change::DeleteGatewayEndpoint { endpoint } => Thing::GatewayEndpoint(endpoint),
            Change::AuthorizeSecurityGroup { group, .. }
            | Change::RevokeSecurityGroup { group, .. }
            | Change::ModifySecurityGroupRule { group, .. } => Thing::SecurityGroup(group),
            Change::CreateNetworkAclEntry { acl, .. }
            | Change::ReplaceNetworkAclEntry { acl, .. }
            | Change::DeleteNetworkAclEntry { acl, .. } => Thing::NetworkAcl(acl),
            Change::ModifyInterfaceGroups { interface, .. }
            | Change::ModifySourceDestCheck { interface, .. }
            | Change::AssociateAddress { interface, .. }
            | Change::DisassociateAddress { interface }
            | Change::AssociateAddressWith { interface, .. }
            | Change::DisassociateAddressOf { interface, .. }
            | Change::AssignPrivateAddress { interface, .. }
            | Change::UnassignPrivateAddress { interface, .. }
            | Change::AssignIpv6Address { interface, .. }
            | Change::UnassignIpv6Address { interface, .. }
            | Change::AttachInterface { interface, .. } => Thing::Interface(interface),
            Change::StartInstance { instance } | Change::StopInstance { instance } => {
                Thing::Instance(instance)
            }
            Change::PutExclusion { exclusion } => spared(exclusion.of),
            Change::DeleteExclusion { of } => spared(of),
            Change::Service(ref change) => self.service_made_to(change)?,
            Change::Transit(ref change) => self.transit_made_to(change)?,
            _ => return None,
        })
    }

    fn service_made_to(&self, change: &ServiceChange) -> Option<Thing> {
        use ServiceChange as S;
        Some(match *change {
            S::SetSubnets { balancer, .. }
            | S::SetSecurityGroups { balancer, .. }
            | S::ModifyLoadBalancerAttributes { balancer, .. }
            | S::SetIpAddressType { balancer, .. }
            | S::CreateListener { balancer, .. }
            | S::ModifyListener { balancer, .. }
            | S::DeleteListener { balancer, .. } => Thing::LoadBalancer(balancer),
            S::CreateTargetGroup { vpc, .. } => Thing::Vpc(vpc),
            // Those of a load balancer of the previous generation are its own.
            S::RegisterTarget { group, .. }
            | S::DeregisterTarget { group, .. }
            | S::ModifyTargetGroupAttributes { group, .. } => {
                let balancer = self.network.balancer_of_group(group).map(Thing::LoadBalancer);
                balancer.filter(|it| self.is_classic(*it)).unwrap_or(Thing::TargetGroup(group))
            }
            S::CreateInterfaceEndpoint { ref subnets, .. } => {
                let first = subnets.first()?;
                Thing::Vpc(self.network.subnets().get(*first)?.vpc)
            }
            S::ModifyInterfaceEndpoint { endpoint, .. }
            | S::ModifyEndpointAddressType { endpoint, .. }
            | S::DeleteInterfaceEndpoint { endpoint } => Thing::InterfaceEndpoint(endpoint),
            S::ModifyDatabase { database, .. } | S::ModifyDatabaseNetworkType { database, .. } => {
                Thing::Database(database)
            }
            S::ModifyFunctionIpv6 { function, .. } => Thing::Function(function),
            _ => return None,
        })
    }

    fn transit_made_to(&self, change: &TransitChange) -> Option<Thing> {
        use TransitChange as T;
        Some(match *change {
            T::CreateTransitGatewayVpcAttachment { vpc, .. }
            | T::AttachVpnGateway { vpc, .. }
            | T::DetachVpnGateway { vpc, .. } => Thing::Vpc(vpc),
            T::AcceptTransitGatewayAttachment { attachment } => self.accepter(attachment)?,
            T::DeleteTransitGatewayAttachment { attachment }
            | T::ModifyTransitGatewayVpcAttachment { attachment, .. } => {
                Thing::TransitGatewayAttachment(attachment)
            }
            T::ModifyTransitGateway { gateway, .. } => Thing::TransitGateway(gateway),
            T::AssociateTransitGatewayRouteTable { table, .. }
            | T::DisassociateTransitGatewayRouteTable { table, .. }
            | T::EnableTransitGatewayRouteTablePropagation { table, .. }
            | T::DisableTransitGatewayRouteTablePropagation { table, .. }
            | T::CreateTransitGatewayRoute { table, .. }
            | T::ReplaceTransitGatewayRoute { table, .. }
            | T::DeleteTransitGatewayRoute { table, .. } => Thing::TransitGatewayRouteTable(table),
            T::EnableVgwRoutePropagation { table, .. }
            | T::DisableVgwRoutePropagation { table, .. } => Thing::RouteTable(table),
            T::AssociateVgwRouteTable { gateway, .. }
            | T::CreateDirectConnectGatewayAssociation { gateway, .. } => {
                Thing::VirtualPrivateGateway(gateway)
            }
            T::CreateVpnConnectionRoute { vpn, .. } | T::DeleteVpnConnectionRoute { vpn, .. } => {
                Thing::VpnConnection(vpn)
            }
            _ => return None,
        })
    }

    /// Who says yes to an attachment: the owner of the gateway; of the two at the ends of a peering
    /// the one who did not ask.
    fn accepter(&self, attachment: TransitGatewayAttachmentId) -> Option<Thing> {
        let rows = self.network.transit_gateway_attachments();
        let asked = match rows.get(attachment)?.of {
            // Who asks has the first of the two.
            AttachmentOf::Peering { other } => attachment.max(other),
            _ => attachment,
        };
        Some(Thing::TransitGateway(rows.get(asked)?.gateway))
    }
}

fn spared(of: ExclusionOf) -> Thing {
    match of {
        ExclusionOf::Vpc(vpc) => Thing::Vpc(vpc),
        ExclusionOf::Subnet(subnet) => Thing::Subnet(subnet),
    }
}
