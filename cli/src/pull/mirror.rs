//! Places that files are fetched from: a folder, or a base URL below which files lie under their paths.

use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::mpsc::Sender;
use url::Url;

use super::web::Web;
use super::Trouble;
use crate::chain::views::Upstream;
use crate::output::safe;

/// Where models are published under `hf:` names, unless `HF_ENDPOINT` names a mirror of it.
const HUB: &str = "https://huggingface.co";

/// As many bytes of a file in a folder are read at once.
const PIECE: usize = 1 << 20;

/// A place, named by the user or by the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mirror {
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Its path ends with `/`.
    Web(Url),
    Folder(PathBuf),
}

impl fmt::Display for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Web(url) => f.write_str(url.as_str().trim_end_matches('/')),
            Place::Folder(path) => f.write_str(&safe(&path.display().to_string())),
        }
    }
}

impl Mirror {
    /// What `--from` names: `http(s)://`, `file://`, `hf:ORG/NAME[@REVISION]`, or a folder.
    pub(crate) fn named(text: &str) -> Result<Self, String> {
        if let Some(url) = text.strip_prefix("file://") {
            let url = Url::parse(&format!("file://{url}")).map_err(|error| format!("`{text}` is no URL: {error}"))?;
            let folder = url.to_file_path().map_err(|()| format!("`{text}` names no folder of this machine"))?;
            return Ok(Self { place: Place::Folder(folder) });
        }
        match Self::on_the_web(text) {
            Some(mirror) => mirror,
            None => Ok(Self { place: Place::Folder(text.into()) }),
        }
    }

    /// What a release on the chain names as a location. Only what is on the web: nobody else may choose which files of this
    /// machine are read.
    pub(crate) fn hinted(text: &str) -> Result<Self, String> {
        Self::on_the_web(text).unwrap_or_else(|| Err(format!("`{text}` is nothing that can be fetched from here")))
    }

    /// Where the files of a catalogued release come from.
    pub(crate) fn upstream(Upstream { url, revision }: &Upstream) -> Result<Self, String> {
        let parsed = Url::parse(url).map_err(|error| format!("`{url}` is no URL: {error}"))?;
        Self::hinted(at_revision(&parsed, revision).as_ref().map_or(url, Url::as_str))
    }

    fn on_the_web(text: &str) -> Option<Result<Self, String>> {
        if let Some(name) = text.strip_prefix("hf:") {
            let (name, revision) = name.split_once('@').unwrap_or((name, "main"));
            let hub = std::env::var("HF_ENDPOINT").ok().filter(|url| !url.is_empty());
            let hub = hub.as_deref().unwrap_or(HUB).trim_end_matches('/');
            let parts = name.strip_prefix("datasets/").unwrap_or(name).split('/').count();
            if parts != 2 || name.contains("..") {
                return Some(Err(format!("`{text}` is not of the form hf:ORG/NAME or hf:datasets/ORG/NAME")));
            }
            return Some(Self::of_url(&format!("{hub}/{name}/resolve/{revision}"), text));
        }
        let (scheme, _) = text.split_once("://")?;
        Some(match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Self::of_url(text, text),
            _ => Err(format!("`{text}`: files are fetched from http://, https://, file:// and hf: only")),
        })
    }

    fn of_url(url: &str, shown: &str) -> Result<Self, String> {
        let parsed = Url::parse(url).map_err(|error| format!("`{shown}` is no URL: {error}"))?;
        let parsed = at_revision(&parsed, "main").unwrap_or(parsed);
        Self::web(&parsed).ok_or_else(|| {
            format!("`{shown}`: a mirror is a base URL that files lie below, without user, password, `?` or `#`")
        })
    }

    fn web(url: &Url) -> Option<Self> {
        let plain = url.query().is_none() && url.fragment().is_none();
        let plain = plain && url.username().is_empty() && url.password().is_none() && url.host().is_some();
        if !plain {
            return None;
        }
        let mut url = url.clone();
        url.set_path(&format!("{}/", url.path().trim_end_matches('/')));
        Some(Self { place: Place::Web(url) })
    }

    /// The manifest that lies beside the base, or in it; at most `limit` bytes are read.
    pub(crate) async fn manifest(&self, web: &Web, limit: u64) -> Result<Vec<u8>, Trouble> {
        let mut last = Trouble::Absent("it has no manifest".to_owned());
        match &self.place {
            Place::Web(url) => {
                let base = url.path().trim_end_matches('/').to_owned();
                for path in [format!("{base}.manifest.json"), format!("{base}/{IN_IT}")] {
                    let mut url = url.clone();
                    url.set_path(&path);
                    match web.get(&url, limit).await {
                        Ok(bytes) => return Ok(bytes),
                        Err(Trouble::Absent(_)) => {}
                        Err(trouble) => last = trouble,
                    }
                }
            }
            Place::Folder(folder) => {
                let mut beside = folder.clone().into_os_string();
                beside.push(".manifest.json");
                for path in [PathBuf::from(beside), folder.join(IN_IT)] {
                    if path.exists() {
                        return read_bounded(&path, limit);
                    }
                }
            }
        }
        Err(last)
    }

    /// Sends the bytes of a file from `from` on, exactly up to `size`, to whoever checks them. He may stop listening.
    pub(crate) async fn feed(
        &self,
        web: &Web,
        path: &str,
        (from, size): (u64, u64),
        to: Sender<Bytes>,
    ) -> Result<(), Trouble> {
        match &self.place {
            Place::Web(base) => {
                let mut url = base.clone();
                match url.path_segments_mut() {
                    Ok(mut segments) => drop(segments.pop_if_empty().extend(path.split('/'))),
                    Err(()) => return Err(Trouble::Absent("it has no paths".to_owned())),
                }
                let mut stream = web.open(&url, from, size).await?;
                while let Some(bytes) = stream.next().await? {
                    if to.send(bytes).await.is_err() {
                        return Ok(());
                    }
                }
                Ok(())
            }
            Place::Folder(folder) => {
                let path = folder.join(path);
                let reading = tokio::task::spawn_blocking(move || read(&path, from, size, &to));
                reading.await.unwrap_or_else(|error| Err(Trouble::Broken(error.to_string())))
            }
        }
    }
}

