//! The simulated cloud: a [`Network`] is a plain value, a [`Change`] edits it as AWS would let
//! one edit it, and [`trace`](trace::trace) follows one packet there and back.
//!
//! Pure and deterministic: no clock, no file, no random source, no language, no hash order.
//! One file per component of AWS's: what it is, what may be done to it, and how it decides
//! about a packet, each rule stated once with its source.
//!
//! # Not modelled
//! Bandwidth, loss, latency, fragments; the size of packets, and so path MTU: AWS tells what each
//! way carries, but the size of a packet is its sender's choice, by the MTU that its system has for
//! the route and by what path MTU discovery taught it, of which no description tells. DNS as packets
//! (names resolve as Amazon's DNS would answer), anything above the transport layer; VPC
//! links, APIs and distributions over IPv6, databases with IPv6 alone, and UDP through a load balancer
//! over IPv6; which services of AWS's take IPv6 (an endpoint may have it for each);
//! idle timeouts of connections, and that a stateful appliance may miss what follows a request when
//! the answer takes another way than through it; what an endpoint's policy says of single requests.

pub mod amazon;
pub mod api;
pub mod block_public_access;
pub mod blockers;
pub mod change;
pub mod client;
pub mod code;
pub mod connection;
pub mod customer_gateway;
pub mod database;
pub mod direct_connect;
pub mod distribution;
mod edit;
pub mod egress_only_gateway;
pub mod fix;
pub mod function;
pub mod gateway_endpoint;
pub mod host;
mod index;
pub mod instance;
pub mod interface_endpoint;
pub mod internet_gateway;
pub mod load_balancer;
pub mod nat_gateway;
pub mod network;
pub mod network_acl;
pub mod on_premises;
pub mod peering;
pub mod prefix_list;
pub mod quota;
pub mod reach;
pub mod refusal;
pub mod remark;
pub mod route_table;
pub mod rules;
#[cfg(test)]
mod sample;
pub mod security_group;
pub mod service;
pub mod subnet;
pub mod table;
pub mod target_group;
pub mod task;
pub mod trace;
pub mod transit_gateway;
pub mod transit_gateway_attachment;
pub mod transit_gateway_route_table;
pub mod virtual_private_gateway;
pub mod vpc;
pub mod vpn;
mod walk;
mod zone_failure;

pub use amazon::AmazonService;
pub use api::{Api, ApiId, ApiKind, Integration};
pub use block_public_access::{
    BlockMode, BlockPublicAccess, Exclusion, ExclusionMode, ExclusionOf,
};
pub use blockers::{Blocker, blockers};
pub use change::{Applied, Change, PublicAtLaunch, ServiceChange, TransitChange, Undo};
pub use client::Client;
pub use code::Code;
pub use connection::Connection;
pub use customer_gateway::{CustomerGateway, CustomerGatewayId};
pub use database::{Database, DatabaseId, NetworkType, NewDatabase};
pub use direct_connect::{DirectConnectGateway, DirectConnectGatewayId};
pub use distribution::{Distribution, DistributionId, Origin as CdnOrigin};
pub use edit::Row;
pub use egress_only_gateway::{EgressOnlyGateway, EgressOnlyGatewayId};
pub use function::{Function, FunctionId};
pub use gateway_endpoint::{EndpointPolicy, GatewayEndpoint, GatewayEndpointId};
pub use host::{Host, HostId, Listening};
pub use instance::{
    Forwarding, Instance, InstanceId, InstanceState, Interface, InterfaceId, InterfaceKind,
    MappedAddress, PublicAddress,
};
pub use interface_endpoint::{
    DnsRecords, EndpointAddressType, EndpointService, EndpointServiceId, EndpointTo,
    InterfaceEndpoint, InterfaceEndpointId,
};
pub use internet_gateway::{InternetGateway, InternetGatewayId};
pub use load_balancer::{
    AddressType, Listener, ListenerProtocol, LoadBalancer, LoadBalancerId, LoadBalancerKind, Scheme,
};
pub use nat_gateway::{
    Connectivity, NatGateway, NatGatewayId, NatGatewayState, NatSeat, NatZone, RegionalNat,
};
pub use network::{Name, Network, Thing};
pub use network_acl::{AclAction, AclEntry, NetworkAcl, NetworkAclId};
pub use on_premises::{Link, LinkEnd, OnPremises, OnPremisesId};
pub use peering::{Peering, PeeringId, PeeringState, PrivateNames};
pub use prefix_list::{PrefixList, PrefixListId};
pub use quota::Quota;
pub use reach::{Matrix, Reach, ReachEntry, matrix, reach};
pub use refusal::{Reason, Refusal, Reserved, ServiceReason, TransitReason};
pub use remark::Remark;
pub use route_table::{Origin, Route, RouteTable, RouteTableId, Target};
pub use rules::{Comparison, Misconception, Parting, Rules, compare, explanations, partings};
pub use security_group::{Peer, SecurityGroup, SecurityGroupId, SecurityGroupRule};
pub use service::{Service, ServiceId, ServiceKind};
pub use subnet::{Subnet, SubnetId, Zone};
pub use table::{Id, Table};
pub use target_group::{Health, Registered, Registration, TargetGroup, TargetGroupId, TargetKind};
pub use task::{LaunchType, NewTask, Task, TaskId};
pub use trace::{
    Cause, Check, Direction, Field, Hop, Leg, Named, Outcome, Place, Probe, ProbeEnd, ServiceCause,
    ServiceSubject, Subject, Trace, TransitCause, TransitSubject, Verdict, trace,
    trace_from_source, verdict,
};
pub use transit_gateway::{TransitGateway, TransitGatewayId, TransitGatewayOptions};
pub use transit_gateway_attachment::{
    AttachmentOf, AttachmentState, TransitGatewayAttachment, TransitGatewayAttachmentId,
};
pub use transit_gateway_route_table::{
    TransitGatewayRouteTable, TransitGatewayRouteTableId, TransitOrigin, TransitRoute,
    TransitTarget,
};
pub use virtual_private_gateway::{VirtualPrivateGateway, VirtualPrivateGatewayId};
pub use vpc::{Vpc, VpcId};
pub use vpn::{Tunnel, VpnConnection, VpnConnectionId, VpnRouting, VpnSide};
