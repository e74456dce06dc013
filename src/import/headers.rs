//! What columns of foreign lists are called, in Finnish, Swedish, English, German and French.
//!
//! Gathered from lists as they are published: Kuntaliitto's and Kommunförbundet's, RGRE's, queries of Wikidata, tables of
//! Wikipedia. A header is looked up without case, accents, blanks and signs.

use super::columns::{Field, Part, Role};
use crate::query::fold::fold;

/// Names of the side that a list is about, and what may stand before a part of it: `origin` in `origin_lat`.
const PLACES: &[&str] = &[
    "place",
    "municipality",
    "city",
    "town",
    "origin",
    "origincity",
    "home",
    "homecity",
    "city1",
    "item",
    "kunta",
    "kaupunki",
    "paikka",
    "paikkakunta",
    "kotikunta",
    "kommun",
    "stad",
    "ort",
    "hemort",
    "plats",
    "hemkommun",
    "gemeinde",
    "stadt",
    "kommune",
    "commune",
    "ville",
    "localite",
];
/// Names of the other side.
const PARTNERS: &[&str] = &[
    "partner",
    "partnercity",
    "partnertown",
    "partnermunicipality",
    "sistercity",
    "sistertown",
    "sister",
    "twin",
    "twintown",
    "twincity",
    "twinnedwith",
    "twinnedtown",
    "twinnedcity",
    "friendshipcity",
    "destination",
    "destinationcity",
    "city2",
    "target",
    "ystavyyskunta",
    "ystavyyskaupunki",
    "ystavyyspaikkakunta",
    "kummikunta",
    "kumppani",
    "kumppanikunta",
    "kumppanikaupunki",
    "vanort",
    "vankommun",
    "vanstad",
    "partnerort",
    "partnerkommun",
    "partnerstad",
    "partnerstadt",
    "partnergemeinde",
    "partnerkommune",
    "partnerstadte",
    "villejumelee",
    "communejumelee",
    "villepartenaire",
    "partenaire",
    "jumelee",
    "jumelleavec",
];
/// What stands before a part of a side, besides its names.
const PREFIXES: [&[&str]; 2] = [
    &["kunnan", "kaupungin", "kommunens", "stadens"],
    &["dest", "kumppanin", "ystavyyskunnan", "partnerns", "vanortens", "partnerin"],
];
/// Names of the parts of a side.
const PARTS: &[(Part, &[&str])] = &[
    (Part::Name, &["name", "label", "nimi", "namn", "nom"]),
    (Part::Id, &["id", "tunnus"]),
    (Part::Wikidata, &["wikidata", "wikidataid", "wikidataitem", "qid"]),
    (
        Part::Code,
        &[
            "code",
            "nationalcode",
            "kuntanumero",
            "kuntakoodi",
            "kommunkod",
            "kommunnummer",
            "ags",
            "insee",
            "codeinsee",
        ],
    ),
    (
        Part::Country,
        &[
            "country",
            "countryname",
            "countrycode",
            "maa",
            "maatunnus",
            "valtio",
            "land",
            "landskod",
            "staat",
            "pays",
            "nation",
        ],
    ),
    (
        Part::Region,
        &[
            "region",
            "state",
            "county",
            "province",
            "maakunta",
            "landskap",
            "lan",
            "bundesland",
            "kanton",
            "departement",
            "fylke",
        ],
    ),
    (Part::Lat, &["lat", "latitude", "latitud", "leveysaste", "breite", "breitengrad"]),
    (Part::Lon, &["lon", "lng", "long", "longitude", "longitud", "pituusaste", "lange", "langengrad"]),
    (
        Part::Point,
        &["coordinates", "coordinate", "coord", "location", "koordinaatit", "koordinater", "koordinaten", "point"],
    ),
    (Part::Address, &["placename", "address", "displayname", "osoite", "adress", "adresse"]),
];
/// Names of what is said of a partnership.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Kind, &["kind", "type", "laji", "tyyppi", "slag", "typ", "art", "form", "forme", "muoto"]),
    (Field::Status, &["status", "tila", "tilanne", "zustand", "statut", "etat"]),
    (
        Field::Start,
        &[
            "start",
            "startdate",
            "startyear",
            "begin",
            "began",
            "year",
            "established",
            "alku",
            "alkanut",
            "alkuvuosi",
            "vuosi",
            "sopimusvuosi",
            "solmittu",
            "borjan",
            "ar",
            "startar",
            "fran",
            "beginn",
            "jahr",
            "debut",
            "annee",
        ],
    ),
    (Field::Since, &["since", "statussince", "alkaen", "sedan", "seit", "depuis"]),
    (
        Field::End,
        &[
            "end",
            "enddate",
            "endyear",
            "ended",
            "until",
            "loppu",
            "paattynyt",
            "paattymisvuosi",
            "asti",
            "slut",
            "avslutad",
            "upphord",
            "till",
            "ende",
            "bis",
            "fin",
        ],
    ),
    (Field::Term, &["term", "kausi", "period", "laufzeit", "duree"]),
    (Field::Themes, &["theme", "themes", "teema", "teemat", "tema", "teman", "thema", "themen"]),
    (Field::Verified, &["verified", "verifiedon", "vahvistettu", "bekraftad"]),
    (
        Field::Note,
        &[
            "note",
            "notes",
            "remark",
            "remarks",
            "comment",
            "huomautus",
            "huom",
            "lisatieto",
            "lisatietoja",
            "anmarkning",
            "kommentar",
            "bemerkung",
            "anmerkung",
            "remarque",
            "commentaire",
        ],
    ),
    (Field::Body, &["body", "toimielin", "organ"]),
    (Field::Reference, &["reference", "viite", "referens"]),
];

