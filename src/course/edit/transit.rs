//! The lines for transit gateways, virtual private gateways, VPN and on-premises networks.

use crate::{
    cloud::{
        Change, CustomerGateway, DirectConnectGateway, Id, Listening, Network, OnPremises,
        TransitGateway, TransitGatewayAttachment, TransitGatewayAttachmentId,
        TransitGatewayOptions, TransitGatewayRouteTable, TransitGatewayRouteTableId, Tunnel,
        VirtualPrivateGateway, VpnConnection, VpnRouting, VpnSide,
    },
    course::{
        edit::{Options, cidr, ipv4, keyword, new_name, on, on_or_off, push, push_listening, vpc},
        grammar::{self, Line, Read, quote},
        names::{Named, find, word},
    },
    net::Cidr,
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 37] = [
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
];

/// The operation of such a change, by its place in [`VERBS`]; `None` for other changes.
pub(super) fn verb(change: &Change) -> Option<&'static str> {
    Some(match change {
        Change::CreateTransitGateway { .. } => "create-transit-gateway",
        Change::ModifyTransitGateway { .. } => "modify-transit-gateway",
        Change::DeleteTransitGateway { .. } => "delete-transit-gateway",
        Change::CreateTransitGatewayVpcAttachment { .. } => "create-transit-gateway-vpc-attachment",
        Change::ModifyTransitGatewayVpcAttachment { .. } => "modify-transit-gateway-vpc-attachment",
        Change::CreateTransitGatewayPeeringAttachment { .. } => {
            "create-transit-gateway-peering-attachment"
        }
        Change::AttachDirectConnectGateway { .. } => "attach-direct-connect-gateway",
        Change::CreateTransitGatewayConnect { .. } => "create-transit-gateway-connect",
        Change::AcceptTransitGatewayAttachment { .. } => "accept-transit-gateway-attachment",
        Change::RejectTransitGatewayAttachment { .. } => "reject-transit-gateway-attachment",
        Change::DeleteTransitGatewayAttachment { .. } => "delete-transit-gateway-attachment",
        Change::CreateTransitGatewayRouteTable { .. } => "create-transit-gateway-route-table",
        Change::DeleteTransitGatewayRouteTable { .. } => "delete-transit-gateway-route-table",
        Change::AssociateTransitGatewayRouteTable { .. } => "associate-transit-gateway-route-table",
        Change::DisassociateTransitGatewayRouteTable { .. } => {
            "disassociate-transit-gateway-route-table"
        }
        Change::EnableTransitGatewayRouteTablePropagation { .. } => {
            "enable-transit-gateway-route-table-propagation"
        }
        Change::DisableTransitGatewayRouteTablePropagation { .. } => {
            "disable-transit-gateway-route-table-propagation"
        }
        Change::CreateTransitGatewayRoute { .. } => "create-transit-gateway-route",
        Change::ReplaceTransitGatewayRoute { .. } => "replace-transit-gateway-route",
        Change::DeleteTransitGatewayRoute { .. } => "delete-transit-gateway-route",
        Change::CreateVpnGateway { .. } => "create-vpn-gateway",
        Change::AttachVpnGateway { .. } => "attach-vpn-gateway",
        Change::DetachVpnGateway { .. } => "detach-vpn-gateway",
        Change::DeleteVpnGateway { .. } => "delete-vpn-gateway",
        Change::EnableVgwRoutePropagation { .. } => "enable-vgw-route-propagation",
        Change::DisableVgwRoutePropagation { .. } => "disable-vgw-route-propagation",
        Change::CreateCustomerGateway { .. } => "create-customer-gateway",
        Change::DeleteCustomerGateway { .. } => "delete-customer-gateway",
        Change::CreateVpnConnection { .. } => "create-vpn-connection",
        Change::DeleteVpnConnection { .. } => "delete-vpn-connection",
        Change::CreateVpnConnectionRoute { .. } => "create-vpn-connection-route",
        Change::DeleteVpnConnectionRoute { .. } => "delete-vpn-connection-route",
        Change::CreateDirectConnectGateway { .. } => "create-direct-connect-gateway",
        Change::CreateDirectConnectGatewayAssociation { .. } => {
            "create-direct-connect-gateway-association"
        }
        Change::DeleteDirectConnectGatewayAssociation { .. } => {
            "delete-direct-connect-gateway-association"
        }
        Change::ConfigureVpnTunnels { .. } => "configure-vpn-tunnels",
        Change::CreateOnPremises { .. } => "create-on-premises",
        _ => return None,
    })
}

