//! Ctrl-C: nothing that matters is lost, and it is said how to go on.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::output::Output;

/// What a shell reports of a process that SIGINT ended.
const INTERRUPTED: i32 = 130;

static RESUMABLE: AtomicBool = AtomicBool::new(false);
static FETCHING: AtomicBool = AtomicBool::new(false);

/// From here on something is under way that running the same command again continues.
pub(crate) fn resumable(now: bool) {
    RESUMABLE.store(now, Ordering::Relaxed);
}

/// From here on files are being fetched, which running the same command again continues.
pub(crate) fn fetching() {
    FETCHING.store(true, Ordering::Relaxed);
}

/// Ends the process at the first Ctrl-C. Files are written whole or not at all, so this may happen at any time.
pub(crate) async fn watch(output: Output) {
    if tokio::signal::ctrl_c().await.is_ok() {
        eprintln!();
        if RESUMABLE.load(Ordering::Relaxed) {
            output.note("interrupted; run the same command again and it continues, paying nothing twice");
        } else if FETCHING.load(Ordering::Relaxed) {
            output.note("interrupted; run the same command again and it continues with what is there");
        } else {
            output.note("interrupted");
        }
        std::process::exit(INTERRUPTED);
    }
}
