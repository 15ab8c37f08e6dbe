MATCH (n:Resource)
WHERE n.id > '' AND EXISTS {
MATCH (h_p2)<-[e_p1:HAS_FIELD]-(n)
WHERE h_p2.identity_key = $p0 }
WITH n ORDER BY n.id LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows
