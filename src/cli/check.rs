use super::{UNUSABLE, arguments::Check};
use crate::i18n::Lang;
pub fn check(_: &Check, _: Lang) -> u8 {
    UNUSABLE
}
