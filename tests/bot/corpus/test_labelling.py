import pytest

from bot.corpus.headings import headed_topics, topics_of_heading
from bot.corpus.labelling import Labeller
from bot.retrieval.forms import form, is_bare
from embeddings.documents import Document, Passage

DOCUMENT = Document("d", "s", "氯胺酮", "", "text", "0" * 64)


def passage(text: str, *section: str, document: str = "d") -> Passage:
    return Passage(text, document, 0, len(text), text, section, "zh-Hans")


def test_a_passage_is_labelled_with_what_its_headings_and_words_say() -> None:
    text = "膀胱容量会下降，与酒精同用时更危险。"
    found = Labeller().labels(passage(text, "毒性和危害潜力", "泌尿系统影响"), DOCUMENT)
    assert found["about"] == ("ketamine",)
    assert set(found["substances"]) == {"alcohol", "ketamine"}
    assert found["inside"] == ("alcohol",)
    assert "toxicity" in found["topics"]
    assert "bladder" in found["concepts"]


def test_a_topic_is_said_of_what_its_sentence_names_else_of_the_page() -> None:
    text = "酒精容易成瘾。长期使用后会出现耐受。"
    found = Labeller(subjects={"d": ["ketamine"]}).labels(passage(text), DOCUMENT)
    assert found["dependence of"] == ("alcohol",)
    assert found["tolerance of"] == ("ketamine",)
    assert found["page"] == ("ketamine",)


def test_an_entry_of_a_list_of_interactions_is_named_by_its_first_word() -> None:
    text = "⚠️ 锂 - 会提高癫痫发作的风险。\n大麻 - 让体验更难预料。"
    listed = Labeller().labels(passage(text, "毒性", "危险的相互作用"), DOCUMENT)
    assert set(listed["inside"]) == {"lithium", "cannabis"}
    elsewhere = Labeller().labels(passage(text, "化学"), DOCUMENT)
    assert elsewhere["inside"] == ("cannabis",)


def test_what_many_documents_say_word_for_word_is_repeated() -> None:
    same = "由于个体体重和耐受性的差异，请务必谨慎。"
    labeller = Labeller()
    labeller.read(passage(same, document=str(n)) for n in range(6))
    assert "repeated" in labeller.labels(passage(same), DOCUMENT)["form"]
    assert "repeated" not in labeller.labels(passage("只有这里这样说过一次。"), DOCUMENT)["form"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "氯胺酮是一种解离剂，会让人感到与自己的身体脱离，也会影响记忆和判断，持续的时间各不相同。不同的人感受也很不一样。",
            "prose",
        ),
        ("常见名称 | K粉\n化学分类 | 芳基环己胺", "table"),
        ("镇静\n瘙痒感\n便秘\n震颤", "names"),
        ("警惕新型毒品！", "stub"),
        ("", "stub"),
    ],
)
def test_a_form_is_seen(text: str, expected: str) -> None:
    assert form(text) == expected


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("耐受性与成瘾潜力", "dependence"),
        ("依赖性与滥用潜力", "dependence"),
        ("危险的药物联用", "interactions"),
        ("潜在的危险联用", "interactions"),
        ("藥物過量", "overdose"),
        ("Tolerance and addiction potential", "tolerance"),
        ("法律状态", "legal"),
        ("停药与戒断", "withdrawal"),
        ("认知效应", "effects"),
        ("Dangerous interactions", "interactions"),
    ],
)
def test_a_heading_announces_its_topic(heading: str, topic: str) -> None:
    assert topic in topics_of_heading(heading)


def test_thinking_is_no_harm_in_a_heading() -> None:
    assert topics_of_heading("认知效应") == {"effects"}


def test_the_innermost_heading_with_a_topic_counts() -> None:
    on, under = headed_topics(("毒性与伤害潜力", "药物过量", "几点"))
    assert on == {"overdose"}
    assert under == {"toxicity"}


def test_a_list_of_which_no_line_says_anything_is_bare() -> None:
    assert is_bare("可待因\n吗啡\n曲马多 (Tramal)")
    assert not is_bare("可待因\n吗啡\n曲马多会降低癫痫发作的阈值，使用时要小心。")
    assert not is_bare("锂盐：⛔ 严禁联用\n大麻：⚠️ 谨慎联用\n酒精：⚠️ 谨慎联用")


def test_what_only_the_file_is_called_says_nothing_of_what_stands_in_it() -> None:
    text = "会议记录：下周讨论预算。"
    named = Document("heroin.txt", "s", "heroin", text, "text", "0" * 64, untitled=True)
    assert Labeller().labels(passage(text, document="heroin.txt"), named)["about"] == ()
    titled = Document("heroin.txt", "s", "heroin", text, "text", "0" * 64)
    assert Labeller().labels(passage(text, document="heroin.txt"), titled)["about"] == ("heroin",)
