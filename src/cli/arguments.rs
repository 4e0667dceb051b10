//! What was typed, read with clap; help and complaints in our own words.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use clap::{
    Arg, ArgAction, ArgMatches, Command,
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};

use super::printable;
use crate::{
    app::canvas::Scale,
    i18n::{Lang, cli::Cli},
};

/// What the learner wants.
pub enum Request {
    /// Open the tutor.
    Study(Options),
    /// Open a scene in the sandbox.
    Lab(Lab),
    /// Follow packets through a scene.
    Trace(Trace),
    /// Find the smallest fix.
    Fix(Fix),
    /// Say who can reach what.
    Reach(Reach),
    /// Draw a network.
    Draw(Draw),
    /// Write a network as a scene.
    Scene(Draft),
    /// Check a pack.
    Check(Check),
}

/// How the tutor opens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent switches")]
pub struct Options {
    pub pack: Option<PathBuf>,
    pub data: Option<PathBuf>,
    pub ascii: bool,
    pub light: bool,
    pub no_motion: bool,
    pub no_mouse: bool,
}

/// Which scene to work on.
pub struct Lab {
    pub scene: PathBuf,
    pub options: Options,
}

/// Which packets to follow.
pub struct Trace {
    pub scene: PathBuf,
    pub pack: Option<PathBuf>,
    pub packets: Packets,
    pub json: bool,
    /// List everything that was not understood.
    pub unread: bool,
}

/// Which packets to follow.
pub enum Packets {
    /// All that the scene names.
    Named,
    /// This one, as scenes write it: `internet -> web tcp/443`.
    One(String),
    /// Those of a file.
    File(PathBuf),
}

/// What a fix must do.
pub struct Fix {
    pub scene: PathBuf,
    pub pack: Option<PathBuf>,
    /// Packets that must pass, as scenes write them.
    pub want: Vec<String>,
    /// Packets that must not.
    pub forbid: Vec<String>,
    /// The operations that may be used; all when empty.
    pub allow: Vec<String>,
    pub most: Option<u32>,
    /// Write the changes as commands of the AWS CLI.
    pub as_aws: bool,
    pub json: bool,
}

/// Whom to reach; everybody when nobody is named.
pub struct Reach {
    pub scene: PathBuf,
    pub pack: Option<PathBuf>,
    pub to: Option<String>,
    pub json: bool,
}

/// What to draw, and how.
pub struct Draw {
    pub scene: PathBuf,
    pub pack: Option<PathBuf>,
    /// As a picture; else as text.
    pub svg: bool,
    pub width: u16,
    /// As near as fits when not given.
    pub scale: Option<Scale>,
    pub ascii: bool,
    pub light: bool,
    /// A packet whose way is drawn, as scenes write it.
    pub packet: Option<String>,
    pub out: Option<PathBuf>,
}

/// What to write as a scene, and where.
pub struct Draft {
    pub scene: PathBuf,
    pub pack: Option<PathBuf>,
    /// The standard output when `None`.
    pub to: Option<PathBuf>,
    /// May a file be written over?
    pub force: bool,
}

/// What to check.
pub struct Check {
    pub dir: Option<PathBuf>,
    pub all: bool,
    pub json: bool,
    /// Show what meets which objective instead.
    pub coverage: bool,
}

/// What to say instead of doing something.
pub enum Answer {
    /// Help, or the version.
    Print(String),
    /// What is wrong.
    Complain(String),
}

/// What must be known before the rest can be read.
pub struct Early {
    pub lang: Option<Lang>,
    pub data: Option<PathBuf>,
}

/// Looks for `--lang` and `--data`, whatever else there is.
pub fn early(arguments: &[OsString]) -> Early {
    let value = |name: &str| {
        let with_equals = format!("{name}=");
        arguments.iter().enumerate().skip(1).find_map(|(at, argument)| {
            if argument == OsStr::new(name) {
                arguments.get(at + 1).cloned()
            } else {
                argument.to_str()?.strip_prefix(&with_equals).map(OsString::from)
            }
        })
    };
    let lang = value("--lang").and_then(|code| Lang::from_code(code.to_str()?));
    Early { lang, data: value("--data").map(PathBuf::from) }
}

