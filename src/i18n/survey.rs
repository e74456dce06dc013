//! What stands in the form that an association sends to its municipalities, and what is told of the answers.

use super::Lang;
use super::words::words;

/// A column of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The id of the partnership, which is not to be changed.
    Pair,
    /// The partner.
    Partner,
    /// Its country.
    Country,
    /// The kind.
    Kind,
    /// The status.
    Status,
    /// When it began.
    Start,
    /// Whether what stands there is right.
    Confirmed,
    /// Since when a new status holds.
    Since,
    /// The body that decided on it.
    Body,
    /// What names the decision.
    Reference,
    /// What else there is to say.
    Remark,
}

impl Column {
    /// The columns, from the left.
    pub const ALL: [Column; 11] = [
        Column::Pair,
        Column::Partner,
        Column::Country,
        Column::Kind,
        Column::Status,
        Column::Start,
        Column::Confirmed,
        Column::Since,
        Column::Body,
        Column::Reference,
        Column::Remark,
    ];

    /// Returns its header.
    pub fn header(self, lang: Lang) -> &'static str {
        match self {
            Column::Pair => pair(lang),
            Column::Partner => partner(lang),
            Column::Country => super::words::country(lang),
            Column::Kind => super::words::kind(lang),
            Column::Status => super::words::status(lang),
            Column::Start => start(lang),
            Column::Confirmed => confirmed(lang),
            Column::Since => since(lang),
            Column::Body => super::words::body(lang),
            Column::Reference => reference(lang),
            Column::Remark => remark(lang),
        }
    }
}

// Headers.
words! {
    pair: "key (do not change)" "avain (älä muuta)" "nyckel (ändra inte)";
    partner: "partner" "kumppani" "partner";
    start: "began" "alkoi" "började";
    confirmed: "right?" "tiedot oikein?" "rätt?";
    since: "new status since" "uusi tila alkaen" "ny status sedan";
    reference: "decision (date, §)" "päätös (pvm, §)" "beslut (datum, §)";
    remark: "remarks" "huomautuksia" "anmärkningar";
    yes: "yes" "kyllä" "ja";
    no: "no" "ei" "nej";
}

// The form.
words! {
    sheet_name: "Answers" "Vastaukset" "Svar";
    title(place: &str, year: i16): "{place}: sister cities and partners {year}" "{place}: ystävyyskunnat ja kumppanit {year}"
        "{place}: vänorter och partner {year}";
    how: "Please go through the rows below. They show what the registry says today."
        "Käykää läpi alla olevat rivit. Niissä on, mitä rekisterissä on tänään."
        "Gå igenom raderna nedan. De visar vad registret säger i dag.";
    how_right: "Choose “yes” in the column “right?” where a row is right. Where it is not, choose “no” and correct it."
        "Valitkaa sarakkeessa ”tiedot oikein?” kyllä, kun rivi on oikein. Jos ei ole, valitkaa ei ja korjatkaa rivi."
        "Välj ”ja” i kolumnen ”rätt?” där raden är rätt. Där den inte är det, välj ”nej” och rätta raden.";
    how_ended: "If a partnership was suspended or has ended, choose the new status and say since when and by whose decision. Do not delete the row."
        "Jos yhteistyö on keskeytetty tai päättynyt, valitkaa uusi tila ja kertokaa, mistä alkaen ja kenen päätöksellä. Älkää poistako riviä."
        "Om ett samarbete har avbrutits eller avslutats, välj ny status och ange sedan när och genom vems beslut. Ta inte bort raden.";
    how_new: "Write partnerships that are missing into the empty rows. Dates may be a year, a month or a day."
        "Kirjoittakaa puuttuvat kumppanuudet tyhjille riveille. Päiväykseksi riittää vuosi tai kuukausi."
        "Skriv partnerskap som saknas på de tomma raderna. Som datum räcker ett år eller en månad.";
    answered_on: "answered on" "vastattu" "besvarad";
    answered_by: "answered by" "vastaaja" "svar av";
    made(n: usize, folder: &str): "{n} forms are in {folder}." "{n} lomaketta on kansiossa {folder}." "{n} formulär finns i {folder}.";
    would_make(n: usize, folder: &str): "{n} forms would be made in {folder}." "Kansioon {folder} tehtäisiin {n} lomaketta."
        "{n} formulär skulle göras i {folder}.";
}

// The answers.
words! {
    answer(file: &str, place: &str, date: &str): "{file}: {place}, answered {date}" "{file}: {place}, vastattu {date}"
        "{file}: {place}, besvarad {date}";
    empty(file: &str, place: &str): "{file}: {place}, not answered" "{file}: {place}, ei vastausta" "{file}: {place}, inte besvarad";
    missing: "asks" "kysyttävä" "fråga";
    missing_row(pair: &str): "{pair} has no row in the answer any more; that is no ending: ask, and then twin end or twin keep"
        "{pair} puuttuu vastauksesta; se ei ole päättyminen: kysy, ja sitten twin end tai twin keep"
        "{pair} saknas i svaret; det är inget avslut: fråga, och sedan twin end eller twin keep";
    denied(pair: &str): "{pair} is said not to be right, and not what is right"
        "{pair} ei vastaajan mukaan ole oikein, mutta oikeaa tietoa ei ole"
        "{pair} uppges vara fel, men inte vad som är rätt";
    remark_of(pair: &str, remark: &str): "{pair}: “{remark}”" "{pair}: “{remark}”" "{pair}: ”{remark}”";
    unanswered(n: usize, of: usize, names: &str): "{n} of {of} have not answered: {names}" "{n}/{of} ei ole vastannut: {names}"
        "{n} av {of} har inte svarat: {names}";
    all_answered(of: usize): "All {of} have answered." "Kaikki {of} ovat vastanneet." "Alla {of} har svarat.";
    source_title(place: &str, year: i16): "{place}: answer to the survey {year}" "{place}: vastaus kyselyyn {year}"
        "{place}: svar på enkäten {year}";
}
