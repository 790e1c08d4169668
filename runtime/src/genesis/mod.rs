//! How a chain begins.

pub mod presets;

pub use presets::{get_preset, preset_names};
