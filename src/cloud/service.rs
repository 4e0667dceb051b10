//! The services that live outside every VPC: they have public addresses in AWS's own network, and a
//! packet gets there over the internet side of a VPC or through an endpoint.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        CdnOrigin, EndpointTo, Id, InterfaceEndpointId, InterfaceId, Listening, Name, Network,
        PrefixList, Reason, Refusal, ServiceReason, Thing, VpcId, edit::Edit,
    },
    net::{Cidr, Ports, Protocol},
};

/// Names a [`Service`].
pub type ServiceId = Id<Service>;

/// A service of AWS's in one Region
/// (<https://docs.aws.amazon.com/general/latest/gr/rande.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// As the author wrote it.
    pub name: Name,
    /// Which service.
    pub kind: ServiceKind,
    /// The Region it is asked in; `None` is the Region of the network itself.
    pub region: Option<Name>,
    /// Its public addresses.
    pub ranges: Vec<Cidr>,
}

/// Declares the services: the name that ends the name of its endpoint service, and what it is
/// called.
macro_rules! services {
    ($($kind:ident $suffix:literal $title:literal,)*) => {
        /// Which service of AWS's
        /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the service of that name")]
        pub enum ServiceKind { $($kind,)* }

        impl ServiceKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// How its endpoint service ends: `sqs` in `com.amazonaws.us-east-1.sqs`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $suffix,)* }
            }

            /// What AWS calls it.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)* }
            }
        }
    };
}

services! {
    S3 "s3" "Amazon S3",
    DynamoDb "dynamodb" "Amazon DynamoDB",
    Sqs "sqs" "Amazon SQS",
    Sns "sns" "Amazon SNS",
    Kinesis "kinesis-streams" "Amazon Kinesis Data Streams",
    Firehose "kinesis-firehose" "Amazon Data Firehose",
    SecretsManager "secretsmanager" "AWS Secrets Manager",
    Kms "kms" "AWS KMS",
    EcrApi "ecr.api" "Amazon ECR (API)",
    EcrDocker "ecr.dkr" "Amazon ECR (Docker)",
    Ssm "ssm" "AWS Systems Manager",
    SsmMessages "ssmmessages" "AWS Systems Manager (sessions)",
    Ec2Messages "ec2messages" "AWS Systems Manager (agent messages)",
    Logs "logs" "Amazon CloudWatch Logs",
    Monitoring "monitoring" "Amazon CloudWatch",
    Events "events" "Amazon EventBridge",
    States "states" "AWS Step Functions",
    Sts "sts" "AWS STS",
    Lambda "lambda" "AWS Lambda",
    ExecuteApi "execute-api" "Amazon API Gateway",
    Ec2 "ec2" "Amazon EC2 (API)",
    Ecs "ecs" "Amazon ECS (API)",
    Rds "rds" "Amazon RDS (API)",
    Athena "athena" "Amazon Athena",
    Glue "glue" "AWS Glue",
    Bedrock "bedrock-runtime" "Amazon Bedrock",
    ElastiCache "elasticache" "Amazon ElastiCache (API)",
    Elb "elasticloadbalancing" "Elastic Load Balancing (API)",
    AutoScaling "autoscaling" "Amazon EC2 Auto Scaling (API)",
    CloudFormation "cloudformation" "AWS CloudFormation",
    AppConfig "appconfigdata" "AWS AppConfig",
    Cognito "cognito-idp" "Amazon Cognito",
    Other "other" "AWS",
}

