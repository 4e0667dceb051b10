//! How rows of a network are put, kept right in the index, and put back.
//!
//! Everything that changes a [`Network`] comes through here: [`Network::insert`] and
//! [`Network::update`] for readers of networks that exist already, and [`Edit`] for
//! [`Change`](crate::cloud::Change)s, which remember what stood in each slot.

use std::mem;

use crate::cloud::{
    Api, BlockPublicAccess, CustomerGateway, Database, DirectConnectGateway, Distribution,
    EgressOnlyGateway, EndpointService, Function, GatewayEndpoint, Host, Id, Instance, Interface,
    InterfaceEndpoint, InternetGateway, LoadBalancer, NatGateway, Network, NetworkAcl, OnPremises,
    Peering, PrefixList, RouteTable, SecurityGroup, Service, Subnet, Table, TargetGroup, Task,
    Thing, TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable,
    VirtualPrivateGateway, Vpc, VpnConnection,
    index::{Index, Indexed, Presence},
};

/// A kind of object that a [`Network`] keeps. The kinds are those of [`Thing`].
#[expect(private_bounds, reason = "the kinds are closed")]
pub trait Row: Indexed + Clone + 'static {
    /// The id, as the id of any object.
    fn thing(id: Id<Self>) -> Thing;
    /// Where the network keeps objects of this kind.
    fn table(network: &Network) -> &Table<Self>;
    #[doc(hidden)]
    fn table_mut(network: &mut Network) -> &mut Table<Self>;
    #[doc(hidden)]
    fn slot(id: Id<Self>, was: Was<Self>) -> Slot;
}

/// What stood in a slot before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Was<T> {
    /// There was no such slot.
    Missing,
    /// This.
    Row(T),
}

/// One kind of object per line: everything here that must know all kinds.
macro_rules! rows {
    ($($kind:ident in $table:ident,)*) => {
        /// A slot of any table, and what stood there before.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Slot { $(
            #[doc(hidden)]
            $kind(Id<$kind>, Was<$kind>),
        )*
            #[doc(hidden)]
            BlockPublicAccess(BlockPublicAccess),
        }

        impl Slot {
            fn put_back(self, network: &mut Network) {
                match self { $(
                    Self::$kind(id, Was::Row(row)) => { network.put(id, Some(row)); }
                    Self::$kind(id, Was::Missing) => {
                        network.put(id, None);
                        network.$table.pop();
                    }
                )*
                    Self::BlockPublicAccess(was) => network.block_public_access = was,
                }
            }
        }

        $(impl Row for $kind {
            fn thing(id: Id<Self>) -> Thing { Thing::$kind(id) }
            fn table(network: &Network) -> &Table<Self> { &network.$table }
            fn table_mut(network: &mut Network) -> &mut Table<Self> { &mut network.$table }
            fn slot(id: Id<Self>, was: Was<Self>) -> Slot { Slot::$kind(id, was) }
        })*

        impl Network {
            /// The same network with its indexes built anew: equal, unless an edit got one wrong.
            #[must_use]
            pub fn reindexed(&self) -> Self {
                let mut index = Index::default();
                $(for (id, row) in self.$table.iter() {
                    row.index(id, self, &mut index, Presence::Comes);
                })*
                Self { index, ..self.clone() }
            }

            /// Every object there is, by kind, oldest first.
            pub fn things(&self) -> impl Iterator<Item = Thing> {
                std::iter::empty()
                    $(.chain(self.$table.iter().map(|(id, _)| Thing::$kind(id))))*
            }
        }
    };
}

rows! {
    Vpc in vpcs,
    Subnet in subnets,
    RouteTable in route_tables,
    InternetGateway in internet_gateways,
    EgressOnlyGateway in egress_only_gateways,
    NatGateway in nat_gateways,
    PrefixList in prefix_lists,
    Peering in peerings,
    GatewayEndpoint in gateway_endpoints,
    SecurityGroup in security_groups,
    NetworkAcl in network_acls,
    Instance in instances,
    Interface in interfaces,
    Host in hosts,
    LoadBalancer in load_balancers,
    TargetGroup in target_groups,
    InterfaceEndpoint in interface_endpoints,
    EndpointService in endpoint_services,
    Service in services,
    Function in functions,
    Database in databases,
    Task in tasks,
    Api in apis,
    Distribution in distributions,
    TransitGateway in transit_gateways,
    TransitGatewayAttachment in transit_gateway_attachments,
    TransitGatewayRouteTable in transit_gateway_route_tables,
    VirtualPrivateGateway in virtual_private_gateways,
    CustomerGateway in customer_gateways,
    VpnConnection in vpn_connections,
    DirectConnectGateway in direct_connect_gateways,
    OnPremises in on_premises,
}

impl Network {
    /// Adds an object that exists already, unchecked: for readers of networks that AWS (or an
    /// author) has made. Whatever the object refers to by id must have been inserted before.
    pub fn insert<T: Row>(&mut self, row: T) -> Id<T> {
        let id = T::table_mut(self).push_hole();
        self.put(id, Some(row));
        id
    }

    /// Edits an object in place, unchecked. Does nothing when it was deleted.
    pub fn update<T: Row>(&mut self, id: Id<T>, edit: impl FnOnce(&mut T)) {
        if let Some(mut row) = T::table(self).get(id).cloned() {
            edit(&mut row);
            self.put(id, Some(row));
        }
    }

    /// Puts a row, or a hole, into a slot that exists, and gives back what stood there.
    fn put<T: Row>(&mut self, id: Id<T>, row: Option<T>) -> Option<T> {
        let mut index = mem::take(&mut self.index);
        if let Some(old) = T::table(self).get(id) {
            old.index(id, self, &mut index, Presence::Goes);
        }
        if let Some(new) = &row {
            new.index(id, self, &mut index, Presence::Comes);
        }
        self.index = index;
        T::table_mut(self).replace(id, row)
    }
}

/// A change under way: the network, and what stood in each slot that was touched.
pub(super) struct Edit<'n> {
    pub network: &'n mut Network,
    slots: Vec<Slot>,
}

impl<'n> Edit<'n> {
    pub fn new(network: &'n mut Network) -> Self {
        Self { network, slots: Vec::new() }
    }

    /// Makes an object.
    pub fn make<T: Row>(&mut self, row: T) -> Id<T> {
        let id = self.network.insert(row);
        self.slots.push(T::slot(id, Was::Missing));
        id
    }

    /// Edits an object that exists.
    pub fn change<T: Row>(&mut self, id: Id<T>, edit: impl FnOnce(&mut T)) {
        let old = T::table(self.network)[id].clone();
        self.network.update(id, edit);
        self.slots.push(T::slot(id, Was::Row(old)));
    }

    /// Takes an object away that exists.
    pub fn remove<T: Row>(&mut self, id: Id<T>) {
        if let Some(old) = self.network.put(id, None) {
            self.slots.push(T::slot(id, Was::Row(old)));
        }
    }

    /// Edits the account's switch.
    pub fn change_block_public_access(&mut self, edit: impl FnOnce(&mut BlockPublicAccess)) {
        let old = self.network.block_public_access.clone();
        edit(&mut self.network.block_public_access);
        self.slots.push(Slot::BlockPublicAccess(old));
    }

    /// What takes it all back.
    pub fn into_undo(self) -> Vec<Slot> {
        self.slots
    }
}

/// Takes a change back, the last edit first.
pub(super) fn put_back(network: &mut Network, slots: Vec<Slot>) {
    for slot in slots.into_iter().rev() {
        slot.put_back(network);
    }
}