/// Returns what the column of a header means; a part of a side that the header does not name has no side.
pub fn role(header: &str) -> Option<Role> {
    let name = compact(header);
    let unnumbered = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &name[unnumbered.len()..];
    if let Some(side) = side(&name) {
        return Some(Role::Side(side, Part::Name));
    }
    if let Some(field) = FIELDS.iter().find(|(_, names)| names.contains(&&*name)) {
        return Some(Role::Field(field.0));
    }
    if let Some(part) = part(unnumbered).filter(|part| *part != Part::Name && (*part != Part::Id || !digits.is_empty()))
    {
        return match digits {
            "" => Some(Role::Part(part)),
            "1" => Some(Role::Side(0, part)),
            "2" => Some(Role::Side(1, part)),
            _ => None,
        };
    }
    if side(unnumbered) == Some(1) {
        return Some(Role::Side(1, Part::Name));
    }
    // `countryLabel` is the country.
    let labelled = PARTS[0].1.iter().find_map(|word| name.strip_suffix(word));
    [Some(&*name), labelled].into_iter().flatten().find_map(composed)
}

/// Returns the side that a name means.
fn side(name: &str) -> Option<usize> {
    [PLACES, PARTNERS].iter().position(|names| names.contains(&name))
}

fn part(name: &str) -> Option<Part> {
    PARTS.iter().find(|(_, names)| names.contains(&name)).map(|(part, _)| *part)
}

/// Reads a side and its part: `partner_latitude`, `origincountry`, `kunnan maa`.
fn composed(name: &str) -> Option<Role> {
    if let Some(side) = side(name) {
        return Some(Role::Side(side, Part::Name));
    }
    let sides = [PLACES, PARTNERS].into_iter().zip(PREFIXES).enumerate();
    let mut readings = sides.flat_map(|(side, (names, prefixes))| {
        names.iter().chain(prefixes).filter_map(move |prefix| Some(Role::Side(side, part(name.strip_prefix(prefix)?)?)))
    });
    readings.next()
}

/// Returns a header without case, accents, blanks and signs.
pub fn compact(header: &str) -> String {
    let mut name = fold(header);
    name.retain(char::is_alphanumeric);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_real_lists_are_read() {
        let place = |part| Some(Role::Side(0, part));
        let partner = |part| Some(Role::Side(1, part));
        for (header, read) in [
            ("Kunta", place(Part::Name)),
            ("Ystävyyskunta", partner(Part::Name)),
            ("Vänort", partner(Part::Name)),
            ("ville jumelée", partner(Part::Name)),
            ("partnergemeinde", partner(Part::Name)),
            ("Ystävyyskunta 3", partner(Part::Name)),
            ("city1", place(Part::Name)),
            ("city2", partner(Part::Name)),
            ("country1", place(Part::Country)),
            ("country2", partner(Part::Country)),
            ("itemLabel", place(Part::Name)),
            ("sistercityLabel", partner(Part::Name)),
            ("origincountry", place(Part::Country)),
            ("originlong", place(Part::Lon)),
            ("destination_countryLabel", partner(Part::Country)),
            ("partner_latitude", partner(Part::Lat)),
            ("municipality_place_name", place(Part::Address)),
            ("Kumppanin tunnus", partner(Part::Id)),
            ("kommunens land", place(Part::Country)),
            ("place_id", place(Part::Id)),
            ("partner_wikidata", partner(Part::Wikidata)),
            ("Maa", Some(Role::Part(Part::Country))),
            ("country_name", Some(Role::Part(Part::Country))),
            ("bundesland", Some(Role::Part(Part::Region))),
            ("kuntanumero", Some(Role::Part(Part::Code))),
            ("seit", Some(Role::Field(Field::Since))),
            ("Alkaen", Some(Role::Field(Field::Since))),
            ("form", Some(Role::Field(Field::Kind))),
            ("Tila", Some(Role::Field(Field::Status))),
            ("verified_on", Some(Role::Field(Field::Verified))),
            ("id", None),
            ("name", None),
            ("plz", None),
            ("originpopulation", None),
            ("dist", None),
            ("reason", None),
            ("", None),
            ("0", None),
        ] {
            assert_eq!(role(header), read, "{header}");
        }
    }
}
