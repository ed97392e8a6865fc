"""What officers write to many: message, message-completers, messages, message-templates."""

import argparse
from functools import partial

from bot.terminal.command import Commands, add_act, add_output, do, look, show, tell, whole
from handlers.staff.messages import pausing, progress, sending, templates
from handlers.staff.messages.whom import WHOM

BY_WORD = {"자리": "seats", "대기": "waiting", "모두": "all", "수료": "completed"}


def add_to(commands: Commands) -> None:
    each = add_act(commands, "message", message)
    each.add_argument("course", metavar="과정번호")
    who = ", ".join(f"{word}({WHOM[value]})" for word, value in BY_WORD.items())  # type: ignore[index]
    each.add_argument("--to", choices=BY_WORD, default="자리", metavar="받는 분", help=f"{who}. 기본: 자리")
    _add_texts(each)
    each = add_act(commands, "message-completers", message_completers)
    each.add_argument(
        "--place", default="", metavar="말", help="장소나 과정에 이 말이 있는 과정만. 예: 동네배움터, 자치회관"
    )
    each.add_argument("--term", default="", metavar="학기", help="이 학기만. 예: 2026-H2")
    _add_texts(each)
    _add_messages(add_act(commands, "messages", messages))
    each = add_act(commands, "message-templates", message_templates)
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--save", default="", metavar="이름", help="이 이름으로 적어 두거나 고칩니다")
    ways.add_argument("--drop", default="", metavar="이름", help="지웁니다")
    _add_texts(each)


def _add_texts(each: argparse.ArgumentParser) -> None:
    each.add_argument("--text", default="", metavar="글", help="보낼 글")
    each.add_argument("--text-en", default="", metavar="글", help="영어로 보는 분께 보일 글")


def _add_messages(each: argparse.ArgumentParser) -> None:
    each.add_argument("number", nargs="?", type=whole, metavar="번호", help="이 메시지를 누가 받았는지 봅니다")
    each.add_argument("--course", default="", metavar="과정번호", help="이 과정의 메시지만 봅니다")
    ways = each.add_mutually_exclusive_group()
    ways.add_argument("--pause", action="store_true", help="아직 받지 않은 분께 보내지 않고 기다립니다")
    ways.add_argument("--go-on", action="store_true", help="멈춘 것을 이어서 보냅니다")
    # another word than the --again of acts, which is about the act itself
    ways.add_argument("--to-missed", action="store_true", help="닿지 못한 분께만 다시 보냅니다")
    add_output(each)


def message(args: argparse.Namespace) -> int:
    whom = BY_WORD[args.to]
    return do(args, sending.COURSE_MESSAGE, code=args.course, whom=whom, text=args.text, text_en=args.text_en)


def message_completers(args: argparse.Namespace) -> int:
    given = {"place": args.place, "term": args.term, "text": args.text, "text_en": args.text_en}
    return do(args, sending.NEWS_MESSAGE, **given)


def messages(args: argparse.Namespace) -> int:
    if args.number is None:
        return show(args, partial(progress.listed, code=args.course), code=args.course)
    acts = ((args.pause, pausing.PAUSE), (args.go_on, pausing.GO_ON), (args.to_missed, sending.AGAIN))
    for is_asked, act in acts:
        if is_asked:
            return do(args, act, number=args.number)
    found = partial(progress.show, number=args.number, everything=bool(args.output))
    return show(args, found, number=args.number)


def message_templates(args: argparse.Namespace) -> int:
    if args.save:
        return do(args, templates.SAVE, name=args.save, text=args.text, text_en=args.text_en)
    if args.drop:
        return do(args, templates.DROP, name=args.drop)
    return tell(look(args, templates.show))
