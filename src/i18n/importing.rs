//! What is said of foreign lists: how they were read, and what each of their rows is to the registry.

use super::Lang;
use super::words::words;

// What a row is.
words! {
    new: "new" "uusi" "ny";
    filled_in: "filled in" "täydentää" "kompletterar";
    same: "same" "sama" "samma";
    conflict: "conflict" "ristiriita" "konflikt";
    doubtful: "doubtful" "epäselvä" "osäker";
    rejected: "rejected" "hylätty" "avvisad";
    row(n: usize): "row {n}" "rivi {n}" "rad {n}";
    counts(new: usize, filled: usize, same: usize, conflict: usize, doubtful: usize, rejected: usize):
        "{new} new, {filled} filled in, {same} same, {conflict} conflict, {doubtful} doubtful, {rejected} rejected."
        "{new} uutta, {filled} täydentää, {same} samaa, {conflict} ristiriitaa, {doubtful} epäselvää, {rejected} hylättyä."
        "{new} nya, {filled} kompletterar, {same} samma, {conflict} konflikter, {doubtful} osäkra, {rejected} avvisade.";
    same_not_shown(n: usize): "{n} rows that are the same are not listed; --all lists them."
        "{n} samaa riviä ei ole luettelossa; --all luettelee ne." "{n} rader som är samma visas inte; --all visar dem.";
}

// How a list was read.
words! {
    read(file: &str, rows: &str, form: &str): "{file}: {rows}, {form}" "{file}: {rows}, {form}" "{file}: {rows}, {form}";
    rows(n: usize): "{n} rows" "{n} riviä" "{n} rader";
    one_row: "1 row" "1 rivi" "1 rad";
    commas: "commas" "pilkuin" "kommatecken";
    semicolons: "semicolons" "puolipistein" "semikolon";
    tabs: "tabs" "sarkaimin" "tabbar";
    bars: "bars" "pystyviivoin" "lodstreck";
    separated(by: char): "separated by {by}" "erottimena {by}" "åtskilda av {by}";
    sheet(name: &str): "sheet {name}" "taulukko {name}" "blad {name}";
    json: "JSON" "JSON" "JSON";
    sparql: "query results" "kyselyn tulokset" "frågeresultat";
    entities: "Wikidata entities" "Wikidatan kohteita" "Wikidataobjekt";
    registry: "a registry" "rekisteri" "ett register";
    more_columns(first: &str, last: &str, role: &str): "{first} … {last} = {role}" "{first} … {last} = {role}" "{first} … {last} = {role}";
    kind_taken(kind: &str): "kind: {kind}, where the file does not say it" "laji: {kind}, jos tiedosto ei sano sitä"
        "slag: {kind}, där filen inte säger det";
    rejects(n: usize, file: &str): "{n} rows were left; correct them in {file} and import that."
        "{n} riviä jäi; korjaa ne tiedostossa {file} ja tuo se." "{n} rader lämnades; rätta dem i {file} och importera den.";
    would_reject(n: usize): "{n} rows would be left, and kept in a file to be corrected."
        "{n} riviä jäisi, ja ne tallennettaisiin tiedostoon korjattaviksi."
        "{n} rader skulle lämnas och sparas i en fil för att rättas.";
    mapping_kept(file: &str): "How the file was read is kept in {file}; --mapping {file} reads others so."
        "Tiedoston lukutapa on tallessa tiedostossa {file}; --mapping {file} lukee muut samoin."
        "Hur filen lästes är sparat i {file}; --mapping {file} läser andra likadant.";
}

