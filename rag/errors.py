"""Errors that a user may see. Each message is one Korean sentence: what was wrong, what to do.

GeungeoError
├── SourceError        a document cannot be read (empty, missing, damaged, of an unknown format)
├── CatalogueError     seeds/catalogue.toml is wrong or does not match its files
├── IndexMissing       no index where one was expected
├── IndexBroken        half-written, foreign or damaged index
├── EncoderMismatch    the index was built with another encoder
├── EncoderMissing     the model or the package for it is not there
├── SourceFailed       a source of candidates could not be asked
├── QuestionError      an empty or overlong question
├── UnknownDocument    no document of that name
├── UnknownSpan        an offset outside a document
├── OriginalMissing    the file that a document was read from is no longer there
├── OriginalChanged    that file is no longer what was indexed
├── InputError         a question file or an option cannot be used
└── PortBusy           the port to serve on is taken
"""


class GeungeoError(Exception):
    """Base of all errors whose message is meant for the user."""


class SourceError(GeungeoError):
    """A document cannot be read."""


class CatalogueError(GeungeoError):
    """The catalogue is wrong or does not match its files."""


class IndexMissing(GeungeoError):
    """There is no index where one was expected."""


class IndexBroken(GeungeoError):
    """The index is half-written, foreign or damaged."""


class EncoderMismatch(GeungeoError):
    """The index was built with another encoder."""


class EncoderMissing(GeungeoError):
    """The model, or the package that loads it, is not there."""


class SourceFailed(GeungeoError):
    """A source of candidates could not be asked."""


class QuestionError(GeungeoError):
    """A question that cannot be asked: empty, or longer than the limit."""


class UnknownDocument(GeungeoError):
    """No document of that name is in the index."""


class UnknownSpan(GeungeoError):
    """The offsets lie outside the document."""


class OriginalMissing(GeungeoError):
    """The file that a document was read from is no longer where it was."""


class OriginalChanged(GeungeoError):
    """The file that a document was read from no longer holds what was indexed."""


class InputError(GeungeoError):
    """A question file or an option cannot be used."""


class PortBusy(GeungeoError):
    """The port to serve on is taken."""
