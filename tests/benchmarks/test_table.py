import json

from benchmarks.table import Table

TABLE = Table("Lag", ("what", "ms"), [("pose", 12.3456), ("blink", float("nan"))], "Of all.", 1)


def test_a_table_is_markdown_with_rounded_numbers():
    assert TABLE.markdown() == (
        "### Lag\n\nOf all.\n\n| what | ms |\n| --- | --- |\n| pose | 12.3 |\n| blink | - |\n"
    )


def test_json_keeps_digits_and_knows_no_nan():
    rows = json.loads(json.dumps(TABLE.json(), allow_nan=False))["rows"]
    assert rows == [{"what": "pose", "ms": 12.3456}, {"what": "blink", "ms": None}]
