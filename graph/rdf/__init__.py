"""RDF out: DCAT-AP from one declarative table, streamed in four syntaxes."""
