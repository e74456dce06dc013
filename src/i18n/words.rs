//! The words of tables, sheets and footers in English, Finnish and Swedish.
//!
//! `label: "en" "fi" "sv";` is a fixed word, `sentence(n: usize): …` one with blanks to fill. Commands and options in
//! them are typed as they stand in every language.

use super::Lang;
use crate::model::vocabulary::Declared;

macro_rules! words {
    ($($name:ident $(($($arg:ident: $Type:ty),+))? : $en:literal $fi:literal $sv:literal;)+) => {
        $(words!(@one $name $(($($arg: $Type),+))? $en $fi $sv);)+
    };
    (@one $name:ident $en:literal $fi:literal $sv:literal) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(lang: Lang) -> &'static str {
            match lang {
                Lang::En => $en,
                Lang::Fi => $fi,
                Lang::Sv => $sv,
            }
        }
    };
    (@one $name:ident ($($arg:ident: $Type:ty),+) $en:literal $fi:literal $sv:literal) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(lang: Lang, $($arg: $Type),+) -> String {
            match lang {
                Lang::En => format!($en),
                Lang::Fi => format!($fi),
                Lang::Sv => format!($sv),
            }
        }
    };
}

pub(super) use words;

// Columns and facts.
words! {
    id: "id" "tunnus" "id";
    place: "place" "kunta" "kommun";
    partner: "partner" "kumppani" "partner";
    place_id: "place id" "kunnan tunnus" "kommunens id";
    partner_id: "partner id" "kumppanin tunnus" "partnerns id";
    place_country: "place country" "kunnan maa" "kommunens land";
    country: "country" "maa" "land";
    country_code: "country code" "maatunnus" "landskod";
    kind: "kind" "laji" "slag";
    status: "status" "tila" "status";
    since: "since" "alkaen" "sedan";
    start: "start" "alku" "början";
    end: "end" "loppu" "slut";
    term: "term" "kausi" "period";
    themes: "themes" "teemat" "teman";
    sources: "sources" "lähteet" "källor";
    source: "source" "lähde" "källa";
    verified_on: "verified" "vahvistettu" "bekräftad";
    note: "note" "huomautus" "anmärkning";
    names: "names" "nimet" "namn";
    name: "name" "nimi" "namn";
    aliases: "also called" "muita nimiä" "andra namn";
    place_type: "type" "tyyppi" "typ";
    region: "region" "maakunta" "landskap";
    part_of: "part of" "osa" "del av";
    national_code: "national code" "kuntanumero" "kommunkod";
    coordinates: "coordinates" "koordinaatit" "koordinater";
    website: "website" "verkkosivu" "webbplats";
    email: "e-mail" "sähköposti" "e-post";
    phone: "telephone" "puhelin" "telefon";
    policy: "policy" "linjaus" "policy";
    dissolved: "dissolved" "lakannut" "upphörd";
    until: "until" "asti" "till";
    role: "role" "rooli" "roll";
    topic: "topic" "aihe" "ämne";
    checked_on: "checked" "tarkistettu" "kontrollerad";
    members: "members" "jäsenet" "medlemmar";
    seat: "seat" "sijainti" "säte";
    network: "network" "verkosto" "nätverk";
    field: "field" "kenttä" "fält";
    value: "value" "arvo" "värde";
    recorded: "recorded" "rekisterissä" "i registret";
    stated: "stated" "ilmoitettu" "uppgivet";
    stated_on: "stated on" "ilmoitettu päivänä" "uppgivet den";
    seen_on: "seen on" "nähty" "sett";
    rank: "rank" "lähdeluokka" "källklass";
    title: "title" "otsikko" "titel";
    publisher: "publisher" "julkaisija" "utgivare";
    published: "published" "julkaistu" "publicerad";
    retrieved: "retrieved" "haettu" "hämtad";
    address: "address" "osoite" "adress";
    licence: "licence" "lisenssi" "licens";
    date: "date" "päiväys" "datum";
    event: "event" "tapahtuma" "händelse";
    acted: "by" "tekijä" "av";
    body: "body" "toimielin" "organ";
    reference: "reference" "viite" "referens";
    review_on: "review" "tarkistetaan" "omprövas";
    reason: "reason" "syy" "orsak";
    from: "from" "mistä" "från";
    to: "to" "mihin" "till";
    total: "total" "yhteensä" "totalt";
    decade: "decade" "vuosikymmen" "årtionde";
    municipality: "municipality" "kunta" "kommun";
    unknown: "unknown" "ei tiedossa" "okänt";
}