/// What stands behind the operation.
pub(super) fn print(n: &Network, change: &Change) -> String {
    match change {
        Change::CreateTransitGateway { name, options } => {
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
        Change::ModifyTransitGateway {
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
        Change::DeleteTransitGateway { gateway } => word(n, *gateway),
        Change::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets } => {
            let mut line = format!("{} {} {}", quote(name), word(n, *gateway), word(n, *vpc));
            for subnet in subnets {
                line.extend([" ", &word(n, *subnet)]);
            }
            line
        }
        Change::ModifyTransitGatewayVpcAttachment {
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
        Change::CreateTransitGatewayPeeringAttachment { name, gateway, peer } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *peer))
        }
        Change::AttachDirectConnectGateway { name, gateway, line } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *line))
        }
        Change::CreateTransitGatewayConnect { name, gateway, on_premises } => {
            format!("{} {} {}", quote(name), word(n, *gateway), word(n, *on_premises))
        }
        Change::AcceptTransitGatewayAttachment { attachment }
        | Change::RejectTransitGatewayAttachment { attachment }
        | Change::DeleteTransitGatewayAttachment { attachment } => word(n, *attachment),
        Change::CreateTransitGatewayRouteTable { name, gateway } => {
            format!("{} {}", quote(name), word(n, *gateway))
        }
        Change::DeleteTransitGatewayRouteTable { table } => word(n, *table),
        Change::AssociateTransitGatewayRouteTable { attachment, table }
        | Change::DisassociateTransitGatewayRouteTable { attachment, table }
        | Change::EnableTransitGatewayRouteTablePropagation { attachment, table }
        | Change::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
            format!("{} {}", word(n, *table), word(n, *attachment))
        }
        Change::CreateTransitGatewayRoute { table, destination, attachment }
        | Change::ReplaceTransitGatewayRoute { table, destination, attachment } => {
            let to = attachment.map_or_else(|| BLACKHOLE.to_owned(), |it| attachment_word(n, it));
            format!("{} {destination} -> {to}", word(n, *table))
        }
        Change::DeleteTransitGatewayRoute { table, destination } => {
            format!("{} {destination}", word(n, *table))
        }
        Change::CreateVpnGateway { name } => quote(name).clone(),
        Change::AttachVpnGateway { gateway, vpc } | Change::DetachVpnGateway { gateway, vpc } => {
            format!("{} {}", word(n, *gateway), word(n, *vpc))
        }
        Change::DeleteVpnGateway { gateway } => word(n, *gateway),
        Change::EnableVgwRoutePropagation { gateway, table }
        | Change::DisableVgwRoutePropagation { gateway, table } => {
            format!("{} {}", word(n, *table), word(n, *gateway))
        }
        Change::CreateCustomerGateway { name, on_premises, address } => {
            let mut line = format!("{} {}", quote(name), word(n, *on_premises));
            push(&mut line, "address", *address);
            line
        }
        Change::DeleteCustomerGateway { gateway } => word(n, *gateway),
        Change::CreateVpnConnection { name, customer_gateway, side, routing } => {
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
        Change::DeleteVpnConnection { vpn } => word(n, *vpn),
        Change::CreateVpnConnectionRoute { vpn, destination }
        | Change::DeleteVpnConnectionRoute { vpn, destination } => {
            format!("{} {destination}", word(n, *vpn))
        }
        Change::CreateDirectConnectGateway { name, on_premises } => {
            format!("{} {}", quote(name), word(n, *on_premises))
        }
        Change::CreateDirectConnectGatewayAssociation { line, gateway }
        | Change::DeleteDirectConnectGatewayAssociation { line, gateway } => {
            format!("{} {}", word(n, *line), word(n, *gateway))
        }
        Change::ConfigureVpnTunnels { vpn, tunnels } => {
            let [first, second] = tunnels.map(crate::tell::written::tunnel);
            format!("{} {first} {second}", word(n, *vpn))
        }
        Change::CreateOnPremises { name, cidrs, listening } => {
            let mut line = quote(name).clone();
            push_blocks(&mut line, cidrs);
            if *listening != Listening::Everywhere {
                push_listening(&mut line, listening);
            }
            line
        }
        _ => String::new(),
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
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Option<Read<Change>> {
    VERBS.contains(&verb).then(|| change(n, verb, line))
}

fn change(n: &Network, verb: &str, line: &mut Line) -> Read<Change> {
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
            Change::CreateTransitGateway { name, options }
        }
        "modify-transit-gateway" => modify_gateway(n, line)?,
        "delete-transit-gateway" => Change::DeleteTransitGateway { gateway: gateway(n, line)? },
        "create-transit-gateway-vpc-attachment" => {
            let (name, gateway) = (new_name(line)?, gateway(n, line)?);
            let vpc = vpc(n, line)?;
            Change::CreateTransitGatewayVpcAttachment {
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
            Change::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: chosen,
                appliance_mode,
                group_references,
            }
        }
        "create-transit-gateway-peering-attachment" => {
            Change::CreateTransitGatewayPeeringAttachment {
                name: new_name(line)?,
                gateway: gateway(n, line)?,
                peer: gateway(n, line)?,
            }
        }
        "attach-direct-connect-gateway" => Change::AttachDirectConnectGateway {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
            line: named::<DirectConnectGateway>(n, line, "`GATEWAY`")?,
        },
        "create-transit-gateway-connect" => Change::CreateTransitGatewayConnect {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
            on_premises: site(n, line)?,
        },
        "accept-transit-gateway-attachment" => {
            Change::AcceptTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "reject-transit-gateway-attachment" => {
            Change::RejectTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "delete-transit-gateway-attachment" => {
            Change::DeleteTransitGatewayAttachment { attachment: attachment(n, line)? }
        }
        "create-transit-gateway-route-table" => Change::CreateTransitGatewayRouteTable {
            name: new_name(line)?,
            gateway: gateway(n, line)?,
        },
        "delete-transit-gateway-route-table" => {
            Change::DeleteTransitGatewayRouteTable { table: table(n, line)? }
        }
        "associate-transit-gateway-route-table" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            Change::AssociateTransitGatewayRouteTable { attachment, table }
        }
        "disassociate-transit-gateway-route-table" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            Change::DisassociateTransitGatewayRouteTable { attachment, table }
        }
        "enable-transit-gateway-route-table-propagation" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            Change::EnableTransitGatewayRouteTablePropagation { attachment, table }
        }
        "disable-transit-gateway-route-table-propagation" => {
            let table = table(n, line)?;
            let attachment = attachment(n, line)?;
            Change::DisableTransitGatewayRouteTablePropagation { attachment, table }
        }
        "create-transit-gateway-route" => {
            let (table, destination, attachment) = transit_route(n, line)?;
            Change::CreateTransitGatewayRoute { table, destination, attachment }
        }
        "replace-transit-gateway-route" => {
            let (table, destination, attachment) = transit_route(n, line)?;
            Change::ReplaceTransitGatewayRoute { table, destination, attachment }
        }
        "delete-transit-gateway-route" => {
            Change::DeleteTransitGatewayRoute { table: table(n, line)?, destination: cidr(line)? }
        }
        _ => private(n, verb, line)?,
    })
}