// A list beside the registry.
words! {
    difference: "difference" "ero" "skillnad";
    row_number: "row" "rivi" "rad";
    here: "here" "täällä" "här";
    there: "there" "tiedostossa" "i filen";
    theirs: "only theirs" "vain heillä" "bara deras";
    ours: "only ours" "vain meillä" "bara våra";
    one_sided: "one-sided" "yksipuolinen" "ensidig";
    comparison: "Comparison" "Vertailu" "Jämförelse";
    compared(theirs: usize, ours: usize, one_sided: usize):
        "{theirs} only in the file, {ours} only here among the places of the file, {one_sided} stated by one side alone."
        "{theirs} vain tiedostossa, {ours} vain täällä tiedoston kunnista, {one_sided} vain toisen osapuolen ilmoittamaa."
        "{theirs} bara i filen, {ours} bara här bland filens kommuner, {one_sided} angivna av bara den ena parten.";
    statements(n: usize): "{n} statements that the file lacks." "{n} väittämää, jotka tiedostosta puuttuvat."
        "{n} påståenden som saknas i filen.";
    suspended_left_out(n: usize, names: &str): "{n} are suspended, which Wikidata cannot say: {names}"
        "{n} on keskeytetty, mitä Wikidatassa ei voi sanoa: {names}" "{n} är avbrutna, vilket Wikidata inte kan säga: {names}";
    no_twinnings(n: usize): "{n} are no twinnings." "{n} ei ole ystävyyskuntia." "{n} är inga vänorter.";
    without_item(n: usize): "{n} have a side without a Wikidata item." "{n} osapuolella ei ole Wikidata-kohdetta."
        "{n} har en part utan Wikidataobjekt.";
}

// What is told of a row.
words! {
    adds(places: &str): "adds {places}" "lisää paikan {places}" "lägger till {places}";
    here_there(field: &str, here: &str, source: &str, there: &str):
        "{field} {here} here{source}, {there} in the file" "{field} täällä {here}{source}, tiedostossa {there}"
        "{field} {here} här{source}, {there} i filen";
    nothing: "nothing" "ei mitään" "inget";
    here_is_better: "the source here ranks higher" "täällä on parempi lähde" "källan här är bättre";
    there_is_better: "the file ranks higher" "tiedosto on parempi lähde" "filen är en bättre källa";
    equal: "of equal rank" "lähteet ovat samanarvoisia" "källorna är likvärdiga";
    ours_stand: "left as it is" "jätetään ennalleen" "lämnas som det är";
    theirs_taken: "taken over; what stood here stays as a claim" "otetaan; aiempi tieto jää väitteeksi"
        "tas över; det tidigare kvarstår som påstående";
    kept_as_claim: "kept as a claim" "säilytetään väitteenä" "sparas som påstående";
    lacks_day: "the day of the new status is not said; twin suspend, resume or end wants it"
        "uuden tilan päivää ei sanota; twin suspend, resume tai end vaatii sen"
        "dagen för den nya statusen sägs inte; twin suspend, resume eller end kräver den";
    has_ended: "what has ended is not taken up again by an import" "tuonti ei ota päättynyttä uudelleen voimaan"
        "en import återupptar inte det som har avslutats";
    by_id: "id" "tunnus" "id";
    by_item: "Wikidata item" "Wikidata-kohde" "Wikidataobjekt";
    by_code: "national code" "kuntanumero" "kommunkod";
    by_name: "name" "nimi" "namn";
    by_alias: "another name" "toinen nimi" "annat namn";
    by_fold: "spelt otherwise" "toinen kirjoitusasu" "annan stavning";
    by_partner: "a partner so called" "tämänniminen kumppani" "en partner med det namnet";
    by_place(km: &str): "{km} km away" "{km} km:n päässä" "{km} km bort";
}

