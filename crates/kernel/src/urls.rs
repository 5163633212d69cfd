//! The address of every page. Portals link to each other through these alone.

use crate::ids::{BookingId, IdentityProviderId, ImportId, LessonId, MemberId, OfferingId, OrderId, StaffRoleId, TenantId, VariantId};

/// Percent-encodes a query value.
pub fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => {
                out.push('%');
                out.extend(
                    [other >> 4, other & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()),
                );
            }
        }
    }
    out
}

/// A path with a query of the pairs that have a value.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query: Vec<String> =
        pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Whether `path` is a path on this host and cannot be read as another one: browsers drop
/// control characters and take a backslash for a slash.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.chars().any(|c| c == '\\' || c.is_control())
}

/// The tenant's landing page; on the platform's host its front page.
pub const HOME: &str = "/";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// The second factor, after the password.
pub const SECOND_FACTOR: &str = "/sign-in/second-factor";
/// Sign-in by a passkey.
pub const PASSKEY: &str = "/sign-in/passkey";
/// Leads to where somebody signs in elsewhere.
pub const ELSEWHERE: &str = "/sign-in/elsewhere";
/// Where they come back: below it, each provider has an address of its own.
pub const BACK: &str = "/sign-in/elsewhere/back";
/// Who came back and is nobody here yet.
pub const NEWCOMER: &str = "/sign-in/elsewhere/new";
/// Sign-up of a student.
pub const SIGN_UP: &str = "/sign-up";
/// Where the code of a mail is typed.
pub const CONFIRM: &str = "/sign-up/confirm";
/// Leads a member to their own portal.
pub const ACCOUNT: &str = "/account";
/// A member's password and login sessions.
pub const SECURITY: &str = "/account/security";
/// The same, where somebody is asked whether the account elsewhere that they showed is theirs.
pub const CONNECT: &str = "/account/security?connect=yes#elsewhere";
/// The schools that a person is a member of.
pub const SCHOOLS: &str = "/account/schools";
/// A member's data: to take along, and to have forgotten.
pub const PRIVACY: &str = "/account/privacy";
/// The archive of it.
pub const PRIVACY_FILE: &str = "/account/privacy/data.zip";
/// What a member has to agree to before they book.
pub const AGREE: &str = "/account/agree";
/// The school's terms of service; `?version=2` for an earlier one.
pub const TERMS: &str = "/terms";
/// Its privacy notice, likewise.
pub const PRIVACY_NOTICE: &str = "/privacy-notice";
/// Where a guardian consents, refuses or withdraws, with a mailed link's `ticket`.
pub const GUARDIAN: &str = "/guardian";
/// What the site keeps in a browser.
pub const COOKIES: &str = "/cookies";
/// Showing again who is signed in.
pub const VERIFY: &str = "/account/verify";
/// Setting an authenticator app up.
pub const TWO_STEP: &str = "/account/security/two-step";
/// New recovery codes, until they are kept.
pub const RECOVERY_CODES: &str = "/account/security/recovery-codes";
/// Making a passkey.
pub const NEW_PASSKEY: &str = "/account/security/passkey";
/// Asking for a new password.
pub const FORGOT: &str = "/forgot";
/// Choosing one, with a mailed link's `ticket`.
pub const RESET: &str = "/reset";
/// Accepting an invitation, with a mailed link's `ticket`.
pub const INVITATION: &str = "/invitation";
/// Sign-up of a new tenant, on the platform's host.
pub const NEW_TENANT: &str = "/new";
/// The catalogue of tutors.
pub const TUTORS: &str = "/tutors";
/// Prices.
pub const PRICES: &str = "/prices";
/// The cancellation policy in words.
pub const POLICY: &str = "/policy";

/// Language, zone and theme: a page, and where its forms post.
pub const PREFERENCES: &str = "/preferences";
/// Where the sign-out form posts.
pub const SIGN_OUT: &str = "/sign-out";
/// The development mailbox.
pub const MAILBOX: &str = "/_mailbox";

/// Whether a host is one of ours, for a proxy that gets certificates when they are asked for (`?domain=…`).
pub const KNOWN_HOST: &str = "/health/host";

/// Where somebody of the platform comes into a school to help, with a link's `ticket`.
pub const SUPPORT: &str = "/support";

/// What we answer at a host to whoever asks whether it leads to us.
pub const DOMAIN_ANSWER: &str = "/.well-known/wemaster";

/// Where files are sent.
pub const UPLOADS: &str = "/api/uploads";

/// Where a file for `purpose` (`logo`, `photo`) is sent.
pub fn upload(purpose: &str) -> String {
    format!("{UPLOADS}/{purpose}")
}

/// Where a provider sends browsers back to.
pub fn back(provider: IdentityProviderId) -> String {
    format!("{BACK}/{provider}")
}

/// Sign-in that comes back to `next` (a path on this host).
pub fn sign_in(next: &str) -> String {
    with_query(SIGN_IN, &[("next", next)])
}

/// Showing again who is signed in, then back to `next` (a path on this host).
pub fn verify(next: &str) -> String {
    with_query(VERIFY, &[("next", next)])
}

/// The same for a form that was sent: the page that it stands on says that it has to be sent again.
pub fn verify_and_repeat(page: &str) -> String {
    with_query(VERIFY, &[("next", page), ("again", "1")])
}

/// What a member has to agree to, then back to `next` (a path on this host).
pub fn agree(next: &str) -> String {
    with_query(AGREE, &[("next", next)])
}

/// A tutor's public profile.
pub fn tutor(slug: &str) -> String {
    format!("{TUTORS}/{slug}")
}

/// A tutor's booking panel with a variant chosen.
pub fn book(slug: &str, variant: VariantId) -> String {
    format!("{TUTORS}/{slug}?variant={variant}#book")
}

/// Checkout of an order that holds a slot.
pub fn checkout(order: OrderId) -> String {
    format!("/checkout/{order}")
}

/// Where the payment page sends the buyer back.
pub fn checkout_return(order: OrderId) -> String {
    format!("/checkout/{order}/return")
}

/// Student portal.
pub mod student {
    use super::{BookingId, OrderId};
    /// Dashboard.
    pub const HOME: &str = "/student";
    /// Lessons; `?view=past` for the past ones.
    pub const LESSONS: &str = "/student/lessons";
    /// Orders.
    pub const ORDERS: &str = "/student/orders";
    /// Language, zone and theme.
    pub const SETTINGS: &str = "/student/settings";

    /// One lesson.
    pub fn lesson(booking: BookingId) -> String {
        format!("{LESSONS}/{booking}")
    }

    /// One lesson as a calendar's file.
    pub fn lesson_ics(booking: BookingId) -> String {
        format!("{LESSONS}/{booking}/lesson.ics")
    }

    /// Asks before cancelling and says what comes back.
    pub fn cancel(booking: BookingId) -> String {
        format!("{LESSONS}/{booking}/cancel")
    }

    /// One order with its receipt.
    pub fn order(order: OrderId) -> String {
        format!("{ORDERS}/{order}")
    }
}

/// Tutor portal.
pub mod tutor_portal {
    use super::{LessonId, OfferingId};
    /// Dashboard.
    pub const HOME: &str = "/tutor";
    /// Calendar; `?week=2026-11-16`, `?view=agenda`.
    pub const CALENDAR: &str = "/tutor/calendar";
    /// Weekly availability and exceptions.
    pub const AVAILABILITY: &str = "/tutor/availability";
    /// Offerings.
    pub const OFFERINGS: &str = "/tutor/offerings";
    /// A new offering.
    pub const NEW_OFFERING: &str = "/tutor/offerings/new";
    /// The public profile's editor.
    pub const PROFILE: &str = "/tutor/profile";
    /// Earnings.
    pub const EARNINGS: &str = "/tutor/earnings";

    /// An offering's editor.
    pub fn offering(offering: OfferingId) -> String {
        format!("{OFFERINGS}/{offering}")
    }

    /// One lesson.
    pub fn lesson(lesson: LessonId) -> String {
        format!("/tutor/lessons/{lesson}")
    }
}

