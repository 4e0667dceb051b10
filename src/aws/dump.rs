//! The files of a description, taken apart: which objects are there, and what is said of each.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    home::Around,
    json::{self, Broken, Node, Value, Why, same_key},
    notes::{Item, Notes, Record, flipped, is_bookkeeping},
};
use crate::i18n::{aws as say, fault::Pair};

/// How many bytes a file may have.
const LARGEST: usize = 1 << 30;

/// How deep in a file its lists may lie: `{"account": {"region": {"Vpcs": [...]}}}`.
const DEEPEST_LIST: usize = 4;

/// A kind of list that the AWS CLI prints.
struct Noun {
    /// The key of the list.
    key: &'static str,
    /// The key that names an object of it.
    id: &'static str,
    /// Keys by which an object of a bare list is known: all of them are there.
    signs: &'static [&'static str],
}

const fn noun(key: &'static str, id: &'static str, signs: &'static [&'static str]) -> Noun {
    Noun { key, id, signs }
}

/// The lists that are read. The ones that look alike stand with the most telling first.
const NOUNS: &[Noun] = &[
    noun("Subnets", "SubnetId", &["SubnetId", "AvailabilityZone", "CidrBlock"]),
    noun("Vpcs", "VpcId", &["VpcId", "DhcpOptionsId"]),
    noun("RouteTables", "RouteTableId", &["RouteTableId", "Routes"]),
    noun("InternetGateways", "InternetGatewayId", &["InternetGatewayId", "Attachments"]),
    noun(
        "EgressOnlyInternetGateways",
        "EgressOnlyInternetGatewayId",
        &["EgressOnlyInternetGatewayId", "Attachments"],
    ),
    noun("NatGateways", "NatGatewayId", &["NatGatewayId", "NatGatewayAddresses"]),
    noun("SecurityGroups", "GroupId", &["GroupId", "IpPermissions"]),
    noun("SecurityGroupRules", "SecurityGroupRuleId", &["SecurityGroupRuleId", "IpProtocol"]),
    noun("NetworkAcls", "NetworkAclId", &["NetworkAclId", "Entries"]),
    noun("Addresses", "PublicIp", &["PublicIp", "Domain"]),
    noun("NetworkInterfaces", "NetworkInterfaceId", &["NetworkInterfaceId", "PrivateIpAddress"]),
    noun("Reservations", "ReservationId", &["ReservationId", "Instances"]),
    noun("Instances", "InstanceId", &["InstanceId", "ImageId"]),
    noun("PrefixLists", "PrefixListId", &["PrefixListId", "Cidrs"]),
    noun("ManagedPrefixLists", "PrefixListId", &["PrefixListId", "AddressFamily"]),
    noun(
        "VpcPeeringConnections",
        "VpcPeeringConnectionId",
        &["VpcPeeringConnectionId", "RequesterVpcInfo"],
    ),
    noun(
        "TransitGatewayVpcAttachments",
        "TransitGatewayAttachmentId",
        &["TransitGatewayAttachmentId", "SubnetIds"],
    ),
    noun(
        "TransitGatewayAttachments",
        "TransitGatewayAttachmentId",
        &["TransitGatewayAttachmentId", "ResourceType", "ResourceOwnerId"],
    ),
    noun(
        "TransitGatewayStaticRoutes",
        "TransitGatewayRouteTableId",
        &["TransitGatewayRouteTableId", "Routes"],
    ),
    noun(
        "TransitGatewayPropagations",
        "TransitGatewayRouteTableId",
        &["TransitGatewayRouteTableId", "TransitGatewayRouteTablePropagations"],
    ),
    noun(
        "TransitGatewayRouteTables",
        "TransitGatewayRouteTableId",
        &["TransitGatewayRouteTableId", "DefaultAssociationRouteTable"],
    ),
    noun("TransitGateways", "TransitGatewayId", &["TransitGatewayId", "TransitGatewayArn"]),
    noun("LoadBalancers", "LoadBalancerArn", &["LoadBalancerArn", "Scheme"]),
    noun("LoadBalancerAttributes", "LoadBalancerArn", &["LoadBalancerArn", "Attributes"]),
    noun("Rules", "RuleArn", &["RuleArn"]),
    noun("Listeners", "ListenerArn", &["ListenerArn"]),
    noun("LoadBalancerListeners", "ListenerArn", &["ListenerArn"]),
    noun("TargetGroups", "TargetGroupArn", &["TargetGroupArn", "TargetGroupName"]),
    noun("VpcEndpoints", "VpcEndpointId", &["VpcEndpointId", "ServiceName"]),
    noun("ServiceConfigurations", "ServiceId", &["ServiceId", "AcceptanceRequired"]),
    noun("VpnGateways", "VpnGatewayId", &["VpnGatewayId", "VpcAttachments"]),
    noun("VpnConnections", "VpnConnectionId", &["VpnConnectionId", "CustomerGatewayId"]),
    noun("CustomerGateways", "CustomerGatewayId", &["CustomerGatewayId", "BgpAsn"]),
    noun(
        "TransitGatewayPeeringAttachments",
        "TransitGatewayAttachmentId",
        &["TransitGatewayAttachmentId", "RequesterTgwInfo"],
    ),
    noun(
        "TransitGatewayConnects",
        "TransitGatewayAttachmentId",
        &["TransitGatewayAttachmentId", "TransportTransitGatewayAttachmentId"],
    ),
    noun(
        "TransitGatewayConnectPeers",
        "TransitGatewayConnectPeerId",
        &["TransitGatewayConnectPeerId", "ConnectPeerConfiguration"],
    ),
    // Direct Connect, ECS and Lambda write their keys in their own ways.
    noun(
        "directConnectGatewayAssociations",
        "associationId",
        &["associationId", "associatedGateway"],
    ),
    noun("virtualInterfaces", "virtualInterfaceId", &["virtualInterfaceId", "bgpPeers"]),
    noun(
        "directConnectGateways",
        "directConnectGatewayId",
        &["directConnectGatewayId", "directConnectGatewayState"],
    ),
    noun("tasks", "taskArn", &["taskArn", "taskDefinitionArn"]),
    noun("Functions", "FunctionArn", &["FunctionArn", "Handler"]),
    noun("DBInstances", "DBInstanceIdentifier", &["DBInstanceIdentifier", "DBSubnetGroup"]),
    noun(
        "LoadBalancerDescriptions",
        "LoadBalancerName",
        &["LoadBalancerName", "ListenerDescriptions"],
    ),
    noun("VpcBlockPublicAccessExclusions", "ExclusionId", &["ExclusionId", "ResourceArn"]),
];

