use std::collections::BTreeMap;

use super::*;
use crate::course::{LabId, QuestionId};

fn prose(text: &str) -> (Prose, Vec<String>) {
    let facts = Facts { scenes: &BTreeMap::new(), pars: &BTreeMap::new() };
    let mut faults = Faults::new("ko.md");
    let prose = read(text, "lesson", Lang::Ko, facts, &mut faults);
    let said = faults.into_list().into_iter();
    (prose, said.map(|f| format!("{} @ {}", f.rule, &text[f.span])).collect())
}

fn shown(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        let marks = [
            (inline.style.strong, "b"),
            (inline.style.emphasis, "i"),
            (inline.style.code, "c"),
            (inline.link.is_some(), "a"),
        ];
        let on = || marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark);
        let marks: String = on().collect();
        if marks.is_empty() {
            out.push_str(&inline.text);
        } else {
            out.extend(["<", &marks, ":", &inline.text, ">"]);
        }
    }
    out
}

/// The first paragraph of `text` under a page's heading.
fn paragraph(text: &str) -> (String, Vec<String>) {
    let (prose, faults) = prose(&format!("## P\n\n{text}\n"));
    match prose.pages[0].blocks.first() {
        Some(Block::Paragraph(inlines)) => (shown(inlines), faults),
        other => panic!("{other:?}"),
    }
}

