"""How many requests are taken from one address."""

from bot.http.limits import REMEMBERED, Rates


def test_rates_fill_up_again_and_forget_the_oldest() -> None:
    now = [0.0]
    rates = Rates(per_minute=60, burst=2, clock=lambda: now[0])
    assert [rates.take("a") for _ in range(3)] == [0, 0, 1]
    now[0] = 1.0
    assert rates.take("a") == 0
    for number in range(REMEMBERED):
        rates.take(str(number))
    assert len(rates._buckets) == REMEMBERED
