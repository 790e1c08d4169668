"""What can go wrong. Every message says what happened, and what to do about it."""

from __future__ import annotations


class PedigreeError(Exception):
    """Anything that this package reports."""


class ConnectionFailed(PedigreeError):
    """The node can't be reached, or was lost. Nothing was sent that is not kept on disk."""


class NodeError(PedigreeError):
    """The node refused a request."""

    def __init__(self, message: str, code: int | None = None, data: object = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class NotThere(PedigreeError):
    """There is no such subnet or neuron."""


class KeyFileError(PedigreeError):
    """A key can't be opened."""


class StoreError(PedigreeError):
    """What is kept on disk can't be written, or is not what it was."""


class TransactionError(PedigreeError):
    """A transaction had no effect."""


class Refused(TransactionError):
    """The node did not take the transaction."""


class NotIncluded(TransactionError):
    """No block had the transaction while it was valid. It has had no effect, and never will."""


class NotFinal(TransactionError):
    """The transaction was sent, and it is not known yet what became of it."""


class DispatchError(TransactionError):
    """The transaction is in a final block, and failed there.

    ``pallet`` and ``name`` say which error it was, ``docs`` what the chain's own documentation says about it.
    """

    def __init__(self, pallet: str | None, name: str, docs: str, block: int) -> None:
        title = f"{pallet}.{name}" if pallet else name
        super().__init__(f"{title}: {docs}" if docs else title)
        self.pallet = pallet
        self.name = name
        self.docs = docs
        self.block = block


class ScoresError(PedigreeError, ValueError):
    """Scores that the chain would not take. Nothing was sent."""


class CommitError(PedigreeError):
    """Scores can't be committed to now."""


class AlreadyCommitted(CommitError):
    """There is a commitment in this epoch already. Another one is not possible before the next epoch."""


class CommitTooLate(CommitError):
    """The commitment came into the next epoch, where it can't be revealed."""


class RevealError(PedigreeError):
    """Scores can't be revealed now."""


class RevealTooEarly(RevealError):
    """The epoch in which the scores were committed to is still going on."""


class RevealTooLate(RevealError):
    """The epoch in which the scores could be revealed is over."""


class NothingCommitted(RevealError):
    """There is no commitment to reveal."""


class SaltMissing(RevealError):
    """There is a commitment, and its scores and salt are not kept here."""


class TookTooLong(PedigreeError):
    """What was waited for did not happen in time."""
