//! Network ACL: a stateless, numbered list at the edge of a subnet.

use crate::{
    cloud::{
        Direction, Field, Id, Name, Quota, Reason, Refusal, Rules, SubnetId, Thing, VpcId,
        edit::Edit,
    },
    net::{Cidr, Packet, Ports, Protocol},
};

/// Names a [`NetworkAcl`].
pub type NetworkAclId = Id<NetworkAcl>;

/// A network ACL (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>). Behind
/// the entries stands the rule `*`, which denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAcl {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may enter the subnet, by ascending number.
    pub ingress: Vec<AclEntry>,
    /// What may leave it, by ascending number.
    pub egress: Vec<AclEntry>,
}

/// One entry of a network ACL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AclEntry {
    /// 1 to 32766; the lowest matching number decides.
    pub number: u16,
    /// What happens to what matches.
    pub action: AclAction,
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports, or the type and code of ICMP ([`Ports::icmp`]); everything for other
    /// protocols.
    pub ports: Ports,
    /// The far addresses: source of an inbound entry, destination of an outbound one.
    pub cidr: Cidr,
}

/// What a network ACL entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclAction {
    /// Lets pass.
    Allow,
    /// Drops silently.
    Deny,
}

impl NetworkAcl {
    /// The entries of one direction.
    pub fn entries(&self, direction: Direction) -> &[AclEntry] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// The entries of one direction, to be edited.
    pub(super) fn entries_mut(&mut self, direction: Direction) -> &mut Vec<AclEntry> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }

    /// The entry that decides about a packet, or `None` for the closing `*`, which denies.
    ///
    /// Lowest number first, and the first match decides, whatever the others say
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
    pub fn decide(
        &self,
        direction: Direction,
        packet: &Packet,
        rules: &Rules,
    ) -> Option<&AclEntry> {
        let matching = || {
            self.entries(direction)
                .iter()
                .filter(|entry| entry.differs(direction, packet).is_none())
        };
        let in_turn = || {
            if rules.lowest_acl_number_wins {
                matching().min_by_key(|entry| entry.number)
            } else {
                matching().max_by_key(|entry| entry.number)
            }
        };
        if rules.acl_denies_wait_their_turn {
            in_turn()
        } else {
            matching().find(|entry| entry.action == AclAction::Deny).or_else(in_turn)
        }
    }
}

impl AclEntry {
    /// What the default list of a VPC begins with: everything may pass, over IPv6 too where the
    /// VPC has it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>).
    pub(super) fn everything(ipv6: bool) -> Vec<Self> {
        let entry = |number, cidr| Self {
            number,
            action: AclAction::Allow,
            protocol: None,
            ports: Ports::ALL,
            cidr,
        };
        let families = [entry(100, Cidr::ANY_V4), entry(101, Cidr::ANY_V6)];
        families[..if ipv6 { 2 } else { 1 }].to_vec()
    }

    /// The same entry as AWS stores it: no port range where there are no ports, and one type of
    /// ICMP or all
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IcmpTypeCode.html>).
    #[must_use]
    pub fn normal(self) -> Self {
        Self { ports: self.ports.of(self.protocol), ..self }
    }

    /// The first field in which a packet differs from what the entry is for, `None` when it
    /// matches. An entry names a block of addresses and never a group or prefix list, and an IPv4
    /// block never matches an IPv6 packet
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
    pub fn differs(&self, direction: Direction, packet: &Packet) -> Option<Field> {
        let far = packet.far_end(direction == Direction::Ingress);
        differs(self.protocol, self.ports, packet, self.cidr.contains(far))
    }
}

/// How entries of ACLs and rules of security groups compare a header: protocol, then destination
/// port or type and code of ICMP, then the far address. `None` for the protocol means all of them
/// and all their ports, and other protocols ignore the range.
pub(super) fn differs(
    protocol: Option<Protocol>,
    ports: Ports,
    packet: &Packet,
    address_matches: bool,
) -> Option<Field> {
    if let Some(protocol) = protocol {
        if protocol != packet.protocol {
            return Some(Field::Protocol);
        }
        if protocol.is_divided() && !ports.contains(packet.number()) {
            return Some(if protocol.is_icmp() { Field::IcmpType } else { Field::Port });
        }
    }
    (!address_matches).then_some(Field::Address)
}

/// The numbers that an entry may have
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
pub const NUMBERS: std::ops::RangeInclusive<u16> = 1..=32766;

