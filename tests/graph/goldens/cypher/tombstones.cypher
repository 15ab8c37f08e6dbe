MATCH (h:History)
WHERE h.id IN $p0 AND h.kind = $p1 AND h.until <= $p2
WITH h.id AS id, max(h.until) AS ended, max(CASE WHEN h.cleared THEN h.until END) AS cleared
MATCH (r:Revision {number: coalesce(cleared, ended)})
RETURN collect([id, r.number, r.at, cleared IS NOT NULL]) AS rows