// Headings of sheets.
words! {
    partnerships_heading: "Partnerships" "Kumppanuudet" "Partnerskap";
    counts: "Counts" "Lukumäärät" "Antal";
    operations: "Operations" "Toimenpiteet" "Åtgärder";
    partners: "Partners" "Kumppanit" "Partner";
    history: "History" "Historia" "Historia";
    networks: "Networks and offices" "Verkostot ja toimistot" "Nätverk och kontor";
    declarations: "Stated by itself" "Oma ilmoitus" "Egna uppgifter";
    mergers: "Municipal changes" "Kuntajaon muutokset" "Ändringar i kommunindelningen";
    contacts: "Contacts" "Yhteyshenkilöt" "Kontaktpersoner";
    claims: "What single sources say" "Mitä yksittäiset lähteet sanovat" "Vad enskilda källor säger";
    members_heading: "Members" "Jäsenet" "Medlemmar";
    seat_of: "seat of" "sijaintipaikkana" "säte för";
    sources_heading: "Sources" "Lähteet" "Källor";
    resting_on_it: "partnerships resting on it" "sen varassa olevia kumppanuuksia" "partnerskap som vilar på den";
}

// Counts.
words! {
    in_force(n: usize): "{n} in force" "{n} voimassa" "{n} i kraft";
    of_them_suspended(n: usize): ", {n} of them suspended" ", niistä {n} keskeytettynä" ", varav {n} avbrutna";
    one_of_them_suspended: ", 1 of them suspended" ", niistä 1 keskeytettynä" ", varav 1 avbruten";
    only_suspended(n: usize): "{n} suspended" "{n} keskeytettynä" "{n} avbrutna";
    one_suspended: "1 suspended" "1 keskeytettynä" "1 avbruten";
    only_historic(n: usize): "{n} historic" "{n} päättynyt" "{n} avslutat";
    many_historic(n: usize): "{n} historic" "{n} päättynyttä" "{n} avslutade";
    historic_left_out(historic: &str): "{historic}, not shown: add --all." "{historic}, ei näytetä: lisää --all." "{historic}, visas inte: lägg till --all.";
    as_of(day: &str): "As of {day}." "Tilanne {day}." "Läget {day}.";
    read_as(typed: &str, name: &str, of: &str): "`{typed}` read as {name} ({of})." "`{typed}` tulkittiin: {name} ({of})." "`{typed}` tolkades som {name} ({of}).";
    may_match(n: usize): "{n} more may match; their dates are unknown or not exact enough: add --maybe." "{n} muuta saattaa täyttää ehdon; niiden päiväykset puuttuvat tai ovat epätarkkoja: lisää --maybe." "{n} till kan uppfylla villkoret; deras datum saknas eller är inexakta: lägg till --maybe.";
    may_be_among(n: usize): "{n} of them only may match: their dates are unknown or not exact enough." "Niistä {n} on epävarmoja: päiväys puuttuu tai on epätarkka." "För {n} av dem är det osäkert: datum saknas eller är inexakt.";
    territories(n: usize, list: &str, state: &str, code: &str): "Not counted: {n} with territories of {state} ({list}): --country {code}+." "Ei laskettu: {n} ({state}: {list}): --country {code}+." "Räknas inte: {n} med områden som hör till {state} ({list}): --country {code}+.";
    start_unknown(n: usize): "{n} have no known start and are counted as begun." "{n} kumppanuuden alku ei ole tiedossa; ne on laskettu alkaneiksi." "För {n} är början okänd; de räknas som påbörjade.";
    uncertain(n: usize): "{n} may have changed by then; the date of the change is not exact." "{n} on saattanut muuttua jo silloin; muutoksen päiväys on epätarkka." "{n} kan ha ändrats redan då; ändringens datum är inexakt.";
    end_unknown(n: usize): "Left out, for they have ended and nobody knows when: {n}." "Pois jätetty: {n} päättynyttä, joiden loppuaika ei ole tiedossa." "Utelämnade: {n} som har avslutats, ingen vet när.";
    one_unconfirmed: "1 more is an unconfirmed claim" "Lisäksi 1 vahvistamaton väite" "Dessutom 1 obekräftat påstående";
    unconfirmed(n: usize): "{n} more are unconfirmed claims" "Lisäksi {n} vahvistamatonta väitettä" "Dessutom {n} obekräftade påståenden";
    denied(n: usize): ", {n} of them denied by an official source" ", joista virallinen lähde kiistää {n}" ", varav en officiell källa bestrider {n}";
    states(place: &str, stated: &str, source: &str, recorded: &str): "{place} itself states {stated} ({source}); recorded: {recorded}." "{place} ilmoittaa itse: {stated} ({source}); rekisterissä: {recorded}." "{place} uppger självt {stated} ({source}); i registret: {recorded}.";
}

