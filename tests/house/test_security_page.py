"""What docs/security.md says is shown, is shown by something that exists."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE)))


def test_page_names_its_proofs() -> None:
    assert len(NAMED) > 10


@pytest.mark.parametrize("named", NAMED)
def test_proof_exists(named: str) -> None:
    assert (CHECKOUT / named).exists()
