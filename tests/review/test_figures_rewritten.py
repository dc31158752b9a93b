"""The honest ways in which a newsroom rewrites a figure, class by class, and what each of them must not let pass."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from newsroom.review.figures_grounded import figure_faults

DATED = (datetime(2026, 11, 23, 9, tzinfo=UTC),)  # a Monday

SCALED = [
    ("{n} billion", 10**9, ("{n}bn", "{n} billion", "{k} million", "{n} thousand million")),
    ("{n} million", 10**6, ("{n}m", "{n} million", "{n}mn", "{n} mln")),
]
CURRENCIES = [
    ("${}", ("${}", "US${}", "{} dollars", "USD {}", "USD{}"), ("€{}", "£{}", "{} euros", "A${}")),
    ("{} euros", ("€{}", "EUR {}", "EUR{}", "{} euros"), ("${}", "{} pounds", "CHF{}")),
    ("£{}", ("{} pounds", "£{}", "GBP{}"), ("€{}", "{} dollars")),
    ("AED {}", ("AED{}", "{} dirhams", "Dh{}"), ("SAR {}", "{} dollars")),
    ("{} yuan", ("CNY {}", "{} renminbi", "RMB {}", "{} yuan"), ("{} yen", "¥{}", "{} won")),
    ("{} Hong Kong dollars", ("HK${}", "HKD {}", "{} Hong Kong dollars"), ("US${}", "S${}")),
]


def of_money() -> Iterator[tuple[str, str, bool]]:
    for source, same_money, other_money in CURRENCIES:
        for amount in ("4.2 billion", "350 million", "2.60", "1,250"):
            told = f"The deal was worth {source.format(amount)}, the company said."
            for form in same_money:
                short = amount.replace(" billion", "bn").replace(" million", "m")
                for said in {amount, short if "dollars" not in form else amount}:
                    yield told, f"The deal is worth {form.format(said)}.", True
                yield told, f"The deal is worth {form.format('9' + amount)}.", False
            for form in other_money:
                yield told, f"The deal is worth {form.format(amount)}.", False


def of_scales() -> Iterator[tuple[str, str, bool]]:
    for n in ("4.2", "1.9", "12"):
        k = f"{float(n) * 1000:,.0f}"
        for written in (f"{n}bn", f"{n} billion", f"{k} million", f"{n} thousand million"):
            yield f"Revenue was {n} billion euros.", f"Revenue came to {written} euros.", True
            yield f"Revenue was {written} euros.", f"Revenue came to €{n}bn.", True
        for wrong in (f"{n}m", f"{n} million", f"{n} trillion", f"{k} billion"):
            yield f"Revenue was {n} billion euros.", f"Revenue came to {wrong} euros.", False


NUMBERS = {
    "7": "seven",
    "12": "twelve",
    "25": "twenty-five",
    "40": "forty",
    "150": "one hundred and fifty",
    "2,500": "two thousand five hundred",
    "6": "half a dozen",
    "1.5 million": "one and a half million",
    "500,000": "half a million",
    "2.5 billion": "two and a half billion",
    "24": "two dozen",
}


def of_words() -> Iterator[tuple[str, str, bool]]:
    items = list(NUMBERS.items())
    for at, (digits, words) in enumerate(items):
        other_digits, other_words = items[(at + 1) % len(items)]
        yield f"It sold {digits} ships.", f"The buyer took {words} vessels.", True
        yield f"It sold {words} ships.", f"The buyer took {digits} vessels.", True
        yield f"It sold {digits} ships.", f"The buyer took {other_words} vessels.", False
        yield f"It sold {words} ships.", f"The buyer took {other_digits} vessels.", False


ROUNDED = [  # true value, fair roundings, unfair ones
    (
        "1,140",
        (
            "about 1,100",
            "more than 1,100",
            "over 1,100",
            "roughly 1,140",
            "nearly 1,150",
            "some 1,100",
            "fewer than 1,200",
            "just under 1,150",
            "1,100-odd",
            "upwards of 1,100",
            "1,100 or so",
        ),
        ("about 1,400", "nearly 1,100", "more than 1,200", "under 1,100", "1,100", "over 1,150", "some 1,300"),
    ),
    (
        "$4.02 billion",
        ("about $4 billion", "just over $4 billion", "more than $4bn", "around $4bn", "north of $4 billion"),
        ("almost $4 billion", "less than $4bn", "about $5 billion", "more than $5bn", "$4bn", "about €4bn"),
    ),
    (
        "48 percent",
        ("nearly half of it", "almost half of it", "just under half of it", "about half of it", "about 50%"),
        ("more than half of it", "just over half of it", "over 50%", "nearly 40%"),
    ),
    (
        "34 percent",
        ("about a third of it", "just over a third of it", "more than a third of it"),
        ("a quarter of it", "nearly a third of it", "two-thirds of it", "about half of it"),
    ),
    (
        "19.8 percent",
        ("almost a fifth of it", "a fifth of it", "nearly 20%", "one in five of them", "about 20%"),
        ("more than a fifth of it", "a quarter of it", "one in four of them", "over 20%", "two in five of them"),
    ),
    (
        "67 percent",
        ("two-thirds of it", "two thirds of it", "about two-thirds of it"),
        ("three-quarters of it", "a third of it", "half of it"),
    ),
    (
        "75 percent",
        ("three-quarters of it", "three quarters of it", "three in four of them"),
        ("two-thirds of it", "a quarter of it", "three in five of them"),
    ),
]
POINTS = [
    (
        "25 basis points",
        ("a quarter point", "a quarter of a percentage point", "0.25 percentage points", "25bp", "25bps"),
        ("half a point", "a quarter of a percent", "0.5 percentage points", "25%", "2.5 basis points"),
    ),
    ("a basis point", ("one basis point", "1bp", "0.01 percentage points"), ("a percentage point", "ten basis points")),
    (
        "half a percentage point",
        ("50 basis points", "half a point", "0.5 percentage points"),
        ("a quarter point", "half a percent", "5 basis points"),
    ),
    ("90 cents", ("$0.90", "90 cents"), ("$0.09", "$90", "€0.90 million", "80 cents")),
    ("20.4 metres", ("20.4m", "20.4 meters"), ("24.0m", "20.4 feet")),
    ("178.6 million metric tons", ("178.6m tonnes", "178.6m metric tons"), ("178.6bn tonnes", "178.6m barrels")),
]


def of_roundings() -> Iterator[tuple[str, str, bool]]:
    for value, fair, unfair in ROUNDED:
        for text in fair:
            yield f"The total was {value}.", f"The total was {text}.", True
        for text in unfair:
            yield f"The total was {value}.", f"The total was {text}.", False


def of_units() -> Iterator[tuple[str, str, bool]]:
    for value, same_unit, other_unit in POINTS:
        for text in same_unit:
            yield f"It changed by {value}.", f"The change was {text}.", True
        for text in other_unit:
            yield f"It changed by {value}.", f"The change was {text}.", False


MULTIPLES = [
    ("Profit rose 100 percent.", ("Profit doubled.",), ("Profit tripled.", "Profit halved.", "Profit quadrupled.")),
    (
        "Profit fell 50 percent.",
        ("Profit halved.", "Profit fell by half."),
        ("Profit doubled.", "Profit fell by a third."),
    ),
    (
        "Profit rose to $80m from $40m.",
        ("Profit doubled.", "Profit was twice that of last year.", "Profit rose 100 percent."),
        ("Profit tripled.", "Profit rose 80 percent.", "Profit halved."),
    ),
    (
        "Profit fell to $40m from $80m.",
        ("Profit halved.", "Profit fell 50%.", "Profit fell by half."),
        ("Profit tripled.", "Profit fell 40%."),
    ),
    (
        "Profit rose to $85m from $40m.",
        ("Profit more than doubled.",),
        ("Profit more than tripled.", "Profit quadrupled."),
    ),
    ("Orders tripled.", ("Orders rose threefold.", "Orders were three times as many."), ("Orders doubled.",)),
    (
        "Orders rose by half.",
        ("Orders were half as much again.", "Orders rose 50%."),
        ("Orders doubled.", "Orders rose 5%."),
    ),
    ("The board met twice.", ("The board met two times.", "It met twice."), ("The board met three times.",)),
]
LENGTHS = [
    (
        "It runs for 18 months.",
        ("It runs for a year and a half.", "It is an 18-month plan.", "It runs for one and a half years."),
        ("It runs for 18 years.", "It runs for two years.", "It is an 18-week plan.", "It is an 80-month plan."),
    ),
    (
        "It runs for a decade.",
        ("It runs for ten years.", "It is a 10-year plan."),
        ("It runs for 12 years.", "It is a 10-month plan."),
    ),
    (
        "It took ten years.",
        ("It took a decade.", "It took about a decade."),
        ("It took two decades.", "It took half a year."),
    ),
    (
        "It takes two weeks.",
        ("It takes a fortnight.", "It takes 14 days."),
        ("It takes 12 days.", "It takes two months."),
    ),
    (
        "It closes in 24 hours.",
        ("It closes in one day.", "It closes in 24 hours."),
        ("It closes in 24 days.", "It closes in two days."),
    ),
    (
        "It lasted half a year.",
        ("It lasted six months.", "It lasted 26 weeks."),
        ("It lasted five months.", "It lasted 16 weeks."),
    ),
    (
        "It has been shut since 2019.",
        ("It has been shut for seven years.",),
        ("It has been shut for six years.", "It has been shut since 2018."),
    ),
    (
        "It was shut seven years ago.",
        ("It was shut in 2019.",),
        ("It was shut in 2020.", "It was shut nine years ago."),
    ),
    ("It was shut last year.", ("It was shut in 2025.",), ("It was shut in 2024.",)),
    (
        "It runs to the mid-2040s.",
        ("It ends in the mid-2040s.", "It ends in the 2040s."),
        ("It ends in the mid-2030s.", "It ends in the late 2040s.", "It ends in the 2050s."),
    ),
]
TIMES = [
    (
        "Trading stopped at 11:00 universal time.",
        ("Trading stopped at 11am UTC.", "It stopped at 11:00 GMT.", "It stopped at 11 a.m."),
        (
            "Trading stopped at 11pm UTC.",
            "Trading stopped at noon.",
            "It stopped at 11:30 GMT.",
            "It stopped at 11:00 EST.",
        ),
    ),
    (
        "Voting ends at 14:30.",
        ("Voting ends at 2.30pm.", "Voting ends at 2:30 p.m."),
        ("Voting ends at 2.30am.", "It ends at 13:30."),
    ),
    (
        "It opens at noon.",
        ("It opens at 12:00.", "It opens at 12pm.", "It opens at midday."),
        ("It opens at midnight.", "It opens at 1pm."),
    ),
    (
        "The vote is on Tuesday.",
        ("The vote is on 24 November.", "The vote is on Tuesday."),
        ("The vote is on 25 November.", "The vote is on Wednesday."),
    ),
    ("It reports tomorrow.", ("It reports on 24 November.",), ("It reports on 26 November.",)),
    (
        "In the quarter to June it lost money.",
        ("In the three months to June it lost money.", "In the quarter ended June it lost money."),
        ("In the quarter to March it lost money.", "In the year to June it lost money."),
    ),
    ("Orders fell in the half year.", ("In the half year orders fell.",), ("Orders fell in the quarter.",)),
    (
        "Prices fell from the month before.",
        ("Prices fell month on month.",),
        ("Prices fell quarter on quarter.", "Prices fell year on year."),
    ),
    ("It makes ten a month.", ("Its monthly rate is 10.",), ("Its quarterly rate is 10.",)),
]
COMPUTED = [
    (
        "Inflation eased to 3.2 percent from 3.4 percent.",
        ("Inflation eased by 0.2 points.", "Inflation fell by 0.2 percentage points."),
        ("Inflation eased by 0.3 points.", "Inflation rose to 3.2 percent.", "Inflation eased by 0.2 percent."),
    ),
    (
        "The fine was cut to £61m from £87m.",
        ("The fine was cut by £26m.", "The fine was lowered by £26 million."),
        ("The fine was cut by £16m.", "The fine was cut by $26m."),
    ),
    (
        "Sales rose to 125 million euros from 100 million.",
        ("Sales rose by 25 million euros.", "Sales rose 25%.", "Sales rose by a quarter."),
        ("Sales rose 20%.", "Sales fell 25%.", "Sales rose by 35 million euros."),
    ),
    (
        "It cut 1,150 of 6,900 jobs.",
        ("One in six jobs went.", "It cut 17 percent of jobs."),
        ("One in five jobs went.", "It cut 27 percent of jobs."),
    ),
    (
        "One of five members dissented.",
        ("Four of the five members agreed.", "The other four members agreed."),
        ("Three of the five members agreed.", "The other three members agreed."),
    ),
    (
        "It sold 75 percent.",
        ("It kept the remaining 25 percent.", "It kept the other quarter of it."),
        ("It kept the remaining 35 percent.",),
    ),
    (
        "Plants in Kent, Essex and Devon will close.",
        ("Three plants will close.",),
        ("Four plants will close.", "Two plants will close."),
    ),
    (
        "It paid 40 million dollars in March and 60 million dollars in May.",
        ("It paid a total of $100 million.", "Together it paid $100m."),
        ("It paid a total of $110 million.",),
    ),
]
RANKS = [
    (
        "It was the 29th fall in a row.",
        ("It was the twenty-ninth straight fall.", "It was the 29th straight fall."),
        ("It was the twenty-eighth straight fall.", "It was the 19th straight fall."),
    ),
    (
        "It is the ninth-largest exchange.",
        ("It ranks ninth among exchanges.", "It is the No. 9 exchange."),
        ("It ranks eighth among exchanges.", "It is the second-largest exchange."),
    ),
    (
        "Profit fell for three years running.",
        ("Profit fell for a third year.", "Profit fell for a third straight year."),
        ("Profit fell for a fifth straight year.",),
    ),
]
RATES = [
    (
        "Freight could pass 520 reais a tonne.",
        ("Freight could pass 520 reais per tonne.", "Freight could pass 520 reais for each tonne."),
        (
            "Freight could pass 520 reais a truck.",
            "Freight could pass 520 reais per voyage.",
            "Freight could pass 520 dollars a tonne.",
        ),
    ),
    (
        "It saves $1.8 million a voyage.",
        ("It saves $1.8m per voyage.", "Each voyage costs $1.8m less."),
        ("It saves $1.8m a barrel.", "It saves $1.8m per ship."),
    ),
    ("Copper rose to $10,940 a tonne.", ("Copper rose to $10,940 per tonne.",), ("Copper rose to $10,940 an ounce.",)),
    (
        "It employs 40-strong crews on a 24-hour watch.",
        ("Its crews of 40 keep watch 24 hours a day.",),
        ("Its crews of 14 keep watch.",),
    ),
    ("Kenya has a dollar bond due in 2028.", ("Kenya has a 2028 dollar bond.",), ("Kenya has a 2029 dollar bond.",)),
]


def tables() -> Iterator[tuple[str, str, bool]]:
    for table in (MULTIPLES, LENGTHS, TIMES, COMPUTED, RANKS, RATES):
        for source, true, false in table:
            yield from ((source, text, True) for text in true)
            yield from ((source, text, False) for text in false)


ALL = sorted({*of_money(), *of_scales(), *of_words(), *of_roundings(), *of_units(), *tables()})


@pytest.mark.parametrize(("source", "text"), [(source, text) for source, text, true in ALL if true])
def test_a_figure_said_otherwise_passes(source: str, text: str) -> None:
    assert figure_faults(text, source, DATED) == []


@pytest.mark.parametrize(("source", "text"), [(source, text) for source, text, true in ALL if not true])
def test_another_figure_is_found(source: str, text: str) -> None:
    assert figure_faults(text, source, DATED)
