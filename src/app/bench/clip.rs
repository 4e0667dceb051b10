//! What was copied, and how it is put where one is.
//!
//! A copy is no picture of a thing but the edits that make it anew: tried out one after the other in
//! a network of their own ([`anew`]), under a free name and free addresses, with what stands beside
//! it in the place of what stood beside the old one. A reference that does not hold where it is
//! pasted is left out and counted; what cannot be made at all says why.

mod anew;
mod rows;
mod service;
mod transit;
mod vpc;

use crate::{
    app::bench::{
        edit::Order,
        inspect::Says,
        members::{Member, Members},
    },
    cloud::{
        AclEntry, AttachmentOf, Direction, InterfaceKind, Listener, Network, PrefixListId,
        Registration, SecurityGroupRule, SubnetId, Target, TargetGroupId, Thing, TransitTarget,
        VpcId, Zone,
    },
    course::Allowed,
    net::Cidr,
};
use anew::{Anew, Done};

/// What was copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// What it is.
    what: What,
    /// What it is called.
    pub name: String,
    /// The network as it was when it was copied: what is deleted since can still be pasted.
    from: Network,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Thing(Thing),
    Rule(Direction, SecurityGroupRule),
    Route(Cidr, Target),
    ListRoute(PrefixListId, Target),
    Entry(Direction, AclEntry),
    Listener(Listener),
    /// A target, and the group that it was registered with.
    Target(TargetGroupId, Registration),
    TransitRoute(Cidr, TransitTarget),
    NatAddress(Zone),
    /// Who belongs to a list.
    Member(Members, Member),
}

/// Where something is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The VPC.
    pub vpc: Option<VpcId>,
    /// The subnet.
    pub subnet: Option<SubnetId>,
    /// What is selected.
    pub subject: Option<Thing>,
}

/// What pasting orders.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The edits, as one step.
    pub orders: Vec<Order>,
    /// How many parts of it do not hold here: routes to what is not here, groups of another VPC.
    pub left: usize,
}

/// Why something cannot be copied, or not pasted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// It is AWS's: there is one of it.
    OfAws,
    /// It joins two others: these are wired instead.
    Joins,
    /// It comes and goes with this.
    PartOf(Thing),
    /// There is no VPC.
    NeedsVpc,
    /// There is no subnet where it could stand.
    NeedsSubnet,
    /// Every block, address or number is taken.
    NoRoom,
    /// What it stands on was deleted.
    Gone,
    /// It goes into one of these, and none is selected.
    Into(Holder),
    /// What is selected has no list of that kind.
    NoSuchList,
}

/// What holds rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what it is")]
pub enum Holder {
    SecurityGroup,
    RouteTable,
    NetworkAcl,
    LoadBalancer,
    TargetGroup,
    TransitTable,
    NatGateway,
}

impl Clip {
    /// A copy of a thing.
    ///
    /// # Errors
    /// Why a thing of its kind cannot be copied.
    pub fn of(network: &Network, thing: Thing) -> Result<Self, Bar> {
        let thing = copied_as(network, thing)?;
        let name = network.name(thing).ok_or(Bar::Gone)?.to_string();
        Ok(Self { what: What::Thing(thing), name, from: network.clone() })
    }

    /// Can a thing of its kind be copied?
    pub fn can_be_of(network: &Network, thing: Thing) -> bool {
        copied_as(network, thing).is_ok()
    }

    /// A copy of what a row of the inspector says: a rule, a route, an entry.
    pub fn of_row(network: &Network, says: &Says) -> Option<Self> {
        let (what, name) = What::of_row(network, says)?;
        Some(Self { what, name, from: network.clone() })
    }

    /// The edits that put a copy there, of those that may be made at all.
    ///
    /// # Errors
    /// Why it has no place there. What AWS refuses is ordered all the same: carried out, it says why.
    pub fn orders(&self, n: &Network, place: Place, allowed: &Allowed) -> Result<Pasted, Bar> {
        let mut anew = Anew::new(&self.from, n, place, allowed);
        let done = anew.row(&self.what);
        anew.pasted(&done)
    }
}

