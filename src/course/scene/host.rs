//! `[host.NAME]`, and the ports that answer.

use crate::{
    cloud::{Change, Listening},
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line, Read},
        scene::build::Build,
    },
    i18n::fault,
    net::{Ports, Protocol},
};

pub(super) struct Draft {
    pub(super) key: Key,
    address: Option<Text>,
    listens: Option<Vec<Text>>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        address: section.need_text("address", faults),
        listens: section.texts("listens", faults),
    }
}

/// `tcp 443`: a port that answers.
fn listen(line: &mut Line) -> Read<(Protocol, Ports)> {
    let token = line.need("`tcp`, `udp`")?;
    match grammar::protocol(&token)? {
        Some(protocol) if protocol.has_ports() => {
            let ports = grammar::ports(&line.need("`443`, `all`")?)?;
            line.end()?;
            Ok((protocol, ports))
        }
        _ => Err(token.slip(fault::listens_to(&token.text))),
    }
}

impl Build<'_> {
    pub(super) fn listening(&mut self, lines: Option<&[Text]>) -> Listening {
        let Some(lines) = lines else { return Listening::Everywhere };
        let mut open = Vec::new();
        for text in lines {
            let mut line = Line::new(&text.value);
            match listen(&mut line) {
                Ok(port) => open.push(port),
                Err(slip) => self.slip(text, slip),
            }
        }
        Listening::On(open)
    }

    pub(super) fn host(&mut self, draft: &Draft) {
        let listening = self.listening(draft.listens.as_deref());
        let address = draft.address.as_ref().and_then(|text| self.address(text));
        let (Some(address), Some(text)) = (address, &draft.address) else {
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str().into();
        if self.make(Change::CreateHost { name, address, listening }, &text.span).is_none() {
            self.fail(&draft.key);
        }
    }
}
