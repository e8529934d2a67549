"""What stands around every page: navigation, language switch, release line, demonstration mark.

Belongs here: the parts of the frame, and the style sheet.
Does not belong here: which pages there are (app.py).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from streamlit_app import address
from streamlit_app.catalogue import LANGUAGES, Say
from streamlit_app.evidence import View, current
from streamlit_app.formats import SEPARATOR
from streamlit_app.palette import DARK, LIGHT, as_css

STYLE = """
.stMainBlockContainer { padding: 0 2rem 2rem; max-width: 1180px; }
.stAppHeader { background: transparent; height: 2.2rem; pointer-events: none; }
.stAppHeader button, .stAppHeader a { pointer-events: auto; }
[data-testid="stSidebarHeader"] { height: 1.5rem; margin-bottom: 0; }
[data-testid="stSidebarContent"] { padding: 0 .4rem; }
[data-testid="stSidebarUserContent"] { padding: 0 .4rem 1rem; }
/* Streamlit's own picture of a chart tells neither what it shows, nor release and mark */
[data-testid="stElementToolbar"] { display: none; }
[data-testid="stHeading"] h1 { padding: .1rem 0; }
[data-testid="stHeading"] h2 { padding: 1.2rem 0 .1rem; }
[data-testid="stHeading"] h3 { padding: .8rem 0 .5rem; }
.tm-mark { background: var(--tm-mark); border-left: 6px solid var(--tm-mark-edge);
  padding: .3rem .8rem; border-radius: 4px; color: var(--tm-text); }
[class*="st-key-at-"] { scroll-margin-top: 2.5rem; }
.tm-brand { font-size: 1.3rem; font-weight: 650; margin: 0; }
.tm-small { color: var(--tm-muted); font-size: .9rem; line-height: 1.35; margin: 0; }
.tm-lead { font-size: 1.1rem; max-width: 46rem; margin: 0; text-wrap: pretty; }
.tm-name { line-height: 1.2; margin: 0; font-size: .95rem; min-height: 2.4em; }
[class*="st-key-row-"] { border-top: 1px solid var(--tm-line); padding-top: .2rem; }
[class*="st-key-row-"] .tm-small { line-height: 1.25; }
[class*="st-key-row-"] h2 { padding: 0 0 .9rem; font-size: 1.15rem; }
[class*="st-key-passport-"] button { min-height: 0; padding: 0; }
[class*="st-key-passport-"] button :is(div, p) { white-space: normal; overflow: visible;
  text-align: left; }
[class*="st-key-passport-"] button p { color: var(--tm-link); line-height: 1.3; }
[class*="st-key-passport-"] button strong { font-size: 1.45rem; }
@media (min-width: 768px) {
  section[data-testid="stSidebar"][data-collapsed="false"] {
    width: 250px !important; min-width: 250px; }
}
dl.tm-passport { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr;
  gap: .2rem .9rem; margin: 0; padding: 0; font-size: .92rem; line-height: 1.35; }
dl.tm-passport dt { margin: 0; padding: 0; color: var(--tm-muted); }
dl.tm-passport dd { margin: 0; padding: 0; overflow-wrap: anywhere; }
.tm-scroll { max-height: 27rem; overflow: auto; border-bottom: 2px solid var(--tm-neutral); }
/* a shade where more stands to the right, or below; a cover that scrolls along takes it away at the
end */
.tm-across, .tm-scroll { --tm-shade: color-mix(in srgb, var(--tm-grey) 55%, transparent);
  --tm-right:
  linear-gradient(var(--tm-page), var(--tm-page)) right / 1.4rem 100% no-repeat local,
  linear-gradient(to left, var(--tm-shade), transparent) right / .8rem 100% no-repeat scroll; }
.tm-across { background: var(--tm-right); }
.tm-scroll { background:
  linear-gradient(var(--tm-page), var(--tm-page)) bottom / 100% 1.4rem no-repeat local,
  linear-gradient(to top, var(--tm-shade), transparent) bottom / 100% .8rem no-repeat scroll,
  var(--tm-right); }
.tm-table { border-collapse: collapse; width: 100%; font-size: .92rem; }
.tm-table th, .tm-table td { text-align: left; vertical-align: top; font-weight: 400;
  padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--tm-neutral); }
.tm-table thead th { color: var(--tm-muted); position: sticky; top: 0; background: var(--tm-page);
  vertical-align: bottom; }
