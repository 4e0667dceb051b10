//! Korean particles (조사), chosen by how the word before them is read aloud.
//!
//! Many particles have a form after a consonant and one after a vowel: 서브넷**은** but 경로**는**. What
//! the program fills into its sentences is often not Korean, so the question is how a Korean
//! engineer reads it:
//!
//! - numbers by their Sino-Korean names, the last number of an address: `10.0.0.0/16` ends in 육;
//! - capitals by the letters' names: ACL ends in 엘, VPC in 시; a few are words (MAC is 맥);
//! - a digit behind capitals in English, as in S3 and `IPv6` (식스, not 육);
//! - lower-case words as the loan-word rules would write them: web is 웹, client is 클라이언트;
//! - quotes, backticks, emphasis and closing marks are not read; a remark in parentheses is
//!   skipped: the particle follows what stands before it, 대기열(DLQ)**은**.

use unicode_normalization::UnicodeNormalization;

use super::hangul;

/// A particle that changes with the sound before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Particle {
    /// 은/는, the topic.
    EunNeun,
    /// 이/가, the subject.
    IGa,
    /// 을/를, the object.
    EulReul,
    /// 과/와, "and", "with".
    GwaWa,
    /// 으로/로, "to", "by"; 로 after ㄹ too. 로서, 로써 and 로부터 build on it.
    EuroRo,
    /// 이나/나, "or".
    INa,
    /// 이랑/랑, "and" in speech.
    IRang,
    /// 이라/라, as in 이라고, 이라는, 이라면.
    IRa,
    /// 이고/고, "is, and".
    IGo,
    /// 이며/며, "is, and" in writing.
    IMyeo,
    /// 이다/다, "is".
    IDa,
    /// 이에요/예요, "is" in speech.
    IEyo,
    /// 이었/였, "was".
    IEot,
    /// 아/야, calling someone.
    AYa,
}

impl Particle {
    /// The form after a consonant, after a vowel, and where nobody knows which.
    fn forms(self) -> [&'static str; 3] {
        match self {
            Self::EunNeun => ["은", "는", "은(는)"],
            Self::IGa => ["이", "가", "이(가)"],
            Self::EulReul => ["을", "를", "을(를)"],
            Self::GwaWa => ["과", "와", "과(와)"],
            Self::EuroRo => ["으로", "로", "(으)로"],
            Self::INa => ["이나", "나", "(이)나"],
            Self::IRang => ["이랑", "랑", "(이)랑"],
            Self::IRa => ["이라", "라", "(이)라"],
            Self::IGo => ["이고", "고", "(이)고"],
            Self::IMyeo => ["이며", "며", "(이)며"],
            Self::IDa => ["이다", "다", "(이)다"],
            Self::IEyo => ["이에요", "예요", "이에요(예요)"],
            Self::IEot => ["이었", "였", "이었(였)"],
            Self::AYa => ["아", "야", "아(야)"],
        }
    }

    /// The form that follows `word`; both where the word cannot be read: `은(는)`.
    pub fn after(self, word: &str) -> &'static str {
        let [consonant, vowel, both] = self.forms();
        match (ending(word), self) {
            (None, _) => both,
            (Some(Ending::Vowel), _) | (Some(Ending::Rieul), Self::EuroRo) => vowel,
            (Some(Ending::Rieul | Ending::Consonant), _) => consonant,
        }
    }
}

/// `word` with the right form of the particle.
///
/// ```
/// # use hanulgil::text::particle::{Particle, with};
/// assert_eq!(with("ACL", Particle::EuroRo), "ACL로");
/// assert_eq!(with("10.0.0.0/16", Particle::EunNeun), "10.0.0.0/16은");
/// assert_eq!(with("web", Particle::IGa), "web이");
/// ```
pub fn with(word: &str, particle: Particle) -> String {
    format!("{word}{}", particle.after(word))
}

