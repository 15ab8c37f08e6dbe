MATCH (n:Resource) USING INDEX n:Resource(regulation, id)
WHERE n.regulation = $p0 AND n.id > '' AND n.modified >= $p1
WITH n ORDER BY n.regulation, n.id LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows
