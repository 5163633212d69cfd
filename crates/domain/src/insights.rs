//! Figures for the dashboards.
//!
//! Days and weeks are those of the tenant's zone (a tutor's and a student's: of their own, if
//! they chose one). Each figure is compared with the period of the same length before.

mod model;
mod period;
mod queries;
mod service;

pub use model::{
    AdminOverview, Change, DaySales, Decisions, HeatCell, MyTutor, NextLesson, RecentOrder, StudentOverview, TutorOverview, WeekBookings,
};
pub use service::{admin, student, tutor};
