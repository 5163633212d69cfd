//! The frames of our pages: the public site's and the portals', filled with the tenant, the
//! reader and the links that this reader may follow.

use crate::{Flash, PageTitle, RequestCx, Site, try_cx};
use domain::{Member, policies::PolicyKind};
use i18n::t;
use kernel::{Flag, Permission, urls};
use leptos::prelude::*;
use ui::prelude::*;
use ui::shell::{self, Brand, NavGroup, NavItem, NavLink, PortalMe, SiteFooter, SiteHeader, ThemeLabels, ThemeToggle};

/// A portal, by the role that enters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    /// `/student`
    Student,
    /// `/tutor`
    Tutor,
    /// `/admin`
    Admin,
    /// `/operator`, on the platform's host
    Operator,
}

impl Portal {
    /// Its area of the locale files.
    const fn area(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Tutor => "tutor",
            Self::Admin => "admin",
            Self::Operator => "operator",
        }
    }

    /// Its front page.
    pub const fn home(self) -> &'static str {
        match self {
            Self::Student => urls::student::HOME,
            Self::Tutor => urls::tutor_portal::HOME,
            Self::Admin => urls::admin::HOME,
            Self::Operator => urls::operator::HOME,
        }
    }

    /// Whether `member` of this site may enter.
    fn is_open_to(self, site: &Site, member: &Member) -> bool {
        match (self, site) {
            (Self::Operator, Site::Platform(_)) => member.roles.admin,
            (Self::Operator, Site::Tenant(_)) | (_, Site::Platform(_)) => false,
            (Self::Student, _) => member.roles.student,
            (Self::Tutor, _) => member.roles.tutor,
            (Self::Admin, _) => !member.permissions.is_empty(),
        }
    }

    /// The portals that `member` may enter here: whoever runs the school sees to it first, whoever teaches to their lessons.
    pub fn of(cx: &RequestCx, member: &Member) -> impl Iterator<Item = Self> {
        [Self::Operator, Self::Admin, Self::Tutor, Self::Student].into_iter().filter(|portal| portal.is_open_to(cx.site(), member))
    }

    /// Its pages, as far as `member` may see them: address, label and icon.
    fn items(self, member: &Member) -> Vec<(&'static str, &'static str, Glyph)> {
        match self {
            Self::Student => vec![
                (urls::student::HOME, "student-nav-home", Glyph::House),
                (urls::student::LESSONS, "student-nav-lessons", Glyph::Calendar),
                (urls::student::ORDERS, "student-nav-orders", Glyph::ReceiptText),
                (urls::TUTORS, "student-nav-find", Glyph::Search),
                (urls::student::SETTINGS, "student-nav-settings", Glyph::Settings),
            ],
            Self::Tutor => vec![
                (urls::tutor_portal::HOME, "tutor-nav-home", Glyph::House),
                (urls::tutor_portal::CALENDAR, "tutor-nav-calendar", Glyph::Calendar),
                (urls::tutor_portal::AVAILABILITY, "tutor-nav-availability", Glyph::Clock),
                (urls::tutor_portal::OFFERINGS, "tutor-nav-offerings", Glyph::Library),
                (urls::tutor_portal::EARNINGS, "tutor-nav-earnings", Glyph::Wallet),
                (urls::tutor_portal::PROFILE, "tutor-nav-profile", Glyph::User),
            ],
            Self::Operator => vec![
                (urls::operator::HOME, "operator-nav-home", Glyph::LayoutDashboard),
                (urls::operator::SCHOOLS, "operator-nav-schools", Glyph::Building2),
                (urls::operator::JOBS, "operator-nav-jobs", Glyph::Inbox),
                (urls::operator::FLAGS, "operator-nav-flags", Glyph::Settings),
                (urls::operator::AUDIT, "operator-nav-audit", Glyph::ShieldCheck),
            ],
            Self::Admin => {
                let pages = [
                    (Permission::SeeOverview, urls::admin::HOME, "admin-nav-home", Glyph::LayoutDashboard),
                    (Permission::Approve, urls::admin::APPROVALS, "admin-nav-approvals", Glyph::Inbox),
                    (Permission::SeeBookings, urls::admin::BOOKINGS, "admin-nav-bookings", Glyph::Calendar),
                    (Permission::SeeOrders, urls::admin::ORDERS, "admin-nav-orders", Glyph::ReceiptText),
                    (Permission::SeeLedger, urls::admin::LEDGER, "admin-nav-ledger", Glyph::Scale),
                    (Permission::SeeMembers, urls::admin::MEMBERS, "admin-nav-members", Glyph::Users),
                    (Permission::SeeAudit, urls::admin::AUDIT, "admin-nav-audit", Glyph::ShieldCheck),
                    (Permission::ManageSettings, urls::admin::SUBJECTS, "admin-nav-subjects", Glyph::Library),
                    (Permission::ManageSettings, urls::admin::SETTINGS, "admin-nav-settings", Glyph::Settings),
                ];
                let allowed = pages.into_iter().filter(|(permission, ..)| member.permissions.has(*permission));
                allowed.map(|(_, href, label, icon)| (href, label, icon)).collect()
            }
        }
    }

    /// The page of it on which `member` begins.
    pub fn entry(self, member: &Member) -> &'static str {
        self.items(member).first().map_or(urls::HOME, |(href, ..)| href)
    }
}

/// What a frame says of this site: the tenant's name, or the platform's.
fn brand(cx: &RequestCx, href: &str) -> Brand {
    let (name, logo) = match cx.site() {
        Site::Tenant(actor) => (actor.tenant.name.clone(), domain::uploads::logo(&cx.services().tenants, &actor.tenant)),
        Site::Platform(_) => (t!(cx.locale(), "common-platform-name"), None),
    };
    Brand { name, href: href.to_owned(), logo }
}

fn theme_toggle(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let labels = ThemeLabels {
        legend: t!(locale, "common-theme"),
        light: t!(locale, "common-theme-light"),
        dark: t!(locale, "common-theme-dark"),
        system: t!(locale, "common-theme-system"),
    };
    view! { <ThemeToggle action=urls::PREFERENCES next=cx.path_and_query() labels=labels/> }.into_any()
}

/// "English · London": leads to the page where both are chosen.
fn reader_link(cx: &RequestCx, class: &'static str) -> AnyView {
    let label = format!("{} · {}", cx.locale().name(), cx.reader().zone_city());
    let href = urls::with_query(urls::PREFERENCES, &[("next", &cx.path_and_query())]);
    view! { <LinkButton href=href tone=Tone::Ghost size=Size::Small icon=Glyph::Globe class=class>{label}</LinkButton> }.into_any()
}

/// The links of a member's menu: its portals, then sign-out.
fn member_menu(cx: &RequestCx, member: &Member) -> AnyView {
    let locale = cx.locale();
    let portals = Portal::of(cx, member)
        .map(|portal| {
            let (key, icon) = match portal {
                Portal::Student => ("common-portal-student", Glyph::House),
                Portal::Tutor => ("common-portal-tutor", Glyph::Calendar),
                Portal::Admin => ("common-portal-admin", Glyph::LayoutDashboard),
                Portal::Operator => ("common-portal-operator", Glyph::Building2),
            };
            view! { <MenuLink href=portal.entry(member) label=i18n::t(locale, key) icon=icon/> }
        })
        .collect_view();
    let of_schools = matches!(cx.site(), Site::Tenant(_)).then(|| {
        view! {
            <MenuLink href=urls::PRIVACY label=t!(locale, "privacy-title") icon=Glyph::Database/>
            <MenuLink href=urls::SCHOOLS label=t!(locale, "accounts-schools-title") icon=Glyph::Building2/>
        }
    });
    let preferences = urls::with_query(urls::PREFERENCES, &[("next", &cx.path_and_query())]);
    view! {
        {portals}
        <MenuLink href=urls::SECURITY label=t!(locale, "accounts-security-title") icon=Glyph::ShieldCheck/>
        {of_schools}
        <MenuLink href=preferences label=t!(locale, "common-language-and-zone") icon=Glyph::Globe/>
        <MenuRule/>
        <MenuForm action=urls::SIGN_OUT label=t!(locale, "common-sign-out") icon=Glyph::LogOut/>
    }
    .into_any()
}

fn account(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    match (cx.site(), cx.member()) {
        (Site::Platform(actor), None) => actor
            .tenant
            .flags
            .has(Flag::Founding)
            .then(|| view! { <LinkButton href=urls::NEW_TENANT tone=Tone::Primary size=Size::Small>{t!(locale, "platform-start")}</LinkButton> })
            .into_any(),
        (_, Some(member)) => {
            let face = view! { <Avatar id=member.id.to_string() name=member.name.clone() size=AvatarSize::S24/> }.into_any();
            let menu = member_menu(cx, member);
            view! { <Menu label=t!(locale, "common-account-menu") face=face tone=Tone::Ghost>{menu}</Menu> }.into_any()
        }
        (Site::Tenant(actor), None) => {
            let sign_up = actor.tenant.flags.has(Flag::SignUp).then(|| {
                view! { <LinkButton href=urls::SIGN_UP tone=Tone::Primary size=Size::Small class="hide-m">{t!(locale, "common-sign-up")}</LinkButton> }
            });
            view! {
                <LinkButton href=urls::sign_in(&after_sign_in(cx)) tone=Tone::Ghost size=Size::Small>{t!(locale, "common-sign-in")}</LinkButton>
                {sign_up}
            }
            .into_any()
        }
    }
}

/// The page to come back to; the forms of sign-in themselves lead home.
fn after_sign_in(cx: &RequestCx) -> String {
    match cx.path() {
        urls::SIGN_IN
        | urls::SECOND_FACTOR
        | urls::PASSKEY
        | urls::ELSEWHERE
        | urls::NEWCOMER
        | urls::SIGN_UP
        | urls::CONFIRM
        | urls::FORGOT
        | urls::RESET
        | urls::INVITATION
        | urls::GUARDIAN
        | urls::HOME => String::new(),
        // With a code in it, and over.
        path if path.starts_with(urls::BACK) => String::new(),
        _ => cx.path_and_query(),
    }
}

/// Whether the page uses the whole width or the reading width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wide {
    /// The page's usual width.
    #[default]
    No,
    /// Everything the screen has.
    Yes,
}

