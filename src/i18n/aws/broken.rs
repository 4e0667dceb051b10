//! Why a description cannot be read at all.

use super::said;
use crate::{
    i18n::{
        Words,
        fault::{Pair, Said},
    },
    text::particle::settle,
};

/// The file has nothing in it.
pub fn empty() -> Said {
    said!(
        "empty",
        "파일이 비어 있습니다.",
        "the file is empty";
        "명령이 오류로 끝나지 않았는지 확인하세요.",
        "see whether the command that wrote it failed"
    )
}

/// The text ends in the middle of a value.
pub fn ends() -> Said {
    said!(
        "bad-json",
        "JSON이 여기서 중간에 끊겼습니다.",
        "the JSON ends here, in the middle of a value";
        "파일이 끝까지 저장되었는지 확인하세요.",
        "see whether the file was written to its end"
    )
}

/// Not the beginning of a value. At the beginning of the file it is probably no JSON at all.
pub fn not_a_value(first: bool) -> Said {
    if first {
        return said!(
            "bad-json",
            "JSON이 아닙니다.",
            "this is not JSON";
            "`aws` 명령에 `--output json`을 붙여 다시 저장하세요.",
            "save it again with `--output json` behind the `aws` command"
        );
    }
    said!("bad-json", "여기에 값이 있어야 합니다.", "a value is expected here")
}

/// YAML, of this call when it can be told.
pub fn yaml(call: Option<String>) -> Said {
    again(
        said!(
            "bad-json",
            "YAML로 보입니다. JSON만 읽습니다.",
            "this looks like YAML, and only JSON is read"
        ),
        call,
    )
}

/// `--output text` or `table`, of this call when it can be told.
pub fn text_output(call: Option<String>) -> Said {
    again(
        said!(
            "bad-json",
            "`--output text`나 `--output table`의 출력으로 보입니다. JSON만 읽습니다.",
            "this looks like the output of `--output text` or `--output table`, and only JSON is read"
        ),
        call,
    )
}

/// Adds how to save it as JSON.
fn again(mut said: Said, call: Option<String>) -> Said {
    said.help = Some(match call {
        Some(call) => Words {
            ko: format!("`{call} --output json`으로 다시 저장하세요."),
            en: format!("save it again with `{call} --output json`"),
        },
        None => Words {
            ko: "`aws` 명령에 `--output json`을 붙여 다시 저장하세요.".into(),
            en: "save it again with `--output json` behind the `aws` command".into(),
        },
    });
    said
}

/// What the AWS CLI says when a call fails, in the place of its output.
pub fn aws_error(call: Option<String>) -> Said {
    let mut said = said!(
        "aws-error",
        "출력이 아니라 `aws` 명령의 오류가 저장되어 있습니다.",
        "this is an error of the `aws` command, not its output"
    );
    said.help = Some(match call {
        Some(call) => Words {
            ko: format!("이 명령의 출력이 답에 빠져 있습니다. 오류를 고친 뒤 `{call} --output json`으로 다시 저장하세요."),
            en: format!("answers lack what it should have printed: mend what it complains of and save it again with `{call} --output json`"),
        },
        None => Words {
            ko: "이 명령의 출력이 답에 빠져 있습니다. 오류를 고친 뒤 다시 저장하세요.".into(),
            en: "answers lack what it should have printed: mend what it complains of and save it again".into(),
        },
    });
    said
}

/// Compressed, and there is nothing else.
pub fn compressed() -> Said {
    said!(
        "compressed-file",
        "압축된 파일입니다.",
        "the file is compressed";
        "먼저 압축을 푸세요. 예: `gunzip vpcs.json.gz`",
        "unpack it first, for example with `gunzip vpcs.json.gz`"
    )
}

/// A few keys of objects, or only their ids.
pub fn part_of_output() -> Said {
    said!(
        "not-a-dump",
        "AWS의 객체가 아니라 그 일부만 있습니다. `--query`로 고른 결과로 보입니다.",
        "these are parts of AWS's objects, not the objects: it looks like a result of `--query`";
        "`--query` 없이 저장하세요. 예: `aws ec2 describe-vpcs --output json > vpcs.json`",
        "save it without `--query`, for example: `aws ec2 describe-vpcs --output json > vpcs.json`"
    )
}

/// A key in quotes is expected.
pub fn not_a_key() -> Said {
    said!(
        "bad-json",
        "여기에 큰따옴표로 감싼 키가 있어야 합니다.",
        "a key in double quotes is expected here"
    )
}

/// A colon is expected.
pub fn no_colon() -> Said {
    said!("bad-json", "키 뒤에 `:`이 있어야 합니다.", "a `:` is expected behind the key")
}