/// The name of a manifest that lies among the files, where nothing can lie beside them.
const IN_IT: &str = ".pedigree.manifest.json";

/// Where a hub serves the files of a repository at a revision, if the URL is that of a repository's page.
fn at_revision(page: &Url, revision: &str) -> Option<Url> {
    let segments: Vec<&str> = page.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let word = match page.host_str()? {
        "huggingface.co" => "resolve",
        "github.com" => "raw",
        _ => return None,
    };
    let repository = match segments.as_slice() {
        ["datasets", rest @ ..] if word == "resolve" => rest,
        all => all,
    };
    if repository.len() != 2 {
        return None;
    }
    let mut url = page.clone();
    url.path_segments_mut().ok()?.pop_if_empty().push(word).extend(revision.split('/'));
    Some(url)
}

fn absent(error: &std::io::Error) -> Trouble {
    Trouble::Absent(error.to_string())
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
    let file = regular(path)?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| absent(&error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(Trouble::Absent(format!("it is longer than {limit} bytes")));
    }
    Ok(bytes)
}

/// Opens a file, and nothing that would keep one waiting, such as a pipe.
fn regular(path: &Path) -> Result<fs::File, Trouble> {
    let metadata = fs::metadata(path).map_err(|error| absent(&error))?;
    if !metadata.is_file() {
        return Err(Trouble::Absent("it is no file".to_owned()));
    }
    fs::File::open(path).map_err(|error| absent(&error))
}

fn read(path: &Path, from: u64, size: u64, to: &Sender<Bytes>) -> Result<(), Trouble> {
    let mut file = regular(path)?;
    let length = file.metadata().map_err(|error| absent(&error))?.len();
    if length != size {
        return Err(Trouble::Absent(format!("it has {length} bytes there instead of {size}")));
    }
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(from)).map_err(|error| absent(&error))?;
    let mut left = size.saturating_sub(from);
    while left > 0 {
        let mut piece = vec![0; PIECE.min(usize::try_from(left).unwrap_or(PIECE))];
        file.read_exact(&mut piece).map_err(|error| Trouble::Broken(error.to_string()))?;
        left = left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if to.blocking_send(piece.into()).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        Mirror::named(text).unwrap().to_string()
    }

    #[test]
    fn mirrors_are_named_by_url_folder_or_hub() {
        assert_eq!(named("https://example.org/minilm"), "https://example.org/minilm");
        assert_eq!(named("http://127.0.0.1:8000/"), "http://127.0.0.1:8000");
        assert_eq!(named("file:///srv/a%20b"), "/srv/a b");
        assert_eq!(named("../minilm"), "../minilm");
        let page = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2";
        assert_eq!(named(page), format!("{page}/resolve/main"));
        assert_eq!(named(&format!("{page}/resolve/v2/onnx")), format!("{page}/resolve/v2/onnx"));
        let data = "https://huggingface.co/datasets/org/pairs";
        assert_eq!(named(data), format!("{data}/resolve/main"));
        for bad in ["ftp://example.org/x", "http://", "https://u:p@example.org/x", "https://example.org/x?y", "hf:org"]
        {
            assert!(Mirror::named(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_chain_cannot_name_files_of_this_machine() {
        for bad in ["/etc", "file:///etc", "../x", "ipfs://abc", ""] {
            assert!(Mirror::hinted(bad).is_err(), "{bad}");
        }
        assert!(Mirror::hinted("https://example.org/x").is_ok());
    }

    #[test]
    fn a_catalogued_release_is_fetched_at_its_revision() {
        let at = |url: &str, revision: &str| {
            let upstream = Upstream { url: url.to_owned(), revision: revision.to_owned() };
            Mirror::upstream(&upstream).unwrap().to_string()
        };
        let page = "https://huggingface.co/org/name";
        assert_eq!(at(page, "refs/pr/1"), format!("{page}/resolve/refs/pr/1"));
        assert_eq!(at("https://github.com/org/name/", "v1"), "https://github.com/org/name/raw/v1");
        assert_eq!(at("https://example.org/files", "main"), "https://example.org/files");
    }
}
