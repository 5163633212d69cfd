//! The frames of pages, small; and a page in Arabic.

use leptos::prelude::*;

use super::section;
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![portal(), section("site", "Public site", site()), section("rtl", "Right to left", rtl())]
}

fn brand(name: &str) -> Brand {
    Brand { name: name.to_owned(), href: "#portal".to_owned(), logo: None }
}

fn theme_labels() -> ThemeLabels {
    ThemeLabels { legend: "Theme".to_owned(), light: "Light".to_owned(), dark: "Dark".to_owned(), system: "As the system".to_owned() }
}

fn portal() -> AnyView {
    let groups = vec![
        NavGroup {
            title: None,
            items: vec![
                NavItem::new("#portal", "Home", Glyph::House),
                NavItem::new("#portal", "Calendar", Glyph::CalendarDays).current(true),
                NavItem::new("#portal", "Requests", Glyph::Inbox).badge(NavBadge::Dot("2".to_owned())),
                NavItem::new("#portal", "Students", Glyph::Users).badge(NavBadge::Count("31".to_owned())),
            ],
        },
        NavGroup {
            title: Some("Money".to_owned()),
            items: vec![NavItem::new("#portal", "Earnings", Glyph::ChartLine), NavItem::new("#portal", "Payouts and tax", Glyph::Landmark)],
        },
    ];
    let bar = vec![
        NavItem::new("#portal", "Home", Glyph::House),
        NavItem::new("#portal", "Calendar", Glyph::CalendarDays).current(true),
        NavItem::new("#portal", "Requests", Glyph::Inbox).badge(NavBadge::Dot("2".to_owned())),
        NavItem::new("#portal", "Messages", Glyph::MessageSquare),
    ];
    let search = PortalSearch { href: "#portal".to_owned(), label: "Search or jump to".to_owned(), kbd: Some("⌘K".to_owned()) };
    let me = PortalMe {
        id: "jr".to_owned(),
        name: "Jordan Reyes".to_owned(),
        note: "Tutor since 2024".to_owned(),
        photo: None,
        label: "Account menu".to_owned(),
    };
    let menu = view! {
        <MenuLink href="#portal" label="Profile" icon=Glyph::User />
        <MenuLink href="#portal" label="Settings" icon=Glyph::Settings />
        <MenuRule />
        <ThemeChoice action="/theme" next="/" current=Theme::System labels=theme_labels() />
        <MenuRule />
        <MenuForm action="/sign-out" label="Sign out" icon=Glyph::LogOut />
    };
    let tools = view! { <IconLink href="#portal" label="Notifications" icon=Glyph::Bell icon_size=IconSize::Large count="1" /> };
    // The shell brings its own landmarks, so no section stands around it.
    view! {
        <aside class="g-plain" aria-labelledby="g-portal"><h2 id="g-portal">"Portal"</h2></aside>
        <div class="g-frame" id="portal">
            <PortalFrame brand=brand("Codelab") groups=groups bar=bar search=search me=me me_menu=menu.into_any() top_tools=tools.into_any() />
        </div>
    }
    .into_any()
}

/// The shell itself; a component so that its slots read as in a page.
#[component]
fn PortalFrame(
    brand: Brand,
    groups: Vec<NavGroup>,
    bar: Vec<NavItem>,
    search: PortalSearch,
    me: PortalMe,
    me_menu: AnyView,
    top_tools: AnyView,
) -> impl IntoView {
    view! {
        <PortalShell
            brand=brand
            label="Tutor"
            skip_label="Skip to content"
            more_label="More"
            close_label="Close"
            groups=groups
            bar=bar
            search=search
            me=me
            me_menu=me_menu
            top_tools=top_tools
        >
            <PageHead title="Calendar" note="Pacific time (PDT)" back_href="#portal" back_label="Home">
                <LinkButton href="#portal" icon=Glyph::CalendarClock>"Edit availability"</LinkButton>
            </PageHead>
            <Empty icon=Glyph::CalendarPlus title="No lessons this week" body="Open more hours and students can book them." />
        </PortalShell>
    }
}

fn site() -> AnyView {
    let nav = vec![NavLink::new("#site", "Find a tutor").current(true), NavLink::new("#site", "Courses"), NavLink::new("#site", "Prices")];
    let tools = view! {
        <LinkButton href="#site" tone=Tone::Ghost size=Size::Small icon=Glyph::Globe class="hide-m">"English · London"</LinkButton>
        <ThemeToggle action="/theme" next="/" labels=theme_labels() />
    };
    let account = view! {
        <LinkButton href="#site" tone=Tone::Ghost size=Size::Small>"Sign in"</LinkButton>
        <LinkButton href="#site" tone=Tone::Primary size=Size::Small>"Sign up"</LinkButton>
    };
    view! {
        <div class="g-frame">
            <SiteHeader brand=brand("Northside") label="Main" skip_label="Skip to content" menu_label="Menu" nav=nav tools=tools.into_any() account=account.into_any() />
            <SiteFooter
                note="© 2026 Northside"
                label="About this site"
                links=vec![NavLink::new("#site", "Help"), NavLink::new("#site", "Cancellation policy"), NavLink::new("#site", "Privacy"), NavLink::new("#site", "Terms")]
                end=view! { <span>"English · London (BST)"</span> }.into_any()
            />
        </div>
    }
    .into_any()
}

fn rtl() -> AnyView {
    view! {
        <div dir="rtl" lang="ar" class="panel panel-pad stack stack-4">
            <Crumbs label="مسار" items=vec![("#rtl".to_owned(), "المعلمون".to_owned())] here="الرياضيات" />
            <div class="list-row">
                <Avatar id="em" name="Eleni Marangou" size=AvatarSize::S40 />
                <div class="grow">
                    <p class="strong">"إليني مارانغو"</p>
                    <p class="muted">"الثلاثاء ١٣ أكتوبر، " <bdi class="num">"17:00"</bdi> " بتوقيت لندن"</p>
                </div>
                <Badge mood=Mood::Ok>"مؤكد"</Badge>
                <Button size=Size::Small>"تغيير الموعد"</Button>
            </div>
            <div class="cols-2">
                <SelectField name="g-ar" label="المادة" choices=vec![Choice::new("m", "الرياضيات")] />
                <TextField name="g-ar-q" label="ابحث" icon=Glyph::Search placeholder="اسم المعلم" />
            </div>
            <Callout mood=Mood::Warn>"يمكنك الإلغاء مجانًا حتى يوم الاثنين " <bdi class="num">"17:00"</bdi> "."</Callout>
        </div>
    }
    .into_any()
}
