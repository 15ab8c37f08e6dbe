MATCH (n:Resource) USING INDEX n:Resource(name, id)
WHERE n.name <= $p0 AND n.id >= '' AND (n.name <> $p0 OR n.id < $p1)
WITH n ORDER BY n.name DESC, n.id DESC LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows
