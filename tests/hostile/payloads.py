"""What is sent instead of what was asked for. Bytes, because a browser that means harm keeps to no encoding."""

from __future__ import annotations

# Text that the portal may keep: it must come out as it went in, on every page, and start nothing.
KEPT = {
    "formula": b"=cmd|' /C calc'!A0",
    "script": b"<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(2)>",
    "closing": b"</textarea></title></script><h1>out</h1><!--",
    "template": b"{{ settings.SECRET_KEY }}{% load static %}{% debug %}${7*7}#{7*7}",
    "typst": b'#read("/etc/passwd") #import "@preview/x:1.0.0": * #eval("1")',
    "sql": b"'; DROP TABLE people_person; -- \\ %s %(name)s",
    "tsquery": b"a & | ! ( :* <-> '",
    "regex": b"(((((a+)+)+)+$[[[*",
    "ldap": b"*)(uid=*))(|(uid=*",
    "directions": "\u202eevil\u202c \u2066x\u2069 \u200f\u200b\u200d\ufeffname".encode(),
    "tower": ("Z" + "\u0301\u0324" * 200).encode(),
    "families": ("👩‍👩‍👧‍👦" * 30).encode(),
    "path": b"../../../../etc/passwd%00.pdf",
    "percent": b"%s %n %d %%s {0} {x} {0.__class__}",
    "proto": b'{"__proto__": {"is_staff": true}}',
    "header": b"Ada\r\nBcc: everyone@example.org\r\n\r\nHello",
}
# What no field of ours may keep as it is.
REFUSED = {
    "empty": b"",
    "spaces": b"   \t \n  ",
    "invisible": "\u200b\ufeff\u00a0\u2028".encode(),
    "nul": b"a\x00b",
    "surrogate": b"a\xed\xa0\x80b",
    "not utf-8": b"\xff\xfe\xfa",
    "controls": bytes(range(1, 32)) + b"\x7f" + "\x80\x85\x9f".encode(),
    "megabyte": b"m" * 1_000_000,
    "year 1": b"0001-01-01T00:00",
    "year 1 day": b"0001-01-01",
    "year 1 east": b"0001-01-01T00:00+14:00",
    "year 9999": b"9999-12-31T23:59",
    "year 9999 day": b"9999-12-31",
    "year 9999 west": b"9999-12-31T23:59:59-14:00",
    "leap day": b"2023-02-29",
    "skipped hour": b"2026-03-29T02:30",
    "nines": b"9" * 5000,
    "bigint": b"9223372036854775808",
    "int": b"2147483648",
    "minus": b"-1",
    "minus zero": b"-0",
    "infinite": b"1e999",
    "nan": b"NaN",
    "unicode digits": "٣٤²③".encode(),
    "word": b"none-of-these",
    "list": b'["a", {"b": 1}]',
    "deep": b"[" * 100_000,
}
ALL = KEPT | REFUSED
# One value that holds the worst of what may be kept, short enough for a name.
TOGETHER = '=1+1 \u202eevil <script>x</script> {{ x }} 👩‍👩‍👧 #read("x") \'\\ %s\r\nBcc: x@y.z'.encode()
# Names that no form has; whoever sends them hopes that a model does.
UNKNOWN = (
    *("is_staff", "is_superuser", "is_active", "is_synthetic", "state", "side", "seats_taken", "person", "owner"),
    *("id", "pk", "code", "released_at", "expires_at", "submitted_at", "deadline_override", "score", "__proto__"),
    *("constructor", "role", "cohort", "by", "source", "review_mean", "slug", "is_community", "method"),
)
NEXT = (
    *("//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "/\\/evil.test"),
    *("https://evil.test", "http://evil.test", "HTTPS://evil.test", "https:evil.test", "https:/evil.test"),
    *(
        "https:///evil.test",
        "http:\\\\evil.test",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
    ),
    *(" javascript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
    *("//evil.test@localhost", "https://localhost@evil.test", "http://localhost.evil.test", "//localhost:80@evil.test"),
    *("/%09/evil.test", "/\t/evil.test", "/\n/evil.test", "\t//evil.test", " //evil.test", "/%2f/evil.test/.."),
    *("//evil%E3%80%82test", "//evil\u3002test", "／／evil.test", "https://evil.test#/", "?next=//evil.test"),
    *("/.//evil.test", "/..//evil.test", ".evil.test", "@evil.test", "//[::1", "http://[evil", "//evil.test\r\nX: y"),
)
