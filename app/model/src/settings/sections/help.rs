use crate::{
    access::Permission,
    settings::{Field, Group, Kind, Row, Scope, section},
    text::Key,
};

/// The columns of a link.
const LINK: &[Field] = &[
    Field::new("title", Kind::Text, Key::SupportLinkTitle).required().max(80),
    Field::new("url", Kind::Url { hosts: &[] }, Key::SupportLinkUrl).required(),
];

section! {
    /// What a store's people find behind the Help button (C-51, C-52).
    pub struct Help {
        key: "help", group: Group::General, icon: "circle-help",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::HelpTitle, intro: Key::SupportIntro, help: Key::HelpHelp,
    }
    Key::SupportDesk => {
        /// Where support tickets are mailed to.
        address: String = Field::new("address", Kind::Email, Key::SupportAddress).half()
            .help(Key::SupportAddressHelp).words(Key::SupportWords);
        /// A page with answers.
        url: String = Field::new("url", Kind::Url { hosts: &[] }, Key::SupportUrl).half()
            .help(Key::SupportUrlHelp);
        /// When somebody answers.
        hours: String = Field::new("hours", Kind::Text, Key::SupportHours).help(Key::SupportHoursHelp);
    }
    Key::SupportTexts => {
        /// What the help page says.
        text: String = Field::new("text", Kind::Rich, Key::SupportText).help(Key::SupportTextHelp)
            .words(Key::SupportWords);
        /// Links to learn from: `title` and `url`.
        links: Vec<Row> = Field::new("links", Kind::Rows(LINK), Key::SupportLinks)
            .help(Key::SupportLinksHelp).words(Key::SupportWords);
    }
}
