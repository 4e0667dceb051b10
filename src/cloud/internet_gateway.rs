//! Internet gateway: the way between a VPC and the internet, translating addresses one to one.

use crate::cloud::{Id, Name, VpcId};

/// Names an [`InternetGateway`].
pub type InternetGatewayId = Id<InternetGateway>;

/// An internet gateway (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternetGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it is attached to, at most one.
    pub vpc: Option<VpcId>,
}
