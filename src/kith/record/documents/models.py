"""A document, kept by its content, and the people it is about."""

from django.db import models

from kith.record.facts import Matter, Part


class Document(Matter):
    """A file as it came: what it is, who gave it, and the content that it is kept under.

    `sha256` is of the content, which lies once however many documents name it. `file_name` is made safe,
    and ends as the content says. What a third party gave is held back from copies for the family.
    """

    what = models.CharField(max_length=200)
    who_from = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(null=True, blank=True)
    is_from_third_party = models.BooleanField(default=False)
    file_name = models.CharField(max_length=120)
    format = models.CharField(max_length=40)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta(Matter.Meta):
        verbose_name = "document"


class DocumentAbout(Part):
    """That a document is about a person, and stands on their file."""

    added_on = models.DateField()

    class Meta(Part.Meta):
        verbose_name = "document about the child"
