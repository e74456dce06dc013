//! The table of rules. `docs/rules.md` and `twin check --explain` are made of it.

use super::Look::{Cell, Pair, Place, Whole};
use super::Severity::{Error, Info, Warning};
use super::{Rule, alike, dates, places, reading, references, standing, text, totals};

/// Finds a rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// What keeps a file from being read as what it is: with such a problem every command ends with exit code 3.
pub const UNREADABLE: &[(&str, &str)] = &[
    ("missing-table", "countries.csv, municipalities.csv or partnerships.csv is not there."),
    (
        "missing-column",
        "A table has not a column that its rows cannot be without, or has one twice, or one without a name.",
    ),
    ("encoding", "The bytes are neither UTF-8 nor UTF-16 nor Windows-1252, or speak for two of them."),
    ("nul", "A zero byte stands in a text."),
    ("quote", "A quoted cell is not closed, so that it swallows the rest of the table."),
    ("json", "The JSON form, or datapackage.json, is no JSON, or not of the shape that it must have."),
    ("format", "datapackage.json asks for a newer format than this program reads."),
    ("size", "A table has more than four gigabytes."),
];

const MODEL: &str = "data model";
const FRICTIONLESS: &str = "Table Schema 2.0 (Data Package)";

macro_rules! rules {
    ($($id:literal $severity:ident $meaning:literal $origin:expr, [$($look:expr),+];)+) => {
        /// Every rule: those of reading first, then from the certain to what somebody has to look at.
        pub static RULES: &[Rule] = &[$(
            Rule { id: $id, severity: $severity, meaning: $meaning, origin: $origin, looks: &[$($look),+] }
        ),+];
    };
}

