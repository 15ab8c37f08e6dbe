MATCH (n:Resource)
WHERE (coalesce(n.modified, $p0) > $p1 OR (coalesce(n.modified, $p0) = $p1 AND n.id > $p2))
WITH n ORDER BY coalesce(n.modified, $p0), n.id LIMIT $p3
RETURN collect([n.id, n.name, n.long]) AS rows
