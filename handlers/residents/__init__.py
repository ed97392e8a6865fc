"""What residents may ask for: one module a capability. Importing this package registers them all."""

from handlers.residents import common_questions, instructors, leaving, reminders, simple_mode, topics, welcome
from handlers.residents.attending import absences, arriving, coming
from handlers.residents.attending import mine as attended
from handlers.residents.completed import certificates, qualifications
from handlers.residents.courses import awaited, discovering
from handlers.residents.people import callbacks, linking, news, others
from handlers.residents.rights import consenting, correcting, erasing, exporting, overview, seen
from handlers.residents.seats import draws, enrollments, giving_back, mine
from handlers.residents.sentences import understood, wished
from handlers.residents.surveys import answering
from handlers.residents.work import appointments, counseling, digest, followups, jobs

__all__ = [
    "absences",
    "answering",
    "appointments",
    "arriving",
    "attended",
    "awaited",
    "callbacks",
    "certificates",
    "coming",
    "common_questions",
    "consenting",
    "correcting",
    "counseling",
    "digest",
    "discovering",
    "draws",
    "enrollments",
    "erasing",
    "exporting",
    "followups",
    "giving_back",
    "instructors",
    "jobs",
    "leaving",
    "linking",
    "mine",
    "news",
    "others",
    "overview",
    "qualifications",
    "reminders",
    "seen",
    "simple_mode",
    "topics",
    "understood",
    "welcome",
    "wished",
]
