"""What is said of a named person that an editor has to read first, and what looks like it and is not.

The names are those by which many countries' forms call nobody in particular.
"""

import pytest
from newsroom.review.people import people_in
from newsroom.review.people_accused import NAME, people_accused, told_of_a_person
from newsroom.review.submission import Submission

from tests.evaluation.sample_stories import stories
from tests.fakes.newsroom_values import a_draft, a_fact, a_span, a_story, an_article, three_articles

TOLD = [
    "Jan Novak was charged with fraud on Monday.",
    "Prosecutors charged former chief executive Maria Pérez with bribery.",
    "Police arrested Kenji Yamada at the airport.",
    "Anna Mustermann, the bank's former treasurer, is accused of hiding losses of €40 million.",
    "Trader Tobias Svensson pleaded guilty to insider dealing.",
    "Nordlicht's founder Peter Musterfrau has been convicted of tax evasion and jailed for three years.",
    "A court in Milan sentenced Carlo Rossi to four years in prison.",
    "The regulator fined Sarah Bloggs £120,000 for market manipulation.",
    "Mr Doe faces trial in March.",
    "The arrest of chairman Viktor Popescu sent the shares down 12%.",
    "Investors sued Daniel Roe for fraud over the missing deposits.",
    "The Securities and Exchange Commission is investigating Laura Doe over trades before the merger.",
    "Charges against Ahmed Fulan were widened on Thursday.",
    "Emma Roe denies any wrongdoing.",
    "Jan Novak Charged With Embezzling Pension Money",
    "Ex-chief Lena Normalverbraucher arrested in bribery probe",
    "Zhang San, 54, was detained at the border.",
    "Elena Ivanova and two colleagues were indicted in New York.",
    "Michael Musterfrau, who ran the fund until May, is suspected of misleading clients.",
    "Extradition of Omar Fulan was approved by the high court.",
    "The convicted trader Niels Nordmann returned to Denmark.",
    "Robert Roe stole $3 million from his clients, the prosecutor said.",
    "Julia Musterfrau embezzled money for eleven years.",
    "Judge Doe found Daniel Dupont guilty on all counts.",
    "Thomas Bloggs's trial begins on 4 December.",
    "Paul Durand was acquitted of fraud in May.",
    "The company sued Erik Nordmann, accusing him of leaking its plans.",
    "Lawyer Ingrid Nordmann surrendered to police.",
    "Karim Fulan, a former broker, is wanted by French police.",
    "“Prosecutors allege that Hans Mustermann was bribed,” the paper said, and Hans Mustermann is under investigation.",
    "The chief executive of Solamar, Diego Pérez, was arrested on suspicion of corruption.",
    "Sofia Rossi died by suicide on Sunday, the family said.",
    "Peter Nordmann, a warehouse worker, took his own life after the layoffs.",
    "Clara Svensson, a nurse, was diagnosed with lung cancer after years at the plant.",
    "The driver, Tomas Novak, suffered a stroke at the wheel.",
    "Lea Musterfrau, 14, bought the shares with her savings.",
    "The 15-year-old Max Mustermann traded on his father's account.",
    "Former Meridian banker Luis Pérez is on the run.",
    "A grand jury indicted Grace Doe and her husband.",
    "The arrest of Solamar Chief Financial Officer Li Si shook the market.",
    "Gildong Hong, who has been in prison since May, owned the shares.",
    "Evan Bloggs, who advised companies such as Solamar Inc., was found guilty on Wednesday.",
    "Halden chief Lena Normalverbraucher and her deputy Otto Musterfrau received prison sentences of two years.",
    "Ravi Roe admitted defrauding lenders.",
    "Emanuel Fulano, a drivability and engine emissions senior manager at Halden, was charged with conspiracy.",
    "The arrest of Li Si, chief financial officer of Solamar, shook the market.",
    "The arrest of Solamar Foods Co. Chief Financial Officer Li Si shook the market.",
    "Rash Fulano, who was recently diagnosed with cancer, hosts the show.",
]
PLAIN = [
    "Nordlicht Energie was fined €4 million for late filings.",
    "The bank was charged with money laundering by the regulator.",
    "The central bank governor said inflation would fall.",
    "Prosecutors accused the company of fraud, chief executive Anna Mustermann said.",
    "President Jane Roe said the bank was watching wages.",
    "Morgan Stanley was sued for fraud by a pension fund.",
    "John Deere pleaded guilty to breaking emission rules.",
    "JPMorgan Chase was accused of manipulating metals prices.",
    "The fund was called a Ponzi scheme by its critics.",
    "Charles Ponzi was arrested in Boston in 1920.",
    "The estate of Henrik Larsen was sued for fraud by his former partners.",
    "Police arrested 12 people outside the plant, mayor Elena Rossi said.",
    "A former trader was arrested in London.",
    "Daniel Roe was appointed chairman, replacing Maria Pérez.",
    "Peter Musterfrau charged the team with cutting costs.",
    "The company accused of dumping by Brussels is led by Jonas Horvat.",
    "Judge Helen Doe sentenced the company to a fine of $5 million.",
    "Prosecutor Maria Pérez charged the bank with fraud.",
    "Tobias Svensson charges clients 2% a year.",
    "Robert Half reported a fall in revenue, and faces a lawsuit.",
    "Chief executive Laura Doe, 58, will undergo surgery and return in January.",
    "President Viktor Popescu was diagnosed with cancer, his office said.",
    "Anna Mustermann, 41, joins the board.",
    "Emma Roe bought 14,000 shares.",
    "Shares fell after the trial of a new drug was halted, Dr Sarah Bloggs said.",
    "Paul Durand's fund shot up 14% in May.",
    "Ericsson was indicted in 2019, when Lars Svensson led its legal office.",
    "Analyst Thomas Bloggs expects conviction among investors to grow.",
    "The ministry detained two ships, Omar Fulan told reporters.",
    "Walt Disney settled charges of bias.",
    "Mr Doe called the fine unfair.",
    "Erik Nordmann leads the investigation into the spill.",
    "Grace Doe wrote the law against insider trading.",
    "The trial of Solamar begins on 4 December.",
    "Michael Musterfrau said that the charge of €1.4 billion would not recur.",
    "Ingrid Nordmann, a lawyer, represents the bank, which was charged with fraud.",
    "Fannie Mae was accused of misleading investors.",
    "Sofia Rossi shot the film for 3 million euros.",
    "Ravi Roe faces a difficult year.",
    "Hans Mustermann beat the suspected favourite for the post.",
    "Bank of Ireland was fined €100 million for overcharging.",
    "Prosecutors fined Nordlicht Energie, the owner of the plant, and Halden Power.",
    "Solamar Foods, a maker of tinned fish and other food, was charged with fraud.",
    "Diego Pérez raised the fine for speeding.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", TOLD)
