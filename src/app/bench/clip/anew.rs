//! A copy in the making: changes that are tried out in a network of their own, one after the other,
//! with what stands for what was copied.

use std::{
    collections::BTreeMap,
    mem::discriminant,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{
    app::{
        bench::{
            clip::{Bar, Pasted, Place},
            edit::Order,
            wire::{another_name, zone_subnets},
        },
        canvas::is_public,
    },
    cloud::{
        Applied, Change, Id, InterfaceId, Name, Network, Row, SecurityGroupId, SubnetId, Thing,
        VpcId,
    },
    course::Allowed,
    net::Cidr,
};

/// A copy in the making.
pub(super) struct Anew<'a> {
    /// The network as it was when it was copied.
    pub from: &'a Network,
    /// The network that it is pasted into, as far as it is made.
    pub now: Network,
    /// Where it is pasted.
    pub place: Place,
    allowed: &'a Allowed,
    /// What stands for what was copied, by its place in its table.
    twins: BTreeMap<Thing, usize>,
    /// Blocks of what was copied, and what stands for them; each pair has one size.
    moved: Vec<(Cidr, Cidr)>,
    orders: Vec<Order>,
    left: usize,
}

/// Why nothing can be made further.
pub(super) enum Stop {
    /// AWS refuses the last order: it says why when the orders are carried out.
    Refused,
    /// This stands in the way.
    Barred(Bar),
}

impl From<Bar> for Stop {
    fn from(bar: Bar) -> Self {
        Self::Barred(bar)
    }
}

pub(super) type Done = Result<(), Stop>;

impl<'a> Anew<'a> {
    pub fn new(from: &'a Network, now: &Network, place: Place, allowed: &'a Allowed) -> Self {
        let now = now.clone();
        let (twins, moved, orders) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { from, now, place, allowed, twins, moved, orders, left: 0 }
    }

    /// What was ordered, unless something stands in the way.
    pub fn pasted(self, done: &Done) -> Result<Pasted, Bar> {
        match done {
            Ok(()) | Err(Stop::Refused) => Ok(Pasted { orders: self.orders, left: self.left }),
            Err(Stop::Barred(bar)) => Err(*bar),
        }
    }

    // -- making

    /// What must be done, or there is no copy.
    pub fn must(&mut self, change: impl Into<Change>) -> Result<Option<Thing>, Stop> {
        let change = change.into();
        let applied = self.now.apply(change.clone());
        self.orders.push(Order::Change(change));
        applied.map(|it| it.made).map_err(|_| Stop::Refused)
    }

    /// Makes what stands for a thing.
    pub fn make(&mut self, old: Thing, change: impl Into<Change>) -> Done {
        if let Some(new) = self.must(change)? {
            self.stands_for(old, new);
        }
        Ok(())
    }

    /// What belongs to a copy where it can be done here; else it is left out, and counted.
    pub fn may(&mut self, change: Option<impl Into<Change>>) -> bool {
        let change = change.map(Into::into).filter(|it| self.allowed.allows(it));
        let done = change.is_some_and(|change| {
            let done = self.now.apply(change.clone()).is_ok();
            if done {
                self.orders.push(Order::Change(change));
            }
            done
        });
        self.left += usize::from(!done);
        done
    }

    /// Makes a part of something larger: what has no place here is left out, and counted.
    pub fn part(&mut self, made: impl FnOnce(&mut Self) -> Done) {
        match made(self) {
            Ok(()) => {}
            Err(Stop::Refused) => {
                self.orders.pop();
                self.leave_out();
            }
            Err(Stop::Barred(_)) => self.leave_out(),
        }
    }

    /// Would AWS do this now?
    pub fn would(&mut self, change: impl Into<Change>) -> bool {
        match self.now.apply(change.into()) {
            Ok(Applied { undo, .. }) => {
                self.now.undo(undo);
                true
            }
            Err(_) => false,
        }
    }

    /// Something has no place here.
    pub fn leave_out(&mut self) {
        self.left += 1;
    }

    // -- what stands for what

    /// From now on, the new stands for the old, and its interfaces for the old one's.
    pub fn stands_for(&mut self, old: Thing, new: Thing) {
        self.twins.insert(old, place_of(new));
        let (olds, news) = (self.from.interfaces_of(old), self.now.interfaces_of(new));
        for (old, new) in olds.into_iter().zip(news) {
            self.twins.insert(Thing::Interface(old), place_of(Thing::Interface(new)));
        }
    }

    /// Was it made anew?
    pub fn is_copied(&self, old: Thing) -> bool {
        self.twins.contains_key(&old)
    }

