//! What `hanulgil draw` says.

/// What `hanulgil draw` says.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Draw {
    pub about: &'static str,
    pub more: &'static str,
    pub svg: &'static str,
    pub text: &'static str,
    pub width: &'static str,
    pub scale: &'static str,
    pub packet: &'static str,
    pub out: &'static str,
    pub ascii: &'static str,
    pub dark: &'static str,
    pub light: &'static str,
    pub too_large: &'static str,
    pub cannot_write: fn(&str, &str) -> String,
}

/// Korean.
pub const KO: Draw = Draw {
    about: "네트워크를 그림이나 텍스트로 그립니다",
    more: "아무것도 고르지 않으면 텍스트로 그립니다.\n종료 상태: 0, 사용할 수 없는 입력이면 2",
    svg: "SVG 그림으로 그립니다",
    text: "화면에 보이는 그대로 텍스트로 그립니다",
    width: "쓸 수 있는 너비(칸). 기본값은 120",
    scale: "얼마나 자세히 그릴지: near, middle, far. 기본값은 너비에 들어가는 가장 자세한 것",
    packet: "이 패킷이 가는 길도 그립니다: \"internet -> web tcp/443\"",
    out: "표준 출력 대신 이 파일에 씁니다",
    ascii: "ASCII 문자만 씁니다",
    dark: "어두운 바탕에 그립니다(기본값)",
    light: "밝은 바탕에 그립니다",
    too_large: "그림이 너무 큽니다. `--scale far`로 다시 해 보세요.",
    cannot_write: |file, why| format!("`{file}`에 쓸 수 없습니다: {why}"),
};

/// English.
pub const EN: Draw = Draw {
    about: "Draw the network as a picture or as text",
    more: "Text when neither is chosen.\nExit status: 0, or 2 when the input cannot be used",
    svg: "Draw an SVG picture",
    text: "Draw text, just as the screen shows it",
    width: "How many columns there are (120 when not given)",
    scale: "How much to show: near, middle or far (as near as fits the width when not given)",
    packet: "Draw the way of this packet, too: \"internet -> web tcp/443\"",
    out: "Write to this file instead of the standard output",
    ascii: "Use ASCII signs only",
    dark: "Draw on a dark ground (as when neither is given)",
    light: "Draw on a light ground",
    too_large: "The picture would be too large. Try `--scale far`.",
    cannot_write: |file, why| format!("cannot write `{file}`: {why}"),
};
