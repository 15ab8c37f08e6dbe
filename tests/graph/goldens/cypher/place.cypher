MATCH (n:Resource)
WHERE n.id > '' AND (n.jurisdiction_code IN $p0 OR n.jurisdiction_name IN $p0)
WITH n ORDER BY n.id LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows
