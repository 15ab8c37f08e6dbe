MATCH (n:Resource) USING INDEX n:Resource(folded, id)
WHERE n.folded = $p0 AND n.id > ''
WITH n ORDER BY n.folded, n.id LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows
