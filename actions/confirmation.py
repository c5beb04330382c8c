"""Tells where the confirmation of what was filed can be read."""

from actions.house import House
from actions.turn import Turn


def tell_of_confirmation(turn: Turn, house: House, email: str) -> None:
    """Say that it is mailed to the address, or shown in the demonstration (A03)."""
    if house.is_demo:
        turn.say("utter_mail_shown_in_demonstration")
    else:
        turn.say("utter_confirmation_mailed", email=email)