/// Lists that do not say whose they are: a file's name, the key around them or a key beside them does.
const LOOSE: &[&str] = &[
    "Entries",
    "Routes",
    "Associations",
    "Attributes",
    "TargetHealthDescriptions",
    "TransitGatewayRouteTablePropagations",
    "TransitGatewayAttachmentPropagations",
    "TransitGatewayPrefixListReferences",
];

/// What the items of such a list have, by which it is known where the key around it is gone.
const LOOSE_SIGNS: &[(&str, &[&str])] = &[
    ("Routes", &["DestinationCidrBlock", "TransitGatewayAttachments"]),
    ("TargetHealthDescriptions", &["Target", "TargetHealth"]),
    ("TransitGatewayPrefixListReferences", &["PrefixListId", "TransitGatewayRouteTableId"]),
];

/// Which of these lists it is.
fn loose_key(list: Item) -> Option<&'static str> {
    let first = list.items().next()?;
    let fits = |signs: &[&str]| signs.iter().all(|it| first.get(it).is_some());
    LOOSE_SIGNS.iter().find(|(_, signs)| fits(signs)).map(|it| it.0)
}

/// The keys beside such a list that say whose it is.
fn is_owner(key: &str) -> bool {
    matches!(
        key,
        "PrefixListId"
            | "TransitGatewayRouteTableId"
            | "TransitGatewayAttachmentId"
            | "LoadBalancerName"
    )
}

/// Lists of objects that the simulator does not have: the key, what names one, and what they are.
const NOT_MODELLED: &[(&str, &str, Pair)] = &[
    ("CarrierGateways", "CarrierGatewayId", ("통신 사업자 게이트웨이", "carrier gateway")),
    ("LocalGateways", "LocalGatewayId", ("로컬 게이트웨이", "local gateway")),
    ("LocalGatewayRouteTables", "LocalGatewayRouteTableId", LOCAL_TABLE),
    ("Firewalls", "FirewallName", FIREWALL),
    ("FirewallMetadata", "FirewallName", FIREWALL),
    ("ClientVpnEndpoints", "ClientVpnEndpointId", CLIENT_VPN),
    ("ClientVpnTargetNetworks", "ClientVpnEndpointId", CLIENT_VPN),
    ("AuthorizationRules", "ClientVpnEndpointId", CLIENT_VPN),
    ("InstanceConnectEndpoints", "InstanceConnectEndpointId", CONNECT_ENDPOINT),
    ("CoipPools", "PoolId", ("고객 소유 IP 풀", "customer-owned IP pool")),
    ("LocalGatewayVirtualInterfaces", "LocalGatewayVirtualInterfaceId", LOCAL_LINE),
    ("LocalGatewayVirtualInterfaceGroups", "LocalGatewayVirtualInterfaceGroupId", LOCAL_LINE),
    ("LocalGatewayRouteTableVpcAssociations", "LocalGatewayRouteTableId", LOCAL_TABLE),
    (
        "LocalGatewayRouteTableVirtualInterfaceGroupAssociations",
        "LocalGatewayRouteTableId",
        LOCAL_TABLE,
    ),
    ("MulticastDomainAssociations", "TransitGatewayAttachmentId", MULTICAST),
    ("MulticastGroups", "GroupIpAddress", MULTICAST),
    ("CoreNetworks", "CoreNetworkId", ("Cloud WAN 코어 네트워크", "Cloud WAN core network")),
    ("TransitGatewayMulticastDomains", "TransitGatewayMulticastDomainId", MULTICAST),
    ("TransitGatewayPolicyTables", "TransitGatewayPolicyTableId", POLICY_TABLE),
    ("VerifiedAccessInstances", "VerifiedAccessInstanceId", VERIFIED_ACCESS),
    ("VerifiedAccessGroups", "VerifiedAccessGroupId", VERIFIED_ACCESS),
    ("VerifiedAccessEndpoints", "VerifiedAccessEndpointId", VERIFIED_ACCESS),
];

const CLIENT_VPN: Pair = ("클라이언트 VPN", "client VPN endpoint");
const CONNECT_ENDPOINT: Pair = ("EC2 Instance Connect 엔드포인트", "EC2 Instance Connect endpoint");
const VERIFIED_ACCESS: Pair = ("Verified Access", "Verified Access");
const LOCAL_LINE: Pair = ("로컬 게이트웨이 가상 인터페이스", "local gateway virtual interface");
const FIREWALL: Pair = ("네트워크 방화벽", "network firewall");
const LOCAL_TABLE: Pair = ("로컬 게이트웨이 라우팅 테이블", "local gateway route table");
const MULTICAST: Pair = ("트랜짓 게이트웨이 멀티캐스트 도메인", "transit gateway multicast domain");
const POLICY_TABLE: Pair = ("트랜짓 게이트웨이 정책 테이블", "transit gateway policy table");

