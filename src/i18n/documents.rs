//! The words of reports in English, Finnish and Swedish.

use super::Lang;
use super::words::words;

words! {
    countries_title: "Municipal twinnings by country" "Kuntien kumppanuudet maittain" "Kommunernas partnerskap land för land";
    municipality_title(names: &str): "Twinnings of {names}" "Kumppanuudet: {names}" "Partnerskap: {names}";
    status_title: "Suspended and ended twinnings" "Keskeytetyt ja päättyneet kumppanuudet" "Avbrutna och avslutade partnerskap";
    unconfirmed: "Unconfirmed" "Vahvistamattomat" "Obekräftade";
    denied: "denied by an official source" "virallinen lähde kiistää" "bestrids av en officiell källa";
    yes: "yes" "kyllä" "ja";
    no: "no" "ei" "nej";
    what_is_unconfirmed: "Unconfirmed is what single sources say, and what the registry has no partnership for; it is not counted." "Vahvistamatonta on se, mitä yksittäiset lähteet väittävät ja mille rekisterissä ei ole kumppanuutta; sitä ei lasketa mukaan." "Obekräftat är det som enskilda källor påstår och som registret inte har något partnerskap för; det räknas inte med.";
    coverage_title: "Municipalities with a partner" "Kunnat, joilla on kumppani" "Kommuner med partner";
    timeline_title: "Twinnings through time" "Kumppanuudet ajassa" "Partnerskap genom tiderna";
    overview: "Overview" "Yhteenveto" "Översikt";
    by_country: "By country" "Maittain" "Per land";
    by_region: "By region" "Maakunnittain" "Per landskap";
    by_decade: "By decade" "Vuosikymmenittäin" "Per årtionde";
    by_year: "By year" "Vuosittain" "Per år";
    year: "year" "vuosi" "år";
    begun: "begun" "alkanut" "påbörjade";
    suspended: "suspended" "keskeytetty" "avbrutna";
    ended: "ended" "päättynyt" "avslutade";
    suspended_heading: "Suspended" "Keskeytetyt" "Avbrutna";
    ended_heading: "Ended" "Päättyneet" "Avslutade";
    not_shown(historic: &str): "Not shown: {historic}." "Ei näytetä: {historic}." "Visas inte: {historic}.";
    may_belong(n: usize): "{n} more may belong here; their dates are unknown or not exact enough." "{n} muuta saattaa kuulua tähän; niiden päiväykset puuttuvat tai ovat epätarkkoja." "{n} till kan höra hit; deras datum saknas eller är inexakta.";
    decision: "decision" "päätös" "beslut";
    no_decision: "no decision recorded" "päätöstä ei ole kirjattu" "inget beslut antecknat";
    without_decision(n: usize): "{n} without a recorded decision" "{n} ilman kirjattua päätöstä" "{n} utan antecknat beslut";
    municipalities: "municipalities" "kuntia" "kommuner";
    with_partner: "with a partner" "joilla kumppani" "med partner";
    percent: "percent" "prosenttia" "procent";
    without_partner: "Municipalities without an active partnership" "Kunnat ilman voimassa olevaa kumppanuutta" "Kommuner utan aktivt partnerskap";
    counted_standing: "Counted: partnerships that are suspended or have ended, each once, under the partner's country of today and the year of the turn. A decision is recorded where the body or its reference is known." "Laskettu: keskeytetyt ja päättyneet kumppanuudet, kukin kerran, kumppanin nykyisen maan ja muutosvuoden kohdalla. Päätös on kirjattu, kun toimielin tai viite tunnetaan." "Räknat: partnerskap som är avbrutna eller har avslutats, vart och ett en gång, under partnerns nuvarande land och ändringsåret. Ett beslut är antecknat där organet eller dess referens är känd.";
    counted_time: "Counted: the start of each partnership, each of its suspensions, and its end. What may lie in two decades or years is unknown." "Laskettu: kunkin kumppanuuden alku, jokainen keskeytys ja loppu. Mikä voi osua kahdelle vuosikymmenelle tai vuodelle, on ”ei tiedossa”." "Räknat: varje partnerskaps början, vart och ett av dess avbrott och dess slut. Det som kan höra till två årtionden eller år är okänt.";
    registry: "registry" "rekisteri" "register";
    data_from: "newest information" "uusin tieto" "senaste uppgift";
    contents: "Contents" "Sisältö" "Innehåll";
    origin: "About the data" "Tietoja aineistosta" "Om uppgifterna";
    search: "Search in the tables" "Hae taulukoista" "Sök i tabellerna";
    rows_found: "rows found" "riviä löytyi" "rader hittades";
    sort_hint: "Click a column heading to sort by it." "Napsauta sarakkeen otsikkoa lajitellaksesi." "Klicka på en kolumnrubrik för att sortera.";
}
