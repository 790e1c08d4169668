//! The command line, run as a user would run it, with a home of its own.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::process;
use crate::until;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A user: a home, a node, an account.
#[derive(Debug)]
pub struct Pedigree {
    home: TempDir,
    node: Option<String>,
    account: Option<String>,
    password_file: Option<PathBuf>,
}

impl Default for Pedigree {
    fn default() -> Self {
        Self::new()
    }
}

impl Pedigree {
    /// Somebody with nothing.
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("there is room for temporary files");
        Self { home, node: None, account: None, password_file: None }
    }

    /// Speaks to this node from now on.
    pub fn at(mut self, url: &str) -> Self {
        self.node = Some(url.to_owned());
        self
    }

    /// Signs with this key from now on.
    pub fn with_account(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// Has the password of its keys in this file from now on.
    pub fn with_password_file(mut self, file: &Path) -> Self {
        self.password_file = Some(file.to_owned());
        self
    }

    /// Where it keeps things.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs a command to its end.
    pub fn run<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Answer {
        self.start(arguments).finish()
    }

    /// Runs a command that has to succeed, with `--json`: what it answers.
    pub fn json<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Value {
        self.json_with_code(arguments, 0)
    }

    /// Runs a command with `--json` that has to end with this code: what it answers.
    pub fn json_with_code<Argument: AsRef<OsStr>>(&self, arguments: &[Argument], code: i32) -> Value {
        let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).chain([OsStr::new("--json")]).collect();
        let answer = self.run(&arguments).code(code);
        serde_json::from_str(&answer.stdout)
            .unwrap_or_else(|error| panic!("this isn't one JSON value ({error}):\n{answer}"))
    }

    /// Starts a command, and doesn't wait for its end.
    pub fn start<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Running {
        let program = process::program("PEDIGREE_BIN", "pedigree");
        let mut command = process::command(&program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PEDIGREE_") {
                command.env_remove(name);
            }
        }
        let values = [("PEDIGREE_NODE", &self.node), ("PEDIGREE_ACCOUNT", &self.account)];
        command.envs(values.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))));
        if let Some(file) = &self.password_file {
            command.env("PEDIGREE_PASSWORD_FILE", file);
        }
        command
            .env("PEDIGREE_HOME", self.home.path())
            .env("HOME", self.home.path())
            .env("NO_COLOR", "1")
            .args(arguments.iter().map(AsRef::as_ref))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let shown: Vec<String> = arguments.iter().map(|word| word.as_ref().to_string_lossy().into_owned()).collect();
        let mut child = command.spawn().expect("pedigree can be started");
        let stdout = Reader::new(child.stdout.take().expect("it is piped"));
        let stderr = Reader::new(child.stderr.take().expect("it is piped"));
        Running { command: format!("pedigree {}", shown.join(" ")), child, stdout, stderr }
    }
}

/// Reads along what a process writes.
#[derive(Debug)]
struct Reader {
    text: Arc<Mutex<Vec<u8>>>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    fn new(mut stream: impl Read + Send + 'static) -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let shared = text.clone();
        let thread = std::thread::spawn(move || {
            let mut buffer = [0u8; 4096];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                shared.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer[..length]);
            }
        });
        Self { text, thread: Some(thread) }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    fn until_the_end(&mut self) -> String {
        if let Some(thread) = self.thread.take() {
            thread.join().expect("reading doesn't fail");
        }
        self.so_far()
    }
}

/// A command that runs.
#[derive(Debug)]
pub struct Running {
    command: String,
    child: Child,
    stdout: Reader,
    stderr: Reader,
}

impl Running {
    /// Waits until it has said this on stderr.
    pub fn wait_for(&mut self, text: &str) {
        let what = format!("`{}` to say {text:?}", self.command);
        until(&what, PATIENCE, || {
            if self.stderr.so_far().contains(text) {
                return Some(());
            }
            let ended = self.child.try_wait().expect("it is a child of this process");
            // What it said last may still be on its way.
            let said = ended.is_none() || self.stderr.until_the_end().contains(text);
            assert!(said, "`{}` ended without having said {text:?}:\n{}", self.command, self.stderr.so_far());
            None
        });
    }

    /// Waits until it has answered a line in which this is.
    pub fn wait_for_answer(&mut self, text: &str) {
        until(&format!("`{}` to answer {text:?}", self.command), PATIENCE, || {
            let so_far = self.stdout.so_far();
            // The last piece may not be whole yet.
            if so_far.rsplit_once('\n').is_some_and(|(lines, _)| lines.contains(text)) {
                return Some(());
            }
            let ended = self.child.try_wait().expect("it is a child of this process");
            assert!(ended.is_none(), "`{}` ended before that:\n{so_far}{}", self.command, self.stderr.so_far());
            None
        });
    }

    /// The first line that it answers, as soon as it is there.
    pub fn first_line(&mut self) -> String {
        until(&format!("`{}` to answer something", self.command), PATIENCE, || {
            let so_far = self.stdout.so_far();
            if let Some((line, _)) = so_far.split_once('\n') {
                return Some(line.to_owned());
            }
            let ended = self.child.try_wait().expect("it is a child of this process");
            assert!(ended.is_none(), "`{}` ended without an answer:\n{}", self.command, self.stderr.so_far());
            None
        })
    }

    /// Ctrl-C.
    pub fn interrupt(&self) {
        process::signal(&self.child, "INT");
    }

    /// The end of the process, whatever it is doing.
    pub fn kill(mut self) -> Answer {
        self.child.kill().expect("it is a child of this process");
        self.finish()
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Answer {
        let Some(status) = process::wait(&mut self.child, PATIENCE) else {
            panic!("`{}` still runs after {} s:\n{}", self.command, PATIENCE.as_secs(), self.stderr.so_far());
        };
        Answer {
            command: self.command.clone(),
            code: status.code(),
            stdout: self.stdout.until_the_end(),
            stderr: self.stderr.until_the_end(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        process::end(&mut self.child);
    }
}

/// What a command did.
#[derive(Clone, Debug)]
pub struct Answer {
    command: String,
    /// Its exit code; nothing if a signal ended it.
    pub code: Option<i32>,
    /// What it answered.
    pub stdout: String,
    /// What it said meanwhile.
    pub stderr: String,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "$ {}\n{}{}(code {:?})", self.command, self.stdout, self.stderr, self.code)
    }
}

impl Answer {
    /// It has to have ended with this code.
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "the wrong exit code:\n{self}");
        self
    }

    /// It has to have said this, on stdout or stderr.
    pub fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text) || self.stderr.contains(text), "nothing is said of {text:?}:\n{self}");
        self
    }

    /// It must not have said this.
    pub fn does_not_say(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text) && !self.stderr.contains(text), "{text:?} should not be said:\n{self}");
        self
    }
}
