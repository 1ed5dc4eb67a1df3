/// Declares a section: a typed struct with its documentation, and the section's description.
///
/// ```
/// use model::{access::Permission, settings::{section, Field, Group, Kind, Scope}, text::Key};
///
/// section! {
///     /// How the store greets people.
///     pub struct Greeting {
///         key: "greeting", group: Group::General, icon: "store",
///         scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
///         title: Key::StoreDetailsTitle, intro: Key::StoreDetailsIntro, help: Key::HelpStoreDetails,
///     }
///     Key::StoreDetailsIdentity => {
///         /// The words.
///         words: String = Field::new("words", Kind::Text, Key::StoreDetailsName).required();
///     }
/// }
/// use model::settings::Settings;
/// assert_eq!(Greeting::read(&Default::default()).words, "");
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __section {
    (
        $(#[$doc:meta])*
        pub struct $name:ident { $($attribute:ident: $value:expr),+ $(,)? }
        $($title:expr => { $($(#[$field_doc:meta])* $field:ident: $type:ty = $spec:expr;)+ })+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($($(#[$field_doc])* pub $field: $type,)+)+ }

        impl $crate::settings::Settings for $name {
            const SECTION: &'static $crate::settings::Section = &$crate::settings::Section {
                $($attribute: $value,)+
                groups: &[$($crate::settings::FieldGroup { title: $title, fields: &[$($spec),+] }),+],
            };

            fn read(document: &$crate::settings::Document) -> Self {
                Self { $($($field: $crate::settings::typed(
                    <Self as $crate::settings::Settings>::SECTION, document, stringify!($field)),)+)+ }
            }
        }
    };
}
pub use crate::__section as section;