words! {
    states_of(country: &str, stated: &str, source: &str, recorded: &str): "{country}: {source} states {stated}; recorded: {recorded}." "{country}: {source} ilmoittaa {stated}; rekisterissä: {recorded}." "{country}: {source} uppger {stated}; i registret: {recorded}.";
    seats(n: usize, names: &str): "{n} have their seat here: {names}." "{n} sijaitsee täällä: {names}." "{n} har sitt säte här: {names}.";
    would_write(path: &str, places: usize, partnerships: usize): "Would write {path}: {places} municipalities and other parties, {partnerships} partnerships." "Kirjoitettaisiin {path}: {places} kuntaa ja muuta osapuolta, {partnerships} kumppanuutta." "Skulle skriva {path}: {places} kommuner och andra parter, {partnerships} partnerskap.";
    dry_run: "Dry run: nothing was written." "Koeajo: mitään ei kirjoitettu." "Provkörning: inget skrevs.";
    wrote(path: &str, places: usize, partnerships: usize): "Wrote {path}: {places} municipalities and other parties, {partnerships} partnerships." "Kirjoitettu {path}: {places} kuntaa ja muuta osapuolta, {partnerships} kumppanuutta." "Skrev {path}: {places} kommuner och andra parter, {partnerships} partnerskap.";
}

// Empty answers.
words! {
    none_by_statement(place: &str, what: &str, quote: &str, source: &str): "{place} has no {what}, and says so itself: {quote} ({source})." "{place}: ei {what}, oman ilmoituksensa mukaan: {quote} ({source})." "{place} har inga {what}, och säger det självt: {quote} ({source}).";
    others(n: usize, command: &str): "{n} other partnerships: {command}" "{n} muuta kumppanuutta: {command}" "{n} andra partnerskap: {command}";
    nothing_matches(rest: &str): "Nothing matches: {rest}." "Ei osumia: {rest}." "Inga träffar: {rest}.";
    one_partnership: "1 partnership" "1 kumppanuus" "1 partnerskap";
    partnerships(n: usize): "{n} partnerships" "{n} kumppanuutta" "{n} partnerskap";
    of_place(place: &str): "of {place}" "({place})" "hos {place}";
    with_country(country: &str): "with {country}" "(kumppanimaa {country})" "med {country}";
    none_with(place: &str, count: &str, country: &str): "{place} has {count}, none with {country}." "{place}: {count}. Kumppanimaa {country}: ei yhtään." "{place} har {count}, inga med {country}.";
    none_with_at_all(country: &str): "No partnership with {country} is recorded." "Kumppanimaa {country}: ei kirjattuja kumppanuuksia." "Inget partnerskap med {country} är registrerat.";
    none_at_all(place: &str): "{place} has no partnerships recorded." "{place}: ei kirjattuja kumppanuuksia." "{place} har inga registrerade partnerskap.";
    no_pair(place: &str, partner: &str): "{place} and {partner} have no partnership recorded." "{place} ja {partner}: ei kirjattua kumppanuutta." "{place} och {partner} har inget registrerat partnerskap.";
    all_in_force: "all in force" "kaikki voimassa" "alla i kraft";
    all_active: "all active" "kaikki voimassa ilman keskeytystä" "alla aktiva";
    empty_table: "None recorded." "Ei kirjattuja." "Inga registrerade.";
}

