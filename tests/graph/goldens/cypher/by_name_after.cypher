MATCH (n:Field) USING INDEX n:Field(name, id)
WHERE n.name >= $p0 AND n.id >= '' AND (n.name <> $p0 OR n.id > $p1)
WITH n ORDER BY n.name, n.id LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows
