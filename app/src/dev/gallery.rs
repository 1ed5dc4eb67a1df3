use super::api::Gallery;
use crate::{
    layout::{Console, Head},
    load::page,
    ui::{FormState, Icon, avatar, banner, control, error_summary, person, square, use_texts},
};
use leptos::prelude::*;
use model::{
    FieldError, Outcome, Refusal,
    check::Fault,
    panel::{Choice, ChoiceGroup, Field, Kind},
    text::{Key, Lang},
};

/// Every widget in its states.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let t = use_texts();
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                {page(|| Some(Gallery {}), move |()| view! {
                    <Head title=t.get(Key::GalleryTitle) intro=t.get(Key::GalleryIntro) meta=Some(String::from("0.1"))/>
                    <div class="gallery">{buttons()}{badges()}{fields()}{messages()}{nothing()}</div>
                }
                .into_any())}
            </main>
        </Console>
    }
}

fn section(id: &'static str, title: &'static str, content: AnyView) -> impl IntoView {
    view! { <section aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }
}

fn buttons() -> impl IntoView {
    let t = use_texts();
    let save = t.get(Key::CommonSave);
    let content = view! {
        <div class="row">
            <button class="button primary" type="button">{save}</button>
            <button class="button" type="button">{save}</button>
            <button class="button quiet" type="button">{save}</button>
            <button class="button danger" type="button">{save}</button>
            <button class="button primary" type="button" disabled>{save}</button>
            <button class="button small" type="button"><Icon name="plus"/>{save}</button>
            <button class="button quiet icon-only" type="button" aria-label=save><Icon name="settings"/></button>
        </div>
    };
    section("buttons", "Buttons", content.into_any())
}

fn badges() -> impl IntoView {
    let t = use_texts();
    let content = view! {
        <div class="row">
            <span class="badge">{t.get(Key::MembersYou)}</span>
            <span class="badge success">{t.get(Key::MembersStatusActive)}</span>
            <span class="badge info">{t.get(Key::MembersStatusInvited)}</span>
            <span class="badge warning">{t.get(Key::MembersStatusExpired)}</span>
            <span class="badge danger">{t.get(Key::MembersStatusMailFailed)}</span>
            {avatar("Ana Nowak")}{square("Atelier Fleur", false)}{square("Nordwind", true)}
        </div>
        {person("Oluwaseun Thorvaldsen-Wiśniewska", "oluwaseun.thorvaldsen-wisniewska@international.example")}
    };
    section("badges", "Badges, avatars", content.into_any())
}

fn fields() -> impl IntoView {
    let t = use_texts();
    let state = FormState::new("/dev/gallery");
    let choices = Lang::ALL.map(|l| Choice::new(l.code(), l.endonym())).to_vec();
    state.show(&Outcome::Invalid { errors: vec![FieldError::new("wrong", Fault::Email)] });
    let help = t.get(Key::StoreDetailsStoreUrlHelp);
    let field = |name: &str, kind, label: Key| Field::new(name, kind, t.get(label));
    let meaning = |choice: Choice| choice.help(t.get(Key::StoreDetailsStoreUrlHelp));
    let explained: Vec<Choice> = choices.iter().cloned().map(meaning).take(2).collect();
    let group = ChoiceGroup { label: t.get(Key::NavLanguage).into(), choices: explained.clone() };
    let fields = [
        field("plain", Kind::Text, Key::StoreDetailsName).value("Atelier Fleur").required().half(),
        field("helped", Kind::Text, Key::StoreDetailsStoreUrl).help(help).half(),
        field("wrong", Kind::Email, Key::StoreDetailsContactEmail).value("ana@").half(),
        field("secret", Kind::Password { new: false }, Key::SignInPassword).half(),
        field("choice", Kind::Select(choices), Key::StoreDetailsLanguage).value("pl").required(),
        field("lines", Kind::Lines(2), Key::StoreDetailsStreet)
            .value("12 rue des Martyrs\nBâtiment C"),
        field("radio", Kind::Radio(explained), Key::NavLanguage).value("en"),
        field("boxes", Kind::Checks(vec![group]), Key::NavLanguage).value("en"),
        field("image", Kind::Image(String::new()), Key::StoreDetailsLogo).help(help),
        field("box", Kind::Check, Key::SignUpConsentMarketing).on(true),
        field("switch", Kind::Toggle, Key::SignUpConsentMarketing).on(true),
    ];
    let content = view! {
        <form class="card"><div class="fields">
            {fields.map(|field| control(state, field)).collect_view()}
        </div></form>
    };
    section("fields", "Fields", content.into_any())
}

fn messages() -> impl IntoView {
    let t = use_texts();
    let faults = vec![FieldError::new("wrong", Fault::Email)];
    let content = view! {
        <div class="stack">
            {banner(t.get(Refusal::LastAdministrator.text()).to_owned())}
            {error_summary(faults, |_| t.get(Key::StoreDetailsContactEmail).to_owned(), |field| field.to_owned())}
            <div class="banner warning"><Icon name="triangle-alert"/><div><p>{t.get(Key::ConflictTitle)}</p></div></div>
            <div class="banner success"><Icon name="circle-check"/><div><p>{t.get(Key::NoticeSaved)}</p></div></div>
            <div class="toast"><Icon name="circle-check"/><p>{t.get(Key::NoticeInvited)}</p></div>
        </div>
    };
    section("messages", "Banners, toasts", content.into_any())
}

fn nothing() -> impl IntoView {
    let t = use_texts();
    let content = view! {
        <div class="list"><div class="empty">
            <Icon name="search-x"/>
            <h3>{t.get(Key::MembersNoResults)}</h3>
            <p>{t.get(Key::MembersNoResultsText)}</p>
            <div class="row"><button class="button" type="button">{t.get(Key::MembersClear)}</button></div>
        </div></div>
    };
    section("nothing", "Nothing there", content.into_any())
}