/// A sentence in which every `은(는)`, `이(가)`, `을(를)`, `과(와)`, `(으)로` and `(이)` behind a word has
/// become the form that fits the word, for sentences whose words are filled in.
///
/// What cannot be read keeps both forms.
///
/// ```
/// # use hanulgil::text::particle::settle;
/// assert_eq!(settle("`igw-a`이(가) 10.0.1.10(으)로 보냅니다."), "`igw-a`가 10.0.1.10으로 보냅니다.");
/// ```
pub fn settle(text: &str) -> String {
    type Form = fn(&str) -> &'static str;
    const MARKERS: [(&str, Form); 6] = [
        ("은(는)", |word| Particle::EunNeun.after(word)),
        ("이(가)", |word| Particle::IGa.after(word)),
        ("을(를)", |word| Particle::EulReul.after(word)),
        ("과(와)", |word| Particle::GwaWa.after(word)),
        ("(으)로", |word| Particle::EuroRo.after(word)),
        ("(이)", |word| match ending(word) {
            Some(Ending::Vowel) => "",
            Some(Ending::Rieul | Ending::Consonant) => "이",
            None => "(이)",
        }),
    ];
    let mut settled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let marker = MARKERS.iter().find(|(marker, _)| rest.starts_with(marker));
        let found = marker.and_then(|(marker, forms)| {
            let line = settled.rsplit('\n').next().unwrap_or_default();
            let behind_word = !line.is_empty() && !line.ends_with(char::is_whitespace);
            behind_word.then(|| (marker.len(), forms(line)))
        });
        let len = found.map_or(letter.len_utf8(), |(len, _)| len);
        settled.push_str(found.map_or(&rest[..len], |(_, form)| form));
        rest = &rest[len..];
    }
    settled
}

/// The sound with which a word ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// A vowel.
    Vowel,
    /// ㄹ, after which 로 loses its 으.
    Rieul,
    /// Any other consonant.
    Consonant,
}

use Ending::{Consonant, Rieul, Vowel};

/// How the word ends when read aloud; `None` if nothing in it can be read.
pub fn ending(word: &str) -> Option<Ending> {
    let word = heard(word);
    let last = word.chars().next_back()?;
    match last {
        '0'..='9' => Some(number_ending(word)),
        'a'..='z' | 'A'..='Z' => Some(latin_ending(word)),
        // Jamo by their names (리을, 기역, 아), signs by theirs (이퀄, 원, 퍼센트, 슬래시).
        'ㄹ' | '=' => Some(Rieul),
        'ㄱ'..='ㅎ' | '₩' => Some(Consonant),
        'ㅏ'..='ㅣ' | '%' | '％' | '‰' | '℃' | '°' | '+' | '$' | '&' | '/' | '@' => {
            Some(Vowel)
        }
        _ => match hangul::letters(last).map(|syllable| syllable.last) {
            Some(None) => Some(Vowel),
            Some(Some('ㄹ')) => Some(Rieul),
            Some(Some(_)) => Some(Consonant),
            None => recomposed(word).and_then(|word| ending(&word)),
        },
    }
}

/// The word without its last letter's accents, or with its loose jamo put together.
fn recomposed(word: &str) -> Option<String> {
    let composed: String = word.nfc().collect();
    if composed.chars().next_back().is_some_and(|last| hangul::letters(last).is_some()) {
        return Some(composed);
    }
    let bare: String = word.nfkd().collect();
    let bare = bare.trim_end_matches(|c: char| ('\u{300}'..='\u{36f}').contains(&c));
    let readable = bare.ends_with(|c: char| c.is_ascii_alphanumeric());
    (readable && bare != word).then(|| bare.to_owned())
}

