"""What a reader's browser has to complain about."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response


def watch(page: Page, address: str) -> list[str]:
    """Return a list that fills with complaints: the console's, requests to other origins, and answers that failed."""
    wrong: list[str] = []
    origin = urlsplit(address).netloc

    def complained(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # what the page's policy blocks is among them
            wrong.append(f"{page.url}: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc != origin:
            wrong.append(f"{page.url} asks {request.url}")

    def answered(answer: Response) -> None:
        if answer.status >= 400:
            wrong.append(f"{answer.status} for {answer.url}")

    page.on("console", complained)
    page.on("request", asked)
    page.on("response", answered)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    return wrong
