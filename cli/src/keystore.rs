//! Keys: encrypted files in the format of polkadot.js (JSON, version 3), and the well-known development keys by name.
//!
//! The secret is the sr25519 key in PKCS #8, encrypted with XSalsa20-Poly1305 under a key that scrypt makes from the
//! password. polkadot.js and its wallet extensions read these files, and this program reads theirs.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use base64::Engine;
use crypto_secretbox::aead::{Aead, KeyInit};
use crypto_secretbox::{Key, Nonce, XSalsa20Poly1305};
use schnorrkel::derive::{ChainCode, Derivation};
use schnorrkel::{ExpansionMode, MiniSecretKey, SecretKey};
use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;
use subxt_signer::bip39::Mnemonic;
use subxt_signer::sr25519::Keypair;
use subxt_signer::{DeriveJunction, ExposeSecret, SecretString, SecretUri};
use zeroize::Zeroizing;

use crate::error::{AboutFile, Failure, Result};
use crate::store::{read_text, write_private, Home};

/// What comes before the name of a development key.
pub(crate) const DEV_PREFIX: &str = "dev:";

/// The development keys that the `dev` and `local` chains know.
pub(crate) const DEV_KEYS: [&str; 6] = ["alice", "bob", "charlie", "dave", "eve", "ferdie"];

/// log2(N), r and p of scrypt: the strongest that polkadot.js uses. 128 MiB, about half a second.
const SCRYPT: (u8, u32, u32) = (17, 8, 1);

const PKCS8_HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const PKCS8_DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];
const ENCODED_LENGTH: usize = 32 + 12 + 24 + 16 + 117;

/// A key file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeyFile {
    encoded: String,
    encoding: Encoding,
    address: String,
    #[serde(default)]
    meta: Meta,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Encoding {
    content: Vec<String>,
    r#type: Vec<String>,
    version: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Meta {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "whenCreated")]
    when_created: u64,
    #[serde(default, rename = "genesisHash", skip_serializing_if = "Option::is_none")]
    genesis_hash: Option<serde_json::Value>,
}

/// A key as it is listed: no secret.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct KeyInfo {
    pub(crate) name: String,
    pub(crate) address: String,
    #[serde(serialize_with = "lossy")]
    pub(crate) path: PathBuf,
}

fn lossy<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::output::lossy(path))
}

/// An account that can sign.
#[derive(Clone)]
pub(crate) struct Account {
    /// As the user calls it.
    pub(crate) name: String,
    pub(crate) id: AccountId32,
    pub(crate) pair: Keypair,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("name", &self.name).field("address", &self.id.to_string()).finish()
    }
}

/// Where a password comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct PasswordSource {
    pub(crate) file: Option<PathBuf>,
}

impl PasswordSource {
    /// The password of an existing key.
    pub(crate) fn password(&self, name: &str) -> Result<SecretString> {
        match &self.file {
            Some(file) => from_file(file),
            None => prompt(&format!("Password of key `{name}`: "), "password"),
        }
    }

    /// The password of a key that is about to be written: asked for twice.
    pub(crate) fn new_password(&self, name: &str) -> Result<SecretString> {
        let password = match &self.file {
            Some(file) => from_file(file)?,
            None => {
                let first = prompt(&format!("Password for key `{name}`: "), "password")?;
                let second = prompt("The same again: ", "password")?;
                if first.expose_secret() != second.expose_secret() {
                    return Err(Failure::key("the two passwords differ").hint("nothing was written; try again"));
                }
                first
            }
        };
        if password.expose_secret().is_empty() {
            return Err(Failure::key("the password is empty").hint("nothing was written; choose one"));
        }
        Ok(password)
    }
}

/// How much of a file is read for the password in its first line.
const LONGEST_PASSWORD_FILE: u16 = 32 * 1024;

/// The first line of a file.
fn from_file(path: &Path) -> Result<SecretString> {
    // Not only a file: it may well come through a pipe.
    let mut text = Zeroizing::new(String::with_capacity(LONGEST_PASSWORD_FILE.into()));
    let file = fs::File::open(path).about("read the password in", path)?;
    file.take(LONGEST_PASSWORD_FILE.into()).read_to_string(&mut text).about("read the password in", path)?;
    Ok(SecretString::from(text.lines().next().unwrap_or_default().to_owned()))
}