// Plans and operations.
words! {
    would_change(n: usize): "WOULD CHANGE {n}" "MUUTTUISI {n}" "SKULLE ÄNDRAS {n}";
    changing(n: usize): "CHANGES {n}" "MUUTTUU {n}" "ÄNDRAS {n}";
    left_as_they_are(n: usize): "LEFT AS THEY ARE {n}" "JÄÄ ENNALLEEN {n}" "LÄMNAS SOM DE ÄR {n}";
    kind_is(kind: &str, asked: &str): "kind is {kind}, not {asked}" "laji on {kind}, ei {asked}" "slaget är {kind}, inte {asked}";
    status_since(status: &str, since: &str): "{status} since {since}" "{status} alkaen {since}" "{status} sedan {since}";
    recorded_already(event: &str, on: &str): "{event} {on} is recorded already" "{event} {on} on jo kirjattu" "{event} {on} är redan registrerat";
    event_removed(event: &str, on: &str): "event removed: {event} {on}" "tapahtuma poistetaan: {event} {on}" "händelse tas bort: {event} {on}";
    planned(event: &str): "{event} (planned)" "{event} (suunniteltu)" "{event} (planerat)";
    added: "new" "uusi" "ny";
    removed: "removed" "poistetaan" "tas bort";
    nothing_to_do: "Nothing to do." "Ei mitään tehtävää." "Inget att göra.";
    left_changed(subject: &str): "Left as it is, for it has changed since: {subject}." "Jää ennalleen, koska se on muuttunut sen jälkeen: {subject}." "Lämnas som det är, eftersom det har ändrats sedan dess: {subject}.";
    one_done(id: &str): "1 changed. To take it back: twin undo {id}" "1 muutettu. Peruminen: twin undo {id}" "1 ändrad. Ångra: twin undo {id}";
    done(n: usize, id: &str): "{n} changed. To take it back: twin undo {id}" "{n} muutettu. Peruminen: twin undo {id}" "{n} ändrade. Ångra: twin undo {id}";
    plan_saved(path: &str): "Plan kept in {path}, nothing else was written. To carry it out: twin apply {path}" "Suunnitelma on tiedostossa {path}, muuta ei kirjoitettu. Toteutus: twin apply {path}" "Planen finns i {path}, inget annat skrevs. Utför den: twin apply {path}";
    date_read_as(typed: &str, date: &str): "`{typed}` read as {date}." "`{typed}` tulkittiin: {date}." "`{typed}` tolkades som {date}.";
    fellow_members(one: &str, other: &str, network: &str): "Note: {one} and {other} are both members of {network}; a membership is no twinning." "Huomaa: {one} ja {other} ovat molemmat jäseniä: {network}; jäsenyys ei ole ystävyyskuntasuhde." "Obs: {one} och {other} är båda medlemmar i {network}; ett medlemskap är inget vänortsförhållande.";
    type_the_count(n: usize): "Type {n} to change {n}: " "Kirjoita {n}, jos haluat muuttaa {n}: " "Skriv {n} för att ändra {n}: ";
    operation: "operation" "toimenpide" "åtgärd";
    at: "when" "milloin" "när";
    by_whom: "who" "kuka" "vem";
    what: "what" "mitä" "vad";
    command: "command" "komento" "kommando";
    subjects: "changed" "muutettu" "ändrade";
    undoes: "takes back" "peruu" "ångrar";
    of_them(n: usize): "{n} changes" "{n} muutosta" "{n} ändringar";
    takes_back(id: &str): "took back {id}" "perui toimenpiteen {id}" "ångrade {id}";
}