.tm-table .tm-number { text-align: right; padding-left: .4rem; }
.tm-table td.tm-number { white-space: nowrap; }
.tm-table .tm-number + :is(th, td):not(.tm-number) { padding-left: .8rem; }
.tm-table :is(th, td) { max-width: 26rem; overflow-wrap: break-word; }
.tm-table tbody .tm-some { min-width: 7rem; }
.tm-table tbody :is(.tm-long, .tm-longest) { min-width: 13rem; }
.tm-across + .tm-small, .tm-scroll + .tm-small { margin-top: .5rem; }
.tm-across { overflow-x: auto; }
[data-testid="stBaseButton-primary"] p { color: var(--tm-page); }
:is([data-testid="stSelectbox"] [role="group"],
[data-testid="stTextInputRootElement"]):not(:focus-within) { border-color: var(--tm-grey); }
[class*="st-key-value-"] [data-testid="stElementContainer"]:has(.tm-trend) { min-width: 0;
  flex-shrink: 1; }
a:focus-visible, button:focus-visible, summary:focus-visible,
.tm-scroll:focus-visible, .tm-across:focus-visible,
label:has(input:focus-visible) {
  outline: 3px solid var(--tm-text) !important; outline-offset: 2px; }
[data-testid="stMain"]:focus-visible { outline: 3px solid var(--tm-text); outline-offset: -3px; }
.tm-code { font-size: .9rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0;
  padding: .8rem 1rem; border: 1px solid var(--tm-line); border-radius: 4px; }
.tm-title { font-weight: 600; font-size: 1.05rem; line-height: 1.3; margin: 0;
  max-width: 46rem; text-wrap: balance; align-content: end; }
.tm-legend { display: flex; flex-wrap: wrap; gap: .1rem .9rem; list-style: none;
  margin: .35rem 0 0 !important; padding: 0 !important; font-size: .9rem; }
.tm-legend li { display: flex; align-items: center; gap: .4rem; margin: 0; padding: 0; }
.tm-swatch { width: .8rem; height: .8rem; flex: none; outline: 1px solid var(--tm-grey); }
.tm-circle { border-radius: 50%; outline: 0; }
.tm-diamond { transform: rotate(45deg) scale(.8); outline: 0; }
.tm-cross { clip-path: polygon(35% 0, 65% 0, 65% 35%, 100% 35%, 100% 65%, 65% 65%, 65% 100%,
  35% 100%, 35% 65%, 0 65%, 0 35%, 35% 35%); }
.tm-triangle-up { clip-path: polygon(50% 0, 100% 100%, 0 100%); }
a.tm-link { color: var(--tm-link) !important; font-size: .9rem; }
.tm-pages, .tm-languages { list-style: none; margin: .1rem 0 .7rem !important;
  padding: 0 !important; }
.tm-pages li, .tm-languages li { margin: 0; padding: 0; }
.tm-pages a.tm-link { display: block; padding: .2rem .5rem; border-radius: 4px; font-size: .95rem;
  line-height: 1.3; color: var(--tm-text) !important; text-decoration: none; }
.tm-pages a.tm-link:hover { background: var(--tm-neutral); text-decoration: underline; }
.tm-pages [aria-current] { background: var(--tm-neutral); font-weight: 600;
  box-shadow: inset 3px 0 var(--tm-link); }
.tm-pages a.tm-link:focus-visible { outline-offset: -3px; }
.tm-languages { display: flex; gap: 1rem; }
.tm-languages [aria-current] { font-weight: 600; text-decoration: none;
  color: var(--tm-text) !important; }
