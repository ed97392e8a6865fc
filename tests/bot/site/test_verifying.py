"""The page that confirms a certificate: valid, changed, revoked, replaced, unknown, and how fast it may be asked."""

import html as escaping
import io
import re

import httpx
import pypdf
import pytest
from starlette.applications import Starlette

from bot.documents import certificates
from bot.http.limits import Rates
from bot.site.verifying import Verifying
from handlers.residents.completed import printed
from handlers.staff.certificates import issuing
from storage.people.forgetting import erasing
from tests.support.domain import SETTINGS
from tests.support.people.graduates import Graduation

pytestmark = pytest.mark.on_sqlite
ONE, TWO = "2027-000001", "2027-000002"
MANY = {"per_minute": 6000, "burst": 6000}


@pytest.fixture
async def confirmed_course(school, resident):
    made = Graduation(school)
    await made.of(resident(1))
    await made.issues()
    return made


@pytest.fixture
async def asks(school):
    """What the page says, as text; `limits` are those of who has a code and of who hasn't."""

    async def ask(path, limits=(MANY, MANY), times=1, language="ko"):
        routes = Verifying(
            school.database, SETTINGS.to_organization(), lambda: school.now, *(Rates(**each) for each in limits)
        ).routes()
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
            answers = [await http.get(path, headers={"accept-language": language}) for _ in range(times)]
        return answers[-1]

    return ask


def text(answer):
    return " ".join(escaping.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_every_printed_fact_is_confirmed_with_the_name_masked(confirmed_course, asks):
    said = text(await asks(f"/v/{ONE}"))
    assert f"{ONE}은 유효한 수료증입니다" in said
    assert "홍*동" in said
    assert "홍길동" not in said
    facts = printed.Facts.from_json((await confirmed_course.one(ONE)).facts)
    for each in (*(value for _, value in facts.lines), facts.sentence, facts.issued_on, facts.issuer):
        assert each in said
    assert "하나라도 다르면 위조" in said


async def test_what_its_code_says_leads_to_a_page_that_confirms_the_code(confirmed_course, asks):
    found = await confirmed_course.one(ONE)
    address = printed.address(SETTINGS.to_organization(), ONE, found.code).removeprefix(SETTINGS.web.public_url)
    assert "이 문서의 코드까지 맞습니다" in text(await asks(address))
    wrong = text(await asks(f"/v/{ONE}?c={'0' * 32}"))
    assert "코드가 맞지 않습니다" in wrong
    assert "코드까지 맞습니다" not in wrong


async def test_a_pdf_with_another_level_is_told_apart_by_its_page(confirmed_course, asks):
    found = await confirmed_course.one(ONE)
    real = printed.sheet(SETTINGS.to_organization(), found)
    forged = {**real, "lines": [[name, value.replace("2급", "1급")] for name, value in real["lines"]]}
    page = "".join(text(await asks(f"/v/{ONE}?c={found.code}")).split())

    def differs(given):
        on_paper = pypdf.PdfReader(io.BytesIO(certificates.set_pages([given]))).pages[0].extract_text()
        lines = ["".join(value.split()) for _, value in given["lines"][1:]]
        assert all(line in "".join(on_paper.split()) for line in lines)
        return [line for line in lines if line not in page]

    assert (differs(real), differs(forged)) == ([], ["바리스타1급", "바리스타1급"])


async def test_one_that_was_revoked_says_so_and_not_why(confirmed_course, asks):
    await confirmed_course.does(issuing.REVOKE, code="T1", number=ONE, reason="결석을 숨김")
    said = text(await asks(f"/v/{ONE}"))
    assert "취소된 수료증입니다" in said
    assert "유효한" not in said
    assert "숨김" not in said


async def test_one_that_was_replaced_says_so_without_the_new_number(confirmed_course, asks):
    await confirmed_course.does(issuing.REISSUE, code="T1", number=ONE, reason="이름")
    said = text(await asks(f"/v/{ONE}"))
    assert "새 번호로 다시 발급되었습니다" in said
    assert TWO not in said


async def test_a_completion_that_was_undone_is_told_as_the_reason(confirmed_course, asks):
    await confirmed_course.undoes("complete")
    assert "수료 결정을 되돌려 취소되었습니다" in text(await asks(f"/v/{ONE}"))


@pytest.mark.parametrize("number", ["2027-999999", "2027-1", "x", "2027-0000011", "%00", "홍길동"])
async def test_what_is_no_number_of_ours_is_unknown(confirmed_course, asks, number):
    answer = await asks(f"/v/{number}")
    assert answer.status_code == 404
    assert "이런 번호의 수료증은 없습니다" in text(answer)


async def test_an_erased_owner_leaves_a_number_that_is_confirmed_without_a_name(confirmed_course, asks, school):
    owner = await confirmed_course.owner(ONE)
    await school.database.write(lambda tx: erasing.erase(tx, owner, school.now))
    said = text(await asks(f"/v/{ONE}"))
    assert "유효한 수료증입니다" in said
    assert "이름은 지웠습니다" in said
    assert "홍*동" not in said


async def test_it_is_kept_and_listed_nowhere(confirmed_course, asks):
    answer = await asks(f"/v/{ONE}")
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"


FEW = {"per_minute": 1, "burst": 3}


async def test_whoever_has_no_code_may_look_only_now_and_then(confirmed_course, asks):
    assert (await asks(f"/v/{ONE}", (MANY, FEW), times=3)).status_code == 200
    slow = await asks(f"/v/{ONE}", (MANY, FEW), times=4)
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) > 0
    assert "바리스타" not in slow.text
    wrong = await asks(f"/v/{ONE}?c=00", (MANY, FEW), times=4)
    assert wrong.status_code == 429


async def test_whoever_has_the_code_is_let_in_more_often_but_not_without_end(confirmed_course, asks):
    right = f"/v/{ONE}?c={(await confirmed_course.one(ONE)).code}"
    assert (await asks(right, (MANY, FEW), times=20)).status_code == 200
    assert (await asks(right, (FEW, MANY), times=4)).status_code == 429


async def test_it_speaks_english_too(confirmed_course, asks):
    assert f"{ONE} is a valid certificate" in text(await asks(f"/v/{ONE}", language="en"))
