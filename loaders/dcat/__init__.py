"""DCAT in: RDF documents become records. What Mulu exported itself is read back by the rows that wrote it."""
