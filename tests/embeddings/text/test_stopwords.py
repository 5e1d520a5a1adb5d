from embeddings.text.stopwords import content_terms


def test_function_words_are_left_out() -> None:
    assert content_terms("What does ketamine do to the bladder?") == ["ketamin", "bladder"]


def test_a_question_of_function_words_alone_keeps_them() -> None:
    assert content_terms("What is it?")


def test_chinese_is_left_as_it_is() -> None:
    assert content_terms("膀胱损伤") == ["膀胱", "胱损", "损伤"]