impl Edit<'_> {
    /// A new list denies everything until it gets entries
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html>).
    pub fn create_network_acl(&mut self, name: Name, vpc: VpcId) -> Result<NetworkAclId, Refusal> {
        self.get(vpc)?;
        let lists = self.network.network_acls.count(|it| it.vpc == vpc);
        self.network.admits_one_more(Quota::AclsPerVpc, lists)?;
        Ok(self.make(NetworkAcl { name, vpc, ingress: Vec::new(), egress: Vec::new() }))
    }

    /// The default list stays, and so does one that guards a subnet
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/delete-network-acl.html>).
    pub fn delete_network_acl(&mut self, id: NetworkAclId) -> Result<(), Refusal> {
        let vpc = self.get(id)?.vpc;
        if self.network.vpcs[vpc].default_network_acl == id {
            return Err(Refusal::new("InvalidParameterValue", Reason::DefaultAcl(id)));
        }
        if let Some(subnet) = self.network.subnets.find(|_, it| it.network_acl == Some(id)) {
            let reason = Reason::InUse { thing: Thing::NetworkAcl(id), by: Thing::Subnet(subnet) };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }

    pub fn associate_network_acl(
        &mut self,
        id: SubnetId,
        acl: Option<NetworkAclId>,
    ) -> Result<(), Refusal> {
        let subnet = self.get(id)?;
        match acl {
            None if subnet.network_acl.is_none() => {
                let reason = Reason::NotAssociated(id);
                return Err(Refusal::new("InvalidAssociationID.NotFound", reason));
            }
            Some(acl) => {
                let (here, there) = (Thing::Subnet(id), Thing::NetworkAcl(acl));
                if self.get(acl)?.vpc != subnet.vpc {
                    let reason = Reason::DifferentVpcs(here, there);
                    return Err(Refusal::new("InvalidParameterValue", reason));
                }
                if subnet.network_acl == Some(acl) {
                    let reason = Reason::AlreadyAssociated(id, there);
                    return Err(Refusal::new("Resource.AlreadyAssociated", reason));
                }
            }
            None => {}
        }
        self.change(id, |it| it.network_acl = acl);
        Ok(())
    }

    pub fn create_network_acl_entry(
        &mut self,
        id: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    ) -> Result<(), Refusal> {
        let entries = self.get(id)?.entries(direction);
        if !NUMBERS.contains(&entry.number) {
            let reason = Reason::EntryNumber(entry.number);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        let Err(place) = entries.binary_search_by_key(&entry.number, |it| it.number) else {
            let reason = Reason::EntryExists(id, entry.number);
            return Err(Refusal::new("NetworkAclEntryAlreadyExists", reason));
        };
        self.network.admits_one_more(Quota::EntriesPerAcl, entries.len())?;
        self.change(id, |it| it.entries_mut(direction).insert(place, entry.normal()));
        Ok(())
    }

    pub fn replace_network_acl_entry(
        &mut self,
        id: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    ) -> Result<(), Refusal> {
        let place = self.entry_place(id, direction, entry.number)?;
        self.change(id, |it| it.entries_mut(direction)[place] = entry.normal());
        Ok(())
    }

    pub fn delete_network_acl_entry(
        &mut self,
        id: NetworkAclId,
        direction: Direction,
        number: u16,
    ) -> Result<(), Refusal> {
        let place = self.entry_place(id, direction, number)?;
        self.change(id, |it| {
            it.entries_mut(direction).remove(place);
        });
        Ok(())
    }

    fn entry_place(
        &self,
        id: NetworkAclId,
        direction: Direction,
        number: u16,
    ) -> Result<usize, Refusal> {
        let entries = self.get(id)?.entries(direction);
        entries.iter().position(|it| it.number == number).ok_or_else(|| {
            Refusal::new("InvalidNetworkAclEntry.NotFound", Reason::EntryUnknown(id, number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Change, sample::*},
        net::TcpFlag,
    };

    /// Which entry decides about an inbound TCP packet from a source to a port?
    fn check(entries: &[&str], source: &str, port: u16, expected: Option<u16>) {
        let ingress = entries.iter().map(|text| entry(text)).collect();
        let vpc = crate::cloud::VpcId::new(0);
        let acl = NetworkAcl { name: "acl".into(), vpc, ingress, egress: Vec::new() };
        let packet = Packet {
            protocol: Protocol::TCP,
            source: ip(source),
            source_port: 40000,
            destination: ip(if source.contains(':') { "2001:db8::1" } else { "10.0.0.10" }),
            destination_port: port,
            tcp: Some(TcpFlag::Syn),
            icmp: None,
        };
        let decided = acl.decide(Direction::Ingress, &packet, &Rules::AWS);
        assert_eq!(decided.map(|it| it.number), expected, "{entries:?} {packet}");
    }

    /// `100 allow tcp 443 10.0.0.0/8`
    fn entry(text: &str) -> AclEntry {
        let words: Vec<&str> = text.split(' ').collect();
        AclEntry {
            number: words[0].parse().unwrap(),
            action: if words[1] == "allow" { AclAction::Allow } else { AclAction::Deny },
            protocol: words[2].parse().ok(),
            ports: words[3].parse().unwrap_or(Ports::ALL),
            cidr: cidr(words[4]),
        }
    }

    #[test]
    fn the_lowest_matching_number_decides_whatever_comes_later() {
        let both = ["100 allow tcp 22 0.0.0.0/0", "110 deny all all 0.0.0.0/0"];
        check(&both, "198.51.100.7", 22, Some(100));
        check(&both, "198.51.100.7", 23, Some(110));
        let deny_first = ["90 deny all all 198.51.100.7/32", "100 allow all all 0.0.0.0/0"];
        check(&deny_first, "198.51.100.7", 22, Some(90));
        check(&deny_first, "198.51.100.8", 22, Some(100));
    }

    #[test]
    fn what_no_entry_matches_falls_to_the_closing_star() {
        check(&[], "198.51.100.7", 443, None);
        check(&["100 allow udp 443 0.0.0.0/0"], "198.51.100.7", 443, None);
    }

    #[test]
    fn entries_for_ipv4_never_match_ipv6() {
        check(&["100 allow all all 0.0.0.0/0"], "2001:db8::7", 443, None);
        check(&["101 allow all all ::/0"], "2001:db8::7", 443, Some(101));
    }

    #[test]
    fn entries_keep_their_order_and_their_numbers() {
        let mut sample = Sample::new();
        let acl = made!(
            sample.network,
            NetworkAcl,
            Change::CreateNetworkAcl { name: "acl".into(), vpc: sample.vpc }
        );
        let create = |text| {
            let (direction, entry) = (Direction::Ingress, entry(text));
            Change::CreateNetworkAclEntry { acl, direction, entry }
        };
        sample.apply(create("200 allow all all 0.0.0.0/0"));
        sample.apply(create("100 deny all all 192.0.2.0/24"));
        let numbers = |it: &Sample| -> Vec<u16> {
            it.network.network_acls()[acl].ingress.iter().map(|it| it.number).collect()
        };
        assert_eq!(numbers(&sample), [100, 200]);
        let taken = create("200 deny all all 0.0.0.0/0");
        assert_eq!(sample.code(taken), Err("NetworkAclEntryAlreadyExists"));
        for number in [0, 32767] {
            let entry = AclEntry { number, ..entry("1 allow all all 0.0.0.0/0") };
            let change =
                Change::CreateNetworkAclEntry { acl, direction: Direction::Ingress, entry };
            assert_eq!(sample.code(change), Err("InvalidParameterValue"), "{number}");
        }
        let missing =
            Change::DeleteNetworkAclEntry { acl, direction: Direction::Egress, number: 100 };
        assert_eq!(sample.code(missing), Err("InvalidNetworkAclEntry.NotFound"));
    }

    #[test]
    fn a_list_that_guards_a_subnet_and_the_default_list_stay() {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        let acl =
            made!(sample.network, NetworkAcl, Change::CreateNetworkAcl { name: "acl".into(), vpc });
        sample.apply(Change::AssociateNetworkAcl { subnet: sample.public, acl: Some(acl) });
        assert_eq!(sample.code(Change::DeleteNetworkAcl { acl }), Err("DependencyViolation"));
        sample.apply(Change::AssociateNetworkAcl { subnet: sample.public, acl: None });
        sample.apply(Change::DeleteNetworkAcl { acl });
        let acl = sample.network.vpcs()[vpc].default_network_acl;
        assert_eq!(sample.code(Change::DeleteNetworkAcl { acl }), Err("InvalidParameterValue"));
    }
}