/// Admin portal.
pub mod admin {
    use super::{BookingId, IdentityProviderId, ImportId, MemberId, OfferingId, OrderId, StaffRoleId};
    /// Dashboard.
    pub const HOME: &str = "/admin";
    /// Offerings that wait for a decision.
    pub const APPROVALS: &str = "/admin/approvals";
    /// Bookings.
    pub const BOOKINGS: &str = "/admin/bookings";
    /// Orders.
    pub const ORDERS: &str = "/admin/orders";
    /// The ledger.
    pub const LEDGER: &str = "/admin/ledger";
    /// Members.
    pub const MEMBERS: &str = "/admin/members";
    /// The list of members as a file.
    pub const MEMBERS_FILE: &str = "/admin/members.csv";
    /// Inviting somebody.
    pub const INVITE: &str = "/admin/members/invite";
    /// Invitations that wait.
    pub const INVITATIONS: &str = "/admin/members/invitations";
    /// Inviting many at once: a list as text or as a file.
    pub const IMPORT: &str = "/admin/members/import";
    /// Where a list is sent as a file.
    pub const IMPORT_FILE: &str = "/admin/members/import-file";
    /// The staff roles.
    pub const ROLES: &str = "/admin/members/roles";
    /// A new staff role.
    pub const NEW_ROLE: &str = "/admin/members/roles/new";
    /// Subjects and levels.
    pub const SUBJECTS: &str = "/admin/subjects";
    /// Brand, language, money and policy of the tenant.
    pub const SETTINGS: &str = "/admin/settings";
    /// Where members may sign in besides here.
    pub const PROVIDERS: &str = "/admin/settings/sign-in";
    /// Setting such a provider up.
    pub const NEW_PROVIDER: &str = "/admin/settings/sign-in/new";
    /// What is on and off.
    pub const FEATURES: &str = "/admin/settings/features";
    /// The school's own domains.
    pub const DOMAINS: &str = "/admin/settings/domains";
    /// Who the school's mails come from.
    pub const MAIL: &str = "/admin/settings/mail";
    /// The settings as a file, and taking one in.
    pub const CONFIGURATION: &str = "/admin/settings/configuration";
    /// The settings as a file.
    pub const CONFIGURATION_FILE: &str = "/admin/settings/configuration.json";
    /// The school's own terms and privacy notice, and the age under which a guardian consents.
    pub const POLICIES: &str = "/admin/settings/policies";
    /// The audit log.
    pub const AUDIT: &str = "/admin/audit";
    /// The audit log as a file.
    pub const AUDIT_FILE: &str = "/admin/audit.csv";

    /// One member.
    pub fn member(member: MemberId) -> String {
        format!("{MEMBERS}/{member}")
    }

    /// Setting a provider of a kind up.
    pub fn new_provider(kind: &str) -> String {
        super::with_query(NEW_PROVIDER, &[("kind", kind)])
    }

    /// One provider.
    pub fn provider(provider: IdentityProviderId) -> String {
        format!("{PROVIDERS}/{provider}")
    }

    /// Writing a document of the school's own, by its kind.
    pub fn policy(kind: &str) -> String {
        format!("{POLICIES}/{kind}")
    }

    /// Forgetting a member.
    pub fn erase(member: MemberId) -> String {
        format!("{MEMBERS}/{member}/erase")
    }

    /// Finding a member's duplicate.
    pub fn merge(member: MemberId) -> String {
        format!("{MEMBERS}/{member}/merge")
    }

    /// Merging a duplicate into a member.
    pub fn merge_with(member: MemberId, duplicate: MemberId) -> String {
        super::with_query(&merge(member), &[("duplicate", &duplicate.to_string())])
    }

    /// One staff role.
    pub fn role(role: StaffRoleId) -> String {
        format!("{ROLES}/{role}")
    }

    /// A list of people about to be invited.
    pub fn import(import: ImportId) -> String {
        format!("{IMPORT}/{import}")
    }

    /// One offering under review.
    pub fn approval(offering: OfferingId) -> String {
        format!("{APPROVALS}/{offering}")
    }

    /// One order.
    pub fn order(order: OrderId) -> String {
        format!("{ORDERS}/{order}")
    }

    /// One booking.
    pub fn booking(booking: BookingId) -> String {
        format!("{BOOKINGS}/{booking}")
    }
}

/// The console of the platform's operators, on the platform's host.
pub mod operator {
    use super::TenantId;

    /// Figures, and whether everything answers.
    pub const HOME: &str = "/operator";
    /// The schools.
    pub const SCHOOLS: &str = "/operator/schools";
    /// Opening one.
    pub const NEW_SCHOOL: &str = "/operator/schools/new";
    /// Jobs that failed.
    pub const JOBS: &str = "/operator/jobs";
    /// What is on and off for all schools.
    pub const FLAGS: &str = "/operator/flags";
    /// The platform's own log.
    pub const AUDIT: &str = "/operator/audit";

    /// A school.
    pub fn school(id: TenantId) -> String {
        format!("{SCHOOLS}/{id}")
    }

    /// The link into a school that was just made.
    pub fn visit(id: TenantId) -> String {
        format!("{SCHOOLS}/{id}/visit")
    }

    /// The name of a school's archive.
    pub const ARCHIVE: &str = "archive.zip";

    /// Everything of a school as an archive.
    pub fn archive(id: TenantId) -> String {
        format!("{SCHOOLS}/{id}/{ARCHIVE}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_elsewhere_is_not_local() {
        for good in ["/", "/tutors?next=//x", "/student/lessons#a"] {
            assert!(is_local(good), "{good}");
        }
        for bad in ["", "tutors", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "https://evil.example"] {
            assert!(!is_local(bad), "{bad:?}");
        }
    }

    #[test]
    fn values_are_encoded() {
        assert_eq!(encode("a b/é~"), "a%20b%2F%C3%A9~");
        assert_eq!(with_query("/x", &[("a", ""), ("b", "1&2")]), "/x?b=1%262");
    }
}
