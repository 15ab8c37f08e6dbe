MATCH (n:Resource)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, n.name, n.long]) AS rows
