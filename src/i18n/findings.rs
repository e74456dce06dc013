//! What findings say, and the way out of each, in English, Finnish and Swedish.
//!
//! Ids, fields and commands stand in them as they are typed.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::labels::Label;
use super::typed::Typed;
use super::{Lang, words};
use crate::check::{Two, What};
use crate::model::cell::{Flaw, LONGEST};
use crate::model::date::DateError;
use crate::model::fault::Wrong;
use crate::model::{Claim, Status};
use crate::query::iso3166::{Former, Standing};

/// Names a place by its id.
pub type Names<'n, 'r> = &'n dyn Fn(&'r str) -> Cow<'r, str>;

macro_rules! findings {
    ($lang:ident, $name:ident; $($pattern:pat => $([$($value:pat = $what:expr),+])?
        $en:literal $fi:literal $sv:literal, $([$($way_value:pat = $way_what:expr),+])?
        $way_en:literal $way_fi:literal $way_sv:literal;)+) => {
        /// Says what was found.
        ///
        /// # Errors
        /// What the writer says.
        #[allow(unused_variables, reason = "some stand only in the way out")]
        pub fn message<'r>(what: &What<'r>, $lang: Lang, $name: Names<'_, 'r>, to: &mut impl Write) -> fmt::Result {
            match what {
                $($pattern => {
                    $($(let $value = $what;)+)?
                    match $lang {
                        Lang::En => write!(to, $en),
                        Lang::Fi => write!(to, $fi),
                        Lang::Sv => write!(to, $sv),
                    }
                })+
            }
        }

        /// Says what to do about it.
        ///
        /// # Errors
        /// What the writer says.
        #[allow(unused_variables, reason = "some stand only in the message")]
        pub fn way_out(what: &What<'_>, $lang: Lang, to: &mut impl Write) -> fmt::Result {
            match what {
                $($pattern => {
                    $($(let $way_value = $way_what;)+)?
                    match $lang {
                        Lang::En => write!(to, $way_en),
                        Lang::Fi => write!(to, $way_fi),
                        Lang::Sv => write!(to, $way_sv),
                    }
                })+
            }
        }
    };
}

/// Returns the names of a pair.
fn names<'r>([a, b]: &Two<'r>, name: Names<'_, 'r>) -> String {
    format!("{}–{}", name(a), name(b))
}

