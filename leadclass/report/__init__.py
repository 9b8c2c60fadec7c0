"""What a person reads or opens elsewhere.

==============  ========================================================================
``tagged``      `Tagged`: a statement, its tag and the words that spoke (``words``)
``mix``         `Mix`: counts, shares and intervals ``by`` file, speaker, section, time
``rollup``      `Rollup`: all mixes of some notes, without the statements
``clock``       how far into the meeting a statement was said
``terminal``    tables
``rows``        .csv and .jsonl; ``parquet`` .parquet; ``markdown`` .md
``page``        .html
``folder``      a folder of pages, with ``names`` that are short and safe
``output``      which writer an ending is for; ``target`` whole or not at all
``made``        knows our own results again
==============  ========================================================================
"""