/// The part of the word up to the last thing that is read.
fn heard(word: &str) -> &str {
    let silent = |letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '"' | '\''
                    | '`'
                    | '*'
                    | '_'
                    | '~'
                    | '.'
                    | ','
                    | '!'
                    | '?'
                    | ':'
                    | ';'
                    | '…'
                    | '”'
                    | '’'
                    | '」'
                    | '』'
                    | '》'
                    | '〉'
                    | '】'
                    | ']'
                    | '}'
                    | '>'
                    | '。'
                    | '-'
            )
    };
    let mut word = word.trim_end_matches(silent);
    while let Some(inside) = word.strip_suffix([')', '）']) {
        let mut depth = 1;
        let open = inside.char_indices().rev().find(|(_, letter)| {
            match letter {
                ')' | '）' => depth += 1,
                '(' | '（' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let before = open.map_or("", |(at, _)| inside[..at].trim_end_matches(silent));
        let opening = |c: char| matches!(c, '(' | '（' | '[' | '{' | '"' | '\'' | '“' | '‘');
        // A parenthesis that stands alone is read itself.
        let alone = before.trim_end_matches(opening).is_empty();
        word = if alone { inside.trim_end_matches(silent) } else { before };
    }
    word
}

/// A number at the end of the word, groups of thousands included.
fn number_ending(word: &str) -> Ending {
    let before = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let mut digits = word[before.len()..].bytes().rev().filter(u8::is_ascii_digit).peekable();
    let mut zeros = 0_usize;
    while digits.next_if_eq(&b'0').is_some() {
        zeros += 1;
    }
    let Some(digit) = digits.next() else { return Consonant }; // 영, 공
    if zeros == 0 && digits.peek().is_none() && reads_digits_in_english(before) {
        return match digit {
            b'1' | b'7' | b'9' => Consonant, // 원, 세븐, 나인
            _ => Vowel,
        };
    }
    match (zeros, digit) {
        (0, b'1' | b'7' | b'8') => Rieul, // 일, 칠, 팔
        // 삼, 육; 십, 백, 천, 만, 억; 경
        (0, b'3' | b'6') | (1..=11 | 16..=19, _) => Consonant,
        _ => Vowel, // 이, 사, 오, 구; 조
    }
}

/// Whether a single digit behind these letters is read in English: S3, EC2, `IPv4`.
fn reads_digits_in_english(before: &str) -> bool {
    let letters = last_letters(before);
    letters.contains(|c: char| c.is_ascii_uppercase()) || matches!(letters, "s" | "ec" | "ipv")
}

/// The ASCII letters at the end.
fn last_letters(word: &str) -> &str {
    &word[word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..]
}

/// A Latin word at the end.
fn latin_ending(word: &str) -> Ending {
    let word = last_letters(word);
    let lower = word.to_ascii_lowercase();
    if let Some(ending) = known(&lower) {
        return ending;
    }
    let has_vowel = |word: &str| word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let capitals = word.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    if capitals == word.len() {
        // Five capitals with a vowel are a word that someone wrote large: SUBNET, DNSSEC.
        let spelled = word.len() < 5 || !has_vowel(&lower);
        return if spelled { letter_ending(&lower) } else { spelling_ending(&lower) };
    }
    if capitals > 0 {
        return letter_ending(&lower); // DynamoDB
    }
    // CloudFront: the last part is a word of its own.
    let part = word.rfind(|c: char| c.is_ascii_uppercase()).map_or(&*lower, |at| &lower[at..]);
    match known(part) {
        Some(ending) => ending,
        None if part.len() < 3 || !has_vowel(part) => letter_ending(part),
        None => spelling_ending(part),
    }
}

/// The name of the last letter.
fn letter_ending(word: &str) -> Ending {
    match word.bytes().next_back() {
        Some(b'l' | b'r') => Rieul,     // 엘, 알
        Some(b'm' | b'n') => Consonant, // 엠, 엔
        _ => Vowel,
    }
}

/// Words that are not read as their spelling suggests; `*` stands for any beginning.
#[rustfmt::skip]
const VOWELS: &[&str] = &[
    "acme", "apache", "api", "bit", "cafe", "*check", "edit", "exit", "hit", "*hub", "kit", "nat",
    "snat", "dnat", "pat", "ok", "orbit", "recipe", "set", "soup", "sub",
];
#[rustfmt::skip]
const CONSONANTS: &[&str] = &[
    "bag", "*certificate", "*circuit", "climate", "*cname", "composite", "*drop", "*get", "good",
    "*group", "mac", "minute", "*out", "*private", "*put", "*stalk", "technique", "*template",
    "*type", "up",
];
const RIEULS: &[&str] = &["acl", "nacl", "url", "dsl"];
/// Lower-case abbreviations that have a vowel and are spelled out all the same; those of two
/// letters always are.
#[rustfmt::skip]
const SPELLED: &[&str] = &[
    "acm", "alb", "ami", "amis", "asg", "aws", "azs", "cdk", "cidr", "cli", "ebs", "ecr", "ecs",
    "efs", "eip", "eks", "elb", "emr", "eni", "icmp", "ids", "igw", "iot", "ips", "ipam", "nic",
    "oac", "oai", "oidc", "sdk", "sqs", "ssl", "tgw", "udp", "uri", "utc", "uuid", "vgw", "vif",
    "waf",
];

fn known(word: &str) -> Option<Ending> {
    let listed = |list: &[&str]| {
        list.iter().any(|entry| match entry.strip_prefix('*') {
            Some(end) => word.ends_with(end),
            None => word == *entry,
        })
    };
    if listed(VOWELS) {
        Some(Vowel)
    } else if listed(CONSONANTS) {
        Some(Consonant)
    } else if listed(RIEULS) {
        Some(Rieul)
    } else if listed(SPELLED) {
        Some(letter_ending(word))
    } else {
        None
    }
}

/// How the loan-word rules (외래어 표기법, chapter 3, section 1) would write an English word's end.
fn spelling_ending(word: &str) -> Ending {
    let bytes = word.as_bytes();
    let back = |at: usize| bytes.len().checked_sub(at).map_or(b' ', |at| bytes[at]);
    let is_vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    // A doubled or `ck` end counts once: app, stack.
    let last = back(1);
    let double = usize::from(back(2) == last || last == b'k' && back(2) == b'c');
    let (v1, v2, v3) = (back(2 + double), back(3 + double), back(4 + double));
    // Behind one vowel letter, and that one not part of a long sound: net but not boot, port.
    let short = is_vowel(v1) && (!is_vowel(v2) || v2 == b'u' && v3 == b'q');
    match last {
        b'e' => match back(2) {
            b'l' => Rieul,
            b'm' | b'n' => Consonant,
            _ => Vowel,
        },
        b'l' => Rieul,
        b'm' | b'n' => Consonant,
        b'g' if back(2) == b'n' => Consonant,
        b'b' if back(2) == b'm' => Consonant,
        // 프 behind long vowels, but sleep is 슬립 and heap 힙.
        b'p' if matches!((v2, v1), (b'e', b'e' | b'a')) => Consonant,
        // 북, 훅
        b'k' if v1 == b'o' && v2 == b'o' => Consonant,
        b'p' | b't' | b'k' | b'c' | b'b' if short => Consonant,
        _ => Vowel,
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    /// Every word, separated by bars, must end like that.
    fn check(expected: Ending, words: &str) {
        for word in words.split(" | ") {
            assert_eq!(ending(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn korean_words_are_read_as_written() {
        check(
            Vowel,
            "인터넷 게이트웨이 | NAT 게이트웨이 | 경로 | 로컬 경로 | 블랙홀 경로 | 온프레미스 | \
             보안 주체 | 명시적 거부 | AWS KMS 키 | AWS Lambda 함수 | Amazon EC2 인스턴스 | \
             VPC 엔드포인트 | Lambda 권한 부여자 | RDS 프록시 | SecureString 파라미터 | VPC 링크 | \
             VPC 흐름 로그 | Well-Architected 프레임워크 | 가장 긴 접두사 일치 | 읽기 | 객체 | \
             다중 AZ 배포 | 라이트 스루 | 리스너 | 엣지 캐시 | 멀티파트 업로드 | 무효화 | \
             배스천 호스트 | 별칭 레코드 | 보안 암호 교체 | 샤드 | 서비스 | 스테이지 | \
             스토리지 클래스 | 메시지 | 임시 포트 | 장애 조치 | 조건부 쓰기 | 컨테이너 | \
             콜드 스타트 | 탄력적 IP 주소 | 인터페이스 | 태스크 정의 | 파티션 키 | ㅏ",
        );
        check(
            Rieul,
            "Amazon SQS 대기열 | FIFO 대기열 | IAM 역할 | 공동 책임 모델 | 기본 라우팅 테이블 | \
             길 | 서울 | 하늘길 | ㄹ",
        );
        check(
            Consonant,
            "Auto Scaling 그룹 | CIDR 블록 | VPC 퍼블릭 액세스 차단 | 가시성 제한 시간 | \
             가용 영역 | 고가용성 | 서브넷 | 퍼블릭 서브넷 | 로드 밸런싱 | 폴링 | 대기 복제본 | \
             보안 그룹 | 정책 | 지연 | 리전 | 버킷 | 보존 기간 | 사용량 계획 | 상태 비저장 | \
             상태 확인 | 스냅샷 | 시작 템플릿 | 인바운드 규칙 | 엣지 로케이션 | 오리진 | \
             원하는 용량 | 이벤트 알림 | 접두사 목록 | 호스팅 | 최소 권한 | 클라우드 컴퓨팅 | \
             페일 오픈 | 핫 파티션 | ㄱ",
        );
    }

    #[test]
    fn decomposed_words_are_read_too() {
        check(Consonant, "\u{1109}\u{1165}\u{1107}\u{1173}\u{1102}\u{1166}\u{11ba}");
        check(Vowel, "\u{1100}\u{1167}\u{11bc}\u{1105}\u{1169} | café | caf\u{e9} | １０２");
    }

    #[test]
    fn numbers_are_read_in_sino_korean() {
        check(Vowel, "2 | 4 | 5 | 9 | 22 | 172 | 65535 | 1,024 | 10.0.0.5 | 3.14 | /24");
        check(Vowel, "1,000,000,000,000 | 10.0.0.0/22 | 8:2 | tcp/8012");
        check(Rieul, "1 | 7 | 8 | 401 | 10.0.0.1 | 0.0.0.0/8 | 10.1.2.8/28 | 18 | fe80::1");
        check(
            Consonant,
            "0 | 3 | 6 | 10 | 20 | 80 | 100 | 443 | 1000 | 3000 | 8080 | 10000 | 10,000 | 65,536 | \
             100000000 | 0.0.0.0/0 | 10.0.0.0/16 | 10.0.1.10 | 192.168.0.0/16 | ::/0 | subnet-3 | \
             Route 53 | TLS 1.3 | 403 | 503 | 010",
        );
    }

    #[test]
    fn a_digit_behind_capitals_is_read_in_english() {
        check(Vowel, "S3 | EC2 | IPv4 | IPv6 | ipv6 | HTTP2 | s3");
        check(Consonant, "A1 | L7 | B9");
        // Only a single digit, and only right behind the letters.
        check(Consonant, "RFC1936 | az-3");
        check(Rieul, "web1 | A-1");
    }

    #[test]
    fn capitals_are_read_by_the_names_of_their_letters() {
        check(
            Vowel,
            "VPC | NAT | DNS | TCP | UDP | ICMP | API | AWS | AZ | AZ ID | IP | IGW | ENI | EIP | \
             ALB | NLB | ECS | RDS | SQS | MSK | S | KMS | AMI | CORS | DLQ | SG | DB | HTTPS | \
             SSH | TLS | ACK | NACLs | VPCs | IPs | DynamoDB | K8s | JPEG | OAC | ASG",
        );
        check(Rieul, "ACL | NACL | TTL | URL | SQL | MySQL | CIDR | SSL | HTML | DSL | YAML");
        check(
            Consonant,
            "VPN | CDN | IAM | LAN | VLAN | ARN | SYN | JSON | MAC | CNAME | GET | PUT | DROP",
        );
        // Words that someone wrote large.
        check(Consonant, "SUBNET | DNSSEC | IPsec");
        check(Vowel, "REJECT | ALLOW | DENY | SUBNET_ROUTE");
    }

    #[test]
    fn english_words_are_read_as_loan_words() {
        check(
            Vowel, // 게이트웨이, 호스트, 클라이언트, 라우트 ...
            "gateway | host | bastion host | client | route | service | instance | interface | \
             queue | cache | key | policy | proxy | endpoint | port | object | stage | shard | \
             storage class | failover | container | listener | health check | hub | github | \
             server | router | cloud | network | link | task | disk | log | tag | flag | path | \
             bandwidth | loop | root | boot | stateless | address | match | mesh | state | write | \
             update | message | replica | Lambda | Athena | Kafka | Fargate | Kinesis | \
             CloudFront | CloudWatch | Elastic Load Balancer | Parameter Store | db | api | ssh | \
             tcp | igw | nat | igw-a | subnet-a | subnet-b | user | default | source | scope | \
             pipe | node | timestamp | heartbeat | bit | set | exit | edge | code | zone-a | \
             share | core | pcx-ab | sg-ep | az | ip",
        );
        check(
            Rieul,
            "table | route table | rule | role | model | principal | pool | file | console | \
             control | url | acl | sql | stateful | label | tunnel | shell | terminal | subnet-l | \
             kubectl | internal | module",
        );
        check(
            Consonant, // 웹, 앱, 넷, 킷, 블록 ...
            "web | app | job | tab | blob | subnet | internet | packet | bucket | target | socket | \
             spot | snapshot | bot | limit | commit | timeout | output | input | layout | map | \
             step | hop | drop | group | target group | backup | lookup | block | rack | stack | \
             track | lock | public | traffic | elastic | static | topic | hook | webhook | book | \
             heap | sleep | private | template | type | prototype | region | zone | name | time | \
             volume | pipeline | engine | machine | domain | plan | token | session | function | \
             stream | system | item | Beanstalk | SecureString | Auto Scaling | polling | ping | \
             bastion | com | json | subnet-n | quick | up",
        );
    }

    #[test]
    fn what_is_not_read_does_not_count() {
        check(
            Consonant,
            "\"web\" | `subnet` | **서브넷** | “서브넷” | 「서브넷」 | 서브넷! | [web] | web.",
        );
        check(Vowel, "`igw-a` | 'VPC' | 경로… | 50% | <host>");
    }

    #[test]
    fn a_remark_in_parentheses_is_skipped() {
        check(Rieul, "대기열(DLQ) | 라우팅 테이블 (rtb-1)");
        check(Vowel, "읽기 용량 단위(RCU) | 서비스(서브넷(web)) | 이미지(AMI) | 상태(stateful)");
        check(Consonant, "(web) | (서브넷) | “(web)” | 웹)");
    }

    #[test]
    fn every_particle_has_its_form() {
        use Particle::{
            AYa, EulReul, EunNeun, EuroRo, GwaWa, IDa, IEot, IEyo, IGa, IGo, IMyeo, INa, IRa, IRang,
        };
        for (word, particle, expected) in [
            ("VPC", EunNeun, "VPC는"),
            ("서브넷", EunNeun, "서브넷은"),
            ("ACL", EunNeun, "ACL은"),
            ("NAT 게이트웨이", IGa, "NAT 게이트웨이가"),
            ("`web`", IGa, "`web`이"),
            ("S3", EulReul, "S3를"),
            ("10.0.0.0/16", EulReul, "10.0.0.0/16을"),
            ("CIDR", GwaWa, "CIDR과"),
            ("DynamoDB", GwaWa, "DynamoDB와"),
            ("ACL", EuroRo, "ACL로"),
            ("10.0.0.1", EuroRo, "10.0.0.1로"),
            ("443", EuroRo, "443으로"),
            ("인터넷", EuroRo, "인터넷으로"),
            ("경로", EuroRo, "경로로"),
            ("규칙", INa, "규칙이나"),
            ("경로", INa, "경로나"),
            ("길", IRang, "길이랑"),
            ("DROP", IRa, "DROP이라"),
            ("ACK", IRa, "ACK라"),
            ("상태", IGo, "상태고"),
            ("차단", IMyeo, "차단이며"),
            ("443", IDa, "443이다"),
            ("서버", IEyo, "서버예요"),
            ("서브넷", IEyo, "서브넷이에요"),
            ("서버", IEot, "서버였"),
            ("하늘", AYa, "하늘아"),
            ("✓", EunNeun, "✓은(는)"),
            ("", EuroRo, "(으)로"),
        ] {
            assert_eq!(with(word, particle), expected);
        }
    }

    #[test]
    fn a_sentence_settles_its_particles() {
        for (open, settled) in [
            ("web은(는) igw-a(으)로", "web은 igw-a로"),
            ("10.0.0.1(으)로 10.0.0.3을(를)", "10.0.0.1로 10.0.0.3을"),
            ("**ACL**과(와) `VPC`이(가)", "**ACL**과 `VPC`가"),
            ("서브넷(이)라는 경로(이)라는", "서브넷이라는 경로라는"),
            ("✓은(는) 그대로", "✓은(는) 그대로"),
            ("은(는)이라고 씁니다", "은(는)이라고 씁니다"),
            ("경로\n이(가)", "경로\n이(가)"),
            ("괄호(parenthesis)는 남습니다", "괄호(parenthesis)는 남습니다"),
        ] {
            assert_eq!(settle(open), settled);
        }
    }
}