/// Reads what opens the tutor, the common way of writing it: the first frame need not wait for
/// all that the whole reading would know. `None`: read it all.
pub fn brief(arguments: &[OsString]) -> Option<Options> {
    let mut options = Options::default();
    let mut seen = Vec::new();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let name = argument.to_str()?;
        let mut value = || rest.next().filter(|it| !it.as_encoded_bytes().starts_with(b"-"));
        match name {
            "--lang" => {
                Lang::from_code(value()?.to_str()?)?;
            }
            "--pack" => options.pack = Some(value().filter(|it| !it.is_empty())?.into()),
            "--data" => options.data = Some(value().filter(|it| !it.is_empty())?.into()),
            "--ascii" => options.ascii = true,
            "--light" => options.light = true,
            "--no-motion" => options.no_motion = true,
            "--no-mouse" => options.no_mouse = true,
            _ => return None,
        }
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
    }
    Some(options)
}

/// Reads the arguments.
pub fn parse(arguments: &[OsString], lang: Lang) -> Result<Request, Answer> {
    let words = &lang.strings().cli;
    let mut command = command(lang);
    let matches = match command.try_get_matches_from_mut(arguments) {
        Ok(matches) => matches,
        Err(error) => return Err(answer(words, &error)),
    };
    let file = |matches: &ArgMatches, name| matches.get_one::<PathBuf>(name).cloned();
    let options = || Options {
        pack: file(&matches, "pack"),
        data: file(&matches, "data"),
        ascii: matches.get_flag("ascii"),
        light: matches.get_flag("light"),
        no_motion: matches.get_flag("no-motion"),
        no_mouse: matches.get_flag("no-mouse"),
    };
    match matches.subcommand() {
        Some(("lab", lab)) => Ok(Request::Lab(Lab {
            scene: file(lab, "scene").unwrap_or_default(),
            options: options(),
        })),
        Some(("trace", trace)) => {
            let packets = packets(words, trace)?;
            let scene = file(trace, "scene").unwrap_or_default();
            Ok(Request::Trace(Trace {
                scene,
                pack: file(&matches, "pack"),
                packets,
                json: trace.get_flag("json"),
                unread: trace.get_flag("unread"),
            }))
        }
        Some(("fix", fix)) => {
            let all = |name| {
                let values = fix.get_many::<String>(name).unwrap_or_default();
                values.cloned().collect::<Vec<_>>()
            };
            let (want, forbid) = (all("want"), all("forbid"));
            if want.is_empty() && forbid.is_empty() {
                return Err(Answer::Complain(lang.strings().fix.nothing_asked.to_owned()));
            }
            Ok(Request::Fix(Fix {
                scene: file(fix, "scene").unwrap_or_default(),
                pack: file(&matches, "pack"),
                want,
                forbid,
                allow: all("allow"),
                most: fix.get_one::<u32>("most").copied(),
                as_aws: fix.contains_id("as"),
                json: fix.get_flag("json"),
            }))
        }
        Some(("reach", reach)) => Ok(Request::Reach(Reach {
            scene: file(reach, "scene").unwrap_or_default(),
            pack: file(&matches, "pack"),
            to: reach.get_one::<String>("to").cloned(),
            json: reach.get_flag("json"),
        })),
        Some(("draw", draw)) => Ok(Request::Draw(Draw {
            scene: file(draw, "scene").unwrap_or_default(),
            pack: file(&matches, "pack"),
            svg: draw.get_flag("svg"),
            width: draw.get_one::<u16>("width").copied().unwrap_or(120),
            scale: draw.get_one::<String>("scale").map(|name| match name.as_str() {
                "near" => Scale::Near,
                "middle" => Scale::Middle,
                _ => Scale::Far,
            }),
            ascii: draw.get_flag("ascii"),
            light: draw.get_flag("light"),
            packet: draw.get_one::<String>("packet").cloned(),
            out: file(draw, "out"),
        })),
        Some(("scene", scene)) => Ok(Request::Scene(Draft {
            scene: file(scene, "scene").unwrap_or_default(),
            pack: file(&matches, "pack"),
            to: file(scene, "output"),
            force: scene.get_flag("force"),
        })),
        Some(("check", check)) => {
            let dir = file(check, "dir").or_else(|| file(&matches, "pack"));
            Ok(Request::Check(Check {
                dir,
                all: check.get_flag("all"),
                json: check.get_flag("json"),
                coverage: check.get_flag("coverage"),
            }))
        }
        _ => Ok(Request::Study(options())),
    }
}

