//! The document shell and the route table: every page of every portal, by its address.

use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};
use portal_admin as admin;
use portal_operator as operator;
use portal_public as public;
use portal_student as student;
use portal_tutor as tutor;
use web::{Document, NotFoundPage};

/// The whole document for one request.
pub fn shell(_options: &LeptosOptions) -> impl IntoView + use<> {
    provide_meta_context();
    view! { <Document><App/></Document> }
}

/// The route table. Pages wait for their data (`Async`), so that status, redirects and title
/// are right, and there is nothing to shift.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=NotFoundPage>
                // The public site; on the platform's host, its front page and directory.
                <Route path=path!("/") view=public::home::HomePage ssr=SsrMode::Async/>
                <Route path=path!("/new") view=public::platform::NewTenantPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=public::accounts::sign_in::SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/second-factor") view=public::accounts::second_factor::SecondFactorPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/passkey") view=public::accounts::passkey::PasskeyPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/elsewhere") view=public::accounts::elsewhere::LeavingPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/elsewhere/back/:provider") view=public::accounts::elsewhere::BackPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/elsewhere/new") view=public::accounts::elsewhere::NewcomerPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up") view=public::accounts::sign_up::SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up/confirm") view=public::accounts::sign_up::ConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=public::accounts::password::ForgotPage ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=public::accounts::password::ResetPage ssr=SsrMode::Async/>
                <Route path=path!("/invitation") view=public::accounts::invitation::InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/support") view=public::accounts::support::SupportPage ssr=SsrMode::Async/>
                <Route path=path!("/account") view=public::accounts::sign_in::AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/account/security") view=public::accounts::security::SecurityPage ssr=SsrMode::Async/>
                <Route path=path!("/account/security/two-step") view=public::accounts::two_step::TwoStepPage ssr=SsrMode::Async/>
                <Route path=path!("/account/security/recovery-codes") view=public::accounts::two_step::RecoveryCodesPage ssr=SsrMode::Async/>
                <Route path=path!("/account/security/passkey") view=public::accounts::passkeys::NewPasskeyPage ssr=SsrMode::Async/>
                <Route path=path!("/account/schools") view=public::accounts::schools::SchoolsPage ssr=SsrMode::Async/>
                <Route path=path!("/account/privacy") view=public::accounts::privacy::PrivacyPage ssr=SsrMode::Async/>
                <Route path=path!("/account/agree") view=public::accounts::agree::AgreePage ssr=SsrMode::Async/>
                <Route path=path!("/account/verify") view=public::accounts::verify::VerifyPage ssr=SsrMode::Async/>
                <Route path=path!("/preferences") view=public::preferences::PreferencesPage ssr=SsrMode::Async/>
                <Route path=path!("/tutors") view=public::catalogue::CataloguePage ssr=SsrMode::Async/>
                <Route path=path!("/tutors/:slug") view=public::catalogue::TutorPage ssr=SsrMode::Async/>
                <Route path=path!("/tutors/:slug/reviews") view=public::catalogue::ReviewsPage ssr=SsrMode::Async/>
                <Route path=path!("/prices") view=public::catalogue::PricesPage ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=public::documents::TermsPage ssr=SsrMode::Async/>
                <Route path=path!("/privacy-notice") view=public::documents::PrivacyNoticePage ssr=SsrMode::Async/>
                <Route path=path!("/guardian") view=public::guardian::GuardianPage ssr=SsrMode::Async/>
                <Route path=path!("/cookies") view=public::cookies::CookiesPage ssr=SsrMode::Async/>
                <Route path=path!("/policy") view=public::catalogue::PolicyPage ssr=SsrMode::Async/>
                <Route path=path!("/checkout/:order") view=student::checkout::CheckoutPage ssr=SsrMode::Async/>
                <Route path=path!("/checkout/:order/return") view=student::checkout::ReturnPage ssr=SsrMode::Async/>

                // Students
                <Route path=path!("/student") view=student::home::HomePage ssr=SsrMode::Async/>
                <Route path=path!("/student/lessons") view=student::lessons::LessonsPage ssr=SsrMode::Async/>
                <Route path=path!("/student/lessons/:booking") view=student::lessons::LessonPage ssr=SsrMode::Async/>
                <Route path=path!("/student/lessons/:booking/cancel") view=student::lessons::CancelPage ssr=SsrMode::Async/>
                <Route path=path!("/student/orders") view=student::orders::OrdersPage ssr=SsrMode::Async/>
                <Route path=path!("/student/orders/:order") view=student::orders::OrderPage ssr=SsrMode::Async/>
                <Route path=path!("/student/settings") view=student::settings::SettingsPage ssr=SsrMode::Async/>

                // Tutors
                <Route path=path!("/tutor") view=tutor::home::HomePage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/calendar") view=tutor::calendar::CalendarPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/lessons/:lesson") view=tutor::calendar::LessonPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/availability") view=tutor::availability::AvailabilityPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/offerings") view=tutor::offerings::OfferingsPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/offerings/new") view=tutor::offerings::NewOfferingPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/offerings/:offering") view=tutor::offerings::OfferingPage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/profile") view=tutor::profile::ProfilePage ssr=SsrMode::Async/>
                <Route path=path!("/tutor/earnings") view=tutor::earnings::EarningsPage ssr=SsrMode::Async/>

                // Admins
                <Route path=path!("/admin") view=admin::home::HomePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/approvals") view=admin::approvals::ApprovalsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/approvals/:offering") view=admin::approvals::ApprovalPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/bookings") view=admin::bookings::BookingsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/bookings/:booking") view=admin::bookings::BookingPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/orders") view=admin::orders::OrdersPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/orders/:order") view=admin::orders::OrderPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/ledger") view=admin::ledger::LedgerPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members") view=admin::members::list::MembersPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/invite") view=admin::members::invite::InvitePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/invitations") view=admin::members::invitations::InvitationsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/import") view=admin::members::import::ImportPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/import/:import") view=admin::members::import::PreviewPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/roles") view=admin::members::roles::RolesPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/roles/new") view=admin::members::roles::NewRolePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/roles/:role") view=admin::members::roles::RolePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/:member/erase") view=admin::members::erase::ErasePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/:member/merge") view=admin::members::merge::MergePage ssr=SsrMode::Async/>
                <Route path=path!("/admin/members/:member") view=admin::members::member::MemberPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/audit") view=admin::audit::AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/subjects") view=admin::subjects::SubjectsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/sign-in") view=admin::settings::ProvidersPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/sign-in/new") view=admin::settings::NewProviderPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/sign-in/:provider") view=admin::settings::ProviderPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/features") view=admin::settings::FeaturesPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/domains") view=admin::settings::DomainsPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/configuration") view=admin::settings::ConfigurationPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/mail") view=admin::settings::MailPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/policies") view=admin::settings::PoliciesPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings/policies/:kind") view=admin::settings::PolicyPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/settings") view=admin::settings::SettingsPage ssr=SsrMode::Async/>

                // The platform's operators, on its own host
                <Route path=path!("/operator") view=operator::home::HomePage ssr=SsrMode::Async/>
                <Route path=path!("/operator/schools") view=operator::schools::SchoolsPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/schools/new") view=operator::schools::NewSchoolPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/schools/:school") view=operator::schools::SchoolPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/schools/:school/visit") view=operator::schools::VisitPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/jobs") view=operator::jobs::JobsPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/flags") view=operator::flags::FlagsPage ssr=SsrMode::Async/>
                <Route path=path!("/operator/audit") view=operator::audit::AuditPage ssr=SsrMode::Async/>

                // Development only; elsewhere not found.
                <Route path=path!("/_gallery") view=public::development::GalleryPage ssr=SsrMode::Async/>
                <Route path=path!("/_mailbox") view=public::development::MailboxPage ssr=SsrMode::Async/>
                <Route path=path!("/_mailbox/:mail") view=public::development::MailPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
