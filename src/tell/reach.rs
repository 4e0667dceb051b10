//! Who reaches whom, in words: traffic, ends, and the rules responsible.

use crate::{
    cloud::{
        Blocker, Check, InterfaceId, OnPremisesId, Outcome, Place, ServiceSubject, Subject, Thing,
        TransitSubject,
        reach::{Addresses, CLIENT_PORTS, Fate, Protocols, ReachEntry, Sources, Traffic},
    },
    i18n::fix::Fix,
    net::{Cidr, Ports, Protocol},
    tell::{Teller, written},
};

/// More names than this are counted, not listed.
const MOST_NAMES: usize = 6;

impl Teller<'_> {
    fn fix_words(&self) -> &'static Fix {
        &self.lang().strings().fix
    }

    /// Traffic as rules write it: `tcp 443`, `icmp`, `all`; client ports only where they matter.
    pub fn traffic(&self, traffic: &Traffic) -> String {
        let words = self.fix_words();
        let Traffic { protocols, ports, source_ports } = *traffic;
        let mut text = self.protocols(protocols);
        if protocols.without(Protocols::WITH_PORTS).is_empty() && ports != Ports::ALL {
            text.extend([" ", &ports.to_string()]);
        }
        if source_ports != CLIENT_PORTS && source_ports != Ports::ALL {
            text.push_str(&(words.from_client_ports)(&source_ports.to_string()));
        }
        text
    }

    /// A set of protocols: all, some, or all but some. Of the two ICMPs an address knows one.
    fn protocols(&self, protocols: Protocols) -> String {
        let words = self.fix_words();
        let told = |set: Protocols| {
            let mut parts: Vec<String> = Vec::new();
            let mut run: Option<(u8, u8)> = None;
            let flush = |run: &mut Option<(u8, u8)>, parts: &mut Vec<String>| match run.take() {
                Some((low, high)) if low == high => parts.push(low.to_string()),
                Some((low, high)) => parts.push(format!("{low}-{high}")),
                None => {}
            };
            let named = [Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol::ICMPV6];
            parts.extend(named.iter().filter(|it| set.contains(**it)).map(ToString::to_string));
            for it in set.iter().filter(|it| !named.contains(it)) {
                match &mut run {
                    Some((_, high)) if *high + 1 == it.0 => *high = it.0,
                    _ => {
                        flush(&mut run, &mut parts);
                        run = Some((it.0, it.0));
                    }
                }
            }
            flush(&mut run, &mut parts);
            parts.join(", ")
        };
        let icmps = [Protocol::ICMP, Protocol::ICMPV6].into_iter().collect::<Protocols>();
        let missing = Protocols::ALL.without(protocols);
        if missing.without(icmps).is_empty() && missing != icmps {
            words.all_traffic.to_owned()
        } else if missing.count() < protocols.count() {
            let one_icmp = missing.common(icmps) != icmps;
            (words.all_but)(&told(if one_icmp { missing.without(icmps) } else { missing }))
        } else {
            told(protocols)
        }
    }

    /// Some ends, by name or address.
    pub fn sources(&self, sources: &Sources) -> String {
        match sources {
            Sources::Interfaces(ids) => self.interfaces(ids),
            Sources::Internet(ranges) => self.internet(ranges),
            Sources::OnPremises(id, ranges) => self.on_premises(*id, ranges),
        }
    }

    /// Addresses in an on-premises network: its name when it is all of them.
    pub fn on_premises(&self, id: OnPremisesId, ranges: &[Addresses]) -> String {
        let name = self.thing(Thing::OnPremises(id));
        let Some(site) = self.network().on_premises().get(id) else { return name };
        let whole = |cidr: &Cidr| ranges.iter().any(|it| it.covers(*cidr));
        let v4 = ranges.first().is_some_and(|it| it.first.is_ipv4());
        if site.cidrs.iter().filter(|it| it.is_ipv4() == v4).all(whole) {
            return name;
        }
        format!("{name} ({})", self.ranges(ranges))
    }

    /// Ranges of addresses, the first few.
    fn ranges(&self, ranges: &[Addresses]) -> String {
        let some = ranges.iter().take(MOST_NAMES).map(|it| match self.holder(*it) {
            Some(thing) => (self.fix_words().held_by)(&range(*it), &self.thing(thing)),
            None => range(*it),
        });
        let some = some.collect::<Vec<_>>().join(", ");
        match ranges.len().saturating_sub(MOST_NAMES) {
            0 => some,
            more => (self.fix_words().and_more)(&some, more),
        }
    }

    /// The host that has an address, or the service of AWS's that has a block.
    fn holder(&self, range: Addresses) -> Option<Thing> {
        let network = self.network();
        if range.first == range.last {
            return network.host_at(range.first).map(Thing::Host);
        }
        let its = |cidr: &Cidr| cidr.first() == range.first && cidr.last() == range.last;
        let mut services = network.services().iter();
        services.find(|(_, it)| it.ranges.iter().any(its)).map(|it| Thing::Service(it.0))
    }

    /// Interfaces by name, the first few.
    pub fn interfaces(&self, ids: &[InterfaceId]) -> String {
        let names = ids.iter().take(MOST_NAMES).map(|it| written::apart(self.network(), *it));
        let names = names.collect::<Vec<_>>().join(", ");
        match ids.len().saturating_sub(MOST_NAMES) {
            0 => names,
            more => (self.fix_words().and_more)(&names, more),
        }
    }

    /// Addresses on the internet: all, some, or all but some.
    pub fn internet(&self, ranges: &[Addresses]) -> String {
        let words = self.fix_words();
        let Some(first) = ranges.first() else { return words.internet.to_owned() };
        let whole = if first.first.is_ipv4() { words.internet } else { words.internet_v6 };
        // The network's own addresses in between are nobody's on the internet, and no gap to tell of.
        let others = Addresses::others_on_the_internet(self.network(), ranges);
        let over_own = |some: &[Addresses]| Addresses::joined_over_own(self.network(), some);
        let (others, ranges) = (over_own(&others), over_own(ranges));
        if others.is_empty() {
            whole.to_owned()
        } else if others.len() < ranges.len() {
            (words.internet_but)(whole, &self.ranges(&others))
        } else {
            (words.on_the_internet)(&self.ranges(&ranges))
        }
    }

    /// What decided about the packets of a block, and where:
    /// `security group web: tcp 443 from 0.0.0.0/0`.
    pub fn decided(&self, entry: &ReachEntry) -> Vec<String> {
        let at = match entry.at {
            Some((id, way)) => Some(self.place(Place::Interface(id, way))),
            None if matches!(entry.fate, Fate::KeptOut(_)) => Some(self.fix_words().sender.into()),
            None => None,
        };
        let one = |subject: &Subject| match (subject, &at) {
            (Subject::NoSecurityGroupRule, Some(at)) => {
                format!("{at}: {}", self.responsible(*subject))
            }
            _ => self.responsible(*subject),
        };
        match &entry.by[..] {
            // The sender's own state, of whoever it is.
            [] => at.clone().into_iter().collect(),
            by => by.iter().map(one).collect(),
        }
    }

    fn responsible(&self, subject: Subject) -> String {
        let at = match subject {
            Subject::AclEntry(acl, way, _) | Subject::AclDefault(acl, way) => {
                let list = self.thing(Thing::NetworkAcl(acl));
                Some((self.lang().strings().tell.directed)(&list, self.direction(way)))
            }
            Subject::Route(table, _) | Subject::NoRoute(table) => {
                Some(self.thing(Thing::RouteTable(table)))
            }
            Subject::SecurityGroupRule(..) => Some(self.kind_of_group().to_owned()),
            Subject::Attachment(id)
            | Subject::PublicAddress(id)
            | Subject::ThroughAppliance(id)
            | Subject::InternetAddress(id) => Some(self.thing(Thing::InternetGateway(id))),
            Subject::EgressOnlyProtocol(id) | Subject::EgressOnlyConnection(id) => {
                Some(self.thing(Thing::EgressOnlyGateway(id)))
            }
            Subject::PeeredAddresses(id) | Subject::ReturnToSender(id) => {
                Some(self.thing(Thing::Peering(id)))
            }
            Subject::EndpointPolicy(id)
            | Subject::EndpointSender(id)
            | Subject::EndpointProtocol(id) => Some(self.thing(Thing::GatewayEndpoint(id))),
            Subject::Transit(it) => Some(self.thing(thing_of_joint(it))),
            Subject::NatState(id)
            | Subject::NatProtocol(id)
            | Subject::NatZone(id)
            | Subject::NatConnection(id) => Some(self.thing(Thing::NatGateway(id))),
            Subject::Service(it) => self.place_of_service(it),
            Subject::SourceDestCheck(id)
            | Subject::InstanceState(id)
            | Subject::Forwarding(id)
            | Subject::AppliancePublicAddress(id)
            | Subject::KnownFlow(id) => Some(self.thing(Thing::Interface(id))),
            _ => None,
        };
        let what = self.subject(&Check { subject, outcome: Outcome::Allows, decisive: true });
        match at {
            Some(at) if matches!(subject, Subject::SecurityGroupRule(..)) => format!("{at} {what}"),
            Some(at) => format!("{at}: {what}"),
            None => what,
        }
    }

    fn place_of_service(&self, subject: ServiceSubject) -> Option<String> {
        use ServiceSubject as S;
        let thing = match subject {
            S::Listener(id, _)
            | S::NoListener(id)
            | S::NoTarget(id)
            | S::BalancedConnection(id)
            | S::InternetAtBalancer(id) => Thing::LoadBalancer(id),
            S::ClientIp(id) => Thing::TargetGroup(id),
            S::Initiates(id) | S::InternetAtInterface(id) => Thing::Interface(id),
            S::FunctionDoor(id) => Thing::Function(id),
            S::BucketPolicy(id) => Thing::Distribution(id),
            S::ApiDoor(id) => Thing::Api(id),
            S::EndpointState(id)
            | S::InterfaceEndpointProtocol(id)
            | S::InterfaceEndpointPolicy(id) => Thing::InterfaceEndpoint(id),
            // It says its group itself.
            S::Target(..) => return None,
        };
        Some(self.thing(thing))
    }

    fn kind_of_group(&self) -> &'static str {
        self.lang().strings().tell.security_group
    }

    /// What becomes of packets, in a few words.
    pub fn fate(&self, fate: Fate) -> String {
        let words = self.fix_words();
        match fate {
            Fate::Answered => words.answered.to_owned(),
            Fate::Refused => words.refused.to_owned(),
            Fate::Unanswered(cause) => (words.unanswered)(cause.code().as_str()),
            Fate::Astray => words.astray.to_owned(),
            Fate::KeptOut(cause) => (words.kept_out)(cause.code().as_str()),
        }
    }

    /// One thing that stops a packet: `응답: 네트워크 ACL edge(아웃바운드): SUBNET_ACL_RESTRICTION`.
    pub fn blocker(&self, blocker: &Blocker) -> String {
        format!(
            "{}: {}: {}",
            self.leg(blocker.leg),
            self.place(blocker.place),
            blocker.code().as_str()
        )
    }
}

/// The part of a transit network that a check belongs to.
fn thing_of_joint(subject: TransitSubject) -> Thing {
    use TransitSubject as S;
    match subject {
        S::AttachmentState(id) | S::AttachmentZone(id) | S::AttachmentTable(id) => {
            Thing::TransitGatewayAttachment(id)
        }
        S::TransitRoute(id, _) | S::NoTransitRoute(id) => Thing::TransitGatewayRouteTable(id),
        S::VgwAttachment(id) | S::VgwPrivateAddress(id) | S::VgwPrefix(id) | S::VpnProtocol(id) => {
            Thing::VirtualPrivateGateway(id)
        }
        S::LinkState(link) => link.thing(),
        S::WayToAws(id) => Thing::OnPremises(id),
    }
}

/// A range of addresses: as a block where it is one.
pub fn range(it: Addresses) -> String {
    if it.first == it.last {
        return it.first.to_string();
    }
    let longest = if it.first.is_ipv4() { 32 } else { 128 };
    let block = (0..=longest)
        .filter_map(|length| Cidr::new(it.first, length).ok())
        .find(|block| block.first() == it.first && block.last() == it.last);
    block.map_or_else(|| format!("{}-{}", it.first, it.last), |block| block.to_string())
}
