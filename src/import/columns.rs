//! What the columns of a foreign list mean: by what they are called, and by what stands in them.

use super::foreign::Row;
use super::headers::role;
use super::wikidata;

/// How many rows from the top may be the one that names the columns: titles and remarks stand above it.
const MOST_ABOVE: usize = 20;
/// How many rows tell what a column holds.
const SAMPLE: usize = 200;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A part of the place (0) or of its partner (1).
    Side(usize, Part),
    /// A part of a side, and the header does not say of which.
    Part(Part),
    /// Something of the partnership.
    Field(Field),
}

/// What is said of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A name.
    Name,
    /// An id of this or another registry.
    Id,
    /// An item of Wikidata.
    Wikidata,
    /// The national code.
    Code,
    /// The country.
    Country,
    /// The region.
    Region,
    /// The latitude.
    Lat,
    /// The longitude.
    Lon,
    /// Both, as `Point(lon lat)`.
    Point,
    /// Name, region and country in one text; only its country counts.
    Address,
}

/// What is said of a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its kind.
    Kind,
    /// Its status.
    Status,
    /// When it began.
    Start,
    /// Since when it has its status; where nothing else says when it began, when it began.
    Since,
    /// When it ended.
    End,
    /// For how long it is agreed.
    Term,
    /// Its themes.
    Themes,
    /// When it was last attested.
    Verified,
    /// A remark.
    Note,
    /// The body that decided how it stands.
    Body,
    /// What names the decision.
    Reference,
}

impl Role {
    /// Every role that a column may be given, by the name it is given by.
    pub const ALL: [(&'static str, Role); 31] = [
        ("place", Role::Side(0, Part::Name)),
        ("place_id", Role::Side(0, Part::Id)),
        ("place_wikidata", Role::Side(0, Part::Wikidata)),
        ("place_code", Role::Side(0, Part::Code)),
        ("place_country", Role::Side(0, Part::Country)),
        ("place_region", Role::Side(0, Part::Region)),
        ("place_lat", Role::Side(0, Part::Lat)),
        ("place_lon", Role::Side(0, Part::Lon)),
        ("place_point", Role::Side(0, Part::Point)),
        ("place_address", Role::Side(0, Part::Address)),
        ("partner", Role::Side(1, Part::Name)),
        ("partner_id", Role::Side(1, Part::Id)),
        ("partner_wikidata", Role::Side(1, Part::Wikidata)),
        ("partner_code", Role::Side(1, Part::Code)),
        ("country", Role::Side(1, Part::Country)),
        ("partner_region", Role::Side(1, Part::Region)),
        ("partner_lat", Role::Side(1, Part::Lat)),
        ("partner_lon", Role::Side(1, Part::Lon)),
        ("partner_point", Role::Side(1, Part::Point)),
        ("partner_address", Role::Side(1, Part::Address)),
        ("kind", Role::Field(Field::Kind)),
        ("status", Role::Field(Field::Status)),
        ("status_since", Role::Field(Field::Since)),
        ("start", Role::Field(Field::Start)),
        ("end", Role::Field(Field::End)),
        ("term", Role::Field(Field::Term)),
        ("themes", Role::Field(Field::Themes)),
        ("verified_on", Role::Field(Field::Verified)),
        ("note", Role::Field(Field::Note)),
        ("body", Role::Field(Field::Body)),
        ("reference", Role::Field(Field::Reference)),
    ];

    /// Returns the name it is given by.
    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }
}

/// The roles of columns, in the order of the columns.
pub type Roles = Vec<(usize, Role)>;

/// Finds the row that names the columns, among the first ones, and what they mean; `has_home` is that nothing needs to
/// name the place.
pub fn recognise(rows: &[Row], has_home: bool) -> Option<(usize, Roles)> {
    let mut above = rows.iter().take(MOST_ABOVE).enumerate();
    above.find_map(|(nth, _)| {
        let roles = roles_under(rows, nth);
        let has = |side: usize| {
            let names = [Part::Name, Part::Id, Part::Wikidata].map(|part| Role::Side(side, part));
            roles.iter().any(|(_, role)| names.contains(role))
        };
        (has(1) && (has_home || has(0))).then_some((nth, roles))
    })
}

/// Returns what the columns mean that a row names.
pub fn roles_under(rows: &[Row], header: usize) -> Roles {
    let below = &rows[header + 1..];
    roles(&rows[header].cells, &below[..below.len().min(SAMPLE)])
}

fn roles(header: &[String], sample: &[Row]) -> Roles {
    if let Some(wide) = wide(header) {
        return wide;
    }
    let mut roles: Roles = header.iter().enumerate().filter_map(|(nth, name)| Some((nth, role(name)?))).collect();
    for (column, role) in &mut roles {
        let holds = |is: fn(&str) -> bool| {
            let mut cells =
                sample.iter().filter_map(|row| row.cells.get(*column)).filter(|cell| !cell.trim().is_empty());
            cells.clone().next().is_some() && cells.all(|cell| is(cell.trim()))
        };
        match *role {
            Role::Side(side, Part::Name | Part::Id)
                if holds(|cell| wikidata::item(cell).is_some() || wikidata::is_blank(cell)) =>
            {
                *role = Role::Side(side, Part::Wikidata);
            }
            Role::Side(side, Part::Name | Part::Lat) if holds(|cell| wikidata::point(cell).is_some()) => {
                *role = Role::Side(side, Part::Point);
            }
            _ => {}
        }
    }
    place_parts(&mut roles);
    since_is_start(&mut roles);
    roles
}

