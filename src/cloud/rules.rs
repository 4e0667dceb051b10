//! The rules that a misconception would change. [`Rules::AWS`] is the truth; every other value is
//! a "wrong machine" that some learner has in mind. There is one engine for all of them.

/// What the engine holds true of AWS.
#[expect(clippy::struct_excessive_bools, reason = "each is a rule that holds or does not")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// A security group lets replies pass whatever its rules say.
    pub security_groups_are_stateful: bool,
    /// A network ACL checks replies like any other packet.
    pub network_acls_are_stateless: bool,
    /// The most specific route decides, not the first.
    pub longest_prefix_wins: bool,
    /// The lowest matching ACL entry decides, not any deny.
    pub lowest_acl_number_wins: bool,
    /// An internet gateway carries only interfaces that have a public address.
    pub internet_needs_public_address: bool,
}

impl Rules {
    /// How AWS works.
    pub const AWS: Self = Self {
        security_groups_are_stateful: true,
        network_acls_are_stateless: true,
        longest_prefix_wins: true,
        lowest_acl_number_wins: true,
        internet_needs_public_address: true,
    };
}

impl Default for Rules {
    fn default() -> Self {
        Self::AWS
    }
}
