//! The lines for transit gateways, virtual private gateways, VPN and on-premises networks.

use crate::{
    cloud::{
        CustomerGateway, DirectConnectGateway, Id, Listening, Network, OnPremises, TransitChange,
        TransitGateway, TransitGatewayAttachment, TransitGatewayAttachmentId,
        TransitGatewayOptions, TransitGatewayRouteTable, TransitGatewayRouteTableId, Tunnel,
        VirtualPrivateGateway, VpnConnection, VpnRouting, VpnSide,
    },
    course::{
        edit::operand::{
            Options, cidr, ipv4, keyword, new_name, on, on_or_off, push, push_listening, vpc,
        },
        grammar::{self, Line, Read, quote},
        names::{Named, find, word},
    },
    net::Cidr,
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 41] = [
    "create-transit-gateway",
    "modify-transit-gateway",
    "delete-transit-gateway",
    "create-transit-gateway-vpc-attachment",
    "modify-transit-gateway-vpc-attachment",
    "create-transit-gateway-peering-attachment",
    "attach-direct-connect-gateway",
    "create-transit-gateway-connect",
    "accept-transit-gateway-attachment",
    "reject-transit-gateway-attachment",
    "delete-transit-gateway-attachment",
    "create-transit-gateway-route-table",
    "delete-transit-gateway-route-table",
    "associate-transit-gateway-route-table",
    "disassociate-transit-gateway-route-table",
    "enable-transit-gateway-route-table-propagation",
    "disable-transit-gateway-route-table-propagation",
    "create-transit-gateway-route",
    "replace-transit-gateway-route",
    "delete-transit-gateway-route",
    "create-vpn-gateway",
    "attach-vpn-gateway",
    "detach-vpn-gateway",
    "delete-vpn-gateway",
    "enable-vgw-route-propagation",
    "disable-vgw-route-propagation",
    "associate-vpn-gateway-route-table",
    "create-customer-gateway",
    "delete-customer-gateway",
    "create-vpn-connection",
    "delete-vpn-connection",
    "create-vpn-connection-route",
    "delete-vpn-connection-route",
    "create-direct-connect-gateway",
    "create-direct-connect-gateway-association",
    "delete-direct-connect-gateway-association",
    "configure-vpn-tunnels",
    "create-on-premises",
    "delete-direct-connect-gateway",
    "configure-on-premises",
    "delete-on-premises",
];

/// The operation of such a change: one of [`VERBS`].
pub(super) fn verb(change: &TransitChange) -> &'static str {
    match change {
        TransitChange::CreateTransitGateway { .. } => "create-transit-gateway",
        TransitChange::ModifyTransitGateway { .. } => "modify-transit-gateway",
        TransitChange::DeleteTransitGateway { .. } => "delete-transit-gateway",
        TransitChange::CreateTransitGatewayVpcAttachment { .. } => {
            "create-transit-gateway-vpc-attachment"
        }
        TransitChange::ModifyTransitGatewayVpcAttachment { .. } => {
            "modify-transit-gateway-vpc-attachment"
        }
        TransitChange::CreateTransitGatewayPeeringAttachment { .. } => {
            "create-transit-gateway-peering-attachment"
        }
        TransitChange::AttachDirectConnectGateway { .. } => "attach-direct-connect-gateway",
        TransitChange::CreateTransitGatewayConnect { .. } => "create-transit-gateway-connect",
        TransitChange::AcceptTransitGatewayAttachment { .. } => "accept-transit-gateway-attachment",
        TransitChange::RejectTransitGatewayAttachment { .. } => "reject-transit-gateway-attachment",
        TransitChange::DeleteTransitGatewayAttachment { .. } => "delete-transit-gateway-attachment",
        TransitChange::CreateTransitGatewayRouteTable { .. } => {
            "create-transit-gateway-route-table"
        }
        TransitChange::DeleteTransitGatewayRouteTable { .. } => {
            "delete-transit-gateway-route-table"
        }
        TransitChange::AssociateTransitGatewayRouteTable { .. } => {
            "associate-transit-gateway-route-table"
        }
        TransitChange::DisassociateTransitGatewayRouteTable { .. } => {
            "disassociate-transit-gateway-route-table"
        }
        TransitChange::EnableTransitGatewayRouteTablePropagation { .. } => {
            "enable-transit-gateway-route-table-propagation"
        }
        TransitChange::DisableTransitGatewayRouteTablePropagation { .. } => {
            "disable-transit-gateway-route-table-propagation"
        }
        TransitChange::CreateTransitGatewayRoute { .. } => "create-transit-gateway-route",
        TransitChange::ReplaceTransitGatewayRoute { .. } => "replace-transit-gateway-route",
        TransitChange::DeleteTransitGatewayRoute { .. } => "delete-transit-gateway-route",
        TransitChange::CreateVpnGateway { .. } => "create-vpn-gateway",
        TransitChange::AttachVpnGateway { .. } => "attach-vpn-gateway",
        TransitChange::DetachVpnGateway { .. } => "detach-vpn-gateway",
        TransitChange::DeleteVpnGateway { .. } => "delete-vpn-gateway",
        TransitChange::EnableVgwRoutePropagation { .. } => "enable-vgw-route-propagation",
        TransitChange::DisableVgwRoutePropagation { .. } => "disable-vgw-route-propagation",
        TransitChange::AssociateVgwRouteTable { .. } => "associate-vpn-gateway-route-table",
        TransitChange::CreateCustomerGateway { .. } => "create-customer-gateway",
        TransitChange::DeleteCustomerGateway { .. } => "delete-customer-gateway",
        TransitChange::CreateVpnConnection { .. } => "create-vpn-connection",
        TransitChange::DeleteVpnConnection { .. } => "delete-vpn-connection",
        TransitChange::CreateVpnConnectionRoute { .. } => "create-vpn-connection-route",
        TransitChange::DeleteVpnConnectionRoute { .. } => "delete-vpn-connection-route",
        TransitChange::CreateDirectConnectGateway { .. } => "create-direct-connect-gateway",
        TransitChange::CreateDirectConnectGatewayAssociation { .. } => {
            "create-direct-connect-gateway-association"
        }
        TransitChange::DeleteDirectConnectGatewayAssociation { .. } => {
            "delete-direct-connect-gateway-association"
        }
        TransitChange::ConfigureVpnTunnels { .. } => "configure-vpn-tunnels",
        TransitChange::CreateOnPremises { .. } => "create-on-premises",
        TransitChange::ConfigureOnPremises { .. } => "configure-on-premises",
        TransitChange::DeleteOnPremises { .. } => "delete-on-premises",
        TransitChange::DeleteDirectConnectGateway { .. } => "delete-direct-connect-gateway",
    }
}

