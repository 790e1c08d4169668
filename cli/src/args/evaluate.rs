//! The command line of an evaluator.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, ValueHint};

use super::SubnetArgs;

#[derive(Debug, ClapArgs)]
pub(crate) struct EvaluateArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// The evaluator's folder: releases that were fetched, and what came of scoring them. One for each evaluator.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cache: PathBuf,
    /// End after one commitment was made and revealed [default: go on for ever].
    #[arg(long, conflicts_with = "epochs")]
    pub(crate) once: bool,
    /// End after so many commitments were made and revealed.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) epochs: Option<u32>,
    /// A mirror of one's own: a folder, or a base URL; below it lie the folders of releases, each under its root (0x...)
    /// with its manifest beside it; may be repeated. Asked before the locations that a release names.
    #[arg(long, value_name = "URL|DIR")]
    pub(crate) mirror: Vec<String>,
    /// How long the command may take for one contributor: 45s, 10m, 2h.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = time)]
    pub(crate) timeout: Duration,
    /// How long fetching one release may take. What was fetched is kept, and goes on the next time.
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = time)]
    pub(crate) fetch_timeout: Duration,
    /// Give up on a mirror that says nothing for so long.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub(crate) patience: Duration,
    /// How many files are fetched at the same time.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub(crate) jobs: u8,
    /// The most that a release may have, such as 500MB or 20GB. One that has more is not fetched, and scored 0.
    #[arg(long, value_name = "SIZE", default_value = "20GB", value_parser = bytes)]
    pub(crate) max_size: u64,
    /// How much of releases that were scored, and are still bound, is kept after each epoch.
    #[arg(long, value_name = "SIZE", default_value = "100GB", value_parser = bytes)]
    pub(crate) keep: u64,
    /// A name for what the command does at present. Another one has every release scored anew.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) task_version: String,
    /// The command that scores, after `--`. It reads one JSON object from stdin; the last line that it writes to stdout is
    /// the score: a number that is not negative, or an object with a field `score`.
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
    pub(crate) command: Vec<OsString>,
}

/// A time: a whole number of seconds, or with its unit.
fn time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: u64 = match text.get(digits.len()..) {
        Some("" | "s") => 1,
        Some("m" | "min") => 60,
        Some("h") => 3_600,
        _ => return Err("a time is such as 45s, 10m or 2h".to_owned()),
    };
    let seconds = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    match seconds {
        // Thirty days: more than any clock here has to count.
        Some(seconds @ 1..=2_592_000) => Ok(Duration::from_secs(seconds)),
        _ => Err("a time is from 1s to 720h".to_owned()),
    }
}

/// A size: a whole number of bytes, or with its unit.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: u64 = match text.get(digits.len()..).unwrap_or_default().trim_end_matches('B') {
        "" => 1,
        "k" | "K" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "T" => 1_000_000_000_000,
        _ => return Err("a size is such as 1000, 500MB or 20GB".to_owned()),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    bytes.ok_or_else(|| "a size is such as 1000, 500MB or 20GB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_have_units() {
        for (text, seconds) in [("45", 45), ("45s", 45), ("10m", 600), ("2h", 7_200)] {
            assert_eq!(time(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for wrong in ["", "0", "m", "1d", "-1s", "1.5h", "99999999999999999999", "721h", "18446744073709551615h"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        for (text, number) in [("0", 0), ("12B", 12), ("3k", 3_000), ("500MB", 500_000_000), ("1T", 1_000_000_000_000)]
        {
            assert_eq!(bytes(text), Ok(number), "{text}");
        }
        for wrong in ["", "GB", "1XB", "-1", "99999999T"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
