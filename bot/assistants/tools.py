"""The tools of an assistant: their names, what they take and what they tell, in words that both languages have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from mcp.types import Tool, ToolAnnotations
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from bot.http.requests import clean
from handlers.dialogue.chat import Chat
from handlers.residents.courses import public
from handlers.residents.courses.public import CourseDetails, CourseList, Sought, TimeOfDay

LARGEST_ID = 2**31 - 1  # that a database counts to
DEAREST = 10_000_000  # won
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Id = Annotated[int, Field(ge=1, le=LARGEST_ID, description="The course's id from a list. 목록에 나온 강좌 번호")]
Query = Annotated[
    str,
    Field(
        max_length=100,
        description=(
            "What one wants to learn, in one or two words, Korean or English; empty for any. "
            "배우고 싶은 것을 한두 낱말로. 예: 커피, 꽃, coffee"
        ),
    ),
    AfterValidator(clean),
]
Weekday = Annotated[
    Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] | None,
    Field(description="A day on which it has classes. 수업하는 요일"),
]
Time = Annotated[
    TimeOfDay | None,
    Field(description="When classes begin: before noon, before 18:00, or later. 오전, 오후, 저녁(18시부터)"),
]
Cost = Annotated[
    int | None,
    Field(
        ge=0,
        le=DEAREST,
        description="The most that it may cost in won, all fees together; 0 is free. 모든 비용을 더해 몇 원까지",
    ),
]
Language = Annotated[Literal["ko", "en"], Field(description="Of the texts that are told. 안내하는 말")]


class Arguments(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: Language = "ko"


class SearchCourses(Arguments):
    query: Query = ""
    weekday: Weekday = None
    time_of_day: Time = None
    max_cost: Cost = None
    open_now: Annotated[bool, Field(description="Only those that take registrations now. 지금 접수하는 것만")] = False

    def tell(self, chat: Chat) -> CourseList:
        day = WEEKDAYS.index(self.weekday) if self.weekday else None
        return public.search(chat, Sought(self.query, day, self.time_of_day, self.max_cost, self.open_now))


class ListOpenCourses(Arguments):
    page: Annotated[int, Field(ge=0, le=1000, description="0 is the first. 0부터 셉니다")] = 0

    def tell(self, chat: Chat) -> CourseList:
        return public.list_open(chat, self.page)


class GetCourse(Arguments):
    id: Id

    def tell(self, chat: Chat) -> CourseDetails:
        return public.details(chat, self.id)


@dataclass(frozen=True)
class CourseTool:
    """A tool, which only reads: `takes` knows how to tell what `tells` describes."""

    name: str
    title: str
    description: str
    takes: type[SearchCourses | ListOpenCourses | GetCourse]
    tells: TypeAdapter[Any]

    def described(self) -> Tool:
        return Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.takes.model_json_schema(),
            output_schema=self.tells.json_schema(mode="serialization"),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )


_ALL = (
    CourseTool(
        "search_courses",
        "강좌 찾기 / Search courses",
        "Finds courses of the district by words, weekday, time of day and cost; those that fit best come first. "
        "배우고 싶은 것, 요일, 시간대, 비용으로 구청 강좌를 찾습니다.",
        SearchCourses,
        TypeAdapter(CourseList),
    ),
    CourseTool(
        "list_open_courses",
        "지금 접수하는 강좌 / Open courses",
        "Courses that take registrations now, those that close first come first. "
        "지금 신청할 수 있는 강좌를 마감이 가까운 순서로 알려 줍니다.",
        ListOpenCourses,
        TypeAdapter(CourseList),
    ),
    CourseTool(
        "get_course",
        "강좌 안내 / About a course",
        "When and where a course is, seats left, cost, deadline, who may come, and the link where one registers. "
        "강좌의 때와 곳, 남은 자리, 비용, 마감, 대상, 신청하는 주소를 알려 줍니다.",
        GetCourse,
        TypeAdapter(CourseDetails),
    ),
)
TOOLS: Mapping[str, CourseTool] = {tool.name: tool for tool in _ALL}