/// What stands behind the operation.
pub(super) fn print(n: &Network, change: &TransitChange) -> String {
    match change {
        TransitChange::CreateTransitGateway { name, options } => {
            let mut line = quote(name).clone();
            let TransitGatewayOptions {
                default_association,
                default_propagation,
                group_references,
            } = options;
            push(&mut line, "association", (!default_association).then_some("off"));
            push(&mut line, "propagation", (!default_propagation).then_some("off"));
            push(&mut line, "group-references", group_references.then_some("on"));
            line
        }
        TransitChange::ModifyTransitGateway {
            gateway,
            default_association,
            default_propagation,
            group_references,
        } => {
            let table = |it: &Option<_>| it.map_or_else(|| NONE.to_owned(), |it| word(n, it));
            let (first, second) = (table(default_association), table(default_propagation));
            let groups = on(*group_references);
            format!(
                "{} association={first} propagation={second} group-references={groups}",
                word(n, *gateway)
            )
        }
        TransitChange::DeleteTransitGateway { gateway } => word(n, *gateway),
        TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets } => {
            let mut line = format!("{} {} {}", quote(name), word(n, *gateway), word(n, *vpc));
            for subnet in subnets {
                line.extend([" ", &word(n, *subnet)]);
            }
            line
        }
        TransitChange::ModifyTransitGatewayVpcAttachment {
            attachment,
            subnets,
            appliance_mode,
            group_references,
        } => {
            let mut line = word(n, *attachment);
            push(&mut line, "appliance-mode", appliance_mode.map(on));
            push(&mut line, "group-references", group_references.map(on));
            if let Some(subnets) = subnets {
                line.push_str(" subnets");
                for subnet in subnets {
                    line.extend([" ", &word(n, *subnet)]);
                }
            }
            line
        }
        TransitChange::CreateTransitGatewayPeeringAttachment { name, gateway, peer } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *peer))
        }
        TransitChange::AttachDirectConnectGateway { name, gateway, line } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *line))
        }
        TransitChange::CreateTransitGatewayConnect { name, gateway, on_premises } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *on_premises))
        }
        TransitChange::AcceptTransitGatewayAttachment { attachment }
        | TransitChange::RejectTransitGatewayAttachment { attachment }
        | TransitChange::DeleteTransitGatewayAttachment { attachment } => word(n, *attachment),
        TransitChange::CreateTransitGatewayRouteTable { name, gateway } => {
            format!("{} {}", quote(name), word(n, *gateway))
        }
        TransitChange::DeleteTransitGatewayRouteTable { table } => word(n, *table),
        TransitChange::AssociateTransitGatewayRouteTable { attachment, table }
        | TransitChange::DisassociateTransitGatewayRouteTable { attachment, table }
        | TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table }
        | TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
            format!("{} {}", word(n, *table), word(n, *attachment))
        }
        TransitChange::CreateTransitGatewayRoute { table, destination, attachment }
        | TransitChange::ReplaceTransitGatewayRoute { table, destination, attachment } => {
            let to = attachment.map_or_else(|| BLACKHOLE.to_owned(), |it| attachment_word(n, it));
            format!("{} {destination} -> {to}", word(n, *table))
        }
        TransitChange::DeleteTransitGatewayRoute { table, destination } => {
            format!("{} {destination}", word(n, *table))
        }
        TransitChange::CreateVpnGateway { name } => quote(name).clone(),
        TransitChange::AttachVpnGateway { gateway, vpc }
        | TransitChange::DetachVpnGateway { gateway, vpc } => {
            format!("{} {}", word(n, *gateway), word(n, *vpc))
        }
        TransitChange::DeleteVpnGateway { gateway } => word(n, *gateway),
        TransitChange::EnableVgwRoutePropagation { gateway, table }
        | TransitChange::DisableVgwRoutePropagation { gateway, table } => {
            format!("{} {}", word(n, *table), word(n, *gateway))
        }
        TransitChange::AssociateVgwRouteTable { gateway, table } => {
            let table = table.map_or_else(|| "none".to_owned(), |it| word(n, it));
            format!("{} {table}", word(n, *gateway))
        }
        TransitChange::CreateCustomerGateway { name, on_premises, address } => {
            let mut line = format!("{} {}", quote(name), word(n, *on_premises));
            push(&mut line, "address", *address);
            line
        }
        TransitChange::DeleteCustomerGateway { gateway } => word(n, *gateway),
        TransitChange::CreateVpnConnection { name, customer_gateway, side, routing } => {
            let side = match side {
                VpnSide::VirtualPrivateGateway(id) => format!("vpn-gateway {}", word(n, *id)),
                VpnSide::TransitGateway(id) => format!("transit-gateway {}", word(n, *id)),
            };
            let mut line = format!(
                "{} {} {side} {}",
                quote(name),
                word(n, *customer_gateway),
                if routing.is_dynamic() { "bgp" } else { "static" }
            );
            push_blocks(&mut line, routing.prefixes());
            line
        }
        TransitChange::DeleteVpnConnection { vpn } => word(n, *vpn),
        TransitChange::CreateVpnConnectionRoute { vpn, destination }
        | TransitChange::DeleteVpnConnectionRoute { vpn, destination } => {
            format!("{} {destination}", word(n, *vpn))
        }
        TransitChange::CreateDirectConnectGateway { name, on_premises } => {
            format!("{} {}", quote(name), word(n, *on_premises))
        }
        TransitChange::CreateDirectConnectGatewayAssociation { line, gateway }
        | TransitChange::DeleteDirectConnectGatewayAssociation { line, gateway } => {
            format!("{} {}", word(n, *line), word(n, *gateway))
        }
        TransitChange::ConfigureVpnTunnels { vpn, tunnels } => {
            let [first, second] = tunnels.map(crate::tell::written::tunnel);
            format!("{} {first} {second}", word(n, *vpn))
        }
        TransitChange::DeleteDirectConnectGateway { line } => word(n, *line),
        TransitChange::DeleteOnPremises { on_premises } => word(n, *on_premises),
        TransitChange::ConfigureOnPremises { on_premises, cidrs } => {
            let mut line = word(n, *on_premises);
            push_blocks(&mut line, cidrs);
            line
        }
        TransitChange::CreateOnPremises { name, cidrs, listening } => {
            let mut line = quote(name).clone();
            push_blocks(&mut line, cidrs);
            if *listening != Listening::Everywhere {
                push_listening(&mut line, listening);
            }
            line
        }
    }
}

/// No table.
const NONE: &str = "none";
/// No attachment.
const BLACKHOLE: &str = "blackhole";

fn push_blocks(line: &mut String, blocks: &[Cidr]) {
    for cidr in blocks {
        line.extend([" ", &cidr.to_string()]);
    }
}

fn attachment_word(n: &Network, id: TransitGatewayAttachmentId) -> String {
    let word = word(n, id);
    // An attachment may be called like what stands for none.
    if word == BLACKHOLE { format!("#{}", id.index()) } else { word }
}

fn tunnel(line: &mut Line) -> Read<Tunnel> {
    Ok(if keyword(line, &["up", "down"])? == "up" { Tunnel::Up } else { Tunnel::Down })
}

fn named<T: Named>(n: &Network, line: &mut Line, example: &str) -> Read<Id<T>> {
    find(n, &line.need(example)?)
}

fn gateway(n: &Network, line: &mut Line) -> Read<Id<TransitGateway>> {
    named(n, line, "`GATEWAY`")
}

fn vgw(n: &Network, line: &mut Line) -> Read<Id<VirtualPrivateGateway>> {
    named(n, line, "`GATEWAY`")
}

fn attachment(n: &Network, line: &mut Line) -> Read<Id<TransitGatewayAttachment>> {
    named(n, line, "`ATTACHMENT`")
}

fn table(n: &Network, line: &mut Line) -> Read<Id<TransitGatewayRouteTable>> {
    named(n, line, "`TABLE`")
}

fn vpn(n: &Network, line: &mut Line) -> Read<Id<VpnConnection>> {
    named(n, line, "`VPN`")
}

fn site(n: &Network, line: &mut Line) -> Read<Id<OnPremises>> {
    named(n, line, "`NETWORK`")
}

/// The rest of the line as blocks.
fn blocks(line: &mut Line) -> Read<Vec<Cidr>> {
    let mut blocks = Vec::new();
    while let Some(token) = line.take() {
        blocks.push(grammar::cidr(&token)?);
    }
    Ok(blocks)
}

fn subnets(n: &Network, line: &mut Line) -> Read<Vec<crate::cloud::SubnetId>> {
    let mut subnets = Vec::new();
    while let Some(token) = line.take() {
        subnets.push(find(n, &token)?);
    }
    Ok(subnets)
}

/// Reads what stands behind the operation; `None` when it is no operation of these.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Option<Read<TransitChange>> {
    VERBS.contains(&verb).then(|| change(n, verb, line))
}

