//! Lambda functions: outside every VPC with the internet at hand, or attached to one and bound to its
//! routes.

use std::net::IpAddr;

use crate::cloud::{
    Id, Interface, InterfaceId, InterfaceKind, Name, Reason, Refusal, SecurityGroupId,
    ServiceReason, SubnetId, Thing, edit::Edit,
};

/// Names a [`Function`].
pub type FunctionId = Id<Function>;

/// A Lambda function (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// As the author wrote it.
    pub name: Name,
    /// Its Hyperplane interfaces, one for each of its subnets; none outside a VPC. They never have a
    /// public address, and nobody can connect to them: a function is called through Lambda's API.
    pub interfaces: Vec<InterfaceId>,
    /// May it speak IPv6 in subnets that have both families (`Ipv6AllowedForDualStack`)? Then its
    /// interfaces have IPv6 addresses too
    /// (<https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html>).
    pub ipv6: bool,
}

/// What Lambda answers to what it cannot do.
const CODE: &str = "InvalidParameterValueException";

impl Edit<'_> {
    /// Outside every VPC when it names no subnet
    /// (<https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>).
    pub fn create_function(
        &mut self,
        name: Name,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
    ) -> Result<FunctionId, Refusal> {
        if self.network.functions.find(|_, it| it.name == name).is_some() {
            return Err(Refusal::new(
                "ResourceConflictException",
                Reason::Service(ServiceReason::FunctionNameTaken(name)),
            ));
        }
        let id = self.make(Function { name, interfaces: Vec::new(), ipv6: false });
        self.attach_function(id, subnets, groups)?;
        Ok(id)
    }

    /// Moves a function into subnets, or out of its VPC when there are none
    /// (<https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html>).
    pub fn update_function(
        &mut self,
        id: FunctionId,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        let old = self.get(id)?.interfaces.clone();
        self.change(id, |it| it.interfaces.clear());
        for interface in old {
            self.remove(interface);
        }
        self.attach_function(id, subnets, groups)
    }

    /// Whether a function may speak IPv6: in a VPC all its subnets must have both families
    /// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>).
    pub fn modify_function_ipv6(&mut self, id: FunctionId, on: bool) -> Result<(), Refusal> {
        for interface in self.get(id)?.interfaces.clone() {
            let row = self.get(interface)?;
            let (subnet, has) = (row.subnet, row.addresses.iter().any(IpAddr::is_ipv6));
            if on && !has {
                let address = self.pick_ipv6_address(subnet, CODE)?;
                self.change(interface, |it| it.addresses.push(address));
            } else if has && !on {
                self.change(interface, |it| it.addresses.retain(IpAddr::is_ipv4));
            }
        }
        self.change(id, |it| it.ipv6 = on);
        Ok(())
    }

    fn attach_function(
        &mut self,
        id: FunctionId,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        for &subnet in subnets {
            let (vpc, first) = (self.get(subnet)?.vpc, subnets[0]);
            if self.get(first)?.vpc != vpc {
                let reason = Reason::DifferentVpcs(Thing::Subnet(first), Thing::Subnet(subnet));
                return Err(Refusal::new(CODE, reason));
            }
            if groups.is_empty() {
                return Err(Refusal::new(CODE, Reason::NoGroup));
            }
            let address = self.pick_ipv4_address(subnet, None)?;
            let six = if self.network.functions[id].ipv6 {
                Some(self.pick_ipv6_address(subnet, CODE)?)
            } else {
                None
            };
            let security_groups = self.pick_groups(subnet, groups, CODE)?;
            let name = self.network.functions[id].name.clone();
            let interface = self.make(Interface {
                name: if subnets.len() == 1 {
                    name
                } else {
                    format!("{name}-{}", self.network.subnets[subnet].name).into()
                },
                subnet,
                kind: InterfaceKind::Function(id),
                addresses: std::iter::once(address).chain(six).collect(),
                public_address: None,
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups,
                source_dest_check: true,
            });
            self.change(id, |it| it.interfaces.push(interface));
        }
        Ok(())
    }

    pub fn delete_function(&mut self, id: FunctionId) -> Result<(), Refusal> {
        for interface in self.get(id)?.interfaces.clone() {
            self.remove(interface);
        }
        self.remove(id);
        Ok(())
    }
}
