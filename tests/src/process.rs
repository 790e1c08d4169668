//! Processes that don't outlive the test that started them.
//!
//! They stay in the test's process group, so that whoever stops the test (a terminal, the test runner) stops them too,
//! and where `setpriv` is installed they get SIGKILL when the test itself is killed. Otherwise dropping them stops them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// A program of this build, or the one that the environment variable names.
pub fn program(variable: &str, name: &str) -> PathBuf {
    if let Some(named) = std::env::var_os(variable) {
        return named.into();
    }
    // A test is target/PROFILE/deps/TEST.
    let test = std::env::current_exe().expect("a test knows where it is");
    let found = test.ancestors().skip(1).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("there is no {name} beside {}: `make build` makes it, or name one with {variable}", test.display())
    })
}

/// The command of a program that ends with this test.
pub fn command(program: &Path) -> Command {
    let setpriv = Path::new("/usr/bin/setpriv");
    if setpriv.is_file() {
        let mut command = Command::new(setpriv);
        command.args(["--pdeathsig", "KILL"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Sends a signal: `TERM`, `INT`, `KILL`.
pub fn signal(child: &Child, signal: &str) {
    // The shell's own `kill`: not every machine has one as a program.
    let sent = Command::new("sh").arg("-c").arg(format!("kill -s {signal} {}", child.id())).status();
    assert!(sent.expect("there is a shell").success(), "process {} could not be sent {signal}", child.id());
}

/// Waits for a process to end; nothing if it doesn't in time.
pub fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it is a child of this process") {
            return Some(status);
        }
        if begun.elapsed() > patience {
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Ends a process: politely, then not.
pub fn end(child: &mut Child) {
    if child.try_wait().is_ok_and(|status| status.is_some()) {
        return;
    }
    // Nothing here may stop the test: this runs while another failure is on its way, too.
    let _ = Command::new("sh").arg("-c").arg(format!("kill -s TERM {}", child.id())).status();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            _ => return,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}
