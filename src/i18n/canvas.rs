//! What is written on the canvas, and in its list, around what stands outside of the VPCs.

/// What is written around what stands outside of the VPCs.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Canvas {
    pub edge: &'static str,
    pub shelf: &'static str,
    pub joints: &'static str,
    pub premises: &'static str,
}

/// Korean.
pub const KO: Canvas = Canvas {
    edge: "AWS 엣지",
    shelf: "리전 안, VPC 밖",
    joints: "네트워크 사이",
    premises: "온프레미스",
};

/// English.
pub const EN: Canvas = Canvas {
    edge: "AWS edge",
    shelf: "Region, outside VPCs",
    joints: "Between networks",
    premises: "On premises",
};