/// Lists that say nothing about packets.
fn is_harmless(key: &str) -> bool {
    is_bookkeeping(key)
        || matches!(
            key,
            "Regions"
                | "AvailabilityZones"
                | "AccountAttributes"
                | "DhcpOptions"
                | "KeyPairs"
                | "Images"
                | "Snapshots"
                | "Volumes"
                | "FlowLogs"
                | "PlacementGroups"
                | "InstanceStatuses"
                | "InstanceTypes"
                | "SecurityGroupVpcAssociations"
                | "StaleSecurityGroupSet"
                | "MovingAddressStatuses"
                | "ClassicLinkInstances"
                | "ClassicLinkDnsSupported"
                | "LaunchTemplates"
                | "LaunchTemplateVersions"
                | "Account"
                | "UserId"
                | "Hosts"
                | "SpotInstanceRequests"
                | "ReservedInstances"
                | "SecurityGroupReferenceSet"
                | "DBSubnetGroups"
                | "DBClusters"
                | "DBParameterGroups"
                | "DBSecurityGroups"
                | "DBSnapshots"
                | "ServiceDetails"
                | "ServiceNames"
                | "VpcEndpointConnections"
                | "VpcEndpointConnectionNotifications"
                | "ConnectionNotificationSet"
                | "AllowedPrincipals"
                | "DnsNameState"
                | "TagDescriptions"
                | "Certificates"
                | "SslPolicies"
                | "Limits"
                | "InstanceStates"
                | "PolicyDescriptions"
                | "connections"
                | "lags"
                | "locations"
                | "virtualGateways"
                | "interconnects"
                | "directConnectGatewayAttachments"
                | "failures"
                | "taskArns"
                | "clusterArns"
                | "clusters"
                | "serviceArns"
                | "taskDefinition"
                | "taskDefinitionArns"
                | "containerInstances"
                | "containerInstanceArns"
                | "services"
        )
        || is_of_another_service(key)
}

/// What accounts are described with beside their networks: names, rights, logs, storage.
fn is_of_another_service(key: &str) -> bool {
    matches!(
        key,
        "Buckets"
            | "Owner"
            | "Users"
            | "Groups"
            | "Roles"
            | "Policies"
            | "InstanceProfiles"
            | "UserDetailList"
            | "GroupDetailList"
            | "RoleDetailList"
            | "SummaryMap"
            | "AccountAliases"
            | "SAMLProviderList"
            | "OpenIDConnectProviderList"
            | "PasswordPolicy"
            | "VirtualMFADevices"
            | "ServerCertificateMetadataList"
            | "Content"
            | "GeneratedTime"
            | "ReportFormat"
            | "TrailList"
            | "QueueUrls"
            | "Topics"
            | "SecretList"
            | "Keys"
            | "Aliases"
            | "DetectorIds"
            | "Analyzers"
            | "Repositories"
            | "DomainNames"
            | "HostedZones"
            | "ResourceRecordSets"
            | "MetricAlarms"
            | "CompositeAlarms"
            | "LogGroups"
            | "Stacks"
            | "StackSummaries"
            | "StackResources"
            | "TableNames"
            | "CertificateSummaryList"
            | "AutoScalingGroups"
            | "LaunchConfigurations"
            | "FileSystems"
            | "ClusterSubnetGroups"
            // Their interfaces are described among all others.
            | "DomainStatusList"
            | "CacheClusters"
            | "ReplicationGroups"
            | "Clusters"
            | "MountTargets"
            | "ClusterInfoList"
            | "ClusterSecurityGroups"
            | "CacheSubnetGroups"
            | "Parameters"
            | "ConfigurationRecorders"
            | "DeliveryChannels"
            | "Vaults"
            | "BucketKeyEnabled"
            | "IamInstanceProfileAssociations"
            | "NetworkInsightsPaths"
            | "NetworkInsightsAnalyses"
            | "Ipams"
            | "IpamPools"
            | "InstanceTypeOfferings"
            | "CapacityReservations"
            | "Fleets"
            | "ConversionTasks"
            | "ExportTasks"
            | "BundleTasks"
            | "VolumesModifications"
            | "VolumeStatuses"
            | "InstanceCreditSpecifications"
            | "TrafficMirrorTargets"
            | "TrafficMirrorSessions"
            | "TrafficMirrorFilters"
            | "AddressTransfers"
            | "Subscriptions"
            | "CapacityReservationFleets"
            | "FastLaunchImages"
            | "FastSnapshotRestores"
            | "HistoryRecords"
            | "ActiveInstances"
            | "ImportImageTasks"
            | "ImportSnapshotTasks"
            | "InstanceEventWindows"
            | "InstanceImageMetadata"
            | "IpamPoolAllocations"
            | "IpamPoolCidrs"
            | "IpamScopes"
            | "IpamResourceDiscoveries"
            | "IpamResourceDiscoveryAssociations"
            | "IpamResourceCidrs"
            | "IpamDiscoveredAccounts"
            | "NetworkInsightsAccessScopes"
            | "NetworkInsightsAccessScopeAnalyses"
            | "ReplaceRootVolumeTasks"
            | "ScheduledInstanceSet"
            | "SnapshotTierStatuses"
            | "SpotFleetRequestConfigs"
            | "StoreImageTaskResults"
            | "DataResponses"
            | "PrefixListAssociations"
            | "SubnetIpv4CidrReservations"
            | "SubnetIpv6CidrReservations"
            | "capacityProviders"
            | "serviceDeployments"
            | "serviceRevisions"
            | "protectedTasks"
            | "families"
            | "EventSourceMappings"
            | "LayerVersions"
            | "BlueGreenDeployments"
            | "DBClusterBacktracks"
            | "DBClusterEndpoints"
            | "DBClusterParameterGroups"
            | "DBClusterSnapshots"
            | "DBInstanceAutomatedBackups"
            | "DBProxies"
            | "DBProxyEndpoints"
            | "DBRecommendations"
            | "DBShardGroups"
            | "GlobalClusters"
            | "OptionGroupsList"
            | "OptionGroupOptions"
            | "PendingMaintenanceActions"
            | "ReservedDBInstances"
            | "SourceRegions"
            | "DefaultCertificateForNewLaunches"
            | "directConnectGatewayAssociationProposals"
            | "VerifiedAccessTrustProviders"
    )
}

