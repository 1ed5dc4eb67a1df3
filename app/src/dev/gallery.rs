use super::api::Gallery;
use crate::{
    layout::{Console, Head},
    load::page,
    ui::{
        Checkbox, FormState, Icon, ImageField, PasswordField, SelectField, TextField, TextLines,
        Toggle, avatar, banner, error_summary, person, square, use_texts,
    },
};
use leptos::prelude::*;
use model::{
    FieldError, Outcome, Refusal,
    check::Fault,
    text::{Key, Lang},
    view::Choice,
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
    let choices =
        Lang::ALL.map(|l| Choice { value: l.code().into(), label: l.endonym().into() }).to_vec();
    state.show(&Outcome::Invalid { errors: vec![FieldError::new("wrong", Fault::Email)] });
    let help = Some(t.get(Key::StoreDetailsStoreUrlHelp));
    let content = view! {
        <div class="card"><div class="fields">
            <TextField state name="plain" label=t.get(Key::StoreDetailsName) value="Atelier Fleur" required=true/>
            <TextField state name="helped" label=t.get(Key::StoreDetailsStoreUrl) help/>
            <TextField state name="wrong" label=t.get(Key::StoreDetailsContactEmail) value="ana@"/>
            <PasswordField state name="secret" label=t.get(Key::SignInPassword) autofill="off"/>
            <SelectField state name="choice" label=t.get(Key::StoreDetailsLanguage) choices value="pl" required=true/>
            <TextLines state name="lines" label=t.get(Key::StoreDetailsStreet) value="12 rue des Martyrs\nBâtiment C" max=300/>
            <ImageField state name="image" label=t.get(Key::StoreDetailsLogo) value="" help/>
            <Checkbox state name="box" label=t.get(Key::SignUpConsentMarketing) checked=true/>
            <Toggle state name="switch" label=t.get(Key::SignUpConsentMarketing) checked=true/>
        </div></div>
    };
    section("fields", "Fields", content.into_any())
}

fn messages() -> impl IntoView {
    let t = use_texts();
    let faults = vec![FieldError::new("wrong", Fault::Email)];
    let content = view! {
        <div class="stack">
            {banner(t.get(Refusal::LastAdministrator.text()).to_owned())}
            {error_summary(faults, |_| t.get(Key::StoreDetailsContactEmail).to_owned())}
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
