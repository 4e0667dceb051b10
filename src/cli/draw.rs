//! `hanulgil draw`: the network as a picture, or as text.

use std::fs;

use super::{FINE, arguments, complain, print, print_error, printable, source::Source, why};
use crate::{
    app::{
        Colors, Look,
        canvas::{Canvas, Scale, layout},
        flight::Flight,
    },
    cloud::{Leg, Network, Rules, Trace, Verdict, trace},
    i18n::Lang,
    tell::Teller,
    text::line::break_text,
    ui::{Skin, picture::Picture},
};

/// Draws a network, and answers with the exit status.
pub fn draw(request: &arguments::Draw, lang: Lang) -> u8 {
    let mut source = match Source::open(&request.scene, request.pack.as_deref(), lang, false) {
        Ok(source) => source,
        Err(status) => return status,
    };
    source.asked(request.packet.as_deref());
    let network = source.network();
    let canvas = laid_out(network, request.scale, request.width);
    let look = Look {
        colors: if request.svg { Colors::Full } else { Colors::None },
        light: request.light,
        ascii: request.ascii,
        motion: false,
    };
    let skin = Skin::new(look, lang);
    let (mut flight, mut caption) = (None, Vec::new());
    if let Some(line) = &request.packet {
        let probe = match source.probe(line, lang) {
            Ok(probe) => probe,
            Err(why) => return complain(lang, &format!("{}: {why}", printable(line))),
        };
        let found = trace(network, probe, &Rules::AWS);
        let teller = Teller::new(network, lang);
        let said = format!("{}: {}", teller.probe(&probe), teller.verdict(&found));
        caption = break_text(&said, usize::from(canvas.width.max(40)));
        let hop = shown(&found);
        let mut own = Flight::replay(network.clone(), found, None);
        own.show(hop);
        flight = Some(own);
    }
    let picture = Picture {
        network,
        canvas: &canvas,
        travel: flight.as_ref().and_then(Flight::travel),
        caption: &caption,
    };
    let words = &lang.strings().draw;
    let name = request.scene.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let drawn =
        if request.svg { picture.svg(&skin, request.light, &name) } else { picture.text(&skin) };
    let Some(drawn) = drawn else { return complain(lang, words.too_large) };
    match &request.out {
        None => print(&drawn),
        Some(path) => {
            if let Err(error) = fs::write(path, drawn) {
                let file = printable(&path.to_string_lossy());
                return complain(lang, &(words.cannot_write)(&file, &why(lang, &error)));
            }
        }
    }
    print_error(&source.unread(false, lang));
    FINE
}

/// At the scale that was asked for, else as near as fits the width; how high it gets does not
/// matter to a file.
fn laid_out(network: &Network, scale: Option<Scale>, width: u16) -> Canvas {
    if let Some(scale) = scale {
        return layout(network, scale, width);
    }
    let mut canvas = layout(network, Scale::Near, width);
    for scale in [Scale::Middle, Scale::Far] {
        if canvas.width <= width {
            break;
        }
        canvas = layout(network, scale, width);
    }
    canvas
}

/// The hop whose way is drawn: where a packet is dropped, else where it arrives. The way back would
/// cover the way there.
fn shown(trace: &Trace) -> usize {
    let last = trace.hops.len().saturating_sub(1);
    match trace.verdict {
        Verdict::Dropped { .. } => last,
        _ => trace.hops.iter().rposition(|hop| hop.leg == Leg::Forward).unwrap_or(last),
    }
}
