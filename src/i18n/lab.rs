//! What the lab says.

/// What the lab says.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Lab {
    // the canvas
    pub internet: &'static str,
    pub elsewhere: &'static str,
    pub zone: fn(&str) -> String,
    pub main: &'static str,
    pub stopped: &'static str,
    pub no_public: &'static str,
}

/// Korean.
pub const KO: Lab = Lab {
    internet: "인터넷",
    elsewhere: "인터넷 어딘가",
    zone: |zone| format!("가용 영역 {zone}"),
    main: "기본",
    stopped: "중지됨",
    no_public: "퍼블릭 주소 없음",
};

/// English.
pub const EN: Lab = Lab {
    internet: "Internet",
    elsewhere: "anywhere else",
    zone: |zone| format!("zone {zone}"),
    main: "main",
    stopped: "stopped",
    no_public: "no public address",
};
