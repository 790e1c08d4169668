//! Where bytes come from: a file by position, or memory. Never by mapping: a file that is truncated while mapped ends the
//! process, a short read is an error like any other.

use crate::segment::Content;
use std::{fs, io};

/// A segment that is still to be hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) content: Content,
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

/// Bytes that can be read at any position.
pub(crate) trait Source {
    /// How many there are.
    fn size(&self) -> u64;

    /// Fills `buffer` from `offset`. Too few bytes are [`io::ErrorKind::UnexpectedEof`].
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
}

/// Why a file could not be cut.
#[derive(Debug)]
pub(crate) enum SourceError<P> {
    /// It could not be read.
    Io(io::Error),
    /// It is not what its name says.
    Problem(P),
}

impl<P> From<io::Error> for SourceError<P> {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Source for &[u8] {
    fn size(&self) -> u64 {
        crate::manifest::count(self.len())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let range = usize::try_from(offset).ok().and_then(|from| Some(from..from.checked_add(buffer.len())?));
        match range.and_then(|range| self.get(range)) {
            Some(bytes) => {
                buffer.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// A file and the size it had when it was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) file: fs::File,
    pub(crate) size: u64,
}

impl Source for Opened {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let (mut buffer, mut offset) = (buffer, offset);
        while !buffer.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(&self.file, buffer, offset)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer = buffer.get_mut(count..).unwrap_or_default();
            offset = offset.saturating_add(crate::manifest::count(count));
        }
        Ok(())
    }
}
