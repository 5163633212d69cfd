//! No tenant sees another's rows, whatever the code forgets.

mod cancelled;
mod mutants;
mod probes;
