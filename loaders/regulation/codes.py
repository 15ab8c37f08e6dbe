"""The codes of problems found while a regulation is read: stable, each with its severity, meaning and advice."""

from __future__ import annotations

from enum import Enum

from catalog.vocabulary import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Code(Enum):
    """A code's name is what an Issue carries; ``meaning`` is for the reference pages, ``suggestion`` for the reader."""

    def __init__(self, severity: Severity, meaning: str, suggestion: str) -> None:
        self.severity = severity
        self.meaning = meaning
        self.suggestion = suggestion

    # the file
    EMPTY_SOURCE = ERROR, "the file holds nothing but white space", "Fetch the document again."
    BINARY_SOURCE = ERROR, "the file is binary", "Convert it to text (UTF-8) or HTML first."
    UNDECODABLE_SOURCE = (
        ERROR,
        "no known encoding fits the bytes",
        "Save it as UTF-8; UTF-16, GB18030 and Big5 are read too.",
    )
    DAMAGED_ENCODING = WARNING, "a few bytes could not be decoded and stand as U+FFFD", "Fetch the document again."
    SOURCE_TOO_LARGE = ERROR, "the file is over the size limit", "Split it, or raise the limit."
    # the text as a whole
    NO_ARTICLES = (
        WARNING,
        "the text has no articles (第…条), so it is not read as a regulation",
        ("If it is one, check that article numbers survived the scrape; news about a regulation is rightly left out."),
    )
    TITLE_MISSING = (
        WARNING,
        "no title was found above the articles",
        "Put the title on a line of its own above article 1.",
    )
    # numbering
    ARTICLE_NUMBER_LOST = (
        WARNING,
        "an article's number was lost; it is inferred from its neighbours",
        ("Compare with the official text."),
    )
    ARTICLE_MISSING = WARNING, "the numbering of articles leaves a gap", "The scrape may have lost an article; compare."
    ARTICLE_DOUBLED = WARNING, "an article's number stands twice", "Compare with the official text; both are kept."
    ARTICLE_OUT_OF_ORDER = (
        WARNING,
        "an article's number is lower than the one before",
        "Compare with the official text.",
    )
    HEADING_OUT_OF_ORDER = (
        WARNING,
        "the numbering of parts, chapters or sections is broken",
        "Compare with the official text.",
    )
    ITEM_OUT_OF_ORDER = WARNING, "the numbering of items is broken", "Compare with the official text."
    ARTICLE_EMPTY = (
        WARNING,
        "an article has a number and no words",
        "The text may be cut off; compare with the official text.",
    )
    # characters
    LOST_CHARACTERS = (
        WARNING,
        "white space inside a sentence where a word may have been lost",
        ("Compare with the official text; the text is kept as it stands."),
    )
    DOUBLED_PUNCTUATION = (
        WARNING,
        "two marks of punctuation meet where something may have been lost",
        ("Compare with the official text; the text is kept as it stands."),
    )
    SUSPECTED_LOSS = (
        WARNING,
        "a set phrase stands with a character missing",
        "Compare with the official text; the text is kept as it stands.",
    )
    COUNT_DISAGREES = (
        WARNING,
        "a sentence announces another number of things than it prints",
        "Compare with the official text; what is printed is kept.",
    )
    # references
    REFERENCE_INCOMPLETE = (
        WARNING,
        "a reference lost a word",
        "Compare with the official text; the text is kept as it stands.",
    )
    REFERENCE_DANGLING = (
        WARNING,
        "a reference names a provision that the text does not have",
        "Compare with the official text; the reference is kept unresolved.",
    )
    # assignments
    UNDIVIDED_AGENCIES = (
        WARNING,
        "several agencies and several lists stand together, and no word divides them (分别)",
        "Settle each list's agency from the departments' duties or the catalogue.",
    )
    UNPAIRED_AGENCIES = (
        WARNING,
        "分别 pairs unequal numbers of agencies and lists",
        "Settle the pairs from the catalogue as published.",
    )
    UNNAMED_LISTS = (
        WARNING,
        "several lists stand under one heading without names",
        "They are read as one resource; compare.",
    )
    EMPTY_LIST = WARNING, "a heading announces a list and none can be read", "Check whether the scrape lost the list."
    EMPTY_ITEM = WARNING, "an item has a number and no words", "Check whether the scrape lost its words."
    SUBJECT_ONLY_LABEL = (
        INFO,
        "an item names only whom its data are about; the resource's name is completed from the sentence above",
        "Nothing to do if the completed name is right.",
    )
    REPEATED_RESOURCE = (
        WARNING,
        "one provision assigns a resource of one name twice",
        "Check the text for a repetition.",
    )
    REPEATED_FIELD = INFO, "a list names a field twice", "Both are kept, told apart by their positions."
    DOUBTFUL_CONNECTOR = (
        INFO,
        "a connector (和, 及) may join two fields or stand inside one name",
        "It is kept as one field; compare with the table the agency publishes.",
    )
    # between texts
    MIRROR = INFO, "a text stands in two files of one load", "Nothing to do: the first file was read."
    TEXTS_DISAGREE = (
        INFO,
        "two texts in force together regulate one thing differently",
        "Ask the issuer which holds, or cite both.",
    )
    # dates and other facts
    IMPOSSIBLE_DATE = ERROR, "a printed date is in no calendar", "Compare with the official text; the date is left out."
    EFFECTIVE_BEFORE_ISSUED = WARNING, "the text took effect before it was issued", "Check both dates with the issuer."
    EFFECTIVE_DATE_UNKNOWN = (
        WARNING,
        "the day of entry into force is not printed, and no date it could lean on",
        ("Load a copy that carries the notice with its date."),
    )
    PLACE_UNKNOWN = (
        INFO,
        "neither title nor issuer names a place of GB/T 2260",
        "The text is kept under the name of the place that it prints, or under none.",
    )
    KIND_UNKNOWN = INFO, "the text does not tell its own rank", "A copy with its cover notice or decree number would."


del ERROR, WARNING, INFO
