//! Whatever the simulated cloud can do, a person can do from the screen: every [`Change`] there is
//! is made by keys on the bench, over a network with something of everything. The compiler counts
//! the changes; who adds one finds here that nobody can make it yet.

#[path = "support/whole.rs"]
mod made;

use std::{collections::BTreeSet, time::Duration};

use hanulgil::{
    app::{
        Action, Around, Input, Key, Look, Seen,
        bench::{
            Bench, Pane, Told,
            edit::carry_out,
            form::{Ask, Form},
            inspect::Row,
            pick::{Chosen, Pick, Picker},
        },
    },
    cloud::{Change, Network, ServiceChange, Thing, TransitChange},
    course::{Allowed, Course, Pack, edit::Failed},
    i18n::Lang,
    journal::Progress,
};

use made::whole;

/// Names every variant of an enum of changes; one that is left out does not compile.
macro_rules! counted {
    ($all:ident $name:ident $kind:ident $($variant:ident)*) => {
        const $all: &[&str] = &[$(stringify!($variant)),*];
        fn $name(change: &$kind) -> &'static str {
            match change { $($kind::$variant { .. } => stringify!($variant),)* }
        }
    };
}

counted! { OWN own Change
    CreateVpc CreateDefaultVpc DeleteVpc AssociateVpcCidrBlock DisassociateVpcCidrBlock
    CreateSubnet DeleteSubnet ModifySubnetDns64 ModifySubnetAttribute AssociateSubnetCidrBlock
    DisassociateSubnetCidrBlock CreateRouteTable DeleteRouteTable AssociateRouteTable
    ReplaceMainRouteTable CreateRoute ReplaceRoute DeleteRoute CreateInternetGateway
    AttachInternetGateway AssociateGatewayRouteTable DetachInternetGateway DeleteInternetGateway
    CreateEgressOnlyGateway DeleteEgressOnlyGateway CreateNatGateway CreateRegionalNatGateway
    DeleteNatGateway AssociateNatGatewayAddress DisassociateNatGatewayAddress CreatePeering
    ModifyPeeringOptions AcceptPeering RejectPeering DeletePeering CreatePrefixList
    ModifyPrefixList DeletePrefixList ReplacePrefixListRoute CreatePrefixListRoute
    DeletePrefixListRoute CreateGatewayEndpoint ModifyGatewayEndpoint ModifyGatewayEndpointPolicy
    DeleteGatewayEndpoint CreateSecurityGroup DeleteSecurityGroup AuthorizeSecurityGroup
    RevokeSecurityGroup ModifySecurityGroupRule CreateNetworkAcl DeleteNetworkAcl
    AssociateNetworkAcl CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry
    RunInstance StopInstance StartInstance TerminateInstance CreateInterface AttachInterface
    DetachInterface DeleteInterface ModifyInterfaceGroups ModifySourceDestCheck AssignIpv6Address
    UnassignIpv6Address AssociateAddress DisassociateAddress AssociateAddressWith
    DisassociateAddressOf AssignPrivateAddress UnassignPrivateAddress ModifyBlockPublicAccess
    PutExclusion DeleteExclusion ModifyVpcAttribute ConfigureInstance CreateHost DeleteHost
    Service Transit
}

counted! { SERVICE service ServiceChange
    CreateLoadBalancer DeleteLoadBalancer SetSubnets SetSecurityGroups SetIpAddressType
    ModifyLoadBalancerAttributes
    CreateListener ModifyListener DeleteListener CreateTargetGroup DeleteTargetGroup RegisterTarget
    DeregisterTarget ModifyTargetGroupAttributes CreateInterfaceEndpoint ModifyInterfaceEndpoint
    ModifyEndpointAddressType ModifyFunctionIpv6 ModifyDatabaseNetworkType
    DeleteInterfaceEndpoint AcceptEndpoint CreateEndpointService DeleteEndpointService
    CreateFunction UpdateFunction DeleteFunction CreateDatabase ModifyDatabase ModifyDatabaseGroups
    DeleteDatabase RunTask StopTask CreateApi CreateVpcLink DeleteApi CreateDistribution
    DeleteDistribution CreateService DeleteService
}

