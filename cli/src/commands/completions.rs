//! `pedigree completions`.

use clap::CommandFactory;

use super::Context;
use crate::args::Args;
use crate::error::{Failure, Result};

pub(super) fn run(context: &Context, shell: clap_complete::Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "pedigree", &mut script);
    let script = String::from_utf8(script).map_err(|error| Failure::input(error.to_string()))?;
    context.output.print(&script)
}
