"""Words that name fields and attributes."""

from rag.outline.labels import labels_fields, lists_attributes


def test_columns_of_attributes_and_names_of_fields() -> None:
    assert lists_attributes(("특징", "장점", "단점", "비고"))
    assert not lists_attributes(("베트남", "인도", "몽골"))
    assert labels_fields(("주관기관", "총사업비", "접수처"))
    assert not labels_fields(("베트남", "인도", "몽골"))
    assert not labels_fields(())
