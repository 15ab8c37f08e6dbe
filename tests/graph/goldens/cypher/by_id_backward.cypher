MATCH (n:Resource)
WHERE n.id < $p0
WITH n ORDER BY n.id DESC LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows
