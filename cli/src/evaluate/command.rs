//! The evaluator's command: one JSON object in, one number out, and an end to it.

use std::ffi::OsString;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use pedigree_manifest::Hash;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use crate::error::{Failure, Result};
use crate::interrupt;
use crate::output::{safe, shortened, Output};
use crate::request::blake2_256;

/// The line with the score is no longer than this, in bytes.
const LONGEST_LINE: usize = 4_096;

/// More than this on stdout is no answer, and ends the command.
const MOST_ANSWERED: u64 = 64 << 20;

/// As much of stderr is passed on, and no more.
const MOST_SAID: u64 = 64 << 10;

/// As much of stderr is kept, to tell why a command failed.
const KEPT_SAID: usize = 400;

/// How long what a command has left behind may keep its output open.
const LEFT_OPEN: Duration = Duration::from_secs(2);

/// What this program's own variables begin with. A command has no use for them, and one names the file of the password.
const OWN_VARIABLES: &str = "PEDIGREE_";

/// A command that scores one contributor at a time.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) command: Vec<OsString>,
    /// How long it may take for one of them.
    pub(crate) limit: Duration,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ran {
    Scored(f64),
    /// Why there is no score, in words.
    Failed(String),
}

impl Task {
    /// What differs for each task: the command and its arguments, and how often the user says that it has changed.
    pub(crate) fn digest(&self, of: &[u8], version: &str) -> Hash {
        let mut bytes = of.to_vec();
        for part in self.command.iter().map(|part| part.to_string_lossy()).chain([version.into()]) {
            // With its length, so that `a b` is not `ab`.
            bytes.extend((part.len() as u64).to_le_bytes());
            bytes.extend(part.as_bytes());
        }
        blake2_256(&bytes)
    }

    /// Has the command score what the input says. That it can't be run at all is a failure of the evaluator's.
    pub(crate) async fn run(&self, input: &Value, output: Output) -> Result<Ran> {
        let Some((program, arguments)) = self.command.split_first() else {
            return Err(Failure::usage("there is no command to run"));
        };
        let shown = safe(&program.to_string_lossy());
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with(OWN_VARIABLES) {
                command.env_remove(name);
            }
        }
        let mut child = command.spawn().map_err(|error| cannot_run(&shown, &error.to_string()))?;
        let group = Group::of(&child);
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let mut line = input.to_string().into_bytes();
        line.push(b'\n');
        // These end by themselves when the pipes are closed, and with this program at the latest.
        tokio::spawn(async move {
            if let Some(mut stdin) = stdin {
                // Who doesn't read what he is asked is asked nothing.
                let _ = stdin.write_all(&line).await;
            }
        });
        let mut answer = tokio::spawn(last_line(stdout));
        let said = tokio::spawn(passed_on(stderr, output));

        let mut answered = None;
        let limit = tokio::time::sleep(self.limit);
        tokio::pin!(limit);
        let ended = loop {
            tokio::select! {
                status = child.wait() => break Ok(status),
                () = &mut limit => break Err(format!("it took longer than {} s", self.limit.as_secs())),
                answer = &mut answer, if answered.is_none() => match answer {
                    Ok(Ok(line)) => answered = Some(line),
                    Ok(Err(why)) => break Err(why),
                    Err(error) => break Err(error.to_string()),
                },
            }
        };
        // Whatever it has started ends with it.
        drop(group);
        let status = match ended {
            Ok(status) => status.map_err(|error| cannot_run(&shown, &error.to_string()))?,
            Err(why) => {
                let _ = child.kill().await;
                answer.abort();
                return Ok(Ran::Failed(why));
            }
        };
        let said = tokio::time::timeout(LEFT_OPEN, said).await.ok().and_then(Result::ok).unwrap_or_default();
        if let Some(why) = failed(status) {
            if matches!(status.code(), Some(126 | 127)) {
                return Err(cannot_run(&shown, &format!("{why}{}", told(&said))));
            }
            return Ok(Ran::Failed(format!("{why}{}", told(&said))));
        }
        let line = match answered {
            Some(line) => line,
            None => match tokio::time::timeout(LEFT_OPEN, answer).await {
                Ok(Ok(Ok(line))) => line,
                Ok(Ok(Err(why))) => return Ok(Ran::Failed(why)),
                _ => return Ok(Ran::Failed("something that it left behind keeps its output open".to_owned())),
            },
        };
        Ok(score(&line).map_or_else(Ran::Failed, Ran::Scored))
    }
}

