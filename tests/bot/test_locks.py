"""One conversation takes one turn at a time; others do not wait for it."""

import asyncio

import pytest

from bot.locks import ConversationLocks


def test_the_same_conversation_waits_for_its_turn(run) -> None:
    order: list[str] = []

    async def take(locks: ConversationLocks, name: str, sender: str) -> None:
        async with locks.lock(sender):
            order.append(f"{name} begins")
            await asyncio.sleep(0)  # lets the other one come
            order.append(f"{name} ends")

    async def both() -> None:
        locks = ConversationLocks()
        await asyncio.gather(take(locks, "first", "a"), take(locks, "second", "a"))

    run(both())
    assert order == ["first begins", "first ends", "second begins", "second ends"]


def test_another_conversation_does_not_wait(run) -> None:
    async def inside_another() -> bool:
        locks = ConversationLocks()
        async with locks.lock("a"), asyncio.timeout(5), locks.lock("b"):
            return True

    assert run(inside_another())


def test_turns_come_in_the_order_of_their_messages(run) -> None:
    order: list[int] = []

    async def take(locks: ConversationLocks, number: int) -> None:
        async with locks.lock("a"):
            await asyncio.sleep(0)
            order.append(number)

    async def many() -> None:
        locks = ConversationLocks()
        await asyncio.gather(*(take(locks, number) for number in range(10)))

    run(many())
    assert order == list(range(10))


def test_a_failing_turn_gives_the_conversation_back(run) -> None:
    async def fail_then_take() -> bool:
        locks = ConversationLocks()
        with pytest.raises(ZeroDivisionError):
            async with locks.lock("a"):
                _ = 1 / 0
        async with asyncio.timeout(5), locks.lock("a"):
            return True

    assert run(fail_then_take())


def test_a_conversation_is_forgotten_when_nobody_holds_or_awaits_it(run) -> None:
    async def held_then_left() -> tuple[int, int]:
        locks = ConversationLocks()
        async with locks.lock("a"), locks.lock("b"):
            held = len(locks._locks)
        return held, len(locks._locks) + len(locks._users)

    assert run(held_then_left()) == (2, 0)