fn change(n: &Network, verb: &str, line: &mut Line) -> Read<TransitChange> {
    Ok(match verb {
        "create-transit-gateway" => {
            let name = new_name(line)?;
            let mut options = TransitGatewayOptions::default();
            while let Some(key) = option(line, &["association", "propagation", "group-references"])?
            {
                let flag = on_or_off(line)?;
                match key {
                    "association" => options.default_association = flag,
                    "propagation" => options.default_propagation = flag,
                    _ => options.group_references = flag,
                }
            }
            TransitChange::CreateTransitGateway { name, options }
        }
        "modify-transit-gateway" => modify_gateway(n, line)?,
        "delete-transit-gateway" => {
            TransitChange::DeleteTransitGateway { gateway: gateway(n, line)? }
        }
        "create-transit-gateway-vpc-attachment" => {
            let (name, gateway) = (new_name(line)?, gateway(n, line)?);
            let vpc = vpc(n, line)?;
            TransitChange::CreateTransitGatewayVpcAttachment {
                name,
                gateway,
                vpc,
                subnets: subnets(n, line)?,
            }
        }
        "modify-transit-gateway-vpc-attachment" => {
            let attachment = attachment(n, line)?;
            let (mut chosen, mut appliance_mode, mut group_references) = (None, None, None);
            while line.peek().is_some() {
                if line.accept("subnets") {
                    chosen = Some(subnets(n, line)?);
                    break;
                }
                match option(line, &["appliance-mode", "group-references"])? {
                    Some("appliance-mode") => appliance_mode = Some(on_or_off(line)?),
                    _ => group_references = Some(on_or_off(line)?),
                }
            }
            TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: chosen,
                appliance_mode,
                group_references,
            }
        }
        "create-transit-gateway-peering-attachment" => {
            TransitChange::CreateTransitGatewayPeeringAttachment {
                name: new_name(line)?,
                gateway: gateway(n, line)?,
                peer: gateway(n, line)?,
            }
        }
        "attach-direct-connect-gateway" => TransitChange::AttachDirectConnectGateway {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
            line: named::<DirectConnectGateway>(n, line, "`GATEWAY`")?,
        },
        "create-transit-gateway-connect" => TransitChange::CreateTransitGatewayConnect {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
            on_premises: site(n, line)?,
        },
        "accept-transit-gateway-attachment" => {
            TransitChange::AcceptTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "reject-transit-gateway-attachment" => {
            TransitChange::RejectTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "delete-transit-gateway-attachment" => {
            TransitChange::DeleteTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "create-transit-gateway-route-table" => TransitChange::CreateTransitGatewayRouteTable {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
        },
        "delete-transit-gateway-route-table" => {
            TransitChange::DeleteTransitGatewayRouteTable { table: table(n, line)? }
        }
        "associate-transit-gateway-route-table" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            TransitChange::AssociateTransitGatewayRouteTable { attachment, table }
        }
        "disassociate-transit-gateway-route-table" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            TransitChange::DisassociateTransitGatewayRouteTable { attachment, table }
        }
        "enable-transit-gateway-route-table-propagation" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table }
        }
        "disable-transit-gateway-route-table-propagation" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table }
        }
        "create-transit-gateway-route" => {
            let (table, destination, attachment) = transit_route(n, line)?;
            TransitChange::CreateTransitGatewayRoute { table, destination, attachment }
        }
        "replace-transit-gateway-route" => {
            let (table, destination, attachment) = transit_route(n, line)?;
            TransitChange::ReplaceTransitGatewayRoute { table, destination, attachment }
        }
        "delete-transit-gateway-route" => TransitChange::DeleteTransitGatewayRoute {
            table: table(n, line)?,
            destination: cidr(line)?,
        },
        _ => private(n, verb, line)?,
    })
}

