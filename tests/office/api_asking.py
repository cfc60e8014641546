"""Asking the officers' API as somebody would: with a token of the holder of a role."""

import json

import time_machine

from office.test_officers_api import API, NAME, token_of


def asking(client, walk):
    """Return how to ask: method, path, role, what is sent."""
    tokens = {}

    def asked(method, path, role, said=None, *, status=200, key=None):
        token = tokens.get(role) or token_of(walk, role, acting=True, name=f"{NAME} {role}")
        tokens[role] = token
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        with time_machine.travel(walk.tick(), tick=False):
            answer = client.generic(
                method,
                f"{API}{path}",
                json.dumps(said or {}),
                content_type="application/json",
                headers=headers,
            )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    return asked
