//! Everything that is printed: answers to stdout, what happens meanwhile to stderr.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::Path;

use serde::Serialize;

use crate::error::{Failure, Result};

/// Where output goes, and how it looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
    quiet: bool,
    out: Style,
    err: Style,
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    colours: bool,
}

impl Style {
    fn of(stream: &impl IsTerminal) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        Self { colours: wanted && (forced || stream.is_terminal()) }
    }

    /// No colours at all.
    pub(crate) fn plain() -> Self {
        Self { colours: false }
    }

    fn paint(self, code: &str, text: impl Display) -> String {
        if self.colours {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_string()
        }
    }

    pub(crate) fn bold(self, text: impl Display) -> String {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: impl Display) -> String {
        self.paint("2", text)
    }

    pub(crate) fn green(self, text: impl Display) -> String {
        self.paint("1;32", text)
    }

    pub(crate) fn yellow(self, text: impl Display) -> String {
        self.paint("1;33", text)
    }

    pub(crate) fn red(self, text: impl Display) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn cyan(self, text: impl Display) -> String {
        self.paint("36", text)
    }
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet, out: Style::of(&std::io::stdout()), err: Style::of(&std::io::stderr()) }
    }

    /// Whether moving pictures (bars, spinners) may be drawn on stderr.
    pub(crate) fn animated(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// A step that is done: a word in the margin and what it was done to.
    pub(crate) fn step(&self, verb: &str, text: impl Display) {
        if !self.quiet {
            let padded = format!("{verb:>12}");
            eprintln!("{} {text}", self.err.green(padded));
        }
    }

    /// Something the user should know, and that isn't a failure.
    pub(crate) fn warning(&self, text: impl Display) {
        if !self.quiet {
            eprintln!("{}: {text}", self.err.yellow("warning"));
        }
    }

    /// What the user may want to do next.
    pub(crate) fn note(&self, text: impl Display) {
        if !self.quiet {
            eprintln!("{}: {text}", self.err.cyan("note"));
        }
    }

    /// A line that another program says.
    pub(crate) fn heard(&self, text: &str) {
        if !self.quiet {
            eprintln!("{} {text}", self.err.dim(format!("{:>12}", "|")));
        }
    }

    /// One of many things that happen: a line of JSON on stdout with `--json`, a step that is done otherwise.
    pub(crate) fn event(&self, value: &impl Serialize, verb: &str, text: impl Display) -> Result<()> {
        if self.json {
            return self.answer(value, |_| String::new());
        }
        self.step(verb, text);
        Ok(())
    }

    /// The answer: one JSON object with `--json`, the text otherwise.
    pub(crate) fn answer(&self, value: &impl Serialize, text: impl FnOnce(Style) -> String) -> Result<()> {
        if self.json {
            let value = serde_json::to_string(value).map_err(|error| Failure::input(error.to_string()))?;
            self.print(&value)
        } else {
            self.print(&text(self.out))
        }
    }

    /// Text as it is, to stdout. Who reads may stop reading (`| head`): that is no failure.
    pub(crate) fn print(&self, text: &str) -> Result<()> {
        let mut stdout = std::io::stdout().lock();
        let written = stdout
            .write_all(text.trim_end_matches('\n').as_bytes())
            .and_then(|()| stdout.write_all(b"\n"))
            .and_then(|()| stdout.flush());
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::input(format!("cannot write to stdout: {error}"))),
            Ok(()) => Ok(()),
        }
    }

    /// The end of a command that failed.
    pub(crate) fn failure(&self, failure: &Failure) {
        if failure.printed {
            return;
        }
        eprintln!("{}: {}", self.err.red("error"), failure.message);
        if let Some(hint) = &failure.hint {
            eprintln!("  {}: {hint}", self.err.cyan("hint"));
        }
        if self.json {
            // A broken pipe here leaves nobody to tell.
            let _ = self.print(&failure.to_json().to_string());
        }
    }
}

/// A size in decimal units: `90.9 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    #[allow(clippy::cast_precision_loss)]
    let mut value = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if value < 999.95 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    format!("{value:.1} {unit}")
}

/// Bytes in a time, as a rate: `1.8 GB/s`.
pub(crate) fn rate(bytes: u64, time: std::time::Duration) -> String {
    let seconds = time.as_secs_f64().max(1e-6);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let per_second = (bytes as f64 / seconds) as u64;
    format!("{}/s", size(per_second))
}

/// A time: `0.42 s`, `1 min 05 s`.
pub(crate) fn duration(time: std::time::Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.2} s", time.as_secs_f64())
    } else {
        let minutes = seconds.checked_div(60).unwrap_or_default();
        let rest = seconds.checked_rem(60).unwrap_or_default();
        format!("{minutes} min {rest:02} s")
    }
}

/// A number with its thousands apart: `1,234,567`.
pub(crate) fn thousands(number: impl Display) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len().saturating_mul(2));
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.checked_rem(3) == Some(0) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count and its noun: `1 file`, `3 files`.
pub(crate) fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// Text from the chain or from a file, with nothing in it that a terminal would obey.
pub(crate) fn safe(text: &str) -> String {
    let obeyed = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|letter| if obeyed(letter) { '\u{fffd}' } else { letter }).collect()
}

