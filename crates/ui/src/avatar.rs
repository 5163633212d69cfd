//! People: initials on a colour that stays the same, or a photo in the same shape.

use leptos::prelude::*;

use crate::text::{Text, classes};

/// Edge length of an avatar in CSS pixels. From 56 on it is a rounded square.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 20 px, in menus.
    S20,
    /// 24 px, in tables.
    S24,
    /// 32 px, in lists.
    #[default]
    S32,
    /// 40 px, in threads.
    S40,
    /// 56 px, in the catalogue.
    S56,
    /// 88 px, on a profile.
    S88,
}

impl AvatarSize {
    const fn class(self) -> &'static str {
        match self {
            Self::S20 => "av-20",
            Self::S24 => "av-24",
            Self::S32 => "",
            Self::S40 => "av-40",
            Self::S56 => "av-56",
            Self::S88 => "av-88",
        }
    }

    const fn pixels(self) -> &'static str {
        match self {
            Self::S20 => "20",
            Self::S24 => "24",
            Self::S32 => "32",
            Self::S40 => "40",
            Self::S56 => "56",
            Self::S88 => "88",
        }
    }
}

/// The colour of a member: a hash (FNV-1a) of the id, modulo 8.
pub fn avatar_colour(id: &str) -> u8 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The low bits of FNV-1a mix well enough for eight colours once folded.
    u8::try_from((hash ^ (hash >> 32)) % 8).unwrap_or_default()
}

/// The initials of a name: first letters of the first and last word, titles left out.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter(|word| !matches!(word.trim_end_matches('.'), "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "Sr" | "Sra"));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A person. The name stands beside it, so it is hidden from screen readers unless `label` is given.
#[component]
pub fn Avatar(
    /// The member's id: decides the colour.
    #[prop(into)]
    id: String,
    /// The display name: gives the initials.
    #[prop(into)]
    name: String,
    /// Address of a photo.
    #[prop(optional, into)]
    src: Text,
    /// Edge length.
    #[prop(optional)]
    size: AvatarSize,
    /// What the avatar says when it stands alone.
    #[prop(optional, into)]
    label: Text,
    /// Is here now: shows a dot. Say it in words nearby too.
    #[prop(optional)]
    present: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let colour = format!("av-{}", avatar_colour(&id));
    let class = classes(&["av", &colour, size.class(), class.as_str()]);
    let role = label.is_some().then_some("img");
    let hidden = (!label.is_some()).then_some("true");
    // Drawn by the style sheet: initials are a picture, not text to read, find or copy.
    let initials = (!src.is_some()).then(|| initials(&name));
    let face = match src.into_option() {
        Some(src) => view! {
            <img src=src alt="" width=size.pixels() height=size.pixels() loading="lazy" decoding="async" />
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <span class=class role=role aria-label=label.into_option() aria-hidden=hidden data-initials=initials>
            {face}
            {present.then(|| view! { <span class="pres"></span> })}
        </span>
    }
}

/// A few avatars that overlap.
#[component]
pub fn Avatars(
    /// The avatars.
    children: Children,
) -> impl IntoView {
    view! { <span class="avs">{children()}</span> }
}

#[cfg(test)]
mod tests {
    use super::{avatar_colour, initials};

    #[test]
    fn initials_leave_out_titles() {
        assert_eq!(initials("Dr Amara Okafor"), "AO");
        assert_eq!(initials("Eleni Marangou"), "EM");
        assert_eq!(initials("Madonna"), "M");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("ßeta de la Vega"), "SSV");
    }

    #[test]
    fn the_colour_stays_and_spreads() {
        assert_eq!(avatar_colour("018f-1"), avatar_colour("018f-1"));
        let mut seen = [0_u32; 8];
        for n in 0..800 {
            if let Some(count) = seen.get_mut(usize::from(avatar_colour(&format!("018f3a2e-{n:04x}")))) {
                *count += 1;
            }
        }
        assert!(seen.iter().all(|count| (50..150).contains(count)), "{seen:?}");
    }
}