findings! { lang, name;
    What::Wrong(Wrong::Cell(Flaw::Vocabulary { column, cell, words })) =>
        "{column} is `{cell}`, which is no word of its vocabulary" "{column} on `{cell}`, joka ei ole sen sanaston sana" "{column} är `{cell}`, som inte är ett ord i dess ordlista",
        [words = words.join(", ")] "write one of {words}" "kirjoita jokin näistä: {words}" "skriv ett av dessa: {words}";
    What::Wrong(Wrong::Cell(Flaw::Required { column })) =>
        "{column} is empty" "{column} on tyhjä" "{column} är tom",
        "fill it in; a row cannot be without it" "täytä se; rivi ei voi olla ilman sitä" "fyll i den; en rad kan inte vara utan den";
    What::Wrong(Wrong::Cell(Flaw::Long { column, bytes })) =>
        "{column} has {bytes} bytes" "{column} on {bytes} tavua pitkä" "{column} är {bytes} byte lång",
        [most = LONGEST] "write it in {most} bytes; the rest may stand in a note" "kirjoita se {most} tavulla; loput voivat olla huomautuksessa" "skriv den med {most} byte; resten kan stå i en anmärkning";
    What::Wrong(Wrong::Cell(
        Flaw::Date { column, error: DateError::Form(text) } | Flaw::Interval { column, error: DateError::Form(text) },
    )) =>
        "{column} is `{text}`, which has no form of a date" "{column} on `{text}`, jolla ei ole päivämäärän muotoa" "{column} är `{text}`, som inte har formen av ett datum",
        "write 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] or [2010..2022]; a term is 2022/2029 or 2022/.." "kirjoita 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] tai [2010..2022]; kausi on 2022/2029 tai 2022/.." "skriv 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] eller [2010..2022]; en period är 2022/2029 eller 2022/..";
    What::Wrong(Wrong::Cell(
        Flaw::Date { column, error: DateError::Calendar(text) } | Flaw::Interval { column, error: DateError::Calendar(text) },
    )) =>
        "{column} is `{text}`, a day that the calendar does not have" "{column} on `{text}`, päivä jota kalenterissa ei ole" "{column} är `{text}`, en dag som inte finns i kalendern",
        "write the day, or only as much of it as is known: 1982-06, 1982" "kirjoita päivä tai vain se, mikä tiedetään: 1982-06, 1982" "skriv dagen, eller bara så mycket som är känt: 1982-06, 1982";
    What::Wrong(Wrong::Cell(
        Flaw::Date { column, error: DateError::Reversed(text) } | Flaw::Interval { column, error: DateError::Reversed(text) },
    )) =>
        "{column} is `{text}`, which ends before it begins" "{column} on `{text}`, joka loppuu ennen kuin alkaa" "{column} är `{text}`, som slutar innan det börjar",
        "write the earlier date first" "kirjoita aikaisempi päivä ensin" "skriv det tidigare datumet först";
    What::Wrong(Wrong::Cell(Flaw::Number { column, cell })) =>
        "{column} is `{cell}`, which is no decimal number" "{column} on `{cell}`, joka ei ole desimaaliluku" "{column} är `{cell}`, som inte är ett decimaltal",
        "write it with a point: 62.893" "kirjoita se pisteellä: 62.893" "skriv det med punkt: 62.893";
    What::Wrong(Wrong::Ragged { cells, header }) =>
        "the row has {cells} cells, the header {header}" "rivillä on {cells} solua, otsikkorivillä {header}" "raden har {cells} celler, rubrikraden {header}",
        "put a text that holds the separator between quotes, or add what is missing" "pane lainausmerkkeihin teksti, jossa on erotin, tai lisää puuttuva" "sätt en text som innehåller skiljetecknet inom citattecken, eller lägg till det som saknas";
    What::Wrong(Wrong::Quote) =>
        "text follows the quote that closes this cell" "solun päättävää lainausmerkkiä seuraa tekstiä" "text följer på citattecknet som avslutar cellen",
        "write a quote inside a cell twice: \"\"" "kirjoita solun sisällä oleva lainausmerkki kahdesti: \"\"" "skriv ett citattecken i en cell två gånger: \"\"";
    What::Wrong(Wrong::Again { key, first }) =>
        "`{key}` stands here again; row {first} of the table has it already" "`{key}` on tässä uudestaan; se on jo taulukon rivillä {first}" "`{key}` står här igen; rad {first} i tabellen har den redan",
        "remove one of the rows, or correct its key" "poista toinen riveistä tai korjaa sen avain" "ta bort den ena raden, eller rätta dess nyckel";
    What::Wrong(Wrong::Member(text)) =>
        "{text}" "{text}" "{text}",
        "write a text, a number or a list, as the column asks" "kirjoita teksti, luku tai luettelo, kuten sarake vaatii" "skriv en text, ett tal eller en lista, som kolumnen kräver";
    What::BadLine(text) =>
        "this line is no operation of the journal: {text}" "tämä rivi ei ole lokin toimenpide: {text}" "denna rad är ingen åtgärd i loggen: {text}",
        "restore the line from a copy or from Git; without it the operation cannot be taken back" "palauta rivi varmuuskopiosta tai Gitistä; ilman sitä toimenpidettä ei voi peruuttaa" "återställ raden från en kopia eller från Git; utan den kan åtgärden inte tas tillbaka";
    What::Decomposed =>
        "letters and their marks are apart here (not NFC)" "kirjaimet ja niiden tarkkeet ovat tässä erillään (ei NFC)" "bokstäver och deras tecken står isär här (inte NFC)",
        "twin fmt" "twin fmt" "twin fmt";
    What::Uncanonical =>
        "from here on the file is not in canonical form" "tästä alkaen tiedosto ei ole vakiomuodossa" "härifrån är filen inte i kanonisk form",
        "twin fmt" "twin fmt" "twin fmt";
    What::Dangling { column, id, table } => [table = table.name()]
        "{column} is `{id}`, which no row of {table} has" "{column} on `{id}`, jota millään taulukon {table} rivillä ei ole" "{column} är `{id}`, som ingen rad i {table} har",
        [table = table.name()] "correct the id, or add the row to {table}" "korjaa tunnus tai lisää rivi tauluun {table}" "rätta id:t, eller lägg till raden i {table}";
    What::DanglingSubject { id } =>
        "`{id}` is neither a party nor a country" "`{id}` ei ole kunta eikä maa" "`{id}` är varken en kommun eller ett land",
        "write the id of a party (fi-kuopio) or the code of a country (FI)" "kirjoita kunnan tunnus (fi-kuopio) tai maan koodi (FI)" "skriv en kommuns id (fi-kuopio) eller ett lands kod (FI)";
    What::DanglingPair { pair } => [pair = names(pair, name)]
        "{pair} is no partnership, and has an event" "{pair} ei ole kumppanuus, mutta sillä on tapahtuma" "{pair} är inget partnerskap, men har en händelse",
        [[a, b] = typed(pair)] "correct the ids, or add the partnership: twin add {a} {b} --kind twin" "korjaa tunnukset tai lisää kumppanuus: twin add {a} {b} --kind twin" "rätta id:na, eller lägg till partnerskapet: twin add {a} {b} --kind twin";
    What::SelfPair { id } => [place = name(id)]
        "{place} is twinned with itself" "{place} on itsensä ystävyyskunta" "{place} är vänort till sig själv",
        "correct one of the ids in the file, or remove the row" "korjaa tiedostossa toinen tunnus tai poista rivi" "rätta ett av id:na i filen, eller ta bort raden";
    What::DuplicatePair { pair, first } => [pair = names(pair, name)]
        "{pair} stands here again; row {first} of the table has it already" "{pair} on tässä uudestaan; se on jo taulukon rivillä {first}" "{pair} står här igen; rad {first} i tabellen har den redan",
        "keep the row that is right, and remove the other one" "säilytä oikea rivi ja poista toinen" "behåll den rad som är rätt, och ta bort den andra";
    What::PairOrder { pair } | What::PairTurned { pair } => [pair = names(pair, name)]
        "the pair stands the other way round here; its order is {pair}" "pari on tässä toisin päin; sen järjestys on {pair}" "paret står omvänt här; dess ordning är {pair}",
        "twin fmt" "twin fmt" "twin fmt";
    What::EndBeforeStart { start, end } =>
        "the end {end} lies before the beginning {start}" "loppu {end} on ennen alkua {start}" "slutet {end} ligger före början {start}",
        "correct one of the two" "korjaa toinen niistä" "rätta ett av dem";
    What::Future { column, date } =>
        "{column} is {date}, which lies in the future" "{column} on {date}, joka on tulevaisuudessa" "{column} är {date}, som ligger i framtiden",
        "correct the date; what is planned is an event: twin end … --planned" "korjaa päivä; suunniteltu asia on tapahtuma: twin end … --planned" "rätta datumet; det som är planerat är en händelse: twin end … --planned";
    What::BeforeParty { id, start, born } => [place = name(id)]
        "the partnership began in {start}; {place} came into being in {born}" "kumppanuus alkoi {start}; {place} syntyi {born}" "partnerskapet började {start}; {place} kom till {born}",
        "correct the start, or record what it was carried over from: twin place merge … --carry all" "korjaa alku tai kirjaa, mistä se siirtyi: twin place merge … --carry all" "rätta början, eller anteckna varifrån det fördes över: twin place merge … --carry all";
    What::AfterParty { id, start, dissolved } => [place = name(id)]
        "the partnership began in {start}; {place} was dissolved in {dissolved}" "kumppanuus alkoi {start}; {place} lakkasi {dissolved}" "partnerskapet började {start}; {place} upphörde {dissolved}",
        "correct the start, or enter the partnership with the successor" "korjaa alku tai merkitse kumppanuus seuraajalle" "rätta början, eller för in partnerskapet hos efterföljaren";
    What::StatusDiffers { pair, status: status @ Status::Historic, told, date } => [pair = names(pair, name), status = status.label(lang), told = told.label(lang)]
        "{pair} is {status}; by what happened it is {told} since {date}" "{pair}: tila on {status}; tapahtumien mukaan {told} alkaen {date}" "{pair} är {status}; enligt händelserna {told} sedan {date}",
        "correct the status, or the events, in the file: what has ended is not taken up again" "korjaa tiedostossa tila tai tapahtumat: päättynyttä ei oteta uudelleen voimaan" "rätta statusen, eller händelserna, i filen: det som har upphört tas inte upp igen";
    What::StatusDiffers { pair, status, told, date } => [pair = names(pair, name), status = status.label(lang), told = told.label(lang)]
        "{pair} is {status}; by what happened it is {told} since {date}" "{pair}: tila on {status}; tapahtumien mukaan {told} alkaen {date}" "{pair} är {status}; enligt händelserna {told} sedan {date}",
        [[a, b] = typed(pair), verb = verb(*told), date = Typed(date.to_string())] "twin {verb} {a} {b} --on {date}" "twin {verb} {a} {b} --on {date}" "twin {verb} {a} {b} --on {date}";
    What::Undated { pair, status } => [pair = names(pair, name), status = status.label(lang)]
        "{pair} is {status}, and nothing tells since when" "{pair}: tila on {status}, eikä mikään kerro mistä alkaen" "{pair} är {status}, och inget säger sedan när",
        [verb = verb(*status), [a, b] = typed(pair)] "twin {verb} {a} {b} --on DATE; '[..2026]' is a date too" "twin {verb} {a} {b} --on PÄIVÄ; myös '[..2026]' on päivä" "twin {verb} {a} {b} --on DATUM; också '[..2026]' är ett datum";
    What::NoEnd { pair, date } => [pair = names(pair, name)]
        "{pair} has no end; by its event it ended {date}" "{pair}: loppu puuttuu; tapahtuman mukaan se päättyi {date}" "{pair} har inget slut; enligt händelsen slutade det {date}",
        "write {date} into the column `end`" "kirjoita {date} sarakkeeseen `end`" "skriv {date} i kolumnen `end`";
    What::NoDecision { pair, status } => [pair = names(pair, name), status = status.label(lang)]
        "{pair} is {status}, and no decision is recorded: neither a body nor a reference" "{pair}: tila on {status}, eikä päätöstä ole kirjattu: ei toimielintä eikä viitettä" "{pair} är {status}, och inget beslut är antecknat: varken organ eller referens",
        "ask the municipality, and fill in `body` and `reference` of the event" "kysy kunnalta ja täytä tapahtuman `body` ja `reference`" "fråga kommunen, och fyll i händelsens `body` och `reference`";
    What::NoSource { pair } => [pair = names(pair, name)]
        "{pair} names no source" "{pair}: lähdettä ei ole" "{pair} anger ingen källa",
        [[a, b] = typed(pair)] "twin set {a} {b} sources=ID; twin source add makes one" "twin set {a} {b} sources=ID; twin source add lisää lähteen" "twin set {a} {b} sources=ID; twin source add lägger till en";
    What::Undecided { pair: pair @ [a, b], date, is_first, kind } => [place = name(if *is_first { a } else { b }), pair = names(pair, name)]
        "{place} was dissolved {date}, and nothing tells what became of {pair}" "{place} lakkasi {date}, eikä mikään kerro, miten kumppanuuden {pair} kävi" "{place} upphörde {date}, och inget säger vad det blev av {pair}",
        [[a, b] = typed(pair), other = Typed(pair[usize::from(*is_first)]), kind = kind.word(), date = Typed(date.to_string())] "ask the successor; then twin add SUCCESSOR {other} --kind {kind} if it goes on, and twin end {a} {b} --on {date}" "kysy seuraajalta; sitten twin add SEURAAJA {other} --kind {kind}, jos se jatkuu, ja twin end {a} {b} --on {date}" "fråga efterföljaren; sedan twin add EFTERFÖLJARE {other} --kind {kind} om det fortsätter, och twin end {a} {b} --on {date}";
    What::Stale { pair, verified: "" } => [pair = names(pair, name)]
        "{pair} was never verified" "{pair}: kumppanuutta ei ole koskaan vahvistettu" "{pair} har aldrig bekräftats",
        [[a, b] = typed(pair)] "when it has been: twin set {a} {b} verified_on=DATE" "kun se on vahvistettu: twin set {a} {b} verified_on=DATE" "när det har bekräftats: twin set {a} {b} verified_on=DATE";
    What::Stale { pair, verified } => [pair = names(pair, name)]
        "{pair} was last verified {verified}" "{pair}: kumppanuus vahvistettiin viimeksi {verified}" "{pair} bekräftades senast {verified}",
        [[a, b] = typed(pair)] "when it has been again: twin set {a} {b} verified_on=DATE" "kun se on taas vahvistettu: twin set {a} {b} verified_on=DATE" "när det har bekräftats igen: twin set {a} {b} verified_on=DATE";
    What::ReviewOverdue { pair, date } => [pair = names(pair, name)]
        "{pair} was to be reviewed {date}, and nothing has happened since" "{pair} piti arvioida uudelleen {date}, eikä sen jälkeen ole tapahtunut mitään" "{pair} skulle prövas på nytt {date}, och sedan dess har inget hänt",
        [[a, b] = typed(pair)] "twin keep {a} {b} --on DATE --review-on DATE, or resume, suspend, end" "twin keep {a} {b} --on DATE --review-on DATE, tai resume, suspend, end" "twin keep {a} {b} --on DATE --review-on DATE, eller resume, suspend, end";
    What::SamePlace { id, other } => [place = name(id)]
        "{place} (`{id}`) looks like `{other}`: the same name and country, and near it as far as is known" "{place} (`{id}`) näyttää samalta kuin `{other}`: sama nimi ja maa, ja lähellä sikäli kuin tiedetään" "{place} (`{id}`) ser ut som `{other}`: samma namn och land, och nära så vitt man vet",
        "if they are one, move its partnerships and remove a row; else give both their coordinates" "jos ne ovat sama, siirrä kumppanuudet ja poista toinen rivi; muuten anna kummallekin koordinaatit" "om de är samma, flytta partnerskapna och ta bort en rad; annars ange bådas koordinater";
    What::SamePartnership { pair, other } => [pair = names(pair, name), other = names(&[other.a(), other.b()], name)]
        "{pair} looks like {other}, which is in force too" "{pair} näyttää samalta kuin {other}, joka on myös voimassa" "{pair} ser ut som {other}, som också är i kraft",
        [[a, b] = typed(pair)] "if they are one: twin remove {a} {b}" "jos ne ovat sama: twin remove {a} {b}" "om de är samma: twin remove {a} {b}";
    What::CountryCode { code, standing: Standing::Withdrawn(former) } => [(names, today) = past_and_present(former)]
        "`{code}` is no country's code any more; it was {names}" "`{code}` ei ole enää minkään maan koodi; se oli {names}" "`{code}` är inte längre något lands kod; det var {names}",
        [(_, today) = past_and_present(former)] "write today's code: {today}" "kirjoita nykyinen koodi: {today}" "skriv dagens kod: {today}";
    What::CountryCode { code, standing: Standing::Mistaken(meant) } =>
        "`{code}` is no country's code" "`{code}` ei ole minkään maan koodi" "`{code}` är inget lands kod",
        "write {meant}" "kirjoita {meant}" "skriv {meant}";
    What::CountryCode { code, .. } =>
        "`{code}` is no country's code" "`{code}` ei ole minkään maan koodi" "`{code}` är inget lands kod",
        "write the two letters of ISO 3166-1; Kosovo is XK" "kirjoita ISO 3166-1:n kaksi kirjainta; Kosovo on XK" "skriv de två bokstäverna i ISO 3166-1; Kosovo är XK";
    What::OutsideWorld { lat, lon } =>
        "{lat}, {lon} lies outside of the world" "{lat}, {lon} on maailman ulkopuolella" "{lat}, {lon} ligger utanför världen",
        "write degrees: latitude -90 to 90, longitude -180 to 180" "kirjoita asteina: leveys -90–90, pituus -180–180" "skriv grader: latitud -90 till 90, longitud -180 till 180";
    What::HalfPosition { column } =>
        "{column} is empty, and the other coordinate is not" "{column} on tyhjä, mutta toinen koordinaatti ei" "{column} är tom, men inte den andra koordinaten",
        "fill in both, or none" "täytä molemmat tai ei kumpaakaan" "fyll i båda eller ingen";
    What::OutsideCountry { place, lat, lon } => [country = place.country(), place = name(place.id())]
        "{place} lies at {lat}, {lon}, which is far outside of {country}" "{place} on kohdassa {lat}, {lon}, kaukana maan {country} ulkopuolella" "{place} ligger vid {lat}, {lon}, långt utanför {country}",
        [id = Typed(place.id())] "correct them (are latitude and longitude exchanged?), or the country: twin set {id} lat=LAT lon=LON" "korjaa ne (ovatko leveys ja pituus vaihtuneet?) tai maa: twin set {id} lat=LAT lon=LON" "rätta dem (är latitud och longitud förväxlade?), eller landet: twin set {id} lat=LAT lon=LON";
    What::WikidataForm { item } =>
        "`{item}` is no Wikidata item" "`{item}` ei ole Wikidata-kohde" "`{item}` är inget Wikidata-objekt",
        "write Q and its number: Q1757" "kirjoita Q ja sen numero: Q1757" "skriv Q och dess nummer: Q1757";
    What::WikidataTwice { item, other } => [place = name(other)]
        "`{item}` is the Wikidata item of {place} (`{other}`) already" "`{item}` on jo paikan {place} (`{other}`) Wikidata-kohde" "`{item}` är redan Wikidata-objektet för {place} (`{other}`)",
        "correct one of them, or remove the place that is entered twice" "korjaa toinen niistä tai poista kahdesti merkitty paikka" "rätta ett av dem, eller ta bort den plats som är införd två gånger";
    What::CodeForm { code } =>
        "`{code}` is no kuntanumero" "`{code}` ei ole kuntanumero" "`{code}` är ingen kommunkod",
        "write its three digits, zeros in front too: 091" "kirjoita sen kolme numeroa, myös nollat alussa: 091" "skriv dess tre siffror, också nollor i början: 091";
    What::CodeTwice { code, other } => [place = name(other)]
        "`{code}` is the national code of {place} (`{other}`) already" "`{code}` on jo kunnan {place} (`{other}`) kuntanumero" "`{code}` är redan kommunkoden för {place} (`{other}`)",
        "correct one of them, or remove the place that is entered twice" "korjaa toinen niistä tai poista kahdesti merkitty paikka" "rätta en av dem, eller ta bort den plats som är införd två gånger";
    What::MergerCycle { id } => [place = name(id)]
        "these municipal changes lead in a circle, by way of {place}" "nämä kuntamuutokset kulkevat kehää, paikan {place} kautta" "dessa kommunändringar går i cirkel, via {place}",
        "correct `from` or `to` of one of them" "korjaa jonkin niistä `from` tai `to`" "rätta `from` eller `to` i en av dem";
    What::MergerNowhere { from, to, date } => [from = name(from), place = name(to)]
        "{from} went into {place}, which was dissolved {date} and went nowhere" "{from} yhdistyi paikkaan {place}, joka lakkasi {date} eikä siirtynyt mihinkään" "{from} gick upp i {place}, som upphörde {date} och inte gick upp i något",
        "write where it went into mergers, a row from `{to}`, or clear its `dissolved`" "kirjoita tauluun mergers, mihin se siirtyi, rivi jossa `from` on `{to}`, tai tyhjennä sen `dissolved`" "skriv i mergers vart den gick, en rad från `{to}`, eller töm dess `dissolved`";
    What::Fellows { pair, network } => [pair = names(pair, name)]
        "{pair} are both members of {network}; a membership is no twinning" "{pair} ovat molemmat verkoston {network} jäseniä; jäsenyys ei tee ystävyyskuntaa" "{pair} är båda medlemmar i {network}; ett medlemskap gör ingen vänort",
        [[a, b] = typed(pair)] "if nothing else speaks for it: twin remove {a} {b}" "jos mikään muu ei puhu sen puolesta: twin remove {a} {b}" "om inget annat talar för den: twin remove {a} {b}";
    What::Policy { pair, id, kind } => [pair = names(pair, name), place = name(id), kind = kind.label(lang)]
        "{pair} is in force as {kind}, and {place} states that it has none" "{pair} on voimassa lajina {kind}, mutta {place} ilmoittaa, ettei sillä ole niitä" "{pair} är i kraft som {kind}, men {place} uppger att den inte har några",
        [[a, b] = typed(pair), id = Typed(id)] "twin set {a} {b} kind=partner, or remove it; twin show {id} tells the statement" "twin set {a} {b} kind=partner, tai poista se; twin show {id} kertoo ilmoituksen" "twin set {a} {b} kind=partner, eller ta bort den; twin show {id} visar uppgiften";
    What::Total { total, kind, recorded, share: None } => [place = name(total.subject()), stated = words::declared(lang, *kind, total.count())]
        "{place} states {stated}; {recorded} recorded" "{place} ilmoittaa: {stated}; rekisterissä {recorded}" "{place} uppger {stated}; {recorded} i registret",
        [subject = Typed(total.subject())] "ask which ones; twin show {subject} lists what is recorded" "kysy, mitkä; twin show {subject} luettelee kirjatut" "fråga vilka; twin show {subject} visar vad som är antecknat";
    What::Total { total, kind, recorded, share: Some(share) } => [place = name(total.subject()), stated = words::declared(lang, *kind, total.count())]
        "{place} states {stated}; {recorded} recorded ({share} %)" "{place} ilmoittaa: {stated}; rekisterissä {recorded} ({share} %)" "{place} uppger {stated}; {recorded} i registret ({share} %)",
        "ask which ones; twin stats --by municipality lists what is recorded" "kysy, mitkä; twin stats --by municipality luettelee kirjatut" "fråga vilka; twin stats --by municipality visar vad som är antecknat";
    What::Outranked { claim, recorded } => [(a, b, field) = (claim.a(), claim.b(), claim.field()), pair = names(&[a, b], name), (value, source) = (claim.value(), claim.source())]
        "{source} says of {pair}: {field} = {value}; the registry follows lesser sources: `{recorded}`" "{source} sanoo kumppanuudesta {pair}: {field} = {value}; rekisteri seuraa heikompia lähteitä: `{recorded}`" "{source} säger om {pair}: {field} = {value}; registret följer svagare källor: `{recorded}`",
        [accept = accept(*claim), reject = reject(*claim)] "{accept}, or {reject}" "{accept}, tai {reject}" "{accept}, eller {reject}";
    What::Denied { pair, source } => [pair = names(pair, name)]
        "{source} says that there is no {pair}; lesser sources say that there is" "{source} sanoo, ettei kumppanuutta {pair} ole; heikommat lähteet sanovat, että on" "{source} säger att {pair} inte finns; svagare källor säger att det finns",
        [[a, b] = typed(pair), source = Typed(source)] "twin remove {a} {b}, or twin claim reject {a} {b} exists --source {source}" "twin remove {a} {b}, tai twin claim reject {a} {b} exists --source {source}" "twin remove {a} {b}, eller twin claim reject {a} {b} exists --source {source}";
    What::Invisible { column, sign } => [code = u32::from(*sign)]
        "{column} holds a sign that cannot be seen, or turns the text round: U+{code:04X}" "sarakkeessa {column} on merkki, jota ei näe tai joka kääntää tekstin: U+{code:04X}" "{column} innehåller ett tecken som inte syns, eller som vänder texten: U+{code:04X}",
        "type the cell anew; it likely came along when the text was copied" "kirjoita solu uudestaan; merkki tuli luultavasti kopioidun tekstin mukana" "skriv cellen på nytt; tecknet kom troligen med när texten kopierades";
    What::Blanks { column, cell } =>
        "{column} has stray blanks: `{cell}`" "sarakkeessa {column} on liikaa välilyöntejä: `{cell}`" "{column} har överflödiga blanksteg: `{cell}`",
        "twin fmt" "twin fmt" "twin fmt";
    What::Formula { column, cell } =>
        "{column} is `{cell}`, which a spreadsheet would run" "{column} on `{cell}`, jonka taulukkolaskenta suorittaisi" "{column} är `{cell}`, som ett kalkylprogram skulle köra",
        "begin the text with a letter; twin list … --excel writes it harmlessly" "aloita teksti kirjaimella; twin list … --excel kirjoittaa sen vaarattomana" "börja texten med en bokstav; twin list … --excel skriver den ofarligt";
    What::PersonalData { column } =>
        "{column} seems to hold a telephone number or a mail address" "sarakkeessa {column} näyttää olevan puhelinnumero tai sähköpostiosoite" "{column} tycks innehålla ett telefonnummer eller en e-postadress",
        "move it to the contacts, where it can be forgotten: twin contact add" "siirrä se yhteystietoihin, mistä sen voi poistaa: twin contact add" "flytta det till kontakterna, där det kan glömmas: twin contact add";
    What::ExpiredContact { subject, role, until } => [place = name(subject)]
        "the time of this contact of {place} ended {until}, and it still stands there who it was" "tämän yhteyshenkilön ({place}) aika päättyi {until}, ja hänen tietonsa ovat yhä tallessa" "tiden för denna kontakt i {place} slutade {until}, och det står ännu vem det var",
        [(subject, role, until) = (Typed(subject), Typed(role), Typed(until.to_string()))] "twin contact retire {subject} {role} --on {until}" "twin contact retire {subject} {role} --on {until}" "twin contact retire {subject} {role} --on {until}";
    What::Form { column, cell } =>
        "{column} is `{cell}`, which has not the form of this column" "{column} on `{cell}`, jolla ei ole tämän sarakkeen muotoa" "{column} är `{cell}`, som inte har kolumnens form",
        "an id is fi-kuopio or hel-fi-2020, a country FI, a count 15, ~900 or ~90%" "tunnus on fi-kuopio tai hel-fi-2020, maa FI, määrä 15, ~900 tai ~90%" "ett id är fi-kuopio eller hel-fi-2020, ett land FI, ett antal 15, ~900 eller ~90%";
    What::ClaimField { field } =>
        "partnerships have no field `{field}` that a source could claim" "kumppanuuksilla ei ole kenttää `{field}`, jota lähde voisi väittää" "partnerskap har inget fält `{field}` som en källa kunde uppge",
        "write `exists`, or a column of partnerships: kind, status, start, end …" "kirjoita `exists` tai taulukon partnerships sarake: kind, status, start, end …" "skriv `exists`, eller en kolumn i partnerships: kind, status, start, end …";
    What::ClaimValue { field, value } =>
        "`{value}` is nothing that `{field}` can be" "`{value}` ei voi olla kentän `{field}` arvo" "`{value}` kan inte vara ett värde i `{field}`",
        "write a value that a partnership could have, or yes or no for `exists`" "kirjoita arvo, joka kumppanuudella voisi olla, tai kentälle `exists` yes tai no" "skriv ett värde som ett partnerskap kunde ha, eller yes eller no för `exists`";
    What::WebAddress { column, cell } =>
        "{column} is `{cell}`, which is no web address" "{column} on `{cell}`, joka ei ole verkko-osoite" "{column} är `{cell}`, som inte är en webbadress",
        "write it whole: https://www.kuopio.fi" "kirjoita se kokonaan: https://www.kuopio.fi" "skriv den hel: https://www.kuopio.fi";
    What::MailAddress { column } =>
        "{column} holds something that is no mail address" "sarakkeessa {column} on jotain, mikä ei ole sähköpostiosoite" "{column} innehåller något som inte är en e-postadress",
        "write one such as kirjaamo@kuopio.fi" "kirjoita osoite, kuten kirjaamo@kuopio.fi" "skriv en sådan som kirjaamo@kuopio.fi";
}

