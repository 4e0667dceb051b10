//! What the workshop, the sandbox and incidents say.

/// What they say.
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Workshop {
    // the workshop
    pub title: &'static str,
    pub in_short: &'static str,
    pub invitation: &'static str,
    pub build: &'static str,
    pub build_says: &'static str,
    pub mend: &'static str,
    pub mend_says: &'static str,
    pub empty: &'static str,
    pub empty_says: &'static str,
    /// What a design is called, and what it is, in the order of `Design::ALL`.
    pub designs: [(&'static str, &'static str); 6],
    pub saved_scene: &'static str,
    /// (how many faults)
    pub level: fn(usize) -> String,
    pub resume: &'static str,
    /// (design)
    pub resume_says: fn(&str) -> String,
    pub enter_resume: &'static str,
    /// (what was typed of it)
    pub number: fn(&str) -> String,
    pub number_hint: &'static str,
    pub enter_build: &'static str,
    pub enter_mend: &'static str,
    // the sandbox
    pub sandbox: &'static str,
    pub steps: fn(usize) -> String,
    pub kept: &'static str,
    pub kept_in_file: fn(&str) -> String,
    pub unsaved: &'static str,
    pub save: &'static str,
    /// (how many faults)
    pub break_it: fn(usize) -> String,
    pub unbreakable: &'static str,
    pub unreadable: fn(&str) -> String,
    pub saved_to: fn(&str) -> String,
    pub not_saved: fn(&str) -> String,
    pub changed_meanwhile: &'static str,
    pub not_read: fn(&str) -> String,
    pub really_leave: &'static str,
    pub leave_loses: &'static str,
    pub save_and_leave: &'static str,
    pub leave: &'static str,
    pub stay: &'static str,
    // incidents
    pub incident: &'static str,
    pub brief: fn(usize) -> String,
    pub complaints: &'static str,
    pub rules: fn(u32) -> String,
    pub begin: &'static str,
    pub reports: &'static str,
    pub answered: &'static str,
    pub kept_out: &'static str,
    pub stale: &'static str,
    pub times_out: &'static str,
    pub one_way: &'static str,
    pub refused: &'static str,
    pub let_in: &'static str,
    /// (probes, changes)
    pub score: fn(u32, u32) -> String,
    pub analyse: fn(u32) -> String,
    pub give_up: &'static str,
    pub mend_it: &'static str,
    pub mended: &'static str,
    pub given_up: &'static str,
    /// (probes, changes, par)
    pub mended_says: fn(u32, u32, u32) -> String,
    pub at_par: &'static str,
    pub was_broken: &'static str,
    pub another: &'static str,
    pub same_again: &'static str,
    pub back: &'static str,
    pub look_on: &'static str,
}

