MATCH (n:Resource)
WHERE n.id > '' AND (n.summary IS NULL OR n.summary IN ['', 'UNDECLARED']) AND NOT EXISTS {
MATCH (h_p2)<-[e_p1:HAS_FIELD]-(n) }
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, n.name, n.long]) AS rows