/// Returns the ids of a pair as they are typed.
fn typed<'r>(pair: &Two<'r>) -> [Typed<&'r str>; 2] {
    pair.map(Typed)
}

/// Returns the command that follows a claim: what is decided needs its day, and what is new its kind.
fn accept(claim: Claim<'_>) -> String {
    let [a, b, source, value] = [claim.a(), claim.b(), claim.source(), claim.value()].map(Typed);
    match claim.field() {
        "exists" => format!("twin claim accept {a} {b} exists --source {source} --kind twin"),
        "status" => {
            let verb = verb(Status::parse(claim.value()).unwrap_or(Status::Historic));
            format!("twin {verb} {a} {b} --on DATE --cite {source}")
        }
        "end" => format!("twin end {a} {b} --on {value} --cite {source}"),
        field => format!("twin claim accept {a} {b} {field} --source {source}"),
    }
}

/// Returns the command that does away with a claim.
fn reject(claim: Claim<'_>) -> String {
    let [a, b, field, source] = [claim.a(), claim.b(), claim.field(), claim.source()].map(Typed);
    format!("twin claim reject {a} {b} {field} --source {source}")
}

/// Returns the command that gives a partnership a status.
pub fn verb(status: Status) -> &'static str {
    match status {
        Status::Active => "resume",
        Status::Suspended => "suspend",
        Status::Historic => "end",
    }
}

/// Returns what a withdrawn code stood for, with the years of its end, and the codes of today.
fn past_and_present(former: &[Former]) -> (String, String) {
    let names: Vec<String> = former.iter().map(|former| format!("{} (–{})", former.name, former.withdrawn)).collect();
    let today: Vec<&str> = former.iter().flat_map(|former| former.today).copied().collect();
    (names.join(", "), today.join(", "))
}
