"""The JSON of the API as models, so that OpenAPI describes it; :mod:`rag.showing.render` makes it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class CitationModel(BaseModel):
    number: int = Field(description="답 글의 [n]")
    document: str = Field(description="문서의 파일 이름")
    title: str
    issuer: str
    published: str = Field(description="발행일, ISO 8601 날짜 또는 그 앞부분")
    licence: str = Field(description="문서에 적힌 이용허락 표시, 없으면 빈 글")
    section: list[str] = Field(description="바깥쪽부터 적은 제목들")
    page: str | None = Field(description="인쇄된 쪽, 모르면 null")
    start: int = Field(description="원문에서 시작하는 자리(코드 포인트, 0부터)")
    end: int = Field(description="원문에서 끝나는 자리(포함하지 않음)")
    quote: str = Field(description="인용문: 빈칸과 마크업을 빼면 원문의 그 자리와 같음")
    url: str = Field(description="그 자리를 여는 이 사이트의 주소")


class PassageModel(BaseModel):
    document: str
    section: list[str]
    page: str | None
    start: int
    end: int
    score: float


class FoundPassageModel(PassageModel):
    text: str


class AnswerModel(BaseModel):
    id: str
    question: str
    verdict: Literal["answered", "partial", "not_found"]
    reason: Literal["not_in_documents", "not_stated", "ambiguous", "source_failed"] | None
    short_answer: str | None = Field(description="물은 사실만; 여럿이면 '; '로 이음")
    answer: str = Field(description="근거 번호 [n]이 붙은 답 글")
    citations: list[CitationModel]
    passages: list[PassageModel] = Field(description="관련도순 대목")
    as_of: str
    index: str = Field(description="색인의 지문")


class SearchModel(BaseModel):
    id: str
    question: str
    total: int = Field(description="조건에 맞는 모든 대목의 수")
    passages: list[FoundPassageModel]
    index: str


class DocumentModel(BaseModel):
    file: str
    title: str
    issuer: str
    series: str
    published: str
    licence: str
    digest: str = Field(description="파일의 SHA-256")
    length: int = Field(description="원문의 길이(코드 포인트)")
    blocks: int
    url: str


class BlockModel(BaseModel):
    kind: Literal["heading", "paragraph", "bullet", "note", "table", "caption", "boilerplate"]
    level: int
    start: int
    end: int
    section: list[str]
    page: str | None
    text: str = Field(description="화면에 보이는 글; 표는 칸을 탭으로, 줄을 줄바꿈으로 나눔")


class DocumentDetailModel(BaseModel):
    document: DocumentModel
    blocks: list[BlockModel]


class HealthModel(BaseModel):
    status: Literal["ok"]
    index: str
    documents: int
    passages: int


class ErrorDetail(BaseModel):
    code: str
    message: str = Field(description="무엇이 잘못되었고 무엇을 하면 되는지 적은 한 문장")


class ErrorModel(BaseModel):
    error: ErrorDetail
