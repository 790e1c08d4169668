//! Scores: as they are typed or written in a file, as they are committed to, and as they are kept until they are revealed.
//!
//! What is committed to can only be revealed by whoever has the scores and the salt. So both are written down, and are on the
//! disk, before anything is sent; and they are kept under the hash that they were committed to with, so that nothing which was
//! ever sent is overwritten by what is sent later.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

use pedigree_manifest::Hash;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use subxt::ext::codec::Encode;
use subxt::utils::AccountId32;

use crate::chain::views::Score;
use crate::error::{AboutFile, Failure, Result};
use crate::keystore::random;
use crate::request::blake2_256;
use crate::store::{read_text, write_private, Home};

/// As many seats as a subnet can have.
const MOST: usize = 4_096;

/// No file of scores is longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// The most that a score can be.
const WHOLE: f64 = 65_535.0;

/// A score as it is given: for whom, how much, and maybe of what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) uid: u16,
    pub(crate) value: f64,
    /// The root that was evaluated; that of the neuron, if it is left out.
    pub(crate) root: Option<Hash>,
}

/// A score on the command line: `UID=SCORE`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ScoreArg(pub(crate) Given);

impl FromStr for ScoreArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shape = || format!("`{text}` is not of the form UID=SCORE, such as 3=120");
        let (uid, value) = text.split_once('=').ok_or_else(shape)?;
        let uid = uid.parse().map_err(|_| shape())?;
        Ok(Self(Given { uid, value: value.parse().map_err(|_| shape())?, root: None }))
    }
}

/// A score in a JSON file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    uid: u16,
    score: f64,
    #[serde(default)]
    root: Option<Hash>,
}

/// The fields of a JSON object, all of them: of a uid that is there twice, a map would keep one.
struct Pairs(Vec<(u16, f64)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object {\"UID\": SCORE}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// The scores in a file: JSON, or lines of `UID,SCORE[,ROOT]`.
pub(crate) fn read(path: &std::path::Path) -> Result<Vec<Given>> {
    let text = read_text(path, LONGEST, "file of scores")?;
    let wrong = |what: String| Failure::input(format!("{} is no file of scores: {what}", path.display()));
    if text.trim_start().starts_with('[') {
        let list: Vec<Written> = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        return Ok(list.into_iter().map(|Written { uid, score, root }| Given { uid, value: score, root }).collect());
    }
    if text.trim_start().starts_with('{') {
        let Pairs(pairs) = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        return Ok(pairs.into_iter().map(|(uid, value)| Given { uid, value, root: None }).collect());
    }
    let mut given = Vec::new();
    for (index, line) in text.lines().map(str::trim).enumerate() {
        let header = index == 0 && line.to_ascii_lowercase().starts_with("uid");
        if line.is_empty() || header {
            continue;
        }
        let number = index.saturating_add(1);
        given.push(csv_line(line).ok_or_else(|| wrong(format!("line {number} is not UID,SCORE or UID,SCORE,ROOT")))?);
    }
    Ok(given)
}

fn csv_line(line: &str) -> Option<Given> {
    let mut fields = line.split(',').map(str::trim);
    let (uid, value) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let root = match fields.next() {
        None | Some("") => None,
        Some(root) => Some(root.parse().ok()?),
    };
    fields.next().is_none().then_some(Given { uid, value, root })
}

/// The scores as the chain takes them: by rising uid, each once, whole numbers.
pub(crate) fn whole(mut given: Vec<Given>, scale: bool) -> Result<Vec<(u16, u16, Option<Hash>)>> {
    given.sort_by_key(|one| one.uid);
    if let Some(twice) = given.iter().zip(given.iter().skip(1)).find(|(one, next)| one.uid == next.uid) {
        return Err(Failure::usage(format!("uid {} is scored twice", twice.0.uid)).hint("score each neuron once"));
    }
    if given.len() > MOST {
        return Err(Failure::usage(format!("these are {} scores; a subnet has {MOST} seats at most", given.len())));
    }
    let highest = given.iter().map(|one| one.value).fold(0.0, f64::max);
    if let Some(bad) = given.iter().find(|one| !one.value.is_finite() || one.value < 0.0) {
        return Err(Failure::usage(format!("the score of uid {} is {}", bad.uid, bad.value))
            .hint("scores are numbers from 0 to 65535"));
    }
    if highest == 0.0 {
        return Err(Failure::usage("no score is above zero").hint(
            "score at least one neuron; or give everything to the burn slot, with 0=1, and what would be paid is burned",
        ));
    }
    given
        .into_iter()
        .map(|Given { uid, value, root }| {
            let score = if scale { (value / highest * WHOLE).round() } else { value };
            if score > WHOLE || score.fract() != 0.0 {
                return Err(Failure::usage(format!("the score of uid {uid} is {value}"))
                    .hint("scores are whole numbers from 0 to 65535; --scale makes them so, in proportion"));
            }
            // It was just looked at whether it is one.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let score = score as u16;
            Ok((uid, score, root))
        })
        .collect()
}

/// What is committed to.
pub(crate) fn hash(
    genesis: &Hash,
    netuid: u16,
    epoch: u32,
    account: &AccountId32,
    scores: &[Score],
    salt: &Hash,
) -> Hash {
    let scores: Vec<_> = scores.iter().map(|it| (it.uid, it.score, it.root.map(|root| root.0))).collect();
    blake2_256(&(genesis.0, netuid, epoch, account.0, scores, salt.0).encode())
}

/// Scores that were committed to, or were about to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Kept {
    version: u8,
    pub(crate) netuid: u16,
    pub(crate) epoch: u32,
    pub(crate) account: String,
    pub(crate) scores: Vec<Score>,
    pub(crate) salt: Hash,
    /// What is committed to with them.
    pub(crate) hash: Hash,
}

/// What is kept of the scores of one evaluator in one subnet of one chain.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    folder: PathBuf,
    genesis: Hash,
    netuid: u16,
    account: AccountId32,
}

