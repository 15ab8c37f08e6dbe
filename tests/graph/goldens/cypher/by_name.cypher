MATCH (n:Resource) USING INDEX n:Resource(name, id)
WHERE n.name IS NOT NULL AND n.id IS NOT NULL
WITH n ORDER BY n.name, n.id LIMIT $p0
RETURN collect([n.id, n.name, n.long]) AS rows
