MATCH (c:Change) USING INDEX c:Change(revision, rank, id)
WHERE c.revision >= $p4 AND (c.revision > $p1 OR (c.revision = $p1 AND (c.rank > $p2 OR (c.rank = $p2 AND c.id > $p3)))) AND c.rank >= 0 AND c.id >= '' AND c.rank IN $p5 AND c.change <> 'ANNOUNCED'
WITH c ORDER BY c.revision, c.rank, c.id LIMIT $p6
MATCH (r:Revision {number: c.revision})
WITH c, r ORDER BY c.revision, c.rank, c.id
RETURN collect([c.revision, r.at, r.actor, c.kind, c.id, c.change, c.source]) AS rows
