//! All the signs that are drawn, each one cell wide in every terminal, with a twin in ASCII.
//!
//! Arrows, bullets and marks are of the kind whose width does not depend on a terminal's idea of
//! East Asian width. Borders are of the other kind: terminals that are set to draw those two cells
//! wide want the ASCII set. Only signs that common terminal fonts have are used: half-width arrows
//! and large circles come out as empty boxes in many.

use ratatui::symbols::border;

/// One set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Right.
    pub right: &'static str,
    /// Wrong.
    pub wrong: &'static str,
    /// Not done yet.
    pub open: &'static str,
    /// Begun.
    pub begun: &'static str,
    /// To be done once more.
    pub again: &'static str,
    /// The chosen row.
    pub pointer: &'static str,
    /// A way.
    pub arrow: &'static str,
    /// The way back.
    pub arrow_back: &'static str,
    /// The arrow keys.
    pub up: &'static str,
    /// The arrow keys.
    pub down: &'static str,
    /// A point of a list.
    pub bullet: &'static str,
    /// A point of a list within a list.
    pub bullet_inner: &'static str,
    /// A packet on its way.
    pub packet: &'static str,
    /// The same as it was before the network changed.
    pub was: &'static str,
    /// Between things on one line.
    pub dot: &'static str,
    /// Something was cut off.
    pub more: &'static str,
    /// There is more text than is shown.
    pub ellipsis: &'static str,
    /// The bar beside a quotation.
    pub quote: &'static str,
    /// The bar beside a callout.
    pub bar: &'static str,
    /// A line across.
    pub rule: &'static str,
    /// The track and the thumb of a scroll bar.
    pub track: &'static str,
    /// The thumb of a scroll bar.
    pub thumb: &'static str,
    /// A box that is not ticked.
    pub box_empty: &'static str,
    /// A box that is ticked.
    pub box_full: &'static str,
    /// One of several that is not picked.
    pub ring_empty: &'static str,
    /// The one of several that is picked.
    pub ring_full: &'static str,
    /// A warning.
    pub warning: &'static str,
    /// Borders.
    pub border: border::Set<'static>,
    /// The fence around a VPC.
    pub fence: border::Set<'static>,
    /// The edge of an availability zone.
    pub zone: border::Set<'static>,
    /// Wires, by the ways they leave a cell: up 1, down 2, left 4, right 8.
    pub wires: [&'static str; 16],
    /// A host on the internet, and the rest of it.
    pub host: &'static str,
    /// An instance, or a lone interface.
    pub instance: &'static str,
    /// An internet gateway that is attached.
    pub gateway: &'static str,
    /// An internet gateway that is not attached.
    pub gateway_loose: &'static str,
    /// A NAT gateway.
    pub nat: &'static str,
    /// A route table.
    pub table: &'static str,
    /// A network ACL.
    pub acl: &'static str,
    /// A security group.
    pub group: &'static str,
    /// A public address.
    pub public: &'static str,
    /// The answer to a packet, on its way back.
    pub reply: &'static str,
    /// A load balancer, and each of its nodes.
    pub balancer: &'static str,
    /// A target group.
    pub targets: &'static str,
    /// An endpoint.
    pub endpoint: &'static str,
    /// A VPC peering connection.
    pub peering: &'static str,
    /// A transit gateway.
    pub transit: &'static str,
    /// A transit gateway's attachment.
    pub attachment: &'static str,
    /// A virtual private gateway.
    pub private: &'static str,
    /// A VPN connection.
    pub line: &'static str,
    /// A Direct Connect gateway.
    pub direct: &'static str,
    /// A customer gateway.
    pub customer: &'static str,
    /// A network on premises.
    pub premises: &'static str,
    /// An egress-only internet gateway.
    pub egress: &'static str,
    /// A service outside every VPC.
    pub service: &'static str,
    /// A function.
    pub function: &'static str,
    /// An API.
    pub api: &'static str,
    /// A distribution at AWS's edge.
    pub edge: &'static str,
    /// A database.
    pub database: &'static str,
    /// A container's task.
    pub task: &'static str,
}

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl Glyph {
    /// The signs of a terminal that knows more than ASCII.
    pub const UNICODE: Self = Self {
        right: "✓",
        wrong: "✗",
        open: "∙",
        begun: "›",
        again: "↻",
        pointer: "▸",
        arrow: "⇢",
        arrow_back: "⇠",
        up: "▴",
        down: "▾",
        bullet: "∙",
        bullet_inner: "-",
        packet: "◉",
        was: "◌",
        dot: "∙",
        more: "›",
        ellipsis: "...",
        quote: "│",
        bar: "┃",
        rule: "─",
        track: "│",
        thumb: "┃",
        box_empty: "[ ]",
        box_full: "[✓]",
        ring_empty: "( )",
        ring_full: "(∙)",
        warning: "⚠",
        border: border::ROUNDED,
        fence: border::DOUBLE,
        zone: border::Set {
            horizontal_top: "╌",
            horizontal_bottom: "╌",
            vertical_left: "╎",
            vertical_right: "╎",
            ..border::PLAIN
        },
        wires: [" ", "╵", "╷", "│", "╴", "╯", "╮", "┤", "╶", "╰", "╭", "├", "─", "┴", "┬", "┼"],
        host: "◦",
        instance: "▪",
        gateway: "❖",
        gateway_loose: "◊",
        nat: "⇄",
        table: "⇉",
        acl: "≣",
        group: "⊡",
        public: "⇅",
        reply: "✦",
        balancer: "⊞",
        targets: "⊟",
        endpoint: "⊸",
        peering: "⇌",
        transit: "⊛",
        attachment: "⊚",
        private: "⊓",
        line: "⊠",
        direct: "⊜",
        customer: "⊏",
        premises: "⌂",
        egress: "⊝",
        service: "◧",
        function: "ƒ",
        api: "⊢",
        edge: "✶",
        database: "◍",
        task: "◫",
    };

    /// The signs of every terminal.
    pub const ASCII: Self = Self {
        right: "v",
        wrong: "x",
        open: ".",
        begun: "~",
        again: "*",
        pointer: ">",
        arrow: ">",
        arrow_back: "<",
        up: "^",
        down: "v",
        bullet: "*",
        bullet_inner: "-",
        packet: "@",
        was: "o",
        dot: "-",
        more: ">",
        ellipsis: "...",
        quote: "|",
        bar: "|",
        rule: "-",
        track: "|",
        thumb: "#",
        box_empty: "[ ]",
        box_full: "[x]",
        ring_empty: "( )",
        ring_full: "(o)",
        warning: "!",
        border: ASCII_BORDER,
        fence: border::Set {
            vertical_left: "#",
            vertical_right: "#",
            horizontal_top: "=",
            horizontal_bottom: "=",
            top_left: "#",
            top_right: "#",
            bottom_left: "#",
            bottom_right: "#",
        },
        zone: border::Set {
            vertical_left: ":",
            vertical_right: ":",
            horizontal_top: ".",
            horizontal_bottom: ".",
            top_left: ".",
            top_right: ".",
            bottom_left: ":",
            bottom_right: ":",
        },
        wires: [" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"],
        host: "o",
        instance: "*",
        gateway: "G",
        gateway_loose: "g",
        nat: "N",
        table: "=",
        acl: "#",
        group: "&",
        public: "~",
        reply: "%",
        balancer: "B",
        targets: "T",
        endpoint: "E",
        peering: "P",
        transit: "X",
        attachment: "x",
        private: "V",
        line: "L",
        direct: "D",
        customer: "C",
        premises: "H",
        egress: "O",
        service: "S",
        function: "f",
        api: "A",
        edge: "W",
        database: "d",
        task: "t",
    };

    /// The set for a terminal.
    pub const fn new(ascii: bool) -> Self {
        if ascii { Self::ASCII } else { Self::UNICODE }
    }
}
