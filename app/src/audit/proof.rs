//! Whether the log is as it was written.
use super::{api::CheckAudit, list::Room};
use crate::panel::Visit;
use domain::{
    Result,
    audit::{self, Problem, Round},
    format,
};
use leptos::server_fn::ServerFn as _;
use model::{
    OrganizationId,
    panel::{Banner, Block, Card, Form, Inline, Look, Tone},
    text::Key,
};

/// What is known of the log's proof, and the button that goes on with it.
pub(super) async fn card(
    visit: &Visit,
    room: &Room,
    organization: &OrganizationId,
) -> Result<Card> {
    let t = visit.t;
    let proof = audit::proven(&visit.domain, &room.log).await?;
    let length = proof.length.to_string();
    let mut card = Card::new("proof", t.get(Key::AuditProofTitle), t.get(Key::AuditProofIntro));
    match &proof.last {
        Some(round) => card = card.with(found(visit, room, round)),
        None if proof.under_way == 0 => {
            let text = t.fill(Key::AuditProofNever, &[("length", &length)]);
            card = card.with(Banner::new(Tone::Info, text));
        }
        None => {}
    }
    if proof.under_way > 0 {
        let checked = proof.under_way.to_string();
        let text = t.fill(Key::AuditProofUnderWay, &[("checked", &checked), ("length", &length)]);
        card = card.with(Block::Text(vec![Inline::text(text)]));
    }
    let label = if proof.under_way > 0 { Key::AuditCheckOn } else { Key::AuditCheck };
    let form = Form::new(CheckAudit::PATH, t.get(label));
    Ok(card.with(form.hidden("organization", organization).look(Look::Button)))
}

fn found(visit: &Visit, room: &Room, round: &Round) -> Banner {
    let t = visit.t;
    let time = format::date_time(t, &room.reader.zone, round.finished_at);
    match round.broken {
        None => {
            let entries = round.entries.to_string();
            let values = [("entries", entries.as_str()), ("time", &time)];
            Banner::new(Tone::Success, t.fill(Key::AuditProofGood, &values))
        }
        Some((position, problem)) => {
            let problem = t.get(match problem {
                Problem::Missing => Key::AuditProblemMissing,
                Problem::Changed => Key::AuditProblemChanged,
                Problem::End => Key::AuditProblemEnd,
                Problem::Chain => Key::AuditProblemChain,
            });
            let position = position.to_string();
            let values = [("position", position.as_str()), ("problem", problem), ("time", &time)];
            Banner::new(Tone::Danger, t.fill(Key::AuditProofBroken, &values))
        }
    }
}