#[test]
fn korean_emphasis_closes_before_particles() {
    for (text, wanted) in [
        ("**상태(stateful)**이고", "<b:상태(stateful)>이고"),
        ("**가(a)**와 **나(b)**는 다릅니다", "<b:가(a)>와 <b:나(b)>는 다릅니다"),
        ("**가(a)**와 **나**와 **다(c)**를", "<b:가(a)>와 <b:나>와 <b:다(c)>를"),
        ("*상태(stateful)*이고", "<i:상태(stateful)>이고"),
        ("***가(a)***는", "<bi:가(a)>는"),
        ("**\"울타리\"**라는", "<b:\"울타리\">라는"),
        ("**“울타리”**라는 말", "<b:“울타리”>라는 말"),
        ("**(가)**나", "<b:(가)>나"),
        ("반드시**보안 그룹(SG)**만", "반드시<b:보안 그룹(SG)>만"),
        ("가**나(b)**다**라(d)**마", "가<b:나(b)>다<b:라(d)>마"),
        ("**10.0.0.0/16**은", "<b:10.0.0.0/16>은"),
        ("**100%**가", "<b:100%>가"),
        ("**`SG`**는", "<bc:SG>는"),
        ("**`SG`(보안 그룹)**은", "<bc:SG><b:(보안 그룹)>은"),
        ("**[라우팅](term:route table)(rt)**은", "<ba:라우팅><b:(rt)>은"),
        ("**가 *나(b)* 다(c)**라", "<b:가 ><bi:나(b)><b: 다(c)>라"),
        ("*가 **나(b)**는 다(c)*라", "<i:가 ><bi:나(b)><i:는 다(c)>라"),
        ("**가(a)**, **나(b)**.", "<b:가(a)>, <b:나(b)>."),
        ("(**가**)", "(<b:가>)"),
        ("**가**", "<b:가>"),
        ("a **b** c", "a <b:b> c"),
        ("un*frigging*believable", "un<i:frigging>believable"),
        ("**두 줄에\n걸친(x)**이고", "<b:두 줄에 걸친(x)>이고"),
        ("_가_ __나__", "<i:가> <b:나>"),
        ("snake_case_name", "snake_case_name"),
    ] {
        assert_eq!(paragraph(text), (wanted.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn a_star_as_such_stays_a_star() {
    for (text, wanted) in [
        (r"2 \* 3", "2 * 3"),
        ("2 * 3", "2 * 3"),
        (r"규칙(\*)은", "규칙(*)은"),
        (r"\*\*가\*\*", "**가**"),
        ("`*`는", "<c:*>는"),
        ("&#42;가&#42;", "*가*"),
        (r"\\*가*", r"\<i:가>"),
    ] {
        assert_eq!(paragraph(text), (wanted.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn emphasis_that_does_not_close_is_a_fault_at_its_stars() {
    for (text, stars) in [
        ("**가 나 다", vec!["**"]),
        ("가 나** 다", vec!["**"]),
        ("*가", vec!["*"]),
        ("**가*", vec!["**", "*"]),
        ("**가 **나**", vec!["**"]),
        ("2*3", vec!["*"]),
        ("가****나", vec!["****"]),
    ] {
        let (shown, faults) = paragraph(text);
        let wanted: Vec<String> = stars.iter().map(|s| format!("open-emphasis @ {s}")).collect();
        assert_eq!(faults, wanted, "{text}");
        assert!(shown.contains('*'), "{text} shows {shown}");
    }
}

#[test]
fn emphasis_never_crosses_a_block_or_cell() {
    let (_, faults) =
        prose("## P\n\n- **가\n- 나**\n\n| **a | b** |\n|---|---|\n| **가(x)**는 | 나 |\n");
    assert_eq!(faults.len(), 4, "{faults:?}");
}

#[test]
fn pages_begin_at_second_level_headings() {
    let (prose, faults) = prose("# 제목\n\n## 하나\n\n글\n\n### 작은 제목\n\n## 둘\n");
    assert_eq!(faults, [""; 0]);
    assert_eq!(prose.title.map(|t| t.0), Some("제목".into()));
    let titles: Vec<_> = prose.pages.iter().map(|p| (p.title.as_str(), p.blocks.len())).collect();
    assert_eq!(titles, [("하나", 2), ("둘", 0)]);
}

#[test]
fn what_stands_outside_every_page_is_a_fault() {
    assert_eq!(prose("글\n\n## P\n").1, ["before-first-page @ 글"]);
    assert_eq!(prose("").1, ["no-pages @ "]);
    assert_eq!(prose("## P\n\n# Q\n").1, ["second-title @ # Q\n"]);
}

#[test]
fn live_pieces_are_placed_by_fenced_blocks() {
    let (prose, faults) = prose(
        "## P\n\n```scene gate\nhttps\nssh\n```\n\n```question q1\n```\n\n```lab lab-1\n열어 보세요\n```\n\n```text\ncode\n```\n",
    );
    assert_eq!(faults, [""; 0]);
    let blocks = &prose.pages[0].blocks;
    assert_eq!(
        blocks[0],
        Block::Live(Live::Scene("gate".into(), vec!["https".into(), "ssh".into()]))
    );
    assert_eq!(blocks[1], Block::Live(Live::Question(QuestionId("lesson/q1".into()))));
    assert_eq!(blocks[2], Block::Live(Live::Lab(LabId("lab-1".into()))));
    assert_eq!(blocks[3], Block::Code("code".into()));
}

#[test]
fn a_misspelt_live_piece_is_a_fault() {
    for (text, wanted) in [
        ("```scnee gate\n```", "unknown-live @ ```scnee gate"),
        ("```scene\n```", "live-without-name @ ```scene"),
        ("```lab a b\n```", "live-without-name @ ```lab a b"),
        ("```question q\nwhat?\n```", "live-body @ what?"),
        ("- ```question q\n  ```", "nested-live @ ```question q"),
        ("> [!MTYH]\n> x", "unknown-callout @ > [!MTYH]"),
        ("<b>x</b>", "html @ <b>"),
        ("![x](y.png)", "image @ ![x](y.png)"),
        ("[x](y.md)", "bad-link @ [x](y.md)"),
    ] {
        let (_, faults) = prose(&format!("## P\n\n{text}\n"));
        assert!(faults.iter().any(|f| f == wanted), "{text}: {faults:?}");
    }
}

#[test]
fn callouts_lists_and_tables_keep_their_shape() {
    let (prose, faults) = prose(
        "## P\n\n> [!MYTH]\n> **“가”**는 틀립니다.\n\n1. 하나\n2. 둘\n   - 안\n\n| a | b |\n|---|---|\n| **가(x)**는 | `|` |\n\n> 인용\n\n---\n",
    );
    assert_eq!(faults, [""; 0]);
    let blocks = &prose.pages[0].blocks;
    let Block::Callout(Callout::Myth, inside) = &blocks[0] else { panic!("{:?}", blocks[0]) };
    assert!(matches!(&inside[0], Block::Paragraph(p) if shown(p) == "<b:“가”>는 틀립니다."));
    assert!(
        matches!(&blocks[1], Block::List(Some(1), items) if items.len() == 2 && items[1].len() == 2)
    );
    assert!(
        matches!(&blocks[2], Block::Table(head, rows) if head.len() == 2 && shown(&rows[0][0]) == "<b:가(x)>는")
    );
    assert!(matches!(&blocks[3], Block::Quote(_)));
    assert_eq!(blocks[4], Block::Rule);
}

#[test]
fn terms_with_spaces_are_links() {
    let (got, faults) = paragraph("[가용 영역](term:Availability Zone (AZ))은 [표](https://a.b/c)");
    assert_eq!((got.as_str(), faults), ("<a:가용 영역>은 <a:표>", vec![]));
    let (prose, _) = prose("## P\n\n[가](term:security group)");
    assert_eq!(prose.links[0].0, "term:security group");
}

#[test]
fn words_are_one_paragraph_whatever_they_hold() {
    for (text, wanted) in [
        ("**가(a)**는 `b`", "<b:가(a)>는 <c:b>"),
        ("1. 하나", "1. 하나"),
        ("# 제목", "# 제목"),
        ("- 가", "- 가"),
        ("> 가", "> 가"),
        ("<web>으로", "<web>으로"),
        ("두\n줄", "두 줄"),
        ("    들여쓰기", "들여쓰기"),
        ("```", "```"),
        ("a | b", "a | b"),
        ("", ""),
    ] {
        assert_eq!(shown(&inlines(text)).trim(), wanted, "{text}");
    }
    assert_eq!(checked_inlines("a **b").1.first(), Some(&(2..4)));
}

use proptest::prelude::*;

/// Words, stars, marks and breaks in any order.
fn line() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => proptest::sample::select(vec!["가나", "web", "(stateful)", "10.0.0.0/16", "\"", "을", ".", " "])
            .prop_map(str::to_owned),
        2 => proptest::sample::select(vec!["*", "**", "***"]).prop_map(str::to_owned),
        1 => proptest::sample::select(vec!["`x`", "[a](term:b c)", "\\*", "~", "_", "\n"]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_is_lost_and_no_star_is_made(text in line()) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let wanted = letters(&text.replace("](term:b c)", "]"));
        let shown = plain_text(&inlines(&text));
        prop_assert_eq!(letters(&shown), wanted, "{:?}", text);
        prop_assert!(shown.matches('*').count() <= text.matches('*').count());
    }

    /// The rule that Korean needs: whatever stands inside and right behind, a strong run that
    /// begins and ends at letters or marks is strong, and the rest is not.
    #[test]
    fn strong_is_strong_whatever_stands_around_it(
        before in "[가-힣a-z]{0,3} ?",
        inside in "[가-힣a-z(\"“][가-힣a-z0-9 /.%]{0,6}[가-힣a-z0-9)\"”%.]",
        after in "[가-힣a-z.,)]{0,4}",
    ) {
        let text = format!("{before}**{inside}**{after}");
        let (found, stray) = checked_inlines(&text);
        prop_assert_eq!(stray, vec![], "{}", text);
        let strong: String =
            found.iter().filter(|i| i.style.strong).map(|i| i.text.as_str()).collect();
        prop_assert_eq!(strong, inside, "{}", text);
    }

    #[test]
    fn any_markdown_is_read_without_a_panic(text in "(\\PC|\n){0,80}") {
        let (prose, _) = prose(&text);
        let _ = prose.pages.len();
        inlines(&text);
    }
}
