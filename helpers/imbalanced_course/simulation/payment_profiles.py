"""What card payments look like: the profiles that simulated payments follow, honest and fraudulent.

All of it is invented: plausible, and made so that a linear model finds part of the fraud and a model of interactions
finds more. Blatant are large online orders by night and copied magnetic stripes far from home. A card test is a tiny
amount and a lost card is tapped just below the limit of 50 euro, so that fraud does not simply grow with the amount.
Some fraud looks like any other payment and is out of every model's reach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from imbalanced_course.simulation.drawing import Quantiles

MERCHANT_CATEGORIES = (
    "clothing",
    "digital_services",
    "electronics",
    "fuel",
    "gift_cards",
    "groceries",
    "restaurants",
    "travel",
)
ENTRY_MODES = ("chip", "contactless", "magstripe", "online")
CARD_TYPES = ("credit", "debit", "prepaid")

# How much is paid from Monday to Sunday, and in the hours 0 to 23.
WEEKDAYS = (13, 13, 14, 15, 17, 16, 12)
DAYTIME = (1, 1, 0, 0, 0, 1, 3, 10, 22, 30, 34, 40, 48, 46, 40, 40, 46, 56, 54, 42, 28, 18, 10, 4)
EVENING = (8, 4, 2, 1, 1, 2, 6, 12, 18, 22, 24, 26, 30, 28, 26, 26, 28, 32, 38, 48, 56, 54, 40, 20)
NIGHT = (40, 46, 48, 44, 34, 20, 8, 3, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 5, 7, 9, 14, 22, 30)
ANY_TIME = (10, 8, 6, 5, 5, 6, 8, 12, 16, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 17, 16, 14, 12)

# What an ordinary payment costs, in euro.
USUAL_AMOUNT: Mapping[str, Quantiles] = {
    "clothing": (5, 12, 28, 48, 85, 150, 260, 420, 900),
    "digital_services": (1, 2, 5, 10, 16, 35, 70, 120, 300),
    "electronics": (6, 14, 35, 90, 240, 600, 1100, 1700, 2600),
    "fuel": (8, 18, 38, 55, 72, 90, 115, 150, 220),
    "gift_cards": (5, 10, 20, 25, 50, 100, 150, 250, 500),
    "groceries": (1, 4, 12, 26, 52, 95, 150, 220, 400),
    "restaurants": (2, 4, 11, 22, 42, 75, 130, 220, 450),
    "travel": (3, 9, 35, 95, 240, 520, 1100, 1900, 3200),
}

NEAR_HOME: Quantiles = (0, 0.2, 1, 3, 8, 18, 35, 60, 120)
SHOP_ONLINE: Quantiles = (0, 1, 8, 40, 160, 380, 700, 1200, 2500)
FAR_AWAY: Quantiles = (40, 70, 160, 380, 900, 1600, 2600, 5000, 9000)
CARD_AGE: Quantiles = (0, 40, 250, 620, 1050, 1400, 1750, 2100, 2600)
YOUNG_CARD: Quantiles = (0, 5, 30, 90, 260, 700, 1200, 1800, 2600)

CARDS = {"credit": 30, "debit": 62, "prepaid": 8}
CARDS_OFTEN_ATTACKED = {"credit": 48, "debit": 32, "prepaid": 20}

FEW_PAYMENTS = (34, 30, 18, 9, 5, 2, 1, 1)
BUSY_DAY = (2, 5, 9, 14, 18, 17, 13, 9, 6, 4, 2, 1)
BURST = (1, 2, 4, 6, 9, 12, 14, 14, 12, 10, 7, 5, 3, 1)


@dataclass(frozen=True)
class PaymentProfile:
    """One way in which payments come about; weights are whole numbers, so that their sums are exact.

    `weight` counts among the honest, or among the fraudulent, profiles on days 1 to 21, `late_weight` from day 22 on.
    `amount` None means the usual amounts of the merchant category. `new_merchant` is a percentage, and `payments`
    weighs 0, 1, 2, … payments with the same card in the 24 hours before.
    """

    fraud: bool
    weight: int
    late_weight: int
    hours: Sequence[int]
    categories: Mapping[str, int]
    entry_modes: Mapping[str, int]
    distance_km: Quantiles
    new_merchant: int
    payments: Sequence[int] = FEW_PAYMENTS
    amount: Quantiles | None = None
    card_types: Mapping[str, int] = field(default_factory=lambda: CARDS)
    card_age_days: Quantiles = CARD_AGE


EVERYDAY = PaymentProfile(
    fraud=False,
    weight=625,
    late_weight=600,
    hours=DAYTIME,
    categories={"groceries": 42, "restaurants": 22, "fuel": 13, "clothing": 12, "electronics": 5, "travel": 6},
    entry_modes={"contactless": 62, "chip": 37, "magstripe": 1},
    distance_km=NEAR_HOME,
    new_merchant=9,
)
ONLINE = PaymentProfile(
    fraud=False,
    weight=210,
    late_weight=215,
    hours=EVENING,
    categories={
        "clothing": 30,
        "digital_services": 22,
        "electronics": 16,
        "groceries": 14,
        "travel": 12,
        "gift_cards": 6,
    },
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=26,
)
SUBSCRIPTION = PaymentProfile(
    fraud=False,
    weight=50,
    late_weight=50,
    hours=NIGHT,
    categories={"digital_services": 92, "travel": 8},
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=3,
    amount=(1, 3, 5, 8, 13, 20, 40, 60, 90),
)
BUSY = PaymentProfile(
    fraud=False,
    weight=75,
    late_weight=75,
    hours=DAYTIME,
    categories={"groceries": 26, "restaurants": 30, "clothing": 24, "fuel": 6, "electronics": 6, "gift_cards": 8},
    entry_modes={"contactless": 66, "chip": 32, "magstripe": 2},
    distance_km=NEAR_HOME,
    new_merchant=30,
    payments=BUSY_DAY,
)
AWAY = PaymentProfile(
    fraud=False,
    weight=40,
    late_weight=60,
    hours=ANY_TIME,
    categories={"restaurants": 34, "travel": 30, "groceries": 14, "fuel": 12, "clothing": 8, "electronics": 2},
    entry_modes={"contactless": 46, "chip": 46, "magstripe": 8},
    distance_km=FAR_AWAY,
    new_merchant=80,
    payments=(14, 20, 20, 16, 12, 8, 5, 3, 2),
    card_types={"credit": 60, "debit": 34, "prepaid": 6},
)

STOLEN_NUMBER = PaymentProfile(
    fraud=True,
    weight=28,
    late_weight=17,
    hours=NIGHT,
    categories={"electronics": 62, "travel": 20, "clothing": 14, "gift_cards": 4},
    entry_modes={"online": 100},
    distance_km=(0, 5, 90, 320, 900, 2200, 5000, 8000, 12000),
    new_merchant=88,
    payments=(14, 20, 20, 16, 12, 8, 5, 3, 2),
    amount=(40, 90, 220, 430, 760, 1200, 1800, 2400, 3200),
    card_types=CARDS_OFTEN_ATTACKED,
)
STOLEN_NUMBER_LATE = replace(
    STOLEN_NUMBER,
    weight=0,
    late_weight=11,
    hours=EVENING,
    categories={"gift_cards": 55, "electronics": 25, "digital_services": 10, "clothing": 10},
    amount=(25, 50, 100, 200, 350, 500, 800, 1200, 1600),
)
COPIED_STRIPE = PaymentProfile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=ANY_TIME,
    categories={"fuel": 34, "electronics": 26, "clothing": 24, "groceries": 16},
    entry_modes={"magstripe": 88, "chip": 12},
    distance_km=FAR_AWAY,
    new_merchant=92,
    payments=(10, 16, 20, 18, 14, 10, 6, 4, 2),
    card_types={"credit": 52, "debit": 44, "prepaid": 4},
)
CARD_TEST = PaymentProfile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=NIGHT,
    categories={"digital_services": 78, "gift_cards": 22},
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=94,
    payments=BURST,
    amount=(0.5, 0.6, 0.9, 1.2, 1.9, 2.6, 3.5, 5, 8),
    card_types=CARDS_OFTEN_ATTACKED,
    card_age_days=YOUNG_CARD,
)
LOST_CARD = PaymentProfile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=EVENING,
    categories={"groceries": 54, "fuel": 16, "restaurants": 16, "clothing": 14},
    entry_modes={"contactless": 100},
    distance_km=NEAR_HOME,
    new_merchant=74,
    payments=BURST,
    amount=(12, 26, 38, 43, 46.5, 48.5, 49.5, 49.9, 50),
)
UNREMARKABLE = tuple(
    replace(profile, fraud=True, weight=weight, late_weight=weight, new_merchant=profile.new_merchant + 15)
    for profile, weight in ((EVERYDAY, 4), (ONLINE, 8))
)
PROFILES = (
    EVERYDAY,
    ONLINE,
    SUBSCRIPTION,
    BUSY,
    AWAY,
    STOLEN_NUMBER,
    STOLEN_NUMBER_LATE,
    COPIED_STRIPE,
    CARD_TEST,
    LOST_CARD,
    *UNREMARKABLE,
)
