use super::{UNUSABLE, arguments::Trace};
use crate::i18n::Lang;
pub fn trace(_: &Trace, _: Lang) -> u8 {
    UNUSABLE
}
