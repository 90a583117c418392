"""What happens to every request."""

from django.test import Client


def test_body_beyond_every_upload_is_refused_before_it_is_read(client: Client) -> None:
    for said in (str(23 * 1024 * 1024), "9" * 30, "-1", "many"):
        answer = client.post("/theme/", CONTENT_LENGTH=said)
        assert (answer.status_code, "too large" in answer.text) == (413, True), said