// Records and files in canonical form.
words! {
    turned: "sides exchanged" "osapuolet vaihtavat paikkaa" "parterna byter plats";
    turned_along(n: usize): "sides exchanged in events and claims: {n}" "osapuolet vaihtavat paikkaa tapahtumissa ja väitteissä: {n}" "parterna byter plats i händelser och påståenden: {n}";
    blanks(columns: &str): "stray blanks: {columns}" "turhat välilyönnit: {columns}" "överflödiga blanksteg: {columns}";
    would_rewrite(n: usize): "WOULD REWRITE {n}" "KIRJOITETTAISIIN UUDELLEEN {n}" "SKULLE SKRIVAS OM {n}";
    rewriting(n: usize): "REWRITES {n}" "KIRJOITETAAN UUDELLEEN {n}" "SKRIVS OM {n}";
    rewritten(n: usize): "Files rewritten in canonical form: {n}." "Tiedostoja kirjoitettu uudelleen vakiomuodossa: {n}." "Filer som skrivits om i kanonisk form: {n}.";
    rewrites_not_kept: "The plan keeps changes of records; twin fmt rewrites the files." "Suunnitelmassa ovat tietueiden muutokset; tiedostot kirjoittaa uudelleen twin fmt." "Planen innehåller ändringar av poster; twin fmt skriver om filerna.";
    encoding: "encoding" "merkistö" "teckenkodning";
    line_ends: "line ends" "rivinvaihdot" "radslut";
    separators: "separators" "erottimet" "avgränsare";
    columns: "columns" "sarakkeet" "kolumner";
    order_of_rows: "order of rows" "rivien järjestys" "radernas ordning";
    spelling: "way of writing" "kirjoitustapa" "skrivsätt";
    accents: "accents" "tarkkeet" "accenter";
    left_blanks(record: &str): "Left as it is: {record} has stray blanks in its key, and without them there is another one." "Jää ennalleen: {record}; avaimessa on turhia välilyöntejä, ja ilman niitä on jo toinen." "Lämnas som det är: {record} har överflödiga blanksteg i nyckeln, och utan dem finns redan en annan post.";
    left_turned(record: &str): "Left as it is: {record} is entered in both orders." "Jää ennalleen: {record} on kirjattu molemmin päin." "Lämnas som det är: {record} är infört åt båda hållen.";
    left_empty(record: &str, column: &str): "Left as it is: {record} has nothing but blanks in {column}." "Jää ennalleen: {record}, {column}: pelkkiä välilyöntejä." "Lämnas som det är: {record} har bara blanksteg i {column}.";
    left_more(n: usize): "Left as they are besides: {n}." "Lisäksi jää ennalleen: {n}." "Dessutom lämnas som de är: {n}.";
}

// Places that change.
words! {
    carried_over_to(place: &str): "carried over to {place}" "siirtynyt seuraajalle {place}" "överfört till {place}";
    renamed: "renamed" "uusi nimi" "nytt namn";
    names_left(names: &str): "Other names are left as they are: {names}." "Muut nimet jäävät ennalleen: {names}." "Andra namn lämnas som de är: {names}.";
    still_member(place: &str, networks: &str): "{place} is left a member of {networks}." "{place} jää jäseneksi: {networks}." "{place} kvarstår som medlem: {networks}.";
    contacts_left(place: &str, roles: &str): "Contacts of {place} are left as they are: {roles}." "Yhteystiedot jäävät ennalleen ({place}): {roles}." "Kontakter lämnas som de är ({place}): {roles}.";
}

// Definitions under counts.
words! {
    counted_in_force: "Counted: partnerships in force (active and suspended), each once." "Laskettu: voimassa olevat kumppanuudet (myös keskeytetyt), kukin kerran." "Räknat: partnerskap i kraft (även avbrutna), vart och ett en gång.";
    counted_selected: "Counted: the partnerships selected, each once." "Laskettu: valitut kumppanuudet, kukin kerran." "Räknat: de valda partnerskapen, vart och ett en gång.";
    counted_by_country: "The country is the partner's of today, territories apart; where both or neither side is at home, each side's country counts it." "Maa on kumppanin nykyinen maa, alueet erikseen; jos kumpikin tai ei kumpikaan osapuoli on kotimainen, kumppanuus lasketaan kummankin maan kohdalla." "Landet är partnerns nuvarande land, områden för sig; där båda eller ingen av parterna är hemma räknas det för vardera partens land.";
    counted_by_municipality: "A partnership of two municipalities at home counts for each." "Kahden kotimaisen kunnan kumppanuus lasketaan kummallekin." "Ett partnerskap mellan två inhemska kommuner räknas för vardera.";
    counted_by_region: "The region is that of the side at home; between two of them each region counts it." "Maakunta on kotimaisen osapuolen; kahden kotimaisen kumppanuus lasketaan kummankin maakunnan kohdalla." "Landskapet är den inhemska partens; mellan två inhemska räknas det för vardera partens landskap.";
    counted_by_decade: "The decade is that of the start; a start that may lie in two decades is unknown." "Vuosikymmen on alkamisen; alkuaika, joka voi osua kahdelle vuosikymmenelle, on ”ei tiedossa”." "Årtiondet gäller början; en början som kan höra till två årtionden är okänd.";
    coverage(with: usize, all: usize, percent: usize): "Coverage: {with} of {all} municipalities at home ({percent} %) have an active partnership; dissolved ones, districts and regions are not counted." "Kattavuus: {with} kotimaan {all} kunnasta ({percent} %) on kumppanuus, joka on voimassa ilman keskeytystä; lakanneita kuntia, kunnanosia ja alueita ei lasketa." "Täckning: {with} av {all} inhemska kommuner ({percent} %) har ett aktivt partnerskap; upphörda kommuner, kommundelar och regioner räknas inte.";
}

// What an export leaves out.
words! {
    without_coordinates(places: usize, partnerships: usize): "Left out for want of coordinates: places {places}, partnerships {partnerships}." "Pois jätetty, koska koordinaatteja ei ole: paikkoja {places}, kumppanuuksia {partnerships}." "Utelämnade för att koordinater saknas: platser {places}, partnerskap {partnerships}.";
    key_left_out(key: &str, rows: usize): "Left out: the foreign key {key}, for it leads nowhere in some rows: {rows}." "Pois jätetty: viiteavain {key}, koska se ei johda mihinkään kaikilla riveillä: {rows}." "Utelämnad: främmande nyckeln {key}, för på några rader leder den ingenstans: {rows}.";
}

// Declared totals.
words! {
    one_twin: "1 sister city" "1 ystävyyskunta" "1 vänort";
    twins(n: &str): "{n} sister cities" "{n} ystävyyskuntaa" "{n} vänorter";
    one_friendship: "1 friendship" "1 ystävyyssopimus" "1 vänskapsavtal";
    friendships(n: &str): "{n} friendships" "{n} ystävyyssopimusta" "{n} vänskapsavtal";
    one_partner: "1 partner" "1 kumppanuus" "1 partnerskap";
    partners_counted(n: &str): "{n} partners" "{n} kumppanuutta" "{n} partnerskap";
    one_contact: "1 contact" "1 yhteys" "1 kontakt";
    contacts_counted(n: &str): "{n} contacts" "{n} yhteyttä" "{n} kontakter";
    one_region: "1 sister region" "1 ystävyysalue" "1 vänregion";
    regions(n: &str): "{n} sister regions" "{n} ystävyysaluetta" "{n} vänregioner";
    one_of_any: "1 partnership of any kind" "1 kumppanuus kaikkiaan" "1 partnerskap av något slag";
    of_any(n: &str): "{n} partnerships of all kinds" "{n} kumppanuutta kaikkiaan" "{n} partnerskap av alla slag";
    one_municipality: "1 municipality with a partner" "1 kunta, jolla on kumppani" "1 kommun med partner";
    municipalities(n: &str): "{n} municipalities with a partner" "{n} kuntaa, joilla on kumppani" "{n} kommuner med partner";
    one_country: "1 country" "1 maa" "1 land";
    countries(n: &str): "{n} countries" "{n} maata" "{n} länder";
}

// Findings.
words! {
    more_findings: "There are more than can be told; mend these first." "Niitä on enemmän kuin voidaan kertoa; korjaa ensin nämä." "Det finns fler än vad som kan berättas; åtgärda dessa först.";
    one_error: "1 error" "1 virhe" "1 fel";
    errors(n: usize): "{n} errors" "{n} virhettä" "{n} fel";
    one_warning: "1 warning" "1 varoitus" "1 varning";
    warnings(n: usize): "{n} warnings" "{n} varoitusta" "{n} varningar";
    one_remark: "1 info" "1 huomautus" "1 anmärkning";
    remarks(n: usize): "{n} infos" "{n} huomautusta" "{n} anmärkningar";
}

