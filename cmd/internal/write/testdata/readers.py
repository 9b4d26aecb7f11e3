"""Reads a file of a format with the programs that read that format in use.

readers.py FORMAT FILE SCHEMA; exit status 77 if a package is not installed.
"""
import csv
import io
import json
import sys


def lines(name):
    with open(name, encoding="utf-8", newline="") as f:
        return [json.loads(line) for line in f.read().split("\n") if line]


def shape(articles, schema):
    from jsonschema import Draft202012Validator

    with open(schema, encoding="utf-8") as f:
        schema = json.load(f)
    Draft202012Validator.check_schema(schema)
    for a in articles:
        Draft202012Validator(schema).validate(a)
    return len(articles)


def jsonl(name, schema):
    return shape(lines(name), schema)


def json_(name, schema):
    with open(name, encoding="utf-8") as f:
        return shape(json.load(f), schema)


def table(name, separator):
    import pandas

    with open(name, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f, delimiter=separator))
    frame = pandas.read_csv(name, sep=separator, keep_default_na=False, dtype=str)
    assert rows[1:] == frame.values.tolist()
    assert rows[0] == list(frame.columns)
    return len({r[0] for r in rows[1:]}) + 1  # the empty article has no row


def html(name, _):
    import html5lib

    with open(name, "rb") as f:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f)
    return len(tree.findall(".//article"))


def markdown(name, _):
    from markdown_it import MarkdownIt

    with open(name, encoding="utf-8") as f:
        tokens = MarkdownIt("commonmark").parse(f.read())
    assert not any(t.type in ("html_block", "fence", "code_block") for t in tokens)
    assert not any(c.type in ("html_inline", "code_inline", "link_open", "image") for t in tokens for c in t.children or [])
    return sum(t.type == "heading_open" and t.tag == "h2" for t in tokens)


def brat(name, _):
    from bioc import brat as bioc_brat

    with open(name, encoding="utf-8") as annotations, open(name[: -len(".ann")] + ".txt", encoding="utf-8", newline="") as text:
        document = bioc_brat.load(text, annotations)
    with open(name, encoding="utf-8") as f:
        kinds = [line[0] for line in f]
    assert len(document.entities) == kinds.count("T")
    assert len(document.relations) == kinds.count("R")
    for e in document.entities:
        assert e.text == " ".join(document.text[s.begin : s.end] for s in sorted(e.locations)), e
    return None


def conll(name, _):
    import os

    import nltk
    from nltk.corpus.reader import ConllCorpusReader
    from spacy.training.converters import conll_ner_to_docs

    with open(name, encoding="utf-8") as f:
        text = f.read()
    docs = list(conll_ner_to_docs(text, no_print=True))
    tokens = [line.split() for line in text.split("\n") if line and not line.startswith("-DOCSTART-")]
    assert [t.text for d in docs for t in d] == [t[0] for t in tokens]
    assert [t.ent_iob_ + ("-" + t.ent_type_ if t.ent_type_ else "") for d in docs for t in d] == [t[3] for t in tokens]
    nltk.data.path.append(os.path.dirname(name))
    reader = ConllCorpusReader(os.path.dirname(name), [os.path.basename(name)], ("words", "pos", "chunk", "ne"))
    assert len(reader.iob_words()) == len(tokens)
    return text.count("-DOCSTART-")


def linked(name, context, kind):
    from pyld import jsonld

    def load(url, options):
        assert url in ("http://www.w3.org/ns/anno.jsonld", "https://schema.org"), url
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    articles = lines(name)
    for a in articles:
        expanded = jsonld.expand(a, {"documentLoader": load})
        assert len(expanded) == 1 and expanded[0]["@type"][0].endswith(kind), expanded
        assert json.dumps(a, sort_keys=True).count('"exact"') == json.dumps(expanded).count("exact"), expanded
    return articles


def webannotation(name, _):
    articles = linked(name, {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}, "AnnotationPage")
    for x in (x for a in articles for x in a["items"]):
        assert x["id"].startswith("urn:uuid:") and x["motivation"] in ("identifying", "describing")
    return len(articles)


def schemaorg(name, _):
    return len(linked(name, {"@vocab": "https://schema.org/"}, "Article"))


def labelstudio(name, _):
    from label_studio_sdk.label_interface import LabelInterface

    with open(name, encoding="utf-8") as f:
        tasks = json.load(f)
    with open(name + ".xml", encoding="utf-8") as f:
        interface = LabelInterface(f.read())
    for t in tasks:
        assert interface.validate_task({"data": t["data"]})
        for p in t["predictions"]:
            errors = interface.validate_prediction(p, return_errors=True)
            assert not errors, errors
    return len(tasks)


def prodigy(name, _):
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    tasks = lines(name)
    for t in tasks:
        doc = Doc(Vocab(), [x["text"] for x in t["tokens"]], [x["ws"] for x in t["tokens"]])
        spans = [Span(doc, s["token_start"], s["token_end"] + 1, s["label"]) for s in t["spans"]]
        for s, span in zip(t["spans"], spans):
            assert "".join(t["text"][s["start"] : s["end"]].split()) == "".join(span.text.split()), s
        for r in t["relations"]:
            assert r["head_span"] in t["spans"] and r["child_span"] in t["spans"]
    return len(tasks)


def displacy(name, _):
    from spacy import displacy

    docs = lines(name)
    for d in docs:
        html = displacy.render(d, style="ent", manual=True, jupyter=False)
        assert html.count("<mark") == len(d["ents"])
        displacy.render(d, style="span", manual=True, jupyter=False)
    return len(docs)


def main(name, file, schema):
    readers = {
        "json": json_,
        "csv": lambda f, _: table(f, ","),
        "tsv": lambda f, _: table(f, "\t"),
    }
    try:
        n = (readers.get(name) or globals()[name])(file, schema)
    except ImportError as e:
        print(e)
        sys.exit(77)
    print(n)


if __name__ == "__main__":
    csv.field_size_limit(1 << 30)
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    main(*sys.argv[1:])
