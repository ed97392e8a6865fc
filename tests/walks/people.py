"""A hundred and sixty people: most write, forty call, come, send a paper or are sent by an institution."""

import asyncio

from tests.support.web.browsers import PHONE, Resident
from tests.walks.courses import CHOSEN, CLOSED, HELD, LOTTERY, SEATS, SHORT, TITLES, confirms
from tests.walks.officers import Walker
from tests.walks.residents import TOLD, Writer

PEOPLE = 160
WAYS = ("phone", "visit", "paper", "institution")
IN_CHROMIUM = (1, 2, 3)  # at a phone


def code_of(number: int) -> str:
    return f"K{number % len(TITLES) + 1:02}"


def is_at_desk(number: int) -> bool:
    return number % 4 == 0


async def holds(lead: Walker) -> None:
    with lead.job("기관 자리 잡기"):
        await lead.opens(f"/desk/courses/{HELD}/seats")
        await lead.types("#institution", "어울림복지관")
        await lead.types("#count", "2")
        await lead.types("#until", "2027-01-12")
        await lead.looks("seats")
        await lead.clicks("잡아 두기", "button")
        await confirms(lead, "seats-preview")
    await lead.looks("seats-held")


async def write(lead: Walker) -> dict[int, Writer]:
    """Those at home, over HTTP but for three, in their order."""
    came = {number: Writer(lead.town.url, number) for number in range(PEOPLE) if not is_at_desk(number)}
    ids = dict(lead.town.rows("SELECT code, id FROM courses"))
    for number in IN_CHROMIUM:
        await in_chromium(lead, came.pop(number), ids[code_of(number)])
    some = list(came.items())
    for at in range(0, len(some), 8):
        said = await asyncio.gather(*(writer.registers(ids[code_of(number)]) for number, writer in some[at : at + 8]))
        wrong = [each for each in said if "신청" not in each]
        assert not wrong, wrong[:1]
    return came


async def in_chromium(lead: Walker, writer: Writer, course: int) -> None:
    browser = lead.page.context.browser
    assert browser
    context = await browser.new_context(viewport=PHONE, locale="ko-KR", base_url=lead.town.url)  # type: ignore[arg-type]
    someone = Resident(await context.new_page())
    await someone.page.goto(f"/?start=c{course}")
    await someone.presses("신청하기")
    await someone.presses("동의하고 계속")
    for answer in (TOLD["dong"], writer.name, TOLD["birth_year"], writer.mobile):
        await someone.says(answer)
    said = await someone.presses("이대로 신청하기")
    assert "신청" in said, said
    await someone.page.screenshot(path=str(lead.pictures / f"chat-{writer.number}-registered.png"))
    lead.faults += [f"chat: {each}" for each in (*await someone.violations(), *someone.complaints)]
    await context.close()


async def at_desk(lead: Walker) -> None:
    """Forty in the console, a quarter each way."""
    for number in filter(is_at_desk, range(PEOPLE)):
        with lead.job(f"접수 {number}"):
            await registers(lead, number)
    lead.efforts = [each for each in lead.efforts if not each.job.startswith("접수 ") or each.job == "접수 4"]
    await lead.looks("registered")
    people = lead.town.count("enrollments WHERE ended_at IS NULL OR 1")
    assert people == PEOPLE, people
    used = lead.town.count("enrollments WHERE channel = 'institution'")
    assert used >= 1, used


async def registers(lead: Walker, number: int) -> None:
    way = WAYS[number // 4 % 4]
    writer = Writer("http://127.0.0.1", number)
    await lead.opens(f"/desk/register?course={code_of(number)}")
    await lead.page.check(f"#channel-{way}")
    for name, value in {"name": writer.name, "mobile": writer.mobile, **TOLD}.items():
        await lead.types(f"#{name}", value)
    if way in ("paper", "institution"):  # whose consent can't be asked aloud
        await lead.types("#paper", f"27-{number:04}")
    else:
        await lead.page.check("#aloud")
    held = lead.page.locator("#held")
    if way == "institution" and code_of(number) == HELD and await held.count():
        await held.select_option(index=1)
    if number == 0:
        await lead.looks("register")
    await lead.clicks("접수하기", "button")
    said = await lead.page.locator("main").inner_text()
    if "접수했습니다" not in said:
        await lead.looks(f"register-{number}-refused")
        raise AssertionError(f"{number}: {said[:600]}")


async def is_known(lead: Walker) -> None:
    """Somebody who has a seat calls for another course: who they are, and the rule that is set aside."""
    known = Writer("http://127.0.0.1", 5)
    with lead.job("같은 분인가요, 규칙과 다르게"):
        await lead.opens("/desk/register?course=K04")
        for name, value in {"name": known.name, "mobile": known.mobile, **TOLD}.items():
            await lead.types(f"#{name}", value)
        await lead.clicks("접수하기", "button")
        await lead.reads_on("같은 분인가요?")
        await lead.looks("same-person")
        await lead.clicks("고른 분으로 접수하기", "button")
        await lead.page.locator("#override").wait_for()
        await lead.looks("override")
        await lead.types("#override", "팀장 승인")
        await lead.clicks("접수하기", "button")
        await lead.reads_on("접수했습니다")
    twice = "SELECT resident_id FROM enrollments GROUP BY resident_id HAVING count(*) = 2"
    assert len(lead.town.rows(twice)) == 1


async def by_keys(lead: Walker) -> None:
    """A caller, by Tab, Space and Enter alone."""
    before = lead.town.count("enrollments")
    with lead.job("전화 접수 (키만)"):
        await lead.opens("/desk/register?course=K06")
        for typed in ("이한별", "1968", "010-0000-0901", "청구동"):
            await lead.writes(typed)
            await lead.keys("Tab")
        await lead.tabs("aloud")
        await lead.keys("Space", "Enter")
        await lead.reads_on("접수했습니다")
    assert lead.town.count("enrollments") == before + 1
    assert lead.effort.clicks == 0


async def filled(lead: Walker) -> None:
    held = "enrollments JOIN courses ON courses.id = course_id WHERE code = ? AND enrollments.state = ?"
    assert lead.town.count(held, SHORT, "confirmed") == SEATS
    assert lead.town.count(held, LOTTERY, "applied") >= SEATS
    assert lead.town.count(held, CHOSEN, "applied") >= SEATS
    assert CLOSED != HELD
    await lead.opens(f"/desk/courses/{SHORT}/people")
    await lead.looks("people")
    query = "SELECT code, enrollments.id FROM enrollments JOIN courses ON courses.id = course_id"
    for code, of in lead.town.rows(f"{query} ORDER BY enrollments.id DESC LIMIT 1"):
        await lead.opens(f"/desk/courses/{code}/people/{of}")
        await lead.looks("application")
        await lead.opens(f"/desk/courses/{code}/people/{of}/receipt")
        await lead.looks("receipt")
    await lead.opens("/desk/search?q=이한별")
    await lead.looks("search")