/// A file as it was given: what it is called, and its bytes.
pub type File = (String, Vec<u8>);

/// The text of a file: UTF-8, or UTF-16 as PowerShell writes it, with its byte order mark or without.
///
/// # Errors
/// How many bytes are good.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks(2).map(|it| match *it {
            [one, two] => unit([one, two]),
            _ => 0xfffd,
        });
        Ok(Cow::Owned(char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        // JSON begins with two letters of ASCII.
        [1..=255, 0, 1..=255, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => wide(bytes, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => text_of(rest).map_err(|at| at + 3),
        _ => text_of(bytes),
    }
}

fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| error.valid_up_to())
}

/// The text of a file in an encoding of a country, as a console may write it: what is not ASCII in it
/// are names, and what they were cannot be told. No such encoding uses quotes, and CP949 no backslash,
/// as a part of another letter. `None` when it is something else altogether.
pub(super) fn decode_roughly(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let begins = text.trim_start().starts_with(['{', '[']);
    (begins && !text.contains('\0') && json::parse(&text).is_ok()).then_some(text)
}

/// Is the file compressed, by its first bytes: gzip, zip, bzip2, xz, Zstandard?
pub(super) fn is_compressed(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 5] =
        [&[0x1f, 0x8b], b"PK\x03\x04", b"BZh", b"\xfd7zXZ", &[0x28, 0xb5, 0x2f, 0xfd]];
    MARKS.iter().any(|it| bytes.starts_with(it))
}

/// The values of a file's text. A file with nothing in it is a fault where it is the only one.
pub(super) fn parse<'t>(
    file: usize,
    text: &'t str,
    among_others: bool,
    notes: &Notes,
) -> Vec<Node<'t>> {
    if text.len() > LARGEST {
        notes.fault_at(file, 0..0, say::too_large());
        return Vec::new();
    }
    json::parse(text).unwrap_or_else(|Broken { span, why }| {
        let first = text[..span.start].trim_start().is_empty();
        let beginning = first || text[..span.start].trim_start().len() < 4;
        if let Some(other) = instead_of_json(text).filter(|_| beginning) {
            let (said, goes_on) = match other {
                Instead::Yaml(call) => (say::yaml(call), false),
                Instead::Table(call) => (say::text_output(call), false),
                // The others may do without it.
                Instead::Error(call) => (say::aws_error(call), among_others),
            };
            if goes_on {
                notes.unread(file, 0..0, said, true);
            } else {
                notes.fault_at(file, span, said);
            }
            return Vec::new();
        }
        let said = match why {
            // The others may do without it.
            Why::Empty if among_others => {
                notes.unread(file, span, say::empty_file(), true);
                return Vec::new();
            }
            Why::Empty => say::empty(),
            Why::Ends => say::ends(),
            Why::NotAValue => say::not_a_value(first),
            Why::NotAKey => say::not_a_key(),
            Why::NoColon => say::no_colon(),
            Why::NoComma => say::no_comma(),
            Why::Number => say::bad_number(),
            Why::Escape => say::bad_escape(),
            Why::Control => say::control_character(),
            Why::Twice(key) => say::key_twice(&crate::text::clean::escape(&key)),
            Why::TooDeep => say::too_deep(),
        };
        notes.fault_at(file, span, said);
        Vec::new()
    })
}

/// What the AWS CLI writes that is not JSON, with the call that it is of, as far as that can be told.
enum Instead {
    /// `--output yaml`.
    Yaml(Option<String>),
    /// `--output text` or `--output table`.
    Table(Option<String>),
    /// Why a call failed.
    Error(Option<String>),
}

/// What a file without JSON holds.
fn instead_of_json(text: &str) -> Option<Instead> {
    const FAILURES: [&str; 8] = [
        "An error occurred (",
        "Unable to locate credentials",
        "Could not connect to the endpoint",
        "You must specify a region",
        "The config profile (",
        "Error when retrieving token",
        "usage: aws ",
        "aws: error:",
    ];
    let start = text.trim_start();
    let mut lines = start.lines().map(str::trim_end).filter(|it| !it.is_empty());
    let first = lines.next().unwrap_or_default();
    if FAILURES.iter().any(|it| first.trim_start_matches("aws: [ERROR]: ").starts_with(it)) {
        // `... when calling the DescribeVpcs operation: ...`
        let named = start.split(" calling the ").nth(1);
        let operation = named.and_then(|it| it.split(' ').next());
        return Some(Instead::Error(operation.and_then(call_of_operation)));
    }
    if first.starts_with("---") && first.len() > 3 || first.starts_with("+--") {
        // `|   DescribeVpcs   |`
        let title = lines.next().map(|it| it.trim_matches(['|', ' ']));
        return Some(Instead::Table(title.and_then(call_of_operation)));
    }
    if let Some((word, _)) = first.split_once('\t')
        && word.bytes().all(|it| it.is_ascii_uppercase())
    {
        let noun = NOUNS.iter().find(|it| it.key.eq_ignore_ascii_case(word));
        return Some(Instead::Table(noun.and_then(|it| say::call_for_list(it.key))));
    }
    // It begins with a key, or with the sign of a document or of an item.
    let second = if first == "---" { lines.next().unwrap_or_default() } else { first };
    let item = second.trim_start_matches("- ");
    let key = item.split(':').next().unwrap_or_default();
    let is_key = !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric());
    let is_yaml = first == "---" || is_key && (item.ends_with(':') || item.contains(": "));
    is_yaml.then(|| Instead::Yaml(say::call_for_list(key)))
}

/// `DescribeVpcs` is what `aws ec2 describe-vpcs` calls.
fn call_of_operation(operation: &str) -> Option<String> {
    let is_one = operation.len() < 60
        && operation.starts_with(|it: char| it.is_ascii_uppercase())
        && operation.bytes().all(|it| it.is_ascii_alphanumeric());
    let key = operation.strip_prefix("Describe").filter(|_| is_one)?;
    say::call_for_list(if key == "Instances" { "Reservations" } else { key })
}

/// All objects of the files by kind, each once.
#[derive(Debug, Default)]
pub(super) struct Dump<'d> {
    lists: BTreeMap<&'static str, Records<'d>>,
    /// The lists that do not say whose they are.
    pub loose: Vec<Loose<'d>>,
    /// The attributes of load balancers of the previous generation, with what may name their owner.
    classic_attributes: Vec<(Vec<&'d str>, Item<'d>)>,
    /// What `describe-vpc-attribute` printed.
    pub vpc_attributes: Vec<Item<'d>>,
    /// The account's switch, once per account and Region.
    pub block_public_access: Vec<Item<'d>>,
    /// How many lists were found.
    found: usize,
    /// Whose what is read at the moment is.
    around: Around<'d>,
}

/// A list that does not say whose it is.
#[derive(Debug, Clone)]
pub(super) struct Loose<'d> {
    /// Its key.
    pub key: &'static str,
    /// The list.
    pub item: Item<'d>,
    /// What it stands in.
    around: Item<'d>,
    /// What the file is called, and the keys around it.
    hints: Vec<&'d str>,
}

impl<'d> Loose<'d> {
    /// The id of whose it is: the value of `key` beside it, or an id that begins with `kind` in the
    /// key around it or in the name of the file.
    pub fn owner(&self, key: &str, kind: &str) -> Option<&'d str> {
        let own = self.around.get(key).and_then(Item::as_text);
        own.or_else(|| self.hints().find_map(|hint| id_in(hint, kind)))
    }

    /// What may name its owner, the nearest first.
    pub fn hints(&self) -> impl Iterator<Item = &'d str> {
        self.hints.iter().rev().copied()
    }

    /// A text beside it.
    pub fn beside(&self, key: &str) -> Option<&'d str> {
        self.around.get(key).and_then(Item::as_text)
    }
}

#[derive(Debug, Default)]
struct Records<'d> {
    list: Vec<Record<'d>>,
    places: BTreeMap<&'d str, usize>,
}