fn cannot_run(program: &str, why: &str) -> Failure {
    Failure::input(format!("the command {program} can't be run: {why}"))
        .hint("nothing was committed; run the same command again when it can, and it goes on where it was")
}

/// Why an end was no good one.
fn failed(status: ExitStatus) -> Option<String> {
    match (status.success(), status.code()) {
        (true, _) => None,
        (false, Some(code)) => Some(format!("it ended with code {code}")),
        (false, None) => Some("it was ended by a signal".to_owned()),
    }
}

fn told(said: &str) -> String {
    match said.lines().rev().find(|line| !line.trim().is_empty()) {
        Some(last) => format!(": {}", shortened(last.trim(), KEPT_SAID)),
        None => String::new(),
    }
}

/// The score in the last line of an answer: a number, or an object with a field `score`.
fn score(line: &str) -> Result<f64, String> {
    let shown = || shortened(&safe(line.trim()), 60);
    let value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(_) if line.trim().is_empty() => return Err("it answered nothing".to_owned()),
        Err(_) => return Err(format!("its last line is no score: {}", shown())),
    };
    let number = value
        .get("score")
        .unwrap_or(&value)
        .as_f64()
        .ok_or_else(|| format!("its last line is no score: {}", shown()))?;
    if number.is_finite() && number >= 0.0 {
        Ok(number.abs())
    } else {
        Err(format!("its score is {number}, and scores are not negative"))
    }
}

/// The last line that is not empty. What is before it is forgotten as it comes.
async fn last_line(stream: Option<impl AsyncRead + Unpin>) -> Result<String, String> {
    let Some(mut stream) = stream else { return Ok(String::new()) };
    let (mut line, mut last) = (Vec::new(), Vec::new());
    let mut too_long = false;
    let mut total = 0u64;
    let mut buffer = [0u8; 8_192];
    loop {
        let read = stream.read(&mut buffer).await.map_err(|error| error.to_string())?;
        total = total.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if total > MOST_ANSWERED {
            return Err(format!("it answers more than {}", crate::output::size(MOST_ANSWERED)));
        }
        for byte in buffer.iter().take(read) {
            if *byte != b'\n' {
                too_long |= line.len() >= LONGEST_LINE;
                if !too_long {
                    line.push(*byte);
                }
                continue;
            }
            if too_long || !line.trim_ascii().is_empty() {
                last = kept(&mut line, &mut too_long);
            }
        }
        if read == 0 {
            if too_long || !line.trim_ascii().is_empty() {
                last = kept(&mut line, &mut too_long);
            }
            return String::from_utf8(last).map_err(|_| "its last line is not UTF-8".to_owned());
        }
    }
}

/// A line that has ended; of one that is too long, enough to show that it is no score.
fn kept(line: &mut Vec<u8>, too_long: &mut bool) -> Vec<u8> {
    let mut kept = std::mem::take(line);
    if std::mem::take(too_long) {
        kept.extend(b"...");
    }
    kept
}

/// Passes on what a command says, line by line; its end, to tell why it failed.
async fn passed_on(stream: Option<impl AsyncRead + Unpin>, output: Output) -> String {
    let Some(mut stream) = stream else { return String::new() };
    let (mut line, mut last) = (Vec::new(), String::new());
    let mut total = 0u64;
    let mut buffer = [0u8; 4_096];
    let mut end = |line: &mut Vec<u8>, total: u64| {
        let text = safe(String::from_utf8_lossy(&std::mem::take(line)).trim_end());
        if !text.is_empty() {
            if total <= MOST_SAID {
                output.heard(&text);
            }
            last = text;
        }
    };
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        let before = total;
        total = total.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        for byte in buffer.iter().take(read) {
            let ends = matches!(byte, b'\n' | b'\r') || line.len() >= LONGEST_LINE;
            if ends {
                end(&mut line, total);
            }
            if !matches!(byte, b'\n' | b'\r') {
                line.push(*byte);
            }
        }
        if before <= MOST_SAID && total > MOST_SAID {
            output.heard("... (it says more; it is not shown)");
        }
    }
    end(&mut line, total);
    last
}

/// A command and all that it has started, which is killed when this is dropped, and when the program is interrupted.
struct Group(Option<u32>);

impl Group {
    fn of(child: &Child) -> Self {
        interrupt::child(child.id());
        Self(child.id())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        interrupt::child(None);
        if let Some(id) = self.0 {
            interrupt::end_group(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::error::Kind;

    fn task(script: &str, milliseconds: u64) -> Task {
        Task { command: ["sh", "-c", script].map(OsString::from).to_vec(), limit: Duration::from_millis(milliseconds) }
    }

    fn run(script: &str) -> Ran {
        run_for(script, 20_000)
    }

    fn run_for(script: &str, milliseconds: u64) -> Ran {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime
            .block_on(task(script, milliseconds).run(&serde_json::json!({ "uid": 7 }), Output::new(false, true)))
            .unwrap()
    }

    fn why(ran: Ran) -> String {
        match ran {
            Ran::Failed(why) => why,
            Ran::Scored(score) => panic!("it was scored {score}"),
        }
    }

    #[test]
    fn a_score_is_a_number_that_is_not_negative() {
        for (line, value) in [
            ("1", 1.0),
            (" 0.25 \r", 0.25),
            ("0", 0.0),
            ("-0.0", 0.0),
            ("1e3", 1000.0),
            (r#"{"score": 3, "note": "x"}"#, 3.0),
        ] {
            assert_eq!(score(line), Ok(value), "{line}");
        }
        for line in [
            "",
            "NaN",
            "inf",
            "1e999",
            "-1",
            "x",
            "[1]",
            "null",
            "true",
            "\"1\"",
            r#"{"score": "1"}"#,
            "{}",
            "1 2",
            "1,5",
        ] {
            assert!(score(line).is_err(), "{line}");
        }
        assert!(score("1e308").unwrap() > 1e307);
    }

    #[test]
    fn the_command_has_its_input_and_its_last_line_counts() {
        assert_eq!(run("cat >/dev/null; echo begin; echo 0.5; echo; echo"), Ran::Scored(0.5));
        assert_eq!(run("grep -q '\"uid\":7' && printf 2"), Ran::Scored(2.0));
        assert_eq!(run("echo '{\"score\": 1.5}'"), Ran::Scored(1.5));
    }

    #[test]
    fn what_is_no_score_is_said() {
        assert!(why(run("true")).contains("nothing"));
        assert!(why(run("echo five")).contains("five"));
        assert!(why(run("echo 1; exit 3")).contains("code 3"));
        assert!(why(run("echo oh dear >&2; exit 3")).contains("oh dear"));
        assert!(why(run("kill -9 $$")).contains("signal"));
        // A number with a hundred thousand digits, and one without an end.
        assert!(why(run("head -c 100000 /dev/zero | tr '\\0' 1")).contains("no score"));
        assert!(why(run("cat /dev/zero")).contains("more than"));
        assert!(why(run("yes 1")).contains("more than"));
        assert!(why(run("printf '\\377\\n'")).contains("UTF-8"));
        assert_eq!(run("head -c 10000000 /dev/zero >&2; echo 4"), Ran::Scored(4.0));
    }

    #[test]
    fn whatever_it_starts_ends_when_its_time_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("still-here");
        let begun = Instant::now();
        let script = format!("(sleep 3; touch {}) & sleep 60", file.display());
        assert!(why(run_for(&script, 300)).contains("longer than"));
        // What is left behind by one that ends in time, too.
        assert_eq!(run(&format!("(sleep 3; touch {}) & echo 1", file.display())), Ran::Scored(1.0));
        assert!(begun.elapsed() < Duration::from_secs(3), "it was waited for");
        std::thread::sleep(Duration::from_secs(4));
        assert!(!file.exists(), "something went on");
    }

    #[test]
    fn a_command_that_is_not_there_is_the_evaluators_failure() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let missing = Task { command: vec!["/no/such/program".into()], limit: Duration::from_secs(1) };
        let failure = runtime.block_on(missing.run(&Value::Null, Output::new(false, true))).unwrap_err();
        assert_eq!(failure.kind, Kind::Input);
        let failure = runtime.block_on(task("no-such-program", 9_000).run(&Value::Null, Output::new(false, true)));
        assert!(failure.unwrap_err().message.contains("can't be run"));
    }

    #[test]
    fn tasks_differ_by_every_word() {
        let of = |words: &[&str], version: &str| {
            let command = words.iter().map(OsString::from).collect();
            Task { command, limit: Duration::from_secs(1) }.digest(b"", version)
        };
        assert_eq!(of(&["a", "b"], ""), of(&["a", "b"], ""));
        assert!(of(&["a", "b"], "") != of(&["ab"], "") && of(&["a", "b"], "") != of(&["a", "b"], "2"));
        assert!(of(&["a", "b"], "") != of(&["a"], "b"));
    }
}