.tm-trend { display: block; max-width: 100%; }
[class*="st-key-value-"] { min-height: 28px; }
@media (min-width: 1280px) { [class*="st-key-value-"] { flex-wrap: nowrap; } }
.tm-mark + .tm-mark { margin-top: .5rem; }
.tm-print, [data-testid="stElementContainer"]:has(.tm-print:only-child) { display: none; }
@media print {
  [data-testid="stSidebar"], .stAppHeader, [data-testid="stExpander"], .stDownloadButton,
  [class*="st-key-passport-"] svg { display: none !important; }
  .stApp, .stAppViewContainer, .stMain, .stMainBlockContainer { position: static !important;
    display: block !important; height: auto !important; overflow: visible !important;
    padding: 0; max-width: none; }
  .tm-scroll, .tm-across { max-height: none; overflow: visible; }
  [class*="st-key-row-"], [data-testid="stVegaLiteChart"], .tm-title, tr { break-inside: avoid; }
  .tm-title, h1, h2, h3 { break-after: avoid; }
  .tm-print, [data-testid="stElementContainer"]:has(.tm-print) { display: block !important; }
  html { font-size: 12px; }
  [data-testid="stVegaLiteChart"] svg { max-width: 100%; height: auto; }
}
@page { size: A4; margin: 14mm; }
@media (min-width: 1000px) { .tm-title { min-height: calc(1.3em * var(--tm-lines)); } }
.stApp:has([data-testid="stExpandSidebarButton"]) .stMainBlockContainer { padding-top: 2.4rem; }
@media (max-width: 1100px) {
  [class*="st-key-pair-"] > [data-testid="stHorizontalBlock"],
  [class*="st-key-pair-"] [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  [class*="st-key-pair-"] [data-testid="stColumn"] { flex: 1 1 100%; min-width: 100%; }
}
@media (max-width: 767px) {
  .stMainBlockContainer { padding: 2.4rem 1rem 3rem; }
  .tm-name { min-height: 0; }
  [class*="st-key-row-"] { padding-bottom: 1rem; }
  .tm-table tbody .tm-some { min-width: 5.5rem; }
  .tm-table tbody :is(.tm-long, .tm-longest) { min-width: 9rem; }
  .tm-table tbody td.tm-longest { min-width: 14.5rem; }
}
"""


def theme() -> str:
    """The theme that the reader's browser asks for."""
    return DARK if st.context.theme.type == DARK else LIGHT


def style() -> None:
    """The style sheet, in the colours of the theme."""
    st.html(f"<style>{as_css(theme())}{STYLE}</style>")


# Streamlit gives no way to say the language, says its way past the navigation in English, and on
# a phone leaves the menu open over the page chosen in it. A script runs when its text is new.
SCRIPT = """
// {page}
document.documentElement.lang = '{lang}';
document.querySelector('[data-testid=stSkipToContent]').textContent = {words};
if (innerWidth < 768)
  document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();
"""

# Vega calls a chart a visualization and its frame a group mark container, in any language, each
# time it draws; a screen reader says so beside the chart's own words.
CHARTS_CALLED = """
(called => {
  const name = () => {
    document.querySelectorAll('.vega-embed[role=graphics-document]').forEach(chart => {
      if (chart.ariaRoleDescription !== called) chart.ariaRoleDescription = called;
      chart.querySelectorAll('[role=graphics-object]').forEach(frame => {
        frame.role = 'presentation';
        frame.ariaRoleDescription = null;
      });
    });
  };
  window.chartsCalled?.disconnect();
  window.chartsCalled = new MutationObserver(name);
  const what = ['aria-roledescription'];
  chartsCalled.observe(document.body, {subtree: true, attributeFilter: what});
  name();
})"""

# A link is followed as the browser's own Back is, where it would load everything anew; and the one
# followed in the sidebar has focus again once the sidebar says which page it is on.
FOLLOWING = """{
  const ours = () => [...document.querySelectorAll('[data-testid=stSidebar] a.tm-link')];
  if (window.tillitFollowed >= 0 && document.activeElement === document.body)
    ours()[window.tillitFollowed]?.focus({ preventScroll: true });
  if (window.tillitFollowed === undefined)
    document.addEventListener('click', event => {
      const link = event.target.closest('a.tm-link');
      const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (!link || event.button || !isPlain)
        return;
      event.preventDefault();
      window.tillitFollowed = ours().indexOf(link);
      history.pushState(null, '', link.href);
      dispatchEvent(new PopStateEvent('popstate'));
    });
  window.tillitFollowed = -1;
}"""


def prepare_page(say: Say, page: str) -> None:
    """Tell browser and screen reader which language the page is in, and those who use the keyboard
    the way past the navigation, and what a chart is; close a menu that lies over the page.

    page: its path."""
    words = json.dumps(say("frame.skip"))
    script = SCRIPT.format(lang=say.lang, words=words, page=json.dumps(page))
    script += f"{CHARTS_CALLED}({json.dumps(say('frame.chart'))});"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def paragraph(text: str, css_class: str) -> None:
    """A paragraph of plain text in one of the style sheet's classes."""
    st.html(paragraph_html(text, css_class))


def paragraph_html(text: str, css_class: str) -> str:
    """The same as HTML, for those who show several at once."""
    return f'<p class="{css_class}">{escape(text)}</p>'


def sidebar(
    groups: Sequence[tuple[str, Sequence[st.Page]]], here: st.Page, say: Say, view: View | None
) -> None:
    """Links to all pages, the language switch and the release line, in one go: of elements of
    their own Streamlit would draw each anew at every click. here: the page shown."""
    parts = [*_pages(groups, here, say), _languages(here, say)]
    if view is not None:
        parts.append(_release_line(view, here))
    st.html("".join([*parts, f"<script>{FOLLOWING}</script>"]), unsafe_allow_javascript=True)


def _pages(
    groups: Sequence[tuple[str, Sequence[st.Page]]], here: st.Page, say: Say
) -> Iterator[str]:
    """Links to all pages, under headings; the address' language and filters go with each."""
    carried = address.kept()
    yield paragraph_html(say("product"), "tm-brand")
    yield f'<nav aria-label="{escape(say("frame.pages"))}">'
    for heading, pages in groups:
        if heading:
            yield paragraph_html(heading, "tm-small")
        items = (f"<li>{link(one.title, one, carried, one == here)}</li>" for one in pages)
        yield f'<ul class="tm-pages">{"".join(items)}</ul>'
    yield "</nav>"


def _languages(here: st.Page, say: Say) -> str:
    """The same page in each language."""
    asked = {name: value for name, value in st.query_params.items() if name != "lang"}
    items = []
    for lang in LANGUAGES:
        query = asked if lang == LANGUAGES[0] else asked | {"lang": lang}
        name = link(say(f"languages.{lang}"), here, query, lang == say.lang)
        items.append(f'<li lang="{lang}">{name}</li>')
    label = escape(say("frame.language"))
    return f'<nav aria-label="{label}"><ul class="tm-languages">{"".join(items)}</ul></nav>'


def _release_line(view: View, here: st.Page) -> str:
    """Which release is shown, when it was made, and a link that goes on showing it."""
    say, release_id = view.say, str(view.release.manifest["release_id"])
    kept = link(
        say("frame.keep_release"), here, st.query_params.to_dict() | {"release": release_id}
    )
    return f"{paragraph_html(_release_words(view), 'tm-small')}{kept}"


def _release_words(view: View) -> str:
    say, manifest = view.say, view.release.manifest
    made = say.forms.moment(manifest["created_at"])
    return say("frame.release", release=manifest["release_id"], made=made)


def marks(view: View | None, here: st.Page) -> None:
    """What must not be overlooked on any page: a language or release that is not the one asked for,
    demonstration data, an input erased; and on paper, which has no sidebar, what this is from."""
    told, printed = [_unknown_language()], ""
    if view is not None:
        told += [_earlier_release(view, here), _demonstration(view), _erased(view)]
        printed = paragraph_html(
            f"{view.say('product')}{SEPARATOR}{_release_words(view)}", "tm-print"
        )
    marked = (f'<div class="tm-mark" role="note">{words}</div>' for words in told if words)
    if html := printed + "".join(marked):
        st.html(html)


def _unknown_language() -> str:
    """Says so, in each of our languages, where the address asks for one that is none of them."""
    unknown = address.unknown_language()
    if unknown is None:
        return ""
    said = (
        f'<span lang="{lang}">{escape(Say(lang)("frame.no_such_language", lang=unknown[:40]))}'
        "</span>"
        for lang in LANGUAGES
    )
    return " ".join(said)


def _earlier_release(view: View, here: st.Page) -> str:
    """Says so where the address asks for a release that is not the current one, or for none."""
    asked, say = st.query_params.get("release"), view.say
    if asked is None or view.release.release_id == current().release_id == asked:
        return ""
    known = asked == view.release.release_id
    words = say("frame.not_current" if known else "frame.no_such_release", release=asked[:40])
    query = {name: value for name, value in st.query_params.items() if name != "release"}
    return f"{escape(words)} {link(say('frame.current'), here, query)}"


def _demonstration(view: View) -> str:
    return escape(view.say("frame.demonstration")) if view.is_demonstration else ""


def _erased(view: View) -> str:
    """Says so where an input of the release has been erased since it was made."""
    files = ", ".join(one["file"] for one in view.release.erased)
    return escape(view.say("frame.erased", files=files)) if files else ""


def link(label: str, page: st.Page, query: Mapping[str, str], is_current: bool = False) -> str:
    """A link within the dashboard, which can also be copied and sent."""
    asked = f"?{urlencode(query)}" if query else ""
    return _link(label, f"./{page.url_path}{asked}", is_current)


def same_page(label: str, query: Mapping[str, str]) -> str:
    """A link to the page that is open, with another query in its address."""
    return _link(label, f"?{urlencode(query)}")


def _link(label: str, href: str, is_current: bool = False) -> str:
    current = ' aria-current="page"' if is_current else ""
    return f'<a class="tm-link" href="{escape(href)}" target="_self"{current}>{escape(label)}</a>'
