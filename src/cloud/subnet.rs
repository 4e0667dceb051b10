//! Subnet: a range of a VPC's addresses inside one availability zone.

use std::net::IpAddr;

use crate::{
    cloud::{
        ExclusionOf, Id, Interface, Name, Network, NetworkAclId, Quota, Reason, Refusal, Reserved,
        RouteTableId, Thing, VpcId, edit::Edit, vpc::check_ipv6_length,
    },
    net::Cidr,
};

/// Names a [`Subnet`].
pub type SubnetId = Id<Subnet>;

/// An availability zone, by its name: `a`, or `ap-northeast-2a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(pub Name);

/// A subnet (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subnet {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC whose range it is a part of.
    pub vpc: VpcId,
    /// The one zone it lies in.
    pub zone: Zone,
    /// Its first range: IPv4, or in a subnet with IPv6 alone IPv6.
    pub cidr: Cidr,
    /// Its IPv6 range beside an IPv4 one.
    pub ipv6_cidr: Option<Cidr>,
    /// The explicitly associated route table; `None` means the VPC's main table.
    pub route_table: Option<RouteTableId>,
    /// The explicitly associated network ACL; `None` means the VPC's default list.
    pub network_acl: Option<NetworkAclId>,
    /// Do instances launched here get a public IPv4 address?
    pub auto_assign_public_ip: bool,
    /// Does Amazon's DNS answer with addresses in `64:ff9b::/96` here for names that have IPv4
    /// addresses alone
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html>)?
    pub dns64: bool,
}

impl Subnet {
    /// Its IPv4 range; none with IPv6 alone.
    pub fn ipv4(&self) -> Option<Cidr> {
        Some(self.cidr).filter(|it| it.is_ipv4())
    }

    /// Its IPv6 range, whether or not it has an IPv4 one beside it.
    pub fn ipv6(&self) -> Option<Cidr> {
        self.ipv6_cidr.or(Some(self.cidr).filter(|it| !it.is_ipv4()))
    }

    /// Has it no IPv4 at all? Its interfaces have IPv6 addresses alone then
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
    pub fn is_ipv6_only(&self) -> bool {
        !self.cidr.is_ipv4()
    }

    /// Does it hold the address?
    pub fn contains(&self, address: IpAddr) -> bool {
        self.cidr.contains(address) || self.ipv6_cidr.is_some_and(|it| it.contains(address))
    }

    /// Of every range AWS keeps the first four addresses and the last
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>).
    pub fn reserved(&self, address: IpAddr) -> Option<Reserved> {
        const FIRST: [Reserved; 4] =
            [Reserved::Network, Reserved::Router, Reserved::Dns, Reserved::Future];
        let range = if address.is_ipv4() { self.ipv4()? } else { self.ipv6()? };
        if address == range.last() {
            return Some(Reserved::Broadcast);
        }
        let place = (0..4).find(|&place| range.nth(place) == Some(address))?;
        Some(FIRST[place as usize])
    }

    /// How many addresses of its first range can be given to interfaces: all but the five that AWS keeps.
    pub fn usable_addresses(&self) -> u128 {
        self.cidr.size().saturating_sub(5)
    }
}

impl Network {
    /// The next free private IPv4 address of a subnet, if one is left.
    pub fn free_address(&self, id: SubnetId) -> Option<IpAddr> {
        let subnet = self.subnets.get(id)?;
        self.free_address_in(subnet.vpc, subnet.ipv4()?)
    }

    /// The next free IPv6 address of a subnet, if it has any.
    pub fn free_ipv6_address(&self, id: SubnetId) -> Option<IpAddr> {
        let subnet = self.subnets.get(id)?;
        self.free_address_in(subnet.vpc, subnet.ipv6()?)
    }

    fn free_address_in(&self, vpc: VpcId, range: Cidr) -> Option<IpAddr> {
        (4..range.size() - 1)
            .filter_map(|place| range.nth(place))
            .find(|address| self.interface_in(vpc, *address).is_none())
    }
}

impl Edit<'_> {
    /// A subnet takes /16 to /28 of one block of the VPC, and shares no address with another; one
    /// with IPv6 alone takes /44 to /64 of an IPv6 block instead
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>,
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html>).
    pub fn create_subnet(
        &mut self,
        name: Name,
        vpc: VpcId,
        zone: Zone,
        cidr: Cidr,
    ) -> Result<SubnetId, Refusal> {
        let row = self.get(vpc)?;
        let blocks = if cidr.is_ipv4() { &row.cidrs } else { &row.ipv6_cidrs };
        if !cidr.is_ipv4() {
            check_ipv6_length(cidr, 44, 64, "InvalidSubnet.Range")?;
        } else if !(16..=28).contains(&cidr.length()) {
            return Err(Refusal::new("InvalidSubnet.Range", Reason::BlockSize(cidr)));
        }
        if !blocks.iter().any(|block| block.covers(cidr)) {
            return Err(Refusal::new("InvalidSubnet.Range", Reason::BlockOutsideVpc { cidr, vpc }));
        }
        let ranges = |it: &Subnet| [it.ipv4(), it.ipv6()].into_iter().flatten();
        let overlapped = self.network.subnets.iter().find_map(|(id, it)| {
            let other = ranges(it).find(|other| it.vpc == vpc && other.overlaps(cidr))?;
            Some((Thing::Subnet(id), other))
        });
        if let Some((owner, other)) = overlapped {
            let reason = Reason::BlockOverlaps { cidr, other, owner };
            return Err(Refusal::new("InvalidSubnet.Conflict", reason));
        }
        let siblings = self.network.subnets.count(|it| it.vpc == vpc);
        self.network.admits_one_more(Quota::SubnetsPerVpc, siblings)?;
        Ok(self.make(Subnet {
            name,
            vpc,
            zone,
            cidr,
            ipv6_cidr: None,
            route_table: None,
            network_acl: None,
            auto_assign_public_ip: false,
            dns64: false,
        }))
    }

    /// A subnet goes when no interface is left in it.
    pub fn delete_subnet(&mut self, id: SubnetId) -> Result<(), Refusal> {
        self.get(id)?;
        if let Some(interface) = self.network.interfaces.find(|_, it| it.subnet == id) {
            let by = self.network.owner_of(interface);
            let reason = Reason::InUse { thing: Thing::Subnet(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        let attachments = &self.network.transit_gateway_attachments;
        let stands_here = |it| self.network.attachment_subnets(it).contains(&id);
        if let Some(attachment) = attachments.find(|attachment, _| stands_here(attachment)) {
            let by = Thing::TransitGatewayAttachment(attachment);
            let reason = Reason::InUse { thing: Thing::Subnet(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        // A database may move there
        // (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html).
        if let Some(database) = self.network.databases.find(|_, it| it.subnets.contains(&id)) {
            let (thing, by) = (Thing::Subnet(id), Thing::Database(database));
            return Err(Refusal::new("DependencyViolation", Reason::InUse { thing, by }));
        }
        self.forget_exclusion(ExclusionOf::Subnet(id));
        self.remove(id);
        Ok(())
    }

    /// A subnet takes /44 to /64, in steps of four, of one IPv6 block of the VPC
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>).
    pub fn associate_subnet_cidr_block(&mut self, id: SubnetId, cidr: Cidr) -> Result<(), Refusal> {
        let subnet = self.get(id)?;
        let vpc = subnet.vpc;
        check_ipv6_length(cidr, 44, 64, "InvalidSubnet.Range")?;
        if subnet.ipv6().is_some() {
            return Err(Refusal::new("InvalidSubnet.Conflict", Reason::SubnetHasIpv6(id)));
        }
        if !self.network.vpcs[vpc].ipv6_cidrs.iter().any(|block| block.covers(cidr)) {
            return Err(Refusal::new("InvalidSubnet.Range", Reason::BlockOutsideVpc { cidr, vpc }));
        }
        let overlapped = self.network.subnets.iter().find_map(|(owner, it)| {
            let other = it.ipv6().filter(|other| it.vpc == vpc && other.overlaps(cidr))?;
            Some((Thing::Subnet(owner), other))
        });
        if let Some((owner, other)) = overlapped {
            let reason = Reason::BlockOverlaps { cidr, other, owner };
            return Err(Refusal::new("InvalidSubnet.Conflict", reason));
        }
        self.change(id, |it| it.ipv6_cidr = Some(cidr));
        Ok(())
    }

    pub fn disassociate_subnet_cidr_block(&mut self, id: SubnetId) -> Result<(), Refusal> {
        let subnet = self.get(id)?;
        if subnet.is_ipv6_only() {
            return Err(Refusal::new("OperationNotPermitted", Reason::SubnetIpv6Only(id)));
        }
        if subnet.ipv6_cidr.is_none() {
            let reason = Reason::SubnetWithoutIpv6(id);
            return Err(Refusal::new("InvalidSubnetCidrBlockAssociationID.NotFound", reason));
        }
        let uses = |it: &Interface| it.subnet == id && it.addresses.iter().any(IpAddr::is_ipv6);
        if let Some(interface) = self.network.interfaces.find(|_, it| uses(it)) {
            let by = self.network.owner_of(interface);
            let reason = Reason::InUse { thing: Thing::Subnet(id), by };
            return Err(Refusal::new("InvalidCidrBlock.InUse", reason));
        }
        self.change(id, |it| it.ipv6_cidr = None);
        Ok(())
    }

    /// Do instances launched here get a public IPv4 address? Not without a private one.
    pub fn modify_subnet_attribute(&mut self, id: SubnetId, on: bool) -> Result<(), Refusal> {
        if on && self.get(id)?.is_ipv6_only() {
            return Err(Refusal::new("InvalidParameterValue", Reason::SubnetIpv6Only(id)));
        }
        self.get(id)?;
        self.change(id, |it| it.auto_assign_public_ip = on);
        Ok(())
    }

    /// Picks the first address of an instance's interface: IPv4, and in a subnet with IPv6 alone
    /// IPv6, which it gets at launch
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
    pub fn pick_first_address(
        &self,
        id: SubnetId,
        wanted: Option<IpAddr>,
    ) -> Result<IpAddr, Refusal> {
        if self.get(id)?.is_ipv6_only() {
            return self.pick_address(id, wanted.or_else(|| self.network.free_ipv6_address(id)));
        }
        self.pick_ipv4_address(id, wanted)
    }

    /// Picks a private IPv4 address of a subnet: this one, or the next free one. A subnet with IPv6
    /// alone has none to give, neither to a NAT gateway nor to a load balancer, a function or a
    /// database.
    pub fn pick_ipv4_address(
        &self,
        id: SubnetId,
        wanted: Option<IpAddr>,
    ) -> Result<IpAddr, Refusal> {
        if self.get(id)?.is_ipv6_only() {
            return Err(Refusal::new("InvalidSubnet", Reason::SubnetIpv6Only(id)));
        }
        if let Some(address) = wanted.filter(IpAddr::is_ipv6) {
            let reason = Reason::AddressOutsideSubnet { address, subnet: id };
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.pick_address(id, wanted)
    }

    /// Picks the next free IPv6 address of a subnet, which must have IPv6; the code is for one that
    /// has not.
    pub fn pick_ipv6_address(&self, id: SubnetId, code: &'static str) -> Result<IpAddr, Refusal> {
        if self.get(id)?.ipv6().is_none() {
            return Err(Refusal::new(code, Reason::SubnetWithoutIpv6(id)));
        }
        self.network.free_ipv6_address(id).ok_or_else(|| {
            Refusal::new("InsufficientFreeAddressesInSubnet", Reason::SubnetFull(id))
        })
    }

    /// Picks an address of a subnet: this one, or the next free IPv4 one.
    pub fn pick_address(&self, id: SubnetId, wanted: Option<IpAddr>) -> Result<IpAddr, Refusal> {
        let subnet = self.get(id)?;
        let Some(address) = wanted else {
            return self.network.free_address(id).ok_or_else(|| {
                Refusal::new("InsufficientFreeAddressesInSubnet", Reason::SubnetFull(id))
            });
        };
        if !subnet.contains(address) {
            let reason = Reason::AddressOutsideSubnet { address, subnet: id };
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if let Some(why) = subnet.reserved(address) {
            let reason = Reason::AddressReserved { address, why };
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if let Some(taken) = self.network.interface_in(subnet.vpc, address) {
            let reason = Reason::AddressTaken { address, by: self.network.owner_of(taken) };
            return Err(Refusal::new("InvalidIPAddress.InUse", reason));
        }
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    /// Would AWS give an interface this address of `10.0.0.0/24`?
    fn check(address: &str, expected: Result<(), &'static str>) {
        let mut sample = Sample::new();
        let change = Change::CreateInterface {
            name: "eni".into(),
            subnet: sample.public,
            address: Some(ip(address)),
            groups: Vec::new(),
        };
        assert_eq!(sample.code(change), expected, "{address}");
    }

    #[test]
    fn aws_keeps_the_first_four_addresses_and_the_last() {
        for address in ["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.255"] {
            check(address, Err("InvalidParameterValue"));
        }
        check("10.0.0.4", Ok(()));
        check("10.0.0.254", Ok(()));
        check("10.0.1.4", Err("InvalidParameterValue"));
        check("10.0.0.10", Err("InvalidIPAddress.InUse"));
    }

    #[test]
    fn a_subnet_gives_its_addresses_one_by_one_until_none_is_left() {
        let mut sample = Sample::new();
        let (vpc, zone) = (sample.vpc, Zone("a".into()));
        let (name, block) = ("tiny".into(), cidr("10.0.9.0/28"));
        let change = Change::CreateSubnet { name, vpc, zone, cidr: block };
        let subnet = made!(sample.network, Subnet, change);
        assert_eq!(sample.network.subnets()[subnet].usable_addresses(), 11);
        let another = || Change::CreateInterface {
            name: "eni".into(),
            subnet,
            address: None,
            groups: Vec::new(),
        };
        let first = made!(sample.network, Interface, another());
        assert_eq!(sample.network.interfaces()[first].addresses, [ip("10.0.9.4")]);
        for _ in 1..11 {
            sample.apply(another());
        }
        assert_eq!(sample.code(another()), Err("InsufficientFreeAddressesInSubnet"));
    }

    #[test]
    fn a_subnet_is_a_part_of_one_block_and_of_no_other_subnet() {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        for (block, expected) in [
            ("10.0.2.0/28", Ok(())),
            ("10.0.2.0/29", Err("InvalidSubnet.Range")),
            ("10.1.0.0/24", Err("InvalidSubnet.Range")),
            ("10.0.0.0/15", Err("InvalidSubnet.Range")),
            ("10.0.0.128/25", Err("InvalidSubnet.Conflict")),
            ("10.0.0.0/16", Err("InvalidSubnet.Conflict")),
            ("2001:db8::/64", Err("InvalidSubnet.Range")),
        ] {
            let (name, zone, cidr) = ("new".into(), Zone("a".into()), cidr(block));
            let change = Change::CreateSubnet { name, vpc, zone, cidr };
            assert_eq!(sample.code(change), expected, "{block}");
        }
    }

    #[test]
    fn a_subnet_stays_while_an_interface_is_in_it() {
        let mut sample = Sample::new();
        let delete = Change::DeleteSubnet { subnet: sample.private };
        assert_eq!(sample.code(delete.clone()), Err("DependencyViolation"));
        let instance = sample.instance(sample.app);
        sample.apply(Change::TerminateInstance { instance });
        sample.apply(delete);
    }
}
