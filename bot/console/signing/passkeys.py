"""Keys of devices (WebAuthn), where browsers allow them and the extra is installed; without it none are offered."""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from handlers.dialogue.organization import Organization
from handlers.staff.officers.keys import Made
from storage.officers.passkeys import Passkey

HTTPS = 443
TIMEOUT = 120_000  # milliseconds in which somebody touches a key


@dataclass(frozen=True)
class Site:
    """To whom a key belongs, and from where alone it signs; as browsers say it."""

    host: str
    origin: str
    name: str


def site(organization: Organization) -> Site | None:
    """None where keys can't be used: browsers keep them for names, over https."""
    parts = urlsplit(organization.public_url)
    if parts.scheme != "https" or not parts.hostname or _is_number(parts.hostname) or find_spec("webauthn") is None:
        return None
    host = parts.hostname.encode("idna").decode()
    port = f":{parts.port}" if parts.port not in (None, HTTPS) else ""
    return Site(host, f"https://{host}{port}", f"배움톡 {organization.name}")


def to_make(here: Site, handle: bytes, login: str, name: str, known: list[Passkey], challenge: bytes) -> str:
    """What a browser is told to make a new key; one that holds one of those that are known makes none."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=here.host,
        rp_name=here.name,
        user_name=login,
        user_id=handle,
        user_display_name=name,
        challenge=challenge,
        timeout=TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(each.credential)) for each in known],
    )
    return options_to_json(options)


def made(here: Site, answer: str, challenge: bytes) -> Made | None:
    """The key that a browser made; None for what wasn't made here and now."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    try:
        found = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=here.host, expected_origin=here.origin
        )
    except _refusals():
        return None
    return Made(bytes_to_base64url(found.credential_id), found.credential_public_key, found.sign_count)


def to_sign(here: Site, challenge: bytes) -> str:
    """What a browser is told to sign: it isn't told whose keys there are, as nobody is known yet."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    preferred = UserVerificationRequirement.PREFERRED
    options = generate_authentication_options(
        rp_id=here.host, challenge=challenge, timeout=TIMEOUT, user_verification=preferred
    )
    return options_to_json(options)


def named(answer: str) -> str:
    """Which key a browser says has signed; "" for what is no answer of a browser."""
    try:
        found: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    name = found.get("id") if isinstance(found, dict) else ""
    return name if isinstance(name, str) else ""


def signed(here: Site, answer: str, key: Passkey, challenge: bytes) -> int | None:
    """How often the key has signed by now; None where it hasn't signed this, here, and once more than before."""
    from webauthn import verify_authentication_response

    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=here.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except _refusals():
        return None
    return found.new_sign_count


def _refusals() -> tuple[type[Exception], ...]:
    """What the library raises at what doesn't hold, and at what is no answer at all."""
    from webauthn.helpers.exceptions import WebAuthnException

    return WebAuthnException, ValueError, TypeError, LookupError, RecursionError


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
