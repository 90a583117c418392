"""The channels that a new portal starts with, and whether each reaches people who already care."""

FIRST_CHANNELS = (
    ("Friend or colleague", True),
    ("LessWrong / Alignment Forum", True),
    ("AGI Safety Fundamentals", True),
    ("80,000 Hours job board", True),
    ("EA Forum or EA event", True),
    ("AI safety Slack", True),
    ("AI safety student group", True),
    ("Twitter", False),
    ("Rob Miles (YouTube / TikTok)", False),
    ("Other", False),
)

# Whom a personal link brings, after somebody recommended them.
RECOMMENDATION = "Recommendation"
