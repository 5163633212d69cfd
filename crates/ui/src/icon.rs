//! The outline icon set (Lucide), drawn from the sprite `public/icons.svg`.
//!
//! The sprite is built from the names below by `npm run assets` in `style/`.

use leptos::prelude::*;

use crate::text::Text;

macro_rules! glyphs {
    ($($variant:ident => $name:literal,)*) => {
        /// One icon of the sprite, by its Lucide name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Glyph {
            /// Every icon of the sprite.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The Lucide name, which is also the symbol's id in the sprite.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

glyphs! {
    Activity => "activity",
    Archive => "archive",
    ArrowDown => "arrow-down",
    ArrowLeft => "arrow-left",
    ArrowLeftRight => "arrow-left-right",
    ArrowRight => "arrow-right",
    ArrowUp => "arrow-up",
    ArrowUpDown => "arrow-up-down",
    AtSign => "at-sign",
    Award => "award",
    BadgeCheck => "badge-check",
    Ban => "ban",
    Banknote => "banknote",
    Bell => "bell",
    BookMarked => "book-marked",
    BookOpen => "book-open",
    BookOpenCheck => "book-open-check",
    Bookmark => "bookmark",
    Bot => "bot",
    Briefcase => "briefcase",
    Building2 => "building-2",
    Calendar => "calendar",
    CalendarCheck => "calendar-check",
    CalendarClock => "calendar-clock",
    CalendarDays => "calendar-days",
    CalendarPlus => "calendar-plus",
    CalendarSync => "calendar-sync",
    CalendarX => "calendar-x",
    Camera => "camera",
    ChartBar => "chart-bar",
    ChartLine => "chart-line",
    Check => "check",
    CheckCheck => "check-check",
    ChevronDown => "chevron-down",
    ChevronLeft => "chevron-left",
    ChevronRight => "chevron-right",
    ChevronUp => "chevron-up",
    ChevronsUpDown => "chevrons-up-down",
    Circle => "circle",
    CircleAlert => "circle-alert",
    CircleCheck => "circle-check",
    CircleDot => "circle-dot",
    CircleHelp => "circle-help",
    CirclePause => "circle-pause",
    CirclePlay => "circle-play",
    CirclePlus => "circle-plus",
    CircleX => "circle-x",
    ClipboardList => "clipboard-list",
    Clock => "clock",
    CloudUpload => "cloud-upload",
    Code => "code",
    Coins => "coins",
    Cookie => "cookie",
    Copy => "copy",
    CreditCard => "credit-card",
    Crown => "crown",
    Database => "database",
    Download => "download",
    Ellipsis => "ellipsis",
    EllipsisVertical => "ellipsis-vertical",
    ExternalLink => "external-link",
    Eye => "eye",
    EyeOff => "eye-off",
    File => "file",
    FileChartColumn => "file-chart-column",
    FileCode => "file-code",
    FilePenLine => "file-pen-line",
    FileText => "file-text",
    FingerprintPattern => "fingerprint-pattern",
    Flag => "flag",
    Flame => "flame",
    Folder => "folder",
    Funnel => "funnel",
    Gauge => "gauge",
    Gift => "gift",
    GitBranch => "git-branch",
    GitCompare => "git-compare",
    Globe => "globe",
    GraduationCap => "graduation-cap",
    GripVertical => "grip-vertical",
    Hand => "hand",
    Hash => "hash",
    Heart => "heart",
    History => "history",
    Hourglass => "hourglass",
    House => "house",
    Image => "image",
    Inbox => "inbox",
    Info => "info",
    KeyRound => "key-round",
    Landmark => "landmark",
    Languages => "languages",
    Layers => "layers",
    LayoutDashboard => "layout-dashboard",
    Library => "library",
    Link => "link",
    List => "list",
    ListChecks => "list-checks",
    Loader => "loader",
    Lock => "lock",
    LockOpen => "lock-open",
    LogIn => "log-in",
    LogOut => "log-out",
    Mail => "mail",
    MapPin => "map-pin",
    Maximize => "maximize",
    Medal => "medal",
    Megaphone => "megaphone",
    Menu => "menu",
    MessageCircle => "message-circle",
    MessageSquare => "message-square",
    MessagesSquare => "messages-square",
    Mic => "mic",
    MicOff => "mic-off",
    Minus => "minus",
    Monitor => "monitor",
    Moon => "moon",
    Package => "package",
    Palette => "palette",
    PanelLeft => "panel-left",
    Paperclip => "paperclip",
    Pause => "pause",
    Pencil => "pencil",
    Percent => "percent",
    Phone => "phone",
    Pin => "pin",
    PinOff => "pin-off",
    Play => "play",
    Plug => "plug",
    Plus => "plus",
    Printer => "printer",
    Quote => "quote",
    ReceiptText => "receipt-text",
    RefreshCw => "refresh-cw",
    Reply => "reply",
    RotateCcw => "rotate-ccw",
    Rss => "rss",
    Save => "save",
    Scale => "scale",
    ScreenShare => "screen-share",
    ScrollText => "scroll-text",
    Search => "search",
    SendHorizontal => "send-horizontal",
    Server => "server",
    Settings => "settings",
    Share2 => "share-2",
    Shield => "shield",
    ShieldAlert => "shield-alert",
    ShieldCheck => "shield-check",
    ShieldQuestionMark => "shield-question-mark",
    ShieldX => "shield-x",
    SlidersHorizontal => "sliders-horizontal",
    Smartphone => "smartphone",
    Smile => "smile",
    Sparkles => "sparkles",
    Split => "split",
    SquarePen => "square-pen",
    Star => "star",
    Sun => "sun",
    SunMoon => "sun-moon",
    Tag => "tag",
    Tags => "tags",
    Target => "target",
    Terminal => "terminal",
    ThumbsUp => "thumbs-up",
    TicketPercent => "ticket-percent",
    Timer => "timer",
    ToggleRight => "toggle-right",
    Trash2 => "trash-2",
    TrendingUp => "trending-up",
    TriangleAlert => "triangle-alert",
    Trophy => "trophy",
    Undo2 => "undo-2",
    Upload => "upload",
    User => "user",
    UserCheck => "user-check",
    UserPlus => "user-plus",
    UserX => "user-x",
    Users => "users",
    Video => "video",
    VideoOff => "video-off",
    Volume2 => "volume-2",
    Wallet => "wallet",
    Webhook => "webhook",
    WifiOff => "wifi-off",
    X => "x",
    Zap => "zap",
}

/// The edge length of an icon in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 14 px: beside 12 px text.
    Small,
    /// 16 px: beside body text.
    #[default]
    Normal,
    /// 20 px: alone, in bars and empty states.
    Large,
}

/// An icon that repeats or supports text beside it: hidden from screen readers.
///
/// Arrows and chevrons that point along the line take `flip`, which mirrors them right to left.
#[component]
pub fn Icon(
    /// Which icon.
    name: Glyph,
    /// Edge length.
    #[prop(optional)]
    size: IconSize,
    /// Mirror it in right-to-left text.
    #[prop(optional)]
    flip: bool,
    /// Further classes, such as `i-ok` or `i-star`.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let size = match size {
        IconSize::Small => "i-14",
        IconSize::Normal => "",
        IconSize::Large => "i-20",
    };
    let class = crate::text::classes(&["i", size, if flip { "flip" } else { "" }, class.as_str()]);
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/icons.svg#{}", name.name())></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn the_sprite_holds_every_icon() {
        let sprite = include_str!("../../../public/icons.svg");
        for glyph in Glyph::ALL {
            let symbol = format!("<symbol id=\"{}\"", glyph.name());
            assert!(sprite.contains(&symbol), "{} is not in the sprite: run `npm run assets`", glyph.name());
        }
    }
}