fn packets(words: &Cli, trace: &ArgMatches) -> Result<Packets, Answer> {
    if let Some(file) = trace.get_one::<PathBuf>("probes") {
        return Ok(Packets::File(file.clone()));
    }
    let text = |name| trace.get_one::<String>(name);
    if let Some(packet) = text("packet") {
        return Ok(Packets::One(packet.clone()));
    }
    let number = |name| trace.get_one::<u16>(name);
    match (text("from"), text("to")) {
        (Some(from), Some(to)) => {
            let protocol = text("protocol").map_or("tcp", String::as_str);
            line(words, from, to, protocol, number("port").copied(), number("source-port").copied())
                .map(Packets::One)
                .map_err(Answer::Complain)
        }
        (None, None) => {
            let alone = ["port", "source-port", "protocol"];
            match alone.into_iter().find(|name| trace.contains_id(name)) {
                Some(_) => Err(Answer::Complain((words.missing)("`--from`, `--to`"))),
                None => Ok(Packets::Named),
            }
        }
        _ => Err(Answer::Complain(words.both_ends.to_owned())),
    }
}

/// A packet as scenes write it: `internet:62000 -> web tcp/443`.
pub fn line(
    words: &Cli,
    from: &str,
    to: &str,
    protocol: &str,
    port: Option<u16>,
    source_port: Option<u16>,
) -> Result<String, String> {
    let name = protocol.to_ascii_lowercase();
    let has_ports = matches!(&*name, "tcp" | "udp" | "6" | "17");
    let from = match source_port {
        // An IPv6 address has colons of its own.
        Some(port) if has_ports && from.contains(':') => format!("[{from}]:{port}"),
        Some(port) if has_ports => format!("{from}:{port}"),
        _ => from.to_owned(),
    };
    match port {
        Some(port) if has_ports => Ok(format!("{from} -> {to} {name}/{port}")),
        None if has_ports => Err((words.needs_port)(&printable(protocol))),
        _ => Ok(format!("{from} -> {to} {name}")),
    }
}

