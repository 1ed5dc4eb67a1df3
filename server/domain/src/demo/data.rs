//! The people and stores of the demonstration; all of them invented.
use model::text::Lang;

/// The organization's name.
pub(super) const ORGANIZATION: &str = "Aurora Retail Group";

/// What the organization says of itself.
pub(super) const INFORMATION: [(&str, &str); 8] = [
    ("name", ORGANIZATION),
    ("legal_name", "Aurora Retail Group, S.A."),
    ("tax_id", "ES A00000000"),
    ("contact_email", "office@aurora.example"),
    ("street", "Paseo del Muelle 4"),
    ("postal_code", "28014"),
    ("city", "Madrid"),
    ("country", "ES"),
];

/// A store with the settings that its details page shows.
pub(super) struct DemoStore {
    pub(super) name: &'static str,
    pub(super) language: Lang,
    pub(super) scheme: &'static str,
    pub(super) details: &'static [(&'static str, &'static str)],
}

pub(super) const STORES: [DemoStore; 3] = [
    DemoStore {
        name: "Casa Olivo",
        language: Lang::Es,
        scheme: "forest",
        details: &[
            ("legal_name", "Casa Olivo Comercio, S.L."),
            ("store_url", "https://casaolivo.example"),
            ("contact_email", "hola@casaolivo.example"),
            ("contact_phone", "+34915550100"),
            ("street", "Calle de la Almendra 12"),
            ("postal_code", "28005"),
            ("city", "Madrid"),
            ("country", "ES"),
            ("time_zone", "Europe/Madrid"),
            ("currency", "EUR"),
        ],
    },
    DemoStore {
        name: "Maison Lavande",
        language: Lang::Fr,
        scheme: "berry",
        details: &[
            ("legal_name", "Maison Lavande SARL"),
            ("store_url", "https://maisonlavande.example"),
            ("contact_email", "bonjour@maisonlavande.example"),
            ("contact_phone", "+33199001234"),
            ("street", "8, rue des Glycines\nBâtiment B"),
            ("postal_code", "69002"),
            ("city", "Lyon"),
            ("country", "FR"),
            ("time_zone", "Europe/Paris"),
            ("currency", "EUR"),
        ],
    },
    DemoStore {
        name: "Bursztyn i Len",
        language: Lang::Pl,
        scheme: "terracotta",
        details: &[
            ("legal_name", "Bursztyn i Len sp. z o.o."),
            ("store_url", "https://bursztynilen.example"),
            ("contact_email", "kontakt@bursztynilen.example"),
            ("contact_phone", "+48225550100"),
            ("street", "ul. Żeglarska 7/3"),
            ("postal_code", "80-834"),
            ("city", "Gdańsk"),
            ("country", "PL"),
            ("time_zone", "Europe/Warsaw"),
            ("currency", "PLN"),
        ],
    },
];

/// A store that is open no more.
pub(super) const ARCHIVED: DemoStore = DemoStore {
    name: "Papelería Azul",
    language: Lang::Es,
    scheme: "ocean",
    details: &[
        ("legal_name", "Papelería Azul, S.L."),
        ("store_url", "https://papeleriaazul.example"),
        ("contact_email", "hola@papeleriaazul.example"),
        ("city", "Valencia"),
        ("country", "ES"),
        ("time_zone", "Europe/Madrid"),
        ("currency", "EUR"),
    ],
};

/// Who manages the organization beside the Owner, of [`PEOPLE`].
pub(super) const MANAGES: usize = 5;
/// Who is suspended.
pub(super) const SUSPENDED: [usize; 2] = [7, 26];
/// Whose membership ends, and in how many days.
pub(super) const ENDS: [(usize, i64); 2] = [(9, 5), (22, 60)];
/// Who has the custom role in place of Marketer.
pub(super) const CUSTOM: [usize; 3] = [11, 13, 19];
/// The custom role: its name, and the codes of what it allows.
pub(super) const ROLE: (&str, &str) =
    ("Seasonal help", r#"["view_store","edit_campaigns","edit_content"]"#);

/// First and last names; the store at the same place modulo three is the first they belong to.
pub(super) const PEOPLE: [(&str, &str); 39] = [
    ("Lucía", "Fernández"),
    ("Camille", "Bernard"),
    ("Agnieszka", "Kowalska"),
    ("Álvaro", "Muñoz"),
    ("Élodie", "Lefèvre"),
    ("Łukasz", "Wiśniewski"),
    ("Carmen", "Iglesias"),
    ("Baptiste", "Moreau"),
    ("Zofia", "Wójcik"),
    ("Javier", "Ortega"),
    ("Inès", "Garnier"),
    ("Paweł", "Dąbrowski"),
    ("Marta", "Ibáñez"),
    ("François", "Chevalier"),
    ("Małgorzata", "Zielińska"),
    ("Íñigo", "Etxeberria"),
    ("Océane", "Marchand"),
    ("Krzysztof", "Szymański"),
    ("Núria", "Puig"),
    ("Théo", "Rousseau"),
    ("Joanna", "Woźniak"),
    ("Sergio", "Cabrera"),
    ("Manon", "Perrin"),
    ("Tomasz", "Jankowski"),
    ("Rocío", "Navarro"),
    ("Jérôme", "Dupuis"),
    ("Ewa", "Mazur"),
    ("Andrés", "Peña"),
    ("Clémence", "Barbier"),
    ("Michał", "Kaczmarek"),
    ("Beatriz", "Soler"),
    ("Gaël", "Le Goff"),
    ("Katarzyna", "Grabowska"),
    ("Óscar", "Villanueva"),
    ("Maëlle", "Rivière"),
    ("Bartosz", "Pawłowski"),
    ("Pilar", "Requena"),
    ("Hugo", "Delacroix"),
    ("Dorota", "Sikorska"),
];

/// Who is invited to each store: name part of the address, whether the invitation has expired.
pub(super) const INVITED: [(&str, bool); 3] =
    [("agency", false), ("intern", false), ("former-colleague", true)];