def test_what_is_said_of_a_named_person_is_found(sentence: str) -> None:
    assert told_of_a_person(sentence, people_in([sentence]), 2026)


@pytest.mark.parametrize("sentence", PLAIN)
def test_companies_offices_history_and_mere_mentions_are_not(sentence: str) -> None:
    assert told_of_a_person(sentence, people_in([sentence]), 2026) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Mustermann was arrested on Monday.",
        "She was arrested on Monday.",
        "Police questioned and then charged Mustermann.",
        "Her trial begins in May.",
    ],
)
def test_a_surname_and_a_pronoun_stand_for_whom_the_story_names(sentence: str) -> None:
    introduced = people_in(["Anna Mustermann was the bank's treasurer."])

    assert told_of_a_person(sentence, introduced, 2026)
    assert told_of_a_person(sentence, people_in(["Mustermann Industries makes lamps."]), 2026) == ""


def test_the_check_names_each_sentence_by_its_claim_and_blocks_nothing() -> None:
    wire = an_article(
        text="Police arrested Anna Mustermann, the plant's former director, on Monday. The company kept its dividend."
    )
    articles = (wire, *three_articles()[1:])
    story = a_story(articles)
    span = a_span(wire, "Police arrested Anna Mustermann")
    draft = a_draft(
        three_articles(), a_story(), quick_take=(a_fact("quick-1", "Police arrested Anna Mustermann.", span),)
    )
    found = people_accused(Submission(draft, {one.id: one for one in articles}, story, {}))

    assert [(one.check, one.severity, one.claim_id) for one in found] == [(NAME, "note", "quick-1")]
    assert "arrested" in found[0].reason


def test_of_the_sample_wire_only_the_story_about_a_charge_is_told_of_a_person() -> None:
    """The others name nobody who is accused, though they tell of fines, probes, defaults and a rumour."""
    for one in stories():
        assert not [found for found in one.judged(one.digest()).findings if found.check == NAME], one.name


def test_a_surname_is_known_from_the_articles_that_a_draft_cites() -> None:
    paper = an_article(text="Erika Mustermann led the plant for ten years. Police arrested Mustermann in May.")
    told = a_fact("quick-1", "Police arrested Mustermann in May.", a_span(paper, "Police arrested Mustermann in May."))
    draft = a_draft(quick_take=(told,))
    submission = Submission(draft, {one.id: one for one in (paper, *three_articles()[1:])}, a_story(), {})

    assert [one.claim_id for one in people_accused(submission)] == ["quick-1"]
