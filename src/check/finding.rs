//! What rules find: typed and placed. The words for it are in `i18n`.

use super::Rule;
use crate::model::fault::{At, Wrong};
use crate::model::vocabulary::Declared;
use crate::model::{Claim, Declaration, Kind, Municipality, PartialDate, Partnership, Row, Status, Table};
use crate::query::iso3166::Standing;

/// One thing that a rule has found.
#[derive(Clone)]
pub struct Finding<'r> {
    /// The rule.
    pub rule: &'static Rule,
    /// Where.
    pub at: Spot<'r>,
    /// What.
    pub what: What<'r>,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot<'r> {
    /// In a cell.
    Cell(At),
    /// In a file.
    File(&'r Mark),
}

/// A place in a file, and what else was seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What the reader of the file has said of it.
    pub message: String,
}

impl Spot<'_> {
    /// Returns where a row has a column of the schema; its first cell if it has not.
    pub fn of(row: Row<'_>, column: &str) -> Spot<'static> {
        let place = row.table().schema().column(column).and_then(|column| row.place(column));
        Spot::Cell((row.table(), row.number() as u32 + 1, place.unwrap_or(0) as u32))
    }
}

/// Two ids that make a pair.
pub type Two<'r> = [&'r str; 2];

/// What was found. Places stand as ids, so that whoever tells of them can name them.
#[derive(Clone)]
#[allow(missing_docs, reason = "what the variants hold is told by their names")]
pub enum What<'r> {
    /// Something that was seen while reading.
    Wrong(&'r Wrong),
    /// A line of the journal that is none.
    BadLine(&'r str),
    /// A file that holds decomposed letters.
    Decomposed,
    /// A file that is not written as `fmt` would.
    Uncanonical,
    /// An id that no row of its table has.
    Dangling { column: &'static str, id: &'r str, table: Table },
    /// A subject that is neither a party nor a country.
    DanglingSubject { id: &'r str },
    /// An event of a pair that is no partnership.
    DanglingPair { pair: Two<'r> },
    /// A party that is twinned with itself.
    SelfPair { id: &'r str },
    /// A pair that stands in two rows; the first of them, from 1.
    DuplicatePair { pair: Two<'r>, first: usize },
    /// A pair in another order than the canonical one.
    PairOrder { pair: Two<'r> },
    /// An event or a claim whose pair stands the other way round than in `partnerships`.
    PairTurned { pair: Two<'r> },
    /// Something that ends before it begins.
    EndBeforeStart { start: &'r str, end: &'r str },
    /// A date that cannot lie in the future, and does.
    Future { column: &'static str, date: &'r str },
    /// A partnership that began before a party came into being.
    BeforeParty { id: &'r str, start: PartialDate, born: PartialDate },
    /// A partnership that began when a party was dissolved already.
    AfterParty { id: &'r str, start: PartialDate, dissolved: PartialDate },
    /// A status that is not what the events tell.
    StatusDiffers { pair: Two<'r>, status: Status, told: Status, date: PartialDate },
    /// A suspension or an ending of which no date is known.
    Undated { pair: Two<'r>, status: Status },
    /// An ending that an event tells of, and the partnership does not.
    NoEnd { pair: Two<'r>, date: PartialDate },
    /// A suspension or an ending of which no decision is known.
    NoDecision { pair: Two<'r>, status: Status },
    /// A partnership without a source.
    NoSource { pair: Two<'r> },
    /// A partnership of a dissolved party that nobody has decided on.
    Undecided { pair: Two<'r>, date: PartialDate, is_first: bool, kind: Kind },
    /// A partnership that was not verified for long.
    Stale { pair: Two<'r>, verified: &'r str },
    /// A review whose day has passed.
    ReviewOverdue { pair: Two<'r>, date: PartialDate },
    /// Two places that look like one.
    SamePlace { id: &'r str, other: &'r str },
    /// Two partnerships that look like one.
    SamePartnership { pair: Two<'r>, other: Partnership<'r> },
    /// A code that is no country's today.
    CountryCode { code: &'r str, standing: Standing },
    /// Coordinates that no place on earth has.
    OutsideWorld { lat: &'r str, lon: &'r str },
    /// A latitude without a longitude, or the other way round; the one that is wanting.
    HalfPosition { column: &'static str },
    /// Coordinates far from the country.
    OutsideCountry { place: Municipality<'r>, lat: &'r str, lon: &'r str },
    /// A Wikidata item that cannot be one.
    WikidataForm { item: &'r str },
    /// A Wikidata item that two places have.
    WikidataTwice { item: &'r str, other: &'r str },
    /// A national code of another form than the country's.
    CodeForm { code: &'r str },
    /// A national code that two places of a country have.
    CodeTwice { code: &'r str, other: &'r str },
    /// Municipal changes that lead back to where they began.
    MergerCycle { id: &'r str },
    /// A municipal change into a place that is dissolved and went nowhere.
    MergerNowhere { from: &'r str, to: &'r str, date: PartialDate },
    /// Members of one network that are entered as a pair.
    Fellows { pair: Two<'r>, network: &'r str },
    /// A partnership of a kind that a party says it has none of.
    Policy { pair: Two<'r>, id: &'r str, kind: Kind },
    /// A declared total that is not what is recorded.
    Total { total: Declaration<'r>, kind: Declared, recorded: usize, share: Option<usize> },
    /// A claim of a better source than those that the registry follows.
    Outranked { claim: Claim<'r>, recorded: &'r str },
    /// A partnership that a better source denies.
    Denied { pair: Two<'r>, source: &'r str },
    /// A sign that cannot be seen, or turns the text round.
    Invisible { column: &'r str, sign: char },
    /// Blanks at the ends of a cell, or too many within.
    Blanks { column: &'r str, cell: &'r str },
    /// A cell that a spreadsheet would run.
    Formula { column: &'r str, cell: &'r str },
    /// A telephone number or a mail address in free text.
    PersonalData { column: &'static str },
    /// A contact whose time is over, and who is still named.
    ExpiredContact { subject: &'r str, role: &'r str, until: PartialDate },
    /// A cell that has not the form its column asks for.
    Form { column: &'static str, cell: &'r str },
    /// A claim of something that partnerships have not.
    ClaimField { field: &'r str },
    /// A claim of a value that its field cannot have.
    ClaimValue { field: &'r str, value: &'r str },
    /// A web address that is none.
    WebAddress { column: &'static str, cell: &'r str },
    /// A mail address that is none; whose it is is not told.
    MailAddress { column: &'static str },
}