impl ServiceKind {
    /// The service that a word means: `sqs`, `com.amazonaws.us-east-1.sqs`, or a usual short form.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        // As scenes write it; no service of AWS's is called so.
        if word == Self::Other.as_str() {
            return Some(Self::Other);
        }
        let suffix = match word.strip_prefix("com.amazonaws.") {
            Some(rest) => rest.split_once('.').map_or(rest, |(_, suffix)| suffix),
            None => &word,
        };
        let suffix = match suffix {
            "kinesis" => "kinesis-streams",
            "firehose" => "kinesis-firehose",
            "secrets-manager" | "secrets" => "secretsmanager",
            "ecr" => "ecr.api",
            "cloudwatch" => "monitoring",
            "cloudwatch-logs" => "logs",
            "eventbridge" => "events",
            "stepfunctions" | "step-functions" => "states",
            "api-gateway" | "apigateway" => "execute-api",
            "bedrock" => "bedrock-runtime",
            other => other,
        };
        Self::ALL.iter().copied().find(|it| it.as_str() == suffix && *it != Self::Other)
    }

    /// Has it gateway endpoints? Only these two have
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
    pub const fn has_gateway_endpoint(self) -> bool {
        matches!(self, Self::S3 | Self::DynamoDb)
    }

    /// The ports at which it answers: HTTPS, and for S3 and DynamoDB also HTTP
    /// (<https://docs.aws.amazon.com/general/latest/gr/rande.html>).
    pub fn listening(self) -> Listening {
        let tcp = |port| (Protocol::TCP, Ports::one(port));
        match self {
            Self::Other => Listening::Everywhere,
            Self::S3 | Self::DynamoDb => Listening::On(vec![tcp(80), tcp(443)]),
            _ => Listening::On(vec![tcp(443)]),
        }
    }

    /// A range for a service of which the author says none: a block of its own in the range set
    /// aside for benchmarks, so that nothing here claims to be AWS's true address plan.
    /// S3 and DynamoDB have some that AWS publishes
    /// (<https://ip-ranges.amazonaws.com/ip-ranges.json>), as the lists of their gateway endpoints.
    pub fn made_up_range(self) -> Cidr {
        match self {
            Self::S3 => return Cidr::v4(Ipv4Addr::new(52, 216, 0, 0), 15),
            Self::DynamoDb => return Cidr::v4(Ipv4Addr::new(52, 94, 0, 0), 22),
            _ => {}
        }
        let place = Self::ALL.iter().position(|it| *it == self).unwrap_or(0);
        Cidr::v4(Ipv4Addr::new(198, 19, u8::try_from(place).unwrap_or(255), 0), 24)
    }
}

impl Service {
    /// A service in the network's own Region with made-up addresses.
    pub fn here(name: impl Into<Name>, kind: ServiceKind) -> Self {
        Self { name: name.into(), kind, region: None, ranges: vec![kind.made_up_range()] }
    }

    /// The same in another Region, where it has other addresses: so many of those are there already.
    pub fn elsewhere(
        name: impl Into<Name>,
        kind: ServiceKind,
        region: impl Into<Name>,
        already: usize,
    ) -> Self {
        let place = u8::try_from(already).unwrap_or(u8::MAX);
        let range = Cidr::v4(Ipv4Addr::new(198, 18, place, 0), 24);
        Self { name: name.into(), kind, region: Some(region.into()), ranges: vec![range] }
    }

    /// Is the address one of its own?
    pub fn has(&self, address: IpAddr) -> bool {
        self.ranges.iter().any(|it| it.contains(address))
    }

    /// The address that its public name resolves to first.
    pub fn address(&self) -> Option<IpAddr> {
        self.addresses().first().copied()
    }

    /// The addresses that its public name resolves to: one of each family of which it has a range, as
    /// under the names that AWS calls dual-stack.
    pub fn addresses(&self) -> Vec<IpAddr> {
        let of = |v4: bool| self.ranges.iter().find(|it| it.is_ipv4() == v4);
        let one =
            |range: &Cidr| range.nth(10).filter(|it| range.contains(*it)).unwrap_or(range.first());
        let first = self.ranges.first().is_none_or(|it| it.is_ipv4());
        [of(first), of(!first)].into_iter().flatten().map(one).collect()
    }
}