/// Asks on the terminal, without showing what is typed.
fn prompt(text: &str, what: &str) -> Result<SecretString> {
    if !std::io::stderr().is_terminal() {
        return Err(Failure::key(format!("a {what} is needed, and there is no terminal to ask for it"))
            .hint("name a file that has it in its first line: --password-file or PEDIGREE_PASSWORD_FILE"));
    }
    rpassword::prompt_password(text)
        .map(SecretString::from)
        .map_err(|error| Failure::key(format!("cannot ask for the {what}: {error}")))
}

/// A mnemonic, a seed or a derivation path: from a pipe if there is one, else asked for.
pub(crate) fn read_secret() -> Result<SecretString> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return prompt("Mnemonic or 0x-seed: ", "mnemonic");
    }
    let mut line = Zeroizing::new(String::new());
    stdin.lock().read_line(&mut line).map_err(|error| Failure::input(format!("cannot read stdin: {error}")))?;
    Ok(SecretString::from(line.trim().to_owned()))
}

/// A new mnemonic of so many words.
pub(crate) fn new_mnemonic(words: u8) -> Result<Mnemonic> {
    let length = if words == 24 { 32 } else { 16 };
    let mut entropy = Zeroizing::new(vec![0u8; length]);
    random(&mut entropy)?;
    Mnemonic::from_entropy(&entropy).map_err(|error| Failure::key(format!("cannot make a mnemonic: {error}")))
}

/// Fills a buffer with randomness of the system.
pub(crate) fn random(buffer: &mut [u8]) -> Result<()> {
    getrandom::getrandom(buffer).map_err(|error| Failure::key(format!("the system gives no randomness: {error}")))
}

/// The seed that a mnemonic and its password stand for.
fn mini_secret(mnemonic: &Mnemonic, password: &str) -> Result<MiniSecretKey> {
    let entropy = Zeroizing::new(mnemonic.to_entropy());
    substrate_bip39::mini_secret_from_entropy(&entropy, password)
        .map_err(|_| Failure::key("this mnemonic has too few or too many words"))
}

/// The secret key behind a mnemonic or seed, with whatever derivation path follows it.
fn secret_key(secret: &SecretString) -> Result<SecretKey> {
    let bad = |reason: String| {
        Failure::key(format!("this is no secret: {reason}")).hint(
            "expected are the 12 to 24 words of a mnemonic, or 0x and 64 hexadecimal digits, and perhaps //a/path",
        )
    };
    let uri = SecretUri::from_str(secret.expose_secret()).map_err(|error| bad(error.to_string()))?;
    if secret.expose_secret().is_empty() || secret.expose_secret().starts_with('/') {
        return Err(bad("it has no words".to_owned()));
    }
    let phrase = uri.phrase.expose_secret();
    let mini = if let Some(digits) = phrase.strip_prefix("0x") {
        let mut seed = Zeroizing::new([0u8; 32]);
        hex::decode_to_slice(digits, seed.as_mut_slice()).map_err(|error| bad(error.to_string()))?;
        MiniSecretKey::from_bytes(seed.as_slice()).map_err(|error| bad(error.to_string()))?
    } else {
        let mnemonic = Mnemonic::from_str(phrase).map_err(|error| bad(error.to_string()))?;
        mini_secret(&mnemonic, uri.password.as_ref().map(ExposeSecret::expose_secret).unwrap_or_default())?
    };
    let root = mini.expand(ExpansionMode::Ed25519);
    Ok(uri.junctions.iter().fold(root, |key, junction| match junction {
        DeriveJunction::Soft(code) => key.derived_key_simple(ChainCode(*code), []).0,
        DeriveJunction::Hard(code) => {
            key.hard_derive_mini_secret_key(Some(ChainCode(*code)), b"").0.expand(ExpansionMode::Ed25519)
        }
    }))
}

/// A secret key as a key file, encrypted.
fn encrypt(name: &str, secret: &SecretKey, password: &SecretString) -> Result<KeyFile> {
    let public = secret.to_public().to_bytes();
    let mut plain = Zeroizing::new(Vec::with_capacity(117));
    plain.extend_from_slice(&PKCS8_HEADER);
    plain.extend_from_slice(Zeroizing::new(secret.to_ed25519_bytes()).as_slice());
    plain.extend_from_slice(&PKCS8_DIVIDER);
    plain.extend_from_slice(&public);

    let mut salt = [0u8; 32];
    let mut nonce = [0u8; 24];
    random(&mut salt)?;
    random(&mut nonce)?;
    let (log_n, r, p) = SCRYPT;
    let broken = |error: &dyn fmt::Display| Failure::key(format!("cannot encrypt the key: {error}"));
    let params = scrypt::Params::new(log_n, r, p, 32).map_err(|error| broken(&error))?;
    let mut key = Key::default();
    scrypt::scrypt(password.expose_secret().as_bytes(), &salt, &params, &mut key).map_err(|error| broken(&error))?;
    let sealed = XSalsa20Poly1305::new(&key)
        .encrypt(Nonce::from_slice(&nonce), plain.as_slice())
        .map_err(|error| broken(&error))?;
    key.fill(0);

    let mut encoded = Vec::with_capacity(ENCODED_LENGTH);
    encoded.extend_from_slice(&salt);
    for number in [1u32 << log_n, p, r] {
        encoded.extend_from_slice(&number.to_le_bytes());
    }
    encoded.extend_from_slice(&nonce);
    encoded.extend_from_slice(&sealed);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Ok(KeyFile {
        encoded: base64::engine::general_purpose::STANDARD.encode(encoded),
        encoding: Encoding {
            content: words(&["pkcs8", "sr25519"]),
            r#type: words(&["scrypt", "xsalsa20-poly1305"]),
            version: "3".to_owned(),
        },
        address: AccountId32(public).to_string(),
        meta: Meta {
            name: name.to_owned(),
            when_created: u64::try_from(now.as_millis()).unwrap_or_default(),
            genesis_hash: None,
        },
    })
}

/// Opens a key file.
fn decrypt(name: &str, json: &str, password: &SecretString) -> Result<Keypair> {
    use subxt_signer::polkadot_js_compat::{decrypt_json, Error};

    // The library reads at fixed places; see to it that they are there.
    let file = parse(name, json)?;
    let length = base64::engine::general_purpose::STANDARD.decode(&file.encoded).map(|bytes| bytes.len());
    if length != Ok(ENCODED_LENGTH) {
        return Err(Failure::key(format!("key `{name}` is damaged: it has not the length of an encrypted key")));
    }
    decrypt_json(json, password.expose_secret()).map_err(|error| match error {
        Error::Secretbox(_) => Failure::key(format!("wrong password for key `{name}`"))
            .hint("the key stays locked; try again, or `pedigree key import` it anew from its mnemonic"),
        Error::UnsupportedEncoding => Failure::key(format!("key `{name}` is not in the format that is read here"))
            .hint("expected is a polkadot.js account, JSON version 3, sr25519, encrypted with a password"),
        other => Failure::key(format!("key `{name}` cannot be opened: {other}")),
    })
}

fn parse(name: &str, json: &str) -> Result<KeyFile> {
    serde_json::from_str(json).map_err(|error| {
        Failure::key(format!("key `{name}` is no polkadot.js account file: {error}"))
            .hint("expected is a JSON file of version 3 with `encoded`, `encoding` and `address`")
    })
}

/// The keys on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Keystore {
    directory: PathBuf,
}

