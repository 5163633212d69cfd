//! An upload's types.

use jiff::Timestamp;
use kernel::ids::{TenantId, UploadId};
use providers::{
    images::{Images, Kind, Shape},
    storage::Store,
    virus_scan::Scanner,
};

/// The file as it was sent, in the store.
pub(super) const ORIGINAL: &str = "original";
/// A picture among attachments, as we encoded it.
const IMAGE: &str = "image";

/// How much may be sent and kept (bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// A logo or a photo.
    pub image_bytes: u64,
    /// Anything else.
    pub attachment_bytes: u64,
    /// What one tenant may keep.
    pub quota_bytes: u64,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self { image_bytes: 10 << 20, attachment_bytes: 25 << 20, quota_bytes: 5 << 30 }
    }
}

/// What uploads need besides the database. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    /// Where the bytes are.
    pub store: Store,
    /// Who looks into them.
    pub scanner: Scanner,
    /// Makes pictures anew.
    pub images: Images,
    /// How much.
    pub limits: UploadLimits,
}

/// What an upload is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Purpose {
    /// A school's mark. Public.
    Logo,
    /// A member's face. Public.
    Photo,
    /// A file for somebody. Served by a signed link alone.
    Attachment,
}

impl Status {
    /// Its name in the database.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Rejected => "rejected",
            Self::Removed => "removed",
        }
    }
}

impl Purpose {
    /// Its name in the database and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Photo => "photo",
            Self::Attachment => "attachment",
        }
    }

    /// How large a file may be (bytes).
    pub const fn most(self, limits: UploadLimits) -> u64 {
        match self {
            Self::Logo | Self::Photo => limits.image_bytes,
            Self::Attachment => limits.attachment_bytes,
        }
    }

    /// Whether anybody who has the address may have the file.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Logo | Self::Photo)
    }

    /// What is made of a picture: names in the store and shapes, the largest first.
    pub(super) const fn renditions(self) -> (&'static [&'static str], &'static [Shape]) {
        match self {
            Self::Logo => (&["logo.png"], &[Shape::Within(512, 160)]),
            Self::Photo => (&["512.jpg", "192.jpg"], &[Shape::Square(512), Shape::Square(192)]),
            Self::Attachment => (&[IMAGE], &[Shape::Whole(4096)]),
        }
    }

    /// The objects that a clean upload of this kind keeps.
    pub(super) const fn kept(self, kind: Kind) -> &'static [&'static str] {
        if kind.is_picture() { self.renditions().0 } else { &[ORIGINAL] }
    }
}

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Status {
    /// The scanner has not seen it. Nobody may have it.
    Held,
    /// The scanner found nothing.
    Clean,
    /// The scanner found something; the bytes are gone.
    Infected,
    /// It cannot be read as a picture; the bytes are gone.
    Rejected,
    /// Not wanted any more; the bytes go, and then the row.
    Removed,
}

/// An upload as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The file's name.
    pub name: String,
    /// By its contents.
    pub media_type: String,
    /// As it was sent (bytes).
    pub size: i64,
    /// Where it stands.
    pub status: Status,
    /// What was found, or why it waits: `too_large`, `scanner`.
    pub reason: String,
    /// When it was sent.
    pub created_at: Timestamp,
}

/// What is shown, and what was sent since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mine {
    /// The clean one that everybody sees.
    pub shown: Option<UploadId>,
    /// A newer one that waits, or that nobody will see.
    pub latest: Option<Upload>,
}

/// What a tenant keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// Kept (bytes).
    pub used: i64,
    /// At most (bytes).
    pub quota: i64,
}

impl Storage {
    /// In whole percent, rounded down.
    pub fn percent(self) -> u8 {
        if self.quota <= 0 {
            return 100;
        }
        u8::try_from((i128::from(self.used) * 100 / i128::from(self.quota)).clamp(0, 100)).unwrap_or(100)
    }

    /// 90, 80 or nothing: from which share on there is a warning.
    pub fn warning(self) -> Option<u8> {
        [90, 80].into_iter().find(|share| self.percent() >= *share)
    }
}

/// The folder of a tenant's objects.
pub(super) fn tenant_folder(tenant: TenantId) -> String {
    tenant.to_string()
}

/// The folder of an upload's objects.
pub(super) fn folder(tenant: TenantId, upload: UploadId) -> String {
    format!("{tenant}/{upload}")
}

/// An object's key in the store.
pub(super) fn object(tenant: TenantId, upload: UploadId, name: &str) -> String {
    format!("{tenant}/{upload}/{name}")
}

/// A file's name that is safe to keep and to save under: the last part of a path, without control or
/// direction characters, at most 100 characters, ending as its contents are. A system runs a file by
/// its ending, so a text is not called `.js` and a ZIP not `.jar`.
pub(super) fn file_name(typed: &str, kind: Kind) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        last.chars().filter(|c| !c.is_control() && !is_invisible(*c) && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')).collect();
    let plain = plain.trim_matches(['.', ' ']);
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let endings: &[&str] = match kind {
        Kind::Jpeg => &["jpg", "jpeg"],
        Kind::Png => &["png"],
        Kind::WebP => &["webp"],
        Kind::Pdf => &["pdf"],
        Kind::Zip => &["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"],
        Kind::Text => &["txt", "md", "csv"],
    };
    let fits = endings.contains(&ending.as_str());
    let stem: String = if fits { plain.rsplit_once('.').map_or("", |(stem, _)| stem) } else { plain }.chars().take(100).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    let ending = if fits { &ending } else { endings.first().copied().unwrap_or("bin") };
    format!("{stem}.{ending}")
}

/// Characters that turn or hide what follows them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_the_contents_are() {
        for (typed, kind, name) in [
            ("essay.pdf", Kind::Pdf, "essay.pdf"),
            ("C:\\Users\\me\\essay.PDF", Kind::Pdf, "essay.pdf"),
            ("../../etc/passwd", Kind::Text, "passwd.txt"),
            ("run.js", Kind::Text, "run.js.txt"),
            ("cat.png", Kind::Text, "cat.png.txt"),
            ("work.docx", Kind::Zip, "work.docx"),
            ("tool.jar", Kind::Zip, "tool.jar.zip"),
            ("evil\u{202e}fdp.exe", Kind::Pdf, "evilfdp.exe.pdf"),
            ("\"\r\nSet-Cookie: a=b\"", Kind::Text, "Set-Cookie a=b.txt"),
            ("...", Kind::Png, "file.png"),
            ("", Kind::Jpeg, "file.jpg"),
        ] {
            assert_eq!(file_name(typed, kind), name, "{typed:?}");
        }
        assert_eq!(file_name(&"é".repeat(500), Kind::Text).chars().count(), 104);
    }

    #[test]
    fn a_warning_comes_at_80_and_at_90_percent() {
        let at = |used| Storage { used, quota: 1000 };
        for (used, warning) in [(0, None), (799, None), (800, Some(80)), (899, Some(80)), (900, Some(90)), (1000, Some(90))] {
            assert_eq!(at(used).warning(), warning, "{used}");
        }
        assert_eq!(Storage { used: 0, quota: 0 }.percent(), 100);
    }
}
