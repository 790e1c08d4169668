//! Ctrl-C: nothing that matters is lost, and it is said how to go on.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::output::Output;

/// What a shell reports of a process that SIGINT ended.
const INTERRUPTED: i32 = 130;

/// What a shell reports of a process that SIGTERM ended.
#[cfg(unix)]
const TERMINATED: i32 = 143;

static RESUMABLE: AtomicBool = AtomicBool::new(false);
static FETCHING: AtomicBool = AtomicBool::new(false);
static EVALUATING: AtomicBool = AtomicBool::new(false);
/// The process group of the evaluator's command while it runs, or 0.
static CHILD: AtomicU32 = AtomicU32::new(0);

/// From here on something is under way that running the same command again continues.
pub(crate) fn resumable(now: bool) {
    RESUMABLE.store(now, Ordering::Relaxed);
}

/// From here on files are being fetched, which running the same command again continues.
pub(crate) fn fetching() {
    FETCHING.store(true, Ordering::Relaxed);
}

/// From here on contributors are being scored. SIGTERM, which whoever keeps services running sends, is like Ctrl-C then.
pub(crate) fn evaluating(output: Output) {
    EVALUATING.store(true, Ordering::Relaxed);
    #[cfg(unix)]
    tokio::spawn(async move {
        let terminate = tokio::signal::unix::SignalKind::terminate();
        if let Ok(mut signals) = tokio::signal::unix::signal(terminate) {
            if signals.recv().await.is_some() {
                end(output, TERMINATED);
            }
        }
    });
    #[cfg(not(unix))]
    let _ = output;
}

/// The process group of a command that has to end with this program; nothing if it has ended.
pub(crate) fn child(group: Option<u32>) {
    CHILD.store(group.unwrap_or_default(), Ordering::Relaxed);
}

/// Kills a process group, without asking.
pub(crate) fn end_group(group: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(group).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = group;
}

/// Ends the process at the first Ctrl-C. Files are written whole or not at all, so this may happen at any time.
pub(crate) async fn watch(output: Output) {
    if tokio::signal::ctrl_c().await.is_ok() {
        eprintln!();
        end(output, INTERRUPTED);
    }
}

fn end(output: Output, code: i32) -> ! {
    match CHILD.load(Ordering::Relaxed) {
        0 => {}
        group => end_group(group),
    }
    if RESUMABLE.load(Ordering::Relaxed) {
        output.note("interrupted; run the same command again and it continues, paying nothing twice");
    } else if EVALUATING.load(Ordering::Relaxed) {
        output.note("interrupted; run the same command again and it goes on where it was");
    } else if FETCHING.load(Ordering::Relaxed) {
        output.note("interrupted; run the same command again and it continues with what is there");
    } else {
        output.note("interrupted");
    }
    std::process::exit(code)
}