impl<'d> Dump<'d> {
    /// Takes the files apart. `names` are what the files are called.
    pub fn of(files: &'d [Vec<Node<'d>>], names: &'d [&'d str], notes: &Notes) -> Self {
        let mut dump = Self::default();
        for (file, roots) in files.iter().enumerate() {
            let hints = names.get(file..=file).unwrap_or_default();
            let before = dump.found;
            let named =
                hints.first().map_or_else(Around::default, |it| Around::default().inside(it));
            for node in roots {
                let root = Item { file, node };
                dump.around = named;
                if names.len() > 1 && is_foreign(root) {
                    notes.matters(
                        root,
                        say::foreign_file(names.get(file).unwrap_or(&"?"), &keys_of(root)),
                    );
                    continue;
                }
                match &node.value {
                    Value::Object(_) if dump.one_object(root, notes) => {}
                    Value::Object(_) => dump.object(root, hints, 0, notes),
                    Value::List(_) => dump.bare_list(root, hints, 0, notes),
                    _ => {}
                }
            }
            if dump.found == before && !roots.is_empty() && names.len() == 1 {
                let is_list = |it: &Node| !matches!(it.value, Value::Object(_));
                let is_part = roots.iter().any(is_list) || roots.iter().any(is_part_of_object);
                let said = if is_part { say::part_of_output() } else { say::not_a_dump() };
                notes.fault_at(file, 0..0, said);
            }
        }
        more_pages(files, names, notes);
        dump.embedded_interfaces(notes);
        dump
    }

    /// Was any list found?
    pub fn is_empty(&self) -> bool {
        self.found == 0
    }

    /// The objects of a kind.
    pub fn all(&self, key: &str) -> &[Record<'d>] {
        self.lists.get(key).map_or(&[], |it| &it.list)
    }

    /// Was the list saved, be it empty? What is not in it, is not there.
    pub fn was_saved(&self, key: &str) -> bool {
        self.lists.contains_key(key)
    }

    /// One object.
    pub fn one(&self, key: &str, id: &str) -> Option<&Record<'d>> {
        let records = self.lists.get(key)?;
        records.places.get(id).map(|place| &records.list[*place])
    }

    /// The attributes of a load balancer of the previous generation: its name stands beside them, in a
    /// key around them or in the name of the file, whole.
    pub fn classic_attributes(&self, name: &str) -> Option<Item<'d>> {
        let whole = |it: &&str| {
            let mut parts = it.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            parts.any(|part| part == name) || it.trim_end_matches(".json").ends_with(name)
        };
        let mut all = self.classic_attributes.iter();
        all.find(|(hints, _)| hints.iter().any(whole)).map(|it| it.1)
    }

    /// The lists that are loose, of one kind.
    pub fn loose(&self, key: &str) -> impl Iterator<Item = &Loose<'d>> {
        self.loose.iter().filter(move |it| it.key == key)
    }

    fn object(&mut self, object: Item<'d>, hints: &[&'d str], depth: usize, notes: &Notes) {
        if self.one_function(object, notes) || self.vpc_attribute(object, notes) {
            return;
        }
        let outside = self.around;
        self.around = outside.beside(object);
        for (key, value) in object.entries() {
            if let Some(noun) = NOUNS.iter().find(|it| same_key(it.key, key))
                && !is_list_of_another(noun, value)
                && (depth == 0 || holds_objects(value))
            {
                self.found += 1;
                self.lists.entry(noun.key).or_default();
                for item in notes.objects(object.get(key)) {
                    self.add(noun, item, notes);
                }
            } else if same_key(key, "VpcBlockPublicAccessOptions") {
                self.found += 1;
                self.block_public_access.push(value);
            } else if let Some(route) = route_of_client_vpn(value) {
                self.found += 1;
                let id = route.get("ClientVpnEndpointId").and_then(Item::as_text).unwrap_or(key);
                let id: String = crate::text::clean::escape(id).chars().take(120).collect();
                notes.matters(value, say::not_modelled(CLIENT_VPN, &id));
            } else if let Some(key) = LOOSE.iter().find(|it| same_key(it, key)) {
                self.found += 1;
                let hints = hints.to_vec();
                self.loose.push(Loose { key, item: value, around: object, hints });
            } else if key == "LoadBalancerAttributes" && value.is_object() {
                self.found += 1;
                let own = object.get("LoadBalancerName").and_then(Item::as_text);
                let hints = hints.iter().rev().copied();
                self.classic_attributes.push((own.into_iter().chain(hints).collect(), value));
            } else if key == "AdditionalRoutesAvailable" {
                if value.node.value == Value::Flag(true) {
                    notes.matters(value, say::more_routes());
                }
            } else if let Some((_, id, kind)) = NOT_MODELLED.iter().find(|it| same_key(it.0, key)) {
                self.found += usize::from(value.items().next().is_some());
                for item in value.items() {
                    let id = item.get(id).and_then(Item::as_text).unwrap_or(key);
                    let id: String = crate::text::clean::escape(id).chars().take(120).collect();
                    notes.matters(item, say::not_modelled(*kind, &id));
                }
            } else if is_harmless(key) || is_harmless(&flipped(key)) {
                // Nothing to read.
            } else if depth < DEEPEST_LIST
                && (holds_lists(value, depth + 1) || is_output_of_a_call(value))
            {
                let around = self.around;
                self.around = around.inside(key);
                self.inside(value, &[hints, &[key]].concat(), depth + 1, notes);
                self.around = around;
            } else if !is_owner(key) && !value.is_nothing() {
                let key: String = crate::text::clean::escape(key).chars().take(60).collect();
                notes.matters(value, say::unknown_part(&key));
            }
        }
        self.around = outside;
    }

    /// What `--query 'Vpcs[0]'` prints: one object, without a list around it.
    fn one_object(&mut self, object: Item<'d>, notes: &Notes) -> bool {
        let fits = |noun: &&Noun| {
            !matches!(noun.key, "LoadBalancerAttributes" | "TransitGatewayPropagations")
                && noun.key != "TransitGatewayStaticRoutes"
                && noun.signs.iter().all(|sign| object.get(sign).is_some())
        };
        let Some(noun) = NOUNS.iter().find(fits) else { return false };
        self.found += 1;
        self.add(noun, object, notes);
        true
    }

    /// `describe-vpc-attribute` prints the VPC's id and one attribute of it.
    fn vpc_attribute(&mut self, object: Item<'d>, notes: &Notes) -> bool {
        let about =
            |it: &str| it.starts_with("EnableDns") || it == "EnableNetworkAddressUsageMetrics";
        let is_one = object.get("VpcId").and_then(Item::as_text).is_some()
            && object.entries().any(|(key, it)| about(key) && it.is_object());
        if is_one {
            self.found += 1;
            notes.only("VpcAttribute", object, |key| key == "VpcId" || about(key));
            self.vpc_attributes.push(object);
        }
        is_one
    }

    /// `get-function-configuration` prints the function itself, `get-function` puts its code beside
    /// it.
    fn one_function(&mut self, object: Item<'d>, notes: &Notes) -> bool {
        let Some(noun) = NOUNS.iter().find(|it| it.key == "Functions") else { return false };
        let inner = object.get("Configuration").unwrap_or(object);
        let is_one = inner.get("FunctionArn").is_some() && inner.get("FunctionName").is_some();
        if is_one {
            self.found += 1;
            self.add(noun, inner, notes);
        }
        is_one
    }

    fn inside(&mut self, value: Item<'d>, hints: &[&'d str], depth: usize, notes: &Notes) {
        if value.is_object() {
            self.object(value, hints, depth, notes);
        } else {
            self.bare_list(value, hints, depth, notes);
        }
    }

    /// What `--query 'Vpcs'` prints, pages in a list, lists in a list.
    fn bare_list(&mut self, list: Item<'d>, hints: &[&'d str], depth: usize, notes: &Notes) {
        if let Some(key) = loose_key(list) {
            self.found += 1;
            self.loose.push(Loose { key, item: list, around: list, hints: hints.to_vec() });
            return;
        }
        for item in list.items() {
            let known =
                NOUNS.iter().find(|noun| noun.signs.iter().all(|sign| item.get(sign).is_some()));
            if let Some(noun) = known {
                self.found += 1;
                self.add(noun, item, notes);
            } else if depth < DEEPEST_LIST && !is_named(item) && holds_lists(item, depth + 1) {
                self.inside(item, hints, depth + 1, notes);
            } else if !item.is_nothing() && !has_loose_list(item) {
                notes.matters(item, say::unknown_part("[…]"));
            }
        }
    }

    fn add(&mut self, noun: &'static Noun, item: Item<'d>, notes: &Notes) {
        if is_namesake(noun, item) {
            return;
        }
        match noun.key {
            "Reservations" => {
                notes.only("Reservations", item, |key| {
                    matches!(key, "ReservationId" | "RequesterId" | "Groups" | "Instances")
                });
                let instances = NOUNS.iter().find(|it| it.key == "Instances");
                let outside = self.around;
                self.around = outside.beside(item);
                for instance in notes.objects(item.get("Instances")) {
                    if let Some(noun) = instances {
                        self.add(noun, instance, notes);
                    }
                }
                self.around = outside;
            }
            // Some tools keep the pages of `describe-listeners` apart by balancer.
            "LoadBalancerListeners" if item.get("Listeners").is_some() => {
                let noun = NOUNS.iter().find(|it| it.key == "Listeners").unwrap_or(noun);
                for listener in notes.objects(item.get("Listeners")) {
                    self.add(noun, listener, notes);
                }
            }
            _ => match notes.text(item.get(noun.id)) {
                Some(id) => self.merge(noun.key, id, item, notes),
                None => notes.matters(item, say::without_id(noun.key, noun.id)),
            },
        }
    }

    fn merge(&mut self, key: &'static str, id: &'d str, item: Item<'d>, notes: &Notes) {
        let around = self.around.beside(item);
        let Records { list, places } = self.lists.entry(key).or_default();
        let place = *places.entry(id).or_insert(list.len());
        let Some(record) = list.get_mut(place) else {
            list.push(Record { id, sources: vec![item], around });
            return;
        };
        record.around = record.around.or(around);
        if record.sources.iter().any(|it| it.node.same(item.node)) {
            return;
        }
        // Both gateways of a peering describe their own end of it under one id.
        let peering = item.get("ResourceType").and_then(Item::as_text) == Some("peering");
        if peering && key == "TransitGatewayAttachments" {
            record.sources.push(item);
            return;
        }
        for (key, value) in item
            .entries()
            .filter(|(key, value)| !is_bookkeeping(key) && !may_differ(key) && !value.is_nothing())
        {
            if let Some(first) = record.get(key)
                && !first.is_nothing()
                && !first.node.same(value.node)
            {
                notes.matters(value, say::conflict(id, key));
            }
        }
        record.sources.push(item);
    }

    /// `describe-instances` prints the interfaces of its instances: where `describe-network-interfaces`
    /// was not saved, they are all there is.
    fn embedded_interfaces(&mut self, notes: &Notes) {
        let mut embedded = Vec::new();
        for instance in self.all("Instances") {
            for item in notes.objects(instance.get("NetworkInterfaces")) {
                embedded.push((item, instance.around));
            }
        }
        let Records { list, places } = self.lists.entry("NetworkInterfaces").or_default();
        for (item, around) in embedded {
            let Some(id) = notes.text(item.get("NetworkInterfaceId")) else { continue };
            let place = *places.entry(id).or_insert(list.len());
            match list.get_mut(place) {
                Some(record) => record.sources.push(item),
                None => list.push(Record { id, sources: vec![item], around }),
            }
        }
    }
}

