//! `[route_table.NAME]`, and routes wherever they are written.

use crate::{
    cloud::{Change, Name, Network, Origin, Route, RouteTable, Target},
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line, Read},
        names,
        scene::build::Build,
    },
    i18n::fault,
    net::Cidr,
};

pub(super) struct Draft {
    pub(super) key: Key,
    vpc: Option<Text>,
    pub(super) main: bool,
    pub(super) routes: Vec<Text>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        main: section.flag("main", faults).is_some_and(|(main, _)| main),
        routes: section.texts("routes", faults).unwrap_or_default(),
    }
}

/// `0.0.0.0/0 -> igw`.
pub(crate) fn read_route(network: &Network, line: &mut Line) -> Read<(Cidr, Target)> {
    let destination = grammar::cidr(&line.need("`0.0.0.0/0`")?)?;
    line.arrow()?;
    Ok((destination, names::target(network, line)?))
}

impl Build<'_> {
    pub(super) fn route_table(&mut self, draft: &Draft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        if draft.main {
            // The table that came with the VPC is this one.
            let main = self.network.vpcs()[vpc].main_route_table;
            let name: Name = draft.key.name.as_str().into();
            self.network.update(main, |table: &mut RouteTable| table.name = name);
        } else if names::only::<RouteTable>(&self.network, &draft.key.name).is_some() {
            self.faults.error(draft.key.span.clone(), fault::name_of_main(&draft.key.name));
        } else {
            let name = draft.key.name.as_str().into();
            if self.make(Change::CreateRouteTable { name, vpc }, &draft.key.span).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    pub(super) fn routes(&mut self, table: &Key, routes: &[Text]) {
        let Some(id) = names::only::<RouteTable>(&self.network, &table.name) else { return };
        for text in routes {
            let mut line = Line::new(&text.value);
            let route = read_route(&self.network, &mut line).and_then(|route| {
                line.end()?;
                Ok(route)
            });
            let span = text.at(line.whole());
            match route {
                Ok((destination, target @ Target::Gone(_))) => {
                    let table = &self.network.route_tables()[id];
                    if table.routes.iter().any(|route| route.destination == destination) {
                        self.faults.error(span, fault::route_taken(&destination.to_string()));
                    } else {
                        let route = Route { destination, target, origin: Origin::Static };
                        self.network.update(id, |row: &mut RouteTable| row.routes.push(route));
                    }
                }
                // Every table has them already; writing them down is fine.
                Ok((destination, Target::Local))
                    if self.network.route_tables()[id].routes.iter().any(|route| {
                        route.destination == destination && route.target == Target::Local
                    }) => {}
                Ok((destination, target)) => {
                    self.make(Change::CreateRoute { table: id, destination, target }, &span);
                }
                Err(slip) => self.slip(text, slip),
            }
        }
    }
}
