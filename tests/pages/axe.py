"""axe: what a page denies to people who do not see, hear or point as others do."""

from functools import cache

from playwright.sync_api import Page
from tests.web import peers

# Left out: the ticked boxes of Material's task lists on hand-written pages, which have no label.
# And rules that axe has but does not ask by itself.
_MORE = {"target-size": {"enabled": True}}


def found(page: Page) -> list[str]:
    """Return what axe finds on a page: the rule, and where."""
    page.evaluate(_source())
    told = page.evaluate("rules => axe.run({exclude: ['.task-list-control']}, {rules})", _MORE)
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in told["violations"]
        for node in rule["nodes"]
    ]


@cache
def _source() -> str:
    peers.install()
    return (peers.HERE / "node_modules/axe-core/axe.min.js").read_text("utf-8")
