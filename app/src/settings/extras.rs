//! What the page of a section shows below its form, besides what every section has.
use crate::{panel::Visit, path::Path};
use domain::{Result, access::SectionAccess, branding, format::Locale};
use model::{
    panel::{Block, Brand, Card, Inline, Sample},
    settings::{Branding, Localization, Settings as _},
    text::{Key, Texts},
    view::SectionView,
};
use std::pin::Pin;

/// Further blocks that are being made.
pub type Making<'a> = Pin<Box<dyn Future<Output = Result<Vec<Block>>> + Send + 'a>>;

/// Makes the further blocks of a section's page from what is stored.
pub type Extra = for<'a> fn(&'a Visit, &'a SectionAccess, &'a SectionView) -> Making<'a>;

/// The sections that show more than their form, by key.
const EXTRAS: &[(&str, Extra)] = &[
    ("localization", |visit, _, view| Box::pin(async move { Ok(written(visit, view)) })),
    ("branding", |visit, access, view| Box::pin(looks(visit, access, view))),
    ("notifications", |visit, access, _| {
        Box::pin(async move { Ok(crate::help::sample(visit, access)) })
    }),
];

/// What the page of this section shows below its form.
///
/// # Errors
/// Faults of the database.
pub async fn extras(
    visit: &Visit,
    access: &SectionAccess,
    view: &SectionView,
) -> Result<Vec<Block>> {
    let key = access.section().key;
    match EXTRAS.iter().find(|(section, _)| *section == key) {
        Some((_, extra)) => extra(visit, access, view).await,
        None => Ok(Vec::new()),
    }
}

/// How dates, numbers and money are written with what is stored.
fn written(visit: &Visit, view: &SectionView) -> Vec<Block> {
    let (t, now) = (visit.t, visit.domain.now());
    let settings = Localization::read(&view.values);
    let locale = Locale::of(t, &settings);
    let day = match settings.week_start.as_str() {
        "sunday" => Key::LocalizationSunday,
        "saturday" => Key::LocalizationSaturday,
        _ => Key::LocalizationMonday,
    };
    let began = locale.date(locale.start_of_week(now));
    let began = t.fill(Key::LocalizationDayAndDate, &[("day", t.get(day)), ("date", &began)]);
    let zone = settings.time_zone.replace('_', " ");
    let facts = [
        (Key::LocalizationPreviewNow, format!("{} ({zone})", locale.date_time(now))),
        (Key::LocalizationPreviewNumber, locale.decimal(1_234_567, 2)),
        (Key::LocalizationPreviewMoney, locale.money(1_234_567)),
        (Key::LocalizationPreviewWeek, began),
    ];
    let fact = |(name, value)| (t.get(name).to_owned(), vec![Inline::Text(value)]);
    let card = card(t, Key::LocalizationPreview, Key::LocalizationPreviewIntro);
    vec![card.with(Block::Facts(facts.map(fact).into())).into()]
}

fn card(t: Texts, title: Key, intro: Key) -> Card {
    Card::new("preview", t.get(title), t.get(intro))
}

/// A sample of the store's mails. It follows the scheme that is chosen in the form by style sheets
/// alone, and with scripts the colours as well.
async fn looks(visit: &Visit, access: &SectionAccess, view: &SectionView) -> Result<Vec<Block>> {
    let t = visit.t;
    let Some(brand) = branding::of_section(&visit.domain, access).await? else {
        return Ok(Vec::new());
    };
    let styles = if view.editable {
        let own = branding::own_colors(&Branding::read(&view.values));
        vec![own.address(), branding::SCHEMES_ADDRESS.to_owned()]
    } else {
        vec![brand.colors.address()]
    };
    let sample = Sample {
        lines: vec![t.get(Key::MailGreeting).to_owned(), t.get(Key::BrandingSample).to_owned()],
        button: t.get(Key::MailInvitationButton).to_owned(),
        contrast: t.get(Key::BrandingContrast).to_owned(),
        ratio: Locale::without_store(t, "UTC").decimal(tenths(brand.colors.contrast()), 1) + ":1",
        least: t.get(Key::BrandingContrastLeast).to_owned(),
    };
    let look = Brand {
        styles,
        logo: brand.logo.map(|id| Path::Image(id.to_string()).to_string()),
        name: brand.name,
        sample: Some(sample),
    };
    Ok(vec![card(t, Key::BrandingPreview, Key::BrandingPreviewIntro).with(look).into()])
}

/// A contrast in tenths, rounded down: what is just too little must not look like enough.
fn tenths(ratio: f32) -> i64 {
    (ratio * 10.0) as i64
}
