//! What can be made: every kind of thing once, under a heading, with the names by which one looks
//! for it in either language.

use self::Group as G;
use crate::{
    app::bench::{
        edit::Edit,
        form::{Form, New},
        lines::Table,
        pick::{Choice, Chosen, Need, Stock, Trouble},
    },
    cloud::{LoadBalancerId, ServiceKind, SubnetId, TargetGroupId, Thing, TransitGatewayId, VpcId},
    i18n::Lang,
    text::hangul::finds,
};

/// What rows of the palette stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what it heads")]
pub enum Group {
    Basics,
    Workloads,
    Between,
    Services,
    Premises,
    Copies,
}

/// What making this is called; `None` for edits that make nothing new.
pub fn title(edit: Edit, lang: Lang) -> Option<&'static str> {
    let (lab, new) = (&lang.strings().lab, &lang.strings().bench);
    Some(match edit {
        Edit::CreateVpc => lab.create_vpc,
        Edit::CreateSubnet(_) => lab.create_subnet,
        Edit::CreateTable(_) => lab.create_table,
        Edit::CreateGateway(_) => lab.create_gateway,
        Edit::CreateNat(_) => lab.create_nat,
        Edit::CreateGroup(_) => lab.create_group,
        Edit::CreateAcl(_) => lab.create_acl,
        Edit::Launch(_) => lab.launch,
        Edit::AddLine(Table::Listeners(_)) => new.listener,
        Edit::AddLine(Table::Targets(_)) => new.target,
        Edit::New(new_one) => match new_one {
            New::EgressOnlyGateway(_) => new.egress_only,
            New::RegionalNat(_) => new.regional_nat,
            New::Interface(_) => new.interface,
            New::Peering(_) => new.peering,
            New::PrefixList => new.prefix_list,
            New::GatewayEndpoint(_) => new.gateway_endpoint,
            New::InterfaceEndpoint(_) => new.interface_endpoint,
            New::LoadBalancer(_) => new.load_balancer,
            New::TargetGroup(_) => new.target_group,
            New::EndpointService => new.endpoint_service,
            New::Function(_) => new.function,
            New::Database(_) => new.database,
            New::Task(_) => new.task,
            New::TransitGateway => new.transit_gateway,
            New::TransitAttachment(_) => new.transit_attachment,
            New::TransitTable(_) => new.transit_table,
            New::VpnGateway(_) => new.vpn_gateway,
            New::CustomerGateway => new.customer_gateway,
            New::VpnConnection => new.vpn,
            New::OnPremises => new.on_premises,
            New::Host => new.host,
            New::DefaultVpc => new.default_vpc,
            New::Service(_) => new.service,
            New::Api => new.api,
            New::Distribution => new.distribution,
            New::DirectConnect => new.direct_connect,
            New::TransitPeering(_) => new.transit_peering,
            New::TransitConnect(_) => new.transit_connect,
        },
        _ => return None,
    })
}

/// Short names by which people call these, the same in every language.
fn short(edit: Edit) -> &'static str {
    match edit {
        Edit::CreateTable(_) => "rtb route table",
        Edit::CreateGateway(_) => "igw",
        Edit::CreateNat(_) => "nat gateway natgw",
        Edit::CreateGroup(_) => "sg",
        Edit::CreateAcl(_) => "nacl acl",
        Edit::Launch(_) => "ec2 instance server vm",
        Edit::AddLine(Table::Targets(_)) => "register elb",
        Edit::New(new) => match new {
            New::EgressOnlyGateway(_) => "eigw ipv6",
            New::RegionalNat(_) => "nat gateway regional",
            New::Interface(_) => "eni",
            New::Peering(_) => "pcx",
            New::PrefixList => "pl",
            New::GatewayEndpoint(_) => "vpce s3 dynamodb",
            New::InterfaceEndpoint(_) => "vpce privatelink",
            New::LoadBalancer(_) => "alb nlb gwlb elb",
            New::TargetGroup(_) => "tg elb",
            New::EndpointService => "privatelink vpce-svc",
            New::Function(_) => "lambda",
            New::Database(_) => "rds mysql postgresql aurora",
            New::Task(_) => "ecs fargate container",
            New::TransitGateway => "tgw",
            New::TransitAttachment(_) => "tgw attachment",
            New::TransitTable(_) => "tgw rtb",
            New::TransitPeering(_) => "tgw peering",
            New::TransitConnect(_) => "tgw connect gre sd-wan",
            New::VpnGateway(_) => "vgw vpn",
            New::CustomerGateway => "cgw vpn",
            New::VpnConnection => "vpn ipsec site-to-site",
            New::OnPremises => "office data center idc",
            New::Host => "client internet",
            New::Api => "api gateway rest http",
            New::Distribution => "cloudfront cdn",
            New::DirectConnect => "dx",
            New::Service(_) => "s3 dynamodb sqs sns kinesis secrets manager kms ecr ssm",
            New::DefaultVpc => "",
        },
        _ => "",
    }
}

impl Stock<'_> {
    /// Every kind of thing, whether it can be made now or what it still needs. `typed` narrows it
    /// down; then each service of AWS's has a row of its own.
    pub(super) fn new_things(&self, typed: &str) -> Vec<Choice> {
        let (n, vpc) = (self.network, self.vpc());
        let subnet = self.subnet(false);
        let balancer = match self.subject {
            Some(Thing::LoadBalancer(id)) => Some(id),
            _ => n.load_balancers().iter().next().map(|(id, _)| id),
        };
        let targets = match self.subject {
            Some(Thing::TargetGroup(id)) => Some(id),
            _ => n.target_groups().iter().next().map(|(id, _)| id),
        };
        let transit = match self.subject {
            Some(Thing::TransitGateway(id)) => Some(id),
            _ => n.transit_gateways().iter().next().map(|(id, _)| id),
        };
        let in_vpc = |make: fn(VpcId) -> Edit| vpc.map(make).ok_or(Need::Vpc);
        let no_subnet = if vpc.is_none() { Need::Vpc } else { Need::Subnet };
        let in_subnet = |make: fn(SubnetId) -> Edit| subnet.map(make).ok_or(no_subnet);
        let make = |new: New| Ok(Edit::New(new));
        let here = |new: fn(VpcId) -> New| vpc.map(|vpc| Edit::New(new(vpc))).ok_or(Need::Vpc);
        let inside =
            |new: fn(SubnetId) -> New| subnet.map(|it| Edit::New(new(it))).ok_or(no_subnet);
        let spread = |new: fn(VpcId) -> New| match (here(new), subnet) {
            (Ok(_), None) => Err(Need::Subnet),
            (edit, _) => edit,
        };
        let on_transit = |new: fn(TransitGatewayId) -> New| {
            transit.map(|id| Edit::New(new(id))).ok_or(Need::TransitGateway)
        };
        let listener = balancer.map(|id| Edit::AddLine(Table::Listeners(id)));
        let target = targets.map(|id| Edit::AddLine(Table::Targets(id)));
        let nat = self.subnet(true).map(Edit::CreateNat);
        // Each with what it lacks where its form cannot be filled.
        let (v, s) = (VpcId::new(0), SubnetId::new(0));
        let t = TransitGatewayId::new(0);
        let kinds: Vec<(Group, Edit, Result<Edit, Need>, Need)> = vec![
            (G::Basics, Edit::CreateVpc, Ok(Edit::CreateVpc), Need::Vpc),
            (G::Basics, Edit::CreateSubnet(v), in_vpc(Edit::CreateSubnet), Need::Vpc),
            (G::Basics, Edit::CreateTable(v), in_vpc(Edit::CreateTable), Need::Vpc),
            (G::Basics, Edit::CreateGateway(v), in_vpc(Edit::CreateGateway), Need::Vpc),
            (G::Basics, Edit::CreateNat(s), nat.ok_or(no_subnet), Need::Subnet),
            (G::Basics, Edit::New(New::RegionalNat(v)), here(New::RegionalNat), Need::Vpc),
            (G::Basics, Edit::Launch(s), in_subnet(Edit::Launch), Need::Subnet),
            (G::Basics, Edit::CreateGroup(v), in_vpc(Edit::CreateGroup), Need::Vpc),
            (G::Basics, Edit::CreateAcl(v), in_vpc(Edit::CreateAcl), Need::Vpc),
            (G::Basics, Edit::New(New::DefaultVpc), make(New::DefaultVpc), Need::Vpc),
            (
                G::Workloads,
                Edit::New(New::LoadBalancer(v)),
                spread(New::LoadBalancer),
                Need::Subnet,
            ),
            (G::Workloads, Edit::New(New::TargetGroup(v)), here(New::TargetGroup), Need::Vpc),
            (
                G::Workloads,
                Edit::AddLine(Table::Listeners(LoadBalancerId::new(0))),
                listener.ok_or(Need::Balancer),
                Need::BalancerAndGroup,
            ),
            (
                G::Workloads,
                Edit::AddLine(Table::Targets(TargetGroupId::new(0))),
                target.ok_or(Need::TargetGroup),
                Need::Subnet,
            ),
            (G::Workloads, Edit::New(New::Database(v)), spread(New::Database), Need::Subnet),
            (G::Workloads, Edit::New(New::Function(v)), spread(New::Function), Need::Subnet),
            (G::Workloads, Edit::New(New::Task(s)), inside(New::Task), no_subnet),
            (G::Workloads, Edit::New(New::Interface(s)), inside(New::Interface), no_subnet),
            (G::Workloads, Edit::New(New::Api), make(New::Api), Need::Vpc),
            (
                G::Workloads,
                Edit::New(New::Distribution),
                make(New::Distribution),
                Need::DistributionOrigin,
            ),
            (G::Between, Edit::New(New::Peering(v)), here(New::Peering), Need::OtherVpc),
            (G::Between, Edit::New(New::TransitGateway), make(New::TransitGateway), Need::Vpc),
            (
                G::Between,
                Edit::New(New::TransitAttachment(v)),
                spread(New::TransitAttachment),
                Need::TransitGateway,
            ),
            (
                G::Between,
                Edit::New(New::TransitTable(t)),
                on_transit(New::TransitTable),
                Need::TransitGateway,
            ),
            (
                G::Between,
                Edit::New(New::TransitPeering(t)),
                on_transit(New::TransitPeering),
                Need::OtherTransitGateway,
            ),
            (
                G::Between,
                Edit::New(New::EgressOnlyGateway(v)),
                here(New::EgressOnlyGateway),
                Need::Vpc,
            ),
            (G::Between, Edit::New(New::PrefixList), make(New::PrefixList), Need::Vpc),
            (G::Services, Edit::New(New::Service(None)), make(New::Service(None)), Need::Service),
            (
                G::Services,
                Edit::New(New::GatewayEndpoint(v)),
                here(New::GatewayEndpoint),
                Need::PrefixList,
            ),
            (
                G::Services,
                Edit::New(New::InterfaceEndpoint(v)),
                spread(New::InterfaceEndpoint),
                Need::Service,
            ),
            (
                G::Services,
                Edit::New(New::EndpointService),
                make(New::EndpointService),
                Need::InnerBalancer,
            ),
            (G::Premises, Edit::New(New::OnPremises), make(New::OnPremises), Need::Vpc),
            (G::Premises, Edit::New(New::VpnGateway(v)), here(New::VpnGateway), Need::Vpc),
            (
                G::Premises,
                Edit::New(New::CustomerGateway),
                make(New::CustomerGateway),
                Need::OnPremises,
            ),
            (
                G::Premises,
                Edit::New(New::VpnConnection),
                make(New::VpnConnection),
                Need::CustomerGateway,
            ),
            (
                G::Premises,
                Edit::New(New::DirectConnect),
                make(New::DirectConnect),
                Need::OnPremises,
            ),
            (
                G::Premises,
                Edit::New(New::TransitConnect(t)),
                on_transit(New::TransitConnect),
                Need::OnPremises,
            ),
            (G::Premises, Edit::New(New::Host), make(New::Host), Need::Vpc),
        ];
        let kinds = kinds.into_iter();
        let mut rows: Vec<Choice> =
            kinds.map(|(group, sample, edit, or)| self.new_row(group, sample, edit, or)).collect();
        if !typed.is_empty() {
            self.services(&mut rows);
        }
        self.copies(&mut rows);
        rows
    }

    fn new_row(&self, group: Group, sample: Edit, edit: Result<Edit, Need>, or: Need) -> Choice {
        let name = title(sample, self.lang).unwrap_or_default().to_owned();
        let trouble = match edit {
            Err(need) => Some(Trouble::Needs(need)),
            Ok(edit) if !edit.is_allowed(self.allowed) => Some(Trouble::NotAllowed),
            Ok(edit) if Form::of(edit, self.network).is_none() => Some(Trouble::Needs(or)),
            Ok(_) => None,
        };
        let does = edit.ok().and_then(Edit::about);
        let does = does.map(|thing| self.teller().thing(thing)).unwrap_or_default();
        let what = match (edit, &trouble) {
            (Ok(edit), None) => Chosen::Edit(edit),
            _ => Chosen::Nothing,
        };
        let names = Lang::ALL.map(|lang| title(sample, lang).unwrap_or_default());
        let also =
            format!("{} {} {}", names.join(" "), short(sample), sample.operations().join(" "));
        Choice { what, name, does, trouble, group: Some(group), also }
    }

    /// Each service of AWS's that is not there yet.
    fn services(&self, rows: &mut Vec<Choice>) {
        let there = |kind| {
            self.network.services().iter().any(|(_, it)| it.kind == kind && it.region.is_none())
        };
        for kind in ServiceKind::ALL.iter().copied().filter(|kind| !there(*kind)) {
            let edit = Edit::New(New::Service(Some(kind)));
            if edit.is_allowed(self.allowed) {
                rows.push(Choice {
                    what: Chosen::Edit(edit),
                    name: kind.title().to_owned(),
                    does: self.lang.strings().bench.service.to_owned(),
                    trouble: None,
                    group: Some(Group::Services),
                    also: kind.as_str().to_owned(),
                });
            }
        }
    }

    /// Copying stands below, so that the mouse and the arrows reach it.
    fn copies(&self, rows: &mut Vec<Choice>) {
        let words = &self.lang.strings().bench;
        let mut add = |what, name: fn(&crate::i18n::bench::Bench) -> &'static str, does: String| {
            let also = Lang::ALL.map(|lang| name(&lang.strings().bench)).join(" ");
            let group = Some(Group::Copies);
            let name = name(words).to_owned();
            rows.push(Choice { what, name, does, trouble: None, group, also });
        };
        let can = |thing: &Thing| crate::app::bench::clip::Clip::can_be_of(self.network, *thing);
        if let Some(thing) = self.subject.filter(can) {
            let name = self.teller().thing(thing);
            add(Chosen::Duplicate, |words| words.duplicate, name.clone());
            add(Chosen::Copy, |words| words.copy, name);
        }
        if let Some(clip) = self.clip {
            add(Chosen::Paste, |words| words.paste, clip.name.clone());
        }
    }
}

/// Does a row go with what was typed: its name in either language, a short name, the operation?
pub(super) fn goes_with(row: &Choice, typed: &str) -> bool {
    finds(&row.name, typed) || finds(&row.does, typed) || {
        let mut words = row.also.split_whitespace();
        finds(&row.also, typed) && (typed.contains(' ') || words.any(|word| finds(word, typed)))
    }
}