/// The frame of the public site, on a tenant's host and on the platform's.
#[component]
pub fn PublicShell(
    /// The page's title, without the site's name.
    #[prop(into)]
    title: String,
    /// Instead of the navigation: the steps of a checkout.
    #[prop(optional)]
    middle: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let Some(cx) = try_cx() else { return ().into_any() };
    let locale = cx.locale();
    let brand = brand(&cx, urls::HOME);
    let site_name = brand.name.clone();
    let on_tenant = matches!(cx.site(), Site::Tenant(_));
    let links: Vec<NavLink> = if on_tenant && middle.is_none() {
        [(urls::TUTORS, "public-nav-tutors"), (urls::PRICES, "public-nav-prices")]
            .into_iter()
            .map(|(href, key)| NavLink::new(href, i18n::t(locale, key)).current(cx.path().starts_with(href)))
            .collect()
    } else {
        Vec::new()
    };
    let cookies = NavLink::new(urls::COOKIES, t!(locale, "privacy-cookies"));
    let footer = match cx.site() {
        Site::Tenant(actor) => {
            let own = PolicyKind::ALL.into_iter().filter(|kind| actor.tenant.policies.contains(kind));
            [(urls::TUTORS, "public-nav-tutors".to_owned()), (urls::POLICY, "public-nav-policy".to_owned())]
                .into_iter()
                .chain(own.map(|kind| (kind.page(), format!("policies-{}", kind.key()))))
                .map(|(href, key)| NavLink::new(href, i18n::t(locale, &key)))
                .chain([cookies])
                .collect()
        }
        Site::Platform(_) => vec![cookies],
    };
    let year = cx.reader().year(cx.now());
    let note = t!(locale, "common-copyright", year = year, name = site_name.clone());
    let tools = view! { {reader_link(&cx, "hide-m")} {theme_toggle(&cx)} }.into_any();
    // The pages that forms on the public site lead to; others have no toasts.
    let told = ["accounts", "common", "platform", "privacy", "policies"]
        .into_iter()
        .find(|area| cx.raw_query().contains(&format!("done={area}-")));
    let main = children();
    view! {
        <PageTitle text=format!("{title} · {site_name}")/>
        {match middle {
            Some(middle) => view! {
                <SiteHeader brand=brand label=t!(locale, "common-main-menu") skip_label=t!(locale, "common-skip-to-content") menu_label=t!(locale, "common-menu")
                    nav=links middle=middle tools=tools account=account(&cx)/>
            }.into_any(),
            None => view! {
                <SiteHeader brand=brand label=t!(locale, "common-main-menu") skip_label=t!(locale, "common-skip-to-content") menu_label=t!(locale, "common-menu")
                    nav=links tools=tools account=account(&cx)/>
            }.into_any(),
        }}
        <main id="main" tabindex="-1">{main}</main>
        {told.map(|area| view! { <Flash area=area/> })}
        <SiteFooter note=note label=t!(locale, "common-footer") links=footer end=reader_link(&cx, "")/>
    }
    .into_any()
}

/// The frame of a portal. Call it with a member who may be there: services refuse others.
#[component]
pub fn PortalShell(
    /// Which portal.
    portal: Portal,
    /// The page's title, without the site's name.
    #[prop(into)]
    title: String,
    /// Whether the page uses the whole width.
    #[prop(optional)]
    wide: Wide,
    /// The page.
    children: Children,
) -> impl IntoView {
    let Some(cx) = try_cx() else { return ().into_any() };
    let Some(member) = cx.member().cloned() else { return ().into_any() };
    let locale = cx.locale();
    let brand = brand(&cx, urls::HOME);
    let site_name = brand.name.clone();
    let items: Vec<NavItem> = portal
        .items(&member)
        .into_iter()
        .map(|(href, key, icon)| {
            let current = if href == portal.home() { cx.path() == href } else { cx.path().starts_with(href) };
            NavItem::new(href, i18n::t(locale, key), icon).current(current)
        })
        .collect();
    let bar = items.iter().take(4).cloned().collect();
    let role = i18n::t(
        locale,
        match portal {
            Portal::Student => "common-role-student",
            Portal::Tutor => "common-role-tutor",
            Portal::Admin if member.roles.admin => "common-role-admin",
            Portal::Admin => "common-role-staff",
            Portal::Operator => "common-role-operator",
        },
    );
    let me = PortalMe {
        id: member.id.to_string(),
        name: member.name.clone(),
        note: role.clone(),
        photo: None,
        label: t!(locale, "common-account-menu"),
    };
    let main = children();
    view! {
        <PageTitle text=format!("{title} · {site_name}")/>
        <shell::PortalShell brand=brand label=role skip_label=t!(locale, "common-skip-to-content") more_label=t!(locale, "common-more")
            close_label=t!(locale, "common-close") groups=vec![NavGroup { title: None, items }] bar=bar me=me
            me_menu=member_menu(&cx, &member) top_tools=theme_toggle(&cx) wide=wide == Wide::Yes>
            {main}
        </shell::PortalShell>
        <Flash area=portal.area()/>
    }
    .into_any()
}
