"""What to tell the reader when a host says no."""

import ssl

import httpx
from pydantic import SecretStr

from onrecord.web.values import Reply, WebError, show

TOLD = {
    404: (
        "is not there, or is private and hidden from us",
        "Check the name, and that the token may read it.",
    ),
    410: ("was deleted", "Take it out of the settings."),
    451: ("may not be shown for legal reasons", "Take it out of the settings."),
}
_ANOTHER_TIME = "Have it renewed, and look whether this machine's clock is right."
_ANOTHER_NAME = "Write the address with the name that the certificate is for."
_BY_CODE = {9: _ANOTHER_TIME, 10: _ANOTHER_TIME, 62: _ANOTHER_NAME, 64: _ANOTHER_NAME}  # OpenSSL's codes
LONGEST = 200  # characters of a host's own words


def untrusted(url: httpx.URL, error: ssl.SSLCertVerificationError) -> WebError:
    """Return the error for a host whose certificate does not hold."""
    what = f"its certificate is not trusted: {error.verify_message.rstrip('.')}"
    todo = _BY_CODE.get(error.verify_code, "If it is a host of your own, name its authority in ca_file.")
    return WebError(show(url), what, todo)


def refusal(reply: Reply, token: SecretStr | None, *, limited: bool) -> WebError:
    """Return the error for an answer that is neither 2xx nor 304, in the host's own words if they help."""
    what, todo = _told(reply, token, limited=limited)
    return WebError(show(reply.url), what, todo, status=reply.status)


def _told(reply: Reply, token: SecretStr | None, *, limited: bool) -> tuple[str, str]:
    status = reply.status
    if limited:
        more = "" if token else " A token allows far more."
        return f"wants us to wait (it answered {status})", f"Go on later.{more}"
    if status == 401:
        if token:
            return (
                "says that the token is not valid",
                "Make a new one and put it where the setting looks for it.",
            )
        return "answers only with a token", "Make one and put it where the setting looks for it."
    if status in TOLD:
        return TOLD[status]
    if status >= 500:
        return f"is in trouble itself (it answered {status})", "Try again later."
    if status == 403:
        return f"does not let us{_words(reply, token)}", "Check what the token is allowed to do."
    return (
        f"did not accept what was asked ({status}){_words(reply, token)}",
        "Check the settings of this source.",
    )


def _words(reply: Reply, token: SecretStr | None) -> str:
    """Return the host's message, cut, on one line and without the token, or nothing."""
    try:
        said = reply.json()["message"]
    except (WebError, TypeError, KeyError):
        return ""
    # A host may repeat what it was sent, and a terminal obeys control characters.
    plain = "".join(letter for letter in str(said) if letter.isprintable())
    if token:
        plain = plain.replace(token.get_secret_value().strip(), "***")
    return f': "{plain[:LONGEST]}"'
