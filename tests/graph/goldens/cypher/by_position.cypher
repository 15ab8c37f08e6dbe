MATCH (n:Provision) USING INDEX n:Provision(position, id)
WHERE n.position >= $p0 AND n.id >= '' AND (n.position <> $p0 OR n.id > $p1)
WITH n ORDER BY n.position, n.id LIMIT $p2
RETURN collect([n.id]) AS rows