// Why a row is doubtful.
words! {
    may_be(name: &str, places: &str): "“{name}” may be {places}" "“{name}” voi olla {places}" "”{name}” kan vara {places}";
    near_name(name: &str, places: &str): "“{name}” is not here; is it {places}?"
        "paikkaa “{name}” ei ole täällä; onko se {places}?" "”{name}” finns inte här; är det {places}?";
    country_not_said(name: &str, places: &str):
        "the country of “{name}” is not said; is it {places}?" "paikan “{name}” maata ei sanota; onko se {places}?"
        "landet för ”{name}” sägs inte; är det {places}?";
    elsewhere(place: &str, km: usize): "{place} is {km} km from where the file has it"
        "{place} on {km} km:n päässä siitä, mihin tiedosto sen panee" "{place} ligger {km} km från där filen har den";
    other_item(place: &str, item: &str, said: &str): "{place} is {item} on Wikidata, not {said}"
        "{place} on Wikidatassa {item}, ei {said}" "{place} är {item} på Wikidata, inte {said}";
    outside(name: &str, country: &str): "“{name}” is said to be in {country}, and its coordinates are elsewhere"
        "“{name}” olisi maassa {country}, mutta sen koordinaatit ovat muualla"
        "”{name}” sägs ligga i {country}, men koordinaterna är någon annanstans";
    untrusted(name: &str, country: &str, wrong: usize, of: usize):
        "“{name}” is not here, and of {of} places that the file has in {country} {wrong} stand elsewhere"
        "paikkaa “{name}” ei ole täällä, ja {of} paikasta, jotka tiedosto panee maahan {country}, {wrong} on muualla"
        "”{name}” finns inte här, och av {of} orter som filen har i {country} ligger {wrong} någon annanstans";
    addition(name: &str): "what “{name}” adds to the name is not known"
        "ei tiedetä, mitä “{name}” lisää nimeen"
        "vad ”{name}” lägger till namnet är inte känt";
    is_it(places: &str): "is it {places}?" "onko se {places}?" "är det {places}?";
    or: "or" "tai" "eller";
}

// Why a row is rejected.
words! {
    no_place: "it names no place" "rivi ei nimeä kuntaa" "raden namnger ingen kommun";
    no_partner: "it names no partner" "rivi ei nimeä kumppania" "raden namnger ingen partner";
    blank: "it says that there is a place, and not which one" "rivi sanoo, että paikka on, mutta ei mikä"
        "raden säger att det finns en ort, men inte vilken";
    several: "several partners stand in one cell; --split '[;|]' takes them apart"
        "yhdessä solussa on monta kumppania; --split '[;|]' erottaa ne"
        "flera partner står i en cell; --split '[;|]' skiljer dem åt";
    bad_date(field: &str, error: &str): "{field}: {error}" "{field}: {error}" "{field}: {error}";
    bad_word(field: &str, word: &str, words: &str): "{field} is “{word}”; it must be one of {words}"
        "{field} on “{word}”; sen pitää olla jokin näistä: {words}" "{field} är ”{word}”; det måste vara något av {words}";
    unknown_country(typed: &str): "unknown country “{typed}”" "tuntematon maa “{typed}”" "okänt land ”{typed}”";
    gone(typed: &str, places: &str): "“{typed}” is no country today; its places are in {places}"
        "“{typed}” ei ole enää maa; sen paikat ovat maissa {places}" "”{typed}” är inget land längre; dess orter ligger i {places}";
    did_you_mean(places: &str): "did you mean {places}?" "tarkoititko: {places}?" "menade du {places}?";
    unknown_and_no_country(name: &str): "no place here is called “{name}”, and its country is not said"
        "täällä ei ole paikkaa nimeltä “{name}”, eikä sen maata sanota"
        "ingen ort här heter ”{name}”, och landet sägs inte";
    no_name(said: &str): "“{said}” is not here, and has no name in the file" "“{said}” ei ole täällä, eikä sillä ole tiedostossa nimeä"
        "”{said}” finns inte här och har inget namn i filen";
    id_taken(place: &str): "its id would be that of {place}" "sen tunnus olisi sama kuin paikan {place}"
        "dess id vore detsamma som för {place}";
    itself(name: &str): "both places are {name}" "molemmat paikat ovat {name}" "båda orterna är {name}";
    future(field: &str, date: &str): "{field} {date} lies in the future" "{field} {date} on tulevaisuudessa"
        "{field} {date} ligger i framtiden";
}