    /// What stands for it here: its copy, or itself where it is still there.
    pub fn twin<T: Row>(&self, old: Id<T>) -> Option<Id<T>> {
        let thing = T::thing(old);
        if let Some(new) = self.twins.get(&thing) {
            return Some(Id::new(u32::try_from(*new).ok()?));
        }
        let stays = self.from.name(thing)? == self.now.name(thing)?;
        stays.then_some(old)
    }

    /// A name that nothing has with which a copy of this could be confused.
    pub fn name(&self, like: &str, thing: Thing) -> Name {
        another_name(&self.now, like, |it| {
            discriminant(&it) == discriminant(&thing) || (is_called(it) && is_called(thing))
        })
        .as_str()
        .into()
    }

    // -- where it stands

    /// The VPC that it stands in here.
    pub fn home(&self, old: VpcId) -> Result<VpcId, Stop> {
        if self.is_copied(Thing::Vpc(old)) {
            return self.twin(old).ok_or(Stop::Barred(Bar::NeedsVpc));
        }
        let here = self.place.vpc.filter(|vpc| self.now.vpcs().get(*vpc).is_some());
        here.ok_or(Stop::Barred(Bar::NeedsVpc))
    }

    /// The subnet that it stands in here.
    pub fn seat(&self, old: SubnetId) -> Result<SubnetId, Stop> {
        if self.is_copied(Thing::Subnet(old)) {
            return self.twin(old).ok_or(Stop::Barred(Bar::NeedsSubnet));
        }
        // With its VPC copied and itself left out, there is nowhere to stand.
        let home = self.from.subnets().get(old).map(|row| Thing::Vpc(row.vpc));
        if home.is_some_and(|home| self.is_copied(home)) {
            return Err(Bar::NeedsSubnet.into());
        }
        let here = self.place.subnet.filter(|subnet| self.now.subnets().get(*subnet).is_some());
        here.ok_or(Stop::Barred(Bar::NeedsSubnet))
    }

    /// The subnets of a VPC that stand for these: they themselves, else some like them.
    pub fn spread(&self, old: &[SubnetId], vpc: VpcId) -> Result<Vec<SubnetId>, Stop> {
        let now = &self.now;
        let here = |id: &SubnetId| now.subnets().get(*id).is_some_and(|row| row.vpc == vpc);
        let kept: Vec<SubnetId> = old.iter().filter_map(|id| self.twin(*id)).filter(here).collect();
        if !kept.is_empty() {
            return Ok(kept);
        }
        let mut found: Vec<SubnetId> = Vec::new();
        let zone_of = |id: SubnetId| now.subnets().get(id).map(|row| &row.zone);
        for id in old {
            let Some(row) = self.from.subnets().get(*id) else { continue };
            let public = is_public(self.from, *id);
            let alike = |kind: Option<bool>| {
                let mut all = now.subnets().iter().filter(|(_, it)| it.vpc == vpc);
                all.find(|(id, it)| {
                    it.zone == row.zone && kind.is_none_or(|kind| is_public(now, *id) == kind)
                })
            };
            let taken = found.iter().any(|id| zone_of(*id) == Some(&row.zone));
            let twin = alike(Some(public)).or_else(|| alike(None)).filter(|_| !taken);
            found.extend(twin.map(|(id, _)| id));
        }
        for id in zone_subnets(now, vpc) {
            if found.len() < old.len() && found.iter().all(|it| zone_of(*it) != zone_of(id)) {
                found.push(id);
            }
        }
        if found.is_empty() { Err(Bar::NeedsSubnet.into()) } else { Ok(found) }
    }

    /// The groups of a VPC that stand for these: they themselves, else those of the same name, else
    /// the one that AWS takes where nobody says which.
    pub fn groups(&mut self, old: &[SecurityGroupId], vpc: VpcId) -> Vec<SecurityGroupId> {
        let mut found = Vec::new();
        for id in old {
            match self.group_in(*id, vpc) {
                Some(group) if !found.contains(&group) => found.push(group),
                Some(_) => {}
                None => self.leave_out(),
            }
        }
        if found.is_empty() && !old.is_empty() {
            found.extend(self.now.vpcs().get(vpc).map(|row| row.default_security_group));
        }
        found
    }

    fn group_in(&self, old: SecurityGroupId, vpc: VpcId) -> Option<SecurityGroupId> {
        let here = |id: &SecurityGroupId| {
            self.now.security_groups().get(*id).is_some_and(|row| row.vpc == vpc)
        };
        if let Some(own) = self.twin(old).filter(here) {
            return Some(own);
        }
        let name = &self.from.security_groups().get(old)?.name;
        self.now.security_groups().find(|id, row| here(&id) && row.name == *name)
    }

    /// The groups that an interface carries.
    pub fn carried(&self, interface: Option<&InterfaceId>) -> Vec<SecurityGroupId> {
        let row = interface.and_then(|id| self.from.interfaces().get(*id));
        row.map(|row| row.security_groups.clone()).unwrap_or_default()
    }

