"""Words that name fields and attributes."""

from rag.outline.labels import labels_fields


def test_names_of_fields() -> None:
    assert labels_fields(("주관기관", "총사업비", "접수처"))
    assert not labels_fields(("베트남", "인도", "몽골"))
    assert not labels_fields(())