impl Ledger {
    pub(crate) fn new(home: &Home, genesis: Hash, netuid: u16, account: AccountId32) -> Self {
        let folder = home.scores(&genesis).join(format!("{account}-{netuid}"));
        Self { folder, genesis, netuid, account }
    }

    /// The scores for that epoch, written down. If they were before, with the salt that they had then.
    pub(crate) fn keep(&self, epoch: u32, scores: Vec<Score>) -> Result<Kept> {
        if let Some(kept) = self.all()?.into_iter().find(|kept| kept.epoch == epoch && kept.scores == scores) {
            return Ok(kept);
        }
        let mut salt = Hash([0; 32]);
        random(&mut salt.0)?;
        let hash = hash(&self.genesis, self.netuid, epoch, &self.account, &scores, &salt);
        let kept =
            Kept { version: 1, netuid: self.netuid, epoch, account: self.account.to_string(), scores, salt, hash };
        let json = serde_json::to_string_pretty(&kept).map_err(|error| Failure::input(error.to_string()))?;
        write_private(&self.path(&kept), json.as_bytes())?;
        Ok(kept)
    }

    /// All that is kept, the oldest first.
    pub(crate) fn all(&self) -> Result<Vec<Kept>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
            entries => entries.about("list", &self.folder)?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry.about("list", &self.folder)?.path();
            // What is being written, or was when the power went.
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let damaged = |what: String| {
                Failure::input(format!("{} is damaged: {what}", path.display()))
                    .hint("move it away; what it was for can't be revealed then, and costs the dividends of one epoch")
            };
            let text = read_text(&path, LONGEST, "file of scores")?;
            let kept: Kept = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
            let hash = hash(&self.genesis, self.netuid, kept.epoch, &self.account, &kept.scores, &kept.salt);
            if hash != kept.hash {
                return Err(damaged("its scores and salt don't make the hash that it has".to_owned()));
            }
            all.push(kept);
        }
        all.sort_by_key(|kept| (kept.epoch, kept.hash.0));
        Ok(all)
    }

    /// Forgets what can't be revealed any more: what is of an epoch before that one.
    pub(crate) fn forget_before(&self, epoch: u32) -> Result<()> {
        for old in self.all()?.into_iter().filter(|kept| kept.epoch < epoch) {
            let path = self.path(&old);
            fs::remove_file(&path).about("remove", &path)?;
        }
        Ok(())
    }

    fn path(&self, kept: &Kept) -> PathBuf {
        let hash = kept.hash.to_string();
        self.folder.join(format!("{}-{}.json", kept.epoch, hash.get(2..18).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn given(uid: u16, value: f64) -> Given {
        Given { uid, value, root: None }
    }

    fn score(uid: u16, score: u16) -> Score {
        Score { uid, score, root: None }
    }

    #[test]
    fn the_hash_is_of_the_encoding_that_is_written_down() {
        let root = Hash([7; 32]);
        let scores = [score(0, 5), Score { uid: 513, score: 65_535, root: Some(root) }];
        let mut bytes = vec![1u8; 32];
        bytes.extend([3, 0]);
        bytes.extend([4, 1, 0, 0]);
        bytes.extend([2u8; 32]);
        bytes.push(2 << 2);
        bytes.extend([0, 0, 5, 0, 0]);
        bytes.extend([1, 2, 255, 255, 1]);
        bytes.extend(root.0);
        bytes.extend([9u8; 32]);
        let made = hash(&Hash([1; 32]), 3, 260, &AccountId32([2; 32]), &scores, &Hash([9; 32]));
        assert_eq!(made, blake2_256(&bytes));
    }

    #[test]
    fn files_of_scores_come_in_three_forms() {
        let folder = tempfile::tempdir().unwrap();
        let root = Hash([7; 32]);
        let file = |text: &str| {
            let path = folder.path().join("scores");
            fs::write(&path, text).unwrap();
            read(&path)
        };
        let expected = vec![given(1, 10.0), Given { uid: 2, value: 0.5, root: Some(root) }];
        let list = format!(r#"[{{"uid":1,"score":10}},{{"uid":2,"score":0.5,"root":"{root}"}}]"#);
        assert_eq!(file(&list).unwrap(), expected);
        assert_eq!(file(&format!("uid,score,root\n1,10\n\n2, 0.5, {root}\n")).unwrap(), expected);
        assert_eq!(file(&format!("1,10,\n2,0.5,{root}")).unwrap(), expected);
        assert_eq!(file(r#"{"2": 0.5, "1": 10}"#).unwrap(), vec![given(2, 0.5), given(1, 10.0)]);
        for wrong in
            [r#"{"x": 1}"#, "{", "[1]", "1;2", "1,x", "65536,1", "1,2,0x00", r#"[{"uid":1,"score":1,"extra":1}]"#]
        {
            assert_eq!(file(wrong).unwrap_err().kind, Kind::Input, "{wrong}");
        }
        assert!(file("1,2\nx,1").unwrap_err().message.contains("line 2"));
    }

    #[test]
    fn scores_are_sorted_and_whole_and_each_is_there_once() {
        let made = whole(vec![given(7, 3.0), given(2, 65_535.0)], false).unwrap();
        assert_eq!(made, [(2, 65_535, None), (7, 3, None)]);
        let made = whole(vec![given(1, 0.5), given(2, 0.25), given(3, 0.0)], true).unwrap();
        assert_eq!(made, [(1, 65_535, None), (2, 32_768, None), (3, 0, None)]);
        let refused = |given: Vec<Given>, word: &str| {
            let failure = whole(given, false).unwrap_err();
            assert_eq!(failure.kind, Kind::Usage);
            assert!(failure.message.contains(word), "{failure}");
        };
        refused(vec![given(1, 1.0), given(2, 1.0), given(1, 2.0)], "twice");
        refused(vec![given(1, 0.0)], "above zero");
        refused(vec![], "above zero");
        refused(vec![given(1, 0.5)], "0.5");
        refused(vec![given(1, 65_536.0)], "65536");
        refused(vec![given(1, -1.0), given(2, 1.0)], "-1");
        refused(vec![given(1, f64::NAN), given(2, 1.0)], "NaN");
        refused(vec![given(1, f64::INFINITY)], "inf");
    }

    #[test]
    fn what_was_kept_has_the_salt_that_it_had() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let ledger = Ledger::new(&home, Hash([1; 32]), 3, AccountId32([2; 32]));
        assert_eq!(ledger.all().unwrap(), []);
        let first = ledger.keep(4, vec![score(1, 1)]).unwrap();
        assert_eq!(ledger.keep(4, vec![score(1, 1)]).unwrap(), first);
        // Others take nothing away from what may have been sent already.
        let other = ledger.keep(4, vec![score(1, 2)]).unwrap();
        let next = ledger.keep(5, vec![score(1, 1)]).unwrap();
        assert!(first.salt != other.salt && first.salt != next.salt);
        assert_eq!(ledger.all().unwrap().len(), 3);
        ledger.forget_before(5).unwrap();
        assert_eq!(ledger.all().unwrap(), [next]);
        let elsewhere = Ledger::new(&home, Hash([2; 32]), 3, AccountId32([2; 32]));
        assert_eq!(elsewhere.all().unwrap(), []);
    }

    #[test]
    fn what_was_changed_on_the_disk_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let ledger = Ledger::new(&Home::at(directory.path()), Hash([1; 32]), 3, AccountId32([2; 32]));
        let mut kept = ledger.keep(4, vec![score(1, 1)]).unwrap();
        let path = ledger.path(&kept);
        kept.scores = vec![score(1, 9)];
        fs::write(&path, serde_json::to_string(&kept).unwrap()).unwrap();
        assert_eq!(ledger.all().unwrap_err().kind, Kind::Input);
        fs::write(&path, "{").unwrap();
        assert!(ledger.all().unwrap_err().message.contains("damaged"));
        // What was being written when the power went is no scores.
        fs::rename(&path, path.with_extension("part")).unwrap();
        assert_eq!(ledger.all().unwrap(), []);
    }
}
