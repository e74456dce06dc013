//! The schema: every table and column of the registry, and a typed view of a row of each.
//!
//! From each table below follow its [`Schema`] and a small `Copy` type that reads a row's cells by name. Vocabularies
//! and forms are the data model's; country codes are ISO 3166-1 alpha-2 (Kosovo: `XK`), dates EDTF.

use super::date::{Interval, PartialDate};
use super::grid::Row;
use super::pattern::Pattern;
use super::schema::{Column, Schema, Table, Type};
use super::vocabulary::{
    Acted, Continent, Declared, EventKind, Kind, MergerKind, NetworkType, PlaceType, Rank, Status,
};

macro_rules! column_name {
    ($method:ident $name:literal) => {
        $name
    };
    ($method:ident) => {
        stringify!($method)
    };
}

macro_rules! pair_of {
    () => {
        None
    };
    ($table:ident) => {
        Some(Table::$table)
    };
}

macro_rules! column_type {
    (text) => {
        Type::Text
    };
    (pattern $form:ident) => {
        Type::Pattern(Pattern::$form)
    };
    (uri) => {
        Type::Uri
    };
    (email) => {
        Type::Email
    };
    (reference $table:ident) => {
        Type::Reference(Table::$table)
    };
    (list) => {
        Type::List
    };
    (number $min:literal $max:literal) => {
        Type::Number($min, $max)
    };
    (date) => {
        Type::Date
    };
    (interval) => {
        Type::Interval
    };
    (vocabulary $words:ident) => {
        Type::Vocabulary($words::WORDS)
    };
}

macro_rules! reader {
    ($method:ident $doc:literal $index:expr, date) => {
        #[doc = $doc]
        pub fn $method(self) -> Option<PartialDate> {
            PartialDate::parse(self.0.get($index)).ok()
        }
    };
    ($method:ident $doc:literal $index:expr, interval) => {
        #[doc = $doc]
        pub fn $method(self) -> Option<Interval> {
            Interval::parse(self.0.get($index)).ok()
        }
    };
    ($method:ident $doc:literal $index:expr, list) => {
        #[doc = $doc]
        pub fn $method(self) -> impl Iterator<Item = &'r str> {
            self.0.list($index)
        }
    };
    ($method:ident $doc:literal $index:expr, number $($bound:literal)+) => {
        #[doc = $doc]
        pub fn $method(self) -> Option<f64> {
            self.0.get($index).parse().ok()
        }
    };
    ($method:ident $doc:literal $index:expr, vocabulary $words:ident) => {
        #[doc = $doc]
        pub fn $method(self) -> Option<$words> {
            $words::parse(self.0.get($index))
        }
    };
    ($method:ident $doc:literal $index:expr, $($text:tt)+) => {
        #[doc = $doc]
        pub fn $method(self) -> &'r str {
            self.0.get($index)
        }
    };
}

macro_rules! tables {
    ($(
        $View:ident $Table:ident $name:ident $title:literal $row:literal key($($key:ident),+) $(pair_of $Pair:ident)? {
            $( $method:ident $(as $as:literal)? : $kind:ident $(($($arg:tt)+))? $([$required:ident])? $label:literal $doc:literal; )+
        }
    )+) => {
        /// Every table of the registry, in the order of [`Table`].
        pub static SCHEMAS: &[Schema] = &[$(
            Schema {
                table: Table::$Table,
                name: stringify!($name),
                file: concat!(stringify!($name), ".csv"),
                title: $title,
                row: $row,
                key: &[$(stringify!($key)),+],
                pair_of: pair_of!($($Pair)?),
                columns: &[$(
                    Column {
                        name: column_name!($method $($as)?),
                        title: $label,
                        doc: $doc,
                        kind: column_type!($kind $($($arg)+)?),
                        required: false $(|| stringify!($required).len() > 0)?,
                    }
                ),+],
            }
        ),+];

        $(
            #[doc = concat!("A row of `", stringify!($name), "`: ", $row, ".")]
            #[derive(Clone, Copy)]
            pub struct $View<'r>(Row<'r>);

            impl<'r> $View<'r> {
                /// The table these rows are of.
                pub const TABLE: Table = Table::$Table;

                /// Returns the row itself, for columns by name.
                pub fn row(self) -> Row<'r> {
                    self.0
                }

                tables!(@readers 0; $( ($method $label; $kind $($($arg)+)?) )+);
            }

            impl<'r> From<Row<'r>> for $View<'r> {
                fn from(row: Row<'r>) -> Self {
                    debug_assert_eq!(row.table(), Table::$Table);
                    $View(row)
                }
            }
        )+
    };
    (@readers $index:expr;) => {};
    (@readers $index:expr; ($method:ident $label:literal; $($kind:tt)+) $($rest:tt)*) => {
        reader!($method $label $index, $($kind)+);
        tables!(@readers $index + 1; $($rest)*);
    };
}

