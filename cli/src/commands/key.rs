//! `pedigree key`: make, import and list keys.

use serde_json::json;
use subxt_signer::SecretString;

use super::Context;
use crate::args::{KeyCommand, KeyImportArgs, KeyNewArgs};
use crate::error::Result;
use crate::keystore::{new_mnemonic, read_secret, DEV_KEYS, DEV_PREFIX};
use crate::output::{lossy, table};

pub(super) fn run(context: &Context, command: KeyCommand) -> Result<()> {
    match command {
        KeyCommand::New(args) => new(context, &args),
        KeyCommand::Import(args) => import(context, &args),
        KeyCommand::List => list(context),
    }
}

fn new(context: &Context, args: &KeyNewArgs) -> Result<()> {
    context.keystore.check_new(&args.name)?;
    let mnemonic = new_mnemonic(args.words)?.to_string();
    let password = context.passwords.new_password(&args.name)?;
    let key = context.keystore.add(&args.name, &SecretString::from(mnemonic.clone()), &password)?;
    context.output.step("Kept", format!("key `{}` in {}, encrypted", key.name, key.path.display()));
    context.output.warning("write the mnemonic down; it is shown this once, and whoever has it has the key");
    context.output.answer(
        &json!({ "name": key.name, "address": key.address, "path": lossy(&key.path), "mnemonic": mnemonic }),
        |style| {
            let rows = [("address", key.address.clone()), ("mnemonic", style.bold(&mnemonic))];
            format!("{}\n{}", style.bold(&key.name), table(style, &rows))
        },
    )
}

fn import(context: &Context, args: &KeyImportArgs) -> Result<()> {
    context.keystore.check_new(&args.name)?;
    let key = match &args.from {
        Some(file) => {
            let password = context.passwords.password(&args.name)?;
            context.keystore.add_file(&args.name, file, &password)?
        }
        None => {
            let secret = read_secret()?;
            let password = context.passwords.new_password(&args.name)?;
            context.keystore.add(&args.name, &secret, &password)?
        }
    };
    context.output.step("Kept", format!("key `{}` in {}, encrypted", key.name, key.path.display()));
    context.output.answer(&json!({ "name": key.name, "address": key.address, "path": lossy(&key.path) }), |style| {
        format!("{}\n{}", style.bold(&key.name), table(style, &[("address", key.address.clone())]))
    })
}

fn list(context: &Context) -> Result<()> {
    let keys = context.keystore.list()?;
    let dev: Vec<_> = DEV_KEYS
        .iter()
        .filter_map(|name| {
            let name = format!("{DEV_PREFIX}{name}");
            let address = context.keystore.account_id(&name).ok()?.to_string();
            Some((name, address))
        })
        .collect();
    let dev_json: Vec<_> = dev.iter().map(|(name, address)| json!({ "name": name, "address": address })).collect();
    context.output.answer(&json!({ "keys": keys, "development": dev_json }), |style| {
        let width =
            keys.iter().map(|key| key.name.len()).chain(dev.iter().map(|(name, _)| name.len())).max().unwrap_or(0);
        let mut text = String::new();
        for key in &keys {
            text.push_str(&format!("{}  {}\n", style.bold(format!("{:width$}", key.name)), key.address));
        }
        for (name, address) in &dev {
            text.push_str(&style.dim(format!("{name:width$}  {address}")));
            text.push('\n');
        }
        text
    })
}
