"""The pages in a real browser: layout, focus, contrast, and what they load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from fake_assistant import ETRI, LOGISTICS, SATELLITE, blocks, document

TABLE = next(b for b in blocks(SATELLITE) if b.table and b.table.columns > 6)
PAGES = {
    "home": "/",
    "ask": f"/ask?q={quote('물류비 융자 한도 얼마예요?')}",
    "refusal": f"/ask?q={quote('금리는?')}",
    "search": f"/search?q={quote('지원')}&kind=bullet",
    "no-result": f"/search?q={quote('없는낱말')}",
    "documents": "/documents",
    "document": f"/documents/{SATELLITE}?at={TABLE.span.start}-{TABLE.span.end}",
    "licence": f"/documents/{ETRI}",
    "faq": "/faq",
    "api": "/api",
    "error": "/nowhere",
    "overlong": "/ask?q=" + "a" * 10_000,
}


@contextmanager
def tab(browser: Any, width: int = 1280, scheme: str = "light", **options: Any) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="ko-KR",
        **options,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(site: str, browser: Any, width: int) -> None:
    with tab(browser, width) as page:
        for name, path in PAGES.items():
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_twice_the_text_size_still_fits(site: str, browser: Any) -> None:
    with tab(browser, 640) as page:
        for name in PAGES:
            page.goto(site + PAGES[name])
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def test_nothing_fails_and_nothing_comes_from_elsewhere(site: str, browser: Any) -> None:
    said: list[str] = []
    asked: list[str] = []
    refused = {"error", "overlong"}  # the browser itself reports their status
    with tab(browser) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.on("request", lambda request: asked.append(request.url))
        for name in sorted(PAGES.keys() - refused):
            page.goto(site + PAGES[name], wait_until="networkidle")
    assert said == []
    assert len(asked) > len(PAGES) and all(url.startswith((site, "data:")) for url in asked)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_cited_span_is_in_view_and_marked(site: str, browser: Any, width: int) -> None:
    source = document(LOGISTICS).text
    start = source.index("기업당 3천만원")
    end = start + len("기업당 3천만원")
    with tab(browser, width) as page:
        page.goto(f"{site}/documents/{LOGISTICS}?at={start}-{end}#cite")
        mark = page.locator("#cite")
        assert mark.inner_text() == "기업당 3천만원"
        box = mark.bounding_box()
        assert box and 0 <= box["y"] <= 800 - box["height"]
        background = mark.evaluate("e => getComputedStyle(e).backgroundColor")
        assert background == "rgb(255, 226, 122)"


FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  return {index: all.indexOf(e), tag: e.tagName, outline: s.outlineStyle, width: s.outlineWidth,
          visible: r.width > 0 && r.bottom > 0 && r.top < innerHeight, text: e.textContent.trim()};
}"""


@pytest.mark.parametrize("name", ["home", "ask", "search", "document", "faq"])
def test_tab_walks_in_the_order_of_the_page_with_focus_in_sight(
    site: str, browser: Any, name: str
) -> None:
    with tab(browser) as page:
        page.goto(site + PAGES[name])
        last = -1
        for step in range(30):
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUS)
            if now["tag"] == "BODY":
                break
            assert now["index"] > last, now
            assert (now["outline"], now["width"]) == ("solid", "3px"), now
            assert now["visible"], now
            if step == 0:
                assert now["text"] == "본문 바로가기"
            last = now["index"]
        assert last > 0


def test_the_skip_link_leads_past_the_menu(site: str, browser: Any) -> None:
    with tab(browser) as page:
        page.goto(site + "/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q"


def test_a_question_is_asked_and_its_source_opened_with_keys_and_no_script(
    site: str, browser: Any
) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(site + "/")
        page.locator("#q").fill("물류비 융자 한도")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask?q=*")
        assert page.locator("p.short").inner_text() == "3천만원"
        page.locator("a.ref").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/documents/{LOGISTICS}?at=*")
        assert "기업당 3천만원" in "".join(page.locator("mark").all_inner_texts())


def test_a_fold_opens_with_keys(site: str, browser: Any) -> None:
    with tab(browser) as page:
        page.goto(site + PAGES["ask"])
        fold = page.locator("details").first
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        assert fold.evaluate("e => e.open")


# What a finger 21 px above or below the middle of a target hits: KRDS asks for 44 px.
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
  .filter(e => {
    if (!e.checkVisibility() || e.matches('.skip')) return false;
    e.scrollIntoView({block: 'center'});
    const r = e.getClientRects()[0], x = r.left + Math.min(r.width / 2, 30), y = r.top + r.height / 2;
    if (r.width < 24) return true;                       // WCAG 2.2, 2.5.8
    return [-21, 21].some(d => {
      const hit = document.elementFromPoint(x, y + d);
      return !hit || !e.contains(hit);
    });
  }).map(e => e.outerHTML.replace(/href="[^"]*"/, '').slice(0, 150))"""
LOW = """() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const lum = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c; }
    return [255, 255, 255]; };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walk.nextNode();) {
    if (!n.data.trim()) continue;
    const a = lum(rgb(getComputedStyle(n.parentElement).color)), b = lum(behind(n.parentElement));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) low.push([n.data.trim().slice(0, 30), ratio]);
  }
  return low; }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(site: str, browser: Any, scheme: str) -> None:
    with tab(browser, scheme=scheme) as page:
        for name, path in PAGES.items():
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
            assert page.evaluate(LOW) == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough(site: str, browser: Any, width: int) -> None:
    with tab(browser, width) as page:
        for name, path in PAGES.items():
            page.goto(site + path)
            assert page.evaluate(SMALL) == [], name


def test_wide_tables_scroll_inside_their_box(site: str, browser: Any) -> None:
    with tab(browser, 360) as page:
        page.goto(site + PAGES["document"])
        box = page.locator(".scroll", has=page.locator("#cite")).first
        shades = box.evaluate("e => getComputedStyle(e).backgroundAttachment")
        assert sorted(shades.split(", ")) == ["local", "local", "scroll", "scroll"]
        assert box.evaluate("e => e.scrollWidth > e.clientWidth")
        assert box.evaluate("e => getComputedStyle(e).overflowX") == "auto"
        assert box.get_attribute("tabindex") == "0"


def test_a_question_of_ten_thousand_hangul_still_gets_its_page(site: str, browser: Any) -> None:
    with tab(browser) as page:
        response = page.goto(site + "/ask?q=" + quote("가" * 10_000))
        assert response is not None and response.status == 400
        assert "2,000자" in page.locator("#ask-problem").inner_text()


def test_no_line_of_an_answer_begins_with_a_full_stop(site: str, browser: Any) -> None:
    """A reference and the punctuation after it stay together wherever the line ends."""
    with tab(browser, 360) as page:
        page.goto(site + PAGES["ask"])
        tops = page.evaluate("""() => {
          const p = document.querySelector('.prose p'), ref = p.querySelector('.ref');
          const found = [];
          for (let n = 0; n < 40; n++) {
            p.replaceChildren('가'.repeat(n) + ' 나 ', ref, ', 다음 말');
            const range = document.createRange();
            range.setStart(p.lastChild, 0); range.setEnd(p.lastChild, 1);
            const lines = ref.getClientRects();
            const end = lines[lines.length - 1];
            const y = r => r.top + r.height / 2;
            if (Math.abs(y(range.getBoundingClientRect()) - y(end)) > 4) found.push(n);
          }
          return found; }""")
        assert tops == []
