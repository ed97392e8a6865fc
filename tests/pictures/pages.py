"""Every picture of the guide: the page it is of, what is done there first, and how much of it is seen."""

import io
from collections.abc import Awaitable, Callable, Sequence

from openpyxl import Workbook

from tests.pictures import team
from tests.pictures.camera import Camera
from tests.walks.town import link

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = "과정번호 과정명 학기 장소 정원 접수시작 접수종료 시작일 종료일 요일 시작시간 종료시간 선정방법 준비물"
NEW = (
    ("27-01", "바리스타 2급(오전)", "실습실 A", "2027-01-19", "2027-03-23", "화", "10:00", "13:00"),
    ("27-02", "정리수납컨설턴트 2급(야간)", "강의실 2", "2027-01-20", "2027-03-10", "수", "7:00", "9:00"),
)


def sheet() -> bytes:
    book = Workbook()
    rows = book.active
    assert rows is not None
    rows.append(HEADER.split())
    for code, title, venue, starts, ends, weekday, begins, until in NEW:
        times = ("2026-12-14 09:00", "2026-12-27 18:00", starts, ends, weekday, begins, until)
        rows.append([code, title, "2027-H1", venue, 15, *times, "선착순", "앞치마"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


async def begins(camera: Camera) -> None:
    said = await camera.town.tells("officers", "--add", "choi", "--name", "최담당", "--role", "담당")
    await camera.opens(link(said), width=620)
    await camera.takes("begin", until=980, hidden=".qr, .secret")


async def today(camera: Camera) -> None:
    await camera.opens("/desk/")
    await camera.takes("today")


async def imports(camera: Camera) -> None:
    await camera.opens("/desk/import")
    await camera.page.set_input_files("#file", {"name": "강좌.xlsx", "mimeType": XLSX, "buffer": sheet()})
    await camera.clicks("무엇이 바뀌는지 보기")
    await camera.takes("import", after="main")


async def course(camera: Camera) -> None:
    await camera.opens("/desk/courses/DEMO-13")
    await camera.takes("course", until=700)


async def registers(camera: Camera) -> None:
    await camera.opens("/desk/register?course=DEMO-26")
    await camera.fills(name="한새봄", birth_year="1975", mobile="010-0000-0777", dong="청구동")
    await camera.page.check("#aloud")
    await camera.takes("register", until=860, after="main")


async def decides(camera: Camera) -> None:
    await camera.opens("/desk/courses/DEMO-15/decide")
    await camera.clicks("뽑으면 어떻게 되는지 보기")
    await camera.takes("decide", after="main")


async def writes(camera: Camera) -> None:
    await camera.opens("/desk/courses/DEMO-13/message")
    await camera.fills(text="목요일 수업은 강의실이 바뀝니다. 3층 컴퓨터실로 와 주세요.")
    await camera.clicks("미리 보기")
    await camera.takes("message", after="main")


async def attends(camera: Camera) -> None:
    await camera.opens("/desk/courses/DEMO-13/attendance?class=7", phone=True)
    await camera.clicks("전원 출석")
    await camera.page.locator("[aria-pressed=true]").first.wait_for()
    await camera.takes("attendance-phone", until=820)
    await camera.opens("/desk/courses/DEMO-13/attendance")
    await camera.takes("attendance", after="main")


async def completes(camera: Camera) -> None:
    await camera.opens(f"/desk/courses/{team.UNDECIDED}/complete", width=1240)
    await camera.takes("complete", until=700, after="main")


async def asks(camera: Camera) -> None:
    await camera.opens("/desk/surveys/만족도조사/papers?course=DEMO-12")
    await camera.takes("papers", after="main")
    await camera.opens("/desk/surveys/만족도조사/results?course=DEMO-01")
    await camera.takes("results", after="main")


async def calls(camera: Camera) -> None:
    await camera.opens("/desk/calls", phone=True)
    await camera.takes("calls-phone", until=820)
    await camera.opens("/desk/calls/files")
    await camera.takes("push-files", after="main")


async def year(camera: Camera) -> None:
    await camera.opens("/desk/year/2026")
    await camera.takes("year", after="main")
    await camera.opens("/desk/year/2026/report?half=2")
    await camera.takes("report", after="main")


async def person(camera: Camera) -> None:
    await camera.opens("/desk/people/3")
    await camera.page.locator("main button").first.click()
    await camera.takes("person", after="main")


async def accounts(camera: Camera) -> None:
    await camera.opens("/desk/officers")
    await camera.takes("officers", after="main")


ALL: Sequence[Callable[[Camera], Awaitable[None]]] = (
    *(begins, today, imports, course, registers, decides, writes, attends, completes),
    *(asks, calls, year, person, accounts),
)
