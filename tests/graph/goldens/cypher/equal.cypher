MATCH (n:Resource) USING INDEX n:Resource(share_type, id)
WHERE n.share_type = $p0 AND n.id > $p1
WITH n ORDER BY n.share_type, n.id LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows
