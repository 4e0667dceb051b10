//! `[security_group.NAME]`

use crate::{
    cloud::{
        Change, Direction, Network, Peer, SecurityGroup, SecurityGroupId, SecurityGroupRule,
        SubnetId, VpcId,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line, Read, Token},
        names,
        scene::build::Build,
    },
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
    default: bool,
    inbound: Option<Vec<Text>>,
    outbound: Option<Vec<Text>>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        default: section.flag("default", faults).is_some_and(|(default, _)| default)
            || key.name == "default",
        key,
        vpc: section.text("vpc", faults),
        inbound: section.texts("inbound", faults),
        outbound: section.texts("outbound", faults),
    }
}

/// The group that a name means for something in this VPC: one of its own first, so that every
/// VPC may have its `default`.
pub(crate) fn find_group(network: &Network, vpc: VpcId, name: &Token) -> Read<SecurityGroupId> {
    if let Some(id) = names::numbered(name) {
        return Ok(id);
    }
    let mut own = network
        .security_groups()
        .iter()
        .filter(|(_, group)| group.vpc == vpc && *group.name == *name.text);
    match (own.next(), own.next()) {
        (Some((id, _)), None) => Ok(id),
        _ => names::find::<SecurityGroup>(network, name),
    }
}

pub(crate) fn far_peer(network: &Network, vpc: VpcId, far: grammar::Far) -> Read<Peer> {
    Ok(match far {
        grammar::Far::Cidr(cidr) => Peer::Cidr(cidr),
        grammar::Far::Group(name) => Peer::Group(find_group(network, vpc, &name)?),
        grammar::Far::PrefixList(name) => Peer::PrefixList(names::find(network, &name)?),
    })
}

impl Build<'_> {
    pub(super) fn security_group(&mut self, draft: &Draft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        if draft.default {
            return;
        }
        let name = draft.key.name.as_str().into();
        if self.make(Change::CreateSecurityGroup { name, vpc }, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }

    pub(super) fn group_rules(&mut self, draft: &Draft) {
        let group = if draft.default {
            let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else { return };
            self.network.vpcs()[vpc].default_security_group
        } else {
            match names::only::<SecurityGroup>(&self.network, &draft.key.name) {
                Some(group) => group,
                None => return,
            }
        };
        let vpc = self.network.security_groups()[group].vpc;
        for (direction, lines) in
            [(Direction::Ingress, &draft.inbound), (Direction::Egress, &draft.outbound)]
        {
            let Some(lines) = lines else { continue };
            for rule in self.network.security_groups()[group].rules(direction).to_vec() {
                self.make(Change::RevokeSecurityGroup { group, direction, rule }, &draft.key.span);
            }
            for text in lines {
                let mut line = Line::new(&text.value);
                let rule =
                    grammar::group_rule(&mut line, direction).and_then(|(protocol, ports, far)| {
                        let peer = far_peer(&self.network, vpc, far)?;
                        Ok(SecurityGroupRule { protocol, ports, peer })
                    });
                match rule {
                    Ok(rule) => {
                        let change = Change::AuthorizeSecurityGroup { group, direction, rule };
                        self.make(change, &text.at(line.whole()));
                    }
                    Err(slip) => self.slip(text, slip),
                }
            }
        }
    }

    pub(super) fn groups(
        &mut self,
        texts: Option<&[Text]>,
        subnet: SubnetId,
    ) -> Vec<SecurityGroupId> {
        let vpc = self.network.subnets()[subnet].vpc;
        let mut groups = Vec::new();
        for text in texts.unwrap_or_default() {
            let name =
                Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: true };
            match find_group(&self.network, vpc, &name) {
                Ok(group) => groups.push(group),
                Err(slip) => self.slip(text, slip),
            }
        }
        groups
    }
}