/// A path in an answer, with `\u{fffd}` for what isn't UTF-8 in it.
pub(crate) fn lossy(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().into_owned()
}

/// Lines of `label  value`, the values below one another.
pub(crate) fn table(style: Style, rows: &[(&str, String)]) -> String {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    let mut last = "";
    for (label, value) in rows {
        // A label that repeats is left out: the values read as a list.
        let shown = if *label == last { "" } else { *label };
        last = label;
        text.push_str(&format!("  {}  {value}\n", style.dim(format!("{shown:width$}"))));
    }
    text
}

/// A column of a table: what stands above it, and whether its values are numbers, which end below one another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    head: &'static str,
    number: bool,
}

impl Column {
    pub(crate) fn text(head: &'static str) -> Self {
        Self { head, number: false }
    }

    pub(crate) fn number(head: &'static str) -> Self {
        Self { head, number: true }
    }
}

/// Rows under a line of heads. A column in which nothing stands is left out.
pub(crate) fn columns(style: Style, columns: &[Column], rows: &[Vec<String>]) -> String {
    let cell = |row: &[String], index: usize| row.get(index).cloned().unwrap_or_default();
    let used: Vec<(usize, Column, usize)> = columns
        .iter()
        .enumerate()
        .filter(|(index, _)| rows.iter().any(|row| !cell(row, *index).is_empty()))
        .map(|(index, column)| {
            let widest = rows.iter().map(|row| cell(row, index).chars().count()).max().unwrap_or_default();
            (index, *column, widest.max(column.head.chars().count()))
        })
        .collect();
    let line = |text: &dyn Fn(usize, Column) -> String| {
        let cells: Vec<String> = used
            .iter()
            .map(|(index, column, width)| match column.number {
                true => format!("{:>width$}", text(*index, *column)),
                false => format!("{:width$}", text(*index, *column)),
            })
            .collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned()
    };
    let mut table = format!("{}\n", style.dim(line(&|_, column| column.head.to_owned())));
    for row in rows {
        table.push_str(&line(&|index, _| cell(row, index)));
        table.push('\n');
    }
    table
}

/// Text in at most so many letters; if it has more, its middle is left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(1);
    let end = kept.checked_div(2).unwrap_or_default();
    let begin = kept.saturating_sub(end);
    let (first, last) = (letters.iter().take(begin), letters.iter().skip(letters.len().saturating_sub(end)));
    first.chain(['…'].iter()).chain(last).collect()
}

/// So many 65535ths of the whole, in percent.
pub(crate) fn of_65535(part: u16) -> String {
    format!("{:.1}", f64::from(part) * 100.0 / 65_535.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn sizes_read_well() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (90_868_376, "90.9 MB"),
            (999_960, "1.0 MB"),
            (3_000_000_000, "3.0 GB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(size(bytes), text);
        }
        assert_eq!(rate(3_600_000_000, Duration::from_secs(2)), "1.8 GB/s");
        assert_eq!(duration(Duration::from_millis(420)), "0.42 s");
        assert_eq!(duration(Duration::from_secs(65)), "1 min 05 s");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "file"), "1 file");
        assert_eq!(count(1234, "tensor"), "1,234 tensors");
        assert_eq!(thousands(12), "12");
        assert_eq!(thousands(123_456_789_u64), "123,456,789");
    }

    #[test]
    fn text_from_elsewhere_cannot_drive_the_terminal() {
        assert_eq!(safe("a\x1b[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
        assert_eq!(safe("modèle"), "modèle");
    }

    #[test]
    fn columns_are_aligned_and_empty_ones_left_out() {
        let heads = [Column::number("uid"), Column::text("account"), Column::text("nothing"), Column::number("stake")];
        let row = |uid: &str, account: &str, stake: &str| [uid, account, "", stake].map(str::to_owned).to_vec();
        let shown = columns(Style::plain(), &heads, &[row("1", "alice", "10"), row("12", "b", "1,000")]);
        assert_eq!(shown, "  uid  account  stake\n    1  alice       10\n   12  b        1,000\n");
    }

    #[test]
    fn what_is_too_long_loses_its_middle() {
        assert_eq!(shortened("short", 5), "short");
        assert_eq!(shortened("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", 11), "5Grwv…KutQY");
        assert_eq!(shortened("modèles", 4), "mo…s");
        assert_eq!(of_65535(65_535), "100.0");
        assert_eq!(of_65535(0), "0.0");
    }

    #[test]
    fn a_table_aligns_values_and_lists_repeated_labels_once() {
        let rows = [("root", "0x1".to_owned()), ("parent", "a".to_owned()), ("parent", "b".to_owned())];
        assert_eq!(table(Style::plain(), &rows), "  root    0x1\n  parent  a\n          b\n");
    }
}