/// Reads a header that numbers its columns: one place a row, its partners beside it.
fn wide(header: &[String]) -> Option<Roles> {
    let is_number = |name: &String| name.trim().parse::<u32>().is_ok();
    let (first, rest) = header.split_first()?;
    let is_wide = rest.len() > 1 && (first.trim().is_empty() || is_number(first)) && rest.iter().all(is_number);
    let partners = (1..header.len()).map(|column| (column, Role::Side(1, Part::Name)));
    is_wide.then(|| std::iter::once((0, Role::Side(0, Part::Name))).chain(partners).collect())
}

/// Decides which side the parts belong to whose header names none: those between the place and its partner are the
/// place's, those behind it the partner's. A country alone is the partner's, wherever it stands.
fn place_parts(roles: &mut Roles) {
    let first = |side| {
        roles
            .iter()
            .find(|(_, role)| *role == Role::Side(side, Part::Name) || *role == Role::Side(side, Part::Wikidata))
    };
    let partner_at = first(1).map_or(usize::MAX, |(column, _)| *column);
    let of =
        |role: Role| roles.iter().filter(|(_, known)| *known == role).map(|(column, _)| *column).collect::<Vec<_>>();
    let countries = of(Role::Part(Part::Country));
    let are_on_both_sides =
        countries.iter().any(|column| *column < partner_at) && countries.iter().any(|column| *column > partner_at);
    let partner_has_one = !of(Role::Side(1, Part::Country)).is_empty();
    for (column, role) in roles {
        if let Role::Part(part) = *role {
            let side = match part {
                Part::Country if partner_has_one => 0,
                Part::Country if !are_on_both_sides => 1,
                _ => usize::from(*column > partner_at),
            };
            *role = Role::Side(side, part);
        }
    }
}

/// What is called “since” is when a partnership began, unless another column says that.
fn since_is_start(roles: &mut Roles) {
    if roles.iter().all(|(_, role)| *role != Role::Field(Field::Start)) {
        for (_, role) in roles.iter_mut().filter(|(_, role)| *role == Role::Field(Field::Since)) {
            *role = Role::Field(Field::Start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&str], has_home: bool) -> Option<(usize, String)> {
        let row =
            |(nth, text): (usize, &&str)| Row { number: nth + 1, cells: text.split(',').map(str::to_owned).collect() };
        let rows: Vec<Row> = rows.iter().enumerate().map(row).collect();
        let (at, roles) = recognise(&rows, has_home)?;
        let told = roles.iter().map(|(column, role)| format!("{}={}", rows[at].cells[*column], role.name()));
        Some((at, told.collect::<Vec<_>>().join(" ")))
    }

    #[test]
    fn columns_are_known_by_their_headers_and_by_what_they_hold() {
        for (rows, at, roles) in [
            (
                &["Kunta,Ystävyyskunta,Maa,Alkaen,Tila", "a,b,c,d,e"][..],
                0,
                "Kunta=place Ystävyyskunta=partner Maa=country Alkaen=start Tila=status",
            ),
            (
                &["Ystävyyskunnat 2026", "", "Maa,Kunta,Ystävyyskunta"],
                2,
                "Maa=country Kunta=place Ystävyyskunta=partner",
            ),
            (&["city,country,twin,country"], 0, "city=place country=place_country twin=partner country=country"),
            (
                &["city,country,partner,partner country"],
                0,
                "city=place country=place_country partner=partner partner country=country",
            ),
            (
                &["municipality,bundesland,latitude,partnergemeinde,land,country,seit,partner_latitude"],
                0,
                "municipality=place bundesland=place_region latitude=place_lat partnergemeinde=partner land=country country=country seit=start partner_latitude=partner_lat",
            ),
            (
                &[
                    "item,itemLabel,sistercity,sistercityLabel",
                    "http://www.wikidata.org/entity/Q64,Berlin,http://www.wikidata.org/entity/Q65,Los Angeles",
                ],
                0,
                "item=place_wikidata itemLabel=place sistercity=partner_wikidata sistercityLabel=partner",
            ),
            (
                &["place,partner,status,status_since,start"],
                0,
                "place=place partner=partner status=status status_since=status_since start=start",
            ),
            (
                &["Kunta,Ystävyyskunta 1,Ystävyyskunta 2"],
                0,
                "Kunta=place Ystävyyskunta 1=partner Ystävyyskunta 2=partner",
            ),
            (&[",0,1", "A,B,C"], 0, "=place 0=partner 1=partner"),
        ] {
            assert_eq!(read(rows, false), Some((at, roles.to_owned())), "{rows:?}");
        }
    }

    #[test]
    fn a_list_without_a_place_or_a_partner_is_not_recognised() {
        assert_eq!(read(&["Ystävyyskunta,Maa"], false), None);
        assert_eq!(read(&["Ystävyyskunta,Maa"], true).map(|(at, _)| at), Some(0));
        assert_eq!(read(&["Kunta,Maa"], false), None);
        assert_eq!(read(&["x,y", "1,2"], true), None);
    }
}
