use super::*;
use crate::{
    Domain,
    access::{ManageMembers, SectionEdit, section_edit},
    both_engines,
    db::Conn,
    images, invitation, mail, members,
    outbox::Effect,
    settings,
    testing::{access, company, execute, faults, invitation_token},
};
use model::{
    Input, InvitationId, StoreId, check,
    settings::{Branding, Kind, Settings as _, StoreDetails},
    text::{Lang, Texts},
};

fn input(values: &[(&str, &str)]) -> Input {
    values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

async fn brand_of(domain: &Domain, store: &StoreId) -> Brand {
    let read = async |conn: &mut Conn<'_>| brand(conn, store).await;
    domain.db.read(read).await.unwrap().unwrap()
}

#[test]
fn every_scheme_of_the_settings_is_known_and_can_be_read() {
    let Kind::Choice(options) = Branding::SECTION.field("scheme").unwrap().kind else { panic!() };
    let named: Vec<&str> = options.iter().map(|o| o.value).filter(|v| *v != "custom").collect();
    assert_eq!(named, SCHEMES.map(|scheme| scheme.key));
    for scheme in SCHEMES {
        let colors = scheme.colors();
        assert!(colors.contrast() >= check::READABLE, "{}", scheme.key);
        let button = check::contrast(colors.primary(), colors.on_primary()).unwrap();
        assert!(button >= check::READABLE, "{}", scheme.key);
        let link = check::contrast(colors.link(), colors.background()).unwrap();
        assert!(link >= check::READABLE, "{}", scheme.key);
    }
    let first = Branding::read(&model::settings::Document::new());
    assert_eq!(own_colors(&first), Colors::default(), "own colours begin with the first scheme");
}

#[test]
fn a_buttons_text_is_black_or_white() {
    for (primary, text) in [("#ffffff", "#000000"), ("#3d45c4", "#ffffff"), ("#ffcc00", "#000000")]
    {
        assert_eq!(Colors::new(primary, "#ffffff", "#000000").on_primary(), text);
    }
    // Whatever the main colour is, its button can be read.
    for step in 0..=255_u32 {
        let grey = format!("#{step:02x}{step:02x}{step:02x}");
        let colors = Colors::new(&grey, "#ffffff", "#000000");
        assert!(check::contrast(colors.on_primary(), &grey).unwrap() >= check::READABLE, "{grey}");
    }
}

#[test]
fn a_style_sheet_holds_nothing_but_colours() {
    let address = Colors::new("#FFCC00", "#101010", "#fefefe").address();
    assert_eq!(address, "/brand/ffcc00-101010-fefefe.css");
    let sheet = styles("ffcc00-101010-fefefe").unwrap();
    for part in ["--brand-primary:#ffcc00", "--brand-on-primary:#000000", "--brand-scheme:dark"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(styles("3d45c4-ffffff-1c2333").unwrap().contains("--brand-scheme:light"));
    for odd in [
        "",
        "3d45c4",
        "3d45c4-ffffff",
        "3d45c4-ffffff-1c233",
        "3d45c4-ffffff-1c2333-000000",
        "3d45c4-ffffff-}*{x:y",
        "red-ffffff-000000",
        "+d45c4-ffffff-1c2333",
        "../../x-y-z",
    ] {
        assert_eq!(styles(odd), None, "{odd}");
    }
    assert_eq!(Colors::new("red", "#ffffff", "#000000"), Colors::default());
    assert_eq!(scheme_styles().lines().count(), SCHEMES.len());
}

/// A company's store, what changes its branding, and an invitation to it.
struct Shop {
    store: StoreId,
    edit: SectionEdit,
    details: SectionEdit,
    invitation: InvitationId,
}

async fn shop(domain: &Domain) -> Shop {
    let company = company(domain, "Casa Ana").await;
    let edit = section_edit(domain, &company.owner, &company.store, Branding::SECTION);
    let details = section_edit(domain, &company.owner, &company.store, StoreDetails::SECTION);
    let (edit, details) = (edit.await.unwrap(), details.await.unwrap());
    let members = access::<ManageMembers>(domain, &company.owner, &company.store).await;
    let invitation =
        members::invite(domain, &members, "new@shop.example", "marketer").await.unwrap();
    Shop { store: company.store, edit, details, invitation }
}

async fn letter(domain: &Domain, shop: &Shop) -> mail::Mail {
    let effect = Effect::InvitationMail { invitation: shop.invitation.clone(), lang: Lang::En };
    mail::letter(domain, &effect).await.unwrap().unwrap().mail
}

both_engines! {
    async fn the_scheme_counts_or_the_own_colours(t: TestDomain) {
        let (domain, shop) = (&t.domain, shop(&t.domain).await);
        let before = brand_of(domain, &shop.store).await;
        assert_eq!((before.name.as_str(), before.chosen, before.logo), ("Casa Ana", false, None));
        assert_eq!(before.colors, Colors::default());
        settings::save(domain, &shop.edit, 0, &input(&[("scheme", "night")]), &[]).await.unwrap();
        let night = brand_of(domain, &shop.store).await;
        assert!(night.chosen && night.colors.background() == "#14171f");
        let own = [("scheme", "custom"), ("primary", "#FFCC00"), ("background", "#000000"), ("text", "#eeeeee")];
        settings::save(domain, &shop.edit, 1, &input(&own), &[]).await.unwrap();
        assert_eq!(brand_of(domain, &shop.store).await.colors, Colors::new("#ffcc00", "#000000", "#eeeeee"));
        let dim = input(&[("scheme", "custom"), ("text", "#333333")]);
        assert_eq!(faults(settings::save(domain, &shop.edit, 2, &dim, &[]).await), ["text"]);
        let odd = input(&[("scheme", "neon"), ("primary", "red;}")]);
        assert_eq!(faults(settings::save(domain, &shop.edit, 2, &odd, &[]).await), ["scheme", "primary"]);
    }

    async fn a_mail_has_the_stores_colours_and_logo(t: TestDomain) {
        let (domain, shop) = (&t.domain, shop(&t.domain).await);
        let plain = letter(domain, &shop).await;
        assert!(plain.html.contains("#3d45c4") && !plain.html.contains("<img") && plain.html.contains(">Casa Ana</p>"), "{}", plain.html);
        let own = [("scheme", "custom"), ("primary", "#ffcc00"), ("background", "#000000"), ("text", "#eeeeee")];
        settings::save(domain, &shop.edit, 0, &input(&own), &[]).await.unwrap();
        let details = images::tests::upload(domain, &shop.details).await;
        let save = input(&[("name", "Casa Ana"), ("store_url", "https://ana.example"),
            ("contact_email", "hello@ana.example"), ("logo", details.as_str())]);
        settings::save(domain, &shop.details, 1, &save, &[]).await.unwrap();
        let mail = letter(domain, &shop).await;
        for part in ["background:#ffcc00;color:#000000", "background:#000000;color:#eeeeee", "src=\"cid:logo\"", "alt=\"Casa Ana\""] {
            assert!(mail.html.contains(part), "{part} in {}", mail.html);
        }
        assert_eq!(mail.text, plain.text, "the text part is the same");
        assert_eq!(mail.brand.unwrap().logo, Some(details), "that of the details stands in");

        let logo = images::tests::upload(domain, &shop.edit).await;
        let mut with_logo = input(&own);
        with_logo.insert("logo".into(), logo.to_string());
        settings::save(domain, &shop.edit, 1, &with_logo, &[]).await.unwrap();
        assert_eq!(letter(domain, &shop).await.brand.unwrap().logo, Some(logo.clone()));
        let png = images::mail_logo(domain, &shop.store, &logo).await.unwrap().unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        let other = crate::testing::company(domain, "Other").await;
        assert_eq!(images::mail_logo(domain, &other.store, &logo).await.unwrap(), None);
    }

    async fn what_was_tampered_with_stays_harmless(t: TestDomain) {
        let (domain, shop) = (&t.domain, shop(&t.domain).await);
        settings::save(domain, &shop.edit, 0, &input(&[("scheme", "custom"), ("primary", "#ffcc00")]), &[]).await.unwrap();
        execute(domain, "UPDATE setting_document SET body = REPLACE(body, '#ffcc00', 'red\\\"><script>')
            WHERE section = 'branding'").await;
        let mail = letter(domain, &shop).await;
        assert!(!mail.html.contains("<script") && mail.html.contains("#3d45c4"), "{}", mail.html);
    }

    async fn the_acceptance_page_knows_colours_and_logo_by_the_token_only(t: TestDomain) {
        let (domain, shop) = (&t.domain, shop(&t.domain).await);
        let token = invitation_token(domain, &shop.invitation);
        let texts = Texts::of(Lang::En);
        let page = invitation::view(domain, token.expose(), None, texts).await.unwrap();
        assert_eq!((page.styles, page.logo), (None, false));
        assert!(matches!(invitation::logo(domain, token.expose()).await, Err(crate::Error::NotFound)));
        let logo = images::tests::upload(domain, &shop.edit).await;
        let chosen = input(&[("scheme", "ocean"), ("logo", logo.as_str())]);
        settings::save(domain, &shop.edit, 0, &chosen, &[]).await.unwrap();
        let page = invitation::view(domain, token.expose(), None, texts).await.unwrap();
        assert_eq!(page.styles.as_deref(), Some("/brand/0b6e99-f2fafd-10303f.css"));
        assert!(page.logo);
        let (kind, bytes) = invitation::logo(domain, token.expose()).await.unwrap();
        assert!(kind.starts_with("image/") && !bytes.is_empty());
        assert!(matches!(invitation::logo(domain, "made-up").await, Err(crate::Error::Refused(_))));
        t.advance(invitation::VALID + 1);
        assert!(matches!(invitation::logo(domain, token.expose()).await, Err(crate::Error::Refused(_))));
    }
}
