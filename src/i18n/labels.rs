//! What the words of the vocabularies are called in each language.

use super::Lang;
use crate::model::vocabulary::Declared;
use crate::model::{Acted, EventKind, Kind, MergerKind, NetworkType, PlaceType, Rank, Status};

/// A word of a vocabulary that has a name in every language.
pub trait Label: Copy {
    /// Returns what it is called.
    fn label(self, lang: Lang) -> &'static str;
    /// Returns the word that stands in the tables.
    fn code(self) -> &'static str;
}

macro_rules! labels {
    ($($Vocabulary:ident { $($Value:ident: $en:literal $fi:literal $sv:literal;)+ })+) => {$(
        impl Label for $Vocabulary {
            fn label(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(
                        ($Vocabulary::$Value, Lang::En) => $en,
                        ($Vocabulary::$Value, Lang::Fi) => $fi,
                        ($Vocabulary::$Value, Lang::Sv) => $sv,
                    )+
                }
            }

            fn code(self) -> &'static str {
                self.word()
            }
        }
    )+};
}

labels! {
    Kind {
        Twin: "twin" "ystävyyskunta" "vänort";
        Friendship: "friendship" "ystävyyssopimus" "vänskapsavtal";
        Partner: "partner" "kumppanuus" "partnerskap";
        Contact: "contact" "yhteys" "kontakt";
    }
    Status {
        Active: "active" "voimassa" "i kraft";
        Suspended: "suspended" "keskeytetty" "avbruten";
        Historic: "historic" "päättynyt" "avslutad";
    }
    PlaceType {
        Municipality: "municipality" "kunta" "kommun";
        District: "district" "kunnanosa" "kommundel";
        Region: "region" "alue" "region";
        Other: "other" "muu" "övrig";
    }
    EventKind {
        Decided: "decided" "tehty päätös" "beslutat";
        Signed: "signed" "allekirjoitettu" "undertecknat";
        Suspended: "suspended" "keskeytetty" "avbrutet";
        Resumed: "resumed" "palautettu voimaan" "återupptaget";
        Kept: "kept" "pidetty voimassa" "kvarstår";
        Renewed: "renewed" "uudistettu" "förnyat";
        Ended: "ended" "lopetettu" "avslutat";
        Lapsed: "lapsed" "rauennut" "förfallet";
        CarriedOver: "carried over" "siirtynyt seuraajalle" "överfört";
    }
    Acted {
        A: "first party" "ensimmäinen osapuoli" "första parten";
        B: "second party" "toinen osapuoli" "andra parten";
        Both: "both" "molemmat" "båda";
        Third: "a third party" "ulkopuolinen" "en utomstående";
    }
    NetworkType {
        Chain: "chain" "ystävyyskuntaketju" "vänortskedja";
        Network: "network" "verkosto" "nätverk";
        Association: "association" "yhdistys" "förening";
        Office: "office" "toimisto" "kontor";
    }
    MergerKind {
        Merge: "merged into" "liittyi kuntaan" "gick upp i";
        Split: "split into" "jakautui kuntaan" "delades till";
        Rename: "renamed to" "uudelta nimeltään" "bytte namn till";
        Transfer: "partly to" "osin kuntaan" "delvis till";
    }
    Rank {
        Official: "official" "virallinen" "officiell";
        Association: "association" "liitto" "förbund";
        Register: "register" "rekisteri" "register";
        Encyclopedia: "encyclopedia" "tietosanakirja" "uppslagsverk";
        Press: "press" "lehdistö" "press";
        Other: "other" "muu" "övrig";
    }
    Declared {
        Twin: "sister cities" "ystävyyskuntia" "vänorter";
        Friendship: "friendships" "ystävyyssopimuksia" "vänskapsavtal";
        Partner: "partners" "kumppanuuksia" "partnerskap";
        Contact: "contacts" "yhteyksiä" "kontakter";
        TwinRegion: "sister regions" "ystävyysalueita" "vänregioner";
        Any: "partnerships of any kind" "kumppanuuksia kaikkiaan" "partnerskap av alla slag";
        Municipalities: "municipalities with a partner" "kuntia joilla on kumppani" "kommuner med partner";
        Countries: "countries" "maita" "länder";
    }
}
