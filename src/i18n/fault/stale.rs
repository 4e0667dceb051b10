//! What an author typed although the simulator computes it: it will be wrong some day.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// An explanation code that was typed.
pub fn typed_code(code: &str) -> Said {
    said!(
        "typed-fact",
        "설명 코드를 손으로 적었습니다: `{code}`",
        "the explanation code `{code}` is typed",
    )
    .help(words!(
        "`{{{{code SCENE PACKET}}}}`으로 계산하게 하세요",
        "let `{{{{code SCENE PACKET}}}}` compute it",
    ))
}

/// A number of changes that was typed.
pub fn typed_par() -> Said {
    said!("typed-fact", "변경 횟수를 손으로 적었습니다", "a number of changes is typed",)
        .help(words!("`{{{{par LAB}}}}`로 계산하게 하세요", "let `{{{{par LAB}}}}` compute it"))
}

/// A number that a scene gives.
pub fn typed_number(number: &str, reference: &str) -> Said {
    said!(
        "typed-fact",
        "장면이 계산하는 수를 손으로 적었습니다: {number}",
        "the number {number} is typed, and a scene computes it",
    )
    .help(words!("`{reference}`로 적으세요", "write `{reference}`"))
}

/// An address in a scene's network that nothing there has.
pub fn stale_address(address: &str) -> Said {
    said!(
        "stale-number",
        "{address}은(는) 장면의 VPC 안에 있지만 아무도 쓰지 않는 주소입니다",
        "{address} lies in a scene's VPC, but nothing there has it",
    )
    .help(words!(
        "`{{{{address SCENE NAME}}}}`으로 계산하게 하세요",
        "let `{{{{address SCENE NAME}}}}` compute it",
    ))
}
