//! Spanish texts say tú to their reader, all of them: a console that mixes it with usted reads as
//! if it were written by two people who had not met.
use super::{Lang, catalog};

/// Words that only somebody who says usted writes.
const WORDS: &[&str] = &["usted", "ustedes", "consigo"];

/// What only somebody who says usted writes, as a part of a sentence.
const PHRASES: &[&str] = &[
    "le invita",
    "le damos",
    "su correo",
    "su cuenta de",
    "su empresa",
    "su navegador",
    "su perfil",
    "su sesión",
    "sus cambios",
    "vuelva a intentarlo",
];

/// Requests that are put to usted. In the middle of a sentence they may be something else ("hasta
/// que alguien confirme"), at its beginning and after "y" they are not.
const REQUESTS: &[&str] = &[
    "abra",
    "acepte",
    "active",
    "añada",
    "asigne",
    "avise",
    "borre",
    "busque",
    "cambie",
    "cierre",
    "compruebe",
    "comunique",
    "confirme",
    "confírmela",
    "consulte",
    "contacte",
    "copie",
    "cree",
    "decida",
    "deje",
    "déjelo",
    "descargue",
    "dé",
    "elija",
    "elimine",
    "escriba",
    "espere",
    "guarde",
    "haga",
    "indique",
    "inicie",
    "intente",
    "inténtelo",
    "introduzca",
    "invite",
    "lea",
    "marque",
    "mire",
    "pegue",
    "permita",
    "pida",
    "pregunte",
    "pruebe",
    "pulse",
    "quite",
    "recargue",
    "rellene",
    "revise",
    "seleccione",
    "solicite",
    "suba",
    "use",
    "utilice",
    "vaya",
    "vuelva",
];

/// What in a text is said to usted.
fn formal(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    if let Some(phrase) = PHRASES.iter().find(|phrase| text.contains(**phrase)) {
        return Some((*phrase).to_owned());
    }
    let sentences = text.split(['.', ':', ';', '?', '!', '¿', '¡', '\n', '\u{1f}']);
    sentences.flat_map(formal_words).next()
}

fn formal_words(sentence: &str) -> Vec<String> {
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let begins = |at: usize| at == 0 || words[at - 1] == "y";
    let wrong = |(at, word): (usize, &&str)| {
        WORDS.contains(word) || (begins(at) && REQUESTS.contains(word))
    };
    words.iter().enumerate().filter(|one| wrong(*one)).map(|(_, word)| (*word).to_owned()).collect()
}

#[test]
fn spanish_says_tu() {
    let found: Vec<(&str, String)> =
        catalog(Lang::Es).iter().filter_map(|text| Some((*text, formal(text)?))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_said_to_usted_is_found() {
    for text in [
        "Elija una contraseña.",
        "No se ha cambiado nada. Vuelva más tarde.",
        "Abre el correo y confirme la dirección.",
        "Alguien, probablemente usted, lo pidió.",
        "{person} le invita a {store}",
        "¿No ha llegado nada? Revise la carpeta.",
    ] {
        assert!(formal(text).is_some(), "{text}");
    }
    for text in [
        "Elige una contraseña.",
        "Conservan su valor hasta que alguien guarde esa sección.",
        "El cambio se hará cuando se confirme desde allí.",
        "Entre 8 y 20 caracteres",
    ] {
        assert_eq!(formal(text), None, "{text}");
    }
}
