//! Bars and spinners, on stderr and only when that is a terminal.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use pedigree_manifest::{hash_path_with_blocks, Blocks, Manifest, Options, Progress};

use crate::error::{Failure, Result};
use crate::output::{count, duration, rate, size, Output};

const BAR: &str =
    "{prefix:>12.bold.green} {wide_msg} {decimal_bytes}/{decimal_total_bytes} [{bar:24}] {decimal_bytes_per_sec}";
const SPINNER: &str = "{spinner:>12.green} {msg} ({elapsed})";

/// A folder or file, hashed.
pub(crate) struct Hashed {
    pub(crate) manifest: Manifest,
    pub(crate) blocks: Blocks,
    pub(crate) time: Duration,
}

/// Hashes a folder or file, showing bytes and rate meanwhile.
pub(crate) fn hash(path: &Path, output: &Output) -> Result<Hashed> {
    let bar = bar(output, "Hashing");
    let progress = |progress: Progress<'_>| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        bar.set_message(crate::output::safe(progress.path));
    };
    let start = Instant::now();
    let hashed = hash_path_with_blocks(path, &Options { progress: Some(&progress), ..Options::default() });
    let time = start.elapsed();
    bar.finish_and_clear();
    let (manifest, blocks) = hashed.map_err(|error| Failure::input(error.to_string()))?;
    Ok(Hashed { manifest, blocks, time })
}

/// A bar that counts bytes.
pub(crate) fn bar(output: &Output, verb: &'static str) -> ProgressBar {
    let bar = if output.animated() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template(BAR) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(verb);
    bar
}

impl Hashed {
    /// Says on stderr what was hashed, and how fast.
    pub(crate) fn told(self, path: &Path, output: &Output) -> Self {
        output.step("Hashed", format!("{}: {}", path.display(), self.counts()));
        self
    }

    /// What was hashed, and how fast, in one line.
    pub(crate) fn counts(&self) -> String {
        let summary = self.manifest.summary();
        format!(
            "{}, {}, {} in {} ({})",
            count(summary.file_count, "file"),
            count(summary.tensor_count, "tensor"),
            size(summary.total_bytes),
            duration(self.time),
            rate(summary.total_bytes, self.time),
        )
    }
}

/// Something that takes a while and has no measure. Ends when dropped.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    pub(crate) fn start(output: &Output, message: impl Into<String>) -> Self {
        let bar = if output.animated() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template(SPINNER) {
            bar.set_style(style);
        }
        bar.set_message(message.into());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub(crate) fn say(&self, message: impl Into<String>) {
        self.0.set_message(message.into());
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
