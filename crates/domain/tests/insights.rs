//! The dashboards' figures.

mod figures;
