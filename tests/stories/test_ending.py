from datetime import timedelta

import pytest
from newsroom.stories.ending import ending, ending_of_story

from tests.stories.story_values import NOON


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("Thalassa Aurora is afloat again; lane to reopen at half speed", "afloat again"),
        ("Strait reopens to deep ships after two days", "reopens"),
        ("Miners at Cerro Palido end strike? No: strike ends in a compromise", "strike ends"),
        ("Regulator approves smaller power price rise", "approves"),
        ("Castellane completes $18.6 billion purchase of Brightwater", "completes $18.6 billion purchase"),
        ("Terminal resumes operations after pause of three days", "resumes operations"),
        ("Exporter calls off its strike", "calls off its strike"),
        ("Utility drops its appeal against fine", "drops its appeal"),
        ("Lane to reopen at half speed", ""),
        ("Regulator could say whether it approves the price rise", ""),
        ("Union says it will not end strike", ""),
        ("Has the strait reopened?", ""),
        ("Talks resume in Geneva", ""),
        ("Approval sought for a smaller price rise", ""),
        ("Shares close higher as strike goes on", ""),
        ("Bank completes first year under new chief", ""),
    ],
)
def test_a_headline_says_that_a_matter_is_over(headline, words):
    assert ending(headline) == words


def test_the_newest_word_counts_and_what_ended_long_before_has_gone_on():
    over, on = "Strait reopens to deep ships", "How the queue at the strait grew to 52 ships"
    assert ending_of_story([(NOON, over), (NOON + timedelta(hours=1), on)]) == "reopens"
    assert ending_of_story([(NOON, over), (NOON + timedelta(hours=9), on)]) == ""
    assert ending_of_story([]) == ""