/// Has it an id of AWS's, and no more than `--query` left of the object?
fn is_part_of_object(node: &Node) -> bool {
    let Value::Object(entries) = &node.value else { return false };
    let nouns = || NOUNS.iter().filter(|it| it.id.ends_with("Id"));
    entries.iter().any(|(key, _)| nouns().any(|it| it.id == *key))
}

/// Pages that were not asked for: a list is here, in every file of a folder that has it, with the mark
/// of a page that goes on elsewhere.
fn more_pages(files: &[Vec<Node>], names: &[&str], notes: &Notes) {
    // By folder and list: the mark of the first page, while no last page was seen.
    let mut open: BTreeMap<(&str, &str), Option<(usize, &Node)>> = BTreeMap::new();
    for (file, roots) in files.iter().enumerate() {
        let folder = names.get(file).and_then(|it| it.rsplit_once(['/', '\\']));
        let folder = folder.map_or("", |it| it.0);
        for root in roots {
            let Value::Object(entries) = &root.value else { continue };
            let mark = ["NextToken", "nextToken", "NextMarker", "Marker"]
                .iter()
                .find_map(|key| root.get(key))
                .filter(|it| matches!(&it.value, Value::Text(text) if !text.is_empty()));
            let is_here = |noun: &&Noun| entries.iter().any(|it| it.0 == noun.key);
            let lists: Vec<&str> = NOUNS.iter().filter(is_here).map(|it| it.key).collect();
            // Of many lists in one object nobody can tell which goes on.
            let lists = if lists.len() > 2 && mark.is_some() { vec!["NextToken"] } else { lists };
            for key in lists {
                let known = open.entry((folder, key)).or_insert(mark.map(|it| (file, it)));
                if mark.is_none() {
                    *known = None;
                }
            }
        }
    }
    for ((_, key), mark) in open {
        if let Some((file, node)) = mark {
            notes.matters(Item { file, node }, say::more_pages(key));
        }
    }
}

/// Keys that differ by when and by whom they are read, and decide nothing.
fn may_differ(key: &str) -> bool {
    matches!(
        key,
        "AvailableIpAddressCount"
            | "AvailabilityZone"
            | "LaunchTime"
            | "StateTransitionReason"
            | "DefaultForAz"
            | "IsDefault"
            | "Name"
            | "NetworkInterfaces"
    )
}

/// `describe-client-vpn-routes` prints `Routes` too: the first of them.
fn route_of_client_vpn(value: Item) -> Option<Item> {
    value.items().find(|it| it.get("ClientVpnEndpointId").is_some())
}

/// Is it something else that another call prints under the same key? Proxies of databases have target
/// groups of their own, and the topology of instances knows nothing of their networks.
fn is_namesake(noun: &Noun, item: Item) -> bool {
    match noun.key {
        "TargetGroups" => item.get("DBProxyName").is_some(),
        "Instances" => item.get("NetworkNodes").is_some(),
        _ => false,
    }
}

/// `LoadBalancerAttributes` of classic load balancers is an object of another kind.
fn is_list_of_another(noun: &Noun, value: Item) -> bool {
    noun.key == "LoadBalancerAttributes" && value.is_object()
}