fn command(lang: Lang) -> Command {
    let words = &lang.strings().cli;
    let flag = |name, help| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    let option = |name, value, help| Arg::new(name).long(name).value_name(value).help(help);
    let path = |name, help| option(name, "DIR", help).value_parser(value_parser!(PathBuf));
    let port = |name, help| option(name, "N", help).value_parser(value_parser!(u16));
    let common = |command: Command| {
        command.disable_help_flag(true).arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .help(words.help)
                .action(ArgAction::Help)
                .display_order(999),
        )
    };
    let template = |parts: &[(&str, &str)]| {
        let mut text = format!("{{about-with-newline}}\n{}: {{usage}}\n", words.usage);
        for (heading, tag) in parts {
            text.extend(["\n", heading, ":\n{", tag, "}\n"]);
        }
        text + "{after-help}"
    };

    let scene = || {
        Arg::new("scene")
            .value_name("SCENE")
            .help(words.scene)
            .required(true)
            .value_parser(value_parser!(PathBuf))
    };
    let arguments_and_options =
        template(&[(words.arguments, "positionals"), (words.options, "options")]);
    let packets =
        |name, help| option(name, "PACKET", help).action(ArgAction::Append).display_order(1);

    let fix = common(Command::new("fix"))
        .about(words.fix)
        .after_help(words.fix_more)
        .help_template(arguments_and_options.clone())
        .override_usage(
            "hanulgil fix SCENE --want \"internet -> web tcp/443\" \\\n       \
             --forbid \"internet -> db tcp/5432\" [--allow create-route] [--most 6] [--as aws] [--json]",
        )
        .arg(scene())
        .arg(packets("want", words.want))
        .arg(packets("forbid", words.forbid))
        .arg(packets("allow", words.allow).value_name("OPERATION"))
        .arg(option("most", "N", words.most).value_parser(value_parser!(u32).range(0..=20)))
        .arg(option("as", "aws", words.fix_as).value_parser(["aws"]))
        .arg(flag("json", words.fix_json));

    let reach = common(Command::new("reach"))
        .about(words.reach)
        .after_help(words.reach_more)
        .help_template(arguments_and_options.clone())
        .override_usage("hanulgil reach SCENE [--to db] [--json]")
        .arg(scene())
        .arg(option("to", "B", words.reach_to))
        .arg(flag("json", words.reach_json));

    let said = &lang.strings().draw;
    let draw = common(Command::new("draw"))
        .about(said.about)
        .after_help(said.more)
        .help_template(template(&[(words.arguments, "positionals"), (words.options, "options")]))
        .override_usage(
            "hanulgil draw SCENE [--svg | --text] [--width 120] [--scale near|middle|far] \\\n       \
             [--packet \"internet -> web tcp/443\"] [--light] [--ascii] [-o FILE]",
        )
        .arg(scene())
        .arg(flag("svg", said.svg).conflicts_with("text"))
        .arg(flag("text", said.text))
        .arg(option("width", "N", said.width).value_parser(value_parser!(u16).range(1..=2000)))
        .arg(
            option("scale", "SCALE", said.scale)
                .value_parser(["near", "middle", "far"])
                .hide_possible_values(true),
        )
        .arg(option("packet", "PACKET", said.packet))
        .arg(
            option("out", "FILE", said.out)
                .short('o')
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(flag("ascii", said.ascii))
        .arg(flag("dark", said.dark).conflicts_with("light"))
        .arg(flag("light", said.light));
    let draft = common(Command::new("scene"))
        .about(words.draft)
        .after_help(words.draft_more)
        .help_template(arguments_and_options)
        .override_usage("hanulgil scene SCENE [-o FILE [--force]]")
        .arg(scene())
        .arg(
            option("output", "FILE", words.draft_output)
                .short('o')
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(flag("force", words.draft_force).requires("output"));

    let trace = common(Command::new("trace"))
        .about(words.trace)
        .after_help(words.trace_more)
        .help_template(template(&[(words.arguments, "positionals"), (words.options, "options")]))
        .override_usage(
            "hanulgil trace SCENE [\"A -> B tcp/443\"] [--json]\n       \
             hanulgil trace SCENE [--from A --to B --protocol tcp --port 443] [--json]\n       \
             hanulgil trace SCENE --probes FILE",
        )
        .arg(
            Arg::new("scene")
                .value_name("SCENE")
                .help(words.scene)
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(Arg::new("packet").value_name("PACKET").help(words.packet_asked).conflicts_with_all([
            "from",
            "to",
            "protocol",
            "port",
            "source-port",
        ]))
        .arg(option("from", "A", words.from))
        .arg(option("to", "B", words.to))
        .arg(option("protocol", "P", words.protocol))
        .arg(port("port", words.port))
        .arg(port("source-port", words.source_port))
        .arg(
            option("probes", "FILE", words.probes)
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["packet", "from", "to", "protocol", "port", "source-port"]),
        )
        .arg(flag("json", words.trace_json))
        .arg(flag("unread", words.trace_unread));

    let lab = common(Command::new("lab"))
        .about(words.lab)
        .after_help(words.lab_more)
        .help_template(template(&[(words.arguments, "positionals"), (words.options, "options")]))
        .override_usage("hanulgil lab SCENE")
        .arg(scene());

    let check = common(Command::new("check"))
        .about(words.check)
        .after_help(words.check_more)
        .help_template(template(&[(words.arguments, "positionals"), (words.options, "options")]))
        .override_usage("hanulgil check [DIR] [--coverage] [--all | --json]")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .help(words.check_dir)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(flag("coverage", words.check_coverage))
        .arg(flag("all", words.check_all))
        .arg(flag("json", words.check_json));

    common(Command::new("hanulgil"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .about(words.about)
        .after_help(words.more)
        .help_template(template(&[(words.commands, "subcommands"), (words.options, "options")]))
        .override_usage(
            "hanulgil [--lang ko|en] [--pack DIR] [--data DIR]\n       hanulgil lab|trace|fix|reach|scene|draw|check ...",
        )
        .arg(
            option("lang", "ko|en", words.lang)
                .value_parser(["ko", "en"])
                .hide_possible_values(true)
                .global(true)
                .display_order(900),
        )
        .arg(path("pack", words.pack).global(true).display_order(901))
        .arg(path("data", words.data).global(true).display_order(902))
        .arg(flag("ascii", words.ascii))
        .arg(flag("light", words.light))
        .arg(flag("no-motion", words.no_motion))
        .arg(flag("no-mouse", words.no_mouse))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .help(words.version)
                .action(ArgAction::Version)
                .display_order(998),
        )
        .subcommand(lab)
        .subcommand(trace)
        .subcommand(fix)
        .subcommand(reach)
        .subcommand(draw)
        .subcommand(draft)
        .subcommand(check)
}

/// What clap found, in our own words.
fn answer(words: &Cli, error: &clap::Error) -> Answer {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // clap leaves two empty lines before the last part, and no line end behind it.
        let text = error.to_string().replace("\n\n\n", "\n\n");
        return Answer::Print(format!("{}\n", text.trim_end()));
    }
    let context = |kind| {
        error.get(kind).map(|value| match value {
            ContextValue::Strings(all) => all.join(", "),
            ContextValue::StyledStrs(all) => {
                all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            value => value.to_string(),
        })
    };
    let argument = printable(&context(ContextKind::InvalidArg).unwrap_or_default());
    // clap writes `--from <A>`; the option's name says enough.
    let option = argument.split(' ').next().unwrap_or_default().to_owned();
    let value = printable(&context(ContextKind::InvalidValue).unwrap_or_default());
    let mut text = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            (words.unknown_command)(&printable(&typed))
        }
        ErrorKind::UnknownArgument => (words.unknown_argument)(&argument),
        ErrorKind::MissingRequiredArgument => (words.missing)(&argument),
        ErrorKind::InvalidValue if value.is_empty() => (words.needs_value)(&option),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let possible = match (context(ContextKind::ValidValue), &*option) {
                (Some(values), _) => values.replace(", ", " | "),
                (None, "--port" | "--source-port") => "0-65535".to_owned(),
                (None, "--most") => "0-20".to_owned(),
                (None, "--width") => "1-2000".to_owned(),
                (None, _) => String::new(),
            };
            (words.invalid_value)(&option, &value, &possible)
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            (words.takes_no_value)(&option)
        }
        ErrorKind::TooFewValues => (words.needs_value)(&option),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            let other = other.split(' ').next().unwrap_or_default().to_owned();
            if other == option || other.is_empty() {
                (words.given_twice)(&option)
            } else {
                (words.not_together)(&option, &other)
            }
        }
        ErrorKind::InvalidUtf8 => words.not_text.to_owned(),
        _ => printable(error.to_string().trim()),
    };
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context);
    if let Some(meant) = meant.into_iter().flatten().next() {
        text.push(' ');
        text.push_str(&(words.did_you_mean)(&meant));
    }
    Answer::Complain(format!("{}\n{}", text.trim_end(), (words.see_help)("hanulgil")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_in_both_languages() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn the_language_is_found_before_anything_else_is_read() {
        let arguments = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(early(&arguments("hanulgil trace x --lang ko --nonsense")).lang, Some(Lang::Ko));
        assert_eq!(early(&arguments("hanulgil --lang=en")).lang, Some(Lang::En));
        assert_eq!(early(&arguments("hanulgil --lang fr")).lang, None);
        assert_eq!(early(&arguments("hanulgil --lang")).lang, None);
    }

    #[test]
    fn what_is_read_in_brief_is_what_is_read_in_full() {
        let mut read = 0;
        for line in [
            "hanulgil",
            "hanulgil --lang ko --data d",
            "hanulgil --ascii --light --no-motion --no-mouse --pack p",
            "hanulgil --data -d",
            "hanulgil --data",
            "hanulgil --lang fr",
            "hanulgil --ascii --ascii",
            "hanulgil --data=d --ascii",
            "hanulgil --help",
            "hanulgil check",
            "hanulgil trace x --data d",
            "hanulgil --pack ",
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            if let Some(brief) = brief(&arguments) {
                read += 1;
                match parse(&arguments, Lang::En) {
                    Ok(Request::Study(full)) => assert_eq!(brief, full, "{line}"),
                    _ => panic!("{line}"),
                }
            }
        }
        assert_eq!(read, 3);
    }

    #[test]
    fn a_packet_is_written_as_scenes_write_it() {
        let words = &Lang::En.strings().cli;
        let line = |from, protocol, port, source| line(words, from, "web", protocol, port, source);
        assert_eq!(line("internet", "TCP", Some(443), None).unwrap(), "internet -> web tcp/443");
        assert_eq!(line("a", "udp", Some(53), Some(62000)).unwrap(), "a:62000 -> web udp/53");
        assert_eq!(line("a", "icmp", Some(443), Some(1)).unwrap(), "a -> web icmp");
        assert_eq!(line("a", "tcp", None, None).unwrap_err(), "tcp needs `--port`.");
    }
}