/// Korean.
pub const KO: Workshop = Workshop {
    title: "작업실",
    in_short: "직접 만들고, 고장을 고칩니다",
    invitation: "Enter를 누르면 작업실로 갑니다",
    build: "만들기",
    build_says: "무엇이든 만들고 패킷을 보내 보는 샌드박스입니다. 하던 일은 그대로 남습니다.",
    mend: "고치기",
    mend_says: "잘 돌던 설계에 고장을 냅니다. 증상만 듣고 원인을 찾아 고치세요.",
    empty: "빈 클라우드",
    empty_says: "아무것도 없는 데서 시작합니다.",
    designs: [
        (
            "두 영역의 웹 서비스",
            "퍼블릭과 프라이빗 서브넷이 두 가용 영역에, NAT 게이트웨이도 영역마다 하나씩 있습니다.",
        ),
        (
            "로드 밸런서와 세 계층",
            "로드 밸런서, 애플리케이션, 데이터베이스가 서로를 보안 그룹으로 가리킵니다.",
        ),
        (
            "인터넷 없이 AWS 서비스로",
            "S3는 게이트웨이 엔드포인트로, 대기열과 비밀은 인터페이스 엔드포인트로 갑니다.",
        ),
        ("피어링한 두 VPC", "두 팀의 VPC가 서로 이어져 있고, 인터넷에는 한쪽만 이어져 있습니다."),
        ("허브와 스포크", "전송 게이트웨이가 두 VPC를 공용 서비스에 잇고, 서로는 떼어 놓습니다."),
        ("사무실과 클라우드", "사무실 네트워크가 VPN으로 VPC와 이어져 있습니다."),
    ],
    saved_scene: "저장한 장면입니다.",
    level: |faults| format!("고장 {faults}개"),
    resume: "하던 장애 이어서 고치기",
    resume_says: |design| format!("{design}: 끝내지 않은 장애가 그대로 남아 있습니다."),
    enter_resume: "Enter를 누르면 이어서 합니다",
    number: |number| format!("번호 {number}"),
    number_hint: "번호를 입력하면 같은 장애가 다시 납니다.",
    enter_build: "Enter를 누르면 샌드박스가 열립니다",
    enter_mend: "Enter를 누르면 고장이 납니다",
    sandbox: "샌드박스",
    steps: |steps| format!("바꾼 단계 {steps}"),
    kept: "하던 일은 저절로 남습니다.",
    kept_in_file: |path| format!("파일 {path}"),
    unsaved: "저장하지 않은 것이 있습니다.",
    save: "장면 파일로 저장",
    break_it: |faults| format!("고장 {faults}개를 내고 고쳐 보기"),
    unbreakable: "이 네트워크에는 고쳐 볼 만한 고장을 낼 수 없습니다. 도착하는 패킷이 있어야 합니다.",
    unreadable: |why| format!("장면을 읽을 수 없습니다: {why}"),
    saved_to: |path| format!("{path}에 저장했습니다."),
    not_saved: |why| format!("저장하지 못했습니다: {why}"),
    changed_meanwhile: "파일이 그사이 바뀌어 덮어쓰지 않았습니다. 파일 이름을 바꾸고 다시 저장하세요.",
    not_read: |why| format!("읽지 못했습니다: {why}"),
    really_leave: "저장하지 않고 나가시겠습니까?",
    leave_loses: "파일에 아직 없는 변경이 있습니다.",
    save_and_leave: "저장하고 나갑니다",
    leave: "저장하지 않고 나갑니다",
    stay: "머무릅니다",
    incident: "장애",
    brief: |faults| format!("어제까지 잘 되던 설계입니다. 누군가 {faults}군데를 바꾸었습니다."),
    complaints: "이런 신고가 들어왔습니다.",
    rules: |cost| {
        format!(
            "패킷을 하나 보내면 보낸 쪽이 보는 결과만 알 수 있고, 탐침 1개가 듭니다. 경로 분석기는 \
             길을 모두 보여 주고 탐침 {cost}개가 듭니다. 모든 것이 전처럼 되면 끝납니다."
        )
    },
    begin: "Enter를 누르면 시작합니다.",
    reports: "되어야 하는 것",
    answered: "응답이 옵니다",
    kept_out: "막혀 있습니다 (그래야 합니다)",
    stale: "아직 모릅니다",
    times_out: "응답이 없습니다",
    one_way: "요청은 도착하는데 응답이 돌아오지 않습니다",
    refused: "연결이 거부됩니다",
    let_in: "막혀야 하는데 들어옵니다",
    score: |probes, changes| format!("탐침 {probes}, 바꾼 횟수 {changes}"),
    analyse: |cost| format!("방금 보낸 패킷을 경로 분석기로 보기 (탐침 {cost})"),
    give_up: "무엇이 고장이었는지 보기",
    mend_it: "가장 적게 바꾸어 고치는 것 보기",
    mended: "모두 고쳤습니다",
    given_up: "고장은 이것이었습니다",
    mended_says: |probes, changes, par| {
        format!("탐침 {probes}개로 찾고 {changes}번 바꾸어 고쳤습니다. 가장 적게는 {par}번입니다.")
    },
    at_par: "더 적게 바꾸어 고치는 방법은 없습니다.",
    was_broken: "누군가 이렇게 바꾸어 놓았습니다.",
    another: "다른 고장 고치기",
    same_again: "같은 장애 처음부터",
    back: "작업실로 돌아가기",
    look_on: "더 둘러보기",
};

