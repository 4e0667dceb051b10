//! What can be known of a TOML file before it is parsed. Used while the program is built too,
//! which is why it knows nothing else.

/// Where each top-level part of a file begins: its header lines such as `[question.fence]`, as
/// `("question", "fence")`. For what must be known of a file that is not parsed yet.
pub fn headers(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let (inside, rest) = line.strip_prefix('[')?.split_once(']')?;
        let rest = rest.trim_start();
        if !rest.is_empty() && !rest.starts_with('#') {
            return None;
        }
        let (kind, name) = inside.split_once('.')?;
        let bare = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        (bare(kind) && bare(name)).then_some((kind, name))
    })
}

/// The part of a TOML file before its first table: what a list of contents needs. Wrong only for
/// files that TOML itself would refuse after the cut, which is why callers fall back to the whole.
pub fn head(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_ends_where_the_first_table_begins() {
        assert_eq!(head("id = 1\n\n[a]\nb = 1\n"), "id = 1\n\n");
        assert_eq!(head("id = 1"), "id = 1");
        assert_eq!(
            headers("x = 1\n[question.a-b]\n[[question.a-b.option]]\n[lab.c]  # last\n")
                .collect::<Vec<_>>(),
            [("question", "a-b"), ("lab", "c")]
        );
    }
}
