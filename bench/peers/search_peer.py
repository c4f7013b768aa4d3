"""SQLite FTS5 and Xapian over the same elements and query sets as ours:
python3 bench/peers/search_peer.py fts5|xapian ELEMENTS.jsonl SET.jsonl ...

Each is set up as its documents advise for search as you type. Python adds some tens of microseconds to a query of
milliseconds. Rows are judged as in bench/search_bench.c."""

import json
import os
import re
import resource
import sys
import tempfile
import time

ROWS = 10
MOST = int(os.environ.get("SEARCH_PEER_QUERIES", "300"))
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")


def words(text):
    """Names as they are written and in their parts: imagePullSecrets is found by "pull", too."""
    return text + " " + " ".join(PARTS.findall(text))


class Fts5:
    def __init__(self):
        import sqlite3
        self.database = sqlite3.connect(os.path.join(tempfile.mkdtemp(), "fts5.db"))
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute("CREATE VIRTUAL TABLE elements USING fts5(name, op, owner, text, prefix='1 2 3 4')")

    def add(self, number, element):
        self.database.execute("INSERT INTO elements(rowid, name, op, owner, text) VALUES (?, ?, ?, ?, ?)",
                              (number, words(element["name"]), words(element.get("op", "")),
                               words(element.get("owner", "")), element["text"]))

    def ready(self):
        self.database.execute("INSERT INTO elements(elements) VALUES ('optimize')")
        self.database.commit()

    def find(self, text):
        terms = re.findall(r"\w+", text)
        if not terms:
            return []
        match = " ".join('"%s"' % term for term in terms[:-1]) + ' "%s"*' % terms[-1]
        rows = self.database.execute("SELECT rowid FROM elements WHERE elements MATCH ? "
                                     "ORDER BY bm25(elements, 8, 4, 2, 1) LIMIT ?", (match, ROWS))
        return [row[0] for row in rows]


class Xapian:
    def __init__(self):
        import xapian
        self.xapian = xapian
        self.database = xapian.WritableDatabase(tempfile.mkdtemp(), xapian.DB_CREATE_OR_OVERWRITE)
        self.generator = xapian.TermGenerator()
        self.generator.set_database(self.database)
        self.generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)

    def add(self, number, element):
        document = self.xapian.Document()
        self.generator.set_document(document)
        self.generator.index_text(words(element["name"]), 8)
        self.generator.index_text(words(element.get("op", "")), 4)
        self.generator.index_text(words(element.get("owner", "")), 2)
        self.generator.index_text(element["text"])
        document.set_data(str(number))
        self.database.add_document(document)

    def ready(self):
        self.database.commit()
        self.parser = self.xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_default_op(self.xapian.Query.OP_AND)
        self.enquire = self.xapian.Enquire(self.database)

    def find(self, text):
        flags = self.xapian.QueryParser.FLAG_DEFAULT
        try:
            found = self.ask(self.parser.parse_query(text, flags | self.xapian.QueryParser.FLAG_PARTIAL))
            if found:
                return found
            self.parser.parse_query(text, flags | self.xapian.QueryParser.FLAG_SPELLING_CORRECTION)
            corrected = self.parser.get_corrected_query_string()
            return self.ask(self.parser.parse_query(corrected, flags)) if corrected else []
        except self.xapian.QueryParserError:
            return []

    def ask(self, query):
        self.enquire.set_query(query)
        return [int(match.document.get_data()) for match in self.enquire.get_mset(0, ROWS)]


def same(left, right):
    return (left or "").lower() == (right or "").lower()


def is_right(query, element):
    want, field = query["want"], query["field"]
    if element["kind"] != query["kind"]:
        return False
    if field == "op":
        return same(element.get("op"), want)
    if field == "bag":
        text = " ".join((element.get("op", ""), element["text"], element["name"])).lower()
        return all(word.lower() in text for word in want.split(" "))
    if not same(element["name"], want) and not (
            element["kind"] == "endpoint" and same(element["method"] + " " + element["name"], want)):
        return False
    return field != "name+owner" or any(same(part, query["owner"]) for part in element.get("owner", "").split("."))


def read_set(path):
    with open(path, encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    step = max(1, len(queries) / MOST)
    return [query for i, query in enumerate(queries) if i == 0 or int(i / step) != int((i - 1) / step)]


def main():
    name, elements_path, *sets = sys.argv[1:]
    engine = {"fts5": Fts5, "xapian": Xapian}[name]()
    elements = []
    start = time.perf_counter()
    with open(elements_path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            elements.append(json.loads(line))
            engine.add(number, elements[-1])
    engine.ready()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print("%s: built in %.1f s, the process has %.0f MB" % (name, time.perf_counter() - start, memory))
    for path in sets:
        micros, ranks, judged = [], 0.0, 0
        for query in read_set(path):
            start = time.perf_counter()
            found = engine.find(query["q"])
            micros.append((time.perf_counter() - start) * 1e6)
            if not query.get("want"):
                continue
            judged += 1
            ranks += next((1 / (i + 1) for i, at in enumerate(found) if is_right(query, elements[at])), 0)
        micros.sort()
        at = [micros[min(len(micros) - 1, int(len(micros) * share))] for share in (0.5, 0.99, 1)]
        print("%-12s %6d %11.1f %11.1f %11.1f %s" % (os.path.basename(path).split(".")[0], len(micros), *at,
                                                     "%8.3f" % (ranks / judged) if judged else ""), flush=True)


main()