/// English.
pub const EN: Workshop = Workshop {
    title: "Workshop",
    in_short: "build things, mend things",
    invitation: "Press Enter to go to the workshop",
    build: "Build",
    build_says: "A sandbox: build anything, send packets through it. What you did is kept.",
    mend: "Mend",
    mend_says: "A design that worked is broken. You get the symptoms; find the cause and mend it.",
    empty: "An empty cloud",
    empty_says: "Begin with nothing at all.",
    designs: [
        (
            "A web service in two zones",
            "Public and private subnets in two Availability Zones, each zone with a NAT gateway.",
        ),
        (
            "A load balancer and three tiers",
            "Load balancer, applications and database name each other's security groups.",
        ),
        (
            "AWS services without internet",
            "S3 by a gateway endpoint, a queue and secrets by interface endpoints.",
        ),
        (
            "Two peered VPCs",
            "The VPCs of two teams, joined; only one of them has a way to the internet.",
        ),
        (
            "Hub and spokes",
            "A transit gateway joins two VPCs to shared services, and keeps them apart.",
        ),
        (
            "An office and the cloud",
            "An office's network reaches a VPC over a VPN, and the reverse.",
        ),
    ],
    saved_scene: "A scene that you saved.",
    level: |faults| match faults {
        1 => "1 fault".to_owned(),
        many => format!("{many} faults"),
    },
    resume: "Go on mending",
    resume_says: |design| format!("{design}: the incident that you did not finish is still there."),
    enter_resume: "Press Enter to go on",
    number: |number| format!("number {number}"),
    number_hint: "Type a number to have the same incident again.",
    enter_build: "Press Enter to open the sandbox",
    enter_mend: "Press Enter to have it broken",
    sandbox: "Sandbox",
    steps: |steps| format!("steps {steps}"),
    kept: "What you do is kept by itself.",
    kept_in_file: |path| format!("file {path}"),
    unsaved: "Not everything is saved.",
    save: "Save as a scene file",
    break_it: |faults| match faults {
        1 => "Break it in 1 place, and mend it".to_owned(),
        many => format!("Break it in {many} places, and mend it"),
    },
    unbreakable: "Nothing here can be broken and mended: some packet must arrive first.",
    unreadable: |why| format!("The scene cannot be read: {why}"),
    saved_to: |path| format!("Saved to {path}."),
    not_saved: |why| format!("Not saved: {why}"),
    changed_meanwhile: "The file has changed meanwhile: not overwritten. Rename it and save again.",
    not_read: |why| format!("Not read: {why}"),
    really_leave: "Leave without saving?",
    leave_loses: "There are changes that the file does not have yet.",
    save_and_leave: "Save and leave",
    leave: "Leave without saving",
    stay: "Stay",
    incident: "Incident",
    brief: |faults| match faults {
        1 => "This design worked until yesterday. Somebody changed it in 1 place.".to_owned(),
        many => {
            format!("This design worked until yesterday. Somebody changed it in {many} places.")
        }
    },
    complaints: "These complaints came in:",
    rules: |cost| {
        format!(
            "A packet tells you what its sender sees, and costs 1 probe. The path analyzer shows the \
             whole way, and costs {cost}. It is over when everything is as it was."
        )
    },
    begin: "Press Enter to begin.",
    reports: "What must work",
    answered: "is answered",
    kept_out: "is kept out, as it must be",
    stale: "not known yet",
    times_out: "times out",
    one_way: "the request arrives, no answer comes back",
    refused: "the connection is refused",
    let_in: "gets in, and must not",
    score: |probes, changes| format!("probes {probes}, changes {changes}"),
    analyse: |cost| format!("Show the whole way of the last packet ({cost} probes)"),
    give_up: "Tell me what was broken",
    mend_it: "Mend it with the fewest changes",
    mended: "Everything works again",
    given_up: "This was broken",
    mended_says: |probes, changes, par| {
        format!("Probes: {probes}. Changes: {changes}. The fewest that mend it: {par}.")
    },
    at_par: "It cannot be mended with fewer changes.",
    was_broken: "Somebody had done this:",
    another: "Mend another one",
    same_again: "The same one from its beginning",
    back: "Back to the workshop",
    look_on: "Look around some more",
};
