//! Type, colour, buttons, badges, people.

use leptos::prelude::*;

use super::{caption, section};
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        section("type", "Type", type_()),
        section("colour", "Colour", colour()),
        section("buttons", "Buttons", buttons()),
        section("icons", "Icons", icons()),
        section("badges", "Badges and people", badges()),
    ]
}

fn type_() -> AnyView {
    view! {
        <div class="stack stack-3">
            <p class="t-32 strong">"£48,210.00"</p>
            <p class="t-24 strong">"A-level maths tutors"</p>
            <p class="t-20 strong">"October 2026"</p>
            <p class="t-16 strong">"Needs a decision"</p>
            <p class="read">"Reading text, 16/24, at most 66 characters to a line. Used for bios, course descriptions and posts."</p>
            <p>"Interface text, 14/20. "<span class="muted">"Muted. "</span><span class="faint">"Faint, still AA. "</span><span class="num">"Tabular 1,506 · 09:41"</span></p>
            <p class="t-12 muted">"Hints, stamps and table heads, 12/16"</p>
            <p><a class="link" href="#type">"A link in text"</a>", "<a class="link-quiet" href="#type">"a quiet link"</a>", "<Kbd>"⌘K"</Kbd>", "<code>"NS-10517"</code></p>
        </div>
    }
    .into_any()
}

fn colour() -> AnyView {
    let brands = [
        ("Northside", "g-b1"),
        ("Lingua", "g-b2"),
        ("Codelab", "g-b3"),
        ("A light brand", "g-b4"),
        ("A very dark brand", "g-b5"),
        ("A loud brand", "g-b6"),
    ];
    let tokens = ["g-accent", "g-accent-hover", "g-accent-subtle", "g-accent-subtle-2", "g-accent-line", "g-accent-text"];
    view! {
        <div class="g-swatches" aria-hidden="true">
            {(0..=10).map(|n| view! { <i class=format!("g-n{n}")></i> }).collect_view()}
        </div>
        <div class="cols-3">
            {brands
                .map(|(name, class)| view! {
                    <div class=format!("panel panel-pad g-brand brand-scope {class}")>
                        <p class="mid">{name}</p>
                        <div class="g-swatches" aria-hidden="true">
                            {tokens.map(|token| view! { <i class=token></i> }).collect_view()}
                        </div>
                        <div class="row wrap">
                            <Button tone=Tone::Primary size=Size::Small>"Book lesson"</Button>
                            <Chip label="A-level" on=true />
                            <a class="link" href="#colour">"Details"</a>
                        </div>
                    </div>
                })
                .collect_view()}
        </div>
        {caption("Each block sets --brand only; everything else derives.")}
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <div class="row wrap">
            <Button tone=Tone::Primary>"Pay £32.00"</Button>
            <Button>"Reschedule"</Button>
            <Button tone=Tone::Ghost>"Not now"</Button>
            <Button tone=Tone::Danger>"Cancel and refund £24.00"</Button>
            <Button tone=Tone::DangerQuiet>"Remove card"</Button>
            <LinkButton href="#buttons" icon=Glyph::Download>"Export"</LinkButton>
        </div>
        <div class="row wrap">
            <Button tone=Tone::Primary size=Size::Small>"Small 28"</Button>
            <Button tone=Tone::Primary>"Medium 36"</Button>
            <Button tone=Tone::Primary size=Size::Large>"Large 44"</Button>
            <IconButton label="Save" icon=Glyph::Bookmark tone=Tone::Secondary />
            <IconButton label="Saved" icon=Glyph::Bookmark tone=Tone::Secondary pressed=true />
            <IconButton label="More actions" icon=Glyph::Ellipsis size=Size::Small />
            <IconLink label="Messages, 3 unread" icon=Glyph::MessageSquare href="#buttons" count="3" />
        </div>
        <div class="row wrap">
            <Button tone=Tone::Primary busy=true>"Paying…"</Button>
            <Button busy=true>"Saving…"</Button>
            <Button tone=Tone::Primary disabled=true>"Disabled"</Button>
            <Button disabled=true>"Disabled"</Button>
            <LinkButton href="#buttons" disabled=true>"Disabled link"</LinkButton>
        </div>
    }
    .into_any()
}

fn icons() -> AnyView {
    view! {
        <div class="g-icons muted">
            {Glyph::ALL
                .iter()
                .map(|&name| view! { <span title=name.name()><Icon name=name size=IconSize::Large /></span> })
                .collect_view()}
        </div>
    }
    .into_any()
}

fn badges() -> AnyView {
    let people = [
        ("Eleni Marangou", "018f-em"),
        ("Daniel Hale", "018f-dh"),
        ("Amara Okafor", "018f-ao"),
        ("Rhys Llewellyn", "018f-rl1"),
        ("Sofia Lindqvist", "018f-sl"),
        ("Kwame Boateng", "018f-kb"),
        ("Hannah Goldberg", "018f-hg"),
        ("Wei Chen", "018f-wc"),
    ];
    view! {
        <div class="row wrap">
            <Badge icon=Glyph::Check>"Confirmed"</Badge>
            <Badge mood=Mood::Ok>"Paid"</Badge>
            <Badge mood=Mood::Warn>"On hold"</Badge>
            <Badge mood=Mood::Bad>"Failed"</Badge>
            <Badge mood=Mood::Info icon=Glyph::Clock>"Waiting for tutor"</Badge>
            <Badge mood=Mood::Accent>"New"</Badge>
            <Badge mood=Mood::Line>"2nd on the list"</Badge>
            <CountDot count="3" label="3 unread" />
        </div>
        <div class="row wrap">
            {people.map(|(name, id)| view! { <Avatar id=id name=name size=AvatarSize::S40 /> }).collect_view()}
            <Avatar id="018f-ab" name="Ada Lindgren" size=AvatarSize::S40 present=true label="Ada Lindgren, here now" />
        </div>
        <div class="row wrap row-3">
            <Avatar id="018f-a" name="Eleni Marangou" size=AvatarSize::S88 />
            <Avatar id="018f-c" name="Daniel Hale" size=AvatarSize::S56 />
            <Avatar id="018f-d" name="Amara Okafor" />
            <Avatar id="018f-e" name="Rhys Llewellyn" size=AvatarSize::S24 />
            <Avatars>
                <Avatar id="1" name="Tom Whitfield" size=AvatarSize::S24 />
                <Avatar id="2" name="Priya Nair" size=AvatarSize::S24 />
                <Avatar id="3" name="Zara Ahmed" size=AvatarSize::S24 />
            </Avatars>
            <Rating text="4.96" count="(212)" label="4.96 of 5 from 212 reviews" />
            <Stars stars=4 label="4 of 5" />
        </div>
    }
    .into_any()
}
