//! ECS tasks in `awsvpc` mode: an interface, an address and groups of their own.

use std::net::IpAddr;

use crate::cloud::{
    Id, Interface, InterfaceId, InterfaceKind, Listening, Name, PublicAddress, Reason, Refusal,
    SecurityGroupId, ServiceReason, SubnetId, edit::Edit,
};

/// Names a [`Task`].
pub type TaskId = Id<Task>;

/// An ECS task
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// As the author wrote it.
    pub name: Name,
    /// On whose servers it runs.
    pub launch: LaunchType,
    /// Its interface.
    pub interface: InterfaceId,
    /// Which ports answer.
    pub listening: Listening,
}

/// On whose servers a task runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaunchType {
    /// On one's own instances: its interface never gets a public address
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html>).
    Ec2,
    /// On AWS's: it may get a public address
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html>).
    Fargate,
}

/// What is asked for a new task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// What it is called.
    pub name: Name,
    /// On whose servers it runs.
    pub launch: LaunchType,
    /// Where.
    pub subnet: SubnetId,
    /// Which address; a free one when `None`.
    pub address: Option<IpAddr>,
    /// Its groups; the default group when empty.
    pub groups: Vec<SecurityGroupId>,
    /// Shall it get a public address? For Fargate alone.
    pub assign_public_ip: bool,
    /// Which ports answer.
    pub listening: Listening,
}

impl Edit<'_> {
    /// Where its subnet has IPv6 too, a task gets an IPv6 address beside the IPv4 one, as the account
    /// setting `dualStackIPv6` has it from the start; where there is IPv6 alone, that is all it gets,
    /// and no public IPv4 address
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html>,
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html>,
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html>).
    pub fn run_task(&mut self, new: NewTask) -> Result<TaskId, Refusal> {
        let NewTask { name, launch, subnet, address, groups, assign_public_ip, listening } = new;
        if assign_public_ip && launch == LaunchType::Ec2 {
            return Err(Refusal::new(
                "InvalidParameterException",
                Reason::Service(ServiceReason::TaskOnEc2NotPublic),
            ));
        }
        let only = self.get(subnet)?.is_ipv6_only();
        if assign_public_ip && only {
            return Err(Refusal::new("InvalidParameterException", Reason::SubnetIpv6Only(subnet)));
        }
        let address = self.pick_first_address(subnet, address)?;
        let six = match self.get(subnet)?.ipv6() {
            Some(_) if !only => Some(self.pick_ipv6_address(subnet, "InvalidParameterException")?),
            _ => None,
        };
        let security_groups = self.pick_groups(subnet, &groups, "InvalidParameterException")?;
        let public_address = if assign_public_ip {
            Some(PublicAddress { address: self.pick_public_address(None)?, elastic: false })
        } else {
            None
        };
        let id = self.network.tasks.next_id();
        let interface = self.make(Interface {
            name: name.clone(),
            subnet,
            kind: InterfaceKind::Task(id),
            addresses: std::iter::once(address).chain(six).collect(),
            public_address,
            further_public: Vec::new(),
            assigns_public_address: assign_public_ip,
            security_groups,
            source_dest_check: true,
        });
        Ok(self.make(Task { name, launch, interface, listening }))
    }

    pub fn stop_task(&mut self, id: TaskId) -> Result<(), Refusal> {
        let interface = self.get(id)?.interface;
        self.remove(id);
        self.remove(interface);
        Ok(())
    }
}
