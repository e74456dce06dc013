//! The closed vocabularies of the registry: what may stand in a `kind`, a `status`, an `event` …
//!
//! The words are those of the registry's data model; kinds follow the RGRE (German section of CEMR) and Sister
//! Cities International. Labels for people are in `i18n`.

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the data model.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The words of every value, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Returns the word that stands in the tables.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads the word of a table; anything else is `None`.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    )+};
}

vocabulary! {
    /// What a partnership is.
    Kind {
        /// Formal, unlimited in time and subject, approved by the councils: sister city, ystävyyskunta, vänort.
        Twin = "twin",
        /// Agreed, but limited in time or subject.
        Friendship = "friendship",
        /// A co-operation agreement or city programme that is expressly no twinning.
        Partner = "partner",
        /// Contact without a formal agreement.
        Contact = "contact",
    }

    /// The standing of a partnership.
    Status {
        /// In force.
        Active = "active",
        /// In force, but put on hold by one or both sides.
        Suspended = "suspended",
        /// Ended.
        Historic = "historic",
    }

    /// What sort of party a municipality row is.
    PlaceType {
        /// A municipality.
        Municipality = "municipality",
        /// A part of a municipality.
        District = "district",
        /// A county, district or province; a partnership with one is a sister region.
        Region = "region",
        /// A university, an association …
        Other = "other",
    }

    /// Something that happened to a partnership.
    EventKind {
        /// A body decided on it.
        Decided = "decided",
        /// The agreement was signed.
        Signed = "signed",
        /// It was put on hold.
        Suspended = "suspended",
        /// It was taken up again.
        Resumed = "resumed",
        /// It was looked at and left as it was.
        Kept = "kept",
        /// The agreement was made again.
        Renewed = "renewed",
        /// It was ended.
        Ended = "ended",
        /// It ended by itself.
        Lapsed = "lapsed",
        /// A municipal merger moved it to a successor (stands on both pairs).
        CarriedOver = "carried-over",
    }

    /// Which side acted.
    Acted {
        /// The first party of the pair.
        A = "a",
        /// The second party.
        B = "b",
        /// Both.
        Both = "both",
        /// Somebody else.
        Third = "third",
    }

    /// What a network is.
    NetworkType {
        /// A friendship chain: its members usually are twinned pair by pair as well.
        Chain = "chain",
        /// A network of municipalities.
        Network = "network",
        /// An association.
        Association = "association",
        /// An office with a seat; its members are those it represents.
        Office = "office",
    }

    /// What happened at one edge of a municipal change.
    MergerKind {
        /// Joined into another.
        Merge = "merge",
        /// Divided.
        Split = "split",
        /// Given another name.
        Rename = "rename",
        /// Moved in part.
        Transfer = "transfer",
    }

    /// How good a source is, best first: the better one wins the cell.
    Rank {
        /// The body itself.
        Official = "official",
        /// An association of municipalities.
        Association = "association",
        /// A register.
        Register = "register",
        /// An encyclopedia.
        Encyclopedia = "encyclopedia",
        /// The press.
        Press = "press",
        /// Anything else.
        Other = "other",
    }

    /// A continent, for countries.
    Continent {
        /// Africa.
        Africa = "Africa",
        /// Asia.
        Asia = "Asia",
        /// Europe.
        Europe = "Europe",
        /// North America.
        NorthAmerica = "North America",
        /// South America.
        SouthAmerica = "South America",
        /// Oceania.
        Oceania = "Oceania",
        /// Antarctica.
        Antarctica = "Antarctica",
    }

    /// What a declared total counts: a kind of partnership, or something else.
    Declared {
        /// Twinnings with partners that are no regions.
        Twin = "twin",
        /// Friendships.
        Friendship = "friendship",
        /// Partnerships of kind `partner`.
        Partner = "partner",
        /// Contacts.
        Contact = "contact",
        /// Twinnings with regions.
        TwinRegion = "twin/region",
        /// Partnerships of any kind.
        Any = "any",
        /// How many municipalities have a partner.
        Municipalities = "municipalities",
        /// How many countries the partners are in.
        Countries = "countries",
    }
}

impl EventKind {
    /// Returns the status that a partnership has from the event on; none where it leaves the one that was. What was
    /// carried over stands on two pairs: it ends the one that goes over, and the one that goes on stays as it stood.
    pub fn sets(self) -> Option<Status> {
        match self {
            EventKind::Signed | EventKind::Renewed | EventKind::Resumed => Some(Status::Active),
            EventKind::Suspended => Some(Status::Suspended),
            EventKind::Ended | EventKind::Lapsed => Some(Status::Historic),
            EventKind::Decided | EventKind::Kept | EventKind::CarriedOver => None,
        }
    }

    /// Returns the status that it sets of a partnership that has one today: what was carried over has ended the one that is
    /// historic.
    pub fn sets_today(self, today: Status) -> Option<Status> {
        match self {
            EventKind::CarriedOver => Some(today).filter(|today| *today == Status::Historic),
            event => event.sets(),
        }
    }
}
