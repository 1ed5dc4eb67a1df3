use super::api::SignIn;
use crate::{
    layout::AuthFrame,
    path::Path,
    ui::{Form, FormState, PageTitle, control, labels, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use model::{
    panel::{Field, Kind},
    text::Key,
};

/// The demonstration's people: e-mail address and role.
const DEMO: [(&str, Key); 2] =
    [("admin@demo.example", Key::RoleAdministrator), ("marketer@demo.example", Key::RoleMarketer)];
/// Their password.
const DEMO_PASSWORD: &str = "store-manager-demo";

/// Sign in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = use_texts();
    let state = FormState::new(SignIn::PATH);
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let (target, further) = (next.clone(), next.clone());
    let email =
        Field::new("email", Kind::Email, t.get(Key::SignInEmail)).autofill("username").required();
    let password =
        Field::new("password", Kind::Password { new: false }, t.get(Key::SignInPassword))
            .autofill("current-password")
            .required();
    let aside = view! {
        <p>{t.get(Key::SignInNoAccount)}" "<a href=Path::SignUp.to_string()>{t.get(Key::SignInCreate)}</a></p>
    };
    let demo = use_context::<crate::Demo>().is_some_and(|demo| demo.0);
    view! {
        <AuthFrame aside=Some(aside.into_any())>
            <PageTitle text=t.get(Key::SignInTitle).to_owned()/>
            <div class="intro"><h1>{t.get(Key::SignInTitle)}</h1><p>{t.get(Key::SignInIntro)}</p></div>
            <Form state=state labels=labels([&email, &password]) class="card">
                <input type="hidden" name="next" value=target/>
                {control(state, email)}
                {control(state, password)}
                <button class="button primary wide" disabled=state.pending()>{t.get(Key::SignInSubmit)}</button>
                <p class="row">
                    <a href=Path::Account("forgot").to_string()>{t.get(Key::SignInForgot)}</a>
                    <a href=Path::AccountThen("passkey", further).to_string()>{t.get(Key::SignInPasskey)}</a>
                    <a href=Path::SignOn.to_string()>{t.get(Key::TabSingleSignOn)}</a>
                </p>
            </Form>
            {demo.then(|| view! { <DemoPeople next=next/> })}
        </AuthFrame>
    }
}

/// The sign-ins of the demonstration, one click each.
#[component]
fn DemoPeople(next: String) -> impl IntoView {
    let t = use_texts();
    let people = DEMO.map(|(email, role)| {
        view! {
            <li>
                <div><b>{t.get(role)}</b><code>{email}</code></div>
                <form method="post" action=SignIn::PATH>
                    <input type="hidden" name="next" value=next.clone()/>
                    <input type="hidden" name="email" value=email/>
                    <input type="hidden" name="password" value=DEMO_PASSWORD/>
                    <button class="button small" aria-label=format!("{} – {}", t.get(Key::SignInSubmit), t.get(role))>
                        {t.get(Key::SignInSubmit)}
                    </button>
                </form>
            </li>
        }
    });
    view! {
        <section class="demo" aria-labelledby="demo">
            <h2 id="demo">{t.get(Key::SignInDemoTitle)}</h2>
            <p>{t.get(Key::SignInDemoIntro)}</p>
            <ul class="rows">{people.collect_view()}</ul>
            <p>{t.get(Key::SignInDemoPassword)}" "<code>{DEMO_PASSWORD}</code></p>
        </section>
    }
}
