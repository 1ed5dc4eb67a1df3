use super::{Field, Form, Kind};
use crate::{
    FieldError, Input,
    check::{self, Fault},
};

/// The faults of a form's typed values, in the form's order, as far as its fields tell them; the
/// server checks the rest.
pub fn check(form: &Form, input: &Input) -> Vec<FieldError> {
    let typed = |field: &Field| input.get(&field.name).map_or("", |text| text.trim()).to_owned();
    let faults = form.fields.iter().filter(|field| !field.fixed).filter_map(|field| {
        let fault = fault(field, &typed(field)).err()?;
        Some(FieldError::new(field.name.clone(), fault))
    });
    faults.collect()
}

fn fault(field: &Field, text: &str) -> Result<(), Fault> {
    match field.kind {
        // What a file or box needs is told by the server.
        Kind::Check | Kind::Toggle | Kind::Checks(_) | Kind::File(_) | Kind::Image(_) => {
            return Ok(());
        }
        _ if text.is_empty() => {
            return if field.required { Err(Fault::Required) } else { Ok(()) };
        }
        Kind::Password { new: true } => return check::password(text, ""),
        _ => {}
    }
    if field.max > 0 {
        check::plain(text, field.max, matches!(field.kind, Kind::Lines(_)))?;
    }
    match &field.kind {
        Kind::Email => check::email(&check::normalize_email(text)),
        Kind::Url(hosts) => check::url(text, &hosts.iter().map(String::as_str).collect::<Vec<_>>()),
        Kind::Phone => check::phone(&check::normalize_phone(text)),
        _ => Ok(()),
    }
}