/// The lines for virtual private gateways, VPN and what lies behind.
fn private(n: &Network, verb: &str, line: &mut Line) -> Read<Change> {
    Ok(match verb {
        "create-vpn-gateway" => Change::CreateVpnGateway { name: new_name(line)? },
        "attach-vpn-gateway" => {
            Change::AttachVpnGateway { gateway: vgw(n, line)?, vpc: vpc(n, line)? }
        }
        "detach-vpn-gateway" => {
            Change::DetachVpnGateway { gateway: vgw(n, line)?, vpc: vpc(n, line)? }
        }
        "delete-vpn-gateway" => Change::DeleteVpnGateway { gateway: vgw(n, line)? },
        "enable-vgw-route-propagation" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            Change::EnableVgwRoutePropagation { gateway: vgw(n, line)?, table }
        }
        "disable-vgw-route-propagation" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            Change::DisableVgwRoutePropagation { gateway: vgw(n, line)?, table }
        }
        "create-customer-gateway" => {
            let (name, on_premises) = (new_name(line)?, site(n, line)?);
            let address = match option(line, &["address"])? {
                Some(_) => Some(ipv4(&line.need("`203.0.113.12`")?)?),
                None => None,
            };
            Change::CreateCustomerGateway { name, on_premises, address }
        }
        "delete-customer-gateway" => Change::DeleteCustomerGateway {
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
            Change::CreateVpnConnection { name, customer_gateway, side, routing }
        }
        "delete-vpn-connection" => Change::DeleteVpnConnection { vpn: vpn(n, line)? },
        "create-vpn-connection-route" => {
            Change::CreateVpnConnectionRoute { vpn: vpn(n, line)?, destination: cidr(line)? }
        }
        "delete-vpn-connection-route" => {
            Change::DeleteVpnConnectionRoute { vpn: vpn(n, line)?, destination: cidr(line)? }
        }
        "create-direct-connect-gateway" => Change::CreateDirectConnectGateway {
            name: new_name(line)?,
            on_premises: site(n, line)?,
        },
        "create-direct-connect-gateway-association" => {
            let private = named(n, line, "`GATEWAY`")?;
            let gateway = vgw(n, line)?;
            Change::CreateDirectConnectGatewayAssociation { line: private, gateway }
        }
        "delete-direct-connect-gateway-association" => {
            let private = named(n, line, "`GATEWAY`")?;
            let gateway = vgw(n, line)?;
            Change::DeleteDirectConnectGatewayAssociation { line: private, gateway }
        }
        "configure-vpn-tunnels" => {
            let vpn = vpn(n, line)?;
            Change::ConfigureVpnTunnels { vpn, tunnels: [tunnel(line)?, tunnel(line)?] }
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
            Change::CreateOnPremises { name, cidrs, listening }
        }
    })
}

fn modify_gateway(n: &Network, line: &mut Line) -> Read<Change> {
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
    Ok(Change::ModifyTransitGateway {
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