/// The thing that is copied when this one is: an instance for its interface, a VPN connection for
/// its attachment.
fn copied_as(n: &Network, thing: Thing) -> Result<Thing, Bar> {
    match thing {
        Thing::Service(_) => Err(Bar::OfAws),
        Thing::PrefixList(id) if n.prefix_lists().get(id).is_some_and(|row| row.by_aws) => {
            Err(Bar::OfAws)
        }
        Thing::Peering(_) => Err(Bar::Joins),
        Thing::TransitGatewayAttachment(id) => {
            let row = n.transit_gateway_attachments().get(id).ok_or(Bar::Gone)?;
            match row.of {
                AttachmentOf::Vpc { .. } => Ok(thing),
                AttachmentOf::Vpn(vpn) => Ok(Thing::VpnConnection(vpn)),
                _ => Err(Bar::Joins),
            }
        }
        Thing::Interface(id) => {
            let row = n.interfaces().get(id).ok_or(Bar::Gone)?;
            match row.kind {
                InterfaceKind::Unattached => Ok(thing),
                InterfaceKind::Instance(instance) => {
                    let own = n.instances().get(instance).map(|row| row.interfaces.first());
                    let first = own.flatten() == Some(&id);
                    Ok(if first { Thing::Instance(instance) } else { thing })
                }
                InterfaceKind::Service => Err(Bar::OfAws),
                _ => Err(Bar::PartOf(n.owner_of(id))),
            }
        }
        thing => Ok(thing),
    }
}

impl Anew<'_> {
    /// Makes a thing anew, with what belongs to it.
    fn thing(&mut self, thing: Thing) -> Done {
        match thing {
            Thing::Vpc(id) => self.vpc(id),
            Thing::Subnet(id) => self.subnet(id),
            Thing::RouteTable(id) => self.table(id),
            Thing::InternetGateway(id) => self.internet_gateway(id),
            Thing::EgressOnlyGateway(id) => self.egress_only_gateway(id),
            Thing::NatGateway(id) => self.nat_gateway(id),
            Thing::PrefixList(id) => self.prefix_list(id),
            Thing::GatewayEndpoint(id) => self.gateway_endpoint(id),
            Thing::SecurityGroup(id) => self.group(id),
            Thing::NetworkAcl(id) => self.acl(id),
            Thing::Instance(id) => self.instance(id),
            Thing::Interface(id) => self.interface(id),
            Thing::Host(id) => self.host(id),
            Thing::LoadBalancer(id) => self.balancer(id),
            Thing::TargetGroup(id) => self.target_group(id),
            Thing::InterfaceEndpoint(id) => self.interface_endpoint(id),
            Thing::EndpointService(id) => self.endpoint_service(id),
            Thing::Function(id) => self.function(id),
            Thing::Database(id) => self.database(id),
            Thing::Task(id) => self.task(id),
            Thing::Api(id) => self.api(id),
            Thing::Distribution(id) => self.distribution(id),
            Thing::TransitGateway(id) => self.transit_gateway(id),
            Thing::TransitGatewayAttachment(id) => self.attachment(id),
            Thing::TransitGatewayRouteTable(id) => self.transit_table(id),
            Thing::VirtualPrivateGateway(id) => self.vpn_gateway(id),
            Thing::CustomerGateway(id) => self.customer_gateway(id),
            Thing::VpnConnection(id) => self.vpn(id),
            Thing::DirectConnectGateway(id) => self.direct_connect(id),
            Thing::OnPremises(id) => self.site(id),
            Thing::Service(_) => Err(Bar::OfAws.into()),
            Thing::Peering(_) => Err(Bar::Joins.into()),
        }
    }
}