impl Edit<'_> {
    /// Not AWS's: puts a service outside every VPC. One that has gateway endpoints comes with AWS's
    /// prefix list of its addresses, which every Region has
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>).
    pub fn create_service(&mut self, name: Name, kind: ServiceKind) -> Result<ServiceId, Refusal> {
        let taken = self.network.services.find(|_, it| it.kind == kind && it.region.is_none());
        if let Some(id) = taken.filter(|_| kind != ServiceKind::Other) {
            let reason = Reason::Service(ServiceReason::ServiceThere(id));
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        let service = Service::here(name, kind);
        let listed = |list: &PrefixList| list.by_aws && list.cidrs == service.ranges;
        let known = self.network.prefix_lists.find(|_, list| listed(list)).is_some();
        if kind.has_gateway_endpoint() && !known {
            let name = format!("pl-{}", kind.as_str());
            let cidrs = service.ranges.clone();
            self.make(PrefixList { name: name.as_str().into(), cidrs, by_aws: true });
        }
        Ok(self.make(service))
    }

    /// Not AWS's: a service goes when no endpoint and no distribution leads to it.
    pub fn delete_service(&mut self, id: ServiceId) -> Result<(), Refusal> {
        self.get(id)?;
        let endpoint =
            self.network.interface_endpoints.find(|_, it| it.to == EndpointTo::Service(id));
        let front = self
            .network
            .distributions
            .find(|_, it| matches!(it.origin, CdnOrigin::Bucket { service, .. } if service == id));
        let by = endpoint.map(Thing::InterfaceEndpoint).or(front.map(Thing::Distribution));
        if let Some(by) = by {
            let reason = Reason::InUse { thing: Thing::Service(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }
}

impl Network {
    /// The service that has a public address.
    pub fn service_at(&self, address: IpAddr) -> Option<ServiceId> {
        self.services.find(|_, it| it.has(address))
    }

    /// What a service's usual name resolves to inside a VPC, in the order in which a client there
    /// tries them: the interfaces of an endpoint with private DNS (those of the client's zone
    /// first), else nothing, and the public address counts. The VPC must resolve names and give
    /// them
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>).
    pub fn private_names(&self, vpc: VpcId, service: ServiceId) -> Vec<InterfaceId> {
        let endpoint = self.endpoint_with_private_name(vpc, service);
        endpoint.map_or_else(Vec::new, |it| self.interface_endpoints[it].interfaces.clone())
    }

    /// The endpoint of a VPC under whose addresses a service's usual name is known there.
    pub fn endpoint_with_private_name(
        &self,
        vpc: VpcId,
        service: ServiceId,
    ) -> Option<InterfaceEndpointId> {
        let attributes = &self.vpcs[vpc];
        if !attributes.dns_support || !attributes.dns_hostnames {
            return None;
        }
        self.interface_endpoints
            .find(|_, it| it.vpc == vpc && it.private_dns && it.to.service() == Some(service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<ServiceKind>) {
        assert_eq!(ServiceKind::named(word), expected, "{word}");
    }

    #[test]
    fn services_are_known_by_their_endpoint_names_and_usual_words() {
        check("sqs", Some(ServiceKind::Sqs));
        check("com.amazonaws.us-east-1.sqs", Some(ServiceKind::Sqs));
        check("com.amazonaws.ap-northeast-2.ecr.dkr", Some(ServiceKind::EcrDocker));
        check("com.amazonaws.us-east-1.kinesis-streams", Some(ServiceKind::Kinesis));
        check("CloudWatch", Some(ServiceKind::Monitoring));
        check("other", Some(ServiceKind::Other));
        check("web", None);
    }

    #[test]
    fn a_public_name_means_an_address_of_each_family_the_usual_one_first() {
        let told = |ranges: &[&str]| {
            let ranges = ranges.iter().map(|it| it.parse().unwrap()).collect();
            let service = Service { ranges, ..Service::here("s3", ServiceKind::S3) };
            service.addresses().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(told(&["52.216.0.0/15", "52.92.0.0/20"]), ["52.216.0.10"]);
        let both = ["52.216.0.0/15", "2600:1fa0::/32"];
        assert_eq!(told(&both), ["52.216.0.10", "2600:1fa0::a"]);
        assert_eq!(told(&[both[1], both[0]]), ["2600:1fa0::a", "52.216.0.10"]);
        // A range of few addresses is told by its first.
        assert_eq!(told(&["192.0.2.4/31"]), ["192.0.2.4"]);
        assert!(told(&[]).is_empty());
    }

    #[test]
    fn made_up_ranges_are_apart() {
        for (place, one) in ServiceKind::ALL.iter().enumerate() {
            for other in &ServiceKind::ALL[..place] {
                assert!(!one.made_up_range().overlaps(other.made_up_range()));
            }
        }
    }
}