impl Keystore {
    pub(crate) fn new(home: &Home) -> Self {
        Self { directory: home.keys() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.join(format!("{name}.json"))
    }

    /// All keys, ordered by name.
    pub(crate) fn list(&self) -> Result<Vec<KeyInfo>> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.about("list the keys in", &self.directory)?,
        };
        let mut keys = Vec::new();
        for entry in entries {
            let path = entry.about("list the keys in", &self.directory)?.path();
            let Some(name) =
                path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".json"))
            else {
                continue;
            };
            let file = parse(name, &fs::read_to_string(&path).about("read", &path)?)?;
            keys.push(KeyInfo { name: name.to_owned(), address: file.address, path });
        }
        keys.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(keys)
    }

    /// Whether a key of that name may be made.
    pub(crate) fn check_new(&self, name: &str) -> Result<()> {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if !begins || name.len() > 64 || !name.bytes().all(word) {
            return Err(Failure::usage(format!("`{name}` can't be the name of a key"))
                .hint("1 to 64 letters, digits, `.`, `_` and `-`, beginning with a letter or digit"));
        }
        if self.path(name).exists() {
            return Err(Failure::key(format!("there is a key `{name}` already, in {}", self.path(name).display()))
                .hint("choose another name; a key is never overwritten"));
        }
        Ok(())
    }

    /// Encrypts a secret and keeps it.
    pub(crate) fn add(&self, name: &str, secret: &SecretString, password: &SecretString) -> Result<KeyInfo> {
        self.check_new(name)?;
        let file = encrypt(name, &secret_key(secret)?, password)?;
        self.write(name, &file)
    }

    /// Keeps a key file of polkadot.js, after its password has opened it.
    pub(crate) fn add_file(&self, name: &str, from: &Path, password: &SecretString) -> Result<KeyInfo> {
        self.check_new(name)?;
        let json = read_text(from, 1 << 20, "key file")?;
        decrypt(name, &json, password)?;
        let mut file = parse(name, &json)?;
        file.meta.name = name.to_owned();
        // Wallets write addresses with the prefix of one chain; here they all look the same.
        file.address = address(&file.address).map_err(Failure::key)?.to_string();
        self.write(name, &file)
    }

    fn write(&self, name: &str, file: &KeyFile) -> Result<KeyInfo> {
        let json = serde_json::to_string_pretty(file).map_err(|error| Failure::key(error.to_string()))?;
        let path = self.path(name);
        write_private(&path, json.as_bytes())?;
        Ok(KeyInfo { name: name.to_owned(), address: file.address.clone(), path })
    }

    /// The account that signs: a development key, a key by name or address, or the only one there is.
    pub(crate) fn account(&self, wanted: Option<&str>, passwords: &PasswordSource) -> Result<Account> {
        let Some(wanted) = wanted else {
            let keys = self.list()?;
            return match keys.as_slice() {
                [only] => self.open(only, passwords),
                [] => Err(Failure::key("this needs an account to sign with, and there is no key yet").hint(
                    "make one with `pedigree key new NAME`, or on a development chain take `--account dev:alice`",
                )),
                _ => Err(Failure::key("this needs an account to sign with, and there are several keys")
                    .hint(format!("choose with --account or PEDIGREE_ACCOUNT: {}", names(&keys)))),
            };
        };
        if let Some(name) = wanted.strip_prefix(DEV_PREFIX) {
            let pair = dev_pair(name)?;
            return Ok(Account { name: wanted.to_owned(), id: pair.public_key().into(), pair });
        }
        let keys = self.list()?;
        let found = keys.iter().find(|key| key.name == wanted || key.address == wanted);
        match found {
            Some(key) => self.open(key, passwords),
            None => Err(unknown(wanted, &keys)),
        }
    }

    fn open(&self, key: &KeyInfo, passwords: &PasswordSource) -> Result<Account> {
        let json = fs::read_to_string(&key.path).about("read", &key.path)?;
        let password = passwords.password(&key.name)?;
        let pair = decrypt(&key.name, &json, &password)?;
        Ok(Account { name: key.name.clone(), id: pair.public_key().into(), pair })
    }

    /// The id of an account that needn't sign: a development key, a key's name, or any SS58 address.
    pub(crate) fn account_id(&self, wanted: &str) -> Result<AccountId32> {
        if let Some(name) = wanted.strip_prefix(DEV_PREFIX) {
            return Ok(dev_pair(name)?.public_key().into());
        }
        let keys = self.list()?;
        if let Some(key) = keys.iter().find(|key| key.name == wanted) {
            return address(&key.address).map_err(Failure::key);
        }
        address(wanted).map_err(|_| unknown(wanted, &keys))
    }

    /// An address as people call it: the name of the key, if it is one of ours or a development key.
    pub(crate) fn label(&self, address: &str) -> Option<String> {
        let own = self.list().ok()?.into_iter().find(|key| key.address == address).map(|key| key.name);
        own.or_else(|| development().find_map(|(known, name)| (known == address).then_some(name)))
    }

    /// All addresses that people call something here, with what they call them.
    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let own = self.list().unwrap_or_default().into_iter().map(|key| (key.address, key.name));
        development().chain(own).collect()
    }
}

