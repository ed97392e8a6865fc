"""What /metrics tells."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter("baeumtok_messages_total", "Messages that were answered", ["channel"])
SECONDS = Histogram("baeumtok_answer_seconds", "From taking a message to its durable reply", ["channel"])
BUGS = Counter("baeumtok_bugs_total", "Messages answered with an apology and a reference", ["channel"])
DELIVERIES = Counter("baeumtok_deliveries_total", "Replies handed to a channel, by outcome", ["channel", "outcome"])
OWED = Gauge("baeumtok_inbox_owed", "Messages that are stored and not settled yet")
HEARTBEAT = Gauge("baeumtok_heartbeat_seconds", "Age of the last heartbeat", ["name"])
