//! `[block_public_access]`: the account's switch, and who is spared.

use crate::{
    cloud::{BlockMode, Change, Exclusion, ExclusionMode, ExclusionOf, Network, Subnet, Vpc},
    course::{
        Faults,
        document::{Section, Text},
        grammar::{Line, Read},
        names,
        scene::build::{Build, choice},
    },
    i18n::fault,
};

pub(super) struct Draft {
    mode: BlockMode,
    exclusions: Vec<Text>,
}

/// Reads it.
pub(super) fn read(faults: &mut Faults, section: &mut Section) -> Draft {
    Draft {
        mode: choice(
            section,
            "mode",
            &[
                ("off", BlockMode::Off),
                ("block-bidirectional", BlockMode::Bidirectional),
                ("block-ingress", BlockMode::Ingress),
            ],
            faults,
        ),
        exclusions: section.texts("exclusions", faults).unwrap_or_default(),
    }
}

/// `subnet web allow-egress`, `vpc main allow-bidirectional`.
fn exclusion(network: &Network, line: &mut Line) -> Read<Exclusion> {
    let kind = line.need("`subnet`, `vpc`")?;
    let name = line.need("`NAME`")?;
    let of = match &*kind.text {
        "subnet" => ExclusionOf::Subnet(names::find::<Subnet>(network, &name)?),
        "vpc" => ExclusionOf::Vpc(names::find::<Vpc>(network, &name)?),
        other => return Err(kind.slip(fault::one_of(other, "`subnet`, `vpc`"))),
    };
    let word = line.need("`allow-egress`, `allow-bidirectional`")?;
    let mode = match &*word.text {
        "allow-egress" => ExclusionMode::AllowEgress,
        "allow-bidirectional" => ExclusionMode::AllowBidirectional,
        other => {
            return Err(word.slip(fault::one_of(other, "`allow-egress`, `allow-bidirectional`")));
        }
    };
    line.end()?;
    Ok(Exclusion { of, mode })
}

impl Build<'_> {
    pub(super) fn block_public_access(&mut self, draft: &Draft) {
        self.make(Change::ModifyBlockPublicAccess { mode: draft.mode }, &(0..0));
        for text in &draft.exclusions {
            let mut line = Line::new(&text.value);
            match exclusion(&self.network, &mut line) {
                Ok(exclusion) => {
                    self.make(Change::PutExclusion { exclusion }, &text.at(line.whole()));
                }
                Err(slip) => self.slip(text, slip),
            }
        }
    }
}
