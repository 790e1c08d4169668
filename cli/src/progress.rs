//! Bars and spinners, on stderr and only when that is a terminal.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use pedigree_manifest::{
    hash_part, hash_path, hash_path_with_sha256, with_blocks, Blocks, File, Manifest, ManifestError, Options, Part,
    Progress, Salt, Sha256Digest,
};

use crate::error::{Failure, Result};
use crate::names::PartArg;
use crate::output::{count, duration, rate, size, Output};

const BAR: &str =
    "{prefix:>12.bold.green} {wide_msg} {decimal_bytes}/{decimal_total_bytes} [{bar:24}] {decimal_bytes_per_sec}";
const SPINNER: &str = "{spinner:>12.green} {msg} ({elapsed})";

/// A folder or file, hashed.
pub(crate) struct Hashed {
    pub(crate) manifest: Manifest,
    /// None if there is a salt.
    pub(crate) blocks: Blocks,
    /// Of every file, in the manifest's order; empty if they were not asked for.
    sha256: Vec<Sha256Digest>,
    pub(crate) time: Duration,
}

/// Hashes a folder or file, showing bytes and rate meanwhile.
pub(crate) fn hash(path: &Path, output: &Output) -> Result<Hashed> {
    hash_with(path, false, None, output)
}

/// The same, with the SHA-256 of every file if asked for, and with a salt if there is one.
pub(crate) fn hash_with(path: &Path, sha256: bool, salt: Option<&Salt>, output: &Output) -> Result<Hashed> {
    let hash = |options: &Options<'_>| {
        if sha256 {
            hash_path_with_sha256(path, options)
        } else {
            hash_path(path, options).map(|manifest| (manifest, vec![]))
        }
    };
    let (((manifest, sha256), blocks), time) = shown(output, salt, |options| match salt {
        None => with_blocks(options, hash),
        Some(_) => hash(options).map(|hashed| (hashed, Blocks::default())),
    })?;
    Ok(Hashed { manifest, blocks, sha256, time })
}

/// Hashes a part of a folder or file.
pub(crate) fn part(path: &Path, part: PartArg, salt: Option<&Salt>, output: &Output) -> Result<(Part, Duration)> {
    shown(output, salt, |options| hash_part(path, part.number, part.of, options))
}

/// Shows bytes and rate while something is hashed; says how long it took.
fn shown<T>(
    output: &Output,
    salt: Option<&Salt>,
    hash: impl FnOnce(&Options<'_>) -> std::result::Result<T, ManifestError>,
) -> Result<(T, Duration)> {
    let bar = bar(output, "Hashing");
    let progress = |progress: Progress<'_>| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        bar.set_message(crate::output::safe(progress.path));
    };
    let start = Instant::now();
    let hashed = hash(&Options { progress: Some(&progress), salt, ..Options::default() });
    let time = start.elapsed();
    bar.finish_and_clear();
    Ok((hashed.map_err(|error| Failure::input(error.to_string()))?, time))
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

    /// Every file with its SHA-256, as far as that was asked for.
    pub(crate) fn digests(&self) -> impl Iterator<Item = (&File, &Sha256Digest)> {
        self.manifest.files.iter().zip(&self.sha256)
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