    // -- blocks and addresses

    /// This block stands for that one.
    pub fn moves(&mut self, old: Cidr, new: Cidr) {
        if old.length() == new.length() && old.is_ipv4() == new.is_ipv4() {
            self.moved.push((old, new));
        }
    }

    /// What stands for a block: one that was moved is where it was moved to.
    pub fn block(&self, old: Cidr) -> Cidr {
        self.block_moved(old).unwrap_or(old)
    }

    fn block_moved(&self, old: Cidr) -> Option<Cidr> {
        let (whole, new) = self.moved.iter().find(|(whole, _)| whole.covers(old))?;
        let first = new.nth(bits(old.first()) - bits(whole.first()))?;
        Cidr::new(first, old.length()).ok()
    }

    /// What stands for an address, where its block was moved.
    pub fn address(&self, old: IpAddr) -> Option<IpAddr> {
        self.block_moved(Cidr::host(old)).map(Cidr::first)
    }

    /// The first free block beside one, of its size and in the same private range.
    pub fn block_beside(old: Cidr, is_free: impl Fn(Cidr) -> bool) -> Option<Cidr> {
        let whole = whole_of(old);
        let count = (whole.size() / old.size()).min(4096);
        let own = (bits(old.first()) - bits(whole.first())) / old.size();
        let mut all = (1..count).filter_map(|step| {
            let at = (own + step) % (whole.size() / old.size());
            Cidr::new(whole.nth(at * old.size())?, old.length()).ok()
        });
        all.find(|block| is_free(*block))
    }

    /// A free block of a VPC, of this size where there is one.
    pub fn block_in(&self, vpc: VpcId, like: Cidr) -> Option<Cidr> {
        let row = self.now.vpcs().get(vpc)?;
        let wholes = if like.is_ipv4() { &row.cidrs } else { &row.ipv6_cidrs };
        let taken: Vec<Cidr> = self
            .now
            .subnets()
            .iter()
            .filter(|(_, it)| it.vpc == vpc)
            .flat_map(|(_, it)| [Some(it.cidr), it.ipv6_cidr])
            .flatten()
            .collect();
        let size = like.size();
        let mut all = wholes.iter().flat_map(|whole| {
            let count = (whole.size() / size).min(4096);
            (0..count).filter_map(move |at| Cidr::new(whole.nth(at * size)?, like.length()).ok())
        });
        all.find(|block| taken.iter().all(|it| !it.overlaps(*block)))
    }
}

/// Can packets be sent to it by its name, so that no two such things may share one?
fn is_called(thing: Thing) -> bool {
    matches!(
        thing,
        Thing::Instance(_)
            | Thing::Interface(_)
            | Thing::NatGateway(_)
            | Thing::Host(_)
            | Thing::OnPremises(_)
            | Thing::LoadBalancer(_)
            | Thing::InterfaceEndpoint(_)
            | Thing::Service(_)
            | Thing::Function(_)
            | Thing::Database(_)
            | Thing::Task(_)
            | Thing::Api(_)
            | Thing::Distribution(_)
    )
}

/// The private range that a block lies in; of any other, what lies around it.
fn whole_of(block: Cidr) -> Cidr {
    const PRIVATE: [Cidr; 3] = [
        Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 8),
        Cidr::v4(Ipv4Addr::new(172, 16, 0, 0), 12),
        Cidr::v4(Ipv4Addr::new(192, 168, 0, 0), 16),
    ];
    let around = block.length().saturating_sub(8);
    PRIVATE
        .into_iter()
        .find(|range| range.covers(block))
        .or_else(|| Cidr::new(block.first(), around).ok())
        .unwrap_or(block)
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The address so many places further.
pub(super) fn further(address: IpAddr, places: u32) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(it) => IpAddr::V4(Ipv4Addr::from_bits(it.to_bits().checked_add(places)?)),
        IpAddr::V6(it) => IpAddr::V6(Ipv6Addr::from_bits(it.to_bits().checked_add(places.into())?)),
    })
}

/// The place of a thing in its table.
fn place_of(thing: Thing) -> usize {
    macro_rules! placed {
        ($($kind:ident)*) => { match thing { $(Thing::$kind(id) => id.index(),)* } };
    }
    placed! {
        Vpc Subnet RouteTable InternetGateway EgressOnlyGateway NatGateway PrefixList Peering
        GatewayEndpoint SecurityGroup NetworkAcl Instance Interface Host LoadBalancer TargetGroup
        InterfaceEndpoint EndpointService Service Function Database Task Api Distribution
        TransitGateway TransitGatewayAttachment TransitGatewayRouteTable VirtualPrivateGateway
        CustomerGateway VpnConnection DirectConnectGateway OnPremises
    }
}