/// The lines for virtual private gateways, VPN and what lies behind.
fn private(n: &Network, verb: &str, line: &mut Line) -> Read<TransitChange> {
    Ok(match verb {
        "create-vpn-gateway" => TransitChange::CreateVpnGateway { name: new_name(line)? },
        "attach-vpn-gateway" => {
            TransitChange::AttachVpnGateway { gateway: vgw(n, line)?, vpc: vpc(n, line)? }
        }
        "detach-vpn-gateway" => {
            TransitChange::DetachVpnGateway { gateway: vgw(n, line)?, vpc: vpc(n, line)? }
        }
        "delete-vpn-gateway" => TransitChange::DeleteVpnGateway { gateway: vgw(n, line)? },
        "enable-vgw-route-propagation" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            TransitChange::EnableVgwRoutePropagation { gateway: vgw(n, line)?, table }
        }
        "disable-vgw-route-propagation" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            TransitChange::DisableVgwRoutePropagation { gateway: vgw(n, line)?, table }
        }
        "associate-vpn-gateway-route-table" => {
            let gateway = vgw(n, line)?;
            let table = line.need("`TABLE`, `none`")?;
            let table = if table.is("none") { None } else { Some(find(n, &table)?) };
            TransitChange::AssociateVgwRouteTable { gateway, table }
        }
        "create-customer-gateway" => {
            let (name, on_premises) = (new_name(line)?, site(n, line)?);
            let address = match option(line, &["address"])? {
                Some(_) => Some(ipv4(&line.need("`203.0.113.12`")?)?),
                None => None,
            };
            TransitChange::CreateCustomerGateway { name, on_premises, address }
        }
        "delete-customer-gateway" => TransitChange::DeleteCustomerGateway {
            gateway: named::<CustomerGateway>(n, line, "`GATEWAY`")?,
        },
        "create-vpn-connection" => {
            let name = new_name(line)?;
            let customer_gateway = named::<CustomerGateway>(n, line, "`GATEWAY`")?;
            let side = match keyword(line, &["vpn-gateway", "transit-gateway"])? {
                "vpn-gateway" => VpnSide::VirtualPrivateGateway(vgw(n, line)?),
                _ => VpnSide::TransitGateway(gateway(n, line)?),
            };
            let routing = match keyword(line, &["bgp", "static"])? {
                "bgp" => VpnRouting::Bgp(blocks(line)?),
                _ => VpnRouting::Static(blocks(line)?),
            };
            TransitChange::CreateVpnConnection { name, customer_gateway, side, routing }
        }
        "delete-vpn-connection" => TransitChange::DeleteVpnConnection { vpn: vpn(n, line)? },
        "create-vpn-connection-route" => {
            TransitChange::CreateVpnConnectionRoute { vpn: vpn(n, line)?, destination: cidr(line)? }
        }
        "delete-vpn-connection-route" => {
            TransitChange::DeleteVpnConnectionRoute { vpn: vpn(n, line)?, destination: cidr(line)? }
        }
        "delete-direct-connect-gateway" => {
            TransitChange::DeleteDirectConnectGateway { line: named(n, line, "`GATEWAY`")? }
        }
        "configure-on-premises" => {
            let on_premises = site(n, line)?;
            TransitChange::ConfigureOnPremises { on_premises, cidrs: blocks(line)? }
        }
        "delete-on-premises" => TransitChange::DeleteOnPremises { on_premises: site(n, line)? },
        "create-direct-connect-gateway" => TransitChange::CreateDirectConnectGateway {
            name: new_name(line)?,
            on_premises: site(n, line)?,
        },
        "create-direct-connect-gateway-association" => {
            let private = named(n, line, "`GATEWAY`")?;
            let gateway = vgw(n, line)?;
            TransitChange::CreateDirectConnectGatewayAssociation { line: private, gateway }
        }
        "delete-direct-connect-gateway-association" => {
            let private = named(n, line, "`GATEWAY`")?;
            let gateway = vgw(n, line)?;
            TransitChange::DeleteDirectConnectGatewayAssociation { line: private, gateway }
        }
        "configure-vpn-tunnels" => {
            let vpn = vpn(n, line)?;
            TransitChange::ConfigureVpnTunnels { vpn, tunnels: [tunnel(line)?, tunnel(line)?] }
        }
        _ => {
            let name = new_name(line)?;
            let mut cidrs = Vec::new();
            while line.peek().is_some_and(|token| !token.text.ends_with('=')) {
                cidrs.push(cidr(line)?);
            }
            let mut options = Options::default();
            options.read(n, line, None, &["listen"])?;
            let listening = options.listening.unwrap_or(Listening::Everywhere);
            TransitChange::CreateOnPremises { name, cidrs, listening }
        }
    })
}

fn modify_gateway(n: &Network, line: &mut Line) -> Read<TransitChange> {
    let gateway = gateway(n, line)?;
    let row = n.transit_gateways().get(gateway);
    let mut default_association = row.and_then(|it| it.default_association);
    let mut default_propagation = row.and_then(|it| it.default_propagation);
    let mut group_references = row.is_some_and(|it| it.group_references);
    while let Some(key) = option(line, &["association", "propagation", "group-references"])? {
        if key == "group-references" {
            group_references = on_or_off(line)?;
            continue;
        }
        let chosen = if line.accept(NONE) { None } else { Some(table(n, line)?) };
        if key == "association" {
            default_association = chosen;
        } else {
            default_propagation = chosen;
        }
    }
    Ok(TransitChange::ModifyTransitGateway {
        gateway,
        default_association,
        default_propagation,
        group_references,
    })
}

type Written = (TransitGatewayRouteTableId, Cidr, Option<TransitGatewayAttachmentId>);

fn transit_route(n: &Network, line: &mut Line) -> Read<Written> {
    let (table, destination) = (table(n, line)?, cidr(line)?);
    keyword(line, &["->"])?;
    let chosen = if line.accept(BLACKHOLE) { None } else { Some(attachment(n, line)?) };
    Ok((table, destination, chosen))
}

/// The next `key=`, when the line goes on.
fn option(line: &mut Line, keys: &[&'static str]) -> Read<Option<&'static str>> {
    let Some(token) = line.take() else { return Ok(None) };
    let key = token.text.strip_suffix('=');
    if let Some(key) = keys.iter().copied().find(|it| Some(*it) == key) {
        return Ok(Some(key));
    }
    let wanted = crate::course::document::list(keys.iter().copied());
    Err(token.slip(crate::i18n::fault::expected(&wanted, &token.text)))
}