/// A comma or the end is expected.
pub fn no_comma() -> Said {
    said!(
        "bad-json",
        "여기에 `,`나 닫는 괄호가 있어야 합니다.",
        "a `,` or the closing bracket is expected here"
    )
}

/// Not a number as JSON writes them.
pub fn bad_number() -> Said {
    said!("bad-json", "JSON의 숫자가 아닙니다.", "this is not a number of JSON's")
}

/// Not an escape of JSON's.
pub fn bad_escape() -> Said {
    said!("bad-json", "JSON에 없는 이스케이프입니다.", "JSON has no such escape")
}

/// A control character inside a string.
pub fn control_character() -> Said {
    said!(
        "bad-json",
        "문자열 안에 제어 문자를 그대로 쓸 수 없습니다.",
        "a string may not hold a bare control character"
    )
}

/// The object has the key already.
pub fn key_twice(key: &str) -> Said {
    said!(
        "duplicate-key",
        "키 `{key}`이(가) 한 객체에 두 번 나옵니다.",
        "the key `{key}` comes twice in one object";
        "어느 값이 맞는지 알 수 없습니다. 하나만 남기세요.",
        "which one is meant nobody can tell: keep one"
    )
}

/// Too many values in each other.
pub fn too_deep() -> Said {
    said!("bad-json", "값이 너무 깊이 겹쳐 있습니다.", "values lie too deep in each other here")
}

/// Not UTF-8, and not marked as UTF-16.
pub fn not_text() -> Said {
    said!(
        "not-text",
        "올바른 UTF-8이 아닙니다.",
        "this is not valid UTF-8";
        "파일을 UTF-8로 저장하세요. 바이트 순서 표시가 있으면 UTF-16도 읽습니다.",
        "save the file as UTF-8; UTF-16 is read too when it begins with its byte order mark"
    )
}

/// More than can be read.
pub fn too_large() -> Said {
    said!("too-large", "파일이 너무 큽니다(1 GiB까지).", "the file is too large (1 GiB at most)")
}

/// No part of it is known.
pub fn not_a_dump() -> Said {
    said!(
        "not-a-dump",
        "`aws ec2 describe-*`가 출력하는 목록(`Vpcs`, `Subnets` 등)이 하나도 없습니다.",
        "there is none of the lists that `aws ec2 describe-*` prints: no `Vpcs`, no `Subnets`";
        "예: `aws ec2 describe-vpcs --output json > vpcs.json`",
        "for example: `aws ec2 describe-vpcs --output json > vpcs.json`"
    )
}

/// A value of another type.
pub fn wrong_type(wanted: Pair, found: Pair) -> Said {
    let ((ko, en), (found_ko, found_en)) = (wanted, found);
    said!(
        "wrong-type",
        "여기에는 {ko}이(가) 있어야 하는데 {found_ko}이(가) 있습니다.",
        "{en} is expected here, not {found_en}",
    )
}

/// A value that does not say what it should.
pub fn bad_value(value: &str, wanted: Pair) -> Said {
    let (ko, en) = wanted;
    said!("bad-value", "`{value}`은(는) {ko}이(가) 아닙니다.", "`{value}` is not {en}")
}

/// Words for values, as [`wrong_type`] and [`bad_value`] want them.
#[expect(missing_docs, reason = "the words say what they are")]
pub mod value {
    use super::Pair;

    pub const TEXT: Pair = ("문자열", "a string");
    pub const FLAG: Pair = ("true 또는 false", "true or false");
    pub const NUMBER: Pair = ("정수", "a whole number");
    pub const FRACTION: Pair = ("정수가 아닌 숫자", "a number that is not whole");
    pub const LIST: Pair = ("목록", "a list");
    pub const OBJECT: Pair = ("객체", "an object");
    pub const CIDR: Pair = ("주소 범위(CIDR)", "a range of addresses (CIDR)");
    pub const ADDRESS: Pair = ("IP 주소", "an IP address");
    pub const ADDRESS_V4: Pair = ("IPv4 주소", "an IPv4 address");
    pub const PROTOCOL: Pair = ("프로토콜", "a protocol");
    pub const PORTS: Pair = ("포트 범위", "a range of ports");
    pub const ICMP: Pair = (
        "ICMP 유형이나 코드(0에서 255까지, 모두는 -1)",
        "a type or code of ICMP (0 to 255, -1 for all)",
    );
    pub const RULE_NUMBER: Pair = ("규칙 번호", "the number of a rule");
    pub const ACTION: Pair = ("allow 또는 deny", "allow or deny");
}
