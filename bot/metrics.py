"""What /metrics tells."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter("baeumtok_messages_total", "Messages that were answered", ["channel"])
SECONDS = Histogram("baeumtok_answer_seconds", "From taking a message to its durable reply", ["channel"])
BUGS = Counter("baeumtok_bugs_total", "Messages answered with an apology and a reference", ["channel"])
DELIVERIES = Counter("baeumtok_deliveries_total", "Replies handed to a channel, by outcome", ["channel", "outcome"])
OWED = Gauge("baeumtok_inbox_owed", "Messages that are stored and not settled yet")
NOTICES = Counter("baeumtok_notices_total", "Notices by kind and outcome", ["kind", "outcome"])
NOTICES_OWED = Gauge("baeumtok_outbox_owed", "Notices that are planned and not settled yet")
SPENT = Gauge("baeumtok_spent_won", "What notices of this month cost so far")
CEILING = Gauge("baeumtok_ceiling_won", "What notices of a month may cost before news stops; 0 is none")
TOO_FEW = Gauge("baeumtok_courses_below_minimum", "Courses that have closed with too few people")
HEARTBEAT = Gauge("baeumtok_heartbeat_seconds", "Age of the last heartbeat", ["name"])
DATABASE_FAULTS = Counter("baeumtok_database_faults_total", "Looks at /healthz that found the database ill", ["reason"])
ROOM = Gauge("baeumtok_disk_free_bytes", "Free on the disk of the database; +Inf when it is on another machine")
BACKED_UP = Gauge("baeumtok_backup_seconds", "When the newest backup was made, as seconds since 1970")
ALIMTALK_BALANCE = Gauge("baeumtok_alimtalk_balance_won", "Left in the account from which AlimTalk is paid, hourly")
