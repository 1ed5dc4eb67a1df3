//! The page of every section that the settings engine serves.
use super::{extras::extras, form::form, history, presence};
use crate::{
    layout::first_tab,
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result,
    access::{self, SectionAccess},
    settings,
};
use model::{
    StoreId,
    panel::{Block, Editors, Inline, Link, Look, Panel},
    settings::{Place, Section},
    text::Key,
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/stores/{store}/settings",
        panel: |visit| Box::pin(async move { home(&visit) }),
    },
    Page {
        pattern: "/stores/{store}/settings/{group}/{section}",
        panel: |visit| Box::pin(section(visit)),
    },
    Page {
        pattern: "/organizations/{organization}/settings/{group}/{section}",
        panel: |visit| Box::pin(section(visit)),
    },
];

/// The address of the settings as a whole leads to the first tab.
fn home(visit: &Visit) -> Result<Panel> {
    visit.actor()?;
    Ok(Panel::redirect(first_tab(visit.param::<StoreId>("store")?)))
}

/// A section of the settings of a store or an organization (O-02).
async fn section(visit: Visit) -> Result<Panel> {
    let (place, section) = visit.section()?;
    of(&visit, place, section).await
}

/// The page of `section`, also below a pop-up.
///
/// # Errors
/// As [`access::section_view`].
pub async fn of(visit: &Visit, place: Place, section: &'static Section) -> Result<Panel> {
    let t = visit.t;
    let access =
        access::section_view(&visit.domain, visit.actor()?, place.clone(), section).await?;
    let mut view = settings::view(&visit.domain, &access).await?;
    super::confirm::restore(visit, &access, &mut view).await;
    let mut panel = Panel::new(t.get(section.title), t.get(section.intro));
    panel.meta = match &view.last_change {
        Some(change) => {
            t.fill(Key::SettingsLastChange, &[("person", &change.by), ("time", &change.at)])
        }
        None => t.get(Key::SettingsNeverChanged).to_owned(),
    };
    let help = Path::of_section(&place, section, "help");
    let help = Link::new(t.get(Key::HelpButton), help).look(Look::Quiet).icon("circle-help");
    panel.actions.push(help);
    let past = Link::new(t.get(Key::HistoryLink), history::path(&place, section, ""));
    panel.actions.push(past.look(Look::Quiet).icon("history"));
    panel = panel.with(editors(visit, &access).await);
    if !view.editable {
        let why = Inline::Muted(t.get(Key::SettingsReadOnly).to_owned());
        panel = panel.with(Block::Text(vec![why]));
    }
    panel = panel.with(form(t, &place, section, &view));
    panel.blocks.extend(extras(visit, &access, &view).await?);
    Ok(panel)
}

/// Who else has the section open. That it cannot be noted is no reason to refuse the page.
async fn editors(visit: &Visit, access: &SectionAccess) -> Editors {
    let others = domain::presence::stay(&visit.domain, access).await;
    let others = others.unwrap_or_else(|error| {
        tracing::warn!(%error, "who has a section open could not be noted");
        Vec::new()
    });
    presence::block(visit.t, access.place(), access.section(), others)
}