counted! { TRANSIT transit TransitChange
    CreateTransitGateway ModifyTransitGateway DeleteTransitGateway
    CreateTransitGatewayVpcAttachment ModifyTransitGatewayVpcAttachment
    CreateTransitGatewayPeeringAttachment AttachDirectConnectGateway CreateTransitGatewayConnect
    AcceptTransitGatewayAttachment RejectTransitGatewayAttachment DeleteTransitGatewayAttachment
    CreateTransitGatewayRouteTable DeleteTransitGatewayRouteTable AssociateTransitGatewayRouteTable
    DisassociateTransitGatewayRouteTable EnableTransitGatewayRouteTablePropagation
    DisableTransitGatewayRouteTablePropagation CreateTransitGatewayRoute ReplaceTransitGatewayRoute
    DeleteTransitGatewayRoute CreateVpnGateway AttachVpnGateway DetachVpnGateway DeleteVpnGateway
    EnableVgwRoutePropagation DisableVgwRoutePropagation AssociateVgwRouteTable
    CreateCustomerGateway DeleteCustomerGateway CreateVpnConnection DeleteVpnConnection
    CreateVpnConnectionRoute DeleteVpnConnectionRoute CreateDirectConnectGateway
    DeleteDirectConnectGateway CreateDirectConnectGatewayAssociation
    DeleteDirectConnectGatewayAssociation ConfigureVpnTunnels CreateOnPremises ConfigureOnPremises
    DeleteOnPremises
}

/// Those that no key makes, each with its reason. There is none.
const NOT_BY_HAND: &[(&str, &str)] = &[];

fn name(change: &Change) -> &'static str {
    match change {
        Change::Service(change) => service(change),
        Change::Transit(change) => transit(change),
        change => own(change),
    }
}

fn around<'a>(course: &'a Course, progress: &'a Progress, seen: &'a Seen) -> Around<'a> {
    Around {
        lang: Lang::En,
        course,
        progress,
        seen,
        now: Duration::ZERO,
        moment: None,
        look: Look::default(),
    }
}

/// A person at a bench, with a keyboard.
struct Hand {
    bench: Bench,
    course: Course,
    progress: Progress,
    seen: Seen,
    made: BTreeSet<&'static str>,
}

impl Hand {
    fn new(network: &Network) -> Self {
        let bench = Bench::new("test", network, Allowed::Everything, None);
        let (course, _) = Course::open(Pack::builtin());
        let seen = Seen { map: (80, 20), wide: true, ..Seen::default() };
        let progress = Progress::default();
        Self { bench, course, progress, seen, made: BTreeSet::new() }
    }

    fn input(&mut self, input: &Input) {
        let mut told: Vec<Told> = Vec::new();
        self.bench.begin(input);
        let around = around(&self.course, &self.progress, &self.seen);
        self.bench.update(input, around, &mut told);
    }

    /// What the screen does when a person looks up: here only where it matters.
    fn settle(&mut self) {
        self.bench.settle(around(&self.course, &self.progress, &self.seen));
    }

    fn act(&mut self, action: Action) {
        self.input(&Input::Act(action));
    }

    /// Presses one key so many times.
    fn times(&mut self, action: Action, count: usize) {
        for _ in 0..count {
            self.act(action);
        }
    }

    fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.input(&Input::Type(Key::char(letter)));
        }
    }

    /// Finds a thing by searching for its name, and looks at it.
    fn look_at(&mut self, thing: Option<Thing>) {
        if self.bench.focus() == Pane::Inspect && self.bench.subject() == thing {
            return;
        }
        let name = match thing {
            Some(thing) => self.bench.network().name(thing).unwrap().to_string(),
            None => "internet".to_owned(),
        };
        self.act(Action::Find);
        self.type_text(&name);
        let picker = self.bench.picker().unwrap().clone();
        let choices = self.bench.stock(Lang::En).choices(&picker);
        let wanted = |what: &Chosen| matches!(what, Chosen::Show(shown) if *shown == thing);
        let at = choices.iter().position(|choice| wanted(&choice.what));
        self.times(Action::Down, at.unwrap_or_else(|| panic!("{thing:?} cannot be found")));
        self.act(Action::Confirm);
        self.settle();
        self.act(Action::Option(2));
        assert_eq!(self.bench.focus(), Pane::Inspect);
        assert_eq!(self.bench.subject(), thing);
    }

    /// Chooses a row of the inspector.
    fn go_to(&mut self, row: usize) {
        let at = self.bench.row();
        self.times(Action::Down, row.saturating_sub(at));
        self.times(Action::Up, at.saturating_sub(row));
        assert_eq!(self.bench.row(), row);
    }

    /// Fills the form in, as far as it is not, and sends it off; `turns` says how often the next
    /// known value is taken, of which field. Answers how many fields there are.
    fn fill(&mut self, turns: Option<(usize, usize)>) -> usize {
        let Some(form) = self.bench.form() else { return 0 };
        let fields: Vec<(Ask, bool)> =
            form.fields.iter().map(|field| (field.ask, field.text.value().is_empty())).collect();
        for (at, (ask, empty)) in fields.iter().enumerate() {
            if let Some((field, count)) = turns
                && field == at
            {
                self.times(Action::Down, count);
            }
            if *empty {
                match ask {
                    Ask::Block => self.type_text("10.77.0.0/16"),
                    ask => panic!("nothing is offered for {ask:?}"),
                }
            }
            self.act(Action::Next);
        }
        self.act(Action::Confirm);
        fields.len()
    }

    /// Notes what was made since, and takes it back.
    fn note(&mut self, before: &Network, where_from: &str) {
        for change in self.bench.changes() {
            self.made.insert(name(&change));
        }
        while self.bench.steps().0 > 0 {
            self.act(Action::Undo);
        }
        self.settle();
        assert!(*self.bench.network() == *before, "{where_from} cannot be taken back");
    }

    /// Leaves whatever is open.
    fn leave(&mut self) {
        while self.bench.is_asking() {
            self.act(Action::Back);
        }
    }
}

fn live(bench: &Bench) -> Vec<Row> {
    bench.rows().into_iter().filter(Row::is_live).collect()
}

#[test]
fn every_change_there_is_can_be_made_by_keys() {
    let network = whole();
    let mut hand = Hand::new(&network);
    // What the palette makes.
    hand.act(Action::New);
    let rows = hand.bench.stock(Lang::En).choices(&Picker::new(Pick::New));
    hand.leave();
    for (at, row) in rows.iter().enumerate() {
        if !matches!(row.what, Chosen::Edit(_)) {
            continue;
        }
        hand.act(Action::New);
        hand.times(Action::Down, at);
        hand.act(Action::Confirm);
        hand.fill(None);
        hand.leave();
        hand.note(&network, &row.name);
    }
    // What the inspector changes, of every thing there is: with Enter, with another value, and
    // with Delete.
    let found = hand.bench.stock(Lang::En).choices(&Picker::new(Pick::Find));
    let things = found.into_iter().filter_map(|choice| match choice.what {
        Chosen::Show(thing) => Some(thing),
        _ => None,
    });
    for thing in things {
        hand.look_at(thing);
        let rows = live(&hand.bench).len();
        for at in 0..rows {
            let mut fields = 0;
            let mut turns = vec![(Action::Confirm, None), (Action::Delete, None)];
            while let Some((key, turn)) = turns.pop() {
                hand.look_at(thing);
                hand.go_to(at);
                hand.act(key);
                let asked = hand.fill(turn);
                hand.leave();
                hand.note(&network, &format!("{thing:?} row {at} {key:?}"));
                // Every other value of each field, one after the other.
                if key == Action::Confirm && fields == 0 && asked > 0 {
                    fields = asked;
                    for field in 0..fields {
                        turns.extend((1..=2).map(|count| (Action::Confirm, Some((field, count)))));
                    }
                }
            }
        }
    }
    let all = OWN.iter().chain(SERVICE).chain(TRANSIT);
    let missing: Vec<&&str> = all
        .filter(|it| !["Service", "Transit"].contains(it))
        .filter(|it| !NOT_BY_HAND.iter().any(|(name, _)| name == *it))
        .filter(|it| !hand.made.contains(**it))
        .collect();
    assert!(missing.is_empty(), "no key makes {missing:?}");
}

#[test]
fn every_form_can_be_sent_off_as_it_opens_or_says_what_it_wants() {
    // What the palette offers is filled in: Enter alone makes it, or AWS says why not.
    let network = whole();
    let hand = Hand::new(&network);
    let stock = hand.bench.stock(Lang::Ko);
    for choice in stock.choices(&Picker::new(Pick::New)) {
        let Chosen::Edit(edit) = choice.what else { continue };
        let form = Form::of(edit, &network).expect("what is new asks for its name");
        assert_eq!(form.first_problem(&network), None, "{}", choice.name);
        let orders = form.orders(&network).unwrap();
        let mut after = network.clone();
        let made = carry_out(&mut after, orders);
        let unreadable = matches!(made, Err(Failed::Unreadable(_)));
        assert!(!unreadable, "{}: {:?}", choice.name, made.err());
    }
}
