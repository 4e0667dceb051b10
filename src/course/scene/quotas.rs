//! `[quotas]`: what the account may have beyond AWS's defaults.

use crate::{
    cloud::Quota,
    course::{Faults, document::Section, scene::build::Build},
};

/// Where AWS names no end, scenes have one.
const MOST: usize = 100_000;

/// Reads it: each quota is at least AWS's default, and at most what AWS grants.
pub(super) fn read(faults: &mut Faults, section: &mut Section) -> Vec<(Quota, usize)> {
    let mut raised = Vec::new();
    for (quota, key) in Quota::ADJUSTABLE {
        let most = quota.most().unwrap_or(MOST);
        let whole = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let range = whole(quota.limit())..=whole(most);
        let to = section.whole(key, range, faults).and_then(|it| usize::try_from(it.0).ok());
        raised.extend(to.map(|it| (quota, it)));
    }
    raised
}

impl Build<'_> {
    pub(super) fn quotas(&mut self, raised: Vec<(Quota, usize)>) {
        for (quota, to) in raised {
            self.network.raise_quota(quota, to);
        }
    }
}
