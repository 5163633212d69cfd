//! Rows as they go to the database.

#![expect(clippy::struct_field_names, reason = "fields are named as the columns are")]

use jiff::{Timestamp, civil};
use serde::Serialize;
use uuid::Uuid;

/// Everything of a demo tenant besides the tenant itself.
#[derive(Default)]
pub struct Rows {
    pub accounts: Vec<Account>,
    pub members: Vec<Member>,
    pub roles: Vec<MemberRole>,
    pub subjects: Vec<Named>,
    pub levels: Vec<Named>,
    pub tutors: Vec<Tutor>,
    pub qualifications: Vec<Qualification>,
    pub schedules: Vec<Schedule>,
    pub windows: Vec<Window>,
    pub exceptions: Vec<DateException>,
    pub offerings: Vec<Offering>,
    pub versions: Vec<Version>,
    pub offering_levels: Vec<OfferingLevel>,
    pub variants: Vec<Variant>,
    pub orders: Vec<Order>,
    pub lines: Vec<Line>,
    pub claims: Vec<Claim>,
    pub lessons: Vec<Lesson>,
    pub bookings: Vec<Booking>,
    pub trials: Vec<Trial>,
    pub reviews: Vec<Review>,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub accounts_of_ledger: Vec<LedgerAccount>,
    pub transactions: Vec<Transaction>,
    pub entries: Vec<LedgerEntry>,
    pub counters: Vec<Counter>,
}

macro_rules! rows {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(Serialize)]
        pub struct $name { $(pub $field: $type),* }
    )*};
}

rows! {
    Account { id: Uuid, email: String, created_at: Timestamp }
    Member { id: Uuid, account_id: Uuid, name: String, email: String, created_at: Timestamp }
    MemberRole { member_id: Uuid, role: &'static str }
    Named { id: Uuid, slug: &'static str, name: &'static str, position: usize }
    Tutor { id: Uuid, slug: String, headline: String, bio: String, teaches_from: String, languages: Vec<String>, verified: bool, published: bool }
    Qualification { id: Uuid, tutor_id: Uuid, title: String, place: String, from_year: i16, to_year: Option<i16> }
    Schedule { id: Uuid, zone: String, increment_minutes: i64, buffer_before_minutes: i64, buffer_after_minutes: i64, notice_minutes: i64, horizon_days: i64 }
    Window { id: Uuid, tutor_id: Uuid, weekday: i8, start_minute: i64, end_minute: i64 }
    DateException { id: Uuid, tutor_id: Uuid, on_date: civil::Date, start_minute: Option<i64>, end_minute: Option<i64> }
    Offering { id: Uuid, tutor_id: Uuid, kind: &'static str, live_version_id: Option<Uuid>, created_at: Timestamp }
    Version {
        id: Uuid, offering_id: Uuid, number: i32, status: &'static str, title: String, description: String, subject_id: Uuid, review_note: String,
        submitted_at: Option<Timestamp>, decided_at: Option<Timestamp>, decided_by: Option<Uuid>, created_at: Timestamp,
    }
    OfferingLevel { version_id: Uuid, level_id: Uuid }
    Variant { id: Uuid, version_id: Uuid, duration_minutes: i64, price_minor: i64 }
    Order {
        id: Uuid, number: i64, student_id: Uuid, status: &'static str, total_minor: i64, created_at: Timestamp, paid_at: Option<Timestamp>,
        receipt_number: Option<i64>,
    }
    Line {
        id: Uuid, order_id: Uuid, tutor_id: Uuid, offering_id: Uuid, variant_id: Uuid, kind: &'static str, title: String, tutor_name: String,
        duration_minutes: i64, price_minor: i64, starts_at: Timestamp, ends_at: Timestamp, gap_minutes: i64, wall_start: civil::DateTime, zone: String,
    }
    Claim { id: Uuid, tutor_id: Uuid, order_id: Uuid, begins: Timestamp, until: Timestamp, ends_at: Timestamp, active: bool, created_at: Timestamp }
    Lesson {
        id: Uuid, tutor_id: Uuid, offering_id: Uuid, claim_id: Uuid, title: String, starts_at: Timestamp, ends_at: Timestamp,
        wall_start: civil::DateTime, zone: String, status: &'static str, sequence: i32,
    }
    Booking {
        id: Uuid, lesson_id: Uuid, student_id: Uuid, order_id: Uuid, status: &'static str, created_at: Timestamp, cancelled_at: Option<Timestamp>,
        cancelled_by: Option<Uuid>,
    }
    Trial { tutor_id: Uuid, student_id: Uuid, booking_id: Uuid }
    Review { id: Uuid, tutor_id: Uuid, student_id: Uuid, booking_id: Uuid, stars: i64, body: String, reply: String, created_at: Timestamp }
    Payment {
        id: Uuid, order_id: Uuid, status: &'static str, amount_minor: i64, fee_minor: Option<i64>, checkout_session: String,
        payment_intent: Option<String>, charge: Option<String>, card: &'static str, created_at: Timestamp, succeeded_at: Option<Timestamp>,
    }
    Refund {
        id: Uuid, payment_id: Uuid, order_id: Uuid, amount_minor: i64, reason: &'static str, provider_refund: String, requested_at: Timestamp,
        settled_at: Timestamp,
    }
    LedgerAccount { id: Uuid, kind: &'static str, owner_id: Option<Uuid> }
    Transaction { id: Uuid, kind: &'static str, cause: String, order_id: Uuid, posted_at: Timestamp }
    LedgerEntry { id: Uuid, transaction_id: Uuid, account_id: Uuid, amount_minor: i64 }
    Counter { name: &'static str, value: i64 }
}