rules! {
    // How cells and rows are.
    "vocabulary" Error
        "A cell of a closed vocabulary holds one of its words, in small letters: twin, active, municipality …"
        MODEL, [Whole(reading::vocabulary)];
    "required" Error
        "A cell that a row cannot be without is not empty: the parties, kind and status of a partnership, the name and country of a place …"
        MODEL, [Whole(reading::required)];
    "date" Error
        "A date has one of the forms of the registry (1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016], [2010..2022]) and is a day of the calendar; a span does not end before it begins."
        "EDTF, ISO 8601-2", [Whole(reading::date)];
    "number" Error
        "Latitudes and longitudes are decimal numbers with a point: 62.893."
        MODEL, [Whole(reading::number)];
    "ragged" Error
        "Every row has as many cells as the header. What else is in such a row is not judged."
        "RFC 4180", [Whole(reading::ragged)];
    "quote" Error
        "Nothing but a separator follows the quote that closes a cell; a quote inside a quoted cell is written twice."
        "RFC 4180", [Whole(reading::quote)];
    "json" Error
        "A member of the JSON form is a text, a number or a list, as its column asks."
        MODEL, [Whole(reading::json)];
    "journal" Error
        "Every line of journal.jsonl is a JSON object."
        MODEL, [Whole(reading::journal)];
    "form" Error
        "Ids have the form of their kind (fi-kuopio, hel-fi-2020, FI), counts are 15, ~900 or ~90%, and a claim is about a field of partnerships, or about `exists` with yes or no, with a value that the field can have."
        MODEL, [Whole(text::form)];
    "duplicate-key" Error
        "No two rows of a table have the same key. Partnerships have a rule of their own."
        FRICTIONLESS, [Whole(reading::duplicate_key)];

    // Pairs and references.
    "dangling-reference" Error
        "An id in any table is that of a row in the table it refers to: parties, countries, networks, sources; an event belongs to a partnership, a declared total to a party or a country."
        FRICTIONLESS, [Whole(references::dangling)];
    "self-pair" Error
        "No place is twinned with itself."
        MODEL, [Whole(references::self_pair)];
    "duplicate-pair" Error
        "A partnership stands in the table once, in one order of its parties. Told once for each pair, however often it stands there."
        MODEL, [Whole(references::duplicate_pair)];
    "end-before-start" Error
        "Nothing ends before it begins: partnerships, networks, memberships, contacts. Dates that may be in order are."
        MODEL, [Pair(dates::end_before_start), Whole(dates::until_before_since)];
    "pair-order" Warning
        "The side in a home country comes first; if both or neither are at home, the smaller id. Events and claims name their pair in the order of the partnership. `twin fmt` turns them."
        MODEL, [Pair(references::pair_order), Whole(references::pair_turned)];

    // Time.
    "future-date" Warning
        "What has been does not lie in the future: starts, ends, days of verification, of retrieval, of publication. Events, mergers and the ends of memberships may be planned."
        MODEL, [Pair(dates::future_pair), Place(dates::future_place), Whole(dates::future)];
    "party-lifetime" Warning
        "A partnership begins while both parties are there: not after one was dissolved, and not before a split or a new name made it, unless it was carried over. What a merger made may be older than the merger, and is left alone."
        MODEL, [Pair(dates::party_lifetime)];

    // Standing.
    "status-against-events" Warning
        "The status is the one that the last event, or the end, tells. Also a planned event whose day has come, and that nobody has carried out."
        MODEL, [Pair(standing::status_differs)];
    "undated" Warning
        "Of a suspended or historic partnership something tells when that came: an event, or the end."
        MODEL, [Pair(standing::undated)];
    "undecided" Warning
        "Each partnership of a dissolved municipality is carried over, ended or lapsed, by an event; it is not left in force, nor made historic without a word."
        MODEL, [Pair(standing::undecided)];
    "historic-without-end" Warning
        "A historic partnership has the end that its event tells."
        MODEL, [Pair(standing::no_end)];
    "no-source" Warning
        "A partnership names a source, or one of its events does."
        MODEL, [Pair(standing::no_source)];
    "review-overdue" Warning
        "When the day of a review of what has not ended has come, something happens: the partnership is kept, resumed, ended, or put off once more."
        MODEL, [Whole(standing::review_overdue)];
    "no-decision" Info
        "Of a suspension or an ending it is known who decided it, or under which reference."
        MODEL, [Pair(standing::no_decision)];
    "stale" Info
        "A partnership in force was verified within the last five years, or as many as `--stale` says."
        MODEL, [Pair(standing::stale)];

    // Places.
    "same-place" Warning
        "No place is entered twice: places of one type, country and name (accents and case aside) lie more than ten kilometres apart. Those that a merger connects may share a name. Where the position of one is not known they may be near."
        MODEL, [Whole(alike::same_place)];
    "same-partnership" Warning
        "No place is twinned with two places that look alike, as a municipality and a district of the same name: one of the two partnerships is likely the other."
        MODEL, [Whole(alike::same_partnership)];
    "country-code" Warning
        "A country has an assigned code of ISO 3166-1, or XK for Kosovo; former states and common slips are told with the code of today."
        "ISO 3166-1, ISO 3166-3", [Whole(places::country_code)];
    "coordinates" Warning
        "Latitude and longitude are both there or neither, and lie in the world, within half a degree of the country's outline."
        "WGS 84; Natural Earth", [Place(places::coordinates)];
    "wikidata-id" Warning
        "A Wikidata item is a Q and a number, and belongs to one place."
        "Wikidata, Help:Items", [Whole(places::wikidata_id)];
    "national-code" Warning
        "A national code belongs to one place of its country; in Finland it is the three digits of the kuntanumero."
        "Statistics Finland, Municipalities", [Whole(places::national_code)];
    "merger-chain" Warning
        "Mergers do not lead in a circle, and no municipal change ends in a place that was dissolved itself."
        MODEL, [Whole(places::merger_chain)];

    // What bodies and sources say.
    "policy" Warning
        "A place that states that it has no partnerships of a kind has none in force: Helsinki has no sister cities."
        MODEL, [Pair(totals::policy)];
    "outranked-claim" Warning
        "No claim comes from a better source than all those that the partnership stands on, and says otherwise. A less exact date agrees."
        MODEL, [Whole(totals::outranked)];
    "fellow-members" Info
        "Places that are members of one network or association are not twinned by that alone. Chains are, pair by pair."
        MODEL, [Pair(totals::fellow_members)];
    "declared-total" Info
        "As many partnerships are recorded as a body states of itself; of what is about so many a tenth may be missing."
        MODEL, [Whole(totals::declared_total)];

    // Texts.
    "invisible" Warning
        "No cell holds control characters, marks that turn the direction of reading, or signs without width; those that join and part the letters of a word excepted."
        "Unicode Technical Reports 36 and 39", [Cell(text::invisible)];
    "blanks" Warning
        "No cell has blanks at its ends, several in a row, or other blanks than the common one."
        MODEL, [Cell(text::blanks)];
    "formula" Warning
        "No text begins with what makes a spreadsheet run it: =, +, -, @. Numbers and telephone numbers may."
        "OWASP, CSV injection", [Cell(text::formula)];
    "address" Warning
        "Web addresses begin with https:// or http://, and mail addresses have an @ between two parts."
        MODEL, [Place(text::place_address), Whole(text::address)];
    "personal-data" Warning
        "Telephone numbers and mail addresses of people stand in contacts, where they can be forgotten, and not in free text."
        "GDPR, article 5", [Pair(text::personal_pair), Place(text::personal_place), Whole(text::personal_data)];
    "expired-contact" Warning
        "Of a contact whose time is over no name, mail address or telephone number is kept."
        "GDPR, article 5", [Whole(text::expired_contact)];

    // How files are written.
    "not-nfc" Warning
        "Letters with marks are one sign (NFC), as Excel and most keyboards write them. Told once for each file; `twin fmt` mends it."
        "Unicode Standard Annex 15", [Whole(reading::not_nfc)];
    "not-canonical" Info
        "A file is written as the program writes it, so that one changed fact is one changed line. Told once for each file, where it first differs; `twin fmt` mends it."
        MODEL, [Whole(reading::not_canonical)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_of_one_rule_and_a_word_to_type() {
        let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')), "{ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}
