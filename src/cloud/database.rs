//! RDS databases: an address in a subnet group, and a public one beside it where that is asked for.

use std::net::IpAddr;

use crate::{
    cloud::{
        Id, Interface, InterfaceId, InterfaceKind, Listening, Name, Network, PublicAddress, Reason,
        Refusal, SecurityGroupId, ServiceReason, SubnetId, Thing, edit::Edit,
    },
    net::{Ports, Protocol},
};

/// Names a [`Database`].
pub type DatabaseId = Id<Database>;

/// An RDS database instance
/// (<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// As the author wrote it.
    pub name: Name,
    /// The subnets it may move among: at least two zones.
    pub subnets: Vec<SubnetId>,
    /// Its interface in one of them. Its name resolves to the private address inside the VPC and,
    /// when it is publicly accessible, to the public one outside.
    pub interface: InterfaceId,
    /// The port at which it answers.
    pub port: u16,
    /// The same, as what listens.
    pub listening: Listening,
}

/// Which addresses a database has
/// (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum NetworkType {
    /// IPv4 alone.
    #[default]
    Ipv4,
    /// IPv4 and IPv6.
    Dual,
}

impl NetworkType {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ipv4, Self::Dual];

    /// As AWS writes it, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Dual => "dual",
        }
    }
}

impl std::str::FromStr for NetworkType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

impl Network {
    /// Which addresses a database has.
    pub fn network_type(&self, id: DatabaseId) -> NetworkType {
        let interface = self.databases.get(id).and_then(|it| self.interfaces.get(it.interface));
        match interface {
            Some(it) if it.addresses.iter().any(IpAddr::is_ipv6) => NetworkType::Dual,
            _ => NetworkType::Ipv4,
        }
    }
}

/// A database answers at one TCP port.
pub fn listening_on(port: u16) -> Listening {
    Listening::On(vec![(Protocol::TCP, Ports::one(port))])
}

/// What is asked for a new database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDatabase {
    /// What it is called.
    pub name: Name,
    /// Its subnet group; it starts in the first.
    pub subnets: Vec<SubnetId>,
    /// Its groups; the default group when empty.
    pub groups: Vec<SecurityGroupId>,
    /// Shall it have a public address too?
    pub public: bool,
    /// The port at which it answers.
    pub port: u16,
}

impl Edit<'_> {
    /// A subnet group covers two zones; public access wants an internet gateway on the VPC
    /// (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>).
    pub fn create_database(&mut self, new: NewDatabase) -> Result<DatabaseId, Refusal> {
        let NewDatabase { name, subnets, groups, public, port } = new;
        if self.network.databases.find(|_, it| it.name == name).is_some() {
            return Err(Refusal::new(
                "DBInstanceAlreadyExists",
                Reason::Service(ServiceReason::DatabaseNameTaken(name)),
            ));
        }
        let mut zones = Vec::new();
        for &subnet in &subnets {
            let row = self.get(subnet)?;
            if row.vpc != self.get(subnets[0])?.vpc {
                let reason =
                    Reason::DifferentVpcs(Thing::Subnet(subnets[0]), Thing::Subnet(subnet));
                return Err(Refusal::new("InvalidSubnet", reason));
            }
            if !zones.contains(&row.zone) {
                zones.push(row.zone.clone());
            }
        }
        let Some(&subnet) = subnets.first().filter(|_| zones.len() > 1) else {
            let code = "DBSubnetGroupDoesNotCoverEnoughAZs";
            return Err(Refusal::new(code, Reason::Service(ServiceReason::DatabaseZones)));
        };
        let address = self.pick_ipv4_address(subnet, None)?;
        let security_groups = self.pick_groups(subnet, &groups, "InvalidParameterCombination")?;
        let id = self.network.databases.next_id();
        let interface = self.make(Interface {
            name: name.clone(),
            subnet,
            kind: InterfaceKind::Database(id),
            addresses: vec![address],
            public_address: None,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups,
            source_dest_check: true,
        });
        let id =
            self.make(Database { name, subnets, interface, port, listening: listening_on(port) });
        self.modify_database(id, public)?;
        Ok(id)
    }

    /// Gives a database a public address, or takes it
    /// (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html>).
    pub fn modify_database(&mut self, id: DatabaseId, public: bool) -> Result<(), Refusal> {
        let interface = self.get(id)?.interface;
        let vpc = self.network.vpc_of(interface);
        let has = self.network.interfaces[interface].public_address.is_some();
        if public && self.network.internet_gateway_of(vpc).is_none() {
            let reason = Reason::VpcWithoutGateway(vpc);
            return Err(Refusal::new("InvalidVPCNetworkStateFault", reason));
        }
        let address = match (public, has) {
            (true, false) => {
                let address = self.pick_public_address(None)?;
                Some(PublicAddress { address, elastic: false })
            }
            (false, true) => None,
            _ => return Ok(()),
        };
        self.change(interface, |it| it.public_address = address);
        Ok(())
    }

    /// Gives a database an IPv6 address, or takes it. All subnets of its group must have IPv6, since
    /// it may move there
    /// (<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html>).
    pub fn modify_database_network_type(
        &mut self,
        id: DatabaseId,
        new: NetworkType,
    ) -> Result<(), Refusal> {
        const CODE: &str = "NetworkTypeNotSupported";
        let (interface, subnets) = (self.get(id)?.interface, self.get(id)?.subnets.clone());
        if self.network.network_type(id) == new {
            return Ok(());
        }
        let address = match new {
            NetworkType::Ipv4 => None,
            NetworkType::Dual => {
                for subnet in subnets {
                    if self.get(subnet)?.ipv6().is_none() {
                        return Err(Refusal::new(CODE, Reason::SubnetWithoutIpv6(subnet)));
                    }
                }
                Some(self.pick_ipv6_address(self.get(interface)?.subnet, CODE)?)
            }
        };
        self.change(interface, |it| {
            it.addresses.retain(IpAddr::is_ipv4);
            it.addresses.extend(address);
        });
        Ok(())
    }

    /// The groups of a database's interface, all of its VPC
    /// (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html>).
    pub fn modify_database_groups(
        &mut self,
        id: DatabaseId,
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        let interface = self.get(id)?.interface;
        let subnet = self.get(interface)?.subnet;
        if groups.is_empty() {
            return Err(Refusal::new("InvalidParameterCombination", Reason::NoGroup));
        }
        let groups = self.pick_groups(subnet, groups, "InvalidParameterCombination")?;
        self.change(interface, |it| it.security_groups = groups);
        Ok(())
    }

    pub fn delete_database(&mut self, id: DatabaseId) -> Result<(), Refusal> {
        let interface = self.get(id)?.interface;
        self.remove(id);
        self.remove(interface);
        Ok(())
    }
}
