"""/healthz finds what stands in the way of the next message, /metrics counts it, and both answer inside only."""

import resource
import shutil
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from bot import health
from bot.app import App
from storage.engine.ailments import Ailment
from storage.tables import dispatches
from tests.support.notices.districts import district


@pytest_asyncio.fixture
async def app(database, settings):
    return App(settings, database)


async def get(app, path, client=("127.0.0.1", 5), **headers):
    transport = httpx.ASGITransport(app._site(), raise_app_exceptions=False, client=client)
    async with httpx.AsyncClient(transport=transport, base_url="http://10.1.2.3") as asking:
        return await asking.get(path, headers=headers)


async def counted(app, reason):
    told = (await get(app, "/metrics")).text
    line = next((line for line in told.splitlines() if f'reason="{reason}"' in line and "_total" in line), "0")
    return float(line.split()[-1])


async def is_found(app, ailment):
    before = await counted(app, ailment.name.lower())
    answer = await get(app, "/healthz")
    assert (answer.status_code, answer.text) == (503, f"database: {ailment}")
    assert await counted(app, ailment.name.lower()) == before + 1


@pytest.mark.on_sqlite
async def test_what_notices_of_this_month_cost_and_may_cost_is_told(database):
    left = {"kind": "closed", "way": "kakao", "cost": 1650}
    moments = datetime.now(UTC), datetime.now(UTC) - timedelta(days=40)
    await database.write(lambda tx: tx.execute(dispatches.insert(), [{**left, "started_at": at} for at in moments]))
    told = (await get(App(district(event=True, monthly_ceiling=300000), database), "/metrics")).text
    assert "baeumtok_spent_won 16.5" in told.splitlines()
    assert "baeumtok_ceiling_won 300000.0" in told.splitlines()


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("database_url")  # the file is its own
async def test_a_database_that_only_reads_is_a_fault(app, database):
    await database._threads[-1].run(lambda connection: connection.connection.execute("PRAGMA query_only = ON"))
    await is_found(app, Ailment.READ_ONLY)


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("database_url")  # the file is its own
async def test_a_disk_that_takes_no_more_is_a_fault(app, database):
    """The limit of a file's size stands for the disk's end: the log of the database can't grow."""
    await database.write(lambda tx: tx.exec_driver_sql("SELECT 1"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        answer = await get(app, "/healthz")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (answer.status_code, answer.text) == (503, f"database: {Ailment.DISK}")
    assert (await get(app, "/healthz")).status_code == 200


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("database_url")  # the file is its own
async def test_a_database_that_reached_its_size_is_a_fault(app, database):
    fills = "CREATE TABLE fill AS SELECT randomblob(9000)"
    writer = database._threads[-1]
    await writer.run(lambda connection: connection.connection.execute("PRAGMA max_page_count = 1"))
    real = health.pulse.probe
    health.pulse.probe = lambda tx: tx.exec_driver_sql(fills)
    try:
        await is_found(app, Ailment.FULL)
    finally:
        health.pulse.probe = real


@pytest.mark.on_sqlite
async def test_a_disk_without_room_is_a_fault_though_a_small_write_still_fits(app, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 999_999))
    await is_found(app, Ailment.FULL)


@pytest.mark.on_sqlite
async def test_a_database_that_is_away_is_a_fault_and_figures_are_told_without_it(app, monkeypatch):
    async def fails(_):
        raise OSError("gone")

    monkeypatch.setattr(app._database, "write", fails)
    monkeypatch.setattr(app._database, "read", fails)
    await is_found(app, Ailment.AWAY)


@pytest.mark.on_postgres
async def test_a_postgresql_that_only_reads_is_a_fault(app, database):
    say = "ALTER ROLE CURRENT_USER {} default_transaction_read_only"
    await database.write(lambda tx: tx.exec_driver_sql(f"{say.format('SET')} = on"))
    await database._engine.dispose()
    try:
        await is_found(app, Ailment.READ_ONLY)
    finally:
        await database.write(
            lambda tx: [tx.exec_driver_sql(each) for each in ("SET TRANSACTION READ WRITE", say.format("RESET"))]
        )


# --- who may ask ---

FAR, NEAR, PROXY = ("203.0.113.9", 5), ("192.168.3.4", 5), ("10.0.0.5", 5)


async def asks(settings, database, peer, trusted=(), monitors=None, **headers):
    """The answer behind uvicorn's own reading of proxies."""
    changed = {"trusted_proxies": trusted, **({"monitors": monitors} if monitors else {})}
    web = settings.web.model_copy(update=changed)
    config = App(settings.model_copy(update={"web": web}), database)._serving()
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=peer)
    async with httpx.AsyncClient(transport=transport, base_url="http://10.1.2.3") as asking:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {(await asking.get(path, headers=named)).status_code for path in ("/healthz", "/metrics")}


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (("127.0.0.1", 5), {}, 200),
        (("::1", 5), {}, 200),
        (NEAR, {}, 200),
        (("::ffff:192.168.3.4", 5), {}, 200),
        (("10.1.2.3", 5), {}, 200),
        (FAR, {}, 403),
        (("2001:db8::1", 5), {}, 403),
        (FAR, {"x_forwarded_for": "127.0.0.1"}, 403),
        (("127.0.0.1", 5), {"x_forwarded_for": "203.0.113.9"}, 403),
        (("127.0.0.1", 5), {"x_forwarded_for": "127.0.0.1, 203.0.113.9"}, 403),
        (NEAR, {"x_forwarded_proto": "https"}, 403),
        (NEAR, {"via": "1.1 proxy"}, 403),
    ],
)
async def test_without_a_trusted_proxy_only_inside_addresses_are_answered(settings, database, peer, headers, status):
    assert await asks(settings, database, peer, **headers) == {status}


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (PROXY, {"x_forwarded_for": "203.0.113.9"}, 403),
        (PROXY, {"x_forwarded_for": "192.168.3.4, 203.0.113.9"}, 403),
        (PROXY, {"x_forwarded_for": "203.0.113.9, 192.168.3.4"}, 200),
        (PROXY, {"x_forwarded_for": "192.168.3.4:55123"}, 200),
        (PROXY, {"x_forwarded_for": "192.168.3.4, 10.0.0.6"}, 200),
        (PROXY, {"x_forwarded_proto": "https"}, 403),
        (PROXY, {}, 200),
        (("127.0.0.1", 5), {"x_forwarded_for": "203.0.113.9"}, 403),
        (FAR, {"x_forwarded_for": "192.168.3.4"}, 403),
    ],
)
async def test_behind_a_trusted_proxy_the_sender_counts(settings, database, peer, headers, status):
    assert await asks(settings, database, peer, ("10.0.0.0/24",), **headers) == {status}


@pytest.mark.on_sqlite
async def test_a_setting_opens_or_narrows_it(settings, database):
    assert await asks(settings, database, FAR, monitors=("0.0.0.0/0", "::/0")) == {200}
    assert await asks(settings, database, NEAR, monitors=("127.0.0.1/32",)) == {403}