// Networks, contacts, claims.
words! {
    has_left(place: &str, network: &str, until: &str): "{place} left {network} in {until} already." "{place} on jo jättänyt verkoston {network} ({until})." "{place} har redan lämnat {network} ({until}).";
    was_closed(network: &str, until: &str): "{network} was closed in {until} already." "{network} on jo lakkautettu ({until})." "{network} har redan lagts ned ({until}).";
    memberships(n: usize): "{n} memberships" "{n} jäsenyyttä" "{n} medlemskap";
    was_retired(role: &str, place: &str, until: &str): "{role} ({place}) was retired in {until} already." "{role} ({place}) on jo poistunut tehtävästä ({until})." "{role} ({place}) har redan avgått ({until}).";
    wiped: "Name, e-mail and telephone are wiped from the table and the journal. Git history, plans kept in files and other copies are not rewritten." "Nimi, sähköposti ja puhelin pyyhitään taulusta ja toimenpiteiden lokista. Gitin historiaa, tiedostoihin talletettuja suunnitelmia ja muita kopioita ei muuteta." "Namn, e-post och telefon stryks ur tabellen och ur journalen. Gits historik, planer i filer och andra kopior skrivs inte om.";
    stays_wiped: "Name, e-mail and telephone of a retired contact stay wiped; they are not brought back." "Poistuneen yhteyshenkilön nimi, sähköposti ja puhelin on pyyhitty pysyvästi; niitä ei palauteta." "En avgången kontaktpersons namn, e-post och telefon är strukna för gott; de återställs inte.";
    claimed(field: &str, value: &str, source: &str): "claim: {field} {value} ({source})" "väite: {field} {value} ({source})" "påstående: {field} {value} ({source})";
    claim_gone(field: &str, value: &str, source: &str): "claim removed: {field} {value} ({source})" "väite poistetaan: {field} {value} ({source})" "påstående tas bort: {field} {value} ({source})";
    recorded_so(field: &str, value: &str): "{field} {value} is recorded already." "{field} {value} on jo kirjattu." "{field} {value} är redan registrerat.";
    not_followed(source: &str, claims: &str): "Not taken over from {source}, still claims: {claims}." "Lähteestä {source} ei otettu, jäävät väitteiksi: {claims}." "Inte övertaget från {source}, förblir påståenden: {claims}.";
}

/// Returns how many errors, warnings and remarks there are, those that there are.
pub fn findings(lang: Lang, counts: [usize; 3]) -> String {
    let one = [one_error, one_warning, one_remark];
    let many = [errors, warnings, remarks];
    let counted = counts.into_iter().zip(one.into_iter().zip(many)).filter(|(count, _)| *count > 0);
    let told = counted.map(|(count, (one, many))| if count == 1 { one(lang).to_owned() } else { many(lang, count) });
    format!("{}.", told.collect::<Vec<_>>().join(", "))
}

/// Returns a declared total in words: `15 sister cities`, `~900 partnerships of all kinds`.
pub fn declared(lang: Lang, kind: Declared, count: &str) -> String {
    match (kind, count) {
        (Declared::Twin, "1") => one_twin(lang).to_owned(),
        (Declared::Twin, n) => twins(lang, n),
        (Declared::Friendship, "1") => one_friendship(lang).to_owned(),
        (Declared::Friendship, n) => friendships(lang, n),
        (Declared::Partner, "1") => one_partner(lang).to_owned(),
        (Declared::Partner, n) => partners_counted(lang, n),
        (Declared::Contact, "1") => one_contact(lang).to_owned(),
        (Declared::Contact, n) => contacts_counted(lang, n),
        (Declared::TwinRegion, "1") => one_region(lang).to_owned(),
        (Declared::TwinRegion, n) => regions(lang, n),
        (Declared::Any, "1") => one_of_any(lang).to_owned(),
        (Declared::Any, n) => of_any(lang, n),
        (Declared::Municipalities, "1") => one_municipality(lang).to_owned(),
        (Declared::Municipalities, n) => municipalities(lang, n),
        (Declared::Countries, "1") => one_country(lang).to_owned(),
        (Declared::Countries, n) => countries(lang, n),
    }
}
