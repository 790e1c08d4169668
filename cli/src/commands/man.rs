//! `pedigree man`: manual pages, made from what `--help` says.

use std::fs;

use clap::{Command, CommandFactory};
use serde_json::json;

use super::Context;
use crate::args::{Args, ManArgs};
use crate::error::{AboutFile, Failure, Result};
use crate::output::{count, lossy};
use crate::store::write_public;

pub(super) fn run(context: &Context, args: &ManArgs) -> Result<()> {
    fs::create_dir_all(&args.folder).about("create", &args.folder)?;
    let mut command = Args::command();
    // Names and options of every command are filled in here.
    command.build();
    let mut pages = Vec::new();
    write(&command, "", args, &mut pages)?;
    let number = u64::try_from(pages.len()).unwrap_or(u64::MAX);
    context.output.answer(&json!({ "folder": lossy(&args.folder), "pages": pages }), |style| {
        format!("{}\n  {}", style.bold(args.folder.display()), count(number, "page"))
    })
}

/// The page of a command, and of those below it: `pedigree-key-new.1`.
fn write(command: &Command, above: &str, args: &ManArgs, pages: &mut Vec<String>) -> Result<()> {
    let name = if above.is_empty() { command.get_name().to_owned() } else { format!("{above}-{}", command.get_name()) };
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone().display_name(&name))
        .title(name.to_ascii_uppercase())
        .render(&mut page)
        .map_err(|error| Failure::input(error.to_string()))?;
    let file = format!("{name}.1");
    write_public(&args.folder.join(&file), &page)?;
    pages.push(file);
    command.get_subcommands().try_for_each(|below| write(below, &name, args, pages))
}
