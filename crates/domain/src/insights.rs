//! Figures for the admin's dashboard.
//!
//! Days and weeks are those of the tenant's zone. Each figure is compared with the period of the
//! same length before.

mod model;
mod period;
mod queries;
mod service;

pub use model::{AdminOverview, Change, DaySales, Decisions, HeatCell, RecentOrder, WeekBookings};
pub use service::admin;