/// Is it a key that the output of some call has, and not every other object too?
fn is_telling(key: &str) -> bool {
    !is_bookkeeping(key)
        && (is_harmless(key)
            || is_harmless(&flipped(key))
            || NOUNS.iter().any(|it| same_key(it.key, key))
            || NOT_MODELLED.iter().any(|it| same_key(it.0, key))
            || LOOSE.iter().any(|it| same_key(it, key))
            || same_key(key, "VpcBlockPublicAccessOptions"))
}

/// Is nothing in this file known, not even as something that says nothing about packets?
fn is_foreign(root: Item) -> bool {
    let known =
        |key: &str| is_telling(key) || is_bookkeeping(key) || is_owner(key) || key == "VpcId";
    let function = root.get("Configuration").unwrap_or(root).get("FunctionArn").is_some();
    let items = |it: Item| it.items().next().is_none() || loose_key(it).is_some();
    !holds_lists(root, 0)
        && !function
        && match &root.node.value {
            Value::Object(entries) => {
                !entries.is_empty() && !root.entries().any(|(key, _)| known(key))
            }
            Value::List(_) => !items(root),
            _ => false,
        }
}

/// Is it what some call printed, even if that is empty or says nothing about packets?
fn is_output_of_a_call(value: Item) -> bool {
    let of_vpc = value.get("VpcId").is_some()
        && value.entries().any(|(key, it)| key.starts_with("Enable") && it.is_object());
    of_vpc || value.is_object() && value.entries().any(|(key, _)| is_telling(key))
}

/// Its first keys, to be named: `Widgets`, `Wheels`.
fn keys_of(root: Item) -> String {
    const NAMED: usize = 3;
    let first = root.items().next().unwrap_or(root);
    let keys = first.entries().take(NAMED).map(|(key, _)| {
        let key: String = crate::text::clean::escape(key).chars().take(40).collect();
        format!("`{key}`")
    });
    keys.collect::<Vec<_>>().join(", ")
}

/// Is it an object of another service's, and no page of lists? These have names of their own:
/// `AutoScalingGroupName` beside `Instances`.
fn is_named(item: Item) -> bool {
    let loose = |key: &str| LOOSE.iter().any(|it| same_key(it, key));
    if item.entries().any(|(key, _)| loose(key)) {
        return false;
    }
    item.entries().any(|(key, value)| {
        let ends = |end: &&str| key.len() > end.len() && key.ends_with(*end);
        let own = ["Name", "ARN", "Identifier"].iter().any(ends);
        let of_page = is_owner(key) || is_bookkeeping(key);
        let of_place = ["Region", "Account", "Profile"].iter().any(|it| key.starts_with(it));
        own && !of_page && !of_place && value.as_text().is_some()
    })
}

/// Has it such a list? Where it is known and was not read, it is empty.
fn has_loose_list(item: Item) -> bool {
    item.entries().any(|(key, _)| LOOSE.iter().any(|it| same_key(it, key)))
}

/// `SecurityGroups` in an object of another service's is a list of ids.
fn holds_objects(value: Item) -> bool {
    value.is_object() || value.items().any(Item::is_object)
}

/// Are there lists somewhere in this value?
fn holds_lists(value: Item, depth: usize) -> bool {
    let known = |key: &str, it: Item| {
        (NOUNS.iter().any(|noun| same_key(noun.key, key))
            || NOT_MODELLED.iter().any(|kind| same_key(kind.0, key)))
            && (holds_objects(it) || depth == 1 && it.is_nothing())
            || same_key(key, "VpcBlockPublicAccessOptions")
    };
    let deeper = |it: Item| depth < DEEPEST_LIST && holds_lists(it, depth + 1);
    if value.is_object() {
        let loose = |key: &str, it: Item| {
            LOOSE.iter().any(|it| same_key(it, key))
                && matches!(it.node.value, Value::List(_))
                && !it.is_nothing()
        };
        return value.entries().any(|(key, it)| known(key, it) || loose(key, it) || deeper(it));
    }
    let signs = |item: Item| {
        NOUNS.iter().any(|noun| noun.signs.iter().all(|sign| item.get(sign).is_some()))
    };
    value.items().take(3).any(|item| signs(item) || !is_named(item) && deeper(item))
}

/// An id of this kind in the name of a file or key.
fn id_in<'n>(name: &'n str, kind: &str) -> Option<&'n str> {
    let alone = |at: &usize| !name[..*at].ends_with(|it: char| it.is_ascii_alphanumeric());
    let start = name.rfind(kind).filter(alone)?;
    let rest = &name[start..];
    let digits = &rest[kind.len()..];
    let end = digits.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(digits.len());
    (end > 0).then_some(&rest[..kind.len() + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_in_utf_8_and_as_powershell_writes_it() {
        let wide = |text: &str, unit: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let units = text.encode_utf16().flat_map(unit);
            mark.into_iter().chain(units).collect::<Vec<u8>>()
        };
        let text = "{\"Vpcs\": \"가😀\"}";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
        assert_eq!(decode(&wide(text, u16::to_le_bytes, [0xff, 0xfe])).unwrap(), text);
        assert_eq!(decode(&wide(text, u16::to_be_bytes, [0xfe, 0xff])).unwrap(), text);
        assert_eq!(decode(b"{\"a\": \"\xff\"}"), Err(7));
        assert_eq!(decode(&[0xff, 0xfe, 0x7b]).unwrap(), "\u{fffd}");
    }

    #[test]
    fn the_name_of_a_file_says_whose_entries_it_holds() {
        for (name, id) in [
            ("pl-0123abc.json", Some("pl-0123abc")),
            ("a/entries-pl-63a5400a.json", Some("pl-63a5400a")),
            ("prefix/pl-1/pl-22.json", Some("pl-22")),
            ("entries.json", None),
            ("tpl-12.json", None),
            ("pl-.json", None),
        ] {
            assert_eq!(id_in(name, "pl-"), id, "{name}");
        }
    }
}