/// The development keys: their addresses and names.
fn development() -> impl Iterator<Item = (String, String)> {
    DEV_KEYS.iter().filter_map(|name| {
        let pair = dev_pair(name).ok()?;
        Some((AccountId32::from(pair.public_key()).to_string(), format!("{DEV_PREFIX}{name}")))
    })
}

fn unknown(wanted: &str, keys: &[KeyInfo]) -> Failure {
    let known = if keys.is_empty() {
        "there are none yet; make one with `pedigree key new NAME`".to_owned()
    } else {
        names(keys)
    };
    Failure::key(format!("`{wanted}` is no key on this machine and no address"))
        .hint(format!("keys: {known}; development keys: dev:{}", DEV_KEYS.join(", dev:")))
}

fn names(keys: &[KeyInfo]) -> String {
    keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// An SS58 address, whichever chain's prefix it was written with.
pub(crate) fn address(text: &str) -> Result<AccountId32, String> {
    AccountId32::from_str(text).map_err(|error| format!("`{text}` is no address: {error}"))
}

/// A development key: known to everybody, worth nothing.
fn dev_pair(name: &str) -> Result<Keypair> {
    use subxt_signer::sr25519::dev;
    Ok(match name.to_ascii_lowercase().as_str() {
        "alice" => dev::alice(),
        "bob" => dev::bob(),
        "charlie" => dev::charlie(),
        "dave" => dev::dave(),
        "eve" => dev::eve(),
        "ferdie" => dev::ferdie(),
        _ => {
            return Err(Failure::key(format!("`{DEV_PREFIX}{name}` is no development key"))
                .hint(format!("there are dev:{}", DEV_KEYS.join(", dev:"))))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASE: &str = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    fn keystore() -> (tempfile::TempDir, Keystore) {
        let home = tempfile::tempdir().unwrap();
        let keystore = Keystore::new(&Home::at(home.path()));
        (home, keystore)
    }

    fn password_file(directory: &Path, password: &str) -> PasswordSource {
        let file = directory.join(format!("password-{password}"));
        fs::write(&file, format!("{password}\n")).unwrap();
        PasswordSource { file: Some(file) }
    }

    #[test]
    fn a_key_that_was_added_opens_with_its_password_only() {
        let (home, keystore) = keystore();
        let added = keystore.add("work", &secret(PHRASE), &secret("pass word")).unwrap();
        let account = keystore.account(Some("work"), &password_file(home.path(), "pass word")).unwrap();
        assert_eq!(account.id.to_string(), added.address);
        // The only key needs no name, and an address names it too.
        let passwords = password_file(home.path(), "pass word");
        assert_eq!(keystore.account(None, &passwords).unwrap().id, account.id);
        assert_eq!(keystore.account(Some(&added.address), &passwords).unwrap().id, account.id);

        let failure = keystore.account(Some("work"), &password_file(home.path(), "guess")).unwrap_err();
        assert_eq!(failure.kind, crate::error::Kind::Key);
        assert!(failure.message.contains("wrong password"), "{failure}");
    }

    #[test]
    fn secrets_give_the_same_accounts_as_everywhere_else() {
        let address = |text: &str| AccountId32(secret_key(&secret(text)).unwrap().to_public().to_bytes()).to_string();
        assert_eq!(
            address(&format!("{PHRASE}//Alice")),
            AccountId32::from(dev_pair("alice").unwrap().public_key()).to_string()
        );
        for text in [PHRASE.to_owned(), format!("{PHRASE}//a/b///password"), format!("0x{}//x", "01".repeat(32))] {
            let theirs = Keypair::from_uri(&SecretUri::from_str(&text).unwrap()).unwrap();
            assert_eq!(address(&text), AccountId32::from(theirs.public_key()).to_string(), "{text}");
        }
        for bad in ["", "//Alice", "bottom drive", "0x12", "not a mnemonic at all"] {
            assert_eq!(secret_key(&secret(bad)).map(|_| ()).unwrap_err().kind, crate::error::Kind::Key, "{bad}");
        }
    }

    #[test]
    fn a_wallets_file_is_read() {
        // Exported by polkadot.js: Bob, N = 2^17.
        const BOB: &str = r#"{"encoded":"J2FFcPHAY11Pmq/38eqbwfUv9OPitYJs+oYgahBvlagAAAIAAQAAAAgAAAB5o0DwXCWDblsH+9pc++RaBO4fpHBHzUirHFHFE9yS3sDzgAIQjhgvPqJ3ODrMR2gy7vk0VZg1fyirIvmsrfjGbWnOI8YU0joX0tYytroyWaykFKtZJMmE0pNKcJ5dJmDxscbK53Ac+7ld2UdH07yKPXxmPuYNNw3vKx8cg9CdQgifKfzQxHnC+EUpOoHPLwGlHsFEYtIlQtngqd9n","encoding":{"content":["pkcs8","sr25519"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"5CfWTDh7XxJ2yrayqQ2aJnnZAH5v5XaF1oJFfH5QCpbfP9v8","meta":{"genesisHash":"","name":"Bob (Dev)","whenCreated":1768916488918}}"#;
        let (home, keystore) = keystore();
        let file = home.path().join("bob.json");
        fs::write(&file, BOB).unwrap();
        let added = keystore.add_file("bob", &file, &secret("whoisbob")).unwrap();
        assert_eq!(added.address, "5CfWTDh7XxJ2yrayqQ2aJnnZAH5v5XaF1oJFfH5QCpbfP9v8");
        assert_eq!(keystore.label(&added.address).as_deref(), Some("bob"));
        assert!(keystore.account(Some("bob"), &password_file(home.path(), "whoisbob")).is_ok());
        assert!(keystore.add_file("bob2", &file, &secret("wrong")).is_err());
    }

    #[test]
    fn a_damaged_file_is_an_error_not_a_crash() {
        let (home, keystore) = keystore();
        keystore.add("work", &secret(PHRASE), &secret("x")).unwrap();
        let path = home.path().join("keys/work.json");
        let good: KeyFile = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let passwords = password_file(home.path(), "x");
        for encoded in ["", "AAAA", "!!"] {
            let file = KeyFile { encoded: encoded.to_owned(), ..good.clone() };
            fs::write(&path, serde_json::to_string(&file).unwrap()).unwrap();
            assert_eq!(keystore.account(Some("work"), &passwords).unwrap_err().kind, crate::error::Kind::Key);
        }
        fs::write(&path, "{").unwrap();
        assert_eq!(keystore.list().unwrap_err().kind, crate::error::Kind::Key);
    }

    #[test]
    fn names_are_checked_and_never_overwritten() {
        let (_home, keystore) = keystore();
        for bad in ["", "../x", "a/b", "dev:alice", ".hidden", "a b"] {
            assert!(keystore.check_new(bad).is_err(), "{bad}");
        }
        keystore.add("work", &secret(PHRASE), &secret("x")).unwrap();
        assert_eq!(keystore.check_new("work").unwrap_err().kind, crate::error::Kind::Key);
    }

    #[test]
    fn an_account_is_chosen_or_the_error_lists_them() {
        let (_home, keystore) = keystore();
        let passwords = PasswordSource::default();
        assert!(keystore.account(None, &passwords).unwrap_err().hint.unwrap().contains("key new"));
        assert!(keystore.account(Some("dev:alice"), &passwords).is_ok());
        assert!(keystore.account(Some("dev:mallory"), &passwords).is_err());
        keystore.add("one", &secret(PHRASE), &secret("x")).unwrap();
        keystore.add("two", &secret(&format!("{PHRASE}//2")), &secret("x")).unwrap();
        assert!(keystore.account(None, &passwords).unwrap_err().hint.unwrap().contains("one, two"));
        assert_eq!(keystore.account_id("one").unwrap().to_string(), keystore.list().unwrap()[0].address);
    }
}
