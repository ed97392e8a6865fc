"""How many requests are taken from one address."""

from bot.http.limits import REMEMBERED, Days, Rates


def test_rates_fill_up_again_and_forget_the_oldest() -> None:
    now = [0.0]
    rates = Rates(per_minute=60, burst=2, clock=lambda: now[0])
    assert [rates.take("a") for _ in range(3)] == [0, 0, 1]
    now[0] = 1.0
    assert rates.take("a") == 0
    for number in range(REMEMBERED):
        rates.take(str(number))
    assert len(rates._buckets) == REMEMBERED


def test_a_session_has_five_hundred_messages_a_day_and_the_strangers_of_an_address_four_thousand() -> None:
    for rates, most in ((Days().of_session, 500), (Days().of_strangers, 4000)):
        assert [rates.take("a") == 0 for _ in range(most + 1)] == [True] * most + [False]
        assert rates.take("a") > 20


def test_what_is_given_back_can_be_taken_again_and_no_more() -> None:
    rates = Rates(per_minute=1, burst=2)
    rates.take("a")
    for key in ("a", "a", "a", "b"):
        rates.give_back(key)
    assert [[rates.take(key) == 0 for _ in range(3)] for key in "ab"] == [[True, True, False]] * 2