tables! {
    Country Countries countries "Countries and territories"
    "a country or territory with an ISO 3166-1 code" key(code) {
        code: pattern(Country) [required] "Country code" "ISO 3166-1 alpha-2; XK for Kosovo";
        name: text [required] "Name" "";
        name_fi: text "Finnish name" "";
        name_sv: text "Swedish name" "";
        continent: vocabulary(Continent) [required] "Continent" "";
        part_of: reference(Countries) "Part of" "code of the state that a territory belongs to";
    }

    Municipality Municipalities municipalities "Parties to partnerships, at home and abroad"
    "a party to partnerships, at home or abroad" key(id) {
        id: pattern(Party) [required] "Identifier" "country and slug of the local official name; never changes";
        name: text [required] "Name" "local official name; other scripts romanised";
        country: reference(Countries) [required] "Country" "today's country or territory";
        place_type as "type": vocabulary(PlaceType) [required] "Type" "";
        region: text "Region" "";
        part_of: reference(Municipalities) "Part of" "id of the municipality or region that a district belongs to";
        code: text "National code" "as text; Finland: the three digits of the kuntanumero";
        name_fi: text "Finnish name" "where known";
        name_sv: text "Swedish name" "where known";
        name_en: text "English name" "where it differs";
        aliases: list "Other names" "former names, exonyms, transliterations; separated by ;";
        lat: number(-90 90) "Latitude" "degrees, WGS 84";
        lon: number(-180 180) "Longitude" "degrees, WGS 84";
        wikidata: pattern(Wikidata) "Wikidata item" "";
        website: uri "Website" "";
        email: email "E-mail" "";
        phone: text "Telephone" "";
        policy: text "Policy" "what the party says of partnerships in general";
        dissolved: date "Dissolved" "";
        sources: list "Sources" "ids in sources.csv, separated by ;";
        note: text "Note" "";
    }

    Partnership Partnerships partnerships "Partnerships, each once"
    "one relationship, once (never two mirrored rows)" key(a, b) {
        a: reference(Municipalities) [required] "First party" "id of the side in a home country; if both or neither are at home, the smaller id";
        b: reference(Municipalities) [required] "Second party" "id of the other side";
        kind: vocabulary(Kind) [required] "Kind" "";
        status: vocabulary(Status) [required] "Status" "today's; events.csv says since when and why";
        start: date "Start" "";
        end: date "End" "";
        term: interval "Term" "";
        themes: list "Themes" "separated by ;";
        sources: list "Sources" "ids in sources.csv, separated by ;";
        verified_on: date "Verified on" "when a dated official page or a list of 2026 last attested the pair";
        note: text "Note" "";
    }

    Event Events events "What happened to a partnership"
    "something that happened to a partnership" key(a, b, date, event) pair_of Partnerships {
        a: text [required] "First party" "id of the side in a home country; if both or neither are at home, the smaller id";
        b: text [required] "Second party" "id of the other side";
        date: date [required] "Date" "";
        event: vocabulary(EventKind) [required] "Event" "";
        by: vocabulary(Acted) "Acted by" "which side acted";
        body: text "Deciding body" "";
        reference: text "Reference" "of the decision";
        review_on: date "Review on" "when it comes up again";
        reason: text "Reason" "";
        sources: list "Sources" "ids in sources.csv, separated by ;";
    }

    Claim Claims claims "What single sources say, where they disagree or where no partnership is confirmed"
    "what one source says where sources disagree, or where no partnership is confirmed" key(a, b, field, source) {
        a: reference(Municipalities) [required] "First party" "id of the side in a home country; if both or neither are at home, the smaller id";
        b: reference(Municipalities) [required] "Second party" "id of the other side";
        field: text [required] "Field" "a column of partnerships.csv, or exists (yes, no)";
        value: text [required] "Value" "";
        source: reference(Sources) [required] "Source" "";
        seen_on: date "Seen on" "";
        note: text "Note" "";
    }

    Declaration Declarations declarations "Totals that a body states of itself"
    "a total that a body states of itself" key(subject, kind, source) {
        subject: text [required] "Subject" "id of a party or code of a country";
        kind: vocabulary(Declared) [required] "Kind" "";
        count: pattern(Total) [required] "Count" "a number, with ~ for about and % for a share";
        stated_on: date "Stated on" "";
        source: reference(Sources) [required] "Source" "";
        note: text "Note" "";
    }

    Network Networks networks "Chains, networks, associations and offices"
    "a chain, network, association or office" key(id) {
        id: pattern(Slug) [required] "Identifier" "";
        name: text [required] "Name" "";
        network_type as "type": vocabulary(NetworkType) [required] "Type" "";
        seat: reference(Municipalities) "Seat" "id of a municipality";
        term: interval "Term" "";
        since: date "Since" "";
        until: date "Until" "";
        website: uri "Website" "";
        sources: list "Sources" "ids in sources.csv, separated by ;";
        note: text "Note" "";
    }

    Member Members members "Memberships in networks"
    "a membership" key(network, municipality) {
        network: reference(Networks) [required] "Network" "";
        municipality: reference(Municipalities) [required] "Member" "id of a party";
        role: text "Role" "";
        since: date "Since" "";
        until: date "Until" "";
        sources: list "Sources" "ids in sources.csv, separated by ;";
        note: text "Note" "";
    }

    Merger Mergers mergers "Municipal changes, one row per edge"
    "one edge of a municipal change (2 → 3 is six rows at most)" key(date, from, to) {
        date: date [required] "Date" "";
        event: vocabulary(MergerKind) [required] "Event" "";
        before as "from": reference(Municipalities) [required] "From" "id of the party before";
        after as "to": reference(Municipalities) [required] "To" "id of the party after";
        sources: list "Sources" "ids in sources.csv, separated by ;";
        note: text "Note" "";
    }

    Contact Contacts contacts "Whom to ask (roles only)"
    "whom to ask" key(subject, role) {
        subject: reference(Municipalities) [required] "Subject" "id of a party";
        role: text [required] "Role" "";
        name: text "Name" "";
        topic: text "Topic" "";
        email: email "E-mail" "";
        phone: text "Telephone" "";
        since: date "Since" "";
        until: date "Until" "";
        checked_on: date "Checked on" "";
    }

    Source Sources sources "Sources"
    "where a statement comes from" key(id) {
        id: pattern(Slug) [required] "Identifier" "";
        title: text [required] "Title" "";
        publisher: text "Publisher" "";
        rank: vocabulary(Rank) [required] "Rank" "which source wins, best first";
        url: uri "Address" "";
        published: date "Published" "";
        retrieved: date "Retrieved" "";
        licence: text "Licence" "";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_a_required_column_and_every_table_stands_at_its_place() {
        for (schema, table) in SCHEMAS.iter().zip(Table::ALL) {
            assert_eq!(schema.table, table);
            for key in schema.key {
                let column = schema.column(key).unwrap_or_else(|| panic!("{}.{key} is no column", schema.name));
                assert!(schema.columns[column].required, "{}.{key} is a key and not required", schema.name);
            }
        }
        assert_eq!(SCHEMAS.len(), Table::ALL.len());
    }
}
